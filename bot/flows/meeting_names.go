package flows

import (
	"regexp"
	"slices"
	"strings"

	"wksbm/bot/flow"
	"wksbm/bot/kin"
	"wksbm/bot/text"
	"wksbm/storage"
)

// onRoster finds whom a typed name means: who is called so, else who is in another spelling, else
// those whose names its words begin.
func onRoster(e Env, people []storage.Attendee, name string) []storage.Attendee {
	fold, key := text.Fold(text.BareName(name)), kin.Key(name)
	for _, like := range []func(string) bool{
		func(n string) bool { return text.Fold(n) == text.Fold(name) },
		func(n string) bool { return text.Fold(text.BareName(n)) == fold },
		func(n string) bool { return kin.Key(n) == key },
		func(n string) bool { return fits(text.Fold(n), fold) },
	} {
		if found := bearers(e, people, like); len(found) > 0 {
			return found
		}
	}
	return nil
}

// alikeOnRoster are those who may be meant by a name that is nobody's.
func alikeOnRoster(e Env, people []storage.Attendee, name string) []storage.Attendee {
	return bearers(e, people, func(n string) bool { return kin.Alike(n, name) })
}

// bearers are those whose name fits.
func bearers(e Env, people []storage.Attendee, fits func(string) bool) []storage.Attendee {
	var out []storage.Attendee
	for _, a := range people {
		if n := nameOf(e, a); n != storage.Erased && fits(n) {
			out = append(out, a)
		}
	}
	return out
}

// invitees are those who can be ticked: the roster, and of a report that is changed those of its time.
func invitees(e Env, m *meeting) []storage.Attendee {
	people := roster(e)
	for _, a := range expected(e, m) {
		if !slices.ContainsFunc(people, func(p storage.Attendee) bool { return p.ID == a.ID }) {
			people = append(people, a)
		}
	}
	return people
}

// attending are words beside a name that say no more than that somebody came.
var attending = regexp.MustCompile(`(?i)(?:^|\s)(?:(?:yang|yg|hadir|datang|hanya|cuma|ada|juga|ikut|tadi|saja|aja|itu)\b[:,]?\s*)+|\s+(?:bu|ya|min|kak)\s*$`)

// readHere takes a name that is not on the roster, or not as it is written there.
func readHere(e Env, m *meeting, words string) flow.Reading[[]string] {
	bare := attending.ReplaceAllString(guestWord.ReplaceAllString(words, ""), " ")
	got := text.ParsePersonName(bare)
	switch {
	case got.Why == text.TooLarge:
		return flow.Not[[]string](tooLong)
	case absence.MatchString(words):
		return flow.Not[[]string]("Yang tidak hadir cukup dihilangkan centangnya. Boleh ditulis: semua kecuali Siti")
	case !got.Sure() || nobodyWords.MatchString(bare) || strings.ContainsAny(words, "?0123456789"):
		return flow.Not[[]string]("")
	case guestWord.MatchString(words):
		return flow.Sure([]string{guestCode + got.Value})
	}
	people := invitees(e, m)
	if official.MatchString(bare) && len(onRoster(e, people, got.Value)) == 0 {
		return flow.Sure([]string{guestCode + got.Value})
	}
	if severalNames(e, people, bare) {
		return flow.Not[[]string]("")
	}
	found := onRoster(e, people, got.Value)
	if len(found) == 1 {
		return flow.Sure([]string{rosterCode(found[0])})
	}
	if len(found) == 0 {
		found = alikeOnRoster(e, people, got.Value)
	}
	return askWho(e, got.Value, found)
}

// official are people who come as guests by their office, unless the roster has them.
var official = regexp.MustCompile(`(?i)^\s*(?:(?:bu|ibu|pak|bapak|bpk|hj?\.?)\s+)*(?:kades|kepala desa|sekdes|sekretaris desa|camat|sekcam|lurah|kadus|kepala dusun|babinsa|bhabinkamtibmas|bidan|mantri|dokter|tokoh (?:masyarakat|agama|adat|pemuda)|pendamping|tksk|dinsos|puskesmas|bpd|ketua bpd|rt|rw|ketua rt|ketua rw)\b`)

// severalNames says whether words are names of the roster and nothing else, one behind the other.
func severalNames(e Env, people []storage.Attendee, words string) bool {
	rest, found := " "+text.Fold(words)+" ", 0
	for _, a := range people {
		if n := " " + text.Fold(nameOf(e, a)) + " "; strings.Contains(rest, n) {
			rest = strings.Replace(rest, n, " ", 1)
			found++
		}
	}
	return found > 1 && strings.TrimSpace(rest) == ""
}

// maxLike is how many names of the roster a question back offers.
const maxLike = 4

func askWho(e Env, name string, like []storage.Attendee) flow.Reading[[]string] {
	ask := text.Clip(name, 40) + " belum ada di daftar anggota. Dicatat sebagai apa?"
	var offers []flow.Offer[[]string]
	if len(like) > 0 {
		ask = text.Clip(name, 40) + " mirip nama di daftar anggota. Siapa yang dimaksud?"
	}
	for _, a := range like[:min(len(like), maxLike)] {
		offers = append(offers, flow.Offer[[]string]{Label: text.Clip(nameOf(e, a), 28), Value: []string{rosterCode(a)}})
	}
	offers = append(offers, flow.Offer[[]string]{Label: "Tamu", Words: []string{"bukan anggota"}, Value: []string{guestCode + name}})
	if keepsRoster(e) {
		offers = append(offers, flow.Offer[[]string]{Label: "Anggota baru", Words: []string{"anggota", "baru"}, Value: []string{freshCode + name}})
	}
	return flow.Ask(ask, offers...)
}

var (
	// cameNames and awayNames find the names of who came, and of who did not, in a sentence.
	cameNames = regexp.MustCompile(`(?i)(?:^|[\s,;.])(?:yang\s+|yg\s+)?(?:di)?(?:hadiri?|datang|peserta)(?:nya)?(?:\s+(?:oleh|adalah|yaitu|ada|hanya))?\s*[:=]?\s+([^;\n]+)`)
	awayNames = regexp.MustCompile(`(?i)(?:^|[\s,;.])(?:yang\s+|yg\s+)?(?:(?:tidak|tdk|gak|ga|nggak|ndak|belum|blm)\s+(?:bisa\s+)?(?:hadir|datang)|absen|berhalangan|kecuali|selain)(?:\s+(?:adalah|yaitu|hanya))?\s*[:=]?\s+([^;\n]+)`)
	// politeness stands behind the last name.
	politeness = regexp.MustCompile(`(?i)(?:\s+(?:bu|buk|ibu|pak|bapak|kak|min|ya|saja|aja|terima kasih|tks))+\s*$`)
)

// names takes who came, or who did not, by name. Those who stay unknown are told of and asked for in
// their turn; the others are ticked by then.
func (g *minuteReader) names() {
	if g.step == "here" || g.step == "count" { // the question reads them itself
		return
	}
	people := expected(g.e, g.m)
	if slices.Contains(g.taken, g.attendance()) {
		g.missing(people)
		return
	}
	before := g.rest
	all := len(people) > 0 && everybody.MatchString(g.rest)
	if all {
		g.rest = everybody.ReplaceAllString(g.rest, " ")
	}
	away := g.cutNames(awayNames)
	came := g.cutNames(cameNames)
	switch {
	case len(came) > 0 && len(people) == 0:
		g.m.Crowd, g.m.Here, g.m.Keep, g.m.Invited = crowd{Names: came}, nil, "", 0
		g.take("count")
	case len(came) > 0:
		codes, unknown := g.ticked(people, came)
		g.tick(codes, unknown)
	case len(away) > 0 && len(people) > 0:
		codes, unknown := g.ticked(people, away)
		if len(unknown) > 0 {
			codes = nil
		} else {
			codes = slices.DeleteFunc(codesOf(people), func(c string) bool { return slices.Contains(codes, c) })
		}
		g.tick(codes, unknown)
	default:
		g.rest = before
	}
}

// missing makes names of who did not come out of a number of who came, where the two agree.
func (g *minuteReader) missing(people []storage.Attendee) {
	before := g.rest
	codes, unknown := g.ticked(people, g.cutNames(awayNames))
	if len(codes) == 0 || len(unknown) > 0 || g.m.Crowd.Count != len(people)-len(codes) {
		g.rest = before
		return
	}
	g.m.Here = slices.DeleteFunc(codesOf(people), func(c string) bool { return slices.Contains(codes, c) })
	g.m.Crowd, g.m.Invited = crowd{}, 0
}

// ticked finds names on the roster.
func (g *minuteReader) ticked(people []storage.Attendee, names []string) (codes, unknown []string) {
	for _, n := range names {
		guest := guestWord.MatchString(n)
		n = text.TitleName(strings.TrimSpace(attending.ReplaceAllString(guestWord.ReplaceAllString(n, ""), " ")))
		found := onRoster(g.e, people, n)
		switch {
		case text.ParsePersonName(n).Sure() && (guest || len(found) == 0 && official.MatchString(n)):
			codes = append(codes, guestCode+n)
		case len(found) == 1:
			codes = append(codes, rosterCode(found[0]))
		default:
			unknown = append(unknown, n)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes), unknown
}

// tick takes who came. With somebody unknown the question is still asked.
func (g *minuteReader) tick(codes, unknown []string) {
	g.m.Here, g.m.Crowd, g.m.Keep, g.m.Invited = codes, crowd{}, "", 0
	if len(unknown) == 0 && len(codes) > 0 {
		g.take("here")
		return
	}
	var quoted []string
	for _, n := range unknown[:min(len(unknown), 5)] {
		quoted = append(quoted, flow.Quote(n))
	}
	g.why = "Belum jelas siapa di daftar anggota: " + strings.Join(quoted, ", ") + ".\nTekan namanya, atau tulis lagi satu per satu."
	if g.step == "" { // on the summary nobody can be ticked
		g.why = "Belum jelas siapa di daftar anggota: " + strings.Join(quoted, ", ") + ".\nTekan Ubah, lalu Hadir."
	}
}

// cutNames takes the names that words lead to out of the sentence; none when what is there cannot be
// names.
func (g *minuteReader) cutNames(lead *regexp.Regexp) []string {
	at := lead.FindStringSubmatchIndex(g.rest)
	if at == nil {
		return nil
	}
	end := at[2] + sentence(g.rest[at[2]:at[3]])
	got := namesOf("", text.SplitNames(politeness.ReplaceAllString(g.rest[at[2]:end], "")), false)
	if !got.Sure || slices.ContainsFunc(got.Value.Names, func(n string) bool { return len(strings.Fields(n)) > 5 || absence.MatchString(n) }) {
		return nil
	}
	g.rest = cut(g.rest, at[0], end)
	return got.Value.Names
}

// sentence is where the first sentence of words ends. The full stop of a title ends none.
func sentence(words string) int {
	for i := 0; i < len(words); i++ {
		if words[i] != '.' || i+1 < len(words) && words[i+1] != ' ' {
			continue
		}
		if fields := strings.Fields(words[:i]); len(fields) > 0 && !text.IsTitle(text.Fold(fields[len(fields)-1])) && len(fields[len(fields)-1]) > 1 {
			return i
		}
	}
	return len(words)
}
