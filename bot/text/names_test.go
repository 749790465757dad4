package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParsePersonName(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"SITI AMINAH": "Siti Aminah", "siti  aminah": "Siti Aminah", "Siti Aminah": "Siti Aminah", "McKenna": "McKenna",
		"nama: siti aminah": "Siti Aminah", "namanya Siti Aminah": "Siti Aminah", "NUR'AINI BINTI AHMAD": "Nur'aini binti Ahmad",
		"h. ahmad, s.pd": "H. Ahmad, S.Pd", "Bin Umar": "Bin Umar", "Namira": "Namira", "Siti 2": "Siti 2",
		"A": "?too_small", "": "?unclear", "🙏": "?unclear", "5207990101800001": "?figures", "Siti 081234567890": "?figures", "siti 0812 3456": "?figures",
		strings.Repeat("Siti ", 20): "?too_large",
	} {
		r := ParsePersonName(words)
		got := r.Value
		if r.Why != "" {
			got = "?" + string(r.Why)
		}
		if got != want {
			t.Errorf("ParsePersonName(%q) = %q, want %q", words, got, want)
		}
	}
}

func TestSplitNames(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"Siti, Aminah dan Pak Budi\n4. Rahma":   "Siti|Aminah|Pak Budi|Rahma",
		"1. Siti\n2. Aminah\n3) Budi":           "Siti|Aminah|Budi",
		"1. Siti 2. Aminah 3. Budi":             "Siti|Aminah|Budi",
		"- SITI\n- AMINAH":                      "Siti|Aminah",
		"Siti Aminah, S.Pd, Budi, S.Sos., M.Si": "Siti Aminah, S.Pd|Budi, S.Sos, M.Si",
		"H. Ahmad & Hj. Siti":                   "H. Ahmad|Hj. Siti",
		"Danang dan Dandi":                      "Danang|Dandi",
		"Sri, Sita":                             "Sri|Sita",
		"":                                      "", ", , 5": "",
	} {
		if got := strings.Join(SplitNames(words), "|"); got != want {
			t.Errorf("SplitNames(%q) = %s, want %s", words, got, want)
		}
	}
}

func TestInitials(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Siti Aminah": "S. A.", "Hj. Siti Aminah binti Ahmad, S.Pd": "S. A. A.", "nur'aini": "N.", "Pak": "P.", "": "",
	} {
		if got := Initials(name); got != want {
			t.Errorf("Initials(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"", "Siti, Aminah dan Budi", "1. A 2. B", "SITI, S.PD", "nama: x", "\xff,\xfe", "ǆ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, n := range SplitNames(s) {
			if !HasLetter(n) || utf8.RuneCountInString(n) > maxName || strings.ContainsAny(n, "\n\r") || !utf8.ValidString(n) {
				t.Fatalf("%q has the name %q", s, n)
			}
		}
		if r := ParsePersonName(s); r.Sure() && (HasNIK(r.Value) || utf8.RuneCountInString(r.Value) > maxName) {
			t.Fatalf("%q is called %q", s, r.Value)
		}
		Initials(s)
	})
}
