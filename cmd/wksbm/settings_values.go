package main

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"wksbm/bot/schedule"
)

// The values of a configuration that are more than text: structs, because the TOML library hands
// only those to their own UnmarshalText, which is what gives a bad value its line.

// token is a bot's token. It prints and encodes itself masked.
type token struct{ secret string }

var tokenForm = regexp.MustCompile(`^\d+:[A-Za-z0-9_-]+$`)

var errTokenForm = errors.New(`is not of the form 123456789:AAE…, as @BotFather gives it`)

// parseToken reads a token; the empty one is allowed. Its error never holds what was read.
func parseToken(s string) (token, error) {
	s = strings.TrimSpace(s)
	if s != "" && !tokenForm.MatchString(s) {
		return token{}, errTokenForm
	}
	return token{s}, nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (t *token) UnmarshalText(b []byte) (err error) {
	*t, err = parseToken(string(b))
	return err
}

// MarshalText implements encoding.TextMarshaler, without the secret.
func (t token) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// String shows the bot's id, which is public, and nothing of the secret.
func (t token) String() string {
	if t.secret == "" {
		return ""
	}
	id, _, _ := strings.Cut(t.secret, ":")
	return id + ":***"
}

// GoString keeps the secret out of %#v.
func (t token) GoString() string { return t.String() }

// address is the URL of a server, without a slash at its end.
type address struct{ url string }

// UnmarshalText implements encoding.TextUnmarshaler.
func (a *address) UnmarshalText(b []byte) error {
	s := strings.TrimRight(string(b), "/")
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return errors.New("is not an address like https://api.telegram.org")
	}
	a.url = s
	return nil
}

// MarshalText implements encoding.TextMarshaler.
func (a address) MarshalText() ([]byte, error) { return []byte(a.url), nil }

// cron is a schedule; the empty one never comes.
type cron struct{ expression string }

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *cron) UnmarshalText(b []byte) error {
	s := strings.TrimSpace(string(b))
	if !schedule.Valid(s) {
		return errors.New(`is no cron expression like "0 7 * * *" (minute hour day month weekday)`)
	}
	c.expression = s
	return nil
}

// MarshalText implements encoding.TextMarshaler.
func (c cron) MarshalText() ([]byte, error) { return []byte(c.expression), nil }

// clock is a time of day, in minutes since midnight.
type clock struct{ minutes int }

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *clock) UnmarshalText(b []byte) error {
	t, err := time.Parse("15:04", string(b))
	if err != nil {
		return errors.New(`is no time of day like "20:00"`)
	}
	c.minutes = t.Hour()*60 + t.Minute()
	return nil
}

// MarshalText implements encoding.TextMarshaler.
func (c clock) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%02d:%02d", c.minutes/60, c.minutes%60), nil
}
