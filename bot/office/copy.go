package office

import (
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// Copy is the private command, deep link and Drawing.Kind of all that is kept of a resident, for the resident:
// "salinan_131". The number is the drawing's Period.
const Copy = "salinan"

// openCopy sends the file about a resident to whoever may see the case.
func (d *desk) openCopy(args string) error {
	n, err := strconv.ParseUint(strings.TrimPrefix(strings.ToLower(args), "no."), 10, 64)
	c, ok := d.tx.Case(n)
	switch {
	case err != nil || !ok || !d.sees(c.Village) || secret(c) && !d.staff:
		d.say("Warga dengan nomor itu tidak ada.\nMisalnya: /salinan 0131")
		return nil
	case !c.Erased.IsZero():
		d.say("Data warga No. " + number(n) + " sudah dihapus.")
		return nil
	}
	r, _ := d.tx.Report(n)
	if err := d.look(r, storage.LookCopy); err != nil {
		return err
	}
	d.say("Salinan data No. " + number(n) + " sedang disiapkan, untuk diserahkan kepada orangnya.\nSetiap salinan dicatat.")
	d.out = append(d.out, chat.Reply{Act: chat.Say, Class: chat.Notice, Draw: &chat.Drawing{
		Kind: Copy, Period: strconv.FormatUint(n, 10), Format: "pdf", For: d.in.From.ID,
	}})
	return nil
}

// Copied returns the case of a copy that is to be drawn, or why it is not: rights are looked at again.
func (o *Office) Copied(tx *storage.Tx, now time.Time, r chat.Drawing) (storage.Case, string) {
	n, _ := strconv.ParseUint(r.Period, 10, 64)
	c, ok := tx.Case(n)
	d := &desk{Office: o, tx: tx, now: now, access: o.Access(tx, r.For, now)}
	d.staff = d.access.Staff
	switch {
	case !ok || !c.Erased.IsZero():
		return c, "Data warga itu sudah tidak ada."
	case !d.sees(c.Village), secret(c) && !d.staff:
		return c, "Salinan belum bisa dibuat: hak petugas belum bisa diperiksa.\nMohon minta lagi sebentar lagi."
	}
	return c, ""
}
