package flows

import (
	"hash/fnv"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/storage"
)

// general is the purpose of aid that is for nobody in particular.
const general = "general"

// printGift prints a line with the purpose that it is kept for.
func printGift(l storage.Line) string { return goods.Print(l) + purposeOf(l.Earmark) }

func purposeOf(earmark string) string {
	if earmark == "" || earmark == general {
		return ""
	}
	return " (" + strings.ToLower(labelOf(purposes(), earmark)) + ")"
}

func giftList(lines []storage.Line) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = printGift(l)
	}
	return strings.Join(out, " · ")
}

// withinSentence prints lines where they follow other words: "beras 10 kg, uang Rp50.000".
func withinSentence(lines []storage.Line) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.ToLower(goods.ByCode(l.Item).Label) + purposeOf(l.Earmark) + " " + goods.Amount(l.Unit, l.Quantity)
	}
	return strings.Join(out, ", ")
}

// likeGift says whether two lines come from the same purse; one that is not told yet may be any.
func likeGift(a, b storage.Line) bool {
	return goods.Like(a, b) && (a.Earmark == b.Earmark || a.Earmark == "" || b.Earmark == "")
}

func joinGift(lines []storage.Line, l storage.Line) []storage.Line {
	out := slices.Clone(lines)
	i := slices.IndexFunc(out, func(have storage.Line) bool { return likeGift(have, l) })
	if i < 0 {
		return append(out, l)
	}
	out[i].Quantity += l.Quantity
	if out[i].Earmark == "" {
		out[i].Earmark = l.Earmark
	}
	return out
}

// left lists what the village's book has, in the order of the goods. What is overdrawn is left out.
func left(e Env) []storage.Line {
	var out []storage.Line
	for _, s := range e.Tx.Village(e.Member.Village).Stock {
		if s.Quantity > 0 {
			out = append(out, storage.Line(s))
		}
	}
	all := goods.Items()
	rank := func(l storage.Line) int {
		if i := slices.IndexFunc(all, func(it goods.Item) bool { return it.Code == l.Item }); i >= 0 {
			return i
		}
		return len(all)
	}
	slices.SortStableFunc(out, func(a, b storage.Line) int { return rank(a) - rank(b) })
	return out
}

// maxStock is how many rows of the book are buttons; the others can be typed.
const maxStock = 8

// stockThings are what is left in the book, by item, unit and purpose; usual goods while it is empty.
func stockThings(e Env) []flow.Option {
	rows := left(e)
	var out []flow.Option
	for _, l := range rows[:min(maxStock, len(rows))] {
		label := goods.Print(l)
		if slices.ContainsFunc(rows, func(x storage.Line) bool { return goods.Like(x, l) && x.Earmark != l.Earmark }) {
			label += " (" + strings.ToLower(labelOf(purposes(), l.Earmark)) + ")"
		}
		out = append(out, flow.Option{Value: stockCode(l), Label: label})
	}
	if len(out) == 0 {
		out = things(e)[:3]
	}
	return append(out, flow.Option{Value: otherThing, Label: "Lainnya", Words: []string{"lain", "barang lain", "lain lain"}})
}

// stockCode stands for a row of the book in a button, whatever its goods are called.
func stockCode(l storage.Line) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(l.Item + "|" + l.Unit + "|" + l.Earmark))
	return "s-" + strconv.FormatUint(uint64(h.Sum32()), 36)
}

// stockOf finds the row of the book that a code stands for: that of a button, or an item of which
// the book has one row.
func stockOf(e Env, code string) (storage.Line, bool) {
	var of []storage.Line
	for _, l := range left(e) {
		switch code {
		case stockCode(l):
			return l, true
		case l.Item:
			of = append(of, l)
		}
	}
	if len(of) == 1 {
		return of[0], true
	}
	return storage.Line{}, false
}

// giftAmount asks how much of a thing was given; what is offered is never more than is left.
func giftAmount(e Env, code string) (ask, example string, offers []flow.Offer[storage.Line]) {
	row, ok := stockOf(e, code)
	if !ok {
		return otherAmount(e, code)
	}
	item := goods.ByCode(row.Item)
	ask = "<b>Berapa banyak " + chat.Escape(strings.ToLower(item.Label)) + "nya?</b>\nSisa di buku " + goods.Amount(row.Unit, row.Quantity) + chat.Escape(purposeOf(row.Earmark)) + "."
	for _, q := range portions(row) {
		l := row
		l.Quantity = q
		offers = append(offers, flow.Offer[storage.Line]{Label: goods.Amount(row.Unit, q), Value: l})
	}
	all := flow.Offer[storage.Line]{Label: "Semua (" + goods.Amount(row.Unit, row.Quantity) + ")", Words: []string{"semua", "semuanya", "seluruhnya", "habis"}, Value: row}
	return ask, "Pilih, atau tulis jumlahnya", append(offers, all)
}

// otherAmount asks how much was given of goods that the book does not tell apart, or does not have.
func otherAmount(e Env, code string) (ask, example string, offers []flow.Offer[storage.Line]) {
	ask, example, offers = amountOf(e, code)
	var of []flow.Offer[storage.Line]
	for _, l := range left(e) {
		if l.Item == code {
			of = append(of, flow.Offer[storage.Line]{Label: "Semua " + goods.Amount(l.Unit, l.Quantity) + purposeOf(l.Earmark), Value: l})
		}
	}
	if len(of) > 0 {
		offers = of
	}
	return ask, example, offers
}

// portions are usual amounts below what is left, else half of it.
func portions(row storage.Line) []storage.Quantity {
	var out []storage.Quantity
	for _, usual := range goods.ByCode(row.Item).Usual {
		if p := readLine(row.Item, usual); p.Sure && p.Value.Unit == row.Unit && p.Value.Quantity < row.Quantity {
			out = append(out, p.Value.Quantity)
		}
	}
	half := row.Quantity / 2 / 1000 * 1000
	if len(out) == 0 && half > 0 {
		out = append(out, half)
	}
	return out
}

var (
	// handing are the words that tell of handing on; what stands beside them is told by prepositions.
	handing = regexp.MustCompile(`(?i)\bterima ?kasih\b|\b(sudah |sdh |telah |tadi |mau lapor |lapor |kami |saya )*(\b(di|me|men|mem|pe|pen|pem)?(salur|bagi)(kan|in|an|2\s?(kan|in)?|-bagi(kan|in)?)?\b(?:\s+bantuan\b)?|\b(di|mem|men|me)?(serah|beri)kan\b|\b(di|me)?(kasih|ngasih)\b|\bpenyerahan\b)`)
	// gave are the words that make a sentence one of handing on.
	gave = regexp.MustCompile(`(?i)^\s*((sudah|sdh|tadi|barusan|kami|saya)\s+)*(bagi|kasih|beri|memberi|ngasih)\b`)
	// planned are gifts to come.
	planned = regexp.MustCompile(`(?i)\b(akan|mau|ingin|rencana\w*|belum|blm|besok|nanti|bakal|siap)\s+(\pL+\s+)?(di|me|men|mem)?(salur|bagi|serah|beri)(kan|in|an)?\b`)
	wholly  = regexp.MustCompile(`(?i)\b(semua|seluruh|sisa)(nya)?\b`)
)

// readGift takes goods that were given apart. code is what giftAmount asks about.
func readGift(e Env, code, words string) []part {
	if planned.MatchString(words) && !strings.Contains(strings.ToLower(words), "mau lapor") {
		return []part{{Words: strings.TrimSpace(words), Reading: flow.Not[storage.Line]("Kami membaca " + flow.Quote(words) +
			", sepertinya belum disalurkan. Kalau sudah, tulis misalnya: beras 10 kg untuk Bu Siti RT 03")}}
	}
	row, known := stockOf(e, code)
	item := code
	switch {
	case known:
		item = row.Item
	case code == otherThing || strings.HasPrefix(code, "s-"):
		item = ""
	}
	words = handing.ReplaceAllString(words, " ")
	var out []part
	for _, p := range readGoods(item, words) {
		if known && goods.Like(p.Value, row) && p.Sure {
			p.Value.Earmark = row.Earmark
		}
		out = append(out, inStock(e, item, p))
	}
	return out
}

// inStock makes sure of what only the book can tell: "semua beras", and the unit of "beras 10".
func inStock(e Env, item string, p part) part {
	if it, ok := goods.Find(p.Words); ok && item == "" {
		item = it.Code
	}
	row, ok := stockOf(e, item)
	switch {
	case !ok || p.Sure:
		return p
	case wholly.MatchString(p.Words) && !strings.ContainsAny(p.Words, "0123456789"):
		return part{Words: p.Words, Reading: flow.Sure(row)}
	case row.Unit == storage.UnitRupiah:
		return p
	}
	if got := text.ParseQuantity(p.Words); !got.Sure() || got.Value.Unit != "" {
		return p
	}
	for _, o := range p.Offers {
		if o.Value.Unit == row.Unit && o.Value.Item == row.Item {
			l := o.Value
			l.Earmark = row.Earmark
			return part{Words: p.Words, Reading: flow.Sure(l)}
		}
	}
	return p
}

// unsettled says whether a line could come from several purses.
func unsettled(_ Env, g *gift) bool {
	return slices.ContainsFunc(g.Lines, func(l storage.Line) bool { return l.Earmark == "" })
}

// purses lists the rows of the book that hold goods of a line.
func purses(e Env, l storage.Line) []storage.Line {
	return slices.DeleteFunc(left(e), func(row storage.Line) bool { return !goods.Like(row, l) })
}

// settlePurses fills in the purse where only one can be meant, or the recipients tell it. A purse that
// holds nothing gives way to others that do: goods may have come in since.
func settlePurses(e Env, g *gift) {
	var lines []storage.Line
	for _, l := range g.Lines {
		if l.Earmark == "" || have(e, g, l) == 0 && len(purses(e, l)) > 0 && !slices.Contains(g.Kept, keep(l)) {
			l.Earmark = purseOf(e, g, l)
		}
		i := slices.IndexFunc(lines, func(x storage.Line) bool { return goods.Like(x, l) && x.Earmark == l.Earmark })
		if i < 0 {
			lines = append(lines, l)
			continue
		}
		lines[i].Quantity += l.Quantity
	}
	g.Lines = lines
}

func purseOf(e Env, g *gift, l storage.Line) string {
	rows := purses(e, l)
	switch len(rows) {
	case 0:
		return general
	case 1:
		return rows[0].Earmark
	}
	meant := []string{}
	if code, ok := option(purposes(), g.Early); ok {
		meant = append(meant, code)
	}
	for _, to := range g.To {
		meant = append(meant, to.Group)
	}
	for _, row := range rows {
		if slices.Contains(meant, row.Earmark) {
			return row.Earmark
		}
	}
	return ""
}

func firstUnsettled(g *gift) int {
	return slices.IndexFunc(g.Lines, func(l storage.Line) bool { return l.Earmark == "" })
}

func askPurse(_ Env, g *gift) string {
	if i := firstUnsettled(g); i >= 0 {
		return goods.Print(g.Lines[i]) + ": dari yang mana?"
	}
	return "Dari yang mana?"
}

func purseOptions(e Env, g *gift) []flow.Option {
	i := firstUnsettled(g)
	if i < 0 {
		return nil
	}
	var out []flow.Option
	for _, row := range purses(e, g.Lines[i]) {
		label := labelOf(purposes(), row.Earmark)
		out = append(out, flow.Option{Value: row.Earmark, Label: label + " (sisa " + goods.Amount(row.Unit, row.Quantity) + ")", Words: []string{label}})
	}
	return out
}

func takePurse(_ Env, g *gift, value string) {
	if i := firstUnsettled(g); i >= 0 {
		g.Lines[i].Earmark = value
	}
	g.Purse = ""
}
