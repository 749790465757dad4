package office

import (
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// secret says whether a household is known by its initials only, and to staff only.
func secret(c storage.Case) bool { return c.Sensitive || categories(c.Categories) == hushed }

// reveal shows what stands behind the page of a household: history, photos, NIK.
func (d *desk) reveal(on onCase) error {
	switch {
	case secret(on.c) && !d.staff:
		d.toast("Kasus sensitif hanya dibuka petugas Dinsos.")
	case on.act == "hist":
		d.show(d.history(on.c), []chat.Button{caseButton("‹ Rincian", on.c.Number, "page")})
	case on.act == "photo":
		d.photos(on.c)
	case on.act == "nik":
		d.show("🏠 <b>Lihat NIK No. "+number(on.c.Number)+"?</b>\nNama Anda dan jamnya dicatat.",
			[]chat.Button{caseButton("Ya, lihat", on.c.Number, "nik!"), caseButton("Tidak", on.c.Number, "page")})
	default:
		return d.showNIK(on)
	}
	return nil
}

func (d *desk) photos(c storage.Case) {
	for i, id := range c.Photos {
		words := "No. " + number(c.Number) + " · foto " + strconv.Itoa(i+1) + " dari " + strconv.Itoa(len(c.Photos))
		d.out = append(d.out, chat.Reply{Act: chat.Say, Class: chat.Notice, Photo: id, Text: words})
	}
}

// nikShown is how long a NIK stays on a screen.
const nikShown = 5 * time.Minute

// showNIK shows the numbers of a household for a while. Each time is noted.
func (d *desk) showNIK(on onCase) error {
	lines := []string{"🏠 <b>No. " + number(on.c.Number) + "</b>"}
	if nik := d.kept(on.c.NIK, "nik"); nik != "" {
		lines = append(lines, "NIK: <code>"+chat.Escape(nik)+"</code>")
	}
	if kk := d.kept(on.c.KK, "kk"); kk != "" {
		lines = append(lines, "No. KK: <code>"+chat.Escape(kk)+"</code>")
	}
	if len(lines) == 1 {
		d.toast("NIK belum dicatat.")
		return nil
	}
	if err := d.look(on.r, storage.LookNIK); err != nil {
		return err
	}
	if d.in.Kind != chat.Tapped {
		return nil
	}
	d.show(strings.Join(append(lines, "<i>Ditutup sendiri pukul "+text.HourMinute(minuteOf(d.now.Add(nikShown)))+".</i>"), "\n"), []chat.Button{caseButton("Tutup", on.c.Number, "page")})
	d.out = append(d.out, chat.Reply{
		Act: chat.Edit, Class: chat.Notice, Message: d.in.Message, After: d.now.Add(nikShown),
		Text: "🏠 <b>No. " + number(on.c.Number) + "</b>\nNIK sudah ditutup.", Buttons: [][]chat.Button{{caseButton("Rincian", on.c.Number, "page")}},
	})
	return nil
}

func minuteOf(t time.Time) int { return t.Hour()*60 + t.Minute() }
