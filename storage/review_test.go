package storage_test

import (
	"maps"
	"testing"

	"wksbm/storage"
	"wksbm/storage/storagetest"
)

// counts are what a month of the village counts.
func counts(t *testing.T, s *storage.Store) (out map[string]int) {
	t.Helper()
	view(t, s, func(tx *storage.Tx) { out = tx.MonthTotals(seloto, storage.DayOf(noon).Month()).Counts })
	return out
}

// A household whose report is returned counts for nothing, neither what happened to it before nor
// meanwhile, until the reporter answers; one that is rejected counts for nothing any more.
func TestReturnedHouseholdIsOutOfTheCounts(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	openCase(t, s)
	state := func(to storage.CaseState) {
		record(t, s, 7, func(*storage.Tx) storage.Fact {
			return storage.CaseEntered{Entry: storage.CaseEntry{Case: 1, Kind: storage.EntryState, State: to}}
		})
	}
	state(storage.Proposed)
	record(t, s, 9, func(*storage.Tx) storage.Fact { return storage.ReportReturned{Number: 1, Field: "persons"} })
	state(storage.Finished)
	if got := counts(t, s); len(got) != 0 {
		t.Errorf("returned, it counts %v", got)
	}
	view(t, s, func(tx *storage.Tx) {
		if c, _ := tx.Case(1); !c.Held || c.State != storage.Finished {
			t.Errorf("the case is %+v", c)
		}
		if r := tx.ReturnedReports(); len(r) != 1 || r[0].Owner != 9 || len(tx.WaitingReports()) != 0 {
			t.Errorf("returned are %+v", r)
		}
	})
	body := storage.EncodeBody(storage.Household{Categories: []int{8}, Persons: 3})
	record(t, s, 7, func(*storage.Tx) storage.Fact {
		return storage.ReportRevised{Number: 1, Date: storage.DayOf(noon), Body: body}
	})
	want := map[string]int{
		storage.CountCases: 1, storage.CountCategory + "8": 1, storage.CountState + string(storage.Proposed): 1,
		storage.CountState + string(storage.Finished): 1,
	}
	if got := counts(t, s); !maps.Equal(got, want) {
		t.Errorf("answered, it counts %v, want %v", got, want)
	}
	record(t, s, 9, func(*storage.Tx) storage.Fact { return storage.ReportReturned{Number: 1, Field: "persons"} })
	record(t, s, 9, func(*storage.Tx) storage.Fact { return storage.ReportRejected{Number: 1} })
	view(t, s, func(tx *storage.Tx) {
		if c, _ := tx.Case(1); c.State != storage.Withdrawn || c.Held || len(tx.Cases(seloto)) != 0 {
			t.Errorf("rejected, the case is %+v", c)
		}
	})
	if got := counts(t, s); len(got) != 0 {
		t.Errorf("rejected, it counts %v", got)
	}
}

// A meeting that is returned takes the next one it announced with it, until it is answered; aid given
// that is returned is no help to the household.
func TestReturnedReportsTakeBackWhatFollowed(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	openCase(t, s)
	meeting := storage.EncodeBody(storage.Meeting{Kind: "regular", Start: -1, Next: storage.DayOf(noon) + 7, NextStart: -1})
	gift := storage.EncodeBody(storage.Given{To: []storage.Recipient{{Case: 1, Families: 1}}})
	lines := []storage.Line{{Item: "rice", Unit: "kg", Earmark: "general", Quantity: 5000}}
	for _, r := range []storage.Report{
		{Number: 2, Kind: storage.MeetingHeld, Body: meeting}, {Number: 3, Kind: storage.AidGiven, Body: gift, Lines: lines},
	} {
		record(t, s, 7, func(*storage.Tx) storage.Fact {
			r.Village, r.By, r.Date = seloto, 7, storage.DayOf(noon)
			return storage.Reported{Report: r}
		})
		record(t, s, 9, func(*storage.Tx) storage.Fact { return storage.ReportReturned{Number: r.Number, Field: "date"} })
	}
	view(t, s, func(tx *storage.Tx) {
		c, _ := tx.Case(1)
		if v := tx.Village(seloto); v.Next != nil || len(v.Stock) != 0 || c.State != storage.Identified || len(c.Helped) != 0 {
			t.Errorf("village %+v, case %+v", v, c)
		}
	})
	for _, n := range []uint64{2, 3} {
		record(t, s, 7, func(tx *storage.Tx) storage.Fact {
			r, _ := tx.Report(n)
			return storage.ReportRevised{Number: n, Date: r.Date, Lines: r.Lines, Body: r.Body}
		})
	}
	view(t, s, func(tx *storage.Tx) {
		c, _ := tx.Case(1)
		if v := tx.Village(seloto); v.Next == nil || len(v.Stock) != 1 || c.State != storage.Helped || len(tx.Queue()) != 3 {
			t.Errorf("village %+v, case %+v", v, c)
		}
	})
}
