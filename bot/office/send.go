package office

import (
	"encoding/json"
	"fmt"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// Enqueue puts a reply into the outbox.
func Enqueue(tx *storage.Tx, now time.Time, r chat.Reply) error {
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("encode reply: %w", err)
	}
	_, err = tx.Enqueue(storage.Outgoing{Chat: r.Chat, Body: body, At: now, Fast: r.Act == chat.Toast})
	return err
}
