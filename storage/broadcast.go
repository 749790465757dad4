package storage

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// Broadcast is an announcement of staff to people of the villages. How far its sending has come is
// its Delivery.
type Broadcast struct {
	ID     uint64   // from Tx.NextBroadcast
	Person PersonID // whose key seals Text
	Text   Sealed   // field "text"
	File   string   `json:",omitempty"` // file id of a picture or document that goes with it
	Photo  bool     `json:",omitempty"`
	To     Audience
	People int // to how many it goes
	By     int64
	At     time.Time // set when it is recorded
	Held   bool      `json:",omitempty"` // staff stopped the sending
	HeldBy int64     `json:",omitempty"`
}

// Audience is to whom an announcement goes: the members of these places with these roles.
type Audience struct {
	Places []region.Code `json:",omitempty"` // kecamatan and villages; none: the whole kabupaten
	Roles  []Role        `json:",omitempty"` // none: all
}

var broadcasts = bucket.Bucket[Broadcast]{Name: "broadcasts"}

// NextBroadcast returns the number the next broadcast will have.
func (tx *Tx) NextBroadcast() uint64 { return tx.next(broadcasts.Name) }

// Broadcast returns the one with this number.
func (tx *Tx) Broadcast(id uint64) (Broadcast, bool) {
	return broadcasts.Get(tx.b, bucket.Key(nil).U64(id))
}

// Validate says what keeps b from being recorded.
func (b Broadcast) Validate() error {
	switch {
	case b.Text.IsZero() && b.File == "":
		return errors.New("broadcast without content")
	case b.People < 1:
		return errors.New("broadcast to nobody")
	}
	for _, r := range b.To.Roles {
		if !slices.Contains([]Role{Ketua, Pengurus, Relawan, TKSK}, r) {
			return fmt.Errorf("broadcast to unknown role %q", r)
		}
	}
	return nil
}

func (f BroadcastMade) apply(tx *Tx, e Event) error {
	b := f.Broadcast
	if err := b.Validate(); err != nil {
		return err
	}
	if err := tx.take(broadcasts.Name, b.ID); err != nil {
		return err
	}
	b.By, b.At, b.Held, b.HeldBy = e.By, e.At, false, 0
	return broadcasts.Put(tx.b, bucket.Key(nil).U64(b.ID), b)
}

func (f BroadcastHeld) apply(tx *Tx, e Event) error {
	b, ok := tx.Broadcast(f.ID)
	if !ok || b.Held == f.Held {
		return errors.New("no broadcast to stop or to let go on")
	}
	b.Held, b.HeldBy = f.Held, e.By
	return broadcasts.Put(tx.b, bucket.Key(nil).U64(b.ID), b)
}
