package render

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"wksbm/bot/paper"
)

func printed(t testing.TB, p paper.Paper) []byte {
	t.Helper()
	data, err := PDF(p)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Fatalf("begins with %q", data[:min(8, len(data))])
	}
	return data
}

func pages(data []byte) int { return len(regexp.MustCompile(`/Type /Page\b[^s]`).FindAll(data, -1)) }

// read returns the words of a PDF as poppler sees them, one string a page.
func read(t *testing.T, data []byte) []string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("pdftotext is missing: install poppler-utils")
		}
		t.Skip("pdftotext is missing: install poppler-utils to read the PDF back")
	}
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), tool, "-layout", "-enc", "UTF-8", name, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

func TestPDFLetter(t *testing.T) {
	t.Parallel()
	text := read(t, printed(t, ledger(4)))
	if len(text) != 1 {
		t.Fatalf("%d pages", len(text))
	}
	at := 0
	for _, want := range []string{
		"DESA SELOTO", "LAPORAN BULANAN PENERIMAAN BANTUAN", "Nomor: 400.9/012/WKSBM/XI/2026", "Periode: 1–30 November 2026",
		"Desa/Kelurahan", ": Seloto", "Bantuan yang diterima", "Tanggal", "1 Nov 2026", "1,25", "Rp12.500", "Jumlah", "Rp125.000",
		"Catatan", "• Laporan susulan", "Seloto, 30 November 2026", "Kepala Desa Seloto", "( Sumiati )", "Halaman 1 dari 1",
	} {
		i := strings.Index(text[0][at:], want)
		if i < 0 {
			t.Fatalf("%q is missing after %q in\n%s", want, text[0][:at], text[0])
		}
		at += i
	}
}

func TestPDFRepeatsTheHeadOnEachPage(t *testing.T) {
	t.Parallel()
	data := printed(t, ledger(120))
	text := read(t, data)
	if len(text) < 4 || pages(data) != len(text) {
		t.Fatalf("%d pages, %d of them read", pages(data), len(text))
	}
	for i, page := range text[:len(text)-1] {
		if !strings.Contains(page, "Pemberi") || !strings.Contains(page, fmt.Sprintf("Halaman %d dari %d", i+1, len(text))) {
			t.Errorf("page %d:\n%s", i+1, page)
		}
	}
	all := strings.Join(text, "")
	for n := 1; n <= 120; n++ {
		if !regexp.MustCompile(fmt.Sprintf(`(?m)^ *%d +\d+ Nov 2026 `, n)).MatchString(all) {
			t.Errorf("row %d is missing", n)
		}
	}
}

func TestPDFKeepsSignaturesTogether(t *testing.T) {
	t.Parallel()
	for rows := 16; rows < 28; rows++ {
		text := read(t, printed(t, ledger(rows)))
		last := text[len(text)-1]
		for _, want := range []string{"Seloto, 30 November 2026", "Ketua WKSBM", "( Sumiati )", "Kepala Desa Seloto"} {
			if !strings.Contains(last, want) {
				t.Errorf("%d rows: %q is not on the last page\n%s", rows, want, last)
			}
		}
	}
}

func TestPDFLiesDownForABroadTable(t *testing.T) {
	t.Parallel()
	for columns, lying := range map[int]bool{4: false, 12: true} {
		data := printed(t, broad(30, columns))
		if got := bytes.Count(data, []byte("/MediaBox [0 0 841.89 595.28]")) == pages(data); got != lying {
			t.Errorf("%d columns: lying %v", columns, got)
		}
	}
	text := strings.Join(read(t, printed(t, broad(65, 12))), "")
	for _, want := range []string{"bantuan 11", "Desa 65", "Rp715.000"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func TestPDFOfOddWords(t *testing.T) {
	t.Parallel()
	text := strings.Join(strings.Fields(strings.Join(read(t, printed(t, odd())), " ")), " ")
	for _, want := range []string{"=1+1", "terima kasih", "-Rp5.000", "-2,5", "Abdurrahman", "xxxx", "5207990000000001", "Beras ½ karung", "José", "‘kutip’ – 5 m²"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
}

func TestPDFOfNothing(t *testing.T) {
	t.Parallel()
	printed(t, paper.Paper{})
	text := strings.Join(read(t, printed(t, ledger(0))), "")
	if !strings.Contains(text, "Belum ada bantuan yang diterima.") {
		t.Errorf("says nothing of the empty table:\n%s", text)
	}
}

// A row that is taller than a page goes on overleaf, and ends.
func TestPDFOfATallRow(t *testing.T) {
	t.Parallel()
	p := ledger(2)
	p.Tables[0].Rows[1][2] = paper.Text(strings.Repeat("amanah ", 4000))
	text := read(t, printed(t, p))
	if n := strings.Count(strings.Join(text, ""), "amanah"); n < 590 || len(text) > 12 {
		t.Errorf("%d words on %d pages", n, len(text))
	}
}

func TestFontHasEveryLetter(t *testing.T) {
	t.Parallel()
	var all []rune
	for r := rune('!'); r < 0x3000; r++ {
		if inFont(r) && r != 0xA0 {
			all = append(all, r)
		}
	}
	var rows []string
	for len(all) > 0 {
		n := min(40, len(all))
		rows, all = append(rows, string(all[:n])), all[n:]
	}
	text := strings.Join(read(t, printed(t, paper.Paper{Notes: rows})), "")
	for _, row := range rows {
		if !strings.Contains(text, row) {
			t.Errorf("%s is not in the font", row)
		}
	}
}

func TestPDFIsDeterministic(t *testing.T) {
	t.Parallel()
	for range 5 {
		if !bytes.Equal(printed(t, odd()), printed(t, odd())) {
			t.Fatal("equal papers give different files")
		}
	}
}

func FuzzPDF(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s, int64(-1500), uint8(3))
	}
	f.Fuzz(func(t *testing.T, s string, n int64, columns uint8) {
		if len(s) > 2000 {
			return
		}
		data := printed(t, anything(s, n, columns%8))
		if pages(data) < 1 {
			t.Fatal("no page")
		}
	})
}

// No wish is too odd for a sheet: more columns than it holds, words longer than it.
func TestPDFOfManyColumns(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"Siti Aminah", strings.Repeat("W", 500)} {
		printed(t, anything(s, -1500, 255))
	}
}

func FuzzPrintable(f *testing.F) {
	for _, s := range append(hostile(), "𝗕𝗼𝗹𝗱 ½ ﬁ Ⅳ ㎏") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range printable(s) {
			if r != '\n' && !inFont(r) {
				t.Fatalf("%q lets %q through", s, r)
			}
		}
	})
}

// hostile are names that break what is careless.
func hostile() []string {
	return []string{
		"", "Siti", "=1+1", "@x", "\x00\x01\x1f", "\xff\xfe", "🙏👩‍👩‍👧", "\u202eabc\u2066", "{nb}", "()\\", "稲妻",
		"a\u0301 e\u0308", strings.Repeat("W", 300), "\n\n\n", "\ufffe\uffff\U0010ffff", "_x0000_", "'", "History", "[a]:*?/\\", "<&>\"",
	}
}

// anything is a paper with one text in every place.
func anything(s string, n int64, columns uint8) paper.Paper {
	p := paper.Paper{
		File: s, Kop: []string{s, s, s}, Title: s, Number: s, Period: s, Facts: []paper.Fact{{Label: s, Value: s}},
		Notes: []string{s, s}, Place: s, Date: time.Unix(n%(1<<40), 0).UTC(), Made: day(1),
		Signs: []paper.Sign{{Role: s, Name: s}, {Role: s}, {Name: s}, {Role: s, Name: s}},
	}
	t := paper.Table{Title: s, Sheet: s, Empty: s}
	var row []paper.Cell
	for i := range int(columns) {
		t.Columns = append(t.Columns, paper.Column{Title: s, Kind: paper.Kind(i % 4), Weight: int(n % 9)})
		row = append(row, []paper.Cell{paper.Text(s), paper.Quantity(n), paper.Rupiah(n), paper.Date(p.Date), paper.Count(math.MaxInt).Strong()}[i%5])
	}
	t.Rows, t.Total = [][]paper.Cell{row, row[:len(row)/2], nil}, row
	p.Tables = []paper.Table{t, {Title: s, Sheet: s, Empty: s, Columns: t.Columns}}
	return p
}

func BenchmarkPDF(b *testing.B) {
	for _, rows := range []int{65, 1000} {
		b.Run(fmt.Sprintf("%dx12", rows), func(b *testing.B) {
			p := broad(rows, 12)
			for b.Loop() {
				printed(b, p)
			}
		})
	}
}

// TestPDFSignaturesAreNeverAlone prints ledgers that end anywhere on a page.
func TestPDFSignaturesAreNeverAlone(t *testing.T) {
	t.Parallel()
	for rows := 10; rows < 40; rows += 2 {
		text := read(t, printed(t, ledger(rows)))
		if last := text[len(text)-1]; !strings.Contains(last, "Catatan") || !strings.Contains(last, "( Sumiati )") {
			t.Errorf("with %d rows the last page is\n%s", rows, last)
		}
	}
}
