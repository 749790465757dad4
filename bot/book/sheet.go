package book

import (
	"strings"

	"wksbm/bot/paper"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage/region"
)

// Posts on the roster whose holders sign.
const (
	postKetua     = "chair"
	postSecretary = "secretary"
	postTreasurer = "treasurer"
)

// firstDraft stands below every paper: no decree gives these books a form.
const firstDraft = "Bentuk awal dari catatan bot WKSBM, dapat disesuaikan; diperiksa dahulu sebelum ditandatangani."

// sheet is a paper of the month with letterhead, number and signatures, still without a table.
func (s Shelf) sheet(kind string) paper.Paper {
	last := s.Month.Last().Time()
	date := s.Now
	if last.Before(date) {
		date = last
	}
	return paper.Paper{
		File: "wksbm-" + strings.ToLower(plain(s.Village.Name)) + "-" + fileWord(kind) + "-" + s.Month.String(),
		Kop:  s.kop(), Title: strings.ToUpper(Title(kind)), Number: s.number(), Period: MonthName(s.Month),
		Notes: []string{firstDraft}, Place: s.Village.Name, Date: date, Signs: s.signs(kind), Made: s.Now,
	}
}

func fileWord(kind string) string {
	switch kind {
	case Cash:
		return "kas"
	case Goods:
		return "barang"
	case Cases:
		return "warga"
	case Meetings:
		return "notulen"
	case Activities:
		return "kegiatan"
	case Partners:
		return "mitra"
	}
	return "laporan"
}

// plain makes one word of a place's name: "Tepas-Sepakat".
func plain(name string) string { return strings.Join(strings.Fields(name), "-") }

func (s Shelf) kop() []string {
	district, _ := s.Region.ByCode(s.Village.District)
	return []string{
		"PEMERINTAH KABUPATEN SUMBAWA BARAT", strings.ToUpper(district.Title()), strings.ToUpper(s.Village.Title()),
		"WAHANA KESEJAHTERAAN SOSIAL BERBASIS MASYARAKAT (WKSBM)",
	}
}

// number leaves the running number open: the village's register gives it.
func (s Shelf) number() string {
	first := s.Month.First().Time()
	return "........ /WKSBM-" + strings.ToUpper(plain(s.Village.Name)) + "/" + paper.Roman(first.Month()) + "/" + first.Format("2006")
}

// signs are who signs a book: the head of the village has no name here, he writes it.
func (s Shelf) signs(kind string) []paper.Sign {
	ketua := paper.Sign{Role: "Ketua WKSBM", Name: s.ketua()}
	kades := paper.Sign{Role: "Mengetahui,\nKepala " + s.Village.Title()}
	if s.Village.Kind == region.Ward {
		kades.Role = "Mengetahui,\nLurah " + s.Village.Name
	}
	secretary := paper.Sign{Role: "Sekretaris", Name: s.officer(postSecretary)}
	switch kind {
	case Cash, Goods:
		return []paper.Sign{kades, ketua, {Role: "Bendahara", Name: s.officer(postTreasurer)}}
	case Meetings:
		secretary.Role = "Notulis / Sekretaris"
		return []paper.Sign{ketua, secretary}
	case Monthly:
		return []paper.Sign{kades, ketua}
	}
	return []paper.Sign{ketua, secretary}
}

// ketua is who leads the WKSBM now, else whom the roster has at that post.
func (s Shelf) ketua() string {
	return orWord(oneLine(s.Tx.Portrait(s.Village.Code).Ketua), s.officer(postKetua))
}

// officer is who holds a post by the roster; "" when nobody does.
func (s Shelf) officer(post string) string {
	for _, a := range s.Tx.Roster(s.Village.Code) {
		if a.Post == post && !a.Retired {
			return s.unseal(a.Name, "name")
		}
	}
	return ""
}

// profile tells what the village's WKSBM is.
func (s Shelf) profile() []paper.Fact {
	p := s.Tx.Portrait(s.Village.Code)
	sk := "—"
	if p.SKNumber != "" {
		if sk = oneLine(p.SKNumber); p.SKDate != 0 {
			sk += " tanggal " + text.PlainDate(p.SKDate.Time())
		}
	}
	facts := []paper.Fact{
		{Label: "WKSBM", Value: s.Region.FullName(s.Village.Code)},
		{Label: "SK pembentukan", Value: sk},
		{Label: "Ketua", Value: orDash(s.ketua())},
	}
	if p.Members > 0 {
		facts = append(facts, paper.Fact{Label: "Anggota", Value: text.Milli(p.Members*1000).String() + " orang"})
	}
	var kinds []string
	for _, code := range p.Kinds {
		kinds = append(kinds, lower(welfare.TermLabel(welfare.ActivityKinds(), code)))
	}
	if kinds != nil {
		facts = append(facts, paper.Fact{Label: "Jenis kegiatan", Value: strings.Join(kinds, ", ")})
	}
	return facts
}

func orDash(s string) string { return orWord(s, "—") }
