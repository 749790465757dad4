package office

import (
	"slices"
	"strconv"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// denials are why staff turn a proposal down, by code.
func denials() []reason {
	return []reason{{"criteria", "Belum memenuhi syarat"}, {"covered", "Sudah dibantu program lain"}, {"unclear", "Data belum cukup"}}
}

// turnDown asks why a proposal is turned down; the reason is the second press.
func (d *desk) turnDown(on onCase) error {
	n, turn := on.c.Number, turnOf(d.tx, on.c)
	if on.what == "" {
		var rows [][]chat.Button
		for _, w := range denials() {
			rows = append(rows, []chat.Button{caseButton(w.label, n, "no", w.code, turn)})
		}
		rows = append(rows, []chat.Button{caseButton("Tulis alasan", n, "no", "own", turn)}, []chat.Button{caseButton("‹ Kembali", n, "fu")})
		d.show("🏠 <b>Mengapa usulan No. "+number(n)+" ditolak?</b>\nPelapornya dikabari dengan alasan ini.", rows...)
		return nil
	}
	if on.stale(d) {
		d.lapsed(on, lapsedWords)
		return nil
	}
	if on.what == "own" {
		d.await("c", code(n), "no", "", turn)
		d.show("<b>Apa alasannya?</b> (No. "+number(n)+")\n<i>Tulis singkat; pelapornya membacanya</i>", []chat.Button{caseButton("‹ Kembali", n, "no")})
		return nil
	}
	i := slices.IndexFunc(denials(), func(w reason) bool { return w.code == on.what })
	if i < 0 {
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	}
	return d.recordDecline(on, small(denials()[i].label))
}

// recordDecline turns a proposal down and tells the village why.
func (d *desk) recordDecline(on onCase, why string) error {
	if why == "" {
		d.say("Mohon tulis alasannya, misalnya: sudah menerima PKH")
		return nil
	}
	if err := d.enter(&on, storage.CaseEntry{Kind: storage.EntryState, State: storage.Declined, Text: d.seal(on.c, "text", why)}); err != nil {
		return err
	}
	d.mirrorCase(on.c.Number)
	told := d.tellVillage(on, "usulan belum diterima Dinsos.\nAlasan: "+chat.Escape(why)+".\nBila keadaannya berubah, buka lagi di Data warga.")
	d.showFollow(on.c, "✅ Usulan ditolak; "+told+".\n\n")
	return nil
}

// mayReopen says whether staff may open a case again.
func mayReopen(c storage.Case) bool {
	return slices.Contains([]storage.CaseState{storage.Declined, storage.Finished, storage.MovedAway}, c.State)
}

// reopen takes the end of a case back.
func (d *desk) reopen(on onCase) error {
	if !mayReopen(on.c) || on.stale(d) {
		d.lapsed(on, lapsedWords)
		return nil
	}
	if err := d.enter(&on, storage.CaseEntry{Kind: storage.EntryState, State: d.tx.StateBefore(on.c)}); err != nil {
		return err
	}
	d.mirrorCase(on.c.Number)
	told := d.tellVillage(on, "dibuka lagi oleh Dinsos.\nLangkah berikutnya dikabari di sini.")
	d.showFollow(on.c, "✅ Dibuka lagi; "+told+".\n\n")
	return nil
}

// confirmIn is in how many days the village is expected to say whether a case is finished.
const confirmIn = 5

// askDone asks the village whether a case is finished: it is their word that closes it.
func (d *desk) askDone(on onCase) error {
	n, turn := on.c.Number, turnOf(d.tx, on.c)
	switch {
	case on.c.Next == storage.NextConfirm:
		d.lapsed(on, "Pelapornya sudah ditanya; jawabannya ditunggu.")
		return nil
	case on.what == "":
		d.show("🏠 <b>Tanyakan pelapornya, apakah No. "+number(n)+" sudah selesai?</b>\nCatatannya ditutup bila pelapornya menjawab Sudah.",
			[]chat.Button{caseButton("Ya, tanyakan", n, "done", "yes", turn), caseButton("Belum", n, "fu")})
		return nil
	case on.stale(d):
		d.lapsed(on, lapsedWords)
		return nil
	}
	m, ok := d.reader(on.r)
	if !ok || !d.tx.Reaches(m.User) {
		d.lapsed(on, "Pelapornya belum terjangkau lewat bot. Mohon dihubungi langsung.")
		return nil
	}
	due := storage.DayOf(d.now) + confirmIn
	if err := d.record(on.c.Village, storage.CasePlanned{Case: n, Owner: d.owner(on.c), Next: storage.NextConfirm, Due: due}); err != nil {
		return err
	}
	on.c, _ = d.tx.Case(n)
	call := "Bu"
	if m.Address == "bapak" {
		call = "Pak"
	}
	answer := func(label, what string) chat.Button {
		return chat.Button{Label: label, Data: chat.NewTap("p", "kasus", strconv.FormatUint(n, 10), "done", what, turnOf(d.tx, on.c)).Data()}
	}
	d.tellVillage(on, "menurut Dinsos sudah ditangani.\n<b>Sudah selesai, "+call+"?</b>", []chat.Button{answer("Sudah", "yes"), answer("Belum", "no")})
	d.showFollow(on.c, "✅ Pelapornya ditanya; jawabannya ditunggu.\n\n")
	return nil
}
