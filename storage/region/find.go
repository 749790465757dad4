package region

import (
	"slices"
	"strings"
	"unicode"

	"github.com/xrash/smetrics"
)

// Find returns the villages that typed words may mean: none, one, or several to ask about. within
// limits it to a kecamatan; 0 does not. "Seloto Taliwang" names the kecamatan too.
func (r *Region) Find(typed string, within Code) []Place {
	return r.find(fold(typed), func(p Place) bool {
		return p.Kind != District && (within == 0 || p.District == within)
	}, true)
}

// FindDistrict returns the kecamatan that typed words mean.
func (r *Region) FindDistrict(typed string) (Place, bool) {
	found := r.find(fold(typed), func(p Place) bool { return p.Kind == District }, false)
	if len(found) != 1 {
		return Place{}, false
	}
	return found[0], true
}

func (r *Region) find(words string, fits func(Place) bool, narrow bool) []Place {
	for _, w := range readings(words) {
		if found := r.named(w, fits); len(found) > 0 {
			return found
		}
	}
	if !narrow {
		return nil
	}
	return r.narrowed(words, fits)
}

// readings gives the words as they stand, then without the word for their kind.
func readings(words string) []string {
	out := []string{words}
	for _, kind := range []string{"desa ", "ds ", "kelurahan ", "kel ", "kecamatan ", "kec "} {
		if rest, ok := strings.CutPrefix(words, kind); ok {
			out = append(out, rest)
		}
	}
	return out
}

func (r *Region) named(w string, fits func(Place) bool) []Place {
	var out []Place
	for _, n := range r.names {
		if same(n.folded, w) && fits(n.place) && !slices.ContainsFunc(out, func(p Place) bool { return p.Code == n.place.Code }) {
			out = append(out, n.place)
		}
	}
	return out
}

// same compares without spaces, so that "Pototano" is Poto Tano. The word Desa stands for itself:
// "desaloka" and "desa loka" are the same, "desa beru" names one village and "beru" two.
func same(a, b string) bool {
	return strings.ReplaceAll(a, " ", "") == strings.ReplaceAll(b, " ", "")
}

// narrowed reads a village followed by its kecamatan.
func (r *Region) narrowed(words string, fits func(Place) bool) []Place {
	fields := strings.Fields(words)
	for cut := len(fields) - 1; cut > 0; cut-- {
		d, ok := r.FindDistrict(strings.Join(fields[cut:], " "))
		if !ok {
			continue
		}
		inside := func(p Place) bool { return fits(p) && p.District == d.Code }
		if found := r.find(strings.Join(fields[:cut], " "), inside, false); len(found) > 0 {
			return found
		}
	}
	return nil
}

// Suggest returns up to four villages that may be meant: named within a sentence, begun, or spelled
// almost as typed. They may only be offered.
func (r *Region) Suggest(typed string, within Code) []Place {
	return r.suggest(typed, func(p Place) bool {
		return p.Kind != District && (within == 0 || p.District == within)
	})
}

// SuggestDistrict returns the kecamatan that may be meant.
func (r *Region) SuggestDistrict(typed string) []Place {
	return r.suggest(typed, func(p Place) bool { return p.Kind == District })
}

func (r *Region) suggest(typed string, fits func(Place) bool) []Place {
	words := fold(typed)
	all := readings(words)
	w := all[len(all)-1]
	if len(w) < 4 {
		return nil
	}
	var out []Place
	for _, like := range []func(name string) bool{
		func(name string) bool { return len(name) > 3 && strings.Contains(" "+words+" ", " "+name+" ") },
		func(name string) bool { return strings.HasPrefix(name, w) },
		func(name string) bool { return len(w) <= 40 && smetrics.WagnerFischer(w, name, 1, 1, 1) <= 2 },
	} {
		for _, n := range r.names {
			if len(out) < 4 && fits(n.place) && like(n.folded) && !slices.Contains(out, n.place) {
				out = append(out, n.place)
			}
		}
		if len(out) > 0 {
			break
		}
	}
	return out
}

// fold keeps small letters and digits, single spaces between words.
func fold(s string) string {
	if len(s) > 200 {
		s = s[:200]
	}
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c)
	}), " ")
}
