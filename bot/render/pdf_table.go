package render

import (
	"strings"

	"wksbm/bot/paper"
)

// Measures of tables.
const (
	cellPad    = 1.4
	fullSize   = 9.0 // letters of a table, in points; smaller when it would not fit
	leastSize  = 6.0
	wordCap    = 30.0 // a longer word is cut
	textCap    = 78.0 // a longer text is wrapped
	readable   = 42.0 // a column of words narrower than this asks for a lying page
	maxColumns = 40
)

// grid is a table with the widths of its columns.
type grid struct {
	columns []paper.Column
	least   []float64 // what a column needs
	want    []float64 // what it would like
	width   []float64
	size    float64
}

// wide reports whether a table asks for a lying page.
func (s *sheet) wide(t paper.Table) bool {
	const portrait = 210 - 2*marginSide
	sum := 0.0
	for _, w := range s.measure(t, fullSize).want {
		sum += min(w, readable)
	}
	return sum > portrait
}

// measure finds what the columns need in letters of a size.
func (s *sheet) measure(t paper.Table, size float64) grid {
	columns := t.Columns[:min(len(t.Columns), maxColumns)]
	g := grid{columns: columns, size: size, least: make([]float64, len(columns)), want: make([]float64, len(columns))}
	for i, c := range columns {
		s.pen("B", size)
		g.stretch(s, i, paper.Text(c.Title))
		g.stretch(s, i, paper.At(t.Total, i))
		for _, row := range t.Rows {
			cell := paper.At(row, i)
			s.pen(styleOf(cell), size)
			g.stretch(s, i, cell)
		}
		g.want[i] = max(g.want[i], g.least[i])
	}
	return g
}

// stretch makes room for a cell: figures and dates stay in one piece, words may wrap.
func (g *grid) stretch(s *sheet, i int, c paper.Cell) {
	words := printable(c.String())
	if c.Kind != paper.KindText {
		g.least[i] = max(g.least[i], s.f.GetStringWidth(words)+2*cellPad)
		return
	}
	if len(words) > 300 { // wide in any case
		words = words[:strings.LastIndexByte(words[:300], ' ')+1]
		g.want[i] = textCap
	}
	for para := range strings.SplitSeq(words, "\n") {
		g.want[i] = max(g.want[i], min(textCap, s.f.GetStringWidth(para)+2*cellPad))
	}
	for _, w := range strings.Fields(words) {
		g.least[i] = max(g.least[i], min(wordCap, s.f.GetStringWidth(w)+2*cellPad))
	}
}

// lay divides the page's width among the columns.
func (s *sheet) lay(t paper.Table) grid {
	g := s.measure(t, fullSize)
	for size := fullSize - 1; total(g.least) > s.inner() && size >= leastSize; size-- {
		g = s.measure(t, size)
	}
	g.width = append([]float64(nil), g.least...)
	switch room := s.inner(); {
	case total(g.least) > room:
		scale(g.width, room/total(g.least))
	case total(g.want) > room:
		g.share(room-total(g.least), func(i int) float64 { return g.want[i] - g.least[i] })
	default:
		copy(g.width, g.want)
		g.share(room-total(g.want), func(i int) float64 { return g.want[i] })
	}
	return g
}

// share gives what is left to the columns of words, by weight and need; to all when there is none.
func (g *grid) share(rest float64, need func(int) float64) {
	parts := make([]float64, len(g.columns))
	for i, c := range g.columns {
		if c.Kind == paper.KindText {
			parts[i] = need(i) * float64(max(1, c.Weight))
		}
	}
	if total(parts) <= 0 {
		for i := range parts {
			parts[i] = g.width[i]
		}
	}
	if all := total(parts); all > 0 {
		for i := range parts {
			g.width[i] += rest * parts[i] / all
		}
	}
}

func total(list []float64) (sum float64) {
	for _, v := range list {
		sum += v
	}
	return sum
}

func scale(list []float64, by float64) {
	for i := range list {
		list[i] *= by
	}
}

func styleOf(c paper.Cell) string {
	if c.Bold {
		return "B"
	}
	return ""
}

// band is a row ready to print.
type band struct {
	cells  [][]string // the lines of each cell
	styles []string
	align  []string
	shade  int // gray of the ground, 255 for none
}

func (b band) lines() (n int) {
	for _, c := range b.cells {
		n = max(n, len(c))
	}
	return n
}

// table prints a table, its head again on each page.
func (s *sheet) table(t paper.Table) {
	if len(t.Columns) == 0 {
		return
	}
	g := s.lay(t)
	head := s.head(g)
	s.caption(t, s.tall(g, head))
	s.band(g, head)
	for _, row := range t.Rows {
		s.row(g, head, s.fill(g, row, ""))
	}
	if len(t.Rows) == 0 {
		s.nothing(t)
	}
	if len(t.Total) > 0 {
		b := s.fill(g, t.Total, "B")
		b.shade = 243
		s.row(g, head, b)
	}
	s.y += 6
}

// caption prints a table's title, together with its head and the first row.
func (s *sheet) caption(t paper.Table, head float64) {
	s.need(head + 18)
	if t.Title == "" {
		return
	}
	s.pen("B", 10)
	s.lines(marginSide, s.inner(), "L", s.wrap(t.Title, s.inner()))
	s.y += 1.2
}

const headLines = 5

func (s *sheet) head(g grid) band {
	b := band{shade: 232}
	s.pen("B", g.size)
	for i, c := range g.columns {
		lines := s.wrap(c.Title, g.width[i]-2*cellPad)
		b.cells = append(b.cells, lines[:min(len(lines), headLines)])
		b.styles, b.align = append(b.styles, "B"), append(b.align, "C")
	}
	return b
}

// fill wraps the cells of a row into their columns.
func (s *sheet) fill(g grid, row []paper.Cell, style string) band {
	b := band{shade: 255}
	for i := range g.columns {
		c, align := paper.At(row, i), "L"
		if c.Kind.Numeric() {
			align = "R"
		}
		own := style
		if own == "" {
			own = styleOf(c)
		}
		s.pen(own, g.size)
		b.cells = append(b.cells, s.wrap(c.String(), g.width[i]-2*cellPad))
		b.styles, b.align = append(b.styles, own), append(b.align, align)
	}
	return b
}

// tall is the height of a band.
func (s *sheet) tall(g grid, b band) float64 {
	s.pen(s.style, g.size)
	return float64(b.lines())*s.line() + 2*cellPad
}

// row prints a band below what is there; one that is taller than the page goes on overleaf.
func (s *sheet) row(g grid, head, b band) {
	for {
		whole := s.tall(g, b)
		page := s.height - marginTop - marginBottom - s.tall(g, head)
		if whole <= s.left() {
			s.band(g, b)
			return
		}
		if whole > page { // fill this page, then go on
			if fits := int((s.left() - 2*cellPad) / s.line()); fits >= 3 {
				first, rest := b.cut(fits)
				s.band(g, first)
				b = rest
			}
		}
		s.turnPage()
		s.band(g, head)
	}
}

// cut divides a band after n lines.
func (b band) cut(n int) (first, rest band) {
	first, rest = b, b
	first.cells, rest.cells = nil, nil
	for _, c := range b.cells {
		k := min(n, len(c))
		first.cells, rest.cells = append(first.cells, c[:k]), append(rest.cells, c[k:])
	}
	return first, rest
}

// band draws a row at y.
func (s *sheet) band(g grid, b band) {
	h, x := s.tall(g, b), marginSide
	s.f.SetDrawColor(120, 120, 120)
	s.f.SetLineWidth(0.18)
	s.f.SetFillColor(b.shade, b.shade, b.shade)
	for i, lines := range b.cells {
		s.f.Rect(x, s.y, g.width[i], h, map[bool]string{true: "D", false: "FD"}[b.shade == 255])
		s.pen(b.styles[i], g.size)
		y := s.y + cellPad
		if b.align[i] == "C" {
			y = s.y + (h-float64(len(lines))*s.line())/2
		}
		for _, l := range lines {
			s.put(x+cellPad, y, g.width[i]-2*cellPad, b.align[i], l)
			y += s.line()
		}
		x += g.width[i]
	}
	s.y += h
}

// nothing says that a table has no rows.
func (s *sheet) nothing(t paper.Table) {
	words := t.Empty
	if words == "" {
		words = "Tidak ada data."
	}
	s.pen("I", fullSize)
	lines := s.wrap(words, s.inner()-2*cellPad)
	lines = lines[:min(len(lines), 20)]
	h := float64(len(lines))*s.line() + 4*cellPad
	s.need(h)
	s.f.SetDrawColor(120, 120, 120)
	s.f.SetLineWidth(0.18)
	s.f.Rect(marginSide, s.y, s.inner(), h, "D")
	s.y += 2 * cellPad
	s.lines(marginSide, s.inner(), "C", lines)
	s.y += 2 * cellPad
}
