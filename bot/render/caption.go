package render

import (
	"fmt"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/digest"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/storage"
)

// Caption prints the numbers of a digest as few lines, to stand below its picture.
func Caption(d digest.Digest) string {
	title := "Rekap WKSBM"
	if d.Scope.Code != 0 {
		title += " " + d.Scope.Title()
	}
	lines := []string{"<b>" + chat.Escape(title+" · "+d.Period.Title()) + "</b>", ""}
	change := change
	if d.Earlier.Reports == 0 {
		change = func(int64, int64) string { return "" }
	}
	if d.Empty() {
		lines = append(lines, "Belum ada laporan.")
	} else {
		lines = append(lines, reports(d.Totals, change(int64(d.Totals.Reports), int64(d.Earlier.Reports))))
	}
	received, others := d.Rows(storage.In)
	lines = append(lines, listed("📥 <b>Diterima</b> ", received, others, change, "")...)
	given, others := d.Rows(storage.Out)
	lines = append(lines, listed("📤 <b>Disalurkan</b> ", given, others, change, arrow(d.Totals))...)
	lines = append(lines, work(d)...)
	lines = append(lines, "", States(d))
	if d.Earlier.Reports != 0 && !d.Empty() {
		lines = append(lines, "<i>▲▼ dibanding "+d.Compared()+"</i>")
	}
	return strings.Join(lines, "\n")
}

// listed prints goods behind a head on one line; none when there are none. How an amount moved is said of
// money alone.
func listed(head string, rows []digest.Row, others int, change func(now, before int64) string, tail string) []string {
	var out []string
	for _, row := range rows {
		amount := goods.Amount(row.Unit, row.Quantity)
		if row.Item == storage.ItemMoney {
			out = append(out, amount+change(int64(row.Quantity), int64(row.Before)))
			continue
		}
		out = append(out, chat.Escape(strings.ToLower(goods.ByCode(row.Item).Label))+" "+amount)
	}
	if others > 0 {
		out = append(out, "barang lain "+text.Count(others))
	}
	if len(out) == 0 {
		return nil
	}
	return []string{head + strings.Join(out, " · ") + tail}
}

// work says what was done beside handing on aid: households, meetings, programmes, what waits, what the
// villages manage by themselves. Lines without a number are left out.
func work(d digest.Digest) []string {
	var out []string
	stock, others := d.Stock()
	out = append(out, listed("📒 <b>Sisa buku desa</b> ", stock, others, func(int64, int64) string { return "" }, "")...)
	for _, line := range []string{households(d.People(), d.Totals), sorts(d), meetings(d.Totals), programmes(d.Totals), desk(d), late(d), means(d)} {
		if line != "" {
			out = append(out, line)
		}
	}
	return out
}

func households(people string, t storage.Totals) string {
	found, proven, finished := t.Counts[storage.CountCases], stateCount(t, storage.CaseProven), stateCount(t, storage.Finished)
	helped := t.Counts[digest.CountHelped]
	if found+proven+helped+finished == 0 {
		return ""
	}
	line := fmt.Sprintf("🏠 <b>%s baru</b> %s", chat.Escape(people), text.Count(found))
	if n := t.Counts[storage.CountUrgent]; n > 0 {
		line += " (" + text.Count(n) + " mendesak)"
	}
	line += " · terverifikasi " + text.Count(proven)
	if helped > 0 {
		line += " · terdata dibantu " + text.Count(helped)
	}
	return line + " · selesai " + text.Count(finished)
}

// sorts says, in the digest of more than a day, of which categories most of the new households are; sensitive ones are
// not named.
func sorts(d digest.Digest) string {
	most, others := digest.Most(d.Totals, 3)
	if len(most) == 0 || d.Period.IsDay() {
		return ""
	}
	var out []string
	for _, c := range most {
		out = append(out, chat.Escape(c.Label)+" "+text.Count(c.Count))
	}
	if others > 0 {
		out = append(out, "lainnya "+text.Count(others))
	}
	return strings.Join(out, " · ")
}

func stateCount(t storage.Totals, s storage.CaseState) int {
	return t.Counts[storage.CountState+string(s)]
}

func meetings(t storage.Totals) string {
	n, invited, present := t.Counts[storage.CountMeetings], t.Counts[storage.CountInvited], t.Counts[storage.CountPresent]
	switch {
	case n == 0:
		return ""
	case invited < present || invited == 0:
		return "👥 <b>Pertemuan</b> " + text.Count(n) + " · hadir " + text.Count(present)
	}
	return fmt.Sprintf("👥 <b>Pertemuan</b> %s · hadir %s dari %s (%d %%)", text.Count(n), text.Count(present), text.Count(invited), percent(int64(present), int64(invited)))
}

func programmes(t storage.Totals) string {
	var out []string
	for _, s := range []struct {
		state storage.ActivityState
		label string
	}{{storage.Planned, "direncanakan"}, {storage.Running, "dimulai"}, {storage.Done, "selesai"}} {
		if n := t.Counts[storage.CountActivity+string(s.state)]; n > 0 {
			out = append(out, s.label+" "+text.Count(n))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "<b>Kegiatan</b> " + strings.Join(out, " · ")
}

// desk says how much waits for staff, and how long.
func desk(d digest.Digest) string {
	n, others := d.Desk.Waiting(), ""
	if d.Desk.Others > 0 {
		others = "bantuan & rapat " + text.Count(d.Desk.Others)
	}
	switch {
	case n == 0 && others == "":
		return ""
	case n == 0:
		return "⏳ <b>Menunggu diperiksa:</b> " + chat.Escape(others)
	case others != "":
		others = " · " + chat.Escape(others)
	}
	since := "hari ini"
	if days := int(d.Asked - d.Desk.Oldest); days > 0 {
		since = strconv.Itoa(days) + " hari"
	}
	return fmt.Sprintf("⏳ <b>Menunggu diperiksa</b> %s (tertua %s)%s", text.Count(n), since, others)
}

// late says, in the digest of a day, how many households wait for a step that was to be done before.
func late(d digest.Digest) string {
	if d.Desk.Overdue == 0 || !d.Period.IsDay() {
		return ""
	}
	return "⏰ <b>Lewat waktu</b> " + text.Count(d.Desk.Overdue)
}

// means says how far the villages manage by themselves.
func means(d digest.Digest) string {
	own, all := digest.OwnMoney(d.Totals)
	if all == 0 || own == 0 {
		return ""
	}
	return fmt.Sprintf("<b>Dana sendiri</b> %s (%d %% dari uang masuk)", text.Rupiah(own), percent(own, all))
}

func percent(part, whole int64) int64 {
	if whole == 0 {
		return 0
	}
	return (part*100 + whole/2) / whole
}
