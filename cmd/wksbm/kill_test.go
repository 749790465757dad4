package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"wksbm/bot/simulator"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

var kills = flag.Int("kills", 50, "how often TestKill kills the bot")

const killToken = "520799:kill"

// TestKill runs the real binary against a local Telegram and kills it with SIGKILL at random
// instants while people report. Every report whose Kirim was accepted exists exactly once, and every
// chat gets its answer.
func TestKill(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no SIGKILL")
	}
	t.Parallel()
	h := newHunt(t)
	ctx, stop := context.WithCancel(context.Background())
	var people sync.WaitGroup
	for _, who := range h.people {
		people.Go(func() { h.report(ctx, who) })
	}
	people.Go(func() { h.judge(ctx) })
	for n := range *kills {
		h.life(time.Duration(15+rand.IntN(900)) * time.Millisecond)
		if t.Failed() {
			t.Fatalf("after %d kills:\n%s", n, h.log.String())
		}
	}
	stop()
	bot := h.start()
	people.Wait() // everybody gets their answer, or says so
	h.end(bot)
	lost, doubled := h.count()
	t.Logf("kills %d, reports %d, lost %d, doubled %d, twin messages %d", *kills, len(h.sent), lost, doubled, h.twins())
	if lost > 0 || doubled > 0 {
		t.Errorf("%d reports lost, %d doubled", lost, doubled)
	}
	if len(h.sent) < *kills/4 {
		t.Errorf("only %d reports in %d lives: nothing is proven", len(h.sent), *kills)
	}
}

// hunt is the world of TestKill.
type hunt struct {
	t        *testing.T
	binary   string
	config   string
	database string
	telegram *simulator.Telegram
	people   []int64
	staff    int64
	group    int64
	log      safeBuffer

	mu   sync.Mutex
	sent map[int]bool // amounts whose receipt was seen
	next int
}

func newHunt(t *testing.T) *hunt {
	dir := t.TempDir()
	h := &hunt{
		t: t, binary: buildBinary(t, dir), config: filepath.Join(dir, "config.toml"),
		database: filepath.Join(dir, "wksbm.db"), sent: map[int]bool{},
	}
	h.telegram = simulator.New(simulator.Options{Token: killToken})
	server := httptest.NewServer(h.telegram)
	t.Cleanup(server.CloseClientConnections)
	t.Cleanup(server.Close)
	h.staff = h.telegram.AddPerson("staf", "Budi")
	h.group = h.telegram.AddGroup("grup", "Dinsos", h.staff)
	if err := h.telegram.AddBot(h.staff, h.group); err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("[telegram]\napi_url = %q\nstaff_group = %d\n[storage]\npath = \"wksbm.db\"\n", server.URL, h.group)
	if err := os.WriteFile(h.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	h.enroll()
	return h
}

// enroll makes eight people members before the first life.
func (h *hunt) enroll() {
	store, err := storage.Open(h.database, storage.Options{})
	if err != nil {
		h.t.Fatal(err)
	}
	villages := region.Must(region.Load()).Villages(0)
	w := &writer{}
	err = store.Update(context.Background(), func(tx *storage.Tx) error {
		w.tx = tx
		for i := range 8 {
			who := h.telegram.AddPerson(fmt.Sprintf("p%d", i), fmt.Sprintf("Pelapor %d", i))
			h.people = append(h.people, who)
			if err := w.enroll(time.Now(), who, "Pelapor", villages[i*5].Code); err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(err, store.Close()); err != nil {
		h.t.Fatal(err)
	}
}

func (h *hunt) start() *exec.Cmd {
	bot := exec.Command(h.binary, "run", "--config", h.config)
	bot.Env = append(os.Environ(), tokenVariable+"="+killToken)
	bot.Stdout, bot.Stderr = &h.log, &h.log
	if err := bot.Start(); err != nil {
		h.t.Fatal(err)
	}
	return bot
}

// life starts the bot and kills it after a while. A bot that ends by itself before is a failure.
func (h *hunt) life(span time.Duration) {
	bot := h.start()
	ended := make(chan error, 1)
	go func() { ended <- bot.Wait() }()
	select {
	case err := <-ended:
		h.t.Errorf("the bot ended by itself: %v", err)
	case <-time.After(span):
		_ = bot.Process.Kill()
		<-ended
	}
}

// end stops the bot as an operator does.
func (h *hunt) end(bot *exec.Cmd) {
	time.AfterFunc(time.Minute, func() { _ = bot.Process.Kill() })
	for calls := -1; calls != len(h.telegram.Calls()); <-time.After(4 * time.Second) {
		calls = len(h.telegram.Calls()) // until the last messages are out
	}
	started := time.Now()
	if err := bot.Process.Signal(syscall.SIGTERM); err != nil {
		h.t.Fatal(err)
	}
	if err := bot.Wait(); err != nil {
		h.t.Errorf("stop: %v\n%s", err, h.log.String())
	}
	if took := time.Since(started); took > 5*time.Second {
		h.t.Errorf("the stop took %v", took)
	}
}

// report has one person report one amount after the other.
func (h *hunt) report(ctx context.Context, who int64) {
	for ctx.Err() == nil {
		h.mu.Lock()
		h.next++
		amount := h.next
		h.mu.Unlock()
		if !h.tell(who, amount) {
			return
		}
	}
}

func (h *hunt) tell(who int64, amount int) bool {
	if _, err := h.telegram.Say(who, who, fmt.Sprintf("beras %d kg dari BAZNAS untuk umum hari ini", amount)); err != nil {
		h.t.Error(err)
		return false
	}
	if !h.await(who, fmt.Sprintf("Beras %s kg\nDari", text.Milli(amount*1000)), time.Minute) {
		h.t.Errorf("no summary for %d kg", amount)
		return false
	}
	for range 20 {
		if h.telegram.TapLabel(who, who, "✅ Kirim") == nil && rand.IntN(3) == 0 {
			_ = h.telegram.TapLabel(who, who, "✅ Kirim")
		}
		if h.await(who, fmt.Sprintf("Beras %s kg\nStok", text.Milli(amount*1000)), 8*time.Second) {
			h.mu.Lock()
			h.sent[amount] = true
			h.mu.Unlock()
			return true
		}
	}
	h.t.Errorf("no receipt for %d kg", amount)
	return false
}

// judge has an officer verify many reports at once and turn one down, at a pace that the group bears.
func (h *hunt) judge(ctx context.Context) {
	for ctx.Err() == nil {
		_, _ = h.telegram.Say(h.staff, h.group, "/periksa")
		for _, label := range []string{`^✅ Verifikasi \d+ bantuan & rapat$`, `^✅ Verifikasi \d+$`, `^[A-Z][a-z ]+ \d+$`, `^Kartu \d+$`, `^Tolak$`, `^Salah kirim$`} {
			<-time.After(2 * time.Second)
			h.press(regexp.MustCompile(label))
		}
	}
}

// press taps the newest button like this in the group.
func (h *hunt) press(label *regexp.Regexp) {
	all := h.telegram.Messages(h.group)
	for _, m := range slices.Backward(all) {
		for _, row := range m.Buttons {
			for _, b := range row {
				if label.MatchString(b.Label) {
					_ = h.telegram.Tap(h.staff, h.group, m.ID, b.Label)
					return
				}
			}
		}
	}
}

// outcomes counts the reports that the officer decided, and holds each to having been told.
func (h *hunt) outcomes(tx *storage.Tx) {
	told := map[int64]string{}
	for _, e := range h.telegram.Events(0) {
		if e.Person == 0 && e.Message != nil {
			told[e.Chat] += e.Message.Text + "\n"
		}
	}
	verified, refused := 0, 0
	for n := uint64(1); n < tx.NextReport(); n++ {
		r, _ := tx.Report(n)
		number, ok := fmt.Sprintf("%04d", n), true
		switch r.State {
		case storage.Verified:
			verified++
			ok = regexp.MustCompile(`(?s)diverifikasi Dinsos.*\n.*\b` + number + `\b|No\. ` + number + ` sudah diverifikasi`).MatchString(told[r.By])
		case storage.Refused:
			refused++
			ok = strings.Contains(told[r.By], "Laporan No. "+number+" belum bisa diterima")
		}
		if !ok {
			h.t.Errorf("report %d is %s and nobody was told", n, r.State)
		}
	}
	h.t.Logf("verified %d, turned down %d", verified, refused)
	if verified == 0 {
		h.t.Error("the officer verified nothing")
	}
}

// await waits until a chat shows words.
func (h *hunt) await(chat int64, words string, patience time.Duration) bool {
	news, done := h.telegram.Subscribe()
	defer done()
	late := time.After(patience)
	for {
		all := h.telegram.Messages(chat)
		for _, m := range all[max(0, len(all)-6):] {
			if m.Bot && strings.Contains(m.Text, words) {
				return true
			}
		}
		select {
		case <-news:
		case <-late:
			return false
		}
	}
}

// count opens what the last life left, lets the doctor see it, and compares.
func (h *hunt) count() (lost, doubled int) {
	store, err := storage.Open(h.database, storage.Options{})
	if err != nil {
		h.t.Fatal(err)
	}
	defer store.Close()
	found, err := store.Doctor(context.Background())
	if err != nil || len(found) > 0 {
		h.t.Errorf("doctor: %v %v", found, err)
	}
	times := map[int]int{}
	_ = store.View(func(tx *storage.Tx) error {
		for n := uint64(1); n < tx.NextReport(); n++ {
			r, _ := tx.Report(n)
			for _, l := range r.Lines {
				times[int(l.Quantity/1000)]++
			}
		}
		h.outcomes(tx)
		for o := range tx.Outgoings() {
			h.t.Errorf("message %d (%s %s) never left", o.Seq, o.State, o.Why)
		}
		return nil
	})
	for amount, n := range times {
		doubled += n - 1
		if amount > h.next {
			h.t.Errorf("a report of %d kg is nobody's", amount)
		}
	}
	for amount := range h.sent {
		if times[amount] == 0 {
			lost++
		}
	}
	return lost, doubled
}

var receiptNumber = regexp.MustCompile(`Tercatat\. No\. (\d+)`)

// twins counts receipts that a screen shows again.
func (h *hunt) twins() int {
	n := 0
	for _, who := range h.people {
		seen := map[string]bool{}
		for _, m := range h.telegram.Messages(who) {
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
