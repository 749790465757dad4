package office

import (
	"wksbm/bot/chat"
	"wksbm/storage"
)

// Post makes the cards that tell the group what happened in a village: counts, kinds, places and
// numbers, never who it is about.
func (o *Office) Post(tx *storage.Tx) func(about string, n uint64) []chat.Reply {
	return func(about string, n uint64) []chat.Reply {
		g, ok := tx.StaffGroup()
		if !ok {
			return nil
		}
		if about == "changed" {
			return o.changed(tx, g, n)
		}
		r, ok := o.card(tx, about, n)
		if !ok {
			return nil
		}
		r.Act, r.Class, r.Chat, r.Topic = chat.Say, chat.Notice, g.Chat, g.Topic
		return []chat.Reply{r}
	}
}

// card is what the group sees of something with a number.
func (o *Office) card(tx *storage.Tx, about string, n uint64) (chat.Reply, bool) {
	switch about {
	case "case":
		return o.caseCard(tx, n)
	case "urgent":
		return o.urgentCard(tx, n)
	case "death":
		return o.deathCard(tx, n)
	case "alike":
		return o.alikeCard(tx, n)
	case "correction":
		return o.correctionCard(tx, n)
	case "over":
		return o.overCard(tx, n)
	case "short":
		return o.shortCard(tx, n)
	case "wish":
		return o.wishCard(tx, n)
	case "refer":
		return o.referCard(tx, n)
	}
	return chat.Reply{}, false
}

// changed draws the cards of a report that the group has anew, after it was changed or taken back.
func (o *Office) changed(tx *storage.Tx, g storage.Group, n uint64) []chat.Reply {
	var out []chat.Reply
	for _, about := range []string{"case", "over"} {
		r, ok := o.card(tx, about, n)
		if p, posted := tx.Posted(r.Tag); ok && posted && p.Chat == g.Chat {
			r.Act, r.Class, r.Chat = chat.Edit, chat.Notice, g.Chat
			out = append(out, r)
		}
	}
	return out
}
