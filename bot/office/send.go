package office

import (
	"encoding/json"
	"fmt"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// Enqueue puts a reply into the outbox. A Check is no message: it keeps none waiting and waits for none, so
// that those of hours without the messenger are forgotten one by one instead of piling up.
func Enqueue(tx *storage.Tx, now time.Time, r chat.Reply) error {
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("encode reply: %w", err)
	}
	check := r.Act == chat.Check
	_, err = tx.Enqueue(storage.Outgoing{
		Chat: r.Chat, Body: body, At: now, Fast: r.Act == chat.Toast || check, Later: !r.After.IsZero() || check, NotBefore: r.After,
	})
	return err
}

// recall takes back what was to happen to a message later.
func recall(tx *storage.Tx, to, message int64) error {
	return tx.Recall(to, func(body json.RawMessage) int64 {
		var r chat.Reply
		if json.Unmarshal(body, &r) != nil {
			return 0
		}
		return r.Message
	}, message)
}
