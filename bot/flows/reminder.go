package flows

import (
	"strconv"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/remind"
	"wksbm/bot/text"
	"wksbm/storage"
)

// reminder is a message that nobody asked for: it leaves the card that is open as it is.
func reminder(words string, rows ...[]chat.Button) chat.Reply {
	return chat.Reply{Act: chat.Say, Class: chat.Notice, Text: words, Buttons: rows}
}

// RemindDraft names a draft that lies unfinished, and says how many others do.
func RemindDraft(e Env, draft uint64, title string, others int) chat.Reply {
	words := "Masih ada isian yang belum dikirim, " + e.call() + ":\n<b>" + chat.Escape(title) + "</b>"
	id := strconv.FormatUint(draft, 36)
	row := []chat.Button{tap("Lanjutkan", "lanjut", id), tap("Buang", "buang", id)}
	if others > 0 {
		row = append(row, tap("Menu", "menu"))
		words += "\nIsian lain yang menunggu: " + strconv.Itoa(others) + ", ada di Menu."
	}
	return reminder(words, row)
}

// RemindReturned names a report that staff returned and that nobody answered for yet, and says how many
// others there are.
func RemindReturned(e Env, due []storage.Report) chat.Reply {
	r := due[0]
	words := "↩️ Laporan <b>No. " + Number(r.Number) + "</b> masih menunggu jawaban " + e.address() + ".\n" + reasonLine(e, r)
	if n := len(due) - 1; n > 0 {
		words += "\nYang lain: " + strconv.Itoa(n) + ", ada di Menu."
	} else {
		words += "\nBelum dihitung di rekap sampai diperbaiki."
	}
	return reminder(words, []chat.Button{reportTap("Perbaiki", "fix", r.Number), reportTap("Lihat", "open", r.Number), tap("Menu", "menu")})
}

// RemindMonth asks for the report of a month.
func RemindMonth(e Env, m storage.Month) chat.Reply {
	today, last := storage.DayOf(e.Now), remind.Deadline(m)
	until := "sampai " + dayMonth(last.Time())
	if today == last {
		until = "hari ini"
	}
	home, _ := e.Region.ByCode(e.Member.Village)
	words := e.address() + ", laporan " + nameOfMonth(m) + " " + chat.Escape(home.Title()) + " belum masuk.\nBoleh kapan saja " + until + "."
	label := "Nihil bulan ini"
	if m != today.Month() {
		label = "Nihil " + nameOfMonth(m)
	}
	row := []chat.Button{tap("📥 Lapor", "menu")}
	if opens("nihil") {
		row = append(row, tap(label, "nihil", m.String()))
	}
	rows := [][]chat.Button{row}
	if e.Reminders.Free(*e.Nags, today+soon) <= last {
		rows = append(rows, []chat.Button{tap("Ingatkan 3 hari lagi", "diam", laterWord)})
	}
	return reminder(words, rows...)
}

// RemindMeeting says when the village meets.
func RemindMeeting(e Env, next storage.NextMeeting) chat.Reply {
	day := "Besok"
	if next.Day == storage.DayOf(e.Now) {
		day = "Hari ini"
	}
	home, _ := e.Region.ByCode(e.Member.Village)
	words := "👥 <b>" + day + " rapat " + chat.Escape(home.Title()) + "</b>\n" + text.Date(next.Day.Time())
	if next.Start >= 0 {
		words += ", " + text.Clock(next.Day.Time().Add(time.Duration(next.Start)*time.Minute))
	}
	words += "."
	if place := nextPlace(e, next); place != "" {
		words += "\nTempat: " + chat.Escape(place) + "."
	}
	words += "\nSesudah rapat, hasilnya dicatat di sini."
	return reminder(words, menuRows([]place{{"Catat rapat", "rapat"}, {"Pengingat", "diam"}})...)
}

func nameOfMonth(m storage.Month) string { return text.MonthName(m.First().Time().Month()) }

// dayMonth prints "5 Desember".
func dayMonth(t time.Time) string { return strconv.Itoa(t.Day()) + " " + text.MonthName(t.Month()) }
