package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"time"

	"golang.org/x/time/rate"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// ErrToken is returned when Telegram does not accept the bot's token.
var ErrToken = errors.New("the bot's token is refused by Telegram; check it with @BotFather")

// Courier takes the outbox to the messenger: each chat's messages in order, chats side by side. One
// goroutine uses it, by Run or by Drain.
type Courier struct {
	Store  *storage.Store
	Sender Sender
	Draw   func(chat.Drawing) (chat.Reply, error)
	Now    func() time.Time
	Log    *slog.Logger

	recovered bool
	paused    time.Time           // no sends at all before this
	flooded   map[int64]time.Time // chats that were refused for their pace, and when
	pace      map[int64]*rate.Limiter
	overall   *rate.Limiter
}

// lane is what keeps its order: a chat's messages. Answers to taps have a lane of their own, since a
// phone waits for them only some seconds (TELEGRAM.md §8).
type lane struct {
	chat int64
	fast bool
}

func laneOf(o storage.Outgoing) lane { return lane{o.Chat, o.Fast} }

// abreast is how many lanes are served at once.
const abreast = 8

// Run serves the outbox until ctx ends; calls under way are then given three seconds and settled. A
// slow chat keeps nobody waiting but itself.
func (c *Courier) Run(ctx context.Context) error {
	c.pace, c.overall = map[int64]*rate.Limiter{}, rate.NewLimiter(25, 25)
	calls, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(3*time.Second, cancel) })()
	busy, back := map[lane]bool{}, make(chan result, abreast)
	for ctx.Err() == nil || len(busy) > 0 {
		heads, next, err := c.take(ctx, abreast, busy)
		if err != nil {
			c.Log.Error("take outgoing", "error", err)
			next = c.Now().Add(5 * time.Second)
		}
		for _, o := range heads {
			busy[laneOf(o)] = true
			go func() { back <- c.carry(calls, o) }()
		}
		results := c.wait(ctx, next, back, len(busy))
		for _, res := range results {
			delete(busy, laneOf(res.row))
		}
		switch err := c.settle(ctx, results); {
		case errors.Is(err, ErrToken):
			return err
		case err != nil:
			c.Log.Error("settle outgoing", "error", err)
		}
	}
	return nil
}

// take marks the rows that may go now as being sent. After ctx ended there are none.
func (c *Courier) take(ctx context.Context, most int, busy map[lane]bool) ([]storage.Outgoing, time.Time, error) {
	if ctx.Err() != nil || len(busy) >= most {
		return nil, c.Now().Add(idle), nil
	}
	if !c.recovered {
		if err := c.recover(ctx); err != nil {
			return nil, time.Time{}, err
		}
		c.recovered = true
	}
	heads, next := c.due(most-len(busy), busy)
	if len(heads) == 0 {
		return nil, next, nil
	}
	if err := c.mark(ctx, heads); err != nil {
		return nil, next, err
	}
	return heads, c.Now(), nil
}

// wait returns what came back, or nothing when there may be other work.
func (c *Courier) wait(ctx context.Context, next time.Time, back <-chan result, busy int) []result {
	switch {
	case ctx.Err() != nil && busy == 0:
		return nil
	case ctx.Err() != nil:
		return gather(<-back, back)
	}
	timer := time.NewTimer(max(time.Millisecond, next.Sub(c.Now())))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-c.Store.Changed():
	case <-timer.C:
	case res := <-back:
		return gather(res, back)
	}
	return nil
}

func gather(first result, back <-chan result) []result {
	out := []result{first}
	for {
		select {
		case res := <-back:
			out = append(out, res)
		default:
			return out
		}
	}
}

// Drain sends all that can go now, one by one in order.
func (c *Courier) Drain(ctx context.Context) error {
	for {
		heads, next, err := c.take(ctx, 1, nil)
		if err == nil && len(heads) == 1 {
			err = c.settle(ctx, []result{c.carry(ctx, heads[0])})
		}
		if err != nil || next.After(c.Now()) {
			return err
		}
	}
}

// idle is how long the courier sleeps when nothing is due; a commit wakes it.
const idle = time.Minute

// due picks the first row of each lane that may go now.
func (c *Courier) due(n int, busy map[lane]bool) (heads []storage.Outgoing, next time.Time) {
	now := c.Now()
	next = now.Add(idle)
	if c.paused.After(now) {
		return nil, c.paused
	}
	seen := maps.Clone(busy)
	if seen == nil {
		seen = map[lane]bool{}
	}
	_ = c.Store.View(func(tx *storage.Tx) error {
		for o := range tx.Outgoings() {
			if o.State == storage.Dead || seen[laneOf(o)] {
				continue
			}
			seen[laneOf(o)] = true
			when := c.when(o, now)
			if when.After(now) {
				if when.Before(next) {
					next = when
				}
				continue
			}
			if heads = append(heads, o); len(heads) == n {
				return nil
			}
		}
		return nil
	})
	return heads, next
}

// when says when a row may go: its own time, and the pace Telegram bears (TELEGRAM.md §7). Answers to
// taps are no messages.
func (c *Courier) when(o storage.Outgoing, now time.Time) time.Time {
	if o.NotBefore.After(now) {
		return o.NotBefore
	}
	if c.pace == nil || o.Fast {
		return now
	}
	l := c.pace[o.Chat]
	if l == nil {
		l = rate.NewLimiter(1, 6)
		if o.Chat < 0 {
			l = rate.NewLimiter(rate.Every(3*time.Second), 10)
		}
		c.pace[o.Chat] = l
	}
	if l.TokensAt(now) < 1 || c.overall.TokensAt(now) < 1 {
		return now.Add(250 * time.Millisecond)
	}
	l.AllowN(now, 1)
	c.overall.AllowN(now, 1)
	return now
}

// mark notes that rows are being sent, durably, before the first call.
func (c *Courier) mark(ctx context.Context, heads []storage.Outgoing) error {
	now := c.Now()
	return c.Store.Update(ctx, func(tx *storage.Tx) error {
		for i := range heads {
			heads[i].State, heads[i].Started = storage.Sending, now
			heads[i].Tries++
			if err := tx.PutOutgoing(heads[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

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
	if r.Class == chat.Fleet {
		return tx.DeleteOutgoing(o.Seq)
	}
	if r.Class == chat.Digest && o.Tries >= digestTries { // kept for somebody to see, not sent for ever
		o.State, o.Why = storage.Dead, "in doubt too often"
		return tx.PutOutgoing(o)
	}
	o.State, o.Ambiguous, o.NotBefore = storage.Queued, true, notBefore
	return tx.PutOutgoing(o)
}

func decode(o storage.Outgoing) (r chat.Reply, err error) {
	if err := json.Unmarshal(o.Body, &r); err != nil {
		return r, fmt.Errorf("decode outgoing %d: %w", o.Seq, err)
	}
	r.Chat = o.Chat
	return r, nil
}

// result is what became of one row.
type result struct {
	row     storage.Outgoing
	reply   chat.Reply
	message int64
	verdict *Verdict
}

// repeated marks a digest that may be there twice.
const repeated = "\n<i>(kiriman ulang, isinya sama)</i>"

// carry sends one row, changing what the messenger does not take.
func (c *Courier) carry(ctx context.Context, o storage.Outgoing) result {
	r, err := decode(o)
	if err != nil {
		return result{row: o, verdict: &Verdict{Kind: Hopeless, Class: "undecodable"}}
	}
	if r.Act == chat.Toast && c.Now().Sub(o.At) > 2*time.Minute {
		return result{row: o, reply: r}
	}
	old, err := c.prepare(&r, o)
	if err != nil {
		c.Log.Error("draw reply", "seq", o.Seq, "error", err)
		return result{row: o, reply: r, verdict: &Verdict{Kind: Retry, Class: "not drawn"}}
	}
	res := result{row: o, reply: r}
	for range 5 {
		var err error
		was := r
		res.message, err = c.Sender.Send(ctx, r)
		res.verdict = nil
		if err == nil || !errors.As(err, &res.verdict) || !mend(&r, res.verdict) {
			break
		}
		if was.Act == chat.Edit && r.Act == chat.Say {
			old = was.Message // it may be there still, with buttons that would mislead
		}
		c.Log.Warn("reply mended", "seq", o.Seq, "chat", o.Chat, "verdict", res.verdict.Kind, "class", res.verdict.Class)
	}
	if res.verdict == nil && old != 0 && old != res.message {
		_, _ = c.Sender.Send(ctx, chat.Reply{Act: chat.Strip, Class: chat.Fleet, Chat: o.Chat, Message: old})
	}
	if r.Act == chat.Edit && res.message == 0 {
		res.message = r.Message
	}
	return res
}

// prepare turns a card into a new message or an edit, and draws what is drawn late. It returns the
// card that a new one replaces, 0 when there is none.
func (c *Courier) prepare(r *chat.Reply, o storage.Outgoing) (old int64, err error) {
	if r.Draw != nil {
		drawn, err := c.Draw(*r.Draw)
		if err != nil {
			return 0, err
		}
		r.Text, r.Buttons = drawn.Text, drawn.Buttons
		if o.Ambiguous && r.Class == chat.Digest {
			r.Text += repeated
		}
	}
	var live, posted int64
	err = c.Store.View(func(tx *storage.Tx) error {
		live = tx.Chat(o.Chat).Live
		if p, ok := tx.Posted(r.Tag); ok && r.Tag != "" && p.Chat == o.Chat {
			posted = p.Message
		}
		return nil
	})
	switch {
	case r.Act == chat.Show && (r.Fresh || live == 0):
		r.Act, r.Live, old = chat.Say, true, live
	case r.Act == chat.Show:
		r.Act, r.Message, r.Live = chat.Edit, live, true
	case r.Act == chat.Say && r.Live:
		old = live
	case r.Act == chat.Edit && r.Message == 0 && posted != 0:
		r.Message = posted
	case r.Act == chat.Edit && r.Message == 0:
		r.Act = chat.Say
	}
	return old, err
}

// mend changes a reply that was refused for its form; false when that would not help.
func mend(r *chat.Reply, v *Verdict) bool {
	switch v.Kind {
	case Gone:
		if r.Act != chat.Edit {
			return false
		}
		r.Act, r.Message = chat.Say, 0
	case NoReply:
		r.ReplyTo = 0
	case NoTopic:
		r.Topic = 0
	case NoFile:
		if r.Photo == "" || r.Text == "" {
			return false
		}
		r.Photo = ""
	case BadMarkup:
		r.Buttons, r.Keyboard = nil, nil
	case BadEntities:
		r.Text = chat.Escape(chat.Plain(r.Text))
	default:
		return false
	}
	return true
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
		if v.Kind != Unchanged && v.Kind != TooOld {
			c.Log.Warn("reply not sent", "seq", res.row.Seq, "chat", res.row.Chat, "verdict", v.Kind, "class", v.Class)
		}
	}
	err := c.Store.Update(ctx, func(tx *storage.Tx) error {
		for _, res := range results {
			if err := closeRow(tx, res, now); err != nil {
				return err
			}
		}
		return nil
	})
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
		o.State, o.NotBefore = storage.Queued, now.Add(max(v.After, backoff(o.Tries)))
		return tx.PutOutgoing(o)
	case Flood:
		o.State, o.NotBefore = storage.Queued, now.Add(v.After)
		return tx.PutOutgoing(o)
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
		_, err := tx.DropOutgoing(o.Chat)
		return err
	case Expelled:
		if _, err := tx.Record(now, 0, 0, storage.GroupLost{Chat: o.Chat}); err != nil {
			return err
		}
		if _, err := tx.DropOutgoing(o.Chat); err != nil {
			return err
		}
		return warn(tx, now, "group_lost")
	case NoRights:
		if err := warn(tx, now, "group_mute"); err != nil {
			return err
		}
	case Gone, TooOld:
		return tx.DeleteOutgoing(o.Seq)
	}
	o.State, o.Why = storage.Dead, v.Class
	return tx.PutOutgoing(o)
}

// warn tells staff in private of trouble with their group, once a day.
func warn(tx *storage.Tx, now time.Time, trouble string) error {
	note, day := "warned:"+trouble, storage.DayOf(now).String()
	if tx.Note(note) == day {
		return nil
	}
	for _, id := range tx.Staff() {
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
	return tx.DeleteOutgoing(o.Seq)
}

// backoff doubles from one second to five minutes.
func backoff(tries int) time.Duration {
	return min(5*time.Minute, time.Second<<min(max(tries-1, 0), 10))
}
