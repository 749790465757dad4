package office

import (
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// detailsLink is a button in the group that opens a report in private; none while the bot's name is
// unknown.
func detailsLink(tx *storage.Tx, label string, n uint64) []chat.Button {
	name := tx.Note(NameNote)
	if name == "" {
		return nil
	}
	return []chat.Button{{Label: label, URL: Link(name, Details+"_"+strconv.FormatUint(n, 10))}}
}

// openDetails opens the page of a report by its number.
func (d *desk) openDetails(args string) error {
	n, err := numberIn(args)
	r, ok := d.tx.Report(n)
	switch {
	case strings.TrimSpace(args) == "":
		d.say("<b>Laporan nomor berapa?</b>\nTulis nomornya, misalnya: /rincian 131")
		return nil
	case err != nil || !ok:
		d.say("Laporan itu tidak ditemukan.\nTulis nomornya, misalnya: /rincian 131")
		return nil
	case !d.sees(r.Village):
		d.say("Laporan itu dari kecamatan lain.")
		return nil
	}
	return d.showPage(r, "")
}

// detailsElsewhere answers /rincian in the group, where nobody is named.
func (d *desk) detailsElsewhere(args string) {
	words := "Rincian laporan dibuka di obrolan pribadi dengan bot."
	n, err := numberIn(args)
	if row := detailsLink(d.tx, "Rincian", n); err == nil && row != nil {
		d.say(words, row)
		return
	}
	d.say(words + "\nDi sana tulis, misalnya: /rincian 131")
}

// lookAgain is how long a page that was seen may be shown again to the same person without a new
// entry in the access log.
const lookAgain = 10 * time.Minute

// look notes that the person sees personal data of a resident.
func (d *desk) look(r storage.Report, what string) error {
	if what == storage.LookPage || what == storage.LookAlike {
		seen := d.tx.Looks(r.Number)
		for i := len(seen) - 1; i >= 0 && d.now.Sub(seen[i].At) < lookAgain; i-- {
			if seen[i].By == d.in.From.ID && seen[i].What == what {
				return nil
			}
		}
	}
	return d.record(r.Village, storage.Looked{Case: r.Number, What: what})
}

// show answers with a page: in the message whose button was pressed, else in a new one.
func (d *desk) show(words string, rows ...[]chat.Button) {
	if d.in.Kind == chat.Tapped {
		d.edit(words, rows...)
		return
	}
	d.add(words, rows...)
}

// add says something in a new message that quotes nothing: what it answers may be deleted.
func (d *desk) add(words string, rows ...[]chat.Button) {
	d.out = append(d.out, chat.Reply{Act: chat.Say, Class: chat.Notice, Text: words, Buttons: rows})
}

// showPage shows a report with all its answers, with a line above it.
func (d *desk) showPage(r storage.Report, above string) error {
	if d.tx.ReportErased(r) {
		words := "Data orangnya sudah dihapus"
		if r.State.Counts() {
			words += "; jumlahnya tetap dihitung"
		}
		d.show("🏠 <b>No. " + number(r.Number) + "</b> · " + chat.Escape(d.Region.FullName(r.Village)) + "\n" + words + ".")
		return nil
	}
	if err := d.look(r, storage.LookPage); err != nil {
		return err
	}
	change, rows := d.proposed(r.Number)
	if c, ok := d.tx.Case(r.Number); ok {
		d.show(above+d.casePage(c, r)+change, append(rows, d.caseButtons(c, r)...)...)
		return nil
	}
	rows = append(rows, reviewRow(r)...)
	d.show(above+d.reportPage(r)+change, rows...)
	return nil
}

// caseButton is a button of the private pages of a report.
func caseButton(label string, n uint64, args ...string) chat.Button {
	return button(label, append([]string{"c", code(n)}, args...)...)
}
