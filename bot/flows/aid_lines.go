package flows

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"wksbm/bot/flow"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/storage"
)

type part = flow.Part[storage.Line]

func things(Env) []flow.Option {
	var out []flow.Option
	for _, it := range goods.Items()[:goods.Offered] {
		out = append(out, flow.Option{Value: it.Code, Label: it.Label, Words: it.Words})
	}
	return append(out, flow.Option{Value: otherThing, Label: "Lainnya", Words: []string{"lain", "barang lain", "lain lain"}})
}

// otherThing asks for goods that have no button.
const otherThing = "other"

// amountOf asks how much of a thing came.
func amountOf(_ Env, code string) (ask, example string, offers []flow.Offer[storage.Line]) {
	switch code {
	case storage.ItemMoney:
		ask, example = "Berapa uangnya?", "Misalnya: 500rb, Rp1.250.000"
	case otherThing:
		return "Barang apa, dan berapa banyak?", "Misalnya: kasur 3 buah", nil
	default:
		it := goods.ByCode(code)
		ask = "Berapa banyak " + strings.ToLower(it.Label) + "nya?"
		example = "Misalnya: " + strings.Join(firstTwo(it), ", ")
	}
	for _, usual := range goods.ByCode(code).Usual {
		if p := readLine(code, usual); p.Sure {
			offers = append(offers, flow.Offer[storage.Line]{Label: usual, Value: p.Value})
		}
	}
	return ask, example, offers
}

func firstTwo(it goods.Item) []string {
	if it.Code == "rice" {
		return []string{"20 kg", "3 karung"}
	}
	return it.Usual[:min(2, len(it.Usual))]
}

// What a list of goods cannot hold: aid handed on, and packets described by what is in them.
var (
	handedOn = regexp.MustCompile(`(?i)\b(di|men|me|pen)?(salur|bagi)(kan|in|an|2(kan|in)?|-bagi(kan|in)?)\b|\bdibagi\b|\b(pe|me)nyalur|\b(di|mem)?(serah|beri)kan (ke|kepada|pada|utk|untuk)\b|\b(di)?kasih (ke|kepada)\b`)
	toUs     = regexp.MustCompile(`(?i)\b(oleh|(kepada|kpd|ke|untuk|utk) (kami|kita|saya|wksbm|desa kami))\b`)
	notYet   = regexp.MustCompile(`(?i)\b(belum (di)?terima|belum (sampai|datang|ada)|(tidak|tdk|gak|ga|nggak) jadi|hilang|(minta|mohon) (di)?bantu(an|annya)?|butuh|perlu|memerlukan|membutuhkan|mem?beli|beli|dibeli|akan di?(kirim|terima|beri)|(me)?(pinjam|minjam)(kan)?|dipinjam\w*|(di)?kembalikan|(di)?jual|menjual|habis)\b`)
	inNeed   = regexp.MustCompile(`(?i)\byang (mem)?(butuh|perlu)\w*|\byg (mem)?(butuh|perlu)\w*`) // people, not wishes
	unsure   = regexp.MustCompile(`(?i)\b(bukan|salah|keliru|tapi|tetapi|ralat)\b|\d\s*(sampai|s/d|sd)\s*\d`)
	// corrected are the words around what is right: "salah bu, beras 10 kg", "bukan 20 tapi 10 kg".
	corrected = regexp.MustCompile(`(?i)\bbukan\b.*\b(tapi|tetapi|melainkan)\b|\b(maaf|salah|keliru|ralat|yang benar|tapi|tetapi)\b(,?\s*(bu|buk|pak|ibu|bapak|kak)\b)?|\btambah(an)?\b`)
	nested    = regexp.MustCompile(`(?i)masing|@|\bisi(nya)?\b|\bper\b|\btiap\b|\d\s*x\b|\bx\s*\d|\(.*\d`)
)

// numbering is what people put before the lines of a list.
var numbering = regexp.MustCompile(`(?m)^\s*(\d{1,2}[.)]|[-•*–])\s+`)

var slashed = regexp.MustCompile(`(\pL)\s*/\s*(\pL)`)

// rightOnly takes what is right out of a correction, when it is one line and nothing else.
func rightOnly(words string) string {
	right := corrected.ReplaceAllString(words, " ")
	if unsure.MatchString(right) || len(sureLines(right)) != 1 {
		return ""
	}
	return right
}

// plain drops what stands between goods without meaning: pictures, colons, the numbers of a list.
func plain(words string) string {
	words = slashed.ReplaceAllString(words, "$1, $2")
	words = strings.ReplaceAll(numbering.ReplaceAllString(words, ""), "=", " ")
	return strings.Map(func(c rune) rune {
		switch {
		case c == ':' || unicode.Is(unicode.So, c) || unicode.Is(unicode.Sk, c):
			return ','
		case c == 0xFE0F || c == 0x200D:
			return -1
		}
		return c
	}, words)
}

// readLines takes "beras 20 kg, telur 2 rak, uang 500rb" apart.
func readLines(_ Env, code, words string) []part {
	if code == otherThing {
		code = ""
	}
	switch whole := strings.TrimSpace(words); {
	case handedOn.MatchString(words) && !toUs.MatchString(words):
		return []part{{Words: whole, Reading: flow.Not[storage.Line]("Kami membaca " + flow.Quote(words) +
			" sebagai penyaluran. Di sini baru dicatat bantuan yang diterima, misalnya: beras 20 kg")}}
	case notYet.MatchString(inNeed.ReplaceAllString(words, "")):
		return []part{{Words: whole, Reading: flow.Not[storage.Line]("Kami membaca " + flow.Quote(words) +
			", sepertinya bukan bantuan yang sudah diterima. Kalau sudah, tulis barangnya saja, misalnya: beras 20 kg")}}
	}
	return readGoods(code, words)
}

// readGoods takes a list of goods apart, whichever way they went.
func readGoods(code, words string) []part {
	switch whole := strings.TrimSpace(words); {
	case unsure.MatchString(words) && rightOnly(words) != "":
		words = rightOnly(words)
	case unsure.MatchString(words):
		return []part{{Words: whole, Reading: flow.Not[storage.Line]("Kami membaca " + flow.Quote(words) +
			", belum yakin maksudnya. Tulis yang benar saja, misalnya: beras 10 kg")}}
	case nested.MatchString(words):
		return []part{{Words: whole, Reading: flow.Not[storage.Line]("Kami membaca " + flow.Quote(words) +
			", belum bisa menghitung isinya. Tulis jumlah seluruhnya, misalnya: sembako 50 paket, atau beras 50 kg")}}
	}
	if clean := plain(words); text.HasLetter(clean) || strings.ContainsFunc(clean, unicode.IsDigit) {
		words = clean
	}
	var out []part
	for _, piece := range text.SplitList(words) {
		if !strings.ContainsFunc(piece, unicode.IsDigit) && strip(strings.ToLower(piece)) == "" && text.HasLetter(piece) {
			continue // a word that only leads to the goods
		}
		if p := readLine(code, piece); p.Words != "" {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		out = append(out, part{Words: words})
	}
	return out
}

// readLine reads one item with its amount. code is the item when only the amount is asked for.
func readLine(code, words string) part {
	p := part{Words: strings.TrimSpace(words)}
	item, found := goods.Find(words)
	if found {
		code = item.Code
	}
	if code == storage.ItemMoney || code == "" && text.SaysMoney(words) {
		return money(p)
	}
	if code == "" && !text.HasLetter(words) && strings.ContainsFunc(words, unicode.IsDigit) {
		return unnamed(p)
	}
	got := text.ParseQuantity(p.Words)
	switch {
	case got.Why == text.Several:
		p.Why = "Kami membaca " + flow.Quote(words) + ", ada lebih dari satu angka. Pisahkan dengan koma, misalnya: beras 20 kg, telur 2 rak"
		return p
	case got.Why == text.TooSmall:
		p.Why = "Kami membaca " + flow.Quote(words) + ", jumlahnya nol. Misalnya: 20 kg"
		return p
	case got.Why == text.TooLarge:
		p.Why = "Kami membaca " + flow.Quote(words) + ", jumlahnya terlalu besar. Misalnya: 20 kg"
		return p
	case got.Why != "":
		return missing(p, code)
	case got.Asks():
		p.Reading = readings(code, words, got.Ask)
		return p
	}
	return whole(p, code, got.Value)
}

// missing asks for the amount of a thing that is known.
func missing(p part, code string) part {
	switch rest := text.Fold(p.Words); {
	case code != "" && !strings.ContainsFunc(p.Words, unicode.IsDigit) && isName(code, rest):
		p.Thing = code
	case code != "":
		p.Why = "Kami membaca " + flow.Quote(p.Words) + ", belum yakin jumlahnya. Misalnya: 20 kg"
	}
	return p
}

// isName says whether words are hardly more than the item's name.
func isName(code, folded string) bool {
	item, found := goods.Find(folded)
	return found && item.Code == code && len(strings.Fields(folded)) <= 4
}

func readings(code, words string, all []text.Amount) flow.Reading[storage.Line] {
	var offers []flow.Offer[storage.Line]
	for _, a := range all {
		if l, ok := line(code, a); ok {
			offers = append(offers, flow.Offer[storage.Line]{Label: goods.Amount(l.Unit, l.Quantity), Value: l})
		}
	}
	if len(offers) == 0 {
		return flow.Not[storage.Line]("")
	}
	return flow.Ask(strings.TrimSpace(words)+": yang mana?", offers...)
}

// line makes a ledger line; goods that are on no list keep their own words.
func line(code string, a text.Amount) (storage.Line, bool) {
	if code == "" {
		rest := strip(a.Rest)
		if !text.HasLetter(rest) {
			return storage.Line{}, false
		}
		code = goods.Named(rest)
	}
	return storage.Line{Item: code, Unit: a.Unit, Quantity: storage.Quantity(a.Number)}, a.Unit != ""
}

// strip drops words that only lead to the goods.
func strip(s string) string {
	var out []string
	for _, w := range strings.Fields(s) {
		switch w {
		case "ada", "dapat", "dapet", "terima", "menerima", "diterima", "bantuan", "berupa", "sebanyak", "jml", "jumlah", "tadi", "kami", "saya", "sudah", "sdh",
			"alhamdulillah", "bismillah", "bu", "buk", "ibu", "pak", "kak", "min", "admin", "ini", "itu", "tiang", "ya", "mohon", "dicatat", "catat", "tolong", "namanya", "nya",
			"juga", "lagi", "lalu", "terus", "kemaren", "sumbangan", "kiriman", "titipan", "yg", "yang", "telah", "barusan", "kasih", "kasi", "disalurkan", "diserahkan", "diberikan", "oleh", "kpd", "kepada", "tambah", "tambahan", "tambahkan", "dikasih", "diberi", "masuk", "csr":
		default:
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// whole takes a sure number; the unit or the goods may still be missing.
func whole(p part, code string, a text.Amount) part {
	if code == "" && !text.HasLetter(strip(a.Rest)) {
		return unnamed(p)
	}
	if a.Unit == "" {
		a = unitBefore(p.Words, a)
	}
	if it, ok := goods.Find(a.Rest); ok && code == "" { // "gula2kg"
		code = it.Code
	}
	if code == "" && !text.HasLetter(strip(a.Rest)) {
		return unnamed(p)
	}
	if code == "" {
		if it, ok := goods.Almost(strip(a.Rest)); ok {
			return alike(p, it, a)
		}
	}
	if l, ok := line(code, a); ok {
		p.Reading = flow.Sure(l)
		return p
	}
	if code == "" {
		code = goods.Named(strip(a.Rest))
	}
	var offers []flow.Offer[storage.Line]
	for _, u := range append(goods.ByCode(code).Units, "kg", "sack", "packet") {
		l := storage.Line{Item: code, Unit: u, Quantity: storage.Quantity(a.Number)}
		label := goods.Amount(u, l.Quantity)
		if len(offers) < 4 && !hasLabel(offers, label) {
			offers = append(offers, flow.Offer[storage.Line]{Label: label, Words: []string{text.UnitLabel(u)}, Value: l})
		}
	}
	p.Reading = flow.Ask(goods.ByCode(code).Label+"nya "+a.Number.String()+" apa?", offers...)
	return p
}

// unitBefore finds the unit in front of the number: "beras sak 2", "nasi bungkus 100".
func unitBefore(said string, a text.Amount) text.Amount {
	all, words := strings.Fields(said), strings.Fields(a.Rest)
	n := len(words)
	if n < 2 {
		return a
	}
	u, ok := text.FindUnit(words[n-1])
	at := slices.IndexFunc(all, func(w string) bool { return strings.EqualFold(w, words[n-1]) })
	if ok && at >= 0 && at+1 < len(all) && text.ParseNumber(all[at+1]).Sure() {
		a.Unit, a.Number = u.Code, a.Number*max(u.Times, 1)
		a.Rest = strings.Join(words[:n-1], " ")
	}
	return a
}

// alike asks about goods that are spelled almost as ones on the list.
func alike(p part, it goods.Item, a text.Amount) part {
	if a.Unit == "" {
		a.Unit = it.Units[0]
	}
	meant := storage.Line{Item: it.Code, Unit: a.Unit, Quantity: storage.Quantity(a.Number)}
	typed := meant
	typed.Item = goods.Named(strip(a.Rest))
	p.Reading = flow.Ask("Maksudnya yang mana?",
		flow.Offer[storage.Line]{Label: goods.Print(meant), Words: []string{"ya", it.Label}, Value: meant},
		flow.Offer[storage.Line]{Label: goods.Print(typed), Value: typed})
	return p
}

func hasLabel(offers []flow.Offer[storage.Line], label string) bool {
	for _, o := range offers {
		if o.Label == label {
			return true
		}
	}
	return false
}

// unnamed is a number without goods: perhaps money, else the goods are asked for.
func unnamed(p part) part {
	if got := text.ParseMoney(p.Words); got.Sure() && !text.HasLetter(p.Words) {
		l := rupiah(got.Value)
		p.Reading = flow.Ask("Apakah itu uang?", flow.Offer[storage.Line]{Label: goods.Print(l), Words: []string{"ya", "uang", "iya"}, Value: l})
		return p
	}
	p.Why = "Kami membaca " + flow.Quote(p.Words) + ", belum ada nama barangnya. Misalnya: beras 20 kg"
	return p
}

// sureLines reads words only if each of their pieces is a known item with its amount.
func sureLines(words string) []storage.Line {
	var out []storage.Line
	for _, p := range readLines(Env{}, "", words) {
		if !p.Sure || goods.IsOther(p.Value.Item) {
			return nil
		}
		out = append(out, p.Value)
	}
	return out
}

// chatter are words around numbers that are no goods.
var chatter = regexp.MustCompile(`(?i)\b(no|nomor|nomer|hp|wa|jam|pukul|hari|tgl|tanggal|orang|org|rt|rw|dusun|jiwa|kk|kapan|berapa|ke)\b|^\W*\d[\d .+-]*$`)

// SoundsLikeAid says whether words said outside of a conversation are a report of aid.
func SoundsLikeAid(e Env, words string) bool {
	var none aid
	if strings.Contains(words, "?") || asksStock.MatchString(words) {
		return false
	}
	_, rest, why := gleanAid(e, &none, "lines", words)
	_, known := goods.Find(words)
	if known && why != "" {
		return true
	}
	short := len(strings.Fields(rest)) <= 4 && !strings.Contains(rest, "?") && !chatter.MatchString(rest)
	for _, p := range readLines(e, "", rest) {
		if (p.Ask != "" || strings.Contains(p.Why, "nama barangnya")) && short {
			return true
		}
		people := p.Sure && (p.Value.Unit == "person" || p.Value.Unit == "family")
		if p.Sure && !people || p.Thing != "" || known && (strings.ContainsFunc(rest, unicode.IsDigit) || text.SaysMoney(rest)) || p.Ask != "" && text.SaysMoney(rest) {
			return true
		}
		for _, o := range p.Offers { // one that is on the list, misspelled
			if !goods.IsOther(o.Value.Item) && len(p.Offers) > 1 {
				return true
			}
		}
	}
	return false
}
