package book_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wksbm/bot/book"
	"wksbm/bot/paper"
	"wksbm/bot/render"
)

var (
	update = flag.Bool("update", false, "write the papers as they are now")
	keep   = flag.String("keep", "", "directory that gets the files, to look at them")
)

// TestPapers compares every book of a month's work with testdata/*.txt.
func TestPapers(t *testing.T) {
	t.Parallel()
	shelf(t, asTyped, func(s book.Shelf) {
		for _, kind := range book.Kinds() {
			p, ok := s.Paper(kind)
			if !ok {
				t.Fatalf("no paper of %s", kind)
			}
			got := print(p) + "--- keterangan\n" + s.Caption(kind) + "\n"
			store(t, p)
			file := filepath.Join("testdata", kind+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (-file +now):\n%s", kind, diff)
			}
			for _, secret := range []string{"Rahasia", "B. S.", "5207995508520001", "HIV", "AIDS"} {
				if strings.Contains(got, secret) {
					t.Errorf("%s holds %q", kind, secret)
				}
			}
		}
	})
}

// store keeps the files of a paper where somebody wants to look at them.
func store(t *testing.T, p paper.Paper) {
	if *keep == "" {
		return
	}
	for format, press := range map[string]func(paper.Paper) ([]byte, error){"pdf": render.PDF, "xlsx": render.XLSX} {
		data, err := press(p)
		if err == nil {
			err = os.WriteFile(filepath.Join(*keep, p.Name(format)), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// print writes a paper down, a line a row.
func print(p paper.Paper) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\nNomor: %s\nPeriode: %s\nBerkas: %s\n", strings.Join(p.Kop, "\n"), p.Title, p.Number, p.Period, p.Name("pdf"))
	for _, f := range p.Facts {
		fmt.Fprintf(&b, "%s: %s\n", f.Label, f.Value)
	}
	row := func(cells []paper.Cell) {
		var words []string
		for _, c := range cells {
			words = append(words, strings.ReplaceAll(c.String(), "\n", " / "))
		}
		b.WriteString("| " + strings.Join(words, " | ") + "\n")
	}
	for _, t := range p.Tables {
		fmt.Fprintf(&b, "\n== %s (%s)\n", t.Title, t.SheetName())
		var heads []string
		for _, c := range t.Columns {
			heads = append(heads, c.Title)
		}
		b.WriteString("# " + strings.Join(heads, " | ") + "\n")
		for _, r := range t.Rows {
			row(r)
		}
		if len(t.Rows) == 0 {
			b.WriteString(t.Empty + "\n")
		}
		if t.Total != nil {
			b.WriteString("= ")
			row(t.Total)
		}
	}
	b.WriteString("\n")
	for _, n := range p.Notes {
		b.WriteString("* " + n + "\n")
	}
	fmt.Fprintf(&b, "%s, %s\n", p.Place, p.Date.Format("2 January 2006"))
	for _, s := range p.Signs {
		fmt.Fprintf(&b, "[%s: %s]\n", strings.ReplaceAll(s.Role, "\n", " "), s.Name)
	}
	return b.String()
}
