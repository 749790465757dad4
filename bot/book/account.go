package book

import (
	"cmp"
	"slices"
	"strings"

	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/storage"
)

// Account is the ledger of one item in one unit over the days of a month.
type Account struct {
	Item, Unit       string
	Opening, Closing storage.Quantity
	In, Out          storage.Quantity // as the digest adds them up: corrections are taken off
	Rows             []Row
	Left             []storage.Stock // what Closing consists of, by purpose
}

// Row is one entry of an account. A correction stands on the side of what it corrects, below zero.
type Row struct {
	Report  uint64
	Date    storage.Day // when it happened
	Day     storage.Day // under which it is booked
	Words   string
	In, Out storage.Quantity
	Balance storage.Quantity

	purposes string
	Undo     bool // takes an earlier entry of the report back
}

// Late says that a row is booked in a later month than it happened in.
func (r Row) Late() bool { return r.Date.Month() < r.Day.Month() }

// Money says that an account is of money.
func (a Account) Money() bool { return a.Item == storage.ItemMoney && a.Unit == storage.UnitRupiah }

// Accounts are the accounts that have something on them, money first, then in the order of the goods.
// Units are never mixed. What there is now is taken back entry by entry to the month, so that a look
// at a month costs what was entered since, however old the books are.
func (s Shelf) Accounts() []Account {
	all := accounts{}
	for _, had := range s.Tx.Village(s.Village.Code).Stock {
		l := s.hush([]storage.Line{storage.Line(had)})[0]
		all.keep(l.Item, l.Unit, l.Earmark, l.Quantity)
	}
	var month []storage.Booking
	for _, b := range s.Tx.Book(s.Village.Code, s.Month.First(), lastDay) {
		b.Lines = s.hush(b.Lines)
		if b.Day <= s.Month.Last() {
			month = append(month, b)
			continue
		}
		for _, l := range b.Lines { // entered after the month
			all.keep(l.Item, l.Unit, l.Earmark, -l.Quantity)
		}
	}
	for i := range all {
		all[i].Opening = all[i].left()
	}
	for _, b := range month {
		for _, l := range b.Lines {
			all.at(l.Item, l.Unit).Opening -= l.Quantity
		}
	}
	for _, b := range month {
		s.enter(&all, b)
	}
	return all.sorted()
}

// lastDay is beyond every day of the archive.
const lastDay = storage.Day(1<<16 - 1)

// enter writes an entry on the accounts of its lines.
func (s Shelf) enter(all *accounts, b storage.Booking) {
	for i, l := range b.Lines {
		if !slices.ContainsFunc(b.Lines[:i], func(o storage.Line) bool { return goods.Like(o, l) }) {
			all.at(l.Item, l.Unit).enter(s.row(b, l))
		}
	}
}

// accounts has one for each item in each unit.
type accounts []Account

// at finds an account, or opens it.
func (all *accounts) at(item, unit string) *Account {
	i := slices.IndexFunc(*all, func(a Account) bool { return a.Item == item && a.Unit == unit })
	if i < 0 {
		i = len(*all)
		*all = append(*all, Account{Item: item, Unit: unit})
	}
	return &(*all)[i]
}

// keep adds to what is left for a purpose.
func (all *accounts) keep(item, unit, earmark string, q storage.Quantity) {
	a := all.at(item, unit)
	i := slices.IndexFunc(a.Left, func(s storage.Stock) bool { return s.Earmark == earmark })
	if i < 0 {
		a.Left = append(a.Left, storage.Stock{Item: item, Unit: unit, Earmark: earmark, Quantity: q})
		return
	}
	if a.Left[i].Quantity += q; a.Left[i].Quantity == 0 {
		a.Left = slices.Delete(a.Left, i, i+1)
	}
}

// sorted leaves out what has nothing on it, and closes the others.
func (all accounts) sorted() []Account {
	out := slices.DeleteFunc(all, func(a Account) bool { return a.Opening == 0 && len(a.Rows) == 0 && len(a.Left) == 0 })
	for i := range out {
		out[i].Closing = out[i].Opening + out[i].In - out[i].Out
		slices.SortFunc(out[i].Left, func(a, b storage.Stock) int { return cmp.Compare(a.Earmark, b.Earmark) })
	}
	slices.SortStableFunc(out, func(a, b Account) int {
		return cmp.Or(cmp.Compare(goods.Place(a.Item), goods.Place(b.Item)), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Unit, b.Unit))
	})
	return out
}

// left is what the account has for all purposes.
func (a Account) left() (sum storage.Quantity) {
	for _, l := range a.Left {
		sum += l.Quantity
	}
	return sum
}

// enter writes a row below the others. When a report was changed and says the same of these goods as
// before, neither its correction nor its second entry is written.
func (a *Account) enter(r Row) {
	a.In, a.Out = a.In+r.In, a.Out+r.Out
	if n := len(a.Rows); n > 0 && a.Rows[n-1].undoneBy(r) {
		a.Rows = a.Rows[:n-1]
		return
	}
	r.Balance = a.Opening + a.In - a.Out
	a.Rows = append(a.Rows, r)
}

// undoneBy says that a correction is made good by the next entry, so that nothing changed here.
func (r Row) undoneBy(next Row) bool {
	return r.Undo && !next.Undo && r.Report == next.Report && r.Date == next.Date && r.purposes == next.purposes && r.In == -next.In && r.Out == -next.Out
}

// row is what an entry says of one item in one unit.
func (s Shelf) row(b storage.Booking, like storage.Line) Row {
	r := Row{Report: b.Report, Date: b.Date, Day: b.Day, Undo: b.Undo}
	var purposes []string
	for _, l := range b.Lines {
		if !goods.Like(l, like) {
			continue
		}
		if purposes = append(purposes, l.Earmark); storage.FlowOf(b.Kind) == storage.Out {
			r.Out -= l.Quantity
		} else {
			r.In += l.Quantity
		}
	}
	r.Words, r.purposes = s.words(b, purposes), strings.Join(purposes, ",")
	return r
}

// Account returns the account of an item in a unit, empty when there is none.
func (s Shelf) Account(item, unit string) Account {
	for _, a := range s.Accounts() {
		if a.Item == item && a.Unit == unit {
			return a
		}
	}
	return Account{Item: item, Unit: unit}
}

// Label prints an account's goods: "Beras".
func (a Account) Label() string { return label(a.Item) }

// label prints goods; those in people's own words are kept short.
func label(item string) string { return text.Clip(oneLine(goods.ByCode(item).Label), 40) }

// Name prints an account's goods and unit: "Beras (kg)".
func (a Account) Name() string {
	if a.Money() {
		return "Uang"
	}
	return a.Label() + " (" + unitLabel(a.Unit) + ")"
}

// Moved tells what came in and went out: "masuk 20 · keluar 5", as the account counts.
func (a Account) Moved() string {
	return "masuk " + a.bare(a.In) + " · keluar " + a.bare(a.Out)
}

func (a Account) bare(q storage.Quantity) string {
	if a.Money() {
		return a.Amount(q)
	}
	return text.Milli(q).String()
}

// Amount prints an amount in the account's unit, below zero too.
func (a Account) Amount(q storage.Quantity) string { return goods.Amount(a.Unit, q) }
