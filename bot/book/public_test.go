package book_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wksbm/bot/book"
)

// TestMonthlyForAGroup holds what a group gets of a month's report to testdata/monthly_public.txt: the same
// sums without anything that people wrote in their own words.
func TestMonthlyForAGroup(t *testing.T) {
	t.Parallel()
	shelf(t, asTyped, func(s book.Shelf) {
		full, _ := s.Paper(book.Monthly)
		s.Public = true
		p, _ := s.Paper(book.Monthly)
		got := print(p) + "--- keterangan\n" + s.Caption(book.Monthly) + "\n"
		store(t, p)
		for _, words := range []string{"asur", "Senam", "Kunjungan", "Kader", "jadwal"} {
			if strings.Contains(got, words) {
				t.Errorf("the group reads %q", words)
			}
		}
		for i := range full.Tables[:4] {
			if a, b := len(full.Tables[i].Rows), len(p.Tables[i].Rows); b > a || a > 0 && b == 0 {
				t.Errorf("table %d has %d rows for the village and %d for a group", i, a, b)
			}
		}
		file := filepath.Join("testdata", "monthly_public.txt")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("monthly (-file +now):\n%s", diff)
		}
	})
}
