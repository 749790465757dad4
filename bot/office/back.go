package office

import (
	"slices"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// Question is one answer of a kind of report that staff may ask about.
type Question struct{ Step, Label string }

// Questions lists what may be asked about a kind of report: the steps of its conversation.
func Questions(kind string) []Question {
	photo, date := Question{"photo", "Foto"}, Question{"date", "Tanggal"}
	switch kind {
	case storage.HouseholdFound:
		return []Question{
			{"name", "Nama"},
			{"address", "Alamat"},
			{"persons", "Jumlah jiwa"},
			{"categories", "Keadaan"},
			{"need", "Kebutuhan"},
			{"nik", "NIK"},
			{"work", "Pekerjaan"},
			{"photo", "Foto rumah"},
		}
	case storage.AidReceived:
		return []Question{{"lines", "Jumlah barang"}, {"source", "Asal"}, {"giver", "Nama pemberi"}, {"purpose", "Tujuan"}, date, photo}
	case storage.AidGiven:
		return []Question{{"lines", "Jumlah barang"}, {"to", "Penerima"}, date, photo}
	case storage.MeetingHeld:
		return []Question{{"kind", "Jenis rapat"}, date, {"here", "Kehadiran"}, {"decisions", "Keputusan"}, {"place", "Tempat"}, photo}
	}
	return nil
}

// askable are the questions of a report that its reporter would be asked: of a household without a name
// nothing that tells who it is.
func askable(tx *storage.Tx, r storage.Report) []Question {
	unasked := map[string]bool{}
	switch r.Kind {
	case storage.HouseholdFound:
		c, _ := tx.Case(r.Number)
		unasked["name"] = secret(c)
		unasked["nik"] = secret(c) || c.Initials
		unasked["photo"] = unasked["nik"]
	case storage.AidReceived:
		var a storage.Aid
		r.DecodeBody(&a)
		unasked["giver"] = !welfare.NamedSource(a.Source)
	}
	return slices.DeleteFunc(Questions(r.Kind), func(q Question) bool { return unasked[q.Step] })
}

// doubts are why an answer is asked about again; each follows the answer's name.
func doubts() []reason {
	return []reason{{"unclear", "Belum jelas"}, {"partial", "Belum lengkap"}, {"mismatch", "Belum cocok"}}
}

// refusals are why a report is turned down.
func refusals(kind string) []reason {
	if kind == storage.HouseholdFound {
		return []reason{{"twice", "Sudah terdata"}, {"elsewhere", "Bukan warga desa ini"}, {"unfit", "Belum memenuhi syarat"}}
	}
	return []reason{{"twice", "Tercatat dua kali"}, {"untrue", "Tidak sesuai keadaan"}, {"mistake", "Salah kirim"}}
}

// ownWords is the code of a reason that staff write themselves.
const ownWords = "own"

// orOwn adds own words to reasons.
func orOwn(all []reason) []reason { return append(all, reason{ownWords, "Tulis sendiri"}) }

func questionOf(kind, step string) (Question, bool) {
	all := Questions(kind)
	i := slices.IndexFunc(all, func(q Question) bool { return q.Step == step })
	if i < 0 {
		return Question{}, false
	}
	return all[i], true
}

func reasonOf(all []reason, code string) (reason, bool) {
	i := slices.IndexFunc(all, func(r reason) bool { return r.code == code })
	if i < 0 {
		return reason{}, false
	}
	return all[i], true
}

// giveBack asks which answer a report is returned for, then why, then returns it.
func (d *desk) giveBack(r storage.Report, step, why string) error {
	n, rev := code(r.Number), code(uint64(r.Revision))
	all := askable(d.tx, r)
	i := slices.IndexFunc(all, func(q Question) bool { return q.Step == step })
	doubt, told := reasonOf(doubts(), why)
	switch {
	case d.tx.ReportErased(r): // nobody can answer
		d.toast("Data warga itu sudah dihapus; tidak ada yang bisa diperbaiki.")
	case i < 0:
		var row []chat.Button
		for _, q := range all {
			row = append(row, button(q.Label, "ret", n, rev, q.Step))
		}
		d.ask(r, "Jawaban mana yang ditanyakan?", inRows(row)...)
	case why == ownWords:
		return d.askWhy(r, "ret", step)
	case !told:
		var row []chat.Button
		for _, w := range orOwn(doubts()) {
			row = append(row, button(w.label, "ret", n, rev, step, w.code))
		}
		d.ask(r, chat.Escape(all[i].Label)+": mengapa dikembalikan?", inRows(row)...)
	default:
		return d.returned(r, all[i], phrase(all[i], doubt))
	}
	return nil
}

// phrase is a reason in the words that the reporter reads: "jumlah jiwa belum jelas".
func phrase(q Question, w reason) string {
	label := q.Label
	if label != strings.ToUpper(label) {
		label = small(label)
	}
	return label + " " + small(w.label)
}

func small(label string) string {
	if label == "" {
		return ""
	}
	return strings.ToLower(label[:1]) + label[1:]
}

// inRows lays buttons out two side by side.
func inRows(all []chat.Button) [][]chat.Button {
	var rows [][]chat.Button
	for row := range slices.Chunk(all, 2) {
		rows = append(rows, row)
	}
	return rows
}

// returned takes a report out of the totals and asks its reporter.
func (d *desk) returned(r storage.Report, q Question, why string) error {
	if d.tx.ReportErased(r) {
		d.redraw(r.Number)
		return nil
	}
	lacks := d.tx.Drained(r, nil)
	if err := d.record(r.Village, storage.ReportReturned{Number: r.Number, Field: q.Step, Reason: d.sealReason(r, why)}); err != nil {
		return err
	}
	d.redraw(r.Number)
	d.alarmShort(r, lacks)
	return d.askReporter(r.Number)
}

// askReporter opens the question in the reporter's chat, or sends a button that does when something else
// is going on there.
func (d *desk) askReporter(n uint64) error {
	r, _ := d.tx.Report(n)
	m, _ := d.reader(r)
	if !d.hears(r) {
		if d.in.Kind == chat.Tapped {
			d.toast("Pelapornya belum terjangkau; pertanyaannya menunggu di daftar laporannya.")
		}
		return nil
	}
	if d.Reopen != nil && m.User != d.in.From.ID { // what happens in this person's own chat is being written
		if out, err := d.Reopen(d.tx, d.now, m.User, n); err != nil || out != nil {
			d.out = append(d.out, out...)
			return err
		}
	}
	d.tell(r, "↩️ Laporan <b>No. "+number(n)+"</b> dikembalikan Dinsos, %s.\nAlasan: "+plainPercent(chat.Escape(d.tx.Unseal(r.Reason, "reason")))+
		".\nBelum dihitung di rekap sampai diperbaiki.", chat.Button{Label: "Perbaiki", Data: chat.NewTap("r", "fix", decimal(n)).Data()})
	return nil
}

// reject asks why a report is turned down, then turns it down.
func (d *desk) reject(r storage.Report, why string) error {
	w, told := reasonOf(refusals(r.Kind), why)
	switch {
	case why == ownWords:
		return d.askWhy(r, "rej", "")
	case !told:
		n, rev := code(r.Number), code(uint64(r.Revision))
		var all []chat.Button
		for _, w := range orOwn(refusals(r.Kind)) {
			all = append(all, button(w.label, "rej", n, rev, w.code))
		}
		d.ask(r, "Mengapa ditolak?", inRows(all)...)
		return nil
	}
	return d.rejected(r, small(w.label))
}

// rejected takes a report out of all totals for good and tells its reporter.
func (d *desk) rejected(r storage.Report, why string) error {
	lacks := d.tx.Drained(r, nil)
	if !r.State.Counts() {
		lacks = nil
	}
	if err := d.record(r.Village, storage.ReportRejected{Number: r.Number, Reason: d.sealReason(r, why)}); err != nil {
		return err
	}
	d.redraw(r.Number)
	d.alarmShort(r, lacks)
	if d.in.Kind == chat.Tapped && !d.hears(r) {
		d.toast(d.toldWhy(r))
	}
	d.tell(r, "↩️ Laporan <b>No. "+number(r.Number)+"</b> belum bisa diterima Dinsos, %s.\nAlasan: "+plainPercent(chat.Escape(why))+
		".\nTidak dihitung di rekap. Boleh lapor lagi, atau hubungi "+plainPercent(chat.Escape(d.contact(d.tx)))+".")
	return nil
}

// alarmShort tells the group that a village's book has less than was given, now that a report is out.
func (d *desk) alarmShort(r storage.Report, lacks []storage.Line) {
	if len(lacks) > 0 {
		d.out = append(d.out, d.Post(d.tx, d.now)("short", r.Number)...)
	}
}

// sealReason keeps a reason under the key of the person whom a report is about, since words may name them.
func (d *desk) sealReason(r storage.Report, why string) storage.Sealed {
	if c, ok := d.tx.Case(r.Number); ok && r.Kind == storage.HouseholdFound && c.Erased.IsZero() {
		return d.tx.Seal(c.Person, "reason", why)
	}
	return d.tx.Seal(d.tx.NewPerson(), "reason", why)
}

// reasonShown is what a group may read of a reason: chips, and never what people wrote.
func reasonShown(tx *storage.Tx, r storage.Report) string {
	why := tx.Unseal(r.Reason, "reason")
	if why == storage.Erased {
		return "Alasannya ikut dihapus"
	}
	for _, w := range refusals(r.Kind) {
		if why == small(w.label) {
			return "Alasan: " + why
		}
	}
	if q, ok := questionOf(r.Kind, r.Ask); ok {
		for _, w := range doubts() {
			if why == phrase(q, w) {
				return "Alasan: " + why
			}
		}
		return q.Label + ": alasan ditulis sendiri"
	}
	return "Alasan ditulis sendiri"
}

// plainPercent keeps words from being read as a format.
func plainPercent(s string) string { return strings.ReplaceAll(s, "%", "%%") }

// longReason is how many characters a reason has at most.
const longReason = 200

// unfitReason says why words cannot be a reason; "" when they can.
func unfitReason(words string) string {
	switch n := len([]rune(words)); {
	case text.MeantNIK(words):
		return "Di dalamnya ada nomor seperti NIK atau No KK. Mohon ditulis lagi tanpa nomor itu."
	case !text.HasLetter(words) || n < 3:
		return "Alasannya belum terbaca. Mohon balas lagi, misalnya: foto rumah belum jelas"
	case n > longReason:
		return "Alasannya terlalu panjang. Mohon balas lagi dengan satu kalimat."
	}
	return ""
}
