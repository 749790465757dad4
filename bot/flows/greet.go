package flows

import (
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
	case "nihil", "tidak ada", "tdk ada", "gak ada", "belum ada", "kosong", "tidak ada bantuan", "belum ada bantuan", "nihil bulan ini":
		return true
	}
	return false
}

// greets says whether words are a greeting or thanks and nothing more.
func greets(words string) bool {
	if salam(words) {
		return true
	}
	switch text.Fold(words) {
	case "halo", "hallo", "hai", "hi", "p", "pagi", "siang", "sore", "malam", "selamat pagi", "selamat siang", "selamat sore", "selamat malam",
		"terima kasih", "terimakasih", "makasih", "mks", "trims", "ok", "oke", "baik", "siap", "sip":
		return true
	}
	return false
}
