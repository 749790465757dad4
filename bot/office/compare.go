package office

import (
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// Compare is the beginning of the payload of a link that opens, in private, two households that may be
// one.
const Compare = "mirip"

// alikeTag remembers where the card of households that may be one was posted.
func alikeTag(n uint64) string { return "alike:" + strconv.FormatUint(n, 10) }

// alikes are the cases of other villages with the same NIK or No KK.
func alikes(tx *storage.Tx, c storage.Case) []storage.Case {
	var out []storage.Case
	seen := map[uint64]bool{c.Number: true}
	for _, blind := range [][]byte{c.NIKIndex, c.KKIndex} {
		for _, other := range tx.CasesWith(blind) {
			if !seen[other.Number] && other.Village != c.Village {
				out = append(out, other)
			}
			seen[other.Number] = true
		}
	}
	return out
}

// judgedAlike says what staff found of two cases; "" when nobody looked yet.
func judgedAlike(tx *storage.Tx, a, b uint64) storage.Verdict {
	j, ok := tx.Judgement(a, b)
	if !ok || j.Verdict == storage.Unsure {
		return ""
	}
	return j.Verdict
}

// foundAlike tells in a history what was found of another case.
func foundAlike(v storage.Verdict, other uint64) string {
	if v == storage.MovedHousehold {
		return "pindah, lihat No. " + number(other)
	}
	return verdictWords(v) + " dengan No. " + number(other)
}

// verdictWords names what was found of two cases.
func verdictWords(v storage.Verdict) string {
	return map[storage.Verdict]string{storage.SameHousehold: "sama", storage.OtherHousehold: "berbeda", storage.MovedHousehold: "pindah"}[v]
}

// compared is the card of a case and those of other villages that it looks like; open says how many
// nobody looked at yet.
func (o *Office) compared(tx *storage.Tx, n uint64) (card chat.Reply, open int) {
	c, _ := tx.Case(n)
	lines := []string{"⚠️ <b>Mungkin tercatat dua kali</b>", "No. " + number(n) + " · " + chat.Escape(o.Region.FullName(c.Village))}
	name := tx.Note(NameNote)
	for _, other := range alikes(tx, c) {
		line := "No. " + number(other.Number) + " · " + chat.Escape(o.Region.FullName(other.Village))
		if v := judgedAlike(tx, n, other.Number); v != "" {
			lines = append(lines, line+"\nSudah dicocokkan: "+verdictWords(v))
			continue
		}
		lines = append(lines, line)
		if open++; name != "" {
			link := Link(name, Compare+"_"+strconv.FormatUint(min(n, other.Number), 10)+"_"+strconv.FormatUint(max(n, other.Number), 10))
			card.Buttons = append(card.Buttons, []chat.Button{{Label: "Cocokkan " + number(other.Number), URL: link}})
		}
	}
	if open > 0 {
		lines = append(lines, "NIK atau No. KK-nya sama. Mohon dicocokkan.")
	}
	card.Tag, card.Text = alikeTag(n), strings.Join(lines, "\n")
	return card, open
}

// pair finds two households that look alike and that the person may see, the older one first. That a sensitive
// case has the NIK of somebody is for staff alone.
func (d *desk) pair(a, b string, base int) (old, young storage.Case, ok bool) {
	x, err := strconv.ParseUint(a, base, 64)
	y, err2 := strconv.ParseUint(b, base, 64)
	old, found := d.tx.Case(min(x, y))
	young, found2 := d.tx.Case(max(x, y))
	if err != nil || err2 != nil || !found || !found2 || !d.sees(old.Village) || !d.sees(young.Village) || !d.staff && (secret(old) || secret(young)) {
		return old, young, false
	}
	for _, c := range alikes(d.tx, old) {
		if c.Number == young.Number {
			return old, young, true
		}
	}
	return old, young, false
}

// openCompare opens two households beside each other: "131_140".
func (d *desk) openCompare(args string) error {
	a, b, _ := strings.Cut(strings.TrimSpace(args), "_")
	old, young, ok := d.pair(a, b, 10)
	if !ok {
		d.say("Kedua laporan itu tidak mirip lagi, atau bukan di kecamatan Anda.")
		return nil
	}
	if err := d.lookAtPair(old, young); err != nil {
		return err
	}
	d.showPair(old, young, "")
	return nil
}

func (d *desk) lookAtPair(cases ...storage.Case) error {
	for _, c := range cases {
		r, _ := d.tx.Report(c.Number)
		if err := d.look(r, storage.LookAlike); err != nil {
			return err
		}
	}
	return nil
}

// showPair shows two households and what may be said of them, with a line above.
func (d *desk) showPair(old, young storage.Case, above string) {
	v := judgedAlike(d.tx, old.Number, young.Number)
	words := "<b>Keluarga yang sama?</b>\n\n" + d.side(old) + "\n\n" + d.side(young)
	if v != "" {
		d.show(above+words+"\n\nSudah dicocokkan: <b>"+verdictWords(v)+"</b>", []chat.Button{d.pairButton("Ubah", "ask", old, young)})
		return
	}
	d.show(above+words, d.pairButtons(old, young)...)
}

func (d *desk) pairButtons(old, young storage.Case) [][]chat.Button {
	return [][]chat.Button{
		{d.pairButton("Sama", "same", old, young), d.pairButton("Berbeda", "diff", old, young)},
		{d.pairButton("Pindah", "moved", old, young)},
	}
}

func (d *desk) pairButton(label, act string, old, young storage.Case) chat.Button {
	return button(label, "al", act, code(old.Number), code(young.Number))
}

// side is one of two households that are compared.
func (d *desk) side(c storage.Case) string {
	lines := []string{"🏠 <b>" + chat.Escape(d.caseName(c)) + "</b> · No. " + number(c.Number)}
	at := d.Region.FullName(c.Village)
	if home := d.homeOf(c); home != "" && !(secret(c) && !d.staff) {
		at = home + " · " + at
	}
	lines = append(lines, chat.Escape(at)+" · "+strconv.Itoa(c.Persons)+" jiwa")
	if nik := d.kept(c.NIK, "nik"); nik != "" {
		lines = append(lines, "NIK: "+text.MaskNIK(nik))
	}
	if kk := d.kept(c.KK, "kk"); kk != "" {
		lines = append(lines, "No. KK: "+text.MaskNIK(kk))
	}
	return strings.Join(append(lines, "Terdata "+shortDay(storage.DayOf(c.Opened))+" · "+d.stateWords(c)), "\n")
}

// compare takes what a person says of two households.
func (d *desk) compare(act, a, b string) error {
	if !d.private {
		d.toast("Ini dibuka di obrolan pribadi, lewat tombol Cocokkan.")
		return nil
	}
	old, young, ok := d.pair(a, b, 36)
	if ok {
		if err := d.lookAtPair(old, young); err != nil {
			return err
		}
	}
	v := judgedAlike(d.tx, old.Number, young.Number)
	verdict := map[string]storage.Verdict{"same": storage.SameHousehold, "diff": storage.OtherHousehold, "moved!": storage.MovedHousehold}[act]
	switch {
	case !ok:
		d.toast("Tombol ini sudah tidak berlaku.")
	case act == "ask":
		d.show("<b>Keluarga yang sama?</b>\n\n"+d.side(old)+"\n\n"+d.side(young), d.pairButtons(old, young)...)
	case act == "moved" && old.State.Ended():
		d.toast("Catatan No. " + number(old.Number) + " sudah ditutup.")
	case act == "moved":
		d.show("<b>No. "+number(old.Number)+" pindah ke "+chat.Escape(d.Region.FullName(young.Village))+"?</b>\nCatatan No. "+number(old.Number)+" ditutup sebagai pindah, dan bisa dibuka lagi.",
			[]chat.Button{d.pairButton("Ya, pindah", "moved!", old, young), d.pairButton("Tidak", "ask", old, young)})
	case verdict == "" || verdict == storage.MovedHousehold && old.State.Ended():
		d.toast("Tombol ini sudah tidak berlaku.")
	case v == verdict:
		d.toast("Sudah dicocokkan: " + verdictWords(v) + ".")
	default:
		return d.recordVerdict(old, young, verdict)
	}
	return nil
}

// recordVerdict remembers what was found. Data of the two is never put together: each keeps its own, with
// a line in its history.
func (d *desk) recordVerdict(old, young storage.Case, v storage.Verdict) error {
	before := judgedAlike(d.tx, old.Number, young.Number)
	if err := d.record(young.Village, storage.CasesJudged{A: old.Number, B: young.Number, Verdict: v}); err != nil {
		return err
	}
	for _, c := range [][2]storage.Case{{old, young}, {young, old}} {
		if c[0].State == storage.Withdrawn {
			continue
		}
		on := onCase{c: c[0]}
		if err := d.enter(&on, storage.CaseEntry{Kind: storage.EntryAlike, Other: c[1].Number, Verdict: v}); err != nil {
			return err
		}
	}
	switch {
	case v == storage.MovedHousehold:
		if err := d.moveAway(old, young); err != nil {
			return err
		}
	case before == storage.MovedHousehold && d.tx.MovedWith(old, young):
		if err := d.moveBack(old); err != nil {
			return err
		}
	}
	d.out = append(d.out, d.redrawAlikes(old.Number, young.Number)...)
	old, _ = d.tx.Case(old.Number)
	young, _ = d.tx.Case(young.Number)
	d.showPair(old, young, "✅ Tersimpan.\n\n")
	return nil
}

// moveAway closes the older case: its household lives now where the younger was found.
func (d *desk) moveAway(old, young storage.Case) error {
	on := onCase{c: old}
	on.r, _ = d.tx.Report(old.Number)
	if err := d.enter(&on, storage.CaseEntry{Kind: storage.EntryState, State: storage.MovedAway, Village: young.Village}); err != nil {
		return err
	}
	d.mirrorCase(old.Number)
	d.tellVillage(on, "menurut Dinsos pindah ke "+chat.Escape(d.Region.FullName(young.Village))+".\nCatatannya ditutup; bila keliru, buka lagi di Data warga.")
	return nil
}

// moveBack opens the older case again: its household did not move after all.
func (d *desk) moveBack(old storage.Case) error {
	on := onCase{c: old}
	on.r, _ = d.tx.Report(old.Number)
	if err := d.enter(&on, storage.CaseEntry{Kind: storage.EntryState, State: d.tx.StateBefore(old)}); err != nil {
		return err
	}
	d.mirrorCase(old.Number)
	d.tellVillage(on, "menurut Dinsos ternyata tidak pindah.\nCatatannya dibuka lagi; langkah berikutnya dikabari di sini.")
	return nil
}

// redrawAlikes brings the cards of two cases in the group up to what was found.
func (d *desk) redrawAlikes(numbers ...uint64) []chat.Reply {
	g, ok := d.tx.StaffGroup()
	if !ok {
		return nil
	}
	var out []chat.Reply
	for _, n := range numbers {
		card, _ := d.compared(d.tx, n)
		if p, posted := d.tx.Posted(card.Tag); posted && p.Chat == g.Chat {
			card.Act, card.Class, card.Chat = chat.Edit, chat.Notice, g.Chat
			out = append(out, card)
		}
	}
	return out
}
