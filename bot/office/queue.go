package office

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Queue is the command that lists what waits for staff.
const Queue = "periksa"

// mattersShown is how many one page of the queue has.
const mattersShown = 8

// matter is one thing that waits for staff: a report, or a correction of one.
type matter struct {
	report     storage.Report
	correction uint64 // the ID of the correction that waits; 0 when the report does
	since      time.Time
	owner      int64 // who works on it; 0 nobody
}

// quick says whether it may be verified together with others: a report of aid or of a meeting that nothing is
// odd about.
func (m matter) quick() bool {
	return m.correction == 0 && m.report.Kind != storage.HouseholdFound && len(m.report.Flags) == 0
}

// matters are what waits in a place and may be seen by whoever speaks, the oldest first. 0 is everywhere.
func (d *desk) matters(scope region.Code) []matter {
	var out []matter
	add := func(m matter) {
		if d.inside(scope, m.report.Village) && d.sees(m.report.Village) {
			out = append(out, m)
		}
	}
	for _, r := range d.tx.Queue() {
		add(matter{report: r, since: r.Since(), owner: r.Owner})
	}
	for _, c := range d.tx.WaitingCorrections() {
		r, _ := d.tx.Report(c.Revised.Number)
		if d.private && !d.staff { // decided by the office
			continue
		}
		add(matter{report: r, correction: c.ID, since: c.Asked, owner: c.Owner})
	}
	slices.SortStableFunc(out, func(a, b matter) int {
		return cmp.Or(a.since.Compare(b.since), cmp.Compare(a.report.Number, b.report.Number))
	})
	return out
}

// openQueue answers /periksa, perhaps with the name of a place behind it.
func (d *desk) openQueue(args string) error {
	scope, ok := d.queueScope(args)
	if !ok {
		d.say("Kami membaca \"" + chat.Escape(text.Clip(args, 60)) + "\", belum ada tempat seperti itu.\nMisalnya: /periksa Taliwang, atau /periksa desa Seloto")
		return nil
	}
	if scope != 0 && !d.sees(scope) {
		d.outside()
		return nil
	}
	words, rows := d.queueCard(scope, 0)
	d.say(words, rows...)
	return nil
}

// queueScope finds the place that words name.
func (d *desk) queueScope(words string) (region.Code, bool) {
	words = strings.ToLower(strings.TrimSpace(words))
	if words == "" {
		return 0, true
	}
	if !strings.HasPrefix(words, "desa ") && !strings.HasPrefix(words, "kel") {
		if place, ok := d.Region.FindDistrict(words); ok {
			return place.Code, true
		}
	}
	found := d.Region.Find(words, 0)
	if len(found) != 1 {
		return 0, false
	}
	return found[0].Code, true
}

// turnQueue takes a press below the queue.
func (d *desk) turnQueue(act, arg, more string) error {
	scope, err := region.ParseCode(arg)
	if arg == "0" {
		scope, err = 0, nil
	}
	switch {
	case act == "card" || act == "fix":
		return d.bring(act, arg)
	case err != nil:
		d.toast("Tombol ini sudah tidak berlaku.")
	case scope != 0 && !d.sees(scope):
		d.outside()
	case act == "new":
		words, rows := d.queueCard(scope, 0)
		d.say(words, rows...)
	case act == "all":
		return d.previewAll(scope)
	case act == "ok":
		return d.approveAll(scope, more)
	default:
		page, _ := strconv.Atoi(more)
		words, rows := d.queueCard(scope, page)
		d.edit(words, rows...)
		return d.tx.SetNote(d.shownNote(), "") // what was shown for verifying is not shown any more
	}
	return nil
}

// queueCard lists what waits: by kecamatan, or in one place.
func (d *desk) queueCard(scope region.Code, page int) (string, [][]chat.Button) {
	all := d.matters(0) // read once: thousands may wait
	parts := d.byDistrict(all)
	if scope == 0 && len(parts) > 1 {
		return d.overview(all, parts)
	}
	back := scope != 0 && len(parts) > 1
	all = slices.DeleteFunc(all, func(m matter) bool { return !d.inside(scope, m.report.Village) })
	if scope == 0 && len(parts) == 1 {
		scope = parts[0].place.Code
	}
	return d.list(scope, all, page, back)
}

// part is what waits in one kecamatan.
type part struct {
	place   region.Place
	matters []matter
}

func (d *desk) byDistrict(all []matter) []part {
	var out []part
	for _, m := range all {
		v, _ := d.Region.ByCode(m.report.Village)
		i := slices.IndexFunc(out, func(p part) bool { return p.place.Code == v.District })
		if i < 0 {
			place, _ := d.Region.ByCode(v.District)
			i, out = len(out), append(out, part{place: place})
		}
		out[i].matters = append(out[i].matters, m)
	}
	return out
}

// overview names each kecamatan with what waits there, the one with the oldest first.
func (d *desk) overview(all []matter, parts []part) (string, [][]chat.Button) {
	lines := []string{"⏳ <b>Menunggu diperiksa</b>", d.counts(all), ""}
	var row []chat.Button
	for _, p := range parts {
		lines = append(lines, "<b>"+chat.Escape(p.place.Name)+"</b>: "+d.counts(p.matters))
		row = append(row, button(p.place.Name+" "+strconv.Itoa(len(p.matters)), "pk", "at", p.place.Code.String(), "0"))
	}
	if back := d.away(0); back != "" {
		lines = append(lines, "", back)
	}
	return strings.Join(lines, "\n"), append(inRows(row), d.bulkRow(0, all)...)
}

// counts are how many of each kind wait, and how long the oldest does: "warga 3, perbaikan 1 · tertua 3 hari".
func (d *desk) counts(all []matter) string {
	homes, changes, others := 0, 0, 0
	for _, m := range all {
		switch {
		case m.correction != 0:
			changes++
		case m.report.Kind == storage.HouseholdFound:
			homes++
		default:
			others++
		}
	}
	var out []string
	for _, c := range []struct {
		label string
		n     int
	}{{"warga", homes}, {"perbaikan", changes}, {"bantuan & rapat", others}} {
		if c.n > 0 {
			out = append(out, chat.Escape(c.label)+" "+strconv.Itoa(c.n))
		}
	}
	return strings.Join(out, ", ") + " · tertua " + text.Age(d.now.Sub(all[0].since))
}

// away says how many reports wait for their reporters.
func (d *desk) away(scope region.Code) string {
	n := 0
	for _, r := range d.tx.ReturnedReports() {
		if d.inside(scope, r.Village) && d.sees(r.Village) && !d.tx.ReportErased(r) {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return "↩️ Menunggu jawaban pelapor: " + strconv.Itoa(n)
}

// list shows what waits in one place, a page at a time.
func (d *desk) list(scope region.Code, all []matter, page int, back bool) (string, [][]chat.Button) {
	head := "⏳ <b>Menunggu diperiksa</b>"
	if scope != 0 {
		head += " · " + chat.Escape(d.Region.FullName(scope))
	}
	pages := max(1, (len(all)+mattersShown-1)/mattersShown)
	page = min(max(page, 0), pages-1)
	if pages > 1 {
		head += " · halaman " + strconv.Itoa(page+1) + " dari " + strconv.Itoa(pages)
	}
	lines, rows := []string{head}, [][]chat.Button(nil)
	var row []chat.Button
	for _, m := range all[page*mattersShown : min(len(all), (page+1)*mattersShown)] {
		lines = append(lines, d.matterLine(m))
		row = append(row, cardButton(m))
	}
	for part := range slices.Chunk(row, 3) {
		rows = append(rows, part)
	}
	if len(all) == 0 {
		lines = append(lines, "Tidak ada yang menunggu.")
	}
	if words := d.away(scope); words != "" {
		lines = append(lines, words)
	}
	var turn []chat.Button
	if page > 0 {
		turn = append(turn, button("‹ Sebelumnya", "pk", "at", scope.String(), strconv.Itoa(page-1)))
	}
	if page < pages-1 {
		turn = append(turn, button("Berikutnya ›", "pk", "at", scope.String(), strconv.Itoa(page+1)))
	}
	if turn != nil {
		rows = append(rows, turn)
	}
	rows = append(rows, d.bulkRow(scope, all)...)
	if back {
		rows = append(rows, []chat.Button{button("‹ Semua kecamatan", "pk", "at", "0", "0")})
	}
	return strings.Join(lines, "\n"), rows
}

// matterLine is one line of the queue: No. 0131 · Warga, mendesak · Seloto · 3 hari · ditangani Budi.
func (d *desk) matterLine(m matter) string {
	v, _ := d.Region.ByCode(m.report.Village)
	parts := []string{"No. " + number(m.report.Number), shortKind(d.tx, m), chat.Escape(v.Name), "baru"}
	if age := d.now.Sub(m.since); age >= fresh {
		parts[3] = text.Age(age)
	}
	if m.owner != 0 {
		parts = append(parts, "ditangani "+chat.Escape(nameOf(d.tx, m.owner)))
	}
	return strings.Join(parts, " · ")
}

func shortKind(tx *storage.Tx, m matter) string {
	switch {
	case m.correction != 0:
		return "Perbaikan"
	case m.report.Kind == storage.HouseholdFound:
		if c, _ := tx.Case(m.report.Number); c.Urgent {
			return "Warga, mendesak"
		}
		return "Warga"
	case len(m.report.Flags) > 0:
		return "Melebihi buku"
	}
	return map[string]string{storage.AidReceived: "Diterima", storage.AidGiven: "Disalurkan", storage.MeetingHeld: "Rapat"}[m.report.Kind]
}

func cardButton(m matter) chat.Button {
	if m.correction != 0 {
		return button("Perbaikan "+number(m.report.Number), "pk", "fix", code(m.correction))
	}
	return button("Kartu "+number(m.report.Number), "pk", "card", code(m.report.Number))
}

// bring posts the card of a report, or of a correction, below; the one posted before says so.
func (d *desk) bring(act, words string) error {
	n, err := strconv.ParseUint(words, 36, 64)
	r, ok := d.tx.Report(n)
	about := aboutReport(d.tx, r)
	if act == "fix" {
		c, known := d.tx.Correction(n)
		r, ok = d.tx.Report(c.Revised.Number)
		ok, about = ok && known && d.staff, "correction"
	}
	switch card, drawn := d.card(d.tx, d.now, about, n); {
	case err != nil || !ok || !d.sees(r.Village):
		d.toast("Tombol ini sudah tidak berlaku.")
	case !drawn:
		d.toast("Perbaikan ini sudah diputuskan.")
	case act == "card" && d.tx.Needless(r):
		d.toast(needless(d.tx, r) + ".")
	case act == "card" && !r.Waits():
		d.toast(d.outcome(r))
	default:
		d.anew(card)
	}
	return nil
}

// anew posts a card again.
func (d *desk) anew(card chat.Reply) {
	if p, ok := d.tx.Posted(card.Tag); ok && p.Chat == d.in.Chat.ID {
		d.out = append(d.out, chat.Reply{
			Act: chat.Edit, Class: chat.Notice, Message: p.Message, Text: card.Text + "\nKartunya ada lagi di bawah.",
		})
	}
	card.Act, card.Class = chat.Say, chat.Notice
	if d.private { // the group's card stays the one that is kept up to date
		card.Tag = ""
	}
	d.out = append(d.out, card)
}

// bulkRow leads to verifying aid and meetings together.
func (d *desk) bulkRow(scope region.Code, all []matter) [][]chat.Button {
	n := len(quickOnes(all))
	if n == 0 {
		return nil
	}
	return [][]chat.Button{{button(fmt.Sprintf("✅ Verifikasi %d bantuan & rapat", n), "pk", "all", scope.String())}}
}
