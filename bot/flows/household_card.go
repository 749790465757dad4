package flows

import (
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

func confirmHousehold(e Env, t *family) string {
	if t.Edit != 0 {
		return confirmRevision(e, t.Edit, householdChanges(e, t)) + wantsConsent(t)
	}
	words := "<b>Sudah benar, " + e.call() + "?</b>\n\n" + householdCard(t) + wantsConsent(t)
	if t.sensitive() {
		words += "\nDinsos kami minta menelepon " + e.address() + "."
	}
	return words
}

// wantsConsent asks for consent below a summary, while it is not given.
func wantsConsent(t *family) string {
	switch {
	case t.sensitive() || !t.unasked():
		return ""
	case t.ofChild():
		return "\n\n<b>Walinya sudah setuju didata?</b> Kalau belum, cukup inisial."
	}
	return "\n\n<b>Keluarganya sudah setuju didata?</b> Kalau belum, cukup inisial."
}

// householdCard shows the answers. It is HTML.
func householdCard(t *family) string {
	lines := []string{"🏠 <b>" + chat.Escape(t.called()) + "</b>" + whyInitials(t)}
	add := func(label, answer string) {
		if answer != "" {
			lines = append(lines, label+chat.Escape(text.Clip(answer, 300)))
		}
	}
	add("", strings.TrimPrefix(t.Place.String()+" · "+strconv.Itoa(t.Persons)+" jiwa", " · "))
	add("Keadaan: ", strings.Join(categoryLabels(t), ", "))
	add("Disabilitas: ", labelsOf(welfare.Disabilities(), t.shownDisabilities()))
	add("Butuh: ", t.need())
	if t.Urgent == "yes" {
		lines = append(lines, "Mendesak: <b>ya</b>")
	}
	add("Persetujuan: ", consentLabel(t))
	add("NIK: ", maskedNumber(t.shownNIK()))
	add("No. KK: ", maskedNumber(t.shownKK()))
	add("Pekerjaan: ", t.work())
	add("Yang cocok: ", checkLabels(t))
	add("Sudah menerima: ", aidLabels(t.Aids))
	if n := len(t.Photos); n > 0 && !t.bare() {
		add("Foto rumah: ", strconv.Itoa(n))
	}
	if !t.bare() {
		add("Lokasi: ", pinShown(t.Pin))
	}
	add("Catatan: ", t.Note)
	return strings.Join(lines, "\n")
}

// pinShown says that there is a place on the map; its degrees tell nobody anything.
func pinShown(pin string) string {
	if pin == "" {
		return ""
	}
	return "sudah dikirim"
}

func whyInitials(t *family) string {
	switch {
	case t.sensitive():
		return " (inisial, kasus sensitif)"
	case t.bare():
		return " (inisial, belum ada persetujuan)"
	}
	return ""
}

func (t *family) shownDisabilities() []string {
	if t.disabled() {
		return t.Disabilities
	}
	return nil
}

// shownNIK is the NIK as far as it may be kept.
func (t *family) shownNIK() string {
	if t.bare() {
		return ""
	}
	return t.NIK
}

func (t *family) shownKK() string {
	if t.bare() {
		return ""
	}
	return t.KK
}

func categoryLabels(t *family) []string {
	var out []string
	for _, c := range t.kinds() {
		out = append(out, categoryLabel(c))
	}
	return out
}

func consentLabel(t *family) string {
	switch {
	case t.secret():
		return ""
	case t.Consent == storage.ConsentSelf:
		return "keluarganya sudah setuju"
	case t.Consent == storage.ConsentGuardian:
		return "walinya sudah setuju"
	}
	return ""
}

func checkLabels(t *family) string {
	var out []string
	for _, c := range welfare.Criteria() {
		for _, n := range numbersOf(t.Checks) {
			if n == c.No {
				out = append(out, strings.ToLower(c.Short[:1])+c.Short[1:])
			}
		}
	}
	if len(out) == 0 && len(t.Checks) > 0 {
		return "tidak satu pun"
	}
	return strings.Join(out, "; ")
}

func aidLabels(codes []string) string {
	var real []string
	for _, c := range codes {
		if c != noneOfIt {
			real = append(real, c)
		}
	}
	if len(real) == 0 && len(codes) > 0 {
		return "tidak ada"
	}
	return labelsOf(welfare.Aids(), real)
}

func labelsOf(list []welfare.Term, codes []string) string {
	var out []string
	for _, c := range codes {
		out = append(out, welfare.TermLabel(list, c))
	}
	return strings.Join(out, ", ")
}

// householdFrom makes the answers anew of which a case was made.
func householdFrom(e Env, r storage.Report) family {
	c, ok := e.Tx.Case(r.Number)
	if !ok {
		return family{}
	}
	t := family{
		Name: e.Tx.Unseal(c.Name, "name"), Consent: c.Consent.By, Place: placeOf(e, c), Persons: c.Persons,
		Disabilities: c.Disabilities, Need: c.Need, NeedNote: e.Tx.Unseal(c.NeedNote, "need"),
		Work: c.Work, WorkNote: e.Tx.Unseal(c.WorkNote, "work"), NIK: e.Tx.Unseal(c.NIK, "nik"), KK: e.Tx.Unseal(c.KK, "kk"),
		Photos: c.Photos, Pin: e.Tx.Unseal(c.Pin, "pin"), Aids: c.Aids, Urgent: urgentCode(c.Urgent),
	}
	t.Categories, t.Checks = numberCodes(c.Categories), numberCodes(c.Checks)
	if c.Checked && len(c.Checks) == 0 {
		t.Checks = []string{noneOfIt}
	}
	if c.Aids != nil && len(c.Aids) == 0 {
		t.Aids = []string{noneOfIt}
	}
	switch {
	case c.Sensitive:
		t.Name, t.Initial = secretName, t.Name
	case c.Initials:
		t.Name, t.Initial = "", t.Name
	}
	return t
}

func numberCodes(numbers []int) []string {
	var out []string
	for _, n := range numbers {
		out = append(out, strconv.Itoa(n))
	}
	return out
}
