package text

import (
	"strings"
)

// SplitList cuts "beras 20 kg, telur 2 rak dan uang 500rb" into its items. Commas inside numbers do
// not cut; without any separator it cuts behind each number with its unit.
func SplitList(s string) []string {
	var out []string
	for _, part := range cutMarks(s) {
		out = append(out, cutPairs(part)...)
	}
	return out
}

// maxList is how much of a list is looked at.
const maxList = 2000

func cutMarks(s string) []string {
	if len(s) > maxList {
		s = strings.ToValidUTF8(s[:maxList], " ")
	}
	s = strings.NewReplacer("\n", ";", "\r", ";", " dan ", ";", " & ", ";", "+", ";", " serta ", ";", "•", ";").Replace(s)
	var parts []string
	start := 0
	for i := range len(s) {
		comma := s[i] == ',' && !(i > 0 && digitish(rune(s[i-1])) && i+1 < len(s) && digitish(rune(s[i+1]))) && !strings.HasPrefix(s[i:], ",-")
		if s[i] == ';' || comma {
			parts, start = append(parts, s[start:i]), i+1
		}
	}
	parts = append(parts, s[start:])
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// cutPairs cuts "beras 20 kg telur 2 rak": behind each quantity when names come first, before each
// quantity when numbers do. Anything less regular stays in one piece.
func cutPairs(part string) []string {
	words := spellOut(tokens(part))
	var cuts [][2]int // spans of number and unit
	for at := 0; at < len(words) && len(cuts) < 60; {
		from, to := findNumeral(words[at:])
		if from < 0 {
			break
		}
		from, to = from+at, to+at
		if to < len(words) {
			if _, unit := FindUnit(words[to]); unit {
				to++
			}
		}
		cuts, at = append(cuts, [2]int{from, to}), to
	}
	if len(cuts) < 2 {
		return []string{part}
	}
	nameFirst := cuts[0][0] > 0
	var out []string
	start := 0
	for i, c := range cuts {
		end := c[1]
		if !nameFirst {
			end = len(words)
			if i+1 < len(cuts) {
				end = cuts[i+1][0]
			}
		}
		if end-start <= c[1]-c[0] && nameFirst || !nameFirst && end == c[1] {
			return []string{part} // a quantity without a name: not that regular
		}
		out, start = append(out, strings.Join(words[start:end], " ")), end
	}
	if start < len(words) {
		return []string{part}
	}
	return out
}
