package storage

import (
	"encoding/json"
	"fmt"
	"time"

	"wksbm/storage/bucket"
)

// Chat is what the bot remembers of a chat between two messages. It is no event: it is not rebuilt.
type Chat struct {
	ID          int64
	Name        string // of the person or group, as last shown
	Staff       bool   // a person who acted in the Dinsos group: told in private when the group is lost
	Live        int64  // message id of the live card, set by the courier; 0 none
	Unreachable bool   // the person blocked the bot; cleared by the next word from them
	Draft       *Draft
	Parked      []Draft // set aside by /menu or by age; offered again, newest last
	Idle        int64   // the last message that belonged to no draft: editing it is saying it again
	Album       string  // last album answered outside a draft: its other pictures need no answer
	Sent        []Sent  `json:",omitempty"` // drafts that became reports lately, newest last
	Nags        Nags    `json:",omitzero"`
	// Seat is whether the person is in the Dinsos group, as last learned from the messenger.
	Seat Seat `json:",omitzero"`
	// Waiting is what a person asked the office for while their seat was not known, as package bot
	// encodes it.
	Waiting json.RawMessage `json:",omitempty"`
	// MovedTo is the chat that this one became; 0 while it is itself.
	MovedTo int64 `json:",omitempty"`
	// Answers is the announcement that the person's next words answer.
	Answers *Answering `json:",omitempty"`
	// Asked is what the office asked the person for in words.
	Asked *Asked `json:",omitempty"`
}

// Asked is a question of the office that is answered by typing.
type Asked struct {
	What  []string // the act it belongs to, as package office names it
	Since time.Time
}

// Answering is an announcement that a person wishes to answer.
type Answering struct {
	Broadcast uint64
	Since     time.Time
}

// Sent remembers which messages gave the answers of a report, so that editing one corrects it.
type Sent struct {
	Report   uint64
	Revision int // of the report: a later one may have changed what a message said
	Flow     string
	At       time.Time
	Answers  json.RawMessage // as package flow encodes them
	Message  int64           `json:",omitempty"` // the last of these messages
}

// Nags is what a person was reminded of.
type Nags struct {
	Draft   time.Time `json:",omitzero"`  // when they were last reminded of a draft
	Last    time.Time `json:",omitzero"`  // when they were last asked for a month's report
	Before  time.Time `json:",omitzero"`  // and the time before
	Meeting Day       `json:",omitempty"` // the day of the meeting they were reminded of
	Cases   Day       `json:",omitempty"` // the day they were last told what is due of the cases they see to
	Back    Day       `json:",omitempty"` // the day they were last reminded of what staff returned
	Left    bool      `json:",omitempty"` // their colleagues were told that they left with cases to see to
	Quiet   time.Time `json:",omitzero"`  // no reminders before this time, at the person's wish
}

// Draft is an unfinished conversation. Data is the state as package flow encodes it.
type Draft struct {
	ID      uint64 // from Tx.NextDraft, never used twice
	Flow    string
	Data    json.RawMessage
	Started time.Time
	Touched time.Time
	// Reminded says that the person was reminded of it, which happens once.
	Reminded bool `json:",omitempty"`
	// Report is the number of the report that the editing of a message is to change.
	Report uint64 `json:",omitempty"`
	// Asked says that the bot opened it with a question to which the person said nothing yet.
	Asked bool `json:",omitempty"`
}

func (tx *Tx) chats() bucket.Bucket[Chat] {
	return bucket.Bucket[Chat]{Name: chatBucket, Box: tx.vault}
}

func chatKey(id int64) bucket.Key { return bucket.Key(nil).I64(id).Tag('s') }

// Chat returns what is remembered of a chat; all zero but the id when nothing is.
func (tx *Tx) Chat(id int64) Chat {
	c, _ := tx.chats().Get(tx.b, chatKey(id))
	c.ID = id
	return c
}

// Reaches says whether a message to a person arrives: they wrote once and did not block the bot since.
func (tx *Tx) Reaches(user int64) bool {
	c, met := tx.chats().Get(tx.b, chatKey(user))
	return met && !c.Unreachable
}

// Chats returns all that is remembered of chats, by id.
func (tx *Tx) Chats() []Chat { return rowsOf(tx.chats().Scan(tx.b, nil)) }

// Staff returns those who acted in the Dinsos group, by id.
func (tx *Tx) Staff() []int64 {
	var out []int64
	for _, c := range tx.Chats() {
		if c.Staff {
			out = append(out, c.ID)
		}
	}
	return out
}

// PutChat remembers c.
func (tx *Tx) PutChat(c Chat) error { return tx.chats().Put(tx.b, chatKey(c.ID), c) }

// TakeDrafts removes what is unfinished in a chat and returns it, the open draft last. Which messages
// gave the answers of reports is forgotten there: editing one corrects nothing any more.
func (tx *Tx) TakeDrafts(chat int64) ([]Draft, error) {
	c := tx.Chat(chat)
	out := c.Parked
	if c.Draft != nil {
		out = append(out, *c.Draft)
	}
	if len(out) == 0 && len(c.Sent) == 0 {
		return nil, nil
	}
	c.Draft, c.Parked, c.Sent = nil, nil, nil
	return out, tx.PutChat(c)
}

// NextDraft returns a draft id that was never used.
func (tx *Tx) NextDraft() uint64 {
	n, err := tx.b.Bucket([]byte(chatBucket)).NextSequence()
	if err != nil {
		panic(err)
	}
	return n
}

var posted = bucket.Bucket[Posted]{Name: postedBucket}

// Posted returns where the message with this tag went.
func (tx *Tx) Posted(tag string) (Posted, bool) { return posted.Get(tx.b, bucket.Key(nil).Text(tag)) }

// PutPosted remembers where the message with this tag went.
func (tx *Tx) PutPosted(tag string, p Posted) error {
	return posted.Put(tx.b, bucket.Key(nil).Text(tag), p)
}

// MoveChat gives a chat its new id, with all that waits to be sent there. Messages posted before
// keep their old chat: they cannot be edited from the new one. Moving twice changes nothing.
func (tx *Tx) MoveChat(from, to int64) error {
	if old, ok := tx.chats().Get(tx.b, chatKey(from)); ok && old.MovedTo == 0 {
		old.ID, old.Live = to, 0
		if err := tx.PutChat(old); err != nil {
			return err
		}
	}
	if from != to { // buttons below its messages are pressed still
		if err := tx.PutChat(Chat{ID: from, MovedTo: to}); err != nil {
			return err
		}
	}
	for o := range tx.outgoingOf(from) {
		o.Chat, o.NotBefore, o.Moved = to, time.Time{}, true
		if err := tx.PutOutgoing(o); err != nil {
			return fmt.Errorf("move chat: %w", err)
		}
	}
	return nil
}
