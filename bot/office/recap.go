package office

import (
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/digest"
	"wksbm/bot/render"
	"wksbm/storage"
	"wksbm/storage/region"
)

// recap answers /rekap [hari ini|minggu|bulan|oktober sampai november] [kecamatan|desa] [bantuan|warga|rapat|kegiatan].
func (d *desk) recap(words string) {
	topic, words := render.FindTopic(words)
	p, rest, found := digest.Find(words, d.now)
	if !found {
		p = digest.Week(storage.DayOf(d.now))
	}
	scope, ok := d.scope(rest, asking{"/rekap minggu", func(c region.Code) chat.Button {
		return button(d.Region.FullName(c), "rekap", p.Key(), c.String(), string(topic))
	}})
	switch {
	case !ok:
		return
	case p.From > storage.DayOf(d.now):
		d.say(chat.Escape(p.Title()) + " belum mulai, jadi belum ada rekapnya.")
		return
	}
	r := d.digest(d.tx, d.now, p, scope, topic)
	r.Act, r.Class, r.ReplyTo = chat.Say, chat.Notice, d.quotes()
	d.out = append(d.out, r)
}

// recapButtons lead to the period before and after, and to the whole kabupaten.
func recapButtons(p digest.Period, scope region.Code, topic render.Topic) [][]chat.Button {
	place := ""
	if scope != 0 {
		place = scope.String()
	}
	old := p.Before()
	row := []chat.Button{button("‹ "+short(old), "rekap", old.Key(), place, string(topic))}
	if place != "" {
		row = append(row, button("Kabupaten", "rekap", p.Key(), "", string(topic)))
	}
	if topic != render.Everything {
		row = append(row, button("Semua", "rekap", p.Key(), place))
	}
	return [][]chat.Button{row}
}

func short(p digest.Period) string {
	title := p.Title()
	if p.IsStretch() {
		return title
	}
	if p.IsDay() {
		_, title, _ = strings.Cut(title, ", ")
	}
	return title[:len(title)-len(" 2006")]
}

// turnRecap shows another period or place in the message whose button was pressed.
func (d *desk) turnRecap(key, place, about string) {
	p, ok := digest.ParseKey(key)
	scope, _ := region.ParseCode(place)
	if _, known := d.Region.ByCode(scope); !ok || !known && place != "" {
		d.toast("Tombol ini sudah tidak berlaku.")
		return
	}
	topic := render.Topic(about)
	r := d.digest(d.tx, d.now, p, scope, topic)
	if today := storage.DayOf(d.now); p.To < today {
		next := p.After()
		r.Buttons[0] = append(r.Buttons[0], button(short(next)+" ›", "rekap", next.Key(), place, about))
	}
	d.narrow(&r)
	d.edit(r.Text, r.Buttons...)
}
