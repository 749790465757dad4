package office

import (
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// villagesShown is how many villages one page of people has.
const villagesShown = 8

// district finds the kecamatan that words mean when they can mean no village.
func (d *desk) district(words string) (region.Place, bool) {
	place, ok := d.Region.FindDistrict(words)
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(words)), " ")
	return place, ok && (first == "kecamatan" || strings.Trim(first, ".") == "kec" || len(d.Region.Find(words, 0)) == 0)
}

// peopleOf lists who reports from the villages of a kecamatan, a page of villages at a time.
func (d *desk) peopleOf(place region.Place, page int) (string, [][]chat.Button) {
	villages := d.Region.Villages(place.Code)
	pages := (len(villages) + villagesShown - 1) / villagesShown
	page = max(0, min(page, pages-1))
	head := "👥 <b>" + chat.Escape(d.Region.FullName(place.Code)) + "</b>"
	if pages > 1 {
		head += " · halaman " + strconv.Itoa(page+1) + " dari " + strconv.Itoa(pages)
	}
	lines := []string{head, "<b>TKSK</b>: " + d.namesIn(place.Code)}
	for _, v := range villages[page*villagesShown : min(len(villages), (page+1)*villagesShown)] {
		lines = append(lines, "<b>"+chat.Escape(v.Title())+"</b>: "+d.namesIn(v.Code))
	}
	lines = append(lines, "Satu desa, dengan tombol cabut: /anggota Seloto")
	turn := func(label string, to int) chat.Button {
		return button(label, "ppl", place.Code.String(), strconv.Itoa(to))
	}
	var row []chat.Button
	if page > 0 {
		row = append(row, turn("‹ Sebelumnya", page-1))
	}
	if page < pages-1 {
		row = append(row, turn("Berikutnya ›", page+1))
	}
	var rows [][]chat.Button
	if row != nil {
		rows = append(rows, row)
	}
	for _, m := range d.tx.Overseers(place.Code) {
		rows = append(rows, []chat.Button{button("Cabut: "+text.Clip(d.tx.Unseal(m.Name, "name"), 30), "out", code(uint64(m.User)))})
	}
	return strings.Join(lines, "\n"), rows
}

// namesIn names the people of a village who report.
func (d *desk) namesIn(village region.Code) string {
	var names []string
	for _, m := range d.tx.Members(village) {
		if m.State != storage.Active {
			continue
		}
		name, about := chat.Escape(d.tx.Unseal(m.Name, "name")), []string{m.Role.Noun()}
		if m.Role == storage.TKSK {
			about = nil
		}
		if d.tx.Chat(m.User).Unreachable {
			about = append(about, "tak terjangkau")
		}
		if len(about) > 0 {
			name += " (" + strings.Join(about, ", ") + ")"
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return "belum ada"
	}
	return strings.Join(names, ", ")
}

// turnPeople shows another page in the message that was pressed.
func (d *desk) turnPeople(place, page string) {
	c, _ := region.ParseCode(place)
	p, ok := d.Region.ByCode(c)
	n, err := strconv.Atoi(page)
	if !ok || p.Kind != region.District || err != nil {
		d.toast("Tombol ini sudah tidak berlaku.")
		return
	}
	words, rows := d.peopleOf(p, n)
	d.edit(words, rows...)
}
