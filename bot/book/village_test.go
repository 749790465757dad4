package book_test

import (
	"context"
	"testing"
	"time"

	"wksbm/bot/book"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

// seloto is the village of these tests.
const seloto = region.Code(5207022011)

// at is a time in November 2026.
func at(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, region.WITA) }

// village is one that is being written.
type village struct {
	t  testing.TB
	tx *storage.Tx
}

func (v *village) record(when time.Time, f storage.Fact) {
	v.t.Helper()
	if _, err := v.tx.Record(when, 7, seloto, f); err != nil {
		v.t.Fatalf("record %T: %v", f, err)
	}
}

func (v *village) report(when time.Time, kind string, body any, lines ...storage.Line) uint64 {
	v.t.Helper()
	n := v.tx.NextReport()
	v.record(when, storage.Reported{Report: storage.Report{
		Number: n, Kind: kind, Village: seloto, By: 7, Date: storage.DayOf(when), Lines: lines, Body: storage.EncodeBody(body), Source: "t" + when.String() + kind,
	}})
	return n
}

func line(item, unit, earmark string, q int64) storage.Line {
	return storage.Line{Item: item, Unit: unit, Earmark: earmark, Quantity: storage.Quantity(q * 1000)}
}

func money(q int64) storage.Line { return line(storage.ItemMoney, storage.UnitRupiah, "general", q) }

// aid seals a giver.
func (v *village) aid(source, giver string) storage.Aid {
	p := v.tx.NewPerson()
	return storage.Aid{Person: p, Source: source, Giver: v.tx.Seal(p, "giver", giver)}
}

// kase opens a case.
func (v *village) kase(when time.Time, name, block, rt string, persons int, consent string, categories ...int) uint64 {
	n := v.report(when, storage.HouseholdFound, storage.Household{Categories: categories, Persons: persons})
	p := v.tx.NewPerson()
	c := storage.Case{
		Number: n, Village: seloto, By: 7, Person: p, Name: v.tx.Seal(p, "name", name), Block: v.tx.Seal(p, "block", block), RT: v.tx.Seal(p, "rt", rt),
		NIK: v.tx.Seal(p, "nik", "5207995508520001"), Persons: persons, Categories: categories, Need: "groceries",
		NeedNote: v.tx.Seal(p, "need", "beras dan lauk"), Consent: storage.CaseConsent{By: consent}, Initials: consent == storage.ConsentNone,
	}
	v.record(when, storage.CaseOpened{Case: c})
	return n
}

func (v *village) attendee(name, post string) uint64 {
	p, id := v.tx.NewPerson(), v.tx.NextAttendee()
	v.record(at(1, 8), storage.RosterPut{Attendee: storage.Attendee{ID: id, Village: seloto, Person: p, Name: v.tx.Seal(p, "name", name), Post: post}})
	return id
}

// write fills the village's books with a month's work; name gives every name that people type.
func (v *village) write(name func(string) string) {
	p := v.tx.NewPerson()
	v.record(at(1, 8), storage.ProfilePut{Profile: storage.Profile{
		Village: seloto, Person: p, SKNumber: "140/12/SK/2025", SKDate: storage.DayOf(at(1, 8)) - 300, Ketua: v.tx.Seal(p, "ketua", name("Hj. Sumiati")), Members: 25, Kinds: []string{"collecting", "giving"},
	}})
	here := []uint64{v.attendee(name("Hj. Sumiati"), "chair"), v.attendee(name("Nur Aini"), "secretary"), v.attendee(name("Rahmawati"), "treasurer")}
	away := []uint64{v.attendee(name("Aminah"), "member")}
	v.books(name)
	v.meeting(name, here, away)
	p = v.tx.NewPerson()
	v.record(at(6, 9), storage.ActivityPut{Activity: storage.Activity{
		ID: v.tx.NextActivity(), Village: seloto, Person: p, Title: v.tx.Seal(p, "title", name("Senam lansia")), Who: v.tx.Seal(p, "who", name("Kader dusun")),
		Target: v.tx.Seal(p, "target", name("30 lansia")), Day: storage.DayOf(at(28, 8)), State: storage.Planned,
	}})
	p = v.tx.NewPerson()
	v.record(at(7, 9), storage.PartnerPut{Partner: storage.Partner{
		ID: v.tx.NextPartner(), Village: seloto, Person: p, Kind: "psks_05", Name: v.tx.Seal(p, "name", name("Karang Taruna Mekar")), RT: v.tx.Seal(p, "rt", "03"),
		Contact: v.tx.Seal(p, "contact", name("Andi")), Service: v.tx.Seal(p, "service", name("Mengantar bantuan")), Consent: true,
	}})
}

// books receives and gives, with a correction and a report that was taken back.
func (v *village) books(name func(string) string) {
	v.report(at(1, 9).AddDate(0, 0, -12), storage.AidReceived, v.aid("baznas", ""), money(1_500_000), line("rice", "kg", "general", 50))
	siti := v.kase(at(2, 9), name("Siti Aminah"), "Dusun Longa", "03", 4, storage.ConsentSelf, 8, 24)
	v.kase(at(2, 10), "B. S.", "Dusun Rahasia", "09", 2, storage.ConsentNone, 16)
	initials := v.kase(at(3, 9), "M. A.", "Dusun Jelenga", "01", 3, storage.ConsentNone, 24)
	first := v.report(at(4, 9), storage.AidReceived, v.aid("individual_donor", name("H. Ahmad")), money(500_000), line("rice", "kg", "elderly", 20))
	v.record(at(4, 15), storage.ReportRevised{Number: first, Date: storage.DayOf(at(4, 9)), Lines: []storage.Line{money(550_000), line("rice", "kg", "elderly", 20)}, Body: storage.EncodeBody(v.aid("individual_donor", name("H. Ahmad")))})
	v.report(at(5, 9), storage.AidReceived, v.aid("mosque", name("Masjid Nurul Huda")), line("egg", "tray", "general", 5), line("rice", "sack", "general", 3), line("other:"+name("kasur lipat"), "piece", "general", 2))
	gone := v.report(at(6, 9), storage.AidReceived, v.aid("company", name("Toko Makmur")), money(99_000))
	v.record(at(6, 10), storage.ReportCancelled{Number: gone})
	p := v.tx.NewPerson()
	v.report(at(10, 9), storage.AidGiven, storage.Given{To: []storage.Recipient{
		{Case: siti, Families: 1, Persons: 4}, {Case: siti + 1, Families: 1, Persons: 2}, {Case: initials, Families: 1, Persons: 3},
	}}, line("rice", "kg", "general", 15), money(300_000))
	v.report(at(12, 9), storage.AidGiven, storage.Given{To: []storage.Recipient{
		{Person: p, Name: v.tx.Seal(p, "name", name("Amir Hamzah")), RT: v.tx.Seal(p, "rt", "05"), Families: 1, Persons: 1}, {Group: "orphans", Families: 12, Persons: 40},
	}}, line("egg", "tray", "general", 2))
}

func (v *village) meeting(name func(string) string, here, away []uint64) {
	p := v.tx.NewPerson()
	seal := func(field, words string) storage.Sealed { return v.tx.Seal(p, field, words) }
	v.report(at(15, 20), storage.MeetingHeld, storage.Meeting{
		Person: p, Kind: "regular", Start: 19*60 + 30, Place: seal("place", "Kantor desa"), Chair: seal("chair", name("Hj. Sumiati")), Invited: 6, Here: here, Away: away,
		Agenda: seal("agenda", "Pembukaan\nLaporan kas\nRencana Desember"), Guests: 2, GuestNames: seal("guests", name("Pak Kadus")),
		Decisions: seal("decisions", name("Kas dibuka tiap Jumat")), Order: seal("order", "Buku kas dilengkapi"), Review: seal("review", "Senam lansia berjalan"),
		Plan: seal("plan", name("Kunjungan ke tiga rumah")), Next: storage.DayOf(at(30, 9)) + 6, NextStart: 13*60 + 30,
	})
}

// shelf opens the books of November of a village that was written.
func shelf(t testing.TB, name func(string) string, look func(book.Shelf)) {
	t.Helper()
	s, places := storagetest.Open(t), region.Must(region.Load())
	if err := s.Update(context.Background(), func(tx *storage.Tx) error {
		(&village{t, tx}).write(name)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.View(func(tx *storage.Tx) error {
		b := book.Shelf{Tx: tx, Region: places, Month: storage.DayOf(at(1, 0)).Month(), Now: at(30, 16)}
		b.Village, _ = places.ByCode(seloto)
		look(b)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func asTyped(s string) string { return s }
