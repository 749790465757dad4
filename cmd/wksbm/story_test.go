package main

import (
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"wksbm/bot/simulator"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

// TestStory holds the demo to what it is to show, whenever it is started.
func TestStory(t *testing.T) {
	t.Parallel()
	for _, start := range []string{"2026-11-26 08:00", "2026-12-01 00:01", "2027-02-28 23:59", "2027-03-02 12:00"} {
		t.Run(start, func(t *testing.T) {
			t.Parallel()
			now, err := time.ParseInLocation("2006-01-02 15:04", start, region.WITA)
			if err != nil {
				t.Fatal(err)
			}
			demo := &theatre{dir: t.TempDir()}
			if err := demo.seed(now, cast{ketua: 1, staff: 2, tksk: 4, group: -3}); err != nil {
				t.Fatal(err)
			}
			store := storagetest.OpenAt(t, demo.database())
			if err := store.View(func(tx *storage.Tx) error { told(t, tx, now); return nil }); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// told looks for all that the story promises.
func told(t *testing.T, tx *storage.Tx, now time.Time) {
	states, urgent, sensitive := map[storage.CaseState]int{}, 0, 0
	for _, c := range tx.Cases(home) {
		states[c.State]++
		if c.Urgent {
			urgent++
		}
		if c.Sensitive {
			sensitive++
		}
	}
	for _, s := range []storage.CaseState{storage.Identified, storage.CaseProven, storage.Referred, storage.Helped, storage.Finished} {
		if states[s] == 0 {
			t.Errorf("no household is %s: %v", s, states)
		}
	}
	if urgent != 1 || sensitive != 1 {
		t.Errorf("urgent %d, sensitive %d", urgent, sensitive)
	}
	if n, m := len(tx.WaitingCorrections()), len(tx.PendingMembers()); n != 1 || m != 1 {
		t.Errorf("%d corrections and %d people wait", n, m)
	}
	if len(tx.Queue()) == 0 {
		t.Error("nothing waits for staff")
	}
	if len(tx.ReturnedReports()) != 1 {
		t.Error("not one report waits for its reporter")
	}
	if len(tx.Overseers(home/10_000)) != 1 {
		t.Error("no TKSK")
	}
	if v := tx.Village(home); v.Next == nil || v.Next.Day != storage.DayOf(now)+1 {
		t.Errorf("no meeting tomorrow: %+v", v.Next)
	}
	for _, place := range region.Must(region.Load()).Villages(0) {
		for _, s := range tx.Village(place.Code).Stock {
			if s.Quantity < 0 {
				t.Errorf("%s gave %s that it did not have", place.Name, s.Item)
			}
		}
	}
}

// TestStoryIsPictured waits for the recap of a week as a picture, as the group of the demo gets it.
func TestStoryIsPictured(t *testing.T) {
	t.Parallel()
	telegram := simulator.New(simulator.Options{Token: demoToken, BotName: botName})
	server := httptest.NewServer((&simulator.Page{Telegram: telegram}).Handler())
	t.Cleanup(server.Close)
	demo := &theatre{dir: t.TempDir(), api: server.URL, telegram: telegram, log: slog.New(slog.DiscardHandler)}
	news, end := telegram.Subscribe()
	t.Cleanup(end)
	if err := demo.begin(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := demo.halt(); err != nil {
			t.Errorf("halt: %v", err)
		}
	})
	pictured := func(m simulator.Message) bool { return m.Kind == "photo" && strings.HasPrefix(m.Text, "Rekap WKSBM") }
	late := time.After(time.Minute)
	for !slices.ContainsFunc(telegram.Messages(telegram.Chat("grup")), pictured) {
		select {
		case <-news:
		case <-late:
			t.Fatal("the group got no picture")
		}
	}
}
