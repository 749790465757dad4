// Package station is the assembled bot: telephone, reception, courier and calendar as one running thing.
package station

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"wksbm/bot"
	"wksbm/bot/flows"
	"wksbm/bot/office"
	"wksbm/bot/outbox"
	"wksbm/bot/remind"
	"wksbm/bot/schedule"
	"wksbm/bot/telegram"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Config says what a station is made of. Store, Region and Token are required.
type Config struct {
	Token  string
	API    string // base URL of the Bot API; "" is Telegram's own
	Store  *storage.Store
	Region *region.Region
	// StaffGroup is the Dinsos group by id; 0 when it is claimed by /pasang.
	StaffGroup int64
	Privacy    flows.Privacy
	Limits     flows.Limits
	Jobs       []schedule.Job // digests to post
	Reminders  remind.Rules   // zero: nobody is reminded

	HTTP   *http.Client     // nil: the network
	Now    func() time.Time // nil: the clock
	Random io.Reader        // nil: crypto/rand
	Log    *slog.Logger     // nil: silent
}

// Station runs the bot. It is used by one goroutine: either Run or Step.
type Station struct {
	Bot      *bot.Bot
	Poller   *telegram.Poller
	Courier  *outbox.Courier
	Calendar *schedule.Calendar
	client   *telegram.Client
	cfg      Config
}

// New assembles a station. Nothing is sent and nothing runs yet.
func New(cfg Config) (*Station, error) {
	cfg = withDefaults(cfg)
	client, err := telegram.Dial(cfg.Token, cfg.API, telegram.Options{HTTP: cfg.HTTP, Log: cfg.Log, Now: cfg.Now})
	if err != nil {
		return nil, err
	}
	s := &Station{cfg: cfg, client: client}
	desk := &office.Office{Region: cfg.Region, Contact: cfg.Privacy.Contact, Retention: cfg.Privacy.Retention, Configured: cfg.StaffGroup, Reminders: cfg.Reminders, Standard: standards(cfg)}
	s.Bot = &bot.Bot{
		Store: cfg.Store, Region: cfg.Region, Office: desk, Flows: flows.All(),
		Privacy: cfg.Privacy, Limits: cfg.Limits, NewToken: func() string { return Token(cfg.Random) }, Now: cfg.Now, Log: cfg.Log,
		Reminders: cfg.Reminders,
	}
	desk.Reopen = s.Bot.Reopen
	s.Poller = &telegram.Poller{Client: client, Next: s.next, Hear: s.Bot.Hear, Log: cfg.Log, Now: cfg.Now}
	s.Courier = &outbox.Courier{
		Store: cfg.Store, Sender: client, Draw: s.draw(desk), Seated: s.Bot.Seated, Now: cfg.Now, Log: cfg.Log,
	}
	s.Calendar = &schedule.Calendar{Store: cfg.Store, Now: cfg.Now, Jobs: slices.Concat(jobs(cfg.Jobs, desk), reminders(s.Bot), board(desk), rollCall(desk), erasures(desk)), Log: cfg.Log}
	return s, nil
}

func withDefaults(cfg Config) Config {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Random == nil {
		cfg.Random = rand.Reader
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return cfg
}

// Token is 18 random bytes in the letters a deep link allows.
func Token(random io.Reader) string {
	b := make([]byte, 18)
	if _, err := io.ReadFull(random, b); err != nil {
		panic(fmt.Sprintf("read random: %v", err)) // the system's source does not fail
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// Name is the bot's username as last learned from Telegram; "" before the first contact.
func (s *Station) Name() string {
	var name string
	_ = s.cfg.Store.View(func(tx *storage.Tx) error { name = NameIn(tx); return nil })
	return name
}

func (s *Station) next() int64 {
	var n int64
	_ = s.cfg.Store.View(func(tx *storage.Tx) error { n = tx.NextOffset(); return nil })
	return n
}

// Run works until ctx ends or something only a person can mend happens (the token is refused,
// another process polls for the same bot). It returns nil after a wanted stop, with everything under
// way settled.
func (s *Station) Run(ctx context.Context) error {
	if err := s.settleGroup(ctx); err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var all sync.WaitGroup
	for _, part := range []func(context.Context) error{s.Poller.Run, s.Courier.Run, s.Calendar.Run, s.introduce, s.sweep} {
		all.Go(func() {
			if err := part(ctx); err != nil && !errors.Is(err, context.Canceled) {
				stop(err)
			}
		})
	}
	all.Wait()
	if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// Step does what is to be done now and returns when nothing is left: jobs that are due, updates that
// wait, messages that can go. Tests and transcripts run by it.
func (s *Station) Step(ctx context.Context) error {
	if err := s.settleGroup(ctx); err != nil {
		return err
	}
	if err := s.learnName(ctx); err != nil {
		return err
	}
	for {
		if err := s.Calendar.Tick(ctx); err != nil {
			return err
		}
		n, err := s.Poller.Once(ctx, 0)
		if err != nil {
			return err
		}
		if err := s.Courier.Drain(ctx); err != nil {
			return err
		}
		if n == 0 {
			return nil
		}
	}
}

// sweep forgets what only guards against repeats, once an hour.
func (s *Station) sweep(ctx context.Context) error {
	for {
		now := s.cfg.Now()
		err := s.cfg.Store.Update(ctx, func(tx *storage.Tx) error {
			if err := tx.PruneDead(now.Add(-deadFor)); err != nil {
				return err
			}
			if err := tx.PruneAsides(now.Add(-asideFor)); err != nil {
				return err
			}
			return tx.PruneSeen(now.Add(-seenFor))
		})
		if err != nil && ctx.Err() == nil {
			s.cfg.Log.Error("sweep", "error", err)
		}
		if !pause(ctx, time.Hour) {
			return nil
		}
	}
}

const (
	seenFor = 48 * time.Hour      // twice as long as Telegram keeps updates
	deadFor = 30 * 24 * time.Hour // for somebody to look why a message could not go
	// asideFor is how long an update that could not be processed is kept for somebody to look why.
	asideFor = 30 * 24 * time.Hour
)

func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// reminders looks every hour whom to remind.
func reminders(b *bot.Bot) []schedule.Job {
	if b.Reminders == (remind.Rules{}) {
		return nil
	}
	return []schedule.Job{{Name: "remind", Cron: "0 * * * *", Latest: true, Do: b.Remind}}
}

// board brings the group's board up to date, and in the morning the cards of what waits.
func board(desk *office.Office) []schedule.Job {
	return []schedule.Job{
		{Name: "board", Cron: "*/15 * * * *", Latest: true, Do: desk.Renew},
		{Name: "age", Cron: "40 6 * * *", Latest: true, Do: desk.Age},
	}
}

// erasures keeps the clocks of erasures, and proposes and does what the time of keeping calls for.
func erasures(desk *office.Office) []schedule.Job {
	return []schedule.Job{
		{Name: "erasures", Cron: "*/15 * * * *", Latest: true, Do: desk.WatchErasures},
		{Name: "retention", Cron: "30 8 1 * *", Latest: true, Do: desk.Propose},
		{Name: "purge", Cron: "*/5 * * * *", Latest: true, Do: desk.Purge},
	}
}

// rollCall asks twice within the life of a seat who is still in the group.
func rollCall(desk *office.Office) []schedule.Job {
	return []schedule.Job{{Name: "roll_call", Cron: "*/5 * * * *", Latest: true, Do: desk.RollCall}}
}

// standards are the values that settings have by configuration.
func standards(cfg Config) map[string]string {
	crons := map[string]string{}
	for _, j := range cfg.Jobs {
		crons[j.Name] = j.Cron
	}
	out := office.Standards(crons, cfg.Reminders.QuietFrom, cfg.Reminders.QuietTo, cfg.Privacy.Controller, cfg.Privacy.Contact)
	out[office.RetentionSetting] = strconv.Itoa(cfg.Privacy.Retention)
	return out
}

// jobs gives each digest of the calendar its work.
func jobs(list []schedule.Job, desk *office.Office) []schedule.Job {
	out := make([]schedule.Job, len(list))
	for i, j := range list {
		configured := j.Cron
		j.Set = func(tx *storage.Tx) string { return desk.Cron(tx, j.Name, configured) }
		j.Do = func(tx *storage.Tx, at time.Time) error { return desk.PostDigest(tx, j.Name, at) }
		out[i] = j
	}
	return out
}
