package office

import (
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/digest"
	"wksbm/storage"
	"wksbm/storage/region"
)

// recap answers /rekap [hari ini|minggu|bulan] [kecamatan|desa].
func (d *desk) recap(words string) {
	p, rest, found := digest.Find(words, d.now)
	if !found {
		p = digest.Week(storage.DayOf(d.now))
	}
	scope, ok := d.scope(rest)
	if !ok {
		return
	}
	r := d.digest(d.tx, d.now, p, scope)
	r.Act, r.Class, r.ReplyTo = chat.Say, chat.Notice, d.in.Message
	d.out = append(d.out, r)
}

// scope finds the place that words name; false when they were answered with a question.
func (d *desk) scope(words string) (region.Code, bool) {
	words = strings.TrimSpace(words)
	if words == "" {
		return 0, true
	}
	plain := strings.TrimSpace(strings.TrimPrefix(words, "kabupaten"))
	if plain == "" || plain == "sumbawa barat" || plain == "ksb" {
		return 0, true
	}
	// Poto Tano and Maluk are a kecamatan and a desa: the word before says which, else the kecamatan.
	if !strings.HasPrefix(words, "desa ") && !strings.HasPrefix(words, "kel") {
		if district, ok := d.Region.FindDistrict(words); ok {
			return district.Code, true
		}
	}
	switch found := d.Region.Find(words, 0); len(found) {
	case 1:
		return found[0].Code, true
	case 0:
		near := append(d.Region.Suggest(words, 0), d.Region.SuggestDistrict(words)...)
		if len(near) > 0 {
			d.say("Kami membaca \"" + chat.Escape(words) + "\". Mungkin " + chat.Escape(d.Region.FullName(near[0].Code)) + "?\nMisalnya: /rekap minggu " + chat.Escape(near[0].Name))
			break
		}
		d.say("Kami membaca \"" + chat.Escape(words) + "\", belum ada tempat atau waktu seperti itu.\nAda: hari ini, kemarin, minggu, bulan, nama bulan. Misalnya: /rekap bulan lalu Seloto")
	default:
		var names []string
		for _, p := range found {
			names = append(names, d.Region.FullName(p.Code))
		}
		district, _ := d.Region.ByCode(found[0].District)
		d.say("Ada lebih dari satu: " + chat.Escape(strings.Join(names, " atau ")) + ".\nTulis juga kecamatannya, misalnya: /rekap minggu " + chat.Escape(words+" "+district.Name))
	}
	return 0, false
}

// recapButtons lead to the period before and after, and to the whole kabupaten.
func recapButtons(p digest.Period, scope region.Code) [][]chat.Button {
	place := ""
	if scope != 0 {
		place = scope.String()
	}
	old := p.Before()
	row := []chat.Button{button("‹ "+short(old), "rekap", old.Key(), place)}
	if place != "" {
		row = append(row, button("Kabupaten", "rekap", p.Key(), ""))
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
func (d *desk) turnRecap(key, place string) {
	p, ok := digest.ParseKey(key)
	scope, _ := region.ParseCode(place)
	if _, known := d.Region.ByCode(scope); !ok || !known && place != "" {
		d.toast("Tombol ini sudah tidak berlaku.")
		return
	}
	r := d.digest(d.tx, d.now, p, scope)
	if today := storage.DayOf(d.now); p.To < today {
		next := p.After()
		r.Buttons[0] = append(r.Buttons[0], button(short(next)+" ›", "rekap", next.Key(), place))
	}
	d.edit(r.Text, r.Buttons...)
}
