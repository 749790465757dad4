package office

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// FollowUps is the command that lists the households that are followed up.
const FollowUps = "tindak_lanjut"

// followedShown is how many households one page of the list has.
const followedShown = 5

// followUps answers /tindak_lanjut: the open households of a kecamatan, of a village or of all, what is overdue first.
func (d *desk) followUps(args string) error {
	scope, ok := d.queueScope(args)
	switch {
	case !ok:
		d.say("Kami membaca \"" + chat.Escape(text.Clip(args, 40)) + "\", belum ada tempat seperti itu.\nMisalnya: /tindak_lanjut Taliwang, atau /tindak_lanjut desa Seloto")
		return nil
	case scope != 0 && !d.sees(scope):
		d.outside()
		return nil
	}
	words, rows := d.followPage(0, scope)
	if d.private {
		d.show(words, rows...)
		return nil
	}
	d.say(words, rows...)
	return nil
}

// turnFollowUps shows another page of the list in the message that was pressed.
func (d *desk) turnFollowUps(page, scope string) error {
	at, err := strconv.Atoi(page)
	if err != nil {
		return nil
	}
	place, _ := region.ParseCode(scope)
	words, rows := d.followPage(at, place)
	d.edit(words, rows...)
	return nil
}

func (d *desk) followPage(at int, scope region.Code) (string, [][]chat.Button) {
	all, today := d.openCases(scope), storage.DayOf(d.now)
	if len(all) == 0 {
		return "<b>Tindak lanjut</b>" + d.ofPlace(scope) + "\nTidak ada warga yang menunggu.", nil
	}
	pages := (len(all) + followedShown - 1) / followedShown
	at = min(max(at, 0), pages-1)
	lines := []string{d.followHead(all, today), d.followPlaces(all, today)}
	var rows [][]chat.Button
	for _, c := range all[at*followedShown : min(len(all), (at+1)*followedShown)] {
		lines = append(lines, "", d.followed(c, today))
		if row := d.followRow(c, at, scope); row != nil {
			rows = append(rows, row)
		}
	}
	if pages > 1 {
		lines[0] += " · halaman " + strconv.Itoa(at+1) + " dari " + strconv.Itoa(pages)
	}
	turn := turning(at, pages, func(label string, to int) chat.Button {
		return button(label, "fu", strconv.Itoa(to), placeArg(scope))
	})
	if turn != nil {
		rows = append(rows, turn)
	}
	return strings.Join(lines, "\n"), rows
}

// ofPlace names the place that a list is about, behind its head.
func (d *desk) ofPlace(scope region.Code) string {
	if scope == 0 {
		return ""
	}
	return " · " + chat.Escape(d.Region.FullName(scope))
}

// openCases are the households that are not settled, of a kecamatan or a village, 0 for all, that the
// person sees: what is overdue first, then what comes next, then what nobody planned for.
func (d *desk) openCases(scope region.Code) []storage.Case {
	var out []storage.Case
	for _, place := range d.Region.Villages(0) {
		if !d.inside(scope, place.Code) || !d.sees(place.Code) {
			continue
		}
		for _, c := range d.tx.Cases(place.Code) {
			if !c.State.Ended() && c.Erased.IsZero() {
				out = append(out, c)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b storage.Case) int {
		return cmp.Or(cmp.Compare(dueRank(a), dueRank(b)), cmp.Compare(calm(a), calm(b)), cmp.Compare(a.Number, b.Number))
	})
	return out
}

// dueRank orders by the day something is due; last what is not planned.
func dueRank(c storage.Case) int {
	if c.Due == 0 {
		return 1 << 30
	}
	return int(c.Due)
}

func calm(c storage.Case) int {
	if c.Urgent {
		return 0
	}
	return 1
}

func overdue(c storage.Case, today storage.Day) bool { return c.Due != 0 && c.Due < today }

func (d *desk) followHead(all []storage.Case, today storage.Day) string {
	late, idle := 0, 0
	for _, c := range all {
		switch {
		case overdue(c, today):
			late++
		case c.Due == 0 && !c.Held:
			idle++
		}
	}
	head := fmt.Sprintf("<b>Tindak lanjut</b> · %d terbuka", len(all))
	if late > 0 {
		head += fmt.Sprintf(" · ⏰ %d lewat waktu", late)
	}
	if idle > 0 {
		head += fmt.Sprintf(" · %d belum direncanakan", idle)
	}
	return head
}

// followPlaces counts by kecamatan: "Taliwang 5 (lewat 2) · Jereweh 1".
func (d *desk) followPlaces(all []storage.Case, today storage.Day) string {
	open, late := map[region.Code]int{}, map[region.Code]int{}
	for _, c := range all {
		at, _ := d.Region.ByCode(c.Village)
		open[at.District]++
		if overdue(c, today) {
			late[at.District]++
		}
	}
	var out []string
	for _, p := range d.Region.Districts() {
		n := open[p.Code]
		if n == 0 {
			continue
		}
		word := p.Name + " " + strconv.Itoa(n)
		if late[p.Code] > 0 {
			word += " (lewat " + strconv.Itoa(late[p.Code]) + ")"
		}
		out = append(out, word)
	}
	return chat.Escape(strings.Join(out, " · "))
}

// followed tells of one household what a group may know.
func (d *desk) followed(c storage.Case, today storage.Day) string {
	mark := ""
	if overdue(c, today) {
		mark = "⏰ "
	}
	kinds := categories(c.Categories)
	if c.Sensitive {
		kinds = hushed
	}
	if c.Urgent {
		kinds += " · mendesak"
	}
	next := "belum direncanakan"
	switch {
	case c.Next == "" && c.Held:
		next = "↩️ menunggu jawaban pelapor"
	case c.Next != "":
		next = planWords(c.Next, "langkah lain")
		if c.Due != 0 {
			next += ", " + until(c.Due, today)
		}
	}
	if owner := ownerOf(d.tx, c); owner != 0 {
		next += " · " + ownerName(d.tx, owner)
	}
	return mark + "<b>No. " + number(c.Number) + "</b> · " + chat.Escape(d.Region.FullName(c.Village)) + "\n" + chat.Escape(kinds) + "\n" + next
}

// followRow leads to one household, and lets somebody take it on.
func (d *desk) followRow(c storage.Case, page int, scope region.Code) []chat.Button {
	label := "Rincian " + number(c.Number)
	if d.private {
		return []chat.Button{caseButton(label, c.Number, "page")}
	}
	row := detailsLink(d.tx, label, c.Number)
	if seesTo(d.tx, c) == 0 {
		row = append(row, caseButton("Saya tangani "+number(c.Number), c.Number, "own", strconv.Itoa(page), placeArg(scope)))
	}
	return row
}

// doubtCard tells that a village does not think a case finished.
func (o *Office) doubtCard(tx *storage.Tx, n uint64) (chat.Reply, bool) {
	c, ok := tx.Case(n)
	return o.asks(tx, c, "Belum selesai menurut pelapornya; langkah berikutnya ditunggu."), ok
}
