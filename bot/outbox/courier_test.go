package outbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wksbm/bot/chat"
	"wksbm/bot/outbox"
	"wksbm/bot/simulator"
	"wksbm/bot/telegram"
	"wksbm/storage"
	"wksbm/storage/storagetest"
)

const token = "520799:test-token"

// post is a courier between a real archive and a local Telegram.
type post struct {
	t                      *testing.T
	telegram               *simulator.Telegram
	store                  *storage.Store
	courier                *outbox.Courier
	now                    time.Time
	ketua, tetangga, group int64
}

// newPost opens a post office whose clock stands still. Ketua and tetangga have written to the bot;
// the bot is in the group, which is the Dinsos group.
func newPost(t *testing.T) *post {
	p := &post{t: t, now: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)}
	p.open(func() time.Time { return p.now })
	return p
}

func (p *post) open(now func() time.Time) {
	p.t.Helper()
	p.telegram = simulator.New(simulator.Options{Token: token, Now: now})
	p.ketua, p.tetangga = p.telegram.AddPerson("ketua", "Sumiati"), p.telegram.AddPerson("tetangga", "Rahma")
	p.group = p.telegram.AddGroup("grup", "Dinsos KSB", p.tetangga)
	for _, who := range []int64{p.ketua, p.tetangga} {
		_, err := p.telegram.Say(who, who, "/start")
		p.must(err)
	}
	p.must(p.telegram.AddBot(p.tetangga, p.group))
	p.store = storagetest.Open(p.t)
	p.update(func(tx *storage.Tx) error {
		_, err := tx.Record(now(), 0, 0, storage.GroupClaimed{Chat: p.group})
		return err
	})
	p.courier = p.engage(now)
}

// engage returns a courier that knows nothing but what the archive holds.
func (p *post) engage(now func() time.Time) *outbox.Courier {
	p.t.Helper()
	client, err := telegram.Dial(token, "", telegram.Options{HTTP: p.telegram.Client(), Log: quiet()})
	p.must(err)
	draw := func(d chat.Drawing) (chat.Reply, error) {
		if d.Kind != "digest" {
			return chat.Reply{Text: d.Kind}, nil
		}
		return chat.Reply{Text: "Rekap " + d.Period, Buttons: keys("Rinci")}, nil
	}
	return &outbox.Courier{Store: p.store, Sender: client, Draw: draw, Now: now, Log: quiet()}
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func keys(labels ...string) [][]chat.Button {
	var row []chat.Button
	for _, l := range labels {
		row = append(row, chat.Button{Label: l, Data: "x:" + l})
	}
	return [][]chat.Button{row}
}

func (p *post) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *post) update(do func(*storage.Tx) error) {
	p.t.Helper()
	p.must(p.store.Update(context.Background(), do))
}

// queue puts replies into the outbox and returns the number of the last.
func (p *post) queue(replies ...chat.Reply) (seq uint64) {
	p.t.Helper()
	p.update(func(tx *storage.Tx) error {
		for _, r := range replies {
			body, err := json.Marshal(r)
			if err != nil {
				return err
			}
			o := storage.Outgoing{Chat: r.Chat, Body: body, At: p.courier.Now(), Fast: r.Act == chat.Toast}
			if seq, err = tx.Enqueue(o); err != nil {
				return err
			}
		}
		return nil
	})
	return seq
}

func (p *post) drain() {
	p.t.Helper()
	p.must(p.courier.Drain(context.Background()))
}

func say(to int64, text string) chat.Reply {
	return chat.Reply{Act: chat.Say, Class: chat.Notice, Chat: to, Text: text}
}

func card(to int64, text string) chat.Reply {
	return chat.Reply{Act: chat.Show, Class: chat.Screen, Chat: to, Text: text, Buttons: keys("Ya")}
}

// said returns what the bot's messages in a chat say now, with their buttons in brackets.
func (p *post) said(in int64) []string {
	var out []string
	for _, m := range p.telegram.Messages(in) {
		if !m.Bot {
			continue
		}
		text := m.Text
		for _, row := range m.Buttons {
			for _, b := range row {
				text += " [" + b.Label + "]"
			}
		}
		out = append(out, text)
	}
	return out
}

// newest returns the id of the bot's newest message in a chat.
func (p *post) newest(in int64) (id int64) {
	for _, m := range p.telegram.Messages(in) {
		if m.Bot {
			id = m.ID
		}
	}
	return id
}

func (p *post) wantSaid(in int64, want ...string) {
	p.t.Helper()
	if diff := cmp.Diff(want, p.said(in)); diff != "" {
		p.t.Errorf("chat %d (-want +got):\n%s", in, diff)
	}
}

// rows returns the outbox in short: state and, of a dead row, why.
func (p *post) rows() []string {
	var out []string
	p.must(p.store.View(func(tx *storage.Tx) error {
		for o := range tx.Outgoings() {
			out = append(out, strings.TrimSpace(string(o.State)+" "+o.Why))
		}
		return nil
	}))
	return out
}

func (p *post) wantRows(want ...string) {
	p.t.Helper()
	if diff := cmp.Diff(want, p.rows()); diff != "" {
		p.t.Errorf("outbox (-want +got):\n%s", diff)
	}
}

func (p *post) row(seq uint64) (o storage.Outgoing) {
	p.must(p.store.View(func(tx *storage.Tx) error { o, _ = tx.Outgoing(seq); return nil }))
	return o
}

func (p *post) chat(id int64) (c storage.Chat) {
	p.must(p.store.View(func(tx *storage.Tx) error { c = tx.Chat(id); return nil }))
	return c
}

// calls returns the requests of a method.
func (p *post) calls(method string) []simulator.Call {
	return slices.DeleteFunc(p.telegram.Calls(), func(c simulator.Call) bool { return c.Method != method })
}

func (p *post) refuse(method, text string) {
	p.telegram.Inject(method, 1, simulator.Fault{Status: 400, Text: "Bad Request: " + text})
}

// Each refusal that nothing can mend ends the row as dead, and what stands behind it goes on.
func TestHopeless(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reply chat.Reply
		fault simulator.Fault // none: the Telegram refuses by itself
		why   string
	}{
		"empty text":        {reply: say(0, ""), why: "400"},
		"tags only":         {reply: say(0, "<b></b>"), why: "400"},
		"must be non-empty": {say(0, "x"), simulator.Fault{Status: 400, Text: "Bad Request: text must be non-empty"}, "400"},
		"chat id empty":     {say(0, "x"), simulator.Fault{Status: 400, Text: "Bad Request: chat_id is empty"}, "400"},
		"no rights": {
			say(0, "x"), simulator.Fault{Status: 400, Text: "Bad Request: not enough rights to send text messages to the chat"}, "not enough rights",
		},
		"file too big":       {say(0, "x"), simulator.Fault{Status: 400, Text: "Bad Request: file is too big"}, "400"},
		"raw code":           {say(0, "x"), simulator.Fault{Status: 400, Text: "Bad Request: CHAT_RESTRICTED"}, "400"},
		"file without words": {reply: chat.Reply{Act: chat.Say, Class: chat.Notice, Photo: "lama"}, why: "wrong file_id"},
		"unknown 403":        {say(0, "x"), simulator.Fault{Status: 403, Text: "Forbidden: something new"}, "403"},
		"413":                {say(0, "x"), simulator.Fault{Status: 413, Text: "Request Entity Too Large"}, "413"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			if c.fault != (simulator.Fault{}) {
				p.telegram.Inject("", 1, c.fault)
			}
			c.reply.Chat = p.ketua
			p.queue(c.reply, say(p.ketua, "sesudah"))
			p.drain()
			p.wantSaid(p.ketua, "sesudah")
			p.wantRows("dead " + c.why)
			p.drain()
			p.wantSaid(p.ketua, "sesudah")
		})
	}
}

func TestUnknownChatIsDead(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.queue(say(999, "siapa?"), say(p.ketua, "sesudah"))
	p.drain()
	p.wantSaid(p.ketua, "sesudah")
	p.wantRows("dead 400")
}

// A form that is refused is mended and goes at once; nothing is left in the outbox.
func TestMended(t *testing.T) {
	t.Parallel()
	many := chat.Reply{Act: chat.Say, Class: chat.Notice, Text: "banyak", Buttons: [][]chat.Button{}}
	for range 101 {
		many.Buttons = append(many.Buttons, keys("x")[0])
	}
	wide := say(0, "lebar")
	wide.Buttons = [][]chat.Button{{{Label: "x", Data: strings.Repeat("x", 65)}}}
	answering, topic, picture := say(0, "jawab"), say(0, "topik"), say(0, "foto lama")
	answering.ReplyTo, topic.Topic, picture.Photo = 1, 5, "lama"
	for name, c := range map[string]struct {
		reply        chat.Reply
		refusal      string // "": the Telegram refuses by itself
		want         string
		first, again string // the parameter that is there at first and not when sent again
	}{
		"reply not found":  {reply: answering, refusal: "message to be replied not found", want: "jawab", first: "reply_parameters"},
		"thread not found": {reply: topic, want: "topik", first: "message_thread_id"},
		"bad entities":     {reply: say(0, "<b>tebal &amp; <u"), want: "tebal &"},
		"too many buttons": {reply: many, want: "banyak", first: "reply_markup"},
		"button data":      {reply: wide, want: "lebar", first: "reply_markup"},
		"markup object":    {reply: card(0, "kartu"), refusal: "object expected as reply markup", want: "kartu", first: "reply_markup"},
		"wrong file_id":    {reply: picture, want: "foto lama", first: "photo"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			if c.refusal != "" {
				p.refuse("sendMessage", c.refusal)
			}
			c.reply.Chat = p.ketua
			p.queue(c.reply, say(p.ketua, "sesudah"))
			p.drain()
			p.wantSaid(p.ketua, c.want, "sesudah")
			p.wantRows()
			calls := p.telegram.Calls()
			if c.first != "" && (len(calls) != 3 || calls[0].Params[c.first] == "" || calls[1].Params[c.first] != "") {
				t.Errorf("%s: %+v", c.first, calls)
			}
		})
	}
}

// What a refusal shows to be done already leaves the outbox, with a single call.
func TestAsGoodAsDone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reply  chat.Reply
		method string
	}{
		"not modified": {chat.Reply{Act: chat.Edit, Class: chat.Screen, Text: "sama", Buttons: keys("Ya")}, "editMessageText"},
		"delete gone":  {chat.Reply{Act: chat.Delete, Class: chat.Fleet, Message: 999}, "deleteMessage"},
		"strip gone":   {chat.Reply{Act: chat.Strip, Class: chat.Fleet, Message: 999}, "editMessageReplyMarkup"},
		"query old":    {chat.Reply{Act: chat.Toast, Class: chat.Fleet, Query: "999", Text: "hai"}, "answerCallbackQuery"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.queue(card(p.ketua, "sama"))
			p.drain()
			c.reply.Chat = p.ketua
			if c.reply.Message == 0 {
				c.reply.Message = p.newest(p.ketua)
			}
			p.queue(c.reply, say(p.ketua, "sesudah"))
			p.drain()
			p.wantSaid(p.ketua, "sama [Ya]", "sesudah")
			p.wantRows()
			if n := len(p.calls(c.method)); n != 1 {
				t.Errorf("%d calls of %s", n, c.method)
			}
		})
	}
}

// TestDeleteSaysWhatBecameOfIt deletes a message with words for after, is refused another, and meets one
// that is gone.
func TestDeleteSaysWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ refusal, want string }{
		{"", "gone"}, {"message can't be deleted", "there"}, {"not enough rights to delete", "there"}, {"message to delete not found", ""},
	} {
		t.Run(c.want+c.refusal, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.queue(say(p.ketua, "first"))
			p.drain()
			if c.refusal != "" {
				p.refuse("deleteMessage", c.refusal)
			}
			p.queue(chat.Reply{Act: chat.Delete, Class: chat.Notice, Chat: p.ketua, Message: p.newest(p.ketua), Text: "gone", Otherwise: "there"})
			p.drain()
			want := []string{c.want}
			switch {
			case c.want == "there":
				want = []string{"first", "there"}
			case c.want == "":
				want = []string{"first"}
			}
			p.wantSaid(p.ketua, want...)
		})
	}
}

func TestDeleteRefusedIsGivenUp(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.refuse("deleteMessage", "message can't be deleted")
	p.queue(chat.Reply{Act: chat.Delete, Class: chat.Fleet, Chat: p.ketua, Message: 1}, say(p.ketua, "sesudah"))
	p.drain()
	p.wantSaid(p.ketua, "sesudah")
	p.wantRows()
}

// A tap that waited in the outbox for longer than any phone waits is not answered at all.
func TestOldToastIsNotSent(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.queue(chat.Reply{Act: chat.Toast, Class: chat.Fleet, Chat: p.ketua, Query: "1"})
	p.now = p.now.Add(3 * time.Minute)
	p.drain()
	p.wantRows()
	if calls := p.telegram.Calls(); len(calls) != 0 {
		t.Errorf("called %+v", calls)
	}
}

// A live card that cannot be edited is sent anew, and its new id is the one that is edited next.
func TestCardThatIsGoneIsSentAnew(t *testing.T) {
	t.Parallel()
	for _, refusal := range []string{
		"", // somebody deleted it
		"message can't be edited",
		"there is no text in the message to edit",
	} {
		t.Run(refusal, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.queue(card(p.ketua, "satu"))
			p.drain()
			first := p.newest(p.ketua)
			if got := p.chat(p.ketua).Live; got != first {
				t.Fatalf("live card %d, want %d", got, first)
			}
			want := []string{"tiga [Ya]"}
			if refusal == "" {
				p.must(p.telegram.DeleteOwn(p.ketua, p.ketua, first))
			} else {
				want = []string{"satu", "tiga [Ya]"}
				p.refuse("editMessageText", refusal)
			}
			p.queue(card(p.ketua, "dua"))
			p.drain()
			if got := p.chat(p.ketua).Live; got == first || got != p.newest(p.ketua) {
				t.Errorf("live card %d, the newest is %d", got, p.newest(p.ketua))
			}
			p.queue(card(p.ketua, "tiga"))
			p.drain()
			p.wantSaid(p.ketua, want...)
			p.wantRows()
		})
	}
}

// A message posted under a tag that cannot be edited is posted anew under the same tag.
func TestTaggedMessageThatIsGoneIsPostedAnew(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	first := say(p.group, "menunggu")
	first.Tag = "request:1"
	p.queue(first)
	p.drain()
	p.refuse("editMessageText", "message to edit not found")
	for _, text := range []string{"diterima", "diterima, sudah dilihat"} {
		p.queue(chat.Reply{Act: chat.Edit, Class: chat.Notice, Chat: p.group, Tag: "request:1", Text: text})
		p.drain()
	}
	p.wantSaid(p.group, "menunggu", "diterima, sudah dilihat")
	p.wantRows()
}

// A new card, or a word that becomes one, takes the buttons from the old card.
func TestOneLiveCard(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	fresh, live := card(p.ketua, "dua"), say(p.ketua, "tiga")
	fresh.Fresh, live.Live, live.Buttons = true, true, keys("Ya")
	p.queue(card(p.ketua, "satu"), fresh)
	p.drain()
	p.wantSaid(p.ketua, "satu", "dua [Ya]")
	p.queue(live)
	p.drain()
	p.wantSaid(p.ketua, "satu", "dua", "tiga [Ya]")
	last := card(p.ketua, "tanda terima")
	last.Last, last.Buttons = true, nil
	p.queue(last, card(p.ketua, "empat"))
	p.drain()
	p.wantSaid(p.ketua, "satu", "dua", "tanda terima", "empat [Ya]")
}

// A text that is too long for one message arrives whole in several, the buttons below the last.
func TestLongTextIsSplit(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	text := strings.TrimSuffix(strings.Repeat("baris <b>tebal</b> &amp; isi\n", 300), "\n")
	long := say(p.ketua, text)
	long.Buttons = keys("Ya")
	p.queue(long)
	p.drain()
	got := p.said(p.ketua)
	if len(got) != 2 || strings.Join(got, "\n") != chat.Plain(text)+" [Ya]" {
		t.Errorf("%d messages: %q", len(got), got)
	}
	p.wantRows()
}

// The limit counts what a reader sees.
func TestTextAtTheLimit(t *testing.T) {
	t.Parallel()
	for _, n := range []int{2048, 2049} {
		p := newPost(t)
		p.queue(say(p.ketua, "<b>"+strings.Repeat("é", 2047)+"</b>\n"+strings.Repeat("&amp;", n)))
		p.drain()
		if got := len(p.said(p.ketua)); got != n-2047 {
			t.Errorf("%d characters in %d messages", 2048+n, got)
		}
	}
}

// A card that grows too long for one message is still told whole.
func TestLongEditIsSplit(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	text := strings.TrimSuffix(strings.Repeat("baris <b>tebal</b> &amp; isi\n", 300), "\n")
	p.queue(card(p.ketua, "pendek"))
	p.drain()
	p.queue(card(p.ketua, text))
	p.telegram.Inject("sendMessage", 1, simulator.Fault{Status: 500, JSON: true, Text: "Internal Server Error"}) // between the two
	p.drain()
	p.now = p.now.Add(time.Minute)
	p.drain()
	got := p.said(p.ketua)
	if len(got) != 2 || strings.Join(got, "\n") != chat.Plain(text)+" [Ya]" {
		t.Errorf("%d messages: %q", len(got), got)
	}
	p.queue(card(p.ketua, "pendek lagi"))
	p.drain()
	if got := p.said(p.ketua); got[len(got)-1] != "pendek lagi [Ya]" {
		t.Errorf("the live card is %q", got[len(got)-1])
	}
	p.wantRows()
}

// A caption that is too long follows its picture as a message.
func TestLongCaptionFollows(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	_, err := p.telegram.Attach(p.ketua, p.ketua, "photo", "a.jpg", "", "", []byte("GIF89a"))
	p.must(err)
	all := p.telegram.Messages(p.ketua)
	long := say(p.ketua, strings.Repeat("x", 1025))
	long.Photo = all[len(all)-1].File.ID
	p.queue(long)
	p.drain()
	p.wantSaid(p.ketua, "", long.Text)
	p.wantRows()
}

// A person who cannot be reached loses what waits for them; others do not.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"blocked": "", "deactivated": "user is deactivated", "never wrote": "bot can't initiate conversation with a user",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			to := p.ketua
			switch name {
			case "blocked":
				p.telegram.Block(to)
			case "never wrote":
				to = p.telegram.AddPerson("baru", "Baru")
			default:
				p.telegram.Inject("sendMessage", 1, simulator.Fault{Status: 403, Text: "Forbidden: " + text})
			}
			p.queue(say(to, "satu"), say(to, "dua"), say(p.tetangga, "halo"))
			p.drain()
			p.wantSaid(to)
			p.wantSaid(p.tetangga, "halo")
			p.wantRows()
			if !p.chat(to).Unreachable || p.chat(p.tetangga).Unreachable {
				t.Error("not noted, or noted of another")
			}
			if n := len(p.calls("sendMessage")); n != 2 {
				t.Errorf("%d calls", n)
			}
		})
	}
}

// Staff who wrote to the bot are told in private when their group is lost or mute, once a day.
func TestStaffIsWarned(t *testing.T) {
	t.Parallel()
	for kind, fault := range map[string]simulator.Fault{
		"group_lost": {Status: 403, Text: "Forbidden: bot was kicked from the group chat"},
		"group_mute": {Status: 400, Text: "Bad Request: not enough rights to send text messages to the chat"},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.update(func(tx *storage.Tx) error { return tx.PutChat(storage.Chat{ID: p.tetangga, Staff: true}) })
			p.telegram.Inject("sendMessage", 1, fault)
			p.queue(say(p.group, "satu"))
			p.drain()
			p.wantSaid(p.tetangga, kind)
			p.wantSaid(p.ketua)
			p.telegram.Inject("sendMessage", 1, fault)
			p.queue(say(p.group, "dua"))
			p.drain()
			p.wantSaid(p.tetangga, kind)
		})
	}
}

// A group that shut the bot out is no longer the Dinsos group, and nothing waits for it.
func TestExpelled(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"kicked": "", "not a member": "bot is not a member of the supergroup chat", "deleted": "the group chat was deleted",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			if text == "" {
				p.must(p.telegram.RemoveBot(p.tetangga, p.group))
			} else {
				p.telegram.Inject("sendMessage", 1, simulator.Fault{Status: 403, Text: "Forbidden: " + text})
			}
			p.queue(say(p.group, "satu"), say(p.group, "dua"), say(p.ketua, "halo"))
			p.drain()
			p.wantSaid(p.group)
			p.wantSaid(p.ketua, "halo")
			p.wantRows()
			p.must(p.store.View(func(tx *storage.Tx) error {
				if g, ok := tx.StaffGroup(); ok {
					t.Errorf("still the Dinsos group: %+v", g)
				}
				return nil
			}))
		})
	}
}

// A group that became a supergroup gets what was meant for it there, in order.
func TestMigrated(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.queue(card(p.group, "kartu"))
	p.drain()
	to, err := p.telegram.Migrate(p.group)
	p.must(err)
	p.queue(say(p.group, "satu"), say(p.group, "dua"), card(p.group, "tiga"))
	p.drain()
	p.wantSaid(to, "satu", "dua", "tiga [Ya]")
	p.wantRows()
	if live := p.chat(to).Live; live != p.newest(to) || p.chat(p.group).Live != 0 {
		t.Errorf("live card %d in the new chat, %d in the old", live, p.chat(p.group).Live)
	}
	p.must(p.store.View(func(tx *storage.Tx) error {
		if g, ok := tx.StaffGroup(); !ok || g.Chat != to {
			t.Errorf("Dinsos group %+v, want %d", g, to)
		}
		return nil
	}))
}

// The same while a call is under way: what the old chat had already taken is not said again.
// A change that was meant for a message of the old group leaves alone what has the same number in the new one.
func TestMovedEditChangesNothingElse(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.queue(say(p.group, "satu"), say(p.group, "dua"))
	p.drain()
	was := p.newest(p.group)
	p.queue(chat.Reply{Act: chat.Edit, Class: chat.Notice, Chat: p.group, Message: was, Text: "dua lagi"},
		chat.Reply{Act: chat.Strip, Class: chat.Fleet, Chat: p.group, Message: was})
	to, err := p.telegram.Migrate(p.group)
	p.must(err)
	for p.newest(to) <= was {
		_, err := p.courier.Sender.Send(context.Background(), say(to, "lain"))
		p.must(err)
	}
	p.drain()
	all := p.telegram.Messages(to)
	if last := all[len(all)-1]; last.Text != "dua lagi" {
		t.Errorf("the last message is %q", last.Text)
	}
	for _, m := range all[:len(all)-1] {
		if m.Bot && m.Text != "lain" {
			t.Errorf("message %d became %q", m.ID, m.Text)
		}
	}
}

func TestMigratedMeanwhile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before bool // the call arrives before the move
		old    []string
		moved  []string
	}{"before": {true, []string{"satu"}, []string{"dua"}}, "after": {false, nil, []string{"satu", "dua"}}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := &post{t: t}
				p.open(time.Now)
				p.courier.Sender = late{p.courier.Sender, c.before}
				p.queue(say(p.group, "satu"), say(p.group, "dua"))
				p.live(func() {
					to, err := p.telegram.Migrate(p.group)
					p.must(err)
					p.update(func(tx *storage.Tx) error { // as told by the service message
						_, err := tx.Record(time.Now(), 0, 0, storage.GroupMoved{From: p.group, To: to})
						return err
					})
					p.await(time.Minute)
					p.wantSaid(p.group, c.old...)
					p.wantSaid(to, c.moved...)
				})
				p.wantRows()
			})
		})
	}
}

// late is a slow way to the messenger, or from it.
type late struct {
	outbox.Sender
	from bool
}

func (l late) Send(ctx context.Context, r chat.Reply) (id int64, err error) {
	if !l.from {
		<-time.After(2 * time.Second)
	}
	id, err = l.Sender.Send(ctx, r)
	if l.from {
		<-time.After(2 * time.Second)
	}
	return id, err
}

// A refused token stops the courier and costs no message.
func TestRefusedToken(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.telegram.Inject("sendMessage", 1, simulator.Fault{Status: 401, Text: "Unauthorized"})
	p.queue(say(p.ketua, "satu"), say(p.ketua, "dua"))
	if err := p.courier.Drain(context.Background()); !errors.Is(err, outbox.ErrToken) {
		t.Fatalf("drain: %v", err)
	}
	if err := p.courier.Drain(context.Background()); err != nil {
		t.Fatalf("drain again: %v", err)
	}
	p.now = p.now.Add(time.Minute)
	p.drain()
	p.wantSaid(p.ketua, "satu", "dua")
	p.wantRows()
}

// What surely was not sent is tried again, later and later, and keeps its place: what stands behind
// it in its chat waits, other chats do not.
func TestRetryKeepsOrder(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]simulator.Fault{
		"429": {Status: 429, Text: "Too Many Requests: retry after 35", RetryAfter: 35},
		"500": {Status: 500, JSON: true, Text: "Internal Server Error: restart"},
		"502": {Status: 502},                    // HTML: in doubt
		"404": {Status: 404, Text: "Not Found"}, // a wrong api_url: wait until it is mended
		"cut": {CutBefore: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			waits := []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}
			if fault.Status == 429 {
				waits = []time.Duration{35 * time.Second, 35 * time.Second, 35 * time.Second}
			}
			p.telegram.Inject("sendMessage", 1, fault)
			seq := p.queue(say(p.ketua, "satu"))
			p.queue(say(p.ketua, "dua"), say(p.tetangga, "halo"))
			p.drain()
			for i, wait := range waits {
				p.wantSaid(p.ketua)
				p.wantSaid(p.tetangga, "halo")
				o := p.row(seq)
				if o.State != storage.Queued || o.Tries != i+1 || !o.NotBefore.Equal(p.now.Add(wait)) {
					t.Errorf("try %d: %+v, want it to wait %v", i, o, wait)
				}
				if doubt := name == "502" || name == "cut"; o.Ambiguous != doubt {
					t.Errorf("in doubt: %v", o.Ambiguous)
				}
				calls := len(p.telegram.Calls())
				p.now = p.now.Add(wait - time.Second)
				if wait > time.Second {
					p.drain()
				}
				if len(p.telegram.Calls()) != calls {
					t.Error("tried too early")
				}
				p.now = p.now.Add(time.Second)
				if i < len(waits)-1 {
					p.telegram.Inject("sendMessage", 1, fault)
				}
				p.drain()
			}
			p.wantSaid(p.ketua, "satu", "dua")
			p.wantRows()
		})
	}
}

// The wait grows, but never beyond five minutes.
func TestBackoffIsBounded(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	seq := p.queue(say(p.ketua, "satu"))
	for range 15 {
		p.telegram.Inject("sendMessage", 1, simulator.Fault{Status: 500, JSON: true})
		p.drain()
		p.now = p.row(seq).NotBefore
	}
	p.telegram.Inject("sendMessage", 1, simulator.Fault{Status: 500, JSON: true})
	p.drain()
	if got := p.row(seq).NotBefore.Sub(p.now); got != 5*time.Minute {
		t.Errorf("waits %v", got)
	}
}

// A server that is not trusted got nothing: there is no doubt, and not even a fleeting thing is lost.
func TestUntrustedServerGetsNothing(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	srv := httptest.NewUnstartedServer(p.telegram)
	srv.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	srv.StartTLS()
	defer srv.Close()
	client, err := telegram.Dial(token, srv.URL, telegram.Options{HTTP: &http.Client{}, Log: quiet()})
	p.must(err)
	p.courier.Sender = client
	seq := p.queue(chat.Reply{Act: chat.Delete, Class: chat.Fleet, Chat: p.ketua, Message: 1})
	p.drain()
	p.wantRows("queued")
	if p.row(seq).Ambiguous {
		t.Error("in doubt")
	}
}

// A call whose answer is lost was perhaps obeyed: what matters comes twice rather than never, and
// what would come too late does not.
func TestLostAnswer(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.telegram.Inject("sendMessage", 1, simulator.Fault{CutAfter: true})
	p.telegram.Inject("deleteMessage", 1, simulator.Fault{CutBefore: true})
	p.queue(say(p.ketua, "No. 0007"), chat.Reply{Act: chat.Delete, Class: chat.Fleet, Chat: p.tetangga, Message: 1})
	p.drain()
	p.wantRows("queued")
	p.now = p.now.Add(time.Second)
	p.drain()
	p.wantSaid(p.ketua, "No. 0007", "No. 0007")
	p.wantRows()
	if n := len(p.calls("deleteMessage")); n != 1 {
		t.Errorf("%d calls of deleteMessage", n)
	}
}

// An edit whose answer is lost is repeated and found done: no twin.
func TestLostAnswerOfAnEdit(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.queue(card(p.ketua, "satu"))
	p.drain()
	p.telegram.Inject("editMessageText", 1, simulator.Fault{CutAfter: true})
	p.queue(card(p.ketua, "dua"))
	p.drain()
	p.now = p.now.Add(time.Second)
	p.drain()
	p.wantSaid(p.ketua, "dua [Ya]")
	p.wantRows()
	if live := p.chat(p.ketua).Live; live != p.newest(p.ketua) {
		t.Errorf("live card %d", live)
	}
}

// A receipt that is found done is done with: the next card goes below it.
func TestLostAnswerOfAReceipt(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.queue(card(p.ketua, "benar?"))
	p.drain()
	p.telegram.Inject("editMessageText", 1, simulator.Fault{CutAfter: true})
	receipt := card(p.ketua, "No. 0007")
	receipt.Last, receipt.Buttons, receipt.Class = true, nil, chat.Receipt
	p.queue(receipt, card(p.ketua, "lagi?"))
	p.drain()
	p.now = p.now.Add(time.Second)
	p.drain()
	p.wantSaid(p.ketua, "No. 0007", "lagi? [Ya]")
	p.wantRows()
}

// A digest is not sent for ever while every answer is lost, but kept for somebody to see.
func TestDigestInDoubtComesToAnEnd(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	seq := p.queue(digest(p.group))
	p.telegram.Inject("sendMessage", 1000, simulator.Fault{CutAfter: true})
	for range 50 {
		p.drain()
		if p.row(seq).State == storage.Dead {
			break
		}
		p.now = p.row(seq).NotBefore
	}
	said := p.said(p.group)
	if n := len(said); n < 2 || n > 20 || said[0] != "Rekap 2026-W47 [Rinci]" || !strings.Contains(said[1], "kiriman ulang") {
		t.Errorf("%d messages: %q", n, said)
	}
	p.wantRows("dead in doubt too often")
}

func digest(to int64) chat.Reply {
	return chat.Reply{
		Act: chat.Say, Class: chat.Digest, Chat: to, Tag: "digest:2026-W47", Draw: &chat.Drawing{Kind: "digest", Period: "2026-W47"},
	}
}

// A row that was being sent when the process ended is in doubt.
func TestRowsInDoubtAtStart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reply chat.Reply
		want  []string
	}{
		"screen":  {reply: card(0, "kartu"), want: []string{"kartu [Ya]"}},
		"receipt": {reply: chat.Reply{Act: chat.Say, Class: chat.Receipt, Text: "No. 0007"}, want: []string{"No. 0007"}},
		"notice":  {reply: say(0, "kabar"), want: []string{"kabar"}},
		"digest":  {reply: digest(0), want: []string{"Rekap 2026-W47\n(kiriman ulang, isinya sama) [Rinci]"}},
		"fleet":   {reply: chat.Reply{Act: chat.Delete, Class: chat.Fleet, Message: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			c.reply.Chat = p.ketua
			seq := p.queue(c.reply)
			p.queue(say(p.ketua, "sesudah"))
			p.update(func(tx *storage.Tx) error {
				o, _ := tx.Outgoing(seq)
				o.State, o.Started, o.Tries = storage.Sending, p.now, 1
				return tx.PutOutgoing(o)
			})
			p.courier = p.engage(func() time.Time { return p.now })
			p.drain()
			p.wantSaid(p.ketua, append(c.want, "sesudah")...)
			p.wantRows()
			if n := len(p.telegram.Calls()); n != len(c.want)+1 {
				t.Errorf("%d calls", n)
			}
		})
	}
}

// A digest that goes out at once bears no mark, and can be edited by its tag.
func TestDigestIsDrawnWhenSent(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.queue(digest(p.group))
	p.drain()
	p.wantSaid(p.group, "Rekap 2026-W47 [Rinci]")
	p.must(p.store.View(func(tx *storage.Tx) error {
		if at, ok := tx.Posted("digest:2026-W47"); !ok || at.Chat != p.group || at.Message != p.newest(p.group) {
			t.Errorf("posted %+v", at)
		}
		return nil
	}))
}

func TestDrawingThatFailsIsTriedAgain(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	draw := p.courier.Draw
	p.courier.Draw = func(chat.Drawing) (chat.Reply, error) { return chat.Reply{}, errors.New("no ink") }
	p.queue(digest(p.group), say(p.ketua, "halo"))
	p.drain()
	p.wantSaid(p.ketua, "halo")
	p.wantRows("queued")
	p.courier.Draw, p.now = draw, p.now.Add(time.Second)
	p.drain()
	p.wantSaid(p.group, "Rekap 2026-W47 [Rinci]")
	p.wantRows()
}

// A file is drawn with words and buttons, sent below a card without touching it, and forgotten.
func TestFileIsDrawnWhenSent(t *testing.T) {
	t.Parallel()
	for _, act := range []chat.Act{chat.Say, chat.Edit, chat.Show} {
		t.Run(string(act), func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.courier.Draw = func(d chat.Drawing) (chat.Reply, error) {
				file := &chat.Upload{Name: d.Name + "." + d.Format, Data: []byte(d.Kind)}
				return chat.Reply{Text: "Rekap", Buttons: keys("PDF"), Upload: file}, nil
			}
			p.queue(card(p.ketua, "kartu"))
			p.drain()
			r := chat.Reply{Act: act, Class: chat.Notice, Chat: p.ketua, Draw: &chat.Drawing{Kind: "recap", Format: "xlsx", Name: "rekap", For: p.ketua}}
			if act == chat.Edit {
				r.Message = p.newest(p.ketua)
			}
			p.queue(r)
			p.drain()
			all := p.telegram.Messages(p.ketua)
			m := all[len(all)-1]
			if m.File == nil || m.File.Name != "rekap.xlsx" || m.Text != "Rekap" || len(m.Buttons) != 1 {
				t.Fatalf("sent %+v", m)
			}
			if n := len(slices.DeleteFunc(p.telegram.Calls(), func(c simulator.Call) bool { return c.Method != "sendChatAction" })); n != 1 {
				t.Errorf("said %d times that a file is coming", n)
			}
			if data, _, _ := p.telegram.File(m.File.ID); string(data) != "recap" {
				t.Errorf("the file holds %q", data)
			}
			if before := all[len(all)-2]; before.Text != "kartu" {
				t.Errorf("the card says %q", before.Text)
			}
			p.wantRows()
		})
	}
}

// A drawing that cannot be made, or panics, ends with an excuse: the chat goes on.
func TestDrawingThatNeverWorksIsExcused(t *testing.T) {
	t.Parallel()
	for name, draw := range map[string]func(chat.Drawing) (chat.Reply, error){
		"error": func(chat.Drawing) (chat.Reply, error) { return chat.Reply{}, errors.New("no ink") },
		"panic": func(chat.Drawing) (chat.Reply, error) { panic("paper jam") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.courier.Draw = draw
			p.queue(chat.Reply{Act: chat.Say, Class: chat.Notice, Chat: p.ketua, Draw: &chat.Drawing{Kind: "recap", Format: "xlsx"}}, say(p.ketua, "sesudah"))
			for range 6 {
				p.wantSaid(p.ketua)
				p.drain()
				p.now = p.now.Add(time.Minute)
			}
			p.wantSaid(p.ketua, "⚠️ Berkas belum bisa dibuat. Datanya tetap tersimpan.\nMohon minta lagi nanti, atau hubungi Dinsos.", "sesudah")
			p.wantRows()
		})
	}
}

// What Telegram does not take as a picture is offered as a file, and a file it does not take is excused.
func TestRefusedUpload(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		upload chat.Upload
		said   string
		file   string
	}{
		"picture": {chat.Upload{Name: "grafik.png", Data: []byte("no picture"), Picture: true}, "Grafik", "grafik.png"},
		"spoken":  {chat.Upload{Name: "grafik.png", Picture: true, Spoken: true}, "Grafik", ""},
		"empty":   {chat.Upload{Name: "rekap.pdf"}, "⚠️ Berkas belum bisa dibuat. Datanya tetap tersimpan.\nMohon minta lagi nanti, atau hubungi Dinsos.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.courier.Draw = func(chat.Drawing) (chat.Reply, error) {
				return chat.Reply{Text: "Grafik", Upload: &c.upload}, nil
			}
			p.queue(chat.Reply{Act: chat.Say, Class: chat.Notice, Chat: p.ketua, Draw: &chat.Drawing{Kind: "chart", Format: "png"}})
			p.drain()
			p.wantSaid(p.ketua, c.said)
			all := p.telegram.Messages(p.ketua)
			file := ""
			if f := all[len(all)-1].File; f != nil {
				file = f.Name
			}
			if file != c.file {
				t.Errorf("the file is %q, want %q", file, c.file)
			}
			p.wantRows()
		})
	}
}

// A board is pinned when it is new, not when it changes; staff learns when the bot may not pin.
func TestPinned(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.update(func(tx *storage.Tx) error { return tx.PutChat(storage.Chat{ID: p.ketua, Staff: true}) })
	p.courier.Draw = func(d chat.Drawing) (chat.Reply, error) { return chat.Reply{Text: d.Kind + d.Period}, nil }
	board := func(period string) chat.Reply {
		return chat.Reply{
			Act: chat.Edit, Class: chat.Notice, Chat: p.group, Tag: "board", Pin: true, Draw: &chat.Drawing{Kind: "board", Period: period},
		}
	}
	pins := func() (n int) {
		for _, e := range p.telegram.Events(0) {
			if e.Kind == simulator.Pinned {
				n++
			}
		}
		return n
	}
	p.queue(board(" 1"))
	p.drain()
	p.queue(board(" 2"))
	p.drain()
	p.wantSaid(p.group, "board 2")
	if pins() != 1 {
		t.Errorf("pinned %d times", pins())
	}
	p.telegram.Inject("pinChatMessage", 1, simulator.Fault{Status: 400, Text: "Bad Request: not enough rights to manage pinned messages in the chat"})
	p.queue(chat.Reply{Act: chat.Say, Class: chat.Notice, Chat: p.group, Text: "papan", Pin: true})
	p.drain()
	p.wantSaid(p.group, "board 2", "papan")
	p.wantSaid(p.ketua, "group_no_pin")
	p.wantRows()
}

// A sign on a message is a courtesy: when it cannot be put nobody hears of it, and nothing stays behind.
func TestReaction(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	said, err := p.telegram.Say(p.ketua, p.ketua, "beras 20 kg")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []chat.Reply{
		{Message: said, Emoji: chat.Received}, {Message: said, Emoji: chat.Approved}, {Message: 9999, Emoji: chat.Received}, {Message: said, Emoji: "?"},
	} {
		r.Act, r.Class, r.Chat = chat.React, chat.Fleet, p.ketua
		p.queue(r)
	}
	p.drain()
	var got []string
	for _, e := range p.telegram.Events(0) {
		if e.Kind == simulator.Reacted {
			got = append(got, e.Text)
		}
	}
	if want := []string{chat.Received, chat.Approved}; !slices.Equal(got, want) {
		t.Errorf("signs %v, want %v", got, want)
	}
	p.wantRows()
}

// A row that cannot be read is dead, whatever it was doing when the process ended.
func TestUnreadableRowBlocksNobody(t *testing.T) {
	t.Parallel()
	for _, state := range []storage.OutState{storage.Queued, storage.Sending, storage.Dead} {
		t.Run(string(state), func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.update(func(tx *storage.Tx) error {
				seq, err := tx.Enqueue(storage.Outgoing{Chat: p.ketua, Body: json.RawMessage(`["?"]`), At: p.now})
				if err != nil {
					return err
				}
				o, _ := tx.Outgoing(seq)
				o.State, o.Why = state, "undecodable"
				return tx.PutOutgoing(o)
			})
			p.queue(say(p.ketua, "sesudah"))
			p.drain()
			p.wantSaid(p.ketua, "sesudah")
			p.wantRows("dead undecodable")
		})
	}
}

// While Telegram is away everything waits; afterwards everything comes once and in order.
func TestTelegramAway(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.telegram.Down(time.Minute)
	p.queue(say(p.ketua, "satu"), say(p.tetangga, "halo"), say(p.ketua, "dua"))
	for range 90 {
		p.drain()
		p.now = p.now.Add(time.Second)
	}
	p.wantSaid(p.ketua, "satu", "dua")
	p.wantSaid(p.tetangga, "halo")
	p.wantRows()
}

// live runs a courier on the bubble's clock until everything is still, does do, and stops it.
func (p *post) live(do func()) {
	p.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.courier.Run(ctx) }()
	synctest.Wait()
	do()
	stop()
	if err := <-ended; err != nil {
		p.t.Errorf("run: %v", err)
	}
}

// await lets the bubble's clock go on.
func (p *post) await(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// When several chats are told to wait at once it is the bot that is too fast: nothing goes to
// anybody until the wait is over. One chat's wait is its own.
func TestFloodInSeveralChatsPausesAll(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		floods int
		during []string
	}{"one": {1, []string{"halo"}}, "several": {3, nil}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := &post{t: t}
				p.open(time.Now)
				baru := p.telegram.AddPerson("baru", "Baru")
				_, err := p.telegram.Say(baru, baru, "/start")
				p.must(err)
				p.telegram.Inject("sendMessage", c.floods, simulator.Fault{Status: 429, Text: "Too Many Requests: retry after 60", RetryAfter: 60})
				all := []int64{p.ketua, p.tetangga, p.group}
				for _, to := range all[:c.floods] {
					p.queue(say(to, "satu"))
				}
				p.live(func() {
					p.await(time.Second)
					p.queue(say(baru, "halo"))
					p.await(58 * time.Second)
					p.wantSaid(p.ketua)
					p.wantSaid(baru, c.during...)
					p.await(2 * time.Second)
					p.wantSaid(baru, "halo")
					for _, to := range all[:c.floods] {
						p.wantSaid(to, "satu")
					}
				})
				p.wantRows()
			})
		})
	}
}

// A commit wakes the courier, chats go side by side, and a chat gets no more than Telegram bears.
func TestRunKeepsPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &post{t: t}
		p.open(time.Now)
		p.live(func() {
			for range 12 {
				p.queue(say(p.ketua, "x"), say(p.group, "x"))
			}
			p.queue(say(p.tetangga, "halo"))
			p.await(time.Second)
			if a, b := len(p.said(p.ketua)), len(p.said(p.group)); a < 6 || a > 7 || b != 10 {
				t.Errorf("after a second %d and %d messages", a, b)
			}
			p.wantSaid(p.tetangga, "halo")
			p.await(10 * time.Second)
			if a, b := len(p.said(p.ketua)), len(p.said(p.group)); a != 12 || b != 12 {
				t.Errorf("after eleven seconds %d and %d messages", a, b)
			}
		})
		p.wantRows()
	})
}

// A chat whose answer is slow keeps nobody waiting but itself.
func TestSlowChatKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &post{t: t}
		p.open(time.Now)
		p.telegram.Inject("sendMessage", 1, simulator.Fault{Delay: 20 * time.Second})
		p.queue(say(p.ketua, "satu"), say(p.ketua, "dua"))
		p.live(func() {
			p.queue(say(p.tetangga, "halo"), say(p.tetangga, "lagi"))
			p.await(2 * time.Second)
			p.wantSaid(p.ketua)
			p.wantSaid(p.tetangga, "halo", "lagi")
			p.await(20 * time.Second)
			p.wantSaid(p.ketua, "satu", "dua")
		})
		p.wantRows()
	})
}

// The answer to a tap does not stand behind a message that waits.
func TestTapIsAnsweredBesideWhatWaits(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.queue(card(p.ketua, "pilih"))
	p.drain()
	p.must(p.telegram.TapLabel(p.ketua, p.ketua, "Ya"))
	p.telegram.Inject("sendMessage", 1, simulator.Fault{Status: 429, Text: "Too Many Requests: retry after 60", RetryAfter: 60})
	p.queue(say(p.ketua, "satu"), chat.Reply{Act: chat.Toast, Class: chat.Fleet, Chat: p.ketua, Query: "1", Text: "Baik"})
	p.drain()
	if got := p.telegram.Toasts(p.ketua); !slices.Equal(got, []string{"Baik"}) {
		t.Errorf("saw %q", got)
	}
	p.wantRows("queued")
}

// A stop gives a call under way time to end, and settles it.
func TestStopSettlesCallsUnderWay(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		delay time.Duration
		said  []string
		rows  []string
	}{
		"short": {2 * time.Second, []string{"satu"}, nil},
		"long":  {20 * time.Second, nil, []string{"queued"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := &post{t: t}
				p.open(time.Now)
				p.telegram.Inject("sendMessage", 1, simulator.Fault{Delay: c.delay})
				p.queue(say(p.ketua, "satu"))
				p.live(func() {})
				p.wantSaid(p.ketua, c.said...)
				p.wantRows(c.rows...)
			})
		})
	}
}

func TestRunEndsWithARefusedToken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &post{t: t}
		p.open(time.Now)
		p.telegram.Inject("sendMessage", 1, simulator.Fault{Status: 401, Text: "Unauthorized"})
		p.queue(say(p.ketua, "satu"))
		if err := p.courier.Run(context.Background()); !errors.Is(err, outbox.ErrToken) {
			t.Errorf("run: %v", err)
		}
		p.wantRows("queued")
	})
}

// What would disturb after a time is not sent after it, however long Telegram was away.
func TestLateReplyIsNotSent(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	early, late := say(p.ketua, "siang"), say(p.tetangga, "malam")
	early.Until, late.Until = p.now.Add(time.Hour), p.now.Add(-time.Second)
	p.queue(early, late, say(p.tetangga, "biasa"))
	p.drain()
	p.wantSaid(p.ketua, "siang")
	p.wantSaid(p.tetangga, "biasa")
	p.wantRows()
}
