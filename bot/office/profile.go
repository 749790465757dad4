package office

import (
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage/region"
)

// profile answers /profil desa: the decree, the ketua, who is an official, and counts.
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
	if p.Members > 0 {
		lines = append(lines, "Anggota: "+strconv.Itoa(p.Members)+" orang")
	}
	lines = append(lines, "Melapor lewat Telegram: "+strconv.Itoa(v.Members)+" orang", d.countsOf(place))
	if v.LastReport != 0 {
		lines = append(lines, "Laporan terakhir: "+text.PlainDate(v.LastReport.Time()))
	}
	d.say(strings.Join(lines, "\n"))
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
