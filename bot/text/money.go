package text

import "strings"

// maxMoney is beyond what a village ever handles: one trillion rupiah.
const maxMoney = 1_000_000_000_000

// ParseMoney reads an amount in whole rupiah. Amounts under 1.000 are asked about: "50" may be
// Rp50 or Rp50.000.
func ParseMoney(s string) Reading[int64] {
	words := moneyWords(s)
	r := numeral(words, false)
	if len(words) == 1 && r.Asks() { // 1.25
		r = ask(r.Ask[1]*1000, r.Ask[1]*1_000_000)
	}
	for _, v := range append(r.Ask, r.Value) {
		if r.Why == "" && v%1000 != 0 {
			return unread[int64](Unclear)
		}
	}
	out := each(r, func(m Milli) int64 { return int64(m / 1000) })
	switch v := out.Value; {
	case !out.Sure():
		return out
	case v == 0:
		return unread[int64](TooSmall)
	case v > maxMoney:
		return unread[int64](TooLarge)
	case v < 1000:
		return ask(v, v*1000)
	}
	return out
}

// moneyWords drops the signs of money around a number: Rp, IDR, rupiah, perak, ",-".
func moneyWords(s string) []string {
	s = strings.NewReplacer(",-", " ", ".-", " ", ",--", " ").Replace(strings.ToLower(clipBytes(s)))
	var out []string
	for _, w := range tokens(s) {
		switch strings.Trim(w, ".:") {
		case "rp", "idr", "rupiah", "perak", "":
		default:
			out = append(out, w)
		}
	}
	return out
}

// SaysMoney reports whether words name money: Rp, rupiah, uang, or a number followed by ribu, juta …
func SaysMoney(s string) bool {
	words := tokens(s)
	for i, w := range words {
		switch strings.Trim(w, ".:") {
		case "rp", "idr", "rupiah", "perak", "uang", "duit", "tunai", "dana":
			return true
		}
		if multiple(w) > 0 && i > 0 {
			return true
		}
	}
	return false
}
