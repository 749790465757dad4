package outbox

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

const (
	// showEvery is how often that card changes at most: edits count as messages, of which a group bears
	// twenty a minute.
	showEvery = 6 * time.Second
	// shownBack is how many of the latest announcements may still be under way.
	shownBack = 16
)

// showProgress tells staff how far announcements have come.
func showProgress(tx *storage.Tx, now time.Time) error {
	g, ok := tx.StaffGroup()
	newest := tx.NextBroadcast() - 1
	for id := newest; ok && id > 0 && newest-id < shownBack; id-- {
		d, known := tx.Delivery(id)
		settled := d.People - d.Left()
		if !known || settled == d.ShownOf || d.Left() > 0 && !d.Held && now.Sub(d.Shown) < showEvery {
			continue
		}
		d.Shown, d.ShownOf = now, settled
		if err := showCard(tx, now, g, &d); err != nil {
			return err
		}
		if err := tx.PutDelivery(d); err != nil {
			return err
		}
	}
	return nil
}

// showCard has the card drawn anew, unless that is about to happen.
func showCard(tx *storage.Tx, now time.Time, g storage.Group, d *storage.Delivery) error {
	if o, ok := tx.Outgoing(d.Card); ok && o.State == storage.Queued {
		return nil
	}
	body, err := json.Marshal(chat.Reply{
		Act: chat.Edit, Class: chat.Notice, Chat: g.Chat, Topic: g.Topic, Tag: d.Tag(),
		Draw: &chat.Drawing{Kind: chat.Announcement, Period: strconv.FormatUint(d.ID, 10)},
	})
	if err != nil {
		return fmt.Errorf("encode progress: %w", err)
	}
	d.Card, err = tx.Enqueue(storage.Outgoing{Chat: g.Chat, Body: body, At: now})
	return err
}
