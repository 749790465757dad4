package flows

import (
	"regexp"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
)

// death is what is told of a resident who died.
type death struct {
	Edit  uint64    `json:"edit,omitempty"`
	Who   string    `json:"who,omitempty"`  // sameCase and the number of a case, or otherResident
	Said  string    `json:"said,omitempty"` // words that found no case
	Name  string    `json:"name,omitempty"`
	Place homePlace `json:"place,omitzero"`
	Date  string    `json:"date,omitempty"`
	Note  string    `json:"note,omitempty"`
}

const otherResident = "other"

type deathHead = flow.Head[Env, death]

func deathKnown() flow.Conversation[Env] {
	return flow.New(flow.Flow[Env, death]{
		Name: Death, Version: 1, Begin: beginDeath, Args: true, Title: deathTitle,
		Steps: deathSteps(), Glean: gleanDeath, Confirm: confirmDeath,
		Reopen:  func(t *death) bool { return t.Edit != 0 },
		Sending: func(_ Env, t *death) string { return sending(t.Edit) },
		Finish:  finishDeath, Contact: askDinsos,
		Exits: [][]chat.Button{{tap("Daftar warga", "warga"), tap("Menu", "menu")}},
	})
}

func deathSteps() []flow.Question[Env, death] {
	other := func(_ Env, t *death) bool { return t.Who == otherResident }
	return []flow.Question[Env, death]{
		flow.Pick[Env, death]{
			Head: deathHead{
				Step: "who", Label: "Siapa", Ask: fixed[death]("<b>Siapa yang meninggal?</b>"), Example: "Tulis namanya, misalnya: Siti RT 03",
				When: func(_ Env, t *death) bool { return t.Edit == 0 }, Shown: deathName, Filled: func(t *death) bool { return t.Who != "" },
			},
			Get: func(t *death) *string { return &t.Who }, Options: livingOptions, Search: searchLiving, Confirm: true,
			Extra: func(Env, *death) []flow.Option {
				return []flow.Option{{Value: otherResident, Label: "Warga lain", Words: []string{"lain", "tidak terdata", "belum terdata", "warga biasa"}}}
			},
			Sought: func(t *death, words string) { t.Said = words }, Take: takeDead,
		},
		flow.Typed[Env, death, string]{
			Head: deathHead{
				Step: "name", Label: "Nama", When: other, Ask: fixed[death]("Siapa nama almarhum/almarhumah?"), Example: "Misalnya: Pak Amir RT 02",
				Filled: func(t *death) bool { return t.Name != "" },
			},
			Get: func(t *death) *string { return &t.Name }, Print: same,
			Read: func(e Env, _ *death, words string) flow.Reading[string] { return readHead(e, nil, words) },
		},
		flow.Typed[Env, death, homePlace]{
			Head: deathHead{
				Step: "address", Label: "Alamat", When: other, Ask: fixed[death]("Di mana rumahnya?"), Example: "Misalnya: RT 03 Dusun Longa, atau RT 03/RW 02",
				Filled: func(t *death) bool { return !t.Place.isZero() },
			},
			Get: func(t *death) *homePlace { return &t.Place }, Print: homePlace.String, Offers: func(e Env, _ *death) []flow.Offer[homePlace] { return knownPlaces(e) },
			Read: func(_ Env, _ *death, words string) flow.Reading[homePlace] { return readAddress(words) },
		},
		flow.Date[Env, death]{
			Head: deathHead{
				Step: "date", Label: "Tanggal", Ask: fixed[death]("Kapan meninggalnya?"), Example: "Misalnya: kemarin, 20/11, Jumat",
				Filled: func(t *death) bool { return t.Date != "" },
			},
			Get: func(t *death) *string { return &t.Date }, Now: now, Past: true,
		},
		flow.Typed[Env, death, string]{
			Head: deathHead{Step: "note", Label: "Catatan", Optional: true, Aside: "Tambah catatan", Ask: fixed[death]("Apa catatannya?"), Example: "Misalnya: meninggalkan dua anak sekolah"},
			Get:  func(t *death) *string { return &t.Note }, Print: same,
			Read: func(e Env, _ *death, words string) flow.Reading[string] { return readNote(e, nil, words) },
		},
	}
}

// livingOptions are the village's households whose case is open.
func livingOptions(e Env, _ *death) []flow.Option {
	var out []flow.Option
	for _, c := range knownCases(e) {
		if !c.State.Ended() {
			out = append(out, livingOption(e, c))
		}
	}
	return out
}

func livingOption(e Env, c storage.Case) flow.Option {
	return flow.Option{Value: sameCase + strconv.FormatUint(c.Number, 10), Label: text.Clip(caseName(e, c)+" · "+placeOf(e, c).String(), 44)}
}

func searchLiving(e Env, _ *death, words string) []flow.Option {
	var out []flow.Option
	for _, c := range findCases(e, bareDead(words)) {
		if !c.State.Ended() {
			out = append(out, livingOption(e, c))
		}
	}
	return out
}

var (
	diedWords = regexp.MustCompile(`(?i)\b(?:sudah\s+|telah\s+)?(?:meninggal(?:\s+dunia)?|wafat|berpulang)\b`)
	deathLead = regexp.MustCompile(`(?i)^\s*(?:innalil\S*(?:\s+wa\s*inna\s+ilaihi\s+r\S+)?[,.\s]*)?(?:lapor\s+)?(?:kematian\s+)?(?:ada\s+)?(?:warga\s+|an\.?\s+|atas nama\s+|alm(?:arhum(?:ah)?)?\.?\s+)*`)
)

// bareDead leaves out the words that only say that somebody died.
func bareDead(words string) string {
	return strings.Trim(strings.Join(strings.Fields(deathLead.ReplaceAllString(diedWords.ReplaceAllString(words, " "), "")), " "), " ,;.:")
}

// takeDead uses the words that found no household as name and place of somebody else.
func takeDead(_ Env, t *death, value string) {
	if value != otherResident || t.Said == "" || t.Name != "" {
		return
	}
	at := text.ParseRT(bareDead(t.Said))
	name := at.Rest
	if i := placeMark.FindStringIndex(bareDead(t.Said)); i != nil {
		if p := readAddress(bareDead(t.Said)[i[0]:]); p.Sure {
			t.Place, name = p.Value, bareDead(t.Said)[:i[0]]
		}
	}
	if got := readHead(Env{}, nil, name); got.Sure {
		t.Name = got.Value
	}
	t.Said = ""
}

// gleanDeath takes the day out of words, and the place beside a name.
func gleanDeath(e Env, t *death, step, words string) (taken []string, rest, why string) {
	rest = words
	switch step {
	case "date", "note", "address":
		return nil, words, ""
	case "who", "name":
		rest = bareDead(words)
	}
	if at := dayWords.FindStringSubmatchIndex(rest); at != nil && isDay(rest, at) {
		if got := flow.ReadDate(rest[at[2]:at[3]], e.Said, true, ""); got.Sure {
			t.Date, taken = got.Value, append(taken, "date")
			rest = strings.Join(strings.Fields(rest[:at[2]]+" "+rest[at[3]:]), " ")
		}
	}
	if at := placeMark.FindStringIndex(rest); step == "name" && at != nil && at[0] > 0 {
		if p := readAddress(rest[at[0]:]); p.Sure {
			t.Place, taken = p.Value, append(taken, "address")
			rest = rest[:at[0]]
		}
	}
	if rest = strings.Trim(rest, " ,;.:"); len(taken) == 0 && step == "" {
		return nil, words, ""
	}
	return taken, rest, ""
}

// beginDeath starts anew, at a case, or with what was recorded.
func beginDeath(e Env, in chat.Input) (death, *flow.Turn) {
	if number, edit := editing(in); edit {
		r, turn := reopen(e, number, storage.DeathKnown)
		if turn != nil {
			return death{}, turn
		}
		t := deathFrom(e, r)
		t.Edit = number
		return t, nil
	}
	n, err := strconv.ParseUint(in.Command.Args, 10, 64)
	if in.Kind != chat.Tapped || err != nil {
		return death{}, nil
	}
	c, ok := villageCase(e, n)
	if !ok || c.State.Ended() {
		return death{}, &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{listCases(e, openCases, 0)}}
	}
	return death{Who: sameCase + strconv.FormatUint(n, 10)}, nil
}

// number is the case of who died, 0 for another resident.
func (t *death) number() uint64 {
	n, _ := strconv.ParseUint(strings.TrimPrefix(t.Who, sameCase), 10, 64)
	return n
}

// deathName names who died, to the reporter.
func deathName(e Env, t *death) string {
	if c, ok := villageCase(e, t.number()); ok && t.number() != 0 {
		return caseName(e, c)
	}
	return t.Name
}

// deathTitle names the draft while it lies aside; perhaps nobody was named yet.
func deathTitle(e Env, t *death) string {
	if name := deathName(e, t); name != "" {
		return "Kematian: " + text.Clip(name, 30)
	}
	return "Kabar kematian"
}

func deathCard(e Env, t *death) string {
	lines := []string{"<b>Kematian warga</b>", chat.Escape(deathName(e, t))}
	place := t.Place
	if c, ok := villageCase(e, t.number()); ok && t.number() != 0 {
		place = placeOf(e, c)
		lines[1] += " (No. " + Number(c.Number) + ")"
	}
	lines[1] += " · " + chat.Escape(place.String())
	if d, ok := dateOf(t.Date); ok {
		lines = append(lines, "Tanggal: "+text.Date(d)+text.Near(d, e.Now))
	}
	if t.Note != "" {
		lines = append(lines, "Catatan: "+chat.Escape(text.Clip(t.Note, 300)))
	}
	return strings.Join(lines, "\n")
}

func confirmDeath(e Env, t *death) string {
	if t.Edit != 0 {
		return confirmRevision(e, t.Edit, deathChanges(e, t)) + lateLine(e, t.Edit, t.Date)
	}
	return "<b>Sudah benar, " + e.call() + "?</b>\n\n" + deathCard(e, t) + lateLine(e, 0, t.Date)
}

// finishDeath records the death and closes the case. A draft that was sent already gives its receipt
// again.
func finishDeath(e Env, draft uint64, t *death) flow.Turn {
	if t.Edit != 0 {
		return reviseDeath(e, t)
	}
	if r, ok := Receipt(e, draft); ok {
		return flow.Turn{End: flow.Done, Replies: []chat.Reply{r}}
	}
	d, ok := dateOf(t.Date)
	if !ok {
		panic("death without a date")
	}
	c, known := villageCase(e, t.number())
	if !known && t.number() != 0 { // its report was taken back meanwhile
		gone := screen("Data warga itu tidak ada lagi di daftar, "+e.call()+".\nKematiannya bisa dicatat lewat Warga lain.", []chat.Button{tap("Lapor kematian", "kematian"), tap("Menu", "menu")})
		return flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{gone}}
	}
	if known && c.State == storage.Died { // told by somebody else meanwhile
		return flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{caseCard(e, c, "Kematian ini sudah dicatat, "+e.call()+".")}}
	}
	number := e.Tx.NextReport()
	must(e.Tx.Record(e.Now, e.Who.ID, e.Member.Village, storage.Reported{Report: storage.Report{
		Number: number, Kind: storage.DeathKnown, Village: e.Member.Village, By: e.Who.ID, Date: storage.DayOf(d), At: e.Now,
		Body: storage.EncodeBody(sealedDeath(e, t, storage.Death{})), Source: draftSource(draft),
	}}))
	replies := append([]chat.Reply{receipt(e, draft)}, e.post("death", number)...)
	if known {
		entry := storage.CaseEntry{Case: c.Number, Kind: storage.EntryState, State: storage.Died}
		must(e.Tx.Record(e.Now, e.Who.ID, c.Village, storage.CaseEntered{Entry: entry}))
		replies = append(replies, e.postSettled(entry)...)
	}
	return flow.Turn{End: flow.Done, Replies: replies}
}

// sealedDeath keeps who died under the key of their case, or one of their own.
func sealedDeath(e Env, t *death, old storage.Death) storage.Death {
	out := storage.Death{Person: old.Person, Case: t.number()}
	if c, ok := e.Tx.Case(out.Case); ok && out.Person == "" {
		out.Person = c.Person
	}
	if out.Person == "" {
		out.Person = e.Tx.NewPerson()
	}
	seal := func(field, words string) storage.Sealed { return e.Tx.Seal(out.Person, field, words) }
	if out.Note = seal("note", t.Note); out.Case == 0 {
		out.Name, out.RT, out.RW, out.Block = seal("name", t.Name), seal("rt", t.Place.RT), seal("rw", t.Place.RW), seal("block", t.Place.Block)
	}
	return out
}

// deathFrom makes the answers anew of which a report was made.
func deathFrom(e Env, r storage.Report) death {
	var body storage.Death
	r.DecodeBody(&body)
	t := death{
		Who: otherResident, Name: e.Tx.Unseal(body.Name, "name"), Date: r.Date.String(), Note: e.Tx.Unseal(body.Note, "note"),
		Place: homePlace{Block: e.Tx.Unseal(body.Block, "block"), RT: e.Tx.Unseal(body.RT, "rt"), RW: e.Tx.Unseal(body.RW, "rw")},
	}
	if body.Case != 0 {
		t.Who = sameCase + strconv.FormatUint(body.Case, 10)
	}
	return t
}

func deathChanges(e Env, t *death) []difference {
	r, _ := e.Tx.Report(t.Edit)
	old := deathFrom(e, r)
	old.Edit = t.Edit
	return differences(e, deathSteps(), &old, t)
}

func reviseDeath(e Env, t *death) flow.Turn {
	r, turn := reopen(e, t.Edit, storage.DeathKnown)
	if turn != nil {
		return *turn
	}
	d, ok := dateOf(t.Date)
	if !ok {
		panic("death without a date")
	}
	var old storage.Death
	r.DecodeBody(&old)
	return revision{
		report: r, all: deathChanges(e, t),
		revised: storage.ReportRevised{Date: storage.DayOf(d), Flags: r.Flags, Body: storage.EncodeBody(sealedDeath(e, t, old))},
	}.save(e)
}

func deathKind() kind {
	return kind{
		code: storage.DeathKnown, command: "kematian",
		line: func(e Env, r storage.Report) string {
			t := deathFrom(e, r)
			return "Kematian: " + deathName(e, &t)
		},
		card: func(e Env, r storage.Report) string {
			t := deathFrom(e, r)
			return deathCard(e, &t)
		},
		receipt: func(e Env, _ storage.Report) string {
			return "Kami turut berduka cita. Dinsos langsung diberi tahu; kabarnya masuk di sini.\nTerima kasih, " + e.title() + "."
		},
	}
}
