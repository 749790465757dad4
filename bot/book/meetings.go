package book

import (
	"fmt"
	"slices"
	"strings"

	"wksbm/bot/paper"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// postLabel is how a post on the roster is called.
func postLabel(post string) string {
	if post == "" {
		post = welfare.PlainMember
	}
	return welfare.TermLabel(welfare.Posts(), post)
}

// MeetingRow is a meeting as the book shows it.
type MeetingRow struct {
	Report storage.Report
	Body   storage.Meeting
	Title  string // "Rapat rutin"
	When   string // "Senin, 23 November 2026, pukul 09.00 WITA"
}

// MeetingRows are the meetings booked in the month, oldest first.
func (s Shelf) MeetingRows() []MeetingRow {
	var out []MeetingRow
	for _, r := range s.reports(storage.MeetingHeld) {
		var m storage.Meeting
		r.DecodeBody(&m)
		out = append(out, MeetingRow{r, m, welfare.MeetingTitle(m.Kind), moment(r.Date, m.Start)})
	}
	return out
}

// moment prints a day, and the time when it is known.
func moment(day storage.Day, start int) string {
	words := text.Date(day.Time())
	if start >= 0 {
		words += fmt.Sprintf(", pukul %02d.%02d WITA", start/60, start%60)
	}
	return words
}

func (s Shelf) meetings(p *paper.Paper) {
	p.Title = "NOTULEN DAN DAFTAR HADIR"
	rows := s.MeetingRows()
	for i, m := range rows {
		p.Tables = append(p.Tables, s.minutes(m, i+1), s.attendance(m, i+1))
	}
	if len(rows) == 0 {
		p.Tables = []paper.Table{{Sheet: "Notulen", Columns: []paper.Column{{Title: "Notulen"}}, Empty: "Tidak ada rapat yang tercatat pada bulan ini."}}
	}
	if len(rows) > 1 {
		p.Facts = []paper.Fact{{Label: "Jumlah", Value: s.headline(Meetings)[0]}}
	}
}

// minutes are the fields of a notulen (DOMAIN.md §7), with the three aims of a meeting.
func (s Shelf) minutes(row MeetingRow, n int) paper.Table {
	m := row.Body
	t := paper.Table{
		Title: fmt.Sprintf("Notulen %d: %s (laporan No. %s)", n, row.Title, number(row.Report.Number)), Sheet: fmt.Sprintf("Notulen %d", n),
		Columns: []paper.Column{{Title: "Pokok"}, {Title: "Isi", Weight: 5}},
	}
	absent := max(0, m.Invited-m.Present())
	for _, f := range []paper.Fact{
		{Label: "Hari, tanggal", Value: row.When},
		{Label: "Tempat", Value: s.unseal(m.Place, "place")},
		{Label: "Pimpinan", Value: s.unseal(m.Chair, "chair")},
		{Label: "Peserta", Value: fmt.Sprintf("diundang %d, hadir %d, tidak hadir %d orang", m.Invited, m.Present(), absent)},
		{Label: "Susunan acara", Value: s.several(m.Agenda, "agenda")},
		{Label: "Tertib administrasi", Value: s.several(m.Order, "order")},
		{Label: "Kegiatan ditinjau", Value: s.several(m.Review, "review")},
		{Label: "Rencana berikutnya", Value: s.several(m.Plan, "plan")},
		{Label: "Keputusan", Value: s.several(m.Decisions, "decisions")},
		{Label: "Rapat berikutnya", Value: s.next(m)},
		{Label: "Penutup", Value: ""},
	} {
		t.Rows = append(t.Rows, []paper.Cell{paper.Text(f.Label), paper.Text(orDash(f.Value))})
	}
	return t
}

// several reads what people wrote with its lines.
func (s Shelf) several(sealed storage.Sealed, field string) string {
	return text.Clean(s.Tx.Unseal(sealed, field))
}

// next is when and where the following meeting is to be.
func (s Shelf) next(m storage.Meeting) string {
	if m.Next == 0 {
		return ""
	}
	return join(", di ", moment(m.Next, m.NextStart), s.unseal(m.NextPlace, "next_place"))
}

// most is how many lines a list of signatures has.
const most = 300

// attendance is the list that those sign who came: by the roster, guests behind them.
func (s Shelf) attendance(row MeetingRow, n int) paper.Table {
	t := paper.Table{
		Title: fmt.Sprintf("Daftar hadir %d: %s, %s", n, row.Title, text.PlainDate(row.Report.Date.Time())), Sheet: fmt.Sprintf("Hadir %d", n),
		Columns: []paper.Column{
			{Title: "No.", Kind: paper.KindNumber}, {Title: "Nama", Weight: 3}, {Title: "Alamat", Weight: 2}, {Title: "Jabatan"}, {Title: "Tanda tangan", Weight: 3},
		},
		Empty: "Nama yang hadir tidak dicatat.",
	}
	add := func(name, post string) {
		if k := len(t.Rows) + 1; k <= most {
			t.Rows = append(t.Rows, []paper.Cell{paper.Count(k), paper.Text(name), {}, paper.Text(post), paper.Text(fmt.Sprintf("%d. ........................", k))})
		}
	}
	for _, id := range row.Body.Here {
		if a, ok := s.Tx.Attendee(id); ok && a.Village == s.Village.Code {
			add(s.unseal(a.Name, "name"), postLabel(a.Post))
		}
	}
	guests := text.SplitNames(s.Tx.Unseal(row.Body.GuestNames, "guests"))
	for i := range min(row.Body.Guests, most) {
		name, post := "", "Tamu"
		if i < len(guests) {
			name = guests[i]
		} else if len(row.Body.Here) == 0 { // only their number was told: members, as likely as not
			post = ""
		}
		add(name, post)
	}
	return t
}

// decisions of a meeting in one line.
func (s Shelf) decisions(m storage.Meeting) string {
	lines := strings.Split(s.several(m.Decisions, "decisions"), "\n")
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" }), "; ")
}
