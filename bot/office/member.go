package office

import (
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// requestTag remembers where the card of a request was posted.
func requestTag(n uint64) string { return "request:" + strconv.FormatUint(n, 10) }

// Card shows a person who asks to be let in, or who came in by an invite, to the group. It names
// the applicant, who reports and is no resident in need; the phone number stays away.
func (o *Office) Card(tx *storage.Tx) func(storage.Member) chat.Reply {
	return func(m storage.Member) chat.Reply {
		g, _ := tx.StaffGroup()
		if m.State == storage.Active {
			return chat.Reply{
				Act: chat.Say, Class: chat.Notice, Chat: g.Chat, Topic: g.Topic,
				Text:    o.describe(tx, m) + "\n" + entry(tx, m),
				Buttons: [][]chat.Button{{button("Cabut akses", "out", code(uint64(m.User)))}},
			}
		}
		words := o.describe(tx, m) + "\nMenunggu diperiksa"
		if n := activeKetua(tx, m); n > 0 {
			words += "\nDesa ini sudah punya ketua yang aktif."
		}
		return chat.Reply{
			Act: chat.Say, Class: chat.Notice, Chat: g.Chat, Topic: g.Topic, Tag: requestTag(m.Request), Text: words,
			Buttons: judging(tx, m),
		}
	}
}

func (o *Office) describe(tx *storage.Tx, m storage.Member) string {
	head := mark(m.State) + " <b>Pendaftaran</b>"
	if m.Request != 0 {
		head = mark(m.State) + " <b>Pendaftaran " + strconv.FormatUint(m.Request, 10) + "</b>"
	}
	lines := []string{
		head,
		chat.Escape(tx.Unseal(m.Name, "name")) + " · " + m.Role.Label(),
		chat.Escape(o.Region.FullName(m.Village)),
	}
	if m.SKNumber != "" {
		sk := "SK " + chat.Escape(m.SKNumber)
		if m.SKDate != 0 {
			sk += ", " + text.PlainDate(m.SKDate.Time())
		}
		lines = append(lines, sk)
	}
	return strings.Join(lines, "\n")
}

func activeKetua(tx *storage.Tx, m storage.Member) int {
	n := 0
	for _, other := range tx.Members(m.Village) {
		if m.Role == storage.Ketua && other.Role == storage.Ketua && other.State == storage.Active && other.User != m.User {
			n++
		}
	}
	return n
}

// decide accepts or turns down a request. The first press wins; a later one is told who decided.
func (d *desk) decide(number string, accepted bool) error {
	n, err := strconv.ParseUint(number, 36, 64)
	m, ok := d.tx.Request(n)
	if err != nil || !ok {
		d.toast("Pendaftaran ini sudah diganti dengan yang baru.")
		return nil
	}
	if m.State != storage.Pending {
		d.toast(verdictOf(m) + " oleh " + d.decider(m) + ".")
		return nil
	}
	if err := d.record(m.Village, storage.MemberDecided{User: m.User, Accepted: accepted}); err != nil {
		return err
	}
	m, _ = d.tx.Member(m.User)
	d.decided(m)
	d.out = append(d.out, d.news(m))
	return nil
}

// decided rewrites the card with what was decided.
func (d *desk) decided(m storage.Member) {
	if m.State == storage.Active && m.Request == 0 {
		d.edit(d.describe(d.tx, m)+"\n"+entry(d.tx, m), []chat.Button{button("Cabut akses", "out", code(uint64(m.User)))})
		return
	}
	words := d.describe(d.tx, m)
	if m.State == storage.Active && len(d.tx.Predecessors(m)) > 0 {
		words += "\n" + entry(d.tx, m)
	}
	words += "\n" + verdictOf(m) + " oleh " + chat.Escape(d.decider(m)) + ", " + text.Clock(m.Decided.In(region.WITA))
	if m.State == storage.Active {
		d.edit(words, []chat.Button{button("Cabut akses", "out", code(uint64(m.User)))})
		return
	}
	d.edit(words)
}

// mark is the sign that a card of a registration begins with.
func mark(s storage.MemberState) string {
	switch s {
	case storage.Pending:
		return "⏳"
	case storage.Active:
		return "✅"
	}
	return "↩️"
}

func verdictOf(m storage.Member) string {
	switch m.State {
	case storage.Active:
		return "Disetujui"
	case storage.Rejected:
		return "Ditolak"
	}
	return "Akses dicabut"
}

func (d *desk) decider(m storage.Member) string {
	if m.By == d.in.From.ID {
		return d.person()
	}
	if name := d.tx.Chat(m.By).Name; name != "" {
		return name
	}
	return "petugas lain"
}

// news tells the person what was decided.
func (d *desk) news(m storage.Member) chat.Reply {
	call := "Bu"
	if m.Address == "bapak" {
		call = "Pak"
	}
	name := chat.Escape(d.tx.Unseal(m.Name, "name"))
	r := chat.Reply{Act: chat.Say, Class: chat.Notice, Chat: m.User}
	tap := func(label string, words ...string) chat.Button {
		return chat.Button{Label: label, Data: chat.NewTap("m", words...).Data()}
	}
	switch m.State {
	case storage.Active:
		r.Text = "✅ Dinsos menyetujui pendaftaran, " + call + " " + name + ".\nSekarang bisa melapor untuk " +
			chat.Escape(d.Region.FullName(m.Village)) + ".\n" + text.FirstStep
		if m.Role == storage.Ketua && len(d.tx.Predecessors(m)) > 0 {
			r.Text += "\nLaporan dan isian ketua lama sekarang ada di Menu."
		}
		r.Buttons = [][]chat.Button{{tap("Menu", "menu"), tap("Cara pakai", "bantu")}}
	case storage.Rejected:
		r.Text = "↩️ Pendaftaran belum diterima Dinsos, " + call + " " + name + ".\nBila ada yang keliru, silakan daftar lagi atau hubungi " + chat.Escape(d.contact(d.tx)) + "."
		r.Buttons = [][]chat.Button{{tap("Daftar", "daftar")}}
	default:
		of := "laporan"
		if m.Role == storage.TKSK {
			of = storage.TKSK.Label()
		}
		r.Text = "↩️ Akses " + of + " dihentikan Dinsos, " + call + " " + name + ".\nBila masih bertugas, hubungi " + chat.Escape(d.contact(d.tx)) + "."
	}
	return r
}

// revoke takes a member's access away, after one more question.
func (d *desk) revoke(act, user string) error {
	n, err := strconv.ParseInt(user, 36, 64)
	m, ok := d.tx.Member(n)
	switch {
	case err != nil || !ok:
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	case m.State != storage.Active:
		d.toast(verdictOf(m) + " oleh " + d.decider(m) + ".")
		return nil
	case act == "stay":
		d.decided(m)
		return nil
	case act == "out":
		d.edit(d.describe(d.tx, m)+"\n<b>Cabut akses orang ini?</b> Laporannya tetap tersimpan.",
			[]chat.Button{button("Tidak", "stay", user), button("Ya, cabut", "out!", user)})
		return nil
	}
	if err := d.record(m.Village, storage.MemberRevoked{User: m.User}); err != nil {
		return err
	}
	m, _ = d.tx.Member(m.User)
	d.decided(m)
	d.out = append(d.out, d.news(m))
	return nil
}

// people lists who can report from a village, each with a button to take the access away.
func (d *desk) people(words string) {
	if district, ok := d.district(words); ok {
		list, rows := d.peopleOf(district, 0)
		d.say(list, rows...)
		return
	}
	place, ok := d.village(words, "/anggota Seloto", "")
	if ok {
		d.peopleIn(place)
	}
}

// pressPeople lists who can report from the village of a button.
func (d *desk) pressPeople(arg string) {
	place, ok := d.villageOf(arg)
	if !ok {
		d.toast("Tombol ini sudah tidak berlaku.")
		return
	}
	d.peopleIn(place)
}

func (d *desk) peopleIn(place region.Code) {
	lines := []string{"👥 <b>" + chat.Escape(d.Region.FullName(place)) + "</b>"}
	var rows [][]chat.Button
	for _, m := range d.tx.Members(place) {
		if m.State != storage.Active {
			continue
		}
		name := d.tx.Unseal(m.Name, "name")
		line := chat.Escape(name) + " · " + m.Role.Label()
		if d.tx.Chat(m.User).Unreachable {
			line += " · tak terjangkau"
		}
		lines = append(lines, line)
		rows = append(rows, []chat.Button{
			button("Peran: "+text.Clip(name, 30), "role", code(uint64(m.User))), button("Cabut: "+text.Clip(name, 30), "out", code(uint64(m.User))),
		})
	}
	if len(rows) == 0 {
		lines = append(lines, "Belum ada yang bisa melapor. Undang dengan /undang")
	}
	d.say(strings.Join(lines, "\n"), rows...)
}
