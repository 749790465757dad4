package text

import (
	"slices"
	"strings"
	"sync"
)

// Amount is a number with its unit, and the words around them ("beras").
type Amount struct {
	Number Milli
	Unit   string // code, "" when none was typed
	Rest   string // lower case
}

// Unit is a unit of goods: a stored code, the label shown, and what people type.
type Unit struct {
	Code, Label string
	Typed       []string
	Times       Milli // a dozen is 12 pieces; 0 counts as 1
}

// Units lists the units in the order in which they are offered.
func Units() []Unit { return units() }

var units = sync.OnceValue(func() []Unit {
	return []Unit{
		{Code: "kg", Label: "kg", Typed: []string{"kg", "kilo", "kilogram", "kgs"}},
		{Code: "gram", Label: "gram", Typed: []string{"gram", "gr", "g"}},
		{Code: "ons", Label: "ons", Typed: []string{"ons", "on"}},
		{Code: "quintal", Label: "kuintal", Typed: []string{"kuintal", "kwintal", "kw"}},
		{Code: "ton", Label: "ton", Typed: []string{"ton"}},
		{Code: "liter", Label: "liter", Typed: []string{"liter", "ltr", "lt", "l"}},
		{Code: "packet", Label: "paket", Typed: []string{"paket", "pkt"}},
		{Code: "sack", Label: "karung", Typed: []string{"karung", "zak", "sak", "krg"}},
		{Code: "box", Label: "dus", Typed: []string{"dus", "doz", "dos", "kardus", "karton"}},
		{Code: "wrap", Label: "bungkus", Typed: []string{"bungkus", "bks", "bgks"}},
		{Code: "sachet", Label: "sachet", Typed: []string{"sachet", "saset", "renceng"}},
		{Code: "pack", Label: "pak", Typed: []string{"pak", "pack"}},
		{Code: "can", Label: "kaleng", Typed: []string{"kaleng", "klg"}},
		{Code: "bottle", Label: "botol", Typed: []string{"botol", "btl"}},
		{Code: "jerrycan", Label: "jeriken", Typed: []string{"jeriken", "jerigen", "jirigen"}},
		{Code: "gallon", Label: "galon", Typed: []string{"galon"}},
		{Code: "egg", Label: "butir", Typed: []string{"butir", "btr"}},
		{Code: "tray", Label: "rak", Typed: []string{"rak", "piring", "papan", "tray"}},
		{Code: "piece", Label: "buah", Typed: []string{"buah", "bh", "biji", "unit", "pcs"}},
		{Code: "cut", Label: "potong", Typed: []string{"potong", "ptg"}},
		{Code: "sheet", Label: "lembar", Typed: []string{"lembar", "lbr", "helai"}},
		{Code: "set", Label: "stel", Typed: []string{"stel", "setel"}},
		{Code: "pair", Label: "pasang", Typed: []string{"pasang", "psg"}},
		{Code: "piece", Label: "buah", Typed: []string{"lusin"}, Times: 12},
		{Code: "piece", Label: "buah", Typed: []string{"kodi"}, Times: 20},
		{Code: "head", Label: "ekor", Typed: []string{"ekor", "ekr"}},
		{Code: "bundle", Label: "ikat", Typed: []string{"ikat"}},
		{Code: "bunch", Label: "tandan", Typed: []string{"tandan", "sisir"}},
		{Code: "crate", Label: "peti", Typed: []string{"peti"}},
		{Code: "cylinder", Label: "tabung", Typed: []string{"tabung"}},
		{Code: "bucket", Label: "ember", Typed: []string{"ember"}},
		{Code: "roll", Label: "gulung", Typed: []string{"gulung", "rol"}},
		{Code: "ream", Label: "rim", Typed: []string{"rim"}},
		{Code: "case", Label: "kotak", Typed: []string{"kotak", "ktk", "boks"}},
		{Code: "person", Label: "orang", Typed: []string{"orang", "org", "jiwa"}},
		{Code: "family", Label: "KK", Typed: []string{"kk", "keluarga"}},
	}
})

// UnitLabel returns how a unit's code is shown; the code itself when it is unknown.
func UnitLabel(code string) string {
	for _, u := range Units() {
		if u.Code == code {
			return u.Label
		}
	}
	return code
}

// FindUnit returns the unit people mean by a word.
func FindUnit(word string) (Unit, bool) {
	word = strings.Trim(strings.ToLower(word), ".,")
	for _, u := range Units() {
		if slices.Contains(u.Typed, word) {
			return u, true
		}
	}
	return Unit{}, false
}

// ParseQuantity reads "beras 20 kg", "sekarung beras", "½ karung", "selusin". A unit that was not
// typed stays empty. "1.500 kg" has two readings; a second number gives the reason Several.
func ParseQuantity(s string) Reading[Amount] {
	words := spellOut(tokens(s))
	from, to := findNumeral(words)
	if from < 0 {
		return unread[Amount](Unclear)
	}
	number := numeral(words[from:to], true)
	rest := slices.Clone(words[:from])
	unit, found := Unit{}, false
	if to < len(words) {
		if unit, found = FindUnit(words[to]); found {
			to++
		}
	}
	after := words[to:]
	if i, _ := findNumeral(after); i >= 0 {
		return unread[Amount](Several)
	}
	what := strings.Join(append(rest, after...), " ")
	out := each(number, func(m Milli) Amount {
		return Amount{Number: m * max(unit.Times, 1), Unit: unit.Code, Rest: what}
	})
	return inBounds(out)
}

// maxQuantity is beyond what a village ever receives of one thing.
const maxQuantity = Milli(10_000_000) * 1000

func inBounds(r Reading[Amount]) Reading[Amount] {
	switch {
	case !r.Sure():
		return r
	case r.Value.Number <= 0:
		return unread[Amount](TooSmall)
	case r.Value.Number > maxQuantity:
		return unread[Amount](TooLarge)
	}
	return r
}

// spellOut makes two words of "sekarung" and "selusin".
func spellOut(words []string) []string {
	var out []string
	for _, w := range words {
		if rest, ok := strings.CutPrefix(w, "se"); ok && len(rest) > 2 {
			if _, unit := FindUnit(rest); unit {
				out = append(out, "satu", rest)
				continue
			}
		}
		out = append(out, w)
	}
	return out
}

// findNumeral returns the first and longest run of words that is a number; −1 when there is none.
func findNumeral(words []string) (from, to int) {
	for i := range words {
		for j := min(len(words), i+12); j > i; j-- {
			if r := numeral(words[i:j], true); r.Why == "" {
				return i, j
			}
		}
	}
	return -1, -1
}
