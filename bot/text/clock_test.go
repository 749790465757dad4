package text

import (
	"strings"
	"testing"
)

func TestParseClock(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"19.30": "19.30", "pukul 14:00": "14.00", "19,30": "19.30", "1930": "19.30", "07.30": "07.30", "pukul 09.00 WITA": "09.00",
		"jam 8 malam": "20.00", "8 pagi": "08.00", "8pagi": "08.00", "jam8 malam": "20.00", "jam delapan malam": "20.00",
		"setengah 8 malam": "19.30", "setengah delapan pagi": "07.30", "setengah 1 siang": "12.30", "setengah 9": "08.30/20.30",
		"bakda isya": "19.30", "ba'da dzuhur": "12.30", "habis magrib": "18.30", "setelah sholat ashar": "16.00", "abis jumat": "13.00", "bada isya": "19.30", "isya": "19.30",
		"jam 2": "14.00/02.00", "jam 2 siang": "14.00", "2 malam": "02.00", "jam 7": "07.00/19.00", "7.30": "07.30/19.30", "jam 10": "10.00", "9.15": "09.15",
		"jam 12": "12.00", "12 siang": "12.00", "12 malam": "00.00", "tengah hari": "12.00", "tengah malam": "00.00", "24.00": "00.00", "jam 12.30": "12.30", "12.30 siang": "12.30",
		"jam 8 lewat 15 malam": "20.15", "8 kurang 10 pagi": "07.50", "jam 4 lewat seperempat sore": "16.15", "jam 8 30 malam": "20.30", "1 kurang 10 siang": "12.50",
		"19.30 sampai selesai": "19.30", "19.30 s/d 21.00": "19.30", "09.00-11.00": "09.00", "19.30 malam": "19.30", "jam 4 sore": "16.00", "tadi sore jam 5": "17.00",
		"6 sore": "18.00", "5 subuh": "05.00", "11 siang": "11.00", "sepuluh pagi": "10.00", "20": "20.00", "08": "08.00",
		"ba'da isya jam 8": "20.00", "18.30 magrib": "18.30", "1/2 8 malam": "19.30", "½ 8 malam": "19.30", "19.30 wita s.d selesai": "19.30",
		"10 sore": "?disagree", "14.00 malam": "?disagree", "15.00 pagi": "?disagree", "25.00": "?impossible", "10.75": "?impossible", "jam 30": "?impossible",
		"": "?unclear", "entah": "?unclear", "sebelum isya": "?unclear", "setengah": "?unclear", "malam": "?unclear", "8 10 12": "?unclear",
	} {
		if got := clockPrinted(ParseClock(words)); got != want {
			t.Errorf("ParseClock(%q) = %s, want %s", words, got, want)
		}
	}
}

// clockPrinted writes a reading in one line.
func clockPrinted(r Reading[int]) string {
	switch {
	case r.Why != "":
		return "?" + string(r.Why)
	case r.Asks():
		var out []string
		for _, at := range r.Ask {
			out = append(out, HourMinute(at))
		}
		return strings.Join(out, "/")
	}
	return HourMinute(r.Value)
}

func TestClockPrintsAndReadsBack(t *testing.T) {
	t.Parallel()
	for at := range 24 * 60 {
		if r := ParseClock("pukul " + HourMinute(at) + " WITA"); !r.Sure() || r.Value != at {
			t.Fatalf("%s read as %+v", HourMinute(at), r)
		}
	}
}

func FuzzParseClock(f *testing.F) {
	for _, s := range []string{"", "19.30", "setengah 8 malam", "8 kurang 10 pagi", "bakda isya", "24.00", "12 malam", "0 kurang 5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := ParseClock(s)
		for _, at := range append(r.Ask, r.Value) {
			if at < 0 || at >= 24*60 {
				t.Fatalf("%q: %+v", s, r)
			}
		}
	})
}
