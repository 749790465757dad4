package digest

import (
	"wksbm/storage"
	"wksbm/storage/region"
)

// Detail is a digest with its villages one by one, as pictures and files need them.
type Detail struct {
	Digest
	Weeks    []Span
	Villages []Village // those that are expected to report, in the order of the region
	Records  Records   // what the totals come from; empty unless Read was called
}

// Span are days, both ends included.
type Span struct{ From, To storage.Day }

// Village is one row of a Detail.
type Village struct {
	Place  region.Place
	State  State
	Weeks  []State // by Detail.Weeks
	Totals storage.Totals
	Cash   int64       // whole rupiah in the books at the end of the period
	Last   storage.Day // book day of the latest report that counts, 0 when there is none
}

// Look adds a period up with its villages one by one.
func Look(tx *storage.Tx, r *region.Region, p Period, scope region.Code, today storage.Day) Detail {
	d := Detail{Digest: Make(tx, r, p, scope, today), Weeks: weeks(p)}
	for _, v := range villages(r, d.Scope) {
		have, _ := d.totals(tx, v.Code)
		row := Village{Place: v, Totals: have, State: stateOf(tx, v, have, p.From, d.Today), Last: tx.Village(v.Code).LastReport}
		if row.State == 0 {
			continue
		}
		row.Cash = cashOn(tx, v.Code, d.Today)
		for _, w := range d.Weeks {
			row.Weeks = append(row.Weeks, d.week(tx, v, w))
		}
		d.Villages = append(d.Villages, row)
	}
	return d
}

func (d Detail) week(tx *storage.Tx, v region.Place, w Span) State {
	if w.From > d.Today {
		return 0
	}
	to := min(w.To, d.Today)
	return stateOf(tx, v, tx.Totals(v.Code, w.From, to), w.From, to)
}

// lastWeeks is how many weeks the picture of one week shows.
const lastWeeks = 5

// shortWeek is how many days of a month's first or last week are too few for a week of their own.
const shortWeek = 3

// manyWeeks is how many days are shown by month.
const manyWeeks = 70

// weeks are those of a month, cut to it, or the last ones up to a shorter period; a long stretch has its
// months.
func weeks(p Period) []Span {
	var out []Span
	if p.kind == stretch {
		for from := p.From; from <= p.To; {
			to := from.Month().Last()
			if p.To-p.From < manyWeeks {
				to = Week(from).To
			}
			to = min(to, p.To)
			out, from = append(out, Span{from, to}), to+1
		}
		return out
	}
	if p.kind == month {
		for from := p.From; from <= p.To; {
			to := Week(from).To
			if from == p.From && to-from < shortWeek {
				to += 7
			}
			if p.To-to <= shortWeek {
				to = p.To
			}
			out, from = append(out, Span{from, to}), to+1
		}
		return out
	}
	last := Week(p.To)
	for i := lastWeeks - 1; i >= 0; i-- {
		from := last.From - storage.Day(7*i)
		out = append(out, Span{from, from + 6})
	}
	return out
}
