package office

import (
	"wksbm/bot/chat"
	"wksbm/bot/text"
)

// unwanted takes a message with a NIK or No KK out of the group; false when it has none. Its words go
// nowhere: no command in it is done.
func (d *desk) unwanted() bool {
	if !d.staff || d.in.Kind == chat.Tapped || !text.MeantNIK(d.in.Text) && !text.MeantNIK(d.in.Command.Args) {
		return false
	}
	gone, there := "Data warga dibuka di obrolan pribadi dengan bot.", "Bila bot dijadikan admin dengan izin menghapus pesan, kami yang menghapusnya."
	switch {
	case d.in.Kind == chat.Command:
		gone = "Perintahnya belum dijalankan; mohon ditulis lagi tanpa nomor itu."
		there = gone
	case d.in.ReplyTo != 0:
		gone = "Mohon dibalas lagi tanpa nomor itu."
		there = gone
	}
	d.out = append(d.out, chat.Reply{
		Act: chat.Delete, Class: chat.Notice, Message: d.in.Message, // may be done twice
		Text: "Pesan berisi NIK kami hapus dari grup.\n" + gone, Otherwise: "⚠️ Pesan ini berisi NIK. Mohon dihapus dari grup.\n" + there,
	})
	return true
}
