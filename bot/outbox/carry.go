package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

func decode(o storage.Outgoing) (r chat.Reply, err error) {
	if err := json.Unmarshal(o.Body, &r); err != nil {
		return r, fmt.Errorf("decode outgoing %d: %w", o.Seq, err)
	}
	r.Chat = o.Chat
	return r, nil
}

// result is what became of one row.
type result struct {
	row     storage.Outgoing
	reply   chat.Reply
	message int64
	verdict *Verdict
}

// repeated marks a digest that may be there twice.
const repeated = "\n<i>(kiriman ulang, isinya sama)</i>"

// carry sends one row, changing what the messenger does not take.
func (c *Courier) carry(ctx context.Context, o storage.Outgoing) result {
	r, err := decode(o)
	if err != nil {
		return result{row: o, verdict: &Verdict{Kind: Hopeless, Class: "undecodable"}}
	}
	if r.Act == chat.Toast && c.Now().Sub(o.At) > 2*time.Minute {
		return result{row: o, reply: r}
	}
	old, err := c.prepare(&r, o)
	if err != nil {
		c.Log.Error("draw reply", "seq", o.Seq, "error", err)
		return result{row: o, reply: r, verdict: &Verdict{Kind: Retry, Class: "not drawn"}}
	}
	res := result{row: o, reply: r}
	for range 5 {
		var err error
		was := r
		res.message, err = c.Sender.Send(ctx, r)
		res.verdict = nil
		if err == nil || !errors.As(err, &res.verdict) || !mend(&r, res.verdict) {
			break
		}
		if was.Act == chat.Edit && r.Act == chat.Say {
			old = was.Message // it may be there still, with buttons that would mislead
		}
		c.Log.Warn("reply mended", "seq", o.Seq, "chat", o.Chat, "verdict", res.verdict.Kind, "class", res.verdict.Class)
	}
	if res.verdict == nil && old != 0 && old != res.message {
		_, _ = c.Sender.Send(ctx, chat.Reply{Act: chat.Strip, Class: chat.Fleet, Chat: o.Chat, Message: old})
	}
	if r.Act == chat.Edit && res.message == 0 {
		res.message = r.Message
	}
	return res
}

// prepare turns a card into a new message or an edit, and draws what is drawn late. It returns the
// card that a new one replaces, 0 when there is none.
func (c *Courier) prepare(r *chat.Reply, o storage.Outgoing) (old int64, err error) {
	if r.Draw != nil {
		drawn, err := c.Draw(*r.Draw)
		if err != nil {
			return 0, err
		}
		r.Text, r.Buttons = drawn.Text, drawn.Buttons
		if o.Ambiguous && r.Class == chat.Digest {
			r.Text += repeated
		}
	}
	var live, posted int64
	err = c.Store.View(func(tx *storage.Tx) error {
		live = tx.Chat(o.Chat).Live
		if p, ok := tx.Posted(r.Tag); ok && r.Tag != "" && p.Chat == o.Chat {
			posted = p.Message
		}
		return nil
	})
	switch {
	case r.Act == chat.Show && (r.Fresh || live == 0):
		r.Act, r.Live, old = chat.Say, true, live
	case r.Act == chat.Show:
		r.Act, r.Message, r.Live = chat.Edit, live, true
	case r.Act == chat.Say && r.Live:
		old = live
	case r.Act == chat.Edit && r.Message == 0 && posted != 0:
		r.Message = posted
	case r.Act == chat.Edit && r.Message == 0:
		r.Act = chat.Say
	}
	return old, err
}

// mend changes a reply that was refused for its form; false when that would not help.
func mend(r *chat.Reply, v *Verdict) bool {
	switch v.Kind {
	case Gone:
		if r.Act != chat.Edit {
			return false
		}
		r.Act, r.Message = chat.Say, 0
	case NoReply:
		r.ReplyTo = 0
	case NoTopic:
		r.Topic = 0
	case NoFile:
		if r.Photo == "" || r.Text == "" {
			return false
		}
		r.Photo = ""
	case BadMarkup:
		r.Buttons, r.Keyboard = nil, nil
	case BadEntities:
		r.Text = chat.Escape(chat.Plain(r.Text))
	default:
		return false
	}
	return true
}
