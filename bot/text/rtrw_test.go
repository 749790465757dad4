package text

import "testing"

func TestParseRT(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]Block{
		"RT 03/RW 02":                            {"03", "02", ""},
		"rt3 rw2":                                {"03", "02", ""},
		"rt03rw02":                               {"03", "02", ""},
		"RT.003/RW.002":                          {"03", "02", ""},
		"03/02":                                  {"03", "02", ""},
		"3 / 2":                                  {"03", "02", ""},
		"RT/RW 03/02":                            {"03", "02", ""},
		"rt/rw: 3/2 dusun Longa":                 {"03", "02", "dusun Longa"},
		"rt 3/2":                                 {"03", "02", ""},
		"RT 5":                                   {"05", "", ""},
		"rw 2":                                   {"", "02", ""},
		"rt 03 dusun longa":                      {"03", "", "dusun longa"},
		"Dusun Longa RT 03 RW 01":                {"03", "01", "Dusun Longa"},
		"Dusun Longa, RT 03/RW 01, dekat masjid": {"03", "01", "Dusun Longa, dekat masjid"},
		"Dusun Longa 03/01":                      {"03", "01", "Dusun Longa"},
		"RW 01 RT 04":                            {"04", "01", ""},
		"RT 00/RW 00":                            {"", "", ""},
		"Karta 3":                                {"", "", "Karta 3"},
		"Gg. Mawar No. 7":                        {"", "", "Gg. Mawar No. 7"},
		"dusun longa":                            {"", "", "dusun longa"},
		"":                                       {},
	} {
		if got := ParseRT(words); got != want {
			t.Errorf("ParseRT(%q) = %+v, want %+v", words, got, want)
		}
	}
	if got := RTRW("03", "02") + "|" + RTRW("03", "") + "|" + RTRW("", "02") + "|" + RTRW("", ""); got != "RT 03/RW 02|RT 03|RW 02|" {
		t.Error(got)
	}
}

func FuzzParseRT(f *testing.F) {
	for _, s := range []string{"", "RT 03/RW 02", "rt3 rw2 dusun longa", "03/02", "rt/rw 3 2", "rt rt 1 rw"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b := ParseRT(s)
		if again := ParseRT(RTRW(b.RT, b.RW)); again.RT != b.RT || again.RW != b.RW || again.Rest != "" {
			t.Fatalf("%q: %+v read back as %+v", s, b, again)
		}
	})
}
