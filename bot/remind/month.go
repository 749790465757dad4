package remind

import (
	"time"

	"wksbm/storage"
	"wksbm/storage/region"
)

// Month returns the month whose report is asked for on a day: the present one towards its end, the
// one before in the first days of the next. False in between.
func (r Rules) Month(today storage.Day) (storage.Month, bool) {
	switch d := today.Time().Day(); {
	case r.PerWeek == 0:
		return 0, false
	case d >= r.FromDay:
		return today.Month(), true
	case d <= Grace:
		return today.Month() - 1, true
	}
	return 0, false
}

// Deadline is the last day on which the report of a month is asked for.
func Deadline(m storage.Month) storage.Day { return (m + 1).First() + Grace - 1 }

// Came says whether a village's report of a month came: anything that counts and was booked in it or
// happened in it, or the word that there was nothing.
func Came(tx *storage.Tx, village region.Code, m storage.Month, today storage.Day) bool {
	if tx.MonthTotals(village, m).Reports > 0 {
		return true
	}
	for _, r := range tx.Booked(village, m.First(), today) {
		month := r.Date.Month()
		if r.Kind == storage.NothingToReport {
			var body storage.Nothing
			r.DecodeBody(&body)
			month = body.Month
		}
		if r.State.Counts() && month == m {
			return true
		}
	}
	return false
}

// Asked returns those of a village's reachable people who are asked for the report of a month: its
// ketua, or all when there is none. Who came when the month was over is not asked for it, but a ketua
// who took over from another.
func Asked(tx *storage.Tx, people []storage.Member, m storage.Month) []storage.Member {
	var ketua, all []storage.Member
	for _, p := range people {
		if storage.DayOf(p.Decided) > m.Last() && len(tx.Predecessors(p)) == 0 {
			continue
		}
		if all = append(all, p); p.Role == storage.Ketua {
			ketua = append(ketua, p)
		}
	}
	if len(ketua) > 0 {
		return ketua
	}
	return all
}

// Free is the first day from day on at which a person may be asked for a report again: PerWeek times
// in any seven days at most, some days apart, and not on the day they were reminded of a draft.
func (r Rules) Free(n storage.Nags, day storage.Day) storage.Day {
	gap := storage.Day(week)
	if r.PerWeek > 1 {
		gap = halfWeek
	}
	day = max(day, after(n.Last, gap), after(n.Before, week), after(n.Draft, 1))
	if quiet := n.Quiet; !quiet.IsZero() {
		day = max(day, storage.DayOf(quiet))
	}
	return day
}

const (
	week     = 7
	halfWeek = 3
)

func after(t time.Time, days storage.Day) storage.Day {
	if t.IsZero() {
		return 0
	}
	return storage.DayOf(t) + days
}

// Noted is n after a person was asked at now.
func Noted(n storage.Nags, now time.Time) storage.Nags {
	n.Before, n.Last = n.Last, now
	return n
}
