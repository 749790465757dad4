package storage

import (
	"errors"
	"time"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// The kinds of entries in the history of a case.
const (
	EntryNote    = "note"     // what the reporter noted, in Text
	EntryVisit   = "visit"    // a visit, told in Text
	EntryNeed    = "need"     // a need that came up
	EntryWish    = "wish"     // Wish: what the volunteer asks for
	EntryState   = "state"    // State: where the case stands now
	EntryRefer   = "referral" // referred to Partner, or to Dinsos when that is 0; makes it Referred
	EntryReply   = "reply"    // what became of a referral
	EntryUrgent  = "urgent"   // help is needed at once
	EntryCalm    = "calm"     // it is not any more
	EntryRevised = "revised"  // answers changed: Changes
	EntryPlan    = "plan"     // what staff do next: Next, by Date, in Text when it is NextOther
	EntryDoubt   = "doubt"    // the village says that it is not finished, as staff thought
	EntryAlike   = "alike"    // staff compared it with the case Other: Verdict
	EntryGranted = "granted"  // the proposal for aid was accepted
)

// CaseEntry is one entry in the history of a case.
type CaseEntry struct {
	Case    uint64
	Seq     uint64 // of the event, set when it is recorded
	At      time.Time
	By      int64
	Kind    string
	State   CaseState   `json:",omitempty"` // of EntryState and EntryRefer: where the case stands now
	Wish    CaseState   `json:",omitempty"`
	Partner uint64      `json:",omitempty"`
	Date    Day         `json:",omitempty"` // of a visit
	Text    Sealed      `json:",omitzero"`  // read by EntryText, sealed with the case's key
	Changes []Change    `json:",omitempty"`
	To      string      `json:",omitempty"` // of EntryRefer by staff: where to, ReferTKSK, …
	Answer  string      `json:",omitempty"` // of EntryReply: AnswerAccepted, …; "" in words only
	Next    string      `json:",omitempty"` // of EntryPlan
	Other   uint64      `json:",omitempty"` // of EntryAlike: the other case
	Verdict Verdict     `json:",omitempty"` // of EntryAlike
	Village region.Code `json:",omitempty"` // of EntryState MovedAway: where to, when it is known
	Undone  bool        `json:",omitempty"` // of EntryState: the report of the death was cancelled
}

var caseEntries = bucket.Bucket[CaseEntry]{Name: "case_entries"}

// CaseEntries returns the history of a case, oldest first.
func (tx *Tx) CaseEntries(number uint64) []CaseEntry {
	return rowsOf(caseEntries.Scan(tx.b, reportKey(number)))
}

func (tx *Tx) putEntry(entry CaseEntry, e Event) error {
	entry.Seq, entry.At, entry.By = e.Seq, e.At, e.By
	return caseEntries.Put(tx.b, reportKey(entry.Case).U64(e.Seq), entry)
}

func (f CaseEntered) apply(tx *Tx, e Event) error {
	c, ok := tx.Case(f.Entry.Case)
	if !ok || c.State == Withdrawn {
		return errors.New("no case for this entry")
	}
	switch f.Entry.Kind {
	case EntryUrgent, EntryCalm:
		c.Urgent = f.Entry.Kind == EntryUrgent
	case EntryWish:
		c.Wish = f.Entry.Wish
	case EntryState, EntryRefer:
		if f.Entry.State == "" {
			return errors.New("entry without the new state")
		}
	}
	answered := f.Entry.Answer != "" && c.Next == NextAnswer
	if answered || f.Entry.Kind == EntryDoubt || f.Entry.State.Ended() {
		c.Next, c.NextNote, c.Due = "", Sealed{}, 0
	}
	if f.Entry.State != "" {
		c.State, c.Before, c.Since, c.Wish = f.Entry.State, "", e.At, ""
		if err := tx.countState(c, f.Entry.State, DayOf(e.At), 1); err != nil {
			return err
		}
	}
	if err := tx.putCase(c); err != nil {
		return err
	}
	return tx.putEntry(f.Entry, e)
}

// countState counts that a case came to a state, or takes it back; not while its report is returned.
func (tx *Tx) countState(c Case, state CaseState, day Day, sign int) error {
	if c.Held {
		return nil
	}
	return tx.tally(c.Village, day, Totals{Counts: map[string]int{CountState + string(state): sign}})
}

// revive brings a case back to where it stood before a report of a death that is cancelled.
func (tx *Tx) revive(number uint64) error {
	c, ok := tx.Case(number)
	if !ok || c.State != Died {
		return nil
	}
	var died CaseEntry
	c.State, c.Since, c.Before = Identified, c.Opened, ""
	if len(c.Helped) > 0 {
		c.State, c.Before = Helped, Identified
	}
	for _, entry := range tx.CaseEntries(number) {
		switch {
		case entry.State == "" || entry.Undone:
		case entry.State == Died:
			died = entry
		default:
			c.State, c.Since, c.Before = entry.State, entry.At, ""
		}
	}
	died.Undone = true
	if err := caseEntries.Put(tx.b, reportKey(number).U64(died.Seq), died); err != nil {
		return err
	}
	if err := tx.countState(c, Died, DayOf(died.At), -1); err != nil {
		return err
	}
	return tx.putCase(c)
}

// Verdict is what a person says of two cases that look alike.
type Verdict string

// The verdicts.
const (
	SameHousehold  Verdict = "same"
	OtherHousehold Verdict = "different"
	Unsure         Verdict = "unsure"
	MovedHousehold Verdict = "moved" // the household of the older case lives now where the younger was found
)

// Judgement is a verdict on two cases.
type Judgement struct {
	A, B    uint64 // A < B
	Verdict Verdict
	By      int64
	At      time.Time
}

var judgements = bucket.Bucket[Judgement]{Name: "judgements"}

func judgementKey(a, b uint64) bucket.Key {
	return bucket.Key(nil).U64(min(a, b)).U64(max(a, b))
}

// Judgement returns what was last said of two cases.
func (tx *Tx) Judgement(a, b uint64) (Judgement, bool) {
	return judgements.Get(tx.b, judgementKey(a, b))
}

func (f CasesJudged) apply(tx *Tx, e Event) error {
	if f.A == f.B || f.Verdict == "" {
		return errors.New("judgement of one case, or without a verdict")
	}
	j := Judgement{A: min(f.A, f.B), B: max(f.A, f.B), Verdict: f.Verdict, By: e.By, At: e.At}
	return judgements.Put(tx.b, judgementKey(f.A, f.B), j)
}
