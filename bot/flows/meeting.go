package flows

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// meeting is what is told of a meeting that was held.
type meeting struct {
	Edit      uint64      `json:"edit,omitempty"` // number of the report that is changed; 0: a new one
	Kind      string      `json:"kind,omitempty"`
	Date      string      `json:"date,omitempty"`
	Start     string      `json:"start,omitempty"` // "19.30"
	Clocks    []int       `json:"clocks,omitempty"`
	Here      []string    `json:"here,omitempty"` // see attendance
	Crowd     crowd       `json:"crowd,omitzero"` // who came, where nobody is ticked
	Keep      string      `json:"keep,omitempty"` // "yes": the names become the roster
	Guests    crowd       `json:"guests,omitzero"`
	Invited   int         `json:"invited,omitempty"` // as told; 0: counted
	Listed    []string    `json:"listed,omitempty"`  // those on the roster of the report that is changed
	Decisions string      `json:"decisions,omitempty"`
	Place     string      `json:"place,omitempty"`
	Next      appointment `json:"next,omitzero"`
	Photos    []string    `json:"photos,omitempty"`
	Full      string      `json:"full,omitempty"` // "yes": the minutes are wanted in full
	Chair     string      `json:"chair,omitempty"`
	Agenda    string      `json:"agenda,omitempty"`
	Order     string      `json:"order,omitempty"`
	Review    string      `json:"review,omitempty"`
	Plan      string      `json:"plan,omitempty"`
}

const yes = "yes"

type meetingHead = flow.Head[Env, meeting]

func meetingFlow() flow.Conversation[Env] {
	return flow.New(flow.Flow[Env, meeting]{
		Name: Meeting, Version: 1, Title: meetingTitle, Args: true, Begin: beginMeeting,
		Reopen: func(m *meeting) bool { return m.Edit != 0 }, Sending: func(_ Env, m *meeting) string { return sending(m.Edit) },
		Steps: meetingSteps(), Glean: gleanMeeting, Confirm: confirmMeeting, Finish: finishMeeting, Contact: askDinsos,
		Exits:   [][]chat.Button{{tap("Rapat baru", "rapat"), tap("Menu", "menu")}},
		Leaving: func(e Env, m *meeting) string { return leaving(e, m.Edit) },
	})
}

// meetingSteps are the questions: what everybody is asked, what lies beside the summary, and the
// minutes for those who keep them here.
func meetingSteps() []flow.Question[Env, meeting] {
	return slices.Concat(meetingCore(), meetingAsides(), minutes())
}

func meetingCore() []flow.Question[Env, meeting] {
	return []flow.Question[Env, meeting]{
		flow.Choice[Env, meeting]{
			Head: meetingHead{
				Step: "kind", Label: "Jenis", Ask: fixed[meeting]("👥 <b>Rapat apa?</b>"), Shown: func(_ Env, m *meeting) string { return labelOf(meetingKinds(), m.Kind) },
				Example: "Boleh langsung ditulis: rutin kemarin jam 8 malam di kantor desa",
				Help:    "Pilih jenis rapatnya. Boleh juga ditulis sekaligus dengan hari, jam, tempat dan jumlah yang hadir.",
			},
			Get: func(m *meeting) *string { return &m.Kind }, Options: kindOptions, Take: takeKind,
		},
		flow.Date[Env, meeting]{
			Head: meetingHead{
				Step: "date", Label: "Tanggal", Ask: fixed[meeting]("Kapan rapatnya?"), Example: "Misalnya: kemarin jam 8 malam, Jumat 19.30",
				Filled: func(m *meeting) bool { return m.Date != "" },
			},
			Get: func(m *meeting) *string { return &m.Date }, Now: now, Past: true,
		},
		flow.Choice[Env, meeting]{
			Head: meetingHead{
				Step: "clock", When: func(_ Env, m *meeting) bool { return len(m.Clocks) > 0 && m.Start == "" },
				Ask: fixed[meeting]("Jam berapa mulainya?"), Filled: func(m *meeting) bool { return m.Start != "" },
			},
			Get: func(m *meeting) *string { return &m.Start }, Options: clockOptions, Read: readStart,
		},
		flow.Multi[Env, meeting]{
			Head: meetingHead{
				Step: "here", Label: "Hadir", Ask: askHere, When: hasRoster, Shown: showRoll,
				Example: "Boleh ditulis: 12 orang, 3 tamu, semua kecuali Siti",
				Help:    "Tekan nama yang hadir, lalu Lanjut. Kalau hanya tahu jumlahnya, tulis misalnya: 12 orang.",
			},
			Get: func(m *meeting) *[]string { return &m.Here }, Options: rosterOptions, Least: 1, All: "Semua hadir", Read: readHere,
		},
		flow.Typed[Env, meeting, crowd]{
			Head: meetingHead{
				Step: "count", Label: "Hadir", Ask: fixed[meeting]("Berapa orang yang hadir?"), When: noRoster, Shown: showRoll,
				Example: "Misalnya: 15 orang. Namanya juga boleh: Siti, Aminah, Rahma",
			},
			Get: func(m *meeting) *crowd { return &m.Crowd }, Read: readCrowd, Print: crowd.String,
		},
		flow.Choice[Env, meeting]{
			Head: meetingHead{Step: "keep", When: mayKeep, Ask: askKeep, Shown: func(Env, *meeting) string { return "" }},
			Get:  func(m *meeting) *string { return &m.Keep }, Options: choices[meeting](yes, "Ya, simpan", "no", "Tidak usah"),
		},
		flow.Typed[Env, meeting, string]{
			Head: meetingHead{
				Step: "decisions", Label: "Keputusan", Optional: true, Ask: func(e Env, _ *meeting) string { return "<b>Apa keputusannya?</b>" + underway(e) },
				Example: "Singkat saja, misalnya: jimpitan beras tiap Jumat",
			},
			Get: func(m *meeting) *string { return &m.Decisions }, Read: readMinute, Print: same,
		},
	}
}

func meetingAsides() []flow.Question[Env, meeting] {
	return []flow.Question[Env, meeting]{
		flow.Typed[Env, meeting, string]{
			Head: meetingHead{Step: "time", Label: "Jam", Optional: true, Aside: "Jam", Ask: fixed[meeting]("Jam berapa mulainya?"), Example: "Misalnya: 19.30, jam 8 malam, bakda isya"},
			Get:  func(m *meeting) *string { return &m.Start }, Read: readStart, Offers: usualStarts, Print: same,
		},
		flow.Typed[Env, meeting, string]{
			Head: meetingHead{Step: "place", Label: "Tempat", Optional: true, Aside: "Tempat", Ask: fixed[meeting]("Di mana rapatnya?"), Example: "Misalnya: Balai dusun Longa"},
			Get:  func(m *meeting) *string { return &m.Place }, Read: readPlace, Offers: usualPlaces, Print: same,
		},
		flow.Typed[Env, meeting, crowd]{
			Head: meetingHead{Step: "guests", Label: "Tamu", Optional: true, Aside: "Tamu", Ask: fixed[meeting]("Siapa tamunya, atau berapa orang?"), Example: "Misalnya: 3 orang; Pak Kades, Bu Bidan"},
			Get:  func(m *meeting) *crowd { return &m.Guests }, Read: readGuests, Print: crowd.String,
		},
		flow.Typed[Env, meeting, appointment]{
			Head: meetingHead{Step: "next", Label: "Rapat berikutnya", Optional: true, Aside: "Rapat berikutnya", Ask: fixed[meeting]("Kapan rapat berikutnya?"), Example: "Misalnya: Jumat depan jam 4 sore di masjid, 20 Desember"},
			Get:  func(m *meeting) *appointment { return &m.Next }, Read: readNext, Offers: usualNext, Print: appointment.String,
		},
		flow.Typed[Env, meeting, string]{
			Head: meetingHead{Step: "chair", Label: "Pimpinan", Optional: true, Aside: "Pimpinan", Ask: fixed[meeting]("Siapa yang memimpin rapat?"), Example: "Misalnya: Bu Siti Aminah", Shown: chairOf, When: begun},
			Get:  func(m *meeting) *string { return &m.Chair }, Read: readMinute, Offers: usualChairs, Print: same,
		},
		flow.Photos[Env, meeting]{
			Head: meetingHead{Step: "photo", Label: "Foto", Optional: true, Aside: "Foto daftar hadir", Ask: fixed[meeting]("Kirim foto daftar hadirnya."), Example: "Cukup kertasnya, yang terbaca"},
			Get:  func(m *meeting) *[]string { return &m.Photos }, Max: 10,
		},
	}
}

// minutes are asked in turn once somebody wants them.
func minutes() []flow.Question[Env, meeting] {
	line := func(step, label, ask, example string, get func(*meeting) *string) flow.Question[Env, meeting] {
		return flow.Typed[Env, meeting, string]{
			Head: meetingHead{Step: step, Label: label, Optional: true, When: wanted(get), Ask: fixed[meeting](ask), Example: example},
			Get:  get, Read: readMinute, Print: same,
		}
	}
	return []flow.Question[Env, meeting]{
		flow.Choice[Env, meeting]{
			Head: meetingHead{Step: "full", Aside: "Notulen lengkap", When: fresh, Ask: fixed[meeting]("Tulis notulen lengkap?\nEmpat pertanyaan pendek; semuanya boleh dilewati."), Shown: showFull},
			Get:  func(m *meeting) *string { return &m.Full }, Options: choices[meeting](yes, "Ya, mulai"),
		},
		line("agenda", "Agenda", "Apa agendanya?", "Misalnya: bantuan lansia, jadwal kunjungan", func(m *meeting) *string { return &m.Agenda }),
		line("order", "Administrasi", "Administrasi apa yang ditertibkan?", "Misalnya: buku kas dan daftar anggota dilengkapi", func(m *meeting) *string { return &m.Order }),
		flow.Typed[Env, meeting, string]{
			Head: meetingHead{
				Step: "review", Label: "Kegiatan", Optional: true, When: wanted(func(m *meeting) *string { return &m.Review }), Example: "Misalnya: jimpitan berjalan, kunjungan lansia belum",
				Ask: func(e Env, _ *meeting) string { return "<b>Kegiatan apa yang ditinjau?</b>" + underway(e) },
			},
			Get: func(m *meeting) *string { return &m.Review }, Read: readMinute, Print: same,
		},
		line("plan", "Rencana", "Apa rencana berikutnya?", "Misalnya: kunjungi lansia yang sakit minggu depan", func(m *meeting) *string { return &m.Plan }),
	}
}

// begun says whether anything was told yet: the ketua's name alone is nothing that could be lost.
func begun(_ Env, m *meeting) bool { return m.Kind != "" }

// wanted says whether a question of the minutes is asked: all are wanted, this one is answered, or a
// report is changed, where each can be chosen.
func wanted(get func(*meeting) *string) func(Env, *meeting) bool {
	return func(_ Env, m *meeting) bool { return m.Full == yes || *get(m) != "" || m.Edit != 0 }
}

func fresh(_ Env, m *meeting) bool { return m.Edit == 0 }

func showFull(_ Env, m *meeting) string {
	if m.Full == yes {
		return "ya"
	}
	return ""
}

func meetingTitle(_ Env, m *meeting) string {
	if m.Edit != 0 {
		return "Mengubah No. " + Number(m.Edit)
	}
	if m.Kind == "" {
		return "Rapat"
	}
	return kindTitle(m.Kind)
}

// beginMeeting starts with nothing, or with the report that is to be changed.
func beginMeeting(e Env, in chat.Input) (meeting, *flow.Turn) {
	number, edit := editing(in)
	if !edit {
		return meeting{}, nil
	}
	r, turn := reopen(e, number, storage.MeetingHeld)
	if turn != nil {
		return meeting{}, turn
	}
	m := meetingFrom(e, r)
	m.Edit = number
	return m, nil
}

// meetingKinds are the kinds of meetings, as codes.
func meetingKinds() []flow.Option { return termOptions(welfare.MeetingKinds()) }

// kindTitle names a meeting: "Rapat rutin".
func kindTitle(code string) string { return welfare.MeetingTitle(code) }

// Both kind and day: what most meetings are.
const (
	regularToday     = "regular_today"
	regularYesterday = "regular_yesterday"
)

func kindOptions(_ Env, m *meeting) []flow.Option {
	all := meetingKinds()
	if m.Date != "" {
		return all
	}
	all[0].Label = "Rutin, hari lain"
	all[0].Words = append(all[0].Words, "rutin")
	return append([]flow.Option{{Value: regularToday, Label: "Rutin hari ini"}, {Value: regularYesterday, Label: "Rutin kemarin"}}, all...)
}

func takeKind(e Env, m *meeting, value string) {
	switch value {
	case regularToday:
		m.Kind, m.Date = "regular", storage.DayOf(e.Said).String()
	case regularYesterday:
		m.Kind, m.Date = "regular", (storage.DayOf(e.Said) - 1).String()
	}
}

// usualPlaces are where the village met before, and where villages meet.
func usualPlaces(e Env, _ *meeting) []flow.Offer[string] {
	var names []string
	for _, r := range pastMeetings(e) {
		var body storage.Meeting
		r.DecodeBody(&body)
		if place := e.Tx.Unseal(body.Place, "place"); place != storage.Erased {
			names = append(names, place)
		}
	}
	names = append(names, "Kantor desa", "Rumah ketua", "Balai dusun", "Masjid")
	var out []flow.Offer[string]
	seen := map[string]bool{"": true}
	for _, n := range names {
		if key := text.Fold(n); !seen[key] && len(out) < 6 && utf8.RuneCountInString(n) <= 40 {
			seen[key] = true
			out = append(out, flow.Offer[string]{Label: n, Value: n})
		}
	}
	return out
}

// pastMeetings are the village's latest meetings that count, newest first.
func pastMeetings(e Env) []storage.Report {
	var out []storage.Report
	for _, r := range e.Tx.ReportsIn(e.Member.Village, 0, 60) {
		if r.Kind == storage.MeetingHeld && r.State.Counts() {
			out = append(out, r)
		}
	}
	return out
}

// usualChairs offers the ketua, and whoever has a post.
func usualChairs(e Env, _ *meeting) []flow.Offer[string] {
	names := ketuaNames(e)
	for _, a := range roster(e) {
		if a.Post != "" {
			names = append(names, nameOf(e, a))
		}
	}
	var out []flow.Offer[string]
	seen := map[string]bool{}
	for _, n := range names {
		if key := text.Fold(n); !seen[key] && len(out) < 6 && n != storage.Erased {
			seen[key] = true
			out = append(out, flow.Offer[string]{Label: text.Clip(n, 30), Value: n})
		}
	}
	return out
}

// chairOf is who led a meeting: the ketua, unless another name was told or she was away.
func chairOf(e Env, m *meeting) string {
	names := ketuaNames(e)
	if m.Chair != "" || m.Edit != 0 || len(names) != 1 {
		return m.Chair
	}
	for _, away := range namesBy(e, rollOf(e, m).away) {
		if text.Fold(text.BareName(away)) == text.Fold(text.BareName(names[0])) {
			return ""
		}
	}
	return names[0]
}

// ketuaNames are the names of the village's ketua.
func ketuaNames(e Env) []string {
	var out []string
	for _, m := range e.Tx.Members(e.Member.Village) {
		if m.State == storage.Active && m.Role == storage.Ketua {
			out = append(out, e.Tx.Unseal(m.Name, "name"))
		}
	}
	return out
}

// underway lists the village's programmes that are not over, as a line below a question.
func underway(e Env) string {
	var titles []string
	for _, a := range e.Tx.Activities(e.Member.Village) {
		if !a.State.Ended() {
			titles = append(titles, text.Clip(oneLine(e.Tx.Unseal(a.Title, "title")), 40))
		}
	}
	if len(titles) == 0 {
		return ""
	}
	more := ""
	if n := len(titles) - 4; n > 0 {
		titles, more = titles[:4], " dan "+strconv.Itoa(n)+" lagi"
	}
	return "\nKegiatan yang belum selesai: " + chat.Escape(strings.Join(titles, ", ")) + more
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func readPlace(_ Env, _ *meeting, words string) flow.Reading[string] {
	place := placeName(words)
	switch n := utf8.RuneCountInString(place); {
	case !text.HasLetter(place) || n < 2 || text.HasNIK(place):
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum seperti tempat. Misalnya: kantor desa")
	case n > 80:
		return flow.Not[string]("Tempat itu " + strconv.Itoa(n) + " huruf; paling banyak 80. Mohon dipendekkan.")
	}
	return flow.Sure(place)
}

// placeName is a place as it is written down: "di kantor desa" is "Kantor desa".
func placeName(words string) string {
	s := oneLine(text.Clean(words))
	if f := strings.Fields(s); len(f) > 1 && strings.EqualFold(f[0], "di") {
		s = strings.TrimSpace(s[len(f[0]):])
	}
	s = strings.Trim(s, " ,.;:")
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) + s[n:]
}

// maxMinute is how many letters one answer of the minutes holds.
const maxMinute = 600

// nothingSaid are words that go on without telling anything.
var nothingSaid = regexp.MustCompile(`(?i)^(?:ya|iya|oke?|sip|siap|lanjut(?:kan)?|terus|betul|benar|kirim|simpan)[\s.!]*$`)

func readMinute(_ Env, _ *meeting, words string) flow.Reading[string] {
	s := text.Clean(words)
	switch n := utf8.RuneCountInString(s); {
	case !text.HasLetter(s) || n < 2:
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum ada kata-katanya.")
	case nothingSaid.MatchString(s):
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum ada isinya. Kalau tidak ada, tekan Lewati.")
	case n > maxMinute:
		return flow.Not[string]("Tulisan itu " + strconv.Itoa(n) + " huruf; paling banyak " + strconv.Itoa(maxMinute) + ". Mohon dipendekkan.")
	case text.HasNIK(s):
		return flow.Not[string]("Ada angka sepanjang NIK di situ. Mohon ditulis tanpa NIK.")
	}
	return flow.Sure(s)
}
