package simulator

import (
	"errors"
	"time"
)

// Call is one request of the bot.
type Call struct {
	N      int
	Method string
	Chat   int64
	Params map[string]string
}

// Fault is trouble on the way of a call. The zero Fault is none.
type Fault struct {
	Delay      time.Duration // the answer comes late
	CutBefore  bool          // the connection breaks before the call is accepted
	CutAfter   bool          // the call is accepted; its answer is lost
	Status     int           // answered with this status; from 500 on with an HTML body
	JSON       bool          // a status from 500 on has a JSON body after all
	RetryAfter int           // with 429, in seconds
	Text       string        // description, with a Status below 500

	method string
	times  int
}

// Inject makes the next n calls of a method fail; "" is any method but getUpdates, "*" any.
func (t *Telegram) Inject(method string, n int, f Fault) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f.method, f.times = method, n
	t.faults = append(t.faults, &f)
}

// Down makes Telegram unreachable for a while.
func (t *Telegram) Down(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.down = t.now().Add(d)
	t.wake(endCut)
}

// Calls returns the latest requests of the bot, oldest first, without getUpdates.
func (t *Telegram) Calls() []Call {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]Call(nil), t.calls...)
}

// keepCalls bounds how many requests are remembered.
const keepCalls = 2000

// meet notes a call and returns its trouble.
func (t *Telegram) meet(c Call) Fault {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.called++
	c.N = t.called
	if c.Method != "getUpdates" {
		if t.calls = append(t.calls, c); len(t.calls) > keepCalls {
			t.calls = append([]Call(nil), t.calls[keepCalls/2:]...)
		}
	}
	if t.now().Before(t.down) {
		return Fault{CutBefore: true}
	}
	for _, f := range t.faults {
		if f.times > 0 && (f.method == c.Method || f.method == "*" || f.method == "" && c.Method != "getUpdates") {
			f.times--
			return *f
		}
	}
	if t.o.Decide != nil {
		return t.o.Decide(c)
	}
	return Fault{}
}

// errCut stands for a connection that breaks.
var errCut = errors.New("connection cut")

// refusal is an answer that is not ok.
type refusal struct {
	Code    int
	Text    string
	Retry   int
	MovedTo int64
}

func (r *refusal) Error() string { return r.Text }

func bad(text string) error { return &refusal{Code: 400, Text: "Bad Request: " + text} }

func forbidden(text string) error { return &refusal{Code: 403, Text: "Forbidden: " + text} }
