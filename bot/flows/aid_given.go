package flows

import (
	"slices"
	"strconv"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/storage"
)

// gift is what is told of aid that was handed on.
type gift struct {
	Edit   uint64         `json:"edit,omitempty"` // the report that is changed, 0 for a new one
	Lines  []storage.Line `json:"lines,omitempty"`
	Purse  string         `json:"purse,omitempty"`
	To     []recipient    `json:"to,omitempty"`
	Early  string         `json:"early,omitempty"` // words on recipients that came before they were asked for
	Told   []recipient    `json:"told,omitempty"`  // recipients that the words on the goods named
	Way    string         `json:"way,omitempty"`
	Kept   []string       `json:"kept,omitempty"` // lines that stay although the book has less
	Over   string         `json:"over,omitempty"` // why
	First  string         `json:"first,omitempty"`
	Date   string         `json:"date,omitempty"`
	Photos []string       `json:"photos,omitempty"`
	Note   string         `json:"note,omitempty"`

	short *shortage // the first line that the book does not cover and nobody answered for
}

// maxRecipients is how many recipients one report names.
const maxRecipients = 40

type giftHead = flow.Head[Env, gift]

func aidGiven() flow.Conversation[Env] {
	return flow.New(flow.Flow[Env, gift]{
		Name: AidGiven, Version: 1, Title: giftTitle, Args: true, Begin: beginGift, Steps: giftSteps(),
		Glean: gleanGift, Belongs: giftStep, Settle: settleGift, Halt: leaveGift,
		Reopen: func(g *gift) bool { return g.Edit != 0 }, Sending: func(_ Env, g *gift) string { return sending(g.Edit) },
		Confirm: confirmGift, Finish: finishGift, Contact: askDinsos, Leaving: func(e Env, g *gift) string { return leaving(e, g.Edit) },
		Exits: [][]chat.Button{{tap("Salurkan lagi", "salurkan"), tap("Menu", "menu")}},
	})
}

func giftSteps() []flow.Question[Env, gift] {
	return []flow.Question[Env, gift]{
		flow.Lines[Env, gift, storage.Line]{
			Head: giftHead{
				Step: "lines", Label: "Barang", Ask: askGift,
				Example: "Boleh langsung ditulis: beras 10 kg untuk Bu Siti RT 03",
				Help:    "Pilih barang dari sisa di buku desa, atau tulis barang dan jumlahnya. Beberapa sekaligus boleh, dipisah koma.",
			},
			Get: func(g *gift) *[]storage.Line { return &g.Lines }, Things: stockThings, Amount: giftAmount, Read: readGift,
			Print: printGift, Join: joinGift, Like: likeGift, Max: maxLines, Noun: "jenis", Sample: "beras 10 kg", More: "Tambah barang",
		},
		flow.Choice[Env, gift]{
			Head: giftHead{Step: "purse", Ask: askPurse, When: unsettled, Filled: func(g *gift) bool { return !unsettled(Env{}, g) }},
			Get:  func(g *gift) *string { return &g.Purse }, Options: purseOptions, Take: takePurse,
		},
		flow.Choice[Env, gift]{
			Head: giftHead{Step: "over", Ask: askShort, When: isShort, Filled: func(g *gift) bool { return g.short == nil }},
			Get:  func(g *gift) *string { return &g.Way }, Options: shortOptions, Read: readShort, Take: takeShort,
		},
		flow.Typed[Env, gift, string]{
			Head: giftHead{
				Step: "over_reason", Label: "Alasan", Ask: askOver, Example: "Misalnya: langsung dibagikan, belum dicatat masuk",
				When: func(_ Env, g *gift) bool { return len(g.Kept) > 0 }, Filled: func(g *gift) bool { return g.Over != "" },
			},
			Get: func(g *gift) *string { return &g.Over }, Read: readOver, Offers: overOffers, Print: same,
		},
		flow.Lines[Env, gift, recipient]{
			Head: giftHead{
				Step: "to", Label: "Kepada", Ask: fixed[gift]("📤 <b>Kepada siapa?</b>"), Filled: func(g *gift) bool { return len(g.To) > 0 && g.Early == "" },
				Example: "Boleh ditulis: Bu Siti RT 03, Pak Amir RT 01/RW 02",
				Help:    "Pilih keluarga yang terdata, atau tulis nama dan RT-nya. Untuk kelompok tulis jumlahnya: lansia 12 KK 40 jiwa.",
			},
			Get: func(g *gift) *[]recipient { return &g.To }, Things: recipientThings, Amount: recipientAmount, Read: readRecipients,
			Print: recipient.String, Join: joinRecipient, Like: likeRecipient, Max: maxRecipients, Noun: "penerima", Sample: "Bu Siti RT 03",
			More: "Tambah penerima", Early: func(g *gift) *string { return &g.Early },
		},
		flow.Date[Env, gift]{
			Head: giftHead{Step: "date", Label: "Tanggal", Ask: askGiven, Example: "Misalnya: kemarin, 20/11, Jumat"},
			Get:  func(g *gift) *string { return &g.Date }, Now: now, Past: true,
		},
		flow.Photos[Env, gift]{
			Head: giftHead{
				Step: "photo", Label: "Foto", Optional: true, Aside: "Tambah foto",
				Ask: fixed[gift]("Kirim foto serah terima."), Example: "Cukup barangnya, tanpa wajah dan NIK",
			},
			Get: func(g *gift) *[]string { return &g.Photos }, Max: 10,
		},
		flow.Typed[Env, gift, string]{
			Head: giftHead{
				Step: "note", Label: "Catatan", Optional: true, Aside: "Tambah catatan",
				Ask: fixed[gift]("Apa catatannya?"), Example: "Singkat saja, tanpa nama warga",
			},
			Get: func(g *gift) *string { return &g.Note }, Read: readGiftNote, Print: same,
		},
	}
}

func giftTitle(_ Env, g *gift) string {
	switch {
	case g.Edit != 0:
		return "Mengubah No. " + Number(g.Edit)
	case len(g.Lines) == 0:
		return "Salurkan bantuan"
	}
	return text.Clip("Salurkan "+withinSentence(g.Lines), 36)
}

// beginGift opens a report to change ("ubah 7"), or starts with the household that a button names.
func beginGift(e Env, in chat.Input) (gift, *flow.Turn) {
	if n, ok := editing(in); ok {
		r, turn := reopen(e, n, storage.AidGiven)
		if turn != nil {
			return gift{}, turn
		}
		return giftFrom(e, r), nil
	}
	if n, err := strconv.ParseUint(in.Command.Args, 10, 64); err == nil && in.Kind == chat.Tapped {
		if h, ok := householdOf(e, n); ok && !h.State.Ended() {
			return gift{To: []recipient{h.recipient()}}, nil
		}
	}
	return gift{}, nil
}

func askGift(e Env, g *gift) string {
	words := "📤 <b>Bantuan apa yang disalurkan?</b>"
	switch {
	case len(g.To) > 0:
		words += "\nKepada " + chat.Escape(recipientList(g.To))
	case len(left(e)) == 0:
		words += "\nBuku desa masih kosong."
	}
	return words
}

func askGiven(_ Env, g *gift) string {
	words := "<b>Kapan disalurkan?</b>"
	if len(g.To) == 1 {
		words += "\nKepada " + chat.Escape(g.To[0].String()) + ". Penerima lain bisa ditambah sesudah ini."
	}
	return words
}

func readGiftNote(e Env, _ *gift, words string) flow.Reading[string] { return readNote(e, nil, words) }

// settleGift fills in which purse goods come from, forgets recipients who are not the village's, and
// finds what the book does not cover.
func settleGift(e Env, g *gift) {
	g.To = slices.DeleteFunc(g.To, func(to recipient) bool {
		_, ok := householdOf(e, to.Case)
		return to.Case != 0 && !ok
	})
	settlePurses(e, g)
	settleShort(e, g)
}

// leaveGift goes to record what came in and is not in the book yet.
func leaveGift(_ Env, g *gift) *flow.Turn {
	if g.First == "" {
		return nil
	}
	item := goods.ByCode(g.First).Label
	if goods.IsOther(g.First) {
		item = ""
	}
	g.First = ""
	return &flow.Turn{Opens: AidReceived, With: item}
}

// finishGift records the report, or the change of one. A draft that was sent gives its receipt again.
func finishGift(e Env, draft uint64, g *gift) flow.Turn {
	if r, ok := Receipt(e, draft); ok {
		return flow.Turn{End: flow.Done, Replies: []chat.Reply{r}}
	}
	d, ok := dateOf(g.Date)
	if !ok {
		panic("gift without a date")
	}
	var flags []string
	if len(g.Kept) > 0 {
		flags = []string{storage.FlagOver}
	}
	body, day := storage.EncodeBody(sealedGift(e, g)), storage.DayOf(d)
	if g.Edit != 0 {
		return reviseGift(e, g, storage.ReportRevised{Date: day, Lines: g.Lines, Flags: flags, Body: body})
	}
	n := e.Tx.NextReport()
	must(e.Tx.Record(e.Now, e.Who.ID, e.Member.Village, storage.Reported{Report: storage.Report{
		Number: n, Kind: storage.AidGiven, Village: e.Member.Village, By: e.Who.ID,
		Date: day, At: e.Now, Lines: g.Lines, Flags: flags, Body: body, Source: draftSource(draft),
	}}))
	return flow.Turn{End: flow.Done, Replies: slices.Concat([]chat.Reply{receipt(e, draft)}, e.post("report", n), over(e, n, flags))}
}

// reviseGift records what was changed; a report that goes beyond the book now is shown to staff.
func reviseGift(e Env, g *gift, revised storage.ReportRevised) flow.Turn {
	r, stop := reopen(e, g.Edit, storage.AidGiven)
	if stop != nil {
		return *stop
	}
	old := giftFrom(e, r)
	all := differences(e, giftSteps(), &old, g)
	if photos := photoDifference(old.Photos, g.Photos); photos != nil && !changes(all, "photo") {
		all = append(all, *photos)
	}
	turn := revision{report: r, revised: revised, all: all}.save(e)
	if len(r.Flags) == 0 && r.Open() {
		turn.Replies = append(turn.Replies, over(e, g.Edit, revised.Flags)...)
	}
	return turn
}

func over(e Env, n uint64, flags []string) []chat.Reply {
	if len(flags) == 0 {
		return nil
	}
	return e.post("over", n)
}

// sealedGift keeps names, notes and reasons under keys of their own, so that they can be erased.
func sealedGift(e Env, g *gift) storage.Given {
	out := storage.Given{Photos: g.Photos}
	for _, to := range g.To {
		out.To = append(out.To, to.sealed(e))
	}
	if g.Note != "" || g.Over != "" {
		out.Person = e.Tx.NewPerson()
		out.Note, out.Over = e.Tx.Seal(out.Person, "note", g.Note), e.Tx.Seal(out.Person, "over", g.Over)
	}
	return out
}

// giftFrom makes the answers anew of which a report was made.
func giftFrom(e Env, r storage.Report) gift {
	var body storage.Given
	r.DecodeBody(&body)
	g := gift{
		Edit: r.Number, Lines: r.Lines, Date: r.Date.String(), Photos: body.Photos,
		Note: e.Tx.Unseal(body.Note, "note"), Over: e.Tx.Unseal(body.Over, "over"),
	}
	for _, to := range body.To {
		g.To = append(g.To, recipientFrom(e, to))
	}
	if g.Over != "" {
		for _, l := range r.Lines {
			g.Kept = append(g.Kept, keep(l))
		}
	}
	return g
}
