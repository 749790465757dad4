package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"wksbm/storage"
	"wksbm/storage/region"
)

// newStory puts invented people and two weeks of invented reports into the demo.
func (t *theatre) newStory() error {
	ketua := t.telegram.AddPerson("ketua", "Sumiati")
	t.telegram.AddPerson("relawan", "Nur Aini")
	staff := t.telegram.AddPerson("staf", "Budi")
	group := t.telegram.AddGroup("grup", "Dinsos KSB · WKSBM", staff, t.telegram.AddPerson("staf2", "Wati"))
	if t.empty {
		return errors.Join(t.writeCode(), t.telegram.AddBot(staff, group))
	}
	if err := t.seed(time.Now(), ketua, group); err != nil {
		return fmt.Errorf("invent reports: %w", err)
	}
	if err := t.telegram.AddBot(staff, group); err != nil {
		return err
	}
	_, err := t.telegram.Say(ketua, ketua, "/start")
	_, err2 := t.telegram.Say(staff, group, "/rekap minggu lalu")
	return errors.Join(err, err2)
}

// writeCode claims nothing: the person in front of the page does it, with the code printed here.
func (t *theatre) writeCode() error {
	store, err := storage.Open(t.database(), storage.Options{})
	if err != nil {
		return err
	}
	return errors.Join(offerClaim(context.Background(), store, 0, t.out), store.Close())
}

// seed writes the story into a new database, report by report as they would have come.
func (t *theatre) seed(now time.Time, ketua, group int64) error {
	store, err := storage.Open(t.database(), storage.Options{})
	if err != nil {
		return err
	}
	w := &writer{r: rand.New(rand.NewPCG(52, 7)), region: region.Must(region.Load()), now: now}
	err = store.Update(context.Background(), func(tx *storage.Tx) error {
		w.tx = tx
		return w.write(ketua, group)
	})
	return errors.Join(err, store.Close())
}

// writer invents a story inside one transaction.
type writer struct {
	tx     *storage.Tx
	r      *rand.Rand
	region *region.Region
	now    time.Time
	people []int64
	places []region.Code
}

// reporting are the villages of the story, the ketua's first.
var reporting = [...]region.Code{
	5207022011, 5207012001, 5207012003, 5207022009, 5207032001, 5207032004, 5207042002, 5207052001, 5207052005,
	5207062004, 5207062006, 5207072002, 5207072005, 5207082001, 5207082003,
}

const storyDays = 15

func (w *writer) write(ketua, group int64) error {
	start := w.now.AddDate(0, 0, -storyDays-1)
	if _, err := w.tx.Record(start, 0, 0, storage.GroupClaimed{Chat: group}); err != nil {
		return err
	}
	for i, place := range reporting {
		if _, ok := w.region.ByCode(place); !ok {
			continue
		}
		user, name := ketua, "Sumiati"
		if i > 0 {
			user, name = int64(990_000_000+i), fmt.Sprintf("Ketua Contoh %d", i)
		}
		if err := w.enroll(start, user, name, place); err != nil {
			return err
		}
		w.people, w.places = append(w.people, user), append(w.places, place)
		if err := w.settle(start, i); err != nil {
			return err
		}
	}
	for day := storyDays; day >= 0; day-- {
		if err := w.day(w.now.AddDate(0, 0, -day)); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) enroll(at time.Time, user int64, name string, place region.Code) error {
	p := w.tx.NewPerson()
	m := storage.Member{
		User: user, Person: p, Name: w.tx.Seal(p, "name", name), Address: "ibu", Village: place, Role: storage.Ketua,
		Consent: storage.Consent{At: at, Version: defaults().Privacy.Version}, Request: w.tx.NextRequest(),
	}
	if _, err := w.tx.Record(at, user, place, storage.MemberAsked{Member: m}); err != nil {
		return err
	}
	_, err := w.tx.Record(at, 0, place, storage.MemberDecided{User: user, Accepted: true})
	return err
}

// day writes two to six reports between morning and evening, none in the time to come.
func (w *writer) day(d time.Time) error {
	morning := storage.DayOf(d).Time().Add(8 * time.Hour)
	for i := range 2 + w.r.IntN(5) {
		at := morning.Add(time.Duration(i)*97*time.Minute + time.Duration(w.r.IntN(50))*time.Minute)
		if at.After(w.now) {
			return nil
		}
		if err := w.report(at, w.r.IntN(len(w.people))); err != nil {
			return err
		}
	}
	return nil
}

// report writes one report: mostly of aid, now and then of a household or a meeting.
func (w *writer) report(at time.Time, who int) error {
	switch n := w.r.IntN(20); {
	case n < 3:
		return w.household(at, who)
	case n < 5:
		return w.meeting(at, who)
	case n < 11:
		if given, err := w.give(at, who); given || err != nil {
			return err
		}
	}
	return w.receive(at, who)
}

// tell records a report.
func (w *writer) tell(at time.Time, who int, kind string, lines []storage.Line, body any) (uint64, error) {
	n := w.tx.NextReport()
	_, err := w.tx.Record(at, w.people[who], w.places[who], storage.Reported{Report: storage.Report{
		Number: n, Kind: kind, Village: w.places[who], By: w.people[who], Date: storage.DayOf(at), At: at,
		Lines: lines, Body: storage.EncodeBody(body), Source: fmt.Sprintf("story:%d", n),
	}})
	return n, err
}
