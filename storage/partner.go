package storage

import (
	"errors"
	"time"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// Partner is part of the network under a village's WKSBM: one of the 12 kinds of PSKS, an
// organisation or a group of RT/RW (DOMAIN.md §1).
type Partner struct {
	ID      uint64 // from Tx.NextPartner
	Village region.Code
	By      int64
	Person  PersonID
	Kind    string // code: "psks_05", "organisation", "rt_group"
	Name    Sealed // field "name"
	RT      Sealed // field "rt"
	RW      Sealed // field "rw"
	Contact Sealed // field "contact": a person, who agreed to be named
	Phone   Sealed // field "phone"
	Service Sealed // field "service": what it offers
	Consent bool   // of the contact person
	Retired bool
	Opened  time.Time // set when it is recorded
	Source  string    `json:",omitempty"` // of the draft that wrote it last: one draft, one receipt
}

var partners = bucket.Bucket[Partner]{
	Name: "partners",
	Indexes: []bucket.Index[Partner]{
		{Name: partnersByVillage, Keys: func(p Partner) []bucket.Key { return []bucket.Key{bucket.Key(nil).U64(uint64(p.Village))} }},
	},
}

const partnersByVillage = "partners_village"

// NextPartner returns the number the next partner will have.
func (tx *Tx) NextPartner() uint64 { return tx.next(partners.Name) }

// Partner returns the one with this number.
func (tx *Tx) Partner(id uint64) (Partner, bool) {
	return partners.Get(tx.b, bucket.Key(nil).U64(id))
}

// Partners returns the partners of a village, retired ones among them, oldest first.
func (tx *Tx) Partners(village region.Code) []Partner {
	return rowsOf(partners.Find(tx.b, partnersByVillage, bucket.Key(nil).U64(uint64(village))))
}

func (f PartnerPut) apply(tx *Tx, e Event) error {
	p := f.Partner
	switch {
	case p.Village == 0 || p.Name.IsZero() || p.Kind == "":
		return errors.New("partner without village, name or kind")
	case !p.Consent && !(p.Contact.IsZero() && p.Phone.IsZero()):
		return errors.New("contact person without consent")
	}
	old, known := tx.Partner(p.ID)
	if known && old.Village != p.Village {
		return errors.New("partner of another village")
	}
	p.By, p.Opened = old.By, old.Opened
	if !known {
		p.By, p.Opened = e.By, e.At
		if err := tx.take(partners.Name, p.ID); err != nil {
			return err
		}
	}
	return partners.Put(tx.b, bucket.Key(nil).U64(p.ID), p)
}
