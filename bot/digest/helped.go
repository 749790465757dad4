package digest

import (
	"maps"
	"slices"

	"wksbm/storage"
)

// CountHelped is the name among a digest's Totals.Counts of the households on record that got aid, each counted
// once. The archive does not keep it: whom a family got aid from may still be corrected.
const CountHelped = "helped"

// withHelped adds to totals how many of a village's households got aid from day to day.
func withHelped(tx *storage.Tx, all []storage.Case, t storage.Totals, from, to storage.Day) storage.Totals {
	n := 0
	for _, c := range all {
		if !c.Held && helped(tx, c, from, to) {
			n++
		}
	}
	if n > 0 {
		t.Counts = maps.Clone(t.Counts)
		if t.Counts == nil {
			t.Counts = map[string]int{}
		}
		t.Counts[CountHelped] = n
	}
	return t
}

// helped says whether a household got aid that was booked from day to day.
func helped(tx *storage.Tx, c storage.Case, from, to storage.Day) bool {
	for _, n := range slices.Backward(c.Helped) {
		r, _ := tx.Report(n)
		switch day := storage.DayOf(r.At); {
		case day < from:
			return false // what was reported before is older
		case day <= to:
			return true
		}
	}
	return false
}
