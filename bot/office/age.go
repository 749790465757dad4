package office

import (
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// agedAtMost bounds how many cards are drawn anew in one morning: Telegram bears some twenty changes a
// minute in a group.
const agedAtMost = 60

// Age draws the cards of what waits for staff anew, the oldest first, so that each tells how many days it
// has waited. A changed message makes no sound.
func (o *Office) Age(tx *storage.Tx, now time.Time) error {
	g, ok := tx.StaffGroup()
	if !ok {
		return nil
	}
	left := agedAtMost
	for _, r := range tx.Queue() {
		for _, about := range []string{"case", "over", "report"} {
			sent, err := o.age(tx, now, g, about, r.Number)
			if err != nil {
				return err
			}
			if sent {
				left--
			}
		}
		if left <= 0 {
			return nil
		}
	}
	for _, c := range tx.WaitingCorrections() {
		if _, err := o.age(tx, now, g, "correction", c.ID); err != nil {
			return err
		}
	}
	return nil
}

// age draws one card anew if the group has it since before today.
func (o *Office) age(tx *storage.Tx, now time.Time, g storage.Group, about string, n uint64) (bool, error) {
	card, ok := o.card(tx, now, about, n)
	p, posted := tx.Posted(card.Tag)
	if !ok || !posted || card.Tag == "" || p.Chat != g.Chat {
		return false, nil
	}
	card.Act, card.Class, card.Chat, card.Topic, card.Message = chat.Edit, chat.Fleet, g.Chat, g.Topic, p.Message
	return true, Enqueue(tx, now, card)
}
