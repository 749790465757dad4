package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/remind"
	"wksbm/storage"
)

// reminders are the words that were put into the outbox since the last look.
func (d *desk) reminders() []string {
	d.t.Helper()
	var out []string
	err := d.store.Update(context.Background(), func(tx *storage.Tx) error {
		err := d.bot.Remind(tx, d.now)
		var sent []uint64
		for o := range tx.Outgoings() {
			var r chat.Reply
			err = errors.Join(err, json.Unmarshal(o.Body, &r))
			if !r.Until.IsZero() {
				out = append(out, r.Text)
			}
			sent = append(sent, o.Seq)
		}
		for _, seq := range sent {
			err = errors.Join(err, tx.DeleteOutgoing(seq))
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

// Somebody who begins and leaves drafts at random, asks for quiet now and then and never reports
// hears of each draft once, of the month at most twice in seven days, and of nothing in the night.
func TestNobodyIsRemindedTooOften(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		d := newDesk(t)
		d.bot.Reminders = remind.Rules{FromDay: 25, PerWeek: 2, QuietFrom: 20 * 60, QuietTo: 7 * 60}
		dice := rand.New(rand.NewPCG(52, seed))
		drafts, months, all := 0, []time.Time{}, 0
		begun := 0
		var quiet time.Time
		for range 24 * 21 {
			d.now = d.now.Add(time.Hour)
			switch dice.IntN(60) {
			case 0, 1:
				begun++
				d.hear(said(ketua, "/menu"), said(ketua, fmt.Sprintf("beras %d kg", begun)))
			case 2:
				d.hear(said(ketua, "/diam 1 hari"))
				quiet = time.Date(d.now.Year(), d.now.Month(), d.now.Day()+1, 0, 0, 0, 0, d.now.Location())
			}
			for _, words := range d.reminders() {
				all++
				if h := d.now.Hour(); h >= 20 || h < 7 || d.now.Before(quiet) {
					t.Errorf("seed %d: reminded at %v, quiet until %v", seed, d.now, quiet)
				}
				if strings.Contains(words, "belum masuk") {
					months = append(months, d.now)
				} else {
					drafts++
				}
			}
		}
		for i := 2; i < len(months); i++ {
			if months[i].Sub(months[i-2]) < 6*24*time.Hour+12*time.Hour {
				t.Errorf("seed %d: asked at %v", seed, months[i-2:i+1])
			}
		}
		if drafts > begun || drafts == 0 || len(months) == 0 {
			t.Errorf("seed %d: %d drafts begun, reminded of %d; asked %d times for the month", seed, begun, drafts, len(months))
		}
		if all > begun+5 {
			t.Errorf("seed %d: %d reminders", seed, all)
		}
	}
}

// Two rounds at one time remind once.
func TestRoundTwiceRemindsOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.bot.Reminders = remind.Rules{FromDay: 25, PerWeek: 2, QuietFrom: 20 * 60, QuietTo: 7 * 60}
	d.now = d.now.AddDate(0, 0, 3)
	if first, second := d.reminders(), d.reminders(); len(first) != 1 || len(second) != 0 {
		t.Errorf("first %q, then %q", first, second)
	}
}
