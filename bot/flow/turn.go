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
	r := &run[E, T]{script: s, env: env, draft: draft, in: in}
	r.state.Version = s.def.Version
	if s.def.Begin != nil {
		answers, turn := s.def.Begin(env, in)
		if turn != nil {
			return r.closing(*turn, in.Query == "")
		}
		r.state.Answers = answers
	}
	r.goTo(r.open())
	words := strings.TrimSpace(in.Text)
	if in.Kind == chat.Photo {
		return r.given()
	}
	if in.Kind == chat.Command && s.def.Args {
		words = in.Command.Args
	}
	if in.Kind == chat.Command && !s.def.Args || in.Kind == chat.Tapped {
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
	if err != nil || bad != nil || value == "" || t.Arg(1) != r.state.Step || rev != r.state.Rev {
		return r.toast(r.show("", false), "Tombol ini sudah lewat. Ini yang sekarang.")
	}
	if strings.HasPrefix(value, ".") {
		return r.move(move(value), false)
	}
	if step, ok := strings.CutPrefix(value, "@"); ok {
		return r.change(step, false)
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

// offered returns the reading that a button of the question back stands for.
func (r *run[E, T]) offered(n string) json.RawMessage {
	i, err := strconv.Atoi(n)
	if err != nil || r.state.Asked == nil || i < 0 || i >= len(r.state.Asked.Options) {
		return nil
	}
	return r.state.Asked.Options[i].Value
}

// ordered takes one of the commands that hold at every step.
func (r *run[E, T]) ordered(name string) Turn {
	switch name {
	case "batal":
		return r.move(moveCancel, true)
	case "bantu", "help":
		return r.move(moveHelp, true)
	case "kembali":
		return r.move(moveBack, true)
	case "lewati":
		return r.move(moveSkip, true)
	}
	return r.end(verdict{kind: missed, say: strange(r.in)}, true)
}

// maxWords is how many characters of one message are read.
const maxWords = 1500

// typed takes words: a move, the choice between readings, or an answer.
func (r *run[E, T]) typed(words string) Turn {
	words = strings.TrimSpace(words)
	if n := len([]rune(words)); n > maxWords {
		return r.end(verdict{say: "Pesan ini terlalu panjang (" + thousands(n) + " huruf). Mohon ditulis singkat."}, true)
	}
	if turn, ok := r.overlaid(words); ok {
		return turn
	}
	if m := moveOf(words); m != "" && m != moveDone {
		return r.move(m, true)
	}
	if r.state.Step == "" {
		return r.atSummary(words)
	}
	return r.end(r.answer(words), true)
}

// overlaid takes words while a view lies over the question.
func (r *run[E, T]) overlaid(words string) (Turn, bool) {
	switch r.state.View {
	case viewCancel:
		switch fold(words) {
		case "ya", "iya", "y", "ya batalkan", "ya batal", "batal", "batalkan":
			return r.move(moveDrop, true), true
		case "tidak", "tdk", "gak", "jangan", "lanjut", "lanjutkan", "tidak lanjutkan", "tidak jadi", "terus", "teruskan":
			return r.move(moveStay, true), true
		}
		return r.calm("", true), true
	case viewEdit:
		if at := match(words, r.labels()); len(at) == 1 {
			return r.change(r.editable()[at[0]].Step, true), true
		}
	}
	return Turn{}, false
}

// answer hears words at the present question. What answers other questions is taken out first.
func (r *run[E, T]) answer(words string) verdict {
	q := r.present()
	if a := r.state.Asked; a != nil {
		var all []phrase
		for _, o := range a.Options {
			all = append(all, phrase{o.Label, o.Words})
		}
		at := exact(words, all)
		if len(all) == 1 && agrees(words) { // "Maksudnya yang ini?" "Ya"
			at = []int{0}
		}
		if len(at) == 1 {
			r.remember(r.in.Message, r.state.Step)
			return q.accept(r, a.Options[at[0]].Value)
		}
		r.unanswered, r.state.Asked = a, nil
	}
	if r.def.Belongs != nil {
		if step := r.def.Belongs(r.env, &r.state.Answers, r.state.Step, words); step != "" && step != r.state.Step {
			r.goTo(step)
			q = r.present()
		}
	}
	r.whole = q.shown(r.env, &r.state.Answers) == ""
	if q.about().Optional && none(words) {
		return r.skip(q)
	}
	step := r.state.Step
	rest, why := words, ""
	if r.def.Glean != nil {
		var taken []string
		taken, rest, why = r.def.Glean(r.env, &r.state.Answers, step, words)
		for _, s := range taken {
			r.mark(s)
		}
		if (len(taken) > 0 || why != "") && (rest == "" || slices.Contains(taken, step)) {
			r.remember(r.in.Message, step)
			return verdict{kind: stays, say: why}
		}
	}
	if _, free := q.(interface{ free() }); free && r.state.Words != "" && r.state.Words == fold(words) {
		return verdict{kind: stays, say: "Itu sudah kami catat. Sekarang yang ini:"}
	}
	r.state.Words = fold(words)
	in := r.in
	in.Kind, in.Text = chat.Text, rest
	v := q.hear(r, in)
	if why != "" {
		v.say = strings.TrimSpace(why + "\n" + v.say)
	}
	if v.kind == answered || v.kind == stays {
		r.remember(r.in.Message, step)
	}
	return v
}

func (r *run[E, T]) skip(q Question[E, T]) verdict {
	q.clear(&r.state.Answers)
	return verdict{kind: answered}
}

// given takes what is sent but not typed: to the present question if it can use it, else to the
// first that can.
func (r *run[E, T]) given() Turn {
	if f := r.in.File; f != nil && f.Album != "" && f.Album == r.state.Album {
		return r.album()
	}
	if q := r.present(); q != nil {
		if v := q.hear(r, r.in); v.kind != unfit {
			return r.end(r.caption(v), true)
		}
	}
	for _, q := range r.def.Steps {
		shut := r.def.Gate != "" && !r.done(r.def.Gate)
		if h := q.about(); h.Step != r.state.Step && r.applies(q) && !shut {
			here := r.state
			if v := q.hear(r, r.in); v.kind == answered {
				r.mark(h.Step)
				return r.end(r.caption(verdict{kind: stays}), true)
			} else if v.kind == missed {
				r.state = here
				return r.end(v, true)
			}
			r.state = here
		}
	}
	return r.end(verdict{say: strange(r.in)}, true)
}

// caption reads the words below a picture that was taken as an answer. What is no answer is left
// alone: people write all kinds of things there.
func (r *run[E, T]) caption(v verdict) verdict {
	words := strings.TrimSpace(r.in.Text)
	if words == "" || v.kind != answered && v.kind != stays {
		return v
	}
	if v.kind == answered && r.state.Step != "" {
		r.mark(r.state.Step)
		r.goTo(r.open())
	}
	trial := *r
	trial.taken = slices.Clone(r.taken)
	trial.state.Done = slices.Clone(r.state.Done)
	var w verdict
	if _, free := r.present().(interface{ free() }); free || r.state.Step == "" {
		w = trial.glean(words)
	} else {
		w = trial.answer(words)
	}
	if w.kind != answered && w.kind != stays {
		return verdict{kind: stays}
	}
	*r = trial
	return w
}

// album adds one more picture of an album that was answered already; nothing is said twice.
func (r *run[E, T]) album() Turn {
	for _, q := range r.def.Steps {
		if v := q.hear(r, r.in); v.kind == answered {
			r.mark(q.about().Step)
			r.state.Rev++
			return r.end(verdict{kind: stays}, false)
		}
	}
	return Turn{Data: r.save()}
}

// corrected hears the new version of a message that gave an answer.
func (r *run[E, T]) corrected() Turn {
	s := r.heardAt(r.in.Message)
	if s == nil && r.in.Kind == chat.Text && r.in.Message == r.state.Last {
		return r.typed(r.in.Text)
	}
	if s == nil || r.in.Kind != chat.Text || r.question(s.Step) == nil {
		return Turn{Data: r.save()}
	}
	q := r.question(s.Step)
	before := r.save()
	r.state.Step = s.Step
	r.leave()
	r.state.Scratch = nil
	if c, ok := q.(interface{ redo(*run[E, T], int64) bool }); ok && !c.redo(r, r.in.Message) {
		return r.end(verdict{kind: stays, say: "Mohon diubah di sini:"}, true)
	}
	words := strings.TrimSpace(r.in.Text)
	if label, rest, ok := strings.Cut(words, ":"); ok && fold(label) == fold(q.about().Label) {
		words = strings.TrimSpace(rest)
	}
	v := r.answer(words)
	if v.kind == answered || v.kind == stays && slices.Contains(r.taken, s.Step) {
		r.mark(s.Step)
		return r.end(verdict{kind: stays, say: strings.TrimSpace("Diperbaiki. " + r.echo())}, true)
	}
	if v.kind == stays {
		return r.end(v, true)
	}
	old, _ := r.load(r.env, r.draft, before)
	old.in = r.in
	return old.end(verdict{kind: missed, say: v.say + " Jawaban yang lama tetap."}, true)
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
	for _, q := range r.def.Steps { // what came with another answer
		if h := q.about(); h.Filled != nil && r.applies(q) && !r.done(h.Step) && h.Filled(&r.state.Answers) {
			r.mark(h.Step)
		}
	}
	if r.def.Halt != nil {
		if t := r.def.Halt(r.env, &r.state.Answers); t != nil {
			return r.closing(*t, below)
		}
	}
	if v.kind == answered || r.state.Step != "" && r.done(r.state.Step) && len(r.taken) > 0 {
		r.goTo(r.open())
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
