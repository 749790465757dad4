package storage

import (
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"wksbm/storage/bucket"
)

// Delivery is how far the sending of a broadcast has come. It is no event: what becomes of a message
// is known only by its sending, and a replay of the log sends nothing.
//
// The outbox holds a few rows of a broadcast at a time; settling one brings the next in the same
// transaction, so that no stop loses a recipient or repeats one.
type Delivery struct {
	ID        uint64          // of the broadcast
	Body      json.RawMessage // the chat.Reply that everybody gets
	People    int
	Queued    int // rows in the outbox
	Delivered int
	Blocked   int
	Failed    int
	Doubtful  int   // it is unknown whether they got it; sent again only at somebody's word
	Cursor    int64 // recipients up to this one were queued before
	Held      bool
	Shown     time.Time // when staff was last told how far it is
	ShownOf   int       // how many were settled then
	Card      uint64    // the outbox row by which they were told
}

// Left is how many are still to get it.
func (d Delivery) Left() int { return d.People - d.Delivered - d.Blocked - d.Failed - d.Doubtful }

// Tag is the name under which the card that tells staff of it is remembered.
func (d Delivery) Tag() string { return "broadcast:" + strconv.FormatUint(d.ID, 10) }

// Arrival is what became of a broadcast's message to one person.
type Arrival string

// The arrivals. Waiting is the zero value.
const (
	Waiting   Arrival = ""
	OnItsWay  Arrival = "queued"
	Delivered Arrival = "delivered"
	Blocked   Arrival = "blocked"
	Failed    Arrival = "failed"
	Doubtful  Arrival = "doubtful"
)

// Addressee is one recipient of a broadcast.
type Addressee struct {
	User    int64
	State   Arrival
	Message int64 `json:",omitempty"` // in the person's chat, when delivered
}

// deliveryWindow is how many rows of a broadcast wait in the outbox at most.
const deliveryWindow = 16

func (tx *Tx) deliveries() bucket.Bucket[Delivery] {
	return bucket.Bucket[Delivery]{Name: deliveryBucket, Box: tx.vault}
}

func (tx *Tx) addressees() bucket.Bucket[Addressee] {
	return bucket.Bucket[Addressee]{Name: addresseeBucket, Box: tx.vault}
}

func deliveryKey(id uint64) bucket.Key { return bucket.Key(nil).U64(id) }

func addresseeKey(id uint64, user int64) bucket.Key { return bucket.Key(nil).U64(id).I64(user) }

// Delivery returns how far a broadcast has come.
func (tx *Tx) Delivery(id uint64) (Delivery, bool) {
	return tx.deliveries().Get(tx.b, deliveryKey(id))
}

// PutDelivery changes what is noted of a delivery.
func (tx *Tx) PutDelivery(d Delivery) error {
	return tx.deliveries().Put(tx.b, deliveryKey(d.ID), d)
}

// Addressee returns what became of a broadcast's message to a person.
func (tx *Tx) Addressee(id uint64, user int64) (Addressee, bool) {
	return tx.addressees().Get(tx.b, addresseeKey(id, user))
}

// Announced returns the broadcast that a message in a person's chat is.
func (tx *Tx) Announced(user, message int64) (uint64, bool) {
	for id := tx.NextBroadcast() - 1; id > 0 && message != 0; id-- {
		if a, ok := tx.Addressee(id, user); ok && a.Message == message {
			return id, true
		}
	}
	return 0, false
}

// Deliver begins the sending of a broadcast to people, each named once.
func (tx *Tx) Deliver(id uint64, body json.RawMessage, people []int64, now time.Time) error {
	if _, known := tx.Delivery(id); known {
		return errors.New("deliver broadcast: it is on its way already")
	}
	for _, user := range people {
		if err := tx.addressees().Put(tx.b, addresseeKey(id, user), Addressee{User: user}); err != nil {
			return err
		}
	}
	return tx.feed(Delivery{ID: id, Body: body, People: len(people), Shown: now}, now)
}

// feed puts as many rows into the outbox as there is room for, and keeps d.
func (tx *Tx) feed(d Delivery, now time.Time) error {
	for !d.Held && d.Queued < deliveryWindow {
		a, ok := tx.waiting(d)
		if !ok {
			break
		}
		if _, err := tx.Enqueue(Outgoing{Chat: a.User, Body: d.Body, At: now, Broadcast: d.ID}); err != nil {
			return err
		}
		d.Cursor, a.State = a.User, OnItsWay
		d.Queued++
		if err := tx.addressees().Put(tx.b, addresseeKey(d.ID, a.User), a); err != nil {
			return err
		}
	}
	return tx.PutDelivery(d)
}

// waiting finds the next recipient.
func (tx *Tx) waiting(d Delivery) (Addressee, bool) {
	for _, a := range tx.addressees().From(tx.b, deliveryKey(d.ID), addresseeKey(d.ID, d.Cursor)) {
		if a.State == Waiting {
			return a, true
		}
	}
	return Addressee{}, false
}

// Arrive settles a broadcast's row, which leaves the outbox, and brings the next. A row that was
// settled before changes nothing.
func (tx *Tx) Arrive(o Outgoing, what Arrival, message int64) error {
	if err := tx.DeleteOutgoing(o.Seq); err != nil {
		return err
	}
	d, ok := tx.Delivery(o.Broadcast)
	a, known := tx.Addressee(o.Broadcast, o.Chat)
	if !ok || !known || a.State != OnItsWay {
		return nil
	}
	d.Queued--
	d.count(what, 1)
	a.State, a.Message = what, message
	if err := tx.addressees().Put(tx.b, addresseeKey(d.ID, a.User), a); err != nil {
		return err
	}
	return tx.feed(d, o.At)
}

func (d *Delivery) count(what Arrival, by int) {
	switch what {
	case Delivered:
		d.Delivered += by
	case Blocked:
		d.Blocked += by
	case Failed:
		d.Failed += by
	case Doubtful:
		d.Doubtful += by
	}
}

// HoldDelivery takes what waits of a broadcast out of the outbox, or lets it go on. What is under way
// to somebody settles as it will.
func (tx *Tx) HoldDelivery(id uint64, held bool, now time.Time) error {
	d, ok := tx.Delivery(id)
	if !ok {
		return errors.New("hold delivery: none of this number")
	}
	if d.Held = held; !held {
		return tx.feed(d, now)
	}
	var rows []Outgoing
	for o := range tx.Outgoings() {
		if o.Broadcast == id && o.State == Queued {
			rows = append(rows, o)
		}
	}
	if err := tx.PutDelivery(d); err != nil {
		return err
	}
	for _, o := range rows {
		if err := tx.Withdraw(o); err != nil {
			return err
		}
	}
	return nil
}

// Withdraw takes a row of a stopped broadcast out of the outbox; its recipient waits again.
func (tx *Tx) Withdraw(o Outgoing) error {
	if err := tx.DeleteOutgoing(o.Seq); err != nil {
		return err
	}
	d, ok := tx.Delivery(o.Broadcast)
	a, known := tx.Addressee(o.Broadcast, o.Chat)
	if !ok || !known || a.State != OnItsWay {
		return nil
	}
	if err := tx.await(&d, o.Chat); err != nil {
		return err
	}
	d.Queued--
	return tx.PutDelivery(d)
}

// await makes somebody wait for a broadcast again.
func (tx *Tx) await(d *Delivery, user int64) error {
	d.Cursor = 0
	return tx.addressees().Put(tx.b, addresseeKey(d.ID, user), Addressee{User: user})
}

// DeliverAgain sends a broadcast again to those of whom it is unknown whether they got it.
func (tx *Tx) DeliverAgain(id uint64, now time.Time) error {
	d, ok := tx.Delivery(id)
	if !ok {
		return errors.New("deliver again: no such broadcast")
	}
	var doubtful []int64
	for _, a := range tx.addressees().Scan(tx.b, deliveryKey(id)) {
		if a.State == Doubtful {
			doubtful = append(doubtful, a.User)
		}
	}
	for _, user := range doubtful {
		if err := tx.await(&d, user); err != nil {
			return err
		}
		d.Doubtful--
	}
	d.ShownOf = -1
	return tx.feed(d, now)
}
