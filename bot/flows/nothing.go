package flows

import (
	"slices"
	"strconv"

	"wksbm/bot/chat"
	"wksbm/bot/remind"
	"wksbm/bot/text"
	"wksbm/storage"
)

// nothingPageName is the page that tells that there is nothing to report for a month.
const nothingPageName = "nihil"

// nothingPage asks for a month of which there is nothing to report; with a month as its argument it
// records that.
func nothingPage() Page {
	return Page{Name: nothingPageName, Command: true, Show: func(e Env, args []string) []chat.Reply {
		if t, ok := text.ParseMonth(argAt(args, 0), e.Now); ok {
			m := storage.DayOf(t).Month()
			if slices.Contains(nothingMonths(e), m) {
				return []chat.Reply{tellNothing(e, m)}
			}
			return []chat.Reply{notNow(e, m)}
		}
		return []chat.Reply{askNothing(e)}
	}}
}

// nothingMonths are the months that can be told to have nothing, the earlier one first.
func nothingMonths(e Env) []storage.Month {
	m := storage.DayOf(e.Now).Month()
	if e.Now.Day() <= remind.Grace {
		return []storage.Month{m - 1, m}
	}
	return []storage.Month{m}
}

// notNow answers for a month that is closed, or has not come, and asks for those that are open.
func notNow(e Env, m storage.Month) chat.Reply {
	words := "Laporan " + monthTitle(m) + " sudah ditutup."
	if m > storage.DayOf(e.Now).Month() {
		words = monthTitle(m) + " belum tiba."
	}
	if len(openMonths(e)) == 0 {
		return screen(words+"\n"+settled(e, storage.DayOf(e.Now).Month())+"\nTidak perlu apa-apa lagi, "+e.call()+".", []chat.Button{myReports(), tap("Menu", "menu")})
	}
	r := askOf(openMonths(e))
	r.Text = words + "\n" + r.Text
	return r
}

// openMonths are the months that could be told to have nothing and did not report yet.
func openMonths(e Env) []storage.Month {
	return slices.DeleteFunc(nothingMonths(e), func(m storage.Month) bool { return countReports(e, m) > 0 || nothingOf(e, m) != nil })
}

// settled says what came for a month, "" when nothing did.
func settled(e Env, m storage.Month) string {
	if r := nothingOf(e, m); r != nil {
		return monthTitle(m) + " sudah tercatat nihil, No. " + Number(r.Number) + "."
	}
	if n := countReports(e, m); n > 0 {
		return monthTitle(m) + " sudah ada " + strconv.Itoa(n) + " laporan."
	}
	return ""
}

func monthTitle(m storage.Month) string { return text.Month(m.First().Time()) }

// askNothing asks for the months that are open; when none is, the present one says why.
func askNothing(e Env) chat.Reply {
	open := openMonths(e)
	if len(open) == 0 { // said again, or not needed
		return tellNothing(e, storage.DayOf(e.Now).Month())
	}
	r := askOf(open)
	if len(open) < len(nothingMonths(e)) {
		other := storage.DayOf(e.Now).Month()
		if open[0] == other {
			other--
		}
		r.Text += "\n" + settled(e, other)
	}
	return r
}

func askOf(open []storage.Month) chat.Reply {
	var row []chat.Button
	for _, m := range open {
		row = append(row, pageTap("Nihil "+nameOfMonth(m), nothingPageName, m.String()))
	}
	head := "Bulan apa yang tidak ada laporannya?"
	if len(open) == 1 {
		head = "Tidak ada yang dilaporkan untuk " + monthTitle(open[0]) + "?"
	}
	return screen("<b>"+head+"</b>\nSesudah ini laporan lain tetap boleh menyusul.", row, []chat.Button{tap("Menu", "menu")})
}

// countReports counts the village's reports of a month: those that happened in it, and those booked in it.
func countReports(e Env, m storage.Month) int {
	n := 0
	for _, r := range e.Tx.Booked(e.Member.Village, m.First(), storage.DayOf(e.Now)) {
		of := r.Date.Month() == m || storage.DayOf(r.At).Month() == m
		if of && r.State.Counts() && r.Kind != storage.NothingToReport {
			n++
		}
	}
	return n
}

// nothingOf finds the report that a month has nothing, nil when there is none.
func nothingOf(e Env, m storage.Month) *storage.Report {
	for _, r := range e.Tx.Booked(e.Member.Village, m.First(), storage.DayOf(e.Now)) {
		if r.Kind == storage.NothingToReport && r.State.Counts() && nothingMonth(r) == m {
			return &r
		}
	}
	return nil
}

func nothingMonth(r storage.Report) storage.Month {
	var body storage.Nothing
	r.DecodeBody(&body)
	return body.Month
}

// tellNothing records once that a month has nothing; said again it gives the same answer.
func tellNothing(e Env, m storage.Month) chat.Reply {
	if r := nothingOf(e, m); r != nil {
		return nothingReceipt(e, *r)
	}
	if countReports(e, m) > 0 {
		return screen("📒 <b>"+settled(e, m)+"</b>\nJadi tidak perlu nihil. Terima kasih, "+e.title()+".",
			[]chat.Button{myReports(), tap("Menu", "menu")})
	}
	day := min(storage.DayOf(e.Now), m.Last())
	must(e.Tx.Record(e.Now, e.Who.ID, e.Member.Village, storage.Reported{Report: storage.Report{
		Number: e.Tx.NextReport(), Kind: storage.NothingToReport, Village: e.Member.Village, By: e.Who.ID,
		Date: day, At: e.Now, Body: storage.EncodeBody(storage.Nothing{Month: m}),
	}}))
	return nothingReceipt(e, *nothingOf(e, m))
}

func nothingReceipt(e Env, r storage.Report) chat.Reply {
	row := []chat.Button{tap("Menu", "menu")}
	if mine(e, r) {
		row = append([]chat.Button{reportTap("Lihat", "open", r.Number)}, row...)
	}
	return last("✅ Tercatat. <b>No. "+Number(r.Number)+"</b> · Nihil "+monthTitle(nothingMonth(r))+
		"\nKalau nanti ada yang perlu dilaporkan, tetap boleh. Terima kasih, "+e.title()+".", row)
}

func nothingKind() kind {
	month := func(r storage.Report) string { return monthTitle(nothingMonth(r)) }
	return kind{
		code: storage.NothingToReport,
		line: func(_ Env, r storage.Report) string { return "Nihil " + month(r) },
		card: func(_ Env, r storage.Report) string {
			return "<b>Nihil " + month(r) + "</b>\nTidak ada yang dilaporkan."
		},
		receipt: func(Env, storage.Report) string { return "" },
	}
}
