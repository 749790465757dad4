package flow

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
)

// Choice is a question with a fixed set of answers, tapped or typed. The code is stored.
type Choice[E, T any] struct {
	Head[E, T]
	Get     func(*T) *string
	Options func(E, *T) []Option
	// Read understands words that no option's name is; nil when there are none. A sure value need not
	// be among the options.
	Read func(e E, t *T, words string) Reading[string]
	// Exact takes an option only when the words name it and nothing else: where a misread word would
	// weigh much.
	Exact bool
	// Take is told the answer, so that it can fill in what follows from it.
	Take func(e E, t *T, value string)
	// Undo names the steps that are asked anew when this answer changes.
	Undo []string
}

func (q Choice[E, T]) shown(e E, t *T) string {
	if q.Shown != nil {
		return q.Shown(e, t)
	}
	for _, o := range q.Options(e, t) {
		if o.Value == *q.Get(t) {
			return o.Label
		}
	}
	return *q.Get(t)
}

func (q Choice[E, T]) clear(t *T) { *q.Get(t) = "" }

func (q Choice[E, T]) draw(r *run[E, T]) card {
	var bs []chat.Button
	for _, o := range q.Options(r.env, &r.state.Answers) {
		bs = append(bs, r.own(o.Label, "="+o.Value))
	}
	return card{rows: grid(bs)}
}

func (q Choice[E, T]) take(r *run[E, T], value string) verdict {
	return r.choose(q.Get, q.Take, q.Undo, value)
}

// choose stores an answer, tells take of it, and asks the steps of undo anew when it changed.
func (r *run[E, T]) choose(get func(*T) *string, take func(E, *T, string), undo []string, value string) verdict {
	var before state[T]
	_ = json.Unmarshal(r.loaded, &before) // at the start of a draft there is none
	*get(&r.state.Answers) = value
	r.state.Asked = nil
	if take != nil {
		take(r.env, &r.state.Answers, value)
	}
	if old := *get(&before.Answers); old != "" && old != value {
		for _, step := range undo { // unless it came with the new answer
			other := r.question(step)
			switch now := other.shown(r.env, &r.state.Answers); {
			case now == other.shown(r.env, &before.Answers):
				other.clear(&r.state.Answers)
				r.undo(step)
			case now != "":
				r.mark(step)
			}
		}
	}
	return verdict{kind: answered}
}

func (q Choice[E, T]) tap(r *run[E, T], value string) verdict {
	for _, o := range q.Options(r.env, &r.state.Answers) {
		if "="+o.Value == value {
			return q.take(r, o.Value)
		}
	}
	return verdict{kind: stays}
}

func (q Choice[E, T]) accept(r *run[E, T], raw json.RawMessage) verdict {
	var value string
	if json.Unmarshal(raw, &value) != nil {
		return verdict{kind: stays}
	}
	return q.take(r, value)
}

func (q Choice[E, T]) hear(r *run[E, T], in chat.Input) verdict {
	if in.Kind != chat.Text {
		return verdict{kind: unfit}
	}
	options := q.Options(r.env, &r.state.Answers)
	if q.Read != nil {
		if v := reading(r, in.Text, q.Read(r.env, &r.state.Answers, in.Text), func(v string) verdict { return q.take(r, v) }); v.kind != missed || v.say != "" {
			return v
		}
	}
	var all []phrase
	for _, o := range options {
		all = append(all, phrase{o.Label, o.Words})
	}
	find := match
	if q.Exact {
		find = exact
	}
	switch at := find(in.Text, all); {
	case len(at) == 1:
		return q.take(r, options[at[0]].Value)
	case len(at) > 1:
		var offers []Offer[string]
		for _, i := range at {
			offers = append(offers, Offer[string]{Label: options[i].Label, Words: options[i].Words, Value: options[i].Value})
		}
		return reading(r, in.Text, Ask("Yang mana?", offers...), func(string) verdict { return verdict{} })
	}
	return verdict{say: unclear(in.Text) + " Pilih salah satu tombol."}
}

// reading acts on what a parser made of words: takes a sure value, keeps the question back, or says
// why not.
func reading[E, T, V any](r *run[E, T], words string, got Reading[V], take func(V) verdict) verdict {
	switch {
	case got.Sure:
		return take(got.Value)
	case got.Ask != "":
		p := &pending{Raw: words, Ask: got.Ask}
		for _, o := range got.Offers {
			value, err := json.Marshal(o.Value)
			if err != nil {
				panic(err) // V is a plain value
			}
			p.Options = append(p.Options, offer{Label: o.Label, Words: o.Words, Value: value})
		}
		r.state.Asked = p
		return verdict{kind: stays}
	}
	return verdict{say: got.Why}
}

// Typed is a question answered in words that are read as a V, with ready answers as buttons.
type Typed[E, T, V any] struct {
	Head[E, T]
	Get    func(*T) *V
	Read   func(e E, t *T, words string) Reading[V]
	Offers func(E, *T) []Offer[V]
	Print  func(V) string
	// Hide says that the words are to be seen by nobody: the message that brought them is deleted,
	// whatever was made of it, and only the answer is kept. Print or Shown must mask it, and Why must
	// not quote the words.
	Hide bool
}

// hides says whether the words of a question are to be kept nowhere.
func hides[E, T any](q Question[E, T]) bool {
	h, ok := q.(interface{ hide() bool })
	return ok && h.hide()
}

func (q Typed[E, T, V]) hide() bool { return q.Hide }

func (q Typed[E, T, V]) shown(e E, t *T) string {
	if q.Shown != nil {
		return q.Shown(e, t)
	}
	return q.Print(*q.Get(t))
}

// free says that any words may be the answer.
func (q Typed[E, T, V]) free() {}

func (q Typed[E, T, V]) clear(t *T) {
	var none V
	*q.Get(t) = none
}

func (q Typed[E, T, V]) offers(r *run[E, T]) []Offer[V] {
	if q.Offers == nil {
		return nil
	}
	return q.Offers(r.env, &r.state.Answers)
}

func (q Typed[E, T, V]) draw(r *run[E, T]) card {
	var bs []chat.Button
	for i, o := range q.offers(r) { // by place: a label may be long, and may be a name
		bs = append(bs, r.own(o.Label, "="+strconv.Itoa(i)))
	}
	return card{rows: grid(bs)}
}

func (q Typed[E, T, V]) take(r *run[E, T], v V) verdict {
	*q.Get(&r.state.Answers) = v
	r.state.Asked = nil
	return verdict{kind: answered}
}

func (q Typed[E, T, V]) tap(r *run[E, T], value string) verdict {
	for i, o := range q.offers(r) {
		if "="+strconv.Itoa(i) == value {
			return q.take(r, o.Value)
		}
	}
	return verdict{kind: stays}
}

func (q Typed[E, T, V]) accept(r *run[E, T], raw json.RawMessage) verdict {
	var v V
	if json.Unmarshal(raw, &v) != nil {
		return verdict{kind: stays}
	}
	return q.take(r, v)
}

func (q Typed[E, T, V]) hear(r *run[E, T], in chat.Input) verdict {
	if in.Kind != chat.Text {
		return verdict{kind: unfit}
	}
	for _, o := range q.offers(r) {
		if slices.ContainsFunc(append([]string{o.Label}, o.Words...), func(w string) bool { return fold(w) == fold(in.Text) }) {
			return q.take(r, o.Value)
		}
	}
	raw, unread := in.Text, unclear(in.Text)
	if q.Hide {
		raw, unread = "", "Kami belum yakin artinya."
	}
	v := reading(r, raw, q.Read(r.env, &r.state.Answers, in.Text), func(v V) verdict { return q.take(r, v) })
	if v.kind == missed && v.say == "" {
		v.say = unread
	}
	if q.Hide {
		v.say = strings.ReplaceAll(v.say, Quote(in.Text), "pesan itu")
	}
	return v
}
