package office

import (
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// onCase is a button of the private pages of a report, once it is known that it may be pressed.
type onCase struct {
	c    storage.Case
	r    storage.Report
	act  string
	what string
	turn string
}

// actOnCase takes a button "c" of a report: its number, what to do, with what, and the turn it was drawn
// in. In the group nothing but taking a case on is done.
func (d *desk) actOnCase(t chat.Tap) error {
	n, err := strconv.ParseUint(t.Arg(1), 36, 64)
	r, ok := d.tx.Report(n)
	on := onCase{r: r, act: t.Arg(2), what: t.Arg(3), turn: t.Arg(4)}
	switch {
	case err != nil || !ok:
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	case !d.private && on.act != "own":
		d.toast("Ini dibuka di obrolan pribadi, lewat tombol Rincian.")
		return nil
	case d.private && !d.sees(r.Village):
		d.toast("Laporan itu dari kecamatan lain.")
		return nil
	}
	if d.tx.ReportErased(r) {
		d.toast("Data warga itu sudah dihapus.")
		if d.private {
			return d.showPage(r, "")
		}
		return nil
	}
	if d.private {
		if err := recall(d.tx, d.in.Chat.ID, d.in.Message); err != nil {
			return err
		}
	}
	on.c, ok = d.tx.Case(n)
	switch {
	case on.act == "page":
		return d.showPage(r, "")
	case on.act == "ok":
		return d.verifyHere(r)
	case !ok:
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	}
	return d.follow(on)
}

// follow does what a button of a household says.
func (d *desk) follow(on onCase) error {
	if d.private { // whatever it shows, the name is on it
		if err := d.look(on.r, storage.LookPage); err != nil {
			return err
		}
	}
	switch on.act {
	case "hist", "photo", "nik", "nik!":
		return d.reveal(on)
	case "fu":
		d.showFollow(on.c, "")
		return nil
	case "open":
		return d.reopen(on)
	}
	if on.c.State.Ended() {
		d.lapsed(on, "Catatannya sudah ditutup: "+d.stateWords(on.c)+".")
		return nil
	}
	switch on.act {
	case "own", "own!":
		return d.takeOn(on)
	case "plan", "due":
		return d.plan(on)
	case "prop":
		return d.propose(on)
	case "grant":
		return d.grant(on)
	case "ref", "refp":
		return d.refer(on)
	case "rep":
		return d.answered(on)
	case "no":
		return d.turnDown(on)
	case "done":
		return d.askDone(on)
	}
	d.toast("Tombol ini sudah tidak berlaku.")
	return nil
}

// caseWords takes typed words for an act on a case: "c", its number, the act, and what was chosen before.
func (d *desk) caseWords(what []string, words string) error {
	t := chat.Tap{Args: append(what, "", "", "")}
	n, err := strconv.ParseUint(t.Arg(1), 36, 64)
	c, ok := d.tx.Case(n)
	r, _ := d.tx.Report(n)
	if err != nil || !ok || !d.sees(c.Village) || c.State.Ended() || !c.Erased.IsZero() {
		d.say("Catatannya sudah ditutup, atau tidak ditemukan.")
		return nil
	}
	on := onCase{c: c, r: r, act: t.Arg(2), what: t.Arg(3), turn: t.Arg(4)}
	if on.stale(d) {
		d.lapsed(on, lapsedWords)
		return nil
	}
	switch on.act {
	case "plan":
		return d.planOwn(on, words)
	case "due":
		return d.typedDue(on, t.Arg(5), words)
	case "rep":
		return d.recordAnswer(on, storage.AnswerDeclined, words)
	case "no":
		return d.recordDecline(on, words)
	}
	return nil
}

// turnOf tells one state of a case from another, so that a button pressed twice, or late, does nothing a
// second time.
func turnOf(tx *storage.Tx, c storage.Case) string {
	return strconv.FormatInt(int64(len(tx.CaseEntries(c.Number))), 36)
}

func (on onCase) stale(d *desk) bool { return on.turn != turnOf(d.tx, on.c) }

const lapsedWords = "Keadaannya sudah berubah. Ini yang sekarang."

// lapsed answers a button that came too late with how things stand.
func (d *desk) lapsed(on onCase, words string) {
	if !d.private {
		d.toast(words)
		return
	}
	d.showFollow(on.c, chat.Escape(words)+"\n\n")
}

// showFollow shows how a case is followed up, with a line above it.
func (d *desk) showFollow(c storage.Case, above string) {
	lines := []string{"🏠 <b>" + chat.Escape(d.caseName(c)) + "</b> · No. " + number(c.Number), d.stateLine(c)}
	if c.State.Ended() {
		d.show(above+strings.Join(lines, "\n"), d.endedButtons(c)...)
		return
	}
	switch next, owner := d.nextLine(c), ownerOf(d.tx, c); {
	case next != "":
		lines = append(lines, next)
	case owner != 0:
		lines = append(lines, "Petugas: "+ownerName(d.tx, owner), "Belum ada rencana.")
	default:
		lines = append(lines, "Belum ada yang menangani.")
	}
	d.show(above+strings.Join(lines, "\n"), d.followButtons(c)...)
}

func (d *desk) endedButtons(c storage.Case) [][]chat.Button {
	back := caseButton("‹ Rincian", c.Number, "page")
	if !mayReopen(c) {
		return [][]chat.Button{{back}}
	}
	return [][]chat.Button{{caseButton("Buka lagi", c.Number, "open", "", turnOf(d.tx, c))}, {back}}
}

func (d *desk) followButtons(c storage.Case) [][]chat.Button {
	plan := []chat.Button{caseButton("Rencana", c.Number, "plan")}
	switch ownerOf(d.tx, c) {
	case d.in.From.ID:
	case 0:
		plan = append([]chat.Button{caseButton("Saya tangani", c.Number, "own")}, plan...)
	default:
		plan = append(plan, caseButton("Ambil alih", c.Number, "own"))
	}
	refer := []chat.Button{caseButton("Rujuk", c.Number, "ref")}
	if c.State == storage.Identified || c.State == storage.CaseProven || c.Wish == storage.Proposed {
		refer = append(refer, caseButton("Usulkan", c.Number, "prop", "", turnOf(d.tx, c)))
	}
	switch {
	case c.State == storage.Referred:
		refer = append(refer, caseButton("Balasan rujukan", c.Number, "rep"))
	case c.State == storage.Proposed && !d.tx.Granted(c):
		refer = append(refer, caseButton("Usulan diterima", c.Number, "grant", "", turnOf(d.tx, c)))
	}
	return [][]chat.Button{
		plan, refer,
		{caseButton("Sudah selesai", c.Number, "done"), caseButton("Tolak usulan", c.Number, "no")},
		{caseButton("‹ Rincian", c.Number, "page")},
	}
}

// nextLine says what is done next, by when and by whom; "" when nothing is planned. It is HTML.
func (d *desk) nextLine(c storage.Case) string {
	if c.Next == "" || c.State.Ended() {
		return ""
	}
	note := chat.Escape(text.Clip(d.tx.Unseal(c.NextNote, "next"), longAnswer))
	line := "Berikutnya: <b>" + planWords(c.Next, note) + "</b>"
	if c.Due != 0 {
		line += "\n" + text.Date(c.Due.Time()) + " · " + until(c.Due, storage.DayOf(d.now))
	}
	if owner := ownerOf(d.tx, c); owner != 0 {
		line += " · " + ownerName(d.tx, owner)
	}
	return line
}

// until says how far off a day is: "lewat 3 hari", "hari ini", "4 hari lagi".
func until(due, today storage.Day) string {
	switch n := int(due) - int(today); {
	case n < 0:
		return "lewat " + strconv.Itoa(-n) + " hari"
	case n == 0:
		return "hari ini"
	case n == 1:
		return "besok"
	default:
		return strconv.Itoa(n) + " hari lagi"
	}
}

// verifyHere verifies a report on its private page; the card in the group follows.
func (d *desk) verifyHere(r storage.Report) error {
	if why := needless(d.tx, r); why != "" {
		d.toast(why + ".")
		return d.showPage(r, "")
	}
	if !r.Waits() {
		d.toast(d.outcome(r))
		return d.showPage(r, "")
	}
	before := len(d.out)
	if err := d.verify(r); err != nil {
		return err
	}
	said := d.out[before:]
	d.out = d.out[:before:before]
	for _, reply := range said {
		if reply.Act != chat.Edit || reply.Chat != 0 { // this chat has a page in the place of the card
			d.out = append(d.out, reply)
		}
	}
	r, _ = d.tx.Report(r.Number)
	return d.showPage(r, "")
}

// tellVillage tells whoever reported a household, or the ketua, what became of it. words is HTML. It
// returns what to say of that to whoever did it.
func (d *desk) tellVillage(on onCase, words string, rows ...[]chat.Button) string {
	m, ok := d.reader(on.r)
	if !ok || !d.tx.Reaches(m.User) {
		return "pelapornya belum terjangkau lewat bot"
	}
	n := strconv.FormatUint(on.c.Number, 10)
	if rows == nil {
		rows = [][]chat.Button{{{Label: "Data warga", Data: chat.NewTap("p", "kasus", n).Data()}, {Label: "Menu", Data: chat.NewTap("m", "menu").Data()}}}
	}
	d.out = append(d.out, chat.Reply{Act: chat.Say, Class: chat.Notice, Chat: m.User, Text: "🏠 " + d.whose(on.c) + ": " + words, Buttons: rows})
	return "pelapornya dikabari"
}

// whose is what a household is called in news to its village: by its RT, not by its name.
func (d *desk) whose(c storage.Case) string {
	rt := d.kept(c.RT, "rt")
	switch {
	case secret(c):
		return "Kasus No. " + number(c.Number)
	case rt == "":
		return "Keluarga No. " + number(c.Number)
	}
	return "Keluarga di RT " + chat.Escape(rt) + " (No. " + number(c.Number) + ")"
}

// enter records an entry in the history of a case and returns the case as it is then.
func (d *desk) enter(on *onCase, entry storage.CaseEntry) error {
	entry.Case = on.c.Number
	if err := d.record(on.c.Village, storage.CaseEntered{Entry: entry}); err != nil {
		return err
	}
	on.c, _ = d.tx.Case(on.c.Number)
	return nil
}

// seal seals words with the key of a case.
func (d *desk) seal(c storage.Case, field, words string) storage.Sealed {
	return d.tx.Seal(c.Person, field, words)
}
