package flows

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
)

var moneyWord = regexp.MustCompile(`(?i)\b(uang|duit|tunai|dana|sumbangan|bantuan|terima|sebesar|senilai|sejumlah|cash|duka)\b`)

// money reads an amount of rupiah.
func money(p part) part {
	words := strings.TrimSpace(moneyWord.ReplaceAllString(p.Words, " "))
	if words == "" {
		p.Thing = storage.ItemMoney
		return p
	}
	got := amount(words)
	if got.Ask = slices.DeleteFunc(slices.Clone(got.Ask), func(v int64) bool { return v <= 0 }); got.Sure() && got.Value <= 0 {
		got.Why = text.TooSmall
	}
	switch {
	case got.Sure():
		p.Reading = flow.Sure(rupiah(got.Value))
	case got.Asks():
		var offers []flow.Offer[storage.Line]
		var names []string
		for _, v := range slices.Sorted(slices.Values(got.Ask)) {
			names = append(names, text.Rupiah(v))
			offers = append(offers, flow.Offer[storage.Line]{Label: text.Rupiah(v), Value: rupiah(v)})
		}
		slices.Reverse(offers) // the larger is meant more often
		p.Reading = flow.Ask(strings.Join(names, " atau ")+"?", offers...)
	case got.Why == text.TooSmall:
		p.Why = "Kami membaca " + flow.Quote(p.Words) + ", jumlahnya nol. Misalnya: 500rb"
	case got.Why == text.TooLarge:
		p.Why = "Kami membaca " + flow.Quote(p.Words) + ", jumlahnya terlalu besar. Misalnya: 500rb"
	default:
		p.Why = "Kami membaca " + flow.Quote(p.Words) + ", belum yakin jumlahnya. Misalnya: 500rb"
	}
	return p
}

// countsOn says whether words go on with the number before them.
func countsOn(words string) bool {
	for _, w := range strings.Fields(words) {
		if r := text.ParseNumber(w); r.Why == "" || strings.ContainsFunc(w, unicode.IsDigit) || slices.Contains([]string{"setengah", "lebih", "ratus", "ribu", "juta", "rb", "jt"}, strings.ToLower(w)) {
			return true
		}
	}
	return false
}

// halfSaid is "1jt500", which means one and a half million more often than not.
var halfSaid = regexp.MustCompile(`(?i)^(?:rp\.?\s*)?(\d{1,3})\s*(?:jt|juta)\s*(\d{3})$`)

// amount reads the amount in words that may hold more than it: "500rb buat korban banjir".
func amount(words string) text.Reading[int64] {
	if m := halfSaid.FindStringSubmatch(strings.TrimSpace(words)); m != nil {
		millions, _ := strconv.ParseInt(m[1], 10, 64)
		rest, _ := strconv.ParseInt(m[2], 10, 64)
		return text.Reading[int64]{Ask: []int64{millions*1e6 + rest*1e3, millions*1e6 + rest}}
	}
	whole := text.ParseMoney(words)
	if whole.Why != text.Unclear {
		return whole
	}
	all := strings.Fields(words)
	for n := len(all) - 1; n > 0; n-- {
		for from := 0; from+n <= len(all); from++ {
			rest := strings.Join(append(slices.Clone(all[:from]), all[from+n:]...), " ")
			if got := text.ParseMoney(strings.Join(all[from:from+n], " ")); got.Why == "" && !countsOn(rest) {
				return got
			}
		}
	}
	return whole
}

func rupiah(v int64) storage.Line {
	return storage.Line{Item: storage.ItemMoney, Unit: storage.UnitRupiah, Quantity: storage.Quantity(v * 1000)}
}
