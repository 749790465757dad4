package office

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
	"wksbm/storage/region"
)

// profile answers /profil desa: the decree, who signed it and the ketua, who are officials, and counts.
func (d *desk) profile(words string) {
	place, ok := d.village(words, "/profil Seloto", "")
	if !ok {
		return
	}
	p, v := d.tx.Portrait(place), d.tx.Village(place)
	lines := []string{"📒 <b>WKSBM " + chat.Escape(d.Region.FullName(place)) + "</b>", "SK: belum diisi", "Ketua: belum terdaftar"}
	if p.SKNumber != "" {
		lines[1] = "SK: " + chat.Escape(p.SKNumber)
		if p.SKDate != 0 {
			lines[1] += ", " + text.PlainDate(p.SKDate.Time())
		}
	}
	if p.Ketua != "" {
		lines[2] = "Ketua: " + chat.Escape(p.Ketua)
	}
	if p.Signer != "" {
		lines[1] += "\nDitandatangani: " + chat.Escape(p.Signer)
	}
	if posts := d.posts(place); posts != "" {
		lines = append(lines, "Pengurus: "+posts)
	}
	if p.Members > 0 {
		lines = append(lines, "Anggota: "+strconv.Itoa(p.Members)+" orang")
	}
	var kinds []string
	for _, code := range p.Kinds {
		kinds = append(kinds, strings.ToLower(welfare.TermLabel(welfare.ActivityKinds(), code)))
	}
	if kinds != nil {
		lines = append(lines, "Kegiatan: "+strings.Join(kinds, ", "))
	}
	lines = append(lines, "Melapor lewat Telegram: "+strconv.Itoa(v.Members)+" orang", d.countsOf(place))
	if v.LastReport != 0 {
		lines = append(lines, "Laporan terakhir: "+text.PlainDate(v.LastReport.Time()))
	}
	d.say(strings.Join(lines, "\n"))
}

// posts lists which posts of officers somebody has; their names stay in the village.
func (d *desk) posts(place region.Code) string {
	var out []string
	for _, post := range []string{"vice", "secretary", "treasurer"} {
		if slices.ContainsFunc(d.tx.Roster(place), func(a storage.Attendee) bool { return a.Post == post && !a.Retired }) {
			out = append(out, strings.ToLower(welfare.TermLabel(welfare.Posts(), post)))
		}
	}
	return strings.Join(out, ", ")
}

// countsOf counts what a village has.
func (d *desk) countsOf(place region.Code) string {
	partners, open := 0, 0
	for _, p := range d.tx.Partners(place) {
		if !p.Retired {
			partners++
		}
	}
	for _, a := range d.tx.Activities(place) {
		if !a.State.Ended() {
			open++
		}
	}
	return "Laporan " + strconv.Itoa(d.tx.Village(place).Reports) + " · mitra " + strconv.Itoa(partners) + " · kegiatan berjalan atau rencana " + strconv.Itoa(open)
}
