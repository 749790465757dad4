package flows

import (
	"slices"
	"testing"

	"wksbm/bot/text"
)

// What is typed of a programme, and what is left of it when the day is taken out.
func TestGleanPlan(t *testing.T) {
	t.Parallel()
	for words, want := range map[string][2]string{
		"posyandu lansia 5 Desember":             {"posyandu lansia", "2026-12-05"},
		"gotong royong besok":                    {"gotong royong", "2026-11-24"},
		"pengajian, Jumat":                       {"pengajian", "2026-11-27"},
		"senam pada tanggal 1 Desember":          {"senam", "2026-12-01"},
		"5 Desember posyandu balita":             {"posyandu balita", "2026-12-05"},
		"Peringatan 17 Agustus":                  {"Peringatan 17 Agustus", ""},
		"posyandu":                               {"posyandu", ""},
		"kerja bakti di RT 02/01":                {"kerja bakti di RT 02/01", ""},
		"santunan 10 anak yatim":                 {"santunan 10 anak yatim", ""},
		"rencana kegiatan senam besok":           {"senam", "2026-11-24"},
		"senam oleh kader untuk 30 orang, Jumat": {"senam", "2026-11-27"},
		"pembagian sembako di RT 3 / RW":         {"pembagian sembako di RT 3 / RW", ""},
	} {
		var p plan
		_, rest, _ := gleanPlan(monday, &p, "title", words)
		if got := [2]string{rest, p.Day}; got != want {
			t.Errorf("%q gives %q, want %q", words, got, want)
		}
	}
}

// What is typed where the kind of a partner is asked for.
func TestGleanPartner(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]partner{
		"Karang Taruna Bina Remaja":       {Kind: "psks_05", Name: "Karang Taruna Bina Remaja"},
		"kelompok arisan Melati RT 03/02": {Kind: kindGroup, Name: "Kelompok arisan Melati", RT: "03", RW: "02"},
		"PKK Desa Seloto":                 {Kind: kindOrganisation, Name: "PKK Desa Seloto"},
		"karang taruna":                   {},
		"pekerja sosial masyarakat":       {},
		"warung":                          {},
	} {
		var p partner
		gleanPartner(monday, &p, "kind", words)
		if p != want {
			t.Errorf("%q gives %+v, want %+v", words, p, want)
		}
	}
}

func FuzzNetworkWords(f *testing.F) {
	for _, s := range []string{"posyandu lansia 5 Desember", "Karang Taruna Bina RT 03/02", "besok", "", "\xff 1/2", "peringatan 17 Agustus", "rt 3", "senam oleh kader untuk 30 lansia besok", "Hj. Sumiati HP 0812 3456 7890"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, words string) {
		var p plan
		taken, _, _ := gleanPlan(monday, &p, "title", words)
		if _, ok := dateOf(p.Day); ok != slices.Contains(taken, "day") {
			t.Fatalf("%q took %v and gives the day %q", words, taken, p.Day)
		}
		if (p.Who != "") != slices.Contains(taken, "who") || (p.Target != "") != slices.Contains(taken, "target") {
			t.Fatalf("%q took %v and gives %+v", words, taken, p)
		}
		var c partner
		if taken, rest, _ := gleanPartner(monday, &c, "contact", words); (len(taken) > 0) != (c.Phone != "" && text.HasLetter(rest)) {
			t.Fatalf("%q took %v and gives the number %q", words, taken, c.Phone)
		}
		var q partner
		if taken, _, _ := gleanPartner(monday, &q, "kind", words); (len(taken) > 0) != (q.Kind != "" && q.Name != "") {
			t.Fatalf("%q took %v and gives kind %q", words, taken, q.Kind)
		}
		var r partner
		if got := readBlock(monday, &r, words); got.Sure && got.Value == "" && r.RW == "" {
			t.Fatalf("%q is read as a place without RT and RW", words)
		}
		if tap := clipTap(words); len(tap) > 36 {
			t.Fatalf("%q gives %d bytes for a button", words, len(tap))
		}
	})
}
