package office

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/render"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// SheetDrawing is the Drawing.Kind of a printed sheet of invites; Name is the secret they come from.
const SheetDrawing = "invite_sheet"

// sheetNote holds the question below which the latest sheet was asked for: the first press wins.
const sheetNote = "sheet_asked"

// sheetLife is how long the invites of a sheet can be used: paper takes its time to the villages.
const sheetLife = 30 * 24 * time.Hour

// sheetToken is a village's token on a sheet. It says nothing of the secret or of other tokens.
func sheetToken(secret string, village region.Code) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(village.String()))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18])
}

// sheetID names a sheet in public.
func sheetID(secret string) string { return hex.EncodeToString(storage.HashToken(secret)[:4]) }

// headless are the villages that no active ketua reports from.
func (d *desk) headless() []region.Place {
	var out []region.Place
	for _, p := range d.Region.Villages(0) {
		if len(d.tx.ActiveKetua(p.Code)) == 0 {
			out = append(out, p)
		}
	}
	return out
}

// askSheet answers /undang semua.
func (d *desk) askSheet() {
	n := len(d.headless())
	if n == 0 {
		d.say("Semua desa sudah punya ketua yang terdaftar.")
		return
	}
	d.say("<b>Buat lembar undangan ketua?</b>\nKode QR untuk "+strconv.Itoa(n)+" desa yang belum punya ketua terdaftar, enam di satu halaman.\n"+
		"Tiap kode sekali pakai, 30 hari. Jangan difoto atau disebar.", []chat.Button{button("Buat lembar", "sheet", "make"), button("Batal", "sheet", "no")})
}

// sheet takes a press below a sheet of invites, or below the question for one.
func (d *desk) sheet(act, id string) error {
	switch act {
	case "no":
		d.edit("Lembar undangan tidak dibuat.")
	case "make":
		return d.makeSheet()
	case "ask":
		if n := len(d.onSheet(id)); n > 0 {
			d.say("<b>Cabut "+strconv.Itoa(n)+" undangan di lembar "+chat.Escape(id)+"?</b>\nKodenya tidak bisa dipakai lagi.",
				[]chat.Button{button("Tidak", "sheet", "keep", id), button("Ya, cabut", "sheet", "void", id)})
			return nil
		}
		d.toast("Tidak ada lagi undangan lembar ini yang bisa dipakai.")
	case "keep":
		d.edit("Undangan di lembar " + chat.Escape(id) + " tetap berlaku.")
	case "void":
		return d.voidSheet(id)
	default:
		d.toast("Tombol ini sudah tidak berlaku.")
	}
	return nil
}

// onSheet are the invites of a sheet that can still be used.
func (d *desk) onSheet(id string) []storage.Invite {
	var out []storage.Invite
	for _, in := range d.tx.Invites(d.now) {
		if in.Sheet == id && id != "" {
			out = append(out, in)
		}
	}
	return out
}

// makeSheet makes the invites. The file is drawn when it is sent, from the secret alone.
func (d *desk) makeSheet() error {
	places, asked := d.headless(), strconv.FormatInt(d.in.Message, 10)
	switch {
	case d.tx.Note(sheetNote) == asked:
		d.toast("Lembar ini sudah dibuat.")
		return nil
	case d.name() == "" || len(places) == 0:
		d.toast("Belum bisa dibuat sekarang. Coba lagi sebentar lagi.")
		return nil
	}
	if err := d.tx.SetNote(sheetNote, asked); err != nil {
		return err
	}
	for _, p := range places {
		in := storage.NewInvite(sheetToken(d.token, p.Code), p.Code, storage.Ketua, d.in.From.ID, d.now)
		in.Expires, in.Sheet = in.Made.Add(sheetLife), sheetID(d.token)
		if err := d.record(p.Code, storage.InviteMade{Invite: in}); err != nil {
			return err
		}
	}
	d.edit("Lembar undangan untuk " + strconv.Itoa(len(places)) + " desa dibuat oleh " + chat.Escape(d.person()) + ".")
	d.out = append(d.out, chat.Reply{
		Act: chat.Say, Class: chat.Notice, Draw: &chat.Drawing{Kind: SheetDrawing, Format: "pdf", Name: d.token, For: d.in.From.ID},
	})
	return nil
}

func (d *desk) voidSheet(id string) error {
	open := d.onSheet(id)
	if len(open) == 0 {
		d.toast("Tidak ada lagi undangan lembar ini yang bisa dipakai.")
		return nil
	}
	for _, in := range open {
		if err := d.record(in.Village, storage.InviteRevoked{ID: in.ID}); err != nil {
			return err
		}
	}
	d.edit("↩️ " + strconv.Itoa(len(open)) + " undangan di lembar " + chat.Escape(id) + " dicabut oleh " + chat.Escape(d.person()) + ".")
	return nil
}

// Sheet is what goes on a sheet of invites, and the words that go with it: those that can be used now.
func (o *Office) Sheet(tx *storage.Tx, now time.Time, d chat.Drawing) (chat.Reply, []render.Ticket) {
	var tickets []render.Ticket
	until := ""
	for _, p := range o.Region.Villages(0) {
		token := sheetToken(d.Name, p.Code)
		in, ok := tx.InviteByToken(token)
		if !ok || !in.Open(now) {
			continue
		}
		until = text.PlainDate(in.Expires.In(region.WITA))
		tickets = append(tickets, render.Ticket{
			Head: "Undangan ketua WKSBM", Name: o.Region.FullName(p.Code), Link: Link(tx.Note(NameNote), token),
			Lines: []string{
				"Arahkan kamera HP ke kotak ini, buka Telegram, lalu tekan START.",
				"Sekali pakai, sampai " + until + ". Dinas Sosial Kabupaten Sumbawa Barat.",
			},
		})
	}
	if len(tickets) == 0 {
		return chat.Reply{Text: "Undangan di lembar ini sudah tidak berlaku."}, nil
	}
	id := sheetID(d.Name)
	return chat.Reply{
		Text: "<b>Lembar undangan " + id + "</b> · " + strconv.Itoa(len(tickets)) + " desa\nCetak, gunting, berikan ke ketua. Sekali pakai, sampai " + until +
			".\nHapus berkas ini dari grup sesudah dicetak.",
		Buttons: [][]chat.Button{{button("Cabut lembar ini", "sheet", "ask", id)}},
	}, tickets
}
