package station_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"wksbm/bot/flows"
	"wksbm/bot/simulator"
	"wksbm/bot/station"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

// The group of the configuration is taken at the start, lost when the bot is thrown out, and taken
// back when it is let in again; those who asked meanwhile are shown.
func TestConfiguredGroupIsTakenBack(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA)
	clock := func() time.Time { return now }
	telegram := simulator.New(simulator.Options{Token: simToken, Now: clock})
	staff := telegram.AddPerson("staf", "Budi")
	asker := telegram.AddPerson("relawan", "Nur Aini")
	group := telegram.AddGroup("grup", "Dinsos", staff)
	store := storagetest.Open(t)
	bot, err := station.New(station.Config{
		Token: simToken, Store: store, Region: region.Must(region.Load()), StaffGroup: group, HTTP: telegram.Client(), Now: clock,
		Privacy: flows.Privacy{Version: "1", Controller: "Dinsos", Contact: "Dinsos"},
	})
	if err != nil {
		t.Fatal(err)
	}
	step := func() {
		t.Helper()
		if err := bot.Step(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	known := func() bool {
		var ok bool
		_ = store.View(func(tx *storage.Tx) error { _, ok = tx.StaffGroup(); return nil })
		return ok
	}
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		step()
	}
	do(telegram.AddBot(staff, group))
	if !known() {
		t.Fatal("the configured group was not taken")
	}
	do(telegram.RemoveBot(staff, group))
	for _, words := range []string{"/daftar", "setuju", "seloto", "relawan", "ibu", "Nur Aini", "lewati", "kirim"} {
		_, err := telegram.Say(asker, asker, words)
		do(err)
	}
	do(telegram.AddBot(staff, group))
	if !known() {
		t.Fatal("the configured group was not taken back")
	}
	var all []string
	for _, m := range telegram.Messages(group) {
		all = append(all, m.Text)
	}
	if words := strings.Join(all, "\n"); !strings.Contains(words, "Pendaftaran 1\nNur Aini") {
		t.Errorf("the request that came meanwhile is not shown:\n%s", words)
	}
}
