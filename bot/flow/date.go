package flow

import (
	"encoding/json"
	"strconv"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/text"
)

// Date is a question for a day, by buttons, by a calendar or typed (DOMAIN.md §10). The answer is
// stored as 2006-01-02.
type Date[E, T any] struct {
	Head[E, T]
	Get func(*T) *string
	Now func(E) time.Time // in the zone that decides which day it is
	// Past says that the day cannot be one to come.
	Past bool
	// Bare leaves out hari ini and kemarin: for days long ago.
	Bare bool
	// Ahead says that the day is rather one to come: besok stands in the place of kemarin.
	Ahead bool
}

func (q Date[E, T]) shown(e E, t *T) string {
	if q.Shown != nil {
		return q.Shown(e, t)
	}
	now := q.Now(e)
	d, err := time.ParseInLocation(time.DateOnly, *q.Get(t), now.Location())
	if err != nil {
		return ""
	}
	return text.Date(d) + text.Near(d, now)
}

func (q Date[E, T]) clear(t *T) { *q.Get(t) = "" }

// leaf is the month a calendar is open at, "" when none is.
type leaf struct {
	Month string `json:"month"`
}

func (q Date[E, T]) leaf(r *run[E, T]) (time.Time, bool) {
	var l leaf
	r.scratch(&l)
	m, err := time.ParseInLocation("2006-01", l.Month, q.Now(r.env).Location())
	return m, err == nil
}

func (q Date[E, T]) draw(r *run[E, T]) card {
	if m, ok := q.leaf(r); ok {
		return q.calendar(r, m)
	}
	var bs []chat.Button
	switch {
	case q.Bare:
	case q.Ahead:
		bs = append(bs, r.own("Hari ini", "=0"), r.own("Besok", "+1"))
	default:
		bs = append(bs, r.own("Hari ini", "=0"), r.own("Kemarin", "=1"))
	}
	bs = append(bs, r.own("Kalender", "cal"))
	return card{rows: [][]chat.Button{bs}}
}

// calendar draws one month, Monday first. Days that cannot be chosen are dots.
func (q Date[E, T]) calendar(r *run[E, T], m time.Time) card {
	blank := r.own("·", "no")
	var week []chat.Button
	for _, d := range []string{"Sn", "Sl", "Rb", "Km", "Jm", "Sb", "Mg"} {
		week = append(week, r.own(d, "no"))
	}
	rows := [][]chat.Button{week}
	week = nil
	for range (int(m.Weekday()) + 6) % 7 {
		week = append(week, blank)
	}
	now := q.Now(r.env)
	for d := m; d.Month() == m.Month() && !(q.Past && d.After(now) && len(week) == 0); d = d.AddDate(0, 0, 1) {
		b := r.own(strconv.Itoa(d.Day()), "="+d.Format(time.DateOnly))
		if q.Past && d.After(now) {
			b = blank
		}
		if week = append(week, b); len(week) == 7 {
			rows, week = append(rows, week), nil
		}
	}
	for len(week) > 0 && len(week) < 7 {
		week = append(week, blank)
	}
	if week != nil {
		rows = append(rows, week)
	}
	turn := []chat.Button{r.own("‹ "+text.MonthName(m.AddDate(0, -1, 0).Month()), "<")}
	if next := m.AddDate(0, 1, 0); !q.Past || !next.After(now) {
		turn = append(turn, r.own(text.MonthName(next.Month())+" ›", ">"))
	}
	return card{example: text.Month(m), rows: append(rows, turn)}
}

func (q Date[E, T]) take(r *run[E, T], d time.Time) verdict {
	*q.Get(&r.state.Answers) = d.Format(time.DateOnly)
	r.state.Asked, r.state.Scratch = nil, nil
	return verdict{kind: answered}
}

func (q Date[E, T]) tap(r *run[E, T], value string) verdict {
	now := q.Now(r.env)
	m, open := q.leaf(r)
	switch {
	case value == "=0" || value == "=1":
		return q.take(r, now.AddDate(0, 0, -int(value[1]-'0')))
	case value == "+1" && !q.Past:
		return q.take(r, now.AddDate(0, 0, 1))
	case value == "cal":
		r.keep(leaf{now.Format("2006-01")})
	case value == "<" && open:
		r.keep(leaf{m.AddDate(0, -1, 0).Format("2006-01")})
	case value == ">" && open:
		r.keep(leaf{m.AddDate(0, 1, 0).Format("2006-01")})
	case len(value) > 1:
		d, err := time.ParseInLocation(time.DateOnly, value[1:], now.Location())
		if err == nil && value[0] == '=' && !(q.Past && d.After(now)) {
			return q.take(r, d)
		}
	}
	return verdict{kind: stays}
}

func (q Date[E, T]) back(r *run[E, T]) bool {
	_, open := q.leaf(r)
	r.state.Scratch = nil
	return open
}

func (q Date[E, T]) accept(r *run[E, T], raw json.RawMessage) verdict {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		if d, err := time.ParseInLocation(time.DateOnly, s, q.Now(r.env).Location()); err == nil {
			return q.take(r, d)
		}
	}
	return verdict{kind: stays}
}

func (q Date[E, T]) hear(r *run[E, T], in chat.Input) verdict {
	if in.Kind != chat.Text {
		return verdict{kind: unfit}
	}
	if w := fold(in.Text); w == "kalender" || w == "lupa" || none(in.Text) {
		return q.tap(r, "cal")
	}
	return reading(r, in.Text, q.doubt(r, ReadDate(in.Text, q.Now(r.env), q.Past, q.Example)), func(s string) verdict {
		d, err := time.ParseInLocation(time.DateOnly, s, q.Now(r.env).Location())
		if err != nil {
			return verdict{say: unclear(in.Text)}
		}
		return q.take(r, d)
	})
}

// longAgo is how old a recent event may be before it is asked about, in days.
const longAgo = 400

// doubt asks about a day that lies years back: a slip in the year.
func (q Date[E, T]) doubt(r *run[E, T], got Reading[string]) Reading[string] {
	d, err := time.Parse(time.DateOnly, got.Value)
	if !got.Sure || err != nil || q.Bare || q.Now(r.env).Sub(d) < longAgo*24*time.Hour {
		return got
	}
	return Ask("Sudah lama sekali. Benar tanggal ini?", Offer[string]{Label: text.Date(d), Words: []string{"ya", "benar"}, Value: got.Value})
}

// ReadDate reads a day as people type it, with the question back or the reason in words.
func ReadDate(words string, now time.Time, past bool, example string) Reading[string] {
	got := text.ParseDate(words, now, past)
	if w := fold(words); w == "minggu lalu" || w == "minggu kemarin" { // the Sunday, or the week?
		return Ask("Hari Minggu yang lalu? Kalau hari lain, tulis tanggalnya.", Offer[string]{Label: text.Date(got.Value), Value: got.Value.Format(time.DateOnly)})
	}
	switch {
	case got.Sure():
		return Sure(got.Value.Format(time.DateOnly))
	case len(got.Ask) > 0:
		var offers []Offer[string]
		for _, d := range got.Ask {
			if past && d.After(now) {
				continue
			}
			offers = append(offers, Offer[string]{Label: text.Date(d), Value: d.Format(time.DateOnly)})
		}
		if len(offers) > 0 {
			ask := "Tanggal yang mana?"
			if got.Why == text.Disagree {
				ask = "Hari dan tanggalnya berbeda. Yang mana?"
			}
			return Ask(ask, offers...)
		}
	}
	if example == "" {
		example = "Misalnya: kemarin, 20/11, 20 November"
	}
	example = " " + example
	switch got.Why {
	case text.Future:
		return Not[string]("Kami membaca " + Quote(words) + ", itu belum terjadi." + example)
	case text.Impossible:
		return Not[string]("Kami membaca " + Quote(words) + ", tanggal itu tidak ada." + example)
	}
	return Not[string](unclear(words) + example)
}
