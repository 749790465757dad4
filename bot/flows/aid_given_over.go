package flows

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/storage"
)

// shortage is a line of which the village's book has less.
type shortage struct {
	line storage.Line
	have storage.Quantity // in the line's unit and purse; below zero counts as nothing
}

// The ways out of a shortage.
const (
	shortFirst  = "came" // record what came in first
	shortLess   = "less" // the number was another one
	shortKeep   = "keep" // it is so, for a reason
	shortNumber = "="    // and thousandths of the unit: a number that was typed
)

// keep names a line that stays although the book has less.
func keep(l storage.Line) string {
	return l.Item + "|" + l.Unit + "|" + l.Earmark + "=" + strconv.FormatInt(int64(l.Quantity), 10)
}

// have is what the book had of a line before this report.
func have(e Env, g *gift, l storage.Line) storage.Quantity {
	var sum storage.Quantity
	for _, s := range e.Tx.Village(e.Member.Village).Stock {
		if s.Item == l.Item && s.Unit == l.Unit && s.Earmark == l.Earmark {
			sum += s.Quantity
		}
	}
	if r, ok := e.Tx.Report(g.Edit); ok && g.Edit != 0 && r.State.Counts() {
		for _, old := range r.Lines {
			if goods.Like(old, l) && old.Earmark == l.Earmark {
				sum += old.Quantity
			}
		}
	}
	return max(sum, 0)
}

// settleShort finds the first line that the book does not cover and nobody answered for. A reason
// goes when there is nothing left that needs one.
func settleShort(e Env, g *gift) {
	g.short = nil
	old, _ := e.Tx.Report(g.Edit)
	as := g.Edit != 0 && slices.Equal(old.Lines, g.Lines) // what was told of them holds
	var kept []string
	for _, l := range g.Lines {
		has := have(e, g, l)
		switch {
		case slices.Contains(g.Kept, keep(l)) && (has < l.Quantity || as):
			kept = append(kept, keep(l))
		case l.Earmark == "" || has >= l.Quantity:
		case g.short == nil:
			g.short = &shortage{l, has}
		}
	}
	if g.Kept = kept; len(kept) == 0 {
		g.Over = ""
	}
}

func isShort(_ Env, g *gift) bool { return g.short != nil }

func askShort(e Env, g *gift) string {
	if g.short == nil {
		return "Mana yang benar?"
	}
	l := g.short.line
	name, want := chat.Escape(goods.ByCode(l.Item).Label+purposeOf(l.Earmark)), goods.Amount(l.Unit, l.Quantity)
	words := "⚠️ " + name + " di buku desa tinggal " + goods.Amount(l.Unit, g.short.have) + ", yang disalurkan " + want + "."
	if g.short.have == 0 {
		words = "⚠️ " + name + " belum ada di buku desa, yang disalurkan " + want + "."
		if others := otherStock(e, l); others != "" {
			words = "⚠️ " + name + " di buku desa hanya " + chat.Escape(others) + ", yang disalurkan " + want + "."
		}
	}
	return words + "\n<b>Mana yang benar?</b>"
}

// otherStock lists what the book has of an item in other units and purses; they are never mixed.
func otherStock(e Env, l storage.Line) string {
	var out []string
	for _, row := range left(e) {
		if row.Item != l.Item || goods.Like(row, l) && row.Earmark == l.Earmark {
			continue
		}
		mark := purposeOf(row.Earmark)
		if goods.Like(row, l) && mark == "" {
			mark = " (umum)"
		}
		out = append(out, goods.Amount(row.Unit, row.Quantity)+mark)
	}
	return strings.Join(out, " dan ")
}

func shortOptions(_ Env, g *gift) []flow.Option {
	if g.short == nil {
		return nil
	}
	l := g.short.line
	item := strings.ToLower(goods.ByCode(l.Item).Label)
	out := []flow.Option{{Value: shortFirst, Label: "Ada " + item + " masuk belum dicatat", Words: []string{"belum dicatat", "ada yang belum dicatat", "ada yang masuk", "ada masuk"}}}
	if g.short.have > 0 {
		out = append(out, flow.Option{Value: shortLess, Label: "Jumlahnya " + goods.Amount(l.Unit, g.short.have), Words: []string{goods.Amount(l.Unit, g.short.have)}})
	}
	return append(out, flow.Option{Value: shortKeep, Label: "Tetap " + goods.Amount(l.Unit, l.Quantity) + ", ada alasannya", Words: []string{"tetap", "memang segitu", "memang begitu", "sudah benar", "benar", goods.Amount(l.Unit, l.Quantity)}})
}

// readShort takes a number where one is to be put right: "jadi 15 kg".
func readShort(_ Env, g *gift, words string) flow.Reading[string] {
	if g.short == nil || strings.HasPrefix(strings.ToLower(strings.TrimSpace(words)), "tetap") {
		return flow.Reading[string]{}
	}
	l := g.short.line
	if p := readLine(l.Item, words); p.Sure && goods.Like(p.Value, l) && p.Value.Quantity < l.Quantity {
		return flow.Sure(shortNumber + strconv.FormatInt(int64(p.Value.Quantity), 10))
	}
	return flow.Reading[string]{}
}

func takeShort(_ Env, g *gift, value string) {
	g.Way = ""
	if g.short == nil {
		return
	}
	l := g.short.line
	number, typed := strings.CutPrefix(value, shortNumber)
	switch {
	case value == shortFirst:
		g.First = l.Item
	case value == shortKeep:
		g.Kept = append(g.Kept, keep(l))
	case value == shortLess:
		g.correct(l, g.short.have)
	case typed:
		if q, err := strconv.ParseInt(number, 10, 64); err == nil && q > 0 {
			g.correct(l, storage.Quantity(q))
		}
	}
}

// correct puts another number in the place of a line's.
func (g *gift) correct(l storage.Line, q storage.Quantity) {
	lines := slices.Clone(g.Lines)
	for i := range lines {
		if lines[i] == l {
			lines[i].Quantity = q
		}
	}
	g.Lines = lines
}

func askOver(e Env, g *gift) string {
	var over []string
	for _, l := range g.Lines {
		if slices.Contains(g.Kept, keep(l)) {
			over = append(over, printGift(l))
		}
	}
	return "<b>Apa alasannya, " + e.call() + "?</b>\n" + chat.Escape(strings.Join(over, ", ")) + " melebihi buku desa; Dinsos akan melihatnya."
}

func readOver(e Env, _ *gift, words string) flow.Reading[string] {
	if len([]rune(text.Fold(words))) < 5 || unclearWords.MatchString(words) && len(strings.Fields(words)) < 3 {
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum ada alasannya. Misalnya: langsung dibagikan")
	}
	return readNote(e, nil, words)
}

func overOffers(Env, *gift) []flow.Offer[string] {
	var out []flow.Offer[string]
	for _, reason := range []string{"Langsung dibagikan", "Buku belum lengkap"} {
		out = append(out, flow.Offer[string]{Label: reason, Value: reason})
	}
	return out
}
