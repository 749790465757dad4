package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
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
	paused    time.Time // no sends at all before this
	pace      map[int64]*rate.Limiter
	overall   *rate.Limiter
}

// abreast is how many chats are served at once.
const abreast = 8

// Run serves the outbox until ctx ends; calls under way are then given three seconds and settled.
func (c *Courier) Run(ctx context.Context) error {
	c.pace, c.overall = map[int64]*rate.Limiter{}, rate.NewLimiter(25, 25)
	for {
		next, err := c.round(ctx, abreast)
		if errors.Is(err, ErrToken) {
			return err
		}
		if err != nil && ctx.Err() == nil {
			c.Log.Error("courier round", "error", err)
			next = c.Now().Add(5 * time.Second)
		}
		if !c.wait(ctx, next) {
			return nil
		}
	}
}

// wait returns false when ctx ended, true when there may be work.
func (c *Courier) wait(ctx context.Context, next time.Time) bool {
	timer := time.NewTimer(max(time.Millisecond, next.Sub(c.Now())))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-c.Store.Changed():
	case <-timer.C:
	}
	return ctx.Err() == nil
}

// Drain sends all that can go now, one by one in order.
func (c *Courier) Drain(ctx context.Context) error {
	for {
		next, err := c.round(ctx, 1)
		if err != nil || next.After(c.Now()) {
			return err
		}
	}
}

// round serves the heads of up to n chats once and returns when to look again.
func (c *Courier) round(ctx context.Context, n int) (time.Time, error) {
	if !c.recovered {
		if err := c.recover(ctx); err != nil {
			return time.Time{}, err
		}
		c.recovered = true
	}
	heads, next := c.due(n)
	if len(heads) == 0 {
		return next, nil
	}
	if err := c.mark(ctx, heads); err != nil {
		return next, err
	}
	return c.Now(), c.settle(ctx, c.deliver(ctx, heads))
}

// idle is how long the courier sleeps when nothing is due; a commit wakes it.
const idle = time.Minute

// due picks the first row of each chat that may go now.
func (c *Courier) due(n int) (heads []storage.Outgoing, next time.Time) {
	now := c.Now()
	next = now.Add(idle)
	if c.paused.After(now) {
		return nil, c.paused
	}
	seen := map[int64]bool{}
	_ = c.Store.View(func(tx *storage.Tx) error {
		for o := range tx.Outgoings() {
			if o.State == storage.Dead || seen[o.Chat] {
				continue
			}
			seen[o.Chat] = true
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

// when says when a row may go: its own time, and the pace Telegram bears (TELEGRAM.md §7).
func (c *Courier) when(o storage.Outgoing, now time.Time) time.Time {
	if o.NotBefore.After(now) {
		return o.NotBefore
	}
	if c.pace == nil {
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

// again queues a row whose fate is unknown, unless it is not worth a twin.
func again(tx *storage.Tx, o storage.Outgoing, r chat.Reply, notBefore time.Time) error {
	if r.Class == chat.Fleet || r.Class == chat.Digest && o.Ambiguous { // a digest is repeated once
		return tx.DeleteOutgoing(o.Seq)
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

// deliver sends the rows side by side. Calls outlive ctx for a moment, so that a stop leaves few
// rows in doubt.
func (c *Courier) deliver(ctx context.Context, heads []storage.Outgoing) []result {
	out := make([]result, len(heads))
	calls, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(3*time.Second, cancel) })
	defer stop()
	var all sync.WaitGroup
	for i, o := range heads {
		all.Go(func() { out[i] = c.carry(calls, o) })
	}
	all.Wait()
	return out
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

// settle writes down what became of the rows, in one transaction.
func (c *Courier) settle(ctx context.Context, results []result) error {
	refused, floods := false, 0
	for _, res := range results {
		if v := res.verdict; v != nil {
			refused = refused || v.Kind == Refused
			if v.Kind == Flood {
				floods++
				c.paused = c.pauseFor(floods, v)
			}
			if v.Kind != Unchanged && v.Kind != TooOld {
				c.Log.Warn("reply not sent", "seq", res.row.Seq, "chat", res.row.Chat, "verdict", v.Kind, "class", v.Class)
			}
		}
	}
	err := c.Store.Update(ctx, func(tx *storage.Tx) error {
		for _, res := range results {
			if err := c.close(tx, res); err != nil {
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

// pauseFor stops all sends when several chats are refused at once.
func (c *Courier) pauseFor(floods int, v *Verdict) time.Time {
	if floods < 3 {
		return c.paused
	}
	return c.Now().Add(v.After)
}

// close settles one row.
func (c *Courier) close(tx *storage.Tx, res result) error {
	o, v := res.row, res.verdict
	if now, ok := tx.Outgoing(o.Seq); !ok || now.Chat != o.Chat {
		return nil // dropped or moved meanwhile
	}
	if v == nil || v.Kind == Unchanged {
		return done(tx, res)
	}
	now := c.Now()
	switch v.Kind {
	case Retry, Refused:
		o.State, o.NotBefore = storage.Queued, now.Add(max(v.After, backoff(o.Tries)))
		return tx.PutOutgoing(o)
	case Flood:
		o.State, o.NotBefore = storage.Queued, now.Add(v.After)
		return tx.PutOutgoing(o)
	case Ambiguous:
		return again(tx, o, res.reply, now.Add(backoff(o.Tries)))
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
		_, err := tx.DropOutgoing(o.Chat)
		return err
	case Gone, TooOld:
		return tx.DeleteOutgoing(o.Seq)
	}
	o.State, o.Why = storage.Dead, v.Class
	return tx.PutOutgoing(o)
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
