package digest

import (
	"testing"
	"time"

	"wksbm/storage"
	"wksbm/storage/region"
)

// TestFindReadsPeriods reads what people write of a time, and leaves the place.
func TestFindReadsPeriods(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA)
	for words, want := range map[string][2]string{
		"oktober":                          {"2026-10", ""},
		"Oktober Taliwang":                 {"2026-10", "taliwang"},
		"taliwang oktober 2025":            {"2025-10", "taliwang"},
		"bulan oktober":                    {"2026-10", ""},
		"desember":                         {"2025-12", ""},
		"2026-10":                          {"2026-10", ""},
		"2026-10 Seloto":                   {"2026-10", "seloto"},
		"Seloto 2026-10":                   {"2026-10", "seloto"},
		"1 oktober Taliwang":               {"2026-10-01", "taliwang"},
		"2026-10-01":                       {"2026-10-01", ""},
		"tahun ini":                        {"2026-01-01--2026-12-31", ""},
		"tahun 2025 Seteluk":               {"2025-01-01--2025-12-31", "seteluk"},
		"2025":                             {"2025-01-01--2025-12-31", ""},
		"oktober sampai november":          {"2026-10-01--2026-11-30", ""},
		"januari - maret 2026 Taliwang":    {"2026-01-01--2026-03-31", "taliwang"},
		"1 - 15 oktober":                   {"2026-10-01--2026-10-15", ""},
		"Seloto 1 s/d 15 oktober 2025":     {"2025-10-01--2025-10-15", "seloto"},
		"1 oktober sampai 5 november":      {"2026-10-01--2026-11-05", ""},
		"1 sampai 31 oktober":              {"2026-10", ""},
		"01/10/2026 - 05/10/2026 Taliwang": {"2026-10-01--2026-10-05", "taliwang"},
		"minggu lalu poto tano":            {"2026-W47", "poto tano"},
		"november sampai januari":          {"2025-11-01--2026-01-31", ""},
		"kemarin":                          {"2026-11-22", ""},
		"15 - 1 oktober":                   {"2026-10-01--2026-10-15", ""},
		"triwulan 3":                       {"2026-07-01--2026-09-30", ""},
		"Triwulan III 2025 Taliwang":       {"2025-07-01--2025-09-30", "taliwang"},
		"seloto semester 1":                {"2026-01-01--2026-06-30", "seloto"},
		"7 hari terakhir":                  {"2026-11-17--2026-11-23", ""},
		"1 hari terakhir":                  {"2026-11-23", ""},
		"3 bulan terakhir Seloto":          {"2026-09-01--2026-11-30", "seloto"},
		"2 minggu lalu Seloto":             {"2026-W46", "seloto"},
		"3 bulan yang lalu":                {"2026-08", ""},
		"november sampai oktober 2026":     {"2025-11-01--2026-10-31", ""},
		"minggu depan":                     {"2026-W49", ""},
		"besok":                            {"2026-11-24", ""},
	} {
		p, rest, ok := Find(words, now)
		if !ok || p.Key() != want[0] || rest != want[1] {
			t.Errorf("%q: %s and %q (%v), want %q", words, p.Key(), rest, ok, want)
		}
	}
	for _, words := range []string{"Taliwang", "31 februari", "Seloto 31 september", "triwulan 5", "semester 3", "0 hari terakhir", "45", ""} {
		if p, _, ok := Find(words, now); ok {
			t.Errorf("%q is read as %s", words, p.Key())
		}
	}
}

// TestPeriodsFollowEachOther: the key gives the period back, and before and after meet it.
func TestPeriodsFollowEachOther(t *testing.T) {
	t.Parallel()
	day := func(m time.Month, d int) storage.Day {
		return storage.DayOf(time.Date(2026, m, d, 12, 0, 0, 0, region.WITA))
	}
	for title, p := range map[string]Period{
		"Senin, 23 November 2026":      Day(day(11, 23)),
		"16–22 November 2026":          Week(day(11, 22)),
		"November 2026":                Month(day(11, 1).Month()),
		"Oktober – November 2026":      Stretch(day(10, 1), day(11, 30)),
		"1 Oktober – 15 November 2026": Stretch(day(10, 1), day(11, 15)),
		"Tahun 2026":                   Year(2026),
	} {
		if got, ok := ParseKey(p.Key()); !ok || got != p {
			t.Errorf("%s: key %s gives %s", title, p.Key(), got.Key())
		}
		if p.Title() != title {
			t.Errorf("title %q, want %q", p.Title(), title)
		}
		if b, a := p.Before(), p.After(); b.To+1 != p.From || a.From != p.To+1 || b.kind != p.kind || a.kind != p.kind {
			t.Errorf("%s: before %s, after %s", title, b.Key(), a.Key())
		}
	}
	for _, key := range []string{"2026-11-15--2026-10-01", "2026-10-01--2026-10-31", "--", "2026-10-01--2026-10-05--", "x--2026-10-05"} {
		if p, ok := ParseKey(key); ok {
			t.Errorf("%q is the key of %s", key, p.Title())
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"oktober sampai november", "1 - 15 oktober", "tahun 2025 Seteluk", "2026-10 - 2026-11", "minggu"} {
		f.Add(s)
	}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA)
	f.Fuzz(func(t *testing.T, words string) {
		p, _, ok := Find(words, now)
		if !ok {
			return
		}
		if q, ok := ParseKey(p.Key()); p.From > p.To || !ok || q != p {
			t.Fatalf("%q gives %s, from %s to %s", words, p.Key(), p.From, p.To)
		}
	})
}
