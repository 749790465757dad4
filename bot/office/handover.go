package office

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// The flows whose drafts are of no use to anybody else: they tell of the person who wrote them.
const (
	registration = "registration"
	profileFlow  = "profile"
)

// Inherit takes what the predecessors of a new ketua left unfinished out of their chats.
func Inherit(tx *storage.Tx, next storage.Member) ([]storage.Draft, error) {
	var out []storage.Draft
	for _, old := range tx.Predecessors(next) {
		drafts, err := tx.TakeDrafts(old.User)
		if err != nil {
			return nil, err
		}
		out = append(out, slices.DeleteFunc(drafts, func(d storage.Draft) bool { return d.Flow == registration || d.Flow == profileFlow })...)
	}
	return out, nil
}

// Farewell tells a ketua that somebody took her office over.
func (o *Office) Farewell(tx *storage.Tx) func(old, next storage.Member) chat.Reply {
	return func(old, next storage.Member) chat.Reply {
		return chat.Reply{
			Act: chat.Say, Class: chat.Notice, Chat: old.User, Keyboard: &chat.Keyboard{Remove: true},
			Text: "Serah terima selesai, " + calling(tx, old) + ".\nKetua WKSBM " + chat.Escape(o.Region.FullName(old.Village)) + " sekarang " +
				chat.Escape(tx.Unseal(next.Name, "name")) + ". Laporan dan isian diteruskan kepadanya.\nTerima kasih atas pengabdiannya selama ini.",
		}
	}
}

// calling is how a person is addressed by name.
func calling(tx *storage.Tx, m storage.Member) string {
	call := "Bu"
	if m.Address == "bapak" {
		call = "Pak"
	}
	return call + " " + chat.Escape(tx.Unseal(m.Name, "name"))
}

// entry says how somebody came in: by an invite, or in the place of a ketua.
func entry(tx *storage.Tx, m storage.Member) string {
	var names []string
	for _, old := range tx.Predecessors(m) {
		names = append(names, chat.Escape(tx.Unseal(old.Name, "name")))
	}
	if len(names) > 0 && m.Role == storage.Ketua {
		return "Serah terima: menggantikan " + strings.Join(names, ", ")
	}
	return "Masuk lewat undangan"
}

// judging are the buttons of a request that waits. Where the village has a ketua, a new one can take
// her place.
func judging(tx *storage.Tx, m storage.Member) [][]chat.Button {
	n := code(m.Request)
	rows := [][]chat.Button{{button("✅ Setujui", "yes", n), button("Tolak", "no", n)}}
	if activeKetua(tx, m) > 0 {
		rows = append(rows, []chat.Button{button("Setujui, gantikan ketua lama", "swap", n)})
	}
	return rows
}

// replace accepts a request for the office of ketua in the place of her who has it, after one more
// question.
func (d *desk) replace(act, number string) error {
	n, err := strconv.ParseUint(number, 36, 64)
	m, ok := d.tx.Request(n)
	switch {
	case err != nil || !ok:
		d.toast("Pendaftaran ini sudah diganti dengan yang baru.")
		return nil
	case m.State != storage.Pending:
		d.toast(verdictOf(m) + " oleh " + d.decider(m) + ".")
		return nil
	case act == "wait" || activeKetua(d.tx, m) == 0:
		d.edit(d.describe(d.tx, m)+"\nMenunggu diperiksa", judging(d.tx, m)...)
		return nil
	case act == "swap":
		var names []string
		for _, old := range d.tx.ActiveKetua(m.Village) {
			names = append(names, chat.Escape(d.tx.Unseal(old.Name, "name")))
		}
		d.edit(d.describe(d.tx, m)+"\n<b>Gantikan "+strings.Join(names, ", ")+"?</b> Aksesnya berhenti, isiannya beralih ke ketua baru.",
			[]chat.Button{button("Tidak", "wait", number), button("Ya, gantikan", "swap!", number)})
		return nil
	}
	return d.enthrone(m)
}

// enthrone lets a person in as ketua and hands over to them all that the old one had.
func (d *desk) enthrone(m storage.Member) error {
	olds := d.tx.ActiveKetua(m.Village)
	if err := d.record(m.Village, storage.MemberDecided{User: m.User, Accepted: true}); err != nil {
		return err
	}
	for _, old := range olds {
		if err := d.record(m.Village, storage.HandedOver{From: old.User, To: m.User}); err != nil {
			return err
		}
		d.out = append(d.out, d.Farewell(d.tx)(old, m))
	}
	m, _ = d.tx.Member(m.User)
	if err := d.bequeath(m); err != nil {
		return err
	}
	d.decided(m)
	d.out = append(d.out, d.news(m))
	return nil
}

// bequeath gives a new ketua what the old one left unfinished.
func (d *desk) bequeath(m storage.Member) error {
	drafts, err := Inherit(d.tx, m)
	if err != nil {
		return err
	}
	c := d.tx.Chat(m.User)
	c.Parked = append(slices.DeleteFunc(c.Parked, func(p storage.Draft) bool { return p.Flow == registration }), drafts...)
	return d.tx.PutChat(c)
}
