package office

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/digest"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// figure is one thing of a report that a group may see: a count, a kind, a date. It is plain text.
type figure struct{ label, value string }

// figures are what a group may see of a report. Names, notes and people's own words are left out.
func figures(r storage.Report) []figure {
	day := text.Date(r.Date.Time())
	if r.Late() {
		day += " (susulan)"
	}
	out := []figure{{"Tanggal", day}}
	if len(r.Lines) > 0 {
		out = append(out, figure{"Bantuan", goodsList(r.Lines)})
	}
	switch r.Kind {
	case storage.AidGiven:
		var g storage.Given
		r.DecodeBody(&g)
		families, persons := 0, 0
		for _, to := range g.To {
			families, persons = families+to.Families, persons+to.Persons
		}
		out = append(out, figure{"Penerima", counted(families, persons)})
	case storage.MeetingHeld:
		var m storage.Meeting
		r.DecodeBody(&m)
		out = append(out, figure{"Hadir", strconv.Itoa(m.Present()) + " dari " + strconv.Itoa(m.Invited)})
	case storage.HouseholdFound:
		var h storage.Household
		r.DecodeBody(&h)
		kinds := categories(h.Categories)
		if h.Sensitive {
			kinds = hushed
		}
		out = append(out, figure{"Kategori", kinds}, figure{"Jiwa", strconv.Itoa(h.Persons)}, figure{"Mendesak", yes(h.Urgent)})
	case storage.NothingToReport:
		var n storage.Nothing
		r.DecodeBody(&n)
		out = append(out, figure{"Nihil", text.Month(n.Month.First().Time())})
	}
	return out
}

// counted prints families and people, leaving out what was not counted: "4 KK, 12 jiwa".
func counted(families, persons int) string {
	switch {
	case persons == 0:
		return text.Count(families) + " KK"
	case families == 0:
		return text.Count(persons) + " jiwa"
	}
	return text.Count(families) + " KK, " + text.Count(persons) + " jiwa"
}

func yes(b bool) string {
	if b {
		return "ya"
	}
	return "tidak"
}

// goodsList names goods of the list; what people call their own goods may hold names.
func goodsList(lines []storage.Line) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = goods.Hushed(l)
	}
	return strings.Join(out, " · ")
}

// hushed is shown in the place of categories that no group may see.
const hushed = digest.Hushed

// categories names the categories of a household, none of them when one is sensitive.
func categories(numbers []int) string {
	var out []string
	for _, n := range numbers {
		c, ok := welfare.ByNo(n)
		if c.Sensitive || !ok {
			return hushed
		}
		out = append(out, c.Label)
	}
	return strings.Join(out, ", ")
}

// moved are the figures that differ between two states of a report: "Jiwa: 2 → 3".
func moved(old, now storage.Report) []string {
	before, after := figures(old), figures(now)
	var out []string
	for _, f := range after {
		i := slices.IndexFunc(before, func(b figure) bool { return b.label == f.label })
		switch {
		case i < 0:
			out = append(out, f.label+": "+f.value)
		case before[i].value != f.value:
			out = append(out, f.label+": "+before[i].value+" → "+f.value)
		}
	}
	return out
}

// kindLabel names a kind of report.
func kindLabel(kind string) string { return digest.KindLabel(kind) }
