package office

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/book"
	"wksbm/bot/chat"
	"wksbm/bot/digest"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
	"wksbm/storage/region"
)

// profile answers /desa: a page of what a village is, did and has. The ketua and who signed the decree are
// officials; of all others there are counts.
func (d *desk) profile(words string) {
	place, ok := d.one(words, asking{"/desa", func(c region.Code) chat.Button { return button(d.Region.FullName(c), "desa", c.String()) }})
	if ok {
		page, rows := d.pageOf(place)
		d.say(page, rows...)
	}
}

// pressProfile shows a village in the place of the question for it.
func (d *desk) pressProfile(arg string) {
	place, ok := d.villageOf(arg)
	if !ok {
		d.toast("Tombol ini sudah tidak berlaku.")
		return
	}
	page, rows := d.pageOf(place)
	d.edit(page, rows...)
}

// villageOf reads the village of a button.
func (d *desk) villageOf(arg string) (region.Code, bool) {
	code, _ := region.ParseCode(arg)
	p, ok := d.Region.ByCode(code)
	return code, ok && p.Kind != region.District
}

// pageOf is the page of a village with what leads on.
func (d *desk) pageOf(place region.Code) (string, [][]chat.Button) {
	month := digest.Month(storage.DayOf(d.now).Month())
	made := digest.Make(d.tx, d.Region, month, place, storage.DayOf(d.now))
	lines := append([]string{"📒 <b>WKSBM " + chat.Escape(d.Region.FullName(place)) + "</b>"}, d.whoOf(place)...)
	lines = append(append(lines, ""), d.activityOf(place)...)
	lines = append(lines, booksOf(made)...)
	lines = append(append(lines, ""), d.casesOf(place)...)
	lines = append(lines, d.countsOf(place)...)
	last := []chat.Button{button("Anggota", "ppl1", place.String())}
	if n := strconv.Itoa(made.Desk.All()); n != "0" {
		lines = append(lines, "⏳ Menunggu diperiksa: "+n)
		last = append(last, button("Periksa "+n, "pk", "new", place.String()))
	}
	return strings.Join(lines, "\n"), [][]chat.Button{
		{button("Rekap bulan ini", "text", month.Key(), place.String()), d.monthlyButton("Laporan PDF", month, place)},
		last,
	}
}

// whoOf tells of the decree, the officials and how many there are.
func (d *desk) whoOf(place region.Code) []string {
	p := d.tx.Portrait(place)
	lines := []string{"SK: belum diisi", "Ketua: belum terdaftar"}
	if p.SKNumber != "" {
		lines[0] = "SK: " + chat.Escape(p.SKNumber)
		if p.SKDate != 0 {
			lines[0] += ", " + text.PlainDate(p.SKDate.Time())
		}
	}
	if p.Signer != "" {
		lines[0] += "\nDitandatangani: " + chat.Escape(p.Signer)
	}
	if p.Ketua != "" {
		lines[1] = "Ketua: " + chat.Escape(p.Ketua)
	}
	if posts := d.posts(place); posts != "" {
		lines = append(lines, "Pengurus: "+posts)
	}
	members := "Melapor lewat Telegram: " + strconv.Itoa(d.tx.Village(place).Members) + " orang"
	if p.Members > 0 {
		members = "Anggota: " + strconv.Itoa(p.Members) + " orang · " + strings.ToLower(members[:1]) + members[1:]
	}
	lines = append(lines, members)
	var kinds []string
	for _, code := range p.Kinds {
		kinds = append(kinds, strings.ToLower(welfare.TermLabel(welfare.ActivityKinds(), code)))
	}
	if kinds != nil {
		lines = append(lines, "Jenis kegiatan: "+strings.Join(kinds, ", "))
	}
	return lines
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

// monthsShown is how many months of reports the page counts.
const monthsShown = 3

// activityOf counts the reports of the last months and names the days of the last report and meeting.
func (d *desk) activityOf(place region.Code) []string {
	now := storage.DayOf(d.now).Month()
	var months []string
	for m := now - monthsShown + 1; m <= now; m++ {
		t := d.tx.MonthTotals(place, m)
		n := strconv.Itoa(t.Reports)
		if t.Reports == 0 && t.Counts[storage.CountNothing] > 0 {
			n = "nihil"
		}
		months = append(months, text.MonthName(m.First().Time().Month())+" "+n)
	}
	v := d.tx.Village(place)
	lines := []string{"<b>Laporan:</b> " + strings.Join(months, " · ")}
	if v.LastReport != 0 {
		lines[0] += "\nTerakhir: " + text.PlainDate(v.LastReport.Time())
	}
	if m, ok := d.lastMeeting(place); ok {
		lines = append(lines, "Rapat terakhir: "+text.PlainDate(m.Date.Time())+attendance(m))
	}
	if v.Next != nil && v.Next.Day >= storage.DayOf(d.now) {
		lines = append(lines, "Rapat berikutnya: "+text.PlainDate(v.Next.Day.Time()))
	}
	return lines
}

// attendance says how many came to a meeting, as far as that is known.
func attendance(m digest.Record) string {
	switch {
	case m.Invited >= m.Present && m.Invited > 0:
		return ", hadir " + strconv.Itoa(m.Present) + " dari " + strconv.Itoa(m.Invited)
	case m.Present > 0:
		return ", hadir " + strconv.Itoa(m.Present)
	}
	return ""
}

// yearBack is how many months are looked through for the last meeting.
const yearBack = 12

// lastMeeting finds a village's latest meeting that counts.
func (d *desk) lastMeeting(place region.Code) (digest.Record, bool) {
	now := storage.DayOf(d.now).Month()
	for m := now; m > now-yearBack; m-- {
		if d.tx.MonthTotals(place, m).Counts[storage.CountMeetings] == 0 {
			continue
		}
		for _, r := range slices.Backward(d.tx.Booked(place, m.First(), m.Last())) {
			if r.Kind == storage.MeetingHeld && r.State.Counts() {
				return digest.RecordOf(r), true
			}
		}
	}
	return digest.Record{}, false
}

// booksOf tells what came in and went out in the month, and what is left.
func booksOf(made digest.Digest) []string {
	in, moreIn := made.Rows(storage.In)
	out, moreOut := made.Rows(storage.Out)
	left, others := made.Stock()
	lines := []string{"", "<b>Diterima bulan ini:</b> " + amounts(in, moreIn), "<b>Disalurkan bulan ini:</b> " + amounts(out, moreOut)}
	if families, persons := digest.Heads(made.Totals); families+persons > 0 {
		lines[2] += " → " + counted(families, persons)
	}
	return append(lines, "<b>Sisa buku desa:</b> "+amounts(left, others))
}

// amounts prints goods in one line.
func amounts(rows []digest.Row, others int) string {
	var out []string
	for _, row := range rows {
		words := goods.Print(storage.Line{Item: row.Item, Unit: row.Unit, Quantity: row.Quantity})
		out = append(out, strings.ToLower(words[:1])+words[1:])
	}
	if others > 0 {
		out = append(out, "barang lain "+strconv.Itoa(others))
	}
	if out == nil {
		return "belum ada"
	}
	return chat.Escape(strings.Join(out, " · "))
}

// casesOf counts the open cases of a village by state and by category.
func (d *desk) casesOf(place region.Code) []string {
	states, kinds := map[string]int{}, map[string]int{}
	n, urgent := 0, 0
	for _, c := range d.tx.Cases(place) {
		if c.State.Ended() || c.Held {
			continue
		}
		n++
		if c.Urgent {
			urgent++
		}
		states[strings.ToLower(book.CaseLabel(c.State))]++
		for _, kind := range digest.HouseholdOf(c).Kinds() {
			kinds[kind]++
		}
	}
	if n == 0 {
		return []string{"<b>Kasus terbuka:</b> tidak ada"}
	}
	head := "<b>Kasus terbuka:</b> " + strconv.Itoa(n)
	if urgent > 0 {
		head += " (" + strconv.Itoa(urgent) + " mendesak)"
	}
	return []string{head + " · " + tallied(states), chat.Escape(tallied(kinds))}
}

// tallied prints counts, the largest first.
func tallied(counts map[string]int) string {
	var labels []string
	for label := range counts {
		labels = append(labels, label)
	}
	slices.SortFunc(labels, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	for i, label := range labels {
		labels[i] = label + " " + strconv.Itoa(counts[label])
	}
	return strings.Join(labels, " · ")
}

// countsOf counts the programmes and the partners of a village.
func (d *desk) countsOf(place region.Code) []string {
	partners, states := 0, map[string]int{}
	for _, p := range d.tx.Partners(place) {
		if !p.Retired {
			partners++
		}
	}
	for _, a := range d.tx.Activities(place) {
		if !a.State.Ended() {
			states[strings.ToLower(book.ActivityLabel(a.State))]++
		}
	}
	programmes := "tidak ada"
	if len(states) > 0 {
		programmes = tallied(states)
	}
	return []string{"<b>Kegiatan:</b> " + programmes, "<b>Mitra:</b> " + strconv.Itoa(partners)}
}
