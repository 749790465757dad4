package render

import (
	"bytes"
	"fmt"
	"strings"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansitalic"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"

	"wksbm/bot/paper"
	"wksbm/bot/text"
)

// Measures of a page, in millimetres.
const (
	marginSide   = 20.0
	marginTop    = 15.0
	marginBottom = 20.0
	footerAt     = 11.0 // from the lower edge
)

// typeface is the one family of the press.
const typeface = "liberation"

// PDF prints a paper as an official letter on A4, lying when a table is wide. Equal papers give equal
// bytes; no text that people wrote can keep it from printing.
func PDF(p paper.Paper) ([]byte, error) {
	s := newSheet(p)
	s.kop(p.Kop)
	s.title(p)
	s.facts(p.Facts)
	for _, t := range p.Tables {
		s.table(t)
	}
	s.together(p)
	s.notes(p.Notes)
	s.signs(p)
	s.footers(p)
	var out bytes.Buffer
	if err := s.f.Output(&out); err != nil {
		return nil, fmt.Errorf("print pdf: %w", err)
	}
	return out.Bytes(), nil
}

// sheet is a PDF being written from top to bottom; y is where the next thing goes.
type sheet struct {
	f             *fpdf.Fpdf
	width, height float64
	y             float64
	orientation   string
	style         string
	size          float64
}

func newSheet(p paper.Paper) *sheet {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetCatalogSort(true)
	f.SetCreationDate(p.Made)
	f.SetModificationDate(p.Made)
	f.SetTitle(printable(oneLine(p.Title)), true)
	f.SetCreator("wksbm", true)
	f.SetProducer("wksbm", true)
	f.SetLang("id-ID")
	f.SetMargins(marginSide, marginTop, marginSide)
	f.SetAutoPageBreak(false, 0)
	f.AddUTF8FontFromBytes(typeface, "", liberationsansregular.TTF)
	f.AddUTF8FontFromBytes(typeface, "B", liberationsansbold.TTF)
	f.AddUTF8FontFromBytes(typeface, "I", liberationsansitalic.TTF)
	s := &sheet{f: f}
	s.pen("", 10)
	s.orientation = "P"
	for _, t := range p.Tables {
		if s.wide(t) {
			s.orientation = "L"
		}
	}
	s.turnPage()
	s.width, s.height = f.GetPageSize()
	return s
}

// pen chooses the letters that follow.
func (s *sheet) pen(style string, size float64) {
	if s.style != style || s.size != size {
		s.f.SetFont(typeface, style, size)
		s.style, s.size = style, size
	}
}

// line is the height of a line in the present letters.
func (s *sheet) line() float64 { return s.size * 0.3528 * 1.24 }

// inner is the width between the margins.
func (s *sheet) inner() float64 { return s.width - 2*marginSide }

// left is what remains of the page below y.
func (s *sheet) left() float64 { return s.height - marginBottom - s.y }

func (s *sheet) turnPage() {
	s.f.AddPageFormat(s.orientation, s.f.GetPageSizeStr("A4"))
	s.y = marginTop
}

// need turns the page when h is not left of it.
func (s *sheet) need(h float64) {
	if s.left() < h && s.y > marginTop {
		s.turnPage()
	}
}

// put writes one line in a box from x, width w, at y: align is L, C or R.
func (s *sheet) put(x, y, w float64, align, words string) {
	switch align {
	case "C":
		x += (w - s.f.GetStringWidth(words)) / 2
	case "R":
		x += w - s.f.GetStringWidth(words)
	}
	s.f.Text(x, y+s.line()*0.77, words)
}

// lines writes lines below each other, turning pages where needed.
func (s *sheet) lines(x, w float64, align string, lines []string) {
	for _, l := range lines {
		s.need(s.line())
		s.put(x, s.y, w, align, l)
		s.y += s.line()
	}
}

// maxPrinted bounds the runes of one text; what people can type in one message is shorter.
const maxPrinted = 4200

// wrap cuts words into lines of a width, in the present letters. There is at least one line.
func (s *sheet) wrap(words string, width float64) []string {
	width += 0.01 // a box that was measured by these words takes them
	var out []string
	for para := range strings.SplitSeq(printable(text.Clip(strings.TrimSpace(words), maxPrinted)), "\n") {
		line := ""
		for _, w := range strings.Fields(para) {
			if line != "" && s.f.GetStringWidth(line+" "+w) <= width {
				line += " " + w
				continue
			}
			if line != "" {
				out = append(out, line)
			}
			var full []string
			full, line = s.chop(w, width)
			out = append(out, full...)
		}
		out = append(out, line)
	}
	return out
}

// chop cuts a word that is wider than a line; a line holds at least one letter.
func (s *sheet) chop(word string, width float64) (full []string, rest string) {
	if s.f.GetStringWidth(word) <= width {
		return nil, word
	}
	used, start := 0.0, 0
	for i, r := range word {
		w := s.f.GetStringWidth(string(r))
		if used+w > width && i > start {
			full, start, used = append(full, word[start:i]), i, 0
		}
		used += w
	}
	return full, word[start:]
}

// The ranks of the lines of a letterhead.
const (
	kopOver  = iota // who the office belongs to
	kopName         // the office, largest
	kopBelow        // its address and the like
)

// kopRank says what a line of a letterhead is: the second of two or three is the office, of more the last.
func kopRank(i, n int) int {
	switch {
	case n > 3 && i == n-1, n <= 3 && i == 1:
		return kopName
	case n > 3 || i == 0:
		return kopOver
	}
	return kopBelow
}

// kop prints the letterhead above a double rule.
func (s *sheet) kop(lines []string) {
	if len(lines) == 0 {
		return
	}
	for i, l := range lines {
		switch kopRank(i, len(lines)) {
		case kopName:
			s.pen("B", 14)
			for size := 13.5; size >= 11 && s.f.GetStringWidth(printable(l)) > s.inner(); size -= 0.5 {
				s.pen("B", size)
			}
		case kopOver:
			s.pen("B", 11)
		default:
			s.pen("", 9)
		}
		s.lines(marginSide, s.inner(), "C", s.wrap(l, s.inner()))
		s.y += 0.4
	}
	s.y += 2
	s.rule(s.y, 0.8, 0)
	s.rule(s.y+1.1, 0.25, 0)
	s.y += 8
}

// rule draws a line across the page in a shade of gray.
func (s *sheet) rule(y, thick float64, gray int) {
	s.f.SetDrawColor(gray, gray, gray)
	s.f.SetLineWidth(thick)
	s.f.Line(marginSide, y, s.width-marginSide, y)
}

// title prints the heading, its number and its period in the middle.
func (s *sheet) title(p paper.Paper) {
	s.pen("B", 12.5)
	lines := s.wrap(p.Title, s.inner()*0.86)
	s.lines(marginSide, s.inner(), "C", lines)
	if last := s.f.GetStringWidth(lines[len(lines)-1]); last > 0 {
		s.f.SetDrawColor(0, 0, 0)
		s.f.SetLineWidth(0.35)
		s.f.Line((s.width-last)/2, s.y, (s.width+last)/2, s.y)
		s.y += 1.6
	}
	s.pen("", 10)
	if p.Number != "" {
		s.lines(marginSide, s.inner(), "C", s.wrap("Nomor: "+p.Number, s.inner()))
	}
	if p.Period != "" {
		s.lines(marginSide, s.inner(), "C", s.wrap("Periode: "+p.Period, s.inner()))
	}
	s.y += 6
}

// facts prints "label : value", the colons below each other.
func (s *sheet) facts(facts []paper.Fact) {
	if len(facts) == 0 {
		return
	}
	s.pen("", 10)
	label := 0.0
	for _, f := range facts {
		label = max(label, s.f.GetStringWidth(printable(oneLine(f.Label))))
	}
	label = min(label, s.inner()*0.35) + 3
	for _, f := range facts {
		names, values := s.wrap(f.Label, label-3), s.wrap(f.Value, s.inner()-label-4)
		for i := range max(len(names), len(values)) {
			s.need(s.line())
			if i < len(names) {
				s.put(marginSide, s.y, label, "L", names[i])
			}
			if i == 0 {
				s.put(marginSide+label, s.y, 4, "L", ":")
			}
			if i < len(values) {
				s.put(marginSide+label+4, s.y, s.inner(), "L", values[i])
			}
			s.y += s.line()
		}
		s.y += 0.7
	}
	s.y += 4
}

// notes prints remarks; several get a bullet each.
func (s *sheet) notes(notes []string) {
	if len(notes) == 0 {
		return
	}
	s.pen("B", 9)
	s.need(3 * s.line())
	s.lines(marginSide, s.inner(), "L", []string{"Catatan"})
	s.pen("", 9)
	for _, n := range notes {
		indent := 0.0
		if len(notes) > 1 {
			indent = 4
			s.need(s.line())
			s.put(marginSide, s.y, indent, "L", "•")
		}
		s.lines(marginSide+indent, s.inner()-indent, "L", s.wrap(n, s.inner()-indent))
		s.y += 0.6
	}
	s.y += 4
}

// footers numbers the pages, once all are there.
func (s *sheet) footers(p paper.Paper) {
	pages, name := s.f.PageCount(), printable(oneLine(p.Title))
	if p.Period != "" {
		name += " · " + printable(oneLine(p.Period))
	}
	for n := 1; n <= pages; n++ {
		s.f.SetPage(n)
		s.style = "" // the page remembers the letters it ended with
		s.f.SetFont(typeface, "", 7.5)
		s.size = 7.5
		s.f.SetTextColor(110, 110, 110)
		y := s.height - footerAt
		s.rule(y-1.2, 0.15, 170)
		s.put(marginSide, y, s.inner(), "L", s.fit(name, s.inner()-40))
		s.put(marginSide, y, s.inner(), "R", fmt.Sprintf("Halaman %d dari %d", n, pages))
	}
}

// fit cuts words to one line.
func (s *sheet) fit(words string, width float64) string {
	lines := s.wrap(words, width)
	if len(lines) > 1 {
		return strings.TrimRight(lines[0], " ·") + "…"
	}
	return lines[0]
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
