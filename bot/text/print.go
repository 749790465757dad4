// Package text prints and reads Indonesian numbers, money, quantities, dates, times, names.
package text

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Milli is a number in thousandths: 2,5 is 2500.
type Milli int64

// String prints the number the Indonesian way: "2,5", "1.500".
func (m Milli) String() string {
	sign, v := "", int64(m)
	if v < 0 {
		sign, v = "-", -v
	}
	s := sign + thousands(v/1000)
	if frac := strings.TrimRight(fmt.Sprintf("%03d", v%1000), "0"); frac != "" {
		s += "," + frac
	}
	return s
}

// Count prints how many there are of something, with its thousands: "1.250".
func Count(n int) string { return Milli(n * 1000).String() }

func thousands(v int64) string {
	s := strconv.FormatInt(v, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

// Rupiah prints an amount: "Rp1.250.000", "-Rp500".
func Rupiah(v int64) string {
	if v < 0 {
		return "-Rp" + thousands(-v)
	}
	return "Rp" + thousands(v)
}

// The names are twelve and seven words that no decree will change; a locale library would only hide them.
var (
	monthNames = [...]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"}
	dayNames   = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}
)

// MonthName returns "November".
func MonthName(m time.Month) string { return monthNames[m-1] }

// DayName returns "Senin".
func DayName(d time.Weekday) string { return dayNames[d] }

// Date prints "Senin, 23 November 2026". t is taken in its own zone.
func Date(t time.Time) string { return DayName(t.Weekday()) + ", " + PlainDate(t) }

// PlainDate prints "23 November 2026".
func PlainDate(t time.Time) string {
	return fmt.Sprintf("%d %s %d", t.Day(), MonthName(t.Month()), t.Year())
}

// ShortDate prints "23 Nov 2026".
func ShortDate(t time.Time) string {
	return fmt.Sprintf("%d %s %d", t.Day(), MonthName(t.Month())[:3], t.Year())
}

// ShortDay prints "23 Nov".
func ShortDay(t time.Time) string { return fmt.Sprintf("%d %s", t.Day(), MonthName(t.Month())[:3]) }

// Month prints "November 2026".
func Month(t time.Time) string { return MonthName(t.Month()) + " " + strconv.Itoa(t.Year()) }

// Clock prints "pukul 19.30 WITA"; t is in WITA.
func Clock(t time.Time) string { return t.Format("pukul 15.04") + " WITA" }

// Near prints " (hari ini)", " (kemarin)" or " (besok)" for a date close to now, "" for others.
func Near(date, now time.Time) string {
	switch daysBetween(date, now) {
	case 0:
		return " (hari ini)"
	case 1:
		return " (kemarin)"
	case -1:
		return " (besok)"
	}
	return ""
}

func daysBetween(from, to time.Time) int {
	return int(math.Round(midnight(to).Sub(midnight(from)).Hours() / 24))
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// Range prints "16–22 November 2026", naming month and year of the start only where they differ.
func Range(from, to time.Time) string {
	switch {
	case from.Year() != to.Year():
		return PlainDate(from) + " – " + PlainDate(to)
	case from.Month() != to.Month():
		return fmt.Sprintf("%d %s – %s", from.Day(), MonthName(from.Month()), PlainDate(to))
	case from.Day() != to.Day():
		return fmt.Sprintf("%d–%s", from.Day(), PlainDate(to))
	}
	return Date(from)
}

// Clip shortens s to at most n runes, the last of them "…" when something was cut.
func Clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:n-1])) + "…"
}
