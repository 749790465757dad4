package book

import (
	"strconv"
	"strings"
	"time"

	"wksbm/bot/goods"
	"wksbm/bot/paper"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
	"wksbm/storage/region"
)

// copyNotes stand below what a person gets of their own data (UU 27/2022).
func copyNotes(contact string) []string {
	return []string{
		"Salinan untuk orang yang bersangkutan, sesuai UU 27/2022 tentang Pelindungan Data Pribadi. Mohon disimpan baik-baik.",
		"Ada yang keliru, atau ingin dihapus? Hubungi " + contact + ", atau lewat bot: /hapus_data.",
	}
}

// MemberCopy is all that is kept of a member, for the member.
func MemberCopy(tx *storage.Tx, r *region.Region, m storage.Member, controller, contact string, now time.Time) paper.Paper {
	s := Shelf{Tx: tx, Region: r, Now: now}
	address := map[bool]string{true: "Bapak", false: "Ibu"}[m.Address == "bapak"]
	reports := tx.ReportsBy(m.User, 0, maxCopied)
	t := paper.Table{
		Title: "Laporan yang dikirim", Sheet: "Laporan", Empty: "Belum ada laporan.",
		Columns: []paper.Column{{Title: "No."}, {Title: "Jenis", Weight: 2}, {Title: "Tanggal", Kind: paper.KindDate}, {Title: "Dicatat", Kind: paper.KindDate}, {Title: "Keadaan"}},
	}
	for _, rep := range reports {
		t.Rows = append(t.Rows, []paper.Cell{
			paper.Text(number(rep.Number)), paper.Text(kindName(rep.Kind)), paper.Date(rep.Date.Time()), paper.Date(storage.DayOf(rep.At).Time()), paper.Text(stateLabel(rep.State)),
		})
	}
	facts := []paper.Fact{
		{Label: "Nama", Value: orDash(s.unseal(m.Name, "name"))},
		{Label: "Sapaan", Value: address},
		{Label: "Nomor HP", Value: orDash(s.unseal(m.Phone, "phone"))},
		{Label: "Nomor akun Telegram", Value: strconv.FormatInt(m.User, 10)},
		{Label: "Peran dan desa", Value: m.Role.Label() + ", " + r.FullName(m.Village)},
		{Label: "Keanggotaan", Value: memberLabel(m.State)},
		{Label: "Persetujuan", Value: text.Date(m.Consent.At.In(region.WITA)) + ", versi " + m.Consent.Version},
		{Label: "Mendaftar", Value: dayOrDash(m.Asked)},
		{Label: "Diputuskan", Value: dayOrDash(m.Decided)},
	}
	if m.SKNumber != "" {
		facts = append(facts, paper.Fact{Label: "SK", Value: m.SKNumber})
	}
	return paper.Paper{
		File: "data-saya-" + now.Format("2006-01-02"), Kop: []string{strings.ToUpper(controller)}, Title: "SALINAN DATA PRIBADI",
		Facts: append(facts, paper.Fact{Label: "Disalin", Value: text.Date(now)}), Tables: []paper.Table{t}, Notes: copyNotes(contact), Made: now,
	}
}

// maxCopied bounds how many reports a copy lists.
const maxCopied = 5000

// ResidentCopy is all that is kept of the household of a case, for the household.
func ResidentCopy(tx *storage.Tx, r *region.Region, c storage.Case, controller, contact string, now time.Time) paper.Paper {
	s := Shelf{Tx: tx, Region: r, Now: now}
	consent := map[string]string{storage.ConsentSelf: "keluarga sendiri", storage.ConsentGuardian: "wali", storage.ConsentNone: "belum ada; hanya inisial"}[c.Consent.By]
	if !c.Consent.At.IsZero() && c.Consent.By != storage.ConsentNone {
		consent += ", " + text.PlainDate(c.Consent.At.In(region.WITA))
	}
	facts := []paper.Fact{
		{Label: "Nomor laporan", Value: number(c.Number)},
		{Label: "Nama", Value: orDash(s.unseal(c.Name, "name"))},
		{Label: "Alamat", Value: orDash(join(", ", s.area(c.RT, c.RW), s.unseal(c.Block, "block"), r.FullName(c.Village)))},
		{Label: "NIK", Value: orDash(s.unseal(c.NIK, "nik"))},
		{Label: "No. KK", Value: orDash(s.unseal(c.KK, "kk"))},
		{Label: "Jumlah jiwa", Value: strconv.Itoa(c.Persons)},
		{Label: "Keadaan", Value: orDash(labelsOfNumbers(c.Categories))},
		{Label: "Disabilitas", Value: orDash(termLabels(welfare.Disabilities(), c.Disabilities))},
		{Label: "Kebutuhan", Value: orDash(join(": ", termLabel(welfare.Needs(), c.Need), s.unseal(c.NeedNote, "need")))},
		{Label: "Pekerjaan", Value: orDash(join(": ", termLabel(welfare.Works(), c.Work), s.unseal(c.WorkNote, "work")))},
		{Label: "Bantuan lain", Value: orDash(termLabels(welfare.Aids(), c.Aids))},
		{Label: "Keadaan rumah", Value: orDash(criteria(c))},
		{Label: "Foto rumah", Value: strconv.Itoa(len(c.Photos))},
		{Label: "Titik lokasi", Value: orDash(s.unseal(c.Pin, "pin"))},
		{Label: "Persetujuan", Value: orDash(consent)},
		{Label: "Dicatat", Value: text.Date(c.Opened.In(region.WITA))},
		{Label: "Status", Value: CaseLabel(c.State) + ", " + text.PlainDate(c.Since.In(region.WITA))},
	}
	return paper.Paper{
		File: "salinan-" + number(c.Number), Kop: []string{strings.ToUpper(controller)}, Title: "SALINAN DATA PRIBADI",
		Facts: append(facts, paper.Fact{Label: "Disalin", Value: text.Date(now)}), Tables: []paper.Table{s.helpCopied(c), s.historyCopied(c)}, Notes: copyNotes(contact),
		Place: "Taliwang", Date: now, Signs: []paper.Sign{{Role: "Diterima oleh"}, {Role: "Petugas Dinsos"}}, Made: now,
	}
}

// helpCopied lists the aid that a household got.
func (s Shelf) helpCopied(c storage.Case) paper.Table {
	t := paper.Table{Title: "Bantuan yang diterima", Sheet: "Bantuan", Empty: "Belum ada.", Columns: []paper.Column{{Title: "No."}, {Title: "Tanggal", Kind: paper.KindDate}, {Title: "Barang", Weight: 3}}}
	for _, n := range c.Helped {
		if r, ok := s.Tx.Report(n); ok && r.State.Counts() {
			t.Rows = append(t.Rows, []paper.Cell{paper.Text(number(n)), paper.Date(r.Date.Time()), paper.Text(goods.List(r.Lines))})
		}
	}
	return t
}

// historyCopied lists what was written into the history of a case.
func (s Shelf) historyCopied(c storage.Case) paper.Table {
	t := paper.Table{Title: "Riwayat", Sheet: "Riwayat", Empty: "Belum ada.", Columns: []paper.Column{{Title: "Tanggal", Kind: paper.KindDate}, {Title: "Apa", Weight: 2}, {Title: "Isi", Weight: 4}}}
	for _, e := range s.Tx.CaseEntries(c.Number) {
		what := map[string]string{
			storage.EntryNote: "Catatan", storage.EntryVisit: "Kunjungan", storage.EntryNeed: "Kebutuhan", storage.EntryWish: "Permintaan desa", storage.EntryRefer: "Dirujuk",
			storage.EntryReply: "Balasan rujukan", storage.EntryGranted: "Usulan diterima", storage.EntryPlan: "Rencana Dinsos",
			storage.EntryDoubt: "Belum selesai menurut desa", storage.EntryAlike: "Dicocokkan dengan catatan lain", storage.EntryUrgent: "Ditandai mendesak", storage.EntryCalm: "Tidak lagi mendesak", storage.EntryRevised: "Data diperbaiki",
		}[e.Kind]
		if e.Kind == storage.EntryState {
			what = CaseLabel(e.State)
		}
		day := storage.DayOf(e.At)
		if e.Date != 0 {
			day = e.Date
		}
		t.Rows = append(t.Rows, []paper.Cell{paper.Date(day.Time()), paper.Text(orWord(what, e.Kind)), paper.Text(s.entryText(e) + s.changed(e.Changes))})
	}
	return t
}

// entryText is what an entry of a history says; of a plan its step.
func (s Shelf) entryText(e storage.CaseEntry) string {
	if e.Kind == storage.EntryPlan && e.Next != storage.NextOther {
		return welfare.TermLabel(welfare.NextSteps(), e.Next)
	}
	return oneLine(s.Tx.EntryText(e))
}

// changed tells which answers were what before.
func (s Shelf) changed(all []storage.Change) string {
	var out []string
	for _, ch := range all {
		out = append(out, orDash(s.unseal(ch.Old, "old"))+" menjadi "+orDash(s.unseal(ch.New, "new")))
	}
	return strings.Join(out, "; ")
}

func labelsOfNumbers(numbers []int) string {
	var out []string
	for _, no := range numbers {
		if category, ok := welfare.ByNo(no); ok {
			out = append(out, category.Label)
		}
	}
	return strings.Join(out, "; ")
}

func termLabel(list []welfare.Term, code string) string {
	if code == "" {
		return ""
	}
	return welfare.TermLabel(list, code)
}

func termLabels(list []welfare.Term, codes []string) string {
	var out []string
	for _, code := range codes {
		out = append(out, welfare.TermLabel(list, code))
	}
	return strings.Join(out, "; ")
}

func criteria(c storage.Case) string {
	var out []string
	for _, q := range welfare.Criteria() {
		for _, n := range c.Checks {
			if n == q.No {
				out = append(out, q.Short)
			}
		}
	}
	if c.Checked && len(out) == 0 {
		return "tidak satu pun dari sembilan kriteria"
	}
	return strings.Join(out, "; ")
}

func dayOrDash(at time.Time) string {
	if at.IsZero() {
		return orDash("")
	}
	return text.Date(at.In(region.WITA))
}

func memberLabel(s storage.MemberState) string {
	switch s {
	case storage.Active:
		return "aktif"
	case storage.Pending:
		return "menunggu diperiksa"
	case storage.Rejected:
		return "belum diterima"
	}
	return "berakhir"
}

func stateLabel(s storage.ReportState) string {
	switch s {
	case storage.Recorded:
		return "tercatat"
	case storage.Verified:
		return "diperiksa"
	case storage.Cancelled:
		return "dibatalkan"
	}
	return "tidak dihitung"
}

func kindName(kind string) string {
	return map[string]string{
		storage.AidReceived: "Bantuan diterima", storage.AidGiven: "Bantuan disalurkan", storage.HouseholdFound: "Warga yang perlu dibantu",
		storage.MeetingHeld: "Rapat", storage.NothingToReport: "Nihil", storage.DeathKnown: "Kematian",
	}[kind]
}
