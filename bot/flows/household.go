package flows

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// family is what is told of a household in need.
type family struct {
	Edit         uint64    `json:"edit,omitempty"` // number of the report that is changed
	Was          string    `json:"was,omitempty"`  // what Urgent was when the change began
	Name         string    `json:"name,omitempty"` // of its head, or secretName
	Initial      string    `json:"initial,omitempty"`
	Alike        string    `json:"alike,omitempty"`
	Compared     string    `json:"compared,omitempty"` // the name that was compared with those on file
	Judged       []judged  `json:"judged,omitempty"`
	Consent      string    `json:"consent,omitempty"`
	Place        homePlace `json:"place,omitzero"`
	Persons      int       `json:"persons,omitempty"`
	Categories   []string  `json:"categories,omitempty"`
	Disabilities []string  `json:"disabilities,omitempty"`
	Need         string    `json:"need,omitempty"`
	NeedNote     string    `json:"need_note,omitempty"`
	Work         string    `json:"work,omitempty"`
	WorkNote     string    `json:"work_note,omitempty"`
	Checks       []string  `json:"checks,omitempty"`
	Aids         []string  `json:"aids,omitempty"`
	NIK          string    `json:"nik,omitempty"`
	KK           string    `json:"kk,omitempty"`
	Photos       []string  `json:"photos,omitempty"`
	Pin          string    `json:"pin,omitempty"`
	Urgent       string    `json:"urgent,omitempty"`
	Note         string    `json:"note,omitempty"` // the first entry of its history
}

// Answers that stand for something else than they say.
const (
	secretName = "kasus sensitif" // for a name: initials are asked for
	noneOfIt   = "none"           // for a list: it was asked, nothing applies
)

// maxPersons is how many people live in one house at most.
const maxPersons = 30

type homeHead = flow.Head[Env, family]

func householdFound() flow.Conversation[Env] {
	return flow.New(flow.Flow[Env, family]{
		Name: Household, Version: 1, Title: householdTitle, Begin: beginHousehold, Args: true, Steps: householdSteps(),
		Seal: "consent", Settle: keepUrgent, Glean: gleanHousehold, Halt: knownHousehold, Confirm: confirmHousehold,
		Reopen:  func(t *family) bool { return t.Edit != 0 },
		Sending: func(_ Env, t *family) string { return sending(t.Edit) },
		Finish:  finishHousehold, Contact: askDinsos, Leaving: func(e Env, t *family) string { return leaving(e, t.Edit) },
		Exits: [][]chat.Button{{tap("Daftar warga", "warga"), tap("Menu", "menu")}},
	})
}

func householdTitle(_ Env, t *family) string {
	if name := t.called(); name != "" {
		return "Warga: " + text.Clip(name, 30)
	}
	return "Warga baru"
}

func householdSteps() []flow.Question[Env, family] {
	return slices.Concat(whoSteps(), whatSteps(), moreSteps())
}

// whoSteps ask who it is, whether they agree, and where they live.
func whoSteps() []flow.Question[Env, family] {
	return []flow.Question[Env, family]{
		flow.Typed[Env, family, string]{
			Head: homeHead{
				Step: "name", Label: "Nama", Ask: askHead,
				Example: "Misalnya: Siti Aminah 4 jiwa, RT 03 Dusun Longa, lansia, butuh sembako",
				Help:    "Untuk korban kekerasan dan sejenisnya, tekan Kasus sensitif: namanya tidak ditulis.",
				Filled:  func(t *family) bool { return t.Name != "" || t.Initial != "" && t.Consent == storage.ConsentNone },
				Shown:   func(_ Env, t *family) string { return t.called() },
			},
			Get: func(t *family) *string { return &t.Name }, Read: readHead, Print: same,
			Offers: func(_ Env, t *family) []flow.Offer[string] {
				return []flow.Offer[string]{{Label: "Kasus sensitif", Words: []string{"sensitif", "rahasia", "korban kekerasan"}, Value: secretName}}
			},
		},
		flow.Typed[Env, family, string]{
			Head: homeHead{
				Step: "initials", Label: "Inisial", Ask: fixed[family]("Apa inisial namanya?"),
				Example: "Misalnya: S. A. Nama lengkap tidak ditulis; Dinsos kami minta menelepon",
				When:    func(_ Env, t *family) bool { return t.secret() }, Filled: func(t *family) bool { return t.Initial != "" },
			},
			Get: func(t *family) *string { return &t.Initial }, Read: readInitials, Print: same,
		},
		flow.Choice[Env, family]{
			Head: homeHead{
				Step: "alike", Ask: askAlike, Filled: func(*family) bool { return false }, // until nothing is alike
				When: func(e Env, t *family) bool { return len(alikes(e, t)) > 0 },
			},
			Get: func(t *family) *string { return &t.Alike }, Options: alikeOptions, Take: judgeAlike,
		},
		flow.Choice[Env, family]{
			Head: homeHead{
				Step: "consent", Label: "Persetujuan", Ask: askHouseConsent, Filled: func(t *family) bool { return !t.unasked() },
				When: func(_ Env, t *family) bool { return !t.sensitive() },
			},
			Get: func(t *family) *string { return &t.Consent }, Options: consentOptions, Take: takeHouseConsent,
		},
		flow.Typed[Env, family, homePlace]{
			Head: homeHead{
				Step: "address", Label: "Alamat", Ask: fixed[family]("Di mana rumahnya?"), Example: "Misalnya: RT 03 Dusun Longa, atau RT 03/RW 02",
				Filled: func(t *family) bool { return !t.Place.isZero() },
			},
			Get: func(t *family) *homePlace { return &t.Place }, Offers: func(e Env, _ *family) []flow.Offer[homePlace] { return knownPlaces(e) },
			Read: func(_ Env, _ *family, words string) flow.Reading[homePlace] { return readAddress(words) }, Print: homePlace.String,
		},
		flow.Typed[Env, family, int]{
			Head: homeHead{
				Step: "persons", Label: "Jiwa", Ask: fixed[family]("Berapa jiwa di rumah itu?"), Example: "Misalnya: 4",
				Filled: func(t *family) bool { return t.Persons > 0 },
				Shown: func(_ Env, t *family) string {
					if t.Persons == 0 {
						return ""
					}
					return strconv.Itoa(t.Persons)
				},
			},
			Get: func(t *family) *int { return &t.Persons }, Offers: fewPersons, Read: readPersons, Print: strconv.Itoa,
		},
	}
}

// whatSteps ask what they are in need of.
func whatSteps() []flow.Question[Env, family] {
	return []flow.Question[Env, family]{
		flow.Multi[Env, family]{
			Head: homeHead{
				Step: "categories", Label: "Keadaan", Ask: fixed[family]("Keadaannya termasuk yang mana?"), Example: "Pilih yang utama; yang lain bisa ditambah nanti. Boleh ditulis: lansia, odgj",
				Filled: func(t *family) bool { return len(t.Categories) > 0 },
			},
			Get: func(t *family) *[]string { return &t.Categories }, Options: categoryOptions, Least: 1, Wide: true, PageSize: 7, Quick: true, More: "Keadaan lain",
			Read: func(_ Env, _ *family, words string) flow.Reading[[]string] { return readCategories(words) },
		},
		flow.Multi[Env, family]{
			Head: homeHead{
				Step: "disabilities", Label: "Disabilitas", Ask: fixed[family]("Disabilitas apa?"), Example: "Boleh lebih dari satu",
				When: func(_ Env, t *family) bool { return t.disabled() }, Filled: func(t *family) bool { return len(t.Disabilities) > 0 },
			},
			Get: func(t *family) *[]string { return &t.Disabilities }, Least: 1, Quick: true, More: "Disabilitas lain",
			Options: func(Env, *family) []flow.Option { return termOptions(welfare.Disabilities()) },
		},
		flow.Choice[Env, family]{
			Head: homeHead{
				Step: "need", Label: "Kebutuhan", Ask: fixed[family]("Apa yang paling dibutuhkan?"), Example: "Boleh ditulis dengan kata sendiri",
				Shown: func(_ Env, t *family) string { return t.need() },
			},
			Get: func(t *family) *string { return &t.Need }, Options: needOptions, Read: readNeed, Undo: []string{"need_note"},
		},
		flow.Typed[Env, family, string]{
			Head: homeHead{
				Step: "need_note", Ask: fixed[family]("Kebutuhan apa itu?"), Example: "Misalnya: kasur, tanpa nama warga",
				When: func(_ Env, t *family) bool { return t.Need == otherNeed }, Filled: func(t *family) bool { return t.NeedNote != "" },
			},
			Get: func(t *family) *string { return &t.NeedNote }, Read: readOwnWords, Print: same,
		},
	}
}

// moreSteps are asked for when somebody presses their button on the summary.
func moreSteps() []flow.Question[Env, family] {
	named := func(_ Env, t *family) bool { return !t.bare() }
	return []flow.Question[Env, family]{
		flow.Choice[Env, family]{
			Head: homeHead{
				Step: "urgent", Label: "Mendesak", Optional: true, Aside: "Mendesak", Ask: fixed[family]("<b>Perlu ditolong segera?</b>\nKalau ya, Dinsos langsung diberi tahu."),
				Shown: func(_ Env, t *family) string { return map[string]string{"yes": "ya", "no": "tidak"}[t.Urgent] },
			},
			Get: func(t *family) *string { return &t.Urgent }, Options: urgentOptions,
		},
		flow.Photos[Env, family]{
			Head: homeHead{
				Step: "photo", Label: "Foto rumah", Optional: true, Aside: "Foto rumah", When: named,
				Ask: fixed[family]("Kirim foto rumahnya."), Example: "Tampak depan saja; wajah dan KTP tidak perlu",
			},
			Get: func(t *family) *[]string { return &t.Photos }, Max: 4,
		},
		flow.Typed[Env, family, string]{
			Head: homeHead{
				Step: "nik", Label: "NIK", Optional: true, Aside: "NIK", When: named, Shown: func(_ Env, t *family) string { return maskedNumber(t.NIK) },
				Ask: fixed[family]("<b>NIK kepala keluarga?</b> (boleh dilewati)\nPesan berisi NIK akan kami hapus dari obrolan ini."),
			},
			Get: func(t *family) *string { return &t.NIK }, Read: readNIK, Print: maskedNumber, Hide: true,
			Offers: func(Env, *family) []flow.Offer[string] {
				return []flow.Offer[string]{{Label: "Belum ada NIK", Words: []string{"belum ada", "tidak punya"}, Value: noneOfIt}}
			},
		},
		flow.Typed[Env, family, string]{
			Head: homeHead{
				Step: "kk", Label: "No. KK", Optional: true, Aside: "No. KK", When: func(_ Env, t *family) bool { return !t.bare() && t.NIK+t.KK != "" }, Shown: func(_ Env, t *family) string { return maskedNumber(t.KK) },
				Ask: fixed[family]("<b>Nomor Kartu Keluarga?</b> (boleh dilewati)\nPesan berisi nomor itu akan kami hapus dari obrolan ini."),
			},
			Get: func(t *family) *string { return &t.KK }, Read: readKK, Print: maskedNumber, Hide: true,
		},
		flow.Choice[Env, family]{
			Head: homeHead{
				Step: "work", Label: "Pekerjaan", Optional: true, Aside: "Pekerjaan", Ask: fixed[family]("Apa pekerjaan kepala keluarganya?"),
				Example: "Boleh ditulis, juga pekerjaan sampingan", Shown: func(_ Env, t *family) string { return t.work() },
			},
			Get: func(t *family) *string { return &t.Work }, Options: func(Env, *family) []flow.Option { return termOptions(welfare.Works()) },
			Read: readWork, Undo: []string{"work_note"},
		},
		flow.Typed[Env, family, string]{
			Head: homeHead{
				Step: "work_note", Ask: fixed[family]("Pekerjaan apa itu?"), Example: "Misalnya: penjahit",
				When: func(_ Env, t *family) bool { return t.Work == otherNeed }, Filled: func(t *family) bool { return t.WorkNote != "" },
			},
			Get: func(t *family) *string { return &t.WorkNote }, Read: readOwnWords, Print: same,
		},
		flow.Multi[Env, family]{
			Head: homeHead{
				Step: "checks", Label: "Keadaan rumah", Optional: true, Aside: "Keadaan rumah", Ask: fixed[family]("Mana yang cocok dengan keluarga ini?"),
				Example: "Tekan yang cocok; yang lain dibiarkan",
			},
			Get: func(t *family) *[]string { return &t.Checks }, Options: checkOptions, Least: 1, Wide: true, PageSize: 10,
		},
		flow.Multi[Env, family]{
			Head: homeHead{
				Step: "aids", Label: "Bantuan lain", Optional: true, Aside: "Bantuan lain", Ask: fixed[family]("Bantuan apa yang sudah diterima?"), Example: "Boleh lebih dari satu",
			},
			Get: func(t *family) *[]string { return &t.Aids }, Options: aidOptions, Least: 1, PageSize: 10, Quick: true,
		},
		flow.Typed[Env, family, string]{
			Head: homeHead{
				Step: "note", Label: "Catatan", Optional: true, Aside: "Catatan", When: func(_ Env, t *family) bool { return t.Edit == 0 },
				Ask: fixed[family]("Apa catatannya?"), Example: "Misalnya: tinggal sendiri, sudah sulit berjalan",
			},
			Get: func(t *family) *string { return &t.Note }, Print: same,
			Read: func(e Env, _ *family, words string) flow.Reading[string] { return readNote(e, nil, words) },
		},
		flow.Pin[Env, family]{
			Head: homeHead{Step: "pin", Label: "Lokasi", Optional: true, Aside: "Lokasi", When: named, Ask: fixed[family]("Kirim lokasi rumahnya."), Example: "Tekan tombol di bawah saat berada di rumah itu", Shown: func(_ Env, t *family) string { return pinShown(t.Pin) }},
			Get:  func(t *family) *string { return &t.Pin },
		},
	}
}

// beginHousehold starts anew, or with what was recorded.
func beginHousehold(e Env, in chat.Input) (family, *flow.Turn) {
	number, edit := editing(in)
	if !edit {
		return family{}, nil
	}
	r, turn := reopen(e, number, storage.HouseholdFound)
	if turn != nil {
		return family{}, turn
	}
	t := householdFrom(e, r)
	t.Edit, t.Was = number, t.Urgent
	return t, nil
}

// keepUrgent follows the page of a household, whose button may be pressed while its answers are
// being changed.
func keepUrgent(e Env, t *family) {
	c, ok := e.Tx.Case(t.Edit)
	if now := urgentCode(c.Urgent); ok && t.Urgent == t.Was && now != t.Was {
		t.Urgent, t.Was = now, now
	}
}

func urgentCode(urgent bool) string {
	if urgent {
		return "yes"
	}
	return "no"
}

func askHead(_ Env, t *family) string {
	if t.Persons > 0 {
		return "🏠 <b>Siapa nama kepala keluarganya?</b>"
	}
	return "🏠 <b>Siapa kepala keluarganya, dan berapa jiwa?</b>"
}

// unasked says that consent is still to be given: for a child by the guardian.
func (t *family) unasked() bool {
	return t.Consent == "" || t.Consent == storage.ConsentSelf && t.ofChild()
}

func askHouseConsent(_ Env, t *family) string {
	if t.ofChild() {
		return "<b>Wali anaknya sudah setuju didata?</b>\nTanpa izin wali, cukup inisial."
	}
	return "<b>Keluarganya sudah setuju didata?</b>\nNama dan alamat hanya untuk buku desa dan Dinsos. Kalau belum, cukup inisial."
}

// secret says that the name is not to be written.
func (t *family) secret() bool { return t.Name == secretName }

// sensitive says that the household is never shown by name.
func (t *family) sensitive() bool {
	return t.secret() || slices.ContainsFunc(t.kinds(), func(c welfare.Category) bool { return c.Sensitive })
}

// bare says that initials are all that is kept of the name.
func (t *family) bare() bool { return t.sensitive() || t.Consent == storage.ConsentNone }

func (t *family) ofChild() bool {
	return slices.ContainsFunc(t.kinds(), func(c welfare.Category) bool { return c.Child })
}

func (t *family) disabled() bool {
	return slices.ContainsFunc(t.kinds(), func(c welfare.Category) bool { return c.Disability })
}

// kinds are the categories chosen.
func (t *family) kinds() []welfare.Category {
	var out []welfare.Category
	for _, no := range numbersOf(t.Categories) {
		if c, ok := welfare.ByNo(no); ok {
			out = append(out, c)
		}
	}
	return out
}

// called is the name under which the household is kept.
func (t *family) called() string {
	switch {
	case t.Initial != "" && (t.secret() || t.Name == ""):
		return t.Initial
	case t.secret():
		return "Kasus sensitif"
	case t.bare():
		return text.Initials(t.Name)
	}
	return t.Name
}

func (t *family) need() string { return termWords(welfare.Needs(), t.Need, t.NeedNote) }

func (t *family) work() string { return termWords(welfare.Works(), t.Work, t.WorkNote) }

// termWords prints a code and what was said of it: "Sembako", "kasur".
func termWords(list []welfare.Term, code, note string) string {
	switch {
	case code == "":
		return ""
	case note == "":
		return welfare.TermLabel(list, code)
	case code == otherNeed, strings.Contains(text.Fold(note), text.Fold(welfare.TermLabel(list, code))):
		return note
	}
	return welfare.TermLabel(list, code) + " (" + note + ")"
}

// otherNeed is the code of what no list has, among needs and works.
const otherNeed = "other"

// takeHouseConsent lets no name stand that nobody agreed to.
func takeHouseConsent(_ Env, t *family, value string) {
	switch {
	case value == storage.ConsentNone && t.Name != "":
		t.Initial, t.Name = text.Initials(t.Name), ""
		t.NIK, t.KK, t.Photos, t.Pin = "", "", nil, ""
	case value != storage.ConsentNone && t.Name == "":
		t.Initial = ""
	}
}

// consentOptions send at once where somebody agreed; without it, what is kept is shown first.
func consentOptions(_ Env, t *family) []flow.Option {
	onward := ", kirim"
	if t.Edit != 0 {
		onward = ", simpan"
	}
	self := flow.Option{Value: storage.ConsentSelf, Label: "Sudah setuju", Send: "✅ Setuju" + onward, Words: []string{"ya", "iya", "sudah", "sdh", "setuju", "sudah setuju", "sdh setuju", "sdh stju", "ya setuju", "setuju kirim", "boleh", "bersedia", "mau", "sudah, boleh", "sudah boleh"}}
	guardian := flow.Option{Value: storage.ConsentGuardian, Label: "Wali setuju", Send: "Wali setuju" + onward, Words: []string{"wali", "walinya", "wali setuju", "wali sudah setuju", "walinya setuju", "wali boleh"}}
	none := flow.Option{Value: storage.ConsentNone, Label: "Belum setuju", Words: []string{"belum", "inisial saja", "belum ditanya", "blm", "blm setuju", "tidak", "tidak mau", "tidak setuju", "tdk", "gak", "ndak"}}
	if t.ofChild() {
		guardian.Send, guardian.Words = "✅ "+guardian.Send, append(guardian.Words, self.Words...)
		return []flow.Option{guardian, none}
	}
	return []flow.Option{self, guardian, none}
}

func urgentOptions(Env, *family) []flow.Option {
	return []flow.Option{
		{Value: "yes", Label: "Ya, mendesak", Words: []string{"ya", "iya", "mendesak", "segera", "darurat"}},
		{Value: "no", Label: "Tidak", Words: []string{"tidak mendesak", "tdk", "gak", "belum"}},
	}
}

func fewPersons(Env, *family) []flow.Offer[int] {
	var out []flow.Offer[int]
	for n := 1; n <= 6; n++ {
		out = append(out, flow.Offer[int]{Label: strconv.Itoa(n), Value: n})
	}
	return out
}

// categoryOptions lists what is met most often first, and the rest in official order.
func categoryOptions(_ Env, t *family) []flow.Option {
	order := []int{24, 8, 9, 2, 23, 5, 21}
	if t.secret() {
		order = []int{6, 19, 18, 3, 17, 16, 15}
	}
	for _, c := range welfare.Categories() {
		if !slices.Contains(order, c.No) {
			order = append(order, c.No)
		}
	}
	out := make([]flow.Option, len(order))
	for i, no := range order {
		c, _ := welfare.ByNo(no)
		out[i] = flow.Option{Value: strconv.Itoa(no), Label: categoryLabel(c), Words: append([]string{c.Short}, c.Words...)}
	}
	return out
}

// categoryLabel fits a button.
func categoryLabel(c welfare.Category) string {
	label, _, _ := strings.Cut(c.Label, " (")
	if len(label) > 41 {
		return c.Short
	}
	return label
}

func checkOptions(Env, *family) []flow.Option {
	var out []flow.Option
	for _, c := range welfare.Criteria() {
		out = append(out, flow.Option{Value: strconv.Itoa(c.No), Label: c.Short, Words: []string{c.Full}})
	}
	return append(out, flow.Option{Value: noneOfIt, Label: "Tidak satu pun", Words: []string{"tidak ada yang cocok"}})
}

// needOptions has labels that fit two a row.
func needOptions(Env, *family) []flow.Option {
	out := termOptions(welfare.Needs())
	for i := range out {
		if short, _, long := strings.Cut(out[i].Label, " "); long && len(out[i].Label) > 18 {
			out[i].Label, out[i].Words = short, append([]string{out[i].Label}, out[i].Words...)
		}
	}
	return out
}

func aidOptions(Env, *family) []flow.Option {
	return append(termOptions(welfare.Aids()), flow.Option{Value: noneOfIt, Label: "Tidak ada"})
}

// termOptions makes answers of a list.
func termOptions(list []welfare.Term) []flow.Option {
	var out []flow.Option
	for _, t := range list {
		out = append(out, flow.Option{Value: t.Code, Label: t.Label, Words: t.Words})
	}
	return out
}

// numbersOf reads stored codes that are numbers; others are left out.
func numbersOf(codes []string) []int {
	var out []int
	for _, s := range codes {
		if n, err := strconv.Atoi(s); err == nil {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}
