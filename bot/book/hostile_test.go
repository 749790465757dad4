package book_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"wksbm/bot/book"
	"wksbm/bot/paper"
	"wksbm/bot/render"
	"wksbm/storage"
	"wksbm/storage/region"
)

// hostile are names that break what is careless.
func hostile() map[string]string {
	return map[string]string{
		"formula": "=1+1", "command": "@SUM(A1:A9)", "long": strings.Repeat("Panjang ", 20) + strings.Repeat("W", 140),
		"odd": "\u202eitiS\u2066 👩‍👧 <b>Siti</b> &amp; <script> Si\x00ti\x1f\n\n \xff\xfe",
	}
}

// TestHostileNames writes every book with names of one kind in every place: files are made, hold no
// formula, and can be read back.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	for label, name := range hostile() {
		t.Run(label, func(t *testing.T) {
			t.Parallel()
			shelf(t, func(string) string { return name }, func(s book.Shelf) {
				for _, kind := range book.Kinds() {
					p, _ := s.Paper(kind)
					data, err := render.PDF(p)
					if err != nil || !bytes.HasPrefix(data, []byte("%PDF")) {
						t.Fatalf("pdf of %s: %v", kind, err)
					}
					if data, err = render.XLSX(p); err != nil {
						t.Fatalf("xlsx of %s: %v", kind, err)
					}
					noFormulas(t, data, name)
					if caption := s.Caption(kind); strings.Contains(strings.NewReplacer("<b>", "", "</b>", "").Replace(caption), "<") {
						t.Errorf("caption of %s: %s", kind, caption)
					}
				}
			})
		})
	}
}

// noFormulas reads a workbook back; a name that looks like a formula stands there as it was typed.
func noFormulas(t *testing.T, data []byte, name string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	found := strings.Contains(name, " ")
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x, value := range row {
				found = found || strings.Contains(value, name)
				cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if formula, err := f.GetCellFormula(sheet, cell); formula != "" || err != nil {
					t.Errorf("%s!%s is a formula %q, %v", sheet, cell, formula, err)
				}
			}
		}
	}
	if !found {
		t.Errorf("%q is nowhere", name)
	}
}

// TestPDFSaysWhatTheBookSays reads the cash book and the monthly report as print.
func TestPDFSaysWhatTheBookSays(t *testing.T) {
	t.Parallel()
	tool, err := exec.LookPath("pdftotext")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("pdftotext of poppler-utils is not installed")
	}
	shelf(t, asTyped, func(s book.Shelf) {
		for kind, want := range map[string][]string{
			book.Cash:    {"BUKU KAS", "DESA SELOTO", "Rp1.500.000", "Rp550.000", "Rp300.000", "Rp1.750.000", "Koreksi No. 0005", "( Rahmawati )", "Halaman 1 dari 1"},
			book.Monthly: {"LAPORAN BULANAN WKSBM", "140/12/SK/2025", "Rp550.000", "Rp300.000", "Rp1.750.000", "Beras 15 kg; Telur 2 rak", "Kasus sensitif"},
		} {
			words := strings.ToLower(printed(t, tool, s, kind))
			for _, w := range want {
				if !strings.Contains(words, strings.ToLower(w)) {
					t.Errorf("%s does not say %q:\n%s", kind, w, words)
				}
			}
		}
	})
}

func printed(t *testing.T, tool string, s book.Shelf, kind string) string {
	t.Helper()
	p, _ := s.Paper(kind)
	data, err := render.PDF(p)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), p.Name("pdf"))
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestFilesAreForOfficers holds the right to files to role, state and village.
func TestFilesAreForOfficers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		role  storage.Role
		state storage.MemberState
		place region.Code
		may   bool
	}{
		{storage.Ketua, storage.Active, seloto, true},
		{storage.Pengurus, storage.Active, seloto, true},
		{storage.Relawan, storage.Active, seloto, false},
		{storage.Ketua, storage.Revoked, seloto, false},
		{storage.Ketua, storage.Pending, seloto, false},
		{storage.Ketua, storage.Active, seloto + 1, false},
	} {
		if got := book.MayTake(storage.Member{Role: c.role, State: c.state, Village: c.place}, seloto); got != c.may {
			t.Errorf("%s, %s of %d may take the files: %v", c.role, c.state, c.place, got)
		}
	}
}

// TestEmptyMonth writes every book of a village in which nothing happened.
func TestEmptyMonth(t *testing.T) {
	t.Parallel()
	shelf(t, asTyped, func(s book.Shelf) {
		s.Village, _ = s.Region.ByCode(5207062004)
		for _, kind := range book.Kinds() {
			p, ok := s.Paper(kind)
			if _, err := render.PDF(p); !ok || err != nil {
				t.Errorf("pdf of %s: %v", kind, err)
			}
			if _, err := render.XLSX(p); err != nil {
				t.Errorf("xlsx of %s: %v", kind, err)
			}
		}
		if _, ok := s.Paper("poetry"); ok {
			t.Error("there is a book of poetry")
		}
	})
}

// TestPaperIsDeterministic: equal shelves give equal papers and files.
func TestPaperIsDeterministic(t *testing.T) {
	t.Parallel()
	shelf(t, asTyped, func(s book.Shelf) {
		for _, kind := range book.Kinds() {
			var before []byte
			for range 3 {
				p, _ := s.Paper(kind)
				data, err := render.XLSX(paper.Paper(p))
				if err != nil || before != nil && !bytes.Equal(before, data) {
					t.Fatalf("%s differs: %v", kind, err)
				}
				before = data
			}
		}
	})
}

func TestRead(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA)
	november := storage.DayOf(now).Month()
	for words, want := range map[string]book.Wish{
		"kas oktober":               {Kind: book.Cash, Month: november - 1},
		"Buku barang bulan lalu":    {Kind: book.Goods, Month: november - 1},
		"laporan bulanan":           {Kind: book.Monthly},
		"laporan bulanan bulan ini": {Kind: book.Monthly, Month: november},
		"laporan bulan november":    {Kind: book.Monthly, Month: november},
		"laporan oktober pdf":       {Kind: book.Monthly, Month: november - 1, Format: "pdf"},
		"daftar hadir":              {Kind: book.Meetings},
		"daftar warga excel":        {Kind: book.Cases, Format: "xlsx"},
		"kas desember 2025":         {Kind: book.Cash, Month: november - 11},
		"notulen september":         {Kind: book.Meetings, Month: november - 2},
		"":                          {},
	} {
		if got, sure := book.Read(words, now); got != want || !sure {
			t.Errorf("%q is %+v, %v, want %+v", words, got, sure, want)
		}
	}
	for _, words := range []string{"tulis 10 buah", "warung", "kas 5", "buku tulis dari PKK", "kas bu siti"} {
		if got, sure := book.Read(words, now); sure {
			t.Errorf("%q is taken for %+v", words, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("buku kas oktober 2026 pdf")
	f.Add("laporan bulan\xff")
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA)
	f.Fuzz(func(t *testing.T, words string) {
		w, sure := book.Read(words, now)
		if w.Kind != "" && book.Title(w.Kind) == "" || w.Month < 0 || w.Format != "" && w.Format != "pdf" && w.Format != "xlsx" {
			t.Fatalf("%q is %+v, %v", words, w, sure)
		}
	})
}
