package book

import (
	"fmt"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// Headline are the key figures of a book, a few short lines of plain text: the same that the digest of
// the month counts.
func (s Shelf) Headline(kind string) []string { return s.headline(kind) }

// Caption is what stands below a file, as Reply.Text.
func (s Shelf) Caption(kind string) string {
	words := "📒 <b>" + Title(kind) + " " + chat.Escape(s.Village.Title()) + "</b> · " + MonthName(s.Month)
	for _, line := range s.headline(kind) {
		words += "\n" + chat.Escape(line)
	}
	return words + "\nSilakan diperiksa dulu, lalu dicetak dan ditandatangani."
}

// listed is how many goods a headline names.
const listed = 6

func (s Shelf) headline(kind string) []string {
	switch kind {
	case Cash:
		a := s.Account(storage.ItemMoney, storage.UnitRupiah)
		return []string{"Masuk " + a.Amount(a.In) + " · keluar " + a.Amount(a.Out) + " · saldo " + a.Amount(a.Closing)}
	case Goods:
		return s.goodsHeadline()
	case Cases:
		rows, persons, urgent := s.CaseRows(), 0, 0
		for _, r := range rows {
			persons += r.Persons
			if r.Urgent {
				urgent++
			}
		}
		words := text.Count(len(rows)) + " keluarga · " + text.Count(persons) + " jiwa"
		if urgent > 0 {
			words += fmt.Sprintf(" · %d mendesak", urgent)
		}
		return []string{words}
	case Meetings:
		t := s.totals()
		if t.Counts[storage.CountMeetings] == 0 {
			return []string{"Belum ada rapat"}
		}
		return []string{fmt.Sprintf("%d kali · hadir %d dari %d orang", t.Counts[storage.CountMeetings], t.Counts[storage.CountPresent], t.Counts[storage.CountInvited])}
	case Activities:
		return []string{s.activityHeadline()}
	case Partners:
		return []string{fmt.Sprintf("%d mitra", len(s.PartnerRows()))}
	}
	return s.monthlyHeadline()
}

// totals are what the digest of the month shows of this village.
func (s Shelf) totals() storage.Totals { return s.Tx.MonthTotals(s.Village.Code, s.Month) }

func (s Shelf) goodsHeadline() []string {
	var out []string
	accounts := s.ofGoods()
	for i, a := range accounts {
		if i == listed && len(accounts) > listed+1 {
			return append(out, fmt.Sprintf("dan %d jenis lain", len(accounts)-listed))
		}
		out = append(out, a.Label()+" "+a.Amount(a.Closing)+" ("+a.Moved()+")")
	}
	if out == nil {
		return []string{"Belum ada barang"}
	}
	return out
}

func (s Shelf) activityHeadline() string {
	count := map[storage.ActivityState]int{}
	rows := s.ActivityRows()
	for _, r := range rows {
		count[r.State]++
	}
	if len(rows) == 0 {
		return "Belum ada kegiatan"
	}
	var parts []string
	for _, state := range []storage.ActivityState{storage.Planned, storage.Running, storage.Done, storage.Dropped} {
		if n := count[state]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, strings.ToLower(ActivityLabel(state))))
		}
	}
	return strings.Join(parts, " · ")
}

// moved lists what came in or went out in the month: money first.
func (s Shelf) moved(flow string) string {
	var parts []string
	for _, a := range s.Accounts() {
		q := a.In
		if flow == storage.Out {
			q = a.Out
		}
		switch {
		case q == 0:
		case a.Money():
			parts = append(parts, a.Amount(q))
		default:
			parts = append(parts, lower(a.Label())+" "+a.Amount(q))
		}
	}
	if len(parts) > listed+1 {
		parts = append(parts[:listed], fmt.Sprintf("%d jenis lain", len(parts)-listed))
	}
	if parts == nil {
		return "belum ada"
	}
	return strings.Join(parts, " · ")
}

func (s Shelf) monthlyHeadline() []string {
	t := s.totals().Counts
	given := s.moved(storage.Out)
	if got := heads(t[storage.CountFamilies], t[storage.CountPersons]); got != "" {
		given += " → " + got
	}
	cash := s.Account(storage.ItemMoney, storage.UnitRupiah)
	return []string{
		"Diterima: " + s.moved(storage.In), "Disalurkan: " + given, "Saldo kas: " + cash.Amount(cash.Closing),
		fmt.Sprintf("Warga baru %d · dirujuk %d · selesai %d", t[storage.CountCases], t[storage.CountState+string(storage.Referred)], t[storage.CountState+string(storage.Finished)]),
		"Rapat: " + lower(s.headline(Meetings)[0]),
	}
}
