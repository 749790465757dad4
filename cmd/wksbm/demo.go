package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"wksbm/bot/simulator"
	"wksbm/bot/station"
	"wksbm/storage"
)

type demoCmd struct {
	Listen string `default:"127.0.0.1:8707" placeholder:"ADDRESS" help:"Where the page is served (${default})."`
	Data   string `placeholder:"DIR" help:"Keep chats and database in this folder, and go on with them the next time. Without it everything is new and gone at the end."`
	Empty  bool   `help:"Begin without invented people and reports: for trying the first steps of a Dinsos."`
}

// Help implements kong.HelpProvider.
func (demoCmd) Help() string {
	return "Serves a Telegram of its own on this computer: the phones of a ketua, a relawan, a TKSK and an officer, and the Dinsos group, in the browser. " +
		"The bot behind it is the one of \"wksbm run\".\n\nExit status: 0 stopped, 1 failed (the address is in use), 2 wrong use."
}

// botName is the name of the demo's bot.
const botName = "wksbm_demo_bot"

// demoToken is the token of the demo's bot, which exists nowhere else.
const demoToken = "520799:demo"

// Run serves the demo until ctx ends.
func (c demoCmd) Run(ctx context.Context, to console) error {
	dir := c.Data
	if dir == "" {
		temp, err := os.MkdirTemp("", "wksbm-demo-")
		if err != nil {
			return fmt.Errorf("make folder: %w", err)
		}
		defer os.RemoveAll(temp)
		dir = temp
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("serve the page: %w\nanother address: wksbm demo --listen 127.0.0.1:0", err)
	}
	return newTheatre(dir, c.Empty, listener, to).play(ctx, listener, to)
}

func newTheatre(dir string, empty bool, l net.Listener, to console) *theatre {
	return &theatre{
		dir: dir, empty: empty, out: to.out, api: "http://" + l.Addr().String(),
		log: slog.New(slog.NewTextHandler(to.err, &slog.HandlerOptions{Level: slog.LevelError})),
	}
}

// theatre is a demo under way: a local Telegram and the bot that runs against it.
type theatre struct {
	dir   string
	api   string
	empty bool
	log   *slog.Logger
	out   io.Writer

	telegram *simulator.Telegram
	mu       sync.Mutex // one change of the bot at a time
	stop     func() error
	saving   sync.Mutex
}

func (t *theatre) database() string { return filepath.Join(t.dir, "wksbm.db") }

func (t *theatre) world() string { return filepath.Join(t.dir, "telegram.json") }

// screens are what the page shows. What is to be tried there is in the story, which an empty demo lacks.
func screens(empty bool) []simulator.Column {
	all := []simulator.Column{
		{Title: "Bu Sumiati, ketua", Person: "ketua", Chat: "ketua", Hint: "Coba tulis: beras 20 kg dari BAZNAS untuk lansia. Lalu lihat Grup Dinsos."},
		{Title: "Nur Aini, relawan", Person: "relawan", Chat: "relawan", Hint: "Belum terdaftar. Tekan MULAI, lalu Daftar; Dinsos menyetujuinya di grup."},
		{Title: "Grup Dinsos", Person: "staf", Chat: "grup", Hint: "Tekan Verifikasi atau Rincian pada kartu; tulis /periksa atau /bantu."},
		{Title: "Bu Rahmawati, TKSK", Person: "tksk", Chat: "tksk", Hint: "Melihat Taliwang saja. Coba Periksa atau Desa diam."},
		{Title: "Pak Budi, petugas", Person: "staf", Chat: "staf", Hint: "Rincian dari grup terbuka di sini. Coba Kasus, atau tulis /cari Siti."},
	}
	if empty {
		for i := range all {
			all[i].Hint = ""
		}
	}
	return all
}

func (t *theatre) play(ctx context.Context, l net.Listener, to console) error {
	t.telegram = simulator.New(simulator.Options{Token: demoToken, BotName: botName})
	page := &simulator.Page{Telegram: t.telegram, Restart: t.restart, Reset: t.reset, Columns: screens(t.empty)}
	// Streams of the page end with the program, so that it can stop at once.
	server := &http.Server{
		Handler: page.Handler(), ReadHeaderTimeout: 5 * time.Second, ErrorLog: slog.NewLogLogger(t.log.Handler(), slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	if err := t.begin(); err != nil {
		return errors.Join(err, server.Close())
	}
	fmt.Fprintf(to.out, "Buka %s di peramban. Ctrl+C untuk berhenti.\n", t.api)
	err := t.watch(ctx, failed)
	t.mu.Lock()
	defer t.mu.Unlock()
	return errors.Join(err, t.halt(), t.save(), server.Close())
}

// watch saves the chats now and then until the end: the computer may be switched off at any time.
func (t *theatre) watch(ctx context.Context, failed <-chan error) error {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	saved := 0
	for {
		select {
		case err := <-failed:
			return err
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if last := t.telegram.LastEvent(); last != saved {
			if err := t.save(); err != nil {
				t.log.Error("save chats", "error", err)
			}
			saved = last
		}
	}
}

// begin takes up what the folder holds, or starts a new story.
func (t *theatre) begin() error {
	data, err := os.ReadFile(t.world())
	switch {
	case err == nil:
		if err := t.telegram.Load(data); err != nil {
			return err
		}
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Stat(t.database()); err == nil {
			return fmt.Errorf("%s holds a database but no chats; remove the folder, or name another with --data", t.dir)
		}
		if err := errors.Join(t.newStory(), t.save()); err != nil {
			return err
		}
	default:
		return fmt.Errorf("read chats: %w", err)
	}
	return t.start()
}

func (t *theatre) save() error {
	t.saving.Lock()
	defer t.saving.Unlock()
	data, err := t.telegram.Save()
	if err == nil {
		err = os.WriteFile(t.world()+".new", data, 0o600)
	}
	if err == nil {
		err = os.Rename(t.world()+".new", t.world())
	}
	if err != nil {
		return fmt.Errorf("save chats: %w", err)
	}
	return nil
}

// start opens the database and runs the bot in the background, wired as "wksbm run" does.
func (t *theatre) start() error {
	store, err := storage.Open(t.database(), storage.Options{Log: t.log})
	if err != nil {
		return err
	}
	s := defaults()
	s.Telegram.Token, s.Telegram.APIURL = token{demoToken}, address{t.api}
	cfg := stationConfig(s, store)
	cfg.Log = t.log
	st, err := station.New(cfg)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	if err := store.View(func(tx *storage.Tx) error { t.telegram.Raise(tx.NextOffset()); return nil }); err != nil {
		return errors.Join(err, store.Close())
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- st.Run(ctx) }()
	t.stop = func() error {
		cancel()
		return errors.Join(<-ended, store.Close())
	}
	return nil
}

// halt stops the bot that runs, if one does.
func (t *theatre) halt() error {
	stop := t.stop
	t.stop = nil
	if stop == nil {
		return nil
	}
	return stop()
}

func (t *theatre) restart() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return errors.Join(t.halt(), t.save(), t.start())
}

func (t *theatre) reset() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	err := t.halt()
	for _, suffix := range []string{"", ".keys", ".key", ".erased"} {
		if e := os.Remove(t.database() + suffix); !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	t.telegram.Reset()
	return errors.Join(err, t.newStory(), t.start())
}
