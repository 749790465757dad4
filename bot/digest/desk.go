package digest

import (
	"slices"

	"wksbm/storage"
	"wksbm/storage/region"
)

// Desk is what waits for staff.
type Desk struct {
	Households  int         // reports of households that nobody verified
	Corrections int         // changes of verified reports
	Others      int         // reports of aid and meetings that nobody verified
	Overdue     int         // open cases whose next step was to be done before today
	Oldest      storage.Day // since when the oldest household or change waits, 0 when none does
}

// Waiting is what each has to be decided by itself.
func (d Desk) Waiting() int { return d.Households + d.Corrections }

// All is everything that waits: as many as the queue (/periksa) lists.
func (d Desk) All() int { return d.Waiting() + d.Others }

// deskOf looks at what waits in the villages of a place today.
func deskOf(tx *storage.Tx, places []region.Place, today storage.Day) (d Desk) {
	here := map[region.Code]bool{}
	for _, p := range places {
		here[p.Code] = true
	}
	since := func(day storage.Day) {
		if d.Oldest == 0 || day < d.Oldest {
			d.Oldest = day
		}
	}
	for _, r := range tx.Queue() {
		if !here[r.Village] {
			continue
		}
		if r.Kind != storage.HouseholdFound {
			d.Others++
			continue
		}
		d.Households++
		since(storage.DayOf(r.Since()))
	}
	for _, c := range tx.WaitingCorrections() {
		if r, ok := tx.Report(c.Revised.Number); ok && here[r.Village] {
			d.Corrections++
			since(storage.DayOf(c.Asked))
		}
	}
	for _, c := range tx.PlannedCases() {
		if here[c.Village] && c.Due < today {
			d.Overdue++
		}
	}
	return d
}

// ownSources are what the members of a WKSBM put together themselves.
func ownSources() []string { return []string{"member_dues", "household_gift"} }

// OwnMoney is how much of the money received the members of WKSBM gave themselves, in whole rupiah.
func OwnMoney(t storage.Totals) (own, all int64) {
	for _, s := range ownSources() {
		own += int64(t.Counts[storage.CountSource+s])
	}
	for _, s := range t.Sums {
		if s.Flow == storage.In && s.Item == storage.ItemMoney && s.Unit == storage.UnitRupiah {
			all += int64(s.Quantity) / 1000
		}
	}
	return own, all
}

// stockOn adds what the books of a village held at the end of a day to what others held.
func stockOn(tx *storage.Tx, code region.Code, day storage.Day, to []storage.Sum) []storage.Sum {
	for _, s := range tx.Village(code).Stock {
		to = keep(to, s.Item, s.Unit, s.Quantity)
	}
	for _, b := range tx.Book(code, day+1, lastDay) {
		for _, l := range b.Lines {
			to = keep(to, l.Item, l.Unit, -l.Quantity)
		}
	}
	return to
}

// lastDay is beyond every day of the archive.
const lastDay = storage.Day(1<<16 - 1)

// keep adds to the sum of one item in one unit. What adds up to nothing stays, and is left out by Stock.
func keep(sums []storage.Sum, item, unit string, q storage.Quantity) []storage.Sum {
	i := slices.IndexFunc(sums, func(s storage.Sum) bool { return s.Item == item && s.Unit == unit })
	if i < 0 {
		return append(sums, storage.Sum{Item: item, Unit: unit, Quantity: q})
	}
	sums[i].Quantity += q
	return sums
}
