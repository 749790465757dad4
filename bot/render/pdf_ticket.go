package render

import (
	"bytes"
	"fmt"
	"time"

	"rsc.io/qr"

	"wksbm/bot/paper"
)

// Ticket is a card to cut out: a link as a QR code, with what to do with it.
type Ticket struct {
	Head  string // what it is for
	Name  string // whose it is, largest
	Link  string
	Lines []string // below the code
}

// A page of tickets, in millimetres: two beside each other, three below.
const (
	ticketsAcross = 2
	ticketsDown   = 3
	ticketMargin  = 12.0
	codeSide      = 46.0
	quietZone     = 4 // modules around a code that stay white
)

// Tickets prints cards with QR codes on A4, six on a page, with lines to cut along.
func Tickets(title string, tickets []Ticket, made time.Time) ([]byte, error) {
	s := newSheet(paper.Paper{Title: title, Made: made})
	for i, t := range tickets {
		if i > 0 && i%(ticketsAcross*ticketsDown) == 0 {
			s.turnPage()
		}
		if err := s.ticket(i%(ticketsAcross*ticketsDown), t); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if err := s.f.Output(&out); err != nil {
		return nil, fmt.Errorf("print tickets: %w", err)
	}
	return out.Bytes(), nil
}

// ticket prints the card at a place of the page.
func (s *sheet) ticket(place int, t Ticket) error {
	w, h := (s.width-2*ticketMargin)/ticketsAcross, (s.height-2*ticketMargin)/ticketsDown
	x, y := ticketMargin+float64(place%ticketsAcross)*w, ticketMargin+float64(place/ticketsAcross)*h
	s.f.SetDrawColor(170, 170, 170)
	s.f.SetLineWidth(0.2)
	s.f.SetDashPattern([]float64{1.5, 1.5}, 0)
	s.f.Rect(x, y, w, h, "D")
	s.f.SetDashPattern(nil, 0)
	const inside = 4.0
	y += inside
	below := func(style string, size float64, words string) {
		s.pen(style, size)
		for _, l := range s.wrap(words, w-2*inside) {
			s.put(x, y, w, "C", l)
			y += s.line()
		}
	}
	below("", 9, t.Head)
	below("B", 13, t.Name)
	y++
	if err := s.code(x+(w-codeSide)/2, y, t.Link); err != nil {
		return err
	}
	y += codeSide + 1
	for _, l := range t.Lines {
		below("", 8.5, l)
	}
	return nil
}

// code draws a link as a QR code that bears a fold or a stain.
func (s *sheet) code(x, y float64, link string) error {
	c, err := qr.Encode(link, qr.M)
	if err != nil {
		return fmt.Errorf("draw qr code: %w", err)
	}
	side := codeSide / float64(c.Size+2*quietZone)
	x, y = x+quietZone*side, y+quietZone*side
	s.f.SetFillColor(0, 0, 0)
	for row := range c.Size {
		for from := 0; from < c.Size; from++ {
			to := from
			for to < c.Size && c.Black(to, row) { // a run is one box, so that no hair lines show between
				to++
			}
			if to > from {
				s.f.Rect(x+float64(from)*side, y+float64(row)*side, float64(to-from)*side, side, "F")
				from = to
			}
		}
	}
	return nil
}
