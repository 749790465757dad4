package office

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/digest"
	"wksbm/bot/render"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// exportDrawing names the workbook of all data of a period among the drawings.
const exportDrawing = "export"

// export answers /ekspor [bulan|minggu|1 - 15 oktober|tahun ini|semua] [kecamatan|desa].
func (d *desk) export(words string) {
	p, rest, found := digest.Find(words, d.now)
	all := false
	if !found {
		p = digest.Month(storage.DayOf(d.now).Month())
		if rest, all = everything(rest); all {
			p = digest.Whole(d.tx, d.Region, d.here(), storage.DayOf(d.now))
		}
	}
	scope, ok := d.scope(rest, asking{"/ekspor bulan lalu", func(c region.Code) chat.Button {
		return button(d.Region.FullName(c), "exp", p.Key(), c.String())
	}})
	if ok && all {
		p = digest.Whole(d.tx, d.Region, scope, storage.DayOf(d.now))
	}
	if ok {
		d.handExport(p, scope)
	}
}

// everything takes "semua", "semua data" from words, which ask for all that the books hold.
func everything(words string) (rest string, ok bool) {
	fields := strings.Fields(words)
	at := slices.IndexFunc(fields, func(w string) bool { return w == "semua" || w == "seluruh" })
	if at < 0 || slices.Contains(fields, "desa") {
		return words, false
	}
	fields = slices.DeleteFunc(slices.Delete(fields, at, at+1), func(w string) bool { return slices.Contains([]string{"data", "datanya", "masa", "waktu"}, w) })
	return strings.Join(fields, " "), true
}

// pressExport makes the export of a button.
func (d *desk) pressExport(key, place string) {
	p, ok := digest.ParseKey(key)
	scope, known := d.placeOf(place)
	if !ok || !known {
		d.toast("Tombol ini sudah tidak berlaku.")
		return
	}
	d.handExport(p, scope)
}

// handExport says what is made, and has it made.
func (d *desk) handExport(p digest.Period, scope region.Code) {
	if p.From > storage.DayOf(d.now) {
		d.say(chat.Escape(p.Title()) + " belum mulai, jadi belum ada datanya.")
		return
	}
	d.sayMaking("data " + d.placeName(scope) + " · " + p.Title())
	draw := drawing(p, scope, asWorkbook)
	draw.Kind, draw.For = exportDrawing, d.in.From.ID
	d.out = append(d.out, chat.Reply{Act: chat.Say, Class: chat.Notice, Draw: draw})
}

// sayMaking tells that a file is being made: below a command, or where its button was pressed.
func (d *desk) sayMaking(what string) {
	if d.in.Kind == chat.Tapped {
		d.toast("Sedang dibuat.")
		return
	}
	d.say("⏳ Sedang dibuat: " + chat.Escape(what) + ".")
}

// mayRead says whether somebody still acts in the Dinsos group, as far as is known, or looks after a place: what they asked for there
// holds nothing that the group may not see.
func (o *Office) mayRead(tx *storage.Tx, user int64, scope region.Code, now time.Time) bool {
	a, c := o.Access(tx, user, now), tx.Chat(user)
	g, _ := tx.StaffGroup()
	left := c.Seat.Group == g.Chat && !c.Seat.At.IsZero() && !c.Seat.In
	at, known := o.Region.ByCode(scope)
	return a.Staff || a.Unsure && c.Staff && !left || known && a.District != 0 && at.District == a.District
}

// notYours is said instead of a file that was asked for by somebody who may not have it now.
const notYours = "Berkas ini untuk petugas di grup Dinsos."

// drawExport writes the workbook of all data of a period. The archive is looked at once; the rows are made
// while they are written.
func (o *Office) drawExport(view func(func(*storage.Tx) error) error, now time.Time, d chat.Drawing) (chat.Reply, error) {
	p, ok := digest.ParseKey(d.Period)
	scope, _ := region.ParseCode(d.Scope)
	var e digest.Export
	may := false
	if err := view(func(tx *storage.Tx) error {
		if may = o.mayRead(tx, d.For, scope, now); may && ok {
			e = digest.Gather(tx, o.Region, p, scope, storage.DayOf(now))
		}
		return nil
	}); err != nil {
		return chat.Reply{}, err
	}
	switch {
	case !may:
		return chat.Reply{Text: notYours}, nil
	case !ok || !e.Fits():
		return chat.Reply{Text: "Datanya lebih panjang dari satu lembar kerja.\nMohon minta masa yang lebih pendek atau satu kecamatan."}, nil
	}
	made := e.Paper(o.Region, now.In(region.WITA))
	data, err := render.XLSX(made)
	if err != nil {
		return chat.Reply{}, err
	}
	words := fmt.Sprintf("<b>Data WKSBM %s · %s</b>\n%s laporan · %s keluarga · %s rapat · %s mitra\nTanpa nama warga. Saring lewat kepala kolom.",
		chat.Escape(o.placeName(scope)), chat.Escape(p.Title()), figureOf(e.Totals.Reports), figureOf(len(e.Cases)),
		figureOf(e.Totals.Counts[storage.CountMeetings]), figureOf(len(e.Partners)))
	return chat.Reply{Text: words, Upload: &chat.Upload{Name: made.Name(asWorkbook), Data: data}}, nil
}

// figureOf prints a count with its thousands: "1.250".
func figureOf(n int) string { return text.Count(n) }
