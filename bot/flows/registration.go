package flows

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// applicant is what a person tells of themselves to be let in.
type applicant struct {
	Invite   string    `json:"invite,omitempty"` // public id of the invite that was followed
	Agreed   string    `json:"agreed,omitempty"`
	AgreedAt time.Time `json:"agreed_at,omitzero"`
	District string    `json:"district,omitempty"`
	Village  string    `json:"village,omitempty"`
	Role     string    `json:"role,omitempty"`
	Address  string    `json:"address,omitempty"`
	Name     string    `json:"name,omitempty"`
	Phone    string    `json:"phone,omitempty"`
	SKNumber string    `json:"sk_number,omitempty"`
	SKDate   string    `json:"sk_date,omitempty"`
}

type applicantHead = flow.Head[Env, applicant]

func registration() flow.Conversation[Env] {
	return flow.New(flow.Flow[Env, applicant]{
		Name: Registration, Version: 1,
		Title: func(Env, *applicant) string { return "Pendaftaran" },
		Begin: beginRegistration, Gate: "consent",
		Steps: []flow.Question[Env, applicant]{
			flow.Choice[Env, applicant]{
				Head:    applicantHead{Step: "consent", Ask: consentText, Help: "Lengkapnya ada di /privasi."},
				Get:     func(a *applicant) *string { return &a.Agreed },
				Options: consents, Exact: true,
				Take: func(e Env, a *applicant, _ string) { a.AgreedAt = e.Now.UTC() },
			},
			flow.Choice[Env, applicant]{
				Head: applicantHead{
					Step: "district", Ask: saying("Di kecamatan mana?"), Example: "Boleh langsung ditulis nama desanya",
					When: uninvited, Filled: func(a *applicant) bool { return a.District != "" },
				},
				Get: func(a *applicant) *string { return &a.District }, Options: districts, Read: readDistrict, Take: takePlace, Undo: []string{"village"},
			},
			flow.Choice[Env, applicant]{
				Head: applicantHead{
					Step: "village", Label: "Desa", Ask: saying("Desa atau kelurahan mana?"),
					When: uninvited, Filled: func(a *applicant) bool { return a.Village != "" },
					Shown: func(e Env, a *applicant) string { return e.Region.FullName(placeCode(a.Village)) },
				},
				Get: func(a *applicant) *string { return &a.Village }, Options: villages, Read: readVillage, Take: takePlace,
			},
			flow.Choice[Env, applicant]{
				Head:    applicantHead{Step: "role", Label: "Peran", Ask: saying("Sebagai apa di WKSBM?"), When: uninvited},
				Get:     func(a *applicant) *string { return &a.Role },
				Options: roles,
			},
			flow.Choice[Env, applicant]{
				Head:    applicantHead{Step: "address", Label: "Sapaan", Ask: saying("Kami menyapa dengan apa?")},
				Get:     func(a *applicant) *string { return &a.Address },
				Options: options(addressIbu, "Ibu", addressBapak, "Bapak"),
			},
			flow.Typed[Env, applicant, string]{
				Head: applicantHead{Step: "name", Label: "Nama", Ask: saying("Siapa nama lengkapnya?"), Example: "Misalnya: Hj. Sumiati"},
				Get:  func(a *applicant) *string { return &a.Name }, Read: readName, Offers: ownName, Print: same,
			},
			flow.Contact[Env, applicant]{
				Head: applicantHead{
					Step: "phone", Label: "Nomor HP", Optional: true,
					Ask: saying("Nomor HP? (boleh dilewati)"), Example: "Tekan tombol di bawah, atau ditulis",
				},
				Get: func(a *applicant) *string { return &a.Phone }, Phone: text.Phone,
			},
			flow.Typed[Env, applicant, string]{
				Head: applicantHead{
					Step: "sk_number", Label: "Nomor SK", Optional: true, When: isKetua,
					Ask: saying("Nomor SK kepala desa tentang WKSBM?"), Example: "Misalnya: 140/12/SK/2025. Boleh dilewati",
				},
				Get: func(a *applicant) *string { return &a.SKNumber }, Read: readSK, Print: same,
			},
			flow.Date[Env, applicant]{
				Head: applicantHead{
					Step: "sk_date", Label: "Tanggal SK", Optional: true, Ask: saying("Tanggal SK itu?"), Example: "Misalnya: 12 Maret 2025",
					When: func(e Env, a *applicant) bool { return isKetua(e, a) && a.SKNumber != "" },
				},
				Get: func(a *applicant) *string { return &a.SKDate }, Now: now, Past: true, Bare: true,
			},
		},
		Halt: func(_ Env, a *applicant) *flow.Turn {
			if a.Agreed != "no" {
				return nil
			}
			return &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{screen(
				"Baik, tidak ada yang disimpan.\nKalau berubah pikiran, tulis /daftar.",
				[]chat.Button{tap("Daftar", "daftar"), tap("Privasi", "privasi")},
			)}}
		},
		Confirm: confirmRegistration, Finish: finishRegistration, Contact: askDinsos,
		Dropped: "Pendaftaran dibatalkan. Tidak ada yang disimpan.\nUntuk mulai lagi, tulis /daftar.",
		Exits:   [][]chat.Button{{tap("Daftar", "daftar")}},
	})
}

func consentText(e Env, a *applicant) string {
	head := "<b>Boleh kami simpan data Ibu/Bapak?</b>\n"
	if a.Invite != "" {
		role := storage.Role(a.Role).Label() + " WKSBM "
		if storage.Role(a.Role) == storage.TKSK {
			role = "TKSK "
		}
		head = "Undangan: " + role + e.Region.FullName(placeCode(a.Village)) + replacing(e, a.Invite) + "\n\n" + head
	}
	return head + "Nama, peran, desa dan nomor HP (bila diisi) disimpan Dinsos untuk urusan WKSBM. " +
		"Pesan lewat Telegram, servernya di luar negeri. Lengkapnya: /privasi"
}

// replacing says whose office an invite gives on, "" when nobody's.
func replacing(e Env, invite string) string {
	in, _ := e.Tx.Invite(invite)
	old, ok := e.Tx.Member(in.Replaces)
	if in.Replaces == 0 || !ok {
		return ""
	}
	return ", menggantikan " + chat.Escape(e.Tx.Unseal(old.Name, "name"))
}

func roles(Env, *applicant) []flow.Option {
	return []flow.Option{
		{Value: string(storage.Ketua), Label: storage.Ketua.Label(), Words: []string{"ibu kades", "bu kades", "istri kades", "isteri kades", "ketua wksbm"}},
		{Value: string(storage.Pengurus), Label: storage.Pengurus.Label(), Words: []string{"anggota", "sekretaris", "bendahara", "wakil", "wakil ketua"}},
		{Value: string(storage.Relawan), Label: storage.Relawan.Label(), Words: []string{"kader", "sukarelawan", "volunteer"}},
	}
}

func consents(Env, *applicant) []flow.Option {
	return []flow.Option{
		{Value: "yes", Label: "Setuju", Words: []string{
			"ya", "iya", "boleh", "ok", "oke", "baik", "bersedia", "silakan", "iya boleh", "ya boleh", "ya setuju", "iya setuju", "saya setuju", "saya bersedia",
			"tidak apa apa", "tidak apa2", "ndak apa apa", "ndak apa2", "gak apa apa", "gapapa", "tidak masalah", "gak masalah", "ndak masalah", "tidak keberatan", "saya tidak keberatan",
		}},
		{Value: "no", Label: "Tidak", Words: []string{"tidak setuju", "tidak boleh", "jangan", "gak", "nggak", "ndak", "tdk", "tidak mau", "gak mau", "ndak mau", "tidak usah"}},
	}
}

func uninvited(_ Env, a *applicant) bool { return a.Invite == "" }

func isKetua(_ Env, a *applicant) bool { return a.Role == string(storage.Ketua) }

// beginRegistration follows an invite when the command carries one.
func beginRegistration(e Env, in chat.Input) (applicant, *flow.Turn) {
	if in.Kind != chat.Command || in.Command.Name != "start" || in.Command.Args == "" {
		return applicant{}, nil
	}
	invite, ok := e.Tx.InviteByToken(in.Command.Args)
	if !ok || !stands(e, invite) {
		return applicant{}, &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{inviteGone(e)}}
	}
	place, _ := e.Region.ByCode(invite.Village)
	return applicant{
		Invite: invite.ID, District: place.District.String(), Village: invite.Village.String(), Role: string(invite.Role),
	}, nil
}

func districts(e Env, _ *applicant) []flow.Option { return placeOptions(e.Region.Districts()) }

func villages(e Env, a *applicant) []flow.Option {
	return placeOptions(e.Region.Villages(placeCode(a.District)))
}

func placeOptions(places []region.Place) []flow.Option {
	var out []flow.Option
	for _, p := range places {
		out = append(out, flow.Option{Value: p.Code.String(), Label: p.Name})
	}
	return out
}

func placeCode(s string) region.Code {
	c, err := region.ParseCode(s)
	if err != nil {
		return 0
	}
	return c
}

// readDistrict takes a kecamatan, and the name of a village too: it says where it lies.
func readDistrict(e Env, _ *applicant, words string) flow.Reading[string] {
	if d, ok := e.Region.FindDistrict(words); ok {
		return flow.Sure(d.Code.String())
	}
	found := e.Region.Find(words, 0)
	if len(found) == 0 && len(e.Region.Suggest(words, 0)) == 0 {
		if near := e.Region.SuggestDistrict(words); len(near) > 0 {
			return flow.Ask("Maksudnya yang ini?", placeOffers(e, near)...)
		}
	}
	return readPlaces(e, found, words, 0)
}

func readVillage(e Env, a *applicant, words string) flow.Reading[string] {
	within := placeCode(a.District)
	if here := e.Region.Find(words, within); len(here) > 0 {
		return readPlaces(e, here, words, within)
	}
	return readPlaces(e, e.Region.Find(words, 0), words, within)
}

func readPlaces(e Env, found []region.Place, words string, within region.Code) flow.Reading[string] {
	switch len(found) {
	case 1:
		return flow.Sure(found[0].Code.String())
	case 0:
		found = e.Region.Suggest(words, within)
		if len(found) == 0 {
			return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum ada di daftar desa. Misalnya: Seloto")
		}
		return flow.Ask("Maksudnya yang ini?", placeOffers(e, found)...)
	}
	return flow.Ask("Ada lebih dari satu. Yang mana?", placeOffers(e, found)...)
}

func placeOffers(e Env, places []region.Place) []flow.Offer[string] {
	var out []flow.Offer[string]
	for _, p := range places {
		district, _ := e.Region.ByCode(p.District)
		out = append(out, flow.Offer[string]{Label: e.Region.FullName(p.Code), Words: []string{p.Name, district.Name}, Value: p.Code.String()})
	}
	return out
}

// takePlace keeps kecamatan and desa fitting to each other.
func takePlace(e Env, a *applicant, value string) {
	place, _ := e.Region.ByCode(placeCode(value))
	old, _ := e.Region.ByCode(placeCode(a.Village))
	a.District = place.District.String()
	switch {
	case place.Kind != region.District:
		a.Village = value
	case old.District != place.District:
		a.Village = ""
	}
}

// nameLetters are what names are written with.
var nameLetters = regexp.MustCompile(`^[\pL\pM\pN .,'’\x60()/-]+$`)

var longDigits = regexp.MustCompile(`\d{6,}`)

func readName(_ Env, _ *applicant, words string) flow.Reading[string] {
	name := strings.Join(strings.Fields(text.Clean(words)), " ")
	switch n := len([]rune(name)); {
	case !text.HasLetter(name) || longDigits.MatchString(name) || !nameLetters.MatchString(name):
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum seperti nama. Misalnya: Hj. Sumiati")
	case n < 2 || n > 60:
		return flow.Not[string]("Nama itu " + strconv.Itoa(n) + " huruf; kami menerima 2 sampai 60. Misalnya: Hj. Sumiati")
	}
	return flow.Sure(name)
}

// ownName offers the name that Telegram shows.
func ownName(e Env, a *applicant) []flow.Offer[string] {
	got := readName(e, a, e.Who.Name)
	if !got.Sure || len([]rune(got.Value)) > 30 {
		return nil
	}
	return []flow.Offer[string]{{Label: got.Value, Value: got.Value}}
}

func readSK(_ Env, _ *applicant, words string) flow.Reading[string] {
	s := strings.Join(strings.Fields(text.Clean(words)), " ")
	if n := len([]rune(s)); n < 2 || n > 60 || !strings.ContainsAny(s, "0123456789") || s[0] == '+' {
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum seperti nomor SK. Misalnya: 140/12/SK/2025")
	}
	return flow.Sure(s)
}

func confirmRegistration(e Env, a *applicant) string {
	lines := []string{
		"<b>Sudah benar?</b>", "",
		"Nama: " + chat.Escape(a.Name) + " (" + map[string]string{addressIbu: "Ibu", addressBapak: "Bapak"}[a.Address] + ")",
		"Peran: " + storage.Role(a.Role).Label(),
		chat.Escape(e.Region.FullName(placeCode(a.Village))),
	}
	if a.Phone != "" {
		lines = append(lines, "Nomor HP: "+chat.Escape(a.Phone))
	}
	if a.SKNumber != "" && isKetua(e, a) {
		sk := "SK: " + chat.Escape(a.SKNumber)
		if d, err := time.Parse(time.DateOnly, a.SKDate); err == nil {
			sk += ", " + text.PlainDate(d)
		}
		lines = append(lines, sk)
	}
	return strings.Join(lines, "\n")
}

// finishRegistration asks the group, or lets an invited person in at once.
func finishRegistration(e Env, _ uint64, a *applicant) flow.Turn {
	if e.Registered && e.Member.State == storage.Pending && a.Invite == "" { // sent by another draft
		return flow.Turn{End: flow.Done, Replies: []chat.Reply{Welcome(e)}}
	}
	m := newMember(e, a)
	if a.Invite != "" {
		return join(e, m, a)
	}
	m.Request = e.Tx.NextRequest()
	must(e.Tx.Record(e.Now, e.Who.ID, m.Village, storage.MemberAsked{Member: m}))
	m.State, m.Asked = storage.Pending, e.Now
	replies := []chat.Reply{last(
		"⏳ Pendaftaran terkirim ke Dinsos.\nBegitu diperiksa, kabarnya masuk di sini. Terima kasih.",
		[]chat.Button{tap("Privasi", "privasi"), tap("Apa itu WKSBM?", "tentang")},
	)}
	if e.Group.Chat != 0 {
		replies = append(replies, e.Card(m))
	}
	return flow.Turn{End: flow.Done, Replies: replies}
}

func newMember(e Env, a *applicant) storage.Member {
	p := e.Tx.NewPerson()
	m := storage.Member{
		User: e.Who.ID, Person: p, Name: e.Tx.Seal(p, "name", a.Name), Phone: e.Tx.Seal(p, "phone", a.Phone),
		Address: a.Address, Village: placeCode(a.Village), Role: storage.Role(a.Role),
		Consent: storage.Consent{At: a.AgreedAt, Version: e.Privacy.Version},
	}
	if m.Role == storage.Ketua && a.SKNumber != "" {
		m.SKNumber = a.SKNumber
		if d, err := time.ParseInLocation(time.DateOnly, a.SKDate, region.WITA); err == nil {
			m.SKDate = storage.DayOf(d)
		}
	}
	return m
}

// join uses the invite up. Somebody else may have been quicker.
func join(e Env, m storage.Member, a *applicant) flow.Turn {
	invite, ok := e.Tx.Invite(a.Invite)
	if !ok || !stands(e, invite) {
		return flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{last(
			"Undangan ini sudah dipakai atau sudah lewat waktunya.\nMinta yang baru ke Dinsos, atau daftar sendiri.",
			[]chat.Button{tap("Daftar", "daftar")},
		)}}
	}
	must(e.Tx.Record(e.Now, e.Who.ID, m.Village, storage.MemberJoined{Member: m, Invite: a.Invite}))
	e.Member, e.Registered = m, true
	e.Member.State = storage.Active
	if invite.Replaces != 0 {
		return flow.Turn{End: flow.Done, Replies: handOver(e, storage.HandedOver{From: invite.Replaces, To: e.Who.ID})}
	}
	replies := []chat.Reply{Accepted(e)}
	if e.Group.Chat != 0 {
		replies = append(replies, e.Card(e.Member))
	}
	return flow.Turn{End: flow.Done, Replies: replies}
}

// must takes what Record returned. An error there is no mistake of the person: reception sets the
// update aside.
func must(_ storage.Event, err error) {
	if err != nil {
		panic(err)
	}
}
