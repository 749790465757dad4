package flows

import (
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// The pages of the hand-over: where a ketua gives her office away, and where a member takes it.
const (
	handOverPageName = "serah"
	takeOverPageName = "terima"
)

// makeLink is the argument with which the hand-over's page makes a link.
const makeLink = "buat"

// NeedsToken says whether an input may need an unguessable token: the transaction cannot draw one.
func NeedsToken(in chat.Input) bool {
	t, err := chat.ParseTap(in.Data)
	return err == nil && in.Kind == chat.Tapped && t.To == PageRoom && t.Arg(0) == handOverPageName && t.Arg(1) == makeLink
}

// handOverPage gives the office of ketua away by a link that works once.
func handOverPage() Page {
	return Page{Name: handOverPageName, Command: true, Show: func(e Env, args []string) []chat.Reply {
		switch {
		case !e.isKetua():
			return []chat.Reply{screen("<b>Serah terima hanya dari ketua.</b>\nBila ketua sudah berganti, hubungi "+chat.Escape(e.Privacy.Contact)+".", []chat.Button{tap("Menu", "menu")})}
		case argAt(args, 0) == makeLink && e.Token != "" && e.Link != nil:
			return makeHandOver(e)
		case argAt(args, 0) == "cabut":
			withdrawHandOver(e)
			return []chat.Reply{screen("↩️ Tautan serah terima dicabut.\n"+e.address()+" tetap ketua.", []chat.Button{tap("Menu", "menu")})}
		}
		return []chat.Reply{explainHandOver(e)}
	}}
}

// explainHandOver says what a hand-over does, before anything is done.
func explainHandOver(e Env) chat.Reply {
	if open := handOvers(e); len(open) > 0 {
		return screen("<b>Tautan serah terima masih berlaku</b> sampai "+text.Date(open[0].Expires.In(region.WITA))+".\nKalau hilang, buat yang baru; yang lama tidak berlaku lagi.",
			[]chat.Button{tap("Menu", "menu"), pageTap("Buat yang baru", handOverPageName, makeLink)}, []chat.Button{pageTap("Cabut tautan", handOverPageName, "cabut")})
	}
	return screen("<b>Menyerahkan jabatan ketua?</b>\nKetua baru membuka tautan sekali pakai. Laporan dan isian "+chat.Escape(e.Region.FullName(e.Member.Village))+
		" beralih kepadanya, dan akses "+e.address()+" berhenti.", []chat.Button{tap("Tidak", "menu"), pageTap("Buat tautan", handOverPageName, makeLink)})
}

// handOvers are the ketua's invites that still wait for her successor.
func handOvers(e Env) []storage.Invite {
	var out []storage.Invite
	for _, in := range e.Tx.Invites(e.Now) {
		if in.Replaces == e.Who.ID && in.Village == e.Member.Village {
			out = append(out, in)
		}
	}
	return out
}

func withdrawHandOver(e Env) {
	for _, in := range handOvers(e) {
		must(e.Tx.Record(e.Now, e.Who.ID, in.Village, storage.InviteRevoked{ID: in.ID}))
	}
}

// makeHandOver makes the link, in a message of its own that can be forwarded.
func makeHandOver(e Env) []chat.Reply {
	link := e.Link(e.Token)
	if link == "" {
		return []chat.Reply{screen("Nama bot belum diketahui. Coba lagi sebentar lagi, "+e.call()+".", []chat.Button{pageTap("Coba lagi", handOverPageName), tap("Menu", "menu")})}
	}
	withdrawHandOver(e)
	in := storage.NewInvite(e.Token, e.Member.Village, storage.Ketua, e.Who.ID, e.Now)
	in.Replaces = e.Who.ID
	must(e.Tx.Record(e.Now, e.Who.ID, in.Village, storage.InviteMade{Invite: in}))
	return []chat.Reply{
		screen("✅ Tautan di bawah ini diteruskan ke ketua baru.\nSekali pakai, sampai "+text.Date(in.Expires.In(region.WITA))+". Sampai dipakai, "+e.address()+" tetap ketua.",
			[]chat.Button{tap("Menu", "menu")}, []chat.Button{pageTap("Cabut tautan", handOverPageName, "cabut")}),
		{Act: chat.Say, Class: chat.Notice, Text: "Serah terima ketua WKSBM " + chat.Escape(e.Region.FullName(e.Member.Village)) + ". Untuk ketua baru, buka tautan ini:\n" + chat.Escape(link)},
	}
}

// stands says whether an invite can be followed: one that replaces a ketua only while she is one.
func stands(e Env, in storage.Invite) bool {
	if !in.Open(e.Now) {
		return false
	}
	if in.Replaces == 0 {
		return true
	}
	old, ok := e.Tx.Member(in.Replaces)
	return ok && old.State == storage.Active && old.Role == storage.Ketua && old.Village == in.Village
}

// inviteGone answers somebody whose invite cannot be followed.
func inviteGone(e Env) chat.Reply {
	if e.active() {
		return screen("Undangan ini sudah dipakai atau sudah lewat waktunya.\nMinta yang baru ke yang mengirimnya, "+e.call()+".", []chat.Button{tap("Menu", "menu")})
	}
	return screen("Undangan ini sudah dipakai atau sudah lewat waktunya.\nMinta yang baru ke Dinsos, atau daftar sendiri.", []chat.Button{tap("Daftar", "daftar"), tap("Privasi", "privasi")})
}

// Invited answers a member who opens an invite: that of a hand-over asks whether they take it; false
// when the invite is none.
func Invited(e Env, token string) (chat.Reply, bool) {
	in, ok := e.Tx.InviteByToken(token)
	if !ok || in.Replaces == 0 {
		return chat.Reply{}, false
	}
	r := inviteGone(e)
	old, _ := e.Tx.Member(in.Replaces)
	switch {
	case !stands(e, in):
	case in.Replaces == e.Who.ID:
		r = screen("<b>Tautan ini untuk ketua baru.</b>\nMohon diteruskan kepadanya, "+e.call()+".", []chat.Button{tap("Menu", "menu")})
	case in.Village != e.Member.Village:
		r = screen("Tautan ini untuk "+chat.Escape(e.Region.FullName(in.Village))+", sedangkan "+e.address()+" terdaftar di "+chat.Escape(e.Region.FullName(e.Member.Village))+
			".\nMohon hubungi "+chat.Escape(e.Privacy.Contact)+".", []chat.Button{tap("Menu", "menu")})
	default:
		r = screen("<b>Menjadi Ketua WKSBM "+chat.Escape(e.Region.FullName(in.Village))+"?</b>\nMenggantikan "+chat.Escape(e.Tx.Unseal(old.Name, "name"))+", yang aksesnya berhenti.",
			[]chat.Button{tap("Tidak", "menu"), pageTap("Ya, terima", takeOverPageName, token)})
	}
	return r, true
}

// takeOverPage makes a member the new ketua; its argument is the token of the link.
func takeOverPage() Page {
	return Page{Name: takeOverPageName, Show: func(e Env, args []string) []chat.Reply {
		in, ok := e.Tx.InviteByToken(argAt(args, 0))
		if !ok || !stands(e, in) || in.Village != e.Member.Village || in.Replaces == e.Who.ID || in.Replaces == 0 {
			r, ok := Invited(e, argAt(args, 0))
			if !ok {
				r = inviteGone(e)
			}
			return []chat.Reply{r}
		}
		return handOver(e, storage.HandedOver{From: in.Replaces, To: e.Who.ID, Invite: in.ID})
	}}
}

// handOver records that the person is the new ketua, and tells her, the old one and the group.
func handOver(e Env, f storage.HandedOver) []chat.Reply {
	must(e.Tx.Record(e.Now, e.Who.ID, e.Member.Village, f))
	e.Member, _ = e.Tx.Member(e.Who.ID)
	old, _ := e.Tx.Member(f.From)
	replies := []chat.Reply{
		last("✅ Selamat bertugas, "+e.title()+".\nLaporan dan isian "+chat.Escape(e.Region.FullName(e.Member.Village))+" sekarang ada di sini.\nIsian yang belum terkirim, bila ada, tampil di Menu.",
			[]chat.Button{myReports(), tap("Menu", "menu")}),
		e.Farewell(old, e.Member),
	}
	if e.Group.Chat != 0 {
		replies = append(replies, e.Card(e.Member))
	}
	return replies
}

// successor names who took the office over from a person; "" when nobody did.
func successor(e Env) string {
	next, ok := e.Tx.Member(e.Member.Successor)
	if e.Member.Successor == 0 || !ok {
		return ""
	}
	return strings.TrimSpace(e.Tx.Unseal(next.Name, "name"))
}
