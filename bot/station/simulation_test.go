package station_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"wksbm/bot/flows"
	"wksbm/bot/schedule"
	"wksbm/bot/simulator"
	"wksbm/bot/station"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

var (
	seeds = flag.Int("seeds", 4, "how many worlds TestWeek lives through")
	first = flag.Uint64("seed", 1, "the first world's seed")
)

const simToken = "520799:simulation"

// TestWeek lets people report for seven days, in several worlds, while Telegram loses answers and
// repeats them, begins its ids anew and is away for a while, and the process dies at random points.
// Nothing may be lost or doubled.
func TestWeek(t *testing.T) {
	t.Parallel()
	for i := range *seeds {
		seed := *first + uint64(i)
		t.Run(fmt.Sprintf("seed%d", seed), func(t *testing.T) {
			t.Parallel()
			dir := fastDir(t)
			synctest.Test(t, func(t *testing.T) {
				w := live(t, dir, seed, true)
				for _, wrong := range w.judge() {
					t.Error(wrong)
				}
				t.Logf("%d updates heard, %d crashes, %d reports, %d twins, %d repeated answers", w.updates.Load(), w.crashes, len(w.sent), w.twins(), w.repeats)
				if w.crashes < 20 || w.repeats < 20 || len(w.sent) < 100 {
					t.Error("the week was too quiet to prove anything")
				}
			})
		})
	}
}

// TestWeekNeedsTheSeenSet is the control: a bot that forgets which updates it has heard must be
// found out by the same judges.
func TestWeekNeedsTheSeenSet(t *testing.T) {
	t.Parallel()
	dir := fastDir(t)
	synctest.Test(t, func(t *testing.T) {
		w := live(t, dir, 99, false)
		if wrong := w.judge(); len(wrong) == 0 {
			t.Error("without the seen set nothing was found wrong: the judges are blind")
		} else {
			t.Logf("found, as it must be: %s", wrong[0])
		}
	})
}

// fastDir is in memory where the machine has such a place: this test is about order, not about disks.
func fastDir(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "wksbm")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// world is one simulated week.
type world struct {
	t        *testing.T
	telegram *simulator.Telegram
	dir      string
	remember bool // keep the seen set
	people   []int64
	staff    []int64
	desks    map[int64]chan struct{} // of a person: nobody asks while they begin something
	group    int64
	calm     atomic.Bool // no more trouble
	doomed   atomic.Bool // the process dies after the call under way
	updates  atomic.Int64

	mu      sync.Mutex // guards all below: actors and the transport roll the same dice
	dice    *rand.Rand
	crashes int
	repeats int
	sent    map[int]int64    // amount of a report that was confirmed by a receipt → by whom
	begun   map[int]int64    // amount of a report that was begun
	owner   map[string]int64 // number of a report → whose it is
	pressed int
	next    int
	wrong   []string
}

func (w *world) complain(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wrong = append(w.wrong, fmt.Sprintf(format, args...))
}

// life is one process of the bot, from its start to its death.
type life struct {
	w     *world
	store *storage.Store
	dead  atomic.Bool
	died  chan struct{}
	last  []byte // the latest answer that brought updates
}

func (w *world) roll(n int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.dice.IntN(n)
}

var errCrash = errors.New("the process is gone")

// die ends the process at this very point: from now on it reaches neither Telegram nor the disk.
func (l *life) die() {
	if l.dead.CompareAndSwap(false, true) {
		l.w.mu.Lock()
		l.w.crashes++
		l.w.mu.Unlock()
		close(l.died)
	}
}

// gate lets commits pass while the process lives; now and then it dies before one.
func (l *life) gate() error {
	if !l.dead.Load() && !l.w.calm.Load() && l.w.roll(600) == 0 {
		l.die()
	}
	if l.dead.Load() {
		return errCrash
	}
	return nil
}

// RoundTrip carries a call to Telegram, or loses it, or loses its answer, or gives an old one again,
// or the process dies before or after it.
func (l *life) RoundTrip(r *http.Request) (*http.Response, error) {
	if l.dead.Load() {
		return nil, errCrash
	}
	polls := strings.HasSuffix(r.URL.Path, "/getUpdates")
	fate := 1000
	if !l.w.calm.Load() {
		fate = l.w.roll(1000)
	}
	switch {
	case fate < 3:
		l.die()
		return nil, errCrash
	case fate < 20 && polls && l.last != nil:
		l.w.mu.Lock()
		l.w.repeats++
		l.w.mu.Unlock()
		return reply(r, l.last), nil
	}
	resp, err := l.w.telegram.Client().Do(r)
	if l.w.doomed.CompareAndSwap(true, false) {
		l.die()
		return nil, errCrash
	}
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if fate >= 20 && fate < 24 {
		l.die()
	}
	if l.dead.Load() {
		return nil, errCrash
	}
	if polls && bytes.Contains(body, []byte(`"update_id"`)) {
		l.last = body
		l.w.updates.Add(int64(bytes.Count(body, []byte(`"update_id"`))))
	}
	return reply(r, body), nil
}

func reply(r *http.Request, body []byte) *http.Response {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), Request: r}
}

// trouble is what Telegram itself does to a call.
func (w *world) trouble(c simulator.Call) simulator.Fault {
	if w.calm.Load() {
		return simulator.Fault{}
	}
	switch n := w.roll(400); {
	case n < 6:
		return simulator.Fault{CutBefore: true}
	case n < 12:
		return simulator.Fault{CutAfter: true}
	case n < 15:
		return simulator.Fault{Status: http.StatusBadGateway}
	case n < 17:
		return simulator.Fault{Status: http.StatusInternalServerError, JSON: true, Text: "Internal Server Error: restart"}
	case n < 19:
		after := 1 + w.roll(20)
		return simulator.Fault{Status: http.StatusTooManyRequests, Text: "Too Many Requests: retry after " + strconv.Itoa(after), RetryAfter: after}
	case n < 24:
		return simulator.Fault{Delay: time.Duration(w.roll(8)) * time.Second}
	}
	return simulator.Fault{}
}

// start begins a life on the files the last one left.
func (w *world) start() (*life, *station.Station) {
	l := &life{w: w, died: make(chan struct{})}
	store, err := storage.Open(filepath.Join(w.dir, "wksbm.db"), storage.Options{
		MapSize: 1 << 26, Gate: l.gate, Die: func(err error) { w.t.Errorf("commit failed: %v", err) },
	})
	if err != nil {
		w.t.Fatal(err)
	}
	l.store = store
	s, err := station.New(station.Config{
		Token: simToken, Store: store, Region: region.Must(region.Load()), Privacy: flows.Privacy{Version: "1", Controller: "Dinsos", Contact: "Dinsos"},
		Jobs: []schedule.Job{{Name: "daily", Cron: "0 7 * * *"}, {Name: "weekly", Cron: "0 8 * * 1"}},
		HTTP: &http.Client{Transport: l, Timeout: 65 * time.Second}, Now: time.Now,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return l, s
}

// live runs the world for a week of its time, then waits until all is quiet.
func live(t *testing.T, dir string, seed uint64, remember bool) *world {
	w := &world{t: t, dir: dir, remember: remember, dice: rand.New(rand.NewPCG(seed, 52)), sent: map[int]int64{}, begun: map[int]int64{}, owner: map[string]int64{}, desks: map[int64]chan struct{}{}}
	w.telegram = simulator.New(simulator.Options{Token: simToken, Now: time.Now, Decide: w.trouble})
	w.calm.Store(true)
	w.settle()
	w.calm.Store(false)
	ctx, cancel := context.WithCancel(context.Background())
	var bot, actors sync.WaitGroup
	bot.Go(func() { w.supervise(ctx) })
	week, over := context.WithTimeout(ctx, 7*24*time.Hour)
	defer over()
	for _, who := range w.people {
		actors.Go(func() { w.report(week, who) })
	}
	for _, who := range w.staff {
		actors.Go(func() { w.judgeReports(week, who) })
	}
	actors.Go(func() { w.weather(week) })
	actors.Wait()
	<-week.Done()
	w.calm.Store(true)
	for _, who := range w.people[:len(w.people)/2] { // the others leave questions open
		actors.Go(func() { w.mend(who) })
	}
	actors.Wait()
	w.rest()
	cancel()
	bot.Wait()
	return w
}

// settle makes the people, their membership and the group known.
func (w *world) settle() {
	for _, name := range []string{"Budi", "Wati", "Joko"} {
		w.staff = append(w.staff, w.telegram.AddPerson("staf"+name, name))
	}
	w.group = w.telegram.AddGroup("grup", "Dinsos", w.staff...)
	if err := w.telegram.AddBot(w.staff[0], w.group); err != nil {
		w.t.Fatal(err)
	}
	villages := region.Must(region.Load()).Villages(0)
	l, _ := w.start()
	err := l.store.Update(context.Background(), func(tx *storage.Tx) error {
		if _, err := tx.Record(time.Now(), 0, 0, storage.GroupClaimed{Chat: w.group}); err != nil {
			return err
		}
		for i := range 8 {
			who := w.telegram.AddPerson(fmt.Sprintf("p%d", i), fmt.Sprintf("Pelapor %d", i))
			w.people = append(w.people, who)
			w.desks[who] = make(chan struct{}, 1)
			m := storage.Member{
				User: who, Person: tx.NewPerson(), Address: "ibu", Village: villages[i*7].Code, Role: storage.Ketua,
				Consent: storage.Consent{At: time.Now(), Version: "1"}, Request: tx.NextRequest(),
			}
			m.Name = tx.Seal(m.Person, "name", "Pelapor")
			if _, err := tx.Record(time.Now(), who, m.Village, storage.MemberAsked{Member: m}); err != nil {
				return err
			}
			if _, err := tx.Record(time.Now(), 0, m.Village, storage.MemberDecided{User: who, Accepted: true}); err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(err, l.store.Close()); err != nil {
		w.t.Fatal(err)
	}
}

// supervise starts the bot again whenever it died.
func (w *world) supervise(ctx context.Context) {
	for ctx.Err() == nil {
		l, s := w.start()
		own, stop := context.WithCancel(ctx)
		var parts sync.WaitGroup
		parts.Go(func() {
			defer stop() // also when the bot ends by itself
			if err := s.Run(own); err != nil && !l.dead.Load() {
				w.complain("the bot stopped by itself: %v", err)
			}
		})
		parts.Go(func() {
			select {
			case <-l.died:
			case <-own.Done():
			}
			stop()
		})
		if !w.remember {
			parts.Go(func() { forget(own, l.store) })
		}
		parts.Wait()
		stop()
		if err := l.store.Close(); err != nil {
			w.t.Errorf("close: %v", err)
		}
		nap(ctx, time.Duration(1+w.roll(90))*time.Second)
	}
}

// forget drops the seen set all the time.
func forget(ctx context.Context, store *storage.Store) {
	for nap(ctx, 100*time.Millisecond) {
		var any bool
		_ = store.View(func(tx *storage.Tx) error { any = tx.Seen(0) || tx.NextOffset() > 0; return nil })
		if any {
			_ = store.Update(ctx, func(tx *storage.Tx) error { return tx.PruneSeen(time.Now().Add(time.Hour)) })
		}
		if !nap(ctx, 30*time.Second) {
			return
		}
	}
}

func nap(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// weather takes Telegram away now and then, and begins its ids anew.
func (w *world) weather(ctx context.Context) {
	for nap(ctx, time.Duration(4+w.roll(8))*time.Hour) {
		if w.roll(2) == 0 {
			w.telegram.Down(time.Duration(1+w.roll(20)) * time.Minute)
		} else {
			w.telegram.RestartIDs(int64(1000 + w.roll(80_000_000)))
		}
	}
}

// report is one person's week: a report every few hours, each of an amount that no other has.
func (w *world) report(ctx context.Context, who int64) {
	for nap(ctx, time.Duration(10+w.roll(500))*time.Minute) {
		w.mu.Lock()
		w.next++
		amount := w.next
		w.begun[amount] = who
		w.mu.Unlock()
		// What was begun is finished, also when the week is over: nobody leaves in the middle.
		w.tell(who, amount)
	}
}

// tale is what a person tells in one message, how the bot reads it back, and the button that sends it:
// aid of so many kilos, a meeting of so many people, or a household by its name.
type tale struct{ words, summary, send, receipt string }

func taleOf(amount int) tale {
	n := text.Milli(amount * 1000)
	switch {
	case amount%3 == 0:
		return tale{
			fmt.Sprintf("rapat rutin hari ini hadir %d orang, keputusan: iuran tetap", amount),
			fmt.Sprintf("Hadir: %d orang\nPimpinan", amount), "✅ Kirim", fmt.Sprintf("hadir %d orang\nDinsos", amount),
		}
	case amount%5 == 0:
		name := household(amount)
		return tale{
			name + " RT 03, 4 jiwa, lansia, butuh sembako",
			"🏠 " + name + "\nRT 03", "✅ Setuju, kirim", "Warga: " + name + "\nDinsos",
		}
	}
	return tale{
		fmt.Sprintf("beras %d kg dari BAZNAS untuk umum hari ini", amount),
		fmt.Sprintf("Beras %s kg\nDari: BAZNAS", n), "✅ Kirim", fmt.Sprintf("Beras %s kg\nStok", n),
	}
}

// household is a name that no other amount has.
func household(amount int) string {
	given := []string{"Aminah", "Burhan", "Darmawan", "Fatimah", "Hasanudin", "Kurnia", "Lestari", "Mulyadi", "Nurjanah", "Purnomo", "Rohani", "Saleh", "Wulandari"}
	family := []string{"Abdullah", "Basri", "Effendi", "Gunawan", "Iskandar", "Latif", "Munandar", "Syamsuddin", "Tohir", "Yusuf", "Zakaria"}
	return given[amount%len(given)] + " " + family[amount%len(family)]
}

// amountOf is the amount by which a report is known.
func (w *world) amountOf(tx *storage.Tx, r storage.Report) int {
	switch r.Kind {
	case storage.HouseholdFound:
		c, _ := tx.Case(r.Number)
		name := tx.Unseal(c.Name, "name")
		for amount := range w.begun {
			if amount%3 != 0 && amount%5 == 0 && household(amount) == name {
				return amount
			}
		}
		return 0
	case storage.MeetingHeld:
		var m storage.Meeting
		r.DecodeBody(&m)
		return m.Present()
	}
	return int(r.Lines[0].Quantity / 1000)
}

// tell says what happened, sends it when the bot sums it up, and presses again when nothing happens.
func (w *world) tell(who int64, amount int) {
	t := taleOf(amount)
	if !w.begin(who, t) {
		w.complain("%d waited in vain for the summary of report %d", who, amount)
		return
	}
	if w.roll(2) == 0 { // the rice is on the stove
		_ = nap(context.Background(), time.Duration(w.roll(25))*time.Minute)
	}
	for range 200 {
		if w.telegram.TapLabel(who, who, t.send) == nil && w.roll(3) == 0 {
			_ = w.telegram.TapLabel(who, who, t.send) // an impatient finger
		}
		if w.await(who, t.receipt, 4*time.Minute) {
			w.keep(who, amount, t)
			return
		}
	}
	w.complain("%d pressed Kirim for report %d and got no receipt", who, amount)
}

// hush has a person and staff wait for each other. A channel, because the clock stands while one waits for
// a mutex.
func (w *world) hush(who int64) (done func()) {
	w.desks[who] <- struct{}{}
	return func() { <-w.desks[who] }
}

// begin says what happened, once every question of staff is answered, and waits for the summary.
func (w *world) begin(who int64, t tale) bool {
	defer w.hush(who)()
	w.mend(who)
	if _, err := w.telegram.Say(who, who, t.words); err != nil {
		w.t.Error(err)
		return false
	}
	return w.await(who, t.summary, 12*time.Hour)
}

// keep notes a receipt, and says thanks now and then.
func (w *world) keep(who int64, amount int, t tale) {
	w.mu.Lock()
	w.sent[amount] = who
	for _, m := range w.telegram.Messages(who) {
		if hit := receiptNumber.FindStringSubmatch(m.Text); hit != nil && strings.Contains(m.Text, t.receipt) {
			w.owner[hit[1]] = who
		}
	}
	w.mu.Unlock()
	defer w.hush(who)()
	if !w.asked(who) && w.roll(2) == 0 { // words would be taken for an answer
		_, _ = w.telegram.Say(who, who, "terima kasih")
	}
}

// await looks at the screen until it shows words.
func (w *world) await(chat int64, words string, patience time.Duration) bool {
	news, done := w.telegram.Subscribe()
	defer done()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		all := w.telegram.Messages(chat)
		for _, m := range all[max(0, len(all)-6):] {
			if m.Bot && strings.Contains(m.Text, words) {
				return true
			}
		}
		select {
		case <-news:
		case <-timer.C:
			return false
		}
	}
}

// rest waits, without any trouble, until nothing is left to do. It ends between the times at which the
// calendar has something done every five minutes, which would be under way then.
func (w *world) rest() {
	const beat = 5 * time.Minute
	end := time.Now().Add(2 * time.Hour).Truncate(beat).Add(beat / 2)
	_ = nap(context.Background(), time.Until(end))
}

var receiptNumber = regexp.MustCompile(`Tercatat\. No\. (\d+)`)

// twins counts receipts that are on a screen more than once.
func (w *world) twins() int {
	n := 0
	for _, who := range w.people {
		seen := map[string]bool{}
		for _, m := range w.telegram.Messages(who) {
			if hit := receiptNumber.FindStringSubmatch(m.Text); hit != nil {
				if seen[hit[1]] {
					n++
				}
				seen[hit[1]] = true
			}
		}
	}
	return n
}

// judge lists everything that must not be.
func (w *world) judge() []string {
	complain := w.complain
	if n := w.telegram.Pending(); n > 0 {
		complain("%d updates were never confirmed", n)
	}
	store, err := storage.Open(filepath.Join(w.dir, "wksbm.db"), storage.Options{MapSize: 1 << 26})
	if err != nil {
		w.t.Fatal(err)
	}
	defer store.Close()
	found, err := store.Doctor(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	for _, f := range found {
		complain("doctor: %s", f)
	}
	_ = store.View(func(tx *storage.Tx) error {
		times := map[int]int{}
		for n := uint64(1); n < tx.NextReport(); n++ {
			r, _ := tx.Report(n)
			amount := w.amountOf(tx, r)
			times[amount]++
			if who, ok := w.begun[amount]; !ok || who != r.By || len(r.Lines) > 1 {
				complain("report %d, told as %d, is nobody's", n, amount)
			}
		}
		for amount := range w.sent {
			if times[amount] != 1 {
				complain("the report told as %d is there %d times", amount, times[amount])
			}
		}
		for amount, n := range times {
			if n > 1 {
				complain("the report told as %d is there %d times", amount, n)
			}
		}
		for o := range tx.Outgoings() {
			complain("message %d (%s, %s) never left", o.Seq, o.State, o.Why)
		}
		if n := len(tx.Asides()); n > 0 {
			complain("%d updates were set aside", n)
		}
		return nil
	})
	_ = store.View(func(tx *storage.Tx) error { w.reviews(tx); return nil })
	w.digests()
	w.unprompted()
	return w.wrong
}

// unprompted compares how often people said thanks with how often they were answered. A send in doubt
// may be repeated; beyond that an answer comes from a word that was heard twice.
func (w *world) unprompted() {
	said, answered := 0, 0
	for _, e := range w.telegram.Events(0) {
		switch {
		case e.Kind != simulator.Sent || e.Chat == w.group:
		case e.Person != 0 && e.Message.Text == "terima kasih":
			said++
		case e.Person == 0 && strings.HasPrefix(e.Message.Text, "Terima kasih, Bu"):
			answered++
		}
	}
	w.t.Logf("thanks said %d, answered %d", said, answered)
	if answered < said || answered > said+said/6 {
		w.complain("thanks were said %d times and answered %d times", said, answered)
	}
}

// digests looks at the group: each period once, or again with the mark of a repeat.
func (w *world) digests() {
	var titles []string
	for _, m := range w.telegram.Messages(w.group) {
		title, _, _ := strings.Cut(m.Text, "\n")
		switch {
		case !strings.HasPrefix(title, "Rekap"):
		case slices.Contains(titles, title) && !strings.Contains(m.Text, "kiriman ulang"):
			w.complain("%s was posted again without saying so", title)
		default:
			titles = append(titles, title)
		}
	}
	if len(titles) < 6 {
		w.complain("only %d digests in a week", len(titles))
	}
}
