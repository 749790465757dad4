package schedule

import (
	"context"
	"errors"
	"testing"
	"time"

	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, region.WITA)
	if err != nil {
		panic(err)
	}
	return t
}

func TestDueIsInWITA(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cron, last, now string
		want            []string
	}{
		{"0 7 * * *", "2026-11-23 07:00", "2026-11-24 06:59", nil},
		{"0 7 * * *", "2026-11-23 07:00", "2026-11-24 07:00", []string{"2026-11-24 07:00"}},
		{"0 7 * * *", "2026-11-23 07:00", "2026-11-26 08:00", []string{"2026-11-24 07:00", "2026-11-25 07:00", "2026-11-26 07:00"}},
		{"0 8 * * 1", "2026-11-23 08:00", "2026-11-29 23:00", nil},
		{"0 8 1 * *", "2026-11-23 08:00", "2026-12-01 08:00", []string{"2026-12-01 08:00"}},
		{"", "2026-11-23 08:00", "2026-12-01 08:00", nil},
	} {
		got, err := Due(c.cron, at(c.last).UTC(), at(c.now).UTC())
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(c.want) {
			t.Errorf("%s from %s to %s: %v", c.cron, c.last, c.now, got)
			continue
		}
		for i := range got {
			if !got[i].Equal(at(c.want[i])) {
				t.Errorf("%s: due %v, want %s", c.cron, got[i], c.want[i])
			}
		}
	}
}

// A job whose work failed is done at the next look, and then not again, also by a new process.
func TestEachTimeIsDoneOnce(t *testing.T) {
	t.Parallel()
	store := storagetest.Open(t)
	now := at("2026-11-23 06:00")
	var done []time.Time
	broken := true
	calendar := func() *Calendar {
		return &Calendar{Store: store, Now: func() time.Time { return now }, Jobs: []Job{{
			Name: "daily", Cron: "0 7 * * *",
			Do: func(_ *storage.Tx, at time.Time) error {
				if broken {
					return errors.New("broken")
				}
				done = append(done, at)
				return nil
			},
		}}}
	}
	ctx := context.Background()
	if err := calendar().Tick(ctx); err != nil || len(done) > 0 {
		t.Fatalf("the first look does nothing but note the time: %v, %v", done, err)
	}
	now = at("2026-11-24 09:00")
	if err := calendar().Tick(ctx); err == nil {
		t.Fatal("a failing job was reported as done")
	}
	broken = false
	for range 3 {
		if err := calendar().Tick(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if len(done) != 2 || !done[0].Equal(at("2026-11-23 07:00")) || !done[1].Equal(at("2026-11-24 07:00")) {
		t.Errorf("done at %v", done)
	}
}

// Of many missed times only the latest is made up for, and for the time it is by then.
func TestLatestIsMadeUpForOnce(t *testing.T) {
	t.Parallel()
	store := storagetest.Open(t)
	now := at("2026-11-23 06:10")
	var done []time.Time
	c := &Calendar{Store: store, Now: func() time.Time { return now }, Jobs: []Job{{
		Name: "hourly", Cron: "0 * * * *", Latest: true,
		Do: func(_ *storage.Tx, at time.Time) error { done = append(done, at); return nil },
	}}}
	for _, s := range []string{"2026-11-23 06:10", "2026-11-23 06:59", "2026-11-23 07:00", "2026-11-23 07:30", "2026-12-03 09:20", "2026-12-03 09:20", "2026-12-03 10:00"} {
		now = at(s)
		if err := c.Tick(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"2026-11-23 07:00", "2026-12-03 09:20", "2026-12-03 10:00"}
	if len(done) != len(want) {
		t.Fatalf("done at %v", done)
	}
	for i := range want {
		if !done[i].Equal(at(want[i])) {
			t.Errorf("done at %v, want %s", done[i], want[i])
		}
	}
}
