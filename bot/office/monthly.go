package office

import (
	"time"

	"wksbm/bot/book"
	"wksbm/bot/chat"
	"wksbm/bot/digest"
	"wksbm/bot/paper"
	"wksbm/bot/render"
	"wksbm/storage"
	"wksbm/storage/region"
)

// monthlyDrawing names the report of a month over a place among the drawings.
const monthlyDrawing = "monthly"

// monthly answers /laporan_bulanan [bulan] [desa|kecamatan].
func (d *desk) monthly(words string) {
	p, rest, found := digest.Find(words, d.now)
	if !found {
		p = digest.Month(storage.DayOf(d.now).Month())
	}
	if !p.IsMonth() {
		d.say("Laporan bulanan dibuat untuk satu bulan.\nMisalnya: /laporan_bulanan oktober Seloto")
		return
	}
	scope, ok := d.scope(rest, asking{"/laporan_bulanan oktober", func(c region.Code) chat.Button { return d.monthlyButton(d.placeName(c), p, c) }})
	if ok {
		d.handMonthly(p, scope)
	}
}

func (d *desk) monthlyButton(label string, p digest.Period, scope region.Code) chat.Button {
	return button(label, "mon", p.Key(), placeArg(scope))
}

// pressMonthly makes the report of a button.
func (d *desk) pressMonthly(key, place string) {
	p, ok := digest.ParseKey(key)
	scope, known := d.placeOf(place)
	if !ok || !known || !p.IsMonth() {
		d.toast("Tombol ini sudah tidak berlaku.")
		return
	}
	d.handMonthly(p, scope)
}

func (d *desk) handMonthly(p digest.Period, scope region.Code) {
	if p.From > storage.DayOf(d.now) {
		d.say(chat.Escape(p.Title()) + " belum mulai, jadi belum ada laporannya.")
		return
	}
	d.sayMaking("laporan bulanan " + d.placeName(scope) + " · " + p.Title())
	draw := drawing(p, scope, asLetter)
	draw.Kind, draw.For = monthlyDrawing, d.in.From.ID
	d.out = append(d.out, chat.Reply{Act: chat.Say, Class: chat.Notice, Draw: draw})
}

// drawMonthly prints the report of a month: a village's own, without people's own words, or one row for
// each village of a kecamatan.
func (o *Office) drawMonthly(view func(func(*storage.Tx) error) error, now time.Time, d chat.Drawing) (chat.Reply, error) {
	p, ok := digest.ParseKey(d.Period)
	scope, _ := region.ParseCode(d.Scope)
	var r chat.Reply
	var made paper.Paper
	err := view(func(tx *storage.Tx) error {
		switch {
		case !o.mayRead(tx, d.For, scope, now):
			r.Text = notYours
		case !ok || !p.IsMonth():
			r.Text = "Laporan ini tidak bisa dibuat."
		default:
			made, r.Text = o.monthOf(tx, now.In(region.WITA), p, scope)
			r.Buttons = [][]chat.Button{{button("‹ "+short(p.Before()), "mon", p.Before().Key(), placeArg(scope))}}
		}
		return nil
	})
	if err != nil || made.Title == "" {
		return r, err
	}
	data, err := render.PDF(made)
	r.Upload = &chat.Upload{Name: made.Name(asLetter), Data: data}
	return r, err
}

// monthOf is the report of a month over a place, and the words below it.
func (o *Office) monthOf(tx *storage.Tx, now time.Time, p digest.Period, scope region.Code) (paper.Paper, string) {
	at, _ := o.Region.ByCode(scope)
	if scope != 0 && at.Kind != region.District {
		shelf := book.Shelf{Tx: tx, Region: o.Region, Village: at, Month: p.From.Month(), Now: now, Public: true}
		made, _ := shelf.Paper(book.Monthly)
		return made, shelf.Caption(book.Monthly)
	}
	look := digest.Look(tx, o.Region, p, scope, storage.DayOf(now))
	words := "📒 <b>Laporan bulanan " + chat.Escape(o.placeName(scope)) + "</b> · " + chat.Escape(p.Title()) + "\n" + render.States(look.Digest) +
		"\nSilakan diperiksa dulu, lalu dicetak dan ditandatangani."
	if scope == 0 {
		return look.Letter(o.Region, now), words
	}
	return look.District(o.Region, now), words
}
