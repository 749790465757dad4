package office

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// homeRooms are the places of a TKSK's menu, by the command that opens each.
func homeRooms() []homeRoom {
	return []homeRoom{
		{"Periksa", Queue, "<i>periksa</i>: laporan yang menunggu, yang tertua dulu"},
		{"Kasus", "tindak_lanjut", "<i>/tindak_lanjut</i>: kasus dan langkah berikutnya"},
		{"Cari warga", Search, "<i>/cari siti</i> atau <i>/rincian 131</i>: satu warga, satu laporan"},
		{"Rekap", "rekap", "<i>rekap minggu</i> atau <i>rekap bulan lalu Seloto</i>"},
		{"Desa diam", "diam", "<i>desa diam</i>: siapa yang belum melapor, dan pengingatnya"},
	}
}

type homeRoom struct{ label, command, about string }

// Home is the menu of a TKSK.
func (o *Office) Home(tx *storage.Tx, m storage.Member) chat.Reply {
	d := &desk{Office: o, tx: tx, private: true, access: Access{District: m.Village}}
	r := home("<b>"+chat.Escape(o.Region.FullName(m.Village))+"</b>\nMau apa, "+calling(tx, m)+"?", len(d.matters(0)))
	r.Buttons = append(r.Buttons, []chat.Button{menuTap("Panduan", "panduan"), menuTap("Cara pakai", "bantu")})
	return r
}

// StaffHome is the menu of somebody who sits in the Dinsos group. What it opens looks at their right.
func StaffHome() chat.Reply {
	r := home("<b>Petugas Dinsos</b>\nKartu dan perintah lain ada di grup; yang memuat data orang dibuka di sini.", 0)
	last := len(r.Buttons) - 1
	r.Buttons[last] = append(r.Buttons[last], menuTap("Cara pakai", "bantu"))
	return r
}

// home is a menu of the office's rooms. So many reports wait in the queue.
func home(words string, waiting int) chat.Reply {
	r := chat.Reply{Act: chat.Show, Class: chat.Screen, Text: words}
	var row []chat.Button
	for _, at := range homeRooms() {
		if _, built := rooms()[at.command]; !built {
			continue
		}
		label := at.label
		if at.command == Queue && waiting > 0 {
			label += " " + strconv.Itoa(waiting)
		}
		if row = append(row, menuTap(label, at.command)); len(row) == 2 {
			r.Buttons, row = append(r.Buttons, row), nil
		}
	}
	if len(row) > 0 {
		r.Buttons = append(r.Buttons, row)
	}
	return r
}

// menuTap is a button that gives a command in private.
func menuTap(label string, words ...string) chat.Button {
	return chat.Button{Label: label, Data: chat.NewTap("m", words...).Data()}
}

// HelpTKSK says what a TKSK can do here.
func HelpTKSK() chat.Reply {
	lines := []string{"<b>Cara pakai untuk TKSK</b>", "Pilih tombol di Menu, atau ditulis:"}
	for _, at := range homeRooms() {
		if _, built := rooms()[at.command]; built {
			lines = append(lines, "• "+at.about)
		}
	}
	lines = append(
		lines, "• <i>/desa Seloto</i>, <i>/laporan_bulanan oktober</i>, <i>/ekspor bulan lalu</i>",
		"• <i>/hapus_data 131</i>: warga minta datanya dihapus",
	)
	return chat.Reply{
		Act: chat.Say, Class: chat.Notice, Text: strings.Join(lines, "\n"),
		Buttons: [][]chat.Button{{menuTap("Menu", "menu")}},
	}
}

// Spoken finds in plain words the private command that a TKSK or staff mean.
func Spoken(words string) (chat.Order, bool) {
	w := text.Fold(words)
	if rest, silent := strings.CutPrefix(w, "desa diam"); silent {
		w = "diam" + rest
	}
	name, args, _ := strings.Cut(w, " ")
	r, ok := rooms()[name]
	return chat.Order{Name: name, Args: args}, ok && r.mine
}

// here is the place that whoever speaks looks after: everything for staff, 0, or a kecamatan.
func (d *desk) here() region.Code {
	if d.staff {
		return 0
	}
	return d.access.District
}

// placeIn says which argument of a button names the place it is about.
func placeIn(verb string) int {
	return map[string]int{"rekap": 2, "text": 2, "file": 3, "desa": 1, "mon": 2, "exp": 2}[verb]
}

// reaches says whether a TKSK may press a button: it is one for them, and about a place of theirs. What
// names no place looks at it itself (sees, here).
func (d *desk) reaches(t chat.Tap) bool {
	if !d.private || d.access.None() || !forTKSK(t.Arg(0)) {
		return false
	}
	at := placeIn(t.Arg(0))
	if at == 0 {
		return true
	}
	place, err := region.ParseCode(t.Arg(at))
	return err == nil && d.sees(place)
}

// outside tells a TKSK that something is not of the own kecamatan.
func (d *desk) outside() {
	words := "Ini di luar tugas TKSK " + d.Region.FullName(d.access.District) + "."
	if d.in.Kind == chat.Tapped {
		d.toast(words)
		return
	}
	d.say(chat.Escape(words))
}

// narrow keeps the buttons that a TKSK sees within the own kecamatan: the way up ends there. What goes to others
// is theirs.
func (d *desk) narrow(r *chat.Reply) {
	if d.staff || r.Chat != 0 && r.Chat != d.in.Chat.ID {
		return
	}
	for i, row := range r.Buttons {
		r.Buttons[i] = slices.DeleteFunc(slices.Clone(row), d.beyond)
	}
	r.Buttons = slices.DeleteFunc(r.Buttons, func(row []chat.Button) bool { return len(row) == 0 })
}

// beyond says whether a button leads out of the kecamatan of a TKSK.
func (d *desk) beyond(b chat.Button) bool {
	t, err := chat.ParseTap(b.Data)
	switch {
	case err != nil:
		return false
	case t.To == "m" && t.Arg(0) == Origin:
		return !d.sees(originPlace(t.Arg(1)))
	case t.To == Room && !forTKSK(t.Arg(0)):
		return true
	case t.To == Room && placeIn(t.Arg(0)) != 0:
		place, _ := region.ParseCode(t.Arg(placeIn(t.Arg(0))))
		return !d.sees(place)
	}
	return false
}

// originPlace is the place that the payload of a link to the origin of numbers names; 0 for everything.
func originPlace(args string) region.Code {
	if parts := strings.Split(args, "_"); len(parts) > 1 {
		code, _ := region.ParseCode(parts[1])
		return code
	}
	return 0
}
