package render

import (
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"wksbm/bot/paper"
	"wksbm/bot/text"
)

// coverSheet is the first tab of a workbook.
const coverSheet = "Ringkasan"

// XLSX makes a workbook of a paper: a cover, then a sheet for each table with true numbers, amounts and
// dates. What people wrote is always a text, never a formula. Equal papers give equal bytes.
func XLSX(p paper.Paper) ([]byte, error) {
	b := &book{f: excelize.NewFile()}
	defer func() { _ = b.f.Close() }()
	b.f.SetZipWriter(newOrderedZip)
	steps := []func() error{b.makeStyles, func() error { return b.stamp(p) }, func() error { return b.cover(p) }}
	taken := map[string]bool{}
	sheetName(coverSheet, taken)
	for i, t := range p.Tables {
		name := sheetName(t.SheetName(), taken)
		steps = append(steps, func() error { return b.table(p, t, name, i+1) })
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("write workbook: %w", err)
		}
	}
	out, err := b.f.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return out.Bytes(), nil
}

// book is a workbook being written.
type book struct {
	f      *excelize.File
	styles map[look]int
}

// stamp writes who and when into the file's properties.
func (b *book) stamp(p paper.Paper) error {
	made := p.Made.UTC().Format(time.RFC3339)
	return b.f.SetDocProps(&excelize.DocProperties{
		Creator: "wksbm", LastModifiedBy: "wksbm", Title: shorten(oneLine(cleanText(p.Title)), 200),
		Created: made, Modified: made, Language: "id-ID",
	})
}

// page sets a sheet up for printing on A4.
func (b *book) page(sheet, title string, lying bool) error {
	paperSize, orientation, fitWidth, fitHeight, fit := 9, "portrait", 1, 0, true
	if lying {
		orientation = "landscape"
	}
	if err := b.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	err := b.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &paperSize, Orientation: &orientation, FitToWidth: &fitWidth, FitToHeight: &fitHeight})
	if err != nil {
		return err
	}
	side, top, bottom, centered := 0.6, 0.6, 0.8, true
	err = b.f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &bottom, Horizontally: &centered})
	if err != nil {
		return err
	}
	foot := "&L&8" + strings.ReplaceAll(shorten(oneLine(cleanText(title)), 80), "&", "&&") + "&R&8Halaman &P dari &N"
	if title != "" && title[0] >= '0' && title[0] <= '9' { // would be read as part of the size
		foot = strings.Replace(foot, "&L&8", "&L&8 ", 1)
	}
	return b.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: foot})
}

// value makes of a cell what the workbook keeps: number, date or text.
func (b *book) value(c paper.Cell, l look) excelize.Cell {
	l.bold = l.bold || c.Bold
	l.kind = c.Kind
	switch c.Kind {
	case paper.KindNumber, paper.KindMoney:
		l.broken = c.Kind == paper.KindNumber && c.Number%1000 != 0
		return excelize.Cell{StyleID: b.styles[l], Value: float64(c.Number) / 1000}
	case paper.KindDate:
		if y := c.Day.Year(); y < 1901 || y > 9999 { // before and beyond what the calendar of a workbook knows
			l.kind = paper.KindText
			return excelize.Cell{StyleID: b.styles[l], Value: c.String()}
		}
		return excelize.Cell{StyleID: b.styles[l], Value: time.Date(c.Day.Year(), c.Day.Month(), c.Day.Day(), 0, 0, 0, 0, time.UTC)}
	}
	if c.Text == "" {
		return excelize.Cell{StyleID: b.styles[l]}
	}
	return excelize.Cell{StyleID: b.styles[l], Value: cellText(c.Text)}
}

// cellText is a text as a cell may hold it.
func cellText(s string) string { return shorten(cleanText(s), excelize.TotalCellChars) }

// shorten cuts s to n UTF-16 units, which is how workbooks count.
func shorten(s string, n int) string {
	used := 0
	for i, r := range s {
		size := max(1, utf16.RuneLen(r))
		if used+size > n {
			return s[:i]
		}
		used += size
	}
	return s
}

// sheetName makes a wish a legal tab that no other tab has, upper and lower case alike.
func sheetName(wish string, taken map[string]bool) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, oneLine(cleanText(wish)))
	name = strings.Trim(shorten(strings.Trim(name, "' "), excelize.MaxSheetNameLength), "' ")
	if name == "" || strings.EqualFold(name, "History") { // a name the program keeps to itself
		name = "Tabel"
	}
	base := name
	for n := 2; taken[strings.ToLower(name)]; n++ {
		tail := fmt.Sprintf(" (%d)", n)
		name = strings.TrimRight(shorten(base, excelize.MaxSheetNameLength-len(tail)), "' ") + tail
	}
	taken[strings.ToLower(name)] = true
	return name
}

// breadth is the width of words in a column, counted in letters.
func breadth(c paper.Cell) float64 {
	widest := 0
	for line := range strings.SplitSeq(text.Clip(c.String(), 400), "\n") {
		widest = max(widest, len([]rune(line)))
	}
	return float64(widest)
}

// rowsFor guesses how many lines words take in a width; merged cells do not grow by themselves.
func rowsFor(words string, width float64) float64 {
	n := 0.0
	for line := range strings.SplitSeq(words, "\n") {
		n += max(1, math.Ceil(float64(len([]rune(line)))/width))
	}
	return n
}
