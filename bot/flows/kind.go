package flows

import (
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/storage"
)

// kind is a kind of report: how it stands in lists, on its own card and in its receipt. Details
// that name people are shown to those only who may see the report.
type kind struct {
	code    string // storage.Report.Kind
	command string // of the conversation that makes it, and changes it: "/bantuan ubah 7"
	again   string // label of the button that makes another one
	line    func(Env, storage.Report) string
	card    func(Env, storage.Report) string // HTML
	// receipt is what follows the line "✅ Tercatat. No. 0007 · …": HTML, at most two lines.
	receipt func(Env, storage.Report) string
	// next are buttons of the receipt beside "Lihat" and "Menu".
	next   func(Env, storage.Report) []chat.Button
	photos func(storage.Report) []string
}

// kinds lists the kinds of reports.
func kinds() []kind {
	return []kind{aidReceivedKind(), aidGivenKind(), meetingKind(), nothingKind(), householdKind(), deathKind()}
}

// kindOf returns how a report is shown.
func kindOf(r storage.Report) kind {
	for _, k := range kinds() {
		if k.code == r.Kind {
			return k
		}
	}
	return kind{
		code: r.Kind, line: func(Env, storage.Report) string { return "Laporan" },
		card: func(Env, storage.Report) string { return "Laporan" }, receipt: func(Env, storage.Report) string { return "" },
	}
}

// Line names a report in a few words, for its own people. It is plain text.
func Line(e Env, r storage.Report) string { return text.Clip(kindOf(r).line(e, r), 60) }

// EditCommand is the command that changes a report of this kind, "" when none does.
func EditCommand(r storage.Report) chat.Order {
	return chat.Order{Name: kindOf(r).command, Args: editWord + " " + strconv.FormatUint(r.Number, 10)}
}

// mine says whether a report is the person's own: the ketua has those of everybody who reported for
// the village before her and is gone.
func mine(e Env, r storage.Report) bool {
	if !e.active() {
		return false
	}
	if r.By == e.Who.ID {
		return true
	}
	if e.Member.Role != storage.Ketua || r.Village != e.Member.Village {
		return false
	}
	other, ok := e.Tx.Member(r.By)
	return !ok || !other.Reports()
}

// Receipt is the answer to a draft of the person's own that became a report, if it did.
func Receipt(e Env, draft uint64) (chat.Reply, bool) {
	r, ok := ReportOf(e, draft)
	if !ok {
		return savedReceipt(e, draftSource(draft))
	}
	k := kindOf(r)
	words := "✅ Tercatat. <b>No. " + Number(r.Number) + "</b> · " + chat.Escape(text.Clip(k.line(e, r), 200))
	if late := lateWords(r); late != "" {
		words += " · " + strings.ToLower(late[:1]) + late[1:]
	}
	if more := k.receipt(e, r); more != "" {
		words += "\n" + more
	}
	var row []chat.Button
	if k.again != "" {
		row = append(row, tap(k.again, k.command))
	}
	row = append(row, chat.Button{Label: "Lihat", Data: chat.NewTap("r", "open", strconv.FormatUint(r.Number, 10)).Data()})
	if k.next != nil {
		row = append(row, k.next(e, r)...)
	}
	return last(words, row, []chat.Button{tap("Menu", "menu")}), true
}

// ReportOf returns the report of the person's own that a draft became, if it did.
func ReportOf(e Env, draft uint64) (storage.Report, bool) {
	r, ok := e.Tx.ReportOfDraft(draftSource(draft))
	return r, ok && mine(e, r)
}

// savedReceipt is the answer to a draft of the person's own that became a part of the village's
// network.
func savedReceipt(e Env, source string) (chat.Reply, bool) {
	if !e.active() {
		return chat.Reply{}, false
	}
	for _, a := range e.Tx.Activities(e.Member.Village) {
		if a.Source == source && e.tends(a.By) {
			return activityReceipt(e, a), true
		}
	}
	for _, p := range e.Tx.Partners(e.Member.Village) {
		if p.Source == source && !p.Retired && e.tends(p.By) {
			return partnerReceipt(e, p), true
		}
	}
	return chat.Reply{}, false
}

// receipt is what Finish of a conversation returns: the receipt of the report that the draft became.
func receipt(e Env, draft uint64) chat.Reply {
	r, ok := Receipt(e, draft)
	if !ok {
		panic("draft without its report")
	}
	return r
}

func aidReceivedKind() kind {
	return kind{
		code: storage.AidReceived, command: "bantuan", again: "Lapor lagi",
		line: func(_ Env, r storage.Report) string { return goods.List(r.Lines) },
		card: func(e Env, r storage.Report) string { a := aidFrom(e, r); return aidCard(e, &a) },
		receipt: func(e Env, r storage.Report) string {
			return "Stok desa sekarang: " + chat.Escape(stock(e, r)) +
				"\nDinsos melihatnya di rekap berikutnya. Terima kasih, " + e.title() + "."
		},
		next: func(Env, storage.Report) []chat.Button { return []chat.Button{tap("Salurkan", "salurkan")} },
		photos: func(r storage.Report) []string {
			var body storage.Aid
			r.DecodeBody(&body)
			return body.Photos
		},
	}
}

// aidFrom makes the answers anew of which a report was made.
func aidFrom(e Env, r storage.Report) aid {
	var body storage.Aid
	r.DecodeBody(&body)
	a := aid{
		Lines: r.Lines, Source: body.Source, Giver: e.Tx.Unseal(body.Giver, "giver"), Purpose: body.Purpose,
		Date: r.Date.String(), Photos: body.Photos, Note: e.Tx.Unseal(body.Note, "note"), Edit: r.Number,
	}
	if body.Anon {
		a.Giver = hamba
	}
	return a
}
