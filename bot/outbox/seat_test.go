package outbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// TestWhatFailsAfterACheckIsToldOnce has the answer fail that a person waits for: the seat is kept, nothing is
// tried again, and the person is told.
func TestWhatFailsAfterACheckIsToldOnce(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	tries := 0
	p.courier.Seated = func(*storage.Tx, time.Time, int64) error { tries++; return errors.New("broken") }
	p.update(func(tx *storage.Tx) error {
		c := tx.Chat(p.tetangga)
		c.Waiting = json.RawMessage(`{}`)
		return tx.PutChat(c)
	})
	for range 2 {
		p.update(func(tx *storage.Tx) error {
			body, err := json.Marshal(chat.Reply{Act: chat.Check, Class: chat.Notice, Chat: p.tetangga, Group: p.group})
			if err != nil {
				return err
			}
			_, err = tx.Enqueue(storage.Outgoing{Chat: p.tetangga, Body: body, At: p.now})
			return err
		})
		p.must(p.courier.Drain(context.Background()))
	}
	told := 0
	for _, m := range p.telegram.Messages(p.tetangga) {
		if m.Bot {
			told++
		}
	}
	var seat storage.Seat
	left := 0
	p.must(p.store.View(func(tx *storage.Tx) error {
		seat = tx.Chat(p.tetangga).Seat
		for range tx.Outgoings() {
			left++
		}
		return nil
	}))
	if tries == 0 || told != 1 || !seat.In || left != 0 {
		t.Errorf("tried %d times, told %d times, seat %+v, %d rows left", tries, told, seat, left)
	}
}
