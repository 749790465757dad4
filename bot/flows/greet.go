package flows

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/text"
)

// salam says whether words are the Islamic greeting, which is answered in its own form.
func salam(words string) bool {
	w := text.Fold(words)
	return strings.HasPrefix(w, "ass") && strings.Contains(w, "kum") || w == "asw" || w == "aslm"
}

// nothingTold are the ways to say that there was nothing.
var nothingTold = regexp.MustCompile(`^(?:(?:bantuan|laporan|kegiatan) )?(?:nihil|kosong|(?:tidak|tdk|tak|ndak|nda|gak|ga|nggak|enggak|belum|blm|siong|nongka) ada)(?: (?:bantuan|laporan|laporannya|kegiatan|yang|yg|mau|bisa|di|dilaporkan|laporkan|apa|apa2|masuk|untuk|utk|bulan|bln|ini|lalu|kemarin))*$`)

// nothing says whether words tell that there is nothing to report.
func nothing(words string, now time.Time) bool {
	w := vocative.ReplaceAllString(text.Fold(words), "")
	if rest, last, ok := cutLast(w); ok {
		if _, month := text.ParseMonth(last, now); month {
			w = rest
		}
	}
	return nothingTold.MatchString(w)
}

// cutLast cuts the last word off.
func cutLast(words string) (rest, last string, ok bool) {
	i := strings.LastIndexByte(words, ' ')
	if i < 0 {
		return "", "", false
	}
	return words[:i], words[i+1:], true
}

// vocative are the words that address somebody at the end of a greeting.
var vocative = regexp.MustCompile(`( (bu|buk|ibu|pak|bapak|kak|min|admin|ya|semua|banyak))+$`)

var (
	inTrouble = regexp.MustCompile(`(?i)\b(sakit|kebakaran|banjir|longsor|terlantar|telantar|tinggal sendiri|butuh|perlu|minta|mohon bantu\w*|belum dapat|blm dapat|kelaparan|meninggal)\b`)
	// correcting begins words that put an earlier report right: they are no new one.
	correcting = regexp.MustCompile(`(?i)^\s*((maaf|aduh|eh|bu|buk|ibu|pak|bapak|min|admin|kak)[,.\s]+)*(salah|keliru|ralat|koreksi|harusnya|seharusnya|(yang|yg) benar)\b|\btadi\b.*\b(salah|keliru|harusnya|seharusnya)\b`)
	mistaken   = regexp.MustCompile(`(?i)\blaporan\b.*\b(salah|keliru|hapus|dihapus|perbaiki|diperbaiki|ubah|diubah|batal\w*)\b|\b(hapus|perbaiki|diperbaiki|ubah|batalkan)\b.*\blaporan\b`)
	asksStock  = regexp.MustCompile(`(?i)\b(stok|stock|sisa)\b`)
	asksHow    = regexp.MustCompile(`(?i)\b(cara(nya)?|bagaimana|gimana|bingung|lupa|tidak tahu cara\w*)\b`)
)

// SearchResident is what AboutResident returns for words that look for somebody on file.
const SearchResident = "search"

var (
	seekLead  = regexp.MustCompile(`(?i)^\s*(?:cari(?:kan)?|lihat|cek|data)\s+(?:warga|keluarga|data)\s+|^\s*cari\s+|^\s*warga\s+`)
	needLead  = regexp.MustCompile(`(?i)^\s*(?:(?:saya\s+)?(?:mau\s+)?(?:lapor(?:kan)?|catat|tambah|usul(?:kan)?|data(?:kan)?)\s+(?:warga|keluarga)\b|(?:warga|keluarga)\s+(?:baru|miskin|kurang mampu|tidak mampu|perlu|yang perlu|pemerlu)\b|ada\s+(?:warga|keluarga|lansia|anak|janda|nenek|kakek|odgj|orang\s+tua)2?\b)`)
	whoItIs   = regexp.MustCompile(`(?i)\b(?:rt|rw)\s*\.?\s*\d|\b(?:dusun|lingkungan|peliuk)\b|\b\d+\s*jiwa\b|\b(?:bu|ibu|pak|bapak|nenek|kakek|papuk|inaq|amaq)\s+\pL{3,}`)
	deathTold = regexp.MustCompile(`(?i)\b(?:meninggal|wafat|berpulang)\b|^\s*(?:innalil|lapor kematian|kematian\b)`)
	handedOut = regexp.MustCompile(`(?i)\d\s*(?:kg|kilo\w*|liter|paket|karung|zak|dus|kardus|bungkus|rb|ribu|jt|juta|kk|lembar|potong)\b|\brp|\b(?:dari|untuk|utk|buat)\b|\?\s*$`)
	asking    = regexp.MustCompile(`\?\s*$`)
)

// NamesResident says whether words begin with a resident in need, whatever else they name.
func NamesResident(in chat.Input) bool {
	return in.Kind == chat.Text && (needLead.MatchString(in.Text) || homeLine(in.Text) || troubled(in.Text) && !handedOut.MatchString(in.Text))
}

// NewHome says whether words are a whole sentence on a household: who lives where.
func NewHome(in chat.Input) bool { return in.Kind == chat.Text && homeLine(in.Text) }

// troubled says whether words tell of somebody who needs help, and who it is.
func troubled(words string) bool { return inTrouble.MatchString(words) && whoItIs.MatchString(words) }

// homeLine says whether words tell who lives where, and of no goods.
func homeLine(words string) bool {
	return headCount.MatchString(words) && placeMark.MatchString(words) && !handedOut.MatchString(words)
}

// AboutResident says which conversation words about a resident open, or that they look for one, and
// the words that are left to hear; "" when they are about nothing of the kind.
func AboutResident(in chat.Input) (about, words string) {
	if in.Kind != chat.Text || in.Forward {
		return "", in.Text
	}
	switch said := in.Text; {
	case slices.Contains([]string{"warga", "daftar warga", "data warga", "lihat warga", "cari warga"}, text.Fold(said)):
		return SearchResident, ""
	case asking.MatchString(said) && !seekLead.MatchString(said):
		return "", said
	case deathTold.MatchString(said):
		return Death, bareDead(said)
	case needLead.MatchString(said), homeLine(said), troubled(said):
		if bare := leadIn.ReplaceAllString(said, ""); !text.HasLetter(bare) {
			return Household, ""
		}
		return Household, said
	case seekLead.MatchString(said) && (text.HasLetter(seekLead.ReplaceAllString(said, "")) || LongNumber(said)):
		return SearchResident, seekLead.ReplaceAllString(said, "")
	}
	return "", in.Text
}

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
