package flows

import (
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
)

// caseNote is an entry that a volunteer writes into the history of a household.
type caseNote struct {
	Case uint64 `json:"case"`
	Kind string `json:"kind"`
	Text string `json:"text,omitempty"`
	Date string `json:"date,omitempty"` // of a visit; "" today
}

// noteWord is the command that writes an entry: "catat_kasus kunjungan 7".
const noteWord = "catat_kasus"

// What an entry may be about, as the command names it.
const (
	noteVisit = "kunjungan"
	noteNeed  = "kebutuhan"
	noteReply = "balasan"
)

func caseNoted() flow.Conversation[Env] {
	return flow.New(flow.Flow[Env, caseNote]{
		Name: CaseNote, Version: 1, Begin: beginNote,
		Title: func(e Env, t *caseNote) string { return noteTitle(t.Kind) },
		Steps: []flow.Question[Env, caseNote]{
			flow.Typed[Env, caseNote, string]{
				Head: flow.Head[Env, caseNote]{Step: "text", Label: "Isi", Ask: askNote, Example: "Pilih, atau tulis singkat"},
				Get:  func(t *caseNote) *string { return &t.Text }, Print: same, Offers: noteOffers,
				Read: func(e Env, _ *caseNote, words string) flow.Reading[string] { return readNote(e, nil, words) },
			},
			flow.Date[Env, caseNote]{
				Head: flow.Head[Env, caseNote]{
					Step: "date", Label: "Tanggal", Optional: true, Aside: "Tanggal lain", Ask: fixed[caseNote]("Kapan kunjungannya?"), Example: "Misalnya: kemarin, 20/11, Jumat",
					When: func(_ Env, t *caseNote) bool { return t.Kind == storage.EntryVisit },
				},
				Get: func(t *caseNote) *string { return &t.Date }, Now: now, Past: true,
			},
		},
		Glean: gleanNote, Confirm: confirmNote, Send: "✅ Simpan", Finish: finishNote, Contact: askDinsos,
		Exits: [][]chat.Button{{tap("Daftar warga", "warga"), tap("Menu", "menu")}},
	})
}

func noteTitle(kind string) string {
	switch kind {
	case storage.EntryVisit:
		return "Catatan kunjungan"
	case storage.EntryNeed:
		return "Kebutuhan baru"
	}
	return "Balasan rujukan"
}

// beginNote finds the household that the words after the command name.
func beginNote(e Env, in chat.Input) (caseNote, *flow.Turn) {
	what, number, _ := strings.Cut(in.Command.Args, " ")
	kind := map[string]string{noteVisit: storage.EntryVisit, noteNeed: storage.EntryNeed, noteReply: storage.EntryReply}[what]
	n, err := strconv.ParseUint(number, 10, 64)
	c, ok := villageCase(e, n)
	switch {
	case kind == "" || err != nil || !ok:
		return caseNote{}, &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{listCases(e, openCases, 0)}}
	case c.State.Ended() || !mayAct(e, c):
		return caseNote{}, &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{caseCard(e, c, "")}}
	}
	return caseNote{Case: n, Kind: kind}, nil
}

func askNote(e Env, t *caseNote) string {
	c, _ := e.Tx.Case(t.Case)
	question := map[string]string{
		storage.EntryVisit: "Bagaimana keadaannya?", storage.EntryNeed: "Apa yang dibutuhkan sekarang?", storage.EntryReply: "Apa jawaban dari " + chat.Escape(referredTo(e, c)) + "?",
	}[t.Kind]
	return "🏠 " + chat.Escape(caseName(e, c)) + "\n<b>" + question + "</b>"
}

func noteOffers(_ Env, t *caseNote) []flow.Offer[string] {
	words := map[string][]string{
		storage.EntryVisit: {"Sehat dan baik", "Masih perlu bantuan", "Sedang sakit", "Tidak ada di rumah"},
		storage.EntryNeed:  {"Sembako", "Berobat", "Perbaikan rumah", "Alat bantu"},
		storage.EntryReply: {"Diterima", "Belum diterima", "Masih menunggu"},
	}[t.Kind]
	var out []flow.Offer[string]
	for _, w := range words {
		out = append(out, flow.Offer[string]{Label: w, Value: w})
	}
	return out
}

// gleanNote takes the day of a visit out of what is told of it.
func gleanNote(e Env, t *caseNote, step, words string) (taken []string, rest, why string) {
	if t.Kind != storage.EntryVisit || step == "date" {
		return nil, words, ""
	}
	at := dayWords.FindStringSubmatchIndex(words)
	if at == nil || !isDay(words, at) {
		return nil, words, ""
	}
	got := flow.ReadDate(words[at[2]:at[3]], e.Said, true, "")
	rest = strings.Trim(strings.TrimSpace(words[:at[2]])+" "+strings.TrimSpace(words[at[3]:]), " ,.;:")
	if !got.Sure || step == "" && rest != "" {
		return nil, words, ""
	}
	t.Date = got.Value
	return []string{"date"}, rest, ""
}

func (t *caseNote) day(e Env) storage.Day {
	if d, ok := dateOf(t.Date); ok {
		return storage.DayOf(d)
	}
	return storage.DayOf(e.Said)
}

func confirmNote(e Env, t *caseNote) string {
	c, _ := e.Tx.Case(t.Case)
	lines := []string{"<b>Sudah benar, " + e.call() + "?</b>", "", "🏠 " + chat.Escape(caseName(e, c)), noteTitle(t.Kind) + ": " + chat.Escape(t.Text)}
	if t.Kind == storage.EntryVisit {
		d := t.day(e).Time()
		lines = append(lines, "Tanggal: "+text.Date(d)+text.Near(d, e.Now))
	}
	return strings.Join(lines, "\n")
}

func finishNote(e Env, _ uint64, t *caseNote) flow.Turn {
	c, ok := villageCase(e, t.Case)
	if !ok || !mayAct(e, c) {
		return flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{listCases(e, openCases, 0)}}
	}
	entry := storage.CaseEntry{Case: c.Number, Kind: t.Kind, Text: e.Tx.Seal(c.Person, "text", t.Text)}
	if t.Kind == storage.EntryVisit {
		entry.Date = t.day(e)
	}
	must(e.Tx.Record(e.Now, e.Who.ID, c.Village, storage.CaseEntered{Entry: entry}))
	c, _ = e.Tx.Case(c.Number)
	replies := []chat.Reply{caseCard(e, c, "✅ Tersimpan di riwayat keluarga ini, "+e.call()+".")}
	if t.Kind == storage.EntryReply {
		replies = append(replies, e.post("reply", c.Number)...)
	}
	return flow.Turn{End: flow.Done, Replies: replies}
}
