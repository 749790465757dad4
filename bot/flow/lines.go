package flow

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
)

// Lines is a question for a list: several things in one message, or one after another by buttons.
type Lines[E, T, L any] struct {
	Head[E, T]
	Get func(*T) *[]L
	// Things are the buttons; typed words need not name one of them.
	Things func(E) []Option
	// Amount asks how much of a thing, with ready answers. code is what Things or Read gave. A thing that
	// is a whole line has no question but one offer.
	Amount func(e E, code string) (ask, example string, offers []Offer[L])
	// Read takes words apart. code is the thing whose amount is asked for, "" at the start.
	Read func(e E, code, words string) []Part[L]
	// Print shows one line.
	Print func(L) string
	// Join puts a line into the list: to a like one, or behind the others.
	Join func([]L, L) []L
	// Like says whether two lines are of the same thing, so that Join would add them up.
	Like func(a, b L) bool
	Max  int
	// Noun is what Max counts; Sample is a line as people type it.
	Noun, Sample string
	// More is the label of a button on the summary that adds lines. With it the first line by buttons is
	// enough to go on.
	More string
	// Early is where words wait that were said for this list before it was asked; nil when none can.
	Early func(*T) *string
}

// Part is one piece of what was typed. Thing is set when only the amount is missing.
type Part[L any] struct {
	Reading[L]
	Words string
	Thing string
}

// list is where a Lines question stands.
type list struct {
	Thing string    `json:"thing,omitempty"` // its amount is asked for
	More  bool      `json:"more,omitempty"`  // "Ada lagi?"
	Queue []waiting `json:"queue,omitempty"` // parts that wait for a question back
}

type waiting struct {
	Words string `json:"words"`
	Of    string `json:"of,omitempty"` // the thing whose amount was asked for
	Thing string `json:"thing,omitempty"`
}

func (q Lines[E, T, L]) shown(_ E, t *T) string {
	var out []string
	for _, l := range *q.Get(t) {
		out = append(out, q.Print(l))
	}
	return strings.Join(out, " · ")
}

func (q Lines[E, T, L]) clear(t *T) { *q.Get(t) = nil }

// several says that one input is not the whole answer.
func (q Lines[E, T, L]) several() {}

func (q Lines[E, T, L]) adds() string { return q.More }

// early reads the words that were said before the list was asked.
func (q Lines[E, T, L]) early(r *run[E, T]) verdict {
	if q.Early == nil || *q.Early(&r.state.Answers) == "" {
		return verdict{kind: stays}
	}
	words := *q.Early(&r.state.Answers)
	*q.Early(&r.state.Answers) = ""
	return q.take(r, list{}, q.Read(r.env, "", words))
}

// reopen shows what the list holds when it is changed from the summary.
func (q Lines[E, T, L]) reopen(r *run[E, T]) { r.keep(list{More: true}) }

// stamp tells whether the list is still what a message made of it.
func (q Lines[E, T, L]) stamp(r *run[E, T]) string {
	data, err := json.Marshal(*q.Get(&r.state.Answers))
	if err != nil {
		panic(err) // L is a plain value
	}
	return string(data)
}

// redo forgets the list when the one message that gave it all is edited.
func (q Lines[E, T, L]) redo(r *run[E, T], whole bool) bool {
	if !whole {
		q.reopen(r)
		return false
	}
	q.clear(&r.state.Answers)
	r.undo(q.Step)
	return true
}

func (q Lines[E, T, L]) at(r *run[E, T]) list {
	var l list
	r.scratch(&l)
	return l
}

// asksBack says whether an amount is asked for, or parts of a message wait.
func (q Lines[E, T, L]) asksBack(r *run[E, T]) bool {
	l := q.at(r)
	return l.Thing != "" || len(l.Queue) > 0
}

func (q Lines[E, T, L]) draw(r *run[E, T]) card {
	l := q.at(r)
	switch {
	case l.Thing != "":
		ask, example, offers := q.Amount(r.env, l.Thing)
		var bs []chat.Button
		for i, o := range offers {
			bs = append(bs, r.own(o.Label, "="+strconv.Itoa(i)))
		}
		return card{text: ask, example: example, rows: grid(bs)}
	case l.More || len(*q.Get(&r.state.Answers)) > 0:
		return q.more(r)
	}
	return card{rows: grid(q.things(r))}
}

func (q Lines[E, T, L]) things(r *run[E, T]) []chat.Button {
	var bs []chat.Button
	for _, o := range q.Things(r.env) {
		if !q.holds(r, o.Value) {
			bs = append(bs, r.own(o.Label, "+"+o.Value))
		}
	}
	return bs
}

// holds says whether a thing that is a whole line is in the list.
func (q Lines[E, T, L]) holds(r *run[E, T], thing string) bool {
	lines := *q.Get(&r.state.Answers)
	if len(lines) == 0 {
		return false
	}
	ask, _, offers := q.Amount(r.env, thing)
	return ask == "" && len(offers) == 1 && slices.ContainsFunc(lines, func(l L) bool { return q.Print(l) == q.Print(offers[0].Value) })
}

// more shows the list so far.
func (q Lines[E, T, L]) more(r *run[E, T]) card {
	lines := *q.Get(&r.state.Answers)
	if len(lines) == 0 {
		return card{rows: grid(q.things(r))}
	}
	c := card{text: "<b>Ada lagi?</b>\nSudah: " + chat.Escape(q.shown(r.env, &r.state.Answers))}
	if r.standing(q) != "" { // somebody doubts what is there
		c.text = "<b>Apa yang diperbaiki?</b>\nTertulis: " + chat.Escape(q.shown(r.env, &r.state.Answers))
	}
	c.rows = append([][]chat.Button{{r.button("Cukup, lanjut", moveDone)}}, grid(q.things(r))...)
	var drop []chat.Button
	for i, l := range lines {
		if i < 6 {
			drop = append(drop, r.own("Hapus "+q.Print(l), "-"+string(rune('0'+i))))
		}
	}
	c.rows = append(c.rows, grid(drop)...)
	c.example = q.Example
	return c
}

func (q Lines[E, T, L]) back(r *run[E, T]) bool {
	l := q.at(r)
	if l.Thing == "" && len(l.Queue) == 0 {
		return false
	}
	r.keep(list{More: len(*q.Get(&r.state.Answers)) > 0})
	return true
}

func (q Lines[E, T, L]) tap(r *run[E, T], value string) verdict {
	l := q.at(r)
	kind, arg := value[:1], value[1:]
	switch {
	case kind == "+" && slices.ContainsFunc(q.Things(r.env), func(o Option) bool { return o.Value == arg }):
		if ask, _, offers := q.Amount(r.env, arg); ask == "" && len(offers) == 1 {
			q.add(r, offers[0].Value)
			return q.next(r, l.Queue, l.More || q.More == "")
		}
		r.keep(list{Thing: arg, More: l.More})
		return verdict{kind: stays}
	case kind == "-" && len(arg) == 1:
		lines := *q.Get(&r.state.Answers)
		if i := int(arg[0] - '0'); i >= 0 && i < len(lines) {
			*q.Get(&r.state.Answers) = append(lines[:i:i], lines[i+1:]...)
		}
		if len(lines) == 1 {
			r.undo(q.Step)
		}
		r.keep(list{More: true})
		return verdict{kind: stays}
	case kind == "=" && l.Thing != "":
		_, _, offers := q.Amount(r.env, l.Thing)
		for i, o := range offers {
			if strconv.Itoa(i) == arg {
				if q.clash(r, *q.Get(&r.state.Answers), q.Print(o.Value), o.Value) {
					r.keep(list{Queue: l.Queue, More: true})
					return verdict{kind: stays}
				}
				q.add(r, o.Value)
				return q.next(r, l.Queue, l.More || q.More == "")
			}
		}
	}
	return verdict{kind: stays}
}

// clash asks whether a line corrects its like or comes on top of it; false when there is none.
func (q Lines[E, T, L]) clash(r *run[E, T], have []L, words string, line L) bool {
	i := slices.IndexFunc(have, func(l L) bool { return q.Like(l, line) })
	if i < 0 {
		return false
	}
	both := q.Join([]L{have[i]}, line)[0]
	reading(r, words, Ask("Sudah ada "+q.Print(have[i])+". Yang benar?",
		Offer[L]{Label: "Jadi " + q.Print(line), Words: []string{"diganti", "ganti", q.Print(line)}, Value: line},
		Offer[L]{Label: "Jadi " + q.Print(both), Words: []string{"ditambah", "tambah", q.Print(both)}, Value: both}),
		func(L) verdict { return verdict{} })
	r.state.Asked.Instead = true
	return true
}

// without takes a thing out of the list: "hapus beras".
func (q Lines[E, T, L]) without(r *run[E, T], words string) bool {
	what, ok := strings.CutPrefix(fold(words), "hapus ")
	if !ok || what == "" {
		return false
	}
	lines := q.Get(&r.state.Answers)
	kept := slices.DeleteFunc(slices.Clone(*lines), func(l L) bool { return strings.Contains(" "+fold(q.Print(l))+" ", " "+what+" ") })
	found := len(kept) < len(*lines)
	*lines = kept
	if len(kept) == 0 {
		r.undo(q.Step)
	}
	return found
}

func (q Lines[E, T, L]) add(r *run[E, T], line L) {
	lines := q.Get(&r.state.Answers)
	*lines = q.Join(*lines, line)
}

func (q Lines[E, T, L]) accept(r *run[E, T], raw json.RawMessage) verdict {
	var line L
	if json.Unmarshal(raw, &line) != nil {
		return verdict{kind: stays}
	}
	l := q.at(r)
	if a := r.state.Asked; a != nil && a.Instead {
		lines := q.Get(&r.state.Answers)
		*lines = slices.DeleteFunc(slices.Clone(*lines), func(x L) bool { return q.Like(x, line) })
	}
	instead := r.state.Asked != nil && r.state.Asked.Instead
	r.state.Asked = nil
	if !instead && q.clash(r, *q.Get(&r.state.Answers), q.Print(line), line) {
		return verdict{kind: stays}
	}
	q.add(r, line)
	return q.next(r, l.Queue, l.More)
}

func (q Lines[E, T, L]) hear(r *run[E, T], in chat.Input) verdict {
	if in.Kind != chat.Text {
		return verdict{kind: unfit}
	}
	l := q.at(r)
	if a := r.unanswered; a != nil && moveOf(in.Text) == moveDone || len(l.Queue) > 0 && moveOf(in.Text) == moveDone {
		return q.next(r, append(q.pending(r, nil), l.Queue...), true)
	}
	if moveOf(in.Text) == moveDone || none(in.Text) && len(*q.Get(&r.state.Answers)) > 0 {
		return q.enough(r)
	}
	if none(in.Text) && len(*q.Get(&r.state.Answers)) == 0 {
		return verdict{kind: stays, say: "Kalau tidak ada, tidak perlu dilaporkan. Tekan Batal."}
	}
	if q.without(r, in.Text) {
		r.keep(list{More: true})
		return verdict{kind: stays}
	}
	parts := q.Read(r.env, l.Thing, in.Text)
	if l.Thing == "" {
		if code, ok := q.named(r, in.Text); ok && len(parts) <= 1 && (len(parts) == 0 || !parts[0].Sure && parts[0].Ask == "") {
			r.keep(list{Thing: code})
			return verdict{kind: stays}
		}
	}
	return q.take(r, l, parts)
}

// named finds the thing that words name and nothing else.
func (q Lines[E, T, L]) named(r *run[E, T], words string) (string, bool) {
	for _, o := range q.Things(r.env) {
		for _, w := range append([]string{o.Label}, o.Words...) {
			if fold(w) == fold(words) {
				return o.Value, true
			}
		}
	}
	return "", false
}

// take adds the sure parts and asks about the others, one by one.
func (q Lines[E, T, L]) take(r *run[E, T], l list, parts []Part[L]) verdict {
	var queue []waiting
	var why string
	var unread []string
	added := false
	before := slices.Clone(*q.Get(&r.state.Answers))
	for _, p := range parts {
		switch {
		case p.Sure && slices.ContainsFunc(before, func(have L) bool { return q.Like(have, p.Value) }):
			queue = append(queue, waiting{p.Words, l.Thing, ""})
		case p.Sure:
			q.add(r, p.Value)
			added = true
		case p.Ask != "" || p.Thing != "":
			queue = append(queue, waiting{p.Words, l.Thing, p.Thing})
		default:
			unread = append(unread, Quote(p.Words))
			if why == "" {
				if why = p.Why; why == "" {
					why = unclear(p.Words)
				}
			}
		}
	}
	if len(unread) > 1 || len(unread) == 1 && (added || len(queue) > 0) {
		why = "Belum terbaca: " + strings.Join(unread, ", ") + ". Mohon ditulis lagi, misalnya: " + q.Sample
	}
	queue = append(queue, q.pending(r, parts)...)
	queue = append(queue, l.Queue...)
	if max := q.Max; max > 0 && len(*q.Get(&r.state.Answers)) > max {
		lines := q.Get(&r.state.Answers)
		*lines = (*lines)[:max]
		why = "Satu laporan paling banyak " + thousands(max) + " " + q.Noun + "."
	}
	switch {
	case why != "" && !added && len(queue) == 0:
		return verdict{say: why}
	case why != "":
		v := q.next(r, queue, true)
		v.say = why
		return v
	}
	return q.next(r, queue, l.Thing != "" && q.More == "" || l.More)
}

// pending gives back what was asked about and got no answer, unless the new words tell it anew.
func (q Lines[E, T, L]) pending(r *run[E, T], parts []Part[L]) []waiting {
	a := r.unanswered
	r.unanswered = nil
	if a == nil {
		return nil
	}
	for _, o := range a.Options {
		var line L
		if json.Unmarshal(o.Value, &line) != nil {
			continue
		}
		for _, p := range parts {
			if p.Sure && q.Like(p.Value, line) {
				return nil
			}
		}
	}
	return []waiting{{Words: a.Raw}}
}

// next asks about what waits; when nothing does, the list is ready or more is asked for.
func (q Lines[E, T, L]) next(r *run[E, T], queue []waiting, more bool) verdict {
	for len(queue) > 0 {
		w := queue[0]
		queue = queue[1:]
		r.keep(list{Queue: queue, Thing: w.Thing, More: more})
		if w.Thing != "" && w.Words == "" {
			return verdict{kind: stays}
		}
		parts := q.Read(r.env, w.Of, w.Words)
		if len(parts) != 1 {
			continue
		}
		p := parts[0]
		if p.Sure {
			r.keep(list{Queue: queue, More: more})
			if q.clash(r, *q.Get(&r.state.Answers), w.Words, p.Value) {
				return verdict{kind: stays}
			}
			q.add(r, p.Value)
			continue
		}
		if p.Ask != "" {
			r.keep(list{Queue: queue, More: more})
			return reading(r, w.Words, p.Reading, func(L) verdict { return verdict{kind: stays} })
		}
		return verdict{kind: stays}
	}
	if more {
		r.keep(list{More: true})
		return verdict{kind: stays}
	}
	return q.enough(r)
}

func (q Lines[E, T, L]) enough(r *run[E, T]) verdict {
	if len(*q.Get(&r.state.Answers)) == 0 {
		return verdict{say: "Daftarnya masih kosong."}
	}
	return verdict{kind: answered}
}
