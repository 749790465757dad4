package flow

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"wksbm/bot/chat"
	"wksbm/bot/text"
)

// move is something that can be said at every step.
type move string

// The moves, which are also the values of their buttons. No code of an Option starts with a dot.
const (
	moveBack   move = ".back"
	moveSkip   move = ".skip"
	moveCancel move = ".cancel"
	moveHelp   move = ".help"
	moveDone   move = ".done"
	moveEdit   move = ".edit"
	moveSend   move = ".send"
	moveAsk    move = ".ask"  // Tanya Dinsos
	moveRedo   move = ".redo" // Tulis ulang
	moveStay   move = ".stay" // do not drop the draft
	moveDrop   move = ".drop" // drop the draft
	moveKeep   move = ".keep" // leave the answer that was asked about as it is
)

// moveOf finds the move in typed words. Only words that are nothing else count, so that no name or
// note is taken for a move.
func moveOf(words string) move {
	switch fold(words) {
	case "kembali", "balik", "mundur", "sebelumnya":
		return moveBack
	case "lewati", "lewat", "lewatkan", "skip", "kosongkan":
		return moveSkip
	case "batal", "batalkan", "tidak jadi", "gak jadi", "ga jadi", "nggak jadi", "tdk jadi":
		return moveCancel
	case "help", "tolong", "bantu", "bantu saya", "bingung", "tidak mengerti", "tidak paham",
		"gak ngerti", "kurang paham", "caranya", "bagaimana", "gimana":
		return moveHelp
	case "selesai", "sudah", "cukup", "itu saja", "sudah cukup", "tidak ada lagi", "gak ada lagi", "sudah semua", "sdh":
		return moveDone
	}
	switch strings.TrimSpace(words) {
	case "?", "??", "???":
		return moveHelp
	}
	return ""
}

// none says whether words mean that there is nothing to tell; they skip an optional question.
func none(words string) bool {
	switch fold(words) {
	case "tidak ada", "gak ada", "ga ada", "nggak ada", "tdk ada", "belum ada", "blm ada", "kosong", "nihil", "tidak punya", "belum punya", "gak punya", "tdk punya", "tidak tahu", "tidak tau", "gak tau", "tidak ada bantuan", "belum ada bantuan", "tidak", "tdk", "gak", "tidak usah":
		return true
	}
	return strings.Trim(strings.TrimSpace(words), "-–—") == "" && strings.TrimSpace(words) != ""
}

func agrees(words string) bool {
	switch fold(words) {
	case "ya", "iya", "y", "ok", "oke", "betul", "benar", "sudah benar", "kirim", "ya kirim", "setuju", "siap", "sip", "lanjut", "yakin", "ya benar", "simpan", "ya simpan":
		return true
	}
	return false
}

// refuses says whether words tell that a summary is not right.
func refuses(words string) bool {
	switch fold(words) {
	case "tidak", "tdk", "bukan", "belum", "salah", "keliru", "belum benar", "tidak benar", "kurang tepat", "ada yang salah":
		return true
	}
	return false
}

// fold makes words comparable: small letters, single spaces, no punctuation.
func fold(s string) string {
	f := func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) }
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), f), " ")
}

// phrase is something that can be named: the label and its other names.
type phrase struct {
	label string
	words []string
}

// addressed are the words that speak to somebody at the end of an answer.
var addressed = regexp.MustCompile(`( (bu|buk|ibu|pak|bapak|kak|min|admin|ya|dong|saja))+$`)

// exact finds which of the phrases the words name and nothing else.
func exact(words string, all []phrase) []int {
	var found []int
	w := addressed.ReplaceAllString(fold(words), "")
	for i, p := range all {
		if slices.ContainsFunc(append([]string{p.label}, p.words...), func(n string) bool { return fold(n) == w || fold(n) == fold(words) }) {
			found = append(found, i)
		}
	}
	return found
}

// match finds which of the phrases the words name: first a whole name, then a name within the words.
// Several come back when it stays open.
func match(words string, all []phrase) []int {
	w := fold(words)
	if w == "" {
		return nil
	}
	var whole, within []int
	for i, p := range all {
		names := append([]string{p.label}, p.words...)
		if slices.ContainsFunc(names, func(n string) bool { return fold(n) == w }) {
			whole = append(whole, i)
		}
		if slices.ContainsFunc(names, func(n string) bool {
			n = fold(n)
			return n != "" && strings.Contains(" "+w+" ", " "+n+" ")
		}) {
			within = append(within, i)
		}
	}
	if len(whole) > 0 {
		return whole
	}
	return within
}

// Quote shows a person's words inside a sentence: shortened, on one line, harmless as HTML.
func Quote(s string) string {
	return `"` + chat.Escape(shorten(strings.Join(strings.Fields(text.MaskNIK(s)), " "), 40)) + `"`
}

func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}

// thousands prints 5000 as 5.000.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

func unclear(words string) string {
	return "Kami membaca " + Quote(words) + ", belum yakin artinya."
}

// strange answers an input that no question can use.
func strange(in chat.Input) string {
	switch in.Kind {
	case chat.Location:
		return "Lokasi belum diperlukan di sini."
	case chat.Contact:
		return "Kontak belum diperlukan di sini."
	case chat.Document:
		return "Berkas belum diperlukan di sini."
	case chat.Photo:
		return "Foto belum diperlukan di sini."
	case chat.Command:
		return "Perintah " + Quote("/"+in.Command.Name) + " belum kami kenal."
	}
	name := "kiriman itu"
	switch in.Text {
	case "sticker":
		name = "stiker"
	case "voice", "audio":
		name = "pesan suara"
	case "video", "video_note", "animation":
		name = "video"
	case "poll":
		name = "polling"
	}
	return "Kami belum bisa membaca " + name + ". Mohon ditulis atau pilih tombol."
}
