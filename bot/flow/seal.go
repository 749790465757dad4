package flow

import "wksbm/bot/chat"

// sealValue begins the value of a button that answers the question of the summary.
const sealValue = "!"

// seal is the question that the summary asks, while it waits.
func (r *run[E, T]) seal() (Choice[E, T], bool) {
	q, ok := r.question(r.def.Seal).(Choice[E, T])
	if !ok || !r.applies(q) {
		return q, false
	}
	done := r.done(q.Step)
	if q.Filled != nil {
		done = q.Filled(&r.state.Answers)
	}
	return q, !done
}

// sealRows are its answers as buttons: the first in a row of its own, where the one that sends stands.
func (r *run[E, T]) sealRows(q Choice[E, T]) [][]chat.Button {
	var bs []chat.Button
	for _, o := range q.Options(r.env, &r.state.Answers) {
		label := o.Label
		if o.Send != "" {
			label = o.Send
		}
		bs = append(bs, r.own(label, sealValue+o.Value))
	}
	return append([][]chat.Button{bs[:1:1]}, grid(bs[1:])...)
}

// sealed takes an answer at the summary, and sends when it says so.
func (r *run[E, T]) sealed(value string, below bool) Turn {
	q, waits := r.seal()
	if r.state.Step != "" || !waits {
		return r.calm("", below)
	}
	for _, o := range q.Options(r.env, &r.state.Answers) {
		if o.Value != value {
			continue
		}
		q.take(r, value)
		r.mark(q.Step)
		if o.Send != "" && r.open() == "" {
			return r.finish(below)
		}
		r.goTo(r.open())
	}
	return r.calm("", below)
}

// sealSaid finds the answer to the question of the summary that words give.
func (r *run[E, T]) sealSaid(words string) (value string, ok bool) {
	q, waits := r.seal()
	if !waits {
		return "", false
	}
	options := q.Options(r.env, &r.state.Answers)
	all := phrases(options)
	for i, o := range options {
		all[i].words = append([]string{o.Send}, all[i].words...)
	}
	at := exact(words, all)
	if len(at) != 1 {
		return "", false
	}
	return options[at[0]].Value, true
}
