package telegram

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"regexp"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"

	"wksbm/bot/outbox"
)

// rule says what a description of a refusal calls for. The first that is part of it decides.
type rule struct {
	part string
	kind outbox.Kind
}

// rules are the rows of TELEGRAM.md §6, in lower case.
func rules() []rule {
	return []rule{
		{"message is not modified", outbox.Unchanged},
		{"message to edit not found", outbox.Gone},
		{"message can't be edited", outbox.Gone},
		{"there is no text in the message to edit", outbox.Gone},
		{"message to delete not found", outbox.Gone},
		{"message can't be deleted", outbox.Gone},
		{"message to be replied not found", outbox.NoReply},
		{"message thread not found", outbox.NoTopic},
		{"can't parse entities", outbox.BadEntities},
		{"reply markup is too long", outbox.BadMarkup},
		{"object expected as reply markup", outbox.BadMarkup},
		{"button_data_invalid", outbox.BadMarkup},
		{"wrong file_id", outbox.NoFile},
		{"wrong file identifier", outbox.NoFile},
		{"query is too old", outbox.TooOld},
		{"bot was blocked by the user", outbox.Unreachable},
		{"user is deactivated", outbox.Unreachable},
		{"bot can't initiate conversation", outbox.Unreachable},
		{"not enough rights", outbox.NoRights},
		{"bot was kicked", outbox.Expelled},
		{"bot is not a member", outbox.Expelled},
		{"the group chat was deleted", outbox.Expelled},
	}
}

// verdict judges an error of a call. What it keeps of the description is the part that a rule names,
// so that no content gets into logs.
func verdict(err error) *outbox.Verdict {
	var flood *tg.TooManyRequestsError
	var moved *tg.MigrateError
	text := strings.ToLower(err.Error())
	switch {
	case errors.As(err, &flood):
		return &outbox.Verdict{Kind: outbox.Flood, After: time.Duration(max(flood.RetryAfter, 1)) * time.Second, Class: "429"}
	case errors.As(err, &moved):
		return &outbox.Verdict{Kind: outbox.Moved, To: int64(moved.MigrateToChatID), Class: "migrated"}
	case errors.Is(err, tg.ErrorUnauthorized):
		return &outbox.Verdict{Kind: outbox.Refused, Class: "401"}
	}
	for _, r := range rules() {
		if strings.Contains(text, r.part) {
			return &outbox.Verdict{Kind: r.kind, Class: r.part}
		}
	}
	switch {
	case errors.Is(err, tg.ErrorBadRequest), errors.Is(err, tg.ErrorForbidden):
		return &outbox.Verdict{Kind: outbox.Hopeless, Class: status(err)}
	}
	if errors.Is(err, tg.ErrorNotFound) { // a wrong api_url: nothing is to be lost until it is mended
		return &outbox.Verdict{Kind: outbox.Retry, Class: "404"}
	}
	return transport(err, text)
}

func status(err error) string {
	switch {
	case errors.Is(err, tg.ErrorForbidden):
		return "403"
	}
	return "400"
}

var (
	serverError = regexp.MustCompile(`error response from telegram for method \w+, 5\d\d `)
	tooLarge    = regexp.MustCompile(`error response from telegram for method \w+, 413 |413 request entity too large`)
)

// transport judges failures on the way: surely not sent, or in doubt.
func transport(err error, text string) *outbox.Verdict {
	var op *net.OpError
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case tooLarge.MatchString(text):
		return &outbox.Verdict{Kind: outbox.Hopeless, Class: "413"}
	case serverError.MatchString(text):
		return &outbox.Verdict{Kind: outbox.Retry, Class: "5xx"}
	case errors.As(err, &dns), errors.As(err, &op) && op.Op == "dial":
		return &outbox.Verdict{Kind: outbox.Retry, Class: "no connection"}
	case errors.As(err, &cert), errors.As(err, &record):
		return &outbox.Verdict{Kind: outbox.Retry, Class: "no trusted connection"}
	case errors.Is(err, context.DeadlineExceeded):
		return &outbox.Verdict{Kind: outbox.Ambiguous, Class: "timeout"}
	}
	return &outbox.Verdict{Kind: outbox.Ambiguous, Class: "no answer"}
}
