package office

import (
	"cmp"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// changesShown is how many changes of one correction are told of.
const changesShown = 6

// changes are what a correction puts in the place of what, a line each: "Nama: Siti → Siti Aminah". They are
// HTML, for the eyes of the reporter and of staff in private.
func (d *desk) changes(c storage.Correction) []string {
	r, _ := d.tx.Report(c.Revised.Number)
	var out []string
	for i, ch := range c.Revised.Changes {
		if i == changesShown {
			return append(out, "… dan "+strconv.Itoa(len(c.Revised.Changes)-changesShown)+" lagi")
		}
		line := ""
		if label := fieldLabel(r.Kind, ch.Field); label != "" {
			line = label + ": "
		}
		out = append(out, line+"<s>"+d.oneAnswer(ch.Old, "old")+"</s> → "+d.oneAnswer(ch.New, "new"))
	}
	return out
}

// oneAnswer is one answer before or after a change. It is HTML.
func (d *desk) oneAnswer(s storage.Sealed, field string) string {
	return chat.Escape(text.Clip(cmp.Or(d.tx.Unseal(s, field), "(kosong)"), 200))
}

// fieldLabel names an answer of a kind of report; "" when it is not known here.
func fieldLabel(kind, field string) string {
	if q, ok := questionOf(kind, field); ok {
		return q.Label
	}
	return map[string]string{
		"aids": "Bantuan lain", "chair": "Pimpinan", "checks": "Keadaan rumah", "consent": "Persetujuan", "count": "Hadir",
		"disabilities": "Disabilitas", "guests": "Tamu", "kk": "No. KK", "next": "Rapat berikutnya", "note": "Catatan",
		"pin": "Lokasi", "time": "Jam", "urgent": "Mendesak", "who": "Yang meninggal", "date": "Tanggal",
	}[field]
}

// waitingChange is the correction of a report that waits for a decision.
func (d *desk) waitingChange(n uint64) (storage.Correction, bool) {
	for _, c := range d.tx.CorrectionsOf(n) {
		if c.State == storage.CorrectionWaits {
			return c, true
		}
	}
	return storage.Correction{}, false
}

// proposed is what a page says of a correction that waits, with the buttons that decide it; nothing when there
// is none, or it is not theirs to decide.
func (d *desk) proposed(n uint64) (string, [][]chat.Button) {
	c, ok := d.waitingChange(n)
	if !ok || !d.staff {
		return "", nil
	}
	lines := append([]string{"", "", "⏳ <b>Perbaikan yang menunggu</b>"}, d.changes(c)...)
	if c.Cancel {
		why := chat.Escape(text.Clip(d.tx.Unseal(c.Reason, "reason"), 300))
		lines = []string{"", "", "⏳ <b>Pembatalan yang menunggu</b>", "Alasan pelapor: " + why}
	}
	return strings.Join(lines, "\n"), [][]chat.Button{decisions(c.ID)}
}

// decisions are what staff say of a correction.
func decisions(id uint64) []chat.Button {
	return []chat.Button{button("✅ Setujui", "cok", code(id)), button("Tolak", "cno", code(id))}
}
