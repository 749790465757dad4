package text

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestMaskNIK(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"nik 5207 9901 2345 0001, beras": "nik 5207 •••• •••• ••01, beras",
		"5207990123450001":               "5207 •••• •••• ••01",
		"5207  9901  2345  0001":         "5207 •••• •••• ••01",
		"0812 3456 7890":                 "0812 3456 7890",
		"":                               "",
	} {
		if got := MaskNIK(s); got != want || HasNIK(s) != (s != want) {
			t.Errorf("MaskNIK(%q) = %q, HasNIK %v", s, got, HasNIK(s))
		}
	}
	if got := MaskNIK("520799012345001"); got != "5207 •••• •••• •01" || HasNIK("520799012345001") {
		t.Errorf("one digit short: %q", got)
	}
}

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("WITA", 8*3600))

// A day and an amount are no NIK; a NIK with a digit forgotten or a letter in it was meant as one.
func TestMeantNIK(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"5207990101700001": true, "NIK 5207 9901 0170 0001": true, "520799010170000": true, "52O799010170000l": true, "52-07-9901-0170-0001": true,
		"23-11-2026 10.000.000": false, "tgl 23/11/2026, 10000000": false, "081234567890": false, "beras 20 kg": false, "1.500.000": false, "OlOlOlOlOlOlOlOl": false,
	} {
		if got := MeantNIK(s); got != want {
			t.Errorf("MeantNIK(%q) = %v", s, got)
		}
	}
}

func TestParseNIK(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"5207994101800001":                   "5207994101800001",
		"5207 9901 0180 0001":                "5207990101800001",
		"5207.9901.0180-0001":                "5207990101800001",
		"NIK: 5207.99.310180.0001":           "5207993101800001",
		"nik ibu 5207990101800001 ya":        "5207990101800001",
		"RT 03 5207990101800001":             "5207990101800001",
		"5204990101800001":                   "5204990101800001 region",
		"0207990101800001":                   "0207990101800001 region temporary",
		"5207990101800001 5207990101800001":  "5207990101800001",
		"":                                   "?count 0",
		"belum ada":                          "?count 0",
		"520799010180001":                    "?count 15",
		"52079901018000012":                  "?count 17",
		"52O7990101800001":                   "?letters",
		"5207 99O1 O180 OO01":                "?letters",
		"520799010180000l":                   "?letters",
		"5207993201800001":                   "?day",
		"5207990001800001":                   "?day",
		"5207994001800001":                   "?day",
		"5207997201800001":                   "?day",
		"5207990113800001":                   "?month",
		"5207990100800001":                   "?month",
		"5207993102800001":                   "?date",
		"5207992902810001":                   "?date",
		"5207992902800001":                   "5207992902800001",
		"5207997106800001":                   "?date",
		"5207990101800000":                   "?serial",
		"5207990101800001, 5207990202800002": "?several",
		"5207990101800001 5207990202800002":  "?several",
	} {
		if got := printed(ParseNIK(words, monday)); got != want {
			t.Errorf("ParseNIK(%q) = %s, want %s", words, got, want)
		}
	}
}

// printed writes a reading in one line.
func printed(r NIKReading) string {
	switch {
	case r.Why == NIKCount:
		return "?count " + Milli(r.Digits*1000).String()
	case r.Why != "":
		return "?" + string(r.Why)
	}
	out := []string{r.Number}
	for _, w := range r.Warn {
		out = append(out, string(w))
	}
	return strings.Join(out, " ")
}

func TestParseKK(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"No KK 5207 9923 0912 0007": "5207992309120007",
		"5207994101800001":          "?day",
		"12 KK":                     "?count 2",
	} {
		if got := printed(ParseKK(words, monday)); got != want {
			t.Errorf("ParseKK(%q) = %s, want %s", words, got, want)
		}
	}
}

func TestNIKBirth(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]struct {
		ages   []int
		female bool
	}{
		"5207994101800001": {[]int{46}, true},
		"5207992411800001": {[]int{45}, false},
		"5207992311200001": {[]int{6, 106}, false},
		"5207992411260001": {[]int{99}, false}, // this century's would be tomorrow
		"5207992902000001": {[]int{26}, false}, // 1900 had no such day
		"52079941018000":   {nil, false},
	} {
		b := NIKBirth(number, monday)
		if got := b.Ages(monday); !slices.Equal(got, want.ages) || b.Female != want.female {
			t.Errorf("NIKBirth(%s) = %v, female %v", number, got, b.Female)
		}
	}
}

func FuzzParseNIK(f *testing.F) {
	for _, s := range []string{"", "5207990101800001", "nik 5207 99O1 0180 0001", "1 2 3", "5207990101800001 5207990202800002"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := ParseNIK(s, monday)
		if (r.Number == "") == (r.Why == "") {
			t.Fatalf("%q: %+v", s, r)
		}
		if r.Number != "" && (!longNumber.MatchString(clipBytes(s)) || strings.Contains(MaskNIK(clipBytes(s)), r.Number) || len(NIKBirth(r.Number, monday).Dates) == 0) {
			t.Fatalf("%q gave a number that is not masked, or without a birth", s)
		}
		ParseKK(s, monday)
	})
}
