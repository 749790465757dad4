package digest

import (
	"cmp"
	"slices"
	"strings"

	"wksbm/bot/goods"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Digest is what one period adds up to, over the kabupaten, a kecamatan or a village.
type Digest struct {
	Period Period
	Scope  region.Place // zero for the kabupaten
	// Open says that the period is not over; Today is then the last day counted, and Earlier covers
	// as many days of the period before.
	Open    bool
	Today   storage.Day
	Asked   storage.Day // the day of the look
	Totals  storage.Totals
	Earlier storage.Totals
	Parts   []Part // by kecamatan; by village inside one
	// The villages by their State. A kelurahan is among them only when somebody could report there, or
	// did: not every one has a WKSBM.
	Reporting, Nothing, Silent, Unreached []region.Place
	Desk                                  Desk   // what waits for staff now, whatever the period
	Term                                  string // how people in need are called; "" is by no term of the law
	left                                  []storage.Sum
}

// People is how people in need are called in the digest: "Warga", or the term of the law that was chosen.
func (d Digest) People() string {
	if d.Term == "" {
		return "Warga"
	}
	return d.Term
}

// Part is one place of a digest.
type Part struct {
	Place  region.Place
	Totals storage.Totals
}

// Make adds a period up from the villages' aggregates. today is the present book day.
func Make(tx *storage.Tx, r *region.Region, p Period, scope region.Code, today storage.Day) Digest {
	d := Digest{Period: p, Today: min(p.To, today), Asked: today, Open: p.To >= today, Term: strings.ToUpper(tx.Setting("terms"))}
	d.Scope, _ = r.ByCode(scope)
	parts := map[region.Code]*storage.Totals{}
	d.Desk = deskOf(tx, villages(r, d.Scope), today)
	for _, v := range villages(r, d.Scope) {
		have, before := d.totals(tx, v.Code)
		d.Totals, d.Earlier = d.Totals.Plus(have), d.Earlier.Plus(before)
		d.left = stockOn(tx, v.Code, d.Today, d.left)
		d.place(v, stateOf(tx, v, have, p.From, d.Today))
		if have.Reports != 0 || len(have.Sums) > 0 {
			key := v.District
			if d.Scope.Code != 0 {
				key = v.Code
			}
			if parts[key] == nil {
				parts[key] = &storage.Totals{}
			}
			*parts[key] = parts[key].Plus(have)
		}
	}
	for code, t := range parts {
		place, _ := r.ByCode(code)
		d.Parts = append(d.Parts, Part{place, *t})
	}
	slices.SortFunc(d.Parts, func(a, b Part) int {
		return cmp.Or(cmp.Compare(b.Totals.Reports, a.Totals.Reports), cmp.Compare(a.Place.Code, b.Place.Code))
	})
	return d
}

// place puts a village among those of its state.
func (d *Digest) place(v region.Place, s State) {
	switch s {
	case Reported:
		d.Reporting = append(d.Reporting, v)
	case Nothing:
		d.Nothing = append(d.Nothing, v)
	case Silent:
		d.Silent = append(d.Silent, v)
	case Unreached:
		d.Unreached = append(d.Unreached, v)
	}
}

// In returns the villages of a state.
func (d Digest) In(s State) []region.Place {
	return map[State][]region.Place{Reported: d.Reporting, Nothing: d.Nothing, Silent: d.Silent, Unreached: d.Unreached}[s]
}

// Expected is how many villages are expected to report.
func (d Digest) Expected() int {
	return len(d.Reporting) + len(d.Nothing) + len(d.Silent) + len(d.Unreached)
}

func villages(r *region.Region, scope region.Place) []region.Place {
	if scope.Code == 0 || scope.Kind == region.District {
		return r.Villages(scope.Code)
	}
	return []region.Place{scope}
}

// totals reads a village's period and the same stretch of the one before, with the households that were helped.
func (d Digest) totals(tx *storage.Tx, code region.Code) (have, before storage.Totals) {
	have, before = d.stored(tx, code)
	old, cases := d.Period.Before(), tx.Cases(code)
	return withHelped(tx, cases, have, d.Period.From, d.Today), withHelped(tx, cases, before, old.From, d.before(old))
}

// stored is what the archive keeps of totals.
func (d Digest) stored(tx *storage.Tx, code region.Code) (have, before storage.Totals) {
	old := d.Period.Before()
	if !d.Open && d.Period.kind == month {
		return tx.MonthTotals(code, d.Period.From.Month()), tx.MonthTotals(code, old.From.Month())
	}
	if n := d.Period.months(); !d.Open && n > 1 {
		return monthly(tx, code, d.Period), monthly(tx, code, old)
	}
	return tx.Totals(code, d.Period.From, d.Today), tx.Totals(code, old.From, d.before(old))
}

// monthly adds up whole months.
func monthly(tx *storage.Tx, code region.Code, p Period) (sum storage.Totals) {
	for m := p.From.Month(); m <= p.To.Month(); m++ {
		sum = sum.Plus(tx.MonthTotals(code, m))
	}
	return sum
}

// before is the last day of the period before that is compared.
func (d Digest) before(old Period) storage.Day {
	if !d.Open {
		return old.To
	}
	return min(old.To, old.From+(d.Today-d.Period.From))
}

// Compared names the days that the digest is compared with.
func (d Digest) Compared() string {
	old := d.Period.Before()
	if !d.Open {
		return old.Title()
	}
	return old.Span(d.before(old))
}

// Empty says that nothing happened in the period.
func (d Digest) Empty() bool { return d.Totals.Reports == 0 && len(d.Totals.Sums) == 0 }

// Row is one item of a digest, with what it was in the period before.
type Row struct {
	Item, Unit       string
	Quantity, Before storage.Quantity
}

// Rows lists what was received (storage.In) or given (storage.Out): money first, then by the order of
// the goods. People's own words for goods are not among them; others counts those lines.
func (d Digest) Rows(flow string) (rows []Row, others int) { return rowsOf(flow, d.Totals, d.Earlier) }

// Stock lists what the books hold at the end of Today, as Rows does.
func (d Digest) Stock() (rows []Row, others int) {
	t := storage.Totals{}
	for _, s := range d.left {
		if s.Count = 1; s.Quantity != 0 {
			t.Sums = append(t.Sums, s)
		}
	}
	return rowsOf("", t, storage.Totals{})
}

// Rows lists what one place received or gave.
func (p Part) Rows(flow string) (rows []Row, others int) {
	return rowsOf(flow, p.Totals, storage.Totals{})
}

// Heads are the families and persons that got aid; one counts as often as it did.
func Heads(t storage.Totals) (families, persons int) {
	return t.Counts[storage.CountFamilies], t.Counts[storage.CountPersons]
}

func rowsOf(flow string, t, before storage.Totals) (rows []Row, others int) {
	for _, s := range t.Sums {
		switch {
		case s.Flow != flow:
		case goods.IsOther(s.Item):
			others += s.Count
		default:
			rows = append(rows, Row{s.Item, s.Unit, s.Quantity, quantity(before, s)})
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(goods.Place(a.Item), goods.Place(b.Item)), cmp.Compare(b.Quantity, a.Quantity))
	})
	return rows, others
}

func quantity(t storage.Totals, like storage.Sum) storage.Quantity {
	for _, s := range t.Sums {
		if s.Flow == like.Flow && s.Item == like.Item && s.Unit == like.Unit {
			return s.Quantity
		}
	}
	return 0
}
