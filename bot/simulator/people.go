package simulator

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// What people do. Each returns what went wrong on the phone: nothing to press, no such chat.

var errNoRoom = errors.New("no such chat, or the person is not in it")

// place finds a chat that a person can write to.
func (t *Telegram) place(person, chat int64) (*room, error) {
	r := t.room(chat)
	switch {
	case r == nil || t.person(person) == nil,
		r.Type == private && r.ID != person,
		r.Type != private && !slices.Contains(r.Members, person):
		return nil, errNoRoom
	case r.MovedTo != 0:
		return t.place(person, r.MovedTo)
	}
	return r, nil
}

// write puts a person's message into a chat and tells the bot if it may see it.
func (t *Telegram) write(person, chat int64, m Message) (int64, error) {
	r, err := t.place(person, chat)
	if err != nil {
		return 0, err
	}
	r.Last++
	m.ID, m.Chat, m.From, m.At = r.Last, r.ID, person, t.now()
	if m.Topic != 0 && !slices.Contains(r.Topics, m.Topic) {
		return 0, errors.New("no such topic")
	}
	m.Name = t.person(person).Name
	if m.Anonymous {
		m.From, m.Name = anonymousAdmin, r.Title
	}
	if r.Type == private {
		r.Started = true
		if k := t.w.Boards[r.ID]; k != nil && k.Once {
			delete(t.w.Boards, r.ID)
		}
	}
	r.Messages = append(r.Messages, &m)
	t.event(Event{Kind: Sent, Chat: r.ID, Person: person, Message: &m})
	if !r.Blocked && t.visible(r, &m) {
		t.push("message", t.wire(&m, true))
	}
	return m.ID, nil
}

// visible is privacy mode: in a group the bot sees commands, answers to its messages and service
// messages, unless it is an admin.
func (t *Telegram) visible(r *room, m *Message) bool {
	if r.Type == private || r.Bot == admin {
		return true
	}
	if r.Bot != member {
		return false
	}
	if to := r.find(m.ReplyTo); to != nil && to.Bot {
		return true
	}
	return m.Kind == "service" || strings.HasPrefix(m.Text, "/")
}

// Say types words.
func (t *Telegram) Say(person, chat int64, words string) (int64, error) {
	return t.Write(person, chat, Message{Kind: "text", Text: words})
}

// Write sends a message of any kind: Text, ReplyTo, Forward and Anonymous are taken from m; a
// "contact" without one shares the person's own number.
func (t *Telegram) Write(person, chat int64, m Message) (int64, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	m.Buttons, m.Keyboard, m.Service, m.Bot = nil, nil, nil, false
	switch m.Kind {
	case "text":
		if m.Text = strings.TrimSpace(m.Text); m.Text == "" {
			return 0, errors.New("nothing to send")
		}
	case "contact":
		if p := t.person(person); m.Contact == nil && p != nil {
			m.Contact = &Contact{Phone: p.Phone, Name: p.Name, User: p.ID}
		}
	case "location":
		if m.Place == nil {
			m.Place = &Place{Latitude: -8.7419, Longitude: 116.8528}
		}
	case "photo", "document":
		if m.File == nil {
			return 0, errors.New("no file: use Attach")
		}
	}
	return t.write(person, chat, m)
}

// Attach sends a file. Files of one album carry the same album name, from NewAlbum.
func (t *Telegram) Attach(person, chat int64, kind, name, caption, album string, data []byte) (int64, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if kind != "photo" && kind != "document" {
		return 0, fmt.Errorf("unknown kind of file %q", kind)
	}
	return t.write(person, chat, Message{Kind: kind, Text: caption, Album: album, File: t.keep(name, "", data).info()})
}

// NewAlbum names an album.
func (t *Telegram) NewAlbum() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.w.LastAlb++
	return fmt.Sprintf("album%d", t.w.LastAlb)
}

// EditOwn changes the text of a person's own message.
func (t *Telegram) EditOwn(person, chat, message int64, words string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, err := t.place(person, chat)
	if err != nil {
		return err
	}
	old := r.find(message)
	if old == nil || old.From != person || old.Kind == "service" {
		return errors.New("no message of one's own to edit")
	}
	m := *old
	m.Text, m.Edited = words, t.now()
	r.put(&m)
	t.event(Event{Kind: Changed, Chat: r.ID, Person: person, Message: &m})
	if !r.Blocked && t.visible(r, &m) {
		t.push("edited_message", t.wire(&m, true))
	}
	return nil
}

// DeleteOwn removes a message from a person's chat; bots are not told.
func (t *Telegram) DeleteOwn(person, chat, message int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, err := t.place(person, chat)
	if err != nil {
		return err
	}
	m := r.find(message)
	if m == nil || m.From != person && r.Type != private {
		return errors.New("no message to delete")
	}
	r.drop(message)
	t.event(Event{Kind: Deleted, Chat: r.ID, Person: person, Message: m})
	return nil
}

// Tap presses the button with this label below a message.
func (t *Telegram) Tap(person, chat, message int64, label string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, err := t.place(person, chat)
	if err != nil {
		return err
	}
	if m := r.find(message); m != nil {
		for _, row := range m.Buttons {
			for _, b := range row {
				if b.Label == label {
					return t.press(person, r, message, b)
				}
			}
		}
	}
	return fmt.Errorf("no button %q", label)
}

// TapLabel presses the button with this label on the newest message that has one.
func (t *Telegram) TapLabel(person, chat int64, label string) error {
	chat = t.moved(chat)
	if at, found := t.labelled(chat, label); at != 0 {
		return t.Tap(person, chat, at, found)
	}
	old := t.before(chat) // its messages stay on the screens
	at, found := t.labelled(old, label)
	if at == 0 {
		return fmt.Errorf("no button %q", label)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.room(old)
	for _, row := range r.find(at).Buttons {
		for _, b := range row {
			if b.Label == found {
				return t.press(person, r, at, b)
			}
		}
	}
	return nil
}

// before is the group that became a supergroup; 0 when it never was another.
func (t *Telegram) before(chat int64) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range t.w.Rooms {
		if r.MovedTo == chat {
			return r.ID
		}
	}
	return 0
}

// labelled finds the newest message with a button of this label; 0 when there is none.
func (t *Telegram) labelled(chat int64, label string) (int64, string) {
	at, found := int64(0), ""
	for _, m := range t.Messages(chat) {
		for _, row := range m.Buttons {
			for _, b := range row {
				if b.Label == label {
					at, found = m.ID, b.Label
				} else if found != label && at <= m.ID && alike(b.Label, label) {
					at, found = m.ID, b.Label
				}
			}
		}
	}
	return at, found
}

// alike lets a transcript leave out the sign in front of a label.
func alike(label, said string) bool {
	_, rest, ok := strings.Cut(label, " ")
	return ok && rest == said
}

// moved is the chat a moved chat became.
func (t *Telegram) moved(chat int64) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r := t.room(chat); r != nil && r.MovedTo != 0 {
		return r.MovedTo
	}
	return chat
}

// TapData presses a button that carries any data: what a forged client can send.
func (t *Telegram) TapData(person, chat, message int64, data string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.room(chat)
	if r == nil || t.person(person) == nil {
		return errNoRoom
	}
	t.ask(person, r, message, data)
	return nil
}

func (t *Telegram) press(person int64, r *room, message int64, b Button) error {
	t.event(Event{Kind: TappedOn, Chat: r.ID, Person: person, Label: b.Label, Message: r.find(message)})
	if b.Data != "" && !r.Blocked {
		t.ask(person, r, message, b.Data)
	}
	return nil
}

// Block has a person block the bot; Unblock lets it in again.
func (t *Telegram) Block(person int64) { t.bar(person, true) }

// Unblock undoes Block.
func (t *Telegram) Unblock(person int64) { t.bar(person, false) }

func (t *Telegram) bar(person int64, blocked bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.room(person)
	if r == nil || r.Blocked == blocked {
		return
	}
	r.Blocked = blocked
	kind, from, to := FreedBy, "kicked", "member"
	if blocked {
		kind, from, to = BlockedBy, "member", "kicked"
	}
	t.event(Event{Kind: kind, Chat: r.ID, Person: person})
	t.membership(r, person, from, to)
}

func (t *Telegram) membership(r *room, by int64, from, to string) {
	state := func(s string) object {
		o := object{"status": s, "user": t.botUser()}
		if s == "kicked" {
			o["until_date"] = 0
		}
		return o
	}
	t.push("my_chat_member", object{
		"chat": r.wire(), "from": t.user(by), "date": t.now().Unix(), "old_chat_member": state(from), "new_chat_member": state(to),
	})
}

// AddBot puts the bot into a group.
func (t *Telegram) AddBot(by, group int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, err := t.place(by, group)
	if err != nil || r.Type == private {
		return errNoRoom
	}
	r.Bot = member
	t.membership(r, by, "left", "member")
	_, err = t.write(by, r.ID, Message{Kind: "service", Service: &Service{Joined: t.w.Bot.ID}})
	return err
}

// RemoveBot throws the bot out of a group.
func (t *Telegram) RemoveBot(by, group int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, err := t.place(by, group)
	if err != nil || r.Type == private {
		return errNoRoom
	}
	r.Bot = kicked
	t.membership(r, by, "member", "kicked")
	_, err = t.write(by, r.ID, Message{Kind: "service", Service: &Service{Left: t.w.Bot.ID}}) // seen by people only
	return err
}

// Migrate makes a supergroup of a group and returns its new id.
func (t *Telegram) Migrate(group int64) (int64, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.room(group)
	if old == nil || old.Type != basicGroup || old.MovedTo != 0 {
		return 0, errNoRoom
	}
	next := &room{
		ID: firstSuper - int64(len(t.w.Rooms)), Handle: old.Handle, Title: old.Title, Type: superGroup,
		Members: old.Members, Admins: old.Admins, Bot: old.Bot,
	}
	t.w.Rooms = append(t.w.Rooms, next)
	by := old.Members[0]
	if _, err := t.write(by, old.ID, Message{Kind: "service", Service: &Service{MovedTo: next.ID}}); err != nil {
		return 0, err
	}
	old.MovedTo, old.Handle = next.ID, ""
	t.event(Event{Kind: MovedOn, Chat: next.ID})
	_, err := t.write(by, next.ID, Message{Kind: "service", Service: &Service{MovedOff: old.ID}})
	return next.ID, err
}
