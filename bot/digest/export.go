package digest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"wksbm/bot/book"
	"wksbm/bot/goods"
	"wksbm/bot/paper"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Export is all of a period that a group may see, row by row.
type Export struct {
	Detail
	Cases    []Case
	Partners []Partner
}

// Case is a household in need as a group may know it. Those whose report was returned are left out until it is
// back.
type Case struct {
	Household
	Number        uint64
	Village       region.Code
	Opened, Since storage.Day // recorded; in its state
	State         storage.CaseState
	Helped        int // how often it got aid
	LastHelp      storage.Day
}

// Partner is a partner of a village. Only organisations are named: others may be persons.
type Partner struct {
	Village region.Code
	Opened  storage.Day
	Kind    string
	Name    string
}

// Gather reads all of a period over a place.
func Gather(tx *storage.Tx, r *region.Region, p Period, scope region.Code, today storage.Day) Export {
	e := Export{Detail: Look(tx, r, p, scope, today).Read(tx, r)}
	for _, v := range villages(r, e.Scope) {
		for _, c := range tx.Cases(v.Code) {
			if c.Held || storage.DayOf(c.Opened) > e.Today || c.State.Ended() && storage.DayOf(c.Since) < p.From {
				continue
			}
			e.Cases = append(e.Cases, Case{
				Household: HouseholdOf(c), Number: c.Number, Village: v.Code,
				Opened: storage.DayOf(c.Opened), Since: storage.DayOf(c.Since), State: c.State, Helped: len(c.Helped), LastHelp: c.LastHelp,
			})
		}
		e.partnersOf(tx, v.Code)
	}
	return e
}

func (e *Export) partnersOf(tx *storage.Tx, village region.Code) {
	for _, p := range tx.Partners(village) {
		if p.Retired || storage.DayOf(p.Opened) > e.Today {
			continue
		}
		row := Partner{Village: village, Opened: storage.DayOf(p.Opened), Kind: p.Kind}
		if p.Kind == welfare.Organisation {
			row.Name = text.Clean(tx.Unseal(p.Name, "name"))
		}
		e.Partners = append(e.Partners, row)
	}
}

// MostRows is how many rows a sheet of a workbook takes.
const MostRows = 1_000_000

// Fits says whether every list has room on a sheet.
func (e Export) Fits() bool { return max(len(e.lines(anyGoods)), len(e.Cases)) <= MostRows }

// Paper is the export as a workbook.
func (e Export) Paper(r *region.Region, now time.Time) paper.Paper {
	p := e.sheet(now)
	p.File, p.Title, p.Number, p.Signs = "data-wksbm-"+e.Period.Key()+e.where(), "DATA WKSBM", "", nil
	p.Notes = []string{
		"Tanpa nama, alamat, NIK dan catatan warga; kasus sensitif tanpa kategori. Barang dengan nama bebas ditulis \"Barang lain\".",
		"Menurut hari dicatat. Laporan yang tidak dihitung (misalnya dibatalkan) tidak ikut. Keadaan kasus, kegiatan dan mitra menurut catatan saat berkas dibuat.",
	}
	p.Facts = slices.DeleteFunc(p.Facts, func(f paper.Fact) bool { return f.Label == comparedWith })
	sums := e.things()
	sums.Title, sums.Sheet = "Jumlah barang", "Jumlah barang"
	p.Tables = []paper.Table{
		e.villageTable(r), e.silence(r), e.reportList(r), e.moneyList(r), e.goodsList(r), sums, e.sources(),
		e.caseList(r), e.meetingList(r), e.programmeList(r), e.partnerList(r),
	}
	if e.Scope.Code == 0 || e.Scope.Kind == region.District {
		p.Tables = append([]paper.Table{e.districts(r)}, p.Tables...)
	}
	return p
}

// line is one line of a report.
type line struct{ report, at int }

func anyGoods(storage.Line) bool { return true }

func isMoney(l storage.Line) bool {
	return l.Item == storage.ItemMoney && l.Unit == storage.UnitRupiah
}

// lines are those that fit.
func (e Export) lines(fits func(storage.Line) bool) []line {
	var out []line
	for i, r := range e.Records.Reports {
		for at, l := range r.Lines {
			if fits(l) {
				out = append(out, line{i, at})
			}
		}
	}
	return out
}

// sides are the cells of what came in and what went out.
func sides(r Record, c paper.Cell) []paper.Cell {
	if storage.FlowOf(r.Kind) == storage.Out {
		return []paper.Cell{{}, c}
	}
	return []paper.Cell{c, {}}
}

// moneyList is one row for each amount of money.
func (e Export) moneyList(r *region.Region) paper.Table {
	lines := e.lines(isMoney)
	t := paper.Table{
		Title: "Buku uang", Sheet: "Buku uang", Empty: "Tidak ada uang masuk atau keluar pada masa ini.",
		Columns: head(column("Sumber", paper.KindText), column("Untuk", paper.KindText), column("Masuk", paper.KindMoney), column("Keluar", paper.KindMoney)),
	}
	t.Many = &paper.Many{Len: len(lines), Row: func(i int) []paper.Cell {
		report := e.Records.Reports[lines[i].report]
		l := report.Lines[lines[i].at]
		row := append(report.where(r), paper.Text(sourceOf(report)), paper.Text(purposeOf(l)))
		return append(row, sides(report, paper.Rupiah(int64(l.Quantity)/1000))...)
	}}
	if len(lines) > 0 {
		t.Total = []paper.Cell{paper.Text("Jumlah"), {}, {}, {}, {}, {}, {}, paper.Rupiah(money(e.Totals, storage.In)), paper.Rupiah(money(e.Totals, storage.Out))}
	}
	return t
}

func sourceOf(r Record) string {
	if r.Source == "" {
		return ""
	}
	return welfare.TermLabel(welfare.Sources(), r.Source)
}

func purposeOf(l storage.Line) string {
	if l.Earmark == "" {
		return ""
	}
	return welfare.TermLabel(welfare.Purposes(), l.Earmark)
}

// goodsList is one row for each line of goods. It has no sums, since units differ; things has them.
func (e Export) goodsList(r *region.Region) paper.Table {
	lines := e.lines(func(l storage.Line) bool { return !isMoney(l) })
	t := paper.Table{
		Title: "Buku barang", Sheet: "Buku barang", Empty: "Tidak ada barang masuk atau keluar pada masa ini.",
		Columns: head(
			column("Sumber", paper.KindText), column("Untuk", paper.KindText), paper.Column{Title: "Barang", Weight: 2}, column("Satuan", paper.KindText),
			column("Masuk", paper.KindNumber), column("Keluar", paper.KindNumber),
		),
	}
	t.Many = &paper.Many{Len: len(lines), Row: func(i int) []paper.Cell {
		report := e.Records.Reports[lines[i].report]
		l := report.Lines[lines[i].at]
		label := goods.ByCode(l.Item).Label
		if goods.IsOther(l.Item) {
			label = "Barang lain"
		}
		row := append(report.where(r), paper.Text(sourceOf(report)), paper.Text(purposeOf(l)), paper.Text(label), paper.Text(text.UnitLabel(l.Unit)))
		return append(row, sides(report, paper.Quantity(int64(l.Quantity)))...)
	}}
	return t
}

// caseList is one row a household.
func (e Export) caseList(r *region.Region) paper.Table {
	t := paper.Table{
		Title: e.People() + " terdata", Sheet: "Warga", Empty: "Tidak ada warga yang terdata.",
		Columns: []paper.Column{
			column("Terdata", paper.KindDate),
			column("No. laporan", paper.KindText),
			{Title: "Kecamatan", Weight: 2},
			{Title: "Desa/kelurahan", Weight: 2},
			{Title: "Kategori", Weight: 4},
			column("Jiwa", paper.KindNumber), column("Mendesak", paper.KindText), column("Keadaan", paper.KindText), column("Sejak", paper.KindDate),
			column("Dibantu (kali)", paper.KindNumber), column("Terakhir dibantu", paper.KindDate),
		},
	}
	t.Many = &paper.Many{Len: len(e.Cases), Row: func(i int) []paper.Cell {
		c := e.Cases[i]
		v, _ := r.ByCode(c.Village)
		urgent := ""
		if c.Urgent {
			urgent = "mendesak"
		}
		row := append([]paper.Cell{paper.Date(c.Opened.Time()), paper.Text(fmt.Sprintf("%04d", c.Number))}, names(r, v)...)
		return append(
			row, paper.Text(strings.Join(c.Kinds(), ", ")), some(c.Persons), paper.Text(urgent), paper.Text(book.CaseLabel(c.State)), dated(c.Since), some(c.Helped), dated(c.LastHelp),
		)
	}}
	if len(e.Cases) > 0 {
		persons, helped := 0, 0
		for _, c := range e.Cases {
			persons, helped = persons+c.Persons, helped+c.Helped
		}
		t.Total = []paper.Cell{paper.Text("Jumlah"), {}, {}, {}, {}, paper.Count(persons), {}, {}, {}, paper.Count(helped), {}}
	}
	return t
}

// partnerList is one row a partner.
func (e Export) partnerList(r *region.Region) paper.Table {
	t := paper.Table{
		Title: "Mitra", Sheet: "Mitra", Empty: "Belum ada mitra yang tercatat.",
		Columns: []paper.Column{{Title: "Kecamatan", Weight: 2}, {Title: "Desa/kelurahan", Weight: 2}, {Title: "Jenis", Weight: 2}, {Title: "Nama organisasi", Weight: 3}, column("Dicatat", paper.KindDate)},
	}
	t.Many = &paper.Many{Len: len(e.Partners), Row: func(i int) []paper.Cell {
		p := e.Partners[i]
		v, _ := r.ByCode(p.Village)
		return append(names(r, v), paper.Text(welfare.TermLabel(welfare.PartnerKinds(), p.Kind)), paper.Text(p.Name), dated(p.Opened))
	}}
	return t
}
