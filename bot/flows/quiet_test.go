package flows

import "testing"

func TestSpanOf(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]int{
		"3": 3, "3 hari": 3, "3hari": 3, "tiga hari": 3, "seminggu": 7, "2 minggu": 14, "dua minggu lagi": 14, "sehari": 1, "sebulan": 30, "30": 30,
		"31": 0, "5 minggu": 0, "0": 0, "3 tahun": 0, "setengah hari": 0, "1,5 hari": 0, "selamanya": 0, "-3": 0, "hari": 0, "99999999999999999999": 0,
	} {
		days, ok := spanOf(words)
		if ok != (want > 0) || ok && days != want {
			t.Errorf("%q: %d %v, want %d", words, days, ok, want)
		}
	}
}

func FuzzSpanOf(f *testing.F) {
	for _, s := range []string{"3 hari", "seminggu", "1,5 minggu", "sampai", "999 bulan"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, words string) {
		if days, ok := spanOf(words); ok && (days < 1 || days > 30) {
			t.Fatalf("%q is %d days", words, days)
		}
	})
}
