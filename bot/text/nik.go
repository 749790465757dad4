package text

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// longNumber is sixteen digits, as NIK and No KK have, with spaces, dots or dashes between them or not.
var longNumber = regexp.MustCompile(`\d(?:[ .\-]? ?\d){15}`)

// nearlyLong takes one digit less too: a NIK in which one was forgotten tells as much.
var nearlyLong = regexp.MustCompile(`\d(?:[ .\-]? ?\d){14,15}`)

// wholeDate is a day with its year, as "23-11-2026"; an amount behind it makes no NIK of both.
var wholeDate = regexp.MustCompile(`\b(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:19|20)\d{2}(?:[\s,]|$)`)

// HasNIK reports whether words hold a number as long as a NIK or No KK.
func HasNIK(s string) bool { return longNumber.MatchString(wholeDate.ReplaceAllString(s, "/")) }

// oneShort is a NIK written in one piece in which a digit was forgotten.
var oneShort = regexp.MustCompile(`\b\d{15}\b`)

// MeantNIK reports whether words hold a NIK or No KK, or what was meant to be one: a digit short, or
// with letters that look like digits.
func MeantNIK(s string) bool {
	return HasNIK(s) || oneShort.MatchString(s) || slices.ContainsFunc(strings.Fields(s), func(w string) bool {
		return len(digitsOf(w)) < 16 && mistypedRun.FindString(w) == w && mistyped(w)
	})
}

// MaskNIK hides the middle of every such number, and of those one digit short:
// "5207 •••• •••• ••01" (DOMAIN.md §5).
func MaskNIK(s string) string {
	return nearlyLong.ReplaceAllStringFunc(s, func(n string) string {
		digits := digitsOf(n)
		return digits[:4] + " •••• •••• " + strings.Repeat("•", len(digits)-14) + digits[len(digits)-2:]
	})
}

// digitsOf keeps the digits alone.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if digitish(r) {
			return r
		}
		return -1
	}, s)
}

// NIKReading is what was understood of a typed NIK or No KK: a Number, with doubts that never
// refuse it, or the reason why there is none.
type NIKReading struct {
	Number string // sixteen digits
	Warn   []NIKWarning
	Why    NIKWhy
	Digits int // how many were counted, when they are not sixteen
}

// NIKWhy says why a number is no NIK or No KK. Empty: it is one.
type NIKWhy string

// The reasons.
const (
	NIKCount   NIKWhy = "count"   // not sixteen digits
	NIKLetters NIKWhy = "letters" // an O or l among the digits, where 0 or 1 was meant
	NIKSeveral NIKWhy = "several" // more than one such number
	NIKDay     NIKWhy = "day"     // the day is outside 01–31, for women's NIK 41–71
	NIKMonth   NIKWhy = "month"   // the month is outside 01–12
	NIKDate    NIKWhy = "date"    // no such date in either century
	NIKSerial  NIKWhy = "serial"  // ends in 0000
)

// NIKWarning is a doubt about a number that is taken all the same.
type NIKWarning string

// The doubts.
const (
	NIKRegion    NIKWarning = "region"    // first registered outside the kabupaten
	NIKTemporary NIKWarning = "temporary" // begins with 0
)

// homeRegion begins the NIK of whoever was first registered in Sumbawa Barat.
const homeRegion = "5207"

// ParseNIK reads a NIK, with words around it or not. It is never corrected: a NIK may rightly differ
// from the true date of birth.
func ParseNIK(words string, now time.Time) NIKReading { return readNIK(words, now, true) }

// ParseKK reads the number of a family card. Its date is of issue, so no day is above 31.
func ParseKK(words string, now time.Time) NIKReading { return readNIK(words, now, false) }

func readNIK(words string, now time.Time, women bool) NIKReading {
	r := onlyLong(words)
	if r.Why == "" {
		r.Why = judgeNIK(r.Number, now, women)
	}
	if r.Why != "" {
		r.Number = ""
		return r
	}
	if !strings.HasPrefix(r.Number, homeRegion) {
		r.Warn = append(r.Warn, NIKRegion)
	}
	if r.Number[0] == '0' {
		r.Warn = append(r.Warn, NIKTemporary)
	}
	return r
}

var (
	digitRun    = regexp.MustCompile(`\d(?:[ .\-]? ?\d)*`)
	mistypedRun = regexp.MustCompile(`[0-9OolI](?:[ .\-]? ?[0-9OolI])*`)
)

// onlyLong finds the one number of sixteen digits. A short number beside it, as of an RT, is passed over.
func onlyLong(words string) NIKReading {
	words = clipBytes(words)
	var found []string
	longest := 0
	for _, run := range digitRun.FindAllString(words, -1) {
		found = append(found, longIn(run)...)
		longest = max(longest, len(digitsOf(run)))
	}
	found = slices.Compact(found)
	switch {
	case len(found) > 1:
		return NIKReading{Why: NIKSeveral}
	case len(found) == 1:
		return NIKReading{Number: found[0]}
	case slices.ContainsFunc(mistypedRun.FindAllString(words, -1), mistyped):
		return NIKReading{Why: NIKLetters}
	}
	return NIKReading{Why: NIKCount, Digits: longest}
}

// longIn cuts a run of digits into numbers of sixteen: whole, two in a row, or as one of its pieces
// between spaces.
func longIn(run string) []string {
	digits := digitsOf(run)
	switch len(digits) {
	case 16:
		return []string{digits}
	case 32:
		return []string{digits[:16], digits[16:]}
	}
	var out []string
	for _, piece := range strings.Fields(run) {
		if d := digitsOf(piece); len(d) == 16 {
			out = append(out, d)
		}
	}
	return out
}

// mistyped says that a run has sixteen signs, most of them digits, the others letters that look like some.
func mistyped(run string) bool {
	signs := len(strings.NewReplacer(" ", "", ".", "", "-", "").Replace(run))
	return signs == 16 && len(digitsOf(run)) >= 10
}

func judgeNIK(number string, now time.Time, women bool) NIKWhy {
	day, month := twoDigits(number[6:]), twoDigits(number[8:])
	if women && day > 40 {
		day -= 40
	}
	switch {
	case day < 1 || day > 31:
		return NIKDay
	case month < 1 || month > 12:
		return NIKMonth
	case len(shortYear(day, month, twoDigits(number[10:]), now)) == 0:
		return NIKDate
	case number[12:] == "0000":
		return NIKSerial
	}
	return ""
}

func twoDigits(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

// shortYear returns the dates that a year of two digits may mean: of this century when it is not to
// come, and of the one before.
func shortYear(day, month, year int, now time.Time) []time.Time {
	var out []time.Time
	for _, century := range []int{2000, 1900} {
		t := time.Date(century+year, time.Month(month), day, 0, 0, 0, 0, now.Location())
		if t.Day() == day && !t.After(now) {
			out = append(out, t)
		}
	}
	return out
}

// Birth is what a NIK says of a person. It may differ from the truth.
type Birth struct {
	Dates  []time.Time // the possible ones, the youngest first
	Female bool
}

// NIKBirth reads date of birth and sex out of a number that ParseNIK gave. Both centuries may fit.
func NIKBirth(number string, now time.Time) Birth {
	if len(number) != 16 || digitsOf(number) != number || judgeNIK(number, now, true) != "" {
		return Birth{}
	}
	day := twoDigits(number[6:])
	b := Birth{Female: day > 40}
	if b.Female {
		day -= 40
	}
	b.Dates = shortYear(day, twoDigits(number[8:]), twoDigits(number[10:]), now)
	return b
}

// Ages returns how old a person of each possible date is.
func (b Birth) Ages(now time.Time) []int {
	var out []int
	for _, d := range b.Dates {
		age := now.Year() - d.Year()
		if now.Month() < d.Month() || now.Month() == d.Month() && now.Day() < d.Day() {
			age--
		}
		out = append(out, age)
	}
	return out
}
