// Package bot is the reception: it hears every update, knows who speaks and shows them to the right room.
package bot

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/flows"
	"wksbm/bot/office"
	"wksbm/bot/remind"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Bot hears updates. All fields but Log are required.
type Bot struct {
	Store   *storage.Store
	Region  *region.Region
	Office  *office.Office
	Flows   []flow.Conversation[flows.Env]
	Privacy flows.Privacy
	// Reminders says when people are reminded; the zero value is never.
	Reminders remind.Rules
	Limits    flows.Limits
	// NewToken returns an unguessable token of letters that a deep link allows.
	NewToken func() string
	Now      func() time.Time
	Log      *slog.Logger
}

// Hear takes the updates of one getUpdates answer and returns nil once everything they cause is
// durable: records, drafts, outgoing messages, seen ids and the next offset, in one transaction. An
// update that cannot be processed is set aside alone and its sender is told so. After an error
// nothing may be taken as heard: the same updates have to come again.
func (b *Bot) Hear(ctx context.Context, batch []chat.Heard) error {
	now := b.Now().UTC().Truncate(time.Second)
	steps := make([]storage.Step, len(batch))
	for i, h := range batch {
		token := ""
		if k := h.Input.Kind; !h.Input.Chat.Private && (k == chat.Command || k == chat.Tapped) || flows.NeedsToken(h.Input) {
			token = b.NewToken() // drawn here: there is no randomness inside the transaction
		}
		steps[i] = storage.Step{
			Do:    func(tx *storage.Tx) error { return b.take(tx, now, h, token) },
			Aside: func(cause error) func(*storage.Tx) error { return b.aside(now, h, cause) },
		}
	}
	if err := b.Store.Apply(ctx, steps); err != nil {
		return fmt.Errorf("hear updates: %w", err)
	}
	return nil
}

// take handles one update inside the transaction. An id already seen changes nothing but the offset.
func (b *Bot) take(tx *storage.Tx, now time.Time, h chat.Heard, token string) error {
	if err := tx.SetNextOffset(h.ID + 1); err != nil {
		return err
	}
	if tx.Seen(h.ID) {
		return nil
	}
	if h.Bad != nil {
		return fmt.Errorf("decode update: %w", h.Bad)
	}
	if err := tx.MarkSeen(h.ID, now); err != nil {
		return err
	}
	in := followed(tx, h.Input)
	replies, err := b.answer(tx, now, in, token)
	if err != nil {
		return err
	}
	return b.send(tx, now, in, replies)
}

// followed takes what comes from a group that became a supergroup, as a button of an old message does, for said
// in the new one. The message cannot be changed from there.
func followed(tx *storage.Tx, in chat.Input) chat.Input {
	if in.Chat.Private || in.Kind == chat.Moved {
		return in
	}
	if to := tx.Chat(in.Chat.ID).MovedTo; to != 0 {
		in.Chat.ID, in.Chat.Topic, in.Message, in.ReplyTo = to, 0, 0, 0
	}
	return in
}

// aside keeps an update that could not be processed, passes its offset and tells its sender.
func (b *Bot) aside(now time.Time, h chat.Heard, cause error) func(*storage.Tx) error {
	code := trouble(h.ID)
	b.Log.Error("update set aside", "update", h.ID, "code", code, "cause", cause)
	return func(tx *storage.Tx) error {
		if err := tx.SetNextOffset(h.ID + 1); err != nil {
			return err
		}
		if err := tx.MarkSeen(h.ID, now); err != nil {
			return err
		}
		if err := tx.SetAside(storage.Aside{Update: h.ID, At: now, Class: "unprocessed", Raw: h.Raw}); err != nil {
			return err
		}
		return b.send(tx, now, h.Input, b.apology(tx, h.Input, code))
	}
}

// send puts replies into the outbox. A tap is always answered, so that its button stops spinning.
func (b *Bot) send(tx *storage.Tx, now time.Time, in chat.Input, replies []chat.Reply) error {
	if in.Kind == chat.Tapped && in.Query != "" && !answers(replies) {
		replies = append([]chat.Reply{{Act: chat.Toast, Class: chat.Fleet, Query: in.Query}}, replies...)
	}
	for _, r := range replies {
		if r.Chat == 0 {
			r.Chat, r.Topic = in.Chat.ID, in.Chat.Topic
		}
		if r.Chat == 0 || r.Act == chat.Toast && r.Query == "" {
			continue
		}
		if r.Chat != in.Chat.ID && tx.Chat(r.Chat).Unreachable { // nothing until they write again
			continue
		}
		if err := office.Enqueue(tx, now, r); err != nil {
			return err
		}
	}
	return nil
}

func answers(replies []chat.Reply) bool {
	for _, r := range replies {
		if r.Act == chat.Toast {
			return true
		}
	}
	return false
}

// Seated goes on with what a person asked the office for, now that their seat in the group was learned.
func (b *Bot) Seated(tx *storage.Tx, now time.Time, user int64) error {
	c := tx.Chat(user)
	in, token, ok := b.Office.Resume(&c)
	if !ok {
		return nil
	}
	if err := tx.PutChat(c); err != nil {
		return err
	}
	replies, err := b.answer(tx, now, in, token)
	if err != nil {
		return err
	}
	for _, r := range replies {
		if r.Chat == 0 {
			r.Chat, r.Topic = in.Chat.ID, in.Chat.Topic
		}
		if r.Act == chat.Toast { // the tap was answered when it came
			continue
		}
		if err := office.Enqueue(tx, now, r); err != nil {
			return err
		}
	}
	return nil
}

// answer shows the input to the room it belongs to.
func (b *Bot) answer(tx *storage.Tx, now time.Time, in chat.Input, token string) ([]chat.Reply, error) {
	switch {
	case in.Kind == chat.Ignored || in.From.Bot && !in.From.Anonymous:
		return nil, nil
	case !in.Chat.Private || in.Kind == chat.Moved:
		replies, err := b.Office.Hear(tx, now, in, token)
		if err == nil && in.Kind == chat.Tapped {
			err = b.nudge(tx, now) // staff may just have begun it
		}
		return replies, err
	default:
		v := &visit{bot: b, tx: tx, now: now, in: in, token: token, chat: tx.Chat(in.Chat.ID)}
		return v.answer()
	}
}
