package digest_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"wksbm/bot/digest"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

// TestStatesOfAVillage follows one village through its weeks: unreached, silent, reporting, blocked.
func TestStatesOfAVillage(t *testing.T) {
	t.Parallel()
	const user, village = 7, region.Code(5207022011)
	s, r := storagetest.Open(t), region.Must(region.Load())
	at := func(day int) time.Time { return time.Date(2026, 11, day, 9, 0, 0, 0, region.WITA) }
	do := func(fn func(tx *storage.Tx) error) {
		t.Helper()
		if err := s.Update(context.Background(), fn); err != nil {
			t.Fatal(err)
		}
	}
	record := func(day int, facts ...func(*storage.Tx) storage.Fact) {
		t.Helper()
		do(func(tx *storage.Tx) error {
			for _, f := range facts {
				if _, err := tx.Record(at(day), user, village, f(tx)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	weeks := func(want ...digest.State) {
		t.Helper()
		_ = s.View(func(tx *storage.Tx) error {
			p, _ := digest.ParseKey("2026-11")
			d := digest.Look(tx, r, p, village, storage.DayOf(at(24)))
			if got := d.Villages[0].Weeks; !slices.Equal(got, want) {
				t.Errorf("weeks %v, want %v", got, want)
			}
			if d.Expected() != 1 || len(d.In(d.Villages[0].State)) != 1 {
				t.Errorf("%d expected, state %v", d.Expected(), d.Villages[0].State)
			}
			return nil
		})
	}
	weeks(digest.Unreached, digest.Unreached, digest.Unreached, digest.Unreached)
	record(10, func(tx *storage.Tx) storage.Fact {
		p := tx.NewPerson()
		return storage.MemberAsked{Member: storage.Member{
			User: user, Request: tx.NextRequest(), Person: p, Name: tx.Seal(p, "name", "Ibu Contoh"), Village: village, Role: storage.Ketua,
			Consent: storage.Consent{At: at(10), Version: "1"},
		}}
	}, func(*storage.Tx) storage.Fact { return storage.MemberDecided{User: user, Accepted: true} })
	weeks(digest.Unreached, digest.Unreached, digest.Unreached, digest.Unreached) // never wrote
	do(func(tx *storage.Tx) error { return tx.PutChat(storage.Chat{ID: user}) })
	weeks(digest.Unreached, digest.Silent, digest.Silent, digest.Silent)
	record(17, func(tx *storage.Tx) storage.Fact {
		return storage.Reported{Report: storage.Report{
			Number: tx.NextReport(), Kind: storage.AidReceived, Village: village, By: user, Date: storage.DayOf(at(17)),
			Lines: []storage.Line{{Item: storage.ItemMoney, Unit: storage.UnitRupiah, Earmark: "general", Quantity: 50_000_000}},
			Body:  storage.EncodeBody(storage.Aid{Source: "member_dues"}),
		}}
	})
	weeks(digest.Unreached, digest.Silent, digest.Reported, digest.Silent)
	do(func(tx *storage.Tx) error { return tx.PutChat(storage.Chat{ID: user, Unreachable: true}) })
	weeks(digest.Unreached, digest.Unreached, digest.Reported, digest.Unreached)
	_ = s.View(func(tx *storage.Tx) error {
		p, _ := digest.ParseKey("2026-11")
		if own, all := digest.OwnMoney(digest.Make(tx, r, p, 0, storage.DayOf(at(24))).Totals); own != 50_000 || all != 50_000 {
			t.Errorf("own money %d of %d", own, all)
		}
		if c := digest.CoverageOf(tx, r, 0); c != (digest.Coverage{Villages: 58, Ketua: 1}) {
			t.Errorf("coverage %+v", c)
		}
		return nil
	})
}

// TestWeeksCoverTheirMonth: no day is missing or twice, and no week of a month is a stump.
func TestWeeksCoverTheirMonth(t *testing.T) {
	t.Parallel()
	s, r := storagetest.Open(t), region.Must(region.Load())
	_ = s.View(func(tx *storage.Tx) error {
		for m := storage.DayOf(time.Date(2026, 1, 5, 0, 0, 0, 0, region.WITA)).Month(); m < 24_400; m++ {
			d := digest.Look(tx, r, digest.Month(m), 5207022011, m.Last())
			next := m.First()
			for _, w := range d.Weeks {
				if n := w.To - w.From + 1; w.From != next || n < 4 || n > 10 {
					t.Errorf("%s: week %s–%s", m, w.From, w.To)
				}
				next = w.To + 1
			}
			if next != m.Last()+1 || len(d.Weeks) > 5 {
				t.Errorf("%s: %d weeks up to %s", m, len(d.Weeks), next-1)
			}
		}
		return nil
	})
}

// TestDeskCountsWhatWaits looks at households before and after they were verified.
func TestDeskCountsWhatWaits(t *testing.T) {
	t.Parallel()
	const village = region.Code(5207022011)
	s, r := storagetest.Open(t), region.Must(region.Load())
	day := time.Date(2026, 11, 20, 9, 0, 0, 0, region.WITA)
	desk := func(scope region.Code) (d digest.Desk) {
		_ = s.View(func(tx *storage.Tx) error {
			d = digest.Make(tx, r, digest.Day(storage.DayOf(day)+3), scope, storage.DayOf(day)+3).Desk
			return nil
		})
		return d
	}
	record := func(f storage.Fact) {
		t.Helper()
		if err := s.Update(context.Background(), func(tx *storage.Tx) error {
			_, err := tx.Record(day, 7, village, f)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	record(storage.Reported{Report: storage.Report{
		Number: 1, Kind: storage.HouseholdFound, Village: village, By: 7, Date: storage.DayOf(day), Body: storage.EncodeBody(storage.Household{Categories: []int{8}}),
	}})
	if d := desk(0); d.Waiting() != 1 || d.Oldest != storage.DayOf(day) {
		t.Errorf("desk %+v", d)
	}
	record(storage.Reported{Report: storage.Report{
		Number: 2, Kind: storage.MeetingHeld, Village: village, By: 7, Date: storage.DayOf(day), Body: storage.EncodeBody(storage.Meeting{}),
	}})
	if d := desk(0); d.Waiting() != 1 || d.All() != 2 {
		t.Errorf("desk with a meeting %+v", d)
	}
	record(storage.ReportVerified{Number: 2})
	if d := desk(5207012001); d.Waiting() != 0 {
		t.Errorf("desk of another village %+v", d)
	}
	record(storage.ReportVerified{Number: 1})
	if d := desk(0); d.Waiting() != 0 || d.Oldest != 0 {
		t.Errorf("desk afterwards %+v", d)
	}
}
