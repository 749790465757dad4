package flows

import (
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// profilePageName is the page that shows what the village's WKSBM says of itself.
const profilePageName = "profil"

// profile is what a ketua tells of her WKSBM.
type profile struct {
	SKNumber string   `json:"sk_number,omitempty"`
	SKDate   string   `json:"sk_date,omitempty"`
	Signer   string   `json:"signer,omitempty"`
	Ketua    string   `json:"ketua,omitempty"`
	Members  string   `json:"members,omitempty"`
	Kinds    []string `json:"kinds,omitempty"`
}

type profileHead = flow.Head[Env, profile]

func profileFlow() flow.Conversation[Env] {
	return flow.New(flow.Flow[Env, profile]{
		Name: Profile, Version: 1, Title: func(Env, *profile) string { return "Profil WKSBM" }, Begin: beginProfile,
		Steps: profileSteps(), Reopen: func(*profile) bool { return true },
		Confirm: func(e Env, p *profile) string {
			old := profileFrom(e)
			return confirmChange("<b>Ubah profil WKSBM</b>", differences(e, profileSteps(), &old, p))
		},
		Send: "✅ Simpan", Finish: finishProfile, Contact: askDinsos, Dropped: "Baik, profil tetap seperti tadi.",
		Exits: [][]chat.Button{{pageTap("Profil", profilePageName), tap("Menu", "menu")}},
	})
}

func profileSteps() []flow.Question[Env, profile] {
	return []flow.Question[Env, profile]{
		flow.Typed[Env, profile, string]{
			Head: profileHead{Step: "sk_number", Label: "Nomor SK", Optional: true, Aside: "Isi nomor SK", Ask: fixed[profile]("Nomor SK kepala desa tentang WKSBM?"), Example: "Misalnya: 140/12/SK/2025"},
			Get:  func(p *profile) *string { return &p.SKNumber }, Print: same,
			Read: func(e Env, _ *profile, words string) flow.Reading[string] { return readSK(e, nil, words) },
		},
		flow.Date[Env, profile]{
			Head: profileHead{Step: "sk_date", Label: "Tanggal SK", Optional: true, Aside: "Isi tanggal SK", Ask: fixed[profile]("Tanggal SK itu?"), Example: "Misalnya: 12 Maret 2025"},
			Get:  func(p *profile) *string { return &p.SKDate }, Now: now, Past: true, Bare: true,
		},
		flow.Typed[Env, profile, string]{
			Head: profileHead{Step: "signer", Label: "Penanda tangan", Optional: true, Aside: "Isi penanda tangan", Ask: fixed[profile]("Siapa yang menandatangani SK?"), Example: "Misalnya: H. Ahmad, kepala desa"},
			Get:  func(p *profile) *string { return &p.Signer }, Read: naming[profile]("Misalnya: H. Ahmad, kepala desa"), Print: same,
		},
		flow.Typed[Env, profile, string]{
			Head: profileHead{Step: "ketua", Label: "Nama ketua", Ask: fixed[profile]("Siapa nama lengkap ketua?"), Example: "Misalnya: Hj. Sumiati"},
			Get:  func(p *profile) *string { return &p.Ketua }, Read: naming[profile]("Misalnya: Hj. Sumiati"), Print: same,
		},
		flow.Typed[Env, profile, string]{
			Head: profileHead{Step: "members", Label: "Jumlah anggota", Optional: true, Aside: "Isi jumlah anggota", Ask: fixed[profile]("Berapa anggota WKSBM, dengan pengurus?"), Example: "Misalnya: 25"},
			Get:  func(p *profile) *string { return &p.Members }, Read: readMembers, Print: same,
		},
		flow.Multi[Env, profile]{
			Head: profileHead{Step: "kinds", Label: "Jenis kegiatan", Optional: true, Aside: "Isi kegiatan", Ask: fixed[profile]("Kegiatan apa saja yang biasa dilakukan?")},
			Get:  func(p *profile) *[]string { return &p.Kinds }, Options: func(Env, *profile) []flow.Option { return activityKinds() }, PageSize: 10, Done: "Selesai",
		},
	}
}

func activityKinds() []flow.Option { return termOptions(welfare.ActivityKinds()) }

func readMembers(_ Env, _ *profile, words string) flow.Reading[string] {
	got := text.ParseCount(words, 1, 2000)
	if !got.Sure() {
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum yakin jumlahnya. Misalnya: 25")
	}
	return flow.Sure(strconv.Itoa(got.Value) + " orang")
}

// beginProfile opens the profile for its ketua; others look at it.
func beginProfile(e Env, _ chat.Input) (profile, *flow.Turn) {
	if !e.isKetua() {
		return profile{}, &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{showProfile(e)}}
	}
	return profileFrom(e), nil
}

// isKetua says whether the person leads the WKSBM of their village now.
func (e Env) isKetua() bool { return e.active() && e.Member.Role == storage.Ketua }

// profileFrom makes the answers of what is known.
func profileFrom(e Env) profile {
	known := e.Tx.Portrait(e.Member.Village)
	p := profile{SKNumber: known.SKNumber, Signer: known.Signer, Ketua: known.Ketua, Kinds: known.Kinds}
	if known.SKDate != 0 {
		p.SKDate = known.SKDate.String()
	}
	if known.Members > 0 {
		p.Members = strconv.Itoa(known.Members) + " orang"
	}
	return p
}

// finishProfile records the profile. Recorded again it says the same.
func finishProfile(e Env, _ uint64, p *profile) flow.Turn {
	old := profileFrom(e)
	if e.isKetua() && len(differences(e, profileSteps(), &old, p)) > 0 {
		person := e.Tx.NewPerson()
		f := storage.Profile{
			Village: e.Member.Village, Person: person, SKNumber: p.SKNumber, Kinds: p.Kinds,
			Signer: e.Tx.Seal(person, "signer", p.Signer), Ketua: e.Tx.Seal(person, "ketua", p.Ketua),
		}
		f.Members, _ = strconv.Atoi(strings.TrimSuffix(p.Members, " orang"))
		if d, ok := dateOf(p.SKDate); ok {
			f.SKDate = storage.DayOf(d)
		}
		must(e.Tx.Record(e.Now, e.Who.ID, e.Member.Village, storage.ProfilePut{Profile: f}))
	}
	r := showProfile(e)
	return flow.Turn{End: flow.Done, Replies: []chat.Reply{last("✅ Tersimpan. Dinsos melihat profil ini saat membuka data desa.\n\n"+r.Text, r.Buttons...)}}
}

// profilePage shows the profile of the person's village.
func profilePage() Page {
	return Page{Name: profilePageName, Command: true, Show: func(e Env, _ []string) []chat.Reply {
		return []chat.Reply{showProfile(e)}
	}}
}

func showProfile(e Env) chat.Reply {
	var first []chat.Button
	if e.isKetua() {
		first = append(first, tap("Ubah", "profilubah"))
	}
	rows := [][]chat.Button{append(first, tap("Menu", "menu"))}
	return screen(profileCard(e), rows...)
}

// profileCard is the profile as HTML; what is not known is left out, but for what Dinsos asks for.
func profileCard(e Env) string {
	p := profileFrom(e)
	lines := []string{"<b>WKSBM " + chat.Escape(e.Region.FullName(e.Member.Village)) + "</b>", "SK: " + chat.Escape(orNotYet(p.SKNumber))}
	if d, ok := dateOf(p.SKDate); ok && p.SKNumber != "" {
		lines[1] += ", " + text.PlainDate(d)
	}
	lines = withLine(lines, "Ditandatangani", chat.Escape(p.Signer))
	lines = append(lines, "Ketua: "+chat.Escape(orNotYet(p.Ketua)))
	lines = withLine(lines, "Pengurus", chat.Escape(officers(e)))
	lines = append(lines, "Anggota: "+orNotYet(p.Members))
	var kinds []string
	for _, code := range p.Kinds {
		kinds = append(kinds, strings.ToLower(labelOf(activityKinds(), code)))
	}
	lines = withLine(lines, "Kegiatan", chat.Escape(strings.Join(kinds, ", ")))
	return strings.Join(append(lines, "Melapor lewat Telegram: "+strconv.Itoa(e.Tx.Village(e.Member.Village).Members)+" orang"), "\n")
}

func orNotYet(s string) string {
	if s == "" {
		return "belum diisi"
	}
	return s
}

// officers names those on the roster who have a post, but the ketua.
func officers(e Env) string {
	var out []string
	for _, a := range e.Tx.Roster(e.Member.Village) {
		if label := officeLabel(a.Post); label != "" && !a.Retired {
			out = append(out, e.Tx.Unseal(a.Name, "name")+" ("+label+")")
		}
	}
	return strings.Join(out[:min(len(out), 8)], ", ")
}

// officeLabel names the posts that make an officer, "" for others.
func officeLabel(post string) string {
	switch post {
	case "vice":
		return "wakil"
	case "secretary":
		return "sekretaris"
	case "treasurer":
		return "bendahara"
	}
	return ""
}
