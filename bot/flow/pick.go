package flow

import (
	"encoding/json"
	"slices"
	"strconv"

	"wksbm/bot/chat"
)

// Pick is a question with one answer out of a long list: a few on each page, the others found by
// typing part of a name.
type Pick[E, T any] struct {
	Head[E, T]
	Get func(*T) *string
	// Options may be hundreds. Those a person most likely means come first. Where they cost much to
	// make, give Shown: it is asked often.
	Options func(E, *T) []Option
	// Search finds options by words, also such as Options leaves out; nil looks at the labels and words
	// of Options.
	Search func(e E, t *T, words string) []Option
	// Extra are buttons below every page, such as for somebody new; nil when there are none.
	Extra func(E, *T) []Option
	// Sought is told words that found nothing, so that they need not be typed again.
	Sought func(t *T, words string)
	// Confirm asks back when typed words found exactly one.
	Confirm bool
	// PageSize is how many options a page shows, 6 when 0.
	PageSize int
	// Take is told the answer, so that it can fill in what follows from it.
	Take func(e E, t *T, value string)
	// Undo names the steps that are asked anew when this answer changes.
	Undo []string
}

func (q Pick[E, T]) extras(e E, t *T) []Option {
	if q.Extra == nil {
		return nil
	}
	return q.Extra(e, t)
}

func (q Pick[E, T]) shown(e E, t *T) string {
	if q.Shown != nil {
		return q.Shown(e, t)
	}
	if *q.Get(t) == "" {
		return ""
	}
	for _, o := range append(slices.Clone(q.Options(e, t)), q.extras(e, t)...) {
		if o.Value == *q.Get(t) {
			return o.Label
		}
	}
	return *q.Get(t)
}

func (q Pick[E, T]) clear(t *T) { *q.Get(t) = "" }

// search finds what words mean; all options when there are no words.
func (q Pick[E, T]) search(r *run[E, T], words string) []Option {
	t := &r.state.Answers
	switch {
	case words == "":
		return q.Options(r.env, t)
	case q.Search != nil:
		return q.Search(r.env, t, words)
	}
	options := q.Options(r.env, t)
	found, _ := seek(words, options)
	if len(found) == 0 {
		found, _ = within(words, options)
	}
	return pickOut(options, found)
}

func (q Pick[E, T]) draw(r *run[E, T]) card {
	s := r.shelf()
	part, at, of := s.page(q.search(r, s.Words), q.size())
	c := card{text: r.headed(q.Head, s.note(0, at, of)), rows: grid(q.buttons(r, part))}
	c.rows = append(c.rows, r.turns(s, at, of)...)
	c.rows = append(c.rows, grid(q.buttons(r, q.extras(r.env, &r.state.Answers)))...)
	return c
}

func (q Pick[E, T]) size() int {
	if q.PageSize > 0 {
		return q.PageSize
	}
	return 6
}

func (q Pick[E, T]) buttons(r *run[E, T], options []Option) []chat.Button {
	var out []chat.Button
	for _, o := range options {
		out = append(out, r.own(o.Label, "="+tag(o.Value)))
	}
	return out
}

// late says that a page button of an earlier card still means the same.
func (q Pick[E, T]) late(value string) bool { return value[0] == 'p' }

func (q Pick[E, T]) tap(r *run[E, T], value string) verdict {
	if value[0] == 'p' || value == "all" {
		r.turn(value)
		return verdict{kind: stays}
	}
	for _, o := range append(slices.Clone(q.search(r, r.shelf().Words)), q.extras(r.env, &r.state.Answers)...) {
		if "="+tag(o.Value) == value {
			return q.take(r, o.Value)
		}
	}
	return verdict{kind: stays}
}

func (q Pick[E, T]) take(r *run[E, T], value string) verdict {
	r.state.Scratch = nil
	return r.choose(q.Get, q.Take, q.Undo, value)
}

func (q Pick[E, T]) back(r *run[E, T]) bool {
	s := r.shelf()
	r.state.Scratch = nil
	return s != shelf{}
}

func (q Pick[E, T]) accept(r *run[E, T], raw json.RawMessage) verdict {
	var value string
	if json.Unmarshal(raw, &value) != nil {
		return verdict{kind: stays}
	}
	return q.take(r, value)
}

func (q Pick[E, T]) hear(r *run[E, T], in chat.Input) verdict {
	if in.Kind != chat.Text {
		return verdict{kind: unfit}
	}
	extras := q.extras(r.env, &r.state.Answers)
	if at := exact(in.Text, phrases(extras)); len(at) == 1 {
		return q.take(r, extras[at[0]].Value)
	}
	s := r.shelf()
	switch fold(in.Text) {
	case "berikutnya", "selanjutnya", "halaman berikutnya":
		if _, at, of := s.page(q.search(r, s.Words), q.size()); at < of {
			r.keep(shelf{Page: at, Words: s.Words})
			return verdict{kind: stays}
		}
	case "semua", "tampilkan semua":
		r.state.Scratch = nil
		return verdict{kind: stays}
	}
	return q.found(r, in.Text)
}

// found acts on what words find: takes the one, shows several, or says that there is none.
func (q Pick[E, T]) found(r *run[E, T], words string) verdict {
	hits := q.search(r, words)
	part, _, _ := r.shelf().page(q.search(r, r.shelf().Words), q.size())
	n, err := strconv.Atoi(fold(words))
	switch {
	case len(hits) == 1 && !q.Confirm:
		return q.take(r, hits[0].Value)
	case len(hits) == 1:
		return q.sure(r, words, hits[0])
	case len(hits) > 1:
		r.keep(shelf{Words: words})
		return verdict{kind: stays}
	case err == nil && n >= 1 && n <= len(part): // the second button
		return q.sure(r, words, part[n-1])
	}
	if q.Sought != nil {
		q.Sought(&r.state.Answers, words)
	}
	r.keep(shelf{Words: words})
	return verdict{say: "Kami membaca " + Quote(words) + ", belum ada di daftar."}
}

func (q Pick[E, T]) sure(r *run[E, T], words string, o Option) verdict {
	return reading(r, words, Ask("Yang ini?", Offer[string]{Label: o.Label, Words: o.Words, Value: o.Value}), func(string) verdict { return verdict{} })
}
