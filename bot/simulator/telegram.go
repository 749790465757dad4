// Package simulator is a local Telegram for demonstration, training and tests.
package simulator

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Options of New.
type Options struct {
	// Token is the one bot's token; the digits before the colon are the bot's id.
	Token string
	// Now is the clock; nil is the real one. Timers of long polls are real timers always.
	Now func() time.Time
	// BotName is the bot's username, without the @.
	BotName string
	// TapLife is how long after a tap its query can be answered; 0 is 15 seconds.
	TapLife time.Duration
	// Decide, when set, is asked at every call for the trouble to cause; the zero Fault is none. It
	// must not call back into the Telegram.
	Decide func(Call) Fault
}

// Telegram keeps people, chats and one bot in memory and speaks the Bot API. All methods may be
// used from several goroutines. Ids are given in order, so equal actions lead to equal worlds.
type Telegram struct {
	mu     sync.Mutex
	o      Options
	w      world
	wait   *waiter
	faults []*Fault
	down   time.Time
	calls  []Call
	called int
	subs   map[int]chan struct{}
	nextID int
}

// world is what Save writes.
type world struct {
	Bot      profile                 `json:"bot"`
	People   []*Person               `json:"people"`
	Rooms    []*room                 `json:"rooms"`
	Queue    []update                `json:"queue"`
	LastID   int64                   `json:"last_update"`
	Restart  int64                   `json:"restart_ids,omitempty"`
	Allowed  []string                `json:"allowed_updates,omitempty"`
	Queries  map[string]*query       `json:"queries"`
	LastTap  int64                   `json:"last_query"`
	Files    map[string]*file        `json:"files"`
	LastFile int64                   `json:"last_file"`
	LastAlb  int64                   `json:"last_album"`
	Commands map[string][]BotCommand `json:"commands"`
	Events   []Event                 `json:"events"`
	Boards   map[int64]*Keyboard     `json:"boards"`
}

type profile struct {
	ID          int64  `json:"id"`
	Username    string `json:"username"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Short       string `json:"short"`
}

// Person is somebody with a phone.
type Person struct {
	ID     int64  `json:"id"`
	Handle string `json:"handle"` // short name in transcripts
	Name   string `json:"name"`
	Phone  string `json:"phone"`
}

// Types of chats.
const (
	private    = "private"
	basicGroup = "group"
	superGroup = "supergroup"
)

// The bot's standing in a group.
const (
	absent = ""
	member = "member"
	admin  = "administrator"
	kicked = "kicked"
)

type room struct {
	ID       int64      `json:"id"`
	Handle   string     `json:"handle"`
	Title    string     `json:"title"`
	Type     string     `json:"type"`
	Members  []int64    `json:"members,omitempty"`
	Admins   []int64    `json:"admins,omitempty"` // the first is the creator
	Bot      string     `json:"bot,omitempty"`
	MovedTo  int64      `json:"moved_to,omitempty"`
	Topics   []int64    `json:"topics,omitempty"` // of a forum, beside General
	Started  bool       `json:"started,omitempty"`
	Blocked  bool       `json:"blocked,omitempty"`
	Last     int64      `json:"last"`
	Messages []*Message `json:"messages"`
}

// First ids. People's ids look like Telegram's; update ids start where a bot's would not start.
const (
	firstPerson = 520_700_000
	firstGroup  = -4_000_000
	firstSuper  = -1_002_000_000_000
	firstUpdate = 100_000
)

// New returns an empty Telegram with one bot.
func New(o Options) *Telegram {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.BotName == "" {
		o.BotName = "wksbm_bot"
	}
	if o.TapLife == 0 {
		o.TapLife = 15 * time.Second
	}
	t := &Telegram{o: o, subs: map[int]chan struct{}{}}
	t.w = t.empty()
	return t
}

func (t *Telegram) empty() world {
	head, _, _ := strings.Cut(t.o.Token, ":")
	id, err := strconv.ParseInt(head, 10, 64)
	if err != nil {
		id = 1
	}
	return world{
		Bot:      profile{ID: id, Username: t.o.BotName, Name: t.o.BotName},
		Queries:  map[string]*query{},
		Files:    map[string]*file{},
		Commands: map[string][]BotCommand{},
		Boards:   map[int64]*Keyboard{},
		LastID:   firstUpdate,
	}
}

// Reset forgets everybody and everything; the bot's token and name stay. Events go on counting from
// zero, so that a page has to be loaded anew.
func (t *Telegram) Reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.w = t.empty()
	t.faults, t.down, t.calls = nil, time.Time{}, nil
	t.tell()
}

// Bot returns the bot's id and username.
func (t *Telegram) Bot() (id int64, username string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.w.Bot.ID, t.w.Bot.Username
}

func (t *Telegram) now() time.Time { return t.o.Now().UTC().Truncate(time.Second) }

// AddPerson adds somebody who has not spoken to the bot yet; the private chat has the same handle
// and id.
func (t *Telegram) AddPerson(handle, name string) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := int64(len(t.w.People) + 1)
	p := &Person{ID: firstPerson + n, Handle: handle, Name: name, Phone: fmt.Sprintf("+62812000%05d", n)}
	t.w.People = append(t.w.People, p)
	t.w.Rooms = append(t.w.Rooms, &room{ID: p.ID, Handle: handle, Title: name, Type: private})
	return p.ID
}

// AddGroup adds a basic group of people; the first of them made it. The bot is not in it: AddBot.
func (t *Telegram) AddGroup(handle, title string, people ...int64) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	g := &room{ID: firstGroup - int64(len(t.w.Rooms)), Handle: handle, Title: title, Type: basicGroup, Members: people}
	if len(people) > 0 {
		g.Admins = []int64{people[0]}
	}
	t.w.Rooms = append(t.w.Rooms, g)
	return g.ID
}

// ID finds a person by handle; 0 when there is none.
func (t *Telegram) ID(handle string) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range t.w.People {
		if p.Handle == handle {
			return p.ID
		}
	}
	return 0
}

// Chat finds a chat by handle; 0 when there is none. A migrated group keeps its handle.
func (t *Telegram) Chat(handle string) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range t.w.Rooms {
		if r.Handle == handle {
			return r.ID
		}
	}
	return 0
}

// People returns everybody, in the order they were added.
func (t *Telegram) People() []Person {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := make([]Person, len(t.w.People))
	for i, p := range t.w.People {
		out[i] = *p
	}
	return out
}

// Messages returns what is in a chat now, oldest first, without what was deleted.
func (t *Telegram) Messages(chat int64) []Message {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.room(chat)
	if r == nil {
		return nil
	}
	out := make([]Message, len(r.Messages))
	for i, m := range r.Messages {
		out[i] = *m
	}
	return out
}

// Board returns the reply keyboard that is up in a chat, nil when there is none.
func (t *Telegram) Board(chat int64) *Keyboard {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.w.Boards[chat]
}

func (t *Telegram) room(id int64) *room {
	for _, r := range t.w.Rooms {
		if r.ID == id {
			return r
		}
	}
	return nil
}

func (t *Telegram) person(id int64) *Person {
	for _, p := range t.w.People {
		if p.ID == id {
			return p
		}
	}
	return nil
}

func (r *room) find(id int64) *Message {
	for i := len(r.Messages) - 1; i >= 0; i-- {
		if r.Messages[i].ID == id {
			return r.Messages[i]
		}
	}
	return nil
}

// put replaces a message by its new version: snapshots given out before stay as they were.
func (r *room) put(m *Message) {
	for i := range r.Messages {
		if r.Messages[i].ID == m.ID {
			r.Messages[i] = m
		}
	}
}

func (r *room) drop(id int64) {
	for i := range r.Messages {
		if r.Messages[i].ID == id {
			r.Messages = append(append([]*Message{}, r.Messages[:i]...), r.Messages[i+1:]...)
			return
		}
	}
}

// Save returns the whole world as JSON; Load takes it back.
func (t *Telegram) Save() ([]byte, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return json.Marshal(t.w)
}

// Load replaces the world by one that Save wrote.
func (t *Telegram) Load(data []byte) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	w := t.empty()
	if err := json.Unmarshal(data, &w); err != nil {
		return fmt.Errorf("read saved world: %w", err)
	}
	t.w = w
	t.tell()
	return nil
}
