package flow

import (
	"encoding/json"
	"strconv"

	"wksbm/bot/chat"
)

// Pin is a question for a place on the map, sent by the phone. The answer is stored as "lat,lon" in
// degrees with five decimals, about a metre.
type Pin[E, T any] struct {
	Head[E, T]
	Get func(*T) *string
}

func (q Pin[E, T]) shown(e E, t *T) string {
	if q.Shown != nil {
		return q.Shown(e, t)
	}
	return *q.Get(t)
}

func (q Pin[E, T]) clear(t *T) { *q.Get(t) = "" }

func (q Pin[E, T]) board() {}

// draw needs the reply keyboard: inline buttons cannot send a place.
func (q Pin[E, T]) draw(*run[E, T]) card {
	moves := []chat.Key{{Label: "Kembali"}, {Label: "Batal"}}
	if q.Optional {
		moves = append([]chat.Key{{Label: "Lewati"}}, moves...)
	}
	return card{keyboard: &chat.Keyboard{Rows: [][]chat.Key{{{Label: "Kirim lokasi", Location: true}}, moves}, Once: true}}
}

func (q Pin[E, T]) tap(*run[E, T], string) verdict { return verdict{kind: stays} }

func (q Pin[E, T]) accept(*run[E, T], json.RawMessage) verdict { return verdict{kind: stays} }

func (q Pin[E, T]) hear(r *run[E, T], in chat.Input) verdict {
	switch {
	case in.Kind == chat.Text:
		how := "Kami menunggu lokasi. Tekan Kirim lokasi, atau 📎 lalu Lokasi."
		if q.Optional {
			how += " Boleh juga Lewati."
		}
		return verdict{say: how}
	case in.Kind != chat.Location || in.Location == nil:
		return verdict{kind: unfit}
	case in.Location.Latitude == 0 && in.Location.Longitude == 0:
		return verdict{say: "Titik itu belum terbaca. Mohon nyalakan lokasi di HP, lalu kirim lagi."}
	}
	five := func(f float64) string { return strconv.FormatFloat(f, 'f', 5, 64) }
	*q.Get(&r.state.Answers) = five(in.Location.Latitude) + "," + five(in.Location.Longitude)
	return verdict{kind: answered}
}
