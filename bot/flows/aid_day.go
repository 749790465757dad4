package flows

import (
	"regexp"
	"strings"
	"time"

	"wksbm/bot/flow"
	"wksbm/bot/text"
)

// The parts of a day as it is written inside a sentence.
const (
	weekday   = `(?:hari )?(?:senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad)`
	monthName = `(?:jan(?:uari)?|[fp]eb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agu(?:stus)?|agt|ags|sept?(?:ember)?|okt(?:ober)?|no[vp](?:ember)?|des(?:ember)?)\b`
	yesterday = `(?:kemarin|kemaren|kmarin|kmaren|kemrin|kemarn|kmrn)`
	date      = `(?:(?:tgl|tanggal)\.? ?)?\d{1,2}(?:[/-]\d{1,2}(?:[/-]\d{2,4})?| ` + monthName + `(?: \d{4})?)`
)

// dayWords finds a day in a sentence.
var dayWords = regexp.MustCompile(`(?i)(?:^|[\s,])((?:hari ini|(?:tadi|tdi|td) (?:pagi|siang|sore|malam|subuh)|semalam|` + yesterday + ` lusa|` + yesterday + `(?: (?:pagi|siang|sore|malam))?|barusan|besok|lusa)` +
	`|(?:\d{1,2}|dua|tiga|empat|lima|enam) hari (?:yang |yg )?lalu|seminggu (?:yang |yg )?lalu` +
	`|(?:` + weekday + `)(?: (?:` + yesterday + `|lalu))?(?:,?\s*` + date + `)?` +
	`|(?:tgl|tanggal)\.? ?\d{1,2}(?:[ /-](?:\d{1,2}|` + monthName + `))?(?:[ /-]\d{2,4})?` +
	`|` + date + `)(?:[\s,.:]|$)`)

// numbered stand before figures that are no day: "RT 02/01".
var numbered = regexp.MustCompile(`(?i)\b(rt|rw|no|nomor|km|blok|gang|gg|jl|jalan)\.?\s*$`)

// isDay says whether a match of dayWords is a day: no fraction, no name, no house number, no week.
func isDay(words string, m []int) bool {
	said, before, after := words[m[2]:m[3]], words[:m[2]], text.Fold(words[m[3]:])
	if fractions.MatchString(said) || afterTitle(before) || numbered.MatchString(before) {
		return false
	}
	if w := text.Fold(said); w == "minggu" || w == "minggu lalu" || w == "minggu kemarin" {
		fields := strings.Fields(before)
		counted := len(fields) > 0 && (text.ParseNumber(fields[len(fields)-1]).Sure() || strings.EqualFold(fields[len(fields)-1], "se"))
		return w == "minggu" && !counted && !strings.HasPrefix(after, "ini") && !strings.HasPrefix(after, "depan")
	}
	return true
}

// titles stand before names, and some names are days: "Bu Rabu".
var titles = regexp.MustCompile(`(?i)\b(bu|ibu|pak|bapak|bpk|haji|hajah|hj?\.?|toko|warung|mbak|mas|kak|ust\S*)\s*$`)

func afterTitle(before string) bool { return titles.MatchString(before) }

// fractions look like dates: "1/2 karung".
var fractions = regexp.MustCompile(`^(1/2|1/3|2/3|1/4|3/4)$`)

// long says whether a day lies so far back that it may be a misreading.
func long(e Env, day string) bool {
	d, ok := dateOf(day)
	return ok && e.Said.Sub(d) > 60*24*time.Hour
}

// gleanDay takes a day out of words. One that cannot be is taken out too, with the reason.
func gleanDay(e Env, day *string, words string) (taken []string, rest, why string) {
	m := dayWords.FindStringSubmatchIndex(words)
	if m == nil || !isDay(words, m) {
		return nil, words, ""
	}
	got := flow.ReadDate(words[m[2]:m[3]], e.Said, true, "")
	switch {
	case got.Sure && long(e, got.Value): // asked for in its turn
		return nil, cut(words, m[2], m[3]), ""
	case got.Sure:
		*day = got.Value
		return []string{"date"}, cut(words, m[2], m[3]), ""
	case got.Why != "" && !strings.Contains(got.Why, "belum yakin"):
		return nil, cut(words, m[2], m[3]), got.Why
	}
	return nil, words, ""
}
