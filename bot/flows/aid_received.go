package flows

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
	"wksbm/storage/region"
)

// aid is what is told of aid that was received.
type aid struct {
	Lines   []storage.Line `json:"lines,omitempty"`
	Source  string         `json:"source,omitempty"`
	Giver   string         `json:"giver,omitempty"`
	Purpose string         `json:"purpose,omitempty"`
	Date    string         `json:"date,omitempty"`
	Photos  []string       `json:"photos,omitempty"`
	Note    string         `json:"note,omitempty"`
	Edit    uint64         `json:"edit,omitempty"`   // number of the report that is changed, 0 for a new one
	Handed  string         `json:"handed,omitempty"` // words that tell of aid handed on
}

// maxLines is how many kinds of goods one report holds.
const maxLines = 20

type aidHead = flow.Head[Env, aid]

func aidReceived() flow.Conversation[Env] {
	return flow.New(flow.Flow[Env, aid]{
		Name: AidReceived, Version: 1, Title: aidTitle, Args: true, Steps: aidSteps(),
		Begin: beginAid, Reopen: func(a *aid) bool { return a.Edit != 0 },
		Sending: func(_ Env, a *aid) string { return sending(a.Edit) },
		Glean:   gleanAid, Belongs: aidStep, Halt: leaveAid, Confirm: confirmAid, Finish: finishAid, Contact: askDinsos,
		Exits:   [][]chat.Button{{tap("Lapor lagi", "bantuan"), tap("Menu", "menu")}},
		Leaving: func(e Env, a *aid) string { return leaving(e, a.Edit) },
	})
}

func aidSteps() []flow.Question[Env, aid] {
	return []flow.Question[Env, aid]{
		flow.Lines[Env, aid, storage.Line]{
			Head: aidHead{
				Step: "lines", Label: "Bantuan", Ask: fixed[aid]("📥 <b>Bantuan apa yang diterima?</b>"),
				Example: "Boleh langsung ditulis, misalnya: beras 20 kg, uang 500rb",
				Help:    "Tulis barang dan jumlahnya. Beberapa sekaligus boleh, dipisah koma.",
			},
			Get: func(a *aid) *[]storage.Line { return &a.Lines }, Things: things, Amount: amountOf, Read: readLines,
			Print: goods.Print, Join: goods.Join, Like: goods.Like, Max: maxLines, Noun: "jenis", Sample: "beras 20 kg",
		},
		flow.Choice[Env, aid]{
			Head: aidHead{Step: "source", Label: "Dari", Ask: fixed[aid]("Dari siapa bantuannya?"), Shown: showSource},
			Get:  func(a *aid) *string { return &a.Source }, Options: sourceOptions, Read: readSource, Take: takeSource, Undo: []string{"giver"},
		},
		flow.Typed[Env, aid, string]{
			Head: aidHead{
				Step: "giver", Label: "Nama pemberi", Optional: true, When: named, Filled: func(a *aid) bool { return a.Giver != "" },
				Ask: fixed[aid]("Siapa nama pemberinya?"), Example: "Misalnya: H. Ahmad. Boleh dilewati",
			},
			Get: func(a *aid) *string { return &a.Giver }, Read: readGiver, Offers: anonymous, Print: same,
		},
		flow.Choice[Env, aid]{
			Head: aidHead{Step: "purpose", Label: "Untuk", Ask: fixed[aid]("Bantuan ini untuk siapa?")},
			Get:  func(a *aid) *string { return &a.Purpose }, Options: purposeOptions,
		},
		flow.Date[Env, aid]{
			Head: aidHead{Step: "date", Label: "Tanggal", Ask: fixed[aid]("Kapan diterima?"), Example: "Misalnya: kemarin, 20/11, Jumat"},
			Get:  func(a *aid) *string { return &a.Date }, Now: now, Past: true,
		},
		flow.Photos[Env, aid]{
			Head: aidHead{
				Step: "photo", Label: "Foto", Optional: true, Aside: "Tambah foto",
				Ask: fixed[aid]("Kirim foto bantuannya."), Example: "Cukup barangnya; wajah dan KTP tidak perlu",
			},
			Get: func(a *aid) *[]string { return &a.Photos }, Max: 10,
		},
		flow.Typed[Env, aid, string]{
			Head: aidHead{
				Step: "note", Label: "Catatan", Optional: true, Aside: "Tambah catatan",
				Ask: fixed[aid]("Apa catatannya?"), Example: "Singkat saja, tanpa nama warga",
			},
			Get: func(a *aid) *string { return &a.Note }, Read: readNote, Print: same,
		},
	}
}

// beginAid takes up the report that is to be changed, if there is one.
func beginAid(e Env, in chat.Input) (aid, *flow.Turn) {
	number, ok := editing(in)
	if !ok {
		return aid{}, nil
	}
	r, turn := reopen(e, number, storage.AidReceived)
	if turn != nil {
		return aid{}, turn
	}
	return aidFrom(e, r), nil
}

// leaveAid goes to the report of aid that was handed on, when that is what was told.
func leaveAid(_ Env, a *aid) *flow.Turn {
	if a.Handed == "" {
		return nil
	}
	words := a.Handed
	a.Handed = ""
	return &flow.Turn{Opens: AidGiven, With: words}
}

func aidTitle(_ Env, a *aid) string {
	if a.Edit != 0 {
		return "Mengubah No. " + Number(a.Edit)
	}
	if len(a.Lines) == 0 {
		return "Bantuan diterima"
	}
	return text.Clip(goods.List(a.Lines), 36)
}

// sources are who aid comes from.
func sources() []flow.Option { return termOptions(welfare.Sources()) }

func sourceOptions(Env, *aid) []flow.Option { return sources() }

// purposes are whom aid is for.
func purposes() []flow.Option { return termOptions(welfare.Purposes()) }

func purposeOptions(Env, *aid) []flow.Option { return purposes() }

func labelOf(all []flow.Option, code string) string {
	for _, o := range all {
		if o.Value == code {
			return o.Label
		}
	}
	return code
}

// named says whether a source has a name worth asking for.
func named(_ Env, a *aid) bool { return welfare.NamedSource(a.Source) }

func takeSource(_ Env, a *aid, value string) {
	if code, name, ok := strings.Cut(value, ":"); ok { // of whichSource
		a.Source, a.Giver = code, name
	}
	if !named(Env{}, a) {
		a.Giver = ""
	}
}

// readSource takes a name where a kind of source is asked for: "H. Ahmad" is a donor.
func readSource(_ Env, a *aid, words string) flow.Reading[string] {
	if hambaAllah(words) {
		a.Giver = hamba
		return flow.Sure("individual_donor")
	}
	if named := titled.MatchString(words) || sourceOf(words) != "individual_donor" && len(strings.Fields(words)) > 1; named && gleanSource(a, words) {
		return flow.Sure(a.Source)
	}
	if _, ok := option(sources(), words); ok {
		return flow.Reading[string]{}
	}
	return whichSource(a, words)
}

// whichSource asks what kind of giver an unknown name is.
func whichSource(a *aid, words string) flow.Reading[string] {
	if _, _, ok := leading(sources(), words); ok {
		return flow.Reading[string]{}
	}
	name := readGiver(Env{}, a, words)
	if !name.Sure || len(strings.Fields(words)) > 4 || strings.ContainsAny(words, "?:0123456789") || nobody.MatchString(words) || unclearWords.MatchString(words) {
		return flow.Reading[string]{}
	}
	var offers []flow.Offer[string]
	for _, code := range []string{"individual_donor", "company", "social_group", "other"} {
		label := labelOf(sources(), code)
		offers = append(offers, flow.Offer[string]{Label: label, Value: code + ":" + name.Value})
	}
	return flow.Ask(name.Value+" itu apa?", offers...)
}

// unclearWords name nobody.
var unclearWords = regexp.MustCompile(`(?i)^(entah|siapa|gak|ga|tidak|tdk|ndak|apa|mana|lupa|bingung|kirim|selesai|sudah|ya|iya|ok)\b`)

// titled are words that begin like a person's name.
var titled = regexp.MustCompile(`(?i)^\s*(h|hj|pak|bapak|bpk|bu|ibu|ust|ustadz|ustazah|haji|hajah|kak|mas|mbak|tuan|dr)\.?\s+\pL`)

// hamba is how a giver who wants no name is written.
const hamba = "Hamba Allah"

func hambaAllah(words string) bool {
	switch text.Fold(words) {
	case "hamba allah", "hamba alloh", "tanpa nama", "anonim", "rahasia", "no name", "nn":
		return true
	}
	return false
}

func anonymous(Env, *aid) []flow.Offer[string] {
	return []flow.Offer[string]{{Label: hamba, Words: []string{"tanpa nama", "anonim", "rahasia"}, Value: hamba}}
}

func readGiver(_ Env, _ *aid, words string) flow.Reading[string] {
	if hambaAllah(words) {
		return flow.Sure(hamba)
	}
	name := strings.Join(strings.Fields(text.Clean(words)), " ")
	if n := len([]rune(name)); n < 2 || n > 80 || !text.HasLetter(name) || longDigits.MatchString(name) {
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum seperti nama. Misalnya: H. Ahmad")
	}
	return flow.Sure(name)
}

func readNote(_ Env, _ *aid, words string) flow.Reading[string] {
	note := text.Clean(words)
	switch n := len([]rune(note)); {
	case !text.HasLetter(note):
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum ada kata-katanya.")
	case n > 300:
		return flow.Not[string]("Catatan itu " + strconv.Itoa(n) + " huruf; paling banyak 300. Mohon dipendekkan.")
	case text.HasNIK(note):
		return flow.Not[string]("Ada angka sepanjang NIK di catatan itu. Mohon ditulis tanpa NIK.")
	}
	return flow.Sure(note)
}

func showSource(_ Env, a *aid) string { return labelOf(sources(), a.Source) }

// from prints source and giver: "H. Ahmad (donatur)", "BAZNAS".
func from(source, giver string) string {
	kind := labelOf(sources(), source)
	if giver == "" {
		return kind
	}
	return giver + " (" + strings.ToLower(kind) + ")"
}

func confirmAid(e Env, a *aid) string {
	if r, ok := e.Tx.Report(a.Edit); ok {
		old := aidFrom(e, r)
		return confirmRevision(e, a.Edit, differences(e, aidSteps(), &old, a)) + lateLine(e, a.Edit, a.Date) + drainedLine(e.Tx.Drained(r, a.booked()))
	}
	return "<b>Sudah benar, " + e.call() + "?</b>\n\n" + aidCard(e, a) + lateLine(e, 0, a.Date) + twinAid(e, a)
}

func aidCard(e Env, a *aid) string {
	lines := []string{
		"📥 <b>Bantuan diterima</b>",
		chat.Escape(goods.List(a.Lines)),
		"Dari: " + chat.Escape(from(a.Source, a.Giver)),
		"Untuk: " + chat.Escape(strings.ToLower(labelOf(purposes(), a.Purpose))),
	}
	if d, ok := dateOf(a.Date); ok {
		lines = append(lines, "Tanggal: "+text.Date(d)+text.Near(d, e.Now))
	}
	if n := len(a.Photos); n > 0 {
		lines = append(lines, "Foto: "+strconv.Itoa(n))
	}
	if a.Note != "" {
		lines = append(lines, "Catatan: "+chat.Escape(text.Clip(a.Note, 300)))
	}
	return strings.Join(lines, "\n")
}

func dateOf(s string) (time.Time, bool) {
	d, err := time.ParseInLocation(time.DateOnly, s, region.WITA)
	return d, err == nil
}

// source of a report made from a draft: one draft, one report.
func draftSource(draft uint64) string { return "draft:" + strconv.FormatUint(draft, 10) }

// finishAid records the report. A draft that was sent already gives its receipt again.
func finishAid(e Env, draft uint64, a *aid) flow.Turn {
	if r, ok := Receipt(e, draft); ok {
		return flow.Turn{End: flow.Done, Replies: []chat.Reply{r}}
	}
	d, ok := dateOf(a.Date)
	if !ok {
		panic("aid without a date")
	}
	lines := a.booked()
	if a.Edit != 0 {
		return reviseAid(e, a, storage.ReportRevised{Date: storage.DayOf(d), Lines: lines})
	}
	n := e.Tx.NextReport()
	must(e.Tx.Record(e.Now, e.Who.ID, e.Member.Village, storage.Reported{Report: storage.Report{
		Number: n, Kind: storage.AidReceived, Village: e.Member.Village, By: e.Who.ID,
		Date: storage.DayOf(d), At: e.Now, Lines: lines, Body: storage.EncodeBody(sealedAid(e, a)), Source: draftSource(draft),
	}}))
	return flow.Turn{End: flow.Done, Replies: append([]chat.Reply{receipt(e, draft)}, e.post("report", n)...)}
}

// booked are the lines as they enter the book, for the purpose that was told.
func (a *aid) booked() []storage.Line {
	lines := make([]storage.Line, len(a.Lines))
	for i, l := range a.Lines {
		l.Earmark = a.Purpose
		lines[i] = l
	}
	return lines
}

// reviseAid records a change. The report was perhaps cancelled, or verified, meanwhile.
func reviseAid(e Env, a *aid, f storage.ReportRevised) flow.Turn {
	r, turn := reopen(e, a.Edit, storage.AidReceived)
	if turn != nil {
		return *turn
	}
	old := aidFrom(e, r)
	all := differences(e, aidSteps(), &old, a)
	if photos := photoDifference(old.Photos, a.Photos); photos != nil && !changes(all, "photo") {
		all = append(all, *photos)
	}
	f.Body = storage.EncodeBody(sealedAid(e, a))
	return revision{report: r, revised: f, all: all}.save(e)
}

// sealedAid keeps who gave and what was noted under a key of their own, so that it can be erased.
func sealedAid(e Env, a *aid) storage.Aid {
	out := storage.Aid{Source: a.Source, Purpose: a.Purpose, Photos: a.Photos, Anon: a.Giver == hamba}
	giver := a.Giver
	if out.Anon {
		giver = ""
	}
	if giver == "" && a.Note == "" {
		return out
	}
	out.Person = e.Tx.NewPerson()
	out.Giver, out.Note = e.Tx.Seal(out.Person, "giver", giver), e.Tx.Seal(out.Person, "note", a.Note)
	return out
}

// title is how the person is thanked: "Bu Ketua", "Pak Ahmad".
func (e Env) title() string {
	if e.Member.Role == storage.Ketua {
		return e.call() + " Ketua"
	}
	return e.call() + " " + chat.Escape(e.name())
}

// Number prints a report's number: 0127.
func Number(n uint64) string { return fmt.Sprintf("%04d", n) }

// stock prints what the village has of the items in a report.
func stock(e Env, r storage.Report) string {
	have := e.Tx.Village(r.Village).Stock
	var sums []storage.Line
	for _, l := range r.Lines {
		sum := storage.Line{Item: l.Item, Unit: l.Unit}
		for _, s := range have {
			if s.Item == l.Item && s.Unit == l.Unit {
				sum.Quantity += s.Quantity
			}
		}
		sums = append(sums, sum)
	}
	out := make([]string, len(sums))
	for i, l := range sums {
		out[i] = inBook(l)
	}
	return strings.Join(out, ", ")
}

// inBook prints what the book has of something: "beras 20 kg", "beras habis", "beras kurang 5 kg".
func inBook(l storage.Line) string {
	item := strings.ToLower(goods.ByCode(l.Item).Label) + purposeOf(l.Earmark) + " "
	switch {
	case l.Quantity == 0:
		return item + "habis"
	case l.Quantity < 0:
		return item + "kurang " + goods.Amount(l.Unit, -l.Quantity)
	}
	return item + goods.Amount(l.Unit, l.Quantity)
}
