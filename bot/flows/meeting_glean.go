package flows

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
)

// countWord is a number of people inside a sentence.
const countWord = `(?:\d{1,4}|(?:se|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)\s?(?:belas|puluh)(?:\s+(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan))?|sebelas|sepuluh|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)`

const someone = `(?:\s*(?:orang|org|anggota|peserta|undangan|ibu-ibu|ibu2|ibu|warga|jiwa)\b)?`

var (
	// absentWords tell how many did not come.
	absentWords = regexp.MustCompile(`(?i)\b(?:yang\s+|yg\s+)?(?:(?:tidak|tdk|gak|ga|nggak|ndak|belum)\s+(?:hadir|datang)|absen|berhalangan)\s*:?\s*(` + countWord + `)` + someone)
	hereWords   = regexp.MustCompile(`(?i)\b(?:yang\s+|yg\s+)?(?:di)?(?:hadiri?|datang|peserta|kehadiran)(?:nya)?(?:\s+oleh)?\s*[:=]?\s*(?:(?:ada|sekitar|sebanyak|kurang lebih|kira-kira|total)\s+)?(` +
		countWord + `)` + someone + `(?:\s*(?:dari|/)\s*(` + countWord + `)` + someone + `)?`)
	cameWords = regexp.MustCompile(`(?i)(?:^|[\s,;.])(` + countWord + `)` + someone + `(?:\s*(?:dari|/)\s*(` + countWord + `)` + someone + `)?\s+(?:yang\s+|yg\s+)?(?:hadir|datang)\b`)
	bareCount = regexp.MustCompile(`(?i)^\s*(?:(?:ada|sekitar|hanya|cuma|total)\s+)?(` + countWord + `)` + someone + `(?:\s*(?:dari|/)\s*(` + countWord + `)` + someone + `)?\s*(?:saja|aja)?[.,!]*\s*$`)
	everybody = regexp.MustCompile(`(?i)\b(?:semua(?:nya)?\s+(?:anggota\s+|pengurus\s+)?hadir|hadir\s+semua(?:nya)?)\b`)
	exceptFor = regexp.MustCompile(`(?i)\b(?:kecuali|selain|tanpa)\b`)

	// sections are the words that begin a part of the minutes, which goes on to the next such word.
	sections = regexp.MustCompile(`(?i)(?:^|[\s,;.])(?:(keputusan(?:nya)?|kesimpulan(?:nya)?|hasil(?:nya)?(?:\s+rapat(?:nya)?)?|diputuskan|disepakati|sepakat|kesepakatan(?:nya)?)` +
		`|(agenda(?:nya)?|acara(?:nya)?|membahas|bahas|dibahas|pembahasan(?:nya)?|tentang)` +
		`|((?:rapat|pertemuan)\s+(?:berikut(?:nya)?|selanjutnya|lagi|depan|yang akan datang))` +
		`|(dipimpin(?:\s+oleh)?|pimpinan(?:\s+rapat)?|pemimpin(?:\s+rapat)?))(?:\s*[:=]\s*|\s+(?:pada\s+|adalah\s+|yaitu\s+|oleh\s+)?)`)
	// wentWell is what is said behind "acara" by those who tell no agenda.
	wentWell   = regexp.MustCompile(`(?i)^(?:(?:sudah|sdh|telah|ini|tadi|rapat|pun)\s+)*(?:berjalan|lancar|berlangsung|selesai|ditutup|dimulai|aman|baik)(?:\s+(?:dengan|lancar|baik|sukses|aman|tertib|alhamdulillah))*[\s.!]*$`)
	placeWords = regexp.MustCompile(`(?i)(?:^|[\s,;.])(?:bertempat\s+di|tempat(?:nya)?\s*(?::|di)|lokasi(?:nya)?\s*(?::|di)|di)\s+([^,;\n]+?)(?:\s*[,;\n.]|\s+(?:pada|jam|pukul|yang|yg|hadir|dihadiri|dan|dengan|ada|semua|tidak|tdk|` + `\d+` + `)\b|\s*$)`)
	kindWords  = map[string]*regexp.Regexp{
		"regular":      regexp.MustCompile(`(?i)\b(?:rapat\s+|pertemuan\s+)?(?:rutin(?:an)?|bulanan|mingguan)\b`),
		"incidental":   regexp.MustCompile(`(?i)\b(?:rapat\s+|pertemuan\s+)?(?:inside?n?tal|insidentil|mendadak|dadakan|darurat)\b`),
		"deliberation": regexp.MustCompile(`(?i)\b(?:musyawarah|muswarah|musdes|rembu[kg])(?:\s+desa)?\b`),
	}
	// filler are words of a report that say nothing more.
	filler = regexp.MustCompile(`(?i)\b(?:lapor(?:an|kan)?|mau|ingin|saya|kami|kita|tadi|sudah|sdh|telah|ada|baru|saja|mengadakan|diadakan|dilaksanakan|melaksanakan|adakan|selesai|rapat|pertemuan|kumpulan|wksbm|pengurus|anggota|desa|jenis|tanggal|tgl|hari|waktu|jam|pada|yang|yg|dan|dengan|oleh|di|orang|hadir|bu|pak|ibu|bapak|lagi)\b|[,;.:()\n\-–]`)
)

// gleanMeeting takes out of words what they tell of a meeting beside the present question.
func gleanMeeting(e Env, m *meeting, step, words string) (taken []string, rest, why string) {
	switch step {
	case "", "kind", "date", "here", "count":
	default:
		return nil, words, ""
	}
	g := &minuteReader{e: e, m: m, step: step, rest: tidyMeeting(e, words)}
	before := g.rest
	g.sections()
	g.kind()
	g.heads()
	g.guests()
	g.clock()
	g.day()
	g.place()
	g.names()
	if len(g.taken) == 0 && g.why == "" && g.rest == before {
		return nil, words, ""
	}
	left := strings.TrimSpace(filler.ReplaceAllString(g.rest, " "))
	switch {
	case left == "" || len(g.taken) > 0 && !text.HasLetter(left):
		g.rest = ""
	case g.why == "" && slices.Contains(g.taken, step):
		g.why = "Belum terbaca: " + flow.Quote(strings.Trim(oneLine(g.rest), " ,.;:"))
	}
	return g.taken, strings.Trim(oneLine(g.rest), " ,.;:"), g.why
}

func tidyMeeting(e Env, words string) string {
	words = greeting.ReplaceAllString(words, "")
	if e.Said.Hour() < 15 { // "tadi malam", told the next morning
		words = lastNight.ReplaceAllString(words, "kemarin malam")
	}
	return words
}

// minuteReader is one message about a meeting being read.
type minuteReader struct {
	e     Env
	m     *meeting
	step  string
	rest  string // words that nothing was made of yet
	taken []string
	why   string
}

func (g *minuteReader) take(step string) {
	if !slices.Contains(g.taken, step) {
		g.taken = append(g.taken, step)
	}
}

// sections cuts decisions, agenda, chair and the next meeting off, each with the words up to the next.
func (g *minuteReader) sections() {
	at := sections.FindAllStringSubmatchIndex(g.rest, -1)
	words := g.rest
	for i, s := range at {
		end := len(words)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		if i == 0 {
			g.rest = words[:s[0]]
		}
		body := strings.Trim(text.Clean(words[s[1]:end]), " ,;.:\n")
		if body == "" || utf8.RuneCountInString(body) > maxMinute {
			g.rest += " " + words[s[0]:end]
			continue
		}
		if s[4] >= 0 && wentWell.MatchString(body) {
			continue
		}
		g.section(s, body)
	}
}

func (g *minuteReader) section(s []int, body string) {
	switch {
	case s[2] >= 0:
		g.m.Decisions = body
		g.take("decisions")
	case s[4] >= 0:
		g.m.Agenda = body
		g.take("agenda")
	case s[6] >= 0:
		if got := readNext(g.e, g.m, body); got.Sure {
			g.m.Next = got.Value
			g.take("next")
		} else {
			g.why = "Rapat berikutnya belum terbaca: " + flow.Quote(body) + ". Tekan Rapat berikutnya di bawah."
		}
	default:
		g.m.Chair = oneLine(body)
		g.take("chair")
	}
}

func (g *minuteReader) kind() {
	for _, k := range meetingKinds() {
		if words, ok := kindWords[k.Value]; ok && words.MatchString(g.rest) && g.step != "here" && g.step != "count" {
			g.m.Kind = k.Value
			g.rest = words.ReplaceAllString(g.rest, " ")
			g.take("kind")
			return
		}
	}
}

// attendance is the step that asks who came.
func (g *minuteReader) attendance() string {
	if hasRoster(g.e, g.m) {
		return "here"
	}
	return "count"
}

// heads takes how many came, of how many.
func (g *minuteReader) heads() {
	away := 0
	if m := absentWords.FindStringSubmatchIndex(g.rest); m != nil {
		away = text.ParseCount(g.rest[m[2]:m[3]], 0, maxPresent).Value
		g.rest = cut(g.rest, m[0], m[1])
	}
	present, invited, ok := g.numbers()
	people := len(expected(g.e, g.m))
	switch {
	case ok && invited > 0 && invited < present:
		g.why = "Kami membaca hadir lebih banyak dari yang diundang. Misalnya: hadir 12 dari 15"
		return
	case ok:
		g.m.Crowd, g.m.Here, g.m.Keep, g.m.Invited = crowd{Count: present}, nil, "", max(invited, 0)
		if invited == 0 && away > 0 {
			g.m.Invited = present + away
		}
	case away > 0 && people > away:
		g.m.Crowd, g.m.Here, g.m.Invited = crowd{Count: people - away}, nil, people
	case everybody.MatchString(g.rest) && !exceptFor.MatchString(g.rest) && people > 0 && g.step != "here":
		g.m.Crowd, g.m.Here = crowd{}, codesOf(expected(g.e, g.m))
		g.rest = everybody.ReplaceAllString(g.rest, " ")
	default:
		return
	}
	g.take(g.attendance())
}

// numbers finds "hadir 12 dari 15" and its like.
func (g *minuteReader) numbers() (present, invited int, ok bool) {
	all := []*regexp.Regexp{hereWords, cameWords}
	if g.step == "here" || g.step == "count" {
		all = append(all, bareCount)
	}
	for _, words := range all {
		m := words.FindStringSubmatchIndex(g.rest)
		if m == nil {
			continue
		}
		n := text.ParseCount(g.rest[m[2]:m[3]], 1, maxPresent)
		if !n.Sure() {
			continue
		}
		if m[4] >= 0 {
			invited = text.ParseCount(g.rest[m[4]:m[5]], 1, maxPresent).Value
		}
		g.rest = cut(g.rest, m[0], m[1])
		return n.Value, invited, true
	}
	return 0, 0, false
}

func codesOf(people []storage.Attendee) []string {
	var out []string
	for _, a := range people {
		out = append(out, rosterCode(a))
	}
	return out
}

// guests takes how many guests came. Where they are told to be among those counted, the others are fewer.
func (g *minuteReader) guests() {
	m := someGuest.FindStringSubmatchIndex(g.rest)
	if m == nil {
		return
	}
	at := 2
	if m[2] < 0 {
		at = 4
	}
	n := text.ParseCount(g.rest[m[at]:m[at+1]], 1, maxPresent)
	if !n.Sure() {
		return
	}
	if strings.Contains(strings.ToLower(g.rest[m[0]:m[1]]), "termasuk") && g.m.Crowd.Count > n.Value {
		g.m.Crowd.Count -= n.Value
	}
	g.m.Guests.Count = n.Value
	g.rest = cut(g.rest, m[0], m[1])
	g.take("guests")
}

// clock takes the time. One that may be of the morning or the evening is asked about in its turn.
func (g *minuteReader) clock() {
	clocks, rest := gleanClock(g.rest)
	if len(clocks) == 0 {
		return
	}
	g.rest, g.m.Start, g.m.Clocks = rest, only(clocks), clocks
	if len(clocks) == 1 {
		g.m.Clocks = nil
		g.take("time")
	}
}

func (g *minuteReader) day() {
	if g.step == "here" || g.step == "count" {
		return
	}
	m := dayWords.FindStringSubmatchIndex(g.rest)
	if m == nil || !isDay(g.rest, m) {
		return
	}
	said := g.rest[m[2]:m[3]]
	got := flow.ReadDate(said, g.e.Said, true, "")
	switch {
	case got.Sure && !long(g.e, got.Value):
		g.m.Date, g.rest = got.Value, cut(g.rest, m[2], m[3])
		g.take("date")
		g.present()
	case got.Why != "" && !strings.Contains(got.Why, "belum yakin"):
		g.rest, g.why = cut(g.rest, m[2], m[3]), got.Why
		if strings.Contains(got.Why, "belum terjadi") {
			g.why = "Kami membaca " + flow.Quote(said) + ", itu belum terjadi. Yang akan datang ditulis di Rapat berikutnya, sesudah laporan ini."
		}
	}
}

// present drops a time that today has not come to.
func (g *minuteReader) present() {
	if at := minutesOf(g.m.Start); at >= 0 && early(g.e, g.m.Date, at) {
		g.why = "Pukul " + g.m.Start + " hari ini belum sampai; jamnya kami kosongkan."
		g.m.Start = ""
	}
	g.m.Clocks = slices.DeleteFunc(g.m.Clocks, func(at int) bool { return early(g.e, g.m.Date, at) })
	if len(g.m.Clocks) == 1 && g.m.Start == "" {
		g.m.Start, g.m.Clocks = text.HourMinute(g.m.Clocks[0]), nil
		g.take("time")
	}
}

func (g *minuteReader) place() {
	if g.step == "here" || g.step == "count" {
		return
	}
	m := placeWords.FindStringSubmatchIndex(g.rest)
	if m == nil {
		return
	}
	got := readPlace(g.e, g.m, g.rest[m[2]:m[3]])
	if !got.Sure {
		return
	}
	g.m.Place, g.rest = got.Value, cut(g.rest, lead(g.rest, m[0]), m[3])
	g.take("place")
}

var (
	meetingWords = regexp.MustCompile(`(?i)^(?:(?:mau|ingin|saya|kami|tadi(?: pagi| siang| sore| malam)?|kemarin|kemaren|kmrn|hari ini|semalam|sudah|sdh|baru saja|barusan|ada|bu|pak|lapor(?:an|kan)?|mengadakan|selesai)[\s,]+)*(?:rapat|pertemuan|musyawarah|musdes|rembu[kg]|kumpul(?:an)?\s+(?:wksbm|rutin|bulanan|pengurus|anggota|kader|ibu))\b`)
	gotAid       = regexp.MustCompile(`(?i)\b(?:bantuan|sumbangan|donasi|terima|menerima|diterima|dapat|mendapat|sumbang\w*)\b`)
)

// SoundsLikeMeeting says whether words said outside of a conversation tell of a meeting.
func SoundsLikeMeeting(e Env, words string) bool {
	words = greeting.ReplaceAllString(strings.TrimSpace(words), "")
	if strings.Contains(words, "?") || !meetingWords.MatchString(words) {
		return false
	}
	if at := sections.FindStringIndex(words); at != nil { // what was decided may be of aid
		words = words[:at[0]]
	}
	return !gotAid.MatchString(words) || !SoundsLikeAid(e, words)
}
