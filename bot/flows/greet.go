package flows

import (
	"regexp"
	"strings"

	"wksbm/bot/text"
)

// salam says whether words are the Islamic greeting, which is answered in its own form.
func salam(words string) bool {
	w := text.Fold(words)
	return strings.HasPrefix(w, "ass") && strings.Contains(w, "kum") || w == "asw" || w == "aslm"
}

// nothing says whether words tell that no aid came.
func nothing(words string) bool {
	switch text.Fold(words) {
	case "nihil", "ndak ada", "nda ada", "ndak ada bantuan", "siong ada", "siong ada bantuan", "nongka ada", "gak ada bantuan", "bantuan tidak ada", "bantuan ndak ada", "bantuan ndak ada bulan ini", "tidak ada bulan ini", "tidak ada", "tdk ada", "gak ada", "belum ada", "kosong", "tidak ada bantuan", "belum ada bantuan", "nihil bulan ini":
		return true
	}
	return false
}

// vocative are the words that address somebody at the end of a greeting.
var vocative = regexp.MustCompile(`( (bu|buk|ibu|pak|bapak|kak|min|admin|ya|semua|banyak))+$`)

var (
	inTrouble = regexp.MustCompile(`(?i)\b(sakit|kebakaran|banjir|longsor|terlantar|telantar|tinggal sendiri|butuh|perlu|minta|mohon bantu\w*|belum dapat|blm dapat|kelaparan|meninggal)\b`)
	mistaken  = regexp.MustCompile(`(?i)\blaporan\b.*\b(salah|keliru|hapus|dihapus|perbaiki|diperbaiki|ubah|diubah|batal\w*)\b|\b(hapus|perbaiki|diperbaiki|ubah|batalkan)\b.*\blaporan\b`)
	asksStock = regexp.MustCompile(`(?i)\b(stok|stock|sisa)\b`)
	asksHow   = regexp.MustCompile(`(?i)\b(cara(nya)?|bagaimana|gimana|bingung|lupa|tidak tahu cara\w*)\b`)
)

// greets says whether words are a greeting or thanks and nothing more.
func greets(words string) bool {
	if salam(words) {
		return true
	}
	switch vocative.ReplaceAllString(text.Fold(words), "") {
	case "iya", "ya", "sama sama", "terima kasih banyak", "makasih banyak", "halo", "hallo", "hai", "hi", "p", "pagi", "siang", "sore", "malam", "selamat pagi", "selamat siang", "selamat sore", "selamat malam",
		"terima kasih", "terimakasih", "makasih", "mks", "trims", "ok", "oke", "baik", "siap", "sip":
		return true
	}
	return false
}
