package flow

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
)

// Open implements Conversation.
func (s *script[E, T]) Open(env E, draft uint64, in chat.Input) Turn {
	r, turn := s.begin(env, draft, in)
	if turn != nil {
		return *turn
	}
	return r.withoutHidden(r.opened(in))
}

// begin makes the first state of a draft, or the turn that says why there is none.
func (s *script[E, T]) begin(env E, draft uint64, in chat.Input) (*run[E, T], *Turn) {
	r := &run[E, T]{script: s, env: env, draft: draft, in: in}
	r.state.Version = s.def.Version
	if s.def.Begin != nil {
		answers, turn := s.def.Begin(env, in)
		if turn != nil {
			last := r.closing(*turn, in.Query == "")
			return nil, &last
		}
		r.state.Answers = answers
	}
	r.settle()
	r.reopen()
	r.goTo(r.open())
	if r.state.Origin != "" && r.state.Step == "" && len(r.editable()) > 0 {
		r.state.View = viewEdit
	}
	return r, nil
}

// opened hears the first words, when something was said already.
func (r *run[E, T]) opened(in chat.Input) Turn {
	words := strings.TrimSpace(in.Text)
	if in.Kind == chat.Photo {
		return r.given()
	}
	if in.Kind == chat.Command && r.def.Args {
		words = in.Command.Args
	}
	if in.Kind == chat.Command && (!r.def.Args || r.state.Origin != "") || in.Kind == chat.Tapped {
		words = ""
	}
	if words == "" {
		return r.end(verdict{kind: stays}, in.Kind != chat.Tapped)
	}
	r.in.Kind, r.in.Text = chat.Text, words
	return r.typed(words)
}

// Hear implements Conversation.
func (s *script[E, T]) Hear(env E, draft uint64, data json.RawMessage, in chat.Input) Turn {
	r, ok := s.load(env, draft, data)
	if !ok {
		return s.Open(env, draft, chat.Input{Kind: chat.Tapped, Query: in.Query})
	}
	r.in = in
	return r.withoutHidden(r.heard(in))
}

// heard takes one input.
func (r *run[E, T]) heard(in chat.Input) Turn {
	switch {
	case in.Kind == chat.Tapped:
		return r.tapped()
	case in.Kind == chat.Command:
		return r.ordered(in.Command.Name)
	case in.Edited:
		return r.corrected()
	case in.Kind == chat.Text:
		r.state.Last = in.Message
		return r.typed(in.Text)
	default:
		return r.given()
	}
}

// Redraw implements Conversation.
func (s *script[E, T]) Redraw(env E, draft uint64, data json.RawMessage) Turn {
	r, ok := s.load(env, draft, data)
	if !ok {
		return s.Open(env, draft, chat.Input{Kind: chat.Tapped})
	}
	return r.end(verdict{kind: stays}, true)
}

// Leave implements Conversation.
func (s *script[E, T]) Leave(env E, draft uint64, data json.RawMessage) Turn {
	r, ok := s.load(env, draft, data)
	if !ok || !r.state.Board {
		return Turn{Data: data}
	}
	replies := r.unboard("Isian disimpan dulu.")
	return Turn{Data: r.save(), Replies: replies}
}

// Title implements Conversation.
func (s *script[E, T]) Title(env E, data json.RawMessage) string {
	r, ok := s.load(env, 0, data)
	if !ok {
		var none T
		return s.def.Title(env, &none)
	}
	if r.empty() {
		return ""
	}
	return s.def.Title(env, &r.state.Answers)
}

// tapped takes a button. One that belongs to an earlier state changes nothing.
func (r *run[E, T]) tapped() Turn {
	t, err := chat.ParseTap(r.in.Data)
	value := t.Arg(3)
	rev, bad := strconv.ParseUint(t.Arg(2), 36, 64)
	if err != nil || bad != nil || value == "" || t.Arg(1) != r.state.Step || rev != r.state.Rev && !r.late(rev, value) {
		return r.toast(r.show("", false), "Tombol ini sudah lewat. Ini yang sekarang.")
	}
	if strings.HasPrefix(value, ".") {
		return r.move(move(value), false)
	}
	if step, ok := strings.CutPrefix(value, "@"); ok {
		return r.change(step, false)
	}
	if answer, ok := strings.CutPrefix(value, sealValue); ok {
		return r.sealed(answer, false)
	}
	q := r.present()
	if q == nil {
		return r.end(verdict{kind: stays}, false)
	}
	if n, ok := strings.CutPrefix(value, "?"); ok {
		if raw := r.offered(n); raw != nil {
			return r.end(q.accept(r, raw), false)
		}
		return r.end(verdict{kind: stays}, false)
	}
	return r.end(q.tap(r, value), false)
}

// late says whether a button of an earlier card of the present question may still be pressed.
func (r *run[E, T]) late(rev uint64, value string) bool {
	q, ok := r.present().(interface{ late(string) bool })
	return ok && rev < r.state.Rev && r.state.View == "" && r.state.Asked == nil && q.late(value)
}

// end stores what a turn led to and shows the next card. below says that the card goes below the
// person's words; otherwise it takes the place of the one whose button was pressed.
func (r *run[E, T]) end(v verdict, below bool) Turn {
	switch v.kind {
	case answered:
		if r.state.Step != "" {
			r.mark(r.state.Step)
		}
		r.state.Misses = 0
	case stays:
		r.state.Misses = 0
	case missed, unfit:
		r.state.Misses++
		if v.say == "" {
			v.say = strange(r.in)
		}
		_, board := r.present().(interface{ board() }) // no such button there
		if r.state.Misses > 2 && r.def.Contact != nil && r.state.Step != "" && !board {
			v.say += "\nKalau sulit, tekan Tanya Dinsos."
		}
	}
	r.settle()
	for _, q := range r.def.Steps { // what came with another answer
		if _, part := q.(interface{ several() }); part && q.about().Step == r.state.Step {
			continue // the first of several is not the answer
		}
		if h := q.about(); h.Filled != nil && r.applies(q) && !r.done(h.Step) && h.Filled(&r.state.Answers) {
			r.mark(h.Step)
		}
	}
	if r.def.Halt != nil {
		if t := r.def.Halt(r.env, &r.state.Answers); t != nil {
			if t.Opens != "" {
				t.Data = r.save()
			}
			return r.closing(*t, below)
		}
	}
	if v.kind == answered || r.state.Step != "" && r.done(r.state.Step) && len(r.taken) > 0 && !r.asksBack() {
		r.goTo(r.open())
		if say := r.early(); v.say == "" {
			v.say = say
		}
	}
	if v.say == "" && below {
		v.say = r.echo()
	}
	if !bytes.Equal(r.save(), r.loaded) { // a tap that changes nothing leaves the buttons valid
		r.state.Rev++
	}
	if r.state.Step == "" && r.def.Confirm == nil {
		return r.finish(below)
	}
	return r.show(v.say, below)
}

// asksBack says whether the present question asks back, and would lose what was said by being left.
func (r *run[E, T]) asksBack() bool {
	q, ok := r.present().(interface{ asksBack(*run[E, T]) bool })
	return r.state.Asked != nil || ok && q.asksBack(r)
}

// early takes what was said for the present question before it was asked, and says why not.
func (r *run[E, T]) early() string {
	q, ok := r.present().(interface{ early(*run[E, T]) verdict })
	if !ok {
		return ""
	}
	v := q.early(r)
	if v.kind == answered {
		r.mark(r.state.Step)
		r.settle()
		r.goTo(r.open())
	}
	return v.say
}

func (r *run[E, T]) settle() {
	if r.def.Settle != nil {
		r.def.Settle(r.env, &r.state.Answers)
	}
}

// withoutHidden has the message deleted whose words are to be kept nowhere.
func (r *run[E, T]) withoutHidden(t Turn) Turn {
	if r.hidden && r.in.Message != 0 {
		gone := chat.Reply{Act: chat.Delete, Class: chat.Fleet, Message: r.in.Message}
		t.Replies = append([]chat.Reply{gone}, t.Replies...)
	}
	return t
}

// with answers the tap that led to a turn.
func (r *run[E, T]) with(t Turn) Turn {
	if r.in.Query == "" || slices.ContainsFunc(t.Replies, func(x chat.Reply) bool { return x.Act == chat.Toast }) {
		return t
	}
	return r.toast(t, "")
}

func (r *run[E, T]) toast(t Turn, text string) Turn {
	if r.in.Query == "" {
		return t
	}
	t.Replies = slices.DeleteFunc(slices.Clone(t.Replies), func(x chat.Reply) bool { return x.Act == chat.Toast })
	toast := chat.Reply{Act: chat.Toast, Class: chat.Fleet, Query: r.in.Query, Text: text}
	t.Replies = append([]chat.Reply{toast}, t.Replies...)
	return t
}

// closing ends the draft, the reply keyboard put away.
func (r *run[E, T]) closing(t Turn, below bool) Turn {
	for i := range t.Replies {
		if x := &t.Replies[i]; x.Act == chat.Show && (below || r.state.Board) {
			x.Fresh = true
		}
	}
	if r.state.Board {
		t.Replies = append(r.unboard("Baik."), t.Replies...)
	}
	return r.with(t)
}

func (r *run[E, T]) finish(below bool) Turn {
	return r.closing(r.def.Finish(r.env, r.draft, &r.state.Answers), below)
}
