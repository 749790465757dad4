package paper

import (
	"math"
	"strings"
	"testing"
	"time"
)

func TestCellsPrintTheIndonesianWay(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]Cell{
		"Siti":        Text("Siti"),
		"1.250":       Count(1250),
		"2,5":         Quantity(2500),
		"-Rp500":      Rupiah(-500),
		"Rp1.250.000": Rupiah(1_250_000),
		"23 Nov 2026": Date(time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)),
		"":            Date(time.Time{}),
	} {
		if got := c.Strong().String(); got != want {
			t.Errorf("%+v prints %q, want %q", c, got, want)
		}
		if c.Empty() != (want == "") {
			t.Errorf("%+v: empty %v", c, c.Empty())
		}
	}
	if c := Rupiah(math.MinInt64); c.Number >= 0 {
		t.Errorf("the least amount turns over to %d", c.Number)
	}
}

func TestNameOfAFile(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"rekap-2026-11": "rekap-2026-11.xlsx", "": "berkas.xlsx", "../a b/ç": "a-b.xlsx", strings.Repeat("x", 200): strings.Repeat("x", 80) + ".xlsx",
	} {
		if got := (Paper{File: file}).Name("xlsx"); got != want {
			t.Errorf("%q becomes %q, want %q", file, got, want)
		}
	}
}

func FuzzName(f *testing.F) {
	f.Add("rekap")
	f.Add("\xff/../é")
	f.Fuzz(func(t *testing.T, file string) {
		name := Paper{File: file}.Name("pdf")
		if strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") != "" || !strings.HasSuffix(name, ".pdf") || strings.HasPrefix(name, ".") {
			t.Fatalf("%q becomes %q", file, name)
		}
	})
}
