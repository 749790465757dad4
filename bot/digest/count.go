package digest

import (
	"cmp"
	"slices"
	"strconv"

	"wksbm/bot/welfare"
	"wksbm/storage"
)

// Count is how many there are of something.
type Count struct {
	Label string
	Count int
}

// AidKind is the label of reports of aid in ByKind.
const AidKind = "bantuan"

// ByKind says of what kinds reports are. Aid received and aid given are one kind.
func ByKind(t storage.Totals) []Count {
	homes, meetings, deaths := t.Counts[storage.CountCases], t.Counts[storage.CountMeetings], t.Counts[storage.CountDeaths]
	var out []Count
	for _, c := range []Count{{AidKind, t.Reports - homes - meetings - deaths}, {"warga", homes}, {"rapat", meetings}, {"kematian", deaths}} {
		if c.Count > 0 {
			out = append(out, c)
		}
	}
	return out
}

// Categories counts the households that were recorded by category. Sensitive ones are one number.
func Categories(t storage.Totals) []Count {
	var out []Count
	hidden := 0
	for _, c := range welfare.Categories() {
		n := t.Counts[storage.CountCategory+strconv.Itoa(c.No)]
		switch {
		case c.Sensitive:
			hidden += n
		case n > 0:
			out = append(out, Count{c.Label, n})
		}
	}
	if hidden > 0 {
		out = append(out, Count{Hushed, hidden})
	}
	return out
}

// Most are the categories that most of the households recorded have, up to n of them, by their short names. others counts
// the rest, sensitive ones among them.
func Most(t storage.Totals, n int) (most []Count, others int) {
	for _, c := range welfare.Categories() {
		switch k := t.Counts[storage.CountCategory+strconv.Itoa(c.No)]; {
		case k <= 0:
		case c.Sensitive:
			others += k
		default:
			most = append(most, Count{c.Short, k})
		}
	}
	slices.SortStableFunc(most, func(a, b Count) int { return cmp.Compare(b.Count, a.Count) })
	for i := n; i < len(most); i++ {
		others += most[i].Count
	}
	return most[:min(n, len(most))], others
}
