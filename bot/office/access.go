package office

import (
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Access is what a person may do for Dinsos in a private chat.
type Access struct {
	Staff    bool        // sits in the Dinsos group, as learned within storage.SeatLife
	Admin    bool        // administers the group
	District region.Code // the kecamatan of a TKSK, 0 for everybody else
	// Unsure says that it has to be asked of the messenger first whether the person is in the group.
	Unsure bool
}

// None says that the person has no business here.
func (a Access) None() bool { return !a.Staff && a.District == 0 }

// Access returns what a person may do now.
func (o *Office) Access(tx *storage.Tx, user int64, now time.Time) Access {
	var a Access
	if g, ok := tx.StaffGroup(); ok {
		seat := tx.Chat(user).Seat
		a.Unsure = !seat.Fresh(g.Chat, now)
		a.Staff = !a.Unsure && seat.In
		a.Admin = a.Staff && seat.Admin
	}
	if m, ok := tx.Member(user); ok && m.Oversees() {
		a.District = m.Village
	}
	return a
}

// Check asks the messenger whether a person is in the group; the answer becomes their Seat. It is not
// asked once it has waited too long to matter.
func Check(group, user int64, now time.Time) chat.Reply {
	return chat.Reply{Act: chat.Check, Class: chat.Notice, Chat: user, Group: group, Until: now.Add(2 * time.Minute)}
}

// RollCall asks anew after everybody who acts in the group and was in it when last asked.
func (o *Office) RollCall(tx *storage.Tx, now time.Time) error {
	g, ok := tx.StaffGroup()
	if !ok {
		return nil
	}
	for _, user := range tx.Staff() {
		if seat := tx.Chat(user).Seat; seat.Group == g.Chat && !seat.In {
			continue
		}
		if err := Enqueue(tx, now, Check(g.Chat, user, now)); err != nil {
			return err
		}
	}
	return nil
}
