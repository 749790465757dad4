package region

import (
	"strings"
	"testing"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	r := Must(Load())
	desa := 0
	for _, p := range r.Villages(0) {
		if p.Kind == Desa {
			desa++
		}
	}
	if len(r.Districts()) != 8 || len(r.Villages(0)) != 65 || desa != 58 || len(r.Villages(520702)) != 16 {
		t.Errorf("%d kecamatan, %d villages, %d desa", len(r.Districts()), len(r.Villages(0)), desa)
	}
	for code, want := range map[Code]string{
		5207022011: "Desa Seloto, Taliwang", 5207021004: "Kelurahan Menala, Taliwang", 520706: "Kecamatan Poto Tano",
		5207052001: "Desa Beru, Brang Rea", 5207062004: "Desa Poto Tano, Poto Tano",
	} {
		if got := r.FullName(code); got != want {
			t.Errorf("FullName(%d) = %q, want %q", code, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	r := Must(Load())
	for typed, want := range map[string]string{
		"seloto": "Seloto", "Desa Seloto": "Seloto", "SELOTO, kec. Taliwang": "Seloto", "kel. menala": "Menala",
		"tepas": "Tepas", "tepas sepakat": "Tepas Sepakat", "beru": "Beru|Desa Beru", "desa beru": "Desa Beru",
		"beru jereweh": "Beru", "maluk": "Maluk", "poto tano": "Poto Tano", "pototano": "Poto Tano",
		"desaloka": "Desaloka", "desa loka": "Desaloka", "tua nanga": "Tuananga", "tambak sari": "UPT Tambak Sari",
		"mujahidin": "Mujahiddin", "loka": "", "taliwang": "", "": "", "dalam": "Dalam", "banjar": "Banjar",
	} {
		var names []string
		for _, p := range r.Find(typed, 0) {
			names = append(names, p.Name)
		}
		if got := strings.Join(names, "|"); got != want {
			t.Errorf("Find(%q) = %s, want %s", typed, got, want)
		}
	}
	if got := r.Find("beru", 520705); len(got) != 1 || got[0].Name != "Desa Beru" {
		t.Errorf("beru in Brang Rea = %v", got)
	}
	if d, ok := r.FindDistrict("kec. brangrea"); !ok || d.Name != "Brang Rea" {
		t.Errorf("kec. brangrea = %v", d)
	}
	for typed, want := range map[string]string{
		"selota": "Seloto", "labuhan": "Labuhan Lalar|Labuhan Kertasari", "saya dari desa seloto kecamatan taliwang": "Seloto", "dari": "",
	} {
		var names []string
		for _, p := range r.Suggest(typed, 0) {
			names = append(names, p.Name)
		}
		if got := strings.Join(names, "|"); got != want {
			t.Errorf("Suggest(%q) = %s, want %s", typed, got, want)
		}
	}
	if s := r.SuggestDistrict("taliwng"); len(s) != 1 || s[0].Name != "Taliwang" {
		t.Errorf("SuggestDistrict(taliwng) = %v", s)
	}
}

func FuzzFind(f *testing.F) {
	r := Must(Load())
	for _, s := range []string{"", "seloto", "desa desa", "kec", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, p := range r.Find(typed, 0) {
			if p.Kind == District {
				t.Fatalf("%q found a kecamatan", typed)
			}
		}
		r.Suggest(typed, 0)
	})
}
