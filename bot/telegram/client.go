// Package telegram is the telephone: it turns updates into input and replies into Bot API calls.
package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// DefaultAPI is Telegram's own Bot API server.
const DefaultAPI = "https://api.telegram.org"

var tokenForm = regexp.MustCompile(`^\d+:[A-Za-z0-9_-]+$`)

// ErrTokenForm is returned for a token that no bot can have. It never holds the token.
var ErrTokenForm = errors.New(`the token does not look like one of @BotFather's ("123456:ABC…")`)

// Options of Dial.
type Options struct {
	HTTP *http.Client // nil: one for the network
	Log  *slog.Logger
	Now  func() time.Time
}

// Client speaks to the Bot API for one bot.
type Client struct {
	api   *tg.Bot
	http  *http.Client
	base  string
	token string
	log   *slog.Logger
}

// Dial prepares a client; it calls nobody yet. Spaces around the token are dropped.
func Dial(token, api string, o Options) (*Client, error) {
	token = strings.TrimSpace(token)
	if !tokenForm.MatchString(token) {
		return nil, ErrTokenForm
	}
	if api == "" {
		api = DefaultAPI
	}
	c := &Client{http: o.HTTP, base: strings.TrimRight(api, "/"), token: token, log: o.Log}
	if c.http == nil {
		c.http = &http.Client{Timeout: 65 * time.Second}
	}
	kept := *c.http
	kept.Transport = whole{kept.Transport}
	c.http = &kept
	b, err := tg.New(token,
		tg.WithSkipGetMe(), tg.WithNotAsyncHandlers(), tg.WithServerURL(c.base),
		tg.WithHTTPClient(time.Minute, c.http),
		tg.WithDefaultHandler(func(context.Context, *tg.Bot, *models.Update) {}),
		tg.WithErrorsHandler(func(err error) { c.log.Warn("telegram client", "error", c.redact(err)) }),
	)
	if err != nil {
		return nil, fmt.Errorf("prepare telegram client: %w", c.redact(err))
	}
	c.api = b
	return c, nil
}

// whole reads a request's body before it goes out. The library writes it from a goroutine that shares
// a variable with the caller when the connection fails early; and a body of known length is sent in
// one piece.
type whole struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (w whole) RoundTrip(r *http.Request) (*http.Response, error) {
	next := w.next
	if next == nil {
		next = http.DefaultTransport
	}
	if r.Body == nil {
		return next.RoundTrip(r)
	}
	body, err := io.ReadAll(r.Body)
	if err = errors.Join(err, r.Body.Close()); err != nil {
		return nil, fmt.Errorf("read request: %w", err)
	}
	out := r.Clone(r.Context())
	out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	return next.RoundTrip(out)
}

var longDigits = regexp.MustCompile(`\d{16,}`)

// redact makes an error safe to show: no token, no number as long as a NIK.
func (c *Client) redact(err error) error {
	if err == nil {
		return nil
	}
	return errors.New(Redact(err.Error(), c.token))
}

// Redact takes a token and every run of 16 digits out of a text.
func Redact(s, token string) string {
	if token != "" {
		s = strings.ReplaceAll(s, token, "***")
		s = strings.ReplaceAll(s, url.QueryEscape(token), "***")
		s = strings.ReplaceAll(s, url.PathEscape(token), "***")
	}
	return longDigits.ReplaceAllString(s, "***")
}

// Me asks for the bot's username.
func (c *Client) Me(ctx context.Context) (string, error) {
	u, err := c.api.GetMe(ctx)
	if err != nil {
		return "", fmt.Errorf("ask for the bot's name: %w", c.redact(err))
	}
	return u.Username, nil
}

// Word is a command and what it is for.
type Word struct{ Command, About string }

// Introduction is how the bot presents itself.
type Introduction struct {
	Name, About, Short string
	Private, Group     []Word
	Admins             []Word // of the group, beside Group
}

// Introduce sets the command menus, name and description. Calling it again with the same is harmless.
func (c *Client) Introduce(ctx context.Context, in Introduction) error {
	private := &tg.SetMyCommandsParams{Commands: words(in.Private), Scope: &models.BotCommandScopeAllPrivateChats{}}
	group := &tg.SetMyCommandsParams{Commands: words(in.Group), Scope: &models.BotCommandScopeAllGroupChats{}}
	admins := &tg.SetMyCommandsParams{Commands: words(slices.Concat(in.Group, in.Admins)), Scope: &models.BotCommandScopeAllChatAdministrators{}}
	for _, call := range []func() (bool, error){
		func() (bool, error) { return c.api.SetMyCommands(ctx, private) },
		func() (bool, error) { return c.api.SetMyCommands(ctx, group) },
		func() (bool, error) { return c.api.SetMyCommands(ctx, admins) },
		func() (bool, error) { return c.api.SetMyName(ctx, &tg.SetMyNameParams{Name: in.Name}) },
		func() (bool, error) {
			return c.api.SetMyDescription(ctx, &tg.SetMyDescriptionParams{Description: in.About})
		},
		func() (bool, error) {
			return c.api.SetMyShortDescription(ctx, &tg.SetMyShortDescriptionParams{ShortDescription: in.Short})
		},
	} {
		if _, err := call(); err != nil {
			return fmt.Errorf("introduce the bot: %w", c.redact(err))
		}
	}
	return nil
}

func words(ws []Word) []models.BotCommand {
	out := make([]models.BotCommand, len(ws))
	for i, w := range ws {
		out[i] = models.BotCommand{Command: w.Command, Description: w.About}
	}
	return out
}
