package storage

import (
	"errors"
	"slices"

	"wksbm/storage/bucket"
)

// What staff do next for a case.
const (
	NextVisit   = "visit"   // go to the house
	NextCall    = "call"    // speak with the reporter
	NextRefer   = "refer"   // refer it
	NextData    = "data"    // complete what is known
	NextDeliver = "deliver" // bring aid
	NextAnswer  = "answer"  // see what became of a referral
	NextConfirm = "confirm" // the village says whether it is finished
	NextOther   = "other"   // in their own words
)

// Where staff refer a case.
const (
	ReferTKSK    = "tksk"
	ReferSLRT    = "slrt"
	ReferPKH     = "pkh"
	ReferBAZNAS  = "baznas"
	ReferHealth  = "health"
	ReferPartner = "partner"
)

// What became of a referral.
const (
	AnswerAccepted = "accepted"
	AnswerDeclined = "declined"
	AnswerGiven    = "given" // aid was given there
)

func (f CasePlanned) apply(tx *Tx, e Event) error {
	c, ok := tx.Case(f.Case)
	if !ok || c.State.Ended() {
		return errors.New("no open case to plan for")
	}
	c.Owner = f.Owner
	if f.Next == "" {
		return tx.putCase(c)
	}
	c.Next, c.NextNote, c.Due = f.Next, f.Note, f.Due
	if err := tx.putCase(c); err != nil {
		return err
	}
	return tx.putEntry(CaseEntry{Case: c.Number, Kind: EntryPlan, Next: f.Next, Date: f.Due, Text: f.Note}, e)
}

// PlannedCases returns the open cases for which something is to be done by a day, the earliest first.
func (tx *Tx) PlannedCases() []Case {
	out := rowsOf(cases.Find(tx.b, casesPlanned, bucket.Key(nil).Tag('p')))
	slices.SortStableFunc(out, func(a, b Case) int { return int(a.Due) - int(b.Due) })
	return out
}

// EntryText returns the words of an entry in the history of a case.
func (tx *Tx) EntryText(entry CaseEntry) string {
	field := "text"
	if entry.Kind == EntryPlan {
		field = "next"
	}
	return tx.Unseal(entry.Text, field)
}

// Granted says whether a case is proposed for aid, and the proposal was accepted.
func (tx *Tx) Granted(c Case) bool {
	granted := false
	for _, entry := range tx.CaseEntries(c.Number) {
		switch {
		case entry.Kind == EntryGranted:
			granted = true
		case entry.State != "":
			granted = false
		}
	}
	return granted && c.State == Proposed
}

// MovedWith says whether a case ended by being found to be the younger case of another village.
func (tx *Tx) MovedWith(c, young Case) bool {
	var last CaseEntry
	for _, entry := range tx.CaseEntries(c.Number) {
		if entry.State != "" && !entry.Undone {
			last = entry
		}
	}
	return c.State == MovedAway && last.State == MovedAway && last.Village == young.Village
}

// StateBefore is where a case stood before it ended.
func (tx *Tx) StateBefore(c Case) CaseState {
	state, at := Identified, c.Opened
	for _, entry := range tx.CaseEntries(c.Number) {
		if entry.State != "" && !entry.State.Ended() {
			state, at = entry.State, entry.At
		}
	}
	for _, n := range c.Helped { // aid that was given later than that
		if r, ok := tx.Report(n); ok && !r.At.Before(at) {
			return Helped
		}
	}
	return state
}
