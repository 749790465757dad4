package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// recover finds rows that were being sent when the process ended: nobody knows whether they were.
func (c *Courier) recover(ctx context.Context) error {
	return c.Store.Update(ctx, func(tx *storage.Tx) error {
		var rows []storage.Outgoing
		for o := range tx.Outgoings() {
			if o.State == storage.Sending {
				rows = append(rows, o)
			}
		}
		for _, o := range rows {
			r, _ := decode(o) // one that cannot be read is found dead when its turn comes
			if err := again(tx, o, r, time.Time{}); err != nil {
				return err
			}
		}
		return nil
	})
}

// digestTries bounds how often a digest in doubt is sent; with patience between them that is some eight
// hours, longer than any trouble of Telegram.
const digestTries = 14

// patience lets a digest in doubt wait longer than other messages: each try may be one more twin.
func patience(r chat.Reply, tries int) time.Duration {
	if r.Class == chat.Digest {
		return min(time.Hour, 30*time.Second<<min(max(tries-1, 0), 10))
	}
	return backoff(tries)
}

// again queues a row whose fate is unknown, unless it is not worth a twin.
func again(tx *storage.Tx, o storage.Outgoing, r chat.Reply, notBefore time.Time) error {
	switch {
	case o.Broadcast != 0:
		return tx.Arrive(o, storage.Doubtful, 0)
	case r.Class == chat.Fleet:
		return tx.DeleteOutgoing(o.Seq)
	}
	if r.Class == chat.Digest && o.Tries >= digestTries { // kept for somebody to see, not sent for ever
		o.State, o.Why = storage.Dead, "in doubt too often"
		return tx.PutOutgoing(o)
	}
	o.State, o.Ambiguous, o.NotBefore = storage.Queued, true, notBefore
	return tx.PutOutgoing(o)
}

// settle writes down what became of rows, in one transaction.
func (c *Courier) settle(ctx context.Context, results []result) error {
	if len(results) == 0 {
		return nil
	}
	refused, now := false, c.Now()
	for _, res := range results {
		v := res.verdict
		if v == nil {
			continue
		}
		refused = refused || v.Kind == Refused
		if v.Kind == Flood {
			c.pause(res.row.Chat, now, v.After)
		}
		if v.Kind != Unchanged && v.Kind != TooOld && res.reply.Act != chat.React {
			c.Log.Warn("reply not sent", "seq", res.row.Seq, "chat", res.row.Chat, "verdict", v.Kind, "class", v.Class)
		}
	}
	err := c.Store.Update(ctx, func(tx *storage.Tx) error {
		for _, res := range results {
			if err := closeRow(tx, res, now); err != nil {
				return err
			}
		}
		return showProgress(tx, now)
	})
	if err == nil {
		c.goOn(ctx, results, now)
	}
	if refused {
		return ErrToken
	}
	return err
}

// pause stops all sends when several chats were refused for their pace within a minute.
func (c *Courier) pause(chat int64, now time.Time, after time.Duration) {
	if c.flooded == nil {
		c.flooded = map[int64]time.Time{}
	}
	maps.DeleteFunc(c.flooded, func(_ int64, at time.Time) bool { return now.Sub(at) > time.Minute })
	c.flooded[chat] = now
	if len(c.flooded) >= 3 {
		c.paused = now.Add(after)
	}
}

// closeRow settles one row.
func closeRow(tx *storage.Tx, res result, now time.Time) error {
	o, v := res.row, res.verdict
	if res.reply.Act == chat.Check {
		return seat(tx, res, now)
	}
	if err := afterDelete(tx, res, now); err != nil {
		return err
	}
	there, ok := tx.Outgoing(o.Seq)
	moved, sent := there.Chat != o.Chat, v == nil || v.Kind == Unchanged
	switch {
	case !ok: // dropped meanwhile
		return nil
	case sent:
		res.reply.Live = res.reply.Live && !moved // the old chat has it, and no card any more
		return done(tx, res)
	case moved: // its turn comes in the new chat
		return nil
	}
	switch v.Kind {
	case Retry, Refused:
		return later(tx, o, now.Add(max(v.After, backoff(o.Tries))))
	case Flood:
		return later(tx, o, now.Add(v.After))
	case Ambiguous:
		return again(tx, o, res.reply, now.Add(patience(res.reply, o.Tries)))
	case Moved:
		o.State = storage.Queued
		if err := tx.PutOutgoing(o); err != nil {
			return err
		}
		_, err := tx.Record(now, 0, 0, storage.GroupMoved{From: o.Chat, To: v.To})
		return err
	case Unreachable:
		ch := tx.Chat(o.Chat)
		ch.Unreachable = true
		if err := tx.PutChat(ch); err != nil {
			return err
		}
		return tx.DropOutgoing(o.Chat)
	case Expelled:
		if _, err := tx.Record(now, 0, 0, storage.GroupLost{Chat: o.Chat}); err != nil {
			return err
		}
		if err := tx.DropOutgoing(o.Chat); err != nil {
			return err
		}
		return warn(tx, now, "group_lost")
	case NoRights:
		if res.reply.Act == chat.Delete {
			break
		}
		if err := warn(tx, now, "group_mute"); err != nil {
			return err
		}
	}
	switch {
	case o.Broadcast != 0:
		return tx.Arrive(o, storage.Failed, 0)
	case v.Kind == Gone || v.Kind == TooOld || res.reply.Act == chat.React:
		return tx.DeleteOutgoing(o.Seq)
	}
	o.State, o.Why = storage.Dead, v.Class
	return tx.PutOutgoing(o)
}

// later queues a row that was surely not sent. That of an announcement which was stopped goes back.
func later(tx *storage.Tx, o storage.Outgoing, notBefore time.Time) error {
	if d, ok := tx.Delivery(o.Broadcast); ok && d.Held {
		return tx.Withdraw(o)
	}
	o.State, o.NotBefore = storage.Queued, notBefore
	return tx.PutOutgoing(o)
}

// warn tells staff in private of trouble with their group, once a day.
func warn(tx *storage.Tx, now time.Time, trouble string) error {
	note, day := "warned:"+trouble, storage.DayOf(now).String()
	if tx.Note(note) == day {
		return nil
	}
	for _, id := range tx.Staff() {
		if tx.Chat(id).Unreachable {
			continue
		}
		body, err := json.Marshal(chat.Reply{Act: chat.Say, Class: chat.Notice, Chat: id, Draw: &chat.Drawing{Kind: trouble}})
		if err != nil {
			return fmt.Errorf("encode warning: %w", err)
		}
		if _, err := tx.Enqueue(storage.Outgoing{Chat: id, Body: body, At: now}); err != nil {
			return err
		}
	}
	return tx.SetNote(note, day)
}

// done forgets a sent row and remembers where it went.
func done(tx *storage.Tx, res result) error {
	o, r := res.row, res.reply
	if r.Live && res.message != 0 {
		ch := tx.Chat(o.Chat)
		ch.Live = res.message
		if r.Last {
			ch.Live = 0
		}
		if err := tx.PutChat(ch); err != nil {
			return err
		}
	}
	if r.Tag != "" && res.message != 0 {
		if err := tx.PutPosted(r.Tag, storage.Posted{Chat: o.Chat, Message: res.message}); err != nil {
			return err
		}
	}
	if o.Broadcast != 0 {
		return tx.Arrive(o, storage.Delivered, res.message)
	}
	return tx.DeleteOutgoing(o.Seq)
}

// backoff doubles from one second to five minutes.
func backoff(tries int) time.Duration {
	return min(5*time.Minute, time.Second<<min(max(tries-1, 0), 10))
}

// afterDelete says what is to be said of a message that was deleted, or could not be.
func afterDelete(tx *storage.Tx, res result, now time.Time) error {
	r, v := res.reply, res.verdict
	say := chat.Reply{Act: chat.Say, Class: chat.Notice, Chat: res.row.Chat, Topic: r.Topic}
	switch _, waits := tx.Outgoing(res.row.Seq); {
	case r.Act != chat.Delete || !waits:
		return nil
	case v == nil:
		say.Text = r.Text
	case v.Kind == Gone && v.Class != cannotDelete, v.Kind == Retry, v.Kind == Flood, v.Kind == Refused, v.Kind == Moved, v.Kind == Expelled, v.Kind == Ambiguous:
		return nil
	default:
		say.Text, say.ReplyTo = r.Otherwise, r.Message
	}
	if say.Text == "" {
		return nil
	}
	body, err := json.Marshal(say)
	if err != nil {
		return fmt.Errorf("encode reply: %w", err)
	}
	_, err = tx.Enqueue(storage.Outgoing{Chat: say.Chat, Body: body, At: now})
	return err
}

// cannotDelete is the class of the refusal to delete a message that is there.
const cannotDelete = "message can't be deleted"
