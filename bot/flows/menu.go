package flows

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/storage"
)

// Welcome answers somebody who may not report: a stranger, or one whose request waits or was turned
// down.
func Welcome(e Env) chat.Reply {
	card := func(words string, rows ...[]chat.Button) chat.Reply {
		r := screen(words, rows...)
		r.Fresh = true
		return r
	}
	about := []chat.Button{tap("Apa itu WKSBM?", "tentang"), tap("Privasi", "privasi")}
	switch {
	case e.active():
		r := Menu(e)
		r.Fresh = true
		return r
	case e.Registered && e.Member.Erased:
		return card("Data Ibu/Bapak sudah dihapus, sesuai permintaan.\nBila ingin melapor lagi, silakan daftar.", []chat.Button{tap("Daftar", "daftar")}, about)
	case e.oversees():
		return card("Ini untuk pengurus WKSBM di desa.\nPekerjaan TKSK ada di Menu, "+e.call()+".", []chat.Button{tap("Menu", "menu")})
	case e.Registered && e.Member.State == storage.Pending:
		return card("⏳ Pendaftaran sedang diperiksa Dinsos.\nBegitu selesai, kabarnya masuk di sini.", about)
	case e.Registered && e.Member.State == storage.Rejected:
		return card("Pendaftaran yang lalu belum diterima Dinsos.\nBila ada yang keliru, silakan daftar lagi.", []chat.Button{tap("Daftar", "daftar")}, about)
	case e.Registered && e.Member.State == storage.Revoked && successor(e) != "":
		return card("Jabatan ketua sudah diserahterimakan kepada "+chat.Escape(successor(e))+".\nBila masih bertugas di WKSBM, silakan daftar lagi.", []chat.Button{tap("Daftar", "daftar")}, about)
	case e.Registered && e.Member.State == storage.Revoked && e.Member.Role == storage.TKSK:
		return card("Akses TKSK sudah dihentikan Dinsos.\nBila masih bertugas, hubungi "+chat.Escape(e.Privacy.Contact)+".", []chat.Button{tap("Daftar", "daftar")}, about)
	case e.Registered && e.Member.State == storage.Revoked:
		return card("Akses laporan sudah dihentikan Dinsos.\nBila masih bertugas, silakan daftar lagi.", []chat.Button{tap("Daftar", "daftar")}, about)
	}
	rows := [][]chat.Button{{tap("Daftar", "daftar")}, about}
	if e.Group.Chat != 0 {
		rows = append(rows, []chat.Button{tap("Petugas Dinsos", "petugas")})
	}
	return card("Assalamu'alaikum, Ibu/Bapak 🙏\nIni bot laporan WKSBM Dinas Sosial Kabupaten Sumbawa Barat.\n"+
		"Di sini pengurus WKSBM melaporkan bantuan, warga yang perlu dibantu, dan rapat.", rows...)
}

// Accepted tells a person that they may report now.
func Accepted(e Env) chat.Reply {
	if e.oversees() {
		return last("✅ Selamat datang, "+e.title()+".\nSekarang menjadi TKSK "+chat.Escape(e.Region.FullName(e.Member.Village))+" di sini.\n"+
			"Periksa laporan, tindak lanjuti warga, dan lihat rekap lewat Menu.", []chat.Button{tap("Menu", "menu"), tap("Cara pakai", "bantu")})
	}
	return last("✅ Selamat datang, "+e.title()+".\nSekarang bisa melapor untuk "+chat.Escape(e.Region.FullName(e.Member.Village))+".\n"+
		text.FirstStep, []chat.Button{tap("Menu", "menu"), tap("Cara pakai", "bantu")})
}

// Already answers somebody who asks to be let in and is in.
func Already(e Env) chat.Reply {
	r := Menu(e)
	r.Fresh, r.Text = true, "Sudah terdaftar, "+e.title()+".\nSilakan langsung melapor."
	return r
}

// StillReports answers somebody who reports for a village and opens an invite for a TKSK; false when the link
// is none.
func StillReports(e Env, token string) (chat.Reply, bool) {
	in, ok := e.Tx.InviteByToken(token)
	r := Menu(e)
	r.Fresh, r.Text = true, "Undangan ini untuk TKSK, "+e.title()+", dan sekarang masih terdaftar sebagai pelapor desa.\nMohon minta Dinsos mencabut akses itu dulu, lalu buka tautannya lagi."
	return r, ok && in.Role == storage.TKSK && in.Open(e.Now)
}

// TooLate answers the editing of words that became a report already.
func TooLate(e Env) chat.Reply {
	r := screen("Laporan yang sudah dikirim belum berubah, "+e.call()+".\nUntuk memperbaiki: buka Laporan saya, pilih nomornya, lalu Ubah.",
		[]chat.Button{myReports(), tap("Menu", "menu")})
	r.Fresh = true
	return r
}

// Stock shows what the village has in its book.
func Stock(e Env) chat.Reply {
	var sums []storage.Line
	for _, s := range e.Tx.Village(e.Member.Village).Stock {
		sums = goods.Join(sums, storage.Line{Item: s.Item, Unit: s.Unit, Quantity: s.Quantity})
	}
	r := Menu(e)
	r.Fresh, r.Text = true, "📒 <b>Buku "+chat.Escape(e.Region.FullName(e.Member.Village))+"</b>\nBelum ada isinya."
	var have []string
	for _, l := range sums {
		have = append(have, inBook(l))
	}
	if len(have) > 0 {
		r.Text = "📒 <b>Buku " + chat.Escape(e.Region.FullName(e.Member.Village)) + "</b>\nSisa di buku desa: " + chat.Escape(strings.Join(have, ", ")) + "."
	}
	return r
}

// Menu shows where an active member can go.
func Menu(e Env) chat.Reply {
	v := e.Tx.Village(e.Member.Village)
	words := "<b>" + chat.Escape(e.Region.FullName(e.Member.Village)) + "</b>\nMau apa, " + e.title() + "?"
	if v.Reports == 0 {
		words += "\nDesa ini belum punya laporan."
	}
	rows := menuRows([]place{{"📥 Terima", "bantuan"}, {"📤 Salurkan", "salurkan"}, {"🏠 Warga", "warga"}, {"👥 Rapat", "rapat"}, {"Kegiatan", "kegiatan"}, {"Mitra", "mitra"}})
	last := menuRows([]place{{"📒 Buku desa", "buku"}, {"Nihil bulan ini", "nihil"}})
	rows = append(rows, last...)
	return screen(words, append(rows, []chat.Button{myReports(), tap("Lainnya", "lainnya")})...)
}

// place is somewhere to go: a button and the command it stands for.
type place struct{ label, command string }

// menuRows lays the places out, two a row; those that nothing opens are left out.
func menuRows(places []place) [][]chat.Button {
	var rows [][]chat.Button
	for _, p := range places {
		switch n := len(rows); {
		case !opens(p.command):
		case n > 0 && len(rows[n-1]) < 2:
			rows[n-1] = append(rows[n-1], tap(p.label, p.command))
		default:
			rows = append(rows, []chat.Button{tap(p.label, p.command)})
		}
	}
	return rows
}

// opens says whether a command opens a conversation or a page.
func opens(command string) bool {
	return FlowOf(command) != "" || slices.ContainsFunc(Pages(), func(p Page) bool { return p.Command && p.Name == command })
}

// othersPage is the second part of the menu.
func othersPage() Page {
	return Page{Name: "lainnya", Command: true, Show: func(e Env, _ []string) []chat.Reply {
		places := []place{{"Daftar anggota", "anggota"}, {"Profil WKSBM", "profil"}, {"Lapor kematian", "kematian"}, {"Serah terima", "serah"}, {"Pengingat", "diam"}, {"Panduan", guidePageName}}
		if !e.isKetua() {
			places = slices.DeleteFunc(places, func(p place) bool { return p.command == handOverPageName })
		}
		rows := menuRows(places)
		rows = append(rows, []chat.Button{tap("Cara pakai", "bantu"), tap("Privasi", "privasi")}, []chat.Button{tap("‹ Menu", "menu")})
		return []chat.Reply{screen("<b>Lainnya</b>\nMau ke mana, "+e.call()+"?", rows...)}
	}}
}

// Idle answers words that belong to nothing, of an active member outside a conversation.
func Idle(e Env, in chat.Input) chat.Reply {
	r := Menu(e)
	r.Fresh = true
	switch in.Kind {
	case chat.Text:
		if greets(in.Text) {
			r.Text = "Wa'alaikumussalam, " + e.title() + " 🙏\nMau melapor apa hari ini?"
			switch w := text.Fold(in.Text); {
			case salam(in.Text):
			case strings.HasPrefix(w, "selamat ") || w == "pagi" || w == "siang" || w == "sore" || w == "malam" || w == "halo" || w == "hai":
				r.Text = "Halo, " + e.title() + " 🙏\nMau melapor apa hari ini?"
			default:
				r.Text = "Terima kasih, " + e.title() + " 🙏\nMau melapor apa hari ini?"
			}
			return r
		}
		r.Text = "Kami membaca " + flow.Quote(in.Text) + ", belum paham maksudnya, " + e.call() + ".\nSilakan pilih tombolnya, atau tulis misalnya: beras 20 kg"
		switch w := text.Fold(in.Text); {
		case w == "kirim" || w == "sudah" || w == "selesai":
			r.Text = "Tidak ada isian yang menunggu dikirim, " + e.call() + ".\nYang sudah dikirim ada di Laporan saya."
		case asksMeeting.MatchString(in.Text):
			r.Text = nextMeeting(e)
		case asksBook(in.Text):
			r = anyBook(e, in.Text)
			r.Fresh = true
		case asksStock.MatchString(in.Text):
			return Stock(e)
		case mistaken.MatchString(in.Text):
			return TooLate(e)
		case inTrouble.MatchString(in.Text):
			r.Text = "Kami membaca " + flow.Quote(in.Text) + ". Ada warga yang perlu dibantu, " + e.call() + "?\nCatat di sini, supaya Dinsos tahu."
			r.Buttons = [][]chat.Button{newCaseRow(), {tap("Menu", "menu")}}
		case asksHow.MatchString(in.Text):
			return Help(e)
		case nothing(in.Text, e.Now):
			r = askNothing(e)
			r.Fresh = true
		}
	case chat.Photo:
		r.Text = "Fotonya untuk laporan apa, " + e.call() + "?\nPilih laporannya, lalu tambahkan fotonya di sana."
	default:
		r.Text = "Kami belum bisa membaca kiriman itu, " + e.call() + ".\nMohon ditulis, atau pilih tombol."
	}
	return r
}

// Help says how it works.
func Help(e Env) chat.Reply {
	if !e.active() {
		return Welcome(e)
	}
	r := screen("<b>Cara pakai</b>\nPilih tombol di Menu, atau langsung ditulis, misalnya:\n"+
		"• <i>beras 20 kg dari H. Ahmad</i>\n"+
		"• <i>salurkan beras 5 kg ke Bu Siti RT 03</i>\n"+
		"• <i>warga baru Siti Aminah RT 03, 4 jiwa, lansia</i>\n"+
		"• <i>rapat rutin kemarin, hadir 12 orang</i>\n"+
		"• <i>buku kas oktober</i>\n"+
		"Ada yang keliru? Buka Laporan saya, pilih nomornya, lalu Ubah.",
		[]chat.Button{tap("Panduan", guidePageName), myReports()}, []chat.Button{tap("Menu", "menu")})
	r.Fresh = true
	return r
}

// About says what WKSBM is.
func About(e Env) chat.Reply {
	r := screen("<b>Apa itu WKSBM?</b>\nWahana Kesejahteraan Sosial Berbasis Masyarakat: warga desa saling menolong, " +
		"mengumpulkan bantuan, dan membagikannya kepada yang membutuhkan.\nLewat bot ini pengurus mencatat bantuan, warga dan rapat; bukunya tersusun sendiri, rekapnya dibaca Dinsos.")
	r.Act, r.Buttons = chat.Say, exits(e)
	return r
}

// PrivacyText is the notice of /privasi (UU 27/2022).
func PrivacyText(e Env) chat.Reply {
	p := e.Privacy
	r := screen("<b>Privasi</b>\n" +
		"<b>Pengendali data:</b> " + chat.Escape(p.Controller) + ".\n" +
		"<b>Yang disimpan:</b> nama, peran, desa, nomor HP (bila diisi), isi laporan, dan waktu persetujuan.\n" +
		"<b>Tentang warga:</b> nama, alamat, keadaan, dan bila diberikan NIK, foto rumah dan lokasi, dengan persetujuannya; tanpa itu inisial saja. Anggota: nama dan jabatan. Kontak mitra: nama dan nomor, bila ia setuju.\n" +
		"<b>Dasarnya:</b> persetujuan Ibu/Bapak dan warga, dan tugas pelayanan sosial (UU 27/2022 Pasal 20).\n" +
		"<b>Untuk apa:</b> mencatat, menyalurkan dan merekap bantuan, membantu warga yang memerlukan, dan menyusun buku desa. Nama, alamat, NIK, nomor HP dan catatan disimpan terkunci.\n" +
		"<b>Siapa yang melihat:</b> grup Dinsos: jumlah, jenis, desa dan nama pendaftar, tanpa nama warga, pemberi, NIK dan catatan. " +
		"Buku desa: pelapor desa itu; berkasnya hanya ketua dan pengurus, tanpa NIK dan nama kasus sensitif.\n" +
		"<b>Lewat mana:</b> Telegram, yang servernya di luar negeri.\n" +
		"<b>Berapa lama:</b> " + retention(p.Retention) + "\n" +
		"<b>Hak Ibu/Bapak:</b> /data_saya memberi salinannya; /hapus_data menarik persetujuan dan meminta data dihapus, dijawab paling lambat 3×24 jam.\n" +
		"<b>Bertanya atau memperbaiki:</b> " + chat.Escape(p.Contact) + ".\n" +
		"Versi " + chat.Escape(p.Version))
	r.Act, r.Buttons = chat.Say, exits(e)
	return r
}

// retention says how long the data of residents is kept.
func retention(months int) string {
	switch {
	case months == 0:
		return "selama didampingi WKSBM, sampai diminta dihapus."
	case months%12 == 0:
		return "data warga sampai " + strconv.Itoa(months/12) + " tahun sesudah kabar terakhirnya, lalu dihapus; jumlahnya tetap."
	}
	return "data warga sampai " + strconv.Itoa(months) + " bulan sesudah kabar terakhirnya, lalu dihapus; jumlahnya tetap."
}

func exits(e Env) [][]chat.Button {
	if e.active() || e.oversees() {
		return [][]chat.Button{{tap("Menu", "menu")}}
	}
	if e.Registered && e.Member.State == storage.Pending {
		return nil
	}
	return [][]chat.Button{{tap("Daftar", "daftar")}}
}

// UnknownCommand answers a command that does not exist.
func UnknownCommand(e Env, name string) chat.Reply {
	words := "Perintah /" + chat.Escape(name) + " belum ada."
	if !e.active() {
		return chat.Reply{Act: chat.Say, Class: chat.Screen, Text: words + "\nYang ada: /daftar, /privasi, /tentang"}
	}
	return chat.Reply{Act: chat.Say, Class: chat.Screen, Text: words + "\nYang ada: " + commands()}
}
