package office

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// mostMembers is how many people a question offers.
const mostMembers = 20

// askMember answers "/hapus_data Seloto" and "/hapus_data Nur Aini": whose data is it? Those whose access ended
// are offered too, since their data is kept.
func (d *desk) askMember(words string) {
	found := d.membersNamed(words)
	places := d.Region.Find(words, 0)
	if district, ok := d.Region.FindDistrict(words); ok && len(places) == 0 {
		places = append(d.Region.Villages(district.Code), district)
	}
	for _, place := range places {
		found = append(found, d.keptOf(place.Code)...)
	}
	switch {
	case len(found) == 0 && len(places) > 0:
		d.say("Belum ada pelapor yang datanya disimpan di sana.")
		return
	case len(found) == 0: // what was written may be the name of a resident
		d.say("Belum ada desa atau pelapor seperti itu.\nWarga: tulis nomor laporannya saja, misalnya /hapus_data 0131\nPelapor: /hapus_data Seloto")
		return
	}
	var rows [][]chat.Button
	for _, m := range found[:min(len(found), mostMembers)] {
		rows = append(rows, []chat.Button{button(text.Clip(d.tx.Unseal(m.Name, "name"), 30)+" · "+m.Role.Label(), "era", "mem", code(uint64(m.User)))})
	}
	d.say("<b>Pelapor mana yang minta datanya dihapus?</b>\nDitekan: menjadi permintaan; admin grup yang memutuskan.", rows...)
}

// membersNamed are the members whose name holds these words.
func (d *desk) membersNamed(words string) (out []storage.Member) {
	words = strings.ToLower(strings.Join(strings.Fields(words), " "))
	_, district := d.Region.FindDistrict(words)
	if district || len(d.Region.Find(words, 0)) > 0 || len([]rune(words)) < 3 {
		return nil
	}
	for _, place := range append(d.Region.Districts(), d.Region.Villages(0)...) {
		for _, m := range d.keptOf(place.Code) {
			if strings.Contains(strings.ToLower(d.tx.Unseal(m.Name, "name")), words) {
				out = append(out, m)
			}
		}
	}
	return out
}

// keptOf are those of a place whose data is kept.
func (d *desk) keptOf(place region.Code) []storage.Member {
	return slices.DeleteFunc(d.tx.Members(place), func(m storage.Member) bool { return m.Erased })
}

// pressMember records that a member asked staff to have their data erased.
func (d *desk) pressMember(arg string) error {
	user, err := strconv.ParseInt(arg, 36, 64)
	m, ok := d.tx.Member(user)
	switch {
	case err != nil || !ok:
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	case m.Erased:
		d.toast("Datanya sudah dihapus.")
		return nil
	}
	if old, twin := d.tx.WaitingErasure(0, user); twin {
		d.toast("Permintaannya sudah ada.")
		d.postErasure(old.ID)
		return nil
	}
	asked := storage.Erasure{ID: d.tx.NextErasure(), Member: user}
	if err := d.record(m.Village, storage.ErasureAsked{Erasure: asked}); err != nil {
		return err
	}
	d.toast("Dicatat.")
	d.postErasure(asked.ID)
	return nil
}

// unlist takes a member's name off the lists of the village, where it is beyond doubt the member's.
func (d *desk) unlist(m storage.Member) error {
	named := d.tx.Namesakes(m)
	if a := named.Attendee; a.ID != 0 && !a.Retired {
		a.Retired = true
		if err := d.record(m.Village, storage.RosterPut{Attendee: a}); err != nil {
			return err
		}
	}
	if !named.Profile {
		return nil
	}
	p, _ := d.tx.Profile(m.Village)
	signer := d.tx.Unseal(p.Signer, "signer")
	p.Person, p.Ketua = d.tx.NewPerson(), storage.Sealed{}
	p.Signer = d.tx.Seal(p.Person, "signer", signer)
	return d.record(m.Village, storage.ProfilePut{Profile: p})
}

// eraseMember erases somebody who reports, with what they did not finish and what waits to be sent to them.
func (d *desk) eraseMember(user int64) error {
	m, ok := d.tx.Member(user)
	if !ok || m.Erased {
		return nil
	}
	if err := d.tx.DropOutgoing(user); err != nil {
		return err
	}
	c := d.tx.Chat(user)
	c.Draft, c.Parked, c.Sent, c.Waiting, c.Answers, c.Nags = nil, nil, nil, nil, nil, storage.Nags{}
	if !c.Staff {
		c.Name = ""
	}
	if err := d.tx.PutChat(c); err != nil {
		return err
	}
	persons := d.tx.PersonsOfMember(m)
	if err := d.unlist(m); err != nil {
		return err
	}
	if err := d.record(m.Village, storage.PersonErased{Member: user, Persons: persons}); err != nil {
		return err
	}
	for _, r := range d.tx.Erasures(0, user) { // they name the person
		card, _ := d.erasureCard(d.tx, r.ID, d.now)
		if p, posted := d.tx.Posted(card.Tag); posted && p.Message != d.in.Message {
			d.out = append(d.out, chat.Reply{Act: chat.Edit, Class: chat.Notice, Chat: p.Chat, Message: p.Message, Text: card.Text})
		}
	}
	m, _ = d.tx.Member(user)
	if p, posted := d.tx.Posted(requestTag(m.Request)); posted && m.Request != 0 {
		d.out = append(d.out, chat.Reply{Act: chat.Edit, Class: chat.Notice, Chat: p.Chat, Message: p.Message, Text: d.describe(d.tx, m) + "\nDatanya sudah dihapus."})
	}
	return nil
}
