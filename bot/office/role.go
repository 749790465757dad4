package office

import (
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// role gives a member of a village another role, at the word of an administrator. Who takes the place of a
// ketua takes over all she had, after one more question.
func (d *desk) role(user string, to storage.Role, sure bool) error {
	n, err := strconv.ParseInt(user, 36, 64)
	m, ok := d.tx.Member(n)
	if err != nil || !ok || !m.Reports() {
		d.toast("Orang ini tidak melapor lagi.")
		return nil
	}
	if may, err := d.admin(); !may {
		return err
	}
	olds := d.otherKetua(m)
	switch {
	case to == "":
		d.askRole(m, user)
		return nil
	case to != storage.Ketua && to != storage.Pengurus && to != storage.Relawan:
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	case to == m.Role:
		d.toast("Sudah " + m.Role.Noun() + ".")
		return nil
	case !sure && (to == storage.Ketua && len(olds) > 0 || m.Role == storage.Ketua):
		d.edit(d.describe(d.tx, m)+"\n"+d.warnRole(m, to, olds),
			[]chat.Button{button("Tidak", "role", user), button("Ya, ubah", "role", user, string(to), "sure")})
		return nil
	}
	return d.changeRole(m, to, olds)
}

// askRole offers the roles that a member has not.
func (d *desk) askRole(m storage.Member, user string) {
	var row []chat.Button
	for _, r := range []storage.Role{storage.Ketua, storage.Pengurus, storage.Relawan} {
		if r != m.Role {
			row = append(row, button(r.Label(), "role", user, string(r)))
		}
	}
	d.edit(d.describe(d.tx, m)+"\n<b>Jadikan apa?</b>", row, []chat.Button{button("Tidak", "stay", user)})
}

// otherKetua are those who lead a member's village beside them.
func (d *desk) otherKetua(m storage.Member) []storage.Member {
	var out []storage.Member
	for _, k := range d.tx.ActiveKetua(m.Village) {
		if k.User != m.User {
			out = append(out, k)
		}
	}
	return out
}

func (d *desk) warnRole(m storage.Member, to storage.Role, olds []storage.Member) string {
	if m.Role == storage.Ketua && len(olds) == 0 {
		return "<b>Jadikan " + to.Noun() + "?</b> Desa ini lalu tanpa ketua."
	}
	if m.Role == storage.Ketua {
		return "<b>Jadikan " + to.Noun() + "?</b>"
	}
	var names []string
	for _, old := range olds {
		names = append(names, chat.Escape(d.tx.Unseal(old.Name, "name")))
	}
	return "<b>Gantikan " + strings.Join(names, ", ") + "?</b> Aksesnya berhenti, isiannya beralih ke ketua baru."
}

// changeRole records the new role and tells those it is about.
func (d *desk) changeRole(m storage.Member, to storage.Role, olds []storage.Member) error {
	if to != storage.Ketua || len(olds) == 0 {
		if err := d.record(m.Village, storage.MemberRole{User: m.User, Role: to}); err != nil {
			return err
		}
		olds = nil
	}
	for _, old := range olds {
		if err := d.record(m.Village, storage.HandedOver{From: old.User, To: m.User}); err != nil {
			return err
		}
		d.out = append(d.out, d.Farewell(d.tx)(old, m))
	}
	m, _ = d.tx.Member(m.User)
	if len(olds) > 0 {
		if err := d.bequeath(m); err != nil {
			return err
		}
	}
	d.edit(d.describe(d.tx, m)+"\nPeran diubah oleh "+chat.Escape(d.person())+".", []chat.Button{button("Ubah peran", "role", code(uint64(m.User)))})
	d.out = append(d.out, chat.Reply{
		Act: chat.Say, Class: chat.Notice, Chat: m.User,
		Text:    "Peran di WKSBM " + chat.Escape(d.Region.FullName(m.Village)) + " sekarang <b>" + m.Role.Noun() + "</b>, " + calling(d.tx, m) + ".\nMenu dan isian yang ada tetap bisa dipakai.",
		Buttons: [][]chat.Button{{menuTap("Menu", "menu")}},
	})
	return nil
}
