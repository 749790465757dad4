package book

import (
	"slices"
	"strings"

	"wksbm/bot/paper"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// delicate stands in the place of the name of a sensitive case.
const delicate = "kasus sensitif"

// sensitive says that nothing may be told of whom a case is about (DOMAIN.md §4).
func sensitive(c storage.Case) bool {
	return c.Sensitive || slices.ContainsFunc(c.Categories, func(no int) bool {
		category, ok := welfare.ByNo(no)
		return ok && category.Sensitive
	})
}

// nameOf is how a case may stand in a file of its own village.
func (s Shelf) nameOf(c storage.Case) string {
	if sensitive(c) {
		return delicate
	}
	return s.unseal(c.Name, "name")
}

// addressOf prints where a household lives; nothing of a sensitive case.
func (s Shelf) addressOf(c storage.Case) string {
	if sensitive(c) {
		return "—"
	}
	block := s.unseal(c.Block, "block")
	return orDash(join(", ", s.area(c.RT, c.RW), block))
}

func categoriesOf(c storage.Case) string {
	if sensitive(c) {
		return "—"
	}
	var labels []string
	for _, no := range c.Categories {
		if category, ok := welfare.ByNo(no); ok {
			labels = append(labels, category.Label)
		}
	}
	return strings.Join(labels, "; ")
}

func (s Shelf) needOf(c storage.Case) string {
	label := ""
	if c.Need != "" {
		label = welfare.TermLabel(welfare.Needs(), c.Need)
	}
	if sensitive(c) {
		return orDash(label)
	}
	note := s.unseal(c.NeedNote, "need")
	if c.Need == "other" && note != "" {
		label = ""
	}
	return orDash(join(": ", label, note))
}

// CaseLabel says where a case stands.
func CaseLabel(state storage.CaseState) string {
	switch state {
	case storage.Identified:
		return "Terdata"
	case storage.CaseProven:
		return "Diverifikasi"
	case storage.Proposed:
		return "Diusulkan"
	case storage.Referred:
		return "Dirujuk"
	case storage.Helped:
		return "Dibantu"
	case storage.Finished:
		return "Selesai (mandiri)"
	case storage.MovedAway:
		return "Pindah"
	case storage.Died:
		return "Meninggal"
	case storage.Declined:
		return "Ditolak"
	}
	return string(state)
}

// CaseRow is a household as the book shows it.
type CaseRow struct {
	Number                               uint64
	Opened                               storage.Day
	Name, Address, Category, Need, State string
	Persons, Helped                      int
	Urgent                               bool
}

// CaseRows are the households on the list of the month: recorded before it ended, and not settled
// before it began. Those whose report was returned are left out. They stand as they do now, the oldest first.
func (s Shelf) CaseRows() []CaseRow {
	var out []CaseRow
	for _, c := range s.Tx.Cases(s.Village.Code) {
		if c.Held || !s.since(c.Opened) || c.State.Ended() && storage.DayOf(c.Since) < s.Month.First() {
			continue
		}
		out = append(out, CaseRow{
			Number: c.Number, Opened: storage.DayOf(c.Opened), Name: s.nameOf(c), Address: s.addressOf(c),
			Category: categoriesOf(c), Need: s.needOf(c), State: CaseLabel(c.State),
			Persons: c.Persons, Helped: len(c.Helped), Urgent: c.Urgent && !c.State.Ended(),
		})
	}
	return out
}

func (s Shelf) cases(p *paper.Paper) {
	rows := s.CaseRows()
	t := paper.Table{
		Sheet: "Warga", Empty: nothing,
		Columns: []paper.Column{
			{Title: "No.", Kind: paper.KindNumber},
			{Title: "No. laporan"},
			{Title: "Nama kepala keluarga", Weight: 2},
			{Title: "Alamat", Weight: 2},
			{Title: "Jiwa", Kind: paper.KindNumber},
			{Title: "Kategori", Weight: 3},
			{Title: "Kebutuhan", Weight: 2},
			{Title: "Keadaan"},
			{Title: "Bantuan (kali)", Kind: paper.KindNumber},
			{Title: "Terdata", Kind: paper.KindDate},
		},
	}
	persons, helped := 0, 0
	for i, r := range rows {
		state := r.State
		if r.Urgent {
			state += " (mendesak)"
		}
		t.Rows = append(t.Rows, []paper.Cell{
			paper.Count(i + 1), paper.Text(number(r.Number)), paper.Text(r.Name), paper.Text(r.Address), paper.Count(r.Persons),
			paper.Text(r.Category), paper.Text(r.Need), paper.Text(state), paper.Count(r.Helped), paper.Date(r.Opened.Time()),
		})
		persons, helped = persons+r.Persons, helped+r.Helped
	}
	if len(rows) > 0 {
		t.Total = []paper.Cell{{}, {}, paper.Text("Jumlah"), {}, paper.Count(persons), {}, {}, {}, paper.Count(helped), {}}
	}
	p.Title = "DAFTAR WARGA PEMERLU LAYANAN"
	p.Tables = []paper.Table{t}
	p.Notes = []string{
		"Keadaan warga dan jumlah bantuan menurut catatan pada saat berkas dibuat.",
		"Kasus sensitif ditulis tanpa nama, alamat dan kategori; yang belum setuju dicatat ditulis inisialnya. NIK tidak dicantumkan.",
		firstDraft,
	}
	p.Facts = []paper.Fact{{Label: "Jumlah", Value: s.headline(Cases)[0]}}
}
