package text

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// HourMinute prints minutes since midnight as "19.30".
func HourMinute(minutes int) string { return fmt.Sprintf("%02d.%02d", minutes/60, minutes%60) }

// ParseClock reads a time of day as people say it, in minutes since midnight: "19.30", "jam 8 malam",
// "setengah 8 pagi", "bakda isya". Up to eight o'clock without a part of the day it asks, the likelier
// reading first. What follows "sampai" is left out.
func ParseClock(s string) Reading[int] {
	words := clockWords(s)
	if i := slices.Index(words, "sampai"); i > 0 {
		words = words[:i]
	}
	if at, ok := prayerTime(words); ok {
		return sure(at)
	}
	part, words := takePart(words)
	hour, minute, exact, ok := faceOf(words)
	switch {
	case !ok:
		return unread[int](Unclear)
	case hour > 24 || minute > 59 || hour == 24 && minute > 0:
		return unread[int](Impossible)
	}
	return inPart(hour%24*60+minute, part, exact || hour > 12)
}

// clockWords drops what says no more than that a time follows.
func clockWords(s string) []string {
	s = strings.NewReplacer("s/d", " sampai ", "s.d", " sampai ", "1/2", " setengah ", "–", " sampai ", "-", " sampai ", "(", " ", ")", " ", "ba'da", "bakda", "ba’da", "bakda", "jum'at", "jumat", ":", ".").Replace(strings.ToLower(s))
	var out []string
	for _, w := range tokens(s) {
		switch w = strings.Trim(w, ".,;~±"); w {
		case "", "jam", "jm", "pukul", "pkl", "pk", "wita", "tepat", "sekitar", "kira", "menit", "mnt", "hari", "waktu", "mulai", "di", "salat", "shalat", "sholat", "solat":
		case "sd", "hingga", "sampe":
			out = append(out, "sampai")
		case "lebih", "lwt", "liwat":
			out = append(out, "lewat")
		case "stengah", "stgh", "stngh", "½":
			out = append(out, "setengah")
		default:
			out = append(out, w)
		}
	}
	return out
}

// after reports whether a word puts a time behind a prayer.
func after(w string) bool {
	return slices.Contains([]string{"bakda", "bada", "habis", "abis", "hbs", "setelah", "stlh", "sesudah", "selesai", "sehabis", "usai", "seusai"}, w)
}

// prayerTime reads "bakda isya" and its like. Prayers move by some minutes in the year; the person
// sees the time and may put it right.
func prayerTime(words []string) (int, bool) {
	if len(words) == 2 && after(words[0]) {
		words = words[1:]
	}
	if len(words) != 1 {
		return 0, false
	}
	at := map[string]int{"subuh": 5*60 + 30, "dzuhur": 12*60 + 30, "jumat": 13 * 60, "ashar": 16 * 60, "magrib": 18*60 + 30, "isya": 19*60 + 30}[prayer(words[0])]
	return at, at > 0
}

// prayer writes the name of a prayer in one way; "" for other words.
func prayer(w string) string {
	switch w {
	case "subuh", "shubuh":
		return "subuh"
	case "dzuhur", "zuhur", "duhur", "dhuhur", "dhuhr", "zhuhur", "lohor", "luhur":
		return "dzuhur"
	case "jumat", "jumatan":
		return "jumat"
	case "ashar", "asar", "asr", "ashr":
		return "ashar"
	case "magrib", "maghrib", "mahgrib", "mgrb":
		return "magrib"
	case "isya", "isyak", "isa", "isha":
		return "isya"
	}
	return ""
}

// takePart removes the part of the day: pagi, siang, sore, malam.
func takePart(words []string) (string, []string) {
	if slices.Equal(words, []string{"tengah", "hari"}) || slices.Equal(words, []string{"tengah"}) {
		return "siang", []string{"12"} // "hari" says nothing elsewhere and is dropped
	}
	if slices.Equal(words, []string{"tengah", "malam"}) {
		return "malam", []string{"12"}
	}
	part := ""
	var rest []string
	for i, w := range words {
		if i == 0 && after(w) { // "bakda isya jam 8"
			continue
		}
		if p := prayer(w); p != "" {
			w = map[string]string{"subuh": "pagi", "dzuhur": "siang", "jumat": "siang", "ashar": "sore", "magrib": "malam", "isya": "malam"}[p]
		}
		switch w {
		case "pagi", "pg", "pgi", "dini":
			part = "pagi"
		case "siang", "siank":
			part = "siang"
		case "sore", "petang", "sor":
			part = "sore"
		case "malam", "malem", "mlm", "mlam":
			part = "malam"
		case "tadi", "ini", "nanti":
		default:
			rest = append(rest, w)
		}
	}
	return part, rest
}

var digitFace = regexp.MustCompile(`^(\d{1,2})[.,](\d{2})$|^(\d{2})(\d{2})$`)

// faceOf reads the hour with its minutes. exact says that it was written as on a clock of 24 hours.
func faceOf(words []string) (hour, minute int, exact, ok bool) {
	if len(words) == 1 {
		if m := digitFace.FindStringSubmatch(words[0]); m != nil {
			hour, minute = number(m[1]+m[3]), number(m[2]+m[4])
			return hour, minute, words[0][0] == '0' || m[3] != "" || hour > 12, true
		}
	}
	if len(words) > 1 && words[0] == "setengah" {
		hour, ok = smallNumber(words[1:])
		return (hour + 11) % 12, 30, false, ok && hour >= 1 && hour <= 12
	}
	i := slices.IndexFunc(words, func(w string) bool { return w == "lewat" || w == "kurang" })
	if i < 0 && len(words) == 2 && len(words[1]) == 2 { // "8 30"
		words, i = []string{words[0], "lewat", words[1]}, 1
	}
	if i < 0 {
		hour, ok = smallNumber(words)
		return hour, 0, len(words) == 1 && len(words[0]) == 2 && words[0][0] == '0', ok
	}
	hour, ok = smallNumber(words[:i])
	minute, fine := minutesOf(words[i+1:])
	if words[i] == "kurang" && minute > 0 && hour > 0 {
		hour, minute = hour-1, 60-minute
	}
	return hour, minute, false, ok && fine
}

func minutesOf(words []string) (int, bool) {
	if len(words) == 1 && (words[0] == "seperempat" || words[0] == "¼") {
		return 15, true
	}
	n, ok := smallNumber(words)
	return n, ok && n < 60
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// smallNumber reads a whole number up to 99 and nothing else.
func smallNumber(words []string) (int, bool) {
	r := numeral(words, false)
	if !r.Sure() || r.Value%1000 != 0 || r.Value > 99_000 {
		return 0, false
	}
	return int(r.Value / 1000), true
}

// inPart puts a time into the part of the day that was said; at is below noon unless exact.
func inPart(at int, part string, exact bool) Reading[int] {
	const noon = 12 * 60
	hour, late := at/60, at%noon+noon
	first := map[string]int{"pagi": 0, "siang": 9 * 60, "sore": 13 * 60, "malam": 17 * 60}
	last := map[string]int{"pagi": noon - 1, "siang": 16*60 + 59, "sore": 19*60 + 29, "malam": 24*60 - 1}
	fits := func(t int) bool {
		return t >= first[part] && t <= last[part] || part == "malam" && t < 5*60
	}
	switch {
	case part == "" && (exact || hour >= 9):
		return sure(at)
	case part == "" && hour == 0:
		return ask(late, at)
	case part == "" && hour < 7:
		return ask(late, at)
	case part == "":
		return ask(at, late)
	case fits(at) && (exact || hour < 12 || part == "siang"):
		return sure(at)
	case !exact && part != "pagi" && fits(late):
		return sure(late)
	case !exact && part == "malam" && hour == 12:
		return sure(at - noon)
	}
	return unread[int](Disagree)
}
