package storage_test

import (
	"testing"

	"wksbm/storage"
	"wksbm/storage/storagetest"
)

// TestCancelledDeathRevives closes a case by a death and takes the report back: the case stands where
// it stood, and nothing of the death is counted.
func TestCancelledDeathRevives(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	openCase(t, s)
	state := func(to storage.CaseState) {
		record(t, s, 7, func(*storage.Tx) storage.Fact {
			return storage.CaseEntered{Entry: storage.CaseEntry{Case: 1, Kind: storage.EntryState, State: to}}
		})
	}
	state(storage.CaseProven)
	record(t, s, 7, func(tx *storage.Tx) storage.Fact {
		return storage.Reported{Report: storage.Report{
			Number: tx.NextReport(), Kind: storage.DeathKnown, Village: seloto, By: 7, Date: storage.DayOf(noon), Body: storage.EncodeBody(storage.Death{Case: 1}),
		}}
	})
	state(storage.Died)
	record(t, s, 7, func(*storage.Tx) storage.Fact { return storage.ReportCancelled{Number: 2} })
	view(t, s, func(tx *storage.Tx) {
		c, _ := tx.Case(1)
		counts := tx.MonthTotals(seloto, storage.DayOf(noon).Month()).Counts
		if c.State != storage.CaseProven || counts[storage.CountDeaths] != 0 || counts[storage.CountState+string(storage.Died)] != 0 {
			t.Errorf("the case is %s, counted %v", c.State, counts)
		}
		if last := tx.CaseEntries(1)[1]; !last.Undone {
			t.Errorf("the history still says %+v", last)
		}
	})
	record(t, s, 7, func(*storage.Tx) storage.Fact { return storage.ReportCancelled{Number: 1} })
	view(t, s, func(tx *storage.Tx) {
		if counts := tx.MonthTotals(seloto, storage.DayOf(noon).Month()).Counts; len(counts) != 0 {
			t.Errorf("a case that was taken out still counts: %v", counts)
		}
	})
}

func openCase(t *testing.T, s *storage.Store) {
	t.Helper()
	record(t, s, 7, func(tx *storage.Tx) storage.Fact {
		return storage.Reported{Report: storage.Report{
			Number: tx.NextReport(), Kind: storage.HouseholdFound, Village: seloto, By: 7, Date: storage.DayOf(noon),
			Body: storage.EncodeBody(storage.Household{Categories: []int{8}, Persons: 2}),
		}}
	})
	record(t, s, 7, func(tx *storage.Tx) storage.Fact {
		p := tx.NewPerson()
		return storage.CaseOpened{Case: storage.Case{
			Number: 1, Village: seloto, By: 7, Person: p, Name: tx.Seal(p, "name", "S. A."), Initials: true, Persons: 2, Categories: []int{8},
			Consent: storage.CaseConsent{By: storage.ConsentNone},
		}}
	})
}
