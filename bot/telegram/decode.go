package telegram

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/go-telegram/bot/models"

	"wksbm/bot/chat"
)

// Decode reads one update. When it cannot be read, Bad says why and Input holds as much of chat and
// sender as is needed to apologise.
func Decode(raw []byte) chat.Heard {
	h := chat.Heard{Raw: raw}
	var head struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		h.Bad = errors.New("update without an id")
		return h
	}
	h.ID = head.ID
	var u models.Update
	if err := json.Unmarshal(raw, &u); err != nil {
		h.Bad, h.Input = errors.New("update of an unknown form"), sender(raw)
		return h
	}
	h.Input = input(&u)
	return h
}

// sender reads who sent an update that is otherwise unknown.
func sender(raw []byte) chat.Input {
	type user struct {
		ID int64 `json:"id"`
	}
	type message struct {
		ID   int64 `json:"message_id"`
		Chat struct {
			ID   int64  `json:"id"`
			Type string `json:"type"`
		} `json:"chat"`
		From user `json:"from"`
	}
	var u struct {
		Message *message `json:"message"`
		Edited  *message `json:"edited_message"`
		Query   *struct {
			ID      string   `json:"id"`
			From    user     `json:"from"`
			Message *message `json:"message"`
		} `json:"callback_query"`
	}
	in := chat.Input{Kind: chat.Ignored}
	if json.Unmarshal(raw, &u) != nil {
		return in
	}
	m := u.Message
	if u.Edited != nil {
		m = u.Edited
	}
	if u.Query != nil {
		in.Kind, in.Query, m = chat.Tapped, u.Query.ID, u.Query.Message
	}
	if m != nil {
		in.Chat = chat.Place{ID: m.Chat.ID, Private: m.Chat.Type == "private"}
		in.From, in.Message = chat.Person{ID: m.From.ID}, m.ID
	}
	if u.Query != nil {
		in.From = chat.Person{ID: u.Query.From.ID}
	}
	return in
}

func input(u *models.Update) chat.Input {
	switch {
	case u.Message != nil:
		return message(u.Message)
	case u.EditedMessage != nil:
		in := message(u.EditedMessage)
		in.Edited = true
		return in
	case u.CallbackQuery != nil:
		return tap(u.CallbackQuery)
	case u.MyChatMember != nil:
		return membership(u.MyChatMember)
	}
	return chat.Input{Kind: chat.Ignored}
}

func place(c models.Chat) chat.Place {
	return chat.Place{ID: c.ID, Private: c.Type == models.ChatTypePrivate, Title: c.Title}
}

func person(u *models.User) chat.Person {
	if u == nil {
		return chat.Person{}
	}
	name := u.FirstName
	if u.LastName != "" {
		name += " " + u.LastName
	}
	return chat.Person{ID: u.ID, Name: name, Bot: u.IsBot}
}

func tap(q *models.CallbackQuery) chat.Input {
	in := chat.Input{Kind: chat.Tapped, At: time.Time{}, From: person(&q.From), Data: q.Data, Query: q.ID}
	switch m := q.Message; {
	case m.Message != nil:
		in.Chat, in.Message = place(m.Message.Chat), int64(m.Message.ID)
		in.Chat.Topic = topic(m.Message)
	case m.InaccessibleMessage != nil:
		in.Chat, in.Message = place(m.InaccessibleMessage.Chat), int64(m.InaccessibleMessage.MessageID)
	default:
		in.Kind = chat.Ignored
	}
	return in
}

func topic(m *models.Message) int64 {
	if m.IsTopicMessage {
		return int64(m.MessageThreadID)
	}
	return 0
}

// membership tells whether the bot was let in or shut out.
func membership(u *models.ChatMemberUpdated) chat.Input {
	in := chat.Input{Kind: chat.Joined, At: time.Unix(int64(u.Date), 0).UTC(), Chat: place(u.Chat), From: person(&u.From)}
	out := func(m models.ChatMember) bool { return m.Left != nil || m.Banned != nil }
	switch {
	case out(u.NewChatMember):
		in.Kind = chat.Left
	case !out(u.OldChatMember): // only the bot's rights changed
		in.Kind = chat.Ignored
	}
	return in
}

func message(m *models.Message) chat.Input {
	in := chat.Input{
		At: time.Unix(int64(m.Date), 0).UTC(), Chat: place(m.Chat), From: person(m.From),
		Message: int64(m.ID), Forward: m.ForwardOrigin != nil,
	}
	in.Chat.Topic = topic(m)
	if m.ReplyToMessage != nil {
		in.ReplyTo, in.Quoted = int64(m.ReplyToMessage.ID), quoted(m.ReplyToMessage)
	}
	if m.SenderChat != nil {
		in.From.Anonymous = true
	}
	content(&in, m)
	return in
}

// quoted is what a message answers, as far as it can be passed on.
func quoted(m *models.Message) *chat.Quoted {
	var in chat.Input
	content(&in, m)
	if in.Kind != chat.Text && in.Kind != chat.Command && in.Kind != chat.Photo && in.Kind != chat.Document {
		return nil
	}
	return &chat.Quoted{Text: in.Text, File: in.File}
}

// content finds what a message brings.
func content(in *chat.Input, m *models.Message) {
	switch {
	case m.IsAutomaticForward:
		in.Kind = chat.Ignored
	case m.MigrateToChatID != 0:
		in.Kind, in.MovedFrom, in.MovedTo = chat.Moved, m.Chat.ID, m.MigrateToChatID
	case m.MigrateFromChatID != 0:
		in.Kind, in.MovedFrom, in.MovedTo = chat.Moved, m.MigrateFromChatID, m.Chat.ID
	case m.Contact != nil:
		in.Kind = chat.Contact
		in.Contact = &chat.Card{UserID: m.Contact.UserID, Phone: m.Contact.PhoneNumber, Name: m.Contact.FirstName}
	case m.Location != nil:
		in.Kind, in.Location = chat.Location, &chat.Pin{Latitude: m.Location.Latitude, Longitude: m.Location.Longitude}
	case len(m.Photo) > 0:
		in.Kind, in.Text = chat.Photo, m.Caption
		p := m.Photo[len(m.Photo)-1]
		in.File = &chat.File{ID: p.FileID, Unique: p.FileUniqueID, Photo: true, Size: int64(p.FileSize), Album: m.MediaGroupID}
	case m.Document != nil && m.Animation == nil:
		in.Kind, in.Text = chat.Document, m.Caption
		d := m.Document
		in.File = &chat.File{ID: d.FileID, Unique: d.FileUniqueID, Name: d.FileName, Size: d.FileSize, Album: m.MediaGroupID}
	case m.Text != "":
		in.Kind, in.Text = chat.Text, m.Text
		if o, ok := chat.ParseOrder(m.Text); ok {
			in.Kind, in.Command = chat.Command, o
		}
	default:
		in.Kind, in.Text = other(m)
	}
}

// other names what a person sent that the bot cannot read; the rest are service messages.
func other(m *models.Message) (chat.Kind, string) {
	for name, there := range map[string]bool{
		"sticker": m.Sticker != nil, "voice": m.Voice != nil, "audio": m.Audio != nil, "video": m.Video != nil,
		"video_note": m.VideoNote != nil, "animation": m.Animation != nil, "poll": m.Poll != nil, "dice": m.Dice != nil,
		"venue": m.Venue != nil, "story": m.Story != nil, "game": m.Game != nil, "checklist": m.Checklist != nil,
		"paid_media": m.PaidMedia != nil,
	} {
		if there {
			return chat.Other, name
		}
	}
	if m.Chat.Type == models.ChatTypePrivate && m.PinnedMessage == nil {
		return chat.Other, "unknown"
	}
	return chat.Ignored, ""
}
