package storage

import (
	"bytes"
	"encoding/json"
	"slices"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// Entry is one entry of a village's book: the lines that a report brought in or took out, or their
// reversal when the report was revised or cancelled. Entries are never changed.
type Entry struct {
	Report   uint64
	Kind     string
	Revision int
	Date     Day    // when it happened
	Undo     bool   // reverses an earlier entry of the report
	Lines    []Line // signed: positive into the book, negative out of it
}

// signed gives a report's lines their direction; sign −1 reverses them.
func signed(r Report, sign int) []Line {
	if FlowOf(r.Kind) == Out {
		sign = -sign
	}
	out := make([]Line, len(r.Lines))
	for i, l := range r.Lines {
		l.Quantity *= Quantity(sign)
		out[i] = l
	}
	return out
}

// enter writes a report's lines into the book, on the report's book day.
func (tx *Tx) enter(r Report, sign int, seq uint64) error {
	if len(r.Lines) == 0 {
		return nil
	}
	order := byte(1)
	if sign < 0 {
		order = 0 // a revision reverses first
	}
	key := villageKey(r.Village, lineRow).U16(uint16(DayOf(r.At))).U64(seq).Tag(order)
	return putVillageRow(tx.b, key, Entry{
		Report: r.Number, Kind: r.Kind, Revision: r.Revision, Date: r.Date, Undo: sign < 0, Lines: signed(r, sign),
	})
}

// Drained returns what a village's book would lack, by item, unit and purpose, once other lines took the
// place of a report's; nil lines take the report out. What it lacks no more than now is left out.
func (tx *Tx) Drained(r Report, lines []Line) []Line {
	now := tx.Village(r.Village).Stock
	then, after := now, r
	after.Lines = lines
	if r.State.Counts() {
		for _, l := range signed(r, -1) {
			then = addStock(then, l, 1)
		}
	}
	for _, l := range signed(after, 1) {
		then = addStock(then, l, 1)
	}
	var out []Line
	for _, s := range then {
		worse := !slices.ContainsFunc(now, func(x Stock) bool {
			return x.Item == s.Item && x.Unit == s.Unit && x.Earmark == s.Earmark && x.Quantity <= s.Quantity
		})
		if s.Quantity < 0 && worse {
			l := Line(s)
			l.Quantity = -l.Quantity
			out = append(out, l)
		}
	}
	return out
}

// Booking is an Entry with its book day.
type Booking struct {
	Entry
	Day Day
}

// Book returns the entries of a village's book with a book day between from and to, both included,
// in the order of the book. Their lines from the first day on add up to the village's stock.
func (tx *Tx) Book(village region.Code, from, to Day) []Booking {
	prefix := villageKey(village, lineRow)
	var out []Booking
	c := tx.b.Bucket([]byte(villageBucket)).Cursor()
	for k, data := c.Seek(prefix.U16(uint16(from))); bytes.HasPrefix(k, prefix); k, data = c.Next() {
		day := Day(bucket.U16At(k, len(prefix)))
		if day > to {
			break
		}
		var e Entry
		if err := json.Unmarshal(data, &e); err != nil {
			panic(bucket.Corrupt{Bucket: villageBucket, Key: bytes.Clone(k), Err: err})
		}
		out = append(out, Booking{e, day})
	}
	return out
}
