package office

import (
	"encoding/json"
	"fmt"
	"time"

	"wksbm/bot/chat"
)

// onlyAdmins is what others are told.
const onlyAdmins = "Ini hanya untuk administrator grup Dinsos."

// promoted is how long it is believed that somebody administers nothing: a new administrator need not wait.
const promoted = 20 * time.Second

// admin says whether whoever speaks administers the group; its creator does. Others are told that they do not.
// Where it is not known lately enough it is asked of the messenger, and what they said waits for the answer
// (Resume).
func (d *desk) admin() (bool, error) {
	g, known := d.tx.StaffGroup()
	c := d.tx.Chat(d.in.From.ID)
	fresh := c.Seat.Fresh(g.Chat, d.now)
	switch {
	case !known || d.in.From.Anonymous && d.in.Kind != chat.Tapped || d.in.From.ID <= 0:
		d.denied("Mohon tulis sebagai diri sendiri, bukan sebagai admin anonim atau kanal.")
		return false, nil
	case fresh && c.Seat.In && c.Seat.Admin:
		return true, nil
	case d.in.Again || fresh && d.now.Sub(c.Seat.At) <= promoted:
		d.denied(onlyAdmins)
		return false, nil
	}
	data, err := json.Marshal(waiting{In: d.in, Token: d.token})
	if err != nil {
		return false, fmt.Errorf("keep input: %w", err)
	}
	d.out = append(d.out, Check(g.Chat, d.in.From.ID, d.now))
	if d.chat != nil { // kept by whoever keeps the private chat
		d.chat.Waiting = data
		return false, nil
	}
	c.Waiting = data
	return false, d.tx.PutChat(c)
}

// denied tells somebody that they may not: beside the button while its tap waits, else in words.
func (d *desk) denied(words string) {
	if d.in.Kind == chat.Tapped && d.in.Query != "" {
		d.toast(words)
		return
	}
	d.say(words)
}
