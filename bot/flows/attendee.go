package flows

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
)

// attendeeCommand opens the conversation that puts people on the roster, or renames one of them.
const attendeeCommand = "tambah_anggota"

// attendee is who is put on the roster.
type attendee struct {
	ID    uint64   `json:"id,omitempty"` // who gets another name; 0: new people
	Names []string `json:"names,omitempty"`
	Post  string   `json:"post,omitempty"`
}

func attendeeFlow() flow.Conversation[Env] {
	return flow.New(flow.Flow[Env, attendee]{
		Name: Attendee, Version: 1, Title: func(Env, *attendee) string { return "Daftar anggota" }, Begin: beginAttendee,
		Steps: []flow.Question[Env, attendee]{
			flow.Typed[Env, attendee, []string]{
				Head: flow.Head[Env, attendee]{Step: "names", Label: "Nama", Ask: askAttendee, Example: "Misalnya: Siti Aminah. Beberapa sekaligus boleh, dipisah koma", When: newcomer},
				Get:  func(a *attendee) *[]string { return &a.Names }, Read: readAttendees, Print: printNames, Offers: ownMembers,
			},
			flow.Typed[Env, attendee, []string]{
				Head: flow.Head[Env, attendee]{Step: "name", Label: "Nama", Ask: askAttendee, Example: "Misalnya: Siti Aminah", When: renamed},
				Get:  func(a *attendee) *[]string { return &a.Names }, Read: readAttendees, Print: printNames,
			},
			flow.Choice[Env, attendee]{
				Head: flow.Head[Env, attendee]{Step: "post", Label: "Jabatan", When: single, Ask: func(_ Env, a *attendee) string {
					return "<b>Apa jabatan " + chat.Escape(text.Clip(a.Names[0], 60)) + "?</b>"
				}},
				Get: func(a *attendee) *string { return &a.Post }, Options: func(Env, *attendee) []flow.Option { return posts() },
			},
		},
		Finish: finishAttendee, Contact: askDinsos, Dropped: "Baik, daftar anggota tetap.",
		Exits: [][]chat.Button{{pageTap("Daftar anggota", rosterName), tap("Menu", "menu")}},
	})
}

func printNames(names []string) string { return strings.Join(names, ", ") }

func newcomer(_ Env, a *attendee) bool { return a.ID == 0 }

func renamed(_ Env, a *attendee) bool { return a.ID != 0 }

// single says whether one person is added, whose post is then asked for.
func single(_ Env, a *attendee) bool { return a.ID == 0 && len(a.Names) == 1 }

func askAttendee(e Env, a *attendee) string {
	if old, ok := attendeeOf(e, strconv.FormatUint(a.ID, 10)); ok {
		return "<b>Siapa nama yang benar?</b>\nTertulis: " + chat.Escape(text.Clip(nameOf(e, old), 80))
	}
	return "<b>Siapa yang ditambahkan?</b>"
}

func beginAttendee(e Env, in chat.Input) (attendee, *flow.Turn) {
	list := func() *flow.Turn {
		return &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{rosterList(e, nil, false)}}
	}
	if !keepsRoster(e) {
		return attendee{}, list()
	}
	if in.Command.Args == "" {
		return attendee{}, nil
	}
	a, ok := attendeeOf(e, in.Command.Args)
	if !ok {
		return attendee{}, list()
	}
	return attendee{ID: a.ID}, nil
}

// ownMembers offers those of the village who use the bot and are not on the roster.
func ownMembers(e Env, _ *attendee) []flow.Offer[[]string] {
	people := roster(e)
	var out []flow.Offer[[]string]
	for _, m := range e.Tx.Members(e.Member.Village) {
		name := e.Tx.Unseal(m.Name, "name")
		known := slices.ContainsFunc(people, func(p storage.Attendee) bool { return text.Fold(nameOf(e, p)) == text.Fold(name) })
		if m.State == storage.Active && !known && name != storage.Erased && len(out) < 6 {
			out = append(out, flow.Offer[[]string]{Label: text.Clip(name, 28), Value: []string{name}})
		}
	}
	return out
}

// maxRoster is how many people a roster holds.
const maxRoster = 300

// readAttendees reads the names of new people, or the one new name. Nobody can be told from somebody
// of the same name when the roster is ticked, so there is none twice.
func readAttendees(e Env, a *attendee, words string) flow.Reading[[]string] {
	got := namesOf(words, text.SplitNames(words), true)
	switch {
	case !got.Sure:
		return flow.Not[[]string](got.Why)
	case len(got.Value.Names) == 0:
		return flow.Not[[]string]("Kami membaca " + flow.Quote(words) + ", belum seperti nama. Misalnya: Siti Aminah")
	case a.ID != 0 && len(got.Value.Names) > 1:
		return flow.Not[[]string]("Kami membaca lebih dari satu nama. Misalnya: Siti Aminah")
	}
	people := roster(e)
	if len(people)+len(got.Value.Names) > maxRoster {
		return flow.Not[[]string]("Daftar anggota paling banyak " + strconv.Itoa(maxRoster) + " orang.")
	}
	fresh := slices.DeleteFunc(slices.Clone(got.Value.Names), func(name string) bool {
		return slices.ContainsFunc(people, func(p storage.Attendee) bool { return p.ID != a.ID && text.Fold(nameOf(e, p)) == text.Fold(name) })
	})
	if len(fresh) == 0 {
		return flow.Not[[]string](flow.Quote(got.Value.Names[0]) + " sudah ada di daftar. Kalau orangnya lain, beri tanda. Misalnya: Siti RT 02")
	}
	return doubtful(e, a, people, fresh)
}

// doubtful asks about new people whose names are alike to those of others on the roster.
func doubtful(e Env, a *attendee, people []storage.Attendee, fresh []string) flow.Reading[[]string] {
	others := slices.DeleteFunc(slices.Clone(people), func(p storage.Attendee) bool { return p.ID == a.ID })
	var plain []string
	var name, like string
	for _, n := range fresh {
		if found := alikeOnRoster(e, others, n); len(found) > 0 {
			name, like = n, nameOf(e, found[0])
		} else {
			plain = append(plain, n)
		}
	}
	if name == "" {
		return flow.Sure(fresh)
	}
	ask := text.Clip(name, 40) + " mirip " + text.Clip(like, 40) + " yang sudah ada di daftar. Orang lain?"
	if len(fresh) == 1 {
		return flow.Ask(ask, flow.Offer[[]string]{Label: "Ya, orang lain", Words: []string{"ya", "iya", "lain", "orang lain", "beda", "berbeda", "bukan"}, Value: fresh})
	}
	offers := []flow.Offer[[]string]{{Label: "Ya, catat semua", Words: []string{"ya", "iya", "semua", "orang lain", "beda"}, Value: fresh}}
	if len(plain) > 0 {
		offers = append(offers, flow.Offer[[]string]{Label: "Tanpa yang mirip", Words: []string{"tidak", "sama", "bukan"}, Value: plain})
	}
	return flow.Ask(ask, offers...)
}

// finishAttendee records the people. The right to do so may have gone meanwhile.
func finishAttendee(e Env, _ uint64, a *attendee) flow.Turn {
	if !keepsRoster(e) {
		return flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{rosterList(e, nil, false)}}
	}
	if old, ok := attendeeOf(e, strconv.FormatUint(a.ID, 10)); ok {
		old.Name = e.Tx.Seal(old.Person, "name", a.Names[0])
		put(e, old)
		return flow.Turn{End: flow.Done, Replies: []chat.Reply{rosterCard(e, old)}}
	}
	for _, name := range a.Names {
		enroll(e, name, strings.TrimPrefix(a.Post, plainMember))
	}
	words := "✅ " + chat.Escape(text.Clip(printNames(a.Names), 300)) + " ada di daftar anggota."
	words += "\nSekarang " + strconv.Itoa(len(roster(e))) + " orang; saat rapat tinggal ditekan."
	return flow.Turn{End: flow.Done, Replies: []chat.Reply{screen(words, []chat.Button{tap("Tambah lagi", attendeeCommand), pageTap("Daftar anggota", rosterName)}, []chat.Button{tap("Menu", "menu")})}}
}
