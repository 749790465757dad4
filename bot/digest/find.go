package digest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/text"
	"wksbm/storage"
)

// Find reads "hari ini", "minggu lalu", "oktober" before or behind a place, and returns the rest.
func Find(words string, now time.Time) (Period, string, bool) {
	d := storage.DayOf(now)
	if p, rest, ok := findStretch(words, now); ok {
		return p, rest, true
	}
	w := text.Fold(words)
	if p, rest, ok := findPart(w, now); ok {
		return p, rest, true
	}
	if rest, ok := strings.CutPrefix(w, "bulan "); ok { // "bulan oktober"
		if p, more, found := findNamed(rest, now); found {
			return p, more, true
		}
	}
	for _, c := range []struct {
		name string
		p    Period
	}{
		{"hari ini", Day(d)},
		{"harian", Day(d)},
		{"besok", Day(d + 1)},
		{"kemarin", Day(d - 1)},
		{"minggu ini", Week(d)},
		{"minggu lalu", Week(d).Before()},
		{"minggu kemarin", Week(d).Before()},
		{"minggu depan", Week(d).After()},
		{"mingguan", Week(d)},
		{"minggu", Week(d)},
		{"pekan ini", Week(d)},
		{"pekan lalu", Week(d).Before()},
		{"bulan ini", Month(d.Month())},
		{"bulan lalu", Month(d.Month() - 1)},
		{"bulan kemarin", Month(d.Month() - 1)},
		{"bulan depan", Month(d.Month() + 1)},
		{"bulanan", Month(d.Month())},
		{"tahun ini", Year(now.Year())},
		{"tahun lalu", Year(now.Year() - 1)},
		{"tahun kemarin", Year(now.Year() - 1)},
		{"tahun depan", Year(now.Year() + 1)},
		{"bulan", Month(d.Month())},
		{"hari", Day(d)},
	} {
		if rest, ok := strings.CutPrefix(w+" ", c.name+" "); ok {
			return c.p, strings.TrimSpace(rest), true
		}
		if rest, ok := strings.CutSuffix(" "+w, " "+c.name); ok {
			return c.p, strings.TrimSpace(rest), true
		}
	}
	if got := text.ParseDate(words, now, true); got.Sure() {
		return Day(storage.DayOf(got.Value)), "", true
	}
	return findNamed(words, now)
}

// findNamed reads a month, a date or a year before or behind a place.
func findNamed(words string, now time.Time) (Period, string, bool) {
	fields := strings.Fields(words)
	for n := min(3, len(fields)); n > 0; n-- {
		head, tail := strings.Join(fields[:n], " "), strings.Join(fields[len(fields)-n:], " ")
		if p, ok := named(head, now); ok {
			return p, text.Fold(strings.Join(fields[n:], " ")), true
		}
		if p, ok := named(tail, now); ok {
			if before := len(fields) - n - 1; p.IsMonth() && before >= 0 && bareDay.MatchString(fields[before]) {
				break // "31 februari" is no February
			}
			return p, text.Fold(strings.Join(fields[:len(fields)-n], " ")), true
		}
	}
	return Period{}, text.Fold(words), false
}

// bareDay is a day without its month.
var bareDay = regexp.MustCompile(`^\d{1,2}$`)

// part is a part of a year, or days before now.
var part = regexp.MustCompile(`(?:^| )(?:(triwulan|tw|semester) (\d|i{1,3}|iv)(?: (20\d\d))?|(\d{1,3}) (hari|minggu|bulan) (terakhir|lalu|yang lalu))(?: |$)`)

// findPart reads "triwulan 3", "semester II 2026", "7 hari terakhir" before or behind a place, and returns the rest.
func findPart(words string, now time.Time) (Period, string, bool) {
	at := part.FindStringSubmatchIndex(words)
	if at == nil {
		return Period{}, "", false
	}
	group := func(n int) string {
		if at[2*n] < 0 {
			return ""
		}
		return words[at[2*n]:at[2*n+1]]
	}
	rest := strings.TrimSpace(words[:at[0]] + " " + words[at[1]:])
	if n, err := strconv.Atoi(group(4)); err == nil {
		p, ok := lastOf(n, group(5), storage.DayOf(now))
		if group(6) != "terakhir" {
			p, ok = ago(n, group(5), storage.DayOf(now))
		}
		return p, rest, ok
	}
	months := storage.Month(3)
	if group(1) == "semester" {
		months = 6
	}
	n := storage.Month(strings.Index(" 1234", group(2)))
	if at := slices.Index([]string{"", "i", "ii", "iii", "iv"}, group(2)); at > 0 {
		n = storage.Month(at)
	}
	if n < 1 || n*months > 12 {
		return Period{}, "", false
	}
	y := now.Year()
	if group(3) != "" {
		y, _ = strconv.Atoi(group(3))
	}
	first := Year(y).From.Month() + (n-1)*months
	return Stretch(first.First(), (first + months - 1).Last()), rest, true
}

// mostMonths is how far back months are counted.
const mostMonths = 120

// lastOf is so many days, weeks or months up to today, the present ones among them.
func lastOf(n int, unit string, today storage.Day) (Period, bool) {
	switch unit {
	case "hari":
		return Stretch(today-storage.Day(n)+1, today), n > 0
	case "minggu":
		return Stretch(today-storage.Day(7*n)+1, today), n > 0
	}
	n = min(n, mostMonths)
	return Stretch((today.Month() - storage.Month(n) + 1).First(), today.Month().Last()), n > 0
}

// ago is the day, week or month that lies so many before the present one.
func ago(n int, unit string, today storage.Day) (Period, bool) {
	switch unit {
	case "hari":
		return Day(today - storage.Day(n)), n > 0
	case "minggu":
		return Week(today - storage.Day(7*n)), n > 0
	}
	return Month(today.Month() - storage.Month(min(n, mostMonths))), n > 0
}

// named reads "oktober", "oktober 2026", "2026-10", "1 oktober", "2026-10-01", "tahun 2025".
func named(words string, now time.Time) (Period, bool) {
	if t, ok := text.ParseMonth(words, now); ok {
		return Month(storage.DayOf(t).Month()), inReach(t)
	}
	if p, ok := ParseKey(words); ok {
		return p, true
	}
	if y, err := strconv.Atoi(strings.TrimPrefix(strings.ToLower(words), "tahun ")); err == nil && y >= 2000 && y < 2100 {
		return Year(y), true
	}
	if _, err := strconv.Atoi(words); err == nil { // a bare number is part of a place's name, or nothing
		return Period{}, false
	}
	if got := text.ParseDate(words, now, true); got.Sure() && inReach(got.Value) {
		return Day(storage.DayOf(got.Value)), true
	}
	return Period{}, false
}

// to stands between the two ends of a stretch.
var to = regexp.MustCompile(`(?i)\s+(?:sampai(?:\s+dengan)?|hingga|s/d|s\.d\.?|sd|[-–—])\s+`)

// findStretch reads "oktober sampai november", "1 - 15 oktober Taliwang", and returns the rest.
func findStretch(words string, now time.Time) (Period, string, bool) {
	at := to.FindStringIndex(words)
	if at == nil {
		return Period{}, "", false
	}
	left, right := strings.Fields(words[:at[0]]), strings.Fields(words[at[1]:])
	for n := min(3, len(right)); n > 0; n-- {
		end := strings.Join(right[:n], " ")
		last, ok := named(end, now)
		for m := min(3, len(left)); ok && m > 0; m-- {
			begin := strings.Join(left[len(left)-m:], " ")
			first, known := named(completed(begin, end), now)
			if known && first.From > last.To && bareDay.MatchString(begin) { // "15 - 1 oktober"
				first, last = last, first
			}
			if known && first.From > last.To && !year.MatchString(words[:at[0]]) {
				first = yearBefore(first)
			}
			if known && first.From < last.To {
				rest := append(left[:len(left)-m:len(left)-m], right[n:]...)
				return Stretch(first.From, last.To), text.Fold(strings.Join(rest, " ")), true
			}
			if known {
				return Period{}, "", false
			}
		}
	}
	return Period{}, "", false
}

// year is written out.
var year = regexp.MustCompile(`\b20\d\d\b`)

// yearBefore is the same day or month of the year before: "november sampai januari" began last year.
func yearBefore(p Period) Period {
	d := storage.DayOf(p.From.Time().AddDate(-1, 0, 0))
	if p.kind == month {
		return Month(d.Month())
	}
	return Day(d)
}

// completed gives the beginning of a stretch the month and the year that only its end names: "1", "15
// oktober 2025" begins on 1 oktober 2025.
func completed(begin, end string) string {
	have, more := strings.Fields(begin), strings.Fields(end)
	if strings.ContainsAny(begin+end, "-/.") || len(have) >= len(more) {
		return begin
	}
	return strings.Join(append(have, more[len(have):]...), " ")
}
