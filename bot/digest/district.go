package digest

import (
	"fmt"
	"strings"
	"time"

	"wksbm/bot/paper"
	"wksbm/storage"
	"wksbm/storage/region"
)

// District is the report of a month over a kecamatan, with a row for each village, to be printed and signed.
func (d Detail) District(r *region.Region, now time.Time) paper.Paper {
	p := d.sheet(now)
	p.File = "laporan-wksbm-" + d.Period.Key() + d.where()
	p.Title = "LAPORAN BULANAN WKSBM " + strings.ToUpper(d.Scope.Title())
	p.Place = d.Scope.Name
	if last := d.Period.To.Time(); last.Before(now) {
		p.Date = last
	}
	p.Signs = []paper.Sign{{Role: "Mengetahui,\nCamat " + d.Scope.Name}, {Role: "Kepala Dinas Sosial\nKabupaten Sumbawa Barat"}}
	p.Tables = []paper.Table{d.villageMonths(), d.figures(), d.things(), d.sources(), d.people(), d.unheard(r)}
	for i := range p.Tables {
		p.Tables[i].Title = fmt.Sprintf("%d. %s", i+1, p.Tables[i].Title)
	}
	return p
}

// villageMonths is a row for each village with what a monthly report tells.
func (d Detail) villageMonths() paper.Table {
	t := paper.Table{
		Title: "Per desa", Sheet: "Per desa", Empty: "Belum ada desa yang bisa melapor.",
		Columns: []paper.Column{
			{Title: "Desa/kelurahan", Weight: 2},
			{Title: "Status"},
			column("Laporan", paper.KindNumber), column("Rapat", paper.KindNumber), column("Hadir", paper.KindNumber),
			column("Uang masuk", paper.KindMoney), column("Uang keluar", paper.KindMoney), column("Saldo kas", paper.KindMoney),
			column("KK dibantu", paper.KindNumber), column(d.People()+" baru", paper.KindNumber), column("Dirujuk", paper.KindNumber), column("Selesai", paper.KindNumber),
		},
	}
	numbers := func(n storage.Totals, cash int64) []paper.Cell {
		families, _ := Heads(n)
		return []paper.Cell{
			paper.Count(n.Reports), paper.Count(n.Counts[storage.CountMeetings]), paper.Count(n.Counts[storage.CountPresent]),
			paper.Rupiah(money(n, storage.In)), paper.Rupiah(money(n, storage.Out)), paper.Rupiah(cash),
			paper.Count(families), paper.Count(n.Counts[storage.CountCases]),
			paper.Count(n.Counts[storage.CountState+string(storage.Referred)]), paper.Count(n.Counts[storage.CountState+string(storage.Finished)]),
		}
	}
	all := int64(0)
	for _, v := range d.Villages {
		all += v.Cash
		t.Rows = append(t.Rows, append([]paper.Cell{paper.Text(v.Place.Name), paper.Text(v.State.Label())}, numbers(v.Totals, v.Cash)...))
	}
	if len(t.Rows) > 0 {
		t.Total = append([]paper.Cell{paper.Text("Jumlah"), {}}, numbers(d.Totals, all)...)
	}
	return t
}

// cashOn is what the books of a village held of money at the end of a day, in whole rupiah.
func cashOn(tx *storage.Tx, code region.Code, day storage.Day) (sum int64) {
	for _, s := range stockOn(tx, code, day, nil) {
		if s.Item == storage.ItemMoney && s.Unit == storage.UnitRupiah {
			sum += int64(s.Quantity) / 1000
		}
	}
	return sum
}
