package book

import (
	"wksbm/bot/paper"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// ActivityLabel says how far a programme is.
func ActivityLabel(state storage.ActivityState) string {
	switch state {
	case storage.Planned:
		return "Rencana"
	case storage.Running:
		return "Berjalan"
	case storage.Done:
		return "Selesai"
	case storage.Dropped:
		return "Dibatalkan"
	}
	return string(state)
}

// ActivityRow is a programme as the book shows it.
type ActivityRow struct {
	Title, Who, Target, When, Note string
	State                          storage.ActivityState
}

// ActivityRows are the programmes of the month: planned before it ended, and not over before it began.
func (s Shelf) ActivityRows() []ActivityRow {
	var out []ActivityRow
	for _, a := range s.Tx.Activities(s.Village.Code) {
		if !s.since(a.Opened) || a.State.Ended() && storage.DayOf(a.Changed) < s.Month.First() {
			continue
		}
		r := ActivityRow{
			Title: s.unseal(a.Title, "title"), Who: s.unseal(a.Who, "who"), Target: s.unseal(a.Target, "target"),
			Note: s.unseal(a.Note, "note"), State: a.State, When: "Belum ditetapkan",
		}
		if a.Day != 0 {
			r.When = text.ShortDate(a.Day.Time())
		}
		out = append(out, r)
	}
	return out
}

func (s Shelf) activities(p *paper.Paper) {
	t := activityTable(s.ActivityRows())
	t.Sheet = "Kegiatan"
	p.Title = "BUKU KEGIATAN"
	p.Tables = []paper.Table{t}
	p.Notes = []string{"Keadaan kegiatan menurut catatan pada saat berkas dibuat.", firstDraft}
	p.Facts = []paper.Fact{{Label: "Jumlah", Value: s.headline(Activities)[0]}}
}

func activityTable(rows []ActivityRow) paper.Table {
	t := paper.Table{
		Empty: nothing,
		Columns: []paper.Column{
			{Title: "No.", Kind: paper.KindNumber},
			{Title: "Kegiatan", Weight: 3},
			{Title: "Pelaksana", Weight: 2},
			{Title: "Sasaran", Weight: 2},
			{Title: "Waktu"},
			{Title: "Keadaan"},
			{Title: "Catatan", Weight: 2},
		},
	}
	for i, r := range rows {
		t.Rows = append(t.Rows, []paper.Cell{
			paper.Count(i + 1), paper.Text(r.Title), paper.Text(orDash(r.Who)), paper.Text(orDash(r.Target)),
			paper.Text(r.When), paper.Text(ActivityLabel(r.State)), paper.Text(r.Note),
		})
	}
	return t
}

// PartnerRow is a partner as the book shows it. The contact person agreed to be named.
//
// Area says where in words, Block the same in figures: "03/01".
type PartnerRow struct{ Name, Kind, Area, Block, Contact, Service string }

// PartnerRows are the partners that were known before the month ended and are still.
func (s Shelf) PartnerRows() []PartnerRow {
	var out []PartnerRow
	for _, p := range s.Tx.Partners(s.Village.Code) {
		if p.Retired || !s.since(p.Opened) {
			continue
		}
		r := PartnerRow{
			Name: s.unseal(p.Name, "name"), Kind: welfare.TermLabel(welfare.PartnerKinds(), p.Kind), Area: s.area(p.RT, p.RW), Block: s.block(p.RT, p.RW), Service: s.unseal(p.Service, "service"),
		}
		if p.Consent {
			r.Contact = join(", ", s.unseal(p.Contact, "contact"), s.unseal(p.Phone, "phone"))
		}
		out = append(out, r)
	}
	return out
}

func (s Shelf) partners(p *paper.Paper) {
	t := paper.Table{
		Sheet: "Mitra", Empty: "Belum ada mitra yang tercatat.",
		Columns: []paper.Column{
			{Title: "No.", Kind: paper.KindNumber},
			{Title: "Nama", Weight: 3},
			{Title: "Jenis"},
			{Title: "RT/RW"},
			{Title: "Narahubung", Weight: 2},
			{Title: "Layanan", Weight: 3},
		},
	}
	for i, r := range s.PartnerRows() {
		t.Rows = append(t.Rows, []paper.Cell{
			paper.Count(i + 1), paper.Text(r.Name), paper.Text(r.Kind), paper.Text(orDash(r.Block)), paper.Text(orDash(r.Contact)), paper.Text(orDash(r.Service)),
		})
	}
	p.Title = "DAFTAR MITRA WKSBM"
	p.Tables = []paper.Table{t}
	p.Facts = []paper.Fact{{Label: "Jumlah", Value: s.headline(Partners)[0]}}
}
