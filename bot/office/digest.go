package office

import (
	"fmt"
	"strconv"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/digest"
	"wksbm/bot/paper"
	"wksbm/bot/render"
	"wksbm/storage"
	"wksbm/storage/region"
)

// The formats in which a digest goes out beside words.
const (
	asPicture  = "png"
	asWorkbook = "xlsx"
	asLetter   = "pdf"
)

// PostDigest puts the digest of a job's latest whole period into the outbox: the daily one as words, the
// weekly one as a picture, the monthly one as a picture that files follow. The daily one is left out when
// nothing happened; without a group there is nobody to read.
func (o *Office) PostDigest(tx *storage.Tx, job string, at time.Time) error {
	p, ok := digest.Last(job, at)
	g, known := tx.StaffGroup()
	posted := "posted:" + job
	if !ok || !known || tx.Note(posted) == p.Key() {
		return nil // also when the schedule was changed within a period
	}
	if err := tx.SetNote(posted, p.Key()); err != nil {
		return err
	}
	formats := []string{asPicture}
	switch {
	case p.IsDay() && digest.Make(tx, o.Region, p, 0, storage.DayOf(at)).Empty():
		return nil
	case p.IsDay():
		formats = []string{""}
	case p.IsMonth():
		formats = []string{asPicture, asWorkbook, asLetter}
	}
	for _, format := range formats {
		r := chat.Reply{Act: chat.Say, Class: chat.Digest, Chat: g.Chat, Topic: g.Topic, Draw: drawing(p, 0, format)}
		if format == formats[0] {
			r.Tag = "digest:" + p.Key()
		}
		if err := Enqueue(tx, at, r); err != nil {
			return err
		}
	}
	return nil
}

// drawing names a digest in a format, "" for words alone.
func drawing(p digest.Period, scope region.Code, format string) *chat.Drawing {
	d := &chat.Drawing{Kind: "digest", Period: p.Key(), Format: format}
	if scope != 0 {
		d.Scope = scope.String()
	}
	return d
}

// Draw makes words, buttons and file of what is drawn when it is sent. What costs time is done after the
// archive was looked at: view gives a look.
func (o *Office) Draw(view func(func(*storage.Tx) error) error, now time.Time, d chat.Drawing) (chat.Reply, error) {
	switch d.Kind {
	case "group_lost":
		return chat.Reply{Text: "⚠️ Bot tidak ada lagi di grup Dinsos.\nRekap dan pendaftaran tidak sampai. Masukkan bot ke grup lagi; bila diminta, ketik /pasang dengan kode yang tampil saat bot dinyalakan."}, nil
	case "group_mute":
		return chat.Reply{Text: "⚠️ Bot tidak boleh menulis di grup Dinsos.\nMohon beri izin mengirim pesan di pengaturan grup."}, nil
	case "group_no_pin":
		return chat.Reply{Text: "⚠️ Papan di grup Dinsos belum bisa disematkan.\nMohon beri bot izin menyematkan pesan di pengaturan grup, atau sematkan sendiri."}, nil
	}
	if d.Kind == chat.Announcement {
		var r chat.Reply
		err := view(func(tx *storage.Tx) error { r = o.drawAnnouncement(tx, d.Period); return nil })
		return r, err
	}
	switch d.Kind {
	case exportDrawing:
		return o.drawExport(view, now, d)
	case monthlyDrawing:
		return o.drawMonthly(view, now, d)
	case dueDrawing:
		var r chat.Reply
		err := view(func(tx *storage.Tx) error { r = o.drawDue(tx, now, d.For); return nil })
		return r, err
	}
	p, ok := digest.ParseKey(d.Period)
	if ok && d.Kind == boardDrawing {
		return o.drawBoard(view, now, p)
	}
	if !ok || d.Kind != "digest" {
		return chat.Reply{Text: "Rekap ini tidak bisa dibuat."}, nil
	}
	scope, _ := region.ParseCode(d.Scope)
	var r chat.Reply
	var made digest.Detail
	err := view(func(tx *storage.Tx) error {
		if d.Format == "" || d.Format == asPicture && p.IsStretch() {
			r = o.digest(tx, now, p, scope, render.Everything)
			return nil
		}
		made = digest.Look(tx, o.Region, p, scope, storage.DayOf(now))
		if d.Format == asWorkbook {
			made = made.Read(tx, o.Region)
		}
		r.Buttons = o.pictureButtons(tx, made.Desk, p, scope)
		return nil
	})
	if err != nil || r.Text != "" {
		return r, err
	}
	return o.press(made, d.Format, r.Buttons, now.In(region.WITA))
}

// press prints a digest in a format.
func (o *Office) press(made digest.Detail, format string, buttons [][]chat.Button, now time.Time) (chat.Reply, error) {
	switch format {
	case asPicture:
		data, err := render.Picture(made, o.Region)
		if err != nil {
			return chat.Reply{}, err
		}
		return chat.Reply{
			Text: render.Caption(made.Digest), Buttons: buttons, Upload: &chat.Upload{Name: "rekap-" + made.Period.Key() + ".png", Data: data, Picture: true, Spoken: true},
		}, nil
	case asWorkbook:
		return printed(made.Workbook(o.Region, now), format, render.XLSX)
	case asLetter:
		return printed(made.Letter(o.Region, now), format, render.PDF)
	}
	return chat.Reply{}, fmt.Errorf("print digest: unknown format %q", format)
}

// printed is a paper as a file with a line of what it is.
func printed(p paper.Paper, format string, press func(paper.Paper) ([]byte, error)) (chat.Reply, error) {
	data, err := press(p)
	if err != nil {
		return chat.Reply{}, err
	}
	words := "Surat rekap " + p.Period + ", siap dicetak dan ditandatangani."
	if format == asWorkbook {
		words = "Lembar kerja rekap " + p.Period + ", untuk disaring dan dihitung."
	}
	return chat.Reply{Text: chat.Escape(words), Upload: &chat.Upload{Name: p.Name(format), Data: data}}, nil
}

func (o *Office) digest(tx *storage.Tx, now time.Time, p digest.Period, scope region.Code, topic render.Topic) chat.Reply {
	made := digest.Make(tx, o.Region, p, scope, storage.DayOf(now))
	r := chat.Reply{Text: render.TextOf(made, o.Region, topic), Buttons: recapButtons(p, scope, topic)}
	if topic == render.Everything {
		r.Buttons = append(r.Buttons, o.more(tx, made.Desk, p, scope)...)
		return r
	}
	r.Buttons = append(r.Buttons, origin(tx, p, scope)...)
	return r
}

// more leads from the words of a digest to its picture and files, and to where the numbers come from.
func (o *Office) more(tx *storage.Tx, desk digest.Desk, p digest.Period, scope region.Code) [][]chat.Button {
	place, whole := placeArg(scope), true
	if at, ok := o.Region.ByCode(scope); ok {
		whole = at.Kind == region.District
	}
	var rows [][]chat.Button
	if whole && !p.IsDay() {
		var row []chat.Button
		if !p.IsStretch() {
			row = append(row, button("Gambar", "file", asPicture, p.Key(), place))
		}
		rows = append(rows, append(row, button("Excel", "file", asWorkbook, p.Key(), place), button("PDF", "file", asLetter, p.Key(), place)))
	}
	return append(rows, beyondWords(tx, desk, p, scope)...)
}

// pictureButtons stand below a picture, whose words cannot be exchanged for those of another period.
func (o *Office) pictureButtons(tx *storage.Tx, desk digest.Desk, p digest.Period, scope region.Code) [][]chat.Button {
	label := "Per kecamatan"
	if scope != 0 {
		label = "Per desa"
	}
	rows := [][]chat.Button{{button(label, "text", p.Key(), placeArg(scope))}}
	if scope == 0 {
		rows[0] = append(rows[0], button("Desa diam", "diam"))
	}
	return append(rows, beyondWords(tx, desk, p, scope)...)
}

// beyondWords lead to where the numbers come from, and to what waits for staff.
func beyondWords(tx *storage.Tx, desk digest.Desk, p digest.Period, scope region.Code) [][]chat.Button {
	rows := origin(tx, p, scope)
	if desk.All() == 0 {
		return rows
	}
	b := button("Periksa "+strconv.Itoa(desk.All()), "pk", "new", scope.String())
	if len(rows) == 0 {
		return [][]chat.Button{{b}}
	}
	rows[0] = append(rows[0], b)
	return rows
}

func placeArg(scope region.Code) string {
	if scope == 0 {
		return ""
	}
	return scope.String()
}

// spellOut says the digest of a picture in words.
func (d *desk) spellOut(key, place string) {
	p, ok := digest.ParseKey(key)
	scope, _ := region.ParseCode(place)
	if _, known := d.Region.ByCode(scope); !ok || !known && place != "" {
		d.toast("Tombol ini sudah tidak berlaku.")
		return
	}
	r := d.digest(d.tx, d.now, p, scope, render.Everything)
	r.Act, r.Class, r.ReplyTo = chat.Say, chat.Notice, d.quotes()
	d.out = append(d.out, r)
}

// hand sends a digest as a picture or file.
func (d *desk) hand(format, key, place string) {
	p, ok := digest.ParseKey(key)
	scope, _ := region.ParseCode(place)
	if _, known := d.Region.ByCode(scope); !ok || !known && place != "" {
		d.toast("Tombol ini sudah tidak berlaku.")
		return
	}
	d.toast("Sedang dibuat.")
	d.out = append(d.out, chat.Reply{Act: chat.Say, Class: chat.Notice, ReplyTo: d.quotes(), Draw: drawing(p, scope, format)})
}
