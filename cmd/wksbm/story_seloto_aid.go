package main

import (
	"time"

	"wksbm/storage"
)

// gift is aid that came to the ketua's village.
type gift struct {
	days    int
	source  string
	giver   string
	purpose string
	lines   []storage.Line
}

func gifts() []gift {
	return []gift{
		{44, "household_gift", "", "general", []storage.Line{line("rice", "kg", 30, "general")}},
		{42, "baznas", "", "elderly", []storage.Line{line("groceries", "packet", 12, "elderly")}},
		{39, "member_dues", "", "general", []storage.Line{line(storage.ItemMoney, storage.UnitRupiah, 400_000, "general")}},
		{32, "individual_donor", "H. Mukhtar", "orphans", []storage.Line{line(storage.ItemMoney, storage.UnitRupiah, 1_000_000, "orphans")}},
		{26, "mosque", "", "general", []storage.Line{line("rice", "kg", 40, "general")}},
		{19, "migrant", "", "general", []storage.Line{line(storage.ItemMoney, storage.UnitRupiah, 750_000, "general")}},
		{11, "village_fund", "", "general", []storage.Line{line("groceries", "packet", 10, "general"), line("cooking_oil", "liter", 10, "general")}},
		{3, "individual_donor", "Hj. Aisyah", "elderly", []storage.Line{line("egg", "tray", 6, "elderly"), line("noodles", "box", 4, "elderly")}},
	}
}

// aid puts what came in and what went out into the story. One report holds a mistake, and was
// verified before its reporter saw it; another was taken back at once.
func (w *writer) aid() {
	for _, g := range gifts() {
		w.then(g.days, 10, 20+g.days%30, func(at time.Time) error {
			_, err := w.receiveGift(at, g)
			return err
		})
	}
	var typo uint64
	w.then(15, 8, 5, func(at time.Time) (err error) {
		typo, err = w.receiveGift(at, gift{source: "mosque", purpose: "general", lines: []storage.Line{line("rice", "kg", 200, "general")}})
		return err
	})
	w.then(15, 8, 9, func(at time.Time) error {
		return w.record(at, 0, storage.ReportCancelled{Number: typo, Reason: w.tx.Seal(w.tx.NewPerson(), "reason", "Angkanya keliru")})
	})
	w.mistake()
	w.handOut()
}

func (w *writer) receiveGift(at time.Time, g gift) (uint64, error) {
	body := storage.Aid{Source: g.source, Purpose: g.purpose}
	if g.giver != "" {
		body.Person = w.tx.NewPerson()
		body.Giver = w.tx.Seal(body.Person, "giver", g.giver)
	}
	return w.tell(at, 0, storage.AidReceived, g.lines, body)
}

// mistake is a report that staff verified; the ketua asks to have it changed, and they have to allow
// it.
func (w *writer) mistake() {
	var n uint64
	was, now := line("rice", "kg", 25, "general"), line("rice", "kg", 35, "general")
	w.then(4, 9, 40, func(at time.Time) (err error) {
		n, err = w.receiveGift(at, gift{source: "household_gift", purpose: "general", lines: []storage.Line{was}})
		return err
	})
	w.then(4, 14, 20, func(at time.Time) error { return w.prove(at, n) })
	w.then(1, 19, 5, func(at time.Time) error {
		r, _ := w.tx.Report(n)
		p := w.tx.NewPerson()
		return w.record(at, 0, storage.CorrectionAsked{Correction: storage.Correction{
			ID: w.tx.NextCorrection(), By: w.people[0], Revised: storage.ReportRevised{
				Number: n, Date: r.Date, Lines: []storage.Line{now}, Body: r.Body,
				Changes: []storage.Change{{Field: "lines", Old: w.tx.Seal(p, "old", "Beras 25 kg"), New: w.tx.Seal(p, "new", "Beras 35 kg")}},
			},
		}})
	})
}

// handOut puts the aid that went to groups and other residents into the story.
func (w *writer) handOut() {
	group := func(days int, l storage.Line, families, persons int) {
		w.then(days, 15, days, func(at time.Time) error {
			_, err := w.tell(at, 0, storage.AidGiven, []storage.Line{l}, storage.Given{To: []storage.Recipient{{Group: l.Earmark, Families: families, Persons: persons}}})
			return err
		})
	}
	group(41, line("groceries", "packet", 6, "elderly"), 6, 9)
	group(28, line(storage.ItemMoney, storage.UnitRupiah, 600_000, "orphans"), 4, 6)
	group(18, line("rice", "kg", 20, "general"), 5, 18)
	w.then(9, 16, 10, func(at time.Time) error {
		p := w.tx.NewPerson()
		_, err := w.tell(at, 0, storage.DeathKnown, nil, storage.Death{
			Person: p, Name: w.tx.Seal(p, "name", "A. Rahim"), RT: w.tx.Seal(p, "rt", "03"), Block: w.tx.Seal(p, "block", "Dusun Bangkat"),
		})
		return err
	})
	w.then(8, 11, 30, func(at time.Time) error {
		p := w.tx.NewPerson()
		money := line(storage.ItemMoney, storage.UnitRupiah, 300_000, "general")
		_, err := w.tell(at, 0, storage.AidGiven, []storage.Line{money}, storage.Given{To: []storage.Recipient{{
			Person: p, Name: w.tx.Seal(p, "name", "Nuraini"), RT: w.tx.Seal(p, "rt", "03"), Families: 1, Persons: 3,
		}}})
		return err
	})
}
