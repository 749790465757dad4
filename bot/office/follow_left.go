package office

import (
	"strconv"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// gone says whether somebody saw to households as one of the Dinsos group and was not in it when last asked.
func gone(tx *storage.Tx, user int64) bool {
	c := tx.Chat(user)
	g, ok := tx.StaffGroup()
	if !ok || !c.Staff || c.Seat.Group != g.Chat || c.Seat.At.IsZero() || c.Seat.In {
		return false
	}
	m, member := tx.Member(user)
	return !member || !m.Oversees()
}

// seesTo is who sees to a case and still can; 0 nobody.
func seesTo(tx *storage.Tx, c storage.Case) int64 {
	owner := ownerOf(tx, c)
	if owner != 0 && gone(tx, owner) {
		return 0
	}
	return owner
}

// ownerName names who sees to a case, and says when they left.
func ownerName(tx *storage.Tx, owner int64) string {
	name := chat.Escape(nameOf(tx, owner))
	if gone(tx, owner) {
		name += " (tidak lagi di grup)"
	}
	return name
}

// TellLeft tells the group, once for each who left it, how many households they saw to.
func (o *Office) TellLeft(tx *storage.Tx, now time.Time) error {
	for _, user := range tx.Staff() {
		c, left := tx.Chat(user), gone(tx, user)
		if c.Nags.Left == left {
			continue
		}
		if left {
			if err := o.tellLeft(tx, now, user); err != nil {
				return err
			}
		}
		c.Nags.Left = left
		if err := tx.PutChat(c); err != nil {
			return err
		}
	}
	return nil
}

func (o *Office) tellLeft(tx *storage.Tx, now time.Time, user int64) error {
	n := 0
	for _, place := range o.Region.Villages(0) {
		for _, c := range tx.Cases(place.Code) {
			if !c.State.Ended() && c.Erased.IsZero() && ownerOf(tx, c) == user {
				n++
			}
		}
	}
	g, ok := tx.StaffGroup()
	if n == 0 || !ok {
		return nil
	}
	return Enqueue(tx, now, chat.Reply{
		Act: chat.Say, Class: chat.Notice, Chat: g.Chat, Topic: g.Topic,
		Text: "⏰ " + strconv.Itoa(n) + " kasus yang ditangani " + chat.Escape(nameOf(tx, user)) +
			" belum ada petugasnya: ia tidak lagi di grup.\nSilakan diambil alih: /" + FollowUps,
	})
}
