package render

import (
	"strings"

	"wksbm/bot/paper"
	"wksbm/bot/text"
)

// signsAbreast is how many signatures stand side by side.
const signsAbreast = 3

// signSpace is the height for a signature and a stamp.
const signSpace = 20.0

// signBox is one signature's lines.
type signBox struct{ role, name []string }

// signs prints place and date and the signatures, never torn apart by the end of a page.
func (s *sheet) signs(p paper.Paper) {
	when := placeAndDate(p)
	s.y += 2
	if len(p.Signs) == 0 {
		if when != "" {
			s.pen("", 10)
			s.need(s.line())
			s.lines(marginSide, s.inner(), "R", []string{s.fit(when, s.inner())})
		}
		return
	}
	for i := 0; i < len(p.Signs); i += signsAbreast {
		s.signRow(p.Signs[i:min(len(p.Signs), i+signsAbreast)], when)
		when = ""
	}
}

// together turns the page when the signatures would stand on the next one alone: the notes go with them.
func (s *sheet) together(p paper.Paper) {
	if len(p.Notes) == 0 || len(p.Signs) == 0 {
		return
	}
	height := 3*s.line() + 8
	s.pen("", 9)
	for _, n := range p.Notes {
		height += float64(len(s.wrap(n, s.inner()-4)))*s.line() + 0.6
	}
	s.pen("", 10)
	height += s.signHeight(p.Signs[:min(len(p.Signs), signsAbreast)])
	if height < s.height-marginTop-marginBottom {
		s.need(height)
	}
}

// signHeight is what a row of signatures takes, its place and date with it.
func (s *sheet) signHeight(signs []paper.Sign) float64 {
	width := s.inner() / float64(max(2, len(signs)))
	role, name := 0, 0
	for _, sign := range signs {
		b := s.signBox(sign, width-6)
		role, name = max(role, len(b.role)+1), max(name, len(b.name))
	}
	return float64(role+name)*s.line() + signSpace
}

// signRow prints signatures side by side; a single one stands on the right, as in letters. Place and date
// are the first line of the last one.
func (s *sheet) signRow(signs []paper.Sign, when string) {
	s.pen("", 10)
	width := s.inner() / float64(max(2, len(signs)))
	boxes := make([]signBox, len(signs))
	role, name := 0, 0
	for i, sign := range signs {
		boxes[i] = s.signBox(sign, width-6)
		if when != "" && i == len(signs)-1 {
			boxes[i].role = append([]string{s.fit(when, width)}, boxes[i].role...)
		}
		role, name = max(role, len(boxes[i].role)), max(name, len(boxes[i].name))
	}
	below := float64(role)*s.line() + signSpace
	s.need(below + float64(name)*s.line())
	x := s.width - marginSide - width*float64(len(signs))
	for _, b := range boxes {
		s.column(x, s.y+float64(role-len(b.role))*s.line(), width, b.role)
		s.column(x, s.y+below, width, b.name)
		x += width
	}
	s.y += below + float64(name)*s.line() + 8
}

// maxSignLines keeps a block of signatures on one page whatever stands in it.
const maxSignLines = 6

func (s *sheet) signBox(sign paper.Sign, width float64) signBox {
	role, names := s.wrap(sign.Role, width), s.wrap(signature(sign), width)
	return signBox{role[:min(len(role), maxSignLines)], names[:min(len(names), maxSignLines)]}
}

// signature is a name in brackets, or dots to write it on.
func signature(sign paper.Sign) string {
	name := oneLine(sign.Name)
	if name == "" {
		name = strings.Repeat(".", 34)
	}
	return "( " + name + " )"
}

// column writes lines in the middle of a box, wherever the page ends.
func (s *sheet) column(x, y, w float64, lines []string) {
	for i, l := range lines {
		s.put(x, y+float64(i)*s.line(), w, "C", l)
	}
}

// placeAndDate is "Seloto, 30 November 2026", or the half of it that is known.
func placeAndDate(p paper.Paper) string {
	var parts []string
	if p.Place != "" {
		parts = append(parts, oneLine(p.Place))
	}
	if !p.Date.IsZero() {
		parts = append(parts, text.PlainDate(p.Date))
	}
	return strings.Join(parts, ", ")
}
