package office

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// The limits of guides: a title is a button on a phone, and the list is one message.
const (
	longTitle  = 60
	mostGuides = 30
)

// guide answers /materi: with a title and a file it stores a guide, without it lists them.
func (d *desk) guide() error {
	title, file := strings.Join(strings.Fields(d.in.Command.Args), " "), d.in.File
	if q := d.in.Quoted; q != nil && file == nil {
		file = q.File
	}
	switch {
	case title == "" && file == nil:
		d.guides(d.say)
		return nil
	case title == "":
		d.say("<b>Apa judulnya?</b>\nUlangi dengan judul, misalnya: /materi Panduan buku kas")
		return nil
	case file == nil:
		d.say("Berkasnya belum ada. Kirim berkas atau foto ke grup, lalu balas dengan:\n/materi " + chat.Escape(text.Clip(title, longTitle)))
		return nil
	case utf8.RuneCountInString(title) > longTitle:
		d.say("Judulnya terlalu panjang, paling panjang " + strconv.Itoa(longTitle) + " huruf. Misalnya: /materi Panduan buku kas")
		return nil
	case text.MeantNIK(title):
		d.say("Di judulnya ada nomor seperti NIK atau No KK. Mohon tulis judul lain.")
		return nil
	case len(d.tx.Guides()) >= mostGuides:
		d.say("Sudah ada " + strconv.Itoa(mostGuides) + " materi. Hapus satu dulu lewat /materi.")
		return nil
	}
	g := storage.Guide{ID: d.tx.NextGuide(), Title: title, File: file.ID, Photo: file.Photo}
	if err := d.record(0, storage.GuideAdded{Guide: g}); err != nil {
		return err
	}
	d.say("✅ Materi tersimpan: <b>"+chat.Escape(title)+"</b>\nPelapor menemukannya di Menu → Lainnya → Panduan, atau /panduan.",
		[]chat.Button{button("Hapus", "gd", "ask", code(g.ID)), button("Semua materi", "gd", "list")})
	return nil
}

// guides lists what is stored.
func (d *desk) guides(show func(string, ...[]chat.Button)) {
	list := d.tx.Guides()
	if len(list) == 0 {
		show("<b>Belum ada materi.</b>\nKirim berkas atau foto ke grup, lalu balas dengan judulnya, misalnya:\n/materi Panduan buku kas")
		return
	}
	lines := []string{"<b>Materi untuk pelapor</b>"}
	var rows [][]chat.Button
	for i, g := range list {
		lines = append(lines, strconv.Itoa(i+1)+". "+chat.Escape(g.Title)+" · "+text.PlainDate(g.At.In(d.now.Location())))
		rows = append(rows, []chat.Button{button("Hapus: "+text.Clip(g.Title, 40), "gd", "ask", code(g.ID))})
	}
	show(strings.Join(lines, "\n"), rows...)
}

// turnGuide takes a press below the guides. A guide goes at the second press.
func (d *desk) turnGuide(act, words string) error {
	id, err := strconv.ParseUint(words, 36, 64)
	g, ok := d.tx.Guide(id)
	switch {
	case act == "list":
		d.guides(d.edit)
		return nil
	case err != nil || !ok || act != "ask" && act != "rm":
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	case g.Retired:
		d.toast("Materi ini sudah dihapus.")
		d.guides(d.edit)
		return nil
	case act == "ask":
		d.edit("<b>Hapus "+chat.Escape(g.Title)+"?</b>\nPelapor tidak menemukannya lagi.", []chat.Button{button("Tidak", "gd", "list"), button("Ya, hapus", "gd", "rm", words)})
		return nil
	}
	if err := d.record(0, storage.GuideRemoved{ID: id}); err != nil {
		return err
	}
	d.toast("Materi dihapus.")
	d.guides(d.edit)
	return nil
}
