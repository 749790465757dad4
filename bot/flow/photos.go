package flow

import (
	"encoding/json"
	"slices"
	"strconv"

	"wksbm/bot/chat"
)

// Photos is a question for pictures, kept by file id. The pictures of an album are one answer.
type Photos[E, T any] struct {
	Head[E, T]
	Get func(*T) *[]string
	Max int
}

func (q Photos[E, T]) shown(_ E, t *T) string {
	if n := len(*q.Get(t)); n > 0 {
		return strconv.Itoa(n)
	}
	return ""
}

func (q Photos[E, T]) clear(t *T) { *q.Get(t) = nil }

func (q Photos[E, T]) draw(*run[E, T]) card { return card{} }

func (q Photos[E, T]) tap(*run[E, T], string) verdict { return verdict{kind: stays} }

func (q Photos[E, T]) accept(*run[E, T], json.RawMessage) verdict { return verdict{kind: stays} }

func (q Photos[E, T]) hear(r *run[E, T], in chat.Input) verdict {
	photos := q.Get(&r.state.Answers)
	switch {
	case in.Kind == chat.Text:
		return verdict{say: "Kami menunggu foto. Tekan 📎 lalu pilih foto, atau Lewati."}
	case in.Kind != chat.Photo || in.File == nil:
		return verdict{kind: unfit}
	case len(*photos) >= q.Max:
		return verdict{say: "Paling banyak " + strconv.Itoa(q.Max) + " foto."}
	case slices.Contains(*photos, in.File.ID):
		return verdict{kind: answered}
	}
	*photos = append(*photos, in.File.ID)
	r.state.Album = in.File.Album
	return verdict{kind: answered}
}

// Contact is a question for a phone number, given by the phone's own button or typed. Only a
// person's own card counts.
type Contact[E, T any] struct {
	Head[E, T]
	Get func(*T) *string
	// Phone makes one form of a number; "" when it is none.
	Phone func(string) string
}

func (q Contact[E, T]) shown(_ E, t *T) string { return *q.Get(t) }

func (q Contact[E, T]) clear(t *T) { *q.Get(t) = "" }

func (q Contact[E, T]) board() {}

// draw needs the reply keyboard: inline buttons cannot share a contact.
func (q Contact[E, T]) draw(*run[E, T]) card {
	rows := [][]chat.Key{{{Label: "Bagikan nomor saya", Contact: true}}}
	if q.Optional {
		rows = append(rows, []chat.Key{{Label: "Lewati"}, {Label: "Kembali"}, {Label: "Batal"}})
	}
	return card{keyboard: &chat.Keyboard{Rows: rows, Once: true}}
}

func (q Contact[E, T]) tap(*run[E, T], string) verdict { return verdict{kind: stays} }

func (q Contact[E, T]) accept(*run[E, T], json.RawMessage) verdict { return verdict{kind: stays} }

func (q Contact[E, T]) hear(r *run[E, T], in chat.Input) verdict {
	number := ""
	switch in.Kind {
	case chat.Contact:
		if in.Contact.UserID == 0 || in.Contact.UserID != in.From.ID || in.Forward {
			return verdict{say: "Itu kontak orang lain. Kami hanya menerima nomor Ibu/Bapak sendiri."}
		}
		number = q.Phone(in.Contact.Phone)
		if number == "" {
			number = in.Contact.Phone
		}
	case chat.Text:
		if number = q.Phone(in.Text); number == "" {
			return verdict{say: "Kami membaca " + Quote(in.Text) + ", belum seperti nomor HP. Misalnya: 0812 3456 7890"}
		}
	default:
		return verdict{kind: unfit}
	}
	*q.Get(&r.state.Answers) = number
	return verdict{kind: answered}
}
