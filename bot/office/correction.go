package office

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
	"wksbm/storage/region"
)

// correctionTag remembers where the card of a correction was posted.
func correctionTag(id uint64) string { return "correction:" + strconv.FormatUint(id, 10) }

// correctionCard shows a change that waits for staff: what changes in counts, kinds and dates.
func (o *Office) correctionCard(tx *storage.Tx, now time.Time, id uint64) (chat.Reply, bool) {
	c, ok := tx.Correction(id)
	if !ok || c.State != storage.CorrectionWaits {
		return chat.Reply{}, false
	}
	mine := append([]chat.Button{button("Saya tangani", "cown", code(id))}, detailsLink(tx, "Rincian", c.Revised.Number)...)
	return chat.Reply{
		Tag: correctionTag(id), Text: o.correction(tx, c, "⏳") + "\n" + pending(now, c) + handled(tx, c.Owner),
		Buttons: [][]chat.Button{decisions(id), mine},
	}, true
}

// pending says how long a correction waits for staff.
func pending(now time.Time, c storage.Correction) string {
	if age := now.Sub(c.Asked); age >= fresh {
		return "Menunggu " + text.Age(age)
	}
	return "Menunggu diperiksa"
}

// correction describes a change before it takes effect.
func (o *Office) correction(tx *storage.Tx, c storage.Correction, mark string) string {
	r, _ := tx.Report(c.Revised.Number)
	head := " <b>Perbaikan No. " + number(r.Number) + "</b> · "
	if c.Cancel {
		head = " <b>Pembatalan No. " + number(r.Number) + "</b> · "
	}
	lines := []string{mark + head + chat.Escape(o.Region.FullName(r.Village)), kindLabel(r.Kind)}
	if c.Cancel {
		for _, f := range figures(r) {
			lines = append(lines, chat.Escape(f.label+": "+f.value))
		}
		lines = append(lines, "Alasan pelapor: "+takeback(tx.Unseal(c.Reason, "reason")))
		return strings.Join(append(lines, drained(tx, r, nil)...), "\n")
	}
	now := revisedOf(r, c)
	shown := moved(r, now)
	for _, line := range shown {
		lines = append(lines, chat.Escape(line))
	}
	if n := len(c.Revised.Changes) - len(shown); n > 0 {
		lines = append(lines, "Isian lain yang diubah: "+strconv.Itoa(n))
	}
	return strings.Join(append(lines, drained(tx, r, now.Lines)...), "\n")
}

// revisedOf is a report as a correction would have it.
func revisedOf(r storage.Report, c storage.Correction) storage.Report {
	r.Date, r.Lines, r.Body = c.Revised.Date, c.Revised.Lines, c.Revised.Body
	return r
}

// takeback is why a report is to be taken back. What people wrote themselves may name somebody.
func takeback(why string) string {
	if slices.Contains(welfare.Takebacks(), why) {
		return why
	}
	return "ditulis sendiri, mohon tanyakan pelapornya"
}

// drained tells what the village's book would lack after a change; nothing when it lacks nothing.
func drained(tx *storage.Tx, r storage.Report, lines []storage.Line) []string {
	lacks := tx.Drained(r, lines)
	if len(lacks) == 0 {
		return nil
	}
	return []string{"Buku desa jadi kurang: " + chat.Escape(goodsList(lacks))}
}

// reason is why a correction is turned down.
type reason struct{ code, label string }

func reasons() []reason {
	return []reason{{"mismatch", "Angka belum cocok"}, {"proof", "Perlu bukti"}, {"closed", "Sudah ditutup"}}
}

// judge decides a correction. The first press wins; a later one is told who decided.
func (d *desk) judge(act, words, why string) error {
	id, err := strconv.ParseUint(words, 36, 64)
	c, ok := d.tx.Correction(id)
	r, ok2 := d.tx.Report(c.Revised.Number)
	reporter := r.By
	r.By = c.By // who asked is who is told
	switch {
	case err != nil || !ok || !ok2:
		d.toast("Tombol ini sudah tidak berlaku.")
	case c.State != storage.CorrectionWaits:
		d.toast(judged(c) + " oleh " + nameOf(d.tx, c.Judge) + ".")
	case act == "cok" && r.State != storage.Verified:
		d.toast("Laporan itu sudah dibatalkan. Perbaikannya tinggal ditolak.")
	case act == "cok" && c.Cancel && why != "yes":
		d.edit(d.correction(d.tx, c, "⏳")+"\n<b>Keluarkan dari semua jumlah?</b>", []chat.Button{button("Ya, setujui", "cok", code(id), "yes")}, []chat.Button{button("‹ Kembali", "cback", code(id))})
	case act == "cok":
		return d.allow(c, r)
	case act == "cown":
		return d.handleCorrection(c, why)
	case act == "cwhy" && why == ownWords:
		return d.askWhy(r, "cwhy", code(id))
	case act == "cwhy":
		return d.decline(c, r, why)
	case act == "cno":
		var row []chat.Button
		for _, w := range orOwn(reasons()) {
			row = append(row, button(w.label, "cwhy", code(id), w.code))
		}
		d.edit(d.correction(d.tx, c, "⏳")+"\n<b>Mengapa ditolak?</b>", append(inRows(row), []chat.Button{button("‹ Kembali", "cback", code(id))})...)
	case d.private:
		r.By = reporter
		return d.showPage(r, "")
	default:
		d.redrawCorrection(id)
	}
	return nil
}

// redrawCorrection shows how a correction stands: on the card that was pressed, and on the group's own.
func (d *desk) redrawCorrection(id uint64) {
	card, ok := d.correctionCard(d.tx, d.now, id)
	if !ok {
		return
	}
	if d.in.Kind == chat.Tapped {
		d.edit(card.Text, card.Buttons...)
	}
	d.mirror(card)
}

// handleCorrection notes who works on a correction. Taking it from somebody else needs a second press.
func (d *desk) handleCorrection(c storage.Correction, from string) error {
	switch {
	case c.Owner == d.in.From.ID:
		d.toast("Sudah Anda tangani.")
		return nil
	case c.Owner != 0 && from != code(uint64(c.Owner)):
		d.toast("Sudah ditangani " + nameOf(d.tx, c.Owner) + ".")
		d.edit(d.correction(d.tx, c, "⏳")+"\n<b>Sudah ditangani "+chat.Escape(nameOf(d.tx, c.Owner))+". Ambil alih?</b>",
			[]chat.Button{button("Ambil alih", "cown", code(c.ID), code(uint64(c.Owner)))}, []chat.Button{button("‹ Kembali", "cback", code(c.ID))})
		return nil
	}
	r, _ := d.tx.Report(c.Revised.Number)
	if err := d.record(r.Village, storage.ReportTaken{Number: r.Number}); err != nil {
		return err
	}
	d.toast("Dicatat: ditangani " + d.person() + ".")
	d.redrawCorrection(c.ID)
	return nil
}

func judged(c storage.Correction) string {
	if c.State == storage.CorrectionAllowed {
		return "Disetujui"
	}
	return "Ditolak"
}

func (d *desk) allow(c storage.Correction, r storage.Report) error {
	what := d.correction(d.tx, c, "✅") // as it stood before
	before, _ := d.tx.Case(r.Number)
	if err := d.record(r.Village, storage.CorrectionDecided{ID: c.ID, Accepted: true}); err != nil {
		return err
	}
	d.sealed(what, c.ID, "")
	d.alarms(before)
	news := "✅ Perbaikan <b>No. " + number(r.Number) + "</b> disetujui Dinsos, %s."
	if c.Cancel {
		news = "✅ Pembatalan <b>No. " + number(r.Number) + "</b> disetujui Dinsos, %s."
	}
	after := "\nDatanya sudah ikut berubah."
	if now := revisedOf(r, c); c.Cancel || len(moved(r, now)) > 0 {
		after = "\nJumlah di rekap ikut berubah."
	}
	d.tell(r, news+d.said(c)+after)
	return nil
}

// alarms posts the cards that an allowed change of a household brings about: it needs help at once
// now, or has the NIK or No KK of another village's.
func (d *desk) alarms(before storage.Case) {
	now, ok := d.tx.Case(before.Number)
	if !ok || now.Revision == before.Revision {
		return
	}
	if now.Urgent && !before.Urgent {
		d.out = append(d.out, d.Post(d.tx, d.now)("urgent", now.Number)...)
	}
	if !bytes.Equal(now.NIKIndex, before.NIKIndex) || !bytes.Equal(now.KKIndex, before.KKIndex) {
		d.out = append(d.out, d.Post(d.tx, d.now)("alike", now.Number)...)
	}
}

func (d *desk) decline(c storage.Correction, r storage.Report, why string) error {
	i := slices.IndexFunc(reasons(), func(w reason) bool { return w.code == why })
	if i < 0 {
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	}
	return d.declined(c, r, small(reasons()[i].label), reasons()[i].label)
}

// declined turns a correction down and tells who asked why; shown is what the group may read of that.
func (d *desk) declined(c storage.Correction, r storage.Report, why, shown string) error {
	what := d.correction(d.tx, c, "↩️")
	answer := d.tx.Seal(d.tx.NewPerson(), "reason", why)
	if err := d.record(r.Village, storage.CorrectionDecided{ID: c.ID, Reason: answer}); err != nil {
		return err
	}
	d.sealed(what, c.ID, shown)
	news := "↩️ Perbaikan <b>No. " + number(r.Number) + "</b> belum disetujui Dinsos, %s."
	if c.Cancel {
		news = "↩️ Pembatalan <b>No. " + number(r.Number) + "</b> belum disetujui Dinsos, %s."
	}
	var again []chat.Button
	if !c.Cancel && r.State == storage.Verified {
		again = []chat.Button{{Label: "Ubah lagi", Data: chat.NewTap("r", "edit", decimal(r.Number)).Data()}}
	}
	d.tell(r, news+d.said(c)+"\nAlasan: "+plainPercent(chat.Escape(why))+".\nLaporannya tetap seperti semula. Boleh diubah lagi, atau hubungi "+plainPercent(chat.Escape(d.contact(d.tx)))+".", again...)
	return nil
}

// sealed rewrites the card with what was decided.
func (d *desk) sealed(what string, id uint64, why string) {
	c, _ := d.tx.Correction(id)
	what += "\n" + judged(c) + " oleh " + chat.Escape(nameOf(d.tx, c.Judge)) + ", " + text.Clock(c.Decided.In(region.WITA))
	if why != "" {
		what += "\nAlasan: " + why
	}
	var rows [][]chat.Button
	if d.private {
		rows = [][]chat.Button{{caseButton("‹ Rincian", c.Revised.Number, "page")}}
	}
	switch {
	case d.in.Kind == chat.Tapped:
		d.edit(what, rows...)
	case d.private:
		d.add(what, rows...)
	}
	d.mirror(chat.Reply{Tag: correctionTag(id), Text: what})
}

// said is what the reporter asked to change, old and new, for the reporter's eyes only.
func (d *desk) said(c storage.Correction) string {
	out := ""
	for _, line := range d.changes(c) {
		out += "\n" + line
	}
	return plainPercent(out)
}

// corrections posts those that wait for a decision.
func (d *desk) corrections() {
	for _, c := range d.tx.WaitingCorrections() {
		if p, ok := d.tx.Posted(correctionTag(c.ID)); ok && p.Chat == d.in.Chat.ID { // one card a correction
			d.out = append(d.out, chat.Reply{
				Act: chat.Edit, Class: chat.Notice, Message: p.Message, Text: d.correction(d.tx, c, "⏳") + "\nKartunya ada lagi di bawah.",
			})
		}
		d.out = append(d.out, d.Post(d.tx, d.now)("correction", c.ID)...)
	}
}
