package render

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"wksbm/bot/paper"
)

// headRow is the row of a table's heads: title, period and a free row stand above.
const headRow = 4

// Widths of columns, in letters.
const (
	leastBreadth = 7.0
	mostBreadth  = 46.0
	lyingFrom    = 95.0 // a broader sheet is printed lying
)

// table writes a table onto a sheet of its own.
func (b *book) table(p paper.Paper, t paper.Table, name string, index int) error {
	t.Columns = t.Columns[:min(len(t.Columns), excelize.MaxColumns)]
	if _, err := b.f.NewSheet(name); err != nil {
		return err
	}
	widths := columnWidths(t)
	if err := b.filter(t, name); err != nil {
		return err
	}
	if err := b.page(name, p.Title, total(widths) > lyingFrom); err != nil {
		return err
	}
	w, err := b.f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, width := range widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	err = w.SetPanes(&excelize.Panes{Freeze: true, YSplit: headRow, TopLeftCell: fmt.Sprintf("A%d", headRow+1), ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	if err := b.rows(w, p, t, widths); err != nil {
		return fmt.Errorf("sheet %d: %w", index, err)
	}
	return w.Flush()
}

// filter comes before the page's set-up, which it would undo. It puts the filter onto the heads, without the last row, and has them printed on each page.
func (b *book) filter(t paper.Table, name string) error {
	if len(t.Columns) == 0 {
		return nil
	}
	quoted := "'" + strings.ReplaceAll(name, "'", "''") + "'"
	heads := &excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted, headRow, headRow), Scope: name}
	if err := b.f.SetDefinedName(heads); err != nil || t.Len() == 0 {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(t.Columns), headRow+t.Len())
	if err != nil {
		return err
	}
	return b.f.AutoFilter(name, fmt.Sprintf("A%d:%s", headRow, last), nil)
}

// rows writes all of a table from top to bottom.
func (b *book) rows(w *excelize.StreamWriter, p paper.Paper, t paper.Table, widths []float64) error {
	title := t.Title
	if title == "" {
		title = p.Title
	}
	if err := w.SetRow("A1", []any{b.words(caption, oneLine(title), false)}); err != nil {
		return err
	}
	if p.Period != "" {
		if err := w.SetRow("A2", []any{b.words(faint, "Periode: "+oneLine(p.Period), false)}); err != nil {
			return err
		}
	}
	heads := make([]paper.Cell, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = paper.Text(c.Title)
	}
	if err := b.row(w, headRow, columnTop, heads, widths); err != nil {
		return err
	}
	next := headRow + 1
	for row := range t.All() {
		if err := b.row(w, next, inside, row, widths); err != nil {
			return err
		}
		next++
	}
	if t.Len() == 0 {
		if err := b.nothing(w, t, next); err != nil {
			return err
		}
		next++
	}
	if len(t.Total) == 0 {
		return nil
	}
	return b.row(w, next, sum, t.Total, widths)
}

// row writes cells as high as their words need: not every program finds that out by itself.
func (b *book) row(w *excelize.StreamWriter, n int, r role, row []paper.Cell, widths []float64) error {
	cells, lines := make([]any, len(widths)), 1.0
	for i := range cells {
		c := paper.At(row, i)
		cells[i] = b.value(c, look{role: r})
		if c.Kind == paper.KindText && c.Text != "" {
			lines = max(lines, rowsFor(c.Text, widths[i]*1.1))
		}
	}
	height := lines*lineHeight + 2
	if r == columnTop {
		height += 4
	}
	return w.SetRow(fmt.Sprintf("A%d", n), cells, excelize.RowOpts{Height: min(height, excelize.MaxRowHeight)})
}

// nothing says across the table that it has no rows.
func (b *book) nothing(w *excelize.StreamWriter, t paper.Table, n int) error {
	words := t.Empty
	if words == "" {
		words = "Tidak ada data."
	}
	return b.span(w, n, max(1, len(t.Columns)), b.words(none, words, false), 0)
}

// span writes one cell across columns from A on.
func (b *book) span(w *excelize.StreamWriter, n, columns int, c excelize.Cell, height float64) error {
	cells := make([]any, columns)
	for i := range cells {
		cells[i] = excelize.Cell{StyleID: c.StyleID}
	}
	cells[0] = c
	var opts []excelize.RowOpts
	if height > 0 {
		opts = append(opts, excelize.RowOpts{Height: min(height, excelize.MaxRowHeight)})
	}
	if err := w.SetRow(fmt.Sprintf("A%d", n), cells, opts...); err != nil || columns < 2 {
		return err
	}
	last, err := excelize.CoordinatesToCellName(columns, n)
	if err != nil {
		return err
	}
	return w.MergeCell(fmt.Sprintf("A%d", n), last)
}

// words is a cell of text in a role.
func (b *book) words(r role, s string, bold bool) excelize.Cell {
	return b.value(paper.Text(s), look{role: r, bold: bold})
}

// tried is how many of Many rows the widths are fitted to.
const tried = 2000

// columnWidths fits the columns to what they hold.
func columnWidths(t paper.Table) []float64 {
	out := make([]float64, len(t.Columns))
	fit := func(row []paper.Cell) {
		for i := range out {
			out[i] = max(out[i], min(mostBreadth, breadth(paper.At(row, i))*1.1+2))
		}
	}
	for i, c := range t.Columns {
		out[i] = max(leastBreadth, min(22, breadth(paper.Text(c.Title))*1.15+4)) // room for the filter's arrow
	}
	n := 0
	for row := range t.All() {
		if n++; t.Many != nil && n > tried {
			break
		}
		fit(row)
	}
	fit(t.Total)
	return out
}
