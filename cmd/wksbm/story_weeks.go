package main

import (
	"fmt"
	"slices"
	"time"

	"wksbm/storage"
)

// villages puts the reports of all villages but the first into the story: four to nine a day. One in
// six had nothing to report, or stays silent.
func (w *writer) villages() {
	var busy, idle []int
	for who := 1; who < len(w.people); who++ {
		if who%6 == 5 {
			idle = append(idle, who)
			continue
		}
		busy = append(busy, who)
	}
	for day := storyDays; day >= 0; day-- {
		for i := range 4 + w.r.IntN(6) {
			w.then(day, 8+i, w.r.IntN(60), func(at time.Time) error { return w.report(at, busy[w.r.IntN(len(busy))]) })
		}
	}
	for i, who := range idle[:len(idle)-2] {
		w.then(2, 9+i, 10, func(at time.Time) error {
			_, err := w.tell(at, who, storage.NothingToReport, nil, storage.Nothing{Month: storage.DayOf(at).Month()})
			return err
		})
	}
}

// report writes one report: mostly of aid, now and then of a household or a meeting.
func (w *writer) report(at time.Time, who int) error {
	if err := w.inspect(at); err != nil {
		return err
	}
	switch n := w.r.IntN(20); {
	case n < 3:
		return w.household(at, who)
	case n < 5:
		return w.meeting(at, who)
	case n < 11:
		if given, err := w.give(at, who); given || err != nil {
			return err
		}
	}
	return w.receive(at, who)
}

// inspect has staff look at the households that they did not see yet: at most, but not at all.
func (w *writer) inspect(at time.Time) error {
	for len(w.unseen) > 0 {
		n := w.unseen[0]
		if r, _ := w.tx.Report(n); r.At.Add(20 * time.Hour).After(at) {
			return nil
		}
		w.unseen = w.unseen[1:]
		if w.r.IntN(8) == 0 {
			continue
		}
		if err := w.prove(at, n); err != nil {
			return err
		}
	}
	return nil
}

// receive invents aid that came in.
func (w *writer) receive(at time.Time, who int) error {
	sources := []string{"baznas", "mosque", "household_gift", "member_dues", "village_fund", "regency"}
	purposes := []string{"general", "orphans", "elderly", "disaster", "sick"}
	purpose := purposes[w.r.IntN(len(purposes))]
	_, err := w.tell(at, who, storage.AidReceived, w.lines(purpose), storage.Aid{Source: sources[w.r.IntN(len(sources))], Purpose: purpose})
	return err
}

// lines invents one or two kinds of goods in amounts that villages see.
func (w *writer) lines(purpose string) []storage.Line {
	goods := []struct {
		item, unit  string
		least, most int
		step        int
	}{
		{"rice", "kg", 5, 50, 5},
		{storage.ItemMoney, storage.UnitRupiah, 100_000, 1_500_000, 50_000},
		{"groceries", "packet", 2, 15, 1},
		{"cooking_oil", "liter", 2, 12, 1},
		{"egg", "tray", 1, 6, 1},
		{"noodles", "box", 1, 5, 1},
	}
	first := w.r.IntN(len(goods))
	var out []storage.Line
	for i := range 1 + w.r.IntN(2) {
		g := goods[(first+i)%len(goods)]
		out = append(out, line(g.item, g.unit, g.least+g.step*w.r.IntN((g.most-g.least)/g.step+1), purpose))
	}
	return out
}

func line(item, unit string, amount int, purpose string) storage.Line {
	return storage.Line{Item: item, Unit: unit, Earmark: purpose, Quantity: storage.Quantity(amount * 1000)}
}

// give invents aid that was handed on, half of something that the village has; false when it has
// nothing.
func (w *writer) give(at time.Time, who int) (bool, error) {
	stock := slices.DeleteFunc(slices.Clone(w.tx.Village(w.places[who]).Stock), func(s storage.Stock) bool { return s.Quantity < 2000 })
	if len(stock) == 0 {
		return false, nil
	}
	s := stock[w.r.IntN(len(stock))]
	amount := int(s.Quantity / 2000)
	if s.Unit == storage.UnitRupiah {
		amount = max(amount/50_000*50_000, 50_000)
	}
	to := storage.Recipient{Group: s.Earmark, Families: 2 + w.r.IntN(9)}
	to.Persons = to.Families * 3
	open := slices.DeleteFunc(w.tx.Cases(w.places[who]), func(c storage.Case) bool { return c.State.Ended() })
	if len(open) > 0 && w.r.IntN(2) == 0 {
		c := open[w.r.IntN(len(open))]
		to = storage.Recipient{Case: c.Number, Families: 1, Persons: c.Persons}
	}
	_, err := w.tell(at, who, storage.AidGiven, []storage.Line{line(s.Item, s.Unit, amount, s.Earmark)}, storage.Given{To: []storage.Recipient{to}})
	return true, err
}

// household invents a family in need, sometimes with a NIK of a kecamatan that does not exist.
func (w *writer) household(at time.Time, who int) error {
	kinds := []struct {
		category int
		need     string
		names    []string
	}{{8, "groceries", women()}, {24, "house_repair", men()}, {23, "capital", women()}, {9, "aid_device", men()}, {24, "school", men()}}
	kind := kinds[w.r.IntN(len(kinds))]
	f := family{
		who: who, name: kind.names[w.r.IntN(len(kind.names))], block: []string{"Dusun Longa", "Dusun Bangkat", "Dusun Jelapang"}[w.r.IntN(3)],
		rt: fmt.Sprintf("%02d", 1+w.r.IntN(6)), persons: 1 + w.r.IntN(6), category: kind.category, need: kind.need, work: "farm_labourer",
		urgent: w.r.IntN(6) == 0, consent: storage.ConsentSelf,
	}
	if w.r.IntN(2) == 0 {
		f.birth = fmt.Sprintf("%02d%02d%02d", 1+w.r.IntN(28), 1+w.r.IntN(12), 40+w.r.IntN(50))
	}
	n, err := w.find(at, f)
	w.unseen = append(w.unseen, n)
	if err != nil || w.r.IntN(2) == 0 {
		return err
	}
	return w.enter(at, who, n, storage.CaseEntry{Kind: storage.EntryVisit, Date: storage.DayOf(at)}, "Sudah dikunjungi, sehat, butuh dibantu.")
}

// meeting invents a meeting to which most of the roster came.
func (w *writer) meeting(at time.Time, who int) error {
	decisions := []string{"Sembako dibagikan hari Jumat.", "Jimpitan beras tiap Jumat.", "Lansia yang sakit dikunjungi bergiliran.", "Iuran anggota Rp10.000 tiap bulan."}
	g := gathering{
		kind: "regular", place: []string{"Kantor desa", "Rumah ketua", "Balai dusun"}[w.r.IntN(3)], decided: decisions[w.r.IntN(len(decisions))], plan: "Posyandu lansia",
	}
	if w.r.IntN(2) == 0 && at.AddDate(0, 0, 14).After(w.now) {
		g.next = storage.DayOf(at) + 14
	}
	return w.gather(at, who, g, func(storage.Attendee) bool { return w.r.IntN(4) > 0 })
}
