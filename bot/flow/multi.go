package flow

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
)

// Multi is a question with several answers out of a list: boxes to tick, page by page, or names to
// type. The codes are stored in the order of Options; a code that Read gave and that no option has
// stands behind them, under its own name.
type Multi[E, T any] struct {
	Head[E, T]
	Get     func(*T) *[]string
	Options func(E, *T) []Option
	// Least is how many have to be chosen before it goes on. With 0 none may be.
	Least int
	// All is the label of the button that chooses all; "" leaves it out.
	All string
	// None is the label of the button that answers with an empty list, whatever Least is; "" leaves it
	// out.
	None string
	// Done is the label of the button that goes on, "Lanjut" when empty.
	Done string
	// PageSize is how many options a page shows, 8 when 0.
	PageSize int
	// Wide gives each option a row of its own.
	Wide bool
	// Marks stand before the label of an option that is not chosen, and of one that is: "☐ ", "☑ "
	// when empty.
	Marks [2]string
	// More is the label of a button on the summary that adds others. With it the first box that is
	// ticked is the whole answer, and it goes on at once; "" waits for the button that goes on.
	More string
	// Quick says that words which name only options, typed while nothing is chosen, are the whole answer.
	Quick bool
	// Read understands words that are no option's name; nil when there are none. What it gives is added.
	// It may leave words that hold several names to the options.
	Read func(e E, t *T, words string) Reading[[]string]
}

func (q Multi[E, T]) shown(e E, t *T) string {
	if q.Shown != nil {
		return q.Shown(e, t)
	}
	var out []string
	for _, o := range q.list(e, t) {
		if slices.Contains(*q.Get(t), o.Value) {
			out = append(out, o.Label)
		}
	}
	return strings.Join(out, ", ")
}

// brief is the answer as it is echoed: many names are only counted.
func (q Multi[E, T]) brief(e E, t *T) string {
	if n := len(*q.Get(t)); n > 6 && q.Shown == nil {
		return strconv.Itoa(n) + " dipilih"
	}
	return q.shown(e, t)
}

// adds is the label of the button that adds to the list.
func (q Multi[E, T]) adds() string { return q.More }

func (q Multi[E, T]) clear(t *T) { *q.Get(t) = nil }

// several says that one input is not the whole answer.
func (q Multi[E, T]) several() {}

// blank says that an empty list may be the answer.
func (q Multi[E, T]) blank() bool { return q.Least == 0 || q.None != "" }

// stamp tells whether the list is still what a message made of it.
func (q Multi[E, T]) stamp(r *run[E, T]) string { return strings.Join(*q.Get(&r.state.Answers), "\n") }

// redo forgets the list when the one message that gave it all is edited.
func (q Multi[E, T]) redo(r *run[E, T], whole bool) bool {
	if whole {
		q.clear(&r.state.Answers)
		r.undo(q.Step)
	}
	return whole
}

// list is all options, those that were typed at the end.
func (q Multi[E, T]) list(e E, t *T) []Option {
	all := slices.Clone(q.Options(e, t))
	for _, code := range *q.Get(t) {
		if !slices.ContainsFunc(all, func(o Option) bool { return o.Value == code }) {
			all = append(all, Option{Value: code, Label: code})
		}
	}
	return all
}

func (q Multi[E, T]) all(r *run[E, T]) []Option { return q.list(r.env, &r.state.Answers) }

func (q Multi[E, T]) chosen(r *run[E, T]) []string { return *q.Get(&r.state.Answers) }

func (q Multi[E, T]) draw(r *run[E, T]) card {
	s, all := r.shelf(), q.all(r)
	if s.Words != "" {
		found, _ := seek(s.Words, all)
		all = pickOut(all, found)
	}
	size := q.PageSize
	if size == 0 {
		size = 8
	}
	part, at, of := s.page(all, size)
	c := card{text: r.headed(q.Head, s.note(len(q.chosen(r)), at, of))}
	for _, o := range part {
		c.rows = append(c.rows, []chat.Button{q.box(r, o)})
	}
	if !q.Wide {
		c.rows = grid(slices.Concat(c.rows...))
	}
	c.rows = append(c.rows, r.turns(s, at, of)...)
	if on := q.onward(r); on != nil {
		c.rows = append(c.rows, on)
	}
	return c
}

func (q Multi[E, T]) box(r *run[E, T], o Option) chat.Button {
	marks := q.Marks
	if marks == [2]string{} {
		marks = [2]string{"☐ ", "☑ "}
	}
	if slices.Contains(q.chosen(r), o.Value) {
		return r.own(marks[1]+o.Label, "-"+tag(o.Value))
	}
	return r.own(marks[0]+o.Label, "+"+tag(o.Value))
}

// onward are the buttons that choose all or none, and the one that goes on when it can.
func (q Multi[E, T]) onward(r *run[E, T]) []chat.Button {
	var out []chat.Button
	n := len(q.chosen(r))
	if q.All != "" && n < len(q.all(r)) {
		out = append(out, r.own(q.All, "every"))
	}
	if q.None != "" && n == 0 {
		out = append(out, r.own(q.None, "none"))
	}
	if n >= max(q.Least, 1) || n == 0 && q.Least == 0 && q.None == "" {
		out = append(out, r.button(q.done(), moveDone))
	}
	return out
}

func (q Multi[E, T]) done() string {
	if q.Done != "" {
		return q.Done
	}
	return "Lanjut"
}

// late says that a button of an earlier card still means the same: boxes are ticked faster than a
// slow connection redraws them.
func (q Multi[E, T]) late(value string) bool { return strings.ContainsAny(value[:1], "+-p") }

func (q Multi[E, T]) tap(r *run[E, T], value string) verdict {
	switch {
	case value == "every":
		q.everything(r)
	case value == "none":
		return q.nothing(r)
	case value[0] == 'p' || value == "all":
		r.turn(value)
	case value[0] == '+' || value[0] == '-':
		first := len(q.chosen(r)) == 0
		for _, o := range q.all(r) {
			if tag(o.Value) == value[1:] {
				q.set(r, value[0] == '+', o.Value)
			}
		}
		if q.More != "" && first && len(q.chosen(r)) > 0 {
			return q.enough(r)
		}
	}
	return verdict{kind: stays}
}

// set chooses codes, or takes them out, and keeps the order of the options.
func (q Multi[E, T]) set(r *run[E, T], on bool, codes ...string) {
	chosen := slices.DeleteFunc(slices.Clone(q.chosen(r)), func(c string) bool { return slices.Contains(codes, c) })
	if on {
		chosen = append(chosen, codes...)
	}
	slices.Sort(chosen)
	chosen = slices.Compact(chosen)
	place := map[string]int{}
	for i, o := range q.all(r) {
		place[o.Value] = i + 1
	}
	at := func(code string) int { // what is new and no option stands last
		if n := place[code]; n > 0 {
			return n
		}
		return len(place) + 1
	}
	slices.SortStableFunc(chosen, func(a, b string) int { return at(a) - at(b) })
	*q.Get(&r.state.Answers) = chosen
	if len(chosen) < max(q.Least, 1) {
		r.undo(q.Step)
	}
}

func (q Multi[E, T]) everything(r *run[E, T]) {
	var codes []string
	for _, o := range q.all(r) {
		codes = append(codes, o.Value)
	}
	q.set(r, true, codes...)
}

func (q Multi[E, T]) nothing(r *run[E, T]) verdict {
	if !q.blank() {
		return verdict{say: q.few()}
	}
	q.clear(&r.state.Answers)
	r.state.Asked = nil
	return verdict{kind: answered}
}

func (q Multi[E, T]) few() string {
	return "Yang dipilih paling sedikit " + strconv.Itoa(max(q.Least, 1)) + ". Tekan tombolnya, atau tulis namanya."
}

func (q Multi[E, T]) enough(r *run[E, T]) verdict {
	if n := len(q.chosen(r)); n < q.Least {
		return verdict{say: q.few()}
	}
	return verdict{kind: answered}
}

func (q Multi[E, T]) back(r *run[E, T]) bool {
	searched := r.shelf().Words != ""
	r.state.Scratch = nil
	return searched
}

func (q Multi[E, T]) accept(r *run[E, T], raw json.RawMessage) verdict {
	var codes []string
	a := r.state.Asked
	r.state.Asked = nil
	if json.Unmarshal(raw, &codes) != nil {
		return verdict{kind: stays}
	}
	if a != nil && a.Instead {
		if len(codes) == 0 {
			return q.nothing(r)
		}
		*q.Get(&r.state.Answers) = codes
		return q.enough(r)
	}
	return q.add(r, codes)
}

func (q Multi[E, T]) add(r *run[E, T], codes []string) verdict {
	first := len(q.chosen(r)) == 0
	q.set(r, true, codes...)
	r.state.Scratch = nil
	if q.More != "" && first {
		return q.enough(r)
	}
	return verdict{kind: stays}
}

func (q Multi[E, T]) hear(r *run[E, T], in chat.Input) verdict {
	if in.Kind != chat.Text {
		return verdict{kind: unfit}
	}
	w, n := fold(in.Text), len(q.chosen(r))
	head, except, but := q.but(in.Text)
	switch {
	case len(exact(in.Text, phrases(q.all(r)))) == 1: // "Tidak ada jamban" is no "tidak ada"
	case moveOf(in.Text) == moveDone, w == fold(q.done()), w == "lanjut", w == "terus", n > 0 && agrees(in.Text):
		return q.enough(r)
	case none(in.Text) || q.None != "" && w == fold(q.None):
		return q.without(r, n, in.Text)
	case q.every(in.Text):
		q.everything(r)
		return verdict{kind: stays}
	case but && q.every(head):
		return q.exclude(r, true, except)
	case but && head == "" && q.ticked(r, except):
		return q.exclude(r, false, except)
	case w == "tampilkan semua":
		r.state.Scratch = nil
		return verdict{kind: stays}
	}
	v := q.named(r, in.Text)
	if v.kind == stays && v.say == "" && r.state.Asked == nil && r.shelf().Words == "" && len(q.chosen(r)) >= q.Least && (in.Edited || q.Quick && n == 0) {
		v.kind = answered
	}
	return v
}

// every says whether words choose all, where there is such a button.
func (q Multi[E, T]) every(words string) bool {
	switch fold(words) {
	case "semua", "semuanya", "semua hadir", "hadir semua", "pilih semua", "seluruhnya", fold(q.All):
		return q.All != ""
	}
	return false
}

var exception = regexp.MustCompile(`(?i)(?:^|\s)(?:hapus|buang|kecuali|selain|tanpa|kurangi)\s`)

// but takes words apart that leave something out: "semua kecuali Siti", "hapus Siti".
func (q Multi[E, T]) but(words string) (head, except string, ok bool) {
	at := exception.FindStringIndex(words)
	if at == nil {
		return "", "", false
	}
	return strings.Trim(words[:at[0]], " ,;\n"), words[at[1]:], true
}

// ticked says whether words name only what is chosen.
func (q Multi[E, T]) ticked(r *run[E, T], words string) bool {
	options := q.all(r)
	for _, p := range pieces(words) {
		found, several := q.find(p, options)
		off := slices.ContainsFunc(found, func(i int) bool { return !slices.Contains(q.chosen(r), options[i].Value) })
		if len(found) == 0 || several || off {
			return false
		}
	}
	return true
}

// exclude takes out what words name, of all options when all is set.
func (q Multi[E, T]) exclude(r *run[E, T], all bool, words string) verdict {
	options := q.all(r)
	var out []string
	for _, p := range pieces(words) {
		found, several := q.find(p, options)
		if len(found) == 0 || several {
			return verdict{say: unclear(p)}
		}
		for _, i := range found {
			out = append(out, options[i].Value)
		}
	}
	if all {
		q.everything(r)
	}
	q.set(r, false, out...)
	r.state.Scratch = nil
	return verdict{kind: stays}
}

// without takes words that say there is none. With something chosen they may also mean: none besides.
func (q Multi[E, T]) without(r *run[E, T], chosen int, words string) verdict {
	switch {
	case chosen == 0:
		return q.nothing(r)
	case !q.blank():
		return q.enough(r)
	}
	keep := Offer[[]string]{Label: "Tetap " + strconv.Itoa(chosen) + " pilihan", Words: []string{"tetap", "lanjut"}, Value: q.chosen(r)}
	none := Offer[[]string]{Label: "Kosongkan", Words: []string{"tidak ada", q.None}}
	v := reading(r, words, Ask("Sudah ada yang dipilih. Yang mana?", keep, none), func([]string) verdict { return verdict{} })
	r.state.Asked.Instead = true
	return v
}

var (
	parting = regexp.MustCompile(`(?i)[,;\n&+]|\s(?:dan|sama|serta)\s`)
	listed  = regexp.MustCompile(`^\s*(?:\d{1,3}[.)]|[-•*])\s*`)
	numbers = regexp.MustCompile(`^\d{1,3}(?:\s+\d{1,3})+$`)
	minus   = regexp.MustCompile(`^-\d+$`) // no mark of a list
)

// pieces takes apart words that name several things.
func pieces(words string) []string {
	var out []string
	for _, p := range parting.Split(words, -1) {
		bare := strings.TrimSpace(p)
		if !minus.MatchString(bare) {
			bare = strings.TrimSpace(listed.ReplaceAllString(p, ""))
		}
		if bare == "" {
			bare = strings.TrimSpace(strings.Trim(strings.TrimSpace(p), ".)-•*")) // a number alone is a choice
		}
		if numbers.MatchString(bare) {
			out = append(out, strings.Fields(bare)...)
		} else if bare != "" {
			out = append(out, bare)
		}
	}
	return out
}

// find says which options a piece names; several that it cannot tell which of them.
func (q Multi[E, T]) find(piece string, options []Option) (found []int, several bool) {
	if found, several = q.calls(piece, options); len(found) > 0 {
		return found, several
	}
	return within(piece, options)
}

// calls says which options a piece is the name, a part of the name or the number of.
func (q Multi[E, T]) calls(piece string, options []Option) (found []int, several bool) {
	found, _ = seek(piece, options)
	if n, err := strconv.Atoi(piece); len(found) == 0 && err == nil && n >= 1 && n <= len(options) && strconv.Itoa(n) == piece {
		return []int{n - 1}, false
	}
	return found, len(found) > 1
}

// maxAsked is how many options a question back may offer; more are shown as a list.
const maxAsked = 6

// named adds what words name, piece by piece, and asks about the first piece that stays open.
func (q Multi[E, T]) named(r *run[E, T], words string) verdict {
	options := q.all(r)
	parts := pieces(words)
	if len(exact(words, phrases(options))) > 0 {
		parts = []string{words}
	}
	r.state.Scratch = nil
	var unread []string
	var why string
	open := verdict{kind: missed}
	for _, p := range parts {
		v := q.piece(r, p, options, len(parts) == 1, open.kind == stays)
		switch {
		case v.kind == answered:
			continue
		case v.kind == stays:
			open = v
		default:
			unread, why = append(unread, Quote(p)), v.say
		}
	}
	switch {
	case len(parts) == 0:
		return verdict{say: unclear(words)}
	case len(unread) == 0:
		return verdict{kind: stays}
	case len(parts) == 1:
		return verdict{say: why}
	}
	return verdict{kind: stays, say: "Belum terbaca: " + strings.Join(unread, ", ") + ". Mohon ditulis lagi, atau tekan tombolnya."}
}

// piece takes one name: answered when it was added, stays when it is asked about or searched for.
// busy says that something else is asked about already.
func (q Multi[E, T]) piece(r *run[E, T], words string, options []Option, alone, busy bool) verdict {
	found, several := q.calls(words, options)
	var got Reading[[]string]
	if len(found) == 0 && q.Read != nil {
		got = q.Read(r.env, &r.state.Answers, words)
	}
	if len(found) == 0 && !got.Sure && got.Ask == "" { // a name among other words
		found, several = within(words, options)
	}
	_, whole := seek(words, options)
	switch {
	case len(found) > 0 && !several:
		for _, i := range found {
			q.set(r, true, options[i].Value)
		}
		return verdict{kind: answered}
	case several && alone && !whole || several && len(found) > maxAsked && !busy:
		r.keep(shelf{Words: words})
		return verdict{kind: stays}
	case several && !busy:
		var offers []Offer[[]string]
		for _, i := range found {
			offers = append(offers, Offer[[]string]{Label: options[i].Label, Words: options[i].Words, Value: []string{options[i].Value}})
		}
		return reading(r, words, Ask("Yang mana: "+shorten(words, 30)+"?", offers...), func([]string) verdict { return verdict{} })
	case q.Read != nil && !several:
		if got.Ask != "" && busy {
			return verdict{say: unclear(words)}
		}
		v := reading(r, words, got, func(codes []string) verdict {
			q.set(r, true, codes...)
			return verdict{kind: answered}
		})
		if v.kind != missed || v.say != "" {
			return v
		}
	}
	return verdict{say: unclear(words) + " Tekan tombolnya, atau tulis namanya."}
}

func pickOut(options []Option, at []int) []Option {
	var out []Option
	for _, i := range at {
		out = append(out, options[i])
	}
	return out
}
