package storage

import (
	"time"

	"wksbm/storage/region"
)

// Day is a date in WITA, counted in days since 1 January 1970. Zero means "no date".
type Day int32

// DayOf returns the WITA date of t.
func DayOf(t time.Time) Day {
	y, m, d := t.In(region.WITA).Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Time returns midnight WITA at the start of the day.
func (d Day) Time() time.Time {
	y, m, day := time.Unix(int64(d)*86400, 0).UTC().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, region.WITA)
}

// String returns the day as 2026-11-23.
func (d Day) String() string { return d.Time().Format(time.DateOnly) }

// Month returns the month the day lies in.
func (d Day) Month() Month {
	t := d.Time()
	return Month(t.Year()*12 + int(t.Month()) - 1)
}

// Month is a month of the WITA calendar: year × 12 + month − 1.
type Month int32

// First returns the month's first day.
func (m Month) First() Day {
	return DayOf(time.Date(int(m)/12, time.Month(int(m)%12+1), 1, 12, 0, 0, 0, region.WITA))
}

// Last returns the month's last day.
func (m Month) Last() Day { return (m + 1).First() - 1 }

// String returns the month as 2026-11.
func (m Month) String() string { return m.First().Time().Format("2006-01") }
