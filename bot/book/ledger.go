package book

import (
	"wksbm/bot/paper"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

const nothing = "Tidak ada catatan pada bulan ini."

// cash writes the account of money.
func (s Shelf) cash(p *paper.Paper) {
	a := s.Account(storage.ItemMoney, storage.UnitRupiah)
	p.Facts = []paper.Fact{
		{Label: "Saldo awal", Value: a.Amount(a.Opening)},
		{Label: "Uang masuk", Value: a.Amount(a.In)},
		{Label: "Uang keluar", Value: a.Amount(a.Out)},
		{Label: "Saldo akhir", Value: a.Amount(a.Closing)},
	}
	t := s.ledger(a)
	t.Title, t.Sheet = "", "Kas"
	p.Tables = append([]paper.Table{t}, purposes([]Account{a})...)
}

// goods writes a summary, then one account after the other: units are never mixed.
func (s Shelf) goods(p *paper.Paper) {
	accounts := s.ofGoods()
	summary := paper.Table{
		Title: "Ringkasan barang", Sheet: "Barang", Empty: nothing,
		Columns: []paper.Column{
			{Title: "No.", Kind: paper.KindNumber},
			{Title: "Barang", Weight: 3},
			{Title: "Satuan"},
			{Title: "Awal", Kind: paper.KindNumber},
			{Title: "Masuk", Kind: paper.KindNumber},
			{Title: "Keluar", Kind: paper.KindNumber},
			{Title: "Sisa", Kind: paper.KindNumber},
		},
	}
	p.Tables = []paper.Table{{}}
	for i, a := range accounts {
		summary.Rows = append(summary.Rows, []paper.Cell{
			paper.Count(i + 1), paper.Text(a.Label()), paper.Text(unitLabel(a.Unit)),
			a.cell(a.Opening), a.cell(a.In), a.cell(a.Out), a.cell(a.Closing).Strong(),
		})
		p.Tables = append(p.Tables, s.ledger(a))
	}
	p.Tables[0] = summary
	p.Tables = append(p.Tables, purposes(accounts)...)
	p.Facts = []paper.Fact{{Label: "Jenis barang", Value: text.Milli(len(accounts)*1000).String() + " (menurut barang dan satuan)"}}
}

// ofGoods are the accounts that are not of money.
func (s Shelf) ofGoods() []Account {
	var out []Account
	for _, a := range s.Accounts() {
		if !a.Money() {
			out = append(out, a)
		}
	}
	return out
}

// cell is an amount as the account counts.
func (a Account) cell(q storage.Quantity) paper.Cell {
	if a.Money() {
		return paper.Rupiah(int64(q) / 1000)
	}
	return paper.Quantity(int64(q))
}

// side is an amount of one column; nothing moved is an empty cell.
func (a Account) side(q storage.Quantity) paper.Cell {
	if q == 0 {
		return paper.Cell{}
	}
	return a.cell(q)
}

// ledger is the table of an account with its running balance.
func (s Shelf) ledger(a Account) paper.Table {
	kind, left := paper.KindNumber, "Sisa"
	if a.Money() {
		kind, left = paper.KindMoney, "Saldo"
	}
	t := paper.Table{
		Title: a.Name(), Sheet: a.Name(), Empty: nothing,
		Columns: []paper.Column{
			{Title: "Tanggal", Kind: paper.KindDate},
			{Title: "No. laporan"},
			{Title: "Uraian", Weight: 4},
			{Title: "Masuk", Kind: kind},
			{Title: "Keluar", Kind: kind},
			{Title: left, Kind: kind},
		},
		Rows: [][]paper.Cell{{
			paper.Date(s.Month.First().Time()), {}, paper.Text(left + " dari " + MonthName(s.Month-1)), {}, {}, a.cell(a.Opening),
		}},
	}
	for _, r := range a.Rows {
		t.Rows = append(t.Rows, []paper.Cell{
			paper.Date(r.Date.Time()), paper.Text(number(r.Report)), paper.Text(r.Words), a.side(r.In), a.side(r.Out), a.cell(r.Balance),
		})
	}
	t.Total = []paper.Cell{{}, {}, paper.Text("Jumlah bulan ini"), a.cell(a.In), a.cell(a.Out), a.cell(a.Closing)}
	return t
}

// purposes say for whom what is left is kept; nothing when all is for everybody.
func purposes(accounts []Account) []paper.Table {
	t := paper.Table{
		Title: "Sisa menurut peruntukan", Sheet: "Peruntukan",
		Columns: []paper.Column{{Title: "Barang", Weight: 2}, {Title: "Untuk", Weight: 2}, {Title: "Sisa", Kind: paper.KindNumber}},
	}
	kept := false
	for _, a := range accounts {
		for _, l := range a.Left {
			kept = kept || l.Earmark != "general"
			t.Rows = append(t.Rows, []paper.Cell{paper.Text(a.Name()), paper.Text(welfare.TermLabel(welfare.Purposes(), l.Earmark)), a.cell(l.Quantity)})
		}
	}
	if !kept {
		return nil
	}
	return []paper.Table{t}
}
