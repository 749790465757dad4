package station_test

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/simulator"
	"wksbm/storage"
	"wksbm/storage/region"
)

// judgeReports is one officer's week: looks at what waits, verifies many at once or one, takes one on,
// returns it with a question or turns it down. Officers look at the same cards and press each other's.
func (w *world) judgeReports(ctx context.Context, who int64) {
	for nap(ctx, time.Duration(20+w.roll(240))*time.Minute) {
		switch w.roll(4) {
		case 0:
			w.verifyMany(who)
		case 1:
			w.openCard(who)
		}
		w.pressCard(who)
	}
}

// verifyMany opens the queue and verifies what the preview shows; now and then it is left open.
func (w *world) verifyMany(who int64) {
	_, _ = w.telegram.Say(who, w.group, "/periksa")
	w.look()
	if !w.press(who, w.group, bulkButton) {
		return
	}
	w.look()
	if w.roll(4) > 0 && w.press(who, w.group, bulkYes) && w.roll(3) == 0 {
		w.press(who, w.group, bulkYes)
	}
}

// openCard has the card of a report of aid or of a meeting posted.
func (w *world) openCard(who int64) {
	_, _ = w.telegram.Say(who, w.group, "/periksa")
	for range 1 + w.roll(2) {
		w.look()
		w.press(who, w.group, placeButton)
	}
	w.look()
	w.press(who, w.group, cardButton)
	w.look()
}

var (
	bulkButton  = regexp.MustCompile(`^✅ Verifikasi \d+ bantuan & rapat$`)
	bulkYes     = regexp.MustCompile(`^✅ Verifikasi \d+$`)
	placeButton = regexp.MustCompile(`^[A-Z][a-z ]+ \d+$`)
	cardButton  = regexp.MustCompile(`^Kartu \d+$`)
	verifyOne   = regexp.MustCompile(`^✅ Verifikasi$`)
	takeOne     = regexp.MustCompile(`^(Saya tangani|Ambil alih)$`)
	rejectOne   = regexp.MustCompile(`^Tolak$`)
	returnOne   = regexp.MustCompile(`^↩️ Kembalikan$`)
	whyNot      = regexp.MustCompile(`^(Sudah terdata|Bukan warga desa ini|Tercatat dua kali|Salah kirim)$`)
	question    = regexp.MustCompile(`^(Jumlah jiwa|Jumlah barang|Tanggal|Keputusan|Kehadiran|Alamat)$`)
	doubt       = regexp.MustCompile(`^(Belum jelas|Belum lengkap|Belum cocok)$`)
)

// pressCard acts on one of the cards that are open, sometimes twice, sometimes leaving it half way.
func (w *world) pressCard(who int64) {
	switch w.roll(6) {
	case 0, 1:
		if at, label, ok := w.button(w.group, verifyOne); ok {
			w.tap(who, at, label)
			w.tap(w.staff[w.roll(len(w.staff))], at, label)
		}
	case 2:
		w.press(who, w.group, takeOne)
	case 3:
		if at, _, ok := w.button(w.group, rejectOne); ok {
			w.tapOn(who, at, rejectOne)
			w.look()
			w.tapOn(who, at, whyNot)
		}
	default:
		w.giveBack(who)
	}
}

// giveBack returns a report with a question. Its reporter begins nothing until the question is there, since
// nobody could tell what an answer was meant for.
func (w *world) giveBack(who int64) {
	at, _, ok := w.button(w.group, returnOne)
	if !ok {
		return
	}
	w.tapOn(who, at, returnOne)
	w.look()
	w.tapOn(who, at, question)
	w.look()
	number := numberOn(w.telegram.Messages(w.group), at)
	w.mu.Lock()
	reporter := w.owner[number]
	w.mu.Unlock()
	if reporter == 0 || w.roll(8) == 0 { // called away
		return
	}
	defer w.hush(reporter)()
	since := w.telegram.LastEvent()
	w.tapOn(who, at, doubt)
	w.until(time.Hour, func() bool { return w.told(since, reporter, returned(number)) > 0 })
}

// look is the time in which a person sees what came of a press.
func (w *world) look() { _ = nap(context.Background(), time.Duration(20+w.roll(100))*time.Second) }

// button finds one of the buttons with a label like this among the latest messages of a chat; at random, but
// the newest is the likeliest.
func (w *world) button(chat int64, label *regexp.Regexp) (message int64, found string, ok bool) {
	all := w.telegram.Messages(chat)
	for i := len(all) - 1; i >= max(0, len(all)-60); i-- {
		for _, b := range labelsOf(all[i]) {
			if !label.MatchString(b) {
				continue
			}
			message, found, ok = all[i].ID, b, true
			if w.roll(2) == 0 {
				return message, found, ok
			}
		}
	}
	return message, found, ok
}

func labelsOf(m simulator.Message) (out []string) {
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Data != "" {
				out = append(out, b.Label)
			}
		}
	}
	return out
}

func (w *world) press(who, chat int64, label *regexp.Regexp) bool {
	at, found, ok := w.button(chat, label)
	return ok && w.telegram.Tap(who, chat, at, found) == nil
}

func (w *world) tap(who, message int64, label string) {
	if w.telegram.Tap(who, w.group, message, label) == nil {
		w.mu.Lock()
		w.pressed++
		w.mu.Unlock()
	}
}

// tapOn presses a button like this below one message of the group, if it has one by now.
func (w *world) tapOn(who, message int64, label *regexp.Regexp) {
	var fit []string
	for _, m := range w.telegram.Messages(w.group) {
		if m.ID != message {
			continue
		}
		for _, b := range labelsOf(m) {
			if label.MatchString(b) {
				fit = append(fit, b)
			}
		}
	}
	if len(fit) > 0 {
		w.tap(who, message, fit[w.roll(len(fit))])
	}
}

var cardNumber = regexp.MustCompile(`^\S+ No\. (\d+) · `)

// numberOn is the number of the report that a card is about.
func numberOn(all []simulator.Message, message int64) string {
	for _, m := range all {
		if hit := cardNumber.FindStringSubmatch(m.Text); hit != nil && m.ID == message {
			return hit[1]
		}
	}
	return ""
}

func returned(number string) string { return "Laporan No. " + number + " dikembalikan Dinsos" }

// told counts how often a chat was shown words since an event, in new messages or changed ones.
func (w *world) told(since int, chat int64, words string) int {
	n := 0
	for _, e := range w.telegram.Events(since) {
		if e.Chat == chat && e.Person == 0 && e.Message != nil && (e.Kind == simulator.Sent || e.Kind == simulator.Changed) && strings.Contains(e.Message.Text, words) {
			n++
		}
	}
	return n
}

// until waits until something holds, looking whenever something happens.
func (w *world) until(patience time.Duration, holds func() bool) bool {
	news, done := w.telegram.Subscribe()
	defer done()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for !holds() {
		select {
		case <-news:
		case <-timer.C:
			return holds()
		}
	}
	return true
}

var (
	mendThis = regexp.MustCompile(`^(?:↩️ )?Perbaiki No\. (\d+)$`)
	asBefore = regexp.MustCompile(`^Tetap `)
	save     = regexp.MustCompile(`^✅ Simpan$`)
)

// asked says whether a question of staff, or a change, is open on the newest screens of a person.
func (w *world) asked(who int64) bool {
	all := w.telegram.Messages(who)
	for _, m := range all[max(0, len(all)-8):] {
		for _, b := range labelsOf(m) {
			if asBefore.MatchString(b) || save.MatchString(b) {
				return true
			}
		}
	}
	return false
}

// mend answers all that staff returned: the menu names it, the question is answered as before, the change is
// saved.
func (w *world) mend(who int64) {
	if !w.mentioned(who) {
		return
	}
	for range 20 {
		said, _ := w.telegram.Say(who, who, "menu")
		if !w.until(12*time.Hour, func() bool { return w.menu(who, said) != nil }) {
			w.complain("%d asked for the menu in vain", who)
			return
		}
		number := ""
		for _, b := range labelsOf(*w.menu(who, said)) {
			if hit := mendThis.FindStringSubmatch(b); hit != nil {
				number = hit[1]
				_ = w.telegram.TapLabel(who, who, b)
				break
			}
		}
		if number == "" {
			return
		}
		w.answer(who, number)
	}
	w.complain("%d answers and answers", who)
}

// mentioned says whether anything was returned lately.
func (w *world) mentioned(who int64) bool {
	all := w.telegram.Messages(who)
	for _, m := range all[max(0, len(all)-40):] {
		if m.Bot && strings.Contains(m.Text, "dikembalikan Dinsos") {
			return true
		}
	}
	return false
}

// menu is the menu that came after a message, nil while there is none.
func (w *world) menu(who, after int64) *simulator.Message {
	for _, m := range w.telegram.Messages(who) {
		if m.Bot && m.ID > after && strings.Contains(m.Text, "Mau apa, Bu") {
			return &m
		}
	}
	return nil
}

// answer keeps the answer that staff asked about and saves it, pressing again when nothing happens.
func (w *world) answer(who int64, number string) {
	thanks := "Laporan No. " + number + " dikirim lagi ke Dinsos"
	since := w.telegram.LastEvent()
	for range 200 {
		if !w.pressOwn(who, save) {
			w.pressOwn(who, asBefore)
		}
		if w.until(2*time.Minute, func() bool { return w.told(since, who, thanks) > 0 }) || !w.waits(who, number) {
			return
		}
	}
	w.complain("%d answered for report %s and got no receipt", who, number)
}

// waits says whether the newest screens still speak of a report.
func (w *world) waits(who int64, number string) bool {
	all := w.telegram.Messages(who)
	for _, m := range all[max(0, len(all)-3):] {
		if m.Bot && strings.Contains(m.Text, "Laporan No. "+number+" belum bisa diterima") {
			return false
		}
	}
	return true
}

// pressOwn presses the newest button like this, sometimes twice.
func (w *world) pressOwn(who int64, label *regexp.Regexp) bool {
	all := w.telegram.Messages(who)
	for i := len(all) - 1; i >= max(0, len(all)-6); i-- {
		for _, b := range labelsOf(all[i]) {
			if label.MatchString(b) {
				_ = w.telegram.Tap(who, who, all[i].ID, b)
				if w.roll(3) == 0 {
					_ = w.telegram.Tap(who, who, all[i].ID, b)
				}
				return true
			}
		}
	}
	return false
}

// history is what the log says of one report.
type history struct {
	returned, answered, verified, rejected int
}

// reviews judges the work of staff: each report in the state that its history leads to, each question
// answered at most once, each outcome told, each card up to date, each stock the sum of what counts.
func (w *world) reviews(tx *storage.Tx) {
	all := map[uint64]*history{}
	of := func(n uint64) *history {
		if all[n] == nil {
			all[n] = &history{}
		}
		return all[n]
	}
	for e := range tx.Events(1) {
		switch f, _ := e.Fact(); f := f.(type) {
		case *storage.ReportReturned:
			of(f.Number).returned++
		case *storage.ReportRevised:
			of(f.Number).answered++
		case *storage.ReportVerified:
			of(f.Number).verified++
		case *storage.ReportRejected:
			of(f.Number).rejected++
		}
		for n, h := range all {
			if h.answered > h.returned || h.verified+h.rejected > 1 {
				w.complain("report %d: %+v", n, *h)
			}
		}
	}
	sum := history{}
	stock := map[region.Code]storage.Quantity{}
	for n := uint64(1); n < tx.NextReport(); n++ {
		r, _ := tx.Report(n)
		h := of(n)
		w.outcome(r, *h)
		if r.State.Counts() && r.Kind == storage.AidReceived {
			stock[r.Village] += r.Lines[0].Quantity
		}
		sum.returned, sum.answered = sum.returned+h.returned, sum.answered+h.answered
		sum.verified, sum.rejected = sum.verified+h.verified, sum.rejected+h.rejected
	}
	for village, want := range stock {
		if s := tx.Village(village).Stock; len(s) != 1 || s[0].Quantity != want {
			w.complain("village %d has %+v, its reports %d", village, s, want)
		}
	}
	w.t.Logf("staff: %+v, %d presses", sum, w.pressed)
	if w.remember && (sum.returned < 10 || sum.answered < 5 || sum.verified < 20 || sum.rejected < 5) {
		w.complain("staff did too little to prove anything: %+v", sum)
	}
}

// outcome holds a report to its history, and what people were shown to both.
func (w *world) outcome(r storage.Report, h history) {
	number := fourDigits(r.Number)
	want := storage.Recorded
	switch {
	case h.verified > 0:
		want = storage.Verified
	case h.rejected > 0:
		want = storage.Refused
	case h.returned > h.answered:
		want = storage.Returned
	}
	if r.State != want {
		w.complain("report %d is %s, not %s: %+v", r.Number, r.State, want, h)
	}
	if n := w.told(0, r.By, returned(number)); n < h.returned {
		w.complain("report %d was returned %d times, told %d times", r.Number, h.returned, n)
	}
	if h.rejected > 0 && w.told(0, r.By, "Laporan No. "+number+" belum bisa diterima") == 0 {
		w.complain("report %d was rejected and nobody told", r.Number)
	}
	if h.verified > 0 && !w.toldVerified(r.By, number) {
		w.complain("report %d was verified and nobody told", r.Number)
	}
	w.card(number, r.State)
}

func fourDigits(n uint64) string {
	words := strconv.FormatUint(n, 10)
	return strings.Repeat("0", max(0, 4-len(words))) + words
}

// toldVerified says whether somebody was told that a report was verified, alone or in a list.
func (w *world) toldVerified(who int64, number string) bool {
	for _, e := range w.telegram.Events(0) {
		if e.Chat == who && e.Person == 0 && e.Message != nil && strings.Contains(e.Message.Text, "diverifikasi Dinsos") && strings.Contains(e.Message.Text, number) {
			return true
		}
	}
	return false
}

// card holds the newest card of a report in the group to the report's state.
func (w *world) card(number string, state storage.ReportState) {
	shown := ""
	for _, m := range w.telegram.Messages(w.group) {
		if hit := cardNumber.FindStringSubmatch(m.Text); m.Bot && hit != nil && hit[1] == number {
			shown = m.Text
		}
	}
	says := map[storage.ReportState]string{
		storage.Recorded: "⏳", storage.Verified: "Diverifikasi oleh ", storage.Refused: "Ditolak oleh ", storage.Returned: "Dikembalikan oleh ",
	}[state]
	if shown != "" && !strings.Contains(shown, says) {
		w.complain("report %s is %s, its card says %q", number, state, shown)
	}
}
