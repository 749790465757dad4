// Package goods knows what aid consists of: items by their codes, how they are called, how amounts are printed.
package goods

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/xrash/smetrics"

	"wksbm/bot/text"
	"wksbm/storage"
)

// Item is a kind of aid: a stored code, the label shown, what people type.
type Item struct {
	Code, Label string
	Words       []string
	Units       []string // unit codes it usually comes in, the most usual first
	Usual       []string // amounts offered as buttons, as one would type them
	Not         []string // words that make other goods of it: "minyak tanah"
}

// Items lists the items in the order in which they are offered. The first Offered are buttons.
func Items() []Item {
	return []Item{
		{Code: storage.ItemMoney, Label: "Uang", Words: []string{"uang", "duit", "tunai", "dana", "rupiah"}, Usual: []string{"Rp50.000", "Rp100.000", "Rp500.000"}},
		{Code: "rice", Label: "Beras", Words: []string{"beras", "bers", "brs"}, Units: []string{"kg", "sack"}, Usual: []string{"5 kg", "10 kg", "25 kg"}},
		{Code: "groceries", Label: "Sembako", Words: []string{"sembako", "paket sembako", "sembilan bahan pokok"}, Units: []string{"packet"}, Usual: []string{"1 paket", "5 paket", "10 paket"}},
		{Code: "cooking_oil", Label: "Minyak", Words: []string{"minyak", "minyak goreng", "migor"}, Units: []string{"liter", "box", "bottle"}, Usual: []string{"1 liter", "2 liter", "1 dus"}, Not: []string{"tanah", "kayu", "telon", "rambut", "wangi", "kemiri", "angin", "zaitun"}},
		{Code: "egg", Label: "Telur", Words: []string{"telur", "telor", "tlr"}, Units: []string{"tray", "egg", "kg"}, Usual: []string{"1 rak", "2 rak", "10 butir"}},
		{Code: "noodles", Label: "Mi instan", Words: []string{"mi", "mie", "mi instan", "mie instan", "indomie", "supermi", "sarimi"}, Units: []string{"box", "wrap"}, Usual: []string{"1 dus", "2 dus", "10 bungkus"}},
		{Code: "clothes", Label: "Pakaian", Words: []string{"pakaian", "baju", "pakaian bekas", "baju bekas", "pakaian layak pakai"}, Units: []string{"cut", "sack", "box"}, Usual: []string{"10 potong", "1 karung", "1 dus"}},
		{Code: "sugar", Label: "Gula", Words: []string{"gula", "gula pasir"}, Units: []string{"kg"}, Usual: []string{"1 kg", "5 kg", "10 kg"}, Not: []string{"merah", "aren", "semut"}},
		{Code: "water", Label: "Air minum", Words: []string{"air", "air minum", "air mineral", "aqua"}, Units: []string{"box", "gallon", "bottle"}, Usual: []string{"1 dus", "5 dus", "1 galon"}},
		{Code: "milk", Label: "Susu", Words: []string{"susu"}, Units: []string{"box", "can", "packet"}, Usual: []string{"1 dus", "5 kaleng"}},
		{Code: "blanket", Label: "Selimut", Words: []string{"selimut"}, Units: []string{"sheet", "piece"}, Usual: []string{"5 lembar", "10 lembar"}},
		{Code: "medicine", Label: "Obat", Words: []string{"obat", "obat obatan", "obatan"}, Units: []string{"packet", "box"}, Usual: []string{"1 paket", "1 dus"}, Not: []string{"nyamuk", "tikus", "rumput", "hama"}},
		{Code: "school", Label: "Alat sekolah", Words: []string{"alat sekolah", "alat tulis", "perlengkapan sekolah", "buku tulis", "seragam"}, Units: []string{"packet", "set", "piece"}, Usual: []string{"1 paket", "5 paket"}},
		{Code: "qurban_meat", Label: "Daging", Words: []string{"daging", "daging kurban", "daging qurban"}, Units: []string{"kg", "packet"}, Usual: []string{"5 kg", "10 kg", "10 bungkus"}},
	}
}

// Offered is how many of Items are shown as buttons.
const Offered = 8

// other marks goods that are kept in the words typed.
const other = "other:"

// entry is an item with its names as they are compared.
type entry struct {
	Item
	names, not []string
}

// index is made once: it is asked for every word that people type.
var index = sync.OnceValue(func() []entry {
	var out []entry
	for _, it := range Items() {
		e := entry{Item: it}
		for _, name := range append([]string{it.Label}, it.Words...) {
			e.names = append(e.names, text.Fold(name))
		}
		for _, word := range it.Not {
			e.not = append(e.not, " "+word+" ")
		}
		out = append(out, e)
	}
	return out
})

// Find returns the item that words name, whole or among other words.
func Find(words string) (Item, bool) {
	w := bare(text.Fold(words))
	if w == "" {
		return Item{}, false
	}
	w = " " + w + " "
	var best Item
	longest := 0
	for _, e := range index() {
		if slices.ContainsFunc(e.not, func(n string) bool { return strings.Contains(w, n) }) {
			continue
		}
		for _, name := range e.names {
			if len(name) > longest && strings.Contains(w, " "+name+" ") {
				best, longest = e.Item, len(name)
			}
		}
	}
	return best, longest > 0
}

// bare takes the ending of "berasnya" off.
func bare(folded string) string {
	fields := strings.Fields(folded)
	for i, w := range fields {
		if root, ok := strings.CutSuffix(w, "nya"); ok && len(root) > 2 {
			fields[i] = root
		}
	}
	return strings.Join(fields, " ")
}

// Almost returns the item whose name words nearly are.
func Almost(words string) (Item, bool) {
	w := text.Fold(words)
	for _, it := range index() {
		for _, name := range it.names {
			if n := len(name); n >= 4 && it.Code != storage.ItemMoney && w != "" && w[0] == name[0] && smetrics.WagnerFischer(w, name, 1, 1, 1) <= min(2, n/2-1) {
				return it.Item, true
			}
		}
	}
	return Item{}, false
}

// ByCode returns the item with this code; goods in people's own words have one that is made here.
func ByCode(code string) Item {
	all := index()
	if i := slices.IndexFunc(all, func(e entry) bool { return e.Code == code }); i >= 0 {
		return all[i].Item
	}
	return Item{Code: code, Label: title(strings.TrimPrefix(code, other)), Units: []string{"piece", "packet", "kg"}, Usual: []string{"1 buah", "5 buah", "1 paket"}}
}

// Named gives goods that are on no list a code from the words typed.
func Named(words string) string { return other + text.Clip(text.Fold(words), 40) }

// IsOther reports whether a code holds people's own words, which no group may see.
func IsOther(code string) bool { return strings.HasPrefix(code, other) }

// Amount prints how much a line is: "20 kg", "Rp500.000". What lacks is "kurang 15 kg".
func Amount(unit string, q storage.Quantity) string {
	if q < 0 {
		return "kurang " + Amount(unit, -q)
	}
	if unit == storage.UnitRupiah {
		return text.Rupiah(int64(q) / 1000)
	}
	return text.Milli(q).String() + " " + text.UnitLabel(unit)
}

// Print prints a line: "Beras 20 kg", "Uang Rp500.000".
func Print(l storage.Line) string { return ByCode(l.Item).Label + " " + Amount(l.Unit, l.Quantity) }

// List prints lines one after the other.
func List(lines []storage.Line) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = Print(l)
	}
	return strings.Join(out, " · ")
}

// Hushed prints a line as a group may read it: what people call their own goods may hold names.
func Hushed(l storage.Line) string {
	if IsOther(l.Item) {
		return "Barang lain " + Amount(l.Unit, l.Quantity)
	}
	return Print(l)
}

// Like says whether two lines are of the same goods in the same unit.
func Like(a, b storage.Line) bool { return a.Item == b.Item && a.Unit == b.Unit }

// Join puts a line to a like one, or behind the others.
func Join(lines []storage.Line, l storage.Line) []storage.Line {
	for i, have := range lines {
		if Like(have, l) {
			out := slices.Clone(lines)
			out[i].Quantity += l.Quantity
			return out
		}
	}
	return append(slices.Clone(lines), l)
}

func title(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// Place is where an item stands in the order of Items; goods in people's own words come last.
func Place(code string) int {
	all := index()
	if i := slices.IndexFunc(all, func(e entry) bool { return e.Code == code }); i >= 0 {
		return i
	}
	return len(all)
}
