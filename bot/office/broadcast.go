package office

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// How long an announcement may be, in characters: below a file it is a caption.
const (
	longText    = 3500
	longCaption = 900
)

// announce answers /umumkan: to whom, and what. What it says stands on the lines below, in the message
// that it answers, or in both.
func (d *desk) announce() error {
	line, more, _ := strings.Cut(d.in.Command.Args, "\n")
	to, rest, ok := ReadAudience(d.Region, line)
	p := storage.Preview{To: to, By: d.in.From.ID, At: d.now.UTC()}
	p.Text = strings.TrimSpace(rest + "\n" + more)
	file := d.in.File
	if q := d.in.Quoted; q != nil {
		if p.Text == "" {
			p.Text = strings.TrimSpace(q.Text)
		}
		if file == nil {
			file = q.File
		}
	}
	if file != nil {
		p.File, p.Photo = file.ID, file.Photo
	}
	if why := d.refusal(p, line, ok); why != "" {
		d.say(why)
		return nil
	}
	return d.preview(p)
}

// refusal says why an announcement cannot go out, "" when it can.
func (d *desk) refusal(p storage.Preview, line string, named bool) string {
	most := longText
	if p.File != "" {
		most = longCaption
	}
	switch n := utf8.RuneCountInString(p.Text); {
	case !named && strings.TrimSpace(line) == "":
		return "<b>Pengumuman untuk siapa?</b>\nSemua, ketua, pengurus, relawan, kecamatan atau desa; isinya di baris berikut. Misalnya:\n/umumkan ketua kecamatan Taliwang\nRapat Senin pukul 9 di kantor Dinsos.\n" +
			"Atau balas sebuah pesan, foto atau berkas dengan: /umumkan semua"
	case !named:
		return "Kami membaca tujuan \"" + chat.Escape(text.Clip(line, 60)) + "\", belum ada yang seperti itu.\n" +
			"Ada: semua, ketua, pengurus, relawan, kecamatan Taliwang, desa Seloto. Boleh digabung:\n/umumkan ketua kecamatan Taliwang"
	case p.Text == "" && p.File == "":
		return "Isinya belum ada. Tulis di baris di bawah perintah, atau balas sebuah pesan, foto atau berkas dengan:\n/umumkan " + chat.Escape(text.Clip(line, 60))
	case text.MeantNIK(p.Text):
		return "Di dalamnya ada nomor seperti NIK atau No KK. Mohon dihapus dulu, lalu /umumkan lagi."
	case n > most:
		return "Isinya " + strconv.Itoa(n) + " huruf, paling panjang " + strconv.Itoa(most) + ". Mohon dipendekkan, atau kirim sebagai berkas."
	}
	return ""
}

// preview shows what would go out, and to how many.
func (d *desk) preview(p storage.Preview) error {
	people, _, _ := d.readers(d.tx, p.To)
	p.People = len(people)
	id, err := d.tx.AddPreview(p)
	if err != nil {
		return err
	}
	p.ID = id
	words, rows := d.previewCard(p)
	d.say(words, rows...)
	return nil
}

func (d *desk) previewCard(p storage.Preview) (string, [][]chat.Button) {
	people, away, villages := d.readers(d.tx, p.To)
	count := strconv.Itoa(len(people)) + " orang"
	if villages > 0 || len(people) == 0 {
		count += " di " + strconv.Itoa(villages) + " desa"
	}
	if away > 0 {
		count += " · tak terjangkau " + strconv.Itoa(away)
	}
	words := "<b>Kirim pengumuman ini?</b>\nUntuk: " + chat.Escape(d.audienceName(p.To)) + "\n" + count + enclosed(p.File, p.Photo) + "\n\n" + chat.Escape(p.Text)
	drop := button("Batal", "bc", "drop", code(p.ID))
	if len(people) == 0 {
		return words + "\n\nBelum ada yang bisa menerimanya.", [][]chat.Button{{drop}}
	}
	return words, [][]chat.Button{{button("Kirim ke "+strconv.Itoa(len(people))+" orang", "bc", "go", code(p.ID))}, {drop}}
}

// enclosed names what goes with an announcement.
func enclosed(file string, photo bool) string {
	switch {
	case file == "":
		return ""
	case photo:
		return "\nLampiran: foto"
	}
	return "\nLampiran: berkas"
}

// broadcast takes a press below an announcement.
func (d *desk) broadcast(act, words string) error {
	n, err := strconv.ParseUint(words, 36, 64)
	if err != nil {
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	}
	switch act {
	case "go", "drop":
		return d.release(act, n)
	case "stop", "on":
		return d.hold(n, act == "stop")
	case "again":
		return d.again(n)
	}
	d.toast("Tombol ini sudah tidak berlaku.")
	return nil
}

// release sends an announcement that was looked at, or drops it. The first press wins.
func (d *desk) release(act string, n uint64) error {
	p, ok := d.tx.Preview(n)
	switch {
	case p.Sent != 0:
		d.toast("Sudah dikirim oleh " + nameOf(d.tx, p.SentBy) + ".")
		return nil
	case !ok:
		d.toast("Pengumuman ini sudah dibatalkan.")
		return nil
	case act == "drop":
		d.edit("Pengumuman dibatalkan oleh " + chat.Escape(d.person()) + ". Tidak ada yang dikirim.")
		return d.tx.DropPreview(n)
	case d.now.Sub(p.At) > storage.PreviewLife:
		d.toast("Ini sudah lebih dari sehari. Mohon /umumkan lagi.")
		return nil
	}
	people, _, _ := d.readers(d.tx, p.To)
	if len(people) != p.People {
		p.People = len(people)
		words, rows := d.previewCard(p)
		d.edit(words, rows...)
		d.toast("Jumlah penerima berubah. Mohon dilihat lagi.")
		return d.tx.PutPreview(p)
	}
	return d.send(p, people)
}

// send hands an announcement to the courier.
func (d *desk) send(p storage.Preview, people []int64) error {
	if len(people) == 0 {
		d.toast("Belum ada yang bisa menerimanya.")
		return nil
	}
	b := storage.Broadcast{
		ID: d.tx.NextBroadcast(), Person: d.tx.NewPerson(), File: p.File, Photo: p.Photo, To: p.To, People: len(people),
	}
	b.Text = d.tx.Seal(b.Person, "text", p.Text)
	if err := d.record(0, storage.BroadcastMade{Broadcast: b}); err != nil {
		return err
	}
	body, err := json.Marshal(letter(b, p.Text))
	if err != nil {
		return fmt.Errorf("encode announcement: %w", err)
	}
	if err := d.tx.Deliver(b.ID, body, people, d.now.UTC()); err != nil {
		return err
	}
	p.Sent, p.SentBy = b.ID, d.in.From.ID
	if err := d.tx.PutPreview(p); err != nil {
		return err
	}
	d.redrawBroadcast(b.ID)
	return nil
}

// letter is what everybody gets.
func letter(b storage.Broadcast, words string) chat.Reply {
	r := chat.Reply{
		Act: chat.Say, Class: chat.Bulk, Text: strings.TrimSpace("<b>Pengumuman Dinsos</b>\n\n" + chat.Escape(words)),
		Buttons: [][]chat.Button{{{Label: "Jawab", Data: chat.NewTap("m", "jawab", code(b.ID)).Data()}}},
	}
	if b.Photo {
		r.Photo = b.File
	} else {
		r.File = b.File
	}
	return r
}

// hold stops the sending of an announcement, or lets it go on.
func (d *desk) hold(id uint64, held bool) error {
	b, ok := d.tx.Broadcast(id)
	progress, ok2 := d.tx.Delivery(id)
	switch {
	case !ok || !ok2:
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	case b.Held == held && held:
		d.toast("Sudah dihentikan oleh " + nameOf(d.tx, b.HeldBy) + ".")
		return nil
	case b.Held == held:
		d.toast("Sudah dilanjutkan.")
		return nil
	case progress.Left() == 0:
		d.toast("Semua sudah dikirim.")
		d.redrawBroadcast(id)
		return nil
	}
	if err := d.record(0, storage.BroadcastHeld{ID: id, Held: held}); err != nil {
		return err
	}
	if err := d.tx.HoldDelivery(id, held, d.now.UTC()); err != nil {
		return err
	}
	d.redrawBroadcast(id)
	return nil
}

// again sends an announcement once more to those of whom it is unknown whether they got it.
func (d *desk) again(id uint64) error {
	if progress, ok := d.tx.Delivery(id); !ok || progress.Doubtful == 0 {
		d.toast("Tidak ada yang perlu dikirim lagi.")
		return nil
	}
	if err := d.tx.DeliverAgain(id, d.now.UTC()); err != nil {
		return err
	}
	d.redrawBroadcast(id)
	return nil
}

// redrawBroadcast shows in the message that was pressed how far an announcement is. The words are made
// when they are sent.
func (d *desk) redrawBroadcast(id uint64) {
	d.out = append(d.out, chat.Reply{
		Act: chat.Edit, Class: chat.Notice, Message: d.in.Message, Tag: storage.Delivery{ID: id}.Tag(),
		Draw: &chat.Drawing{Kind: chat.Announcement, Period: strconv.FormatUint(id, 10)},
	})
}

// drawAnnouncement tells how far an announcement is.
func (o *Office) drawAnnouncement(tx *storage.Tx, number string) chat.Reply {
	id, _ := strconv.ParseUint(number, 10, 64)
	b, ok := tx.Broadcast(id)
	p, ok2 := tx.Delivery(id)
	if !ok || !ok2 {
		return chat.Reply{Text: "Pengumuman ini tidak ada lagi."}
	}
	head := "⏳ <b>Pengumuman " + number + "</b> sedang dikirim"
	row := []chat.Button{button("Hentikan", "bc", "stop", code(id))}
	switch {
	case p.Left() == 0:
		head, row = "✅ <b>Pengumuman "+number+"</b> selesai dikirim", nil
		if p.Doubtful > 0 {
			head = "⚠️ <b>Pengumuman " + number + "</b> selesai, belum pasti untuk " + strconv.Itoa(p.Doubtful) + " orang"
			row = []chat.Button{button("Kirim lagi ke "+strconv.Itoa(p.Doubtful)+" orang", "bc", "again", code(id))}
		}
	case b.Held:
		head = "⚠️ <b>Pengumuman " + number + "</b> dihentikan oleh " + chat.Escape(nameOf(tx, b.HeldBy))
		row = []chat.Button{button("Lanjutkan", "bc", "on", code(id))}
	}
	lines := []string{head, sentSoFar(p), "Untuk: " + chat.Escape(o.audienceName(b.To)) + " · oleh " + chat.Escape(nameOf(tx, b.By))}
	if p.Doubtful > 0 && p.Left() == 0 {
		lines = append(lines, "Telegram tidak menjawab saat dikirim. Bila dikirim lagi, mungkin ada yang menerima dua kali.")
	}
	words := text.Clip(tx.Unseal(b.Text, "text"), 200)
	r := chat.Reply{Text: strings.Join(lines, "\n") + enclosed(b.File, b.Photo) + "\n\n" + chat.Escape(words)}
	if row != nil {
		r.Buttons = [][]chat.Button{row}
	}
	return r
}

// sentSoFar is how far a delivery is, in figures: terkirim 40 dari 63 · diblokir 2.
func sentSoFar(p storage.Delivery) string {
	line := "Terkirim " + strconv.Itoa(p.Delivered) + " dari " + strconv.Itoa(p.People)
	for _, part := range []struct {
		label string
		n     int
	}{{"diblokir", p.Blocked}, {"tidak bisa dikirim", p.Failed}, {"belum pasti", p.Doubtful}} {
		if part.n > 0 {
			line += " · " + part.label + " " + strconv.Itoa(part.n)
		}
	}
	return line
}

// Answer shows the group what a member answers to an announcement, as an answer to its card. The
// people who report are known there by name; long numbers are hidden.
func (o *Office) Answer(tx *storage.Tx, m storage.Member, id uint64, words string) (chat.Reply, bool) {
	g, ok := tx.StaffGroup()
	if _, known := tx.Broadcast(id); !ok || !known {
		return chat.Reply{}, false
	}
	r := chat.Reply{
		Act: chat.Say, Class: chat.Notice, Chat: g.Chat, Topic: g.Topic,
		Text: "<b>Jawaban</b> · Pengumuman " + strconv.FormatUint(id, 10) + "\n" + chat.Escape(tx.Unseal(m.Name, "name")) + " · " + m.Role.Label() + " " +
			chat.Escape(o.Region.FullName(m.Village)) + "\n" + chat.Escape(text.Clip(text.MaskNIK(words), longText)),
	}
	if p, ok := tx.Posted(storage.Delivery{ID: id}.Tag()); ok && p.Chat == g.Chat {
		r.ReplyTo = p.Message
	}
	return r, true
}
