package flows

import (
	"slices"
	"strings"
)

// Word is a command of the private chat: what it opens, and what Telegram's menu says of it.
type Word struct {
	Command string
	About   string // "" keeps it out of Telegram's menu
	Flow    string // the conversation it opens; "" for pages and others
}

// Words lists the commands in the order of Telegram's menu.
func Words() []Word {
	return []Word{
		{"bantuan", "Lapor bantuan yang diterima", AidReceived},
		{"salurkan", "Lapor bantuan yang disalurkan", AidGiven},
		{"warga", "Warga yang perlu dibantu: cari dan catat", ""},
		{newHousehold, "", Household},
		{noteWord, "", CaseNote},
		{"kematian", "Lapor warga yang meninggal", Death},
		{"rapat", "Lapor rapat", Meeting},
		{"kegiatan", "Kegiatan WKSBM: rencana sampai selesai", Activity},
		{"mitra", "Mitra WKSBM: daftar, cari, tambah", ""},
		{"nihil", "Tidak ada yang dilaporkan bulan ini", ""},
		{"buku", "Buku desa: kas, barang, warga, laporan bulanan", ""},
		{"anggota", "Daftar anggota yang ikut rapat", ""},
		{"profil", "Profil WKSBM desa", ""},
		{"serah", "", ""},
		{"profilubah", "", Profile},
		{"mitrabaru", "", Partner},
		{"hasil", "", ActivityDone},
		{attendeeCommand, "", Attendee},
		{"laporan", "Lihat, ubah atau batalkan laporan saya", ""},
		{"diam", "Pengingat: diam beberapa hari", ""},
		{guidePageName, "Panduan dari Dinsos", ""},
		{"menu", "Kembali ke awal; isian tetap tersimpan", ""},
		{"bantu", "Cara pakai", ""},
		{"batal", "Batalkan isian", ""},
		{"daftar", "Daftar sebagai pelapor", ""},
		{"privasi", "Data apa yang disimpan", ""},
		{ownDataWord, "Salinan data saya", ""},
		{eraseWord, "Minta data saya atau warga dihapus", ""},
	}
}

// commands lists the commands that a member is told of: "/bantuan, /salurkan, …".
func commands() string {
	var out []string
	for _, w := range Words() {
		if w.About != "" && w.Command != "daftar" {
			out = append(out, "/"+w.Command)
		}
	}
	return strings.Join(out, ", ")
}

// FlowOf returns the conversation that a command opens, "" when it opens none.
func FlowOf(command string) string {
	for _, w := range Words() {
		if w.Command == command {
			return w.Flow
		}
	}
	return ""
}

// Begins says whether a command opens a conversation.
func Begins(flow string) bool {
	return slices.ContainsFunc(Words(), func(w Word) bool { return w.Flow == flow })
}

// Meant names the conversation that words said outside of one are for; "" when they are for none.
func Meant(e Env, words string) string {
	switch {
	case SoundsLikeMeeting(e, words):
		return Meeting
	case soundsLikePlan(e, words):
		return Activity
	case soundsLikePartner(words):
		return Partner
	case soundsLikeGift(e, words):
		return AidGiven
	case SoundsLikeAid(e, words):
		return AidReceived
	}
	return ""
}
