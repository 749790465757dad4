package render

import (
	"fmt"
	"strings"
	"time"

	"wksbm/bot/paper"
)

var wita = time.FixedZone("WITA", 8*3600)

func day(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, wita) }

// ledger is a paper as a village hands it in, with rows of aid.
func ledger(rows int) paper.Paper {
	aid := paper.Table{
		Title: "Bantuan yang diterima", Sheet: "Diterima",
		Columns: []paper.Column{
			{Title: "No.", Kind: paper.KindNumber},
			{Title: "Tanggal", Kind: paper.KindDate},
			{Title: "Pemberi"},
			{Title: "Barang", Weight: 2},
			{Title: "Jumlah", Kind: paper.KindNumber},
			{Title: "Nilai", Kind: paper.KindMoney},
		},
		Empty: "Belum ada bantuan yang diterima.",
	}
	goods := []string{"Beras", "Minyak goreng kemasan", "Paket sembako dari PKK kecamatan untuk keluarga lansia", "Telur"}
	sum := int64(0)
	for i := range rows {
		worth := int64(i+1) * 12_500
		sum += worth
		aid.Rows = append(aid.Rows, []paper.Cell{
			paper.Count(i + 1), paper.Date(day(1 + i%28)), paper.Text("Donatur " + string(rune('A'+i%26))),
			paper.Text(goods[i%len(goods)]), paper.Quantity(int64(i)*2500 + 1250), paper.Rupiah(worth),
		})
	}
	if rows > 0 {
		aid.Total = []paper.Cell{{}, {}, paper.Text("Jumlah"), {}, {}, paper.Rupiah(sum)}
	}
	return paper.Paper{
		File:  "laporan-seloto-2026-11",
		Kop:   []string{"Wahana Kesejahteraan Sosial Berbasis Masyarakat (WKSBM)", "DESA SELOTO", "Kecamatan Taliwang, Kabupaten Sumbawa Barat"},
		Title: "LAPORAN BULANAN PENERIMAAN BANTUAN", Number: "400.9/012/WKSBM/XI/2026", Period: "1–30 November 2026",
		Facts: []paper.Fact{
			{Label: "Desa/Kelurahan", Value: "Seloto"},
			{Label: "Kecamatan", Value: "Taliwang"},
			{Label: "SK Pembentukan WKSBM", Value: "Nomor 141/07/2024 tanggal 12 Januari 2024"},
		},
		Tables: []paper.Table{aid},
		Notes:  []string{"Jumlah barang ditulis dalam satuan seperti dilaporkan.", "Laporan susulan ikut dihitung pada bulan kejadiannya."},
		Place:  "Seloto", Date: day(30), Made: day(30).Add(9 * time.Hour),
		Signs: []paper.Sign{{Role: "Mengetahui,\nKepala Desa Seloto"}, {Role: "Ketua WKSBM", Name: "Sumiati"}},
	}
}

// broad is a recap of villages by counts and money: more columns than a standing page holds.
func broad(rows, columns int) paper.Paper {
	p := ledger(3)
	t := paper.Table{Title: "Rekap per desa", Sheet: "Per desa", Columns: []paper.Column{{Title: "Desa/Kelurahan"}}}
	for c := 1; c < columns; c++ {
		t.Columns = append(t.Columns, paper.Column{Title: fmt.Sprintf("Jenis bantuan %d", c), Kind: paper.KindMoney})
	}
	for r := range rows {
		row := []paper.Cell{paper.Text(fmt.Sprintf("Desa %d", r+1))}
		for c := 1; c < columns; c++ {
			row = append(row, paper.Rupiah(int64(r+1)*int64(c)*1000))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Total = append([]paper.Cell{paper.Text("Jumlah")}, t.Rows[max(0, rows-1)][1:]...)
	p.Tables = append(p.Tables, t)
	return p
}

// odd is a paper full of what people should not type.
func odd() paper.Paper {
	p := ledger(1)
	name := strings.Repeat("Siti Nurhaliza binti Abdurrahman ", 10)
	p.Tables[0].Rows = [][]paper.Cell{
		{paper.Count(1), paper.Date(day(1)), paper.Text("=1+1"), paper.Text("🙏 terima kasih 👩‍👩‍👧\u202e kasih \x00\x07"), paper.Quantity(1500), paper.Rupiah(-5000)},
		{paper.Count(2), paper.Date(day(2)), paper.Text("@SUM(A1)"), paper.Text(name), paper.Quantity(-2500), paper.Rupiah(1)},
		{paper.Count(3), paper.Date(day(3)), paper.Text("+62812000"), paper.Text(strings.Repeat("x", 400)), {}, {}},
		{paper.Count(4), paper.Date(time.Time{}), paper.Text("5207990000000001"), paper.Text("\xff\xfe 𝗕𝗲𝗿𝗮𝘀 ½ karung, José, 稲, ‘kutip’ – 5 m²"), {}, {}},
	}
	return p
}
