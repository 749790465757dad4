// Package paper is what stands on an official sheet, before anybody decides in which format.
package paper

import (
	"iter"
	"slices"
	"strings"
	"time"
)

// Paper is one sheet: head, facts, tables, notes, signatures. Equal papers give equal files.
type Paper struct {
	File   string   // base name of the file, without extension; see Name
	Kop    []string // letterhead; the second of two or three lines is the largest, of more the last
	Title  string
	Number string // "Nomor: …" below the title, "" for none
	Period string
	Facts  []Fact
	Tables []Table
	Notes  []string
	Place  string    // "Seloto" of "Seloto, 30 November 2026"
	Date   time.Time // the day that is signed
	Signs  []Sign
	Made   time.Time // the stamp inside the file; nothing else takes the clock
}

// Fact is one line "label : value".
type Fact struct{ Label, Value string }

// Sign is a place for a signature; without a name there are dots to write on.
type Sign struct{ Role, Name string }

// Table is rows below one header. Cells that a row lacks are empty, cells beyond the columns are not shown.
type Table struct {
	Title   string
	Sheet   string // the tab of a workbook; "" takes Title
	Columns []Column
	Rows    [][]Cell
	Many    *Many  // in the place of Rows, for a workbook of more rows than memory should hold; nil for Rows
	Total   []Cell // the last row, nil for none
	Empty   string // shown instead of rows when there are none
}

// Many are rows that are made one by one, the same at each call.
type Many struct {
	Len int
	Row func(i int) []Cell
}

// Len is how many rows a table has.
func (t Table) Len() int {
	if t.Many != nil {
		return t.Many.Len
	}
	return len(t.Rows)
}

// All yields the rows of a table.
func (t Table) All() iter.Seq[[]Cell] {
	if t.Many == nil {
		return slices.Values(t.Rows)
	}
	return func(yield func([]Cell) bool) {
		for i := range t.Many.Len {
			if !yield(t.Many.Row(i)) {
				return
			}
		}
	}
}

// Column is the head of a column. Its Kind says how the head is aligned; each cell has a kind of its own.
type Column struct {
	Title  string
	Kind   Kind
	Weight int // share of the width that text columns divide; 0 counts as 1
}

// SheetName is the wish for a workbook's tab.
func (t Table) SheetName() string {
	if t.Sheet != "" {
		return t.Sheet
	}
	return t.Title
}

// At returns the cell of column i.
func At(row []Cell, i int) Cell {
	if i < len(row) {
		return row[i]
	}
	return Cell{}
}

// Name is the file's name with the extension of a format: "rekap-2026-11.xlsx". Whatever File holds, the
// result is a plain name that every phone takes.
func (p Paper) Name(format string) string {
	base := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		}
		return '-'
	}, p.File)
	if base = strings.Trim(base[:min(len(base), maxName)], "-"); base == "" {
		base = "berkas"
	}
	return base + "." + format
}

const maxName = 80
