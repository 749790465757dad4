package station_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"wksbm/bot/simulator"
	"wksbm/storage"
	"wksbm/storage/region"
)

const (
	crowd   = 2000
	refuses = 20 // every so manieth person blocked the bot
)

// TestBroadcast sends an announcement to 2,000 people of whom 5 % blocked the bot, while Telegram
// refuses some calls for their pace and the process is killed twice: once when a message was taken and
// the answer did not come back, once when a message never arrived. Everybody who can be reached gets
// it, at most one twice for each kill, and never more than 25 calls leave in a second.
func TestBroadcast(t *testing.T) {
	t.Parallel()
	dir := fastDir(t)
	synctest.Test(t, func(t *testing.T) {
		c := &crier{world: &world{t: t, dir: dir, remember: true, dice: rand.New(rand.NewPCG(7, 52))}}
		c.calm.Store(true)
		c.telegram = simulator.New(simulator.Options{Token: simToken, Now: time.Now, Decide: c.decide})
		c.gather()
		ctx, cancel := context.WithCancel(context.Background())
		var bot sync.WaitGroup
		bot.Go(func() { c.supervise(ctx) })
		c.cry()
		c.rest()
		cancel()
		bot.Wait()
		c.count()
		for _, wrong := range c.judgeBroadcast() {
			t.Error(wrong)
		}
	})
}

// crier is a world with many people and one announcement.
type crier struct {
	*world
	staff int64

	calls sync.Mutex
	times []time.Time // when messages left
	loud  bool
	sends int
}

// decide kills the process at two of the messages and refuses every 97th.
func (c *crier) decide(call simulator.Call) simulator.Fault {
	c.calls.Lock()
	defer c.calls.Unlock()
	if call.Method != "sendMessage" && call.Method != "editMessageText" {
		return simulator.Fault{}
	}
	c.times = append(c.times, time.Now())
	if !c.loud || call.Chat == c.group {
		return simulator.Fault{}
	}
	switch c.sends++; {
	case c.sends == 600:
		c.doomed.Store(true)
		return simulator.Fault{CutAfter: true}
	case c.sends == 1300:
		c.doomed.Store(true)
		return simulator.Fault{CutBefore: true}
	case c.sends%97 == 0:
		return simulator.Fault{Status: http.StatusTooManyRequests, Text: "Too Many Requests: retry after 3", RetryAfter: 3}
	}
	return simulator.Fault{}
}

// gather makes the people members, with their chats begun and some of them gone again.
func (c *crier) gather() {
	c.staff = c.telegram.AddPerson("staf", "Budi")
	c.group = c.telegram.AddGroup("grup", "Dinsos", c.staff)
	err := c.telegram.AddBot(c.staff, c.group)
	villages := region.Must(region.Load()).Villages(0)
	l, _ := c.start()
	err = errors.Join(err, l.store.Update(context.Background(), func(tx *storage.Tx) error {
		if _, err := tx.Record(time.Now(), 0, 0, storage.GroupClaimed{Chat: c.group}); err != nil {
			return err
		}
		p := tx.NewPerson()
		for i := range crowd {
			who := c.telegram.AddPerson(fmt.Sprintf("p%d", i), "Relawan")
			c.people = append(c.people, who)
			m := storage.Member{
				User: who, Person: p, Name: tx.Seal(p, "name", "Relawan"), Address: "ibu", Village: villages[i%len(villages)].Code, Role: storage.Relawan,
				Consent: storage.Consent{At: time.Now(), Version: "1"}, Request: tx.NextRequest(),
			}
			if _, err := tx.Record(time.Now(), who, m.Village, storage.MemberAsked{Member: m}); err != nil {
				return err
			}
			if _, err := tx.Record(time.Now(), 0, m.Village, storage.MemberDecided{User: who, Accepted: true}); err != nil {
				return err
			}
		}
		return nil
	}), l.store.Close())
	for i, who := range c.people {
		_, wrote := c.telegram.Say(who, who, "/start")
		err = errors.Join(err, wrote)
		if i%refuses == 0 {
			c.telegram.Block(who)
		}
	}
	if err != nil {
		c.t.Fatal(err)
	}
	c.swallow()
}

// swallow confirms all updates: the bot never hears of them.
func (c *crier) swallow() {
	next := int64(0)
	for range crowd {
		resp, err := c.telegram.Client().Post("http://telegram/bot"+simToken+"/getUpdates", "application/json", strings.NewReader(fmt.Sprintf(`{"offset":%d,"timeout":1}`, next)))
		if err != nil {
			c.t.Fatal(err)
		}
		var got struct {
			Result []struct {
				ID int64 `json:"update_id"`
			} `json:"result"`
		}
		if err := errors.Join(json.NewDecoder(resp.Body).Decode(&got), resp.Body.Close()); err != nil {
			c.t.Fatal(err)
		}
		if len(got.Result) == 0 {
			return
		}
		next = got.Result[len(got.Result)-1].ID + 1
	}
	c.t.Fatalf("%d updates are left", c.telegram.Pending())
}

// cry has staff send the announcement, and once more to those in doubt.
func (c *crier) cry() {
	c.calls.Lock()
	c.loud = true
	c.calls.Unlock()
	if _, err := c.telegram.Say(c.staff, c.group, "/umumkan semua\nRapat Senin"); err != nil {
		c.t.Fatal(err)
	}
	press := fmt.Sprintf("Kirim ke %d orang", crowd)
	if !c.await(c.group, "Kirim pengumuman ini?", time.Minute) || c.telegram.TapLabel(c.staff, c.group, press) != nil {
		c.t.Fatal("no preview")
	}
	if !c.await(c.group, "selesai", 3*time.Hour) {
		c.t.Fatal("the announcement never ended")
	}
	for c.telegram.TapLabel(c.staff, c.group, "Kirim lagi ke 2 orang") == nil || c.telegram.TapLabel(c.staff, c.group, "Kirim lagi ke 1 orang") == nil {
		_ = nap(context.Background(), time.Minute)
	}
}

// count checks what the card says in the end.
func (c *crier) count() {
	all := c.telegram.Messages(c.group)
	want := fmt.Sprintf("Terkirim %d dari %d · diblokir %d\n", crowd-crowd/refuses, crowd, crowd/refuses)
	if last := all[len(all)-1].Text; !strings.Contains(last, want) || !strings.Contains(last, "selesai dikirim") {
		c.complain("the card says in the end:\n%s", last)
	}
	edits := 0
	for _, e := range c.telegram.Events(0) {
		if e.Kind == simulator.Changed && e.Chat == c.group {
			edits++
		}
	}
	if edits < 5 {
		c.complain("the card changed %d times only", edits)
	}
}

func (c *crier) judgeBroadcast() []string {
	twins := 0
	for i, who := range c.people {
		got := 0
		for _, m := range c.telegram.Messages(who) {
			if m.Bot && strings.Contains(m.Text, "Rapat Senin") {
				got++
			}
		}
		switch {
		case i%refuses == 0 && got > 0:
			c.complain("%d blocked the bot and got it", who)
		case i%refuses != 0 && got == 0:
			c.complain("%d never got it", who)
		case got > 1:
			twins += got - 1
		}
	}
	if c.crashes != 2 || twins > c.crashes {
		c.complain("%d twins after %d kills", twins, c.crashes)
	}
	from := 0
	for i, at := range c.times {
		for at.Sub(c.times[from]) >= time.Second {
			from++
		}
		if n := i - from + 1; n > 25 {
			c.complain("%d messages within a second", n)
			break
		}
	}
	c.t.Logf("%d calls, %d twins, %d kills, %s", len(c.times), twins, c.crashes, c.times[len(c.times)-1].Sub(c.times[0]))
	return c.wrong
}
