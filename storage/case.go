package storage

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// CaseState says where a household in need stands (DOMAIN.md §5, §11).
type CaseState string

// The states of a case. The last four end it; Withdrawn is a case whose report was
// cancelled or rejected.
const (
	Identified CaseState = "identified"
	CaseProven CaseState = "verified"
	Proposed   CaseState = "proposed"
	Referred   CaseState = "referred"
	Helped     CaseState = "helped"
	Finished   CaseState = "finished" // the family manages by itself, as its reporter says
	MovedAway  CaseState = "moved"
	Died       CaseState = "died"
	Declined   CaseState = "declined"
	Withdrawn  CaseState = "withdrawn"
)

// Ended says that nothing more is to be done for a case in this state.
func (s CaseState) Ended() bool {
	return slices.Contains([]CaseState{Finished, MovedAway, Died, Declined, Withdrawn}, s)
}

// CaseConsent is the agreement of a household, or of a guardian, to being recorded by name.
type CaseConsent struct {
	By   string    // "self", "guardian" or "none"; with none only initials are kept
	User int64     // who asked for it
	At   time.Time // when it was given
}

// The givers of a CaseConsent.
const (
	ConsentSelf     = "self"
	ConsentGuardian = "guardian"
	ConsentNone     = "none"
)

// Case is a household in need, or a person. Its number is that of the report that opened it.
type Case struct {
	Number       uint64
	Village      region.Code
	By           int64
	Opened       time.Time
	Person       PersonID // whose key seals the following
	Name         Sealed   // field "name": of the head of the household, or initials
	Block        Sealed   // field "block": dusun, lingkungan or peliuk
	RT           Sealed   // field "rt": two digits
	RW           Sealed   // field "rw": two digits
	NIK          Sealed   // field "nik": 16 digits
	KK           Sealed   // field "kk": 16 digits
	NeedNote     Sealed   // field "need": in the reporter's words
	WorkNote     Sealed   // field "work": in the reporter's words
	Pin          Sealed   // field "pin": "latitude,longitude"
	NIKIndex     []byte   // Tx.Blind of the NIK; nil without one
	KKIndex      []byte   // Tx.Blind of the No KK; nil without one
	Initials     bool     // Name holds initials only
	Sensitive    bool     // never by name in lists, digests or files
	Persons      int
	Categories   []int    // numbers of the official list of 26
	Groups       []int    // numbers of the 12 groups they roll up to
	Disabilities []string // codes
	Need         string   // code
	Work         string   // code
	Checks       []int    // the criteria answered with yes
	Checked      bool     // the nine questions were answered
	Aids         []string // codes of the aid it got already
	Consent      CaseConsent
	Photos       []string // file ids of the house
	Urgent       bool
	State        CaseState
	Before       CaseState // where it stood before aid was given
	Since        time.Time // of State
	Wish         CaseState // what the volunteer asks for; "" nothing
	Helped       []uint64  // reports of aid that count, ascending
	LastHelp     Day       // date of the latest of them, 0 when none
	Revision     int
	Held         bool      `json:",omitempty"` // its report was returned: what it counted for is out of the totals
	Owner        int64     `json:",omitempty"` // of staff: who sees to it; 0 nobody
	Next         string    `json:",omitempty"` // what staff do next: NextVisit, …
	NextNote     Sealed    `json:",omitzero"`  // field "next": in the words of staff, of NextOther
	Due          Day       `json:",omitempty"` // by when
	Erased       time.Time `json:",omitzero"`  // when the data of the resident was erased; only what counts is left
}

var cases = bucket.Bucket[Case]{
	Name: "cases",
	Indexes: []bucket.Index[Case]{
		{Name: casesByVillage, Keys: func(c Case) []bucket.Key { return []bucket.Key{bucket.Key(nil).U64(uint64(c.Village))} }},
		{Name: casesByBlind, Keys: func(c Case) []bucket.Key {
			var out []bucket.Key
			if c.State == Withdrawn {
				return nil
			}
			for _, ix := range [][]byte{c.NIKIndex, c.KKIndex} {
				if len(ix) > 0 {
					out = append(out, slices.Clone(ix))
				}
			}
			return out
		}},
		{Name: casesPlanned, Keys: func(c Case) []bucket.Key {
			if c.State.Ended() || c.Due == 0 {
				return nil
			}
			return []bucket.Key{bucket.Key(nil).Tag('p')}
		}},
	},
}

const (
	casesPlanned   = "cases_planned"
	casesByVillage = "cases_village"
	casesByBlind   = "cases_blind"
)

// Case returns the case with this number, which is that of its report.
func (tx *Tx) Case(n uint64) (Case, bool) { return cases.Get(tx.b, reportKey(n)) }

// Cases returns the cases of a village, oldest first; withdrawn ones are left out.
func (tx *Tx) Cases(village region.Code) []Case {
	all := rowsOf(cases.Find(tx.b, casesByVillage, bucket.Key(nil).U64(uint64(village))))
	return slices.DeleteFunc(all, func(c Case) bool { return c.State == Withdrawn })
}

// CasesWith returns the cases, of any village, whose NIK or No KK has this blind index, oldest first.
func (tx *Tx) CasesWith(blind []byte) []Case {
	if len(blind) == 0 {
		return nil
	}
	return rowsOf(cases.Find(tx.b, casesByBlind, slices.Clone(blind)))
}

// Validate says what keeps c from being recorded.
func (c Case) Validate() error {
	switch {
	case c.Number == 0 || c.Village == 0 || c.By == 0:
		return errors.New("case without number, village or reporter")
	case c.Person == "" || c.Name.IsZero():
		return errors.New("case without a name")
	case len(c.Categories) == 0:
		return errors.New("case without a category")
	case !slices.Contains([]string{ConsentSelf, ConsentGuardian, ConsentNone}, c.Consent.By):
		return errors.New("case without a word on consent")
	case c.Consent.By == ConsentNone && !c.Initials:
		return errors.New("case by name without consent")
	}
	seen := map[int]bool{}
	for _, n := range c.Categories {
		if seen[n] || n < 1 || n > 26 {
			return fmt.Errorf("case with category %d twice or out of the list", n)
		}
		seen[n] = true
	}
	return nil
}

func (f CaseOpened) apply(tx *Tx, e Event) error {
	c := f.Case
	if err := c.Validate(); err != nil {
		return err
	}
	if r, ok := tx.Report(c.Number); !ok || r.Kind != HouseholdFound || r.Village != c.Village {
		return errors.New("case without its report")
	}
	if _, twin := tx.Case(c.Number); twin {
		return errors.New("case is open already")
	}
	c.Opened, c.Since, c.State, c.By = e.At, e.At, Identified, e.By
	c.Helped, c.LastHelp, c.Before, c.Revision, c.Held, c.Erased = nil, 0, "", 0, false, time.Time{}
	c.Owner, c.Next, c.NextNote, c.Due = 0, "", Sealed{}, 0
	return tx.putCase(c)
}

func (f CaseRevised) apply(tx *Tx, e Event) error {
	old, ok := tx.Case(f.Case.Number)
	if !ok || old.State == Withdrawn || !old.Erased.IsZero() {
		return errors.New("no case to revise")
	}
	c := f.Case
	c.Village, c.By, c.Opened, c.State, c.Since, c.Before = old.Village, old.By, old.Opened, old.State, old.Since, old.Before
	c.Wish, c.Helped, c.LastHelp, c.Revision, c.Held = old.Wish, old.Helped, old.LastHelp, old.Revision+1, old.Held
	c.Erased = time.Time{}
	c.Owner, c.Next, c.NextNote, c.Due = old.Owner, old.Next, old.NextNote, old.Due
	if !slices.ContainsFunc(f.Changes, func(ch Change) bool { return ch.Field == "urgent" }) {
		c.Urgent = old.Urgent // may have changed while the correction waited
	}
	if err := c.Validate(); err != nil {
		return err
	}
	if err := tx.putCase(c); err != nil {
		return err
	}
	return tx.putEntry(CaseEntry{Case: c.Number, Kind: EntryRevised, Changes: f.Changes}, e)
}

func (tx *Tx) putCase(c Case) error { return cases.Put(tx.b, reportKey(c.Number), c) }

// help notes aid that a case got, or takes it back.
func (tx *Tx) help(number uint64, r Report, sign int) error {
	c, ok := tx.Case(number)
	if !ok {
		return nil
	}
	if i, found := slices.BinarySearch(c.Helped, r.Number); sign > 0 && !found {
		c.Helped = slices.Insert(slices.Clone(c.Helped), i, r.Number)
	} else if sign < 0 && found {
		c.Helped = slices.Delete(slices.Clone(c.Helped), i, i+1)
	}
	c.LastHelp = 0
	for _, n := range c.Helped {
		given, ok := tx.Report(n)
		if n == r.Number {
			given, ok = r, true
		}
		if ok {
			c.LastHelp = max(c.LastHelp, given.Date)
		}
	}
	switch {
	case len(c.Helped) > 0 && !c.State.Ended() && c.State != Helped:
		c.Before, c.State = c.State, Helped
	case len(c.Helped) == 0 && c.State == Helped && c.Before != "":
		c.State, c.Before = c.Before, ""
	}
	return tx.putCase(c)
}

// withdraw takes a case out when its report is cancelled or rejected, with what it counted for.
func (tx *Tx) withdraw(number uint64) error {
	c, ok := tx.Case(number)
	if !ok || c.State == Withdrawn {
		return nil
	}
	if !c.Held {
		if err := tx.recount(c, -1); err != nil {
			return err
		}
	}
	c.State, c.Held = Withdrawn, false
	return tx.putCase(c)
}
