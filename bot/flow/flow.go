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
}

// Turn is what one input led to. Replies lack Chat and Topic: reception fills them in.
type Turn struct {
	Data    json.RawMessage // to store; nil when End is set
	Replies []chat.Reply
	End     End
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
