package flows

import (
	"fmt"
	"strings"

	"wksbm/bot/book"
	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// bookRows is how many rows of a book one screen shows.
const bookRows = 8

// body shows the rows of the chosen book, and buttons for more.
func (l *bookLook) body() (string, [][]chat.Button) {
	switch l.kind {
	case book.Cash:
		return l.ledger(l.shelf.Account(storage.ItemMoney, storage.UnitRupiah))
	case book.Goods:
		return l.goods()
	case book.Cases:
		return l.listed(caseLines(l.shelf.CaseRows()), "Belum ada warga yang terdata.")
	case book.Meetings:
		return l.listed(meetingLines(l.shelf.MeetingRows()), "Belum ada rapat yang tercatat.")
	case book.Activities:
		return l.listed(activityLines(l.shelf.ActivityRows()), "Belum ada kegiatan yang tercatat.")
	case book.Partners:
		return l.listed(partnerLines(l.shelf.PartnerRows()), "Belum ada mitra yang tercatat.")
	}
	return chat.Escape(strings.Join(l.shelf.Headline(book.Monthly), "\n")), nil
}

// latest is the page of n rows that is looked at, the last rows first, and the buttons to the others.
func (l *bookLook) latest(n int) (from, to int, turn []chat.Button) {
	l.page = max(0, min(l.page, (n-1)/bookRows))
	to = n - l.page*bookRows
	from = max(0, to-bookRows)
	if from > 0 {
		turn = append(turn, l.tap("« Lebih lama", l.kind, l.month, l.page+1, l.account))
	}
	if l.page > 0 {
		turn = append(turn, l.tap("Lebih baru »", l.kind, l.month, l.page-1, l.account))
	}
	return from, to, turn
}

// first is the page of n rows that is looked at, the first rows first, and the buttons to the others.
func (l *bookLook) first(n int) (from, to int, turn []chat.Button) {
	l.page = max(0, min(l.page, (n-1)/bookRows))
	from = l.page * bookRows
	to = min(n, from+bookRows)
	if l.page > 0 {
		turn = append(turn, l.tap("« Sebelumnya", l.kind, l.month, l.page-1))
	}
	if to < n {
		turn = append(turn, l.tap("Berikutnya »", l.kind, l.month, l.page+1))
	}
	return from, to, turn
}

// listed shows key figures and rows.
func (l *bookLook) listed(lines []string, empty string) (string, [][]chat.Button) {
	if len(lines) == 0 {
		l.empty = true
		return empty, nil
	}
	from, to, turn := l.latest(len(lines))
	if l.kind == book.Partners {
		from, to, turn = l.first(len(lines))
	}
	words := chat.Escape(strings.Join(l.shelf.Headline(l.kind), "\n")) + "\n\n" + strings.Join(lines[from:to], "\n")
	return words + l.span(from, to, len(lines)), [][]chat.Button{turn}
}

// span says which rows are shown when it is not all.
func (l *bookLook) span(from, to, n int) string {
	if to-from == n {
		return ""
	}
	return fmt.Sprintf("\n<i>Baris %d–%d dari %d</i>", from+1, to, n)
}

// ledger shows an account with its running balance.
func (l *bookLook) ledger(a book.Account) (string, [][]chat.Button) {
	var out []string
	left := "Saldo"
	if !a.Money() {
		out, left = append(out, chat.Escape(a.Name())), "Sisa"
	}
	from, to, turn := l.latest(len(a.Rows))
	opening := a.Opening
	if from > 0 {
		opening = a.Rows[from-1].Balance
	}
	out = append(out, left+" awal "+a.Amount(opening))
	for _, r := range a.Rows[from:to] {
		words := chat.Escape(text.Clip(r.Words, 70))
		if !r.Undo { // a correction names its report itself
			words += " · No. " + Number(r.Report)
		}
		out = append(out, text.ShortDay(r.Date.Time())+" · "+words, "    "+moved(a, r)+" = <b>"+a.Amount(r.Balance)+"</b>")
	}
	if len(a.Rows) == 0 {
		out = append(out, "Tidak ada catatan bulan ini.")
	}
	out = append(out, "Masuk "+a.Amount(a.In)+" · keluar "+a.Amount(a.Out)+" · "+strings.ToLower(left)+" <b>"+a.Amount(a.Closing)+"</b>")
	return strings.Join(out, "\n") + l.span(from, to, len(a.Rows)), [][]chat.Button{turn}
}

// moved prints what a row did to the balance.
func moved(a book.Account, r book.Row) string {
	if by := r.In - r.Out; by < 0 {
		return "− " + a.Amount(-by)
	} else {
		return "+ " + a.Amount(by)
	}
}

// goods shows the accounts of the goods, or one of them.
func (l *bookLook) goods() (string, [][]chat.Button) {
	var all []book.Account
	for _, a := range l.shelf.Accounts() {
		if !a.Money() {
			all = append(all, a)
		}
		if l.account != "" && accountCode(a) == l.account {
			return l.ledger(a)
		}
	}
	l.account = ""
	if len(all) == 0 {
		return "Belum ada barang yang tercatat.", nil
	}
	from, to, turn := l.first(len(all))
	var lines []string
	var rows [][]chat.Button
	var row []chat.Button
	for _, a := range all[from:to] {
		lines = append(lines, chat.Escape(a.Label())+" <b>"+a.Amount(a.Closing)+"</b> ("+a.Moved()+")")
		if row = append(row, l.tap(text.Clip(a.Label(), 14)+" "+text.UnitLabel(a.Unit), book.Goods, l.month, 0, accountCode(a))); len(row) == 2 {
			rows, row = append(rows, row), nil
		}
	}
	return strings.Join(lines, "\n") + l.span(from, to, len(all)), append(rows, row, turn)
}

func caseLines(rows []book.CaseRow) []string {
	var out []string
	for _, r := range rows {
		words := "No. " + Number(r.Number) + " · <b>" + chat.Escape(text.Clip(r.Name, 40)) + "</b>"
		if r.Address != "—" {
			words += " · " + chat.Escape(text.Clip(r.Address, 40))
		}
		words += fmt.Sprintf(" · %d jiwa · %s", r.Persons, r.State)
		if r.Urgent {
			words += " · mendesak"
		}
		if r.Helped > 0 {
			words += fmt.Sprintf(" · bantuan %d×", r.Helped)
		}
		out = append(out, words)
	}
	return out
}

func meetingLines(rows []book.MeetingRow) []string {
	var out []string
	for _, r := range rows {
		out = append(out, text.ShortDay(r.Report.Date.Time())+" · "+r.Title+fmt.Sprintf(" · hadir %d dari %d · No. ", r.Body.Present(), r.Body.Invited)+Number(r.Report.Number))
	}
	return out
}

func activityLines(rows []book.ActivityRow) []string {
	var out []string
	for _, r := range rows {
		out = append(out, chat.Escape(text.Clip(r.Title, 60))+" · "+r.When+" · "+book.ActivityLabel(r.State))
	}
	return out
}

func partnerLines(rows []book.PartnerRow) []string {
	var out []string
	for _, r := range rows {
		words := chat.Escape(text.Clip(r.Name, 60)) + " · " + r.Kind
		if r.Area != "" {
			words += " · " + chat.Escape(r.Area)
		}
		out = append(out, words)
	}
	return out
}
