package text

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseQuantity(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Amount{
		"beras 20 kg": {20000, "kg", "beras"}, "20kg beras": {20000, "kg", "beras"},
		"sekarung": {1000, "sack", ""}, "sedus mie": {1000, "box", "mie"},
		"setengah karung": {500, "sack", ""}, "½ karung": {500, "sack", ""}, "1 ½ kg": {1500, "kg", ""},
		"5 ons": {5000, "ons", ""}, "selusin piring": {12000, "piece", "piring"}, "kodi": {},
		"2 kodi sarung": {40000, "piece", "sarung"}, "beras 2,5 kg": {2500, "kg", "beras"},
		"telur 2 rak": {2000, "tray", "telur"}, "20": {20000, "", ""}, "dua puluh liter minyak": {20000, "liter", "minyak"},
		"0,500 kg": {500, "kg", ""},
	} {
		if r := ParseQuantity(in); want != (Amount{}) && (!r.Sure() || r.Value != want) {
			t.Errorf("ParseQuantity(%q) = %+v, want %+v", in, r, want)
		}
	}
	for in, want := range map[string]Reason{"": Unclear, "beras": Unclear, "0 kg": TooSmall, "beras 20 kg 5 karung": Several, "999999999 kg": TooLarge} {
		if r := ParseQuantity(in); r.Why != want {
			t.Errorf("ParseQuantity(%q) = %+v, want %s", in, r, want)
		}
	}
	if r := ParseQuantity("1.500 kg"); len(r.Ask) != 2 || r.Ask[0].Number != 1500_000 || r.Ask[1].Number != 1500 {
		t.Errorf("1.500 kg = %+v", r)
	}
	if r := ParseQuantity("1.25 kg"); !r.Asks() {
		t.Errorf("1.25 kg = %+v, want to ask", r)
	}
}

func TestSplitList(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"beras 20 kg, telur 2 rak, uang 500rb": "beras 20 kg|telur 2 rak|uang 500rb",
		"beras 2,5 kg, uang 1,5 juta":          "beras 2,5 kg|uang 1,5 juta",
		"beras 20 kg dan minyak 5 liter":       "beras 20 kg|minyak 5 liter",
		"beras 20 kg\ntelur 2 rak":             "beras 20 kg|telur 2 rak",
		"beras 20 kg telur 2 rak":              "beras 20 kg|telur 2 rak",
		"20 kg beras 2 rak telur":              "20 kg beras|2 rak telur",
		"uang 1.250.000,- , beras 5 kg":        "uang 1.250.000,-|beras 5 kg",
		"beras":                                "beras",
		"":                                     "",
	} {
		if got := strings.Join(SplitList(in), "|"); got != want {
			t.Errorf("SplitList(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("WITA", 8*3600)) // a Monday
	for in, want := range map[string]string{
		"hari ini": "2026-11-23", "tadi pagi": "2026-11-23", "tadi malam": "2026-11-22", "td pagi": "2026-11-23", "kemarin": "2026-11-22", "Kemarin lusa": "2026-11-21",
		"2 hari yang lalu": "2026-11-21", "dua hari lalu": "2026-11-21", "Jumat kemarin": "2026-11-20", "jum'at": "2026-11-20",
		"tgl 23": "2026-11-23", "tgl 24": "2026-10-24", "23/11": "2026-11-23", "23-11-2026": "2026-11-23",
		"20 Nov": "2026-11-20", "20 november 26": "2026-11-20", "Jumat, 20 November 2026": "2026-11-20",
		"31": "2026-10-31", "12 des": "2026-12-12?", "28/12": "2026-12-28?",
		"senin 22/11": "?disagree", "31/2": "?impossible", "24/11": "?future", "11/23": "?impossible",
		"besok": "?future", "entah": "?unclear", "": "?unclear", "1/1/1900": "?impossible",
	} {
		r := ParseDate(in, now, true)
		got := r.Value.Format(time.DateOnly)
		if !r.Sure() {
			got = "?" + string(r.Why)
		}
		if strings.HasSuffix(want, "?") {
			want = "?future"
		}
		if got != want {
			t.Errorf("ParseDate(%q) = %s, want %s", in, got, want)
		}
	}
	if r := ParseDate("tgl 5", now, false); r.Value.Format(time.DateOnly) != "2026-12-05" {
		t.Errorf("planned tgl 5 = %+v", r)
	}
}

func TestDatesPrintAndReadBack(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("WITA", 8*3600))
	rapid.Check(t, func(t *rapid.T) {
		day := midnight(now).AddDate(0, 0, -rapid.IntRange(0, 3000).Draw(t, "days"))
		for _, s := range []string{Date(day), PlainDate(day), ShortDate(day), day.Format("2/1/2006")} {
			if r := ParseDate(s, now, true); !r.Sure() || !r.Value.Equal(day) {
				t.Fatalf("%q read as %+v", s, r)
			}
		}
	})
}

func TestPrinting(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	got := []string{
		Rupiah(1250000), Rupiah(-500), Milli(2500).String(), Milli(1500_000).String(), Date(day.AddDate(0, 0, 7)),
		Range(day, day.AddDate(0, 0, 6)), Range(day, day.AddDate(0, 1, 0)),
		Near(day, day.AddDate(0, 0, 1)), Clip("panjang sekali", 8), Phone("0812-9999-0001"),
	}
	want := []string{
		"Rp1.250.000", "-Rp500", "2,5", "1.500", "Senin, 23 November 2026",
		"16–22 November 2026", "16 November – 16 Desember 2026",
		" (kemarin)", "panjang…", "+6281299990001",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func FuzzParseQuantity(f *testing.F) {
	for _, s := range []string{"", "beras 20 kg", "sekarung", "½", "1.500 kg", "selusin", "se se se 1 2 3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := ParseQuantity(s)
		if r.Sure() && (r.Value.Number <= 0 || r.Value.Number > maxQuantity) {
			t.Fatalf("%q is surely %d", s, r.Value.Number)
		}
	})
}

func FuzzSplitList(f *testing.F) {
	for _, s := range []string{"", "beras 20 kg, telur 2 rak", "a;b\nc", ",,,", "1 2 3 4 5 6 7 8 9"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range SplitList(s) {
			if strings.TrimSpace(p) == "" {
				t.Fatalf("%q has an empty item", s)
			}
		}
	})
}

func FuzzParseDate(f *testing.F) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for _, s := range []string{"", "kemarin", "23/11", "jumat kemarin", "31 feb", "99999999999 hari lalu", "1-1-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if r := ParseDate(s, now, true); r.Sure() && r.Value.After(now) {
			t.Fatalf("%q is %v, in the future", s, r.Value)
		}
		ParseDate(s, now, false)
		ParseMonth(s, now)
	})
}
