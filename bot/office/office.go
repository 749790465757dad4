// Package office is what the Dinsos group and its staff do.
package office

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/remind"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Office hears the groups the bot is in. Everybody in the Dinsos group acts as staff; nobody else
// does.
type Office struct {
	Region *region.Region
	// Contact is whom a person asks who was turned down.
	Contact string
	// Retention is how many months data of residents is kept by configuration, 0 for ever.
	Retention int
	// Reminders say when people are reminded, by configuration.
	Reminders remind.Rules
	// Standard are the values of settings by configuration, by name.
	Standard map[string]string
	// Configured is the Dinsos group by configuration, 0 when it is claimed by /pasang.
	Configured int64
	// Reopen opens in a reporter's chat the question that staff returned a report for. It gives nothing
	// when something else is going on there. Nil where nobody can be asked.
	Reopen func(tx *storage.Tx, now time.Time, user int64, number uint64) ([]chat.Reply, error)
}

// NameNote is the note under which the bot's username is kept, without @; it is empty before the
// first contact with Telegram.
const NameNote = "bot_username"

// Room is the Tap.To of the office's buttons.
const Room = "o"

// desk is one input in a group, and what is known of it.
type desk struct {
	*Office
	tx    *storage.Tx
	now   time.Time // in WITA
	in    chat.Input
	token string
	staff bool // sits in the Dinsos group
	out   []chat.Reply

	private bool           // spoken in a private chat
	access  Access         // of whoever speaks there
	chat    *storage.Chat  // theirs
	pending *storage.Asked // what they were asked for when they pressed a button
}

// Hear takes an input of a group, or the news that a group moved, and returns the answers. token is
// unguessable and made of letters that a deep link allows, for an invite.
func (o *Office) Hear(tx *storage.Tx, now time.Time, in chat.Input, token string) ([]chat.Reply, error) {
	d := &desk{Office: o, tx: tx, now: now.In(region.WITA), in: captioned(in), token: token}
	g, known := tx.StaffGroup()
	d.staff = known && g.Chat == in.Chat.ID
	if d.staff && d.gone(g) {
		d.toast("Tombol ini hanya untuk petugas di grup Dinsos.")
		d.out = append(d.out, Check(g.Chat, in.From.ID, now))
		return d.out, nil
	}
	if err := d.remember(); err != nil {
		return nil, err
	}
	err := d.hear(known)
	if c := d.tx.Chat(in.From.ID); d.staff && c.Staff && !c.Seat.In { // somebody new here
		d.out = append(d.out, Check(g.Chat, in.From.ID, now))
	}
	return d.out, err
}

// captioned makes the command below a picture or document a command with a file.
func captioned(in chat.Input) chat.Input {
	if in.Kind != chat.Photo && in.Kind != chat.Document {
		return in
	}
	if o, ok := chat.ParseOrder(in.Text); ok && (o.Name == "umumkan" || o.Name == "materi") {
		in.Kind, in.Command = chat.Command, o
	}
	return in
}

// gone says whether a button of the group was pressed by somebody who left it. Words prove that their
// speaker is there; a phone may hold a button longer.
func (d *desk) gone(g storage.Group) bool {
	seat := d.tx.Chat(d.in.From.ID).Seat
	return d.in.Kind == chat.Tapped && seat.Group == g.Chat && !seat.At.IsZero() && !seat.In
}

func (d *desk) hear(known bool) error {
	if d.unwanted() {
		return nil
	}
	switch d.in.Kind {
	case chat.Moved:
		return d.move()
	case chat.Left:
		if !d.staff {
			return nil
		}
		for _, id := range d.tx.Staff() {
			d.out = append(d.out, chat.Reply{Act: chat.Say, Class: chat.Notice, Chat: id, Draw: &chat.Drawing{Kind: "group_lost"}})
		}
		return d.record(0, storage.GroupLost{Chat: d.in.Chat.ID})
	case chat.Joined:
		if !known && d.in.Chat.ID == d.Configured {
			return d.take()
		}
		d.arrive(known)
	case chat.Tapped:
		return d.tap()
	case chat.Text:
		if d.staff {
			if done, err := d.typedSetting(); done || err != nil {
				return err
			}
			return d.words()
		}
	case chat.Command:
		if to := d.in.Command.To; to != "" && !strings.EqualFold(to, d.name()) || d.in.Edited {
			return nil
		}
		return d.command(known)
	}
	return nil
}

func (d *desk) record(village region.Code, f storage.Fact) error {
	_, err := d.tx.Record(d.now, d.in.From.ID, village, f)
	return err
}

func (d *desk) say(words string, rows ...[]chat.Button) {
	d.out = append(d.out, chat.Reply{
		Act: chat.Say, Class: chat.Notice, Text: words, Buttons: rows, ReplyTo: d.answers(),
	})
}

// answers is the message to quote, so that a group sees what is answered.
func (d *desk) answers() int64 {
	if d.in.Kind == chat.Command && !d.private {
		return d.in.Message
	}
	return 0
}

// quotes is the message below which the group finds an answer.
func (d *desk) quotes() int64 {
	if d.private {
		return 0
	}
	return d.in.Message
}

func (d *desk) toast(words string) {
	if d.private && d.in.Query == "" { // the tap was answered while its right was looked up
		d.out = append(d.out, chat.Reply{Act: chat.Say, Class: chat.Notice, Text: chat.Escape(words)})
		return
	}
	d.out = append(d.out, chat.Reply{Act: chat.Toast, Class: chat.Fleet, Query: d.in.Query, Text: words})
}

// edit changes the message whose button was pressed.
func (d *desk) edit(words string, rows ...[]chat.Button) {
	d.out = append(d.out, chat.Reply{Act: chat.Edit, Class: chat.Notice, Message: d.in.Message, Text: words, Buttons: rows})
}

func (d *desk) command(known bool) error {
	c := d.in.Command
	switch {
	case c.Name == "pasang":
		return d.claim(known)
	case !d.staff:
		if c.Name == "start" || c.To != "" {
			d.arrive(known)
		}
		return nil
	case d.in.From.Anonymous:
		d.say("Mohon tulis sebagai diri sendiri, bukan sebagai admin anonim atau kanal.")
		return nil
	}
	switch c.Name {
	case "rekap":
		d.recap(c.Args)
	case Queue:
		return d.openQueue(c.Args)
	case "ekspor":
		d.export(c.Args)
	case "papan":
		return d.board()
	case "diam":
		d.silence()
	case "undang":
		return d.invite(c.Args)
	case "undangan":
		d.invitations()
	case "umumkan":
		return d.announce()
	case "materi":
		return d.guide()
	case "anggota":
		d.people(c.Args)
	case "desa", "profil":
		d.profile(c.Args)
	case "laporan_bulanan":
		d.monthly(c.Args)
	case "pendaftaran":
		if d.requests(); len(d.out) == 0 {
			d.say("Tidak ada pendaftaran yang menunggu.")
		}
	case "tindak_lanjut":
		return d.followUps(c.Args)
	case "cari":
		d.searchElsewhere()
	case "rincian":
		d.detailsElsewhere(c.Args)
	case "perbaikan":
		if d.corrections(); len(d.out) == 0 {
			d.say("Tidak ada perbaikan yang menunggu.")
		}
	case Looks, Incident, Copy:
		d.leadToPrivate(c.Name, c.Args)
	case "retensi":
		return d.askRetention()
	case Erase:
		return d.askErasure(c.Args)
	case "setelan":
		d.openSettings()
	case "start", "bantu", "help", "menu":
		d.say(groupHelp())
	default:
		if c.To != "" || c.Name == "bantuan" || c.Name == "laporan" || c.Name == "daftar" || c.Name == "privasi" || c.Name == "tentang" {
			d.say("Melapor dan mendaftar dilakukan di obrolan pribadi dengan bot.\nYang bisa di grup ini: /bantu", d.door())
		}
	}
	return nil
}

func (d *desk) door() []chat.Button {
	if d.name() == "" {
		return nil
	}
	return []chat.Button{{Label: "Buka obrolan pribadi", URL: "https://t.me/" + d.name()}}
}

func (d *desk) name() string { return d.tx.Note(NameNote) }

func (d *desk) tap() error {
	t, err := chat.ParseTap(d.in.Data)
	switch {
	case err != nil || t.To != Room:
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	case !d.staff && d.private && d.access.District != 0 && !d.reaches(t):
		d.outside()
		return nil
	case d.in.From.Anonymous, !d.staff && !d.reaches(t):
		d.toast("Tombol ini hanya untuk petugas di grup Dinsos.")
		return nil
	}
	switch t.Arg(0) {
	case "yes", "no":
		return d.decide(t.Arg(1), t.Arg(0) == "yes")
	case "swap", "swap!", "wait":
		return d.replace(t.Arg(0), t.Arg(1))
	case "out", "out!", "stay":
		return d.revoke(t.Arg(0), t.Arg(1))
	case "seen", "ret", "rej", "own", "card":
		return d.review(t)
	case "pk":
		return d.turnQueue(t.Arg(1), t.Arg(2), t.Arg(3))
	case "cok", "cno", "cwhy", "cown", "cback":
		return d.judge(t.Arg(0), t.Arg(1), t.Arg(2))
	case "void":
		return d.void(t.Arg(1))
	case "inv":
		return d.makeInvite(t.Arg(1), t.Arg(2))
	case "ppl":
		d.turnPeople(t.Arg(1), t.Arg(2))
	case "role":
		return d.role(t.Arg(1), storage.Role(t.Arg(2)), t.Arg(3) == "sure")
	case "set":
		return d.setting(t)
	case "sheet":
		return d.sheet(t.Arg(1), t.Arg(2))
	case "gd":
		return d.turnGuide(t.Arg(1), t.Arg(2))
	case "c":
		return d.actOnCase(t)
	case "al":
		return d.compare(t.Arg(1), t.Arg(2), t.Arg(3))
	case "fu":
		return d.turnFollowUps(t.Arg(1), t.Arg(2))
	case "find":
		return d.askSearch()
	case "bc":
		return d.broadcast(t.Arg(1), t.Arg(2))
	case "rekap":
		d.turnRecap(t.Arg(1), t.Arg(2), t.Arg(3))
	case "desa":
		d.pressProfile(t.Arg(1))
	case "mon":
		d.pressMonthly(t.Arg(1), t.Arg(2))
	case "ppl1":
		d.pressPeople(t.Arg(1))
	case "exp":
		d.pressExport(t.Arg(1), t.Arg(2))
	case "old":
		return d.decideRetention(t.Arg(1), t.Arg(2))
	case "era":
		if t.Arg(1) == "mem" {
			return d.pressMember(t.Arg(2))
		}
		return d.decideErasure(t.Arg(1), t.Arg(2), t.Arg(3))
	case "diam":
		d.silence()
	case "nudge":
		return d.nudge(t.Arg(1))
	case "text":
		d.spellOut(t.Arg(1), t.Arg(2))
	case "file":
		d.hand(t.Arg(1), t.Arg(2), t.Arg(3))
	default:
		d.toast("Tombol ini sudah tidak berlaku.")
	}
	return nil
}

// forTKSK says whether a button may be pressed by a TKSK, who acts in the own kecamatan only; what it
// does looks at the place (sees).
func forTKSK(act string) bool {
	return slices.Contains([]string{
		"rekap", "text", "file", "diam", "nudge", "desa", "mon", "exp", "seen", "ret", "rej", "own", "card", "pk", "c", "al", "fu", "find",
	}, act)
}

func button(label string, args ...string) chat.Button {
	return chat.Button{Label: label, Data: chat.NewTap(Room, args...).Data()}
}

// person is who speaks, as the group shows them.
func (d *desk) person() string {
	if d.private && !d.staff && d.access.District != 0 {
		at, _ := d.Region.ByCode(d.access.District)
		return storage.TKSK.Label() + " " + at.Name
	}
	if d.in.From.Name == "" {
		return "petugas"
	}
	return d.in.From.Name
}

// remember keeps who acts as staff: a later person is told who decided, and they are told when the
// group is lost.
func (d *desk) remember() error {
	_, tells := d.askedWhy()
	acts := d.in.Kind == chat.Command || d.in.Kind == chat.Tapped || tells
	if !d.staff || !acts || d.in.From.Anonymous || d.in.From.ID <= 0 {
		return nil
	}
	c := d.tx.Chat(d.in.From.ID)
	if c.Staff && c.Name == d.person() {
		return nil
	}
	c.Staff, c.Name = true, d.person()
	return d.tx.PutChat(c)
}

func code(n uint64) string { return strconv.FormatUint(n, 36) }
