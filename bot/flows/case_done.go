package flows

import (
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// answerDone takes the village's word on whether a case is finished, once Dinsos asked for it. It is
// their word that closes the case.
func answerDone(e Env, c storage.Case, what, turn string) []chat.Reply {
	switch {
	case c.State.Ended() || c.Next != storage.NextConfirm:
		return []chat.Reply{caseCard(e, c, "Tombol itu sudah lewat. Ini keadaan sekarang.")}
	case turn != turnOf(e, c) || !mayEnd(e, c):
		return []chat.Reply{caseCard(e, c, "")}
	}
	entry := storage.CaseEntry{Case: c.Number, Kind: storage.EntryDoubt}
	say := "Baik, dicatat belum selesai.\nDinsos diberi tahu dan mencari langkah berikutnya."
	if what == "yes" {
		entry.Kind, entry.State = storage.EntryState, storage.Finished
		say = "✅ Dicatat: sudah selesai. Terima kasih, " + e.call() + ".\nBila ternyata belum, buka lagi di sini."
	}
	must(e.Tx.Record(e.Now, e.Who.ID, c.Village, storage.CaseEntered{Entry: entry}))
	c, _ = e.Tx.Case(c.Number)
	out := []chat.Reply{caseCard(e, c, say)}
	if entry.Kind == storage.EntryDoubt {
		out = append(out, e.post("doubt", c.Number)...)
	}
	return append(out, e.postSettled(entry)...)
}

// doneRow asks again what Dinsos asked, while nobody answered.
func doneRow(e Env, c storage.Case) []chat.Button {
	if c.Next != storage.NextConfirm || !mayEnd(e, c) {
		return nil
	}
	turn := turnOf(e, c)
	return []chat.Button{caseTap("Sudah selesai", c.Number, actDone, "yes", turn), caseTap("Belum selesai", c.Number, actDone, "no", turn)}
}

// plannedLines tells what Dinsos does next.
func plannedLines(e Env, c storage.Case) []string {
	switch {
	case c.Next == "" || c.State.Ended():
		return nil
	case c.Next == storage.NextConfirm:
		return []string{"Dinsos bertanya: <b>sudah selesai, " + e.call() + "?</b>"}
	case c.Next == storage.NextAnswer:
		return []string{"Dinsos menunggu jawaban rujukan."}
	}
	return []string{"Rencana Dinsos: " + planSaid(e, c.Next, c.NextNote) + ", " + text.ShortDate(c.Due.Time())}
}

// planSaid names a step of Dinsos. It is HTML.
func planSaid(e Env, next string, note storage.Sealed) string {
	if next == storage.NextOther {
		return chat.Escape(text.Clip(e.Tx.Unseal(note, "next"), 120))
	}
	return strings.ToLower(welfare.TermLabel(welfare.NextSteps(), next))
}
