package kin

import (
	"slices"
	"strings"
	"testing"
)

func TestKey(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Hj. Siti Aminah, S.Pd":       "siti amina",
		"Sitti Aminah binti H. Ahmad": "siti amina bin ahmad",
		"Moh. Saleh":                  "muhamad sale",
		"M. Saleh":                    "muhamad sale",
		"Mohammad Sholeh":             "muhamad sale",
		"Soekarno":                    "sukarno",
		"Djamaluddin":                 "jamaludin",
		"Tjut":                        "cut",
		"Amaq Seman":                  "seman",
		"Nur'aini":                    "nuraini",
		"Pak":                         "pak",
		"":                            "",
	} {
		if got := Key(name); got != want {
			t.Errorf("Key(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestAlike(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"Siti Aminah", "Sitti Aminah binti Ahmad"},
		{"Siti Aminah", "SITI AMINA"},
		{"Siti Aminah", "Aminah Siti"},
		{"Siti Aminah", "St. Aminah"},
		{"Siti Aminah", "Aminah"},
		{"Siti Aminah", "Siti Amniah"},
		{"Siti Aminah", "Siti Aminah Putri"},
		{"Siti Aminah binti Ahmad", "Siti Aminah bt. Achmad"},
		{"Moh. Saleh", "Muhammad Soleh"},
		{"H. Muh. Saleh", "Saleh"},
		{"Djamaluddin", "Jamaludin"},
		{"Tjut", "Cut"},
		{"Soeparno", "Suparno"},
		{"Nur Hayati", "Nurhayati"},
		{"Abdul Rahman", "Abdurrahman"},
		{"Abd. Rahman", "Abdul Rahman"},
		{"Inaq Rahmah", "Rahma"},
		{"Supriadi", "Supriyadi"},
		{"Aisyah", "Aisah"},
		{"Ahmad S.", "Ahmad Saleh"},
		{"Khadijah", "Hadijah"},
	} {
		if !Alike(pair[0], pair[1]) {
			t.Errorf("%q and %q are not alike: %q, %q", pair[0], pair[1], Key(pair[0]), Key(pair[1]))
		}
	}
}

func TestNotAlike(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"Siti Aminah", "Siti Rahma"},
		{"Siti Aminah binti Ahmad", "Siti Aminah binti Umar"},
		{"Ahmad", "Ahmadi"},
		{"Salim", "Salimah"},
		{"Amin", "Aminah"},
		{"Rahma", "Rahmi"},
		{"Hasan", "Hasanuddin"},
		{"Muhammad Saleh", "Muhammad Yusuf"},
		{"Siti", "Siti Aminah"},
		{"Aminah", "Aminah Putri Lestari"},
		{"Ahmad", "Ahmad Saleh"},
		{"Budi", "Siti"},
		{"S. A.", "Siti Aminah"},
		{"Suparman", "Suparno"},
		{"Kamaruddin", "Jamaluddin"},
		{"", ""},
		{"", "Siti"},
	} {
		if Alike(pair[0], pair[1]) {
			t.Errorf("%q and %q are alike: %q, %q", pair[0], pair[1], Key(pair[0]), Key(pair[1]))
		}
	}
}

func FuzzAlike(f *testing.F) {
	f.Add("Siti Aminah", "Sitti Aminah binti Ahmad")
	f.Add("M. Saleh", "moh")
	f.Add("ch", "\xff")
	f.Add("bin bin", "")
	f.Fuzz(func(t *testing.T, a, b string) {
		if key := Key(a); Key(key) != key {
			t.Fatalf("the key of %q is %q, whose key is %q", a, key, Key(key))
		}
		if Alike(a, b) != Alike(b, a) {
			t.Fatalf("%q and %q are alike one way only", a, b)
		}
		if own := strings.Fields(Key(a)); len(own) > 0 && !slices.Contains(own, "bin") && !Alike(a, a) {
			t.Fatalf("%q is not like itself", a)
		}
	})
}
