package flows

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// plainMember is how a member without a post is chosen; it is stored as "".
const plainMember = welfare.PlainMember

// posts are what people are in a WKSBM: an editable default (DOMAIN.md §2), as codes, in their order.
func posts() []flow.Option { return termOptions(welfare.Posts()) }

// postLabel prints a post, "" for a member without one.
func postLabel(code string) string {
	if code == "" || code == plainMember {
		return ""
	}
	return labelOf(posts(), code)
}

// roster are the people of the village's WKSBM: those with a post first, then as they came.
func roster(e Env) []storage.Attendee {
	all := slices.DeleteFunc(e.Tx.Roster(e.Member.Village), func(a storage.Attendee) bool { return a.Retired })
	slices.SortStableFunc(all, func(a, b storage.Attendee) int { return cmp.Compare(rank(a.Post), rank(b.Post)) })
	return all
}

func rank(post string) int {
	return slices.IndexFunc(posts(), func(o flow.Option) bool { return o.Value == cmp.Or(post, plainMember) })
}

func nameOf(e Env, a storage.Attendee) string { return e.Tx.Unseal(a.Name, "name") }

func rosterCode(a storage.Attendee) string { return strconv.FormatUint(a.ID, 10) }

// keepsRoster says whether the person may change the village's roster.
func keepsRoster(e Env) bool {
	return e.active() && (e.Member.Role == storage.Ketua || e.Member.Role == storage.Pengurus)
}

// enroll puts somebody on the roster. Who was there before under this name comes back.
func enroll(e Env, name, post string) uint64 {
	for _, a := range e.Tx.Roster(e.Member.Village) {
		if text.Fold(nameOf(e, a)) == text.Fold(name) {
			if a.Retired || post != "" {
				a.Retired, a.Post = false, cmp.Or(post, a.Post)
				put(e, a)
			}
			return a.ID
		}
	}
	a := storage.Attendee{ID: e.Tx.NextAttendee(), Village: e.Member.Village, Person: e.Tx.NewPerson(), Post: post}
	a.Name = e.Tx.Seal(a.Person, "name", name)
	put(e, a)
	return a.ID
}

func put(e Env, a storage.Attendee) {
	must(e.Tx.Record(e.Now, e.Who.ID, e.Member.Village, storage.RosterPut{Attendee: a}))
}

// The arguments of the roster's page: a page's number, or one of these and somebody's number.
const (
	rosterGone  = "gone"  // those who left
	rosterOpen  = "open"  // one of them
	rosterPosts = "posts" // choose a post
	rosterPost  = "post"  // take a post
	rosterOut   = "out"   // ask whether to let go
	rosterDrop  = "drop"  // let go
	rosterBack  = "back"  // take back
)

const rosterName = "anggota"

// rosterPage lists the people of the village's WKSBM and keeps the list.
func rosterPage() Page {
	return Page{Name: rosterName, Command: true, Show: func(e Env, args []string) []chat.Reply {
		if len(args) < 2 {
			return []chat.Reply{rosterList(e, args, false)}
		}
		if args[0] == rosterGone {
			return []chat.Reply{rosterList(e, args[1:], true)}
		}
		a, ok := attendeeOf(e, args[1])
		if !ok || !keepsRoster(e) {
			return []chat.Reply{rosterList(e, nil, false)}
		}
		return []chat.Reply{rosterAct(e, a, args)}
	}}
}

// rosterAct does what a button of one person's card says.
func rosterAct(e Env, a storage.Attendee, args []string) chat.Reply {
	switch args[0] {
	case rosterPosts:
		return choosePost(e, a)
	case rosterPost:
		if post := strings.Join(args[2:], ""); rank(post) >= 0 && post != cmp.Or(a.Post, plainMember) {
			a.Post = strings.TrimPrefix(post, plainMember)
			put(e, a)
		}
	case rosterOut:
		return screen("<b>Keluarkan "+chat.Escape(text.Clip(nameOf(e, a), 60))+" dari daftar?</b>\nRapat yang sudah tercatat tidak berubah.",
			[]chat.Button{pageTap("Biarkan", rosterName, rosterOpen, rosterCode(a)), pageTap("Ya, keluarkan", rosterName, rosterDrop, rosterCode(a))})
	case rosterDrop, rosterBack:
		if gone := args[0] == rosterDrop; a.Retired != gone {
			a.Retired = gone
			put(e, a)
		}
	}
	return rosterCard(e, a)
}

func rosterCard(e Env, a storage.Attendee) chat.Reply {
	words := "<b>" + chat.Escape(text.Clip(nameOf(e, a), 80)) + "</b>\n" + cmp.Or(postLabel(a.Post), "Anggota")
	list := []chat.Button{pageTap("‹ Daftar anggota", rosterName)}
	if a.Retired {
		return screen(words+" · sudah keluar dari daftar", []chat.Button{pageTap("Masukkan lagi", rosterName, rosterBack, rosterCode(a))}, list)
	}
	return screen(words,
		[]chat.Button{tap("Ganti nama", attendeeCommand, rosterCode(a)), pageTap("Jabatan", rosterName, rosterPosts, rosterCode(a))},
		[]chat.Button{pageTap("Keluarkan", rosterName, rosterOut, rosterCode(a))}, list)
}

func choosePost(e Env, a storage.Attendee) chat.Reply {
	var rows [][]chat.Button
	for pair := range slices.Chunk(posts(), 2) {
		var row []chat.Button
		for _, o := range pair {
			row = append(row, pageTap(o.Label, rosterName, rosterPost, rosterCode(a), o.Value))
		}
		rows = append(rows, row)
	}
	rows = append(rows, []chat.Button{pageTap("‹ Kembali", rosterName, rosterOpen, rosterCode(a))})
	return screen("<b>Apa jabatan "+chat.Escape(text.Clip(nameOf(e, a), 60))+"?</b>", rows...)
}

// rosterSize is how many people one page of the list shows.
const rosterSize = 8

// rosterList shows one page of the list, or of those who left it.
func rosterList(e Env, args []string, gone bool) chat.Reply {
	people := roster(e)
	if gone {
		people = slices.DeleteFunc(e.Tx.Roster(e.Member.Village), func(a storage.Attendee) bool { return !a.Retired })
	}
	at := 0
	if len(args) > 0 {
		at, _ = strconv.Atoi(args[0])
	}
	pages := max(1, (len(people)+rosterSize-1)/rosterSize)
	at = min(max(at, 0), pages-1)
	part := people[at*rosterSize : min(len(people), (at+1)*rosterSize)]
	words := rosterHead(e, len(people), at, pages, gone)
	var names []chat.Button
	for i, a := range part {
		line := strconv.Itoa(at*rosterSize+i+1) + ". " + chat.Escape(text.Clip(nameOf(e, a), 60))
		if p := postLabel(a.Post); p != "" {
			line += " · " + p
		}
		words += "\n" + line
		names = append(names, pageTap(text.Clip(nameOf(e, a), 28), rosterName, rosterOpen, rosterCode(a)))
	}
	if !keepsRoster(e) {
		names = nil
	}
	return screen(words, append(pairs(names), rosterMoves(e, at, pages, gone)...)...)
}

func rosterHead(e Env, people, at, pages int, gone bool) string {
	words := "👥 <b>Daftar anggota " + chat.Escape(e.Region.FullName(e.Member.Village)) + "</b>\n"
	switch {
	case gone:
		words = "👥 <b>Yang sudah keluar</b>\n" + strconv.Itoa(people) + " orang"
	case people == 0 && keepsRoster(e):
		return words + "Belum ada isinya. Yang dicatat di sini tinggal ditekan saat rapat."
	case people == 0:
		return words + "Belum ada isinya. Ketua atau pengurus yang mengisinya."
	default:
		words += strconv.Itoa(people) + " orang"
	}
	if pages > 1 {
		words += " · halaman " + strconv.Itoa(at+1) + " dari " + strconv.Itoa(pages)
	}
	return words
}

// rosterMoves are the buttons below the names.
func rosterMoves(e Env, at, pages int, gone bool) [][]chat.Button {
	var rows [][]chat.Button
	var turn []chat.Button
	args := func(n int) []string {
		if gone {
			return []string{rosterGone, strconv.Itoa(n)}
		}
		return []string{strconv.Itoa(n)}
	}
	if at > 0 {
		turn = append(turn, pageTap("‹ Sebelumnya", rosterName, args(at-1)...))
	}
	if at+1 < pages {
		turn = append(turn, pageTap("Berikutnya ›", rosterName, args(at+1)...))
	}
	if turn != nil {
		rows = append(rows, turn)
	}
	if gone {
		return append(rows, []chat.Button{pageTap("‹ Daftar anggota", rosterName)})
	}
	if keepsRoster(e) {
		row := []chat.Button{tap("Tambah", attendeeCommand)}
		if slices.ContainsFunc(e.Tx.Roster(e.Member.Village), func(a storage.Attendee) bool { return a.Retired }) {
			row = append(row, pageTap("Yang sudah keluar", rosterName, rosterGone, "0"))
		}
		rows = append(rows, row)
	}
	return append(rows, []chat.Button{tap("‹ Menu", "menu")})
}

// pairs lays buttons out two a row.
func pairs(bs []chat.Button) [][]chat.Button {
	var rows [][]chat.Button
	for row := range slices.Chunk(bs, 2) {
		rows = append(rows, row)
	}
	return rows
}
