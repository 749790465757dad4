package main

import (
	"fmt"
	"time"

	"wksbm/bot/welfare"
	"wksbm/storage"
)

// family is a household in need of the story.
type family struct {
	who               int
	name, block, rt   string
	persons, category int
	need, work        string
	urgent, sensitive bool
	consent           string
	birth             string // DDMMYY; with it the NIK is known
	note              string
}

// find reports a household in need.
func (w *writer) find(at time.Time, f family) (uint64, error) {
	n, err := w.tell(at, f.who, storage.HouseholdFound, nil, storage.Household{
		Categories: []int{f.category}, Persons: f.persons, Urgent: f.urgent, Sensitive: f.sensitive,
	})
	if err != nil {
		return n, err
	}
	p := w.tx.NewPerson()
	seal := func(field, words string) storage.Sealed { return w.tx.Seal(p, field, words) }
	c := storage.Case{
		Number: n, Village: w.places[f.who], By: w.people[f.who], Person: p, Persons: f.persons, Urgent: f.urgent, Sensitive: f.sensitive,
		Initials: f.consent == storage.ConsentNone, Name: seal("name", f.name), Block: seal("block", f.block), RT: seal("rt", f.rt),
		Categories: []int{f.category}, Groups: welfare.RollUp([]int{f.category}), Need: f.need, Work: f.work,
		Consent: storage.CaseConsent{By: f.consent, User: w.people[f.who], At: at},
	}
	if f.category == 9 {
		c.Disabilities = []string{"physical"}
	}
	if !f.sensitive {
		c.Checked, c.Checks, c.Aids = true, []int{1, 3, 6}, []string{"pbi_jkn"}
	}
	if f.birth != "" { // of a kecamatan that does not exist
		nik := fmt.Sprintf("520799%s%04d", f.birth, n)
		c.NIK, c.NIKIndex = seal("nik", nik), w.tx.Blind(nik)
	}
	if err := w.record(at, f.who, storage.CaseOpened{Case: c}); err != nil || f.note == "" {
		return n, err
	}
	return n, w.enter(at, f.who, n, storage.CaseEntry{Kind: storage.EntryNote}, f.note)
}

// enter writes into the history of a case.
func (w *writer) enter(at time.Time, who int, n uint64, entry storage.CaseEntry, words string) error {
	c, _ := w.tx.Case(n)
	entry.Case, entry.Text = n, w.tx.Seal(c.Person, "text", words)
	return w.record(at, who, storage.CaseEntered{Entry: entry})
}

// gathering is a meeting of the story.
type gathering struct {
	kind, place, agenda          string
	decided, order, review, plan string
	next                         storage.Day // of the next one; 0 when none was set
}

// gather reports a meeting to which those on the roster came of whom came says so.
func (w *writer) gather(at time.Time, who int, g gathering, came func(storage.Attendee) bool) error {
	p := w.tx.NewPerson()
	seal := func(field, words string) storage.Sealed { return w.tx.Seal(p, field, words) }
	m := storage.Meeting{
		Person: p, Kind: g.kind, Start: 16 * 60, Place: seal("place", g.place), Agenda: seal("agenda", g.agenda),
		Decisions: seal("decisions", g.decided), Order: seal("order", g.order), Review: seal("review", g.review), Plan: seal("plan", g.plan), Next: g.next, NextStart: -1,
	}
	if g.next != 0 {
		m.NextStart = 16 * 60
	}
	for _, a := range w.tx.Roster(w.places[who]) {
		if a.Post == "chair" {
			m.Chair = seal("chair", w.tx.Unseal(a.Name, "name"))
		}
		if came(a) {
			m.Here = append(m.Here, a.ID)
		} else {
			m.Away = append(m.Away, a.ID)
		}
	}
	m.Invited = len(m.Here) + len(m.Away)
	_, err := w.tell(at, who, storage.MeetingHeld, nil, m)
	return err
}
