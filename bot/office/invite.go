package office

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Link is what the invited person opens; "" while the bot's name is unknown.
func Link(bot, token string) string {
	if bot == "" {
		return ""
	}
	return "https://t.me/" + bot + "?start=" + token
}

// village finds the one village that words name, or answers with how to say it.
func (d *desk) village(words, example, behind string) (region.Code, bool) {
	found := d.Region.Find(words, 0)
	if district, ok := d.Region.FindDistrict(words); ok && len(found) == 0 {
		var names []string
		for _, p := range d.Region.Villages(district.Code) {
			names = append(names, p.Name)
		}
		d.say(chat.Escape(district.Name+" itu kecamatan. Desanya: "+strings.Join(names, ", ")) + ".\nTulis salah satu, misalnya: " + example)
		return 0, false
	}
	switch len(found) {
	case 1:
		return found[0].Code, true
	case 0:
		said := ""
		if strings.TrimSpace(words) != "" {
			said = "Kami membaca \"" + chat.Escape(text.Clip(words, 60)) + "\", belum ada di daftar desa.\n"
		}
		if near := d.Region.Suggest(words, 0); len(near) > 0 {
			said += "Mungkin " + chat.Escape(d.Region.FullName(near[0].Code)) + "? "
		}
		d.say(said + "Tulis nama desanya, misalnya: " + example)
	default:
		var names []string
		for _, p := range found {
			names = append(names, d.Region.FullName(p.Code))
		}
		district, _ := d.Region.ByCode(found[0].District)
		command, _, _ := strings.Cut(example, " ")
		d.say("Ada lebih dari satu: " + chat.Escape(strings.Join(names, " atau ")) + ".\nTulis juga kecamatannya, misalnya: " +
			command + " " + chat.Escape(strings.TrimSpace(text.Clip(words, 60)+" "+district.Name+" "+behind)))
	}
	return 0, false
}

// invite answers /undang desa [peran].
func (d *desk) invite(words string) error {
	if w := strings.ToLower(strings.TrimSpace(words)); w == "semua" || w == "semua ketua" {
		d.askSheet()
		return nil
	}
	var role storage.Role
	fields := strings.Fields(words)
	for i, w := range fields {
		switch r := storage.Role(strings.ToLower(w)); r {
		case storage.Ketua, storage.Pengurus, storage.Relawan, storage.TKSK:
			role = r
			fields = append(fields[:i:i], fields[i+1:]...)
		}
		if role != "" {
			break
		}
	}
	place, ok := d.placeFor(role, strings.Join(fields, " "))
	switch {
	case !ok:
		return nil
	case role == "":
		v := place.String()
		d.say("Undangan untuk siapa di "+chat.Escape(d.Region.FullName(place))+"?", []chat.Button{
			button("Ketua", "inv", v, string(storage.Ketua)), button("Pengurus", "inv", v, string(storage.Pengurus)), button("Relawan", "inv", v, string(storage.Relawan)),
		})
		return nil
	}
	made, err := d.issue(place, role)
	if err == nil {
		made.Act, made.ReplyTo = chat.Say, d.answers()
		d.out = append(d.out, made)
	}
	return err
}

// placeFor finds the place that words name: a kecamatan for a TKSK, a village for everybody else.
func (d *desk) placeFor(role storage.Role, words string) (region.Code, bool) {
	if role != storage.TKSK {
		return d.village(words, "/undang Seloto ketua", string(role))
	}
	if place, ok := d.Region.FindDistrict(words); ok {
		return place.Code, true
	}
	near := d.Region.SuggestDistrict(words)
	if found := d.Region.Find(words, 0); len(found) > 0 {
		place, _ := d.Region.ByCode(found[0].District)
		near = []region.Place{place}
	}
	example := "/undang Taliwang tksk"
	if len(near) > 0 {
		example = "/undang " + near[0].Name + " tksk"
	}
	d.say("TKSK bertugas di kecamatan. Tulis nama kecamatannya, misalnya:\n" + chat.Escape(example))
	return 0, false
}

// makeInvite is invite by buttons: the question becomes the invite.
func (d *desk) makeInvite(place, r string) error {
	village, err := region.ParseCode(place)
	role := storage.Role(r)
	p, ok := d.Region.ByCode(village)
	if err != nil || !ok || p.Kind == region.District || role != storage.Ketua && role != storage.Pengurus && role != storage.Relawan {
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	}
	made, err := d.issue(village, role)
	if err == nil {
		made.Act, made.Message = chat.Edit, d.in.Message
		d.out = append(d.out, made)
	}
	return err
}

// inviteTag remembers where an invite was posted.
func inviteTag(id string) string { return "invite:" + id }

// issue makes an invite and the card that shows it.
func (d *desk) issue(village region.Code, r storage.Role) (chat.Reply, error) {
	card := chat.Reply{Class: chat.Notice}
	if d.name() == "" {
		card.Text = "Nama bot belum diketahui. Coba lagi sebentar lagi."
		return card, nil
	}
	made := storage.InviteMade{Invite: storage.NewInvite(d.token, village, r, d.in.From.ID, d.now)}
	if err := d.record(village, made); err != nil {
		return card, err
	}
	card.Tag = inviteTag(made.Invite.ID)
	card.Text = "👥 <b>Undangan " + made.Invite.ID[:4] + " · " + r.Noun() + "</b> · " + chat.Escape(d.Region.FullName(village)) +
		"\nSekali pakai, sampai " + text.Date(made.Invite.Expires.In(region.WITA)) + ". Teruskan ke orangnya:\n" + chat.Escape(Link(d.name(), d.token))
	if activeKetua(d.tx, storage.Member{Village: village, Role: r}) > 0 {
		card.Text += "\nDesa ini sudah punya ketua yang aktif."
	}
	card.Buttons = [][]chat.Button{{button("Cabut undangan", "void", made.Invite.ID)}}
	return card, nil
}

// mostInvites is how many invites a list names.
const mostInvites = 20

// invitations lists the invites that can still be used.
func (d *desk) invitations() {
	open := d.tx.Invites(d.now)
	if len(open) == 0 {
		d.say("Tidak ada undangan yang menunggu. Buat dengan: /undang Seloto ketua")
		return
	}
	lines := []string{"👥 <b>Undangan yang belum dipakai</b>"}
	var rows [][]chat.Button
	alone, sheets := 0, map[string]int{}
	for _, in := range open {
		if in.Sheet != "" {
			if sheets[in.Sheet]++; sheets[in.Sheet] == 1 {
				rows = append(rows, []chat.Button{button("Cabut lembar "+in.Sheet, "sheet", "ask", in.Sheet)})
			}
			continue
		}
		if alone++; alone > mostInvites {
			continue
		}
		words := in.ID[:4] + " · " + in.Role.Label() + " " + d.Region.FullName(in.Village)
		lines = append(lines, chat.Escape(words)+" · sampai "+text.ShortDate(in.Expires.In(region.WITA)))
		rows = append(rows, []chat.Button{button("Cabut: "+text.Clip(words, 40), "void", in.ID)})
	}
	if alone > mostInvites {
		lines = append(lines, "… dan "+strconv.Itoa(alone-mostInvites)+" lagi")
	}
	for _, id := range slices.Sorted(maps.Keys(sheets)) {
		lines = append(lines, "Lembar "+id+" · "+strconv.Itoa(sheets[id])+" desa")
	}
	d.say(strings.Join(lines, "\n"), rows...)
}

// void withdraws an invite.
func (d *desk) void(id string) error {
	in, ok := d.tx.Invite(id)
	switch {
	case !ok:
		d.toast("Undangan ini tidak ada lagi.")
		return nil
	case in.UsedBy != 0:
		d.toast("Undangan ini sudah dipakai.")
		return nil
	case in.Revoked:
		d.toast("Undangan ini sudah dicabut.")
		return nil
	}
	if err := d.record(in.Village, storage.InviteRevoked{ID: id}); err != nil {
		return err
	}
	words := "↩️ Undangan " + in.Role.Noun() + " · " + chat.Escape(d.Region.FullName(in.Village)) + " dicabut oleh " + chat.Escape(d.person()) + "."
	d.edit(words)
	if p, ok := d.tx.Posted(inviteTag(id)); ok && p.Chat == d.in.Chat.ID && p.Message != d.in.Message { // the card with the link
		d.out = append(d.out, chat.Reply{Act: chat.Edit, Class: chat.Notice, Message: p.Message, Text: words})
	}
	return nil
}
