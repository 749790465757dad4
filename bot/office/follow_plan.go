package office

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// takeOn makes whoever presses the one who sees to a case. In the group the first press wins, unless the owner left; in private
// a colleague's case is taken over at the second.
func (d *desk) takeOn(on onCase) error {
	owner, me := ownerOf(d.tx, on.c), d.in.From.ID
	switch {
	case owner == me:
		d.toast("Sudah Anda tangani.")
		return nil
	case owner != 0 && !d.private && !gone(d.tx, owner):
		d.toast("Sudah ditangani " + nameOf(d.tx, owner) + ".")
		return nil
	case owner != 0 && d.private && on.act == "own":
		d.show("🏠 <b>No. "+number(on.c.Number)+"</b> ditangani "+chat.Escape(nameOf(d.tx, owner))+".\n<b>Ambil alih?</b>",
			[]chat.Button{caseButton("Ya, ambil alih", on.c.Number, "own!"), caseButton("Tidak", on.c.Number, "fu")})
		return nil
	}
	if err := d.record(on.c.Village, storage.CasePlanned{Case: on.c.Number, Owner: me}); err != nil {
		return err
	}
	on.c, _ = d.tx.Case(on.c.Number)
	if on.r.Open() && storage.Reviewed(on.r.Kind) { // it is one work
		if err := d.record(on.c.Village, storage.ReportTaken{Number: on.c.Number}); err != nil {
			return err
		}
		d.mirrorCase(on.c.Number)
	}
	if owner == 0 {
		d.tellVillage(on, "petugas Dinsos mulai menangani.\nLangkah berikutnya dikabari di sini.")
	}
	if !d.private {
		d.toast("No. " + number(on.c.Number) + " Anda tangani.")
		d.turnFollowUps(on.what, on.turn)
		return nil
	}
	d.showFollow(on.c, "✅ Anda yang menangani.\n\n")
	return nil
}

// plan asks what is done next, then by when.
func (d *desk) plan(on onCase) error {
	turn := turnOf(d.tx, on.c)
	switch {
	case on.act == "plan" && on.what == "":
		d.show("🏠 <b>Apa langkah berikutnya?</b> (No. "+number(on.c.Number)+")", planButtons(on.c, turn)...)
		return nil
	case on.stale(d):
		d.lapsed(on, lapsedWords)
		return nil
	case on.act == "plan" && on.what == storage.NextOther:
		d.await("c", code(on.c.Number), "plan", "", turn)
		d.show("<b>Apa langkah berikutnya?</b> (No. "+number(on.c.Number)+")\n<i>Tulis singkat, misalnya: antar kursi roda</i>", []chat.Button{caseButton("‹ Kembali", on.c.Number, "plan")})
		return nil
	case on.act == "plan" && !known(on.what, ""):
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	case on.act == "plan":
		d.askDue(on, on.what, "")
		return nil
	}
	return d.chosenDue(on)
}

// planButtons offer the steps that staff choose from.
func planButtons(c storage.Case, turn string) [][]chat.Button {
	var rows [][]chat.Button
	var row []chat.Button
	for _, t := range welfare.NextSteps() {
		if !known(t.Code, "") {
			continue
		}
		if row = append(row, caseButton(t.Label, c.Number, "plan", t.Code, turn)); len(row) == 2 {
			rows, row = append(rows, row), nil
		}
	}
	rows = append(rows, append(row, caseButton("Tulis sendiri", c.Number, "plan", storage.NextOther, turn)))
	return append(rows, []chat.Button{caseButton("‹ Kembali", c.Number, "fu")})
}

// planOwn takes a step in the words of staff.
func (d *desk) planOwn(on onCase, words string) error {
	if words == "" {
		d.say("Mohon tulis langkahnya, misalnya: antar kursi roda")
		return nil
	}
	d.askDue(on, storage.NextOther, words)
	return nil
}

// askDue asks by when; the answer may be pressed or typed.
func (d *desk) askDue(on onCase, next, note string) {
	n, turn := on.c.Number, turnOf(d.tx, on.c)
	d.await("c", code(n), "due", next, turn, note)
	d.show("<b>Kapan: "+planWords(next, chat.Escape(note))+"?</b>\n<i>Boleh ditulis, misalnya: Kamis, 3/12</i>",
		[]chat.Button{caseButton("Besok", n, "due", next+".1", turn), caseButton("3 hari", n, "due", next+".3", turn), caseButton("Seminggu", n, "due", next+".7", turn)},
		[]chat.Button{caseButton("‹ Kembali", n, "plan")})
}

// chosenDue takes a day that was pressed: "visit.3" is a visit in three days.
func (d *desk) chosenDue(on onCase) error {
	next, days, _ := strings.Cut(on.what, ".")
	n, err := strconv.Atoi(days)
	note := ""
	if a := d.pending; a != nil && next == storage.NextOther && len(a.What) == 6 && a.What[1] == code(on.c.Number) {
		note = a.What[5]
	}
	if err != nil || n < 1 || n > 31 || !known(next, note) {
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	}
	return d.recordPlan(on, next, note, storage.DayOf(d.now)+storage.Day(n))
}

// known says whether a step can be planned: those that follow from a referral, or from "selesai", cannot.
func known(next, note string) bool {
	if next == storage.NextOther {
		return note != ""
	}
	follows := next == storage.NextAnswer || next == storage.NextConfirm
	return !follows && welfare.TermLabel(welfare.NextSteps(), next) != next
}

// farthest is how far ahead something is planned.
const farthest = 366

// typedDue takes a day that was typed.
func (d *desk) typedDue(on onCase, note, words string) error {
	today := storage.DayOf(d.now)
	got := text.ParseDate(words, d.now, false)
	day := storage.Day(0)
	if got.Sure() {
		day = storage.DayOf(got.Value)
	}
	switch {
	case got.Sure() && day >= today && day <= today+farthest:
		return d.recordPlan(on, on.what, note, day)
	case got.Sure() && day < today:
		d.unread(on, note, "Kami membaca "+text.Date(got.Value)+", itu sudah lewat.")
	case got.Sure():
		d.unread(on, note, "Kami membaca "+text.Date(got.Value)+", lebih dari setahun lagi.")
	default:
		d.unread(on, note, "Kami membaca \""+chat.Escape(text.Clip(words, 40))+"\", belum yakin tanggalnya.")
	}
	return nil
}

func (d *desk) unread(on onCase, note, why string) {
	before := len(d.out)
	d.askDue(on, on.what, note)
	for i := range d.out[before:] {
		d.out[before+i].Text = why + "\n" + d.out[before+i].Text
	}
}

// ownerOf is who sees to a case, or to its report; 0 nobody.
func ownerOf(tx *storage.Tx, c storage.Case) int64 {
	r, _ := tx.Report(c.Number)
	return cmp.Or(c.Owner, r.Owner)
}

// owner is who sees to a case after somebody planned for it: as before, else whoever planned.
func (d *desk) owner(c storage.Case) int64 { return cmp.Or(ownerOf(d.tx, c), d.in.From.ID) }

// recordPlan notes what is done next and tells the village.
func (d *desk) recordPlan(on onCase, next, note string, due storage.Day) error {
	if err := d.record(on.c.Village, storage.CasePlanned{
		Case: on.c.Number, Owner: d.owner(on.c), Next: next, Note: d.seal(on.c, "next", note), Due: due,
	}); err != nil {
		return err
	}
	on.c, _ = d.tx.Case(on.c.Number)
	told := d.tellVillage(on, toldPlan(next, note, due.Time()))
	d.showFollow(on.c, "✅ Rencana tersimpan; "+told+".\n\n")
	return nil
}

// toldPlan says to the village what Dinsos does next. It is HTML.
func toldPlan(next, note string, due time.Time) string {
	day := text.Date(due)
	switch next {
	case storage.NextVisit:
		return "Dinsos akan berkunjung.\nRencana kunjungan: " + day + "."
	case storage.NextCall:
		return "Dinsos akan menghubungi pelapornya, paling lambat " + day + "."
	case storage.NextRefer:
		return "Dinsos menyiapkan rujukan, paling lambat " + day + "."
	case storage.NextData:
		return "Dinsos melengkapi datanya, paling lambat " + day + "."
	case storage.NextDeliver:
		return "Dinsos menyiapkan pengantaran.\nRencana: " + day + "."
	}
	return "langkah Dinsos berikutnya: " + chat.Escape(note) + ".\nRencana: " + day + "."
}
