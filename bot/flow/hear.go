package flow

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
)

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
		r.hidden = hides(r.present())
		return r.end(verdict{say: "Pesan ini terlalu panjang (" + thousands(n) + " huruf). Mohon ditulis singkat."}, true)
	}
	if turn, ok := r.overlaid(words); ok {
		return turn
	}
	if r.keeps(words) {
		return r.move(moveKeep, true)
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
	r.hide(q)
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
	if r.def.Belongs != nil && !r.hidden {
		if step := r.def.Belongs(r.env, &r.state.Answers, r.state.Step, words); step != "" && step != r.state.Step {
			r.goTo(step)
			q = r.present()
			r.hide(q)
		}
	}
	r.whole = q.shown(r.env, &r.state.Answers) == ""
	if h := q.about(); h.Optional && (none(words) || fold(words) == fold(h.passing())) {
		return r.skip(q)
	}
	step := r.state.Step
	rest, why := words, ""
	if r.def.Glean != nil && !r.hidden {
		var taken []string
		taken, rest, why = r.def.Glean(r.env, &r.state.Answers, step, words)
		r.gleaned(taken)
		if (len(taken) > 0 || why != "") && (rest == "" || slices.Contains(taken, step)) {
			r.remember(r.in.Message, step)
			return verdict{kind: stays, say: why}
		}
	}
	if _, free := q.(interface{ free() }); free && r.state.Words != "" && r.state.Words == fold(words) {
		r.state.Words = "" // said once more, it is meant
		return verdict{kind: stays, say: "Itu sudah kami catat. Sekarang yang ini:"}
	}
	in := r.in
	in.Kind, in.Text = chat.Text, rest
	v := q.hear(r, in)
	if why != "" {
		v.say = strings.TrimSpace(why + "\n" + v.say)
	}
	_, part := q.(interface{ several() })
	onward := part && (moveOf(words) == moveDone || agrees(words)) // says nothing of its own
	if (v.kind == answered || v.kind == stays) && !onward {
		r.remember(r.in.Message, step)
	}
	if v.kind == answered && !r.hidden {
		r.state.Words = fold(words)
	}
	return v
}

// hide sees to it that words which the question wants seen by nobody go nowhere but into the answer.
func (r *run[E, T]) hide(q Question[E, T]) {
	if hides(q) {
		r.hidden, r.state.Last = true, 0
	}
}

// gleaned notes the steps that words answered beside the present one.
func (r *run[E, T]) gleaned(taken []string) {
	for _, s := range taken {
		r.mark(s)
		r.hide(r.question(s))
	}
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
	whole := s.Whole && s.Stamp == r.stamp(s.Step)
	return r.correct(s.Step, whole, "Diperbaiki. ")
}

// correct hears words as the new answer of a step, and lets the old one stand when they are none.
// whole says that the old words gave a list and nothing changed it since.
func (r *run[E, T]) correct(step string, whole bool, done string) Turn {
	q := r.question(step)
	before := r.save()
	r.leave()
	r.state.Step = step
	if c, ok := q.(interface{ redo(*run[E, T], bool) bool }); ok && !c.redo(r, whole) {
		return r.end(verdict{kind: stays, say: "Mohon diubah di sini:"}, true)
	}
	words := strings.TrimSpace(r.in.Text)
	if label, rest, ok := strings.Cut(words, ":"); ok && fold(label) == fold(q.about().Label) {
		words = strings.TrimSpace(rest)
	}
	v := r.answer(words)
	if v.kind == answered || v.kind == stays && slices.Contains(r.taken, step) {
		r.mark(step)
		return r.end(verdict{kind: stays, say: strings.TrimSpace(done + r.echo())}, true)
	}
	if v.kind == stays {
		return r.end(v, true)
	}
	old, _ := r.load(r.env, r.draft, before)
	old.in = r.in
	return old.end(verdict{kind: missed, say: v.say + " Jawaban yang lama tetap."}, true)
}
