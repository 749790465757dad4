package flow

import (
	"cmp"
	"strings"

	"wksbm/bot/chat"
)

// move makes one of the moves that hold at every step.
func (r *run[E, T]) move(m move, below bool) Turn {
	switch m {
	case moveCancel:
		return r.cancel(below)
	case moveDrop:
		return r.drop(below)
	case moveHelp:
		return r.help(below)
	case moveBack:
		return r.goBack(below)
	case moveSkip:
		return r.pass(below)
	case moveAsk:
		return r.calm(r.def.Contact(r.env), below)
	case moveDone:
		if q := r.present(); q != nil {
			return r.end(q.hear(r, chat.Input{Kind: chat.Text, Text: "selesai"}), below)
		}
	case moveRedo:
		r.state.Asked = nil
	case moveStay:
		r.state.View = ""
	case moveKeep:
		if r.state.Focus == r.state.Step {
			r.goTo(r.open())
		}
	case moveEdit:
		r.state.View = viewEdit
	case moveSend:
		if _, waits := r.seal(); r.state.Step == "" && r.def.Confirm != nil && r.open() == "" && !waits {
			return r.finish(below)
		}
	}
	return r.calm("", below)
}

// calm shows the present card with a line that is no complaint.
func (r *run[E, T]) calm(say string, below bool) Turn {
	return r.end(verdict{kind: stays, say: say}, below)
}

// cancel asks once when there is something to lose.
func (r *run[E, T]) cancel(below bool) Turn {
	if r.empty() {
		return r.drop(below)
	}
	r.state.View = viewCancel
	return r.calm("", below)
}

func (r *run[E, T]) drop(below bool) Turn {
	last := chat.Reply{Act: chat.Show, Class: chat.Screen, Text: r.def.Dropped, Buttons: r.def.Exits}
	if r.state.Origin != "" {
		last.Text = "Baik, tidak ada yang berubah."
	}
	if r.def.Leaving != nil {
		last.Text = cmp.Or(r.def.Leaving(r.env, &r.state.Answers), last.Text)
	}
	return r.closing(Turn{End: Cancelled, Replies: []chat.Reply{last}}, below)
}

const anyHelp = "Tulis jawabannya, atau pilih salah satu tombol. /menu untuk berhenti dulu; isian tetap tersimpan."

func (r *run[E, T]) help(below bool) Turn {
	say := anyHelp
	if q := r.present(); q != nil && q.about().Help != "" {
		say = q.about().Help
	}
	return r.calm(say, below)
}

func (r *run[E, T]) goBack(below bool) Turn {
	switch q := r.present(); {
	case r.state.View != "":
		r.state.View = ""
	case r.state.Asked != nil:
		r.state.Asked = nil
	case q == nil:
		r.state.View = viewEdit
	case q.back(r):
	case r.state.Visited && r.open() == "":
		r.goTo("")
	case r.before() != "":
		r.goTo(r.before())
	default:
		return r.calm("Ini pertanyaan pertama.", below)
	}
	return r.calm("", below)
}

func (r *run[E, T]) pass(below bool) Turn {
	q := r.present()
	if q == nil {
		return r.calm("", below)
	}
	if !q.about().Optional {
		return r.end(verdict{say: "Yang ini perlu diisi dulu."}, below)
	}
	return r.end(r.skip(q), below)
}

// change asks one question again, or for the first time when it lies aside.
func (r *run[E, T]) change(step string, below bool) Turn {
	q := r.question(step)
	if q == nil || !r.applies(q) || r.state.Step != "" {
		return r.calm("", below)
	}
	r.goTo(step)
	if c, ok := q.(interface{ reopen(*run[E, T]) }); ok {
		c.reopen(r)
	}
	return r.calm("", below)
}

// glean takes from words at the summary what answers some question; all of them, or nothing.
func (r *run[E, T]) glean(words string) verdict {
	if r.def.Glean == nil {
		return verdict{}
	}
	before := r.state.Answers
	taken, rest, why := r.def.Glean(r.env, &r.state.Answers, "", words)
	if why != "" || len(taken) == 0 || rest != "" {
		r.state.Answers = before
		return verdict{say: why}
	}
	r.gleaned(taken)
	r.remember(r.in.Message, taken[0])
	return verdict{kind: answered}
}

// named opens the question that words name, and answers it when they hold the answer too: "desa
// dalam", "namanya Siti".
func (r *run[E, T]) named(h Head[E, T], words string) Turn {
	before := r.save()
	rest := fold(words)
	for _, name := range []string{fold(h.Label + "nya"), fold(h.Label)} {
		if after, ok := strings.CutPrefix(rest, name+" "); ok && len(strings.Fields(after)) <= 4 {
			_, at, _ := strings.Cut(words, " ")
			r.goTo(h.Step)
			if v := r.answer(strings.TrimSpace(at)); v.kind == answered || v.kind == stays {
				return r.end(v, true)
			}
			if old, ok := r.load(r.env, r.draft, before); ok {
				old.in = r.in
				return old.change(h.Step, true)
			}
		}
	}
	return r.change(h.Step, true)
}

// atSummary takes words while everything is answered.
func (r *run[E, T]) atSummary(words string) Turn {
	if value, ok := r.sealSaid(words); ok {
		return r.sealed(value, true)
	}
	q, waits := r.seal()
	switch {
	case waits && (agrees(words) || fold(words) == fold(r.sending())):
		ask, _, _ := strings.Cut(chat.Plain(q.Ask(r.env, &r.state.Answers)), "\n")
		return r.calm("Satu lagi: "+chat.Escape(ask), true)
	case r.def.Danger && (refuses(words) || moveOf(words) == moveCancel):
		return r.drop(true)
	case agrees(words) || fold(words) == fold(r.sending()):
		return r.finish(true)
	case fold(words) == "ubah" || fold(words) == "ganti" || refuses(words):
		return r.move(moveEdit, true)
	}
	if label, rest, ok := strings.Cut(words, ":"); ok && strings.TrimSpace(rest) != "" {
		if at := match(label, r.labels()); len(at) == 1 { // "catatan: dibagi besok"
			r.goTo(r.editable()[at[0]].Step)
			return r.end(r.answer(strings.TrimSpace(rest)), true)
		}
	}
	if r.def.Belongs != nil {
		if step := r.def.Belongs(r.env, &r.state.Answers, "", words); step != "" {
			r.goTo(step)
			return r.end(r.answer(words), true)
		}
	}
	if v := r.glean(words); v.kind == answered || v.say != "" {
		return r.end(v, true)
	}
	if at := match(words, r.labels()); len(at) == 1 {
		return r.named(r.editable()[at[0]], words)
	}
	how := " Tekan tombol di bawah, atau tulis: " + fold(r.sending())
	if r.def.Danger || waits {
		how = " Tekan salah satu tombol di bawah."
	}
	return r.end(verdict{say: unclear(words) + how}, true)
}
