package office

import (
	"slices"
	"strings"

	"wksbm/storage"
	"wksbm/storage/region"
)

// ReadAudience reads to whom an announcement goes from the beginning of a line: "ketua kecamatan
// Taliwang", "semua", "desa Seloto relawan". rest is what follows it. false: it names nobody.
func ReadAudience(r *region.Region, line string) (to storage.Audience, rest string, ok bool) {
	words := strings.Fields(line)
	for _, bare := range []bool{true, false} {
		to, n := audience(r, words, bare)
		if n > 0 && (n == len(words) || !bare) {
			return to, strings.Join(words[n:], " "), true
		}
	}
	return storage.Audience{}, "", false
}

// audience reads words from the first on and returns how many it took; 0 when they name nobody. bare
// lets places be named without the word for their kind.
func audience(r *region.Region, words []string, bare bool) (to storage.Audience, n int) {
	for i := 0; i < len(words); {
		word := plainWord(words[i])
		role := storage.Role(word)
		place, took := placeAt(r, words[i:], bare)
		switch {
		case role == storage.Ketua || role == storage.Pengurus || role == storage.Relawan || role == storage.TKSK:
			to.Roles = add(to.Roles, role)
			i++
			n = i
		case word == "semua" || word == "seluruh":
			i++
			n = i
		case slices.Contains([]string{"", "untuk", "kepada", "ke", "para", "dan", "di", "anggota"}, word): // only stand between
			i++
		case took > 0:
			to.Places = add(to.Places, place)
			i += took
			n = i
		default:
			return to, n
		}
	}
	return to, n
}

func add[T comparable](list []T, v T) []T {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

func plainWord(w string) string { return strings.ToLower(strings.Trim(w, ",;:+.-")) }

// longest is how many words the name of a place has at most, with its kind and its kecamatan.
const longest = 6

// placeAt finds the place that words begin with, the longest name first.
func placeAt(r *region.Region, words []string, bare bool) (region.Code, int) {
	kind := plainWord(words[0])
	district := kind == "kecamatan" || kind == "kec"
	village := kind == "desa" || kind == "ds" || kind == "kelurahan" || kind == "kel"
	if !district && !village && !bare {
		return 0, 0
	}
	for n := min(longest, len(words)); n > 0; n-- {
		name := strings.TrimRight(strings.Join(words[:n], " "), ",;:+.-")
		if place, ok := r.FindDistrict(name); ok && !village {
			return place.Code, n
		}
		if found := r.Find(name, 0); len(found) == 1 && !district {
			return found[0].Code, n
		}
	}
	return 0, 0
}

// reads says whether an audience holds a member.
func (o *Office) reads(to storage.Audience, m storage.Member) bool {
	if len(to.Roles) > 0 && !slices.Contains(to.Roles, m.Role) {
		return false
	}
	p, _ := o.Region.ByCode(m.Village)
	return len(to.Places) == 0 || slices.Contains(to.Places, p.Code) || slices.Contains(to.Places, p.District)
}

// readers are the people of an audience who can be reached, by user id, how many cannot, and of how
// many villages they are.
func (o *Office) readers(tx *storage.Tx, to storage.Audience) (people []int64, away, villages int) {
	for _, place := range slices.Concat(o.Region.Villages(0), o.Region.Districts()) {
		here := len(people)
		for _, m := range tx.Members(place.Code) {
			switch {
			case m.State != storage.Active || !o.reads(to, m):
			case tx.Chat(m.User).Unreachable:
				away++
			default:
				people = append(people, m.User)
			}
		}
		if len(people) > here && place.Kind != region.District {
			villages++
		}
	}
	slices.Sort(people)
	return people, away, villages
}

// audienceName says in words to whom an announcement goes.
func (o *Office) audienceName(to storage.Audience) string {
	who := "semua anggota"
	if len(to.Roles) > 0 {
		var roles []string
		for _, r := range to.Roles {
			roles = append(roles, r.Noun())
		}
		who = "semua " + strings.Join(roles, " dan ")
	}
	if len(to.Places) == 0 {
		return who
	}
	var places []string
	for _, c := range to.Places {
		places = append(places, o.Region.FullName(c))
	}
	return who + ", " + strings.Join(places, "; ")
}
