package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"wksbm/bot/office"
	"wksbm/storage"
	"wksbm/storage/region"
)

// newStory puts invented people and some weeks of invented reports into the demo.
func (t *theatre) newStory() error {
	ketua := t.telegram.AddPerson("ketua", "Sumiati")
	t.telegram.AddPerson("relawan", "Nur Aini")
	staff := t.telegram.AddPerson("staf", "Budi")
	group := t.telegram.AddGroup("grup", "Dinsos KSB · WKSBM", staff, t.telegram.AddPerson("staf2", "Wati"))
	tksk := t.telegram.AddPerson("tksk", "Rahmawati")
	if t.empty {
		return errors.Join(t.writeCode(), t.telegram.AddBot(staff, group))
	}
	if err := t.seed(time.Now(), cast{ketua: ketua, staff: staff, tksk: tksk, group: group}); err != nil {
		return fmt.Errorf("invent reports: %w", err)
	}
	if err := t.telegram.AddBot(staff, group); err != nil {
		return err
	}
	for _, who := range []int64{ketua, tksk, staff} {
		if _, err := t.telegram.Say(who, who, "/start"); err != nil {
			return err
		}
	}
	return nil
}

// writeCode claims nothing: the person in front of the page does it, with the code printed here.
func (t *theatre) writeCode() error {
	store, err := storage.Open(t.database(), storage.Options{})
	if err != nil {
		return err
	}
	return errors.Join(offerClaim(context.Background(), store, 0, t.out), store.Close())
}

// cast is who of the story has a screen.
type cast struct{ ketua, staff, tksk, group int64 }

// seed writes the story into a new database, report by report as they would have come.
func (t *theatre) seed(now time.Time, who cast) error {
	store, err := storage.Open(t.database(), storage.Options{})
	if err != nil {
		return err
	}
	places := region.Must(region.Load())
	err = store.Update(context.Background(), func(tx *storage.Tx) error {
		w := &writer{tx: tx, r: rand.New(rand.NewPCG(52, 7)), region: places, now: now, cast: who}
		return w.write()
	})
	return errors.Join(err, store.Close())
}

// writer invents a story inside one transaction.
type writer struct {
	tx     *storage.Tx
	r      *rand.Rand
	region *region.Region
	now    time.Time
	cast   cast
	people []int64 // the ketua of each place
	places []region.Code
	scenes []scene
	unseen []uint64 // households of other villages that staff did not look at yet
}

// scene is something that happens at a time.
type scene struct {
	at   time.Time
	play func(at time.Time) error
}

// storyDays is how far back the story goes: the books of the month before have something, too.
const storyDays = 45

func (w *writer) write() error {
	start := w.now.AddDate(0, 0, -storyDays-1)
	if _, err := w.tx.Record(start, 0, 0, storage.GroupClaimed{Chat: w.cast.group}); err != nil {
		return err
	}
	if err := w.tx.SetNote(office.NameNote, botName); err != nil { // cards lead to the own phone from the first
		return err
	}
	if err := w.tx.PutChat(storage.Chat{ID: w.cast.staff, Name: "Budi", Staff: true}); err != nil {
		return err
	}
	if err := w.populate(start); err != nil {
		return err
	}
	w.villages()
	w.seloto()
	slices.SortStableFunc(w.scenes, func(a, b scene) int { return cmp.Compare(a.at.Unix(), b.at.Unix()) })
	for _, s := range w.scenes {
		if s.at.After(w.now) {
			continue
		}
		if err := s.play(s.at); err != nil {
			return err
		}
	}
	return w.desk()
}

// then puts something into the story, so many days ago, at a time of the day in WITA.
func (w *writer) then(days, hour, minute int, play func(at time.Time) error) {
	day := storage.DayOf(w.now) - storage.Day(days)
	at := day.Time().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	w.scenes = append(w.scenes, scene{at, play})
}

// lately puts something into the story, so many minutes ago.
func (w *writer) lately(minutes int, play func(at time.Time) error) {
	w.scenes = append(w.scenes, scene{w.now.Add(-time.Duration(minutes) * time.Minute), play})
}

// giveBack has staff return the oldest household of another village that waits, and says which.
func (w *writer) giveBack() (uint64, error) {
	for _, r := range w.tx.Queue() {
		if r.Kind != storage.HouseholdFound || r.Village == home {
			continue
		}
		_, err := w.tx.Record(w.now, w.cast.staff, r.Village, storage.ReportReturned{
			Number: r.Number, Field: "persons", Reason: w.tx.Seal(w.tx.NewPerson(), "reason", "jumlah jiwa belum jelas"),
		})
		return r.Number, err
	}
	return 0, errors.New("no household of another village waits")
}

// desk posts into the group what its staff find there this morning: the recap of the last week, and
// the cards that wait for a button.
func (w *writer) desk() error {
	o := &office.Office{Region: w.region}
	back, err := w.giveBack()
	if err != nil {
		return err
	}
	if err := errors.Join(o.PostBoard(w.tx, w.now), o.PostDigest(w.tx, "weekly", w.now)); err != nil {
		return err
	}
	post, show := o.Post(w.tx, w.now), o.Card(w.tx)
	if err := w.enqueue(post("case", back)...); err != nil {
		return err
	}
	for _, c := range slices.Backward(w.tx.Cases(w.places[0])) {
		if r, _ := w.tx.Report(c.Number); r.State != storage.Recorded || c.State.Ended() {
			continue
		}
		if err := w.enqueue(post("case", c.Number)...); err != nil {
			return err
		}
	}
	for _, c := range w.tx.WaitingCorrections() {
		if err := w.enqueue(post("correction", c.ID)...); err != nil {
			return err
		}
	}
	for _, m := range w.tx.PendingMembers() {
		if err := w.enqueue(show(m)); err != nil {
			return err
		}
	}
	return nil
}
