package telegram

import (
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

// sendTime bounds one call.
const sendTime = 30 * time.Second

// Send implements outbox.Sender. Say, Edit, Strip, Toast and Delete become calls; a Show has been
// made one of them before.
func (c *Client) Send(ctx context.Context, r chat.Reply) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	var id int64
	var err error
	switch r.Act {
	case chat.Toast:
		_, err = c.api.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: r.Query, Text: clip(chat.Plain(r.Text), maxToast)})
	case chat.Delete:
		_, err = c.api.DeleteMessage(ctx, &tg.DeleteMessageParams{ChatID: r.Chat, MessageID: int(r.Message)})
	case chat.Strip:
		_, err = c.api.EditMessageReplyMarkup(ctx, &tg.EditMessageReplyMarkupParams{ChatID: r.Chat, MessageID: int(r.Message)})
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
	if r.Photo != "" {
		id, rest, err := c.picture(ctx, r)
		if err != nil || !rest {
			return id, err
		}
	}
	return c.write(ctx, r, pages(r.Text))
}

// write sends texts one after another.
func (c *Client) write(ctx context.Context, r chat.Reply, texts []string) (id int64, err error) {
	for i, text := range texts {
		p := &tg.SendMessageParams{
			ChatID: r.Chat, MessageThreadID: int(r.Topic), Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: quiet(),
		}
		if r.ReplyTo != 0 && i == 0 {
			p.ReplyParameters = &models.ReplyParameters{MessageID: int(r.ReplyTo), AllowSendingWithoutReply: true}
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

// picture sends a photo with its caption. rest says that the text is too long for one and has to follow.
func (c *Client) picture(ctx context.Context, r chat.Reply) (id int64, rest bool, err error) {
	p := &tg.SendPhotoParams{ChatID: r.Chat, MessageThreadID: int(r.Topic), Photo: &models.InputFileString{Data: r.Photo}}
	rest = utf8.RuneCountInString(chat.Plain(r.Text)) > maxCaption
	if !rest {
		p.Caption, p.ParseMode, p.ReplyMarkup = r.Text, models.ParseModeHTML, markup(r)
	}
	m, err := c.api.SendPhoto(ctx, p)
	if err != nil {
		return 0, false, err
	}
	return int64(m.ID), rest, nil
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
