package simulator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wksbm/bot/simulator"
)

const token = "520799:test-token"

// world is a Telegram with a standing clock in which ibu has written to the bot and pak has not;
// both are in a group with the bot.
type world struct {
	*simulator.Telegram
	t               *testing.T
	now             time.Time
	ibu, pak, group int64
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)}
	w.Telegram = simulator.New(simulator.Options{Token: token, Now: func() time.Time { return w.now }})
	w.ibu, w.pak = w.AddPerson("ibu", "Sumiati"), w.AddPerson("pak", "Budi")
	w.group = w.AddGroup("grup", "Dinsos KSB", w.pak, w.ibu)
	w.must(w.AddBot(w.pak, w.group))
	w.say(w.ibu, w.ibu, "/start")
	w.updates(params{"offset": -1}) // forgets all but the last
	w.updates(params{"offset": w.updates(nil)[0].ID + 1})
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) say(person, chat int64, text string) int64 {
	w.t.Helper()
	id, err := w.Say(person, chat, text)
	w.must(err)
	return id
}

type params map[string]any

// reply is what the Bot API answers.
type reply struct {
	OK          bool
	Code        int `json:"error_code"`
	Description string
	Result      json.RawMessage
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	}
}

func (r reply) String() string {
	if r.OK {
		return "ok"
	}
	return fmt.Sprintf("%d %s", r.Code, r.Description)
}

// try calls a method; err is trouble on the way.
func (w *world) try(method string, p params) (r reply, err error) {
	body, err := json.Marshal(p)
	w.must(err)
	resp, err := w.Client().Post("http://telegram/bot"+token+"/"+method, "application/json", bytes.NewReader(body))
	if err != nil {
		return r, err
	}
	defer resp.Body.Close()
	return r, json.NewDecoder(resp.Body).Decode(&r)
}

func (w *world) call(method string, p params) reply {
	w.t.Helper()
	r, err := w.try(method, p)
	w.must(err)
	return r
}

func (w *world) want(want, method string, p params) reply {
	w.t.Helper()
	r := w.call(method, p)
	if got := r.String(); got != want && !(strings.HasSuffix(want, "…") && strings.HasPrefix(got, strings.TrimSuffix(want, "…"))) {
		w.t.Errorf("%s %.200v = %q, want %q", method, p, got, want)
	}
	return r
}

type incoming struct {
	ID      int64 `json:"update_id"`
	Message *struct {
		ID   int64 `json:"message_id"`
		Text string
		Chat struct{ ID int64 }
		To   int64 `json:"migrate_to_chat_id"`
		From int64 `json:"migrate_from_chat_id"`
	}
	Query *struct {
		ID, Data string
	} `json:"callback_query"`
	Member *struct {
		Now struct{ Status string } `json:"new_chat_member"`
	} `json:"my_chat_member"`
}

func (w *world) updates(p params) (out []incoming) {
	w.t.Helper()
	r := w.call("getUpdates", p)
	if !r.OK {
		w.t.Fatalf("getUpdates: %v", r)
	}
	w.must(json.Unmarshal(r.Result, &out))
	return out
}

// texts is what the messages of the updates say.
func (w *world) texts(p params) (out []string) {
	w.t.Helper()
	for _, u := range w.updates(p) {
		if u.Message != nil {
			out = append(out, u.Message.Text)
		}
	}
	return out
}

func (w *world) wantTexts(p params, want ...string) {
	w.t.Helper()
	if got := w.texts(p); !slices.Equal(got, want) {
		w.t.Errorf("updates %v say %q, want %q", p, got, want)
	}
}

// send posts a message of the bot and returns its id.
func (w *world) send(chat int64, text string, rows ...[]params) int64 {
	w.t.Helper()
	p := params{"chat_id": chat, "text": text}
	if rows != nil {
		p["reply_markup"] = params{"inline_keyboard": rows}
	}
	r := w.want("ok", "sendMessage", p)
	var m struct {
		ID int64 `json:"message_id"`
	}
	w.must(json.Unmarshal(r.Result, &m))
	return m.ID
}

func button(label string) []params { return []params{{"text": label, "callback_data": label}} }

func (w *world) newest(chat int64) simulator.Message {
	all := w.Messages(chat)
	return all[len(all)-1]
}

func TestOffsetConfirms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, text := range []string{"satu", "dua", "tiga"} {
		w.say(w.ibu, w.ibu, text)
	}
	first := w.updates(nil)[0].ID
	w.wantTexts(nil, "satu", "dua", "tiga")
	w.wantTexts(params{"limit": 2}, "satu", "dua")
	w.wantTexts(params{"offset": first + 1}, "dua", "tiga")
	w.wantTexts(params{"offset": first}, "dua", "tiga")                  // what was confirmed does not come back
	w.wantTexts(params{"offset": first + 1_000}, "dua", "tiga")          // far beyond: of no meaning
	w.wantTexts(params{"offset": first - 200_000_000}, "dua", "tiga")    // far before: of no meaning
	w.wantTexts(params{"offset": -1}, "tiga")                            // forgets the others
	w.wantTexts(params{"offset": 0}, "tiga")                             // for ever
	w.wantTexts(params{"offset": first + 3, "limit": 100, "timeout": 0}) // the last one plus one
	if n := w.Pending(); n != 0 {
		t.Errorf("%d wait", n)
	}
}

func TestUpdatesExpire(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.send(w.ibu, "pilih", button("Ya"))
	w.say(w.ibu, w.ibu, "satu")
	w.must(w.TapLabel(w.ibu, w.ibu, "Ya"))
	w.now = w.now.Add(149 * time.Second)
	if n := w.Pending(); n != 2 {
		t.Errorf("after 149 s %d wait", n)
	}
	w.now = w.now.Add(time.Second)
	w.wantTexts(nil, "satu")
	if n := w.Pending(); n != 1 {
		t.Errorf("after 150 s %d wait", n)
	}
	w.now = w.now.Add(24 * time.Hour)
	w.wantTexts(nil)
}

func TestAllowedUpdates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.updates(params{"allowed_updates": []string{"message"}})
	id := w.say(w.ibu, w.ibu, "satu")
	w.must(w.EditOwn(w.ibu, w.ibu, id, "dua"))
	w.updates(params{"allowed_updates": []string{"message", "edited_message"}}) // too late for the edit
	w.wantTexts(nil, "satu")
	w.must(w.EditOwn(w.ibu, w.ibu, id, "tiga"))
	if n := w.Pending(); n != 2 {
		t.Errorf("%d wait", n)
	}
}

func TestRestartedIDs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.say(w.ibu, w.ibu, "satu")
	w.RestartIDs(500)
	w.say(w.ibu, w.ibu, "dua") // the queue is not empty yet
	all := w.updates(nil)
	if len(all) != 2 || all[1].ID != all[0].ID+1 {
		t.Fatalf("%+v", all)
	}
	next := all[1].ID + 1
	w.updates(params{"offset": next})
	w.say(w.ibu, w.ibu, "tiga")
	if got := w.updates(params{"offset": next}); len(got) != 1 || got[0].ID != 500 {
		t.Errorf("%+v", got)
	}
}

// The newer poll wins; the older is told, and the winner gets what comes.
func TestSecondPollerConflicts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		first, second := make(chan reply, 1), make(chan reply, 1)
		go func() { first <- w.call("getUpdates", params{"timeout": 50}) }()
		synctest.Wait()
		go func() { second <- w.call("getUpdates", params{"timeout": 50}) }()
		if r := <-first; r.Code != 409 || !strings.Contains(r.Description, "terminated by other getUpdates request") {
			t.Errorf("the older poll: %v", r)
		}
		synctest.Wait()
		w.say(w.ibu, w.ibu, "satu")
		if r := <-second; !r.OK || !bytes.Contains(r.Result, []byte("satu")) {
			t.Errorf("the newer poll: %v", r)
		}
	})
}

func TestLongPollEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		began := time.Now()
		if got := w.updates(params{"timeout": 900}); len(got) != 0 || time.Since(began) != 50*time.Second {
			t.Errorf("%v after %v", got, time.Since(began))
		}
		ended := make(chan error, 1)
		go func() { _, err := w.try("getUpdates", params{"timeout": 50}); ended <- err }()
		synctest.Wait()
		w.Down(time.Minute)
		if err := <-ended; err == nil {
			t.Error("a poll outlives the network")
		}
	})
}

func TestTapIsAnsweredOnceAndInTime(t *testing.T) {
	t.Parallel()
	const old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
	w := newWorld(t)
	w.send(w.ibu, "pilih", button("Ya"))
	tap := func() string {
		w.must(w.TapLabel(w.ibu, w.ibu, "Ya"))
		all := w.updates(nil)
		return all[len(all)-1].Query.ID
	}
	w.want(old, "answerCallbackQuery", params{"callback_query_id": "999"})
	id := tap()
	w.want("400 Bad Request: MESSAGE_TOO_LONG", "answerCallbackQuery", params{"callback_query_id": id, "text": strings.Repeat("é", 201)})
	w.now = w.now.Add(15 * time.Second)
	w.want("ok", "answerCallbackQuery", params{"callback_query_id": id, "text": strings.Repeat("é", 200)})
	w.want(old, "answerCallbackQuery", params{"callback_query_id": id})
	id = tap()
	w.now = w.now.Add(16 * time.Second)
	w.want(old, "answerCallbackQuery", params{"callback_query_id": id})
	if got := w.Toasts(w.ibu); len(got) != 1 {
		t.Errorf("saw %q", got)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.Attach(w.ibu, w.ibu, "photo", "a.jpg", "", "", []byte("GIF89a"))
	w.must(err)
	file := w.newest(w.ibu).File.ID
	text := func(s string) params { return params{"text": s} }
	caption := func(s string) params { return params{"photo": file, "caption": s} }
	data := func(s string) params {
		return params{"text": "x", "reply_markup": params{"inline_keyboard": [][]params{{{"text": "x", "callback_data": s}}}}}
	}
	markup := func(m any) params { return params{"text": "x", "reply_markup": m} }
	buttons := func(n int) params {
		return markup(params{"inline_keyboard": slices.Repeat([][]params{button("x")}, n)})
	}
	html := func(s string) params { return params{"text": s, "parse_mode": "HTML"} }
	copied := func(n int) params {
		return markup(params{"inline_keyboard": [][]params{{{"text": "x", "copy_text": params{"text": strings.Repeat("é", n)}}}}})
	}
	for _, c := range []struct {
		want, method string
		p            params
	}{
		{"ok", "sendMessage", text(strings.Repeat("é", 4096))},
		{"ok", "sendMessage", text(strings.Repeat("😀", 4096))},
		{"400 Bad Request: message is too long", "sendMessage", text(strings.Repeat("é", 4097))},
		{"ok", "sendMessage", html(strings.Repeat("<b>é</b>&amp;", 2048))}, // counted after parsing
		{"400 Bad Request: message is too long", "sendMessage", html(strings.Repeat("<b>é</b>", 4097))},
		{"400 Bad Request: message is too long", "sendMessage", html("x" + strings.Repeat("<b></b>", 5000))}, // bytes before
		{"400 Bad Request: message text is empty", "sendMessage", text("")},
		{"400 Bad Request: message text is empty", "sendMessage", text(" \n ")},
		{"400 Bad Request: message text is empty", "sendMessage", html("<b> </b>")},
		{"ok", "sendPhoto", caption(strings.Repeat("é", 1024))},
		{"400 Bad Request: message caption is too long", "sendPhoto", caption(strings.Repeat("é", 1025))},
		{"400 Bad Request: wrong file_id or the file is temporarily unavailable", "sendPhoto", params{"photo": "lain"}},
		{"ok", "sendMessage", data(strings.Repeat("é", 32))}, // bytes
		{"400 Bad Request: BUTTON_DATA_INVALID", "sendMessage", data(strings.Repeat("é", 32) + "x")},
		{"400 Bad Request: BUTTON_DATA_INVALID", "sendMessage", data("")},
		{"ok", "sendMessage", buttons(100)},
		{"400 Bad Request: reply markup is too long", "sendMessage", buttons(101)},
		{"ok", "sendMessage", copied(256)},
		{"400 Bad Request: BUTTON_COPY_TEXT_INVALID", "sendMessage", copied(257)},
		{"400 Bad Request: BUTTON_COPY_TEXT_INVALID", "sendMessage", copied(0)},
		{"400 Bad Request: can't parse inline keyboard button…", "sendMessage", markup(params{"inline_keyboard": [][]params{{{"text": "x"}}}})},
		{"400 Bad Request: object expected as reply markup", "sendMessage", markup("null")},
		{"400 Bad Request: message thread not found", "sendMessage", params{"text": "x", "message_thread_id": 1}},
		{"400 Bad Request: message to be replied not found", "sendMessage", params{"text": "x", "reply_parameters": params{"message_id": 999}}},
		{"ok", "sendMessage", params{"text": "x", "reply_parameters": params{"message_id": 999, "allow_sending_without_reply": true}}},
	} {
		c.p["chat_id"] = w.ibu
		w.want(c.want, c.method, c.p)
	}
	for _, key := range []string{"request_contact", "request_location"} {
		p := markup(params{"keyboard": [][]params{{{"text": "x", key: true}}}})
		p["chat_id"] = w.ibu
		w.want("ok", "sendMessage", p)
		p["chat_id"] = w.group
		name := map[string]string{"request_contact": "phone number", "request_location": "location"}[key]
		w.want("400 Bad Request: "+name+" can be requested in private chats only", "sendMessage", p)
	}
}

func TestHTML(t *testing.T) {
	t.Parallel()
	type marks = []simulator.Entity
	w := newWorld(t)
	for _, c := range []struct {
		in, text string
		marks    marks
	}{
		{"biasa", "biasa", nil},
		{"<b>a</b> <i>b</i>", "a b", marks{{"bold", 0, 1, ""}, {"italic", 2, 1, ""}}},
		{"😀<b>é</b>", "😀é", marks{{"bold", 2, 1, ""}}}, // UTF-16 units
		{"<b>a<i>b</i></b>", "ab", marks{{"bold", 0, 2, ""}, {"italic", 1, 1, ""}}},
		{`<a href="https://t.me/x?a=1&amp;b=2">x</a>`, "x", marks{{"text_link", 0, 1, "https://t.me/x?a=1&b=2"}}},
		{"<a>x</a>", "x", nil},
		{"<B>a</B>", "a", marks{{"bold", 0, 1, ""}}},
		{"&lt;b&gt; &amp;amp; &quot;&#39;", `<b> &amp; "'`, nil},
		{"&nbsp; & &x; &", "&nbsp; & &x; &", nil}, // not known: as it stands
		{"a > b", "a > b", nil},
		{`<span class="tg-spoiler">a</span>`, "a", marks{{"spoiler", 0, 1, ""}}},
		{" \n<b> a </b>\n", "a", marks{{"bold", 0, 1, ""}}},
		{"\u00a0\u00a0<b>a</b>b", "ab", marks{{"bold", 0, 1, ""}}},
		{"<b></b>x", "x", nil},
	} {
		w.want("ok", "sendMessage", params{"chat_id": w.ibu, "text": c.in, "parse_mode": "HTML"})
		m := w.newest(w.ibu)
		if diff := cmp.Diff(c.marks, m.Entities); m.Text != c.text || diff != "" {
			t.Errorf("%q = %q %s", c.in, m.Text, diff)
		}
	}
	for in, want := range map[string]string{
		"<b>a":        `Can't find end tag corresponding to start tag "b"`,
		"<b>a</i>":    `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`,
		"a</b>":       "Unexpected end tag at byte offset 1",
		"a < b":       "Unclosed start tag at byte offset 2",
		"<b>a</b":     "Unclosed end tag at byte offset 4",
		"<p>a</p>":    `Unsupported start tag "p" at byte offset 0`,
		"a<br>b":      `Unsupported start tag "br" at byte offset 1`,
		"<span>a":     `Tag "span" must have class "tg-spoiler" at byte offset 0`,
		"1 <2> 3 ibu": `Unsupported start tag "2" at byte offset 2`,
	} {
		w.want("400 Bad Request: can't parse entities: "+want, "sendMessage", params{"chat_id": w.ibu, "text": in, "parse_mode": "HTML"})
		w.want("ok", "sendMessage", params{"chat_id": w.ibu, "text": in}) // plain text is no HTML
	}
}

func TestEdits(t *testing.T) {
	t.Parallel()
	const same = "400 Bad Request: message is not modified…"
	w := newWorld(t)
	own := w.say(w.ibu, w.ibu, "punya ibu")
	id := w.send(w.ibu, "satu", button("Ya"))
	edit := func(id int64, text string, rows ...[]params) params {
		p := params{"chat_id": w.ibu, "message_id": id, "text": text, "parse_mode": "HTML"}
		if rows != nil {
			p["reply_markup"] = params{"inline_keyboard": rows}
		}
		return p
	}
	w.want(same, "editMessageText", edit(id, "satu", button("Ya")))
	w.want("ok", "editMessageText", edit(id, "satu", button("Tidak")))
	w.want("ok", "editMessageText", edit(id, "<b>satu</b>", button("Tidak"))) // the look counts
	w.want("ok", "editMessageText", edit(id, "dua"))
	w.want(same, "editMessageReplyMarkup", params{"chat_id": w.ibu, "message_id": id})
	w.want("400 Bad Request: message text is empty", "editMessageText", edit(id, ""))
	w.want("400 Bad Request: message to edit not found", "editMessageText", edit(999, "x"))
	w.want("400 Bad Request: message to edit not found", "editMessageReplyMarkup", params{"chat_id": w.ibu, "message_id": 999})
	w.want("400 Bad Request: message can't be edited", "editMessageText", edit(own, "x"))
	_, err := w.Attach(w.ibu, w.ibu, "photo", "a.jpg", "", "", []byte("GIF89a"))
	w.must(err)
	w.want("ok", "sendPhoto", params{"chat_id": w.ibu, "photo": w.newest(w.ibu).File.ID})
	w.want("400 Bad Request: there is no text in the message to edit", "editMessageText", edit(w.newest(w.ibu).ID, "x"))
	var m simulator.Message
	for _, m = range w.Messages(w.ibu) {
		if m.ID == id {
			break
		}
	}
	if m.Text != "dua" || m.Buttons != nil {
		t.Errorf("%+v", m)
	}
}

func TestDeletes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.send(w.ibu, "satu")
	w.want("ok", "deleteMessage", params{"chat_id": w.ibu, "message_id": id})
	w.want("400 Bad Request: message to delete not found", "deleteMessage", params{"chat_id": w.ibu, "message_id": id})
	w.want("ok", "deleteMessage", params{"chat_id": w.ibu, "message_id": w.say(w.ibu, w.ibu, "520799…")})
	w.want("400 Bad Request: message can't be deleted", "deleteMessage", params{"chat_id": w.group, "message_id": w.say(w.pak, w.group, "x")})
}

func TestChatsTheBotCannotWriteTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	to := func(id any) params { return params{"chat_id": id, "text": "x"} }
	w.want("400 Bad Request: chat not found", "sendMessage", to(999))
	w.want("400 Bad Request: chat_id is empty", "sendMessage", params{"text": "x"})
	w.want("403 Forbidden: bot can't initiate conversation with a user", "sendMessage", to(w.pak))
	w.say(w.pak, w.pak, "/start")
	w.want("ok", "sendMessage", to(w.pak))
	w.Block(w.ibu)
	w.want("403 Forbidden: bot was blocked by the user", "sendMessage", to(w.ibu))
	w.Unblock(w.ibu)
	w.want("ok", "sendMessage", to(w.ibu))
	w.want("ok", "sendMessage", to(w.group))
	w.must(w.RemoveBot(w.pak, w.group))
	w.want("403 Forbidden: bot was kicked from the group chat", "sendMessage", to(w.group))
	w.want("403 Forbidden: bot is not a member of the group chat", "sendMessage", to(w.AddGroup("lain", "Lain", w.pak)))
	var states []string
	for _, u := range w.updates(nil) {
		if u.Member != nil {
			states = append(states, u.Member.Now.Status)
		}
	}
	if !slices.Equal(states, []string{"kicked", "member", "kicked"}) {
		t.Errorf("the bot was told %q", states)
	}
}

func TestMigration(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	next, err := w.Migrate(w.group)
	w.must(err)
	r := w.want("400 Bad Request: group chat was upgraded to a supergroup chat", "sendMessage", params{"chat_id": w.group, "text": "x"})
	if r.Parameters.MigrateTo != next || next > -1_000_000_000_000 {
		t.Errorf("moved to %d, told %d", next, r.Parameters.MigrateTo)
	}
	w.send(next, "halo")
	all := w.updates(nil)
	if len(all) != 2 || all[0].Message.Chat.ID != w.group || all[0].Message.To != next ||
		all[1].Message.Chat.ID != next || all[1].Message.From != w.group {
		t.Errorf("service messages: %+v", all)
	}
	w.say(w.pak, w.group, "/rekap") // people do not notice
	if m := w.newest(next); m.Text != "/rekap" || w.Chat("grup") != next {
		t.Errorf("%+v", m)
	}
	if _, err := w.Migrate(w.group); err == nil {
		t.Error("moved twice")
	}
}

// In a group the bot hears what is meant for it.
func TestPrivacyMode(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	asked := w.send(w.group, "berapa?")
	w.say(w.pak, w.group, "obrolan")
	w.say(w.pak, w.group, "/rekap")
	_, err := w.Write(w.pak, w.group, simulator.Message{Kind: "text", Text: "20", ReplyTo: asked})
	w.must(err)
	w.wantTexts(nil, "/rekap", "20")
}

func TestPeopleCanDoOnlyWhatPhonesCan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.AddPerson("lain", "Rahma")
	id := w.send(w.ibu, "pilih", button("Ya"))
	_, toOther := w.Say(w.ibu, other, "x")
	_, toGroup := w.Say(other, w.group, "x")
	_, nothing := w.Say(w.ibu, w.ibu, " ")
	for what, err := range map[string]error{
		"another's chat": toOther, "a strange group": toGroup, "no words": nothing, "no button": w.Tap(w.ibu, w.ibu, id, "Tidak"),
		"another's button": w.Tap(other, w.ibu, id, "Ya"), "the bot's words": w.EditOwn(w.ibu, w.ibu, id, "x"),
	} {
		if err == nil {
			t.Errorf("%s: no error", what)
		}
	}
	if n := w.Pending(); n != 0 {
		t.Errorf("the bot was told %d updates", n)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		say := func(text string) (reply, error) { return w.try("sendMessage", params{"chat_id": w.ibu, "text": text}) }
		w.Inject("sendMessage", 1, simulator.Fault{CutBefore: true})
		w.Inject("sendMessage", 1, simulator.Fault{CutAfter: true})
		w.Inject("", 1, simulator.Fault{Status: 502})
		w.updates(nil) // is none of ""
		for _, text := range []string{"sebelum", "sesudah", "html"} {
			if _, err := say(text); err == nil {
				t.Errorf("%s: no error", text)
			}
		}
		w.Inject("*", 1, simulator.Fault{Status: 429, RetryAfter: 9, Text: "Too Many Requests: retry after 9"})
		if r, err := say("429"); err != nil || r.Code != 429 || r.Parameters.RetryAfter != 9 {
			t.Errorf("429: %v, %v", r, err)
		}
		w.Inject("sendMessage", 1, simulator.Fault{Status: 500, JSON: true, Text: "Internal Server Error"})
		if r, err := say("500"); err != nil || r.Code != 500 {
			t.Errorf("500: %v, %v", r, err)
		}
		w.Inject("sendMessage", 1, simulator.Fault{Delay: 3 * time.Second})
		if began := time.Now(); say1(say("lambat")) != "ok" || time.Since(began) != 3*time.Second {
			t.Errorf("took %v", time.Since(began))
		}
		w.Down(time.Minute)
		if _, err := say("mati"); err == nil {
			t.Error("down: no error")
		}
		w.now = w.now.Add(time.Minute)
		if say1(say("hidup")) != "ok" {
			t.Error("still down")
		}
		var got []string
		for _, m := range w.Messages(w.ibu)[1:] {
			got = append(got, m.Text)
		}
		if !slices.Equal(got, []string{"sesudah", "lambat", "hidup"}) {
			t.Errorf("arrived: %q", got)
		}
	})
}

func say1(r reply, err error) string {
	if err != nil {
		return err.Error()
	}
	return r.String()
}

// The same Telegram over a socket: forms of every kind, other tokens, files, cut connections.
func TestOverHTTP(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	srv := httptest.NewServer(w)
	defer srv.Close()
	get := func(path string) (int, string) {
		resp, err := srv.Client().Get(srv.URL + path)
		if err != nil {
			return 0, ""
		}
		defer resp.Body.Close()
		var b bytes.Buffer
		_, err = b.ReadFrom(resp.Body)
		w.must(err)
		return resp.StatusCode, b.String()
	}
	if code, _ := get("/bot1:other/getMe"); code != http.StatusUnauthorized {
		t.Errorf("another token: %d", code)
	}
	if code, _ := get("/bot" + token + "/getYou"); code != http.StatusNotFound {
		t.Errorf("another method: %d", code)
	}
	if code, body := get("/bot" + token + "/getMe"); code != http.StatusOK || !strings.Contains(body, "wksbm_bot") {
		t.Errorf("getMe: %d %s", code, body)
	}
	_, err := srv.Client().PostForm(srv.URL+"/bot"+token+"/sendMessage", map[string][]string{"chat_id": {fmt.Sprint(w.ibu)}, "text": {"a & b"}})
	if w.must(err); w.newest(w.ibu).Text != "a & b" {
		t.Errorf("form: %+v", w.newest(w.ibu))
	}
	_, err = w.Attach(w.ibu, w.ibu, "document", "surat.pdf", "", "", []byte("%PDF-1.4\n"))
	w.must(err)
	file := w.newest(w.ibu).File
	if r := w.want("ok", "getFile", params{"file_id": file.ID}); !bytes.Contains(r.Result, []byte("files/"+file.ID)) {
		t.Errorf("getFile: %s", r.Result)
	}
	if code, body := get("/file/bot" + token + "/files/" + file.ID); code != http.StatusOK || body != "%PDF-1.4\n" {
		t.Errorf("file: %d %q", code, body)
	}
	w.Inject("getMe", 10, simulator.Fault{CutBefore: true}) // the client may try again by itself
	if code, _ := get("/bot" + token + "/getMe"); code != 0 {
		t.Errorf("cut: %d", code)
	}
}

// What people do, written as lines and played in a new world, is the same again.
func TestLinesPlayAgain(t *testing.T) {
	t.Parallel()
	script := []string{
		"ibu> /start", "ibu> beras 20 kg", `ibu> satu \n dua`, "ibu> (ubah) beras 25 kg", "ibu> (hapus)",
		"ibu> (foto)", "ibu> (foto) rumah Ibu", "ibu> (dokumen)", "ibu> (dokumen) SK", "ibu> (kontak)", "ibu> (kontak orang lain)",
		"ibu> (lokasi)", "ibu> (stiker)", "ibu> (suara)", "ibu> (polling)", "ibu> (teruskan) dari tetangga",
		"ibu> [Ya]", "ibu> (blokir)", "ibu> (buka blokir)", "ibu@grup> /rekap", "pak> /bantu", "pak> (anonim) /rekap",
		"pak> (keluarkan)", "pak> (tambah)", "pak@pak> (blokir)", "pak@pak> (buka blokir)", "pak@pak> /start", "pak> halo", "pak@grup> /rekap",
	}
	written, transcript := playAll(t, script)
	if diff := cmp.Diff(script, written); diff != "" {
		t.Errorf("(-played +written):\n%s", diff)
	}
	var people []string
	for line := range strings.Lines(transcript) {
		if who, _, ok := strings.Cut(line, "> "); ok && !strings.ContainsAny(who, " <") {
			people = append(people, strings.TrimSpace(line))
		}
	}
	if _, again := playAll(t, people[2:]); again != transcript { // the first two make the new world
		t.Errorf("(-first +again):\n%s", cmp.Diff(transcript, again))
	}
}

// playAll plays lines and returns the lines that come of each at once, and the transcript in the end.
func playAll(t *testing.T, script []string) (out []string, transcript string) {
	t.Helper()
	w := newWorld(t)
	w.send(w.ibu, "pilih", button("Ya"))
	for _, line := range script {
		seen := w.LastEvent()
		if err := w.Play(line); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		for _, e := range w.Events(seen) {
			out = append(out, w.Lines(e)...)
		}
	}
	return out, w.Transcript()
}

func TestPlayRefusesWhatNobodySays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, line := range []string{
		"", "ibu>", "< halo", "! restart", "# kata", "@ 2026-11-23 09:00", "siapa> halo", "ibu> [Tidak ada]", "ibu> (menari)", "ibu@mana> halo",
	} {
		if w.Play(line) == nil {
			t.Errorf("%q was played", line)
		}
	}
}

func TestTranscript(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.Play("ibu> beras 20 kg"))
	id := w.send(w.ibu, "Tercatat, Bu.\nSudah benar?", button("Ya"), button("Ubah"))
	w.must(w.Play("ibu> [Ya]"))
	w.want("ok", "answerCallbackQuery", params{"callback_query_id": "1", "text": "Baik"})
	w.want("ok", "editMessageText", params{"chat_id": w.ibu, "message_id": id, "text": "No. 0007"})
	w.send(w.ibu, "Terima kasih.")
	w.send(w.group, "1 laporan")
	w.now = w.now.Add(time.Hour)
	w.Note("! restart")
	want := `@ 2026-11-23 09:00
pak> (tambah)
ibu@ibu> /start
ibu> beras 20 kg
< Tercatat, Bu.
< Sudah benar?
< [Ya]
< [Ubah]
ibu> [Ya]
< (toast) Baik

< (ubah) No. 0007

< Terima kasih.
grup< 1 laporan

@ 2026-11-23 10:00
! restart
`
	if diff := cmp.Diff(want, w.Transcript()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSavedWorldGoesOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.send(w.ibu, "pilih", button("Ya"))
	w.say(w.ibu, w.ibu, "satu")
	w.must(w.TapLabel(w.ibu, w.ibu, "Ya"))
	saved, err := w.Save()
	w.must(err)
	before := w.Transcript()
	other := newWorld(t)
	other.say(other.pak, other.pak, "akan hilang")
	other.must(other.Load(saved))
	if diff := cmp.Diff(before, other.Transcript()); diff != "" {
		t.Errorf("(-saved +loaded):\n%s", diff)
	}
	other.wantTexts(nil, "satu")
	other.want("ok", "answerCallbackQuery", params{"callback_query_id": "1"})
	other.want("ok", "editMessageText", params{"chat_id": w.ibu, "message_id": id, "text": "sudah"})
	if next, was := other.send(w.ibu, "baru"), w.newest(w.ibu).ID; next != was+1 {
		t.Errorf("message %d after %d", next, was)
	}
}

// Who watches is woken by what happens, and reads on from where they were.
func TestSubscribe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	woken, end := w.Subscribe()
	seen := w.LastEvent()
	w.say(w.ibu, w.ibu, "satu")
	w.say(w.ibu, w.ibu, "dua")
	<-woken
	if got := w.Events(seen); len(got) != 2 || got[1].N != seen+2 || got[1].Message.Text != "dua" {
		t.Errorf("%+v", got)
	}
	end()
	w.say(w.ibu, w.ibu, "tiga")
	select {
	case <-woken:
		t.Error("woken after the end")
	default:
	}
}

func TestCommandMenu(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	set := func(want, scope string, commands ...params) {
		t.Helper()
		w.want(want, "setMyCommands", params{"commands": commands, "scope": params{"type": scope}})
	}
	set("ok", "default", params{"command": "a", "description": "A"})
	set("ok", "all_private_chats", params{"command": "menu", "description": "Menu"})
	for _, bad := range []params{
		{"command": "Menu", "description": "x"},
		{"command": "", "description": "x"},
		{"command": "menu", "description": ""},
		{"command": strings.Repeat("a", 33), "description": "x"},
		{"command": "menu", "description": strings.Repeat("é", 257)},
	} {
		set("400 Bad Request: BOT_COMMAND_INVALID", "default", bad)
	}
	if p, g := w.MenuOf(w.ibu, w.ibu), w.MenuOf(w.group, w.pak); len(p) != 1 || p[0].Command != "menu" || len(g) != 1 || g[0].Command != "a" {
		t.Errorf("private %v, group %v", p, g)
	}
	set("ok", "all_chat_administrators", params{"command": "b", "description": "B"})
	if a := w.MenuOf(w.group, w.pak); len(a) != 1 || a[0].Command != "b" {
		t.Errorf("administrators %v", a)
	}
}

func TestReplyKeyboard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	put := func(m params) { w.want("ok", "sendMessage", params{"chat_id": w.ibu, "text": "x", "reply_markup": m}) }
	board := params{"keyboard": [][]params{{{"text": "Nomor saya", "request_contact": true}}}, "one_time_keyboard": true}
	put(board)
	if k := w.Board(w.ibu); k == nil || k.Rows[0][0].Label != "Nomor saya" || !k.Rows[0][0].Contact {
		t.Errorf("%+v", k)
	}
	_, err := w.Write(w.ibu, w.ibu, simulator.Message{Kind: "contact"})
	w.must(err)
	if c := w.newest(w.ibu).Contact; c.User != w.ibu || w.Board(w.ibu) != nil {
		t.Errorf("contact %+v, board %+v", c, w.Board(w.ibu))
	}
	put(board)
	put(params{"remove_keyboard": true})
	if k := w.Board(w.ibu); k != nil {
		t.Errorf("%+v", k)
	}
}

// A call that its caller gives up ends at once.
func TestGivenUpCall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://telegram/bot"+token+"/getUpdates?timeout=50", nil)
		w.must(err)
		began := time.Now()
		if _, err := w.Client().Do(req); err == nil || time.Since(began) != time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}

// upload calls a method with a file as a form.
func (w *world) upload(method, field, name string, data []byte, more params) reply {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for key, v := range more {
		w.must(form.WriteField(key, fmt.Sprint(v)))
	}
	part, err := form.CreateFormFile(field, name)
	w.must(err)
	_, err = part.Write(data)
	w.must(errors.Join(err, form.Close()))
	resp, err := w.Client().Post("http://telegram/bot"+token+"/"+method, form.FormDataContentType(), &body)
	w.must(err)
	defer resp.Body.Close()
	var r reply
	w.must(json.NewDecoder(resp.Body).Decode(&r))
	return r
}

func TestUploads(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sheet, picture := []byte("PK\x03\x04workbook"), []byte("\x89PNG\r\n\x1a\n")
	for _, c := range []struct {
		method, field, name string
		data                []byte
		more                params
		want                string
	}{
		{"sendDocument", "document", "rekap.xlsx", sheet, params{"chat_id": w.ibu, "caption": "<b>Rekap</b>", "parse_mode": "HTML"}, "ok"},
		{"sendDocument", "lain", "surat.pdf", []byte("%PDF-1.4"), params{"chat_id": w.ibu, "document": "attach://lain"}, "ok"},
		{"sendPhoto", "photo", "grafik.png", picture, params{"chat_id": w.ibu}, "ok"},
		{"sendPhoto", "photo", "grafik.png", sheet, params{"chat_id": w.ibu}, "400 Bad Request: IMAGE_PROCESS_FAILED"},
		{"sendDocument", "document", "kosong.pdf", nil, params{"chat_id": w.ibu}, "400 Bad Request: file must be non-empty"},
		{"sendDocument", "lain", "a.pdf", sheet, params{"chat_id": w.ibu, "document": "attach://tiada"}, "400 Bad Request: wrong file_id or the file is temporarily unavailable"},
	} {
		if got := w.upload(c.method, c.field, c.name, c.data, c.more).String(); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.method, c.name, got, c.want)
		}
	}
	var files []*simulator.FileInfo
	for _, m := range w.Messages(w.ibu) {
		if m.Bot && m.File != nil {
			files = append(files, m.File)
		}
	}
	page := &simulator.Page{Telegram: w.Telegram}
	for i, want := range []struct{ kind, disposition, body string }{
		{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment; filename=rekap.xlsx", string(sheet)},
		{"application/pdf", "attachment; filename=surat.pdf", "%PDF-1.4"},
		{"image/png", "", string(picture)},
	} {
		rec := httptest.NewRecorder()
		page.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/demo/file/"+files[i].ID, nil))
		if h := rec.Header(); h.Get("Content-Type") != want.kind || h.Get("Content-Disposition") != want.disposition || rec.Body.String() != want.body {
			t.Errorf("%s: %v %q", files[i].Name, h, rec.Body)
		}
	}
	if script := w.Transcript(); !strings.Contains(script, "< (dokumen) rekap.xlsx Rekap\n") || !strings.Contains(script, "< (foto)\n") {
		t.Errorf("transcript:\n%s", script)
	}
}

// A forum has topics: a message goes to the one that is named, or to that of the message it answers.
func TestForum(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := func(topic int) params { return params{"chat_id": w.group, "text": "x", "message_thread_id": topic} }
	w.want("400 Bad Request: message thread not found", "sendMessage", in(7))
	w.must(w.MakeForum(w.group, 7, 9))
	w.want("ok", "sendMessage", in(7))
	w.want("400 Bad Request: message thread not found", "sendMessage", in(8))
	if m := w.newest(w.group); m.Topic != 7 {
		t.Errorf("posted in topic %d", m.Topic)
	}
	if _, err := w.Write(w.pak, w.group, simulator.Message{Kind: "text", Text: "/rekap", Topic: 8}); err == nil {
		t.Error("wrote in a topic that is not there")
	}
	asked, err := w.Write(w.pak, w.group, simulator.Message{Kind: "text", Text: "/rekap", Topic: 9})
	w.must(err)
	w.want("ok", "sendMessage", params{"chat_id": w.group, "text": "y", "reply_parameters": fmt.Sprintf(`{"message_id":%d}`, asked)})
	if m := w.newest(w.group); m.Topic != 9 {
		t.Errorf("the answer is in topic %d", m.Topic)
	}
	w.must(w.Play("pak@grup#9> /papan"))
	if got := w.Transcript(); !strings.Contains(got, "pak@grup#9> /papan") || !strings.Contains(got, "grup#9< y") {
		t.Errorf("transcript:\n%s", got)
	}
}
