package simulator

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// How long updates wait for the bot.
const (
	keepUpdate = 24 * time.Hour
	keepTap    = 150 * time.Second
)

type update struct {
	ID   int64           `json:"id"`
	Till time.Time       `json:"till"`
	Body json.RawMessage `json:"body"`
}

// waiter is a getUpdates call that waits: end receives why it has to stop waiting.
type waiter struct{ end chan string }

const (
	endNews     = "news"
	endConflict = "conflict"
	endCut      = "cut"
)

// push queues an update unless its kind was not asked for.
func (t *Telegram) push(kind string, payload object) {
	if len(t.w.Allowed) > 0 && !slices.Contains(t.w.Allowed, kind) {
		return
	}
	if t.w.Restart != 0 && len(t.w.Queue) == 0 {
		t.w.LastID, t.w.Restart = t.w.Restart-1, 0
	}
	t.w.LastID++
	keep := keepUpdate
	if kind == "callback_query" {
		keep = keepTap
	}
	body := encode(object{"update_id": t.w.LastID, kind: payload})
	t.w.Queue = append(t.w.Queue, update{ID: t.w.LastID, Till: t.now().Add(keep), Body: body})
	t.wake(endNews)
}

func (t *Telegram) wake(why string) {
	if t.wait != nil {
		t.wait.end <- why // has room: a waiter is told once
		t.wait = nil
	}
}

// RestartIDs makes the next update, once the queue is empty, have the id lower: Telegram begins
// anew at random after a week of silence.
func (t *Telegram) RestartIDs(lower int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.w.Restart = lower
}

// Raise makes the next update's id at least next: a world that was saved earlier than the bot's own
// memory must not give ids again that the bot has heard.
func (t *Telegram) Raise(next int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.w.LastID = max(t.w.LastID, next-1)
}

// Pending is the number of updates that wait to be confirmed.
func (t *Telegram) Pending() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expire()
	return len(t.w.Queue)
}

func (t *Telegram) expire() {
	now := t.now()
	t.w.Queue = slices.DeleteFunc(t.w.Queue, func(u update) bool { return !now.Before(u.Till) })
}

// confirm forgets updates before the offset. One far beyond the newest is from before a restart of
// the ids and means nothing.
func (t *Telegram) confirm(offset int64) {
	t.expire()
	switch n := int64(len(t.w.Queue)); {
	case offset < 0 && n > -offset:
		t.w.Queue = slices.Clone(t.w.Queue[n+offset:])
	case offset > 0 && offset <= t.w.LastID+10:
		t.w.Queue = slices.DeleteFunc(slices.Clone(t.w.Queue), func(u update) bool { return u.ID < offset })
	}
}

// getUpdates is the only method that waits, so it takes the lock itself.
func (t *Telegram) getUpdates(ctx context.Context, f form) (any, error) {
	offset, limit := f.int("offset"), int(f.int("limit"))
	if limit < 1 || limit > 100 {
		limit = 100
	}
	wait := time.Duration(min(f.int("timeout"), 50)) * time.Second
	t.mu.Lock()
	t.wake(endConflict)
	if raw, ok := f.values["allowed_updates"]; ok {
		var kinds []string
		if json.Unmarshal([]byte(raw), &kinds) == nil {
			t.w.Allowed = kinds
		}
	}
	t.confirm(offset)
	if len(t.w.Queue) > 0 || wait <= 0 {
		defer t.mu.Unlock()
		return t.batch(limit), nil
	}
	w := &waiter{end: make(chan string, 1)}
	t.wait = w
	t.mu.Unlock()
	return t.attend(ctx, w, wait, limit)
}

func (t *Telegram) attend(ctx context.Context, w *waiter, wait time.Duration, limit int) (any, error) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	var why string
	select {
	case why = <-w.end:
	case <-timer.C:
	case <-ctx.Done():
		why = endCut
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.wait == w {
		t.wait = nil
	}
	switch why {
	case endConflict:
		return nil, &refusal{Code: http.StatusConflict, Text: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}
	case endCut:
		return nil, errCut
	}
	return t.batch(limit), nil
}

func (t *Telegram) batch(limit int) []json.RawMessage {
	t.expire()
	out := []json.RawMessage{}
	for _, u := range t.w.Queue[:min(limit, len(t.w.Queue))] {
		out = append(out, u.Body)
	}
	return out
}

type query struct {
	ID      string    `json:"id"`
	Person  int64     `json:"person"`
	Chat    int64     `json:"chat"`
	Message int64     `json:"message"`
	Data    string    `json:"data"`
	At      time.Time `json:"at"`
	Done    bool      `json:"done,omitempty"`
}

// ask queues a callback query.
func (t *Telegram) ask(person int64, r *room, message int64, data string) string {
	t.w.LastTap++
	q := &query{ID: strconv.FormatInt(t.w.LastTap, 10), Person: person, Chat: r.ID, Message: message, Data: data, At: t.now()}
	t.w.Queries[q.ID] = q
	where := object{"chat": r.wire(), "message_id": message, "date": 0}
	if m := r.find(message); m != nil {
		where = t.wire(m, true)
	}
	t.push("callback_query", object{
		"id": q.ID, "from": t.user(person), "chat_instance": strconv.FormatInt(r.ID, 10), "data": data, "message": where,
	})
	return q.ID
}
