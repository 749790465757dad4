package digest

import (
	"fmt"
	"strings"

	"wksbm/bot/goods"
	"wksbm/bot/paper"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Hushed stands in the place of categories that no group may see.
const Hushed = "Kasus sensitif"

// KindLabel names a kind of report.
func KindLabel(kind string) string {
	switch kind {
	case storage.AidReceived:
		return "Bantuan diterima"
	case storage.AidGiven:
		return "Bantuan disalurkan"
	case storage.HouseholdFound:
		return "Warga yang perlu dibantu"
	case storage.MeetingHeld:
		return "Rapat"
	case storage.NothingToReport:
		return "Nihil"
	case storage.DeathKnown:
		return "Kematian"
	}
	return "Laporan"
}

// head are the columns that every list of records begins with.
func head(more ...paper.Column) []paper.Column {
	return append([]paper.Column{
		column("Tanggal", paper.KindDate), column("Dicatat", paper.KindDate), column("No. laporan", paper.KindText),
		{Title: "Kecamatan", Weight: 2},
		{Title: "Desa/kelurahan", Weight: 2},
	}, more...)
}

// where are the cells of head.
func (r Record) where(places *region.Region) []paper.Cell {
	v, _ := places.ByCode(r.Village)
	return append([]paper.Cell{paper.Date(r.Date.Time()), paper.Date(r.Day.Time()), paper.Text(fmt.Sprintf("%04d", r.Number))}, names(places, v)...)
}

// list makes a table of some records, a row each; sums are the cells of its last row behind those of head.
func (d Detail) list(r *region.Region, title, empty string, columns []paper.Column, records []Record, of func(Record) []paper.Cell, sums []paper.Cell) paper.Table {
	t := paper.Table{
		Title: title, Sheet: title, Empty: empty, Columns: head(columns...),
		Many: &paper.Many{Len: len(records), Row: func(i int) []paper.Cell { return append(records[i].where(r), of(records[i])...) }},
	}
	if len(records) > 0 {
		t.Total = append([]paper.Cell{paper.Text("Jumlah"), {}, paper.Text(text.Milli(len(records)*1000).String() + " baris"), {}, {}}, sums...)
	}
	return t
}

// only are the records that fit.
func (d Detail) only(fits func(Record) bool) []Record {
	var out []Record
	for _, r := range d.Records.Reports {
		if fits(r) {
			out = append(out, r)
		}
	}
	return out
}

// reportList is one row a report.
func (d Detail) reportList(r *region.Region) paper.Table {
	columns := []paper.Column{
		{Title: "Jenis", Weight: 2},
		column("Keadaan", paper.KindText),
		{Title: "Bantuan", Weight: 3},
		column("Uang diterima", paper.KindMoney), column("Uang disalurkan", paper.KindMoney), column("KK dibantu", paper.KindNumber), column("Jiwa dibantu", paper.KindNumber),
		column(d.People()+" baru", paper.KindNumber), column("Diundang", paper.KindNumber), column("Hadir", paper.KindNumber), column("Kematian", paper.KindNumber),
	}
	families, persons := Heads(d.Totals)
	sums := []paper.Cell{
		{},
		{},
		{},
		paper.Rupiah(money(d.Totals, storage.In)), paper.Rupiah(money(d.Totals, storage.Out)), paper.Count(families), paper.Count(persons),
		paper.Count(d.Totals.Counts[storage.CountCases]), paper.Count(d.Totals.Counts[storage.CountInvited]), paper.Count(d.Totals.Counts[storage.CountPresent]),
		paper.Count(d.Totals.Counts[storage.CountDeaths]),
	}
	return d.list(r, "Daftar laporan", "Tidak ada laporan pada masa ini.", columns, d.Records.Reports, reportRow, sums)
}

func reportRow(r Record) []paper.Cell {
	state := "tercatat"
	if r.Verified {
		state = "terverifikasi"
	}
	if r.Late() {
		state += ", susulan"
	}
	one := func(kind string) paper.Cell {
		if r.Kind != kind {
			return paper.Cell{}
		}
		return paper.Count(1)
	}
	return []paper.Cell{
		paper.Text(KindLabel(r.Kind)), paper.Text(state), paper.Text(Things(r.Lines)), r.money(storage.AidReceived), r.money(storage.AidGiven), some(r.Families), some(r.Persons),
		one(storage.HouseholdFound), some(r.Invited), some(r.Present), one(storage.DeathKnown),
	}
}

// Things lists goods as a group may read them.
func Things(lines []storage.Line) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = goods.Hushed(l)
	}
	return strings.Join(out, " · ")
}

// money is what a report of a kind moved of it.
func (r Record) money(kind string) paper.Cell {
	var sum storage.Quantity
	for _, l := range r.Lines {
		if r.Kind == kind && l.Item == storage.ItemMoney && l.Unit == storage.UnitRupiah {
			sum += l.Quantity
		}
	}
	if sum == 0 {
		return paper.Cell{}
	}
	return paper.Rupiah(int64(sum) / 1000)
}

// some is a count; none is an empty cell.
func some(n int) paper.Cell {
	if n == 0 {
		return paper.Cell{}
	}
	return paper.Count(n)
}

// meetingList is one row a meeting.
func (d Detail) meetingList(r *region.Region) paper.Table {
	columns := []paper.Column{
		column("Jenis", paper.KindText), column("Diundang", paper.KindNumber), column("Hadir", paper.KindNumber), column("Rapat berikutnya", paper.KindDate),
	}
	sums := []paper.Cell{{}, paper.Count(d.Totals.Counts[storage.CountInvited]), paper.Count(d.Totals.Counts[storage.CountPresent])}
	held := d.only(func(r Record) bool { return r.Kind == storage.MeetingHeld })
	return d.list(r, "Daftar rapat", "Tidak ada rapat pada masa ini.", columns, held, func(r Record) []paper.Cell {
		return []paper.Cell{paper.Text(welfare.MeetingTitle(r.Meeting)), paper.Count(r.Invited), paper.Count(r.Present), dated(r.Next)}
	}, sums)
}

// programmeList is one row a step of a programme: what it is called stays in the village.
func (d Detail) programmeList(r *region.Region) paper.Table {
	steps := d.Records.Programmes
	states := []storage.ActivityState{storage.Planned, storage.Running, storage.Done, storage.Dropped}
	t := paper.Table{
		Title: "Daftar kegiatan", Sheet: "Daftar kegiatan", Empty: "Tidak ada kegiatan pada masa ini.",
		Columns: []paper.Column{
			column("Tanggal", paper.KindDate),
			column("No. kegiatan", paper.KindText),
			{Title: "Kecamatan", Weight: 2},
			{Title: "Desa/kelurahan", Weight: 2},
			column("Direncanakan", paper.KindNumber), column("Dimulai", paper.KindNumber), column("Selesai", paper.KindNumber), column("Dibatalkan", paper.KindNumber),
		},
	}
	t.Many = &paper.Many{Len: len(steps), Row: func(i int) []paper.Cell {
		s := steps[i]
		v, _ := r.ByCode(s.Village)
		row := append([]paper.Cell{paper.Date(s.Day.Time()), paper.Text(fmt.Sprint(s.ID))}, names(r, v)...)
		for _, state := range states {
			cell := paper.Cell{}
			if s.State == state {
				cell = paper.Count(1)
			}
			row = append(row, cell)
		}
		return row
	}}
	if len(steps) > 0 {
		t.Total = []paper.Cell{paper.Text("Jumlah"), {}, {}, {}}
		for _, state := range states {
			t.Total = append(t.Total, paper.Count(d.Totals.Counts[storage.CountActivity+string(state)]))
		}
	}
	return t
}
