package main

import (
	"fmt"
	"time"

	"wksbm/storage"
)

// invented are names that nobody in the story bears for real.
func invented() []string {
	return []string{
		"Siti Rahmah", "Nurhayati", "Abdul Gani", "Masnah", "Zainab", "Syamsuddin", "Hadijah", "Jamaluddin", "Sarapiah",
		"Ibrahim", "Nuraini", "M. Saleh", "Halimah", "Usman", "Rohana", "Burhanuddin", "Mariam", "Yusuf", "Fatimah", "Hasan",
	}
}

func (w *writer) name() string {
	all := invented()
	return all[w.r.IntN(len(all))]
}

// settle gives a village what it has from the start: a roster, a profile, programmes and partners.
func (w *writer) settle(at time.Time, who int) error {
	for i, post := range []string{"chair", "secretary", "treasurer", "", "", "", "", "cadre"} {
		p := w.tx.NewPerson()
		name := invented()[(who+i*3)%len(invented())]
		if i == 0 && who == 0 {
			name = "Sumiati"
		}
		err := w.record(at, who, storage.RosterPut{Attendee: storage.Attendee{
			ID: w.tx.NextAttendee(), Village: w.places[who], Person: p, Name: w.tx.Seal(p, "name", name), Post: post,
		}})
		if err != nil {
			return err
		}
	}
	if who%3 == 2 { // not every village gets around to it
		return nil
	}
	return w.network(at, who)
}

func (w *writer) network(at time.Time, who int) error {
	p := w.tx.NewPerson()
	facts := []storage.Fact{
		storage.ProfilePut{Profile: storage.Profile{
			Village: w.places[who], Person: p, SKNumber: fmt.Sprintf("140/%02d/SK/2025", who+1), SKDate: storage.DayOf(at.AddDate(-1, 0, 0)),
			Signer: w.tx.Seal(p, "signer", "Kepala Desa"), Members: 20 + who, Kinds: []string{"collecting", "giving", "visiting"},
		}},
		w.plan(who, "Posyandu lansia", "kader dan bidan desa", "30 lansia", storage.DayOf(w.now.AddDate(0, 0, 5)), storage.Planned),
		storage.PartnerPut{Partner: storage.Partner{
			ID: w.tx.NextPartner(), Village: w.places[who], Person: p, Kind: "psks_05", Name: w.tx.Seal(p, "name", "Karang Taruna Tunas Muda"),
			Service: w.tx.Seal(p, "service", "tenaga untuk membagikan bantuan"),
		}},
	}
	for _, f := range facts {
		if err := w.record(at, who, f); err != nil {
			return err
		}
	}
	return w.record(at, who, w.plan(who, "Gotong royong rumah Bu Masnah", "warga RT 02", "atap dan dinding", 0, storage.Running))
}

func (w *writer) plan(who int, title, by, target string, day storage.Day, state storage.ActivityState) storage.Fact {
	p := w.tx.NewPerson()
	return storage.ActivityPut{Activity: storage.Activity{
		ID: w.tx.NextActivity(), Village: w.places[who], Person: p, Day: day, State: state,
		Title: w.tx.Seal(p, "title", title), Who: w.tx.Seal(p, "who", by), Target: w.tx.Seal(p, "target", target),
	}}
}

func (w *writer) record(at time.Time, who int, f storage.Fact) error {
	_, err := w.tx.Record(at, w.people[who], w.places[who], f)
	return err
}

// household invents a family in need, sometimes with a NIK of a kecamatan that does not exist.
func (w *writer) household(at time.Time, who int) error {
	needs := []struct {
		category, group int
		need            string
	}{{8, 3, "groceries"}, {24, 12, "house_repair"}, {23, 11, "capital"}, {9, 2, "aid_device"}, {2, 1, "school"}}
	kind := needs[w.r.IntN(len(needs))]
	persons, urgent := 1+w.r.IntN(6), w.r.IntN(6) == 0
	n, err := w.tell(at, who, storage.HouseholdFound, nil, storage.Household{Categories: []int{kind.category}, Persons: persons, Urgent: urgent})
	if err != nil {
		return err
	}
	p := w.tx.NewPerson()
	c := storage.Case{
		Number: n, Village: w.places[who], By: w.people[who], Person: p, Persons: persons, Urgent: urgent,
		Name: w.tx.Seal(p, "name", w.name()), Block: w.tx.Seal(p, "block", []string{"Longa", "Bangkat", "Sampir"}[w.r.IntN(3)]),
		RT: w.tx.Seal(p, "rt", fmt.Sprintf("%02d", 1+w.r.IntN(6))), RW: w.tx.Seal(p, "rw", "01"),
		Categories: []int{kind.category}, Groups: []int{kind.group}, Need: kind.need, Work: "farm_labourer",
		Checked: true, Checks: []int{1, 3, 6}, Aids: []string{"pbi_jkn"},
		Consent: storage.CaseConsent{By: storage.ConsentSelf, User: w.people[who], At: at},
	}
	if kind.category == 9 {
		c.Disabilities = []string{"physical"}
	}
	if w.r.IntN(2) == 0 {
		nik := fmt.Sprintf("520799%02d%02d%02d%04d", 1+w.r.IntN(28), 1+w.r.IntN(12), 40+w.r.IntN(50), n)
		c.NIK, c.NIKIndex = w.tx.Seal(p, "nik", nik), w.tx.Blind(nik)
	}
	if err := w.record(at, who, storage.CaseOpened{Case: c}); err != nil || w.r.IntN(2) == 0 {
		return err
	}
	visit := storage.CaseEntry{
		Case: n, Kind: storage.EntryVisit, Date: storage.DayOf(at), Text: w.tx.Seal(p, "text", "Sudah dikunjungi, sehat, butuh dibantu."),
	}
	return w.record(at, who, storage.CaseEntered{Entry: visit})
}

// meeting invents a meeting to which most of the roster came.
func (w *writer) meeting(at time.Time, who int) error {
	p := w.tx.NewPerson()
	m := storage.Meeting{
		Person: p, Kind: "regular", Start: 16 * 60, NextStart: -1, Place: w.tx.Seal(p, "place", "Kantor desa"),
		Decisions: w.tx.Seal(p, "decisions", "Sembako dibagikan hari Jumat."), Plan: w.tx.Seal(p, "plan", "Posyandu lansia"),
	}
	for _, a := range w.tx.Roster(w.places[who]) {
		if w.r.IntN(4) > 0 {
			m.Here = append(m.Here, a.ID)
		} else {
			m.Away = append(m.Away, a.ID)
		}
	}
	m.Invited = len(m.Here) + len(m.Away)
	if next := at.AddDate(0, 0, 14); w.r.IntN(2) == 0 && next.After(w.now) {
		m.Next, m.NextStart = storage.DayOf(next), 16*60
	}
	_, err := w.tell(at, who, storage.MeetingHeld, nil, m)
	return err
}
