package storage

import (
	"errors"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// Attendee is somebody on a village's roster, who is invited to its meetings; they need no Telegram.
type Attendee struct {
	ID      uint64 // from Tx.NextAttendee
	Village region.Code
	Person  PersonID
	Name    Sealed // field "name"
	Post    string // code of the post in the WKSBM: "secretary"; "" for a member without one
	Retired bool
}

var roster = bucket.Bucket[Attendee]{
	Name: "roster",
	Indexes: []bucket.Index[Attendee]{
		{Name: rosterByVillage, Keys: func(a Attendee) []bucket.Key { return []bucket.Key{bucket.Key(nil).U64(uint64(a.Village))} }},
	},
}

const rosterByVillage = "roster_village"

// NextAttendee returns the number the next one on a roster will have.
func (tx *Tx) NextAttendee() uint64 { return tx.next(roster.Name) }

// Attendee returns the one with this number.
func (tx *Tx) Attendee(id uint64) (Attendee, bool) {
	return roster.Get(tx.b, bucket.Key(nil).U64(id))
}

// Roster returns who is or was on a village's roster, in the order in which they came.
func (tx *Tx) Roster(village region.Code) []Attendee {
	return rowsOf(roster.Find(tx.b, rosterByVillage, bucket.Key(nil).U64(uint64(village))))
}

func (f RosterPut) apply(tx *Tx, _ Event) error {
	a := f.Attendee
	if a.Village == 0 || a.Name.IsZero() {
		return errors.New("attendee without village or name")
	}
	old, known := tx.Attendee(a.ID)
	if known && old.Village != a.Village {
		return errors.New("attendee of another village")
	}
	if !known {
		if err := tx.take(roster.Name, a.ID); err != nil {
			return err
		}
	}
	return roster.Put(tx.b, bucket.Key(nil).U64(a.ID), a)
}
