package telegram

import (
	"bytes"
	"cmp"
	"context"
	"strings"
	"time"
	"unicode/utf8"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"wksbm/bot/chat"
	"wksbm/bot/outbox"
)

// Limits of the Bot API, in characters after parsing.
const (
	maxText    = 4096
	maxCaption = 1024
	maxToast   = 200
)

// sendTime bounds one call, uploadTime one that carries a file.
const (
	sendTime   = 30 * time.Second
	uploadTime = 60 * time.Second
)

// Send implements outbox.Sender. Say, Edit, Strip, Toast, Delete, React, Busy, Check, Top and Loose become calls; a Show has been
// made one of them before.
func (c *Client) Send(ctx context.Context, r chat.Reply) (int64, error) {
	limit := sendTime
	if r.Upload != nil {
		limit = uploadTime
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var id int64
	var err error
	switch r.Act {
	case chat.Toast:
		_, err = c.api.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: r.Query, Text: clip(chat.Plain(r.Text), maxToast)})
	case chat.Delete:
		_, err = c.api.DeleteMessage(ctx, &tg.DeleteMessageParams{ChatID: r.Chat, MessageID: int(r.Message)})
	case chat.React:
		_, err = c.api.SetMessageReaction(ctx, &tg.SetMessageReactionParams{
			ChatID: r.Chat, MessageID: int(r.Message), Reaction: []models.ReactionType{{
				Type: models.ReactionTypeTypeEmoji, ReactionTypeEmoji: &models.ReactionTypeEmoji{Emoji: r.Emoji},
			}},
		})
	case chat.Strip:
		_, err = c.api.EditMessageReplyMarkup(ctx, &tg.EditMessageReplyMarkupParams{ChatID: r.Chat, MessageID: int(r.Message)})
	case chat.Busy:
		_, err = c.api.SendChatAction(ctx, &tg.SendChatActionParams{ChatID: r.Chat, MessageThreadID: int(r.Topic), Action: models.ChatActionUploadDocument})
	case chat.Check:
		id, err = c.seat(ctx, r)
	case chat.Top:
		_, err = c.api.PinChatMessage(ctx, &tg.PinChatMessageParams{ChatID: r.Chat, MessageID: int(r.Message), DisableNotification: true})
	case chat.Loose:
		_, err = c.api.UnpinChatMessage(ctx, &tg.UnpinChatMessageParams{ChatID: r.Chat, MessageID: int(r.Message)})
	case chat.Edit:
		id, err = c.edit(ctx, r)
	default:
		id, err = c.say(ctx, r)
	}
	if err != nil {
		return 0, verdict(err)
	}
	return id, nil
}

// edit changes a message. What is too long for it follows as new messages, of which the last is then
// the one to change.
func (c *Client) edit(ctx context.Context, r chat.Reply) (int64, error) {
	texts := pages(r.Text)
	p := &tg.EditMessageTextParams{
		ChatID: r.Chat, MessageID: int(r.Message), Text: texts[0], ParseMode: models.ParseModeHTML, LinkPreviewOptions: quiet(),
	}
	if len(r.Buttons) > 0 && len(texts) == 1 {
		p.ReplyMarkup = inline(r.Buttons)
	}
	_, err := c.api.EditMessageText(ctx, p)
	switch {
	case len(texts) == 1:
		return r.Message, err
	case err != nil && verdict(err).Kind != outbox.Unchanged: // unchanged: the rest is still to be said
		return 0, err
	}
	return c.write(ctx, r, texts[1:])
}

// say sends a new message; a text that is too long goes as several, the buttons below the last.
func (c *Client) say(ctx context.Context, r chat.Reply) (int64, error) {
	if r.Photo != "" || r.File != "" || r.Upload != nil {
		id, err := c.file(ctx, r)
		if err != nil || captioned(r) {
			return id, err
		}
		r.ReplyTo = 0
	}
	return c.write(ctx, r, pages(r.Text))
}

// write sends texts one after another.
func (c *Client) write(ctx context.Context, r chat.Reply, texts []string) (id int64, err error) {
	for i, text := range texts {
		p := &tg.SendMessageParams{
			ChatID: r.Chat, MessageThreadID: int(r.Topic), Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: quiet(),
		}
		if i == 0 {
			p.ReplyParameters = answered(r)
		}
		if i == len(texts)-1 {
			p.ReplyMarkup = markup(r)
		}
		m, err := c.api.SendMessage(ctx, p)
		if err != nil {
			return 0, err
		}
		id = int64(m.ID)
	}
	return id, nil
}

// captioned reports whether the text of a reply fits below its file; else it follows as a message.
func captioned(r chat.Reply) bool { return utf8.RuneCountInString(chat.Plain(r.Text)) <= maxCaption }

// file sends a picture or document, with its caption when that fits.
func (c *Client) file(ctx context.Context, r chat.Reply) (int64, error) {
	p := &tg.SendDocumentParams{ChatID: r.Chat, MessageThreadID: int(r.Topic), Document: source(r), ReplyParameters: answered(r)}
	if captioned(r) {
		p.Caption, p.ParseMode, p.ReplyMarkup = r.Text, models.ParseModeHTML, markup(r)
	}
	send := func() (*models.Message, error) { return c.api.SendDocument(ctx, p) }
	if r.Photo != "" || r.Upload != nil && r.Upload.Picture {
		send = func() (*models.Message, error) {
			return c.api.SendPhoto(ctx, &tg.SendPhotoParams{
				ChatID: p.ChatID, MessageThreadID: p.MessageThreadID, Photo: p.Document, ReplyParameters: p.ReplyParameters,
				Caption: p.Caption, ParseMode: p.ParseMode, ReplyMarkup: p.ReplyMarkup,
			})
		}
	}
	m, err := send()
	if err != nil {
		return 0, err
	}
	return int64(m.ID), nil
}

// source is where the bytes of a reply's file come from.
func source(r chat.Reply) models.InputFile {
	if r.Upload != nil {
		return &models.InputFileUpload{Filename: r.Upload.Name, Data: bytes.NewReader(r.Upload.Data)}
	}
	return &models.InputFileString{Data: cmp.Or(r.Photo, r.File)}
}

// answered names the message that a reply answers, if any.
func answered(r chat.Reply) *models.ReplyParameters {
	if r.ReplyTo == 0 {
		return nil
	}
	return &models.ReplyParameters{MessageID: int(r.ReplyTo), AllowSendingWithoutReply: true}
}

func quiet() *models.LinkPreviewOptions {
	off := true
	return &models.LinkPreviewOptions{IsDisabled: &off}
}

// markup returns the keyboard of a reply; a nil interface when there is none, since a typed nil
// would be sent as "null".
func markup(r chat.Reply) models.ReplyMarkup {
	switch k := r.Keyboard; {
	case len(r.Buttons) > 0:
		return inline(r.Buttons)
	case k == nil:
		return nil
	case k.Remove:
		return &models.ReplyKeyboardRemove{RemoveKeyboard: true}
	case k.Force:
		return &models.ForceReply{ForceReply: true, Selective: true}
	default:
		return board(k)
	}
}

func inline(rows [][]chat.Button) *models.InlineKeyboardMarkup {
	m := &models.InlineKeyboardMarkup{}
	for _, row := range rows {
		var out []models.InlineKeyboardButton
		for _, b := range row {
			x := models.InlineKeyboardButton{Text: b.Label, CallbackData: b.Data, URL: b.URL}
			if b.Copy != "" {
				x.CopyText = &models.CopyTextButton{Text: b.Copy}
			}
			out = append(out, x)
		}
		m.InlineKeyboard = append(m.InlineKeyboard, out)
	}
	return m
}

func board(k *chat.Keyboard) *models.ReplyKeyboardMarkup {
	m := &models.ReplyKeyboardMarkup{ResizeKeyboard: true, OneTimeKeyboard: k.Once}
	for _, row := range k.Rows {
		var out []models.KeyboardButton
		for _, b := range row {
			out = append(out, models.KeyboardButton{Text: b.Label, RequestContact: b.Contact, RequestLocation: b.Location})
		}
		m.Keyboard = append(m.Keyboard, out)
	}
	return m
}

// pages cuts a text at line ends so that each part is within the limit. In Reply.Text no tag spans
// lines, so each part is whole.
func pages(text string) []string {
	if utf8.RuneCountInString(chat.Plain(text)) <= maxText {
		return []string{text}
	}
	var out []string
	var page strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		size := utf8.RuneCountInString(chat.Plain(line))
		if size > maxText {
			line = chat.Escape(clip(chat.Plain(line), maxText-1)) + "\n"
			size = maxText
		}
		if n+size > maxText && n > 0 {
			out, n = append(out, strings.TrimRight(page.String(), "\n")), 0
			page.Reset()
		}
		page.WriteString(line)
		n += size
	}
	return append(out, page.String())
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
