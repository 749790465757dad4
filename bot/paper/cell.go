package paper

import (
	"math"
	"time"

	"wksbm/bot/text"
)

// Kind says what a cell or column holds.
type Kind int

// The kinds.
const (
	KindText Kind = iota
	KindNumber
	KindMoney
	KindDate
)

// Numeric reports whether figures of this kind stand flush right.
func (k Kind) Numeric() bool { return k == KindNumber || k == KindMoney }

// Cell is one value of a table, made by Text, Count, Quantity, Rupiah or Date. The zero Cell is empty.
type Cell struct {
	Kind   Kind
	Text   string
	Number int64 // thousandths, of KindNumber and KindMoney
	Day    time.Time
	Bold   bool
}

// Text is a cell of words. A NIK is words too: nobody calculates with it.
func Text(s string) Cell { return Cell{Text: s} }

// Count is a cell with a whole number.
func Count(n int) Cell { return Cell{Kind: KindNumber, Number: thousandfold(int64(n))} }

// Quantity is a cell with a number in thousandths: 2500 is 2,5.
func Quantity(milli int64) Cell { return Cell{Kind: KindNumber, Number: milli} }

// Rupiah is a cell with an amount of whole rupiah.
func Rupiah(n int64) Cell { return Cell{Kind: KindMoney, Number: thousandfold(n)} }

// Date is a cell with a day; the zero time is empty.
func Date(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	return Cell{Kind: KindDate, Day: t}
}

// Strong returns the cell in bold.
func (c Cell) Strong() Cell {
	c.Bold = true
	return c
}

// Empty reports whether nothing stands in the cell.
func (c Cell) Empty() bool { return c.Kind == KindText && c.Text == "" }

// String prints the cell the Indonesian way.
func (c Cell) String() string {
	switch c.Kind {
	case KindNumber:
		return text.Milli(c.Number).String()
	case KindMoney:
		return text.Rupiah(c.Number / 1000)
	case KindDate:
		return text.ShortDate(c.Day)
	}
	return c.Text
}

// thousandfold stays at the ends of int64 instead of turning over.
func thousandfold(n int64) int64 {
	return max(math.MinInt64/1000, min(math.MaxInt64/1000, n)) * 1000
}
