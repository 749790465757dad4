package book

import (
	"fmt"
	"slices"
	"strings"

	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// shown is how many recipients one row names.
const shown = 3

// words tell what an entry of the ledger was for. Givers are told by their kind, institutions by name.
func (s Shelf) words(b storage.Booking, purposes []string) string {
	r, _ := s.Tx.Report(b.Report)
	var words string
	switch r.Kind {
	case storage.AidReceived:
		words = s.received(r) + purposeOf(purposes)
	case storage.AidGiven:
		words = s.given(r)
	}
	switch {
	case b.Undo && r.State == storage.Refused:
		words = join(": ", "Koreksi No. "+number(r.Number)+" (ditolak Dinsos)", lower(words))
	case b.Undo && r.State == storage.Returned:
		words = join(": ", "Koreksi No. "+number(r.Number)+" (dikembalikan Dinsos)", lower(words))
	case b.Undo && r.State == storage.Cancelled:
		words = join(": ", "Koreksi No. "+number(r.Number)+" (dibatalkan)", lower(words))
	case b.Undo:
		words = join(": ", "Koreksi No. "+number(r.Number), lower(words))
	}
	if b.Date.Month() < b.Day.Month() {
		words += " (susulan)"
	}
	return words
}

func (s Shelf) received(r storage.Report) string {
	var body storage.Aid
	r.DecodeBody(&body)
	kind := lower(welfare.TermLabel(welfare.Sources(), body.Source))
	switch body.Source {
	case "":
		return "Diterima"
	case "mosque", "company", "social_group":
		if name := s.unseal(body.Giver, "giver"); name != "" && !body.Anon {
			return "Dari " + institution(name, kind)
		}
	}
	return "Dari " + kind
}

// institution prints a giver that is no person: "Masjid Nurul Huda", "Toko Makmur (perusahaan)".
func institution(name, kind string) string {
	if strings.Contains(text.Fold(name), kind) {
		return name
	}
	return name + " (" + kind + ")"
}

// purposeOf prints whom aid is for when it is not for everybody.
func purposeOf(codes []string) string {
	var labels []string
	for _, c := range codes {
		if l := lower(welfare.TermLabel(welfare.Purposes(), c)); c != "general" && c != "" && !slices.Contains(labels, l) {
			labels = append(labels, l)
		}
	}
	if labels == nil {
		return ""
	}
	return ", untuk " + strings.Join(labels, ", ")
}

// given tells who got aid: families who agreed by name, others by their initials, groups by their size.
func (s Shelf) given(r storage.Report) string {
	var body storage.Given
	r.DecodeBody(&body)
	var names []string
	for _, to := range body.To {
		names = append(names, s.recipient(to))
	}
	switch n := len(names); {
	case n == 0:
		return "Disalurkan"
	case n > shown:
		return "Kepada " + strings.Join(names[:shown-1], ", ") + fmt.Sprintf(" dan %d penerima lain", n-shown+1)
	}
	return "Kepada " + strings.Join(names, ", ")
}

func (s Shelf) recipient(to storage.Recipient) string {
	switch {
	case to.Case != 0:
		c, ok := s.Tx.Case(to.Case)
		if !ok || c.Village != s.Village.Code {
			return "warga"
		}
		return s.nameOf(c)
	case to.Group != "" || to.Name.IsZero():
		label := "warga"
		if to.Group != "" && to.Group != "general" {
			label = lower(welfare.TermLabel(welfare.Purposes(), to.Group))
		}
		return join(" ", label, heads(to.Families, to.Persons))
	}
	name := text.Initials(s.unseal(to.Name, "name"))
	if area := s.area(to.RT, to.RW); area != "" {
		name = join(" ", name, "("+area+")")
	}
	return orWord(name, "warga")
}

func orWord(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// area prints RT and RW: "RT 03/RW 01".
func (s Shelf) area(rt, rw storage.Sealed) string {
	var parts []string
	if n := s.unseal(rt, "rt"); n != "" {
		parts = append(parts, "RT "+n)
	}
	if n := s.unseal(rw, "rw"); n != "" {
		parts = append(parts, "RW "+n)
	}
	return strings.Join(parts, "/")
}

// block prints RT and RW in a column that has them in its head: "03/01".
func (s Shelf) block(rt, rw storage.Sealed) string {
	a, b := s.unseal(rt, "rt"), s.unseal(rw, "rw")
	if b == "" {
		return a
	}
	return orDash(a) + "/" + b
}

// heads prints counts: "12 KK 40 jiwa".
func heads(families, persons int) string {
	var parts []string
	if families > 0 {
		parts = append(parts, text.Milli(families*1000).String()+" KK")
	}
	if persons > 0 {
		parts = append(parts, text.Milli(persons*1000).String()+" jiwa")
	}
	return strings.Join(parts, " ")
}

// unseal reads what people wrote as one clean line.
func (s Shelf) unseal(sealed storage.Sealed, field string) string {
	return oneLine(s.Tx.Unseal(sealed, field))
}

// oneLine is clean text on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(text.Clean(s)), " ") }

func unitLabel(code string) string { return text.UnitLabel(code) }
