package office

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// number prints a report's number: 0127.
func number(n uint64) string { return fmt.Sprintf("%04d", n) }

// caseTag remembers where the card of a household was posted.
func caseTag(n uint64) string { return "case:" + strconv.FormatUint(n, 10) }

// caseCard shows a household in need: number, place, kinds, counts.
func (o *Office) caseCard(tx *storage.Tx, now time.Time, n uint64) (chat.Reply, bool) {
	card, ok := o.household(tx, now, n, "🏠 <b>No. "+number(n)+"</b>")
	card.Tag = caseTag(n)
	return card, ok
}

// urgentCard tells that a household known already needs help at once.
func (o *Office) urgentCard(tx *storage.Tx, now time.Time, n uint64) (chat.Reply, bool) {
	return o.household(tx, now, n, "⚠️ <b>No. "+number(n)+" mendesak</b>")
}

func (o *Office) household(tx *storage.Tx, now time.Time, n uint64, head string) (chat.Reply, bool) {
	c, ok := tx.Case(n)
	r, ok2 := tx.Report(n)
	if !ok || !ok2 {
		return chat.Reply{}, false
	}
	card := chat.Reply{Text: head + " · " + chat.Escape(o.Region.FullName(c.Village)) + "\n" + chat.Escape(needs(c)) + "\n" + o.stands(tx, now, r)}
	if !c.Erased.IsZero() {
		card.Text += "\nData warga sudah dihapus"
		if r.State.Counts() {
			card.Text += "; jumlahnya tetap"
		}
		card.Text += "."
	}
	card.Buttons = reviewButtons(tx, r)
	return card, true
}

// needs says what kind of household it is; of a sensitive one nothing but that.
func needs(c storage.Case) string {
	kinds := categories(c.Categories)
	if c.Sensitive || kinds == hushed {
		kinds = hushed + ", mohon hubungi pelapornya"
	} else {
		kinds += " · " + strconv.Itoa(c.Persons) + " jiwa"
	}
	if c.Urgent {
		kinds += " · mendesak"
	}
	return kinds
}

// nameOf is how a member of staff is called in the group.
func nameOf(tx *storage.Tx, user int64) string {
	if name := tx.Chat(user).Name; name != "" {
		return name
	}
	if m, ok := tx.Member(user); ok { // a TKSK, who is in no group
		return tx.Unseal(m.Name, "name")
	}
	return "petugas lain"
}

// deathCard tells of a death without the name.
func (o *Office) deathCard(tx *storage.Tx, n uint64) (chat.Reply, bool) {
	r, ok := tx.Report(n)
	if !ok || r.Kind != storage.DeathKnown {
		return chat.Reply{}, false
	}
	var body storage.Death
	r.DecodeBody(&body)
	who := "Warga yang belum terdata"
	if body.Case != 0 {
		who = "Warga terdata, No. " + number(body.Case)
	}
	return chat.Reply{Buttons: rowsOf(detailsLink(tx, "Rincian", n)), Text: strings.Join([]string{
		"⚠️ <b>Kabar kematian, No. " + number(n) + "</b> · " + chat.Escape(o.Region.FullName(r.Village)),
		who + " · " + text.Date(r.Date.Time()),
		"Keluarganya mungkin belum mengurus uang duka.",
	}, "\n")}, true
}

// alikeCard names the cases of other villages with the same NIK or No KK that nobody compared yet.
func (o *Office) alikeCard(tx *storage.Tx, n uint64) (chat.Reply, bool) {
	card, open := o.compared(tx, n)
	return card, open > 0
}

// prove brings the case of a verified report one state on; one that was helped meanwhile stays where
// it is.
func (d *desk) prove(r storage.Report) error {
	if c, ok := d.tx.Case(r.Number); !ok || c.State != storage.Identified {
		return nil
	}
	proven := storage.CaseEntry{Case: r.Number, Kind: storage.EntryState, State: storage.CaseProven}
	return d.record(r.Village, storage.CaseEntered{Entry: proven})
}

// mirrorCase shows how the report of a case stands on the group's card of it, while staff did not look at it.
func (d *desk) mirrorCase(n uint64) {
	r, ok := d.tx.Report(n)
	if !ok || !r.Open() {
		return
	}
	if card, drawn := d.card(d.tx, d.now, aboutReport(d.tx, r), n); drawn {
		d.mirror(card)
	}
}

// tell sends news of a report to its reporter, or to the ketua when the reporter is gone. words is
// HTML with one %s for how the person is called; the buttons stand before those that any news has.
func (d *desk) tell(r storage.Report, words string, first ...chat.Button) {
	open := chat.Button{Label: "Lihat", Data: chat.NewTap("r", "open", strconv.FormatUint(r.Number, 10)).Data()}
	if m, ok := d.reader(r); ok {
		d.inform(m, words, append(first, open)...)
	}
}

// inform sends news to a member, with a way to the menu behind the buttons.
func (d *desk) inform(m storage.Member, words string, row ...chat.Button) {
	d.out = append(d.out, chat.Reply{
		Act: chat.Say, Class: chat.Notice, Chat: m.User, Text: fmt.Sprintf(words, d.called(m)),
		Buttons: [][]chat.Button{append(row, chat.Button{Label: "Menu", Data: chat.NewTap("m", "menu").Data()})},
	})
}

// reader is who may see a report: its reporter while active, else the village's ketua.
func (d *desk) reader(r storage.Report) (storage.Member, bool) {
	if m, ok := d.tx.Member(r.By); ok && m.Reports() {
		return m, true
	}
	for _, m := range d.tx.Members(r.Village) {
		if m.State == storage.Active && m.Role == storage.Ketua {
			return m, true
		}
	}
	return storage.Member{}, false
}

// hears says whether there is somebody who is told of a report.
func (d *desk) hears(r storage.Report) bool {
	m, ok := d.reader(r)
	return ok && d.tx.Reaches(m.User)
}

// called is how a member is spoken to: "Bu Sumiati". It is HTML.
func (d *desk) called(m storage.Member) string {
	call := "Bu"
	if m.Address == "bapak" {
		call = "Pak"
	}
	return call + " " + chat.Escape(d.tx.Unseal(m.Name, "name"))
}
