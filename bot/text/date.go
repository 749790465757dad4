package text

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ParseDate reads a date as people type it; the result is midnight in now's zone. past says that it
// is of something that has happened: a lone day or weekday then is the latest one, and a date to come
// is refused. Otherwise it is the next one.
func ParseDate(s string, now time.Time, past bool) Reading[time.Time] {
	words := dateWords(s)
	today := midnight(now)
	if t, err := time.ParseInLocation(time.DateOnly, strings.TrimSpace(s), now.Location()); err == nil && t.Year() >= 2000 && t.Year() <= 2100 {
		return judge(t, nil, today, past)
	}
	words = dayInFigures(words)
	said := strings.Join(words, " ")
	if said == "tadi malam" && now.Hour() < 15 { // told the next morning
		said = "kemarin malam"
	}
	if t, ok := relativeDate(said, today); ok {
		return judge(t, nil, today, past)
	}
	passed := past && len(words) > 1 && slices.ContainsFunc(words, func(w string) bool { return w == "kemarin" || w == "lalu" })
	weekday, words := takeWeekday(words)
	if len(words) == 0 {
		if weekday == nil {
			return unread[time.Time](Unclear)
		}
		day := nearestWeekday(*weekday, today, past)
		if passed && day.Equal(today) { // "rabu kemarin" on a Wednesday
			day = day.AddDate(0, 0, -7)
		}
		return sure(day)
	}
	day, month, year, ok := numbersOf(words)
	if !ok {
		return unread[time.Time](Unclear)
	}
	t, why := pick(day, month, year, today, past)
	if why != "" {
		return unread[time.Time](why)
	}
	return judge(t, weekday, today, past)
}

// judge refuses dates to come of past acts, and weekdays that do not belong.
func judge(t time.Time, weekday *time.Weekday, today time.Time, past bool) Reading[time.Time] {
	switch {
	case weekday != nil && t.Weekday() != *weekday:
		return Reading[time.Time]{Ask: []time.Time{t, nearestWeekday(*weekday, today, past)}, Why: Disagree}
	case past && t.After(today):
		return unread[time.Time](Future)
	}
	return sure(t)
}

func dateWords(s string) []string {
	s = strings.NewReplacer(",", " ", "jum'at", "jumat", "(", " ", ")", " ").Replace(strings.ToLower(clipBytes(s)))
	var out []string
	for _, w := range strings.Fields(s) {
		switch w = strings.TrimRight(w, "."); w {
		case "hr":
			out = append(out, "hari")
		case "td", "tdi":
			out = append(out, "tadi")
		case "kemaren", "kmrn", "kmarin", "kmaren", "kemrin", "kemarn":
			out = append(out, "kemarin")
		case "tgl", "tanggal", "tggl", "hari", "pada", "bulan", "bln", "tahun", "thn", "":
			if w == "hari" {
				out = append(out, w)
			}
		default:
			out = append(out, w)
		}
	}
	return out
}

// dayInFigures writes the day of "tujuh belas november" in figures.
func dayInFigures(words []string) []string {
	i := slices.IndexFunc(words, func(w string) bool { return monthOf(w) > 0 })
	if i < 1 {
		return words
	}
	if r := ParseNumber(strings.Join(words[:i], " ")); r.Sure() && r.Value%1000 == 0 && r.Value >= 1000 && r.Value <= 31_000 {
		return append([]string{strconv.Itoa(int(r.Value / 1000))}, words[i:]...)
	}
	return words
}

var daysAgo = regexp.MustCompile(`^(\S+) hari (yang |yg )?(lalu|kemarin)$`)

func relativeDate(s string, today time.Time) (time.Time, bool) {
	switch s {
	case "hari ini", "tadi", "tadi pagi", "tadi subuh", "subuh tadi", "tadi siang", "tadi sore", "tadi malam", "barusan", "sekarang", "ini", "pagi ini", "siang ini", "sore ini":
		return today, true
	case "kemarin", "semalam", "kemarin pagi", "kemarin sore", "kemarin siang", "kemarin malam":
		return today.AddDate(0, 0, -1), true
	case "kemarin lusa", "kemarin dulu", "lusa kemarin", "dua hari lalu":
		return today.AddDate(0, 0, -2), true
	case "seminggu lalu", "seminggu yang lalu", "seminggu yg lalu":
		return today.AddDate(0, 0, -7), true
	case "besok":
		return today.AddDate(0, 0, 1), true
	case "lusa":
		return today.AddDate(0, 0, 2), true
	}
	if m := daysAgo.FindStringSubmatch(s); m != nil {
		if r := ParseNumber(m[1]); r.Sure() && r.Value%1000 == 0 && r.Value <= 400_000 {
			return today.AddDate(0, 0, -int(r.Value/1000)), true
		}
	}
	return time.Time{}, false
}

// takeWeekday removes a weekday, with "hari", "kemarin", "lalu" around it.
func takeWeekday(words []string) (*time.Weekday, []string) {
	var day *time.Weekday
	var rest []string
	for _, w := range words {
		i := slices.IndexFunc(dayNames[:], func(n string) bool { return strings.ToLower(n) == w })
		if w == "ahad" {
			i = 0
		}
		switch {
		case i >= 0:
			d := time.Weekday(i)
			day = &d
		case w == "hari" || day != nil && (w == "kemarin" || w == "lalu"):
		default:
			rest = append(rest, w)
		}
	}
	return day, rest
}

func nearestWeekday(d time.Weekday, today time.Time, past bool) time.Time {
	if past {
		return today.AddDate(0, 0, -int((today.Weekday()-d+7)%7))
	}
	return today.AddDate(0, 0, int((d-today.Weekday()+7)%7))
}

var dateMarks = regexp.MustCompile(`[/.\- ]+`)

// numbersOf reads "23", "23/11", "23-11-2026", "23 nov 26"; day first always. Zero: not given.
func numbersOf(words []string) (day, month, year int, ok bool) {
	parts := dateMarks.Split(strings.Join(words, " "), -1)
	if len(parts) < 1 || len(parts) > 3 {
		return 0, 0, 0, false
	}
	nums := make([]int, 3)
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if i == 1 && err != nil {
			n = monthOf(p)
		} else if err != nil {
			return 0, 0, 0, false
		}
		if n <= 0 || i == 2 && len(p) != 2 && len(p) != 4 {
			return 0, 0, 0, false
		}
		nums[i] = n
	}
	if nums[2] > 0 && nums[2] < 100 {
		nums[2] += 2000
	}
	return nums[0], nums[1], nums[2], true
}

// monthOf reads a month's name or its beginning; 0 when it is none.
func monthOf(w string) int {
	if full, ok := map[string]string{
		"pebruari": "februari", "peb": "februari", "agt": "agustus", "ags": "agustus", "aug": "agustus", "sept": "september",
		"oct": "oktober", "nop": "november", "nopember": "november", "dec": "desember",
	}[w]; ok {
		w = full
	}
	for i, n := range monthNames {
		if len(w) >= 3 && strings.HasPrefix(strings.ToLower(n), w) {
			return i + 1
		}
	}
	return 0
}

// ParseMonth reads "oktober", "oktober 2026", "2026-10"; a month without a year is the latest one.
func ParseMonth(s string, now time.Time) (time.Time, bool) {
	if t, err := time.ParseInLocation("2006-01", strings.TrimSpace(s), now.Location()); err == nil {
		return t, true
	}
	words := strings.Fields(strings.ToLower(clipBytes(s)))
	if len(words) == 0 || len(words) > 2 || monthOf(words[0]) == 0 {
		return time.Time{}, false
	}
	year := now.Year()
	if len(words) == 2 {
		n, err := strconv.Atoi(words[1])
		if err != nil || n < 2000 || n > 2100 {
			return time.Time{}, false
		}
		year = n
	} else if monthOf(words[0]) > int(now.Month()) {
		year--
	}
	return time.Date(year, time.Month(monthOf(words[0])), 1, 0, 0, 0, 0, now.Location()), true
}

// pick completes a date: without month or year it is the latest (past) or next such day.
func pick(day, month, year int, today time.Time, past bool) (time.Time, Reason) {
	if day > 31 || month > 12 || year != 0 && (year < 2000 || year > 2100) {
		return time.Time{}, Impossible
	}
	make := func(y, m int) (time.Time, bool) {
		t := time.Date(y, time.Month(m), day, 0, 0, 0, 0, today.Location())
		return t, t.Day() == day
	}
	if year != 0 {
		t, ok := make(year, month)
		if !ok {
			return time.Time{}, Impossible
		}
		return t, ""
	}
	if month != 0 {
		t, ok := make(today.Year(), month)
		if past && t.After(today) && t.Sub(today) > 183*24*time.Hour {
			t, ok = make(today.Year()-1, month)
		} else if !past && t.Before(today) {
			t, ok = make(today.Year()+1, month)
		}
		if !ok {
			return time.Time{}, Impossible
		}
		return t, ""
	}
	return lone(make, today, past)
}

// lone finds the nearest month that has the day.
func lone(make func(y, m int) (time.Time, bool), today time.Time, past bool) (time.Time, Reason) {
	step := 1
	if past {
		step = -1
	}
	first := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, today.Location())
	for i := range 4 {
		m := first.AddDate(0, i*step, 0)
		t, ok := make(m.Year(), int(m.Month()))
		if ok && (past && !t.After(today) || !past && !t.Before(today)) {
			return t, ""
		}
	}
	return time.Time{}, Impossible
}
