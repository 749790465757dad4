// Package kin tells whether two names may be of one person.
package kin

import (
	"slices"
	"strings"

	"wksbm/bot/text"
)

// Key makes names comparable that are written in several ways: titles and degrees out, old spelling
// and doubled letters made new, short forms of common names made long. The father's name, behind
// "bin" or "binti", stays at the end behind "bin". Key(Key(s)) is Key(s).
func Key(name string) string {
	key := keyOnce(name)
	for range 8 {
		next := keyOnce(key)
		if next == key {
			break
		}
		key = next
	}
	return key
}

func keyOnce(name string) string {
	words := strings.Fields(text.Fold(text.BareName(name)))
	var out []string
	for i, w := range words {
		w = spell(w)
		if w == "m" && i == 0 && len(words) > 1 { // "M. Saleh"
			w = muhammad
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

const muhammad = "muhamad"

// spellings are names that everyone writes in their own way, as letters leaves them.
var spellings = map[string]string{
	"moh": muhammad, "mohd": muhammad, "muh": muhammad, "muhd": muhammad, "mhd": muhammad, "mohamad": muhammad, "mohamed": muhammad,
	"muhamed": muhammad, "muhamat": muhammad, "mohamat": muhammad, "muhammad": muhammad,
	"abd": "abdul", "st": "siti", "sity": "siti", "ahmed": "ahmad", "ahmat": "ahmad", "amad": "ahmad",
	"sole": "sale", "soli": "sale", "sali": "sale", "binti": "bin", "bt": "bin", "bte": "bin", "binte": "bin", "ibnu": "bin",
}

// spell writes a word in one way.
func spell(w string) string {
	w = letters(w)
	if long, ok := spellings[w]; ok {
		return long
	}
	return w
}

// sounds are pairs of old or Arabic spelling beside the letters used now, in the order they are tried.
var sounds = strings.NewReplacer(
	"oe", "u", "dj", "j", "tj", "c", "kh", "h", "ch", "h", "sy", "s", "sh", "s", "dz", "z", "dh", "d", "th", "t", "ts", "s", "ph", "f",
	"v", "f", "q", "k", "iya", "ia", "iyu", "iu", "uwa", "ua", "uwi", "ui",
)

// letters makes one spelling of a word's sounds. An h at the end of a longer word is not heard.
func letters(w string) string {
	w = single(sounds.Replace(single(w)))
	if len(w) > 3 {
		w = strings.TrimSuffix(w, "h")
	}
	return w
}

// single makes one letter of doubled ones.
func single(w string) string {
	return string(slices.Compact([]rune(w)))
}
