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

// Period is a book day, an ISO week, a month or some days in a row, in WITA.
type Period struct {
	From, To storage.Day // both included
	kind     kind
}

type kind byte

const (
	day kind = iota
	week
	month
	stretch
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

// Stretch is the days from one to another, both included; those of a single month are that month.
func Stretch(from, to storage.Day) Period {
	switch {
	case from == to:
		return Day(from)
	case from == from.Month().First() && to == from.Month().Last():
		return Month(from.Month())
	}
	return Period{from, to, stretch}
}

// Year is a year of the calendar.
func Year(y int) Period {
	from := storage.DayOf(time.Date(y, 1, 1, 12, 0, 0, 0, region.WITA))
	return Stretch(from, (from.Month() + 11).Last())
}

// Whole is all that the books of a place hold up to today; the present month when they are empty.
func Whole(tx *storage.Tx, r *region.Region, scope region.Code, today storage.Day) Period {
	place, _ := r.ByCode(scope)
	from := storage.Day(0)
	for _, v := range villages(r, place) {
		if first := tx.FirstBooked(v.Code); first != 0 && (from == 0 || first < from) {
			from = first
		}
	}
	if from == 0 || from > today {
		return Month(today.Month())
	}
	return Stretch(from, today)
}

// between is what stands in the key of a stretch between its days.
const between = "--"

// Key names the period: 2026-11-23, 2026-W47, 2026-11, 2026-10-01--2026-11-15. Keys are stored.
func (p Period) Key() string {
	switch p.kind {
	case week:
		y, w := p.From.Time().ISOWeek()
		return fmt.Sprintf("%d-W%02d", y, w)
	case month:
		return p.From.Month().String()
	case stretch:
		return p.From.String() + between + p.To.String()
	}
	return p.From.String()
}

// ParseKey reads what Key made.
func ParseKey(key string) (Period, bool) {
	if from, to, ok := strings.Cut(key, between); ok {
		a, ok := ParseKey(from)
		b, ok2 := ParseKey(to)
		p := Stretch(a.From, b.To)
		return p, ok && ok2 && a.From < b.To && p.Key() == key
	}
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
	case stretch:
		if n := p.months(); n > 0 {
			return Stretch((p.From.Month() - n).First(), p.From-1)
		}
		return Stretch(p.From-(p.To-p.From+1), p.From-1)
	}
	return Day(p.From - 1)
}

// months is how many whole months the period has, 0 when it cuts one.
func (p Period) months() storage.Month {
	first, last := p.From.Month(), p.To.Month()
	if p.From != first.First() || p.To != last.Last() {
		return 0
	}
	return last - first + 1
}

// After is the period of the same kind that follows.
func (p Period) After() Period {
	switch p.kind {
	case week:
		return Week(p.To + 1)
	case month:
		return Month((p.To + 1).Month())
	case stretch:
		if n := p.months(); n > 0 {
			return Stretch(p.To+1, (p.To.Month() + n).Last())
		}
		return Stretch(p.To+1, p.To+(p.To-p.From+1))
	}
	return Day(p.To + 1)
}

// Title prints the period: "Senin, 23 November 2026", "16–22 November 2026", "November 2026".
func (p Period) Title() string {
	switch p.kind {
	case week:
		return text.Range(p.From.Time(), p.To.Time())
	case month:
		return text.Month(p.From.Time())
	case stretch:
		return p.stretchTitle()
	}
	return text.Date(p.From.Time())
}

// stretchTitle prints "Tahun 2026", "Oktober – November 2026", "1 Oktober – 15 November 2026".
func (p Period) stretchTitle() string {
	from, to := p.From.Time(), p.To.Time()
	switch {
	case p.months() == 0:
		return text.Range(from, to)
	case p == Year(from.Year()):
		return "Tahun " + from.Format("2006")
	case from.Year() == to.Year():
		return text.MonthName(from.Month()) + " – " + text.Month(to)
	}
	return text.Month(from) + " – " + text.Month(to)
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

// IsStretch says that the period is neither day, week nor month.
func (p Period) IsStretch() bool { return p.kind == stretch }

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
