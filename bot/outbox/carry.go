package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

func decode(o storage.Outgoing) (r chat.Reply, err error) {
	if err := json.Unmarshal(o.Body, &r); err != nil {
		return r, fmt.Errorf("decode outgoing %d: %w", o.Seq, err)
	}
	r.Chat = o.Chat
	if o.Moved {
		r.Message, r.ReplyTo = 0, 0
	}
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
	if late(r, o, c.Now()) {
		return result{row: o, reply: r}
	}
	old, err := c.prepare(ctx, &r, o)
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
	if r.Pin && r.Act == chat.Say && res.message != 0 {
		c.pin(ctx, o.Chat, res.message)
		if r.Unpin != 0 { // a courtesy: somebody may have taken it down
			_, _ = c.Sender.Send(ctx, chat.Reply{Act: chat.Loose, Class: chat.Fleet, Chat: o.Chat, Message: r.Unpin})
		}
	}
	if r.Act == chat.Edit && res.message == 0 {
		res.message = r.Message
	}
	return res
}

// pin keeps a message at the top of its chat. Staff is told when the bot may not.
func (c *Courier) pin(ctx context.Context, room, message int64) {
	_, err := c.Sender.Send(ctx, chat.Reply{Act: chat.Top, Class: chat.Fleet, Chat: room, Message: message})
	var v *Verdict
	if !errors.As(err, &v) {
		return
	}
	c.Log.Warn("message not pinned", "chat", room, "verdict", v.Kind, "class", v.Class)
	if v.Kind != NoRights {
		return
	}
	if err := c.Store.Update(ctx, func(tx *storage.Tx) error { return warn(tx, c.Now(), "group_no_pin") }); err != nil {
		c.Log.Error("warn staff", "error", err)
	}
}

// late says whether a reply has lost its use.
func late(r chat.Reply, o storage.Outgoing, now time.Time) bool {
	if !r.Until.IsZero() && now.After(r.Until) {
		return true
	}
	if o.Moved && (r.Act == chat.Strip || r.Act == chat.Delete) {
		return true
	}
	return r.Act == chat.Toast && now.Sub(o.At) > 2*time.Minute
}

// prepare turns a card into a new message or an edit, and draws what is drawn late. It returns the
// card that a new one replaces, 0 when there is none.
func (c *Courier) prepare(ctx context.Context, r *chat.Reply, o storage.Outgoing) (old int64, err error) {
	if r.Draw != nil {
		if r.Draw.Format != "" { // a courtesy: the file comes without it too
			_, _ = c.Sender.Send(ctx, chat.Reply{Act: chat.Busy, Class: chat.Fleet, Chat: o.Chat, Topic: r.Topic})
		}
		if err := c.draw(r, o); err != nil {
			return 0, err
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

// drawTries bounds how often a drawing is tried, some half a minute in all: what waits behind it must not
// wait for ever.
const drawTries = 6

// What is said instead of a drawing that cannot be made.
const (
	noFile  = "⚠️ Berkas belum bisa dibuat. Datanya tetap tersimpan.\nMohon minta lagi nanti, atau hubungi Dinsos."
	noWords = "⚠️ Rekap belum bisa dibuat. Datanya tetap tersimpan.\nMohon minta lagi nanti."
)

// draw makes words, buttons and file of a drawing. After drawTries an excuse takes their place, so that
// nobody meets silence.
func (c *Courier) draw(r *chat.Reply, o storage.Outgoing) error {
	drawn, err := c.drawSafely(*r.Draw)
	switch {
	case err != nil && o.Tries < drawTries:
		return err
	case err != nil:
		c.Log.Error("give up drawing", "seq", o.Seq, "kind", r.Draw.Kind, "format", r.Draw.Format, "error", err)
		drawn = chat.Reply{Text: excuse(*r.Draw)}
	case o.Ambiguous && r.Class == chat.Digest:
		drawn.Text += repeated
	}
	r.Text, r.Buttons, r.Upload = drawn.Text, drawn.Buttons, drawn.Upload
	if r.Upload != nil && r.Act == chat.Edit { // a message of words cannot become a file
		r.Act, r.Message = chat.Say, 0
	}
	if r.Upload != nil && r.Act == chat.Show {
		r.Fresh = true
	}
	return nil
}

// drawSafely keeps a drawing that panics from ending the process, at each start again.
func (c *Courier) drawSafely(d chat.Drawing) (r chat.Reply, err error) {
	defer func() {
		if p := recover(); p != nil { // its value may hold content
			err = fmt.Errorf("draw %s: panic of type %T at %s", d.Kind, p, debug.Stack())
		}
	}()
	return c.Draw(d)
}

func excuse(d chat.Drawing) string {
	if d.Format != "" {
		return noFile
	}
	return noWords
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
		if r.Photo == "" && r.File == "" || r.Text == "" {
			return false
		}
		r.Photo, r.File = "", ""
	case Hopeless:
		return mendUpload(r)
	case BadMarkup:
		r.Buttons, r.Keyboard = nil, nil
	case BadEntities:
		r.Text = chat.Escape(chat.Plain(r.Text))
	default:
		return false
	}
	return true
}

// mendUpload offers a picture that is not taken as a file, and words instead of a file.
func mendUpload(r *chat.Reply) bool {
	switch {
	case r.Upload == nil:
		return false
	case r.Upload.Picture:
		file := *r.Upload
		file.Picture = false
		r.Upload = &file
	case r.Upload.Spoken:
		r.Upload = nil
	default:
		r.Upload, r.Text = nil, noFile
	}
	return true
}
