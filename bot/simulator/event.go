package simulator

import "time"

// Event is one thing that became visible on somebody's screen.
type Event struct {
	N       int       `json:"n"` // from 1, without gaps
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"`
	Chat    int64     `json:"chat,omitempty"`
	Person  int64     `json:"person,omitempty"` // who did it; 0 for the bot
	Message *Message  `json:"message,omitempty"`
	Text    string    `json:"text,omitempty"`  // of a toast or a note
	Label   string    `json:"label,omitempty"` // of the button that was tapped
	Alert   bool      `json:"alert,omitempty"`
}

// Kinds of events.
const (
	Sent      = "message"  // Message is new
	Changed   = "edit"     // Message has new content, or new buttons and the old content (Text is "buttons")
	Deleted   = "delete"   // Message is gone; it is given as it was
	Pinned    = "pin"      // Message stays at the top of the chat
	Unpinned  = "unpin"    // it does no more
	Reacted   = "reaction" // the bot put the sign Text on Message, or took it away
	TappedOn  = "tap"      // Person pressed Label below Message
	Toasted   = "toast"    // Person was shown Text as the answer to a tap
	BlockedBy = "block"    // Person blocked the bot
	FreedBy   = "unblock"  // Person unblocked the bot
	Menu      = "commands" // the bot's command menu changed
	MovedOn   = "migrate"  // Chat is a new chat in the place of an old one
	Remark    = "note"     // Text is a transcript line such as "! restart"
)

// event records e and wakes whoever watches.
func (t *Telegram) event(e Event) {
	e.N, e.At = len(t.w.Events)+1, t.now()
	t.w.Events = append(t.w.Events, e)
	t.tell()
}

func (t *Telegram) tell() {
	for _, c := range t.subs {
		select {
		case c <- struct{}{}:
		default: // a wake-up is waiting already
		}
	}
}

// Events returns what happened after event n, oldest first.
func (t *Telegram) Events(n int) []Event {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n >= len(t.w.Events) {
		return nil
	}
	return append([]Event(nil), t.w.Events[max(n, 0):]...)
}

// LastEvent is the number of the newest event, 0 when nothing happened.
func (t *Telegram) LastEvent() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.w.Events)
}

// Toasts returns the answers to taps that a person saw, oldest first.
func (t *Telegram) Toasts(person int64) []string {
	var out []string
	for _, e := range t.Events(0) {
		if e.Kind == Toasted && e.Person == person && e.Text != "" {
			out = append(out, e.Text)
		}
	}
	return out
}

// Subscribe returns a channel that holds a value whenever something happened since it was last
// read, and the function that ends it.
func (t *Telegram) Subscribe() (<-chan struct{}, func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.nextID++
	id, c := t.nextID, make(chan struct{}, 1)
	t.subs[id] = c
	return c, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.subs, id)
	}
}

// Note writes a line such as "! restart" into the record that transcripts are made of.
func (t *Telegram) Note(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.event(Event{Kind: Remark, Text: line})
}
