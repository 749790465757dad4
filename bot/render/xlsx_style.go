package render

import (
	"github.com/xuri/excelize/v2"

	"wksbm/bot/paper"
)

// look is how a cell looks; styles of a workbook are found by it.
type look struct {
	role   role
	kind   paper.Kind
	bold   bool
	broken bool // a number with decimals
}

// role is the place of a cell on its sheet.
type role int

const (
	plain     role = iota // cover text
	letter                // kop
	big                   // the second line of a kop
	heading               // title of a paper
	middle                // number and period below it
	caption               // title of a sheet
	faint                 // its period
	ruled                 // the double line below a kop
	columnTop             // head of a column
	inside                // a row
	sum                   // the last row
	none                  // what stands for missing rows
	signed                // signatures
)

// The number formats. The country's code makes the month an Indonesian word; thousands and decimals
// follow the computer that shows them.
const (
	wholeFormat  = `[$-421]#,##0`
	brokenFormat = `[$-421]#,##0.0##`
	moneyFormat  = `[$-421]"Rp"#,##0;-"Rp"#,##0`
	dayFormat    = `[$-421]d mmm yyyy`
	textFormat   = 49 // "@": a NIK stays as it was typed, also when somebody edits it
)

// makeStyles registers every look, in one order.
func (b *book) makeStyles() error {
	b.styles = map[look]int{}
	for r := plain; r <= signed; r++ {
		for _, kind := range []paper.Kind{paper.KindText, paper.KindNumber, paper.KindMoney, paper.KindDate} {
			for _, bold := range []bool{false, true} {
				for _, broken := range []bool{false, true} {
					l := look{r, kind, bold, broken}
					if !l.used() {
						continue
					}
					id, err := b.f.NewStyle(l.style())
					if err != nil {
						return err
					}
					b.styles[l] = id
				}
			}
		}
	}
	return nil
}

// used reports whether any cell has the look.
func (l look) used() bool {
	if l.role == inside || l.role == sum {
		return !l.broken || l.kind == paper.KindNumber
	}
	return l.kind == paper.KindText && !l.broken
}

func (l look) style() *excelize.Style {
	s := &excelize.Style{
		NumFmt: textFormat, Font: l.font(),
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: true, Horizontal: l.align()},
	}
	switch l.role {
	case columnTop:
		s.Fill, s.Border = ground("E3E8EE"), frame()
		s.Alignment.Vertical = "center"
	case inside, none:
		s.Border = frame()
	case caption, faint:
		s.Alignment.WrapText = false // goes on over the free cells beside it
	case ruled:
		s.Border = []excelize.Border{{Type: "bottom", Style: 6, Color: "000000"}}
	case sum:
		s.Fill, s.Border = ground("F1F3F5"), frame()
	}
	if format := l.format(); format != "" {
		s.NumFmt, s.CustomNumFmt = 0, &format
		s.Alignment.WrapText = false
	}
	return s
}

func (l look) format() string {
	switch {
	case l.kind == paper.KindMoney:
		return moneyFormat
	case l.kind == paper.KindDate:
		return dayFormat
	case l.broken:
		return brokenFormat
	case l.kind == paper.KindNumber:
		return wholeFormat
	}
	return ""
}

func (l look) align() string {
	switch l.role {
	case letter, big, heading, middle, columnTop, none, signed:
		return "center"
	case inside, sum:
		switch {
		case l.kind.Numeric():
			return "right"
		case l.kind == paper.KindDate:
			return "center"
		}
	}
	return "left"
}

func (l look) font() *excelize.Font {
	f := &excelize.Font{Family: "Arial", Size: 10, Bold: l.bold}
	switch l.role {
	case letter, columnTop, sum:
		f.Bold = true
	case big:
		f.Size, f.Bold = 14, true
	case heading:
		f.Size, f.Bold, f.Underline = 12, true, "single"
	case caption:
		f.Size, f.Bold = 12, true
	case faint:
		f.Color = "595959"
	case none:
		f.Italic = true
	}
	return f
}

func ground(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

func frame() (out []excelize.Border) {
	for _, side := range []string{"left", "right", "top", "bottom"} {
		out = append(out, excelize.Border{Type: side, Style: 1, Color: "A6A6A6"})
	}
	return out
}
