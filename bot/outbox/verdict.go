// Package outbox is the courier: it takes what is written into the outbox to where it belongs, in order.
package outbox

import (
	"context"
	"time"

	"wksbm/bot/chat"
)

// Sender carries one reply to the messenger and returns the message it became, 0 when it is none. Of a
// Check it returns what was learned: SeatOutside, SeatMember or SeatAdmin. An error is always a *Verdict.
type Sender interface {
	Send(ctx context.Context, r chat.Reply) (message int64, err error)
}

// What a Check learns.
const (
	SeatOutside int64 = iota + 1
	SeatMember
	SeatAdmin
)

// Kind says what a refusal calls for (TELEGRAM.md §6).
type Kind string

// The kinds of refusal.
const (
	Retry       Kind = "retry"        // surely not sent: later again, after Verdict.After if set
	Flood       Kind = "flood"        // 429: not before Verdict.After, nothing else to this chat either
	Ambiguous   Kind = "ambiguous"    // no answer: sent or not, nobody knows
	Unchanged   Kind = "unchanged"    // message is not modified: as good as done
	Gone        Kind = "gone"         // the message to change is not there or cannot be changed
	NoReply     Kind = "no_reply"     // the message to answer is not there
	NoTopic     Kind = "no_topic"     // the forum topic is not there
	NoFile      Kind = "no_file"      // the picture is not there any more
	BadMarkup   Kind = "bad_markup"   // our buttons are wrong
	BadEntities Kind = "bad_entities" // our HTML is wrong
	TooOld      Kind = "too_old"      // the tap waits no longer
	Unreachable Kind = "unreachable"  // the person blocked the bot or never wrote
	NoRights    Kind = "no_rights"    // the bot may not write in the group: staff is told in private
	Expelled    Kind = "expelled"     // the bot is no longer in the group
	Moved       Kind = "moved"        // the group is now Verdict.To
	Hopeless    Kind = "hopeless"     // never to be sent
	Refused     Kind = "refused"      // the token is not accepted: stop
)

// Verdict is why a reply was not sent, without its content.
type Verdict struct {
	Kind  Kind
	After time.Duration
	To    int64
	Class string // a few words for the log, never content
}

// Error implements error.
func (v *Verdict) Error() string { return "send reply: " + string(v.Kind) + " (" + v.Class + ")" }
