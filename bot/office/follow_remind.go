package office

import (
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
	"wksbm/storage/region"
)

// remindedAtOnce is how many households one reminder names.
const remindedAtOnce = 6

// RemindOwners tells those of staff who see to households, once a day, what is due. It is not sent after
// end. Nobody is named in it.
func (o *Office) RemindOwners(tx *storage.Tx, now, end time.Time) error {
	today := storage.DayOf(now)
	seen := map[int64]bool{}
	for _, c := range tx.PlannedCases() {
		if c.Due > today || c.Owner == 0 || seen[c.Owner] {
			continue
		}
		seen[c.Owner] = true
		if err := o.remindOwner(tx, now, end, c.Owner); err != nil {
			return err
		}
	}
	return nil
}

// dueDrawing is what is due of the households that a person sees to. It is drawn when it is sent, once it
// is known whether they work for Dinsos still.
const dueDrawing = "due"

func (o *Office) remindOwner(tx *storage.Tx, now, end time.Time, owner int64) error {
	c, today := tx.Chat(owner), storage.DayOf(now)
	access := o.Access(tx, owner, now)
	if c.Nags.Cases == today || c.Unreachable || access.None() && !(access.Unsure && c.Seat.In) {
		return nil
	}
	replies := []chat.Reply{{Act: chat.Say, Class: chat.Notice, Chat: owner, Until: end, Draw: &chat.Drawing{Kind: dueDrawing, For: owner}}}
	if g, ok := tx.StaffGroup(); ok && access.Unsure {
		replies = append([]chat.Reply{Check(g.Chat, owner, now)}, replies...)
	}
	for _, r := range replies {
		if err := Enqueue(tx, now, r); err != nil {
			return err
		}
	}
	c.Nags.Cases = today
	return tx.PutChat(c)
}

// drawDue names the households that a person sees to and for which something is due.
func (o *Office) drawDue(tx *storage.Tx, now time.Time, owner int64) chat.Reply {
	d := &desk{Office: o, tx: tx, now: now.In(region.WITA), private: true}
	d.access = o.Access(tx, owner, now)
	d.staff = d.access.Staff
	switch {
	case d.access.None() && d.access.Unsure:
		return chat.Reply{Text: "⏰ Ada tindak lanjut yang jatuh tempo.\nKetik /" + FollowUps}
	case d.access.None():
		return chat.Reply{Text: "Pengingat tindak lanjut berhenti: Anda tidak lagi di grup Dinsos."}
	}
	lines, today := []string{"⏰ <b>Tindak lanjut yang jatuh tempo</b>"}, storage.DayOf(now)
	var rows [][]chat.Button
	for _, c := range tx.PlannedCases() {
		switch {
		case c.Due > today || c.Owner != owner || !d.sees(c.Village):
		case len(rows) == remindedAtOnce:
			return chat.Reply{Text: strings.Join(append(lines, "… dan lainnya: /"+FollowUps), "\n"), Buttons: rows}
		default:
			lines = append(lines, "No. "+number(c.Number)+" · "+chat.Escape(d.titleOf(c.Village))+": "+planWords(c.Next, "langkah lain")+", "+until(c.Due, today))
			rows = append(rows, []chat.Button{caseButton("Tindak lanjut "+number(c.Number), c.Number, "fu")})
		}
	}
	if rows == nil { // done meanwhile
		lines[0] = "✅ Tidak ada tindak lanjut yang jatuh tempo."
	}
	return chat.Reply{Text: strings.Join(lines, "\n"), Buttons: rows}
}
