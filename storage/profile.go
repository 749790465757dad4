package storage

import (
	"errors"
	"time"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// Profile is what a village's WKSBM says of itself (DOMAIN.md §1). Its officers are on the roster.
type Profile struct {
	Village  region.Code
	Person   PersonID // whose key seals Ketua and Signer
	SKNumber string   // of the decree that set it up
	SKDate   Day      // 0 when not given
	Signer   Sealed   // field "signer": who signed the decree
	Ketua    Sealed   // field "ketua"
	Members  int      // number of members; 0 when not given
	Kinds    []string // codes of kinds of activity
	By       int64    // set when it is recorded
	At       time.Time
}

var profiles = bucket.Bucket[Profile]{Name: "profiles"}

// Profile returns what a village's WKSBM said of itself.
func (tx *Tx) Profile(village region.Code) (Profile, bool) {
	return profiles.Get(tx.b, bucket.Key(nil).U64(uint64(village)))
}

func (f ProfilePut) apply(tx *Tx, e Event) error {
	p := f.Profile
	if p.Village == 0 || p.Members < 0 {
		return errors.New("profile without a village or with less than no members")
	}
	p.By, p.At = e.By, e.At
	return profiles.Put(tx.b, bucket.Key(nil).U64(uint64(p.Village)), p)
}

// Portrait is a village's profile in words, as its own people and staff may see it.
type Portrait struct {
	SKNumber, Signer, Ketua string
	SKDate                  Day
	Members                 int // number of members; 0 when not given
	Kinds                   []string
}

// Portrait returns what is known of a village's WKSBM: its profile, and what its ketua said of
// herself when she registered where that is newer.
func (tx *Tx) Portrait(village region.Code) Portrait {
	p, _ := tx.Profile(village)
	out := Portrait{
		SKNumber: p.SKNumber, SKDate: p.SKDate, Signer: tx.Unseal(p.Signer, "signer"), Ketua: tx.Unseal(p.Ketua, "ketua"),
		Members: p.Members, Kinds: p.Kinds,
	}
	for _, m := range tx.ActiveKetua(village) {
		newer := m.Decided.After(p.At)
		if newer || out.Ketua == "" {
			out.Ketua = tx.Unseal(m.Name, "name")
		}
		if m.SKNumber != "" && m.SKNumber != out.SKNumber && (newer || out.SKNumber == "") {
			out.SKNumber, out.SKDate, out.Signer = m.SKNumber, m.SKDate, ""
		}
	}
	return out
}
