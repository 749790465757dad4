package storage

import (
	"errors"
	"time"

	"wksbm/storage/bucket"
)

// Guide is a file that staff keeps for the people of the villages to read.
type Guide struct {
	ID      uint64 // from Tx.NextGuide
	Title   string
	File    string // file id
	Photo   bool   `json:",omitempty"`
	By      int64
	At      time.Time // set when it is recorded
	Retired bool      `json:",omitempty"`
}

var guides = bucket.Bucket[Guide]{Name: "guides"}

// NextGuide returns the number the next guide will have.
func (tx *Tx) NextGuide() uint64 { return tx.next(guides.Name) }

// Guide returns the one with this number.
func (tx *Tx) Guide(id uint64) (Guide, bool) { return guides.Get(tx.b, bucket.Key(nil).U64(id)) }

// Guides returns those that can be read, oldest first.
func (tx *Tx) Guides() []Guide {
	var out []Guide
	for _, g := range guides.Scan(tx.b, nil) {
		if !g.Retired {
			out = append(out, g)
		}
	}
	return out
}

func (f GuideAdded) apply(tx *Tx, e Event) error {
	g := f.Guide
	if g.Title == "" || g.File == "" {
		return errors.New("guide without a title or a file")
	}
	if err := tx.take(guides.Name, g.ID); err != nil {
		return err
	}
	g.By, g.At, g.Retired = e.By, e.At, false
	return guides.Put(tx.b, bucket.Key(nil).U64(g.ID), g)
}

func (f GuideRemoved) apply(tx *Tx, _ Event) error {
	g, ok := tx.Guide(f.ID)
	if !ok || g.Retired {
		return errors.New("no guide to remove")
	}
	g.Retired = true
	return guides.Put(tx.b, bucket.Key(nil).U64(g.ID), g)
}
