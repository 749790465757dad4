package office

import (
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
	"wksbm/storage/region"
)

// casePage is all that is known of a household. It is HTML, for private eyes.
func (d *desk) casePage(c storage.Case, r storage.Report) string {
	head := "🏠 <b>" + chat.Escape(d.caseName(c)) + "</b> · No. " + number(c.Number)
	if c.Urgent && !c.State.Ended() {
		head += " · <b>mendesak</b>"
	}
	if secret(c) && !d.staff {
		return strings.Join([]string{head, chat.Escape(d.Region.FullName(c.Village)), d.reporterLine(r), d.stateLine(c)}, "\n")
	}
	at := strings.Trim(d.homeOf(c)+" · "+d.Region.FullName(c.Village)+" · "+strconv.Itoa(c.Persons)+" jiwa", " ·")
	lines := []string{head, chat.Escape(at)}
	lines = append(lines, d.answersOf(c)...)
	lines = append(lines, d.reporterLine(r), d.stateLine(c))
	if r.State == storage.Returned || r.State == storage.Refused {
		lines = append(lines, d.standsHere(r))
	}
	if n := len(c.Helped); n > 0 {
		lines = append(lines, "Bantuan: "+strconv.Itoa(n)+" kali, terakhir "+shortDay(c.LastHelp))
	}
	if next := d.nextLine(c); next != "" {
		lines = append(lines, next)
	}
	return strings.Join(lines, "\n")
}

// caseName is what a household is called in private; a sensitive one has its initials for staff alone.
func (d *desk) caseName(c storage.Case) string {
	name := text.Clip(d.tx.Unseal(c.Name, "name"), 60)
	switch {
	case secret(c) && !d.staff:
		return hushed
	case secret(c):
		return hushed + " " + name
	}
	return name
}

// kept is the text of a field, "" when the person had it erased.
func (d *desk) kept(s storage.Sealed, field string) string {
	if words := d.tx.Unseal(s, field); words != storage.Erased {
		return words
	}
	return ""
}

// homeOf is where a household lives: "RT 03/RW 02 Dusun Longa".
func (d *desk) homeOf(c storage.Case) string {
	at := text.RTRW(d.kept(c.RT, "rt"), d.kept(c.RW, "rw"))
	return strings.TrimSpace(at + " " + text.Clip(d.kept(c.Block, "block"), 60))
}

// answersOf are the answers of a household, a line each.
func (d *desk) answersOf(c storage.Case) []string {
	var out []string
	add := func(label, answer string) {
		if answer != "" {
			out = append(out, label+chat.Escape(text.Clip(answer, 300)))
		}
	}
	add("", kinds(c.Categories))
	add("Disabilitas: ", labels(welfare.Disabilities(), c.Disabilities))
	add("Butuh: ", withNote(welfare.Needs(), c.Need, d.kept(c.NeedNote, "need")))
	add("Pekerjaan: ", withNote(welfare.Works(), c.Work, d.kept(c.WorkNote, "work")))
	add("Yang cocok: ", criteria(c))
	add("Sudah menerima: ", labels(welfare.Aids(), c.Aids))
	if nik := d.kept(c.NIK, "nik"); nik != "" {
		add("NIK: ", text.MaskNIK(nik))
	}
	if kk := d.kept(c.KK, "kk"); kk != "" {
		add("No. KK: ", text.MaskNIK(kk))
	}
	add("Lokasi: ", d.kept(c.Pin, "pin"))
	add("Persetujuan: ", map[string]string{storage.ConsentSelf: "keluarganya sudah setuju", storage.ConsentGuardian: "walinya sudah setuju", storage.ConsentNone: "belum, cukup inisial"}[c.Consent.By])
	return out
}

func kinds(numbers []int) string {
	var out []string
	for _, n := range numbers {
		if c, ok := welfare.ByNo(n); ok {
			out = append(out, c.Label)
		}
	}
	return strings.Join(out, ", ")
}

func labels(list []welfare.Term, codes []string) string {
	var out []string
	for _, c := range codes {
		out = append(out, welfare.TermLabel(list, c))
	}
	return strings.Join(out, ", ")
}

// withNote is the label of an answer; own words take the place of "Lainnya".
func withNote(list []welfare.Term, code, note string) string {
	switch {
	case code == "" || code == "other" && note != "":
		return note
	case note == "":
		return welfare.TermLabel(list, code)
	}
	return welfare.TermLabel(list, code) + ", " + note
}

// criteria are those of the nine questions that were answered with yes.
func criteria(c storage.Case) string {
	var out []string
	for _, q := range welfare.Criteria() {
		for _, n := range c.Checks {
			if n == q.No {
				out = append(out, small(q.Short))
			}
		}
	}
	if len(out) == 0 && c.Checked {
		return "tidak satu pun"
	}
	return strings.Join(out, "; ")
}

// reporterLine says who reported, and how they are reached.
func (d *desk) reporterLine(r storage.Report) string {
	m, ok := d.tx.Member(r.By)
	if !ok {
		return "Pelapor: tidak ada lagi"
	}
	if m.State != storage.Active {
		return "Pelapor: " + chat.Escape(d.tx.Unseal(m.Name, "name")) + ", tidak bertugas lagi"
	}
	line := "Pelapor: " + chat.Escape(d.tx.Unseal(m.Name, "name")) + " (" + strings.ToLower(m.Role.Label()) + " " + chat.Escape(d.titleOf(r.Village)) + ")"
	if phone := d.kept(m.Phone, "phone"); phone != "" {
		line += " · " + chat.Escape(phone)
	}
	return line
}

// titleOf is a village's own name: "Desa Seloto".
func (d *desk) titleOf(c region.Code) string {
	at, _ := d.Region.ByCode(c)
	return at.Title()
}

// caseButtons are what staff can do on the page of a household.
func (d *desk) caseButtons(c storage.Case, r storage.Report) [][]chat.Button {
	var rows [][]chat.Button
	if !d.tx.Settled(r) {
		rows = append(rows, reviewRow(r)...)
	}
	rows = append(rows, []chat.Button{caseButton("Tindak lanjut", c.Number, "fu"), caseButton("Riwayat", c.Number, "hist")})
	if secret(c) && !d.staff {
		rows[len(rows)-1] = rows[len(rows)-1][:1]
		return rows
	}
	var more []chat.Button
	if !c.NIK.IsZero() || !c.KK.IsZero() {
		more = append(more, caseButton("Lihat NIK", c.Number, "nik"))
	}
	if n := len(c.Photos); n > 0 {
		more = append(more, caseButton("Lihat foto", c.Number, "photo"))
	}
	more = append(more, chat.Button{Label: "Salinan data", Data: chat.NewTap("m", Copy, strconv.FormatUint(c.Number, 10)).Data()})
	return append(rows, more)
}

// reviewRow is what staff say of a report that waits for them, or for its reporter.
func reviewRow(r storage.Report) [][]chat.Button {
	n, rev := code(r.Number), code(uint64(r.Revision))
	refuse := button("Tolak", "rej", n, rev)
	switch {
	case r.Waits():
		return [][]chat.Button{{caseButton("✅ Verifikasi", r.Number, "ok"), button("↩️ Kembalikan", "ret", n, rev), refuse}}
	case r.State == storage.Returned:
		return [][]chat.Button{{refuse}}
	}
	return nil
}

// reportPage is all that is known of a report that is no household. It is HTML, for private eyes.
func (d *desk) reportPage(r storage.Report) string {
	lines := []string{"<b>" + kindLabel(r.Kind) + "</b> · No. " + number(r.Number), chat.Escape(d.Region.FullName(r.Village))}
	for _, f := range figures(r) {
		if f.label == "Bantuan" { // in the words of the village
			f.value = goods.List(r.Lines)
		}
		lines = append(lines, chat.Escape(f.label+": "+f.value))
	}
	for _, f := range d.own(r) {
		if f.value != "" {
			lines = append(lines, chat.Escape(f.label+": "+text.Clip(f.value, 300)))
		}
	}
	return strings.Join(append(lines, d.reporterLine(r), d.standsHere(r)), "\n")
}

// own are the names and words of a report.
func (d *desk) own(r storage.Report) []figure {
	switch r.Kind {
	case storage.AidReceived:
		var a storage.Aid
		r.DecodeBody(&a)
		from := welfare.TermLabel(welfare.Sources(), a.Source)
		if giver := d.kept(a.Giver, "giver"); giver != "" {
			from = giver + " (" + small(from) + ")"
		}
		return []figure{{"Dari", from}, {"Untuk", welfare.TermLabel(welfare.Purposes(), a.Purpose)}, {"Catatan", d.kept(a.Note, "note")}}
	case storage.AidGiven:
		var g storage.Given
		r.DecodeBody(&g)
		return []figure{{"Kepada", d.recipients(g)}, {"Melebihi buku karena", d.kept(g.Over, "over")}, {"Catatan", d.kept(g.Note, "note")}}
	case storage.DeathKnown:
		var b storage.Death
		r.DecodeBody(&b)
		who := d.tx.Unseal(b.Name, "name")
		if c, ok := d.tx.Case(b.Case); ok && b.Case != 0 {
			who = d.caseName(c) + ", No. " + number(b.Case)
		}
		return []figure{{"Yang meninggal", who}, {"Catatan", d.kept(b.Note, "note")}}
	}
	return nil
}

// recipients names who got aid.
func (d *desk) recipients(g storage.Given) string {
	var out []string
	for _, to := range g.To {
		c, ok := d.tx.Case(to.Case)
		switch name := d.kept(to.Name, "name"); {
		case to.Case != 0 && ok:
			out = append(out, d.caseName(c)+" (No. "+number(c.Number)+")")
		case name != "":
			out = append(out, name)
		case to.Group != "":
			out = append(out, welfare.TermLabel(welfare.Purposes(), to.Group))
		}
	}
	return strings.Join(out, ", ")
}
