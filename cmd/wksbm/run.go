package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"

	"github.com/coreos/go-systemd/v22/daemon"

	"wksbm/bot/flows"
	"wksbm/bot/office"
	"wksbm/bot/remind"
	"wksbm/bot/schedule"
	"wksbm/bot/station"
	"wksbm/storage"
	"wksbm/storage/region"
)

type runCmd struct {
	configFlag
}

// Help implements kong.HelpProvider.
func (runCmd) Help() string {
	return "While no Dinsos group is known, a code for /pasang is printed. SIGTERM stops within five seconds; nothing is lost.\n\n" +
		"Exit status: 0 stopped as asked, 1 failed (database in use, token refused, a second bot), 2 wrong configuration."
}

// Run runs the bot until ctx ends.
func (c runCmd) Run(ctx context.Context, to console) error {
	s, err := c.read()
	if err != nil {
		return err
	}
	if err := s.needToken(); err != nil {
		return err
	}
	store, err := openStore(s)
	if err != nil {
		return err
	}
	return errors.Join(serve(ctx, s, store, to), store.Close())
}

func serve(ctx context.Context, s settings, store *storage.Store, to console) error {
	cfg := stationConfig(s, store)
	cfg.Log = slog.New(slog.NewTextHandler(to.err, nil))
	st, err := station.New(cfg)
	if err != nil {
		return err
	}
	socket, err := listenControl(socketOf(s.Storage.Path))
	if err != nil {
		return err
	}
	if err := offerClaim(ctx, store, s.Telegram.StaffGroup, to.out); err != nil {
		return errors.Join(err, socket.Close())
	}
	_, _ = daemon.SdNotify(false, daemon.SdNotifyReady) // no supervisor, no harm
	cfg.Log.Info("running", "version", version())
	ctx, stop := context.WithCancel(ctx)
	var control sync.WaitGroup
	var controlErr error
	control.Go(func() { controlErr = serveControl(ctx, socket, own{store}) })
	err = st.Run(ctx)
	_, _ = daemon.SdNotify(false, daemon.SdNotifyStopping)
	stop()
	control.Wait()
	cfg.Log.Info("stopped")
	return errors.Join(err, controlErr)
}

// stationConfig is the wiring that run and demo share.
func stationConfig(s settings, store *storage.Store) station.Config {
	return station.Config{
		Token: s.Telegram.Token.secret, API: s.Telegram.APIURL.url, Store: store, Region: region.Must(region.Load()),
		StaffGroup: s.Telegram.StaffGroup,
		Privacy:    flows.Privacy{Version: s.Privacy.Version, Controller: s.Privacy.Controller, Contact: s.Privacy.Contact, Retention: s.Keep.Months},
		Reminders: remind.Rules{
			FromDay: s.Remind.FromDay, PerWeek: s.Remind.PerWeek,
			QuietFrom: s.Remind.QuietFrom.minutes, QuietTo: s.Remind.QuietTo.minutes,
		},
		Limits: flows.Limits{AidGap: s.Limits.AidGapDays},
		Jobs: []schedule.Job{
			{Name: "daily", Cron: s.Digest.Daily.expression},
			{Name: "weekly", Cron: s.Digest.Weekly.expression},
			{Name: "monthly", Cron: s.Digest.Monthly.expression},
		},
	}
}

// offerClaim prints a new code for /pasang while there is no Dinsos group. Only its hash is kept.
func offerClaim(ctx context.Context, store *storage.Store, configured int64, out io.Writer) error {
	known := configured != 0
	err := store.View(func(tx *storage.Tx) error {
		_, claimed := tx.StaffGroup()
		known = known || claimed
		return nil
	})
	if err != nil || known {
		return err
	}
	raw := make([]byte, 5)
	if _, err := rand.Read(raw); err != nil {
		return fmt.Errorf("make code: %w", err)
	}
	code := hex.EncodeToString(raw)
	code = code[:5] + "-" + code[5:]
	err = store.Update(ctx, func(tx *storage.Tx) error { return tx.SetNote(office.ClaimNote, office.HashClaim(code)) })
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Belum ada grup Dinsos. Tambahkan bot ke grup, lalu ketik di sana:\n  /pasang %s\n", code)
	return nil
}
