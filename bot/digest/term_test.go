package digest_test

import (
	"strings"
	"testing"
	"time"

	"wksbm/bot/digest"
	"wksbm/bot/paper"
	"wksbm/storage"
	"wksbm/storage/region"
)

// The term that the office chose stands wherever its papers name people in need.
func TestTermInEveryPaper(t *testing.T) {
	t.Parallel()
	r := region.Must(region.Load())
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA)
	d := digest.Detail{Digest: digest.Digest{Period: digest.Month(storage.DayOf(at).Month()), Term: "PPKS"}}
	for name, p := range map[string]paper.Paper{"letter": d.Letter(r, at), "workbook": d.Workbook(r, at), "export": digest.Export{Detail: d}.Paper(r, at)} {
		found := false
		for _, table := range p.Tables {
			words := table.Title
			for _, c := range table.Columns {
				words += "\n" + c.Title
			}
			if strings.Contains(words, "Warga baru") {
				t.Errorf("%s, table %q: still by the common word", name, table.Title)
			}
			found = found || strings.Contains(words, "PPKS")
		}
		if !found {
			t.Errorf("%s: the term is nowhere", name)
		}
	}
}
