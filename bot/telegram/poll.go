package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"

	"wksbm/bot/chat"
	"wksbm/bot/outbox"
)

// ErrConflict: another process keeps asking for the same bot's updates.
var ErrConflict = errors.New("another process runs this bot; stop it first")

// Poller asks for updates and hands them on. It replaces the library's own loop, which confirms
// updates before they are handled (TELEGRAM.md §2, §3).
type Poller struct {
	Client *Client
	// Next returns the offset to ask for: what was last made durable.
	Next func() int64
	// Hear returns nil only when all of the batch is durable.
	Hear func(context.Context, []chat.Heard) error
	Log  *slog.Logger
	Now  func() time.Time

	unhooked bool // deleteWebhook was tried
}

// longPoll is the server's own limit for one wait, in seconds.
const longPoll = 50

// patience is how often in a row another poller is met before giving up.
const patience = 6

// Run polls until ctx ends. It returns outbox.ErrToken or ErrConflict when only a person can help.
func (p *Poller) Run(ctx context.Context) error {
	waits := backoff.NewExponentialBackOff()
	waits.InitialInterval, waits.MaxInterval = time.Second, time.Minute
	conflicts := 0
	for ctx.Err() == nil {
		asked := p.Now()
		n, err := p.Once(ctx, longPoll)
		var refused *refusal
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			conflicts = 0
			waits.Reset()
			if n == 0 { // an early empty answer must not become a busy loop
				sleep(ctx, 200*time.Millisecond-p.Now().Sub(asked))
			}
			continue
		case errors.As(err, &refused) && refused.Code == http.StatusUnauthorized:
			return outbox.ErrToken
		case errors.As(err, &refused) && refused.Code == http.StatusConflict:
			if conflicts++; conflicts >= patience {
				return ErrConflict
			}
			p.Log.Warn("another poller or a webhook", "times", conflicts)
			p.unhook(ctx, refused)
			sleep(ctx, 5*time.Second)
		case errors.As(err, &refused) && refused.After > 0:
			sleep(ctx, refused.After)
		default:
			p.Log.Warn("polling", "error", err)
			sleep(ctx, waits.NextBackOff())
		}
	}
	return nil
}

// unhook removes a webhook that somebody left on the bot, once and without dropping updates.
func (p *Poller) unhook(ctx context.Context, r *refusal) {
	if p.unhooked || !strings.Contains(strings.ToLower(r.Text), "webhook is active") {
		return
	}
	p.unhooked = true
	if _, err := p.Client.api.DeleteWebhook(ctx, nil); err != nil {
		p.Log.Warn("delete webhook", "error", p.Client.redact(err))
	}
}

func sleep(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// refusal is an answer of the Bot API that is not ok.
type refusal struct {
	Code  int
	Text  string
	After time.Duration
}

func (r *refusal) Error() string { return fmt.Sprintf("telegram answers %d", r.Code) }

type answer struct {
	OK          bool              `json:"ok"`
	Code        int               `json:"error_code"`
	Description string            `json:"description"`
	Result      []json.RawMessage `json:"result"`
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	} `json:"parameters"`
}

// Once asks once, waiting up to the given seconds, hands on what came and returns how much it was.
func (p *Poller) Once(ctx context.Context, seconds int) (int, error) {
	a, err := p.ask(ctx, seconds)
	if err != nil {
		return 0, p.Client.mask(err)
	}
	if !a.OK {
		return 0, &refusal{Code: a.Code, Text: a.Description, After: time.Duration(a.Parameters.RetryAfter) * time.Second}
	}
	if len(a.Result) == 0 {
		return 0, nil
	}
	batch := make([]chat.Heard, len(a.Result))
	for i, raw := range a.Result {
		batch[i] = Decode(raw)
	}
	return len(batch), p.Hear(ctx, batch)
}

// mask hides token and content in an error but lets a cancelled context be seen.
func (c *Client) mask(err error) error {
	if errors.Is(err, context.Canceled) {
		return context.Canceled
	}
	return c.redact(err)
}

func (p *Poller) ask(ctx context.Context, seconds int) (answer, error) {
	var a answer
	body, err := json.Marshal(map[string]any{
		"offset": p.Next(), "timeout": seconds, "limit": 100,
		"allowed_updates": []string{"message", "edited_message", "callback_query", "my_chat_member"},
	})
	if err != nil {
		return a, fmt.Errorf("encode getUpdates: %w", err)
	}
	url := p.Client.base + "/bot" + p.Client.token + "/getUpdates"
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return a, fmt.Errorf("prepare getUpdates: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := p.Client.http.Do(req)
	if err != nil {
		return a, fmt.Errorf("ask for updates: %w", err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, 16<<20))
	if err != nil {
		return a, fmt.Errorf("read updates: %w", err)
	}
	if err := json.Unmarshal(data, &a); err != nil {
		return a, fmt.Errorf("read updates: status %d with a body that is no JSON", resp.StatusCode)
	}
	return a, nil
}
