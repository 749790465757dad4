package office

import (
	"strconv"
	"strings"

	"wksbm/bot/chat"
)

// topic is some commands of a kind. A line begins with the command and an example of what may follow it.
type topic struct {
	head  string
	lines []string
}

// groupTopics are the commands of the Dinsos group.
func groupTopics() []topic {
	return []topic{
		{"Membaca", []string{
			"/rekap bulan Taliwang bantuan — masa, tempat dan jenis",
			"/desa Seloto — satu desa di satu halaman",
			"/papan — papan bulan ini, disematkan",
			"/laporan_bulanan oktober Taliwang — surat PDF",
			"/ekspor bulan lalu — Excel, tanpa nama warga",
		}},
		{"Memeriksa", []string{
			"/periksa — yang menunggu, yang tertua dulu",
			"/perbaikan — perubahan laporan",
			"/tindak_lanjut Taliwang — warga yang ditangani",
			"/rincian 131, /cari — dibuka di obrolan pribadi",
		}},
		{"Desa dan pelapor", []string{
			"/diam — desa yang diam, dan pengingatnya",
			"/umumkan kecamatan Taliwang — pengumuman",
			"/materi Buku kas — balas berkasnya: masuk Panduan",
			"/undang Seloto ketua — tautan; /undang semua: kode QR",
			"/undangan — yang belum dipakai",
			"/pendaftaran — yang menunggu",
			"/anggota Seloto — siapa yang melapor",
		}},
		{"Data warga dan setelan", []string{
			"/hapus_data 131 — warga minta dihapus; Seloto: pelapornya",
			"/retensi — yang lewat masa simpan",
			"/salinan 131 — salinan untuk orangnya",
			"/akses 131 — siapa yang membukanya (admin)",
			"/insiden — formulir bila data bocor (admin)",
			"/setelan — jam, kartu, sebutan, kontak (admin)",
		}},
	}
}

// privateTopics are the commands that staff give in their own chat.
func privateTopics() []topic {
	return []topic{
		{"", []string{
			"/periksa — yang menunggu, yang tertua dulu",
			"/tindak_lanjut — warga yang ditangani",
			"/cari — nama, nomor laporan, NIK atau No. KK",
			"/rincian 131 — satu laporan",
			"/rekap minggu, /desa Seloto, /diam",
			"/laporan_bulanan oktober, /ekspor bulan lalu",
			"/salinan 131 — salinan untuk orangnya",
		}},
		{"Administrator grup", []string{
			"/akses 131 — siapa yang membukanya",
			"/insiden — formulir bila data bocor",
		}},
	}
}

func spelled(all []topic) string {
	var out []string
	for _, t := range all {
		if t.head != "" {
			out = append(out, "\n<b>"+t.head+"</b>")
		}
		out = append(out, t.lines...)
	}
	return strings.Join(out, "\n")
}

// groupHelp says what staff can do in the group.
func groupHelp() string {
	return "<b>Di grup ini</b>\nYang baru masuk sebagai kartu: tekan tombolnya.\n" + spelled(groupTopics())
}

// HelpStaff says what somebody who sits in the Dinsos group can do in private.
func HelpStaff() chat.Reply {
	return chat.Reply{
		Act: chat.Say, Class: chat.Notice, Text: "<b>Cara pakai untuk petugas</b>\nPilih tombol di Menu, atau ditulis:\n\n" + spelled(privateTopics()),
		Buttons: [][]chat.Button{{menuTap("Menu", "menu")}},
	}
}

// leadToPrivate answers in the group a command of the private chat, where people are named.
func (d *desk) leadToPrivate(name, args string) {
	words := "Ini dibuka di obrolan pribadi dengan bot."
	if d.name() == "" {
		d.say(words + "\nDi sana tulis: /" + name)
		return
	}
	if n, err := strconv.ParseUint(strings.TrimPrefix(strings.ToLower(args), "no."), 10, 64); err == nil {
		name += "_" + number(n)
	}
	d.say(words, []chat.Button{{Label: "Buka", URL: Link(d.name(), name)}})
}
