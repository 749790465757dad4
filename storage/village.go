package storage

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// Rows of the village bucket; what one report touches lies together (STORAGE.md §3, layout C).
const (
	stateRow = 's' // Village
	dayRow   = 'd' // Totals of a book day
	monthRow = 'm' // Totals of a month
	entryRow = 'x' // empty: an event of the log that concerns the village
	lineRow  = 'l' // Entry of a book day
)

func villageKey(code region.Code, row byte) bucket.Key {
	return bucket.Key(nil).U64(uint64(code)).Tag(row)
}

func villageRow[V any](b *bolt.Tx, key bucket.Key) (v V) {
	data := b.Bucket([]byte(villageBucket)).Get(key)
	if data == nil {
		return v
	}
	if err := json.Unmarshal(data, &v); err != nil {
		panic(bucket.Corrupt{Bucket: villageBucket, Key: key, Err: err})
	}
	return v
}

func putVillageRow(b *bolt.Tx, key bucket.Key, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode village row: %w", err)
	}
	if err := b.Bucket([]byte(villageBucket)).Put(key, data); err != nil {
		return fmt.Errorf("put village row: %w", err)
	}
	return nil
}

// Village returns the running state of a village; all zero but the code when nothing happened there.
func (tx *Tx) Village(code region.Code) Village {
	v := villageRow[Village](tx.b, villageKey(code, stateRow))
	v.Code = code
	return v
}

func (tx *Tx) putVillage(v Village) error {
	return putVillageRow(tx.b, villageKey(v.Code, stateRow), v)
}

func (tx *Tx) countMember(m Member, by int) error {
	if m.Role == TKSK { // a kecamatan keeps no books
		return nil
	}
	v := tx.Village(m.Village)
	v.Members += by
	return tx.putVillage(v)
}

// Totals adds up a village's book days from and to, both included.
func (tx *Tx) Totals(code region.Code, from, to Day) Totals {
	var t Totals
	prefix := villageKey(code, dayRow)
	c := tx.b.Bucket([]byte(villageBucket)).Cursor()
	end := prefix.U16(uint16(to))
	for k, data := c.Seek(prefix.U16(uint16(from))); k != nil && slices.Compare(k, end) <= 0; k, data = c.Next() {
		var day Totals
		if err := json.Unmarshal(data, &day); err != nil {
			panic(bucket.Corrupt{Bucket: villageBucket, Key: slices.Clone(k), Err: err})
		}
		t = t.Plus(day)
	}
	return t
}

// FirstBooked is the first book day of a village, 0 when it has none.
func (tx *Tx) FirstBooked(code region.Code) Day {
	prefix := villageKey(code, dayRow)
	k, _ := tx.b.Bucket([]byte(villageBucket)).Cursor().Seek(prefix)
	if !bytes.HasPrefix(k, prefix) {
		return 0
	}
	return Day(bucket.U16At(k, len(prefix)))
}

// MonthTotals returns a village's totals of one month, in one look-up.
func (tx *Tx) MonthTotals(code region.Code, m Month) Totals {
	return villageRow[Totals](tx.b, villageKey(code, monthRow).U16(uint16(m)))
}

// book adds a report to the village's stock, ledger, day and month, or takes it out (sign −1).
func (tx *Tx) book(r Report, sign int, seq uint64) error {
	day := DayOf(r.At)
	change, err := totalsOf(r, sign)
	if err != nil {
		return err
	}
	counted, err := countedOn(r)
	if err != nil {
		return err
	}
	if err := tx.tally(r.Village, counted, change); err != nil {
		return err
	}
	v := tx.Village(r.Village)
	v.Reports += change.Reports
	switch {
	case change.Reports > 0:
		v.LastReport = max(v.LastReport, day)
	case change.Reports < 0 && day == v.LastReport:
		v.LastReport = tx.lastDay(r.Village, day)
	}
	for _, l := range signed(r, sign) {
		v.Stock = addStock(v.Stock, l, 1)
	}
	if err := tx.putVillage(v); err != nil {
		return err
	}
	if err := tx.enter(r, sign, seq); err != nil {
		return err
	}
	entry := villageKey(r.Village, entryRow).U64(seq)
	if err := tx.b.Bucket([]byte(villageBucket)).Put(entry, nil); err != nil {
		return fmt.Errorf("put village entry: %w", err)
	}
	return tx.follow(r, sign)
}

// countedOn is the day in whose totals a report is: its book day, but that there was nothing to report
// counts in the month it was said of.
func countedOn(r Report) (Day, error) {
	day := DayOf(r.At)
	if r.Kind != NothingToReport {
		return day, nil
	}
	var body Nothing
	if err := decodeBody(r, &body); err != nil || body.Month == 0 {
		return day, err
	}
	return min(day, body.Month.Last()), nil
}

// tally adds to a village's day and month.
func (tx *Tx) tally(code region.Code, day Day, change Totals) error {
	for _, key := range []bucket.Key{
		villageKey(code, dayRow).U16(uint16(day)),
		villageKey(code, monthRow).U16(uint16(day.Month())),
	} {
		if err := putVillageRow(tx.b, key, villageRow[Totals](tx.b, key).Plus(change)); err != nil {
			return err
		}
	}
	return nil
}

// lastDay is the latest book day up to and with a report that counts, 0 when there is none. The
// village has a row of day to.
func (tx *Tx) lastDay(code region.Code, to Day) Day {
	prefix := villageKey(code, dayRow)
	c := tx.b.Bucket([]byte(villageBucket)).Cursor()
	for k, data := c.Seek(prefix.U16(uint16(to))); bytes.HasPrefix(k, prefix); k, data = c.Prev() {
		var day Totals
		if err := json.Unmarshal(data, &day); err != nil {
			panic(bucket.Corrupt{Bucket: villageBucket, Key: slices.Clone(k), Err: err})
		}
		if day.Reports > 0 {
			return Day(bucket.U16At(k, len(prefix)))
		}
	}
	return 0
}

// totalsOf is what a report adds to its day, or takes from it.
func totalsOf(r Report, sign int) (Totals, error) {
	var t Totals
	if r.Kind != NothingToReport {
		t.Reports = sign
	}
	for _, l := range r.Lines {
		t = t.Plus(Totals{Sums: []Sum{{
			Flow: FlowOf(r.Kind), Item: l.Item, Unit: l.Unit,
			Quantity: l.Quantity * Quantity(sign), Count: sign,
		}}})
	}
	counts, err := countsOf(r)
	if err != nil {
		return t, err
	}
	for name, n := range counts {
		t = t.Plus(Totals{Counts: map[string]int{name: n * sign}})
	}
	return t, nil
}

// FlowOf says in which direction a kind of report moves aid.
func FlowOf(kind string) string {
	if kind == AidGiven {
		return Out
	}
	return In
}

// Plus returns the sum of both; sums that nothing is left of are dropped.
func (t Totals) Plus(u Totals) Totals {
	out := Totals{Reports: t.Reports + u.Reports, Sums: slices.Clone(t.Sums)}
	for _, s := range u.Sums {
		i, found := slices.BinarySearchFunc(out.Sums, s, compareSums)
		if !found {
			out.Sums = slices.Insert(out.Sums, i, s)
			continue
		}
		out.Sums[i].Quantity += s.Quantity
		out.Sums[i].Count += s.Count
		if out.Sums[i].Count == 0 {
			out.Sums = slices.Delete(out.Sums, i, i+1)
		}
	}
	out.Counts = plusCounts(t.Counts, u.Counts)
	return out
}

func plusCounts(a, b map[string]int) map[string]int {
	out := maps.Clone(a)
	for name, n := range b {
		if out == nil {
			out = map[string]int{}
		}
		if out[name] += n; out[name] == 0 {
			delete(out, name)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func compareSums(a, b Sum) int {
	return cmp.Or(cmp.Compare(a.Flow, b.Flow), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Unit, b.Unit))
}

func addStock(stock []Stock, l Line, sign Quantity) []Stock {
	s := Stock{Item: l.Item, Unit: l.Unit, Earmark: l.Earmark, Quantity: l.Quantity * sign}
	i, found := slices.BinarySearchFunc(stock, s, func(a, b Stock) int {
		return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Earmark, b.Earmark))
	})
	if !found {
		return slices.Insert(slices.Clone(stock), i, s)
	}
	stock = slices.Clone(stock)
	stock[i].Quantity += s.Quantity
	if stock[i].Quantity == 0 {
		return slices.Delete(stock, i, i+1)
	}
	return stock
}
