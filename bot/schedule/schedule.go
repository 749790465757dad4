// Package schedule is the calendar: it says which job is due and has each done exactly once.
package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/adhocore/gronx"

	"wksbm/storage"
	"wksbm/storage/region"
)

// Job is something to do at times that a cron expression names, in WITA. "" is never.
type Job struct {
	Name string // stored with the last run: never renamed
	Cron string
	// Set, when given, says what Cron is now: it may change while the program runs.
	Set func(tx *storage.Tx) string
	// Latest says that of several missed times only the latest is made up for, as of now.
	Latest bool
	// Do acts for the due time at, in the transaction that also notes the job as done: both happen or
	// neither does.
	Do func(tx *storage.Tx, at time.Time) error
}

// Calendar does jobs when they are due.
type Calendar struct {
	Store *storage.Store
	Now   func() time.Time
	Jobs  []Job
	Log   *slog.Logger

	idle map[string]idle // by job: it is looked at twice a minute, and finding the next time is slow
}

// idle says that a job that was last done at a time is not due again before another.
type idle struct {
	cron        string
	last, until time.Time
}

// Valid says whether a cron expression can be read; "" is one.
func Valid(cron string) bool { return cron == "" || gronx.IsValid(cron) }

// missedAtMost bounds how many missed times of one job one look finds; the next look finds the rest.
const missedAtMost = 31

// Due returns the times after last and not after now, oldest first. A job that never ran is due at
// no time yet: what was before it existed is not made up for.
func Due(cron string, last, now time.Time) ([]time.Time, error) {
	if cron == "" || last.IsZero() {
		return nil, nil
	}
	var out []time.Time
	for at := last.In(region.WITA); len(out) < missedAtMost; {
		next, err := gronx.NextTickAfter(cron, at, false)
		if err != nil {
			return nil, fmt.Errorf("read cron %q: %w", cron, err)
		}
		if next.After(now) {
			break
		}
		out, at = append(out, next), next
	}
	return out, nil
}

// Tick does what is due now, each time in a transaction of its own.
func (c *Calendar) Tick(ctx context.Context) error {
	for _, j := range c.Jobs {
		for {
			again, err := c.once(ctx, j)
			if err != nil {
				return fmt.Errorf("job %s: %w", j.Name, err)
			}
			if !again {
				break
			}
		}
	}
	return nil
}

// once does the oldest due time of a job. The look before saves a commit when there is none.
func (c *Calendar) once(ctx context.Context, j Job) (bool, error) {
	now := c.Now()
	var last time.Time
	if err := c.Store.View(func(tx *storage.Tx) error { j, last = j.now(tx), tx.LastRun(j.Name); return nil }); err != nil {
		return false, err
	}
	if quiet := c.idle[j.Name]; quiet.cron == j.Cron && quiet.last.Equal(last) && now.Before(quiet.until) {
		return false, nil
	}
	due, err := j.due(last, now)
	if err != nil || len(due) == 0 && (!last.IsZero() || j.Cron == "") {
		return false, errors.Join(err, c.rest(j, last, now))
	}
	err = c.Store.Update(ctx, func(tx *storage.Tx) error {
		j, last := j.now(tx), tx.LastRun(j.Name)
		if last.IsZero() {
			return tx.SetLastRun(j.Name, now)
		}
		due, err := j.due(last, now)
		if err != nil || len(due) == 0 {
			return err
		}
		at := due[0]
		if j.Latest {
			at = now
		}
		if err := j.Do(tx, at); err != nil {
			return err
		}
		return tx.SetLastRun(j.Name, due[0])
	})
	return err == nil && len(due) > 0, err
}

// rest notes until when a job that is not due at now need not be looked at.
func (c *Calendar) rest(j Job, last, now time.Time) error {
	if j.Cron == "" || last.After(now) {
		return nil
	}
	next, err := gronx.NextTickAfter(j.Cron, now.In(region.WITA), false)
	if err != nil {
		return fmt.Errorf("read cron %q: %w", j.Cron, err)
	}
	if c.idle == nil {
		c.idle = map[string]idle{}
	}
	c.idle[j.Name] = idle{j.Cron, last, next}
	return nil
}

// now is the job with its times as they are at present.
func (j Job) now(tx *storage.Tx) Job {
	if j.Set != nil {
		j.Cron = j.Set(tx)
	}
	return j
}

// due returns the times at which the job is to be made up for, oldest first.
func (j Job) due(last, now time.Time) ([]time.Time, error) {
	if !j.Latest || j.Cron == "" || last.IsZero() {
		return Due(j.Cron, last, now)
	}
	at, err := gronx.PrevTickBefore(j.Cron, now.In(region.WITA), true)
	if err != nil {
		return nil, fmt.Errorf("read cron %q: %w", j.Cron, err)
	}
	if !at.After(last) {
		return nil, nil
	}
	return []time.Time{at}, nil
}

// Run looks at the calendar every half minute until ctx ends.
func (c *Calendar) Run(ctx context.Context) error {
	tick := time.NewTicker(30 * time.Second)
	defer tick.Stop()
	for {
		if err := c.Tick(ctx); err != nil && ctx.Err() == nil {
			c.Log.Error("calendar", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
