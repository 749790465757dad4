package main

import (
	"slices"
	"time"

	"wksbm/storage"
)

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
		amount := g.least + g.step*w.r.IntN((g.most-g.least)/g.step+1)
		out = append(out, storage.Line{Item: g.item, Unit: g.unit, Earmark: purpose, Quantity: storage.Quantity(amount * 1000)})
	}
	return out
}

// give invents aid that was handed on, half of something that the village has; false when it has
// nothing.
func (w *writer) give(at time.Time, who int) (bool, error) {
	stock := slices.DeleteFunc(slices.Clone(w.tx.Village(w.places[who]).Stock), func(s storage.Stock) bool { return s.Quantity < 2000 })
	if len(stock) == 0 {
		return false, nil
	}
	s := stock[w.r.IntN(len(stock))]
	half := s.Quantity / 2 / 1000 * 1000
	line := storage.Line{Item: s.Item, Unit: s.Unit, Earmark: s.Earmark, Quantity: half}
	to := storage.Recipient{Group: s.Earmark, Families: 2 + w.r.IntN(9)}
	to.Persons = to.Families * 3
	open := slices.DeleteFunc(w.tx.Cases(w.places[who]), func(c storage.Case) bool { return c.State.Ended() })
	if len(open) > 0 && w.r.IntN(2) == 0 {
		c := open[w.r.IntN(len(open))]
		to = storage.Recipient{Case: c.Number, Families: 1, Persons: c.Persons}
	}
	_, err := w.tell(at, who, storage.AidGiven, []storage.Line{line}, storage.Given{To: []storage.Recipient{to}})
	return true, err
}
