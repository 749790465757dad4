package kin

import (
	"slices"
	"strings"

	"github.com/xrash/smetrics"
)

// Alike reports whether two names may be of one person, so that somebody is asked. It never decides:
// Saleh and Soleh are alike, Ahmad and Ahmadi are not, for a vowel at the end makes another name of
// one (Salim, Salimah). The order of the words does not count; fathers count when both are named.
func Alike(a, b string) bool { return KeysAlike(Key(a), Key(b)) }

// KeysAlike is Alike for names of which Key was taken before.
func KeysAlike(a, b string) bool {
	if a > b {
		a, b = b, a
	}
	own, father := parts(a)
	other, otherFather := parts(b)
	if len(own) == 0 || len(other) == 0 {
		return false
	}
	if len(father) > 0 && len(otherFather) > 0 && !sameName(father, otherFather) {
		return false
	}
	return sameName(own, other)
}

// parts parts a key into own name and father's.
func parts(key string) (own, father []string) {
	words := strings.Fields(key)
	if i := slices.Index(words, "bin"); i > 0 {
		return words[:i], words[i+1:]
	}
	return words, nil
}

// sameName compares the words of two names. Every word of the shorter must be in the longer, which
// may have one more when two others agree.
func sameName(a, b []string) bool {
	if joined(a, b) {
		return true
	}
	coreA, coreB := core(a), core(b)
	short, long := coreA, coreB
	if len(short) > len(long) {
		short, long = long, short
	}
	if !within(short, long) {
		return false
	}
	switch len(long) - len(short) {
	case 0:
		return true
	case 1:
		return len(short) > 1 || min(len(a), len(b)) > 1
	}
	return false
}

// core leaves out names that half a village bears, when others remain.
func core(words []string) []string {
	var out []string
	for _, w := range words {
		if w != "siti" && w != muhammad {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return words
	}
	return out
}

// within reports whether each word of short has one of its own in long.
func within(short, long []string) bool {
	left := slices.Clone(long)
	whole := false // initials alone make no name
	for _, w := range short {
		i := slices.Index(left, w)
		if i < 0 {
			i = slices.IndexFunc(left, func(l string) bool { return wordsAlike(w, l) })
		}
		if i < 0 {
			return false
		}
		whole = whole || len(w) > 1 && len(left[i]) > 1
		left = slices.Delete(left, i, i+1)
	}
	return whole || slices.Equal(short, long)
}

// How near words must be, on the scale of Jaro and Winkler.
const (
	near       = 0.93
	nearJoined = 0.95
)

// wordsAlike compares two words. An initial stands for every word that begins with it.
func wordsAlike(a, b string) bool {
	switch {
	case a == b:
		return true
	case len(a) == 1 || len(b) == 1:
		return a[0] == b[0]
	case stem(a) == stem(b):
		return false // Ahmad, Ahmadi; Rahma, Rahmi
	}
	return smetrics.JaroWinkler(min(a, b), max(a, b), 0.7, 4) >= near
}

func stem(w string) string { return strings.TrimRight(w, "aiueo") }

// joined compares names of which one is written together: Nur Hayati, Nurhayati.
func joined(a, b []string) bool {
	x, y := single(strings.Join(a, "")), single(strings.Join(b, ""))
	if x == y {
		return true
	}
	return len(a) != len(b) && stem(x) != stem(y) && smetrics.JaroWinkler(min(x, y), max(x, y), 0.7, 4) >= nearJoined
}
