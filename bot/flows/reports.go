package flows

import (
	"fmt"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

func myReports() chat.Button {
	return chat.Button{Label: "Laporan saya", Data: chat.NewTap("r", "list", "0").Data()}
}

// pageSize is how many reports one page of /laporan shows.
const pageSize = 5

// Reports lists the person's own reports, newest first, with numbers below before (0: the newest).
func Reports(e Env, before uint64) chat.Reply {
	page := ownReports(e, before, pageSize+1)
	if len(page) == 0 {
		return screen("<b>Belum ada laporan.</b>\nYang pertama bisa dimulai sekarang.", []chat.Button{tap("📥 Terima", "bantuan"), tap("Menu", "menu")})
	}
	more := len(page) > pageSize
	page = page[:min(len(page), pageSize)]
	lines := []string{"📒 <b>Laporan saya</b>"}
	var rows [][]chat.Button
	var row []chat.Button
	for _, r := range page {
		words := "No. " + Number(r.Number) + " · " + text.ShortDate(r.Date.Time()) + " · " + chat.Escape(Line(e, r))
		if r.Late() {
			words += " (susulan)"
		}
		switch r.State {
		case storage.Cancelled:
			words = "<s>" + words + "</s> (dibatalkan)"
		case storage.Refused:
			words = "<s>" + words + "</s> (ditolak)"
		case storage.Returned:
			words += " (↩️ dikembalikan)"
		}
		lines = append(lines, words)
		if row = append(row, reportTap("No. "+Number(r.Number), "open", r.Number)); len(row) == 3 {
			rows, row = append(rows, row), nil
		}
	}
	if row != nil {
		rows = append(rows, row)
	}
	var turn []chat.Button
	if before != 0 {
		turn = append(turn, reportTap("« Terbaru", "list", 0))
	}
	if more {
		turn = append(turn, reportTap("Lebih lama ›", "list", page[len(page)-1].Number))
	}
	if turn != nil {
		rows = append(rows, turn)
	}
	return screen(strings.Join(lines, "\n"), append(rows, []chat.Button{tap("Menu", "menu")})...)
}

// ownReports returns up to n of the person's own reports with numbers below before, newest first. A
// ketua has those of people who are gone, too.
func ownReports(e Env, before uint64, n int) []storage.Report {
	if !e.isKetua() {
		return e.Tx.ReportsBy(e.Who.ID, before, n)
	}
	const some = 50
	var out []storage.Report
	for {
		part := e.Tx.ReportsIn(e.Member.Village, before, some)
		for _, r := range part {
			if mine(e, r) {
				out = append(out, r)
			}
			before = r.Number
		}
		if len(part) < some || len(out) >= n {
			return out[:min(len(out), n)]
		}
	}
}

func reportTap(label, act string, n uint64) chat.Button {
	return chat.Button{Label: label, Data: chat.NewTap("r", act, strconv.FormatUint(n, 10)).Data()}
}

// Unanswered are buttons that open the questions for which staff returned reports of the person's own.
func Unanswered(e Env) [][]chat.Button {
	const most = 3
	var out [][]chat.Button
	for _, r := range OwnReturned(e, e.Tx.ReturnedReports()) {
		if len(out) < most {
			out = append(out, []chat.Button{reportTap("↩️ Perbaiki No. "+Number(r.Number), "fix", r.Number)})
		}
	}
	return out
}

// OwnReturned are those of returned reports that are the person's own, and can be answered for.
func OwnReturned(e Env, returned []storage.Report) []storage.Report {
	var out []storage.Report
	for _, r := range returned {
		if mine(e, r) && !e.Tx.ReportErased(r) {
			out = append(out, r)
		}
	}
	return out
}

// ReportPhotos sends the pictures of one of the person's own reports.
func ReportPhotos(e Env, n uint64) []chat.Reply {
	r, ok := e.Tx.Report(n)
	if !ok || !mine(e, r) {
		return []chat.Reply{OpenReport(e, n)}
	}
	photos := photosOf(r)
	var out []chat.Reply
	for i, id := range photos {
		out = append(out, chat.Reply{
			Act: chat.Say, Class: chat.Notice, Photo: id,
			Text: fmt.Sprintf("No. %s · foto %d dari %d", Number(n), i+1, len(photos)),
		})
	}
	return out
}

func photosOf(r storage.Report) []string {
	if k := kindOf(r); k.photos != nil {
		return k.photos(r)
	}
	return nil
}

// OpenReport shows one of the person's own reports; another's does not exist for them.
func OpenReport(e Env, n uint64) chat.Reply {
	r, ok := e.Tx.Report(n)
	if !ok || !mine(e, r) {
		return screen("Laporan itu tidak ada di daftar Anda.", []chat.Button{myReports(), tap("Menu", "menu")})
	}
	at := r.At.In(e.Now.Location())
	words := "<b>No. " + Number(n) + "</b> · dicatat " + text.ShortDate(at) + ", " + text.Clock(at) + "\n" + kindOf(r).card(e, r)
	if late := lateWords(r); late != "" {
		words += "\n" + late
	}
	rows := [][]chat.Button{{myReports(), tap("Menu", "menu")}}
	if len(photosOf(r)) > 0 {
		rows = append(rows, []chat.Button{reportTap("Lihat foto", "photo", n)})
	}
	switch {
	case r.State == storage.Cancelled:
		words += "\n↩️ Dibatalkan, tidak dihitung."
	case r.State == storage.Refused:
		words += "\n↩️ Ditolak Dinsos, tidak dihitung. " + reasonLine(e, r)
	case waits(e, n):
		words += "\n⏳ Perubahannya menunggu persetujuan Dinsos."
	default:
		if r.State == storage.Verified {
			words += "\n✅ Sudah diperiksa Dinsos."
		}
		row := []chat.Button{reportTap("Batalkan laporan", "cancel", n)}
		switch {
		case r.State == storage.Returned:
			words += "\n↩️ Dikembalikan Dinsos, belum dihitung. " + reasonLine(e, r)
			if !e.Tx.ReportErased(r) {
				row = append([]chat.Button{reportTap("Perbaiki", "fix", n)}, row...)
			}
		case kindOf(r).command != "" && !e.Tx.ReportErased(r):
			row = append([]chat.Button{reportTap("Ubah", "edit", n)}, row...)
		}
		rows = append(rows, row)
	}
	return screen(words, rows...)
}
