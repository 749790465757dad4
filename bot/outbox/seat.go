package outbox

import (
	"time"

	"wksbm/storage"
)

// seat writes down what a Check learned, and goes on with what waited for it. One that failed is
// dropped: whoever needs it asks again.
func (c *Courier) seat(tx *storage.Tx, res result, now time.Time) error {
	if v := res.verdict; v != nil && (v.Kind == Flood || v.Kind == Retry || v.Kind == Refused) {
		return later(tx, res.row, now.Add(max(v.After, backoff(res.row.Tries))))
	}
	if err := tx.DeleteOutgoing(res.row.Seq); err != nil || res.message == 0 {
		return err
	}
	ch := tx.Chat(res.row.Chat)
	ch.Seat = storage.Seat{
		Group: res.reply.Group, At: now, In: res.message != SeatOutside, Admin: res.message == SeatAdmin,
	}
	if err := tx.PutChat(ch); err != nil || c.Seated == nil {
		return err
	}
	return c.Seated(tx, now, ch.ID)
}
