// Package flow leads a person through a conversation, without any input or output of its own.
package flow

import (
	"encoding/json"

	"wksbm/bot/chat"
)

// Conversation is one thing a person can report or ask for, told in questions. E is what its
// functions may look at (the time, the person, the open transaction); it comes in at every call.
// Implementations keep nothing between calls: the state is the draft's data.
type Conversation[E any] interface {
	// Name is stored with drafts: snake_case, never renamed.
	Name() string
	// Open starts a draft. in is what started it (a command, a tap on the menu). Like Hear it answers
	// the tap that led to it. A Turn with End set means that there is nothing to ask: no draft.
	Open(env E, draft uint64, in chat.Input) Turn
	// Hear takes one input: an answer, a tap of this draft, an edited answer, an unfit thing. A stale
	// tap changes nothing and redraws the present card.
	Hear(env E, draft uint64, data json.RawMessage, in chat.Input) Turn
	// Redraw shows the present card again, below the last words.
	Redraw(env E, draft uint64, data json.RawMessage) Turn
	// Leave puts away what a draft that is set aside would leave on the phone: a reply keyboard stays
	// until a message removes it.
	Leave(env E, draft uint64, data json.RawMessage) Turn
	// Title says in a few words what the draft holds, for "Masih ada isian: …"; "" when nothing was
	// answered yet.
	Title(env E, data json.RawMessage) string
	// Said tells which message gave which answer of a draft, so that it can be kept after sending.
	// Messages whose words are to be kept nowhere are not among them.
	Said(data json.RawMessage) []Answer
	// Amend opens a draft of something recorded because a message that gave one of its answers was
	// edited. Begin sees in as it does in Open; the new words are then heard as that answer, and
	// nothing is recorded before the person agrees. A Turn that is Cancelled and says nothing means that
	// nothing changed.
	Amend(env E, draft uint64, in chat.Input, a Answer) Turn
	// Revisit opens a draft of something recorded at one of its questions, because somebody else asks about
	// that answer, and offers to leave it as it is. why is said above it, as HTML. Begin sees in as it does
	// in Open. A step that is not asked leads to the list of what can be changed.
	Revisit(env E, draft uint64, in chat.Input, step, why string) Turn
	// Hides says whether words heard now are for the present question alone and their message is
	// deleted, such as a number that nobody else may see.
	Hides(env E, data json.RawMessage) bool
}

// Answer says which answer a message gave.
type Answer struct {
	Message int64  `json:"m"`
	Step    string `json:"s"`
	Whole   bool   `json:"whole,omitempty"` // it gave a whole list, unchanged since
}

// Turn is what one input led to. Replies lack Chat and Topic: reception fills them in.
type Turn struct {
	Data    json.RawMessage // to store; nil when End is set
	Replies []chat.Reply
	End     End
	// Opens is a conversation to have first: the draft is set aside for it. It begins with the words With.
	Opens, With string
}

// End says how a conversation ended; empty while it goes on.
type End string

// The ends.
const (
	Done      End = "done"      // recorded
	Cancelled End = "cancelled" // by the person
)

// Room is the Tap.To of every button of a draft; its Args are draft id, step, revision, value.
const Room = "d"
