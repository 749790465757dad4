// Package remind knows when a person may be reminded of what.
package remind

import (
	"time"

	"wksbm/storage"
	"wksbm/storage/region"
)

// Rules are what the office has set. The zero Rules remind nobody.
type Rules struct {
	FromDay   int // day of the month from which its report is asked for
	PerWeek   int // how often a week a person is asked for it: 0, 1 or 2
	QuietFrom int // minutes since midnight WITA
	QuietTo   int // the same; nobody is reminded between the two
}

// Untouched is how long a draft lies before its person is reminded of it.
const Untouched = 24 * time.Hour

// Grace is the day of the next month until which a month's report is asked for.
const Grace = 5

// Morning is the hour before which nobody is asked for a report.
const Morning = 9

// Quiet says whether it is a time at which nobody is reminded.
func (r Rules) Quiet(now time.Time) bool {
	m := minutes(now)
	if r.QuietFrom < r.QuietTo {
		return m >= r.QuietFrom && m < r.QuietTo
	}
	return m >= r.QuietFrom || m < r.QuietTo
}

// Until is when the quiet begins after now: a reminder that was not sent by then is worth nothing.
func (r Rules) Until(now time.Time) time.Time {
	at := storage.DayOf(now).Time().Add(time.Duration(r.QuietFrom) * time.Minute)
	if !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// Early says whether it is too early in the day to ask for a report.
func Early(now time.Time) bool { return minutes(now) < Morning*60 }

func minutes(t time.Time) int {
	t = t.In(region.WITA)
	return t.Hour()*60 + t.Minute()
}

// Drafts returns the indexes of the drafts in list that a person is to be reminded of.
func Drafts(list []storage.Draft, now time.Time) []int {
	var out []int
	for i, d := range list {
		if !d.Reminded && now.Sub(d.Touched) >= Untouched {
			out = append(out, i)
		}
	}
	return out
}

// Tomorrow says whether a person is to be reminded of a village's next meeting: the day before, or on
// the day itself when there was no time for that.
func Tomorrow(next *storage.NextMeeting, n storage.Nags, now time.Time) bool {
	if next == nil || n.Meeting == next.Day {
		return false
	}
	today := storage.DayOf(now)
	start := next.Start
	if start < 0 {
		start = 12 * 60
	}
	return next.Day == today+1 || next.Day == today && minutes(now) < start
}
