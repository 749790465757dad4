package flows

import (
	"regexp"
	"slices"
	"strings"

	"wksbm/bot/flow"
	"wksbm/bot/goods"
	"wksbm/bot/text"
)

// What a message may tell beside the goods: "beras 20 kg dari H. Ahmad untuk lansia kemarin".
var (
	fromWords = regexp.MustCompile(`(?i)(?:^|[\s,])(?:dari|dr)\s+(.+?)(?:[,;\n]|\s(?:untuk|utk|buat)\s|$)`)
	forWords  = regexp.MustCompile(`(?i)(?:^|[\s,])(?:untuk|utk|buat)\s+(.+?)(?:[,;\n]|\s(?:dari|dr)\s|$)`)
	dayWords  = regexp.MustCompile(`(?i)(?:^|[\s,])((?:hari ini|tadi (?:pagi|siang|sore|malam)|kemarin lusa|kemarin(?: (?:pagi|siang|sore|malam))?|kmrn|barusan)` +
		`|(?:tgl|tanggal)\.? ?\d{1,2}(?:[ /-](?:\d{1,2}|[a-z]{3,9}))?(?:[ /-]\d{2,4})?` +
		`|\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?` +
		`|(?:hari )?(?:senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad)(?: (?:kemarin|lalu))?)(?:[\s,.]|$)`)
)

// gleanAid takes day, source and purpose out of words, and goods where other things are asked for.
// Free text, a name or a note, is left alone.
func gleanAid(e Env, a *aid, step, words string) (taken []string, rest string) {
	switch step {
	case "giver", "note", "photo":
		return nil, words
	}
	rest = words
	if m := dayWords.FindStringSubmatchIndex(rest); m != nil && step != "date" {
		if got := flow.ReadDate(rest[m[2]:m[3]], e.Now, true); got.Sure {
			a.Date = got.Value
			taken, rest = append(taken, "date"), cut(rest, m[2], m[3])
		}
	}
	if m := forWords.FindStringSubmatchIndex(rest); m != nil {
		if code, n, ok := leading(purposes(), rest[m[2]:m[3]]); ok {
			a.Purpose = code
			taken, rest = append(taken, "purpose"), cut(rest, lead(rest, m[0]), m[2]+n)
		}
	}
	if m := fromWords.FindStringSubmatchIndex(rest); m != nil {
		if code, n, ok := leading(sources(), rest[m[2]:m[3]]); ok && n < m[3]-m[2] {
			a.Source = code
			takeSource(e, a, code)
			taken, rest = append(taken, "source"), cut(rest, lead(rest, m[0]), m[2]+n)
		} else if gleanSource(a, rest[m[2]:m[3]]) {
			taken, rest = append(taken, "source"), cut(rest, lead(rest, m[0]), m[3])
		}
	}
	rest = strings.Trim(rest, " ,;.\n")
	if step == "lines" || rest == "" {
		return taken, rest
	}
	if lines := sureLines(rest); len(lines) > 0 && len(a.Lines)+len(lines) <= 20 {
		for _, l := range lines {
			a.Lines = goods.Join(a.Lines, l)
		}
		return append(taken, "lines"), ""
	}
	if len(taken) > 0 && step != "" && slices.Contains(taken, step) {
		return taken, ""
	}
	return taken, rest
}

// gleanSource understands a kind of source, or takes the words for a giver's name.
func gleanSource(a *aid, words string) bool {
	if code, ok := option(sources(), words); ok {
		a.Source = code
		takeSource(Env{}, a, code)
		return true
	}
	got := readGiver(Env{}, a, words)
	if !got.Sure || len(strings.Fields(words)) > 6 || nobody.MatchString(words) {
		return false
	}
	a.Source, a.Giver = sourceOf(words), got.Value
	return true
}

// sourceOf tells from the first word of a name what kind of giver it is.
func sourceOf(name string) string {
	first, _, _ := strings.Cut(text.Fold(name), " ")
	switch first {
	case "pt", "cv", "ud", "toko", "bank", "perusahaan":
		return "company"
	case "masjid", "musala", "mushola", "musholla", "jamaah":
		return "mosque"
	case "yayasan", "lks", "panti", "komunitas", "karang", "pkk", "lembaga", "organisasi":
		return "social_group"
	}
	return "individual_donor"
}

// nobody are words behind "dari" that name no giver.
var nobody = regexp.MustCompile(`(?i)^(mana|siapa|sana|situ|sini|rumah|tadi|kemarin|semua|orang|awal)\b`)

// option finds the answer that words are the name of, and of nothing else.
func option(all []flow.Option, words string) (string, bool) {
	w := text.Fold(words)
	for _, o := range all {
		for _, name := range append([]string{o.Label}, o.Words...) {
			if text.Fold(name) == w {
				return o.Value, true
			}
		}
	}
	return "", false
}

// leading finds the answer that words begin with, and how many bytes name it. What follows a name has
// to hold a number: "warga desa" is not the source "warga".
func leading(all []flow.Option, words string) (code string, n int, ok bool) {
	if code, ok := option(all, words); ok {
		return code, len(words), true
	}
	for n := len(words) - 1; n > 0; n-- {
		if words[n] != ' ' || !strings.ContainsAny(words[n:], "0123456789") {
			continue
		}
		if code, ok := option(all, words[:n]); ok {
			return code, n, true
		}
	}
	return "", 0, false
}

// lead skips the space or comma before a match.
func lead(s string, at int) int {
	if at < len(s) && (s[at] == ' ' || s[at] == ',' || s[at] == '\n' || s[at] == '\t') {
		return at + 1
	}
	return at
}

func cut(s string, from, to int) string {
	return strings.TrimSpace(strings.TrimRight(s[:from], " ") + " " + strings.TrimLeft(s[to:], " "))
}
