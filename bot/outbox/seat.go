package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// seat writes down what a Check learned.
func seat(tx *storage.Tx, res result, now time.Time) error {
	if v := res.verdict; repeats(v) {
		return later(tx, res.row, now.Add(max(v.After, backoff(res.row.Tries))))
	}
	if err := tx.DeleteOutgoing(res.row.Seq); err != nil {
		return err
	}
	ch := tx.Chat(res.row.Chat)
	if res.message != 0 {
		ch.Seat = storage.Seat{
			Group: res.reply.Group, At: now, In: res.message != SeatOutside, Admin: res.message == SeatAdmin,
		}
		if err := tx.PutChat(ch); err != nil {
			return err
		}
	}
	return nil
}

// goOn has what waited for Checks heard, each in a transaction of its own: what fails there must not undo
// what became of the rows. Whoever waited for it is told so.
func (c *Courier) goOn(ctx context.Context, results []result, now time.Time) {
	for _, res := range results {
		if c.Seated == nil || res.reply.Act != chat.Check || repeats(res.verdict) {
			continue
		}
		user := res.row.Chat
		if !c.waits(user) {
			continue
		}
		err := c.Store.Update(ctx, func(tx *storage.Tx) error { return c.Seated(tx, now, user) })
		if err == nil || ctx.Err() != nil {
			continue
		}
		c.Log.Error("go on after a check", "chat", user, "error", err)
		if err := c.Store.Update(ctx, func(tx *storage.Tx) error { return giveUp(tx, user, now) }); err != nil {
			c.Log.Error("give up after a check", "chat", user, "error", err)
		}
	}
}

// waits says whether a person asked for something that a Check has to answer first.
func (c *Courier) waits(user int64) (waits bool) {
	_ = c.Store.View(func(tx *storage.Tx) error { waits = len(tx.Chat(user).Waiting) > 0; return nil })
	return waits
}

// repeats says that a Check is sent again later.
func repeats(v *Verdict) bool {
	return v != nil && (v.Kind == Flood || v.Kind == Retry || v.Kind == Refused)
}

// giveUp forgets what a person waits for and tells them.
func giveUp(tx *storage.Tx, user int64, now time.Time) error {
	ch := tx.Chat(user)
	if len(ch.Waiting) == 0 {
		return nil
	}
	ch.Waiting = nil
	if err := tx.PutChat(ch); err != nil {
		return err
	}
	body, err := json.Marshal(chat.Reply{Act: chat.Say, Class: chat.Notice, Chat: user, Text: "Maaf, pesan ini belum bisa kami proses. Mohon coba lagi."})
	if err != nil {
		return fmt.Errorf("encode apology: %w", err)
	}
	_, err = tx.Enqueue(storage.Outgoing{Chat: user, Body: body, At: now})
	return err
}
