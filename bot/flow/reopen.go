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
