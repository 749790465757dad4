package outbox_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"wksbm/bot/office"
	"wksbm/bot/simulator"
	"wksbm/storage"
)

// While Telegram is away for hours the roll call goes on: what it asks neither piles up behind a message
// that waits for somebody of staff, nor keeps anything waiting once Telegram is back.
func TestRollCallWhileTelegramIsAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &post{t: t}
		p.open(time.Now)
		desk := &office.Office{}
		var staff []int64
		for i := range 15 {
			who := p.telegram.AddPerson(fmt.Sprint("staf", i), "Petugas")
			_, err := p.telegram.Say(who, who, "/start")
			p.must(err)
			staff = append(staff, who)
			p.update(func(tx *storage.Tx) error { return tx.PutChat(storage.Chat{ID: who, Staff: true, Name: "Petugas"}) })
		}
		p.live(func() {
			p.telegram.Down(6 * time.Hour)
			for _, who := range staff {
				p.queue(say(who, "kabar"))
			}
			for range 6 * 12 {
				p.update(func(tx *storage.Tx) error { return desk.RollCall(tx, time.Now()) })
				p.await(5 * time.Minute)
				if n := len(p.rows()); n > 3*len(staff) {
					t.Errorf("%d rows wait", n)
				}
			}
			p.await(6 * time.Minute) // the longest pause between two tries
			for _, who := range staff {
				p.wantSaid(who, "kabar")
			}
			p.wantRows()
			since := p.telegram.LastEvent()
			for _, who := range staff {
				p.update(func(tx *storage.Tx) error {
					return office.Enqueue(tx, time.Now(), office.Check(p.group, who, time.Now()))
				})
				p.queue(say(who, "lagi"))
			}
			p.await(3 * time.Second)
			said := 0
			for _, e := range p.telegram.Events(since) {
				if e.Kind == simulator.Sent && e.Message != nil && strings.Contains(e.Message.Text, "lagi") {
					said++
				}
			}
			if said != len(staff) {
				t.Errorf("%d of %d were told in time", said, len(staff))
			}
		})
	})
}
