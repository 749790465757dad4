package office

import (
	"slices"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage/region"
)

// asking is how the place of a command is asked for: an example without the place, and the button that
// answers with a place.
type asking struct {
	example string
	button  func(region.Code) chat.Button
}

// scope finds the place that words name, 0 for the kabupaten; false when they were answered with a question.
// A TKSK has the own kecamatan for it.
func (d *desk) scope(words string, ask asking) (region.Code, bool) {
	scope, ok := d.scopeNamed(words, ask)
	if scope == 0 {
		scope = d.here()
	}
	return d.within(scope, ok)
}

// within keeps a TKSK to places of the own kecamatan.
func (d *desk) within(place region.Code, ok bool) (region.Code, bool) {
	if ok && !d.staff && !d.sees(place) {
		d.outside()
		return 0, false
	}
	return place, ok
}

func (d *desk) scopeNamed(words string, ask asking) (region.Code, bool) {
	words = strings.TrimSpace(words)
	if words == "" {
		return 0, true
	}
	plain := strings.TrimSpace(strings.TrimPrefix(words, "kabupaten"))
	if plain == "" || slices.Contains([]string{"sumbawa barat", "ksb", "semua", "semua desa", "seluruh"}, plain) {
		return 0, true
	}
	// Poto Tano and Maluk are a kecamatan and a desa: the word before says which, else the kecamatan.
	if !strings.HasPrefix(words, "desa ") && !strings.HasPrefix(words, "kel") {
		if district, ok := d.Region.FindDistrict(words); ok {
			return district.Code, true
		}
	}
	found := d.Region.Find(words, 0)
	if len(found) == 1 {
		return found[0].Code, true
	}
	if len(found) > 1 {
		d.which("Desa yang mana?", found, ask)
		return 0, false
	}
	said := "Kami membaca \"" + chat.Escape(text.Clip(words, 60)) + "\", belum ada tempat atau waktu seperti itu."
	if near := append(d.Region.Suggest(words, 0), d.Region.SuggestDistrict(words)...); len(near) > 0 {
		d.which(said+" Mungkin ini?", near, ask)
		return 0, false
	}
	d.say(said + "\nAda: hari ini, minggu, bulan, oktober, 1 - 15 oktober, tahun ini. Misalnya: " + ask.example + " Seloto")
	return 0, false
}

// one finds the village that words name; false when they were answered with a question.
func (d *desk) one(words string, ask asking) (region.Code, bool) {
	found := d.Region.Find(words, 0)
	if len(found) == 1 {
		return d.within(found[0].Code, true)
	}
	if len(found) > 1 {
		d.which("Desa yang mana?", found, ask)
		return 0, false
	}
	if district, ok := d.Region.FindDistrict(words); ok {
		d.which(chat.Escape(district.Name)+" itu kecamatan. Desa yang mana?", d.Region.Villages(district.Code), ask)
		return 0, false
	}
	said := ""
	if strings.TrimSpace(words) != "" {
		said = "Kami membaca \"" + chat.Escape(text.Clip(words, 60)) + "\", belum ada di daftar desa.\n"
	}
	if near := d.Region.Suggest(words, 0); len(near) > 0 {
		d.which(said+"Mungkin ini?", near, ask)
		return 0, false
	}
	d.say(said + "Tulis nama desanya, misalnya: " + ask.example + " Seloto")
	return 0, false
}

// mostPlaces is how many places a question offers.
const mostPlaces = 24

// which asks for one of several places, two buttons a row. Where all lie in one kecamatan their names are
// enough.
func (d *desk) which(words string, places []region.Place, ask asking) {
	near := true
	for _, p := range places {
		near = near && p.District == places[0].District && p.Kind != region.District
	}
	var rows [][]chat.Button
	for i, p := range places[:min(len(places), mostPlaces)] {
		b := ask.button(p.Code)
		if near && len(places) > 1 {
			b.Label = p.Name
		}
		if i%2 == 0 || !near {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], b)
	}
	d.say(words, rows...)
}

// placeOf reads the place of a button, 0 for the kabupaten; false when there is none such.
func (d *desk) placeOf(arg string) (region.Code, bool) {
	code, _ := region.ParseCode(arg)
	_, known := d.Region.ByCode(code)
	return code, known || arg == ""
}

// placeName prints a place: "Kabupaten Sumbawa Barat", "Kecamatan Taliwang", "Desa Seloto, Taliwang".
func (o *Office) placeName(code region.Code) string {
	p, ok := o.Region.ByCode(code)
	switch {
	case !ok:
		return "Kabupaten Sumbawa Barat"
	case p.Kind == region.District:
		return p.Title()
	}
	return o.Region.FullName(code)
}
