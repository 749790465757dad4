package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browserVariable turns the skip of a machine without chromium into a failure.
const browserVariable = "WKSBM_BROWSER"

// browser starts a headless chromium with a window of this size.
func browser(t *testing.T, width, height int) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		if os.Getenv(browserVariable) == "required" {
			t.Fatal("no chromium, and " + browserVariable + " requires one")
		}
		t.Skip("no chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(width, height), chromedp.Flag("disable-dev-shm-usage", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// safeBuffer is a buffer that two goroutines may use.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// startDemo runs "wksbm demo" in this process and returns its address.
func startDemo(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	var log safeBuffer
	show := newTheatre(t.TempDir(), false, l, console{out: &log, err: &log})
	go func() { ended <- show.play(ctx, l, console{out: &log, err: &log}) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("demo ended: %v", err)
		}
		if s := log.String(); strings.Contains(s, "ERROR") {
			t.Errorf("demo complained:\n%s", s)
		}
	})
	return show.api
}

// page acts on one screen of the demo, as a person would.
type page struct {
	t      *testing.T
	ctx    context.Context
	narrow bool
}

func (p page) run(what string, actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.shot("failed")
		p.t.Fatalf("%s: %v", what, err)
	}
}

// shot keeps a picture when the test is told where to.
func (p page) shot(name string) {
	dir := os.Getenv("WKSBM_SHOTS")
	if dir == "" {
		return
	}
	if png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot()); err == nil {
		_ = os.WriteFile(filepath.Join(dir, strings.ReplaceAll(p.t.Name(), "/", "_")+"_"+name+".png"), png, 0o600)
	}
}

// turn brings a screen to the front where only one fits.
func (p page) turn(screen int) {
	p.t.Helper()
	if p.narrow {
		p.run("turn to screen", chromedp.Click(fmt.Sprintf("#tabs button:nth-child(%d)", screen+1)))
	}
	p.run("see screen", chromedp.WaitVisible(fmt.Sprintf("#screen%d .chat", screen)))
}

// says types words and sends them.
func (p page) says(screen int, words string) {
	p.t.Helper()
	box := fmt.Sprintf("#screen%d textarea", screen)
	p.run("type "+words, chromedp.SendKeys(box, words), chromedp.Click(fmt.Sprintf("#screen%d button[type=submit]", screen)))
}

// presses clicks the newest button with a label, when it is there and can be seen.
func (p page) presses(screen int, label string) {
	p.t.Helper()
	path := fmt.Sprintf(`(//*[@id="screen%d"]//button[contains(., %q)])[last()]`, screen, label)
	p.run("press "+label, chromedp.WaitVisible(path), chromedp.Click(path))
}

// reads waits until the screen shows words.
func (p page) reads(screen int, words string) {
	p.t.Helper()
	js := fmt.Sprintf(`document.querySelector("#screen%d .chat").textContent.includes(%q)`, screen, words)
	_, err := chromedp.Run(p.ctx, chromedp.Poll[bool](js, chromedp.WithPollingTimeout(20*time.Second), chromedp.WithPollingInterval(50*time.Millisecond)))
	if err != nil {
		p.shot("failed")
		p.t.Fatalf("read %s: %v", words, err)
	}
}

// tool presses one of the buttons behind "Alat".
func (p page) tool(name string) {
	p.t.Helper()
	p.run("open the tools", chromedp.Click("#tools summary"))
	p.run("press "+name, chromedp.Click("[data-post="+name+"]"))
	js := `!document.querySelector("#tools").open`
	if _, err := chromedp.Run(p.ctx, chromedp.Poll[bool](js, chromedp.WithPollingTimeout(20*time.Second))); err != nil {
		p.shot("failed")
		p.t.Fatalf("press %s: %v", name, err)
	}
}

// fits fails when something on the page is wider than the window.
func (p page) fits() {
	p.t.Helper()
	wide, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > window.innerWidth`))
	if err != nil || wide {
		p.shot("wide")
		p.t.Errorf("the page is wider than the window, or cannot be measured: %v", err)
	}
}

// takes follows the newest link to a file on a screen, as "Unduh" does.
func (p page) takes(screen int) (name string, content []byte) {
	p.t.Helper()
	path := fmt.Sprintf("#screen%d .chat a.doc", screen)
	p.run("see the file", chromedp.WaitVisible(path))
	js := fmt.Sprintf(`(() => { const a = [...document.querySelectorAll(%q)].pop(); return [a.download, a.href] })()`, path)
	link, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](js))
	if err != nil {
		p.t.Fatal(err)
	}
	answer, err := http.Get(link[1])
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err = io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		p.t.Fatalf("%s: %s, %v", link[0], answer.Status, err)
	}
	return link[0], content
}

// walk hands aid on, records a family and a meeting as the ketua, and takes a book along. What it
// presses and reads is in the story of the demo.
func (p page) walk() {
	p.t.Helper()
	p.turn(0)
	p.says(0, "/salurkan")
	p.reads(0, "Bantuan apa yang disalurkan?")
	p.presses(0, "Beras")
	p.says(0, "5 kg")
	p.reads(0, "Kepada siapa?")
	p.fits()
	p.shot("6_given")
	p.presses(0, "Hamidah")
	p.presses(0, "Hari ini")
	p.reads(0, "Hamidah sudah menerima")
	p.shot("7_gap")
	p.presses(0, "Kirim")
	p.reads(0, "Sisa di buku desa")
	p.says(0, "/warga")
	p.reads(0, "masih perlu dibantu")
	p.fits()
	p.shot("8_cases")
	p.presses(0, "Catat warga baru")
	p.says(0, "Papin Sapiah RT 02 Dusun Longa, 2 jiwa, lansia, butuh sembako")
	p.presses(0, "Setuju, kirim")
	p.reads(0, "Warga: Papin Sapiah")
	p.presses(0, "Data warga")
	p.reads(0, "menunggu diperiksa")
	p.fits()
	p.shot("9_case")
	p.says(0, "/rapat")
	p.presses(0, "Rutin kemarin")
	p.presses(0, "Semua hadir")
	p.shot("10_roll")
	p.presses(0, "Lanjut")
	p.says(0, "jimpitan beras tiap Jumat")
	p.presses(0, "Kirim")
	p.reads(0, "Rapat rutin · hadir 8 orang")
	p.says(0, "/buku")
	p.shot("11_books")
	p.presses(0, "Kas")
	p.presses(0, "Berkas PDF")
	name, book := p.takes(0)
	if !strings.HasSuffix(name, ".pdf") || !bytes.HasPrefix(book, []byte("%PDF-")) || len(book) < 2000 {
		p.t.Errorf("the book is %s, %d bytes", name, len(book))
	}
	p.fits()
	p.shot("12_file")
	p.turn(2)
	p.reads(2, "Lanjut Usia Terlantar · 2 jiwa")
	p.fits()
	p.shot("13_group")
	p.run("follow a card to the own phone", chromedp.Click(`(//*[@id="screen2"]//a[contains(., "Rincian")])[last()]`))
	p.run("see the own phone", chromedp.WaitVisible("#screen4 .chat"))
	p.reads(4, "Pelapor: ")
	p.fits()
	p.turn(3)
	p.presses(3, "Desa diam")
	p.reads(3, "Keaktifan Kecamatan Taliwang")
	p.fits()
	p.shot("14_tksk")
	p.turn(4)
	p.reads(4, "Petugas Dinsos")
}

// TestDemoInTheBrowser plays a registration, a report and its recap on the page.
func TestDemoInTheBrowser(t *testing.T) {
	t.Parallel()
	for _, size := range []struct{ width, height int }{{360, 740}, {1280, 860}} {
		t.Run(fmt.Sprintf("%dpx", size.width), func(t *testing.T) {
			t.Parallel()
			ctx := browser(t, size.width, size.height)
			p := page{t: t, ctx: ctx, narrow: size.width < 900}
			p.run("open", chromedp.EmulateViewport(int64(size.width), int64(size.height)), chromedp.Navigate(startDemo(t)))
			p.turn(0)
			p.reads(0, "Mau apa, Bu Ketua?")
			p.shot("1_start")
			p.turn(1)
			p.says(1, "/daftar")
			p.presses(1, "Setuju")
			p.reads(1, "Di kecamatan mana?")
			p.says(1, "Seloto")
			p.presses(1, "Relawan")
			p.presses(1, "Ibu")
			p.presses(1, "Nur Aini")
			p.presses(1, "Bagikan nomor saya")
			p.reads(1, "Sudah benar?")
			p.fits()
			p.shot("2_registration")
			p.presses(1, "Kirim")
			p.reads(1, "Pendaftaran terkirim")
			p.turn(2)
			p.presses(2, "Setujui")
			p.reads(2, "Disetujui oleh Budi")
			p.turn(1)
			p.reads(1, "menyetujui pendaftaran")
			p.turn(0)
			p.presses(0, "Terima")
			p.presses(0, "Beras")
			p.presses(0, "25 kg")
			p.presses(0, "Cukup, lanjut")
			p.presses(0, "BAZNAS")
			p.presses(0, "Lansia")
			p.presses(0, "Kalender")
			p.presses(0, "Mg")
			p.fits()
			p.shot("3_calendar")
			p.presses(0, "‹ Kembali")
			p.presses(0, "Hari ini")
			p.reads(0, "Sudah benar, Bu?")
			p.shot("3_summary")
			p.presses(0, "Kirim")
			p.reads(0, "Tercatat. No.")
			p.shot("4_receipt")
			p.turn(2)
			p.says(2, "/rekap hari ini Seloto")
			p.reads(2, "Rekap WKSBM Desa Seloto")
			p.fits()
			p.shot("5_recap")
			if p.narrow { // once is enough
				p.walk()
			}
			p.tool("restart")
			p.turn(0)
			p.says(0, "beras 5 kg") // the chat goes on where it was
			p.reads(0, "Dari siapa bantuannya?")
			p.tool("reset")
			p.run("begin anew", chromedp.WaitNotPresent(`//*[@id="screen0"]//*[contains(text(), "Tercatat")]`))
			p.reads(0, "Mau apa, Bu Ketua?")
		})
	}
}
