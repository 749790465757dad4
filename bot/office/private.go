package office

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
	"wksbm/storage/region"
)

// room is a command that staff uses in private. mine says that a TKSK may, for the own kecamatan; hidden that
// people of a village are not told of it, who are no staff; volunteers that they have something of their own
// under the name; group that it is done in the group, which staff is told.
type room struct {
	open       func(d *desk, args string) error
	mine       bool
	hidden     bool
	volunteers bool
	group      bool
}

// inGroup are the commands of the group that staff may write here by mistake.
func inGroup() []string {
	return []string{"papan", "undang", "undangan", "umumkan", "materi", "anggota", "pendaftaran", "perbaikan", "setelan", "pasang"}
}

// elsewhere says that a command is one of the group.
func (d *desk) elsewhere(string) error {
	d.say("Perintah ini ditulis di grup Dinsos.\nDi sini: /rekap, /periksa, /tindak_lanjut, /cari, /rincian, /desa, /ekspor")
	return nil
}

// rooms are the private commands of the office. A deep link "name_args" opens them too.
func rooms() map[string]room {
	all := map[string]room{
		Origin:            {open: (*desk).openOrigin, mine: true},
		Queue:             {open: (*desk).openQueue, mine: true},
		Desk:              {open: (*desk).openHome},
		"rekap":           {open: told((*desk).recap), mine: true, hidden: true},
		"desa":            {open: told((*desk).profile), mine: true, hidden: true},
		"laporan_bulanan": {open: told((*desk).monthly), mine: true, hidden: true},
		"ekspor":          {open: told((*desk).export), mine: true, hidden: true},
		"diam":            {open: (*desk).openSilence, mine: true, volunteers: true},
		Details:           {open: (*desk).openDetails, mine: true},
		Compare:           {open: (*desk).openCompare, mine: true},
		Search:            {open: (*desk).search, mine: true},
		FollowUps:         {open: (*desk).followUps, mine: true},
		Incident:          {open: (*desk).openIncident},
		Retention:         {open: (*desk).openRetention},
		Copy:              {open: (*desk).openCopy, mine: true},
		Looks:             {open: (*desk).openLooks},
		Erase:             {open: (*desk).openErasure, mine: true, volunteers: true},
	}
	for _, name := range inGroup() {
		all[name] = room{open: (*desk).elsewhere, volunteers: true, group: true}
	}
	return all
}

// Desk is the command by which somebody says that they sit in the Dinsos group; it opens their menu.
const Desk = "petugas"

// openHome shows the menu of staff.
func (d *desk) openHome(string) error {
	d.out = append(d.out, StaffHome())
	return nil
}

// ofVillage says whether somebody reports from a village.
func ofVillage(tx *storage.Tx, user int64) bool {
	m, ok := tx.Member(user)
	return ok && m.State == storage.Active
}

// told makes a room of an answer that changes nothing.
func told(answer func(d *desk, args string)) func(*desk, string) error {
	return func(d *desk, args string) error { answer(d, args); return nil }
}

// Private hears what a person says to the office in their private chat c: a command, a link or a button
// of the office. ok is false when it is no business of the office. Whoever is not known to sit in the group is
// asked after first; what they said waits for the answer (Resume).
func (o *Office) Private(tx *storage.Tx, now time.Time, in chat.Input, token string, c *storage.Chat) (out []chat.Reply, ok bool, err error) {
	d := &desk{Office: o, tx: tx, now: now.In(region.WITA), in: in, token: token, private: true, chat: c}
	name, args, ok := d.asked()
	if !ok {
		return nil, false, nil
	}
	at := rooms()[name]
	if _, claimed := tx.StaffGroup(); name == "pasang" && !claimed {
		d.say("Perintah ini ditulis di grup Dinsos, bukan di sini.\nTambahkan dulu bot ini ke grup itu, lalu ketik di sana: <b>/pasang KODE</b>")
		return d.out, true, nil
	}
	m, member := tx.Member(in.From.ID)
	if member && m.Reports() && at.volunteers {
		return nil, false, nil
	}
	if at.group && !c.Staff && !c.Seat.In {
		return nil, false, nil
	}
	if _, _, wish := wishOf(args); name == Erase && (!wish || !c.Staff && !c.Seat.In && !(member && m.Oversees())) {
		return nil, false, nil // one's own data
	}
	d.access = o.Access(tx, in.From.ID, now)
	d.staff = d.access.Staff
	known := c.Staff || c.Seat.In
	switch g, _ := tx.StaffGroup(); {
	case d.access.None() && !known && at.hidden && ofVillage(tx, in.From.ID):
		return nil, false, nil
	case d.access.None() && name == "" && !known: // a forged button, or one from long ago
		return nil, false, nil
	case d.access.Unsure && d.access.None() && in.Again:
		d.say("Keanggotaan di grup Dinsos belum bisa diperiksa. Mohon coba lagi sebentar lagi.")
		return d.out, true, nil
	case d.access.Unsure && !in.Again && (d.access.None() || c.Seat.In):
		if c.Waiting, err = json.Marshal(waiting{In: in, Token: token}); err != nil {
			return nil, true, fmt.Errorf("keep input: %w", err)
		}
		return []chat.Reply{Check(g.Chat, in.From.ID, now)}, true, nil
	}
	if d.access.None() && at.volunteers {
		return nil, false, nil
	}
	if d.access.None() && name == Search { // a volunteer looks in the own village
		return nil, false, nil
	}
	if d.staff && (!c.Staff || c.Name != d.person()) { // colleagues read who did it
		c.Staff, c.Name = true, d.person()
		if err := tx.PutChat(*c); err != nil {
			return nil, true, err
		}
	}
	if !d.staff && d.access.District != 0 {
		c.Name = d.person()
	}
	err = d.answer(name, args)
	for i := range d.out {
		d.narrow(&d.out[i])
	}
	return d.out, true, err
}

// waiting is what a person said while it was not known whether they are in the group.
type waiting struct {
	In    chat.Input
	Token string
}

// Resume takes out what a person waits for; ok is false when that is nothing.
func (o *Office) Resume(c *storage.Chat) (in chat.Input, token string, ok bool) {
	var w waiting
	if len(c.Waiting) == 0 || json.Unmarshal(c.Waiting, &w) != nil {
		return in, "", false
	}
	c.Waiting = nil
	w.In.Query, w.In.Again = "", true // the tap was answered
	return w.In, w.Token, true
}

// asked finds the private command in an input: "/name args", "/start name_args", a menu button
// "m:name:args", or a button of the office, which has no name.
func (d *desk) asked() (name, args string, ok bool) {
	switch d.in.Kind {
	case chat.Command:
		name, args = d.in.Command.Name, d.in.Command.Args
		if name == "start" {
			name, args, _ = strings.Cut(args, "_")
		}
	case chat.Text:
		return "", "", d.asks() != nil
	case chat.Tapped:
		t, err := chat.ParseTap(d.in.Data)
		if err != nil {
			return "", "", false
		}
		if t.To == Room {
			return "", "", true
		}
		if t.To == "m" {
			name, args = t.Arg(0), t.Arg(1)
		}
	}
	_, ok = rooms()[name]
	return name, args, ok
}

func (d *desk) answer(name, args string) error {
	r, named := rooms()[name]
	switch {
	case d.access.None() && name == Desk: // who asks for the way in is told it in full
		d.say(onlyStaff)
		return nil
	case d.access.None() || named && !d.staff && !r.mine:
		d.chat.Asked = nil
		d.refuse()
		return nil
	case named:
		return r.open(d, args)
	case d.in.Kind == chat.Text:
		return d.takeWords()
	}
	d.pending, d.chat.Asked = d.chat.Asked, nil
	return d.tap()
}

// openSilence is /diam in private.
func (d *desk) openSilence(string) error {
	d.silence()
	return nil
}

// onlyStaff is told to whoever does not sit in the Dinsos group.
const onlyStaff = "Ini dibuka untuk petugas di grup Dinsos saja.\nPetugas baru: mohon masuk ke grup Dinsos dulu, lalu coba lagi."

func (d *desk) refuse() {
	if d.access.District != 0 && !d.staff {
		d.outside()
		return
	}
	if d.in.Kind == chat.Tapped {
		d.toast("Tombol ini hanya untuk petugas di grup Dinsos.")
		return
	}
	d.say(onlyStaff)
}

// sees says whether whoever speaks may act on a village.
func (d *desk) sees(village region.Code) bool {
	if d.staff {
		return true
	}
	at, ok := d.Region.ByCode(village)
	return ok && d.access.District != 0 && (at.District == d.access.District)
}

// openOrigin opens where the numbers of a digest come from.
func (d *desk) openOrigin(args string) error {
	if !d.staff && !d.sees(originPlace(args)) {
		d.refuse()
		return nil
	}
	r := d.OriginOf(d.tx, args, d.now)
	d.narrow(&r)
	if d.in.Kind == chat.Tapped {
		r.Act, r.Message = chat.Edit, d.in.Message
	}
	d.out = append(d.out, r)
	return nil
}
