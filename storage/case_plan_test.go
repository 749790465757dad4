package storage_test

import (
	"context"
	"testing"

	"wksbm/storage"
	"wksbm/storage/storagetest"
)

// TestPlanFollowsTheCase plans for a case, changes its answers and ends it: the plan stays with it until
// then, and what is due is found without looking at every case.
func TestPlanFollowsTheCase(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	openCase(t, s)
	due := storage.DayOf(noon) + 3
	plan := func(next string) {
		record(t, s, 20, func(*storage.Tx) storage.Fact {
			return storage.CasePlanned{Case: 1, Owner: 20, Next: next, Due: due}
		})
	}
	enter := func(e storage.CaseEntry) {
		e.Case = 1
		record(t, s, 20, func(*storage.Tx) storage.Fact { return storage.CaseEntered{Entry: e} })
	}
	planned := func(step, want string) {
		t.Helper()
		view(t, s, func(tx *storage.Tx) {
			c, _ := tx.Case(1)
			if listed := len(tx.PlannedCases()) == 1; c.Next != want || c.Owner != 20 || listed != (want != "") {
				t.Errorf("after %s: next %q of %d, listed %v; want %q", step, c.Next, c.Owner, listed, want)
			}
		})
	}
	plan(storage.NextVisit)
	planned("a plan", storage.NextVisit)
	record(t, s, 7, func(tx *storage.Tx) storage.Fact {
		c, _ := tx.Case(1)
		c.Owner, c.Next, c.Due, c.Persons = 0, "", 0, 3
		return storage.CaseRevised{Case: c}
	})
	planned("a revision", storage.NextVisit)
	plan(storage.NextAnswer)
	enter(storage.CaseEntry{Kind: storage.EntryReply, Answer: storage.AnswerAccepted})
	planned("the answer", "")
	plan(storage.NextConfirm)
	enter(storage.CaseEntry{Kind: storage.EntryDoubt})
	planned("the village's doubt", "")
	plan(storage.NextConfirm)
	enter(storage.CaseEntry{Kind: storage.EntryState, State: storage.Finished})
	planned("the end", "")
	if err := s.Update(context.Background(), func(tx *storage.Tx) error {
		_, err := tx.Record(noon, 20, seloto, storage.CasePlanned{Case: 1, Owner: 21})
		return err
	}); err == nil {
		t.Error("an ended case was planned for")
	}
}
