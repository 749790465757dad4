// Package render is the press: it makes of a digest what is read.
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
	"wksbm/storage/region"
)

// Text prints a digest as Reply.Text.
func Text(d digest.Digest, r *region.Region) string {
	lines := title(d, Everything)
	if d.Empty() {
		lines = append(lines, "", "Belum ada laporan.")
		lines = append(lines, said(d)...)
	} else {
		lines = append(lines, "")
		lines = append(lines, moved(d)...)
		lines = append(lines, work(d)...)
		lines = append(lines, parts(d)...)
	}
	return strings.Join(append(lines, reach(d, r)...), "\n")
}

// title names the place, the topic and the period.
func title(d digest.Digest, topic Topic) []string {
	words := "Rekap WKSBM"
	if topic != Everything {
		words = "Rekap " + topic.Label() + " WKSBM"
	}
	if d.Scope.Code != 0 {
		words += " " + d.Scope.Title()
	}
	lines := []string{"<b>" + chat.Escape(words+" · "+d.Period.Title()) + "</b>"}
	if d.Open && !d.Period.IsDay() {
		lines = append(lines, "<i>sampai hari ini, "+text.PlainDate(d.Today.Time())+"</i>")
	}
	return lines
}

// said names the villages that had nothing to report, when they are few.
func said(d digest.Digest) []string {
	if n := len(d.Nothing); n == 0 || n > partRows {
		return nil
	}
	var names []string
	for _, v := range d.Nothing {
		names = append(names, v.Name)
	}
	return []string{"Nihil: " + chat.Escape(strings.Join(names, ", "))}
}

// kinds says of what kinds some reports are: "bantuan 2, rapat 1"; nothing when all are of aid, which is told
// of anyway.
func kinds(t storage.Totals) string {
	var out []string
	all := digest.ByKind(t)
	for _, c := range all {
		out = append(out, c.Label+" "+text.Count(c.Count))
	}
	if len(all) == 1 && all[0].Label == digest.AidKind {
		return ""
	}
	return strings.Join(out, ", ")
}

// reports says how many reports there are, and of what kinds.
func reports(t storage.Totals, change string) string {
	words := count(t.Reports, "laporan") + change
	if k := kinds(t); k != "" {
		words += ": " + k
	}
	return words
}

// moved says how many reports came, what was received and what was given.
func moved(d digest.Digest) []string {
	change := change
	compared := "<i>▲▼ dibanding " + d.Compared() + "</i>"
	if d.Earlier.Reports == 0 {
		change = func(int64, int64) string { return "" }
		compared = "<i>Belum ada laporan pada " + d.Compared() + "</i>"
	}
	out := []string{reports(d.Totals, change(int64(d.Totals.Reports), int64(d.Earlier.Reports)))}
	out = append(out, direction("📥 <b>Diterima</b>", storage.In, d, change)...)
	out = append(out, direction("📤 <b>Disalurkan</b>"+arrow(d.Totals), storage.Out, d, change)...)
	return append(out, compared)
}

// direction lists what was received, or what was given; nothing when nothing was.
func direction(head, flow string, d digest.Digest, change func(now, before int64) string) []string {
	rows, others := d.Rows(flow)
	if len(rows) == 0 && others == 0 {
		return nil
	}
	out := []string{head}
	for _, row := range rows {
		out = append(out, chat.Escape(goods.ByCode(row.Item).Label)+" "+goods.Amount(row.Unit, row.Quantity)+change(int64(row.Quantity), int64(row.Before)))
	}
	if others > 0 {
		out = append(out, "Barang lain: "+count(others, "catatan"))
	}
	return out
}

// arrow says how many got aid: " → 12 KK · 40 jiwa".
func arrow(t storage.Totals) string {
	families, persons := digest.Heads(t)
	var out []string
	if families > 0 {
		out = append(out, count(families, "KK"))
	}
	if persons > 0 {
		out = append(out, count(persons, "jiwa"))
	}
	if len(out) == 0 {
		return ""
	}
	return " → " + strings.Join(out, " · ")
}

// change prints how a number moved: " (▲12 %)". From nothing there is no percentage.
func change(now, before int64) string {
	switch {
	case before == now || before == 0 && now == 0:
		return " (=)"
	case before == 0:
		return " (▲ baru)"
	}
	sign, moved := "▲", now-before
	if now < before {
		sign, moved = "▼", before-now
	}
	percent := (moved*100 + before/2) / before
	if percent > 999 {
		return " (" + sign + ">999 %)"
	}
	return fmt.Sprintf(" (%s%d %%)", sign, percent)
}

// partRows is how many items one place's line names.
const partRows = 3

func parts(d digest.Digest) []string {
	if len(d.Parts) == 0 || d.Scope.Code != 0 && d.Scope.Kind != region.District {
		return nil
	}
	out := []string{"", partsHead(d)}
	for _, p := range d.Parts {
		what := kinds(p.Totals)
		if what == "" {
			what = count(p.Totals.Reports, "laporan")
		}
		words := append([]string{what}, aidOf(p)...)
		out = append(out, chat.Escape(p.Place.Name+": "+strings.Join(words, " · ")))
	}
	return out
}

func partsHead(d digest.Digest) string {
	if d.Scope.Code != 0 {
		return "<b>Per desa</b>"
	}
	return "<b>Per kecamatan</b>"
}

// aidOf lists a few of the things that one place received, and to how many it gave.
func aidOf(p digest.Part) []string {
	var words []string
	rows, others := p.Rows(storage.In)
	for i, row := range rows {
		if i == partRows {
			words = append(words, "+"+strconv.Itoa(len(rows)-partRows)+" jenis")
			break
		}
		label := strings.ToLower(goods.ByCode(row.Item).Label) + " "
		if i == 0 && row.Unit == "rupiah" {
			label = ""
		}
		words = append(words, label+goods.Amount(row.Unit, row.Quantity))
	}
	if others > 0 {
		words = append(words, "barang lain "+strconv.Itoa(others))
	}
	if families, _ := digest.Heads(p.Totals); families > 0 {
		words = append(words, "disalurkan ke "+count(families, "KK"))
	}
	return words
}

// reach says who reported and who did not.
func reach(d digest.Digest, r *region.Region) []string {
	if d.Scope.Code != 0 && d.Scope.Kind != region.District {
		return nil
	}
	out := []string{"", States(d)}
	if d.Period.IsDay() {
		return out
	}
	for _, s := range []digest.State{digest.Silent, digest.Unreached} {
		if len(d.In(s)) > 0 {
			out = append(out, Places(d, r, s)...)
		}
	}
	return out
}

// States counts the villages by how they stand.
func States(d digest.Digest) string {
	var out []string
	for _, s := range digest.States() {
		if n := len(d.In(s)); n > 0 || s == digest.Reported || s == digest.Silent {
			out = append(out, s.Label()+" "+strconv.Itoa(n))
		}
	}
	line := strings.Join(out, " · ")
	return fmt.Sprintf("%s (dari %d desa/kelurahan)", upper(line), d.Expected())
}

// upper begins words large.
func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// Places lists the villages of a state by kecamatan; where all of one stand so its name is enough.
func Places(d digest.Digest, r *region.Region, s digest.State) []string {
	out := []string{"", "<b>" + upper(s.Label()) + "</b>"}
	for _, district := range r.Districts() {
		var names []string
		heard := 0
		for _, other := range digest.States() {
			for _, v := range d.In(other) {
				switch {
				case v.District != district.Code:
				case other == s:
					names = append(names, v.Name)
				default:
					heard++
				}
			}
		}
		switch {
		case len(names) == 0:
		case d.Scope.Code != 0:
			return append(out, chat.Escape(strings.Join(names, ", ")))
		case heard == 0 && len(names) > 1:
			out = append(out, chat.Escape(district.Name)+": semua ("+strconv.Itoa(len(names))+")")
		default:
			out = append(out, chat.Escape(district.Name+": "+strings.Join(names, ", ")))
		}
	}
	return out
}

func count(n int, noun string) string { return text.Count(n) + " " + noun }
