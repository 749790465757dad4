package office

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Erase is the command that asks for data to be erased.
const Erase = "hapus_data"

// erasureTag remembers where the card of an erasure was posted.
func erasureTag(id uint64) string { return "erasure:" + strconv.FormatUint(id, 10) }

// erasureCard shows a wish that waits, with the clock that runs.
func (o *Office) erasureCard(tx *storage.Tx, id uint64, now time.Time) (chat.Reply, bool) {
	r, ok := tx.Erasure(id)
	if !ok {
		return chat.Reply{}, false
	}
	card := chat.Reply{Tag: erasureTag(id), Text: o.erasure(tx, r) + "\n" + clockOf(tx, r, now)}
	if r.State == storage.ErasureWaits {
		card.Buttons = [][]chat.Button{{button("Tolak", "era", "why", code(id)), button("Hapus sekarang", "era", "ask", code(id))}}
	}
	return card, true
}

// erasure says whose data it is about: a number, or a member, who is no resident in need.
func (o *Office) erasure(tx *storage.Tx, r storage.Erasure) string {
	mark := map[storage.ErasureState]string{storage.ErasureWaits: "⏳", storage.ErasureDone: "✅", storage.ErasureDeclined: "↩️"}[r.State]
	lines := []string{mark + " <b>Permintaan hapus data " + strconv.FormatUint(r.ID, 10) + "</b>"}
	m, ok := tx.Member(r.Member)
	switch {
	case r.Member == 0:
		who := "Nama di laporan No. "
		if _, isCase := tx.Case(r.Report); isCase {
			who = "Warga, No. "
		}
		lines = append(lines, who+number(r.Report)+" · "+chat.Escape(o.Region.FullName(r.Village)))
	case !ok || m.Erased:
		lines = append(lines, "Pelapor · "+chat.Escape(o.Region.FullName(r.Village)))
	default:
		lines = append(lines, "Pelapor: "+chat.Escape(tx.Unseal(m.Name, "name"))+" · "+m.Role.Label()+" · "+chat.Escape(o.Region.FullName(r.Village)))
		if r.State == storage.ErasureWaits && m.State == storage.Active && m.Role == storage.Ketua && len(tx.ActiveKetua(m.Village)) == 1 {
			lines = append(lines, "⚠️ Ketua satu-satunya di desa ini; sebaiknya ada penerus dulu.")
		}
	}
	return strings.Join(lines, "\n")
}

// clockOf says how much time is left, or what was decided.
func clockOf(tx *storage.Tx, r storage.Erasure, now time.Time) string {
	by := chat.Escape(nameOf(tx, r.Judge)) + ", " + text.Clock(r.Decided.In(region.WITA))
	switch due := r.Due().In(region.WITA); r.State {
	case storage.ErasureWaits:
		return "Batas " + dueDay(due) + " (" + leftOf(due.Sub(now)) + ")"
	case storage.ErasureDone:
		return "Dihapus oleh " + by + stillCounted(tx, r, "\nJumlahnya tetap dihitung.")
	default:
		return "Tidak dihapus: " + strings.ToLower(objectionLabel(r)) + "\nDiputuskan oleh " + by
	}
}

// stillCounted says words unless the report is in no total: it was returned, turned down or taken back.
func stillCounted(tx *storage.Tx, r storage.Erasure, words string) string {
	if report, ok := tx.Report(r.Report); ok && !report.State.Counts() {
		return ""
	}
	return words
}

// dueDay prints "Senin, 30 November pukul 09.00".
func dueDay(at time.Time) string {
	return text.DayName(at.Weekday()) + ", " + strconv.Itoa(at.Day()) + " " + text.MonthName(at.Month()) + " " + at.Format("pukul 15.04")
}

// leftOf prints how long there is time: "tinggal 2 hari 4 jam", "lewat 3 jam".
func leftOf(d time.Duration) string {
	word := "tinggal "
	if d < 0 {
		word, d = "lewat ", -d
	}
	hours := int(d / time.Hour)
	switch days := hours / 24; {
	case hours == 0:
		return word + "kurang dari sejam"
	case days == 0:
		return word + strconv.Itoa(hours) + " jam"
	case hours%24 == 0:
		return word + strconv.Itoa(days) + " hari"
	default:
		return word + strconv.Itoa(days) + " hari " + strconv.Itoa(hours%24) + " jam"
	}
}

// objection is why data is not erased.
type objection struct{ code, label string }

func objections(r storage.Erasure) []objection {
	law := objection{"law", "Wajib disimpan"}
	if r.Member != 0 {
		return []objection{{"duty", "Serah terima dulu"}, law}
	}
	return []objection{{"helping", "Bantuan masih berjalan"}, {"other", "Bukan permintaan orangnya"}, law}
}

func objectionLabel(r storage.Erasure) string {
	for _, w := range objections(r) {
		if w.code == r.Answer {
			return w.label
		}
	}
	return "alasan lain"
}

// trimNumber is what people write before a number.
var trimNumber = regexp.MustCompile(`(?i)^\s*no\.?\s*`)

// wishOf reads "0131 ditelepon": the number of a report, and what follows.
func wishOf(words string) (n uint64, why string, ok bool) {
	head, why, _ := strings.Cut(strings.TrimSpace(trimNumber.ReplaceAllString(words, "")), " ")
	n, err := strconv.ParseUint(head, 10, 64)
	return n, why, err == nil
}

// askErasure answers /hapus_data in the group: what waits, or a wish that staff was told of: of a resident,
// "0131 ditelepon", or of a member, "Seloto".
func (d *desk) askErasure(words string) error {
	n, why, ok := wishOf(words)
	switch {
	case !ok && strings.TrimSpace(words) != "":
		d.askMember(words)
		return nil
	case !ok:
		if d.waitingErasures(); len(d.out) == 0 {
			d.say("Tidak ada permintaan hapus data yang menunggu.\nWarga meminta: /hapus_data 0131 · pelapor meminta: /hapus_data Seloto")
		}
		return nil
	}
	id, _, err := d.wish(n, why)
	if id != 0 {
		d.postErasure(id)
	}
	return err
}

// openErasure takes in private the wish of a resident that staff or a TKSK was told of; the group decides.
func (d *desk) openErasure(words string) error {
	n, why, _ := wishOf(words)
	id, fresh, err := d.wish(n, why)
	if err != nil || id == 0 {
		return err
	}
	r, _ := d.tx.Erasure(id)
	d.say("⏳ Permintaan hapus data warga No. " + number(r.Report) + " menunggu di grup Dinsos.\nBatasnya " + dueDay(r.Due().In(region.WITA)) + "; admin grup yang memutuskan.")
	if fresh {
		d.out = append(d.out, d.Post(d.tx, d.now)("erasure", id)...)
	}
	return nil
}

// wish records that the people of a report wish to be erased, once; 0 when it was answered that they cannot be.
func (d *desk) wish(n uint64, why string) (id uint64, fresh bool, err error) {
	r, ok := d.tx.Subject(n)
	switch {
	case d.private && r.Number != 0 && !d.sees(r.Village):
		d.outside()
		return 0, false, nil
	case !ok && d.tx.ReportErased(r):
		d.say("Data di No. " + number(n) + " sudah dihapus.")
		return 0, false, nil
	case !ok:
		d.say("No. " + number(n) + " bukan laporan tentang warga.\nMisalnya: /hapus_data 0131 diminta keluarganya")
		return 0, false, nil
	}
	if old, twin := d.tx.WaitingErasure(r.Number, 0); twin {
		return old.ID, false, nil
	}
	asked := storage.Erasure{ID: d.tx.NextErasure(), Report: r.Number}
	asked.Reason = d.tx.Seal(d.tx.PersonsOf(r)[0], "erasure", text.Clip(text.Clean(why), 200))
	return asked.ID, true, d.record(r.Village, storage.ErasureAsked{Erasure: asked})
}

// waitingErasures posts all that waits to be decided.
func (d *desk) waitingErasures() {
	for _, r := range d.tx.WaitingErasures() {
		d.postErasure(r.ID)
	}
}

// postErasure posts a card below all others; the one posted before loses its buttons.
func (d *desk) postErasure(id uint64) {
	card, ok := d.erasureCard(d.tx, id, d.now)
	if !ok {
		return
	}
	if p, posted := d.tx.Posted(card.Tag); posted && p.Chat == d.in.Chat.ID {
		d.out = append(d.out, chat.Reply{
			Act: chat.Edit, Class: chat.Notice, Message: p.Message, Text: "⏳ <b>Permintaan hapus data " + strconv.FormatUint(id, 10) + "</b>\nKartunya ada lagi di bawah.",
		})
	}
	card.Act, card.Class, card.ReplyTo = chat.Say, chat.Notice, d.answers()
	d.out = append(d.out, card)
}

// decideErasure takes a press below the card of an erasure. The first decision wins.
func (d *desk) decideErasure(act, words, why string) error {
	id, err := strconv.ParseUint(words, 36, 64)
	r, ok := d.tx.Erasure(id)
	switch {
	case err != nil || !ok:
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	case r.State != storage.ErasureWaits:
		d.toast("Sudah diputuskan oleh " + nameOf(d.tx, r.Judge) + ".")
		d.redrawErasure(id)
		return nil
	}
	if ok, err := d.admin(); !ok || err != nil {
		return err
	}
	switch act {
	case "ask":
		d.edit(d.erasure(d.tx, r)+"\n<b>Hapus untuk selamanya?</b> "+lossOf(d.tx, r),
			[]chat.Button{button("Tidak", "era", "back", code(id)), button("Ya, hapus", "era", "do", code(id))})
	case "do":
		return d.erase(r)
	case "why":
		rows := [][]chat.Button{}
		for _, w := range objections(r) {
			rows = append(rows, []chat.Button{button(w.label, "era", "no", code(id), w.code)})
		}
		d.edit(d.erasure(d.tx, r)+"\n<b>Mengapa tidak dihapus?</b>", append(rows, []chat.Button{button("‹ Kembali", "era", "back", code(id))})...)
	case "no":
		return d.refuseErasure(r, why)
	default:
		d.redrawErasure(id)
	}
	return nil
}

// lossOf says what cannot come back.
func lossOf(tx *storage.Tx, r storage.Erasure) string {
	if r.Member != 0 {
		return "Nama dan nomor HP tidak bisa kembali, dan aksesnya berhenti. Laporannya tetap."
	}
	if stillCounted(tx, r, "counted") == "" {
		return "Nama, alamat dan NIK tidak bisa kembali."
	}
	return "Jumlah di rekap tetap; nama, alamat dan NIK tidak bisa kembali."
}

func (d *desk) redrawErasure(id uint64) {
	if card, ok := d.erasureCard(d.tx, id, d.now); ok {
		d.edit(card.Text, card.Buttons...)
	}
}

func (d *desk) refuseErasure(r storage.Erasure, why string) error {
	if !slices.ContainsFunc(objections(r), func(w objection) bool { return w.code == why }) {
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	}
	if err := d.record(r.Village, storage.ErasureRefused{ID: r.ID, Answer: why}); err != nil {
		return err
	}
	r, _ = d.tx.Erasure(r.ID)
	d.redrawErasure(r.ID)
	m, ok := d.tx.Member(r.By)
	if !ok || m.Erased {
		return d.stopClock(r.ID)
	}
	what := "data " + map[bool]string{true: "Bapak", false: "Ibu"}[m.Address == "bapak"]
	if r.Report != 0 {
		what = "data warga No. " + number(r.Report)
	}
	d.out = append(d.out, chat.Reply{
		Act: chat.Say, Class: chat.Notice, Chat: m.User,
		Text: "↩️ Permintaan hapus " + what + " belum bisa dipenuhi Dinsos, " + d.called(m) + ".\nAlasan: " + strings.ToLower(objectionLabel(r)) +
			".\nBila keberatan, silakan hubungi " + chat.Escape(d.contact(d.tx)) + ".",
	})
	return d.stopClock(r.ID)
}

// erase erases a resident or a member and tells whoever asked.
func (d *desk) erase(r storage.Erasure) error {
	if err := d.eraseNow(r); err != nil {
		return err
	}
	d.redrawErasure(r.ID)
	m, ok := d.tx.Member(cmp.Or(r.Member, r.By))
	if report, known := d.tx.Report(r.Report); !ok && known { // staff asked
		m, ok = d.reader(report)
	}
	if ok && (r.Member != 0 || !m.Erased) {
		say := chat.Reply{Act: chat.Say, Class: chat.Notice, Chat: m.User}
		if r.Report != 0 {
			say.Text = "✅ Data warga No. " + number(r.Report) + " sudah dihapus, " + d.called(m) + "." + stillCounted(d.tx, r, "\nJumlahnya tetap dihitung, tanpa nama.") + "\nMohon hapus juga pesan lama tentang warga itu di obrolan ini."
		} else {
			say.Text = "✅ Data Ibu/Bapak sudah dihapus.\nLaporan yang lalu tetap dihitung, tanpa nama.\nPesan lama di obrolan ini bisa dihapus sendiri. Terima kasih."
		}
		d.out = append(d.out, say)
	}
	return d.stopClock(r.ID)
}

func (d *desk) eraseNow(r storage.Erasure) error {
	if r.Member != 0 {
		return d.eraseMember(r.Member)
	}
	return d.EraseReport(d.tx, d.now, d.in.From.ID, r.Report, &d.out)
}

// stopClock forgets how far the clock of an erasure was shown.
func (d *desk) stopClock(id uint64) error { return d.tx.SetNote(erasureTag(id), "") }

// rungs are how long before the deadline the group is reminded.
func rungs() []time.Duration { return []time.Duration{24 * time.Hour, 3 * time.Hour, 0} }

// WatchErasures brings the clocks on the cards up to date, and reminds the group before a deadline.
func (o *Office) WatchErasures(tx *storage.Tx, now time.Time) error {
	g, ok := tx.StaffGroup()
	if !ok {
		return nil
	}
	for _, r := range tx.WaitingErasures() {
		left := r.Due().Sub(now)
		words, rung := leftOf(left), 0
		for rung < len(rungs()) && left <= rungs()[rung] {
			rung++
		}
		shown := words + "|" + strconv.Itoa(rung)
		before, had, _ := strings.Cut(tx.Note(erasureTag(r.ID)), "|")
		if before != words {
			card, _ := o.erasureCard(tx, r.ID, now)
			card.Act, card.Class, card.Chat, card.Topic = chat.Edit, chat.Notice, g.Chat, g.Topic
			if err := Enqueue(tx, now, card); err != nil {
				return err
			}
		}
		if last, _ := strconv.Atoi(had); rung > last {
			if err := o.remindErasure(tx, g, r, now); err != nil {
				return err
			}
		}
		if err := tx.SetNote(erasureTag(r.ID), shown); err != nil {
			return err
		}
	}
	return nil
}

func (o *Office) remindErasure(tx *storage.Tx, g storage.Group, r storage.Erasure, now time.Time) error {
	due := r.Due().In(region.WITA)
	say := chat.Reply{
		Act: chat.Say, Class: chat.Notice, Chat: g.Chat, Topic: g.Topic,
		Text: "⏳ Permintaan hapus data " + strconv.FormatUint(r.ID, 10) + " " + leftOf(due.Sub(now)) + ": batas " + dueDay(due) + ".\nMohon admin grup memutuskannya di kartunya.",
	}
	if p, ok := tx.Posted(erasureTag(r.ID)); ok && p.Chat == g.Chat {
		say.ReplyTo = p.Message
	}
	return Enqueue(tx, now, say)
}
