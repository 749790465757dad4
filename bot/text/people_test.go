package text

import (
	"fmt"
	"testing"
)

func TestParseHeads(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"12 KK 40 jiwa": "12/40", "40 jiwa 12 kk": "12/40", "30 orang": "0/30", "5 kk": "5/0", "dua belas KK": "12/0", "12kk, 40jiwa": "12/40",
		"12 KK (40 jiwa)": "12/40", "KK: 12, jiwa: 40": "12/40", "12 kepala keluarga dan empat puluh orang": "12/40", "seorang": "0/1",
		"1.200 jiwa": "0/1200", "sekitar 30 org": "0/30", "5 keluarga di RT 3": "5/0", "12 KK/40 jiwa": "12/40",
		"30": "ask 0/30 30/0", "tiga puluh": "ask 0/30 30/0",
		"KK 5207990101010001": "?unclear", "KK 5207 9901 0101 0001": "?unclear", "5 KK 5207990101010001": "5/0",
		"": "?unclear", "banyak": "?unclear", "0 kk": "?too_small", "0": "?too_small", "99999 orang": "?too_large", "12 kk 5 kk": "?several", "12 kk 40": "?several", "puluhan orang": "?unclear", "dua puluhan orang": "0/20",
		"12 KK 5 jiwa": "?disagree", "2,5 orang": "?unclear", "40 ekor": "?unclear",
	} {
		r := ParseHeads(words)
		got := fmt.Sprintf("%d/%d", r.Value.Families, r.Value.Persons)
		switch {
		case r.Why != "":
			got = "?" + string(r.Why)
		case r.Asks():
			got = fmt.Sprintf("ask %d/%d %d/%d", r.Ask[0].Families, r.Ask[0].Persons, r.Ask[1].Families, r.Ask[1].Persons)
		}
		if got != want {
			t.Errorf("ParseHeads(%q) = %s, want %s", words, got, want)
		}
	}
}

func TestParseCount(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]int{
		"15": 15, "15 orang": 15, "dua puluhan": 20, "20an": 20, "lima belas": 15, "sekitar 15 org": 15, "±15": 15, "yang hadir 15": 15, "seorang": 1, "1.5": -1,
		"tidak ada": 0, "nol": 0, "Nihil": 0, "100": 100, "101": -1, "15 dari 20": -1, "10-15": -1, "": -1, "entah": -1,
		"5207990101010001": -1, "setengah": -1,
	} {
		r := ParseCount(words, 0, 100)
		if r.Sure() != (want >= 0) || r.Sure() && r.Value != want {
			t.Errorf("ParseCount(%q) = %+v, want %d", words, r, want)
		}
	}
	if r := ParseCount("0", 1, 100); r.Why != TooSmall {
		t.Errorf("0 of at least 1 = %+v", r)
	}
}

func FuzzParseHeads(f *testing.F) {
	for _, s := range []string{"", "12 KK 40 jiwa", "KK: 12", "dua belas kk", "30", "tidak ada"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := ParseHeads(s)
		for _, h := range append(r.Ask, r.Value) {
			if h.Families < 0 || h.Persons < 0 || h.Families+h.Persons > 2*maxHeads || r.Sure() && h == (Heads{}) {
				t.Fatalf("%q: %+v", s, r)
			}
		}
		if c := ParseCount(s, 1, 50); c.Sure() && (c.Value < 1 || c.Value > 50) {
			t.Fatalf("%q: %+v", s, c)
		}
	})
}
