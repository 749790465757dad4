package digest

import (
	"fmt"
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

// draftNote stands below every paper: no decree gives the recap a form.
const draftNote = "Bentuk awal dari catatan bot WKSBM menurut hari dicatat, dapat disesuaikan; diperiksa dahulu sebelum ditandatangani."

// Letter is the digest as a letter of the office: few tables, to be printed and signed.
func (d Detail) Letter(r *region.Region, now time.Time) paper.Paper {
	p := d.sheet(now)
	p.Tables = []paper.Table{d.figures(), d.things(), d.sources(), d.districts(r), d.people(), d.unheard(r)}
	for i := range p.Tables {
		p.Tables[i].Title = fmt.Sprintf("%d. %s", i+1, p.Tables[i].Title)
	}
	return p
}

// Workbook is the digest as a workbook: every village, and every report once Read was called, to be
// filtered and calculated with.
func (d Detail) Workbook(r *region.Region, now time.Time) paper.Paper {
	p := d.sheet(now)
	p.Tables = []paper.Table{
		d.figures(), d.things(), d.sources(), d.districts(r), d.villageTable(r), d.flow(r, storage.In, "Diterima"), d.flow(r, storage.Out, "Disalurkan"),
		d.people(), d.meetings(r), d.activities(r), d.silence(r), d.reportList(r), d.meetingList(r), d.programmeList(r),
	}
	return p
}

// sheet is the paper without its tables.
func (d Detail) sheet(now time.Time) paper.Paper {
	first := d.Period.From.Time()
	return paper.Paper{
		File: "rekap-wksbm-" + d.Period.Key() + d.where(), Kop: []string{"PEMERINTAH KABUPATEN SUMBAWA BARAT", "DINAS SOSIAL"},
		Title: "REKAP LAPORAN WKSBM", Number: "........ /WKSBM/" + paper.Roman(first.Month()) + "/" + first.Format("2006"),
		Period: d.span(), Facts: d.facts(), Notes: []string{draftNote}, Place: "Taliwang", Date: now, Made: now,
		Signs: []paper.Sign{{Role: "Kepala Dinas Sosial\nKabupaten Sumbawa Barat"}},
	}
}

func (d Detail) where() string {
	if d.Scope.Code == 0 {
		return ""
	}
	return "-" + strings.ToLower(d.Scope.Name)
}

// span prints the days that are counted.
func (d Detail) span() string {
	if d.Open && !d.Period.IsDay() {
		return d.Period.Span(d.Today)
	}
	return d.Period.Title()
}

// comparedWith is the label of the fact that names the days before.
const comparedWith = "Dibandingkan dengan"

func (d Detail) facts() []paper.Fact {
	place := "Kabupaten Sumbawa Barat"
	if d.Scope.Code != 0 {
		place = d.Scope.Title()
	}
	var states []string
	for _, s := range States() {
		states = append(states, s.Label()+" "+strconv.Itoa(len(d.In(s))))
	}
	facts := []paper.Fact{
		{Label: "Wilayah", Value: place},
		{Label: "Desa/kelurahan", Value: fmt.Sprintf("%d: %s", d.Expected(), strings.Join(states, ", "))},
		{Label: comparedWith, Value: d.Compared()},
	}
	if own, all := OwnMoney(d.Totals); all > 0 {
		facts = append(facts, paper.Fact{Label: "Dana sendiri", Value: fmt.Sprintf("%s dari %s uang masuk", text.Rupiah(own), text.Rupiah(all))})
	}
	return facts
}

// column is a short way to a column.
func column(title string, k paper.Kind) paper.Column { return paper.Column{Title: title, Kind: k} }

// figures are the numbers of the period beside those of the one before.
func (d Detail) figures() paper.Table {
	t := paper.Table{
		Title: "Angka pokok", Sheet: "Angka",
		Columns: []paper.Column{{Title: "Uraian", Weight: 4}, column("Jumlah", paper.KindNumber), column("Sebelumnya", paper.KindNumber)},
	}
	add := func(label string, of func(storage.Totals) paper.Cell) {
		t.Rows = append(t.Rows, []paper.Cell{paper.Text(label), of(d.Totals), of(d.Earlier)})
	}
	add("Laporan", func(t storage.Totals) paper.Cell { return paper.Count(t.Reports) })
	add("Uang diterima", func(t storage.Totals) paper.Cell { return paper.Rupiah(money(t, storage.In)) })
	add("Uang disalurkan", func(t storage.Totals) paper.Cell { return paper.Rupiah(money(t, storage.Out)) })
	for _, c := range []struct{ label, count string }{
		{"Keluarga menerima bantuan (kali)", storage.CountFamilies},
		{"Jiwa menerima bantuan (kali)", storage.CountPersons},
		{"Keluarga baru terdata", storage.CountCases},
		{"– di antaranya mendesak", storage.CountUrgent},
		{"Keluarga terverifikasi", storage.CountState + string(storage.CaseProven)},
		{"Keluarga terdata yang dibantu", CountHelped},
		{"Keluarga dirujuk", storage.CountState + string(storage.Referred)},
		{"Keluarga selesai (mandiri)", storage.CountState + string(storage.Finished)},
		{"Pertemuan", storage.CountMeetings},
		{"– diundang", storage.CountInvited},
		{"– hadir", storage.CountPresent},
		{"Kegiatan direncanakan", storage.CountActivity + string(storage.Planned)},
		{"Kegiatan dimulai", storage.CountActivity + string(storage.Running)},
		{"Kegiatan selesai", storage.CountActivity + string(storage.Done)},
		{"Kematian dilaporkan", storage.CountDeaths},
	} {
		add(c.label, func(t storage.Totals) paper.Cell { return paper.Count(t.Counts[c.count]) })
	}
	t.Rows = append(
		t.Rows, []paper.Cell{paper.Text("Warga dan perbaikan menunggu diperiksa saat ini"), paper.Count(d.Desk.Waiting())},
		[]paper.Cell{paper.Text("Bantuan dan rapat menunggu diperiksa saat ini"), paper.Count(d.Desk.Others)},
	)
	return t
}

// money is what came in or went out of it, in whole rupiah.
func money(t storage.Totals, flow string) (sum int64) {
	for _, s := range t.Sums {
		if s.Flow == flow && s.Item == storage.ItemMoney && s.Unit == storage.UnitRupiah {
			sum += int64(s.Quantity) / 1000
		}
	}
	return sum
}

// things are the goods: what came, what went, what is left. Units are never mixed.
func (d Detail) things() paper.Table {
	t := paper.Table{
		Title: "Bantuan menurut barang", Sheet: "Barang", Empty: "Tidak ada bantuan pada masa ini.",
		Columns: []paper.Column{
			{Title: "Barang", Weight: 3},
			{Title: "Satuan"},
			column("Diterima", paper.KindNumber), column("Disalurkan", paper.KindNumber),
			column("Sisa di buku desa", paper.KindNumber),
		},
	}
	in, _ := d.Rows(storage.In)
	out, _ := d.Rows(storage.Out)
	left, _ := d.Stock()
	for _, k := range union(in, out, left) {
		t.Rows = append(t.Rows, []paper.Cell{
			paper.Text(goods.ByCode(k.Item).Label), paper.Text(unitOf(k)), amount(k, of(in, k)), amount(k, of(out, k)), amount(k, of(left, k)).Strong(),
		})
	}
	return t
}

// union are the rows of several lists, one for each item in each unit, in the order of the goods.
func union(lists ...[]Row) []Row {
	t := storage.Totals{}
	for _, rows := range lists {
		for _, row := range rows {
			t = t.Plus(storage.Totals{Sums: []storage.Sum{{Item: row.Item, Unit: row.Unit, Count: 1}}})
		}
	}
	rows, _ := rowsOf("", t, storage.Totals{})
	return rows
}

// of is the quantity of like goods in a list.
func of(rows []Row, like Row) storage.Quantity {
	for _, row := range rows {
		if row.Item == like.Item && row.Unit == like.Unit {
			return row.Quantity
		}
	}
	return 0
}

func unitOf(k Row) string {
	if k.Unit == storage.UnitRupiah {
		return "rupiah"
	}
	return text.UnitLabel(k.Unit)
}

// amount is a cell of goods; none is empty.
func amount(k Row, q storage.Quantity) paper.Cell {
	switch {
	case q == 0:
		return paper.Cell{}
	case k.Unit == storage.UnitRupiah:
		return paper.Rupiah(int64(q) / 1000)
	}
	return paper.Quantity(int64(q))
}

// sources says whom the money came from.
func (d Detail) sources() paper.Table {
	t := paper.Table{
		Title: "Uang diterima menurut sumber", Sheet: "Sumber", Empty: "Tidak ada uang diterima pada masa ini.",
		Columns: []paper.Column{{Title: "Sumber", Weight: 4}, column("Uang", paper.KindMoney)},
	}
	sum := 0
	for _, s := range welfare.Sources() {
		if n := d.Totals.Counts[storage.CountSource+s.Code]; n != 0 {
			t.Rows = append(t.Rows, []paper.Cell{paper.Text(s.Label), paper.Rupiah(int64(n))})
			sum += n
		}
	}
	if n := money(d.Totals, storage.In) - int64(sum); n > 0 { // of a source that is on the list no more
		t.Rows = append(t.Rows, []paper.Cell{paper.Text("Sumber lain"), paper.Rupiah(n)})
		sum += int(n)
	}
	if len(t.Rows) > 0 {
		t.Total = []paper.Cell{paper.Text("Jumlah"), paper.Rupiah(int64(sum))}
	}
	return t
}

// people counts the households that were recorded, by category. Sensitive ones are one number.
func (d Detail) people() paper.Table {
	t := paper.Table{
		Title: d.People() + " baru menurut kategori", Sheet: "Warga", Empty: "Tidak ada warga baru pada masa ini.",
		Columns: []paper.Column{{Title: "Kategori", Weight: 4}, column("Keluarga", paper.KindNumber)},
	}
	for _, c := range Categories(d.Totals) {
		t.Rows = append(t.Rows, []paper.Cell{paper.Text(c.Label), paper.Count(c.Count)})
	}
	if len(t.Rows) > 0 { // a household may have several categories
		t.Total = []paper.Cell{paper.Text("Keluarga baru terdata"), paper.Count(d.Totals.Counts[storage.CountCases])}
	}
	return t
}
