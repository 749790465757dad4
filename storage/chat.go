package storage

import (
	"encoding/json"
	"time"
)

// Chat is what the bot remembers of a chat between two messages. It is no event: it is not rebuilt.
type Chat struct {
	ID          int64
	Live        int64 // message id of the live card, set by the courier; 0 none
	Unreachable bool  // the person blocked the bot; cleared by the next word from them
	Draft       *Draft
	Parked      []Draft // set aside by /menu or by age; offered again, newest last
	Misses      int     // unfit inputs in a row outside a draft
}

// Draft is an unfinished conversation. Data is the state as package flow encodes it.
type Draft struct {
	ID      uint64 // from Tx.NextDraft, never used twice
	Flow    string
	Data    json.RawMessage
	Started time.Time
	Touched time.Time
}

// OutState of an outbox row (STORAGE.md §4).
type OutState string

// The states of an outbox row. Sent rows are deleted; Dead rows stay until pruned.
const (
	Queued  OutState = "queued"
	Sending OutState = "sending"
	Dead    OutState = "dead"
)

// Outgoing is a message on its way. Body is the chat.Reply as package bot encodes it.
type Outgoing struct {
	Seq       uint64
	Chat      int64
	Body      json.RawMessage
	At        time.Time // enqueued
	State     OutState
	Tries     int
	Started   time.Time // of the try under way
	NotBefore time.Time
	Ambiguous bool   // a try ended without an answer: it may have been sent
	Why       string // of a Dead row: class of the refusal, no content
}

// Posted is where a tagged message went.
type Posted struct {
	Chat    int64
	Message int64
}
