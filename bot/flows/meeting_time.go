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

// appointment is the day, and perhaps the time and the place, of a meeting to come.
type appointment struct {
	Date  string `json:"date,omitempty"`
	Start string `json:"start,omitempty"`
	Place string `json:"place,omitempty"`
}

// String prints an appointment: "Jumat, 27 November 2026, pukul 16.00 WITA, di Masjid".
func (p appointment) String() string {
	d, ok := dateOf(p.Date)
	if !ok {
		return ""
	}
	out := text.Date(d) + atClock(p.Start)
	if p.Place != "" {
		out += ", di " + p.Place
	}
	return out
}

func atClock(start string) string {
	if start == "" {
		return ""
	}
	return ", pukul " + start + " WITA"
}

// minutesOf turns "19.30" into minutes since midnight; −1 when there is no time.
func minutesOf(start string) int {
	h, m, ok := strings.Cut(start, ".")
	hour, err := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	if !ok || err != nil || err2 != nil {
		return -1
	}
	return hour*60 + minute
}

// startOf is the opposite of minutesOf.
func startOf(minutes int) string {
	if minutes < 0 {
		return ""
	}
	return text.HourMinute(minutes)
}

// announced is the next meeting that a report set.
func announced(e Env, body storage.Meeting) appointment {
	if body.Next == 0 {
		return appointment{}
	}
	place := e.Tx.Unseal(body.NextPlace, "next_place")
	if place == storage.Erased {
		place = ""
	}
	return appointment{body.Next.String(), startOf(body.NextStart), place}
}

// NextMeetingText says when and where a village's announced meeting is, as HTML: "Jumat, 27 November
// 2026, pukul 16.00 WITA, di Masjid".
func NextMeetingText(e Env, n storage.NextMeeting) string {
	return chat.Escape(appointment{n.Day.String(), startOf(n.Start), nextPlace(e, n)}.String())
}

// nextPlace is where an announced meeting is to be, "" when that was not told.
func nextPlace(e Env, n storage.NextMeeting) string {
	r, ok := e.Tx.Report(n.Report)
	if !ok || r.Kind != storage.MeetingHeld {
		return ""
	}
	var body storage.Meeting
	r.DecodeBody(&body)
	return announced(e, body).Place
}

// asksMeeting finds the question when the village meets.
var asksMeeting = regexp.MustCompile(`(?i)\bkapan\b.*\b(?:rapat|pertemuan|kumpul)|\bjadwal\s+(?:rapat|pertemuan)\b|\b(?:rapat|pertemuan)\b.*\bkapan\b`)

// nextMeeting answers it.
func nextMeeting(e Env) string {
	next := e.Tx.Village(e.Member.Village).Next
	if next == nil || next.Day < storage.DayOf(e.Said) {
		return "Rapat berikutnya belum dicatat, " + e.call() + "."
	}
	return "👥 Rapat berikutnya: <b>" + NextMeetingText(e, *next) + "</b>"
}

// usualStarts are when meetings begin; today only those that have been.
func usualStarts(e Env, m *meeting) []flow.Offer[string] {
	var out []flow.Offer[string]
	for _, s := range []string{"09.00", "13.30", "16.00", "19.30"} {
		if !early(e, m.Date, minutesOf(s)) {
			out = append(out, flow.Offer[string]{Label: s, Value: s})
		}
	}
	return out
}

func readStart(e Env, m *meeting, words string) flow.Reading[string] {
	got := text.ParseClock(words)
	switch {
	case got.Sure() && early(e, m.Date, got.Value):
		return flow.Not[string]("Kami membaca pukul " + text.HourMinute(got.Value) + ", hari ini belum sampai jam itu. Misalnya: 09.00")
	case got.Sure():
		return flow.Sure(text.HourMinute(got.Value))
	case got.Asks():
		var offers []flow.Offer[string]
		for _, at := range got.Ask {
			offers = append(offers, flow.Offer[string]{Label: dayPart(at), Words: []string{text.HourMinute(at), partOf(at)}, Value: text.HourMinute(at)})
		}
		return flow.Ask("Pagi atau malam?", offers...)
	case got.Why == text.Disagree || got.Why == text.Impossible:
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", jam itu tidak ada. Misalnya: 19.30, jam 8 malam")
	}
	return flow.Not[string]("")
}

// early says that a time of a day lies still before us.
func early(e Env, date string, minutes int) bool {
	return date == storage.DayOf(e.Said).String() && minutes > e.Said.Hour()*60+e.Said.Minute()
}

// dayPart prints a time with its part of the day: "20.00 malam".
func dayPart(minutes int) string { return text.HourMinute(minutes) + " " + partOf(minutes) }

func partOf(minutes int) string {
	switch h := minutes / 60; {
	case h < 11:
		return "pagi"
	case h < 15:
		return "siang"
	case h < 18:
		return "sore"
	}
	return "malam"
}

// clockOptions are the readings of a time that was told without its part of the day.
func clockOptions(_ Env, m *meeting) []flow.Option {
	var out []flow.Option
	for _, at := range m.Clocks {
		out = append(out, flow.Option{Value: text.HourMinute(at), Label: dayPart(at), Words: []string{partOf(at), text.HourMinute(at)}})
	}
	return out
}

const (
	hourWord = `(?:\d{1,2}(?:[.:]\d{2})?|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|dua belas)`
	partWord = `(?:pagi|siang|sore|petang|malam|mlm|subuh)`
	untilDay = `(?:\s*(?:-|–|s/?d\.?|sampai|sampe|hingga)\s*(?:(?:jam|pukul)\s*)?(?:` + hourWord + `|selesai)(?:\s+` + partWord + `)?)?`
)

var (
	// clockWords finds a time of day in a sentence.
	clockWords = regexp.MustCompile(`(?i)(?:^|[\s,(])((?:mulai\s+)?(?:(?:jam|jm|pukul|pkl|pk)\.?\s*(?:setengah\s+|stengah\s+)?` + hourWord +
		`(?:\s+(?:lewat|kurang)\s+(?:\d{1,2}|seperempat))?(?:\s+` + partWord + `)?|\d{1,2}[.:]\d{2}(?:\s+` + partWord + `)?` +
		`|(?:bakda|ba'?da|habis|abis|setelah|sesudah|sehabis|selesai)\s+(?:subuh|dzuhur|zuhur|ashar|asar|magrib|maghrib|isya|jumatan))` + untilDay + `(?:\s+wita)?)(?:[\s,.;)]|$)`)
	// lateness is the part of the day that was said with the day, not with the time.
	lateness = regexp.MustCompile(`(?i)\b(?:tadi|kemarin|kemaren|kmrn|kmaren|kmarin|hari)\s+(` + partWord + `)\b`)
	// lastNight is yesterday evening when it is said in the morning.
	lastNight = regexp.MustCompile(`(?i)\b(tadi malam|malam tadi|semalam|tadi mlm)\b`)
	// following are words behind a day to come that change nothing of it.
	following = regexp.MustCompile(`(?i)\b(depan|nanti|mendatang|yang akan datang|yad|besoknya)\b`)
)

// gleanClock cuts a time of day out of words. All its readings come back; none: there is no time.
func gleanClock(words string) (readings []int, rest string) {
	m := clockWords.FindStringSubmatchIndex(words)
	if m == nil {
		return nil, words
	}
	said := words[m[2]:m[3]]
	got := text.ParseClock(said)
	if part := lateness.FindStringSubmatch(words); got.Asks() && part != nil {
		if with := text.ParseClock(said + " " + part[1]); with.Sure() {
			got = with
		}
	}
	switch {
	case got.Sure():
		return []int{got.Value}, cut(words, m[2], m[3])
	case got.Asks():
		return got.Ask, cut(words, m[2], m[3])
	}
	return nil, words
}

// readNext reads the day and the time of a meeting to come.
func readNext(e Env, m *meeting, words string) flow.Reading[appointment] {
	clocks, rest := gleanClock(words)
	place, rest := gleanNextPlace(e, m, rest)
	rest = strings.Trim(oneLine(following.ReplaceAllString(rest, " ")), " ,.;")
	if rest == "" && len(clocks)+len(place) > 0 && m.Next.Date != "" { // the day stays
		rest = m.Next.Date
		if len(clocks) == 0 {
			clocks = startsOf(m.Next)
		}
	}
	switch text.Fold(rest) {
	case "minggu":
		if strings.Contains(strings.ToLower(words), "depan") {
			return flow.Ask("Minggu depan, hari apa?", weekAhead(e, only(clocks), place)...)
		}
	case "bulan":
		return flow.Not[appointment]("Kami membaca " + flow.Quote(words) + ", harinya belum ada. Misalnya: 20 Desember jam 4 sore")
	}
	got := flow.ReadDate(rest, e.Said, false, "Misalnya: Jumat depan jam 4 sore")
	if !got.Sure {
		out := flow.Reading[appointment]{Ask: got.Ask, Why: got.Why}
		for _, o := range got.Offers {
			out.Offers = append(out.Offers, flow.Offer[appointment]{Label: o.Label, Words: o.Words, Value: appointment{o.Value, only(clocks), place}})
		}
		return out
	}
	return nextOn(e, words, appointment{Date: got.Value, Place: place}, clocks)
}

// startsOf is the time of an appointment as gleanClock would give it.
func startsOf(p appointment) []int {
	if at := minutesOf(p.Start); at >= 0 {
		return []int{at}
	}
	return nil
}

// gleanNextPlace cuts the place out of what is told of the next meeting; the one told before stays.
func gleanNextPlace(e Env, m *meeting, words string) (place, rest string) {
	at := placeWords.FindStringSubmatchIndex(words)
	if at == nil {
		return m.Next.Place, words
	}
	end := at[3]
	if day := dayWords.FindStringSubmatchIndex(words[at[2]:end]); day != nil && isDay(words[at[2]:end], day) { // "di masjid hari Jumat"
		end = at[2] + day[2]
	}
	got := readPlace(e, m, words[at[2]:end])
	if !got.Sure {
		return m.Next.Place, words
	}
	return got.Value, cut(words, lead(words, at[0]), end)
}

// nextOn judges the day of a meeting to come and asks which of two times is meant.
func nextOn(e Env, words string, on appointment, clocks []int) flow.Reading[appointment] {
	date := on.Date
	d, ok := dateOf(date)
	switch today := storage.DayOf(e.Said); {
	case !ok || storage.DayOf(d) < today || len(clocks) == 1 && storage.DayOf(d) == today && !early(e, date, clocks[0]):
		return flow.Not[appointment]("Kami membaca " + flow.Quote(words) + ", itu sudah lewat. Misalnya: Jumat depan jam 4 sore")
	case storage.DayOf(d)-today > 400:
		return flow.Not[appointment]("Kami membaca " + text.PlainDate(d) + ", itu masih lama sekali. Misalnya: Jumat depan jam 4 sore")
	case len(clocks) > 1:
		var offers []flow.Offer[appointment]
		for _, at := range clocks {
			offers = append(offers, flow.Offer[appointment]{Label: dayPart(at), Words: []string{partOf(at), text.HourMinute(at)}, Value: appointment{date, text.HourMinute(at), on.Place}})
		}
		return flow.Ask(text.Date(d)+", jam yang mana?", offers...)
	}
	return flow.Sure(appointment{date, only(clocks), on.Place})
}

// only prints the one reading of a time, "" when there are none or several.
func only(clocks []int) string {
	if len(clocks) != 1 {
		return ""
	}
	return text.HourMinute(clocks[0])
}

func weekAhead(e Env, start, place string) []flow.Offer[appointment] {
	monday := e.Said.AddDate(0, 0, (8-int(e.Said.Weekday()))%7)
	if !monday.After(e.Said) {
		monday = monday.AddDate(0, 0, 7)
	}
	var out []flow.Offer[appointment]
	for i := range 7 {
		d := monday.AddDate(0, 0, i)
		out = append(out, flow.Offer[appointment]{Label: text.DayName(d.Weekday()) + ", " + shortDay(d), Words: []string{text.DayName(d.Weekday())}, Value: appointment{d.Format(time.DateOnly), start, place}})
	}
	return out
}

// usualNext offers a week, two weeks and a month after this meeting, at its time.
func usualNext(e Env, m *meeting) []flow.Offer[appointment] {
	from, ok := dateOf(m.Date)
	if !ok {
		from = e.Said.In(region.WITA)
	}
	var out []flow.Offer[appointment]
	for _, d := range []time.Time{from.AddDate(0, 0, 7), from.AddDate(0, 0, 14), from.AddDate(0, 1, 0)} {
		if storage.DayOf(d) > storage.DayOf(e.Said) {
			out = append(out, flow.Offer[appointment]{Label: text.DayName(d.Weekday()) + ", " + shortDay(d), Value: appointment{d.Format(time.DateOnly), m.Start, m.Next.Place}})
		}
	}
	return out
}

// shortDay prints "27 Nov".
func shortDay(d time.Time) string { return strconv.Itoa(d.Day()) + " " + text.MonthName(d.Month())[:3] }
