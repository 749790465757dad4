package flows

import (
	"fmt"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// cancellation takes a report back.
type cancellation struct {
	Number uint64 `json:"number"`
	Reason string `json:"reason,omitempty"`
}

func cancelReport() flow.Conversation[Env] {
	return flow.New(flow.Flow[Env, cancellation]{
		Name: CancelReport, Version: 1,
		Title: func(_ Env, c *cancellation) string { return "Membatalkan No. " + Number(c.Number) },
		Begin: beginCancel,
		Steps: []flow.Question[Env, cancellation]{
			flow.Typed[Env, cancellation, string]{
				Head: flow.Head[Env, cancellation]{Step: "reason", Label: "Alasan", Ask: askReason, Example: "Pilih, atau tulis singkat tanpa nama warga"},
				Get:  func(c *cancellation) *string { return &c.Reason }, Read: readReason, Print: same,
				Offers: usualReasons,
			},
		},
		Confirm: confirmCancel, Send: "Ya, batalkan laporan", Danger: true, Finish: finishCancel, Contact: askDinsos,
		Dropped: "Baik, laporan tetap tercatat.",
		Exits:   [][]chat.Button{{{Label: "Laporan saya", Data: chat.NewTap("r", "list", "0").Data()}, tap("Menu", "menu")}},
	})
}

// usualReasons are why reports are taken back; what fell through depends on what it was.
func usualReasons(e Env, c *cancellation) []flow.Offer[string] {
	reasons := []string{welfare.Miswritten, welfare.ReportedTwice, welfare.FellThrough}
	switch r, _ := e.Tx.Report(c.Number); {
	case len(r.Lines) > 0:
		reasons[2] = welfare.AidFell
	case r.Kind == storage.HouseholdFound:
		reasons[2] = welfare.Elsewhere
	case r.Kind == storage.DeathKnown:
		reasons[2] = welfare.Untrue
	}
	var out []flow.Offer[string]
	for _, r := range reasons {
		out = append(out, flow.Offer[string]{Label: r, Value: r})
	}
	return out
}

func askReason(e Env, c *cancellation) string {
	r, _ := e.Tx.Report(c.Number)
	return "↩️ No. " + Number(c.Number) + " · " + chat.Escape(Line(e, r)) + "\n<b>Mengapa dibatalkan?</b>"
}

// beginCancel checks that the report is the person's own and still counts.
func beginCancel(e Env, in chat.Input) (cancellation, *flow.Turn) {
	n, err := strconv.ParseUint(strings.TrimLeft(in.Command.Args, "0"), 10, 64)
	r, ok := e.Tx.Report(n)
	switch {
	case err != nil || !ok || !mine(e, r):
		return cancellation{}, &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{screen("Laporan itu tidak ada di daftar Anda.", []chat.Button{myReports(), tap("Menu", "menu")})}}
	case !changeable(r) || waits(e, n):
		return cancellation{}, &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{OpenReport(e, n)}}
	}
	return cancellation{Number: n}, nil
}

func readReason(_ Env, _ *cancellation, words string) flow.Reading[string] {
	s := text.Clean(words)
	switch n := len([]rune(s)); {
	case !text.HasLetter(s) || n < 3:
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum ada alasannya. Misalnya: jumlahnya keliru")
	case n > 200:
		return flow.Not[string]("Alasan itu " + strconv.Itoa(n) + " huruf; paling banyak 200. Mohon dipendekkan.")
	case text.HasNIK(s):
		return flow.Not[string]("Ada angka sepanjang NIK di situ. Mohon ditulis tanpa NIK.")
	}
	return flow.Sure(s)
}

func confirmCancel(e Env, c *cancellation) string {
	r, _ := e.Tx.Report(c.Number)
	return "<b>Batalkan laporan ini, " + e.call() + "?</b>\n\nNo. " + Number(c.Number) + " · " + chat.Escape(Line(e, r)) +
		"\nAlasan: " + chat.Escape(c.Reason) + "\nLaporan keluar dari semua jumlah, tetapi tetap ada di daftar." + drainedLine(e.Tx.Drained(r, nil))
}

// finishCancel reverses the report's lines. It was perhaps cancelled by another draft meanwhile.
func finishCancel(e Env, _ uint64, c *cancellation) flow.Turn {
	r, ok := e.Tx.Report(c.Number)
	if !ok || !mine(e, r) {
		panic(fmt.Sprintf("report %d is not the person's", c.Number))
	}
	p := keyOf(e, r)
	var posts []chat.Reply
	switch {
	case r.State == storage.Verified && !waits(e, c.Number):
		return askCorrection(e, r, storage.Correction{
			ID: e.Tx.NextCorrection(), By: e.Who.ID, Cancel: true, Revised: storage.ReportRevised{Number: c.Number},
			Reason: e.Tx.Seal(p, "reason", c.Reason),
		}, "Dibatalkan: "+chat.Escape(c.Reason))
	case r.Open():
		lacks := e.Tx.Drained(r, nil)
		must(e.Tx.Record(e.Now, e.Who.ID, r.Village, storage.ReportCancelled{Number: c.Number, Reason: e.Tx.Seal(p, "reason", c.Reason)}))
		posts = append(e.post("changed", c.Number), e.postShort(c.Number, lacks)...)
	}
	done := last(
		"↩️ Laporan <b>No. "+Number(c.Number)+"</b> dibatalkan.\nDinsos melihatnya di rekap berikutnya. Terima kasih, "+e.title()+".",
		[]chat.Button{tap("Lapor lagi", kindOf(r).command), myReports()}, []chat.Button{tap("Menu", "menu")},
	)
	return flow.Turn{End: flow.Done, Replies: append([]chat.Reply{done}, posts...)}
}
