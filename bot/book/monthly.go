package book

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/goods"
	"wksbm/bot/paper"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// monthly is the report of the month (DOMAIN.md §8).
func (s Shelf) monthly(p *paper.Paper) {
	p.Title = "LAPORAN BULANAN WKSBM"
	p.Facts = s.profile()
	p.Tables = []paper.Table{
		s.meetingsHeld(), s.receivedBySource(), s.givenByKind(), s.balances(), s.people(), s.obstacles(), s.plans(),
	}
	p.Notes = []string{s.photos(), firstDraft}
	if s.Public {
		p.Notes = []string{s.photos(), "Tanpa isi rapat, nama kegiatan dan nama barang bebas; berkas lengkapnya ada pada ketua, di /buku.", firstDraft}
	}
}

func (s Shelf) meetingsHeld() paper.Table {
	t := paper.Table{
		Title: "1. Pertemuan", Sheet: "Pertemuan", Empty: "Tidak ada pertemuan pada bulan ini.",
		Columns: []paper.Column{
			{Title: "Tanggal", Kind: paper.KindDate}, {Title: "Jenis"}, {Title: "Diundang", Kind: paper.KindNumber}, {Title: "Hadir", Kind: paper.KindNumber},
		},
	}
	for _, m := range s.MeetingRows() {
		t.Rows = append(t.Rows, []paper.Cell{
			paper.Date(m.Report.Date.Time()), paper.Text(m.Title), paper.Count(m.Body.Invited), paper.Count(m.Body.Present()),
		})
		if !s.Public {
			last := &t.Rows[len(t.Rows)-1]
			*last = append(*last, paper.Text(orDash(s.decisions(m.Body))))
		}
	}
	if !s.Public {
		t.Columns = append(t.Columns, paper.Column{Title: "Keputusan", Weight: 4})
	}
	if c := s.totals().Counts; len(t.Rows) > 0 {
		t.Total = []paper.Cell{
			paper.Text("Jumlah"), paper.Text(strconv.Itoa(c[storage.CountMeetings]) + " kali"),
			paper.Count(c[storage.CountInvited]), paper.Count(c[storage.CountPresent]),
			{},
		}
	}
	return t
}

// heap is what reports of one kind add up to.
type heap struct {
	label             string
	reports           int
	families, persons int
	lines             []storage.Line
}

// into puts a report's lines on the heap of its label.
func into(heaps []heap, label string, r storage.Report) ([]heap, *heap) {
	i := slices.IndexFunc(heaps, func(h heap) bool { return h.label == label })
	if i < 0 {
		i = len(heaps)
		heaps = append(heaps, heap{label: label})
	}
	h := &heaps[i]
	h.reports++
	for _, l := range r.Lines {
		h.lines = goods.Join(h.lines, storage.Line{Item: l.Item, Unit: l.Unit, Quantity: l.Quantity})
	}
	return heaps, h
}

// money is what a heap has of it.
func (h heap) money() (sum storage.Quantity) {
	for _, l := range h.lines {
		if l.Item == storage.ItemMoney && l.Unit == storage.UnitRupiah {
			sum += l.Quantity
		}
	}
	return sum
}

// things lists the goods of a heap.
func (h heap) things() string {
	var parts []string
	for _, l := range h.lines {
		if l.Item != storage.ItemMoney || l.Unit != storage.UnitRupiah {
			parts = append(parts, label(l.Item)+" "+goods.Amount(l.Unit, l.Quantity))
		}
	}
	return strings.Join(parts, "; ")
}

// all joins heaps to one.
func all(heaps []heap) heap {
	sum := heap{}
	for _, h := range heaps {
		sum.reports, sum.families, sum.persons = sum.reports+h.reports, sum.families+h.families, sum.persons+h.persons
		for _, l := range h.lines {
			sum.lines = goods.Join(sum.lines, l)
		}
	}
	return sum
}

func (s Shelf) receivedBySource() paper.Table {
	var heaps []heap
	for _, r := range s.reports(storage.AidReceived) {
		var body storage.Aid
		r.DecodeBody(&body)
		heaps, _ = into(heaps, welfare.TermLabel(welfare.Sources(), body.Source), r)
	}
	t := paper.Table{
		Title: "2. Penerimaan menurut sumber", Sheet: "Penerimaan", Empty: "Tidak ada penerimaan pada bulan ini.",
		Columns: []paper.Column{{Title: "Sumber", Weight: 2}, {Title: "Laporan", Kind: paper.KindNumber}, {Title: "Uang", Kind: paper.KindMoney}, {Title: "Barang", Weight: 4}},
	}
	row := func(h heap) []paper.Cell {
		return []paper.Cell{paper.Text(h.label), paper.Count(h.reports), some(h.money()), paper.Text(orDash(h.things()))}
	}
	for _, h := range heaps {
		t.Rows = append(t.Rows, row(h))
	}
	if sum := all(heaps); len(heaps) > 0 {
		sum.label = "Jumlah"
		t.Total = row(sum)
	}
	return t
}

// some is an amount of money; none is an empty cell.
func some(q storage.Quantity) paper.Cell {
	if q == 0 {
		return paper.Cell{}
	}
	return paper.Rupiah(int64(q) / 1000)
}

func (s Shelf) givenByKind() paper.Table {
	var heaps []heap
	for _, r := range s.reports(storage.AidGiven) {
		var body storage.Given
		r.DecodeBody(&body)
		var h *heap
		heaps, h = into(heaps, targetOf(body), r)
		for _, to := range body.To {
			h.families, h.persons = h.families+to.Families, h.persons+to.Persons
		}
	}
	t := paper.Table{
		Title: "3. Penyaluran menurut penerima", Sheet: "Penyaluran", Empty: "Tidak ada penyaluran pada bulan ini.",
		Columns: []paper.Column{
			{Title: "Penerima", Weight: 2},
			{Title: "Laporan", Kind: paper.KindNumber},
			{Title: "KK", Kind: paper.KindNumber},
			{Title: "Jiwa", Kind: paper.KindNumber},
			{Title: "Uang", Kind: paper.KindMoney},
			{Title: "Barang", Weight: 4},
		},
	}
	row := func(h heap) []paper.Cell {
		return []paper.Cell{
			paper.Text(h.label), paper.Count(h.reports), paper.Count(h.families), paper.Count(h.persons), some(h.money()), paper.Text(orDash(h.things())),
		}
	}
	for _, h := range heaps {
		t.Rows = append(t.Rows, row(h))
	}
	if sum := all(heaps); len(heaps) > 0 {
		sum.label = "Jumlah"
		t.Total = row(sum)
	}
	return t
}

// targetOf says what kind of recipients a report has.
func targetOf(g storage.Given) string {
	label := ""
	for _, to := range g.To {
		kind := "Warga lain"
		switch {
		case to.Case != 0:
			kind = "Keluarga terdata"
		case to.Group != "" && to.Group != "general":
			kind = welfare.TermLabel(welfare.Purposes(), to.Group)
		}
		if label != "" && label != kind {
			return "Beberapa jenis penerima"
		}
		label = kind
	}
	if label == "" {
		return "Warga lain"
	}
	return label
}

// balances are what the books stand at.
func (s Shelf) balances() paper.Table {
	t := paper.Table{
		Title: "4. Saldo kas dan sisa barang", Sheet: "Saldo", Empty: "Belum ada isi buku.",
		Columns: []paper.Column{
			{Title: "Barang", Weight: 3},
			{Title: "Satuan"},
			{Title: "Awal", Kind: paper.KindNumber},
			{Title: "Masuk", Kind: paper.KindNumber},
			{Title: "Keluar", Kind: paper.KindNumber},
			{Title: "Sisa", Kind: paper.KindNumber},
		},
	}
	for _, a := range s.Accounts() {
		t.Rows = append(t.Rows, []paper.Cell{
			paper.Text(a.Label()), paper.Text(unitLabel(a.Unit)), a.cell(a.Opening), a.cell(a.In), a.cell(a.Out), a.cell(a.Closing).Strong(),
		})
	}
	return t
}

// people counts the households that were recorded and what became of them.
func (s Shelf) people() paper.Table {
	c := s.totals().Counts
	t := paper.Table{
		Title: "5. Warga pemerlu layanan", Sheet: "Warga",
		Columns: []paper.Column{{Title: "Uraian", Weight: 4}, {Title: "Jumlah", Kind: paper.KindNumber}},
	}
	add := func(words string, n int) { t.Rows = append(t.Rows, []paper.Cell{paper.Text(words), paper.Count(n)}) }
	add("Keluarga baru terdata", c[storage.CountCases])
	add("– di antaranya mendesak", c[storage.CountUrgent])
	for _, category := range welfare.Categories() {
		if n := c[storage.CountCategory+strconv.Itoa(category.No)]; n > 0 && !category.Sensitive {
			add("– "+category.Label, n)
		}
	}
	if n := s.delicateCases(); n > 0 {
		add("– "+delicate, n)
	}
	for _, state := range []storage.CaseState{storage.CaseProven, storage.Referred, storage.Finished, storage.MovedAway, storage.Died} {
		add(CaseLabel(state), c[storage.CountState+string(state)])
	}
	add("Keluarga menerima bantuan (kali)", c[storage.CountFamilies])
	return t
}

// delicateCases counts the households recorded in the month that are sensitive, once each however many
// categories they have.
func (s Shelf) delicateCases() int {
	n := 0
	for _, r := range s.reports(storage.HouseholdFound) {
		var body storage.Household
		r.DecodeBody(&body)
		if sensitive(storage.Case{Sensitive: body.Sensitive, Categories: body.Categories}) {
			n++
		}
	}
	return n
}

// obstacles are written by hand.
func (s Shelf) obstacles() paper.Table {
	t := paper.Table{
		Title: "6. Kendala", Sheet: "Kendala",
		Columns: []paper.Column{{Title: "No.", Kind: paper.KindNumber}, {Title: "Kendala", Weight: 3}, {Title: "Tindak lanjut", Weight: 3}},
	}
	for i := range 3 {
		t.Rows = append(t.Rows, []paper.Cell{paper.Count(i + 1), paper.Text(dots), paper.Text(dots)})
	}
	return t
}

// dots are to write on.
const dots = "................................................"

// plans are what comes next: programmes that are not over, what meetings planned, the next meeting.
func (s Shelf) plans() paper.Table {
	t := paper.Table{
		Title: "7. Rencana bulan depan", Sheet: "Rencana", Empty: "Belum ada rencana yang tercatat.",
		Columns: []paper.Column{{Title: "No.", Kind: paper.KindNumber}, {Title: "Rencana", Weight: 4}, {Title: "Waktu", Weight: 2}, {Title: "Pelaksana", Weight: 2}},
	}
	add := func(what, when, who string) {
		t.Rows = append(t.Rows, []paper.Cell{paper.Count(len(t.Rows) + 1), paper.Text(what), paper.Text(orDash(when)), paper.Text(orDash(who))})
	}
	for _, a := range s.ActivityRows() {
		if a.State.Ended() {
			continue
		}
		if s.Public {
			a.Title, a.Who = "Kegiatan desa", ""
		}
		add(a.Title+" ("+strings.ToLower(ActivityLabel(a.State))+")", a.When, a.Who)
	}
	rows := s.MeetingRows()
	for _, m := range rows {
		if s.Public {
			continue
		}
		if plan := s.unseal(m.Body.Plan, "plan"); plan != "" {
			add(plan, "", "Rapat "+text.ShortDate(m.Report.Date.Time()))
		}
	}
	for _, m := range slices.Backward(rows) {
		if m.Body.Next > s.Month.Last() {
			when := s.next(m.Body)
			if s.Public {
				when = moment(m.Body.Next, m.Body.NextStart)
			}
			add("Rapat berikutnya", when, "")
			break
		}
	}
	return t
}

// photos says how many pictures there are; they stay in the chat.
func (s Shelf) photos() string {
	n := 0
	for _, kind := range []string{storage.AidReceived, storage.AidGiven, storage.MeetingHeld} {
		for _, r := range s.reports(kind) {
			var body struct{ Photos []string }
			r.DecodeBody(&body)
			n += len(body.Photos)
		}
	}
	if n == 0 {
		return "Foto kegiatan: tidak ada pada bulan ini."
	}
	return fmt.Sprintf("Foto kegiatan: %d lembar, tersimpan pada laporannya di bot.", n)
}
