package flows

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/text"
	"wksbm/bot/welfare"
)

// gleanHousehold takes out of one line what answers other questions: "Siti Aminah RT 03 Dusun Longa
// 4 jiwa lansia butuh sembako". What is left at the name is the name.
func gleanHousehold(e Env, t *family, step, words string) (taken []string, rest, why string) {
	switch step {
	case "name", "address", "persons", "categories", "need", "":
	default:
		return nil, words, ""
	}
	g := &homeGleaner{e: e, t: t, step: step, rest: " " + strings.Join(strings.Fields(strings.ReplaceAll(words, "\n", ", ")), " ") + " "}
	if step != "" {
		g.rest = " " + leadIn.ReplaceAllString(g.rest, "") + " "
	}
	g.urgent()
	g.persons()
	g.remarks()
	if step != "need" {
		g.need()
	}
	g.address()
	g.disabilities()
	g.bareCount()
	if step != "categories" && step != "need" { // "kursi roda" is a need there
		g.categories()
	}
	rest = strings.Trim(loose.ReplaceAllString(g.rest, ", "), " ,;.:-")
	if step == "name" {
		rest = strings.Trim(dangling.ReplaceAllString(g.head(rest), ""), " ,;.:-")
	}
	if len(g.taken) == 0 && step != "name" {
		return nil, words, ""
	}
	return g.taken, rest, ""
}

var (
	calledSo = regexp.MustCompile(`(?i)^.*\b(?:nama(?:nya|x|ny)?|bernama)\b\s*:?\s+(\pL.*)$`)
	whoLead  = regexp.MustCompile(`(?i)^(?:(?:ada|seorang|anak|nenek2|kakek2|warga|orang)\s+)+(\pL{3,}.*)$`)
)

// head leaves the name of what is left, and keeps what was said behind a comma as a remark.
func (g *homeGleaner) head(rest string) string {
	name, more, _ := strings.Cut(rest, ",")
	more = strings.Trim(more, " ,;.:-")
	if len(strings.Fields(more)) < 2 { // a degree
		name, more = rest, ""
	}
	for _, r := range []*regexp.Regexp{calledSo, whoLead} {
		if m := r.FindStringSubmatch(name); m != nil {
			name = m[1]
		}
	}
	if more != "" && g.t.Edit == 0 {
		g.t.Note = strings.Trim(g.t.Note+", "+more, " ,")
		g.take("note")
	}
	return name
}

// homeGleaner is one message about a household being read.
type homeGleaner struct {
	e     Env
	t     *family
	step  string
	rest  string // words that nothing was made of yet
	taken []string
}

var (
	loose    = regexp.MustCompile(`\s*,[\s,]*`)
	dangling = regexp.MustCompile(`(?i)(?:^|[\s,]+)(?:(?:ber)?alamat|tinggal|rumahnya|di|dan|yang|dengan|punya|seorang|kondisi(?:nya)?|keadaan(?:nya)?|termasuk|kategori|perlu|butuh)\s*$`)

	urgently  = regexp.MustCompile(`(?i)(?:,\s*)?\b(?:sangat\s+)?(?:mendesak|darurat|gawat|segera|secepatnya)\b`)
	notUrgent = regexp.MustCompile(`(?i)\b(?:tidak|tdk|belum|gak|bukan)\s+(?:terlalu\s+)?(?:mendesak|darurat|gawat)\b`)
	headCount = regexp.MustCompile(`(?i)(\banak\s+)?\b(\d{1,2}|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)\s*(jiwa|jw|orang|org)\b(\s+anak\b)?`)
	needsIt   = regexp.MustCompile(`(?i)\b(?:sangat\s+)?(?:butuh|membutuhkan|perlu|memerlukan|kebutuhan(?:nya)?|minta)\b\s*:?\s*(.+?)(?:[,;.]|\s(?:rt|rw|dusun|dsn|lingkungan|peliuk|di)\b|\s\d|\s*$)`)
	helpOnly  = regexp.MustCompile(`(?i)^(?:di)?bantu(?:an)?(?:\s+\pL+)?$`)
	placeMark = regexp.MustCompile(`(?i)\b(?:di\s+)?(?:rt[\s./:\-]*(?:rw[\s.:]*)?\d|rw[\s.:]*\d|(?:dusun|dsn|lingkungan|lingk|peliuk|kampung|kp)\.?\s+\pL)`)
	alone     = regexp.MustCompile(`(?i)\bsendiri(?:an)?\b|\bsebatang\s+kara\b`)
	firstWord = regexp.MustCompile(`(?i)^(.*?\b(?:dusun|dsn|lingkungan|lingk|peliuk|kampung|kp)\.?\s+\S+|(?:di\s+)?rt\S*\s*\d+(?:\s*/?\s*(?:rw)?\s*\d+)?)\s+(.+)$`)
	remark    = regexp.MustCompile(`(?i)\b(?:(?:punya|mempunyai|ada)\s+(?:\d{1,2}|\pL+)\s+(?:orang\s+)?anak|(?:tinggal|hidup)\s+sendiri(?:an)?|sebatang\s+kara|sakit(?:\s+(?:keras|parah|menahun|stroke|kanker|jantung|ginjal))?|(?:umur|usia|berumur|berusia)\s*\d{1,3}(?:\s*(?:tahun|thn|th))?|\d{1,3}\s*(?:tahun|thn)|sudah\s+tua|belum\s+(?:pernah\s+)?(?:dapat|dibantu)(?:\s+bantuan)?|blm dapat(?:\s+bantuan)?)\b`)
)

func (g *homeGleaner) take(step string) {
	if !slices.Contains(g.taken, step) {
		g.taken = append(g.taken, step)
	}
}

func (g *homeGleaner) cut(from, to int) string {
	out := g.rest[from:to]
	g.rest = g.rest[:from] + ", " + g.rest[to:]
	return out
}

func (g *homeGleaner) urgent() {
	if at := notUrgent.FindStringIndex(g.rest); at != nil {
		g.cut(at[0], at[1])
		g.t.Urgent = "no"
		g.take("urgent")
		return
	}
	if at := urgently.FindStringIndex(g.rest); at != nil {
		g.cut(at[0], at[1])
		g.t.Urgent = "yes"
		g.take("urgent")
	}
}

func (g *homeGleaner) persons() {
	at := headCount.FindStringSubmatchIndex(g.rest)
	if at == nil {
		return
	}
	if unit := strings.ToLower(g.rest[at[6]:at[7]]); (at[2] >= 0 || at[8] >= 0) && unit != "jiwa" {
		return // "3 orang anak" are not all who live there
	}
	if n := text.ParseCount(g.rest[at[4]:at[5]], 1, maxPersons); n.Sure() {
		g.t.Persons = n.Value
		g.cut(at[4], at[7])
		g.take("persons")
	}
}

var lastNumber = regexp.MustCompile(`^(.*?(\pL+))[\s,]+(\d{1,2})[\s,]*$`)

// bareCount takes a number at the end of a name for how many live there: "Siti Aminah 4".
func (g *homeGleaner) bareCount() {
	m := lastNumber.FindStringSubmatch(g.rest)
	if g.step != "name" || g.t.Persons > 0 || m == nil || slices.Contains([]string{"rt", "rw", "dusun", "dsn", "no", "nomor", "umur", "usia", "blok"}, strings.ToLower(m[2])) {
		return
	}
	if n := text.ParseCount(m[3], 1, maxPersons); n.Sure() {
		g.t.Persons, g.rest = n.Value, m[1]+" "
		g.take("persons")
	}
}

// need takes what they need. A word that may mean several things waits for its question.
func (g *homeGleaner) need() {
	at := needsIt.FindStringSubmatchIndex(g.rest)
	if at == nil {
		return
	}
	said := strings.TrimSpace(g.rest[at[2]:at[3]])
	g.cut(at[0], at[3])
	if helpOnly.MatchString(said) {
		return
	}
	note := g.t.NeedNote
	got := readNeed(g.e, g.t, said)
	if !got.Sure || len(strings.Fields(said)) > 6 {
		g.t.NeedNote = note
		return
	}
	g.t.Need = got.Value
	g.take("need")
	if got.Value == otherNeed {
		g.take("need_note")
	}
}

// address takes from the first word of a place up to the next comma.
func (g *homeGleaner) address() {
	at := placeMark.FindStringIndex(g.rest)
	if at == nil || g.step == "address" {
		return
	}
	end := len(g.rest)
	if i := strings.IndexAny(g.rest[at[0]:], ",;"); i >= 0 {
		end = at[0] + i
	}
	before := strings.Trim(g.rest[:at[0]], " ,;")
	said := g.rest[at[0]:end]
	if m := firstWord.FindStringSubmatch(strings.TrimSpace(said)); before == "" && m != nil && g.step == "name" {
		said = m[1] // the name follows
		end = at[0] + strings.Index(g.rest[at[0]:], said) + len(said)
	}
	if p := readAddress(said); p.Sure {
		g.t.Place = p.Value
		g.cut(at[0], end)
		g.take("address")
	}
}

// disabilities notes the kind that a word for the state tells: "odgj".
func (g *homeGleaner) disabilities() {
	var codes []string
	for _, d := range welfare.FindTerms(welfare.Disabilities(), g.rest) {
		codes = append(codes, d.Code)
	}
	if len(codes) > 0 && len(g.t.Disabilities) == 0 && len(welfare.Find(g.rest)) > 0 {
		g.t.Disabilities = codes
	}
}

// categories takes what is said of their state, where it can mean one thing only.
func (g *homeGleaner) categories() {
	var codes []string
	pieces := strings.Split(g.rest, ",")
	for i, piece := range pieces {
		for range 4 {
			found, rest := categoryIn(piece)
			if len(found) == 0 {
				break
			}
			if len(found) == 1 {
				codes = append(codes, strconv.Itoa(found[0].No))
			}
			piece = rest
		}
		pieces[i] = piece
	}
	if g.rest = strings.Join(pieces, ","); len(codes) == 0 {
		return
	}
	if g.step == "" { // beside those on the summary
		codes = append(codes, g.t.Categories...)
	}
	slices.Sort(codes)
	g.t.Categories = slices.Compact(codes)
	g.take("categories")
}

// categoryIn finds the first name of a category in words, and what is left without it.
func categoryIn(words string) ([]welfare.Category, string) {
	fields := strings.Fields(words)
	for i := range fields {
		for n := min(5, len(fields)-i); n > 0; n-- {
			span := strings.Join(fields[i:i+n], " ")
			if (len(span) < 4 || strings.EqualFold(span, "anak")) && len(fields) > 1 {
				continue
			}
			found := welfare.Find(span)
			if len(found) == 0 || n > 1 && (sameFind(found, fields[i+1:i+n]) || sameFind(found, fields[i:i+n-1])) {
				continue // shorter words say the same
			}
			rest := append(slices.Clone(fields[:i]), fields[i+n:]...)
			return found, " " + strings.Join(rest, " ") + " "
		}
	}
	return nil, words
}

func sameFind(found []welfare.Category, fields []string) bool {
	return slices.EqualFunc(found, welfare.Find(strings.Join(fields, " ")), func(a, b welfare.Category) bool { return a.No == b.No })
}

// remarks keeps what nobody asked for, so that it is not taken for a name.
func (g *homeGleaner) remarks() {
	if g.step != "name" && g.step != "address" || g.t.Edit != 0 {
		return
	}
	var notes []string
	for {
		at := remark.FindStringIndex(g.rest)
		if at == nil {
			break
		}
		notes = append(notes, strings.Trim(g.cut(at[0], at[1]), " ,"))
	}
	if g.t.Persons == 0 && alone.MatchString(strings.Join(notes, " ")) {
		g.t.Persons = 1
		g.take("persons")
	}
	if len(notes) > 0 && g.t.Note == "" {
		g.t.Note = strings.Join(notes, ", ")
		g.take("note")
	}
}
