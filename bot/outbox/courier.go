package outbox

import (
	"context"
	"errors"
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
	// Seated goes on, in a transaction of its own, with what a person waits for (Chat.Waiting) once their
	// seat in the group was asked after, also when nothing could be learned. Nil: nobody waits.
	Seated func(tx *storage.Tx, now time.Time, user int64) error
	Now    func() time.Time
	Log    *slog.Logger

	recovered bool
	paused    time.Time           // no sends at all before this
	flooded   map[int64]time.Time // chats that were refused for their pace, and when
	pace      map[int64]*rate.Limiter
	overall   *rate.Limiter
}

// lane is what keeps its order: a chat's messages. Answers to taps have a lane of their own, since a
// phone waits for them only some seconds (TELEGRAM.md §8), and so have announcements, which keep no
// conversation waiting.
// So has what is to happen at a later time, and what learns a seat, each for itself.
type lane struct {
	chat  int64
	fast  bool
	bulk  bool
	later uint64
}

func laneOf(o storage.Outgoing) lane {
	l := lane{chat: o.Chat, fast: o.Fast, bulk: o.Broadcast != 0}
	if o.Later {
		l.later = o.Seq
	}
	return l
}

// abreast is how many lanes are served at once. Of announcements one message at a time is under way, so
// that a crash leaves one in doubt at most.
const abreast = 8

// perSecond is how many messages may leave in any second, burst how many of them at once.
const (
	perSecond = 25
	burst     = 5
)

// Run serves the outbox until ctx ends; calls under way are then given three seconds and settled. A
// slow chat keeps nobody waiting but itself.
func (c *Courier) Run(ctx context.Context) error {
	c.pace, c.overall = map[int64]*rate.Limiter{}, rate.NewLimiter(perSecond-burst, burst)
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
	heads, err := c.mark(ctx, heads)
	if err != nil {
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
	bulk := false
	for l := range busy {
		bulk = bulk || l.bulk
	}
	_ = c.Store.View(func(tx *storage.Tx) error {
		for o := range tx.Outgoings() {
			if o.State == storage.Dead || seen[laneOf(o)] || bulk && o.Broadcast != 0 {
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
			bulk = bulk || o.Broadcast != 0
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
	spare := 1.0
	if o.Broadcast != 0 { // conversations go first
		spare = 2
	}
	if l.TokensAt(now) < 1 {
		return now.Add(250 * time.Millisecond)
	}
	if c.overall.TokensAt(now) < spare {
		return now.Add(time.Second / (perSecond - burst))
	}
	l.AllowN(now, 1)
	c.overall.AllowN(now, 1)
	return now
}

// mark notes that rows are being sent, durably, before the first call, and returns those that were not
// taken back meanwhile.
func (c *Courier) mark(ctx context.Context, heads []storage.Outgoing) (marked []storage.Outgoing, err error) {
	now := c.Now()
	err = c.Store.Update(ctx, func(tx *storage.Tx) error {
		marked = nil
		for _, head := range heads {
			o, ok := tx.Outgoing(head.Seq)
			if !ok || o.Chat != head.Chat {
				continue
			}
			o.State, o.Started = storage.Sending, now
			o.Tries++
			if err := tx.PutOutgoing(o); err != nil {
				return err
			}
			marked = append(marked, o)
		}
		return nil
	})
	return marked, err
}
