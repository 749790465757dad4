package flow

import (
	"encoding/json"
	"fmt"

	"wksbm/bot/chat"
)

// Flow is the definition of a conversation: its questions in the order of the chat, the card that
// sums them up, and what is done with the answers T. New makes it a Conversation.
type Flow[E, T any] struct {
	Name    string
	Version int // raised when T or the questions change their meaning
	Title   func(E, *T) string

	// Begin gives the first answers, or a Turn when there is nothing to ask (nil: the zero T).
	Begin func(E, chat.Input) (T, *Turn)
	// Args says that the words after the command are the first answer: "/bantuan beras 20 kg".
	Args  bool
	Steps []Question[E, T]
	// Gate is the step before whose answer nothing else is taken, such as a consent.
	Gate string
	// Glean takes from typed words what answers other questions than the present one (step, "" on
	// the summary). It writes into t, names the steps it answered, and returns the words that are left
	// and, when something it understood cannot be, a sentence (HTML) that says so.
	Glean func(e E, t *T, step, words string) (taken []string, rest, why string)
	// Belongs names the step that words answer although another one is asked, where the answer may
	// need a question back; "" when there is none.
	Belongs func(e E, t *T, step, words string) string
	// Settle fills in what follows from the answers and from the world around them. It runs before each
	// look at the answers and must be quiet when nothing changed.
	Settle func(E, *T)
	// Halt ends the conversation after an answer that leaves nothing to ask (a refusal), or leaves it for
	// another one (Turn.Opens).
	Halt func(E, *T) *Turn
	// Confirm is the text of the summary card, as HTML. Without it Finish follows the last answer.
	Confirm func(E, *T) string
	// Seal is the step of a Choice that the summary asks, such as a consent: while it waits, its answers
	// stand where the button that sends would, and one with Option.Send sends at once.
	Seal string
	// Send is the label of the button that sends; Sending, where it is set, gives one that fits the
	// answers ("✅ Simpan" for a change).
	Send    string
	Sending func(E, *T) string
	// Reopen says that the answers of Begin come from something recorded: what is there counts as
	// answered, and the chat begins with what is to change.
	Reopen func(*T) bool
	// Danger says that sending takes something away: its button then stands last.
	Danger bool
	// Finish records the answers. It may be called again for one draft and must then give the same.
	Finish func(e E, draft uint64, t *T) Turn
	// Contact says whom to ask when the questions are not understood, as HTML.
	Contact func(E) string
	// Dropped is the last word after Batal; Exits are the buttons below it.
	Dropped string
	Exits   [][]chat.Button
	// Leaving, where it is set and says something, is that last word in its place: what waits still.
	Leaving func(E, *T) string
}

// Head is what all kinds of questions have.
type Head[E, T any] struct {
	Step    string // stored: snake_case, never renamed
	Label   string // names the answer in echoes and in the list of Ubah; "" is never shown
	Ask     func(E, *T) string
	Example string
	Help    string // said before the question when somebody asks for help
	When    func(E, *T) bool
	// Filled says that the answer is there, perhaps with another one; it may also have gone with one.
	// A question whose answer may be empty has none.
	Filled   func(*T) bool
	Optional bool
	Pass     string // label of the button that leaves the question out, "Lewati" when empty
	// Aside is the label of a button on the summary. The question is asked when it is pressed, not
	// in its turn.
	Aside string
	// Shown is the answer in words, "" when there is none. Kinds have their own way without it.
	Shown func(E, *T) string
}

// Question is one step of a Flow: a Choice, Multi, Pick, Typed, Date, Lines, Photos, Contact or Pin.
type Question[E, T any] interface {
	about() Head[E, T]
	shown(e E, t *T) string
	clear(t *T)
	draw(r *run[E, T]) card
	hear(r *run[E, T], in chat.Input) verdict           // words or a thing sent
	tap(r *run[E, T], value string) verdict             // a button of its own
	accept(r *run[E, T], value json.RawMessage) verdict // one of the readings asked back about
	back(r *run[E, T]) bool                             // one move back inside the question; false at its start
}

func (h Head[E, T]) about() Head[E, T] { return h }

// passing is the label of the button that leaves the question out.
func (h Head[E, T]) passing() string {
	if h.Pass != "" {
		return h.Pass
	}
	return "Lewati"
}

// back of a question without inner moves.
func (h Head[E, T]) back(*run[E, T]) bool { return false }

// verdict is what a question makes of an input.
type verdict struct {
	kind outcome
	say  string // above the next card, HTML
}

type outcome int

const (
	missed   outcome = iota // not understood, or not possible; say tells why
	unfit                   // of a kind that this question cannot use
	stays                   // something changed inside the question
	answered                // the answer is in
)

// card is what a question shows below its head line.
type card struct {
	text     string // replaces the head's question when set
	example  string // replaces the head's example when set
	rows     [][]chat.Button
	keyboard *chat.Keyboard // the card then is a message of its own: no inline buttons
}

// Option is one of the answers a question offers.
type Option struct {
	Value string // code, stored; letters, digits, _ and - only
	Label string // shown on the button
	Words []string
	Send  string // label at the summary (Flow.Seal), where the answer sends too; "" answers only
}

// Offer is a ready answer of a typed question.
type Offer[V any] struct {
	Label string
	Words []string // what may be typed for it beside the label
	Value V
}

// Reading is what a parser made of typed words: a sure value, a question back with its possible
// answers, or nothing, with the reason when there is one to tell.
type Reading[V any] struct {
	Value  V
	Sure   bool
	Ask    string
	Offers []Offer[V]
	Why    string // a sentence in plain text: what was understood and why it cannot be
}

// Sure is the Reading of a value beyond doubt.
func Sure[V any](v V) Reading[V] { return Reading[V]{Value: v, Sure: true} }

// Ask is the Reading that needs a question back.
func Ask[V any](question string, offers ...Offer[V]) Reading[V] {
	return Reading[V]{Ask: question, Offers: offers}
}

// Not is the Reading of words that cannot be an answer. why is "" when they were not understood.
func Not[V any](why string) Reading[V] { return Reading[V]{Why: why} }

// New makes a Conversation of a definition. It panics when the definition contradicts itself: the
// first test of the conversation finds it.
func New[E, T any](f Flow[E, T]) Conversation[E] {
	if f.Name == "" || f.Finish == nil || f.Title == nil {
		panic("flow without name, title or finish: " + f.Name)
	}
	if f.Send == "" {
		f.Send = "✅ Kirim"
	}
	if f.Dropped == "" {
		f.Dropped = "Dibatalkan. Tidak ada yang dicatat."
	}
	if f.Reopen != nil && f.Confirm == nil {
		panic("flow reopens without a summary: " + f.Name)
	}
	seen := map[string]bool{"": true}
	for _, q := range f.Steps {
		h := q.about()
		if seen[h.Step] || len(h.Step) > 16 || h.Ask == nil {
			panic(fmt.Sprintf("flow %s: step %q is twice, too long or asks nothing", f.Name, h.Step))
		}
		seen[h.Step] = true
	}
	return &script[E, T]{f}
}

// script is a Flow as a Conversation.
type script[E, T any] struct{ def Flow[E, T] }

func (s *script[E, T]) Name() string { return s.def.Name }

func (s *script[E, T]) question(step string) Question[E, T] {
	for _, q := range s.def.Steps {
		if q.about().Step == step {
			return q
		}
	}
	return nil
}
