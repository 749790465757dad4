package flow

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"wksbm/bot/chat"
)

// reopen takes what was recorded as answered.
func (r *run[E, T]) reopen() {
	if r.def.Reopen == nil || !r.def.Reopen(&r.state.Answers) {
		return
	}
	for _, q := range r.def.Steps {
		h := q.about()
		b, ok := q.(interface{ blank() bool })
		there := h.Optional || ok && b.blank() || q.shown(r.env, &r.state.Answers) != "" || h.Filled != nil && h.Filled(&r.state.Answers)
		if there && r.applies(q) {
			r.state.Done = append(r.state.Done, h.Step)
		}
	}
	r.state.Origin = r.print()
}

// print tells whether answers changed, without keeping them twice.
func (r *run[E, T]) print() string {
	data, err := json.Marshal(r.state.Answers)
	if err != nil {
		panic(err) // T is a plain struct: only a mistake in its definition can fail
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// unchanged says that answers which were recorded are still the same.
func (r *run[E, T]) unchanged() bool {
	return r.state.Origin != "" && r.state.Asked == nil && r.state.Origin == r.print()
}

// Amend implements Conversation.
func (s *script[E, T]) Amend(env E, draft uint64, in chat.Input, a Answer) Turn {
	r, turn := s.begin(env, draft, in)
	if turn != nil {
		return *turn
	}
	q := r.question(a.Step)
	if in.Kind != chat.Text || q == nil || !r.applies(q) {
		return r.end(verdict{kind: stays}, true)
	}
	t := r.withoutHidden(r.correct(a.Step, a.Whole, ""))
	if r.unchanged() && len(r.taken) > 0 {
		return r.withoutHidden(Turn{End: Cancelled})
	}
	return t
}

// Revisit implements Conversation.
func (s *script[E, T]) Revisit(env E, draft uint64, in chat.Input, step, why string) Turn {
	r, turn := s.begin(env, draft, in)
	if turn != nil {
		return *turn
	}
	if q := r.likeStep(step); q != nil {
		r.goTo(q.about().Step)
		if c, ok := q.(interface{ reopen(*run[E, T]) }); ok {
			c.reopen(r)
		}
		r.state.Focus = r.state.Step
	} else { // not asked any more: the summary can be sent, or changed
		r.state.View = ""
	}
	return r.end(verdict{kind: stays, say: why}, in.Kind != chat.Tapped)
}

// likeStep returns the question of a step, or the one that is asked in its stead: it has the same label.
func (r *run[E, T]) likeStep(step string) Question[E, T] {
	q := r.question(step)
	if q == nil || r.applies(q) {
		return q
	}
	for _, other := range r.def.Steps {
		if label := q.about().Label; label != "" && other.about().Label == label && r.applies(other) {
			return other
		}
	}
	return nil
}

// standing is the answer that somebody asked about while it is as it was, "" at other questions.
func (r *run[E, T]) standing(q Question[E, T]) string {
	if r.state.Focus == "" || r.state.Focus != q.about().Step || !r.unchanged() {
		return ""
	}
	return q.shown(r.env, &r.state.Answers)
}

// keepLabel is the label of the button that leaves an answer as it is.
func keepLabel(shown string) string {
	const short = 12
	if len([]rune(shown)) > short {
		return "Tetap seperti itu"
	}
	return "Tetap " + shown
}

// keeps says whether words leave the answer that somebody asked about as it is.
func (r *run[E, T]) keeps(words string) bool {
	q := r.present()
	if q == nil {
		return false
	}
	was := r.standing(q)
	said := fold(words)
	return was != "" && (said == "tetap" || said == fold(keepLabel(was)) || said == "tetap "+fold(was))
}

// Said implements Conversation.
func (s *script[E, T]) Said(data json.RawMessage) []Answer {
	r := &run[E, T]{script: s}
	if json.Unmarshal(data, &r.state) != nil {
		return nil
	}
	var out []Answer
	for _, m := range r.state.Said {
		if r.question(m.Step) != nil {
			out = append(out, Answer{Message: m.Message, Step: m.Step, Whole: m.Whole && m.Stamp == r.stamp(m.Step)})
		}
	}
	return out
}

// Hides implements Conversation.
func (s *script[E, T]) Hides(env E, data json.RawMessage) bool {
	r, ok := s.load(env, 0, data)
	return ok && r.state.Step != "" && hides(r.present())
}
