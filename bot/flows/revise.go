package flows

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
)

// editing finds the report that "/bantuan ubah 7" is about.
func editing(in chat.Input) (uint64, bool) {
	what, n, _ := strings.Cut(in.Command.Args, " ")
	number, err := strconv.ParseUint(n, 10, 64)
	return number, what == editWord && err == nil
}

const editWord = "ubah"

// reopen returns the report to change, or the turn that says why it cannot be.
func reopen(e Env, number uint64, kind string) (storage.Report, *flow.Turn) {
	r, ok := e.Tx.Report(number)
	if !ok || r.Kind != kind || !mine(e, r) || !changeable(r) || waits(e, number) || e.Tx.ReportErased(r) {
		card := OpenReport(e, number)
		if ok && mine(e, r) && !changeable(r) {
			card.Text = "Laporan ini tidak bisa diubah lagi.\n\n" + card.Text
		}
		return r, &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{card}}
	}
	return r, nil
}

// Mend answers words that put something right which was sent: it leads to the latest report of the
// person's own that can be changed. false: the words are of something else, or there is none.
func Mend(e Env, words string) (chat.Reply, bool) {
	if !e.active() || !correcting.MatchString(words) {
		return chat.Reply{}, false
	}
	for _, r := range ownReports(e, 0, pageSize) {
		if !changeable(r) || waits(e, r.Number) || kindOf(r).command == "" || e.Tx.ReportErased(r) {
			continue
		}
		reply := screen("<b>Memperbaiki laporan yang sudah dikirim, "+e.call()+"?</b>\nTerakhir: No. "+Number(r.Number)+" · "+chat.Escape(Line(e, r)),
			[]chat.Button{reportTap("Ubah No. "+Number(r.Number), "edit", r.Number)}, []chat.Button{myReports(), tap("Menu", "menu")})
		reply.Fresh = true
		return reply, true
	}
	return chat.Reply{}, false
}

// changeable says whether a report may be changed or taken back, by its reporter or through staff.
func changeable(r storage.Report) bool { return r.Open() || r.State == storage.Verified }

// WhyReturned tells for what reason staff returned a report. It is HTML.
func WhyReturned(e Env, r storage.Report) string {
	return "↩️ Laporan <b>No. " + Number(r.Number) + "</b> dikembalikan Dinsos.\n" + reasonLine(e, r)
}

// reasonLine is what staff said when they returned a report or turned it down. It is HTML.
func reasonLine(e Env, r storage.Report) string {
	return "Alasan: " + chat.Escape(text.Clip(e.Tx.Unseal(r.Reason, "reason"), 300)) + "."
}

// waits says whether a correction of a report waits for staff.
func waits(e Env, number uint64) bool {
	for _, c := range e.Tx.CorrectionsOf(number) {
		if c.State == storage.CorrectionWaits {
			return true
		}
	}
	return false
}

// difference is one answer that a person changed.
type difference struct{ field, label, old, now string }

// differences compares the answers of a report with those given now.
func differences[T any](e Env, steps []flow.Question[Env, T], old, now *T) []difference {
	before, after := map[string]flow.Printed{}, map[string]bool{}
	for _, a := range flow.Print(e, steps, old) {
		before[a.Step] = a
	}
	var out []difference
	for _, a := range flow.Print(e, steps, now) {
		after[a.Step] = true
		if was := before[a.Step].Text; was != a.Text {
			out = append(out, difference{a.Step, a.Label, was, a.Text})
		}
	}
	for _, a := range flow.Print(e, steps, old) { // what is not asked any more
		if !after[a.Step] && a.Text != "" {
			out = append(out, difference{a.Step, a.Label, a.Text, ""})
		}
	}
	return out
}

// differ prints what was changed, a line each: "Tanggal: kemarin → hari ini". It is HTML.
func differ(all []difference) string {
	var out []string
	for _, d := range all {
		out = append(out, chat.Escape(d.label)+": <s>"+chat.Escape(text.Clip(orNone(d.old), 200))+"</s> → "+chat.Escape(text.Clip(orNone(d.now), 200)))
	}
	return strings.Join(out, "\n")
}

func changes(all []difference, field string) bool {
	return slices.ContainsFunc(all, func(d difference) bool { return d.field == field })
}

// photoDifference tells that other pictures took the place of as many; nil when they are the same.
func photoDifference(old, now []string) *difference {
	if slices.Equal(old, now) {
		return nil
	}
	return &difference{"photo", "Foto", strconv.Itoa(len(old)), "diganti"}
}

func orNone(s string) string {
	if s == "" {
		return "(kosong)"
	}
	return s
}

// confirmRevision is the summary of a change: what was, what will be.
func confirmRevision(e Env, number uint64, all []difference) string {
	head := "<b>Ubah laporan No. " + Number(number) + "</b>\n"
	switch r, _ := e.Tx.Report(number); {
	case !changeable(r):
		return head + "Sementara itu laporannya dibatalkan atau ditolak.\nPerubahan ini tidak bisa disimpan lagi; tekan Batal."
	case len(all) == 0 && r.State == storage.Returned:
		return head + "Isinya tetap seperti semula.\nTekan Simpan; Dinsos memeriksanya lagi."
	}
	if len(all) == 0 {
		return head + "Belum ada yang berubah. Tekan Ubah untuk memilih."
	}
	return head + differ(all)
}

// leaving tells, when a person stops answering what staff returned a report for, that it waits still.
func leaving(e Env, number uint64) string {
	r, ok := e.Tx.Report(number)
	if !ok || r.State != storage.Returned || e.Tx.ReportErased(r) {
		return ""
	}
	return "Baik. Laporan <b>No. " + Number(number) + "</b> masih menunggu jawaban " + e.address() + ".\nBoleh kapan saja, lewat tombolnya di Menu."
}

// sending labels the button that sends: a new report, or a change of one.
func sending(number uint64) string {
	if number == 0 {
		return "✅ Kirim"
	}
	return "✅ Simpan"
}

// revision is a change of a report, ready to be recorded.
type revision struct {
	report  storage.Report // as it is now
	revised storage.ReportRevised
	kase    *storage.CaseRevised // what changes of the case it opened
	all     []difference
}

// save records a change, or asks staff for it when they verified the report already.
func (v revision) save(e Env) flow.Turn {
	n := v.report.Number
	back := v.report.State == storage.Returned
	if len(v.all) == 0 && !back {
		return flow.Turn{End: flow.Done, Replies: []chat.Reply{OpenReport(e, n)}}
	}
	if len(v.all) == 0 {
		v.kase, v.revised = nil, storage.ReportRevised{Date: v.report.Date, Lines: v.report.Lines, Flags: v.report.Flags, Body: v.report.Body}
	}
	changes := sealedChanges(e, keyOf(e, v.report), v.all)
	v.revised.Number, v.revised.Changes = n, changes
	if v.kase != nil {
		v.kase.Changes = changes
	}
	if v.report.State == storage.Verified {
		c := storage.Correction{ID: e.Tx.NextCorrection(), By: e.Who.ID, Revised: v.revised, Case: v.kase}
		return askCorrection(e, v.report, c, differ(v.all))
	}
	lacks := e.Tx.Drained(v.report, v.revised.Lines)
	must(e.Tx.Record(e.Now, e.Who.ID, v.report.Village, v.revised))
	if v.kase != nil {
		must(e.Tx.Record(e.Now, e.Who.ID, v.report.Village, *v.kase))
	}
	words := "✅ Laporan <b>No. " + Number(n) + "</b> diperbaiki.\n" + differ(v.all) + "\nTerima kasih, " + e.title() + "."
	if back {
		words = "✅ Laporan <b>No. " + Number(n) + "</b> dikirim lagi ke Dinsos.\n" + orSame(differ(v.all)) + "\nKabarnya masuk di sini. Terima kasih, " + e.title() + "."
	}
	done := last(words, reportRow(n)...)
	replies := append([]chat.Reply{done}, e.post("changed", n)...)
	if v.report.Kind == storage.AidReceived { // of aid given the reporter told why
		replies = append(replies, e.postShort(n, lacks)...)
	}
	return flow.Turn{End: flow.Done, Replies: replies}
}

// orSame says that nothing was changed where that was asked.
func orSame(changes string) string {
	if changes == "" {
		return "Isinya tetap seperti semula."
	}
	return changes
}

// askCorrection puts a change of a verified report before staff.
func askCorrection(e Env, r storage.Report, c storage.Correction, what string) flow.Turn {
	must(e.Tx.Record(e.Now, e.Who.ID, r.Village, storage.CorrectionAsked{Correction: c}))
	words := "⏳ Laporan <b>No. " + Number(r.Number) + "</b> sudah diperiksa Dinsos, jadi perubahannya menunggu persetujuan.\n" +
		what + "\nKabarnya masuk di sini."
	replies := []chat.Reply{last(words, reportRow(r.Number)...)}
	return flow.Turn{End: flow.Done, Replies: append(replies, e.post("correction", c.ID)...)}
}

// keyOf names the person whose key seals what is said of a report beside its body: of a resident
// the one they have already, so that erasing them leaves nothing behind.
func keyOf(e Env, r storage.Report) storage.PersonID {
	switch r.Kind {
	case storage.HouseholdFound:
		if c, ok := e.Tx.Case(r.Number); ok && c.Erased.IsZero() {
			return c.Person
		}
	case storage.DeathKnown:
		var body storage.Death
		if r.DecodeBody(&body); body.Person != "" && !e.Tx.IsErased(body.Person) {
			return body.Person
		}
	}
	return e.Tx.NewPerson()
}

// sealedChanges keeps old and new answers.
func sealedChanges(e Env, p storage.PersonID, all []difference) []storage.Change {
	out := make([]storage.Change, len(all))
	for i, d := range all {
		out[i] = storage.Change{Field: d.field, Old: e.Tx.Seal(p, "old", lasting.Replace(d.old)), New: e.Tx.Seal(p, "new", lasting.Replace(d.now))}
	}
	return out
}

// lasting leaves out what is true of a date today only.
var lasting = strings.NewReplacer(" (hari ini)", "", " (kemarin)", "", " (besok)", "")

func reportRow(n uint64) [][]chat.Button {
	return [][]chat.Button{{reportTap("Lihat", "open", n), myReports()}, {tap("Menu", "menu")}}
}

// drainedLine warns that aid which was given would not be covered any more. It is HTML.
func drainedLine(lacks []storage.Line) string {
	if len(lacks) == 0 {
		return ""
	}
	return "\n⚠️ Buku desa jadi kurang " + chat.Escape(withinSentence(lacks)) + ": sudah disalurkan."
}

// postShort tells the group that a change left less in the book than was given.
func (e Env) postShort(n uint64, lacks []storage.Line) []chat.Reply {
	if len(lacks) == 0 {
		return nil
	}
	return e.post("short", n)
}

// post makes a card for the Dinsos group; none while no group is known.
func (e Env) post(about string, n uint64) []chat.Reply {
	if e.Group.Chat == 0 || e.Post == nil {
		return nil
	}
	return e.Post(about, n)
}
