package flows

import (
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/storage"
)

func confirmGift(e Env, g *gift) string {
	words := "<b>Sudah benar, " + e.call() + "?</b>\n\n" + giftCard(e, g)
	if g.Edit != 0 {
		old := gift{}
		if r, ok := e.Tx.Report(g.Edit); ok {
			old = giftFrom(e, r)
		}
		words = confirmRevision(e, g.Edit, differences(e, giftSteps(), &old, g))
		if g.Over != "" && old.Over == "" {
			words += "\n⚠️ Melebihi buku desa."
		}
	}
	words += lateLine(e, g.Edit, g.Date)
	if g.Edit == 0 {
		words += twinGift(e, g)
	}
	if more := warnings(e, g); len(more) > 0 {
		words += "\n" + strings.Join(more, "\n")
	}
	return words
}

func giftCard(e Env, g *gift) string {
	lines := []string{
		"📤 <b>Bantuan disalurkan</b>",
		chat.Escape(giftList(g.Lines)),
		"Kepada: " + chat.Escape(recipientList(g.To)),
	}
	if d, ok := dateOf(g.Date); ok {
		lines = append(lines, "Tanggal: "+text.Date(d)+text.Near(d, e.Now))
	}
	if n := len(g.Photos); n > 0 {
		lines = append(lines, "Foto: "+strconv.Itoa(n))
	}
	if g.Note != "" {
		lines = append(lines, "Catatan: "+chat.Escape(text.Clip(g.Note, 300)))
	}
	if g.Over != "" {
		lines = append(lines, "⚠️ Melebihi buku desa: "+chat.Escape(text.Clip(g.Over, 300)))
	}
	return strings.Join(lines, "\n")
}

// maxWarnings is how many households are named that got aid lately.
const maxWarnings = 5

// warnings name the households that got aid a short time ago, and what it was. Nobody is kept from
// helping them again.
func warnings(e Env, g *gift) []string {
	var out []string
	for _, to := range g.To {
		h, ok := householdOf(e, to.Case)
		if r, found := lately(e, g, h.Case); ok && found && len(out) < maxWarnings {
			out = append(out, "⚠️ "+chat.Escape(to.Name)+" sudah menerima "+chat.Escape(helpOf(e, r))+".")
		}
	}
	return out
}

// helpOf says what a household got, and when. How much of something shared was hers nobody knows.
func helpOf(e Env, r storage.Report) string {
	what, day := withinSentence(r.Lines), text.PlainDate(r.Date.Time())+text.Near(r.Date.Time(), e.Now)
	if all := headsOf(r); all != "1 keluarga" {
		return "bantuan pada " + day + ": " + what + " untuk " + all
	}
	return what + " pada " + day
}

// lately finds the latest aid that a household got within the days of the setting before this.
func lately(e Env, g *gift, c storage.Case) (storage.Report, bool) {
	day := storage.DayOf(e.Now)
	if d, ok := dateOf(g.Date); ok {
		day = storage.DayOf(d)
	}
	var last storage.Report
	for _, n := range c.Helped {
		r, ok := e.Tx.Report(n)
		near := r.Date >= day-storage.Day(e.Limits.AidGap) && r.Date <= day+storage.Day(e.Limits.AidGap)
		if ok && n != g.Edit && near && r.Date >= last.Date {
			last = r
		}
	}
	return last, last.Number != 0 && e.Limits.AidGap > 0
}

func aidGivenKind() kind {
	return kind{
		code: storage.AidGiven, command: "salurkan", again: "Salurkan lagi",
		line: func(_ Env, r storage.Report) string { return goods.List(r.Lines) + " → " + headsOf(r) },
		card: func(e Env, r storage.Report) string { g := giftFrom(e, r); return giftCard(e, &g) },
		receipt: func(e Env, r storage.Report) string {
			words := "Sisa di buku desa: " + chat.Escape(purseStock(e, r))
			if len(r.Flags) > 0 {
				return words + "\nDinsos akan memeriksa yang melebihi buku. Terima kasih, " + e.title() + "."
			}
			return words + "\nDinsos melihatnya di rekap berikutnya. Terima kasih, " + e.title() + "."
		},
		photos: func(r storage.Report) []string {
			var body storage.Given
			r.DecodeBody(&body)
			return body.Photos
		},
	}
}

// purseStock prints what the purses have that a report took from.
func purseStock(e Env, r storage.Report) string {
	var out []string
	for _, l := range r.Lines {
		var q storage.Quantity
		for _, s := range e.Tx.Village(r.Village).Stock {
			if goods.Like(storage.Line(s), l) && s.Earmark == l.Earmark {
				q = s.Quantity
			}
		}
		out = append(out, inBook(storage.Line{Item: l.Item, Unit: l.Unit, Earmark: l.Earmark, Quantity: q}))
	}
	return strings.Join(out, ", ")
}

// headsOf says how many got aid by a report, naming nobody: "2 keluarga", "lansia 12 KK 40 jiwa".
func headsOf(r storage.Report) string {
	var body storage.Given
	r.DecodeBody(&body)
	families, persons := 0, 0
	for _, to := range body.To {
		families, persons = families+to.Families, persons+to.Persons
	}
	switch {
	case len(body.To) == 1 && body.To[0].Group != "":
		return strings.ToLower(groupLabel(body.To[0].Group)) + " " + heads(families, persons)
	case families == 0:
		return strconv.Itoa(persons) + " orang"
	}
	return strconv.Itoa(families) + " keluarga"
}
