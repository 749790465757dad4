package digest

import (
	"strings"

	"wksbm/bot/goods"
	"wksbm/bot/paper"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// table makes a table with one row a village and the sums below: places left, then a cell of each number.
func (d Detail) table(r *region.Region, title string, columns []paper.Column, of func(storage.Totals) []paper.Cell) paper.Table {
	t := paper.Table{
		Title: title, Sheet: title, Empty: "Tidak ada data pada masa ini.",
		Columns: append([]paper.Column{{Title: "Kecamatan", Weight: 2}, {Title: "Desa/kelurahan", Weight: 2}}, columns...),
	}
	for _, v := range d.Villages {
		if cells := of(v.Totals); full(cells) {
			t.Rows = append(t.Rows, append(names(r, v.Place), cells...))
		}
	}
	if len(t.Rows) > 0 {
		t.Total = append([]paper.Cell{paper.Text("Jumlah"), {}}, of(d.Totals)...)
	}
	return t
}

// full says whether a row has a number other than none.
func full(cells []paper.Cell) bool {
	for _, c := range cells {
		if c.Number != 0 {
			return true
		}
	}
	return false
}

// names are the cells that say where a village is.
func names(r *region.Region, v region.Place) []paper.Cell {
	district, _ := r.ByCode(v.District)
	return []paper.Cell{paper.Text(district.Name), paper.Text(v.Name)}
}

// villageTable is one row a village, those without a report too.
func (d Detail) villageTable(r *region.Region) paper.Table {
	t := paper.Table{
		Title: "Per desa", Sheet: "Per desa",
		Columns: []paper.Column{
			{Title: "Kecamatan", Weight: 2},
			{Title: "Desa/kelurahan", Weight: 2},
			{Title: "Status"},
			column("Laporan", paper.KindNumber),
			column("KK dibantu", paper.KindNumber), column("Jiwa dibantu", paper.KindNumber), column("Uang diterima", paper.KindMoney),
			column("Uang disalurkan", paper.KindMoney), column(d.People()+" baru", paper.KindNumber), column("Pertemuan", paper.KindNumber),
			column("Laporan terakhir", paper.KindDate),
		},
	}
	numbers := func(n storage.Totals) []paper.Cell {
		families, persons := Heads(n)
		return []paper.Cell{
			paper.Count(n.Reports), paper.Count(families), paper.Count(persons), paper.Rupiah(money(n, storage.In)), paper.Rupiah(money(n, storage.Out)),
			paper.Count(n.Counts[storage.CountCases]), paper.Count(n.Counts[storage.CountMeetings]),
		}
	}
	for _, v := range d.Villages {
		row := append(names(r, v.Place), paper.Text(v.State.Label()))
		t.Rows = append(t.Rows, append(append(row, numbers(v.Totals)...), dated(v.Last)))
	}
	t.Total = append([]paper.Cell{paper.Text("Jumlah"), {}, {}}, numbers(d.Totals)...)
	return t
}

func dated(d storage.Day) paper.Cell {
	if d == 0 {
		return paper.Cell{}
	}
	return paper.Date(d.Time())
}

// flow is what each village received or gave, a column for each item in each unit.
func (d Detail) flow(r *region.Region, flow, title string) paper.Table {
	rows, others := d.Rows(flow)
	var columns []paper.Column
	for _, k := range rows {
		c := column(goods.ByCode(k.Item).Label+" ("+unitOf(k)+")", paper.KindNumber)
		if k.Unit == storage.UnitRupiah {
			c = column(goods.ByCode(k.Item).Label, paper.KindMoney)
		}
		columns = append(columns, c)
	}
	if others > 0 {
		columns = append(columns, column("Barang lain (catatan)", paper.KindNumber))
	}
	return d.table(r, title, columns, func(t storage.Totals) []paper.Cell {
		have, more := rowsOf(flow, t, storage.Totals{})
		var cells []paper.Cell
		for _, k := range rows {
			cells = append(cells, amount(k, of(have, k)))
		}
		if others > 0 {
			cells = append(cells, paper.Count(more))
		}
		return cells
	})
}

// counts are cells of counts by name.
func counts(names ...string) func(storage.Totals) []paper.Cell {
	return func(t storage.Totals) []paper.Cell {
		var cells []paper.Cell
		for _, n := range names {
			cells = append(cells, paper.Count(t.Counts[n]))
		}
		return cells
	}
}

func (d Detail) meetings(r *region.Region) paper.Table {
	columns := []paper.Column{column("Pertemuan", paper.KindNumber), column("Diundang", paper.KindNumber), column("Hadir", paper.KindNumber)}
	return d.table(r, "Rapat", columns, counts(storage.CountMeetings, storage.CountInvited, storage.CountPresent))
}

func (d Detail) activities(r *region.Region) paper.Table {
	var columns []paper.Column
	var of []string
	for _, s := range []struct {
		state storage.ActivityState
		title string
	}{{storage.Planned, "Direncanakan"}, {storage.Running, "Dimulai"}, {storage.Done, "Selesai"}, {storage.Dropped, "Dibatalkan"}} {
		columns, of = append(columns, column(s.title, paper.KindNumber)), append(of, storage.CountActivity+string(s.state))
	}
	return d.table(r, "Kegiatan", columns, counts(of...))
}

// silence says week by week how each village stands.
func (d Detail) silence(r *region.Region) paper.Table {
	t := paper.Table{
		Title: "Keaktifan", Sheet: "Keaktifan",
		Columns: []paper.Column{{Title: "Kecamatan", Weight: 2}, {Title: "Desa/kelurahan", Weight: 2}, {Title: "Status"}},
	}
	for _, w := range d.Weeks {
		t.Columns = append(t.Columns, column(w.label(), paper.KindText))
	}
	t.Columns = append(t.Columns, column("Laporan terakhir", paper.KindDate))
	for _, v := range d.Villages {
		row := append(names(r, v.Place), paper.Text(v.State.Label()))
		for _, s := range v.Weeks {
			row = append(row, paper.Text(s.Label()))
		}
		t.Rows = append(t.Rows, append(row, dated(v.Last)))
	}
	return t
}

// label names days in the head of a column: "3 Nov – 9 Nov", "Okt 2026".
func (w Span) label() string {
	if Stretch(w.From, w.To).IsMonth() {
		return text.MonthName(w.From.Time().Month())[:3] + w.From.Time().Format(" 2006")
	}
	return text.ShortDay(w.From.Time()) + " – " + text.ShortDay(w.To.Time())
}

// districts is one row a kecamatan.
func (d Detail) districts(r *region.Region) paper.Table {
	t := paper.Table{
		Title: "Per kecamatan", Sheet: "Per kecamatan",
		Columns: []paper.Column{
			{Title: "Kecamatan", Weight: 3},
			column("Melapor", paper.KindNumber), column("Nihil", paper.KindNumber), column("Diam", paper.KindNumber),
			column("Tak terjangkau", paper.KindNumber), column("Laporan", paper.KindNumber), column("KK dibantu", paper.KindNumber),
			column(d.People()+" baru", paper.KindNumber), column("Pertemuan", paper.KindNumber),
		},
	}
	row := func(name string, fits func(region.Place) bool) []paper.Cell {
		var sum storage.Totals
		states := map[State]int{}
		for _, v := range d.Villages {
			if fits(v.Place) {
				sum = sum.Plus(v.Totals)
				states[v.State]++
			}
		}
		cells := []paper.Cell{paper.Text(name)}
		for _, s := range States() {
			cells = append(cells, paper.Count(states[s]))
		}
		families, _ := Heads(sum)
		return append(cells, paper.Count(sum.Reports), paper.Count(families), paper.Count(sum.Counts[storage.CountCases]), paper.Count(sum.Counts[storage.CountMeetings]))
	}
	for _, district := range r.Districts() {
		if d.Scope.Code == 0 || d.Scope.Code == district.Code {
			t.Rows = append(t.Rows, row(district.Name, func(p region.Place) bool { return p.District == district.Code }))
		}
	}
	t.Total = row("Jumlah", func(region.Place) bool { return true })
	return t
}

// unheard names the villages that did not report, by kecamatan.
func (d Detail) unheard(r *region.Region) paper.Table {
	t := paper.Table{
		Title: "Desa yang diam dan yang belum terjangkau", Empty: "Semua desa melapor atau nihil.",
		Columns: []paper.Column{{Title: "Kecamatan", Weight: 2}, {Title: "Diam", Weight: 4}, {Title: "Tak terjangkau", Weight: 4}},
	}
	list := func(places []region.Place, in region.Code) paper.Cell {
		var out []string
		for _, p := range places {
			if p.District == in {
				out = append(out, p.Name)
			}
		}
		return paper.Text(strings.Join(out, ", "))
	}
	for _, district := range r.Districts() {
		silent, unreached := list(d.Silent, district.Code), list(d.Unreached, district.Code)
		if !silent.Empty() || !unreached.Empty() {
			t.Rows = append(t.Rows, []paper.Cell{paper.Text(district.Name), silent, unreached})
		}
	}
	return t
}
