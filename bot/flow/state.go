package flow

import (
	"encoding/json"
	"slices"

	"wksbm/bot/chat"
)

// state is a draft as it is stored.
type state[T any] struct {
	Version int             `json:"v"`
	Step    string          `json:"step"` // "" is the summary
	View    string          `json:"view,omitempty"`
	Rev     uint64          `json:"rev"`
	Done    []string        `json:"done,omitempty"` // steps answered or skipped
	Visited bool            `json:"visited,omitempty"`
	Misses  int             `json:"misses,omitempty"`
	Asked   *pending        `json:"asked,omitempty"`
	Scratch json.RawMessage `json:"scratch,omitempty"` // of the present question
	Said    []said          `json:"said,omitempty"`
	Album   string          `json:"album,omitempty"`  // the latest album, whose photos are one answer
	Words   string          `json:"words,omitempty"`  // the words that gave the latest answer: said twice they answer once
	Last    int64           `json:"last,omitempty"`   // the latest message heard: editing it is saying it again
	Board   bool            `json:"board,omitempty"`  // a reply keyboard is up
	Origin  string          `json:"origin,omitempty"` // of answers that were recorded: their print when the draft was opened
	Focus   string          `json:"focus,omitempty"`  // the step that somebody else asked about
	Answers T               `json:"answers"`
}

// Views that lie over the present question.
const (
	viewEdit   = "edit"   // which answer is to change
	viewCancel = "cancel" // is the draft to be dropped
)

// said remembers at which step a message was heard, so that editing the message corrects the answer.
type said struct {
	Whole   bool   `json:"whole,omitempty"` // a list was empty before it
	Stamp   string `json:"stamp,omitempty"` // of the list after it
	Message int64  `json:"m"`
	Step    string `json:"s"`
}

// maxSaid bounds how many messages can still be corrected by editing them.
const maxSaid = 32

// pending is a question back: typed words with more than one meaning.
type pending struct {
	Raw     string  `json:"raw"`
	Ask     string  `json:"ask"`
	Instead bool    `json:"instead,omitempty"` // the reading chosen takes the place of its like
	Options []offer `json:"options,omitempty"`
}

type offer struct {
	Label string          `json:"label"`
	Words []string        `json:"words,omitempty"`
	Value json.RawMessage `json:"value"`
}

// run is one turn at work.
type run[E, T any] struct {
	*script[E, T]
	env   E
	draft uint64
	state state[T]
	in    chat.Input
	taken []string // steps answered in this turn
	above string   // the line above the card
	whole bool     // the present question had no answer before this turn
	// hidden says that the words of this turn are to be kept nowhere.
	hidden bool

	loaded     json.RawMessage // the state before this turn
	unanswered *pending        // a question back that other words followed
}

// load reads a draft. A step that is no longer known gives way to the first open question.
func (s *script[E, T]) load(env E, draft uint64, data json.RawMessage) (*run[E, T], bool) {
	r := &run[E, T]{script: s, env: env, draft: draft}
	if json.Unmarshal(data, &r.state) != nil || r.state.Version > s.def.Version {
		return nil, false
	}
	if r.state.Version < s.def.Version {
		r.state.Version = s.def.Version
		r.state.Asked, r.state.Scratch = nil, nil
	}
	r.settle()
	if r.state.Step != "" && (r.present() == nil || !r.applies(r.present())) || r.state.Step == "" && r.open() != "" {
		r.leave()
		r.state.Step = r.open()
	}
	r.loaded = r.save()
	return r, true
}

func (r *run[E, T]) save() json.RawMessage {
	data, err := json.Marshal(r.state)
	if err != nil {
		panic(err) // T is a plain struct: only a mistake in its definition can fail
	}
	return data
}

func (r *run[E, T]) present() Question[E, T] { return r.question(r.state.Step) }

func (r *run[E, T]) applies(q Question[E, T]) bool {
	h := q.about()
	return h.When == nil || h.When(r.env, &r.state.Answers)
}

func (r *run[E, T]) done(step string) bool { return slices.Contains(r.state.Done, step) }

// open returns the first question that waits for an answer, "" when all are answered.
func (r *run[E, T]) open() string {
	for _, q := range r.def.Steps {
		h := q.about()
		done := r.done(h.Step)
		if h.Filled != nil {
			done = h.Filled(&r.state.Answers) || h.Optional && done
		}
		if h.Aside == "" && h.Step != r.def.Seal && r.applies(q) && !done {
			return h.Step
		}
	}
	return ""
}

// before returns the question to which Kembali leads, "" when there is none.
func (r *run[E, T]) before() string {
	last := ""
	for _, q := range r.def.Steps {
		h := q.about()
		if h.Step == r.state.Step {
			break
		}
		if h.Aside == "" && h.Step != r.def.Seal && r.applies(q) {
			last = h.Step
		}
	}
	return last
}

// leave forgets what belongs to the present question only.
func (r *run[E, T]) leave() {
	r.state.Asked, r.state.Scratch, r.state.Misses, r.state.View = nil, nil, 0, ""
}

func (r *run[E, T]) goTo(step string) {
	r.leave()
	r.state.Step = step
	if step == "" {
		r.state.Visited = true
	}
}

// mark notes that a step is answered.
func (r *run[E, T]) mark(step string) {
	if !r.done(step) {
		r.state.Done = append(r.state.Done, step)
	}
	if !slices.Contains(r.taken, step) {
		r.taken = append(r.taken, step)
	}
}

// empty says that there is nothing in the draft that could be lost.
func (r *run[E, T]) empty() bool {
	if r.state.Origin != "" {
		return r.unchanged()
	}
	return len(r.state.Done) == 0 && r.state.Asked == nil && !slices.ContainsFunc(r.def.Steps, func(q Question[E, T]) bool {
		return q.about().Label != "" && q.about().When == nil && q.shown(r.env, &r.state.Answers) != ""
	})
}

// undo takes a step's answer as not given.
func (r *run[E, T]) undo(step string) {
	r.state.Done = slices.DeleteFunc(r.state.Done, func(s string) bool { return s == step })
}

func (r *run[E, T]) remember(message int64, step string) {
	if message == 0 || r.hidden {
		return
	}
	r.settle() // so that the stamp is of what stays
	if old := r.heardAt(message); old != nil {
		if old.Step == step && old.Whole && r.whole { // edited, it gave the whole list anew
			old.Stamp = r.stamp(step)
		}
		return
	}
	s := said{Message: message, Step: step}
	if s.Stamp = r.stamp(step); s.Stamp != "" {
		s.Whole = r.whole
	}
	r.state.Said = append(r.state.Said, s)
	if n := len(r.state.Said); n > maxSaid {
		r.state.Said = r.state.Said[n-maxSaid:]
	}
}

// stamp tells one state of a list from another; "" for other questions.
func (r *run[E, T]) stamp(step string) string {
	if q, ok := r.question(step).(interface{ stamp(*run[E, T]) string }); ok {
		return q.stamp(r)
	}
	return ""
}

func (r *run[E, T]) heardAt(message int64) *said {
	for i := range r.state.Said {
		if r.state.Said[i].Message == message {
			return &r.state.Said[i]
		}
	}
	return nil
}

// scratch reads the present question's own notes into v; save them with keep.
func (r *run[E, T]) scratch(v any) {
	if len(r.state.Scratch) > 0 && json.Unmarshal(r.state.Scratch, v) != nil {
		r.state.Scratch = nil
	}
}

func (r *run[E, T]) keep(v any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	r.state.Scratch = data
}
