package flows

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
)

// The pages of the network.
const (
	partnersPageName = "mitra"
	partnerPageName  = "mitra1"
)

// partnersPage lists the network by kind. Its arguments are the page, from 0, and words to search
// for; a command has the words alone.
func partnersPage() Page {
	return Page{Name: partnersPageName, Command: true, Show: func(e Env, args []string) []chat.Reply {
		words := argAt(args, 1)
		if len(args) == 1 {
			if _, err := strconv.Atoi(args[0]); err != nil {
				args, words = []string{"0"}, args[0]
			}
		}
		return []chat.Reply{showPartners(e, args, clipTap(words))}
	}}
}

// clipTap shortens words so that a button can carry them.
func clipTap(words string) string {
	words = text.Fold(words)
	for len(words) > 36 {
		words = strings.TrimSpace(string([]rune(words)[:len([]rune(words))-1]))
	}
	return words
}

func showPartners(e Env, args []string, words string) chat.Reply {
	all := partnersOf(e, words)
	part, at, of := pageOf(all, args)
	lines := []string{"<b>Mitra WKSBM</b> · " + strconv.Itoa(len(all))}
	var rows [][]chat.Button
	for _, p := range part {
		rows = append(rows, []chat.Button{pageTap(partnerLabel(e, p), partnerPageName, strconv.FormatUint(p.ID, 10))})
	}
	switch {
	case words != "" && len(all) == 0:
		lines = []string{"<b>Mitra WKSBM</b>", "Kami mencari " + flow.Quote(words) + ", belum ada di daftar."}
	case words != "":
		lines = append(lines, "Mencari "+flow.Quote(words))
	case len(all) == 0:
		lines = []string{"<b>Mitra WKSBM</b>", "Belum ada. Yang pertama bisa dicatat sekarang, " + e.call() + "."}
	case of > 1:
		lines = append(lines, "Mencari: tulis misalnya <i>/mitra karang taruna</i>")
	}
	rows = append(rows, pageTurns(partnersPageName, at, of, words)...)
	if words != "" {
		rows = append(rows, []chat.Button{pageTap("Tampilkan semua", partnersPageName)})
	}
	return screen(strings.Join(lines, "\n"), append(rows, []chat.Button{tap("Mitra baru", "mitrabaru"), tap("Menu", "menu")})...)
}

// partnersOf returns the village's partners that words fit, by kind and name.
func partnersOf(e Env, words string) []storage.Partner {
	kinds := partnerKinds()
	rank := func(p storage.Partner) int {
		return slices.IndexFunc(kinds, func(o flow.Option) bool { return o.Value == p.Kind })
	}
	name := func(p storage.Partner) string { return text.Fold(e.Tx.Unseal(p.Name, "name")) }
	all := slices.DeleteFunc(e.Tx.Partners(e.Member.Village), func(p storage.Partner) bool {
		return p.Retired || !fits(partnerWords(e, p), words)
	})
	slices.SortStableFunc(all, func(a, b storage.Partner) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(name(a), name(b)))
	})
	return all
}

// partnerWords is what a partner can be found by.
func partnerWords(e Env, p storage.Partner) string {
	answers := partnerFrom(e, p)
	label := partnerKindLabel(p.Kind)
	return text.Fold(strings.Join([]string{answers.Name, label, answers.Service, text.RTRW(answers.RT, answers.RW), answers.Contact}, " "))
}

// fits says whether each of the words begins a word of what is sought in.
func fits(in, words string) bool {
	for _, w := range strings.Fields(text.Fold(words)) {
		if !strings.Contains(" "+in, " "+w) {
			return false
		}
	}
	return true
}

func partnerLabel(e Env, p storage.Partner) string {
	name, kind := e.Tx.Unseal(p.Name, "name"), partnerKindLabel(p.Kind)
	if fits(text.Fold(name), kind) {
		return text.Clip(name, 40)
	}
	return text.Clip(name, 28) + " · " + kind
}

// partnerPage shows one partner; its arguments are the number and what to do with it.
func partnerPage() Page {
	return Page{Name: partnerPageName, Show: func(e Env, args []string) []chat.Reply {
		id, _ := strconv.ParseUint(argAt(args, 0), 10, 64)
		return []chat.Reply{showPartner(e, id, argAt(args, 1))}
	}}
}

// showPartner does with a partner what its button says, and shows it.
func showPartner(e Env, id uint64, act string) chat.Reply {
	p, ok := partnerOf(e, id)
	back := []chat.Button{pageTap("‹ Mitra", partnersPageName), tap("Menu", "menu")}
	if !ok {
		return screen("Mitra itu tidak ada di daftar desa ini.", back)
	}
	n := strconv.FormatUint(id, 10)
	answers := partnerFrom(e, p)
	switch may := e.tends(p.By); {
	case !may:
		return screen(partnerCard(&answers), back)
	case act == "out":
		return screen(partnerCard(&answers)+"\n<b>Keluarkan dari daftar mitra?</b>",
			[]chat.Button{pageTap("Tidak", partnerPageName, n), pageTap("Ya, keluarkan", partnerPageName, n, "out!")})
	case act == "out!":
		p.Retired = true
		must(e.Tx.Record(e.Now, e.Who.ID, p.Village, storage.PartnerPut{Partner: p}))
		return screen("↩️ <b>"+chat.Escape(answers.Name)+"</b> tidak lagi di daftar mitra.", back)
	}
	return screen(partnerCard(&answers), []chat.Button{tap("Ubah", "mitrabaru", editWord+" "+n), tap("Mitra baru", "mitrabaru")}, back,
		[]chat.Button{pageTap("Keluarkan", partnerPageName, n, "out")})
}
