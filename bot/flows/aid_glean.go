package flows

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"wksbm/bot/flow"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/storage"
)

// What a message may tell beside the goods: "beras 20 kg dari H. Ahmad untuk lansia kemarin".
var (
	fromWords = regexp.MustCompile(`(?i)(?:^|[\s,])(?:dari|dr|oleh)\s+(.+?)(?:[,;\n]|\s(?:untuk|utk|buat)\s|$)`)
	forWords  = regexp.MustCompile(`(?i)(?:^|[\s,])(?:untuk|utk|buat)\s+(.+?)(?:[,;\n]|\s(?:dari|dr|oleh)\s|$)`)
)

// gleanAid takes day, source and purpose out of words, and goods where other things are asked for.
// Free text, a name or a note, is left alone.
func gleanAid(e Env, a *aid, step, words string) (taken []string, rest, why string) {
	switch step {
	case "giver", "note", "photo":
		return nil, words, ""
	}
	if step == "lines" && soundsLikeGift(e, words) {
		a.Handed = words
		return nil, words, ""
	}
	g := &gleaner{e: e, a: a, step: step, rest: tidy(words)}
	if why := twice(e, g.rest); why != "" {
		return nil, "", why
	}
	g.day()
	g.clue()
	g.remark(worth)
	g.remark(familyWords)
	g.purpose()
	g.source()
	g.rest = strings.Trim(g.rest, " ,;.:\n")
	g.lines()
	return g.taken, g.rest, g.why
}

// gleaner is one message being read.
type gleaner struct {
	e     Env
	a     *aid
	step  string // that is asked for, "" on the summary
	rest  string // words that nothing was made of yet
	taken []string
	why   string
}

func (g *gleaner) take(step string) { g.taken = append(g.taken, step) }

func (g *gleaner) day() {
	if g.step == "date" {
		return
	}
	taken, rest, why := gleanDay(g.e, &g.a.Date, g.rest)
	g.taken, g.rest, g.why = append(g.taken, taken...), rest, why
}

// clue finds a source that is told without "dari".
func (g *gleaner) clue() {
	if g.step == "purpose" || g.step == "date" {
		return
	}
	for _, c := range clues() {
		if m := c.words.FindString(g.rest); m != "" && (g.a.Source == "" || c.giver != "") {
			g.a.Source, g.a.Giver, g.rest = c.source, c.giver, strings.Replace(g.rest, m, "", 1)
			g.take("source")
			return
		}
	}
}

// remark puts words that are neither goods nor any answer into the note, when it is free.
func (g *gleaner) remark(words *regexp.Regexp) {
	m := words.FindString(g.rest)
	others := strings.Replace(g.rest, m, " ", 1)
	if m == "" || g.a.Note != "" || words == worth && !strings.ContainsFunc(others, unicode.IsDigit) {
		return
	}
	g.a.Note, g.rest = strings.TrimSpace(m), others
	g.take("note")
}

// purpose finds whom the aid is for. What is no purpose may be a resident's name: it is dropped, and
// the purpose asked for in its turn.
func (g *gleaner) purpose() {
	m := forWords.FindStringSubmatchIndex(g.rest)
	if m == nil {
		return
	}
	said := g.rest[m[2]:m[3]]
	if code, n, ok := leading(purposes(), said); ok {
		g.a.Purpose = code
		g.rest = cut(g.rest, lead(g.rest, m[0]), m[2]+n)
		g.take("purpose")
	} else if !hasGoods(said) {
		g.rest = cut(g.rest, lead(g.rest, m[0]), m[3])
	}
}

func (g *gleaner) source() {
	m := fromWords.FindStringSubmatchIndex(g.rest)
	if m == nil || g.a.Source != "" && g.step != "lines" && g.step != "source" && g.step != "" {
		return
	}
	name := g.rest[m[2] : m[2]+nameEnd(g.rest[m[2]:m[3]])]
	if gleanSource(g.a, name) {
		g.rest = cut(g.rest, lead(g.rest, m[0]), m[2]+len(name))
		g.take("source")
	}
}

// lines takes goods where something else is asked for; at the list they are read there.
func (g *gleaner) lines() {
	if g.step == "lines" || g.rest == "" {
		return
	}
	found := sureLines(g.rest)
	switch {
	case labelOnly.MatchString(g.rest) && len(g.taken) > 0:
		g.rest = ""
	case len(found) > 0 && len(g.a.Lines)+len(found) <= maxLines:
		for _, l := range found {
			g.a.Lines = goods.Join(g.a.Lines, l)
		}
		g.rest = ""
		g.take("lines")
	case g.step != "" && slices.Contains(g.taken, g.step):
		g.rest = ""
	}
}

// familyWords are for how many aid is: "untuk 12 KK 40 jiwa". They go into the note.
var familyWords = regexp.MustCompile(`(?i)(?:untuk|utk|buat|bagi|kepada)\s+\d{1,4}\s*(?:kk|keluarga|jiwa|orang|org)(?:[\s,/]+\d{1,5}\s*(?:jiwa|orang|org))?`)

var (
	greeting  = regexp.MustCompile(`(?i)^\s*(ass?ala?mu?'?\s?ala?ik?um\S*( (wr|wb|warahmatullah\S*|wabarakatuh)\.?)*|selamat (pagi|siang|sore|malam)|halo|hai|permisi)((,|\.)?\s*(bu|pak|ibu|bapak|min|admin|kak))*[,.!\s]+`)
	labels    = regexp.MustCompile(`(?im)^\s*(dari|untuk|tanggal)\s*:\s*`)
	goodsMark = regexp.MustCompile(`(?im)^\s*(bantuan|barang)\s*:\s*`)
	labelOnly = regexp.MustCompile(`(?i)^(tanggal(nya)?|hari(nya)?|waktu(nya)?|dari(nya)?|untuk(nya)?|itu|yang benar|,|\.|\s)+$`)
)

// tidy drops a greeting, and reads the labels of the bot's own card as the words they stand for.
func tidy(words string) string {
	words = greeting.ReplaceAllString(words, "")
	if toUs.MatchString(words) { // handed on to us is received
		words = handedOn.ReplaceAllString(words, " ")
	}
	return labels.ReplaceAllString(goodsMark.ReplaceAllString(words, ""), "$1 ")
}

// twice refuses words that tell of two givers or two days: that is two reports.
func twice(e Env, words string) string {
	givers, days := map[string]bool{}, map[string]bool{}
	for rest := words; ; {
		m := fromWords.FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		if name := text.Fold(rest[m[2]:m[3]]); !nobody.MatchString(name) {
			givers[name] = true
		}
		rest = rest[m[3]:]
	}
	for rest := words; ; {
		m := dayWords.FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		if isDay(rest, m) {
			if got := flow.ReadDate(rest[m[2]:m[3]], e.Said, true, ""); got.Sure {
				days[got.Value] = true
			}
		}
		rest = rest[m[3]:]
	}
	switch {
	case len(givers) > 1:
		return "Kami membaca dua pemberi. Satu laporan untuk satu pemberi: tulis yang pertama dulu, lalu yang berikutnya."
	case len(days) > 1:
		return "Kami membaca dua tanggal. Satu laporan untuk satu tanggal: tulis yang pertama dulu, lalu yang berikutnya."
	}
	return ""
}

// clue is a word that tells the source without "dari".
type clue struct {
	words         *regexp.Regexp
	source, giver string
}

var (
	hambaWords = regexp.MustCompile(`(?i)(,\s*)?(\b(dari|dr)\s+)?\bhamba all?[ao]h(nya| namanya)?\b`)
	jimpitan   = regexp.MustCompile(`(?i)\bjimpitan\b`)
	national   = regexp.MustCompile(`(?i)\b(bantuan\s+)?(pkh|bpnt|bulog)( cair)?\b`)
	blt        = regexp.MustCompile(`(?i)\b(bantuan\s+)?blt( dd| dana desa)?( cair)?\b`)

	// worth is what goods cost, which is no money received.
	worth = regexp.MustCompile(`(?i)\b(senilai|seharga|nilainya|harganya)\s+(rp\.?\s*)?[\d.,]*\d\s*(rb|ribu|jt|juta|k)?\b`)
)

func clues() []clue {
	return []clue{
		{hambaWords, "individual_donor", hamba},
		{jimpitan, "household_gift", ""},
		{national, "central", ""},
		{blt, "village_fund", ""},
	}
}

// hasGoods says whether words hold goods with an amount.
func hasGoods(words string) bool {
	if _, ok := goods.Find(words); ok {
		return true
	}
	return len(sureLines(words)) > 0 || text.SaysMoney(words)
}

// nameEnd says how many bytes of words are a name: it ends before a number, goods, or a mark.
func nameEnd(words string) int {
	at := 0
	for at < len(words) {
		next := at + strings.IndexByte(words[at:]+" ", ' ') + 1
		w := strings.Trim(words[at:min(next-1, len(words))], " ")
		_, thing := goods.Find(w)
		number := text.ParseNumber(w)
		if at > 0 && (thing || number.Sure() || strings.ContainsAny(w, "0123456789")) || w == "berupa" || w == "sebanyak" || w == "sebesar" {
			break
		}
		at = min(next, len(words))
		if strings.HasSuffix(w, ":") {
			break
		}
	}
	return len(strings.TrimRight(words[:at], " :"))
}

// aidStep finds words that belong to the list or to the day, and have to be asked back about there.
func aidStep(e Env, a *aid, step, words string) string {
	if step == "giver" || step == "note" || step == "photo" {
		return ""
	}
	if _, ok := strings.CutPrefix(text.Fold(words), "hapus "); ok && step != "lines" {
		return "lines"
	}
	for _, l := range sureLines(tidy(words)) {
		if step != "lines" && slices.ContainsFunc(a.Lines, func(have storage.Line) bool { return goods.Like(have, l) }) {
			return "lines"
		}
	}
	if got := flow.ReadDate(words, e.Said, true, ""); step == "" && got.Ask != "" {
		return "date"
	}
	return ""
}

// gleanSource understands a kind of source, or takes the words for a giver's name.
func gleanSource(a *aid, words string) bool {
	code, ok := option(sources(), words)
	if within, _, found := leading(sources(), words); !ok && found && !named(Env{}, &aid{Source: within}) {
		code, ok = within, true // "Baznas Kab. Sumbawa Barat"
	}
	if ok {
		a.Source = code
		takeSource(Env{}, a, code)
		return true
	}
	got := readGiver(Env{}, a, words)
	if !got.Sure || len(strings.Fields(words)) > 6 || nobody.MatchString(words) {
		return false
	}
	a.Source, a.Giver = sourceOf(words), got.Value
	return true
}

// sourceOf tells from the first word of a name what kind of giver it is.
func sourceOf(name string) string {
	first, _, _ := strings.Cut(text.Fold(name), " ")
	switch first {
	case "pt", "cv", "ud", "toko", "bank", "perusahaan":
		return "company"
	case "masjid", "musala", "mushola", "musholla", "jamaah":
		return "mosque"
	case "yayasan", "lks", "panti", "komunitas", "karang", "pkk", "lembaga", "organisasi":
		return "social_group"
	}
	return "individual_donor"
}

// nobody are words behind "dari" that name no giver.
var nobody = regexp.MustCompile(`(?i)^(mana|siapa|pemerintah|sana|situ|sini|rumah|tadi|kemarin|semua|orang|awal)\b`)

// option finds the answer that words are the name of, and of nothing else.
func option(all []flow.Option, words string) (string, bool) {
	w := text.Fold(words)
	for _, o := range all {
		for _, name := range append([]string{o.Label}, o.Words...) {
			if text.Fold(name) == w {
				return o.Value, true
			}
		}
	}
	return "", false
}

// leading finds the answer that words begin with or name somewhere, and how many bytes it takes: all,
// unless a number follows.
func leading(all []flow.Option, words string) (code string, n int, ok bool) {
	n = nameEnd(words)
	if code, ok := option(all, words[:n]); ok {
		return code, n, true
	}
	var found []string
	for _, o := range all {
		for _, name := range append([]string{o.Label}, o.Words...) {
			if strings.Contains(" "+text.Fold(words[:n])+" ", " "+text.Fold(name)+" ") && !slices.Contains(found, o.Value) {
				found = append(found, o.Value)
			}
		}
	}
	if len(found) == 1 && len(strings.Fields(words[:n])) <= 4 {
		return found[0], n, true
	}
	return "", 0, false
}

// lead skips the space or comma before a match.
func lead(s string, at int) int {
	if at < len(s) && (s[at] == ' ' || s[at] == ',' || s[at] == '\n' || s[at] == '\t') {
		return at + 1
	}
	return at
}

func cut(s string, from, to int) string {
	return strings.TrimSpace(strings.TrimRight(s[:from], " ") + " " + strings.TrimLeft(s[to:], " "))
}
