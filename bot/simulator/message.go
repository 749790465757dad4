package simulator

import (
	"encoding/json"
	"slices"
	"time"
)

// Message is one message as it stands in a chat.
type Message struct {
	ID        int64      `json:"id"`
	Chat      int64      `json:"chat"`
	From      int64      `json:"from"` // the bot's id for the bot's
	Bot       bool       `json:"bot,omitempty"`
	Name      string     `json:"name"`
	At        time.Time  `json:"at"`
	Edited    time.Time  `json:"edited,omitzero"`
	Kind      string     `json:"kind"`           // text, photo, document, contact, location, sticker, voice, poll, service
	Text      string     `json:"text,omitempty"` // as a reader sees it; the caption of a file
	HTML      string     `json:"html,omitempty"` // as the bot sent it
	Entities  []Entity   `json:"entities,omitempty"`
	Buttons   [][]Button `json:"buttons,omitempty"`
	Keyboard  *Keyboard  `json:"keyboard,omitempty"`
	File      *FileInfo  `json:"file,omitempty"`
	Contact   *Contact   `json:"contact,omitempty"`
	Place     *Place     `json:"place,omitempty"`
	Album     string     `json:"album,omitempty"`
	ReplyTo   int64      `json:"reply_to,omitempty"`
	Topic     int64      `json:"topic,omitempty"` // of a forum; 0 is General
	Forward   bool       `json:"forward,omitempty"`
	Reaction  string     `json:"reaction,omitempty"` // of the bot
	Anonymous bool       `json:"anonymous,omitempty"`
	Service   *Service   `json:"service,omitempty"`
}

// Entity is a formatted piece of text; offset and length count UTF-16 units.
type Entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	URL    string `json:"url,omitempty"`
}

// Button is an inline button.
type Button struct {
	Label string `json:"label"`
	Data  string `json:"data,omitempty"`
	URL   string `json:"url,omitempty"`
	Copy  string `json:"copy,omitempty"`
	Off   bool   `json:"off,omitempty"` // shown, but cannot be pressed
}

// Keyboard is the reply keyboard below the typing box.
type Keyboard struct {
	Rows  [][]Key `json:"rows,omitempty"`
	Once  bool    `json:"once,omitempty"`
	Hint  string  `json:"hint,omitempty"`
	Force bool    `json:"force,omitempty"` // only opens the answer to this message
	Gone  bool    `json:"gone,omitempty"`
}

// Key is a button of a reply keyboard.
type Key struct {
	Label    string `json:"label"`
	Contact  bool   `json:"contact,omitempty"`
	Location bool   `json:"location,omitempty"`
}

// FileInfo describes a file in a message.
type FileInfo struct {
	ID     string `json:"id"`
	Unique string `json:"unique"`
	Name   string `json:"name,omitempty"`
	Type   string `json:"type"`
	Size   int    `json:"size"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

// Contact is a contact card; User is 0 when the card is of somebody unknown.
type Contact struct {
	Phone string `json:"phone"`
	Name  string `json:"name"`
	User  int64  `json:"user,omitempty"`
}

// Place is a point on the map.
type Place struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Service says what a service message tells.
type Service struct {
	Joined   int64 `json:"joined,omitempty"`
	Left     int64 `json:"left,omitempty"`
	MovedTo  int64 `json:"moved_to,omitempty"`
	MovedOff int64 `json:"moved_from,omitempty"`
}

// anonymousAdmin is the id of the GroupAnonymousBot.
const anonymousAdmin = 1_087_968_824

type object = map[string]any

func (t *Telegram) botUser() object {
	return object{"id": t.w.Bot.ID, "is_bot": true, "first_name": t.w.Bot.Name, "username": t.w.Bot.Username}
}

// user is the wire form of a person, or of the bot.
func (t *Telegram) user(id int64) object {
	switch p := t.person(id); {
	case id == t.w.Bot.ID:
		return t.botUser()
	case id == anonymousAdmin:
		return object{"id": id, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"}
	case p != nil:
		return object{"id": id, "is_bot": false, "first_name": p.Name, "language_code": "id"}
	}
	return object{"id": id, "is_bot": false, "first_name": "?"}
}

func (r *room) wire() object {
	if r.Type == private {
		return object{"id": r.ID, "type": r.Type, "first_name": r.Title}
	}
	o := object{"id": r.ID, "type": r.Type, "title": r.Title}
	if len(r.Topics) > 0 {
		o["is_forum"] = true
	}
	return o
}

// wire is the Bot API form of a message.
func (t *Telegram) wire(m *Message, deep bool) object {
	r := t.room(m.Chat)
	o := object{"message_id": m.ID, "date": m.At.Unix(), "chat": r.wire(), "from": t.user(m.From)}
	if m.Anonymous {
		o["sender_chat"] = r.wire()
	}
	if !m.Edited.IsZero() {
		o["edit_date"] = m.Edited.Unix()
	}
	if m.Topic != 0 {
		o["message_thread_id"], o["is_topic_message"] = m.Topic, true
	}
	if m.Album != "" {
		o["media_group_id"] = m.Album
	}
	if m.Forward {
		o["forward_origin"] = object{"type": "hidden_user", "date": m.At.Unix(), "sender_user_name": "Kenalan"}
	}
	if deep && m.ReplyTo != 0 {
		if to := r.find(m.ReplyTo); to != nil {
			o["reply_to_message"] = t.wire(to, false)
		}
	}
	if len(m.Buttons) > 0 {
		o["reply_markup"] = object{"inline_keyboard": wireButtons(m.Buttons)}
	}
	m.body(t, o)
	return o
}

// body adds what the message brings.
func (m *Message) body(t *Telegram, o object) {
	words, marks := "text", "entities"
	switch m.Kind {
	case "photo":
		o["photo"] = []object{{
			"file_id": m.File.ID, "file_unique_id": m.File.Unique, "width": m.File.Width, "height": m.File.Height, "file_size": m.File.Size,
		}}
	case "document":
		o["document"] = object{
			"file_id": m.File.ID, "file_unique_id": m.File.Unique, "file_name": m.File.Name, "mime_type": m.File.Type, "file_size": m.File.Size,
		}
	case "contact":
		card := object{"phone_number": m.Contact.Phone, "first_name": m.Contact.Name}
		if m.Contact.User != 0 {
			card["user_id"] = m.Contact.User
		}
		o["contact"] = card
	case "location":
		o["location"] = object{"latitude": m.Place.Latitude, "longitude": m.Place.Longitude}
	case "sticker":
		o["sticker"] = object{"file_id": "sticker", "file_unique_id": "sticker", "type": "regular", "width": 512, "height": 512, "emoji": "👍"}
	case "voice":
		o["voice"] = object{"file_id": "voice", "file_unique_id": "voice", "duration": 3}
	case "poll":
		o["poll"] = object{"id": "1", "question": "Setuju?", "type": "regular", "options": []object{{"text": "Ya"}, {"text": "Tidak"}}}
	case "service":
		m.Service.wire(t, o)
		return
	}
	if m.Kind != "text" {
		words, marks = "caption", "caption_entities"
	}
	if m.Text != "" {
		o[words] = m.Text
	}
	if len(m.Entities) > 0 {
		o[marks] = m.Entities
	}
}

func (s *Service) wire(t *Telegram, o object) {
	switch {
	case s.Joined != 0:
		o["new_chat_members"] = []object{t.user(s.Joined)}
	case s.Left != 0:
		o["left_chat_member"] = t.user(s.Left)
	case s.MovedTo != 0:
		o["migrate_to_chat_id"] = s.MovedTo
	case s.MovedOff != 0:
		o["migrate_from_chat_id"] = s.MovedOff
	}
}

func wireButtons(rows [][]Button) [][]object {
	var out [][]object
	for _, row := range rows {
		var line []object
		for _, b := range row {
			o := object{"text": b.Label}
			switch {
			case b.URL != "":
				o["url"] = b.URL
			case b.Copy != "":
				o["copy_text"] = object{"text": b.Copy}
			case b.Off:
				o["disabled"] = object{}
			default:
				o["callback_data"] = b.Data
			}
			line = append(line, o)
		}
		out = append(out, line)
	}
	return out
}

func sameButtons(a, b [][]Button) bool {
	return slices.EqualFunc(a, b, func(x, y []Button) bool { return slices.Equal(x, y) })
}

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("encode " + err.Error()) // only maps, strings and numbers get here
	}
	return b
}
