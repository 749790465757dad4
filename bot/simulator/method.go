package simulator

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of the Bot API, in characters after parsing where not said otherwise.
const (
	maxText    = 4096
	maxCaption = 1024
	maxToast   = 200
	maxRaw     = 32768 // bytes
	maxData    = 64    // bytes
	maxButtons = 100

	maxName        = 64
	maxDescription = 512
	maxShort       = 120
	maxHint        = 64 // of a typing box
)

// open finds the chat that the bot may write to.
func (t *Telegram) open(f form) (*room, error) {
	r := t.room(f.int("chat_id"))
	switch {
	case f.values["chat_id"] == "" || f.values["chat_id"] == "0":
		return nil, bad("chat_id is empty")
	case r == nil:
		return nil, bad("chat not found")
	case r.MovedTo != 0:
		return nil, &refusal{Code: 400, Text: "Bad Request: group chat was upgraded to a supergroup chat", MovedTo: r.MovedTo}
	case r.Type == private && r.Blocked:
		return nil, forbidden("bot was blocked by the user")
	case r.Type == private && !r.Started:
		return nil, forbidden("bot can't initiate conversation with a user")
	case r.Type != private && r.Bot == kicked:
		return nil, forbidden("bot was kicked from the " + r.Type + " chat")
	case r.Type != private && r.Bot == absent:
		return nil, forbidden("bot is not a member of the " + r.Type + " chat")
	}
	return r, nil
}

// text reads a text or caption by its parse mode.
func words(f form, key string, limit int) (text, raw string, marks []Entity, err error) {
	raw = f.values[key]
	if len(raw) > maxRaw {
		return "", "", nil, bad("message is too long")
	}
	text = strings.TrimSpace(raw)
	if strings.EqualFold(f.values["parse_mode"], "HTML") {
		if text, marks, err = parseHTML(raw); err != nil {
			return "", "", nil, bad(err.Error())
		}
	}
	if utf8.RuneCountInString(text) > limit {
		if key == "caption" {
			return "", "", nil, bad("message caption is too long")
		}
		return "", "", nil, bad("message is too long")
	}
	return text, raw, marks, nil
}

// post puts a message of the bot into a chat.
func (t *Telegram) post(r *room, m *Message) object {
	r.Last++
	m.ID, m.Chat, m.From, m.Bot, m.Name, m.At = r.Last, r.ID, t.w.Bot.ID, true, t.w.Bot.Name, t.now()
	r.Messages = append(r.Messages, m)
	if k := m.Keyboard; k != nil {
		t.w.Boards[r.ID] = k
		if k.Gone {
			delete(t.w.Boards, r.ID)
		}
	}
	t.event(Event{Kind: Sent, Chat: r.ID, Message: m})
	return t.wire(m, true)
}

// draft checks what all messages have: the chat, the message answered, the markup.
func (t *Telegram) draft(f form) (*room, *Message, error) {
	r, err := t.open(f)
	if err != nil {
		return nil, nil, err
	}
	m := &Message{Kind: "text"}
	if m.Topic = f.int("message_thread_id"); m.Topic != 0 && !slices.Contains(r.Topics, m.Topic) {
		return nil, nil, bad("message thread not found")
	}
	if raw := f.values["reply_parameters"]; raw != "" {
		var p struct {
			ID      int64 `json:"message_id"`
			Without bool  `json:"allow_sending_without_reply"`
		}
		if json.Unmarshal([]byte(raw), &p) == nil && p.ID != 0 {
			switch {
			case r.find(p.ID) != nil:
				m.ReplyTo, m.Topic = p.ID, r.find(p.ID).Topic
			case !p.Without:
				return nil, nil, bad("message to be replied not found")
			}
		}
	}
	m.Buttons, m.Keyboard, err = markup(r, f.values["reply_markup"])
	return r, m, err
}

func (t *Telegram) sendMessage(f form) (any, error) {
	r, m, err := t.draft(f)
	if err != nil {
		return nil, err
	}
	m.Text, m.HTML, m.Entities, err = words(f, "text", maxText)
	if err == nil && m.Text == "" {
		err = bad("message text is empty")
	}
	if err != nil {
		return nil, err
	}
	return t.post(r, m), nil
}

func (t *Telegram) sendPhoto(f form) (any, error) { return t.sendFile(f, "photo") }

func (t *Telegram) sendDocument(f form) (any, error) { return t.sendFile(f, "document") }

func (t *Telegram) sendFile(f form, kind string) (any, error) {
	r, m, err := t.draft(f)
	if err != nil {
		return nil, err
	}
	m.Kind = kind
	m.Text, m.HTML, m.Entities, err = words(f, "caption", maxCaption)
	if err != nil {
		return nil, err
	}
	stored, err := t.sent(f, kind)
	if err != nil {
		return nil, err
	}
	m.File = stored.info()
	return t.post(r, m), nil
}

// maxPhoto is the size of the largest picture in bytes.
const maxPhoto = 10 << 20

// sent is the file of a call: uploaded with it, or known by its id.
func (t *Telegram) sent(f form, kind string) (*file, error) {
	id := f.values[kind]
	up, ok := f.files[kind]
	if name, attached := strings.CutPrefix(id, "attach://"); attached {
		up, ok = f.files[name]
		id = ""
	}
	switch stored := t.w.Files[id]; {
	case !ok && stored == nil:
		return nil, bad("wrong file_id or the file is temporarily unavailable")
	case !ok:
		return stored, nil
	case len(up.data) == 0:
		return nil, bad("file must be non-empty")
	case kind == "photo" && len(up.data) > maxPhoto:
		return nil, bad("file is too big")
	}
	if kind == "photo" && !strings.HasPrefix(contentType(up.name, up.data), "image/") {
		return nil, bad("IMAGE_PROCESS_FAILED")
	}
	return t.keep(up.name, "", up.data), nil
}

// sendChatAction shows nothing here: "is sending a file" passes faster than anybody reads.
func (t *Telegram) sendChatAction(f form) (any, error) {
	if _, err := t.open(f); err != nil {
		return nil, err
	}
	switch f.values["action"] {
	case "typing", "upload_photo", "upload_document":
		return true, nil
	}
	return nil, bad("wrong parameter action in request")
}

// own finds a message of the bot that is to change.
func (t *Telegram) own(f form) (*room, *Message, error) {
	r, err := t.open(f)
	if err != nil {
		return nil, nil, err
	}
	m := r.find(f.int("message_id"))
	switch {
	case m == nil:
		return nil, nil, bad("message to edit not found")
	case !m.Bot:
		return nil, nil, bad("message can't be edited")
	}
	return r, m, nil
}

const same = "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"

func (t *Telegram) editMessageText(f form) (any, error) {
	r, old, err := t.own(f)
	if err != nil {
		return nil, err
	}
	if old.Kind != "text" {
		return nil, bad("there is no text in the message to edit")
	}
	m := *old
	m.Text, m.HTML, m.Entities, err = words(f, "text", maxText)
	if err != nil {
		return nil, err
	}
	if m.Text == "" {
		return nil, bad("message text is empty")
	}
	if m.Buttons, m.Keyboard, err = markup(r, f.values["reply_markup"]); err != nil {
		return nil, err
	}
	if m.Text == old.Text && slices.Equal(m.Entities, old.Entities) && sameButtons(m.Buttons, old.Buttons) {
		return nil, bad(same)
	}
	return t.change(r, &m, ""), nil
}

func (t *Telegram) editMessageReplyMarkup(f form) (any, error) {
	r, old, err := t.own(f)
	if err != nil {
		return nil, err
	}
	m := *old
	if m.Buttons, _, err = markup(r, f.values["reply_markup"]); err != nil {
		return nil, err
	}
	if sameButtons(m.Buttons, old.Buttons) {
		return nil, bad(same)
	}
	return t.change(r, &m, "buttons"), nil
}

func (t *Telegram) change(r *room, m *Message, what string) object {
	m.Edited = t.now()
	r.put(m)
	t.event(Event{Kind: Changed, Chat: r.ID, Message: m, Text: what})
	return t.wire(m, true)
}

// keepDeletable is how long a bot can delete its own messages, and others' in groups.
const keepDeletable = 48 * time.Hour

func (t *Telegram) deleteMessage(f form) (any, error) {
	r, err := t.open(f)
	if err != nil {
		return nil, err
	}
	m := r.find(f.int("message_id"))
	switch {
	case m == nil:
		return nil, bad("message to delete not found")
	case !m.Bot && r.Type != private && r.Bot != admin, t.now().Sub(m.At) > keepDeletable && (m.Bot || r.Type != private):
		return nil, bad("message can't be deleted")
	}
	r.drop(m.ID)
	t.event(Event{Kind: Deleted, Chat: r.ID, Message: m})
	return true, nil
}

// pinChatMessage keeps a message at the top of a chat; the one pinned before stays below it.
func (t *Telegram) pinChatMessage(f form) (any, error) { return t.turnPin(f, Pinned) }

// unpinChatMessage takes a message from the top of a chat.
func (t *Telegram) unpinChatMessage(f form) (any, error) { return t.turnPin(f, Unpinned) }

func (t *Telegram) turnPin(f form, kind string) (any, error) {
	r, err := t.open(f)
	if err != nil {
		return nil, err
	}
	m := r.find(f.int("message_id"))
	if m == nil {
		return nil, bad("message to pin not found")
	}
	t.event(Event{Kind: kind, Chat: r.ID, Message: m})
	return true, nil
}

// setMessageReaction puts the bot's sign on a message, or takes it away. A bot may put one.
func (t *Telegram) setMessageReaction(f form) (any, error) {
	r, err := t.open(f)
	if err != nil {
		return nil, err
	}
	var all []struct{ Type, Emoji string }
	if raw := f.values["reaction"]; raw != "" && json.Unmarshal([]byte(raw), &all) != nil {
		return nil, bad("can't parse reaction types JSON object")
	}
	m := r.find(f.int("message_id"))
	switch {
	case m == nil:
		return nil, bad("message to react not found")
	case len(all) > 1 || len(all) == 1 && (all[0].Type != "emoji" || !slices.Contains(reactions(), all[0].Emoji)):
		return nil, bad("REACTION_INVALID")
	}
	m.Reaction = ""
	if len(all) == 1 {
		m.Reaction = all[0].Emoji
	}
	t.event(Event{Kind: Reacted, Chat: r.ID, Message: m, Text: m.Reaction})
	return true, nil
}

// reactions are some of those that the Bot API allows.
func reactions() []string {
	return []string{"❤", "👍", "👎", "🔥", "👏", "🤔", "🎉", "🙏", "👌", "👀", "✍", "🤝", "🫡", "💯"}
}

func (t *Telegram) answerCallbackQuery(f form) (any, error) {
	q := t.w.Queries[f.values["callback_query_id"]]
	if q == nil || q.Done || t.now().Sub(q.At) > t.o.TapLife {
		return nil, bad("query is too old and response timeout expired or query ID is invalid")
	}
	if utf8.RuneCountInString(f.values["text"]) > maxToast {
		return nil, bad("MESSAGE_TOO_LONG")
	}
	delete(t.w.Queries, q.ID)
	t.event(Event{Kind: Toasted, Chat: q.Chat, Person: q.Person, Text: f.values["text"], Alert: f.bool("show_alert")})
	return true, nil
}

// BotCommand is one line of the command menu.
type BotCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

func (t *Telegram) setMyCommands(f form) (any, error) {
	var list []BotCommand
	if err := json.Unmarshal([]byte(f.values["commands"]), &list); err != nil {
		return nil, bad("can't parse BotCommand")
	}
	for _, c := range list {
		valid := len(c.Command) >= 1 && len(c.Command) <= 32 && strings.Trim(c.Command, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
		if n := utf8.RuneCountInString(c.Description); !valid || n < 1 || n > 256 {
			return nil, bad("BOT_COMMAND_INVALID")
		}
	}
	var scope struct {
		Type string `json:"type"`
	}
	_ = json.Unmarshal([]byte(f.values["scope"]), &scope)
	if scope.Type == "" {
		scope.Type = "default"
	}
	t.w.Commands[scope.Type] = list
	t.event(Event{Kind: Menu})
	return true, nil
}

// MenuOf returns the command menu that a chat shows to a person.
func (t *Telegram) MenuOf(chat, person int64) []BotCommand {
	t.mu.Lock()
	defer t.mu.Unlock()
	scope := "all_group_chats"
	switch r := t.room(chat); {
	case r == nil:
	case r.Type == private:
		scope = "all_private_chats"
	case slices.Contains(r.Admins, person):
		if list, ok := t.w.Commands["all_chat_administrators"]; ok {
			return list
		}
	}
	if list, ok := t.w.Commands[scope]; ok {
		return list
	}
	return t.w.Commands["default"]
}

func (t *Telegram) setMyDescription(f form) (any, error) {
	if utf8.RuneCountInString(f.values["description"]) > maxDescription {
		return nil, bad("BOT_DESCRIPTION_TOO_LONG")
	}
	t.w.Bot.Description = f.values["description"]
	t.event(Event{Kind: Menu})
	return true, nil
}

func (t *Telegram) setMyName(f form) (any, error) {
	if utf8.RuneCountInString(f.values["name"]) > maxName {
		return nil, bad("BOT_TITLE_TOO_LONG")
	}
	t.w.Bot.Name = f.values["name"]
	return true, nil
}

func (t *Telegram) setMyShortDescription(f form) (any, error) {
	if utf8.RuneCountInString(f.values["short_description"]) > maxShort {
		return nil, bad("BOT_SHORT_DESCRIPTION_TOO_LONG")
	}
	t.w.Bot.Short = f.values["short_description"]
	return true, nil
}

// About is what a chat shows before its first message.
func (t *Telegram) About() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.w.Bot.Description
}

func (t *Telegram) getFile(f form) (any, error) {
	stored := t.w.Files[f.values["file_id"]]
	if stored == nil {
		return nil, bad("wrong file_id or the file is temporarily unavailable")
	}
	return object{"file_id": stored.ID, "file_unique_id": stored.Unique, "file_size": len(stored.Data), "file_path": "files/" + stored.ID}, nil
}

func (t *Telegram) serveFile(path string) (int, string, []byte, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	stored := t.w.Files[strings.TrimPrefix(path, "files/")]
	if stored == nil {
		return answer(nil, &refusal{Code: 404, Text: "Not Found"})
	}
	return http.StatusOK, stored.Type, stored.Data, nil
}
