package storage

import (
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"time"

	"wksbm/storage/bucket"
)

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
	Fast      bool      // out of the chat's order: the answer to a tap, or no message at all
	Later     bool      `json:",omitempty"` // out of the chat's order: a lane of its own
	At        time.Time // enqueued
	State     OutState
	Tries     int
	Started   time.Time // of the try under way
	NotBefore time.Time
	Ambiguous bool   // a try ended without an answer: it may have been sent
	Why       string // of a Dead row: class of the refusal, no content
	Moved     bool   `json:",omitempty"` // meant for the chat that Chat was before: messages that Body names are not there
	Broadcast uint64 `json:",omitempty"` // the announcement whose Delivery counts this row
}

// Posted is where a tagged message went.
type Posted struct {
	Chat    int64
	Message int64
}

func (tx *Tx) outbox() bucket.Bucket[Outgoing] {
	return bucket.Bucket[Outgoing]{Name: outboxBucket, Append: true, Box: tx.vault}
}

func outKey(seq uint64) bucket.Key { return bucket.Key(nil).U64(seq) }

// Enqueue puts a message into the outbox, behind all others, and returns its number.
func (tx *Tx) Enqueue(o Outgoing) (uint64, error) {
	if o.Chat == 0 || len(o.Body) == 0 {
		return 0, errors.New("enqueue message: no chat or no body")
	}
	seq, err := tx.b.Bucket([]byte(outboxBucket)).NextSequence()
	if err != nil {
		return 0, err
	}
	o.Seq, o.State, tx.queued = seq, Queued, true
	return seq, tx.outbox().Put(tx.b, outKey(seq), o)
}

// Outgoing returns the outbox row with this number; sent rows are gone.
func (tx *Tx) Outgoing(seq uint64) (Outgoing, bool) { return tx.outbox().Get(tx.b, outKey(seq)) }

// PutOutgoing changes an outbox row in place.
func (tx *Tx) PutOutgoing(o Outgoing) error { return tx.outbox().Put(tx.b, outKey(o.Seq), o) }

// DeleteOutgoing removes a row: it was sent, or need not be.
func (tx *Tx) DeleteOutgoing(seq uint64) error { return tx.outbox().Delete(tx.b, outKey(seq)) }

// Outgoings yields the outbox in order. Rows may not be changed meanwhile.
func (tx *Tx) Outgoings() iter.Seq[Outgoing] {
	return func(yield func(Outgoing) bool) {
		for _, o := range tx.outbox().Scan(tx.b, nil) {
			if !yield(o) {
				return
			}
		}
	}
}

// outgoingOf yields the rows of one chat from a copy, so that they may be changed meanwhile.
func (tx *Tx) outgoingOf(chat int64) iter.Seq[Outgoing] {
	var rows []Outgoing
	for o := range tx.Outgoings() {
		if o.Chat == chat {
			rows = append(rows, o)
		}
	}
	return slices.Values(rows)
}

// Recall takes back what was to happen to a message of a chat later.
func (tx *Tx) Recall(chat int64, message func(body json.RawMessage) int64, n int64) error {
	for o := range tx.outgoingOf(chat) {
		if !o.Later || o.State != Queued || message(o.Body) != n {
			continue
		}
		if err := tx.DeleteOutgoing(o.Seq); err != nil {
			return err
		}
	}
	return nil
}

// PruneDead forgets rows that were never to be sent and were enqueued before a time.
func (tx *Tx) PruneDead(before time.Time) error {
	var old []uint64
	for o := range tx.Outgoings() {
		if o.State == Dead && o.At.Before(before) {
			old = append(old, o.Seq)
		}
	}
	for _, seq := range old {
		if err := tx.DeleteOutgoing(seq); err != nil {
			return err
		}
	}
	return nil
}

// DropOutgoing removes all that waits for a chat that cannot be reached.
func (tx *Tx) DropOutgoing(chat int64) error {
	for o := range tx.outgoingOf(chat) {
		if o.Broadcast != 0 {
			if err := tx.Arrive(o, Blocked, 0); err != nil {
				return err
			}
			continue
		}
		if err := tx.DeleteOutgoing(o.Seq); err != nil {
			return err
		}
	}
	return nil
}
