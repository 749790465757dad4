package office

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// answerIn is in how many days staff look for the answer to a referral, when they say nothing else.
const answerIn = 7

// refer asks where a case is referred, and refers it.
func (d *desk) refer(on onCase) error {
	turn := turnOf(d.tx, on.c)
	switch {
	case on.act == "refp":
		d.askPartner(on, turn)
		return nil
	case on.what == "":
		d.askReferral(on, turn)
		return nil
	case on.stale(d):
		d.lapsed(on, lapsedWords)
		return nil
	}
	entry := storage.CaseEntry{Kind: storage.EntryRefer, State: storage.Referred, To: on.what}
	if id, ok := strings.CutPrefix(on.what, "p"); ok && on.what != storage.ReferPKH {
		n, err := strconv.ParseUint(id, 36, 64)
		p, found := d.tx.Partner(n)
		if err != nil || !found || p.Village != on.c.Village || p.Retired {
			d.toast("Mitra itu tidak ada lagi.")
			return nil
		}
		entry.To, entry.Partner = storage.ReferPartner, n
	} else if !slices.ContainsFunc(welfare.Referrals(), func(t welfare.Term) bool { return t.Code == on.what }) {
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	}
	return d.recordReferral(on, entry)
}

// recordReferral refers a case; its answer is looked for a week later.
func (d *desk) recordReferral(on onCase, entry storage.CaseEntry) error {
	if err := d.enter(&on, entry); err != nil {
		return err
	}
	due := storage.DayOf(d.now) + answerIn
	if err := d.record(on.c.Village, storage.CasePlanned{Case: on.c.Number, Owner: d.owner(on.c), Next: storage.NextAnswer, Due: due}); err != nil {
		return err
	}
	on.c, _ = d.tx.Case(on.c.Number)
	told := d.tellVillage(on, "dirujuk ke "+chat.Escape(d.referredTo(on.c))+".\nJawabannya dikabari di sini.")
	if entry.To == storage.ReferTKSK {
		told += d.tellOverseers(on.c)
	}
	d.showFollow(on.c, "✅ Dirujuk; "+told+".\nBila ada jawabannya, tekan Balasan rujukan.\n\n")
	return nil
}

// tellOverseers tells the TKSK of a kecamatan that a household was referred to them, and returns what to
// say of that to whoever did it. A TKSK is not told of a sensitive case.
func (d *desk) tellOverseers(c storage.Case) string {
	at, _ := d.Region.ByCode(c.Village)
	all := d.tx.Overseers(at.District)
	mine := slices.ContainsFunc(all, func(m storage.Member) bool { return m.User == d.in.From.ID })
	all = slices.DeleteFunc(all, func(m storage.Member) bool { return m.User == d.in.From.ID || !d.tx.Reaches(m.User) })
	switch {
	case len(all) == 0 && mine:
		return ""
	case secret(c):
		return ".\nKasus sensitif: mohon TKSK dihubungi langsung"
	case len(all) == 0:
		return ".\nTKSK belum terjangkau lewat bot: mohon dihubungi langsung"
	}
	for _, m := range all {
		d.out = append(d.out, chat.Reply{
			Act: chat.Say, Class: chat.Notice, Chat: m.User, Buttons: rowsOf([]chat.Button{caseButton("Tindak lanjut", c.Number, "fu")}),
			Text: "🏠 No. " + number(c.Number) + " · " + chat.Escape(d.Region.FullName(c.Village)) + " dirujuk kepada TKSK.\nMohon dilihat.",
		})
	}
	return ", TKSK juga"
}

// propose notes that Dinsos proposes a case for aid. Nothing is promised by it.
func (d *desk) propose(on onCase) error {
	if on.stale(d) || on.c.State == storage.Proposed {
		d.lapsed(on, lapsedWords)
		return nil
	}
	if err := d.enter(&on, storage.CaseEntry{Kind: storage.EntryState, State: storage.Proposed}); err != nil {
		return err
	}
	told := d.tellVillage(on, "diusulkan Dinsos untuk bantuan.\nIni belum kepastian; hasilnya dikabari di sini.")
	d.showFollow(on.c, "✅ Diusulkan; "+told+".\n\n")
	return nil
}

// grant notes that the proposal of a case was accepted, and tells the village.
func (d *desk) grant(on onCase) error {
	if on.stale(d) || on.c.State != storage.Proposed || d.tx.Granted(on.c) {
		d.lapsed(on, lapsedWords)
		return nil
	}
	if err := d.enter(&on, storage.CaseEntry{Kind: storage.EntryGranted}); err != nil {
		return err
	}
	told := d.tellVillage(on, "usulan diterima.\nLangkah berikutnya dikabari di sini.")
	d.showFollow(on.c, "✅ Usulan diterima; "+told+".\nTulis langkah berikutnya di Rencana.\n\n")
	return nil
}

// askReferral asks where to.
func (d *desk) askReferral(on onCase, turn string) {
	var rows [][]chat.Button
	var row []chat.Button
	for _, t := range welfare.Referrals() {
		if row = append(row, caseButton(welfare.ReferralLabel(t.Code, d.districtOf(on.c.Village)), on.c.Number, "ref", t.Code, turn)); len(row) == 2 {
			rows, row = append(rows, row), nil
		}
	}
	if len(d.partners(on.c)) > 0 {
		row = append(row, caseButton("Mitra desa", on.c.Number, "refp"))
	}
	if row != nil {
		rows = append(rows, row)
	}
	d.show("🏠 <b>Dirujuk ke mana?</b> (No. "+number(on.c.Number)+")", append(rows, []chat.Button{caseButton("‹ Kembali", on.c.Number, "fu")})...)
}

// partnersShown is how many partners of a village one page offers.
const partnersShown = 6

// askPartner offers the partners of the village, a page at a time.
func (d *desk) askPartner(on onCase, turn string) {
	all := d.partners(on.c)
	if len(all) == 0 {
		d.lapsed(on, "Desa ini belum punya mitra yang dicatat.")
		return
	}
	pages := max(1, (len(all)+partnersShown-1)/partnersShown)
	at, _ := strconv.Atoi(on.what)
	at = min(max(at, 0), pages-1)
	var rows [][]chat.Button
	for _, p := range all[at*partnersShown : min(len(all), (at+1)*partnersShown)] {
		name := text.Clip(d.tx.Unseal(p.Name, "name"), 40)
		rows = append(rows, []chat.Button{caseButton(name, on.c.Number, "ref", "p"+code(p.ID), turn)})
	}
	if row := turning(at, pages, func(label string, to int) chat.Button {
		return caseButton(label, on.c.Number, "refp", strconv.Itoa(to))
	}); row != nil {
		rows = append(rows, row)
	}
	d.show("🏠 <b>Mitra yang mana?</b> (No. "+number(on.c.Number)+")", append(rows, []chat.Button{caseButton("‹ Kembali", on.c.Number, "ref")})...)
}

// turning are the buttons that lead to the page before and the next; nil when there is one page.
func turning(at, pages int, turn func(label string, to int) chat.Button) []chat.Button {
	var row []chat.Button
	if at > 0 {
		row = append(row, turn("‹ Sebelumnya", at-1))
	}
	if at < pages-1 {
		row = append(row, turn("Berikutnya ›", at+1))
	}
	return row
}

func (d *desk) partners(c storage.Case) []storage.Partner {
	return slices.DeleteFunc(d.tx.Partners(c.Village), func(p storage.Partner) bool { return p.Retired })
}

// answered asks what became of a referral, and records it.
func (d *desk) answered(on onCase) error {
	n, turn := on.c.Number, turnOf(d.tx, on.c)
	to := chat.Escape(d.referredTo(on.c))
	switch {
	case on.c.State != storage.Referred:
		d.lapsed(on, "Belum ada rujukan yang ditunggu.")
	case on.what == "":
		d.show("🏠 <b>Apa jawaban "+to+"?</b> (No. "+number(n)+")",
			[]chat.Button{caseButton("Diterima", n, "rep", storage.AnswerAccepted, turn), caseButton("Bantuan diberikan", n, "rep", storage.AnswerGiven, turn)},
			[]chat.Button{caseButton("Ditolak", n, "rep", storage.AnswerDeclined, turn)}, []chat.Button{caseButton("‹ Kembali", n, "fu")})
	case on.stale(d):
		d.lapsed(on, lapsedWords)
	case on.what == storage.AnswerDeclined:
		d.await("c", code(n), "rep", "", turn)
		d.show("<b>Mengapa "+to+" menolak?</b>\n<i>Tulis singkat, misalnya: kuota penuh</i>", []chat.Button{caseButton("‹ Kembali", n, "rep")})
	case on.what == storage.AnswerAccepted || on.what == storage.AnswerGiven:
		return d.recordAnswer(on, on.what, "")
	default:
		d.toast("Tombol ini sudah tidak berlaku.")
	}
	return nil
}

// recordAnswer notes what became of a referral and tells the village.
func (d *desk) recordAnswer(on onCase, answer, why string) error {
	if on.c.State != storage.Referred || answer == storage.AnswerDeclined && why == "" {
		d.lapsed(on, lapsedWords)
		return nil
	}
	to := chat.Escape(d.referredTo(on.c))
	entry := storage.CaseEntry{Kind: storage.EntryReply, Answer: answer, Text: d.seal(on.c, "text", why)}
	if answer == storage.AnswerGiven {
		entry.State = storage.Helped
	}
	if err := d.enter(&on, entry); err != nil {
		return err
	}
	news := to + " belum bisa menerima.\nAlasan: " + chat.Escape(why) + ".\nDinsos mencari jalan lain."
	switch answer {
	case storage.AnswerAccepted:
		news = "rujukan diterima " + to + ".\nLangkah berikutnya dikabari di sini."
	case storage.AnswerGiven:
		news = to + " sudah memberi bantuan.\nBila belum sampai, mohon catat di Data warga."
	}
	told := d.tellVillage(on, news)
	d.showFollow(on.c, "✅ Jawaban tersimpan; "+told+".\n\n")
	return nil
}
