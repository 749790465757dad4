package render

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"wksbm/bot/paper"
)

// coverColumns are the widths of the cover; facts take the first for the label and the rest for the value.
func coverColumns() []float64 { return []float64{30, 18, 18, 30} }

// lineHeight is the height of a line on the cover, in points.
const lineHeight = 13.0

// cover writes the first sheet: kop, title, facts, notes, signatures.
func (b *book) cover(p paper.Paper) error {
	if err := b.f.SetSheetName("Sheet1", coverSheet); err != nil {
		return err
	}
	if err := b.page(coverSheet, p.Title, false); err != nil {
		return err
	}
	hidden := false
	if err := b.f.SetSheetView(coverSheet, 0, &excelize.ViewOptions{ShowGridLines: &hidden}); err != nil {
		return err
	}
	w, err := b.f.NewStreamWriter(coverSheet)
	if err != nil {
		return err
	}
	for i, width := range coverColumns() {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	c := &coverPage{b: b, w: w, next: 1}
	c.head(p)
	c.facts(p.Facts)
	c.notes(p.Notes)
	c.signs(p)
	if c.err != nil {
		return c.err
	}
	return w.Flush()
}

// coverPage writes the cover row by row; after an error it writes no more.
type coverPage struct {
	b    *book
	w    *excelize.StreamWriter
	next int
	err  error
}

// across writes words over the whole width.
func (c *coverPage) across(r role, words string, height float64) {
	if c.err == nil {
		n := rowsFor(words, total(coverColumns())*0.95)
		c.err = c.b.span(c.w, c.next, len(coverColumns()), c.b.words(r, words, false), n*height)
	}
	c.next++
}

func (c *coverPage) head(p paper.Paper) {
	for i, line := range p.Kop {
		switch kopRank(i, len(p.Kop)) {
		case kopOver:
			c.across(letter, line, lineHeight)
		case kopName:
			c.across(big, line, 20)
		default:
			c.across(middle, line, lineHeight)
		}
	}
	if len(p.Kop) > 0 {
		c.across(ruled, "", 6)
		c.next++
	}
	c.across(heading, p.Title, 18)
	if p.Number != "" {
		c.across(middle, "Nomor: "+p.Number, lineHeight)
	}
	if p.Period != "" {
		c.across(middle, "Periode: "+p.Period, lineHeight)
	}
	c.next++
}

// pairs writes words into ranges of columns of one row.
func (c *coverPage) pairs(height float64, cells []any, merges ...[2]string) {
	if c.err == nil {
		c.err = c.w.SetRow(fmt.Sprintf("A%d", c.next), cells, excelize.RowOpts{Height: min(height, excelize.MaxRowHeight)})
	}
	for _, m := range merges {
		if c.err == nil {
			c.err = c.w.MergeCell(fmt.Sprintf("%s%d", m[0], c.next), fmt.Sprintf("%s%d", m[1], c.next))
		}
	}
	c.next++
}

func (c *coverPage) facts(facts []paper.Fact) {
	for _, f := range facts {
		lines := max(rowsFor(f.Label, 28), rowsFor(f.Value, 60))
		c.pairs(lines*lineHeight+2, []any{c.b.words(plain, f.Label, true), c.b.words(plain, f.Value, false)}, [2]string{"B", "D"})
	}
	c.next++
}

func (c *coverPage) notes(notes []string) {
	if len(notes) == 0 {
		return
	}
	c.pairs(lineHeight, []any{c.b.words(plain, "Catatan", true)})
	for _, n := range notes {
		if len(notes) > 1 {
			n = "• " + n
		}
		c.across(plain, n, lineHeight)
	}
	c.next++
}

// signs writes signatures two abreast; a single one, and place and date, stand on the right.
func (c *coverPage) signs(p paper.Paper) {
	c.two("", placeAndDate(p), lineHeight)
	for i := 0; i < len(p.Signs); i += 2 {
		left, right := paper.Sign{}, p.Signs[i]
		if i+1 < len(p.Signs) {
			left, right = p.Signs[i], p.Signs[i+1]
		}
		c.two(left.Role, right.Role, lineHeight*max(rowsFor(left.Role, 44), rowsFor(right.Role, 44)))
		c.next += 4
		lower := ""
		if left != (paper.Sign{}) {
			lower = signature(left)
		}
		c.two(lower, signature(right), lineHeight)
		c.next++
	}
}

func (c *coverPage) two(left, right string, height float64) {
	l, r := c.b.words(signed, left, false), c.b.words(signed, right, false)
	c.pairs(height, []any{l, excelize.Cell{StyleID: l.StyleID}, r, excelize.Cell{StyleID: r.StyleID}}, [2]string{"A", "B"}, [2]string{"C", "D"})
}
