// Package digest adds up what the villages reported over a period.
package digest

import (
	"fmt"
	"strings"
	"time"

	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Period is a book day, an ISO week or a month in WITA.
type Period struct {
	From, To storage.Day // both included
	kind     kind
}

type kind byte

const (
	day kind = iota
	week
	month
)

// Day is one book day.
func Day(d storage.Day) Period { return Period{d, d, day} }

// Week is the week, Monday to Sunday, in which d lies.
func Week(d storage.Day) Period {
	monday := d - storage.Day((int(d.Time().Weekday())+6)%7)
	return Period{monday, monday + 6, week}
}

// Month is one month.
func Month(m storage.Month) Period { return Period{m.First(), m.Last(), month} }

// Key names the period: 2026-11-23, 2026-W47, 2026-11. Keys are stored.
func (p Period) Key() string {
	switch p.kind {
	case week:
		y, w := p.From.Time().ISOWeek()
		return fmt.Sprintf("%d-W%02d", y, w)
	case month:
		return p.From.Month().String()
	}
	return p.From.String()
}

// ParseKey reads what Key made.
func ParseKey(key string) (Period, bool) {
	var year, w int
	if n, err := fmt.Sscanf(key, "%d-W%d", &year, &w); err == nil && n == 2 && year >= 2000 && year < 2160 && w >= 1 && w <= 53 {
		fourth := time.Date(year, 1, 4, 0, 0, 0, 0, region.WITA) // always in week 1
		p := Week(storage.DayOf(fourth) + storage.Day(7*(w-1)))
		return p, p.Key() == key
	}
	if t, err := time.ParseInLocation("2006-01", key, region.WITA); err == nil && inReach(t) {
		return Month(storage.DayOf(t).Month()), true
	}
	if t, err := time.ParseInLocation(time.DateOnly, key, region.WITA); err == nil && inReach(t) {
		return Day(storage.DayOf(t)), true
	}
	return Period{}, false
}

// inReach keeps days within what their stored form holds.
func inReach(t time.Time) bool { return t.Year() >= 2000 && t.Year() < 2140 }

// Before is the period of the same kind before this one.
func (p Period) Before() Period {
	switch p.kind {
	case week:
		return Week(p.From - 1)
	case month:
		return Month(p.From.Month() - 1)
	}
	return Day(p.From - 1)
}

// Title prints the period: "Senin, 23 November 2026", "16–22 November 2026", "November 2026".
func (p Period) Title() string {
	switch p.kind {
	case week:
		return text.Range(p.From.Time(), p.To.Time())
	case month:
		return text.Month(p.From.Time())
	}
	return text.Date(p.From.Time())
}

// Span prints the days from the start to last.
func (p Period) Span(last storage.Day) string {
	if last == p.From {
		return text.PlainDate(p.From.Time())
	}
	return text.Range(p.From.Time(), last.Time())
}

// IsDay says that the period is a single day.
func (p Period) IsDay() bool { return p.kind == day }

// IsMonth says that the period is a month.
func (p Period) IsMonth() bool { return p.kind == month }

// Last is the latest whole period of a job ("daily", "weekly", "monthly") that had ended before at.
func Last(job string, at time.Time) (Period, bool) {
	d := storage.DayOf(at)
	switch job {
	case "daily":
		return Day(d - 1), true
	case "weekly":
		return Week(d).Before(), true
	case "monthly":
		return Month(d.Month()).Before(), true
	}
	return Period{}, false
}

// Find reads "hari ini", "minggu lalu", "oktober" before or behind a place, and returns the rest.
func Find(words string, now time.Time) (Period, string, bool) {
	d := storage.DayOf(now)
	w := text.Fold(words)
	for _, c := range []struct {
		name string
		p    Period
	}{
		{"hari ini", Day(d)},
		{"harian", Day(d)},
		{"kemarin", Day(d - 1)},
		{"minggu ini", Week(d)},
		{"minggu lalu", Week(d).Before()},
		{"minggu kemarin", Week(d).Before()},
		{"mingguan", Week(d)},
		{"minggu", Week(d)},
		{"pekan ini", Week(d)},
		{"pekan lalu", Week(d).Before()},
		{"bulan ini", Month(d.Month())},
		{"bulan lalu", Month(d.Month() - 1)},
		{"bulan kemarin", Month(d.Month() - 1)},
		{"bulanan", Month(d.Month())},
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
	fields := strings.Fields(w)
	for n := min(2, len(fields)); n > 0; n-- {
		if t, ok := text.ParseMonth(strings.Join(fields[:n], " "), now); ok {
			return Month(storage.DayOf(t).Month()), strings.Join(fields[n:], " "), true
		}
		if t, ok := text.ParseMonth(strings.Join(fields[len(fields)-n:], " "), now); ok {
			return Month(storage.DayOf(t).Month()), strings.Join(fields[:len(fields)-n], " "), true
		}
	}
	return Period{}, w, false
}
