package main

import (
	"time"

	"wksbm/storage"
)

// episode is one thing that happens to a family: what, how many days ago.
type episode struct {
	days int
	play func(at time.Time, n uint64) error
}

// families puts the people in need of the ketua's village into the story, each at another point of
// the way.
func (w *writer) families() {
	self, guardian := storage.ConsentSelf, storage.ConsentGuardian
	w.life(40, family{name: "Hamidah", block: "Dusun Longa", rt: "02", persons: 1, category: 8, need: "groceries", work: "none", consent: self, birth: "520548"},
		w.proven(38), w.gets(33, line("groceries", "packet", 1, "elderly")), w.visited(27, "Sehat, tinggal sendiri. Kompornya rusak."),
		w.gets(5, line("groceries", "packet", 1, "elderly")), w.plans(3, storage.NextVisit, 5))
	w.life(43, family{name: "M. Tahir", block: "Dusun Bangkat", rt: "05", persons: 4, category: 24, need: "capital", work: "trader", consent: self},
		w.proven(42), w.gets(36, line("rice", "kg", 10, "general")), w.visited(21, "Warungnya sudah jalan lagi."), w.becomes(7, storage.Finished))
	w.life(29, family{name: "Syafruddin", block: "Dusun Bangkat", rt: "04", persons: 3, category: 9, need: "aid_device", work: "farmer", consent: self, birth: "140871"},
		w.proven(27), w.refers(20), w.replied(13, "TKSK sudah berkunjung, kursi roda diusulkan."), w.plans(9, storage.NextDeliver, 6))
	w.life(22, family{name: "Siti Hawa", block: "Dusun Longa", rt: "01", persons: 4, category: 23, need: "capital", work: "day_labourer", consent: self, birth: "510386"},
		w.proven(19), w.wishes(10, storage.Proposed))
	w.life(16, family{name: "Zulkarnain", block: "Dusun Longa", rt: "05", persons: 2, category: 2, need: "school", work: "none", consent: guardian},
		w.proven(14), w.gets(2, line(storage.ItemMoney, storage.UnitRupiah, 250_000, "orphans")))
	w.life(5, family{name: "R. S.", block: "Dusun Bangkat", rt: "06", persons: 2, category: 19, need: "treatment", consent: storage.ConsentNone, sensitive: true})
	w.life(0, family{
		name: "Ruslan", block: "Dusun Longa", rt: "03", persons: 5, category: 24, need: "house_repair", work: "farm_labourer", consent: self, urgent: true,
		note: "Atap rumahnya roboh tadi malam.", birth: "070679",
	})
}

// life has a family found so many days ago, and lets the episodes follow. A family of today was found
// an hour ago.
func (w *writer) life(days int, f family, then ...episode) {
	var n uint64
	open := func(at time.Time) (err error) {
		n, err = w.find(at, f)
		return err
	}
	if days == 0 {
		w.lately(65, open)
		return
	}
	w.then(days, 8, 30, open)
	for i, e := range then {
		w.then(e.days, 13, 7*i, func(at time.Time) error { return e.play(at, n) })
	}
}

func (w *writer) proven(days int) episode { return episode{days, w.prove} }

func (w *writer) gets(days int, l storage.Line) episode {
	return episode{days, func(at time.Time, n uint64) error {
		c, _ := w.tx.Case(n)
		_, err := w.tell(at, 0, storage.AidGiven, []storage.Line{l}, storage.Given{To: []storage.Recipient{{Case: n, Families: 1, Persons: c.Persons}}})
		return err
	}}
}

func (w *writer) visited(days int, words string) episode {
	return episode{days, func(at time.Time, n uint64) error {
		return w.enter(at, 0, n, storage.CaseEntry{Kind: storage.EntryVisit, Date: storage.DayOf(at)}, words)
	}}
}

func (w *writer) becomes(days int, s storage.CaseState) episode {
	return episode{days, func(at time.Time, n uint64) error {
		return w.enter(at, 0, n, storage.CaseEntry{Kind: storage.EntryState, State: s}, "")
	}}
}

func (w *writer) wishes(days int, s storage.CaseState) episode {
	return episode{days, func(at time.Time, n uint64) error {
		return w.enter(at, 0, n, storage.CaseEntry{Kind: storage.EntryWish, Wish: s}, "")
	}}
}

// plans has staff say what they do next, in so many days from then.
func (w *writer) plans(days int, next string, in storage.Day) episode {
	return episode{days, func(at time.Time, n uint64) error {
		_, err := w.tx.Record(at, w.cast.staff, home, storage.CasePlanned{Case: n, Owner: w.cast.staff, Next: next, Due: storage.DayOf(at) + in})
		return err
	}}
}

// refers hands a case to the TKSK, the second partner on the list.
func (w *writer) refers(days int) episode {
	return episode{days, func(at time.Time, n uint64) error {
		tksk := w.tx.Partners(home)[1]
		return w.enter(at, 0, n, storage.CaseEntry{Kind: storage.EntryRefer, State: storage.Referred, Partner: tksk.ID}, "")
	}}
}

func (w *writer) replied(days int, words string) episode {
	return episode{days, func(at time.Time, n uint64) error {
		return w.enter(at, 0, n, storage.CaseEntry{Kind: storage.EntryReply}, words)
	}}
}
