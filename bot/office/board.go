package office

import (
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/digest"
	"wksbm/bot/render"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// boardDrawing names the board of a month among the drawings.
const boardDrawing = "board"

// boardNote holds the month of the group's board and the event that it shows last: "2026-11 218". It is
// empty while nobody asked for a board.
const boardNote = "board"

func boardTag(p digest.Period) string { return "board:" + p.Key() }

// board answers /papan: the month's board, posted and pinned, or the way to it.
func (d *desk) board() error {
	p := digest.Month(storage.DayOf(d.now).Month())
	if at, ok := d.tx.Posted(boardTag(p)); ok && at.Chat == d.in.Chat.ID {
		d.out = append(d.out, d.boardReply(d.tx, d.in.Chat.ID, p), chat.Reply{
			Act: chat.Say, Class: chat.Notice, ReplyTo: at.Message, Text: "Papan " + p.Title() + " ada di pesan ini, dan terus diperbarui.",
		})
	} else {
		d.out = append(d.out, d.boardReply(d.tx, d.in.Chat.ID, p))
	}
	return d.tx.SetNote(boardNote, boardMark(d.tx, p))
}

// PostBoard posts and pins the board of the present month.
func (o *Office) PostBoard(tx *storage.Tx, now time.Time) error {
	p := digest.Month(storage.DayOf(now).Month())
	g, known := tx.StaffGroup()
	if !known {
		return nil
	}
	r := o.boardReply(tx, g.Chat, p)
	r.Chat, r.Topic = g.Chat, g.Topic
	if err := Enqueue(tx, now, r); err != nil {
		return err
	}
	return tx.SetNote(boardNote, boardMark(tx, p))
}

// boardReply draws the board of a month; one that is new takes the place of the board before at the top.
func (o *Office) boardReply(tx *storage.Tx, group int64, p digest.Period) chat.Reply {
	r := chat.Reply{Act: chat.Edit, Class: chat.Notice, Pin: true, Tag: boardTag(p), Draw: &chat.Drawing{Kind: boardDrawing, Period: p.Key()}}
	if old, ok := tx.Posted(boardTag(p.Before())); ok && old.Chat == group {
		r.Unpin = old.Message
	}
	return r
}

func boardMark(tx *storage.Tx, p digest.Period) string {
	return p.Key() + " " + strconv.FormatUint(tx.Last(), 10)
}

// Renew brings the group's board up to what happened since it was last drawn. A new month gets a board of
// its own, after the old one got its last numbers.
func (o *Office) Renew(tx *storage.Tx, now time.Time) error {
	p := digest.Month(storage.DayOf(now).Month())
	had, mark := tx.Note(boardNote), boardMark(tx, p)
	g, known := tx.StaffGroup()
	if had == "" || had == mark || !known {
		return nil
	}
	if err := tx.SetNote(boardNote, mark); err != nil {
		return err
	}
	months := []digest.Period{p}
	key, _, _ := strings.Cut(had, " ")
	if old, ok := digest.ParseKey(key); ok && old != p {
		months = []digest.Period{old, p}
	}
	for _, month := range months {
		r := o.boardReply(tx, g.Chat, month)
		r.Chat, r.Topic = g.Chat, g.Topic
		if err := Enqueue(tx, now, r); err != nil {
			return err
		}
	}
	return nil
}

// drawBoard writes the board of a month.
func (o *Office) drawBoard(view func(func(*storage.Tx) error) error, now time.Time, p digest.Period) (r chat.Reply, err error) {
	err = view(func(tx *storage.Tx) error {
		today := storage.DayOf(now)
		made := digest.Make(tx, o.Region, p, 0, today)
		stamp := "Bulan ini sudah selesai"
		if made.Open {
			at := now.In(region.WITA)
			stamp = "Diperbarui: " + text.ShortDay(at) + " " + text.Clock(at)
		}
		words := strings.Replace(render.Caption(made), "Rekap WKSBM", "Papan WKSBM", 1)
		r.Text = words + "\n" + coverage(digest.CoverageOf(tx, o.Region, 0)) + "\n<i>" + stamp + "</i>"
		r.Buttons = o.pictureButtons(tx, made.Desk, p, 0)
		return nil
	})
	return r, err
}
