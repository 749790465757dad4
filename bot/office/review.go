package office

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Details is the beginning of the payload of a link that opens a report in private: rincian_131.
const Details = "rincian"

// fresh is how long a report is not said to wait for long.
const fresh = 10 * time.Minute

// aboutReport is the card that shows a report to staff.
func aboutReport(tx *storage.Tx, r storage.Report) string {
	if r.Kind == storage.HouseholdFound {
		return "case"
	}
	if _, posted := tx.Posted(overTag(r.Number)); posted || len(r.Flags) > 0 {
		return "over"
	}
	return "report"
}

// reportTag remembers where the card of a report was posted.
func reportTag(n uint64) string { return "report:" + strconv.FormatUint(n, 10) }

// reportCard shows a report of aid or of a meeting: number, place, kind, counts.
func (o *Office) reportCard(tx *storage.Tx, now time.Time, n uint64) (chat.Reply, bool) {
	r, ok := tx.Report(n)
	if !ok || !storage.Reviewed(r.Kind) {
		return chat.Reply{}, false
	}
	lines := []string{signOf(r.Kind) + " <b>No. " + number(n) + "</b> · " + chat.Escape(o.Region.FullName(r.Village)), kindLabel(r.Kind)}
	for _, f := range figures(r) {
		lines = append(lines, chat.Escape(f.label+": "+f.value))
	}
	return chat.Reply{
		Tag: reportTag(n), Text: strings.Join(append(lines, o.stands(tx, now, r)), "\n"), Buttons: reviewButtons(tx, r),
	}, true
}

// signOf is the signpost of a kind of report.
func signOf(kind string) string {
	return map[string]string{
		storage.HouseholdFound: "🏠", storage.AidReceived: "📥", storage.AidGiven: "📤", storage.MeetingHeld: "👥",
	}[kind]
}

// stands says what staff did with a report, and who works on it.
func (o *Office) stands(tx *storage.Tx, now time.Time, r storage.Report) string {
	return standing(tx, now, r, reasonShown(tx, r))
}

// standsHere says it to staff in private, who may read every reason.
func (d *desk) standsHere(r storage.Report) string {
	why := reasonShown(d.tx, r)
	if words := d.kept(r.Reason, "reason"); words != "" {
		why = "Alasan: " + chat.Escape(text.Clip(words, longReason))
	}
	return standing(d.tx, d.now, r, why)
}

func standing(tx *storage.Tx, now time.Time, r storage.Report, why string) string {
	by := chat.Escape(nameOf(tx, r.Judge)) + ", " + text.Clock(r.Judged.In(region.WITA))
	switch r.State {
	case storage.Recorded:
		switch {
		case tx.Emptied(r): // its card says why
			return "Tidak perlu diperiksa lagi"
		case tx.Settled(r):
			return needless(tx, r)
		}
	case storage.Verified:
		return "Diverifikasi oleh " + by
	case storage.Cancelled:
		return "Dibatalkan pelapornya"
	case storage.Refused:
		return "Ditolak oleh " + by + "\n" + why
	case storage.Returned:
		words := "↩️ Dikembalikan oleh " + by + "\n" + why
		if r.Owner != r.Judge {
			words += handled(tx, r.Owner)
		}
		return words
	}
	return "⏳ " + waited(now, r) + handled(tx, r.Owner)
}

// needless says why staff need not look at a report any more; "" when they do.
func needless(tx *storage.Tx, r storage.Report) string {
	switch {
	case tx.Emptied(r):
		return "Data warga itu sudah dihapus; tidak perlu diperiksa lagi"
	case tx.Settled(r):
		c, _ := tx.Case(r.Number)
		return "Tidak perlu diperiksa lagi: kasusnya ditutup (" + stateLabel(c.State) + ")"
	}
	return ""
}

// waited says how long a report waits for staff.
func waited(now time.Time, r storage.Report) string {
	since, words := r.Since(), "menunggu "
	if !r.Again.IsZero() {
		words = "sudah dijawab, menunggu "
	}
	if now.Sub(since) < fresh {
		return words + "diperiksa"
	}
	return words + text.Age(now.Sub(since))
}

// handled names who works on something, on a line of its own.
func handled(tx *storage.Tx, owner int64) string {
	if owner == 0 {
		return ""
	}
	return "\nDitangani " + chat.Escape(nameOf(tx, owner))
}

// reviewButtons are what staff may do with a report.
func reviewButtons(tx *storage.Tx, r storage.Report) [][]chat.Button {
	n, rev := code(r.Number), code(uint64(r.Revision))
	open := detailsLink(tx, "Rincian", r.Number)
	switch {
	case tx.Emptied(r):
		return nil
	case tx.Settled(r):
		return rowsOf(open)
	}
	rows := [][]chat.Button{append([]chat.Button{button("Saya tangani", "own", n)}, open...), {button("Tolak", "rej", n, rev)}}
	switch r.State {
	case storage.Recorded:
		first := []chat.Button{button("✅ Verifikasi", "seen", n, rev)}
		if !tx.ReportErased(r) { // else nobody can answer
			first = append(first, button("↩️ Kembalikan", "ret", n, rev))
		}
		return append([][]chat.Button{first}, rows...)
	case storage.Returned:
		return rows
	case storage.Verified:
		if r.Kind == storage.HouseholdFound { // its follow-up begins
			return rowsOf(open)
		}
	}
	return nil
}

// review takes a press on the card of a report.
func (d *desk) review(t chat.Tap) error {
	r, ok := d.pressed(t.Arg(1), t.Arg(2), t.Arg(0) == "rej" || t.Arg(0) == "own" || t.Arg(0) == "card")
	if !ok {
		return nil
	}
	switch t.Arg(0) {
	case "seen":
		return d.verify(r)
	case "ret":
		return d.giveBack(r, t.Arg(3), t.Arg(4))
	case "rej":
		return d.reject(r, t.Arg(3))
	case "own":
		return d.handle(r, t.Arg(3))
	}
	d.redraw(r.Number)
	return nil
}

// pressed finds the report of a press that may still be acted on: one that waits for staff, or for its
// reporter where that may be too, as it stood when the button was drawn. Else the press is answered and
// the card is drawn anew.
func (d *desk) pressed(words, rev string, returned bool) (storage.Report, bool) {
	n, err := strconv.ParseUint(words, 36, 64)
	r, ok := d.tx.Report(n)
	switch {
	case err != nil || !ok || !storage.Reviewed(r.Kind) || !d.sees(r.Village):
		d.toast("Tombol ini sudah tidak berlaku.")
		return r, false
	case r.State != storage.Recorded && !(returned && r.Open()):
		d.toast(d.outcome(r))
	case rev != "" && rev != code(uint64(r.Revision)):
		d.toast("Isinya baru diubah pelapornya. Mohon dilihat lagi.")
	case d.tx.Needless(r):
		d.toast(needless(d.tx, r) + ".")
	default:
		return r, true
	}
	d.redraw(n)
	return r, false
}

// inside says whether a village lies in a place; 0 is everywhere.
func (o *Office) inside(place, village region.Code) bool {
	v, ok := o.Region.ByCode(village)
	return place == 0 || place == village || ok && v.District == place
}

// outcome says what became of a report that does not wait any more.
func (d *desk) outcome(r storage.Report) string {
	switch r.State {
	case storage.Verified:
		return "Sudah diverifikasi oleh " + nameOf(d.tx, r.Judge) + "."
	case storage.Returned:
		return "Sudah dikembalikan oleh " + nameOf(d.tx, r.Judge) + "."
	case storage.Refused:
		return "Sudah ditolak oleh " + nameOf(d.tx, r.Judge) + "."
	case storage.Cancelled:
		return "Laporan ini sudah dibatalkan pelapornya."
	}
	return "Laporan ini menunggu diperiksa."
}

// verify notes that a report was found right. The first press wins.
func (d *desk) verify(r storage.Report) error {
	if err := d.approve(r); err != nil {
		return err
	}
	d.redraw(r.Number)
	sign, next := "✅", "\nMengubah datanya sekarang menunggu persetujuan Dinsos."
	switch {
	case d.tx.ReportErased(r): // nothing follows, and nothing can be changed
		next = "\nData orangnya sudah dihapus; jumlahnya tetap dihitung."
	case r.Kind == storage.HouseholdFound:
		sign, next = "🏠", "\nLangkah berikutnya dikabari di sini."+next
	}
	d.tell(r, sign+" Laporan <b>No. "+number(r.Number)+"</b> sudah diverifikasi Dinsos, %s."+next)
	return nil
}

// approve records that a report was found right, and proves the case it opened.
func (d *desk) approve(r storage.Report) error {
	if err := d.record(r.Village, storage.ReportVerified{Number: r.Number}); err != nil {
		return err
	}
	d.sign(r)
	if r.Kind == storage.HouseholdFound {
		return d.prove(r)
	}
	return nil
}

// sign puts a sign on the reporter's own message that made a report which was found right, while it is
// remembered.
func (d *desk) sign(r storage.Report) {
	c := d.tx.Chat(r.By)
	for _, s := range slices.Backward(c.Sent) {
		if s.Report == r.Number && s.Message != 0 && d.tx.Reaches(r.By) {
			d.out = append(d.out, chat.Reply{Act: chat.React, Class: chat.Fleet, Chat: r.By, Message: s.Message, Emoji: chat.Approved})
			return
		}
	}
}

// handle notes who works on a report. Taking it from somebody else needs a second press.
func (d *desk) handle(r storage.Report, from string) error {
	switch {
	case r.Owner == d.in.From.ID:
		d.toast("Sudah Anda tangani.")
		return nil
	case r.Owner != 0 && from != code(uint64(r.Owner)):
		d.toast("Sudah ditangani " + nameOf(d.tx, r.Owner) + ".")
		d.ask(r, "Sudah ditangani "+chat.Escape(nameOf(d.tx, r.Owner))+". Ambil alih?",
			[]chat.Button{button("Ambil alih", "own", code(r.Number), "", code(uint64(r.Owner)))})
		return nil
	}
	if err := d.record(r.Village, storage.ReportTaken{Number: r.Number}); err != nil {
		return err
	}
	if c, ok := d.tx.Case(r.Number); ok && !c.State.Ended() { // it is one work
		if err := d.record(r.Village, storage.CasePlanned{Case: r.Number, Owner: d.in.From.ID}); err != nil {
			return err
		}
	}
	d.toast("Dicatat: ditangani " + d.person() + ".")
	d.redraw(r.Number)
	return nil
}

// ask shows a question on the card that was pressed, with a way back.
func (d *desk) ask(r storage.Report, question string, rows ...[]chat.Button) {
	card, _ := d.card(d.tx, d.now, aboutReport(d.tx, r), r.Number)
	rows = append(rows, []chat.Button{button("‹ Kembali", "card", code(r.Number))})
	d.edit(card.Text+"\n\n<b>"+question+"</b>", rows...)
}

// redraw shows how a report stands: on the card that was pressed, and on the group's own when that is
// another one.
func (d *desk) redraw(n uint64) {
	r, _ := d.tx.Report(n)
	card, ok := d.card(d.tx, d.now, aboutReport(d.tx, r), n)
	if !ok {
		return
	}
	if d.in.Kind == chat.Tapped {
		d.edit(card.Text, card.Buttons...)
	}
	d.mirror(card)
}

// mirror shows a card on the group's own message of it, unless that is the one that was pressed.
func (d *desk) mirror(card chat.Reply) {
	p, posted := d.tx.Posted(card.Tag)
	g, _ := d.tx.StaffGroup()
	pressed := d.in.Kind == chat.Tapped && p.Chat == d.in.Chat.ID && p.Message == d.in.Message
	if posted && p.Chat == g.Chat && !pressed {
		card.Act, card.Class, card.Chat, card.Message = chat.Edit, chat.Notice, p.Chat, p.Message
		d.out = append(d.out, card)
	}
}
