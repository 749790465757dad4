// Package book writes the books of a village: what was recorded there in a month, as papers.
package book

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"wksbm/bot/goods"
	"wksbm/bot/paper"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// The books, by the codes that buttons and drawings carry.
const (
	Cash       = "cash"
	Goods      = "goods"
	Cases      = "cases"
	Meetings   = "meetings"
	Activities = "activities"
	Partners   = "partners"
	Monthly    = "monthly"
)

// Kinds lists the books in the order in which they are offered.
func Kinds() []string {
	return []string{Cash, Goods, Cases, Meetings, Activities, Partners, Monthly}
}

// Title is how a book is called.
func Title(kind string) string {
	switch kind {
	case Cash:
		return "Buku kas"
	case Goods:
		return "Buku barang"
	case Cases:
		return "Daftar warga"
	case Meetings:
		return "Notulen"
	case Activities:
		return "Kegiatan"
	case Partners:
		return "Mitra"
	case Monthly:
		return "Laporan bulanan"
	}
	return ""
}

// Shelf is where the books of one village and month stand. It lives as long as the transaction.
type Shelf struct {
	Tx      *storage.Tx
	Region  *region.Region
	Village region.Place
	Month   storage.Month
	Now     time.Time // of the look, in WITA
	// Public leaves out what people wrote in their own words, for a group; of the papers only Monthly is
	// fit for one.
	Public bool
}

// MayTake says whether a member may take the books of a village home as files: they name people and
// are signed by officers.
func MayTake(m storage.Member, village region.Code) bool {
	return m.State == storage.Active && m.Village == village && (m.Role == storage.Ketua || m.Role == storage.Pengurus)
}

// Paper writes a book; false when there is none of that kind.
func (s Shelf) Paper(kind string) (paper.Paper, bool) {
	p := s.sheet(kind)
	switch kind {
	case Cash:
		s.cash(&p)
	case Goods:
		s.goods(&p)
	case Cases:
		s.cases(&p)
	case Meetings:
		s.meetings(&p)
	case Activities:
		s.activities(&p)
	case Partners:
		s.partners(&p)
	case Monthly:
		s.monthly(&p)
	default:
		return paper.Paper{}, false
	}
	return p, true
}

// MonthName prints a month: "November 2026".
func MonthName(m storage.Month) string { return text.Month(m.First().Time()) }

// number prints a report's number: 0127.
func number(n uint64) string { return fmt.Sprintf("%04d", n) }

// reports are those of a kind that count and are booked in the month, oldest first.
func (s Shelf) reports(kind string) []storage.Report {
	var out []storage.Report
	for _, r := range s.Tx.Booked(s.Village.Code, s.Month.First(), s.Month.Last()) {
		if r.Kind == kind && r.State.Counts() {
			r.Lines = s.hush(r.Lines)
			out = append(out, r)
		}
	}
	return out
}

// otherGoods takes the place of goods that people called by their own words.
func otherGoods() string { return goods.Named("barang lain") }

// hush takes people's own words for goods out of lines, for a group.
func (s Shelf) hush(lines []storage.Line) []storage.Line {
	if !s.Public {
		return lines
	}
	out := slices.Clone(lines)
	for i, l := range out {
		if goods.IsOther(l.Item) {
			out[i].Item = otherGoods()
		}
	}
	return out
}

// since says whether something of that time was there before the month ended.
func (s Shelf) since(at time.Time) bool { return storage.DayOf(at) <= s.Month.Last() }

// lower begins a label small, unless it is an abbreviation.
func lower(label string) string {
	if label == strings.ToUpper(label) {
		return label
	}
	_, n := utf8.DecodeRuneInString(label)
	return strings.ToLower(label[:n]) + label[n:]
}

// join puts words one behind the other; empty ones are left out.
func join(between string, words ...string) string {
	var out []string
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, between)
}
