package welfare

import (
	"maps"
	"slices"
	"strings"

	"wksbm/bot/text"
)

// names leads from what people type, folded, to the places of a list.
type names map[string][]int

// add lets a name lead to a place.
func (n *names) add(at int, name string) {
	if *n == nil {
		*n = make(names)
	}
	if key := strings.Join(wordsOf(name), " "); key != "" && !slices.Contains((*n)[key], at) {
		(*n)[key] = append((*n)[key], at)
	}
}

// longestName is how many words a name has at most.
const longestName = 12

// find returns the places named in words, in order. Of overlapping names the longest counts.
func (n names) find(words string) []int {
	found := make(map[int]bool)
	for _, part := range text.SplitList(strings.ReplaceAll(words, "/", ",")) {
		fields := wordsOf(part)
		for at := 0; at < len(fields); {
			to, places := n.longest(fields, at)
			for _, p := range places {
				found[p] = true
			}
			at = max(to, at+1)
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// longest returns the longest name that begins at a word, and where it ends.
func (n names) longest(fields []string, at int) (int, []int) {
	for to := min(len(fields), at+longestName); to > at; to-- {
		name := strings.Join(fields[at:to], " ")
		whole := at == 0 && to == len(fields)
		if places, ok := n[name]; ok && (whole || !onlyAlone(name)) {
			return to, places
		}
	}
	return at, nil
}

// onlyAlone says that a name is too common a word to be meant among others: "pd" is also "pada".
func onlyAlone(name string) bool { return len(name) <= 2 || name == "anak" }

// wordsOf makes words comparable: folded, one spelling, without what carries no meaning.
func wordsOf(s string) []string {
	var out []string
	for _, w := range strings.Fields(text.Fold(s)) {
		switch w {
		case "yang", "yg", "dengan", "dgn", "dg", "seorang", "para", "kaum":
			continue
		case "telantar", "ditelantarkan", "diterlantarkan":
			w = "terlantar"
		case "anak2":
			w = "anak"
		}
		if root, ok := strings.CutSuffix(w, "nya"); ok && len(root) > 3 {
			w = root
		}
		if len(out) == 0 || out[len(out)-1] != w { // anak-anak
			out = append(out, w)
		}
	}
	return out
}
