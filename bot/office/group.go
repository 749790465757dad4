package office

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
	"wksbm/storage/region"
)

// move follows a group that became a supergroup. The news comes from the old chat, from the new one
// and from the courier, in any order.
func (d *desk) move() error {
	g, ok := d.tx.StaffGroup()
	to := strconv.FormatInt(d.in.MovedTo, 10)
	if !ok || g.Chat != d.in.MovedFrom && g.Chat != d.in.MovedTo || d.tx.Note(movedNote) == to {
		return nil
	}
	if g.Chat == d.in.MovedFrom {
		if err := d.record(0, storage.GroupMoved{From: d.in.MovedFrom, To: d.in.MovedTo}); err != nil {
			return err
		}
	}
	d.waiting() // what was posted in the old group cannot be answered any more
	return d.tx.SetNote(movedNote, to)
}

// movedNote holds the chat into which the waiting requests were posted again.
const movedNote = "requests_moved_to"

// arrive greets a group that the bot was added to.
func (d *desk) arrive(known bool) {
	switch {
	case d.staff:
	case known:
		d.say("Bot ini sudah terhubung dengan grup Dinsos yang lain.")
	default:
		d.say("Agar rekap WKSBM masuk ke grup ini, ketik:\n<b>/pasang KODE</b>\nKodenya tampil di layar komputer saat bot dinyalakan.")
	}
}

// ClaimNote is the note under which the hash of the code for /pasang is kept while no group is known.
const ClaimNote = "claim_code"

// HashClaim is what is kept of a code for /pasang.
func HashClaim(code string) string {
	return hex.EncodeToString(storage.HashToken(strings.ToUpper(strings.TrimSpace(code))))
}

// claim makes the group the Dinsos group.
func (d *desk) claim(known bool) error {
	want := d.tx.Note(ClaimNote)
	switch {
	case d.staff:
		d.say("Grup ini sudah terhubung. Ketik /bantu untuk melihat perintahnya.")
		return nil
	case known || want == "":
		d.say("Bot ini sudah terhubung dengan grup lain, atau kodenya sudah dipakai.\nKode baru tampil saat bot dinyalakan tanpa grup.")
		return nil
	case d.in.From.Anonymous:
		d.say("Mohon tulis sebagai diri sendiri, bukan sebagai admin anonim atau kanal.")
		return nil
	case d.in.Command.Args == "":
		d.say("Tulis kodenya di belakang perintah, misalnya:\n/pasang ABCD-1234")
		return nil
	case HashClaim(d.in.Command.Args) != want:
		d.say("Kode itu tidak cocok.\nKode yang berlaku tampil di layar komputer saat bot dinyalakan.")
		return nil
	}
	if err := d.tx.SetNote(ClaimNote, ""); err != nil {
		return err
	}
	return d.take()
}

// take makes this the Dinsos group.
func (d *desk) take() error {
	if err := d.record(0, storage.GroupClaimed{Chat: d.in.Chat.ID, Topic: d.in.Chat.Topic}); err != nil {
		return err
	}
	d.staff = true
	var rows [][]chat.Button
	if n := len(d.tx.Queue()); n > 0 { // their cards stayed behind in the group before
		rows = [][]chat.Button{{button("Periksa "+strconv.Itoa(n), "pk", "new", region.Code(0).String())}}
	}
	d.say("✅ Grup ini terhubung. Rekap dan pendaftaran masuk di sini.\n\n"+groupHelp(), rows...)
	d.waiting()
	return nil
}

// Claim makes the configured group the Dinsos group.
func (o *Office) Claim(tx *storage.Tx, now time.Time) error {
	d := &desk{Office: o, tx: tx, now: now.In(region.WITA), in: chat.Input{Chat: chat.Place{ID: o.Configured}}}
	if err := d.record(0, storage.GroupClaimed{Chat: o.Configured}); err != nil {
		return err
	}
	d.waiting()
	for _, r := range d.out {
		if err := Enqueue(tx, now, r); err != nil {
			return err
		}
	}
	return nil
}

// waiting posts all that waits for a decision.
func (d *desk) waiting() {
	d.requests()
	d.corrections()
	d.waitingErasures()
}

// requests posts the people who wait to be let in.
func (d *desk) requests() {
	card := d.Card(d.tx)
	for _, m := range d.tx.PendingMembers() {
		if p, ok := d.tx.Posted(requestTag(m.Request)); ok && p.Chat == d.in.Chat.ID { // one card a request
			d.out = append(d.out, chat.Reply{
				Act: chat.Edit, Class: chat.Notice, Message: p.Message, Text: d.describe(d.tx, m) + "\nKartunya ada lagi di bawah.",
			})
		}
		d.out = append(d.out, card(m))
	}
}
