package flows

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
)

// crowd is people that are only counted, or named and on no list.
type crowd struct {
	Count int      `json:"count,omitempty"` // without a name
	Names []string `json:"names,omitempty"`
}

func (c crowd) size() int { return c.Count + len(c.Names) }

// String prints a crowd: "3 orang", "Pak Kades, Bu Bidan".
func (c crowd) String() string {
	names := strings.Join(c.Names, ", ")
	switch {
	case c.Count > 0 && names != "":
		return names + " dan " + strconv.Itoa(c.Count) + " orang lagi"
	case c.Count > 0:
		return strconv.Itoa(c.Count) + " orang"
	}
	return names
}

// What stands in meeting.Here beside the number of somebody on the roster: a name that was typed, of a
// guest or of somebody who is to be put on the roster.
const (
	guestCode = "tamu:"
	freshCode = "baru:"
)

// roll is who came to a meeting.
type roll struct {
	here, away []uint64
	fresh      []string // not on the roster yet
	guests     crowd
	invited    int
}

func (r roll) present() int { return len(r.here) + len(r.fresh) + r.guests.size() }

// rollOf counts who came: by name when anybody is ticked, else by the number that was told.
func rollOf(e Env, m *meeting) roll {
	var r roll
	r.guests = guestsOf(m)
	for _, code := range m.Here {
		switch {
		case strings.HasPrefix(code, freshCode):
			r.fresh = append(r.fresh, strings.TrimPrefix(code, freshCode))
		default:
			if a, ok := attendeeOf(e, code); ok {
				r.here = append(r.here, a.ID)
			}
		}
	}
	if len(m.Here) == 0 {
		return told(e, m, r)
	}
	for _, a := range expected(e, m) {
		if !slices.Contains(r.here, a.ID) {
			r.away = append(r.away, a.ID)
		}
	}
	r.invited = r.present() + len(r.away)
	return r
}

// told completes a roll of a meeting whose people were counted.
func told(e Env, m *meeting, r roll) roll {
	if m.Keep == yes && mayKeep(e, m) {
		r.fresh = m.Crowd.Names
	} else {
		r.guests.Names = append(slices.Clone(m.Crowd.Names), r.guests.Names...)
	}
	r.guests.Count += m.Crowd.Count
	r.invited = max(m.Invited, r.present())
	if m.Invited == 0 {
		r.invited = max(r.invited, len(expected(e, m)))
	}
	return r
}

// expected are those on the roster who were invited: of a report that is changed, those of its time.
func expected(e Env, m *meeting) []storage.Attendee {
	if len(m.Listed) == 0 {
		return roster(e)
	}
	var out []storage.Attendee
	for _, code := range m.Listed {
		if a, ok := attendeeOf(e, code); ok {
			out = append(out, a)
		}
	}
	return out
}

// attendeeOf finds somebody on the village's own roster.
func attendeeOf(e Env, code string) (storage.Attendee, bool) {
	id, err := strconv.ParseUint(code, 10, 64)
	if err != nil {
		return storage.Attendee{}, false
	}
	a, ok := e.Tx.Attendee(id)
	return a, ok && a.Village == e.Member.Village
}

// showRoll prints who came: "12 dari 15; tidak hadir: Siti, Aminah". It is plain text.
func showRoll(e Env, m *meeting) string {
	r := rollOf(e, m)
	if r.present() == 0 {
		return ""
	}
	out := counted(r.present(), r.invited)
	if len(r.away) > 0 {
		var names []string
		for _, id := range r.away {
			if a, ok := e.Tx.Attendee(id); ok {
				names = append(names, nameOf(e, a))
			}
		}
		out += "; tidak hadir: " + strings.Join(names, ", ")
	}
	if n := guestsOf(m).size(); n > 0 {
		out += "; tamu " + strconv.Itoa(n)
	}
	return out
}

// guestsOf are those who came as guests, apart from people who were only counted.
func guestsOf(m *meeting) crowd {
	out := crowd{m.Guests.Count, slices.Clone(m.Guests.Names)}
	for _, code := range m.Here {
		if name, ok := strings.CutPrefix(code, guestCode); ok {
			out.Names = append(out.Names, name)
		}
	}
	return out
}

// counted prints "12 dari 15", or "12 orang" when nobody was away.
func counted(present, invited int) string {
	if present == invited {
		return strconv.Itoa(present) + " orang"
	}
	return strconv.Itoa(present) + " dari " + strconv.Itoa(invited)
}

func hasRoster(e Env, m *meeting) bool { return len(m.Here) > 0 || len(expected(e, m)) > 0 }

func noRoster(e Env, m *meeting) bool { return !hasRoster(e, m) }

// mayKeep says whether typed names can become the village's roster.
func mayKeep(e Env, m *meeting) bool {
	return keepsRoster(e) && noRoster(e, m) && len(m.Crowd.Names) > 0 && m.Edit == 0
}

func askKeep(_ Env, m *meeting) string {
	return "<b>Simpan " + strconv.Itoa(len(m.Crowd.Names)) + " nama ini sebagai daftar anggota?</b>\nRapat berikutnya tinggal ditekan."
}

func askHere(_ Env, m *meeting) string {
	words := "<b>Siapa saja yang hadir?</b>"
	switch {
	case m.Crowd.Count > 0 && len(m.Here) == 0:
		words += "\nTertulis " + m.Crowd.String() + "."
	case guestsOf(m).size() > 0:
		words += "\nTamu: " + chat.Escape(text.Clip(guestsOf(m).String(), 80))
	}
	return words
}

// rosterOptions are those who can be ticked, and whoever was typed.
func rosterOptions(e Env, m *meeting) []flow.Option {
	var out []flow.Option
	for _, a := range invitees(e, m) {
		name := nameOf(e, a)
		out = append(out, flow.Option{Value: strconv.FormatUint(a.ID, 10), Label: text.Clip(name, 28), Words: []string{name, text.BareName(name)}})
	}
	for _, code := range m.Here {
		if name, ok := strings.CutPrefix(code, guestCode); ok {
			out = append(out, flow.Option{Value: code, Label: text.Clip(name, 28) + " (tamu)", Words: []string{name}})
		} else if name, ok := strings.CutPrefix(code, freshCode); ok {
			out = append(out, flow.Option{Value: code, Label: text.Clip(name, 28) + " (baru)", Words: []string{name}})
		}
	}
	return out
}

var guestWord = regexp.MustCompile(`(?i)^\s*tamu(?:nya)?\b[\s:]*|\s*\(tamu\)\s*$`)

const tooLong = "Nama itu terlalu panjang; paling banyak 80 huruf. Misalnya: Siti Aminah"

// absence says that somebody did not come.
var absence = regexp.MustCompile(`(?i)\b(?:tidak|tdk|gak|ga|nggak|ndak|belum|blm|absen|izin|ijin|berhalangan|sakit|kecuali)\b`)

// nobodyWords name nobody.
var nobodyWords = regexp.MustCompile(`(?i)^\s*(?:entah|siapa|gak|ga|tidak|tdk|ndak|belum|blm|apa|mana|lupa|bingung|kirim|ya|iya|ok|banyak|sedikit|sebagian|lengkap|rame|ramai|semua|semuanya|hadir|orang|anggota|ibu2|ibu-ibu|beberapa|lumayan|lanjut|lanjutkan|terus|oke|oks?|siap|sip|sudah|sdh|selesai|cukup|betul|benar)(?:\s+(?:sekali|juga|hadir|tahu|ada|anggota|orang|yang datang))?\s*[.!]*\s*$`)

var (
	cameFirst = regexp.MustCompile(`(?i)^\s*(?:yang|yg)?\s*(?:hadir|datang|peserta)(?:nya)?\s*:?\s*`)
	someGuest = regexp.MustCompile(`(?i)(?:^|[\s,;(]|\bdan\s+|\bdengan\s+|\bditambah\s+|\btermasuk\s+)(?:tamu(?:nya)?\s*:?\s*(` + countWord + `)(?:\s*(?:orang|org))?|(` + countWord + `)\s*(?:orang\s+|org\s+)?tamu)\b`)
)

// readCrowd reads how many people came, or their names.
func readCrowd(_ Env, _ *meeting, words string) flow.Reading[crowd] {
	words = cameFirst.ReplaceAllString(words, "")
	names := text.SplitNames(words)
	if len(names) < 2 || strings.ContainsAny(strings.Join(names, ""), "?0123456789") {
		return countPeople(words, 1)
	}
	return namesOf(words, names, false)
}

// namesOf takes names that were cut out of words. figures says that they may hold some: "Siti RT 02".
func namesOf(words string, names []string, figures bool) flow.Reading[crowd] {
	var out []string
	seen := map[string]bool{}
	for _, n := range names {
		got := text.ParsePersonName(n)
		switch {
		case got.Why == text.TooLarge || strings.HasSuffix(n, "…"):
			return flow.Not[crowd](tooLong)
		case !got.Sure() || nobodyWords.MatchString(n) || !figures && strings.ContainsAny(n, "0123456789"):
			return flow.Not[crowd]("Kami membaca " + flow.Quote(n) + ", belum yakin namanya. Misalnya: Siti, Aminah, Rahma")
		}
		if key := text.Fold(got.Value); !seen[key] {
			seen[key] = true
			out = append(out, got.Value)
		}
	}
	return flow.Sure(crowd{Names: out})
}

// maxPresent is more than a village meeting ever has.
const maxPresent = 2000

func countPeople(words string, least int) flow.Reading[crowd] {
	got := text.ParseCount(words, least, maxPresent)
	switch {
	case got.Sure():
		return flow.Sure(crowd{Count: got.Value})
	case got.Why == text.TooSmall:
		return flow.Not[crowd]("Kami membaca " + flow.Quote(words) + ", rapat tanpa yang hadir belum bisa dicatat. Misalnya: 15 orang")
	case got.Why == text.TooLarge:
		return flow.Not[crowd]("Kami membaca " + flow.Quote(words) + ", itu terlalu banyak untuk satu rapat. Misalnya: 15 orang")
	case got.Why == text.Several:
		return flow.Not[crowd]("Kami membaca lebih dari satu angka. Cukup yang hadir, misalnya: 15 orang")
	}
	return flow.Not[crowd]("Kami membaca " + flow.Quote(words) + ", belum ada jumlahnya. Misalnya: 15 orang")
}

// readGuests reads guests: a number, one name or several.
func readGuests(_ Env, _ *meeting, words string) flow.Reading[crowd] {
	words = guestWord.ReplaceAllString(words, "")
	if strings.ContainsAny(words, "0123456789?") || len(text.SplitNames(words)) == 0 || text.ParseCount(words, 1, maxPresent).Sure() {
		return countPeople(words, 1)
	}
	return namesOf(words, text.SplitNames(words), false)
}
