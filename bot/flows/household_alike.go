package flows

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/kin"
	"wksbm/bot/text"
	"wksbm/storage"
)

// judged is what a person said of a case that looks like the household.
type judged struct {
	Case    uint64          `json:"case"`
	Verdict storage.Verdict `json:"verdict"`
	Number  bool            `json:"number,omitempty"` // knowing that NIK or No KK are the same
}

// maxAlike is how many cases a question back shows.
const maxAlike = 3

// alikes returns the village's cases that may be this household and were not judged yet, those with
// the same number first.
func alikes(e Env, t *family) []storage.Case {
	if t.secret() || t.Name == "" {
		return nil
	}
	var out []storage.Case
	for _, c := range append(sameNumber(e, t), sameName(e, t)...) {
		if !slices.ContainsFunc(out, func(o storage.Case) bool { return o.Number == c.Number }) {
			out = append(out, c)
		}
	}
	return out[:min(len(out), maxAlike)]
}

// sameNumber finds the village's other cases with this NIK or No KK; of a household that is changed,
// where the number is new.
func sameNumber(e Env, t *family) []storage.Case {
	var out []storage.Case
	own, _ := e.Tx.Case(t.Edit)
	for _, number := range []string{bareNumber(t.NIK), t.KK} {
		blind := e.Tx.Blind(number)
		if equalBlind(blind, own.NIKIndex) || equalBlind(blind, own.KKIndex) {
			continue
		}
		for _, c := range e.Tx.CasesWith(blind) {
			if c.Village == e.Member.Village && c.Number != t.Edit && !t.judged(c, true) {
				out = append(out, c)
			}
		}
	}
	return out
}

// sameName finds those with a name alike, once for a name, the nearest first.
func sameName(e Env, t *family) []storage.Case {
	if t.Edit != 0 || t.Compared == t.Name {
		return nil
	}
	var out []storage.Case
	key := kin.Key(t.Name)
	for _, c := range knownCases(e) {
		if !c.Initials && !t.judged(c, false) && kin.KeysAlike(key, kin.Key(e.Tx.Unseal(c.Name, "name"))) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b storage.Case) int { return near(e, t, b) - near(e, t, a) })
	return out
}

// judged says whether a case was judged already, knowing as much.
func (t *family) judged(c storage.Case, number bool) bool {
	return slices.ContainsFunc(t.Judged, func(j judged) bool { return j.Case == c.Number && (j.Number || !number) })
}

func equalBlind(a, b []byte) bool { return len(a) > 0 && string(a) == string(b) }

// near is 1 for a case of the same RT.
func near(e Env, t *family, c storage.Case) int {
	if t.Place.RT != "" && placeOf(e, c).RT == t.Place.RT {
		return 1
	}
	return 0
}

func askAlike(e Env, t *family) string {
	lines := []string{"Mungkin sudah terdata, " + e.call() + ":"}
	found := alikes(e, t)
	if len(found) > 0 && equalBlind(e.Tx.Blind(bareNumber(t.NIK)), found[0].NIKIndex) {
		lines[0] = "NIK itu sudah terdata, " + e.call() + ":"
	}
	for _, c := range found {
		line := "🏠 "
		if len(found) > 1 {
			line = "No. " + Number(c.Number) + " · "
		}
		lines = append(lines, line+chat.Escape(caseName(e, c)+" · "+placeOf(e, c).String())+" · terdata "+text.PlainDate(c.Opened.In(e.Now.Location())))
	}
	return strings.Join(append(lines, "<b>Apakah keluarga yang sama?</b>"), "\n")
}

// sameCase is the answer that names the case which it is: "s131".
const sameCase = "s"

func alikeOptions(e Env, t *family) []flow.Option {
	var out []flow.Option
	found := alikes(e, t)
	for _, c := range found {
		o := flow.Option{Value: sameCase + strconv.FormatUint(c.Number, 10), Label: "Sama", Words: []string{"ya", "iya", "ya sama", "betul"}}
		if len(found) > 1 {
			o.Label, o.Words = "Sama: No. "+Number(c.Number), []string{Number(c.Number), strconv.FormatUint(c.Number, 10)}
		}
		out = append(out, o)
	}
	return append(
		out,
		flow.Option{Value: string(storage.OtherHousehold), Label: "Berbeda", Words: []string{"beda", "bukan", "lain", "orang lain", "tidak", "tidak sama"}},
		flow.Option{Value: string(storage.Unsure), Label: "Belum yakin", Words: []string{"tidak tahu", "ragu", "tidak yakin", "kurang tahu", "gak tau"}},
	)
}

// judgeAlike keeps what was said of each of the cases shown until the new one exists.
func judgeAlike(e Env, t *family, value string) {
	if strings.HasPrefix(value, sameCase) && value != string(storage.SameHousehold) {
		return // knownHousehold ends it
	}
	numbers := sameNumber(e, t)
	for _, c := range alikes(e, t) {
		number := slices.ContainsFunc(numbers, func(o storage.Case) bool { return o.Number == c.Number })
		t.Judged = append(t.Judged, judged{c.Number, storage.Verdict(value), number})
	}
	t.Compared, t.Alike = t.Name, ""
}

// knownHousehold ends the conversation at the case that it is.
func knownHousehold(e Env, t *family) *flow.Turn {
	if t.Edit == 0 && len(alikes(e, t)) == 0 {
		t.Compared = t.Name // once is enough
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(t.Alike, sameCase), 10, 64)
	if err != nil {
		return nil
	}
	c, ok := e.Tx.Case(n)
	if !ok || c.Village != e.Member.Village {
		return nil
	}
	say := "Baik, tidak dicatat dua kali. Ini datanya:"
	if t.Edit != 0 {
		say = "Perubahan No. " + Number(t.Edit) + " tidak disimpan.\nKalau tercatat dua kali, batalkan salah satunya di Laporan saya. Ini yang lain:"
	}
	page := caseCard(e, c, say)
	return &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{page}}
}
