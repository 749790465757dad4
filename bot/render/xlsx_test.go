package render

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"wksbm/bot/paper"
)

func workbook(t testing.TB, p paper.Paper) []byte {
	t.Helper()
	data, err := XLSX(p)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func reopen(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// cell is what a workbook holds at an address: the bare value, what is shown, and the type.
func cell(t testing.TB, f *excelize.File, sheet, at string) (bare, shown string, kind excelize.CellType) {
	t.Helper()
	bare, err := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if shown, err = f.GetCellValue(sheet, at); err != nil {
		t.Fatal(err)
	}
	if kind, err = f.GetCellType(sheet, at); err != nil {
		t.Fatal(err)
	}
	return bare, shown, kind
}

func TestXLSXHoldsTrueValues(t *testing.T) {
	t.Parallel()
	f := reopen(t, workbook(t, ledger(4)))
	if got := fmt.Sprint(f.GetSheetList()); got != "[Ringkasan Diterima]" {
		t.Errorf("sheets %s", got)
	}
	for at, want := range map[string][2]string{
		"A4": {"No.", "No."}, "F4": {"Nilai", "Nilai"}, "A5": {"1", "1"}, "B5": {"46327", "1 Nov 2026"}, "D5": {"Beras", "Beras"},
		"E5": {"1.25", "1.25"}, "E8": {"8.75", "8.75"}, "F5": {"12500", "Rp12,500"}, "C9": {"Jumlah", "Jumlah"}, "F9": {"125000", "Rp125,000"},
	} {
		bare, shown, kind := cell(t, f, "Diterima", at)
		if bare != want[0] || shown != want[1] {
			t.Errorf("%s holds %q shown as %q, want %q", at, bare, shown, want)
		}
		if text := kind == excelize.CellTypeInlineString; text != (want[0] == want[1] && at != "A5" && at != "E5" && at != "E8") {
			t.Errorf("%s is of type %v", at, kind)
		}
	}
	for at, want := range map[string]string{"A2": "DESA SELOTO", "A6": "LAPORAN BULANAN PENERIMAAN BANTUAN", "A7": "Nomor: 400.9/012/WKSBM/XI/2026"} {
		if bare, _, _ := cell(t, f, "Ringkasan", at); bare != want {
			t.Errorf("cover %s holds %q, want %q", at, bare, want)
		}
	}
}

func TestXLSXIsReadyToPrintAndFilter(t *testing.T) {
	t.Parallel()
	f := reopen(t, workbook(t, broad(5, 12)))
	for sheet, orientation := range map[string]string{"Ringkasan": "portrait", "Diterima": "landscape", "Per desa": "landscape"} {
		l, err := f.GetPageLayout(sheet)
		props, perr := f.GetSheetProps(sheet)
		if perr != nil || props.FitToPage == nil || !*props.FitToPage {
			t.Errorf("%s is not fitted to the page: %v", sheet, perr)
		}
		if err != nil || *l.Size != 9 || *l.Orientation != orientation {
			t.Errorf("%s: paper %v %v, %v", sheet, *l.Size, *l.Orientation, err)
		}
	}
	panes, err := f.GetPanes("Per desa")
	if err != nil || !panes.Freeze || panes.YSplit != 4 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	names := fmt.Sprint(f.GetDefinedName())
	for _, want := range []string{"'Per desa'!$4:$4", "'Per desa'!$A$4:$L$9"} {
		if !strings.Contains(names, want) {
			t.Errorf("%s is not among %s", want, names)
		}
	}
}

// What people wrote stays text: never a formula, never a number that a NIK would lose digits in.
func TestXLSXOfOddWords(t *testing.T) {
	t.Parallel()
	f := reopen(t, workbook(t, odd()))
	for at, want := range map[string]string{"C5": "=1+1", "C6": "@SUM(A1)", "C7": "+62812000", "C8": "5207990000000001", "D5": "🙏 terima kasih 👩‍👩‍👧 kasih "} {
		bare, _, kind := cell(t, f, "Diterima", at)
		formula, err := f.GetCellFormula("Diterima", at)
		if bare != want || kind != excelize.CellTypeInlineString || formula != "" || err != nil {
			t.Errorf("%s holds %q (type %v, formula %q, %v), want the text %q", at, bare, kind, formula, err, want)
		}
	}
}

func TestXLSXCutsWhatNoCellHolds(t *testing.T) {
	t.Parallel()
	p := ledger(1)
	p.Tables[0].Rows[0][2] = paper.Text(strings.Repeat("🙏a", 20_000))
	bare, _, _ := cell(t, reopen(t, workbook(t, p)), "Diterima", "C5")
	if n := len([]rune(bare)); n != 32767/3*2 || !utf8.ValidString(bare) {
		t.Errorf("%d runes are left", n)
	}
}

func TestXLSXOfNothing(t *testing.T) {
	t.Parallel()
	f := reopen(t, workbook(t, ledger(0)))
	if bare, _, _ := cell(t, f, "Diterima", "A5"); bare != "Belum ada bantuan yang diterima." {
		t.Errorf("says %q of the empty table", bare)
	}
	reopen(t, workbook(t, paper.Paper{}))
}

func TestSheetNames(t *testing.T) {
	t.Parallel()
	taken := map[string]bool{"ringkasan": true}
	for _, c := range [][2]string{
		{"Diterima", "Diterima"},
		{"diterima", "diterima (2)"},
		{"RINGKASAN", "RINGKASAN (2)"},
		{"", "Tabel"},
		{"history", "Tabel (2)"},
		{"a/b:c*[d]?\\", "a b c  d"},
		{"'Umar'", "Umar"},
		{strings.Repeat("x", 40), strings.Repeat("x", 31)},
		{strings.Repeat("x", 41), strings.Repeat("x", 27) + " (2)"},
	} {
		if got := sheetName(c[0], taken); got != c[1] {
			t.Errorf("%q becomes %q, want %q", c[0], got, c[1])
		}
	}
}

func TestXLSXIsDeterministic(t *testing.T) {
	t.Parallel()
	for range 8 {
		if !bytes.Equal(workbook(t, broad(20, 9)), workbook(t, broad(20, 9))) {
			t.Fatal("equal papers give different files")
		}
	}
}

func FuzzXLSX(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s, int64(-1500), uint8(3))
	}
	f.Fuzz(func(t *testing.T, s string, n int64, columns uint8) {
		if len(s) > 2000 {
			return
		}
		wellFormed(t, workbook(t, anything(s, n, columns%8)))
	})
}

// wellFormed reads every part of a workbook as XML and finds no formula in it.
func wellFormed(t *testing.T, data []byte) {
	t.Helper()
	parts, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range parts.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(r); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", part.Name, err)
			}
			if e, ok := token.(xml.StartElement); ok && e.Name.Local == "f" {
				t.Fatalf("%s holds a formula", part.Name)
			}
		}
		_ = r.Close()
	}
}

func TestXLSXOfManyColumns(t *testing.T) {
	t.Parallel()
	wellFormed(t, workbook(t, anything("=Siti", -1500, 255)))
}

func BenchmarkXLSX(b *testing.B) {
	for _, rows := range []int{65, 1000} {
		b.Run(fmt.Sprintf("%dx12", rows), func(b *testing.B) {
			p := broad(rows, 12)
			for b.Loop() {
				workbook(b, p)
			}
		})
	}
}
