package outbox

import (
	"time"

	"wksbm/storage"
)

// seat writes down what a Check learned, and goes on with what waited for it, also when nothing could be
// learned.
func (c *Courier) seat(tx *storage.Tx, res result, now time.Time) error {
	if v := res.verdict; v != nil && (v.Kind == Flood || v.Kind == Retry || v.Kind == Refused) {
		return later(tx, res.row, now.Add(max(v.After, backoff(res.row.Tries))))
	}
	if err := tx.DeleteOutgoing(res.row.Seq); err != nil {
		return err
	}
	ch := tx.Chat(res.row.Chat)
	if res.message != 0 {
		ch.Seat = storage.Seat{
			Group: res.reply.Group, At: now, In: res.message != SeatOutside, Admin: res.message == SeatAdmin,
		}
		if err := tx.PutChat(ch); err != nil {
			return err
		}
	}
	if c.Seated == nil {
		return nil
	}
	return c.Seated(tx, now, ch.ID)
}
