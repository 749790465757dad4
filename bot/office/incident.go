package office

import (
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/paper"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Incident is the private command and Drawing.Kind of the notice of a breach, a form to fill in (UU 27/2022,
// article 46).
const Incident = "insiden"

// openIncident sends the form to an administrator of the group.
func (d *desk) openIncident(string) error {
	if !d.access.Admin {
		d.say("Formulir ini untuk administrator grup Dinsos.")
		return nil
	}
	due := d.now.Add(storage.ErasureTime)
	d.say("⚠️ Bila data bocor, beri tahu orangnya dan lembaga PDP secara tertulis dalam 3×24 jam.\nDihitung dari sekarang: " + text.Date(due) + ", " + text.Clock(due) + ".\nFormulirnya sedang disiapkan.")
	d.out = append(d.out, chat.Reply{Act: chat.Say, Class: chat.Notice, Draw: &chat.Drawing{Kind: Incident, Format: "pdf", For: d.in.From.ID}})
	return nil
}

// IncidentPaper is the form, with what the archive knows of its own size.
func (o *Office) IncidentPaper(tx *storage.Tx, controller, contact string, now time.Time) paper.Paper {
	at := now.In(region.WITA)
	residents, people := 0, 0
	for _, place := range o.Region.Villages(0) {
		for _, c := range tx.Cases(place.Code) {
			if c.Erased.IsZero() {
				residents++
			}
		}
		people += tx.Village(place.Code).Members
	}
	dots := strings.Repeat(".", 60)
	room := strings.TrimSpace(strings.Repeat("............ ", 21)) // some lines to write on
	form := paper.Table{
		Title: "Yang diberitahukan", Columns: []paper.Column{{Title: "Hal", Weight: 2}, {Title: "Diisi", Weight: 4}},
	}
	for _, line := range []string{
		"1. Data apa yang terungkap (nama, alamat, NIK, keadaan, lainnya)", "2. Milik siapa dan berapa orang", "3. Kapan terjadi, kapan diketahui",
		"4. Bagaimana terungkapnya", "5. Akibat yang mungkin bagi orangnya", "6. Yang sudah dan akan dilakukan", "7. Yang sebaiknya dilakukan orangnya",
	} {
		form.Rows = append(form.Rows, []paper.Cell{paper.Text(line), paper.Text(room)})
	}
	return paper.Paper{
		File: "insiden-" + at.Format("2006-01-02"), Kop: []string{strings.ToUpper(controller)}, Title: "PEMBERITAHUAN KEGAGALAN PELINDUNGAN DATA PRIBADI",
		Facts: []paper.Fact{
			{Label: "Nomor", Value: dots},
			{Label: "Kepada", Value: dots},
			{Label: "Diketahui", Value: dots},
			{Label: "Formulir dibuat", Value: text.Date(at) + ", " + text.Clock(at)},
			{Label: "Batas 3×24 jam", Value: text.Date(at.Add(storage.ErasureTime)) + ", " + text.Clock(at.Add(storage.ErasureTime)) + " (bila diketahui saat ini)"},
			{Label: "Isi bot saat ini", Value: strconv.Itoa(residents) + " keluarga bernama, " + strconv.Itoa(people) + " pelapor"},
			{Label: "Kontak", Value: contact},
		},
		Tables: []paper.Table{form},
		Notes: []string{
			"Dasar: UU 27/2022 Pasal 46. Disampaikan tertulis kepada orang yang datanya terungkap dan kepada lembaga, paling lambat 3×24 jam.",
			"Siapa yang melihat data siapa: perintah /akses di obrolan pribadi dengan bot.",
		},
		Place: "Taliwang", Date: at, Signs: []paper.Sign{{Role: "Pejabat pelindungan data"}, {Role: "Kepala Dinas"}}, Made: now,
	}
}
