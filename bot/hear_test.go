package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"wksbm/bot"
	"wksbm/bot/chat"
	"wksbm/bot/flows"
	"wksbm/bot/office"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

const (
	ketua    = 520_799_001
	stranger = 520_799_002
	group    = -520_799
)

// desk is a reception over a real archive, with a member, a stranger and a group.
type desk struct {
	t     testing.TB
	bot   *bot.Bot
	store *storage.Store
	now   time.Time
	next  int64
}

func newDesk(t testing.TB) *desk {
	d := &desk{t: t, store: storagetest.Open(t), now: time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA)}
	places := region.Must(region.Load())
	var tokens atomic.Int64
	d.bot = &bot.Bot{
		Store: d.store, Region: places, Flows: flows.All(), NewToken: func() string { return fmt.Sprint("token", tokens.Add(1)) }, Now: func() time.Time { return d.now },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Privacy: flows.Privacy{Version: "1", Controller: "Dinsos", Contact: "Dinsos"},
		Office: &office.Office{Region: places, Contact: "Dinsos"},
	}
	err := d.store.Update(context.Background(), func(tx *storage.Tx) error {
		m := storage.Member{
			User: ketua, Person: tx.NewPerson(), Address: "ibu", Village: 5207022011, Role: storage.Ketua,
			Consent: storage.Consent{At: d.now, Version: "1"}, Request: 1,
		}
		m.Name = tx.Seal(m.Person, "name", "Sumiati")
		for _, f := range []storage.Fact{
			storage.GroupClaimed{Chat: group}, storage.MemberAsked{Member: m}, storage.MemberDecided{User: ketua, Accepted: true},
		} {
			if _, err := tx.Record(d.now, 0, m.Village, f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// private is an input of a person in their own chat.
func private(from int64, in chat.Input) chat.Input {
	in.Chat, in.From = chat.Place{ID: from, Private: true}, chat.Person{ID: from, Name: "Siapa"}
	return in
}

func said(from int64, words string) chat.Input {
	in := chat.Input{Kind: chat.Text, Text: words}
	if o, ok := chat.ParseOrder(words); ok {
		in.Kind, in.Command = chat.Command, o
	}
	return private(from, in)
}

// hear gives inputs to the bot in one batch and returns what it answers.
func (d *desk) hear(inputs ...chat.Input) []chat.Reply {
	d.t.Helper()
	var batch []chat.Heard
	for _, in := range inputs {
		d.next++
		in.Message = d.next
		if in.Kind == chat.Tapped {
			in.Query = fmt.Sprint(d.next)
		}
		batch = append(batch, chat.Heard{ID: d.next, Input: in})
	}
	return d.take(batch)
}

func (d *desk) take(batch []chat.Heard) []chat.Reply {
	d.t.Helper()
	if err := d.bot.Hear(context.Background(), batch); err != nil {
		d.t.Fatal(err)
	}
	var out []chat.Reply
	err := d.store.Update(context.Background(), func(tx *storage.Tx) error {
		for o := range tx.Outgoings() {
			var r chat.Reply
			if err := json.Unmarshal(o.Body, &r); err != nil {
				return err
			}
			out = append(out, r)
		}
		for range out {
			for o := range tx.Outgoings() {
				if err := tx.DeleteOutgoing(o.Seq); err != nil {
					return err
				}
				break
			}
		}
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

func text(replies []chat.Reply) string {
	var out []string
	for _, r := range replies {
		out = append(out, chat.Plain(r.Text))
	}
	return strings.Join(out, "\n")
}

// An update that panics is set aside alone: the others of its answer take effect, its sender and the
// group are told, and it does not come back.
func TestPoisonIsSetAsideAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	poison := said(stranger, "x")
	poison.Kind, poison.Command = chat.Command, chat.Order{Name: "start", Args: "token"}
	bad := chat.Heard{ID: 2, Input: poison, Bad: fmt.Errorf("update of an unknown form"), Raw: []byte("{}")}
	replies := d.take([]chat.Heard{
		{ID: 1, Input: said(ketua, "/laporan")}, bad, {ID: 3, Input: said(ketua, "/bantu")},
	})
	words := text(replies)
	for _, want := range []string{"Belum ada laporan", "Cara pakai", "belum bisa kami proses (kode ", "Satu pesan belum bisa diproses"} {
		if !strings.Contains(words, want) {
			t.Errorf("nobody was told %q:\n%s", want, words)
		}
	}
	_ = d.store.View(func(tx *storage.Tx) error {
		if len(tx.Asides()) != 1 || tx.NextOffset() != 4 || !tx.Seen(2) {
			t.Errorf("set aside %d, next offset %d", len(tx.Asides()), tx.NextOffset())
		}
		return nil
	})
	if again := d.take([]chat.Heard{bad}); len(again) > 0 {
		t.Errorf("the same update was answered again: %s", text(again))
	}
}

// The same update twice, also in one answer, takes effect once.
func TestAnUpdateIsHeardOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	one := chat.Heard{ID: 7, Input: said(ketua, "beras 20 kg dari BAZNAS untuk umum hari ini")}
	if replies := d.take([]chat.Heard{one, one}); len(replies) != 1 || !strings.Contains(text(replies), "Beras 20 kg") {
		t.Errorf("answers: %s", text(replies))
	}
	if replies := d.take([]chat.Heard{one}); len(replies) != 0 {
		t.Errorf("answered again: %s", text(replies))
	}
}

// Whatever a person sends in their own chat, at whatever question, they get an answer; nobody else
// does, and nothing is set aside.
func TestPrivateChatsNeverMeetSilence(t *testing.T) {
	t.Parallel()
	scenes := map[string][]string{
		"nothing open": nil, "lines": {"/bantuan"}, "amount": {"/bantuan", "beras"}, "asked": {"/bantuan", "uang 50"},
		"source": {"/bantuan beras 5 kg"}, "giver": {"/bantuan beras 5 kg", "donatur"}, "date": {"/bantuan beras 5 kg", "baznas", "umum"},
		"summary": {"beras 5 kg dari baznas untuk umum hari ini"}, "edit": {"beras 5 kg dari baznas untuk umum hari ini", "ubah"},
		"cancel": {"/bantuan beras 5 kg", "/batal"}, "consent": {"/daftar"}, "district": {"/daftar", "setuju"},
		"name": {"/daftar", "setuju", "seloto", "relawan", "ibu"}, "phone": {"/daftar", "setuju", "seloto", "ketua", "ibu", "Nur Aini"},
		"plan": {"/kegiatan posyandu"}, "plan's day": {"/kegiatan posyandu", "kader"},
		"sk": {"/daftar", "setuju", "seloto", "ketua", "ibu", "Nur Aini", "lewati"},
	}
	odd := []chat.Input{
		{Kind: chat.Other, Text: "sticker"},
		{Kind: chat.Other, Text: "voice"},
		{Kind: chat.Other, Text: "poll"},
		{Kind: chat.Text, Text: strings.Repeat("panjang ", 625)},
		{Kind: chat.Text, Text: "👍👍👍"},
		{Kind: chat.Text, Text: "<b>&{{.}}\x00"},
		{Kind: chat.Text, Text: "beras 5 kg", Forward: true},
		{Kind: chat.Location, Location: &chat.Pin{}},
		{Kind: chat.Contact, Contact: &chat.Card{UserID: 5, Phone: "0812", Name: "Orang"}},
		{Kind: chat.Photo, File: &chat.File{ID: "f", Photo: true}},
		{Kind: chat.Document, File: &chat.File{ID: "d"}},
		{Kind: chat.Command, Command: chat.Order{Name: "rekap", To: "otherbot"}},
		{Kind: chat.Command, Command: chat.Order{Name: "zzz"}},
		{Kind: chat.Tapped, Data: "o:yes:1"},
		{Kind: chat.Tapped, Data: "d:1:lines:1:=x"},
		{Kind: chat.Tapped, Data: "\xff"},
		{Kind: chat.Tapped, Data: "r:open:99999999999999999999"},
	}
	for name, lead := range scenes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			who := int64(ketua)
			if len(lead) > 0 && lead[0] == "/daftar" {
				who = stranger
			}
			d := newDesk(t)
			for _, in := range odd {
				d.hear(said(who, "/menu"))
				for _, words := range lead {
					d.hear(said(who, words))
				}
				replies := d.hear(private(who, in))
				looks := len(replies) == 1 && replies[0].Act == chat.Check // the answer waits for it
				if !looks && !strings.Contains(text(replies), " ") {
					t.Errorf("%s %q: no answer", in.Kind, in.Text+in.Data)
				}
				for _, r := range replies {
					if r.Chat != who {
						t.Errorf("%s: %d was told %q", in.Kind, r.Chat, r.Text)
					}
				}
			}
			_ = d.store.View(func(tx *storage.Tx) error {
				if n := len(tx.Asides()); n > 0 {
					t.Errorf("%d updates were set aside", n)
				}
				return nil
			})
		})
	}
}

// A name in letters of many bytes fits no button's data; the button works all the same.
func TestLongForeignName(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, words := range []string{"/daftar", "setuju", "seloto", "relawan", "ibu"} {
		in := said(stranger, words)
		in.From.Name = strings.Repeat("名", 30)
		if got := text(d.hear(in)); strings.Contains(got, "belum bisa kami proses") {
			t.Fatalf("%s: %s", words, got)
		}
	}
}

// Whose access is taken away in the middle of a report can send nothing, and finds what was written
// when the access comes back.
func TestRevokedInTheMiddle(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	record := func(facts ...storage.Fact) {
		t.Helper()
		err := d.store.Update(context.Background(), func(tx *storage.Tx) error {
			for _, f := range facts {
				if _, err := tx.Record(d.now, 1, 5207022011, f); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	d.hear(said(ketua, "beras 20 kg dari BAZNAS untuk umum hari ini"))
	record(storage.MemberRevoked{User: ketua})
	if words := text(d.hear(said(ketua, "kirim"))); !strings.Contains(words, "dihentikan Dinsos") {
		t.Errorf("a revoked member is told %q", words)
	}
	var m storage.Member
	_ = d.store.View(func(tx *storage.Tx) error {
		m, _ = tx.Member(ketua)
		m.Request = tx.NextRequest()
		if tx.NextReport() != 1 {
			t.Error("a revoked member's report was recorded")
		}
		return nil
	})
	record(storage.MemberAsked{Member: m}, storage.MemberDecided{User: ketua, Accepted: true})
	found := false
	for _, r := range d.hear(said(ketua, "/menu")) {
		for _, row := range r.Buttons {
			found = found || row[0].Label == "Lanjutkan: Beras 20 kg"
		}
	}
	if !found {
		t.Error("what was written is lost")
	}
}

// FuzzHear types anything, after one another, into a registration and a report.
func FuzzHear(f *testing.F) {
	for _, s := range []string{"/bantuan|beras 20 kg|baznas", "/daftar|setuju|beru|1", "uang 50|?|batal|ya", "beras 1.500 kg dari h. a untuk yatim tgl 31|kirim|kirim", "/start x|/menu|/laporan"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, script string) {
		d := newDesk(t)
		for i, words := range strings.Split(script, "|") {
			if i == 8 || strings.TrimSpace(words) == "" {
				break
			}
			for _, who := range []int64{ketua, stranger} {
				if replies := d.hear(said(who, words)); len(replies) == 0 {
					t.Fatalf("%q met silence", words)
				}
			}
		}
		_ = d.store.View(func(tx *storage.Tx) error {
			if len(tx.Asides()) > 0 {
				t.Fatalf("set aside: %q", script)
			}
			return nil
		})
	})
}

// Somebody who blocked the bot gets no news of others until they write again; then they get answers.
func TestBlockedHearsNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.hear(private(ketua, chat.Input{Kind: chat.Left}))
	revoke := chat.Input{
		Kind: chat.Tapped, Data: chat.NewTap("o", "out!", strconv.FormatInt(ketua, 36)).Data(),
		Chat: chat.Place{ID: group}, From: chat.Person{ID: 52, Name: "Budi"},
	}
	for _, r := range d.hear(revoke) {
		if r.Chat == ketua {
			t.Errorf("sent to a blocked chat: %q", r.Text)
		}
	}
	if out := d.hear(said(ketua, "/start")); len(out) == 0 || out[0].Chat != ketua {
		t.Errorf("no answer to somebody who is back: %v", out)
	}
}
