package storage_test

import (
	"context"
	"testing"
	"time"

	"wksbm/storage"
	"wksbm/storage/storagetest"
)

// TestActivityStepsAreWhatIsCounted: a change of words is no step, one before the days is not among them.
func TestActivityStepsAreWhatIsCounted(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	day := func(d int) time.Time { return time.Date(2026, 11, d, 4, 0, 0, 0, time.UTC) }
	for _, step := range []struct {
		day   int
		state storage.ActivityState
	}{{1, storage.Planned}, {5, storage.Planned}, {9, storage.Running}, {9, storage.Running}, {20, storage.Done}} {
		if err := s.Update(context.Background(), func(tx *storage.Tx) error {
			p := tx.NewPerson()
			_, err := tx.Record(day(step.day), 7, 5207022011, storage.ActivityPut{Activity: storage.Activity{ID: 1, Village: 5207022011, Person: p, Title: tx.Seal(p, "title", "Posyandu"), State: step.state}})
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	_ = s.View(func(tx *storage.Tx) error {
		got := tx.ActivitySteps(storage.DayOf(day(5)), storage.DayOf(day(19)))
		if len(got) != 1 || got[0] != (storage.ActivityStep{ID: 1, Village: 5207022011, State: storage.Running, Day: storage.DayOf(day(9))}) {
			t.Errorf("steps %+v", got)
		}
		if all := tx.ActivitySteps(0, storage.DayOf(day(30))); len(all) != 3 {
			t.Errorf("all steps %+v", all)
		}
		return nil
	})
}
