package office

import (
	"strings"

	"wksbm/storage"
)

// ownReason is what a group reads of a reason that staff wrote themselves.
const ownReason = "ditulis sendiri"

// answeredDecline takes the answer to the question in the group why a correction is turned down.
func (d *desk) answeredDecline(r storage.Report, id, words string) error {
	c, ok := d.correctionIn(id)
	switch {
	case !ok || c.Revised.Number != r.Number:
		d.say("Tidak jadi: perbaikan No. " + number(r.Number) + " sudah diputuskan.")
		return d.settleWhy(r.Number)
	case unfitReason(words) != "":
		d.reply(unfitReason(words))
		return nil
	}
	if err := d.settleWhy(r.Number); err != nil {
		return err
	}
	r.By = c.By // who asked is who is told
	told := "Pelapornya belum terjangkau lewat bot."
	if d.hears(r) {
		told = d.toldWhy(r)
	}
	d.say("No. " + number(r.Number) + ": " + changeWord(c) + "nya ditolak. " + told)
	return d.declined(c, r, words, ownReason)
}

// ownDecline takes in private why a correction is turned down.
func (d *desk) ownDecline(what []string, id, words string) error {
	c, ok := d.correctionIn(id)
	r, known := d.tx.Report(c.Revised.Number)
	switch {
	case !ok || !known || !d.staff:
		d.say("Perbaikan ini sudah diputuskan.")
		return nil
	case unfitReason(words) != "":
		d.await(what...)
		d.say(strings.ReplaceAll(unfitReason(words), "balas", "tulis"))
		return nil
	}
	r.By = c.By
	return d.declined(c, r, words, ownReason)
}
