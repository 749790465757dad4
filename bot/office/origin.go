package office

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/digest"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Origin is the command, and the beginning of the payload of a link, that opens in private where the
// numbers of a digest come from.
const Origin = "asal"

// origin leads from a digest to where its numbers come from.
func origin(tx *storage.Tx, p digest.Period, scope region.Code) [][]chat.Button {
	name := tx.Note(NameNote)
	if name == "" {
		return nil
	}
	return [][]chat.Button{{{Label: "Lihat asal", URL: Link(name, Origin+"_"+originArg(p, scope))}}}
}

func originArg(p digest.Period, scope region.Code) string {
	if scope == 0 {
		return p.Key()
	}
	return p.Key() + "_" + scope.String()
}

// trace is where somebody is on the way from a digest to its reports: a period, a place, a page of the
// reports of a village, one report. It is written with "_" between.
type trace struct {
	period digest.Period
	at     region.Place
	page   int
	report uint64
}

// parseTrace reads what trace.arg wrote.
func (o *Office) parseTrace(args string) (t trace, ok bool) {
	parts := strings.Split(args, "_")
	if t.period, ok = digest.ParseKey(parts[0]); !ok || len(parts) > 4 {
		return t, false
	}
	if len(parts) > 1 {
		code, _ := region.ParseCode(parts[1])
		if t.at, ok = o.Region.ByCode(code); !ok {
			return t, false
		}
	}
	if len(parts) > 2 {
		page, err := strconv.Atoi(parts[2])
		if t.page = page; err != nil || page < 0 {
			return t, false
		}
	}
	if len(parts) > 3 {
		n, err := strconv.ParseUint(parts[3], 10, 64)
		if t.report = n; err != nil || n == 0 || t.at.Code == 0 {
			return t, false
		}
	}
	return t, true
}

func (t trace) arg() string {
	out := originArg(t.period, t.at.Code)
	if t.at.Code != 0 && t.page+int(t.report) > 0 {
		out += "_" + strconv.Itoa(t.page)
	}
	if t.report != 0 {
		out += "_" + strconv.FormatUint(t.report, 10)
	}
	return out
}

// button leads to a place on the way.
func (t trace) button(label string) chat.Button {
	return chat.Button{Label: label, Data: chat.NewTap("m", Origin, t.arg()).Data()}
}

// OriginOf answers in private where the numbers of a digest come from: reports by kecamatan, by village, one
// by one. args is what a trace is written as.
func (o *Office) OriginOf(tx *storage.Tx, args string, now time.Time) chat.Reply {
	r := chat.Reply{Act: chat.Say, Class: chat.Notice}
	t, ok := o.parseTrace(args)
	switch {
	case !ok:
		r.Text = "Rekap itu tidak ditemukan. Silakan buka lagi dari grup, tombol <b>Lihat asal</b>."
	case t.report != 0:
		o.originOfReport(tx, now, t, &r)
	case t.at.Code == 0 || t.at.Kind == region.District:
		o.originOfPlaces(tx, t, now, &r)
	default:
		o.originOfVillage(tx, t, now, &r)
	}
	return r
}

// originOfPlaces says how many reports the parts of a place have, with buttons that open them.
func (o *Office) originOfPlaces(tx *storage.Tx, t trace, now time.Time, r *chat.Reply) {
	made := digest.Make(tx, o.Region, t.period, t.at.Code, storage.DayOf(now))
	title, next := "Asal angka", "Pilih kecamatan."
	if t.at.Code != 0 {
		title, next = title+" "+t.at.Title(), "Pilih desa."
	}
	lines := []string{"<b>" + chat.Escape(title+" · "+t.period.Title()) + "</b>", "Belum ada laporan."}
	if made.Totals.Reports > 0 {
		lines[1] = kindsOf(made.Totals) + ". " + next
	}
	for _, part := range made.Parts {
		if part.Totals.Reports == 0 {
			continue
		}
		if len(r.Buttons) == 0 || len(r.Buttons[len(r.Buttons)-1]) == 2 {
			r.Buttons = append(r.Buttons, nil)
		}
		last := &r.Buttons[len(r.Buttons)-1]
		*last = append(*last, trace{period: t.period, at: part.Place}.button(fmt.Sprintf("%s (%d)", part.Place.Name, part.Totals.Reports)))
	}
	if t.at.Code != 0 {
		r.Buttons = append(r.Buttons, []chat.Button{trace{period: t.period}.button("‹ Kabupaten")})
	}
	r.Text = strings.Join(lines, "\n")
}

// kindsOf prints how many reports of what kinds there are.
func kindsOf(t storage.Totals) string {
	var out []string
	for _, c := range digest.ByKind(t) {
		out = append(out, c.Label+" "+strconv.Itoa(c.Count))
	}
	return strconv.Itoa(t.Reports) + " laporan: " + strings.Join(out, ", ")
}

// reportsShown is how many reports a page lists.
const reportsShown = 8

// originOfVillage lists the reports of a village that count, a page at a time.
func (o *Office) originOfVillage(tx *storage.Tx, t trace, now time.Time, r *chat.Reply) {
	all := digest.Reports(tx, t.at.Code, t.period.From, min(t.period.To, storage.DayOf(now)))
	pages := max(1, (len(all)+reportsShown-1)/reportsShown)
	t.page = min(t.page, pages-1)
	lines := []string{"<b>Asal angka " + chat.Escape(t.at.Title()+" · "+t.period.Title()) + "</b>", strconv.Itoa(len(all)) + " laporan"}
	if pages > 1 {
		lines[1] += fmt.Sprintf(" · halaman %d dari %d", t.page+1, pages)
	}
	if len(all) == 0 {
		lines[1] = "Belum ada laporan."
	}
	shown := all[t.page*reportsShown : min(len(all), (t.page+1)*reportsShown)]
	for i, report := range shown {
		lines = append(lines, chat.Escape(lineOf(report)))
		if i%4 == 0 {
			r.Buttons = append(r.Buttons, nil)
		}
		last := &r.Buttons[len(r.Buttons)-1]
		*last = append(*last, trace{t.period, t.at, t.page, report.Number}.button(number(report.Number)))
	}
	var turn []chat.Button
	if t.page > 0 {
		turn = append(turn, trace{period: t.period, at: t.at, page: t.page - 1}.button("‹ Sebelumnya"))
	}
	if t.page < pages-1 {
		turn = append(turn, trace{period: t.period, at: t.at, page: t.page + 1}.button("Berikutnya ›"))
	}
	if turn != nil {
		r.Buttons = append(r.Buttons, turn)
	}
	district, _ := o.Region.ByCode(t.at.District)
	r.Buttons = append(r.Buttons, []chat.Button{trace{period: t.period, at: district}.button("‹ " + district.Name)})
	r.Text = strings.Join(lines, "\n")
}

// lineOf is a report in one line: number, day, kind, counts, state.
func lineOf(r digest.Record) string {
	parts := []string{number(r.Number), text.ShortDay(r.Date.Time()), listKind(r.Kind)}
	if what := countsIn(r); what != "" {
		parts = append(parts, what)
	}
	switch {
	case r.Verified:
		parts = append(parts, "terverifikasi")
	case r.Kind == storage.HouseholdFound:
		parts = append(parts, "menunggu")
	}
	return strings.Join(parts, " · ")
}

// listKind names a kind of report in a list.
func listKind(kind string) string {
	switch kind {
	case storage.AidReceived:
		return "Diterima"
	case storage.AidGiven:
		return "Disalurkan"
	case storage.HouseholdFound:
		return "Warga"
	}
	return kindLabel(kind)
}

// countsIn is what may be counted of a report.
func countsIn(r digest.Record) string {
	switch r.Kind {
	case storage.AidReceived:
		return digest.Things(r.Lines)
	case storage.AidGiven:
		return digest.Things(r.Lines) + " → " + counted(r.Families, r.Persons)
	case storage.MeetingHeld:
		return strings.TrimPrefix(attendance(r), ", ")
	case storage.HouseholdFound:
		what := strings.Join(r.Case.Kinds(), ", ")
		if r.Case.Persons > 0 {
			what += " · " + strconv.Itoa(r.Case.Persons) + " jiwa"
		}
		if r.Case.Urgent {
			what += " · mendesak"
		}
		return what
	}
	return ""
}

// originOfReport shows one report of a village to staff: who reported it, and what may be counted.
func (o *Office) originOfReport(tx *storage.Tx, now time.Time, t trace, r *chat.Reply) {
	back := []chat.Button{trace{period: t.period, at: t.at, page: t.page}.button("‹ Daftar")}
	report, ok := tx.Report(t.report)
	if !ok || report.Village != t.at.Code {
		r.Text, r.Buttons = "Laporan itu tidak ditemukan.", [][]chat.Button{back}
		return
	}
	record := digest.RecordOf(report)
	lines := []string{"<b>No. " + number(report.Number) + " · " + digest.KindLabel(report.Kind) + "</b>", chat.Escape(o.Region.FullName(report.Village))}
	if what := countsIn(record); what != "" {
		lines = append(lines, chat.Escape(what))
	}
	day := "Tanggal: " + text.Date(report.Date.Time())
	if report.Late() {
		day += " (susulan, dicatat " + text.PlainDate(record.Day.Time()) + ")"
	}
	lines = append(lines, day, "Pelapor: "+chat.Escape(reporterOf(tx, report.By)), o.standing(tx, now, report))
	if name := tx.Note(NameNote); name != "" && report.Kind == storage.HouseholdFound {
		r.Buttons = append(r.Buttons, []chat.Button{{Label: "Rincian", URL: Link(name, Details+"_"+strconv.FormatUint(report.Number, 10))}})
	}
	r.Text, r.Buttons = strings.Join(lines, "\n"), append(r.Buttons, back)
}

// standing says what staff did with a report; not every kind waits for them.
func (o *Office) standing(tx *storage.Tx, now time.Time, r storage.Report) string {
	if r.State == storage.Recorded && !storage.Reviewed(r.Kind) {
		return "Tercatat, dihitung di rekap."
	}
	return o.stands(tx, now, r)
}

// reporterOf names who reported, with their role.
func reporterOf(tx *storage.Tx, user int64) string {
	m, ok := tx.Member(user)
	if !ok {
		return "tidak terdaftar lagi"
	}
	return tx.Unseal(m.Name, "name") + " (" + strings.ToLower(m.Role.Label()) + ")"
}
