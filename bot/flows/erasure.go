package flows

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// eraseWord is the command that asks for data to be erased: one's own, or with a number a resident's.
const eraseWord = "hapus_data"

// What stands behind the command, or on its buttons.
const (
	eraseOwn   = "saya"
	eraseSure  = "ya"
	eraseOther = "warga"
)

// erasePage is /hapus_data. Nothing is erased here: the wish goes to Dinsos.
func erasePage() Page {
	return Page{Name: eraseWord, Command: true, Anyone: true, Show: func(e Env, args []string) []chat.Reply {
		what, _, _ := strings.Cut(argAt(args, 0), " ")
		sure := argAt(args, 1) == eraseSure
		switch n, err := strconv.ParseUint(strings.TrimPrefix(strings.ToLower(what), "no."), 10, 64); {
		case !e.Registered:
			return []chat.Reply{screen("Belum ada data Ibu/Bapak di sini.\nYang disimpan dari pendaftar dijelaskan di Privasi.", []chat.Button{tap("Privasi", "privasi")})}
		case what == eraseOwn:
			return eraseSelf(e, sure)
		case !e.active():
			return eraseSelf(e, false)
		case what == eraseOther:
			return []chat.Reply{screen("<b>Data warga yang mana, "+e.call()+"?</b>\nBuka warganya, tekan Tutup catatan, lalu Hapus data warga.\n<i>Atau tulis nomornya: /hapus_data 0131</i>",
				[]chat.Button{tap("Daftar warga", "warga"), tap("‹ Menu", "menu")})}
		case err == nil:
			return eraseResident(e, n, sure)
		}
		return []chat.Reply{screen("<b>Data siapa yang diminta dihapus, "+e.call()+"?</b>\nPermintaannya dijawab Dinsos paling lambat 3×24 jam.",
			[]chat.Button{pageTap("Data saya", eraseWord, eraseOwn), pageTap("Data warga", eraseWord, eraseOther)}, []chat.Button{tap("‹ Menu", "menu")})}
	}}
}

func eraseTap(n uint64) chat.Button {
	return tap("Hapus data warga", eraseWord, strconv.FormatUint(n, 10))
}

// eraseSelf asks whether one's own data is to be erased, and passes the wish on.
func eraseSelf(e Env, sure bool) []chat.Reply {
	if e.Member.Erased {
		return []chat.Reply{screen("Data Ibu/Bapak sudah dihapus.\nPesan lama di obrolan ini bisa dihapus sendiri.")}
	}
	if r, ok := e.Tx.WaitingErasure(0, e.Who.ID); ok {
		return []chat.Reply{awaitErasure(e, r)}
	}
	if !sure {
		return []chat.Reply{screen("<b>Minta data "+e.address()+" dihapus?</b>\nNama dan nomor HP dihapus, dan tidak bisa melapor lagi.\nLaporan yang lalu tetap dihitung, tanpa nama.",
			[]chat.Button{tap("Tidak", "menu"), pageTap("Ya, minta dihapus", eraseWord, eraseOwn, eraseSure)})}
	}
	return askErasure(e, storage.Erasure{Member: e.Who.ID}, e.Member.Village)
}

// eraseResident asks whether a resident wishes it, and passes the wish on.
func eraseResident(e Env, n uint64, sure bool) []chat.Reply {
	r, ok := e.Tx.Subject(n)
	c, isCase := e.Tx.Case(r.Number)
	switch {
	case r.Number != 0 && r.Village == e.Member.Village && e.Tx.ReportErased(r):
		return []chat.Reply{erasedCard(n)}
	case !ok || r.Village != e.Member.Village || isCase && !mayAct(e, c) || !isCase && !mine(e, r):
		return []chat.Reply{screen("Data warga dengan nomor itu tidak ada di daftar Anda.", []chat.Button{tap("Daftar warga", "warga"), tap("Menu", "menu")})}
	}
	if asked, waits := e.Tx.WaitingErasure(r.Number, 0); waits {
		return []chat.Reply{awaitErasure(e, asked)}
	}
	if !sure {
		words := "<b>Orang di laporan No. " + Number(r.Number) + " minta datanya dihapus?</b>\nNama dan catatannya dihapus untuk selamanya; jumlahnya tetap dihitung."
		if isCase {
			words = "<b>" + chat.Escape(caseName(e, c)) + " minta datanya dihapus?</b>\nNama, alamat, NIK, foto dan catatannya dihapus untuk selamanya.\nJumlah bantuannya tetap dihitung."
		}
		n := strconv.FormatUint(r.Number, 10)
		return []chat.Reply{screen(words, []chat.Button{tap("Tidak", "menu"), pageTap("Ya, minta dihapus", eraseWord, n, eraseSure)})}
	}
	return askErasure(e, storage.Erasure{Report: r.Number}, r.Village)
}

// askErasure records the wish and puts it before staff.
func askErasure(e Env, r storage.Erasure, village region.Code) []chat.Reply {
	r.ID = e.Tx.NextErasure()
	must(e.Tx.Record(e.Now, e.Who.ID, village, storage.ErasureAsked{Erasure: r}))
	r, _ = e.Tx.Erasure(r.ID)
	return slices.Concat([]chat.Reply{awaitErasure(e, r)}, e.post("erasure", r.ID))
}

func awaitErasure(e Env, r storage.Erasure) chat.Reply {
	what := "data " + e.address()
	if r.Report != 0 {
		what = "data warga No. " + Number(r.Report)
	}
	due := r.Due().In(e.Now.Location())
	reply := screen("⏳ Permintaan hapus " + what + " sudah sampai di Dinsos.\nDijawab paling lambat " + text.Date(due) + ", " + text.Clock(due) + ".\nKabarnya masuk di sini.")
	if e.active() {
		reply.Buttons = [][]chat.Button{{tap("Menu", "menu")}}
	}
	return reply
}

// erasedWords stand where the data of a resident was.
const erasedWords = "🏠 Data warga sudah dihapus."

func erasedCard(n uint64) chat.Reply {
	return screen(erasedWords+"\nNo. "+Number(n)+" tetap dihitung, tanpa nama.", []chat.Button{tap("Daftar warga", "warga"), tap("Menu", "menu")})
}
