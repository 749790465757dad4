package office

import (
	"cmp"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// Post makes the cards that tell the group what happened in a village: counts, kinds, places and
// numbers, never who it is about.
func (o *Office) Post(tx *storage.Tx, now time.Time) func(about string, n uint64) []chat.Reply {
	return func(about string, n uint64) []chat.Reply {
		g, ok := tx.StaffGroup()
		if !ok {
			return nil
		}
		if about == "changed" {
			return o.changed(tx, now, g, n)
		}
		r, ok := o.card(tx, now, about, n)
		if !ok || !wanted(tx, about, n) {
			return nil
		}
		r.Act, r.Class, r.Chat, r.Topic = chat.Say, chat.Notice, g.Chat, g.Topic
		return []chat.Reply{r}
	}
}

// card is what the group sees of something with a number.
func (o *Office) card(tx *storage.Tx, now time.Time, about string, n uint64) (chat.Reply, bool) {
	switch about {
	case "case":
		return o.caseCard(tx, now, n)
	case "report":
		return o.reportCard(tx, now, n)
	case "urgent":
		return o.urgentCard(tx, now, n)
	case "death":
		return o.deathCard(tx, n)
	case "alike":
		return o.alikeCard(tx, n)
	case "correction":
		return o.correctionCard(tx, now, n)
	case "over":
		return o.overCard(tx, now, n)
	case "short":
		return o.shortCard(tx, n)
	case "wish":
		return o.wishCard(tx, n)
	case "refer":
		return o.referCard(tx, n)
	case "erasure":
		return o.erasureCard(tx, n, now)
	case "reply":
		return o.replyCard(tx, n)
	case "doubt":
		return o.doubtCard(tx, n)
	}
	return chat.Reply{}, false
}

// changed draws the cards of a report that the group has anew, after it was changed or taken back.
func (o *Office) changed(tx *storage.Tx, now time.Time, g storage.Group, n uint64) []chat.Reply {
	var out []chat.Reply
	for _, about := range []string{"case", "over", "report"} {
		r, ok := o.card(tx, now, about, n)
		if p, posted := tx.Posted(r.Tag); ok && posted && p.Chat == g.Chat {
			r.Act, r.Class, r.Chat, r.Topic = chat.Edit, chat.Notice, g.Chat, g.Topic
			out = append(out, r)
		}
	}
	return out
}

// Which reports get a card in the group when they come in. What is urgent, goes beyond a book or changes
// what was verified always does.
const (
	cardsAll       = "all"
	cardsHousehold = "household"
	cardsNone      = "none"
)

// cardsOf is the setting of this office.
func cardsOf(tx *storage.Tx) string { return cmp.Or(tx.Setting("cards"), cardsHousehold) }

// wanted says whether the group gets this card.
func wanted(tx *storage.Tx, about string, n uint64) bool {
	switch about {
	case "case":
		c, _ := tx.Case(n)
		return cardsOf(tx) != cardsNone || c.Urgent
	case "report":
		r, _ := tx.Report(n)
		return cardsOf(tx) == cardsAll && len(r.Flags) == 0
	}
	return true
}
