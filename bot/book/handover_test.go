package book_test

import (
	"context"
	"strings"
	"testing"

	"wksbm/bot/book"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

// ketua lets a ketua in.
func (v *village) ketua(user int64, name string, day int) {
	p := v.tx.NewPerson()
	m := storage.Member{
		User: user, Person: p, Name: v.tx.Seal(p, "name", name), Address: "ibu", Village: seloto, Role: storage.Ketua,
		Consent: storage.Consent{At: at(day, 8), Version: "1"}, Request: v.tx.NextRequest(),
	}
	v.record(at(day, 8), storage.MemberAsked{Member: m})
	v.record(at(day, 8), storage.MemberDecided{User: user, Accepted: true})
}

// TestPapersNameTheKetuaOfToday hands a village over: its papers are signed by the new ketua, and no
// meeting gets a chair that nobody told. A household of two sensitive categories is one.
func TestPapersNameTheKetuaOfToday(t *testing.T) {
	t.Parallel()
	s, places := storagetest.Open(t), region.Must(region.Load())
	err := s.Update(context.Background(), func(tx *storage.Tx) error {
		v := &village{t, tx}
		v.ketua(7, "Sumiati", 1)
		p := tx.NewPerson()
		v.record(at(1, 9), storage.ProfilePut{Profile: storage.Profile{Village: seloto, Person: p, Ketua: tx.Seal(p, "ketua", "Hj. Sumiati"), Members: 25}})
		v.attendee("Hj. Sumiati", "chair")
		v.report(at(2, 9), storage.MeetingHeld, storage.Meeting{Kind: "regular", Start: -1, NextStart: -1, Guests: 4, Invited: 4})
		v.kase(at(3, 9), "S. A.", "", "", 2, storage.ConsentNone, 16, 17)
		v.ketua(8, "Rahma", 20)
		v.record(at(20, 9), storage.HandedOver{From: 7, To: 8})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = s.View(func(tx *storage.Tx) error {
		b := book.Shelf{Tx: tx, Region: places, Month: storage.DayOf(at(1, 0)).Month(), Now: at(30, 16)}
		b.Village, _ = places.ByCode(seloto)
		for _, kind := range book.Kinds() {
			p, _ := b.Paper(kind)
			got := print(p)
			if strings.Contains(got, "Sumiati") || !strings.Contains(got, "[Ketua WKSBM: Rahma]") {
				t.Errorf("%s:\n%s", kind, got)
			}
		}
		minutes, _ := b.Paper(book.Meetings)
		if got := print(minutes); !strings.Contains(got, "| Pimpinan | —") {
			t.Errorf("minutes:\n%s", got)
		}
		month, _ := b.Paper(book.Monthly)
		if got := print(month); !strings.Contains(got, "| – kasus sensitif | 1") {
			t.Errorf("month:\n%s", got)
		}
		return nil
	})
}
