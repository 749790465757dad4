package text

import (
	"slices"
	"strings"
)

// Heads is a count of households and people, as in "12 KK 40 jiwa"; 0 when not given.
type Heads struct{ Families, Persons int }

// maxHeads is beyond what a village ever counts.
const maxHeads = 20_000

// ParseHeads reads counts of families and people, in either order, in figures or words. A number
// alone is asked about. Sixteen digits behind KK are the number of a family card and no count.
func ParseHeads(s string) Reading[Heads] {
	words := headWords(s)
	from, to := findNumeral(words)
	if to == len(words) && from == 0 {
		n, why := wholeOf(words, maxHeads)
		if why == "" && n == 0 {
			why = TooSmall
		}
		if why != "" {
			return unread[Heads](why)
		}
		return ask(Heads{Persons: n}, Heads{Families: n})
	}
	return counted(words)
}

// counted reads every number that families or people are named with.
func counted(words []string) Reading[Heads] {
	var h Heads
	for at := 0; at < len(words); {
		from, to := findNumeral(words[at:])
		if from < 0 {
			break
		}
		from, to = from+at, to+at
		n, why := wholeOf(words[from:to], maxHeads)
		count, next := countOf(&h, words, from, to)
		switch {
		case count == nil && from > 0 && (words[from-1] == "family" || words[from-1] == "person"):
			return unread[Heads](Several) // "12 KK 40": forty what?
		case count == nil:
			at = to
			continue
		case why != "":
			return unread[Heads](why)
		case n == 0:
			return unread[Heads](TooSmall)
		case *count != 0:
			return unread[Heads](Several)
		}
		*count, at = n, next
	}
	switch {
	case h == (Heads{}):
		return unread[Heads](Unclear)
	case h.Families > h.Persons && h.Persons > 0:
		return unread[Heads](Disagree)
	}
	return sure(h)
}

// countOf says which count the number in words[from:to] is of, and where to read on; nil: of neither.
// The word stands behind the number, in "KK 12, jiwa 40" before it.
func countOf(h *Heads, words []string, from, to int) (*int, int) {
	counts := map[string]*int{"family": &h.Families, "person": &h.Persons}
	before := counts[words[0]] != nil && counts[words[len(words)-1]] == nil
	if before && from > 0 {
		return counts[words[from-1]], to
	}
	if to < len(words) {
		return counts[words[to]], to + 1
	}
	return nil, to
}

// headWords names families and people by one word each, and takes card numbers out.
func headWords(s string) []string {
	s = longNumber.ReplaceAllString(clipBytes(s), " ")
	s = strings.NewReplacer("kepala keluarga", "kk", "rumah tangga", "kk", "puluhan", "puluh").Replace(strings.ToLower(s))
	var out []string
	for _, w := range spellOut(tokens(strings.Map(spaced, s))) {
		switch w = strings.Trim(w, ".,"); w {
		case "", "dan", "sekitar", "kira", "total", "jumlah":
		case "kk", "keluarga", "kel":
			out = append(out, "family")
		case "orang", "org", "jiwa", "jw", "warga":
			out = append(out, "person")
		default:
			out = append(out, w)
		}
	}
	return out
}

// spaced makes spaces of marks that are no part of a number.
func spaced(r rune) rune {
	if strings.ContainsRune("():;/~±=", r) {
		return ' '
	}
	return r
}

// wholeOf reads words that are one whole number up to most.
func wholeOf(words []string, most int) (int, Reason) {
	r := numeral(words, false)
	switch {
	case !r.Sure() || r.Value%1000 != 0:
		return 0, Unclear
	case r.Value > Milli(most)*1000:
		return 0, TooLarge
	}
	return int(r.Value / 1000), ""
}

// ParseCount reads one count with words around it or not: "15 orang", "lima belas", "sekitar 15". It
// is refused when it is under least or over most.
func ParseCount(s string, least, most int) Reading[int] {
	if HasNIK(clipBytes(s)) {
		return unread[int](TooLarge)
	}
	if slices.Contains([]string{"tidak ada", "tdk ada", "gak ada", "ga ada", "nggak ada", "belum ada", "nihil"}, Fold(s)) {
		s = "0"
	}
	s = strings.ReplaceAll(strings.ToLower(clipBytes(s)), "puluhan", "puluh") // "dua puluhan orang"
	words := spellOut(tokens(strings.Map(spaced, s)))
	from, to := findNumeral(words)
	if from < 0 {
		return unread[int](Unclear)
	}
	if i, _ := findNumeral(words[to:]); i >= 0 {
		return unread[int](Several)
	}
	n, why := wholeOf(words[from:to], most)
	switch {
	case why != "":
		return unread[int](why)
	case n < least:
		return unread[int](TooSmall)
	}
	return sure(n)
}
