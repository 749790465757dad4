package flows

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// caseWord is the name of the page of one household.
const caseWord = "kasus"

// giveWord is the command that gives aid; behind it stands the number of a household.
const giveWord = "salurkan"

// What can be done on the page of a household.
const (
	actUrgent = "urgent"
	actCalm   = "calm"
	actWish   = "wish"
	actRefer  = "refer"
	actEnd    = "end"
	actOpen   = "open"
	actPhotos = "photos"
	actDone   = "done"
)

// casePage shows one household, and does what its buttons say.
func casePage() Page {
	return Page{Name: caseWord, Show: func(e Env, args []string) []chat.Reply {
		arg := func(i int) string {
			if i < len(args) {
				return args[i]
			}
			return ""
		}
		n, err := strconv.ParseUint(arg(0), 10, 64)
		if c, known := e.Tx.Case(n); err == nil && known && c.Village == e.Member.Village && !c.Erased.IsZero() {
			return []chat.Reply{erasedCard(n)}
		}
		c, ok := villageCase(e, n)
		if err != nil || !ok {
			return []chat.Reply{screen("Warga itu tidak ada di daftar desa ini.", []chat.Button{pageTap("Daftar warga", "warga", openCases, "0"), tap("Menu", "menu")})}
		}
		return actOnCase(e, c, arg(1), arg(2), arg(3))
	}}
}

// caseTap opens the page of a household, or does something there.
func caseTap(label string, n uint64, args ...string) chat.Button {
	return pageTap(label, caseWord, append([]string{strconv.FormatUint(n, 10)}, args...)...)
}

// turnOf tells one state of a case from another, so that a button pressed twice, or late, does
// nothing a second time.
func turnOf(e Env, c storage.Case) string {
	return strconv.FormatInt(int64(len(e.Tx.CaseEntries(c.Number))), 36)
}

func actOnCase(e Env, c storage.Case, act, what, turn string) []chat.Reply {
	switch {
	case act == actDone:
		return answerDone(e, c, what, turn)
	case act == "" || !mayAct(e, c):
		return []chat.Reply{caseCard(e, c, "")}
	case act == actPhotos:
		return casePhotos(e, c)
	case turn == "":
		return []chat.Reply{askOnCase(e, c, act, what)}
	case turn != turnOf(e, c):
		return []chat.Reply{caseCard(e, c, "Tombol itu sudah lewat. Ini keadaan sekarang.")}
	}
	entry, say, post := entryOf(e, c, act, what)
	if entry.Kind == "" {
		return []chat.Reply{caseCard(e, c, "")}
	}
	entry.Case = c.Number
	must(e.Tx.Record(e.Now, e.Who.ID, c.Village, storage.CaseEntered{Entry: entry}))
	c, _ = e.Tx.Case(c.Number)
	out := []chat.Reply{caseCard(e, c, say)}
	if post != "" {
		out = append(out, e.post(post, c.Number)...)
	}
	return append(out, e.postSettled(entry)...)
}

// postSettled brings the group's card of a report that staff have not looked at up to a case that ended, or was
// opened again.
func (e Env) postSettled(entry storage.CaseEntry) []chat.Reply {
	r, _ := e.Tx.Report(entry.Case)
	if entry.Kind != storage.EntryState || !r.Waits() {
		return nil
	}
	return e.post("changed", entry.Case)
}

// entryOf is what pressing a button records, what is said of it, and the card that the group gets.
func entryOf(e Env, c storage.Case, act, what string) (entry storage.CaseEntry, say, post string) {
	ended := c.State.Ended()
	switch {
	case act == actUrgent && !c.Urgent && !ended:
		return storage.CaseEntry{Kind: storage.EntryUrgent}, "✅ Ditandai mendesak. Dinsos langsung diberi tahu.", "urgent"
	case act == actCalm && c.Urgent:
		return storage.CaseEntry{Kind: storage.EntryCalm}, "✅ Tidak lagi mendesak.", ""
	case act == actWish && !ended && slices.Contains(wishes(), storage.CaseState(what)):
		return storage.CaseEntry{Kind: storage.EntryWish, Wish: storage.CaseState(what)}, "✅ Permintaan disampaikan ke Dinsos; kabarnya masuk di sini.", "wish"
	case act == actRefer && !ended:
		return referral(e, what)
	case act == actEnd && !ended && slices.Contains([]string{string(storage.Finished), string(storage.MovedAway)}, what) && mayEnd(e, c):
		return storage.CaseEntry{Kind: storage.EntryState, State: storage.CaseState(what)}, "✅ Dicatat: " + endWords(storage.CaseState(what)) + ".", ""
	case act == actOpen && ended && mayOpen(c):
		return storage.CaseEntry{Kind: storage.EntryState, State: e.Tx.StateBefore(c)}, "✅ Dibuka lagi.", ""
	}
	return storage.CaseEntry{}, "", ""
}

// referral refers a case to a partner of the village, or to Dinsos.
func referral(e Env, what string) (storage.CaseEntry, string, string) {
	entry := storage.CaseEntry{Kind: storage.EntryRefer, State: storage.Referred}
	if what == "0" {
		return entry, "✅ Dirujuk ke Dinsos.\n" + awaitReply, "refer"
	}
	id, err := strconv.ParseUint(what, 10, 64)
	p, ok := e.Tx.Partner(id)
	if err != nil || !ok || p.Village != e.Member.Village || p.Retired {
		return storage.CaseEntry{}, "", ""
	}
	entry.Partner = id
	return entry, "✅ Dirujuk ke " + chat.Escape(partnerName(e, p)) + ".\n" + awaitReply, ""
}

const awaitReply = "Bila ada jawabannya, tekan Balasan rujukan."

func partnerName(e Env, p storage.Partner) string { return text.Clip(e.Tx.Unseal(p.Name, "name"), 40) }

// wishes are what a volunteer may ask of Dinsos for a case.
func wishes() []storage.CaseState { return []storage.CaseState{storage.Proposed, storage.Referred} }

// mayAct says who writes into the history of a case: of a sensitive one only who reported it.
func mayAct(e Env, c storage.Case) bool { return !c.Sensitive || ownCase(e, c) }

// mayEnd says who tells that a family manages by itself: who reported it, or the ketua.
func mayEnd(e Env, c storage.Case) bool { return ownCase(e, c) || e.Member.Role == storage.Ketua }

// mayOpen says whether somebody is left whose case can be opened again.
func mayOpen(c storage.Case) bool { return c.State != storage.Died || c.Persons > 1 }

// ownCase says whether the report of a case is the person's own.
func ownCase(e Env, c storage.Case) bool {
	r, ok := e.Tx.Report(c.Number)
	return ok && mine(e, r)
}

// askOnCase asks which, or whether it is meant.
func askOnCase(e Env, c storage.Case, act, what string) chat.Reply {
	turn := turnOf(e, c)
	back := []chat.Button{caseTap("‹ Kembali", c.Number)}
	name := chat.Escape(caseName(e, c))
	switch {
	case act == actWish:
		return screen("🏠 <b>Minta apa ke Dinsos untuk "+name+"?</b>",
			[]chat.Button{caseTap("Usulkan bantuan", c.Number, actWish, string(storage.Proposed), turn), caseTap("Minta dirujuk", c.Number, actWish, string(storage.Referred), turn)}, back)
	case act == actRefer:
		return askReferral(e, c, what, turn, back)
	case act == actEnd && what == string(storage.Finished):
		return screen("🏠 <b>"+name+" sudah bisa mandiri?</b>\nCatatannya ditutup, dan bisa dibuka lagi.",
			[]chat.Button{caseTap("Ya, sudah mandiri", c.Number, actEnd, what, turn), caseTap("Belum", c.Number)})
	case act == actEnd && what == string(storage.MovedAway):
		return screen("🏠 <b>"+name+" sudah pindah dari desa ini?</b>\nCatatannya ditutup, dan bisa dibuka lagi.",
			[]chat.Button{caseTap("Ya, sudah pindah", c.Number, actEnd, what, turn), caseTap("Belum", c.Number)})
	case act == actEnd && mayEnd(e, c) && !c.State.Ended():
		return screen("🏠 <b>Mengapa catatan "+name+" ditutup?</b>",
			[]chat.Button{caseTap("Sudah mandiri", c.Number, actEnd, string(storage.Finished)), caseTap("Pindah", c.Number, actEnd, string(storage.MovedAway))},
			[]chat.Button{tap("Meninggal", "kematian", strconv.FormatUint(c.Number, 10)), eraseTap(c.Number)}, back)
	}
	return caseCard(e, c, "")
}

// askReferral asks where to; page says which of the partners are offered, from 0.
func askReferral(e Env, c storage.Case, page, turn string, back []chat.Button) chat.Reply {
	rows := [][]chat.Button{{caseTap("Dinsos", c.Number, actRefer, "0", turn)}}
	all := partnersOf(e, "")
	part, at, of := pageOf(all, []string{page})
	for _, p := range part {
		rows = append(rows, []chat.Button{caseTap(partnerName(e, p), c.Number, actRefer, strconv.FormatUint(p.ID, 10), turn)})
	}
	var turns []chat.Button
	if at > 0 {
		turns = append(turns, caseTap("‹ Sebelumnya", c.Number, actRefer, strconv.Itoa(at-1)))
	}
	if at+1 < of {
		turns = append(turns, caseTap("Berikutnya ›", c.Number, actRefer, strconv.Itoa(at+1)))
	}
	if turns != nil {
		rows = append(rows, turns)
	}
	words := "🏠 <b>Dirujuk ke mana?</b>"
	if len(all) == 0 {
		words += "\nMitra desa belum dicatat; ke Dinsos selalu bisa."
	}
	return screen(words, append(rows, back)...)
}

func casePhotos(e Env, c storage.Case) []chat.Reply {
	var out []chat.Reply
	if c.Sensitive && !ownCase(e, c) {
		return []chat.Reply{caseCard(e, c, "")}
	}
	for i, id := range c.Photos {
		words := "No. " + Number(c.Number) + " · foto " + strconv.Itoa(i+1) + " dari " + strconv.Itoa(len(c.Photos))
		out = append(out, chat.Reply{Act: chat.Say, Class: chat.Notice, Photo: id, Text: words})
	}
	return out
}

// caseCard is the page of a household, with a line above it.
func caseCard(e Env, c storage.Case, say string) chat.Reply {
	lines := []string{"🏠 <b>" + chat.Escape(caseName(e, c)) + "</b> · No. " + Number(c.Number)}
	if say != "" { // its sign is enough
		lines = []string{say, "", strings.TrimPrefix(lines[0], "🏠 ")}
	}
	if c.Urgent && !c.State.Ended() {
		lines[len(lines)-1] += " · <b>mendesak</b>"
	}
	lines = append(lines, chat.Escape(placeOf(e, c).String())+" · "+strconv.Itoa(c.Persons)+" jiwa")
	if mayAct(e, c) {
		lines = append(lines, knownOf(e, c)...)
	}
	lines = append(lines, stateLine(e, c))
	if r, waits := e.Tx.WaitingErasure(c.Number, 0); waits {
		lines = append(lines, "⏳ Permintaan hapus data menunggu Dinsos, paling lambat "+text.ShortDate(r.Due().In(e.Now.Location()))+".")
	}
	if mayAct(e, c) {
		lines = append(lines, plannedLines(e, c)...)
		lines = append(lines, helpLines(e, c)...)
		lines = append(lines, historyLines(e, c)...)
	}
	return screen(strings.Join(lines, "\n"), caseButtons(e, c)...)
}

// knownOf tells what is in need.
func knownOf(e Env, c storage.Case) []string {
	t := family{
		Categories: numberCodes(c.Categories), Disabilities: c.Disabilities, Need: c.Need, NeedNote: e.Tx.Unseal(c.NeedNote, "need"),
		NIK: e.Tx.Unseal(c.NIK, "nik"),
	}
	out := []string{chat.Escape(strings.Join(categoryLabels(&t), ", "))}
	if d := t.shownDisabilities(); len(d) > 0 {
		out[0] += " (" + strings.ToLower(labelsOf(welfare.Disabilities(), d)) + ")"
	}
	if need := t.need(); need != "" {
		out = append(out, "Butuh: "+chat.Escape(need))
	}
	if t.NIK != "" {
		out = append(out, "NIK: "+maskedNumber(t.NIK))
	}
	return out
}

func stateLine(e Env, c storage.Case) string {
	if c.Held {
		return "Status: ↩️ dikembalikan Dinsos, mohon diperbaiki"
	}
	if c.State == storage.Helped && c.LastHelp != 0 {
		return "Status: " + stateWords(e, c) + ", " + text.ShortDate(c.LastHelp.Time())
	}
	return "Status: " + stateWords(e, c) + ", " + dayShown(e, c.Since)
}

func dayShown(e Env, at time.Time) string { return text.ShortDate(at.In(e.Now.Location())) }

// stateWords tells where a case stands, as her people say it.
func stateWords(e Env, c storage.Case) string {
	switch c.State {
	case storage.Identified:
		return "terdata, menunggu diperiksa Dinsos"
	case storage.CaseProven:
		return "sudah diperiksa Dinsos"
	case storage.Proposed:
		if e.Tx.Granted(c) {
			return "usulan diterima"
		}
		return "diusulkan Dinsos"
	case storage.Referred:
		return "dirujuk ke " + chat.Escape(referredTo(e, c))
	case storage.Helped:
		return "sudah dibantu"
	case storage.Declined:
		return "usulan belum diterima Dinsos"
	}
	return endWords(c.State)
}

func endWords(s storage.CaseState) string {
	switch s {
	case storage.Finished:
		return "sudah mandiri"
	case storage.MovedAway:
		return "pindah dari desa"
	case storage.Died:
		return "meninggal"
	}
	return "dibatalkan"
}

// referredTo names where a case was referred last.
func referredTo(e Env, c storage.Case) string {
	to := "Dinsos"
	for _, entry := range e.Tx.CaseEntries(c.Number) {
		if entry.Kind == storage.EntryRefer {
			to = referTarget(e, entry)
		}
	}
	return to
}

func referTarget(e Env, entry storage.CaseEntry) string {
	if p, ok := e.Tx.Partner(entry.Partner); ok && entry.Partner != 0 && p.Village == e.Member.Village {
		return partnerName(e, p)
	}
	if entry.To != "" {
		at, _ := e.Region.ByCode(e.Member.Village)
		up, _ := e.Region.ByCode(at.District)
		return welfare.ReferralLabel(entry.To, up.Name)
	}
	return "Dinsos"
}

func helpLines(e Env, c storage.Case) []string {
	if len(c.Helped) == 0 {
		return nil
	}
	line := "Bantuan: " + strconv.Itoa(len(c.Helped)) + " kali, terakhir " + text.ShortDate(c.LastHelp.Time())
	for i := len(c.Helped) - 1; i >= 0; i-- {
		if r, ok := e.Tx.Report(c.Helped[i]); ok && r.Date == c.LastHelp {
			line += " (" + chat.Escape(text.Clip(goods.List(r.Lines), 60)) + ")"
			break
		}
	}
	return []string{line}
}

// maxHistory is how many entries of its history a page shows.
const maxHistory = 5

func historyLines(e Env, c storage.Case) []string {
	var out []string
	ended := false
	for _, entry := range e.Tx.CaseEntries(c.Number) {
		words := entryWords(e, entry)
		if entry.Kind == storage.EntryState && ended && !entry.State.Ended() {
			words = "dibuka lagi"
		}
		if entry.State != "" && !entry.Undone {
			ended = entry.State.Ended()
		}
		if line := dayShown(e, entry.At) + " · " + words; words != "" && !slices.Contains(out[max(0, len(out)-1):], line) {
			out = append(out, line)
		}
	}
	if out = out[max(0, len(out)-maxHistory):]; len(out) > 0 {
		out = append([]string{"", "<b>Riwayat</b>"}, out...)
	}
	return out
}

// entryWords tells one entry of a history. It is HTML.
func entryWords(e Env, entry storage.CaseEntry) string {
	said := chat.Escape(text.Clip(e.Tx.EntryText(entry), 120))
	switch entry.Kind {
	case storage.EntryNote:
		return said
	case storage.EntryVisit:
		if entry.Date != 0 && entry.Date != storage.DayOf(entry.At) {
			return "kunjungan " + text.ShortDate(entry.Date.Time()) + ": " + said
		}
		return "kunjungan: " + said
	case storage.EntryNeed:
		return "kebutuhan: " + said
	case storage.EntryRefer:
		return "dirujuk ke " + chat.Escape(referTarget(e, entry))
	case storage.EntryGranted:
		return "usulan diterima"
	case storage.EntryReply:
		if entry.Answer != "" { // by Dinsos
			said = strings.Trim(strings.ToLower(welfare.TermLabel(welfare.ReferralAnswers(), entry.Answer))+", "+said, ", ")
		}
		return "balasan rujukan: " + said
	case storage.EntryPlan:
		switch entry.Next {
		case storage.NextAnswer:
			return ""
		case storage.NextConfirm:
			return "Dinsos bertanya apakah sudah selesai"
		}
		return "rencana Dinsos: " + planSaid(e, entry.Next, entry.Text) + ", " + text.ShortDate(entry.Date.Time())
	case storage.EntryDoubt:
		return "belum selesai, kata desa"
	case storage.EntryWish:
		return "diminta: " + map[storage.CaseState]string{storage.Proposed: "diusulkan", storage.Referred: "dirujuk"}[entry.Wish]
	case storage.EntryUrgent:
		return "ditandai mendesak"
	case storage.EntryCalm:
		return "tidak lagi mendesak"
	case storage.EntryRevised:
		return "data diperbaiki"
	case storage.EntryState:
		if entry.Village != 0 {
			return "pindah ke " + chat.Escape(e.Region.FullName(entry.Village))
		}
		return stateEntryWords(entry, said)
	}
	return ""
}

func stateEntryWords(entry storage.CaseEntry, said string) string {
	words := map[storage.CaseState]string{
		storage.Identified: "dibuka lagi", storage.CaseProven: "diperiksa Dinsos", storage.Proposed: "diusulkan", storage.Referred: "dirujuk",
		storage.Helped: "dibuka lagi", storage.Declined: "usulan belum diterima",
	}[entry.State]
	if words == "" {
		words = endWords(entry.State)
	}
	if entry.Undone {
		words += " (dibatalkan)"
	}
	if said != "" {
		words += ": " + said
	}
	return words
}

// caseButtons are what can be done now.
func caseButtons(e Env, c storage.Case) [][]chat.Button {
	n, turn := strconv.FormatUint(c.Number, 10), turnOf(e, c)
	leave := []chat.Button{pageTap("Daftar warga", "warga", openCases, "0"), tap("Menu", "menu")}
	if !mayAct(e, c) {
		return [][]chat.Button{leave}
	}
	var rows [][]chat.Button
	row := func(bs ...chat.Button) { rows = append(rows, bs) }
	var own, last []chat.Button
	if c.State.Ended() {
		if mayOpen(c) {
			own, last = []chat.Button{caseTap("Buka lagi", c.Number, actOpen, "", turn)}, []chat.Button{eraseTap(c.Number)}
		}
	} else {
		if c.Held && ownCase(e, c) {
			row(reportTap("Perbaiki", "fix", c.Number))
		}
		if done := doneRow(e, c); done != nil {
			row(done...)
		}
		row(tap("Catat kunjungan", noteWord, noteVisit+" "+n), tap("Kebutuhan baru", noteWord, noteNeed+" "+n))
		refer, reply := caseTap("Rujuk", c.Number, actRefer), []chat.Button(nil)
		if c.State == storage.Referred { // she may have pressed the wrong one, or been refused there
			refer.Label, reply = "Rujuk lagi", []chat.Button{tap("Balasan rujukan", noteWord, noteReply+" "+n)}
		}
		row(caseTap("Minta Dinsos", c.Number, actWish), refer)
		row(append([]chat.Button{tap("Salurkan bantuan", giveWord, n)}, reply...)...)
		urgent := caseTap("Mendesak", c.Number, actUrgent, "", turn)
		if c.Urgent {
			urgent = caseTap("Tidak mendesak", c.Number, actCalm, "", turn)
		}
		if haste := []chat.Button{urgent}; mayEnd(e, c) {
			row(append(haste, caseTap("Tutup catatan", c.Number, actEnd))...)
		} else {
			row(haste...)
		}
	}
	if len(c.Photos) > 0 {
		own = append(own, caseTap("Lihat foto", c.Number, actPhotos))
	}
	if r, ok := e.Tx.Report(c.Number); ok && mine(e, r) && changeable(r) && !waits(e, c.Number) {
		own = append(own, tap("Ubah data", newHousehold, editWord+" "+n))
	}
	for _, bs := range [][]chat.Button{own, last} {
		if bs != nil {
			row(bs...)
		}
	}
	return append(rows, leave)
}
