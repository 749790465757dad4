package flow

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"wksbm/bot/chat"
)

// show draws the present card with a line above it.
func (r *run[E, T]) show(say string, below bool) Turn {
	var out []chat.Reply
	r.above = say
	c := r.card()
	if c.keyboard == nil && r.state.Board {
		word := say
		if word == "" {
			word = "Baik."
		}
		out, say = r.unboard(word), ""
		below = true
	}
	text := c.text
	if say != "" {
		text = say + "\n\n" + text
	}
	if c.keyboard != nil {
		r.state.Board = true
		out = append(out, chat.Reply{Act: chat.Say, Class: chat.Screen, Text: text, Keyboard: c.keyboard})
		return r.with(Turn{Data: r.save(), Replies: out})
	}
	out = append(out, chat.Reply{Act: chat.Show, Class: chat.Screen, Fresh: below, Text: text, Buttons: c.rows})
	return r.with(Turn{Data: r.save(), Replies: out})
}

// unboard takes the reply keyboard away, which only a message can do.
func (r *run[E, T]) unboard(word string) []chat.Reply {
	r.state.Board = false
	return []chat.Reply{{Act: chat.Say, Class: chat.Screen, Text: word, Keyboard: &chat.Keyboard{Remove: true}}}
}

// card is the present question, a view over it, or the summary.
func (r *run[E, T]) card() card {
	switch {
	case r.state.View == viewCancel:
		words := "<b>Batalkan isian ini?</b>\nYang sudah ditulis akan dihapus."
		if r.state.Origin != "" {
			words = "<b>Batalkan perubahan ini?</b>\nYang tercatat tetap seperti semula."
		}
		return card{
			text: words,
			rows: [][]chat.Button{{r.button("Tidak, lanjutkan", moveStay), r.button("Ya, batalkan", moveDrop)}},
		}
	case r.state.View == viewEdit:
		return r.choices()
	case r.state.Step == "":
		return r.summary()
	}
	return r.asking(r.present())
}

// asking draws a question: head, example, its buttons, the moves.
func (r *run[E, T]) asking(q Question[E, T]) card {
	h := q.about()
	var c card
	if a := r.state.Asked; a != nil {
		c = r.askedCard(a)
	} else {
		c = q.draw(r)
	}
	head := c.text
	if head == "" {
		head = h.Ask(r.env, &r.state.Answers)
	}
	example := c.example
	if example == "" && r.state.Asked == nil && !strings.Contains(r.above, "Misalnya") {
		example = h.Example
	}
	c.text = head
	if !strings.Contains(head, "<b>") {
		c.text = "<b>" + head + "</b>"
	}
	was := r.standing(q)
	if was != "" && c.keyboard == nil {
		if words := escapeShort(was); !strings.Contains(c.text, words) {
			c.text += "\n(tertulis: " + words + ")"
		}
		c.rows = append(c.rows, []chat.Button{r.button(keepLabel(was), moveKeep)})
	}
	if example != "" {
		c.text += "\n<i>" + example + "</i>"
	}
	if c.keyboard != nil {
		return c
	}
	var moves []chat.Button
	if r.canGoBack(q) {
		moves = append(moves, r.button("‹ Kembali", moveBack))
	}
	if h.Optional {
		moves = append(moves, r.button(h.passing(), moveSkip))
	}
	moves = append(moves, r.button("Batal", moveCancel))
	if r.state.Misses >= 2 && r.def.Contact != nil {
		c.rows = append(c.rows, []chat.Button{r.button("Tanya Dinsos", moveAsk)})
	}
	c.rows = append(c.rows, moves)
	return c
}

// escapeShort prints an answer as HTML, cut where it is long.
func escapeShort(s string) string {
	const most = 200
	if all := []rune(s); len(all) > most {
		s = string(all[:most-1]) + "…"
	}
	return chat.Escape(s)
}

// askedCard asks which of several readings was meant.
func (r *run[E, T]) askedCard(a *pending) card {
	c := card{text: chat.Escape(a.Ask)}
	var bs []chat.Button
	for i, o := range a.Options {
		bs = append(bs, r.own(o.Label, "?"+strconv.Itoa(i)))
	}
	bs = append(bs, r.button("Tulis ulang", moveRedo))
	c.rows = grid(bs)
	return c
}

func (r *run[E, T]) canGoBack(q Question[E, T]) bool {
	return r.state.Asked != nil || r.state.Visited && r.open() == "" || r.before() != "" || r.inside(q)
}

// inside says whether a question has a move back of its own, without making it.
func (r *run[E, T]) inside(q Question[E, T]) bool {
	trial := *r
	return q.back(&trial)
}

// sending is the label of the button that sends.
func (r *run[E, T]) sending() string {
	if r.def.Sending != nil {
		return r.def.Sending(r.env, &r.state.Answers)
	}
	return r.def.Send
}

// summary shows all answers before they are sent.
func (r *run[E, T]) summary() card {
	c := card{text: r.def.Confirm(r.env, &r.state.Answers)}
	if r.def.Danger {
		c.rows = [][]chat.Button{{r.button("Biarkan", moveDrop), r.button("Ubah", moveEdit)}, {r.button(r.sending(), moveSend)}}
		return c
	}
	if q, waits := r.seal(); waits {
		c.rows = r.sealRows(q)
	} else {
		c.rows = append(c.rows, []chat.Button{r.button(r.sending(), moveSend)})
	}
	var asides []chat.Button
	for _, q := range r.def.Steps {
		h := q.about()
		if h.Aside != "" && r.applies(q) && q.shown(r.env, &r.state.Answers) == "" {
			asides = append(asides, r.own(h.Aside, "@"+h.Step))
		}
		if a, ok := q.(interface{ adds() string }); ok && a.adds() != "" && r.applies(q) {
			asides = append(asides, r.own(a.adds(), "@"+h.Step))
		}
	}
	c.rows = append(c.rows, grid(asides)...)
	c.rows = append(c.rows, []chat.Button{r.button("Ubah", moveEdit), r.button("Batal", moveCancel)})
	return c
}

// editable lists the questions whose answer can be changed from the summary.
func (r *run[E, T]) editable() []Head[E, T] {
	var out []Head[E, T]
	for _, q := range r.def.Steps {
		if h := q.about(); h.Label != "" && r.applies(q) {
			out = append(out, h)
		}
	}
	return out
}

func (r *run[E, T]) labels() []phrase {
	var out []phrase
	for _, h := range r.editable() {
		out = append(out, phrase{label: h.Label, words: []string{h.Label + "nya"}})
	}
	return out
}

// choices asks which answer is to change.
func (r *run[E, T]) choices() card {
	var bs []chat.Button
	for _, h := range r.editable() {
		bs = append(bs, r.own(h.Label, "@"+h.Step))
	}
	out := r.button("‹ Kembali", moveStay)
	if r.unchanged() { // there is nothing yet to go back to
		out = r.button("Batal", moveCancel)
	}
	width := widest(bs)
	if len(bs) > 9 {
		width = max(width, 2)
	}
	return card{text: "<b>Apa yang diubah?</b>", rows: append(columns(bs, width), []chat.Button{out})}
}

// echo reads back what was understood in this turn.
func (r *run[E, T]) echo() string {
	var parts []string
	for _, q := range r.def.Steps {
		h := q.about()
		if h.Label == "" || !contains(r.taken, h.Step) {
			continue
		}
		s := q.shown(r.env, &r.state.Answers)
		if b, ok := q.(interface{ brief(E, *T) string }); ok {
			s = b.brief(r.env, &r.state.Answers)
		}
		if s != "" {
			if !strings.HasPrefix(s, h.Label) {
				s = h.Label + ": " + s
			}
			parts = append(parts, chat.Escape(s))
		}
	}
	if r.state.Step == "" || len(parts) == 0 {
		return ""
	}
	return "✓ " + strings.Join(parts, " · ")
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (r *run[E, T]) button(label string, m move) chat.Button { return r.own(label, string(m)) }

// own makes a button of this draft, step and revision.
func (r *run[E, T]) own(label, value string) chat.Button {
	tap := chat.NewTap(Room, strconv.FormatUint(r.draft, 36), r.state.Step, strconv.FormatUint(r.state.Rev, 36), value)
	return chat.Button{Label: label, Data: tap.Data()}
}

// grid lays buttons out as wide as their labels allow.
func grid(bs []chat.Button) [][]chat.Button { return columns(bs, widest(bs)) }

// widest is how many buttons fit side by side.
func widest(bs []chat.Button) int {
	width, longest := 3, 0
	for _, b := range bs {
		longest = max(longest, utf8.RuneCountInString(b.Label))
	}
	switch {
	case longest > 18:
		width = 1
	case longest > 10 || len(bs) == 4:
		width = 2
	}
	return width
}

func columns(bs []chat.Button, width int) [][]chat.Button {
	var rows [][]chat.Button
	for len(bs) > 0 {
		n := min(width, len(bs))
		rows = append(rows, bs[:n:n])
		bs = bs[n:]
	}
	return rows
}
