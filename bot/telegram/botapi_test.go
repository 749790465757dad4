package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/simulator"
)

// botAPI is the Bot API as its documentation describes it.
type botAPI struct {
	Methods map[string]shape
	Types   map[string]shape
}

type shape struct {
	Subtypes []string
	Fields   []struct {
		Name     string
		Types    []string
		Required bool
	}
}

func readBotAPI(t *testing.T) (a botAPI) {
	t.Helper()
	data, err := os.ReadFile("../../../shared/reference/data/botapi.json")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the description of the Bot API is not beside this checkout")
	}
	if err == nil {
		err = json.Unmarshal(data, &a)
	}
	if err != nil || len(a.Methods) == 0 || len(a.Types) == 0 {
		t.Fatalf("description of the Bot API: %v", err)
	}
	return a
}

// check says what is wrong with a call.
func (a botAPI) check(c simulator.Call) error {
	m, ok := a.Methods[c.Method]
	if !ok {
		return errors.New("no such method")
	}
	given := map[string]any{}
	for k, v := range c.Params {
		given[k] = v
	}
	return a.fit(m, given, a.param)
}

// fit compares what is given with the fields of a shape.
func (a botAPI) fit(s shape, given map[string]any, is func(kind string, v any) error) error {
	var wrong []error
	for _, f := range s.Fields {
		v, ok := given[f.Name]
		delete(given, f.Name)
		switch {
		case !ok && f.Required:
			wrong = append(wrong, fmt.Errorf("%s is missing", f.Name))
		case ok:
			if err := anyOf(f.Types, v, is); err != nil {
				wrong = append(wrong, fmt.Errorf("%s: %w", f.Name, err))
			}
		}
	}
	for name := range given {
		wrong = append(wrong, fmt.Errorf("%s is not known", name))
	}
	return errors.Join(wrong...)
}

// anyOf is nil when v is of one of the kinds.
func anyOf(kinds []string, v any, is func(string, any) error) error {
	var wrong []error
	for _, k := range kinds {
		err := is(k, v)
		if err == nil {
			return nil
		}
		wrong = append(wrong, fmt.Errorf("no %s: %w", k, err))
	}
	return errors.Join(wrong...)
}

// param checks a parameter as it stands in a form: plain text, or JSON.
func (a botAPI) param(kind string, v any) error {
	s := v.(string)
	var err error
	switch kind {
	case "String", "InputFile":
		return nil
	case "Integer":
		_, err = strconv.ParseInt(s, 10, 64)
	case "Float":
		_, err = strconv.ParseFloat(s, 64)
	case "Boolean":
		_, err = strconv.ParseBool(s)
	default:
		var deep any
		if err = json.Unmarshal([]byte(s), &deep); err == nil {
			err = a.value(kind, deep)
		}
	}
	return err
}

// value checks a piece of JSON.
func (a botAPI) value(kind string, v any) error {
	if of, ok := strings.CutPrefix(kind, "Array of "); ok {
		list, ok := v.([]any)
		if !ok {
			return errors.New("not a list")
		}
		for _, e := range list {
			if err := a.value(of, e); err != nil {
				return err
			}
		}
		return nil
	}
	var ok bool
	switch kind {
	case "String":
		_, ok = v.(string)
	case "Boolean", "True":
		_, ok = v.(bool)
	case "Float":
		_, ok = v.(float64)
	case "Integer":
		n, number := v.(float64)
		ok = number && n == float64(int64(n))
	default:
		return a.object(kind, v)
	}
	if !ok {
		return fmt.Errorf("%v is no %s", v, kind)
	}
	return nil
}

func (a botAPI) object(kind string, v any) error {
	s, known := a.Types[kind]
	o, ok := v.(map[string]any)
	switch {
	case !known || !ok:
		return fmt.Errorf("%v is no %s", v, kind)
	case len(s.Subtypes) > 0:
		return anyOf(s.Subtypes, v, a.value)
	case kind == "InlineKeyboardButton":
		if len(o) != 2 {
			return fmt.Errorf("a button does one thing, not %v", o)
		}
	}
	given := map[string]any{}
	for k, x := range o {
		given[k] = x
	}
	return a.fit(s, given, a.value)
}

func TestDescriptionFindsMistakes(t *testing.T) {
	t.Parallel()
	a := readBotAPI(t)
	for _, c := range []simulator.Call{
		{Method: "sendMessag"},
		{Method: "sendMessage", Params: map[string]string{"chat_id": "1"}},
		{Method: "sendMessage", Params: map[string]string{"chat_id": "1", "text": "x", "colour": "red"}},
		{Method: "sendMessage", Params: map[string]string{"chat_id": "1", "text": "x", "message_thread_id": "a"}},
		{Method: "sendMessage", Params: map[string]string{"chat_id": "1", "text": "x", "protect_content": "yes"}},
		{Method: "sendMessage", Params: map[string]string{"chat_id": "1", "text": "x", "reply_markup": "null"}},
		{Method: "sendMessage", Params: map[string]string{"chat_id": "1", "text": "x", "reply_markup": `{"inline_keyboard":[[{"text":"a"}]]}`}},
		{Method: "sendMessage", Params: map[string]string{"chat_id": "1", "text": "x", "reply_parameters": `{"message_id":"7"}`}},
		{Method: "setMyCommands", Params: map[string]string{"commands": `[{"command":"a"}]`}},
	} {
		if a.check(c) == nil {
			t.Errorf("%+v passes", c)
		}
	}
}

// Everything the client sends is as the Bot API's documentation asks.
func TestCallsAreAsDocumented(t *testing.T) {
	t.Parallel()
	a := readBotAPI(t)
	var calls []simulator.Call // getUpdates too, which Calls leaves out
	world := simulator.New(simulator.Options{Token: secret, Decide: func(c simulator.Call) simulator.Fault {
		calls = append(calls, c)
		return simulator.Fault{}
	}})
	speak(t, world)
	var methods []string
	for _, c := range calls {
		methods = append(methods, c.Method)
		if err := a.check(c); err != nil {
			t.Errorf("%s %v: %v", c.Method, c.Params, err)
		}
	}
	slices.Sort(methods)
	got, want := slices.Compact(methods), []string{
		"answerCallbackQuery", "deleteMessage", "deleteWebhook", "editMessageReplyMarkup", "editMessageText", "getMe", "getUpdates",
		"sendChatAction", "sendDocument", "sendMessage", "sendPhoto", "setMyCommands", "setMyDescription", "setMyName", "setMyShortDescription",
	}
	if !slices.Equal(got, want) {
		t.Errorf("called %v\nwant   %v", got, want)
	}
}

// speak has a client say everything it can say, and a Telegram that takes it.
func speak(t *testing.T, world *simulator.Telegram) {
	t.Helper()
	ctx := context.Background()
	ibu := world.AddPerson("ibu", "Ibu")
	c, err := Dial(secret, "", Options{HTTP: world.Client(), Log: slog.New(slog.DiscardHandler)})
	must(t, err)
	_, err = world.Attach(ibu, ibu, "photo", "a.jpg", "", "", []byte("GIF89a"))
	must(t, err)
	name, err := c.Me(ctx)
	if must(t, err); name != "wksbm_bot" {
		t.Errorf("name %q", name)
	}
	must(t, c.Introduce(ctx, Introduction{
		Name: "WKSBM", About: "Tentang", Short: "Singkat", Private: []Word{{"menu", "Menu"}}, Group: []Word{{"rekap", "Rekap"}},
	}))
	for _, r := range everyReply(ibu, world.Messages(ibu)[0].File.ID) {
		if r.Message == -1 {
			all := world.Messages(ibu)
			r.Message = all[len(all)-1].ID
		}
		if r.Query == "?" {
			must(t, world.TapLabel(ibu, ibu, "Ya"))
			r.Query = "1"
		}
		if _, err := c.Send(ctx, r); err != nil {
			t.Errorf("%+v: %v", r, err)
		}
	}
	heard := 0
	p := &Poller{
		Client: c, Next: func() int64 { return 0 }, Log: c.log, Now: time.Now,
		Hear: func(_ context.Context, hs []chat.Heard) error { heard = len(hs); return nil },
	}
	if _, err := p.Once(ctx, 0); err != nil || heard != 2 {
		t.Errorf("heard %d updates: %v", heard, err)
	}
	p.unhook(ctx, &refusal{Code: 409, Text: "Conflict: can't use getUpdates method while webhook is active"})
}

// everyReply is one reply of every form; Message -1 is the newest one, Query "?" that of a new tap.
func everyReply(to int64, file string) []chat.Reply {
	buttons := [][]chat.Button{{{Label: "Ya", Data: "x:y"}, {Label: "Salin", Copy: "0007"}}, {{Label: "Buka", URL: "https://t.me/wksbm_bot"}}}
	say := func(r chat.Reply) chat.Reply {
		if r.Act == "" {
			r.Act = chat.Say
		}
		r.Chat, r.Class = to, chat.Notice
		return r
	}
	return []chat.Reply{
		say(chat.Reply{Text: "biasa"}),
		say(chat.Reply{Text: "<b>tebal</b> &amp; <a href=\"https://t.me\">pranala</a>", ReplyTo: 1, Buttons: buttons}),
		say(chat.Reply{Act: chat.Toast, Query: "?", Text: strings.Repeat("panjang ", 50)}),
		say(chat.Reply{Act: chat.Edit, Message: -1, Text: "lain", Buttons: buttons}),
		say(chat.Reply{Act: chat.Strip, Message: -1}),
		say(chat.Reply{Act: chat.Edit, Message: -1, Text: "tanpa tombol"}),
		say(chat.Reply{Act: chat.Edit, Message: -1, Text: strings.Repeat("baris\n", 1000), Buttons: buttons}),
		say(chat.Reply{Text: strings.Repeat("baris\n", 1000), ReplyTo: 1, Buttons: buttons}),
		say(chat.Reply{Text: "pilih", Keyboard: &chat.Keyboard{Once: true, Rows: [][]chat.Key{
			{{Label: "Nomor saya", Contact: true}}, {{Label: "Di sini", Location: true}, {Label: "Batal"}},
		}}}),
		say(chat.Reply{Text: "sudah", Keyboard: &chat.Keyboard{Remove: true}}),
		say(chat.Reply{Text: "jawab ini", Keyboard: &chat.Keyboard{Force: true}}),
		say(chat.Reply{Photo: file}),
		say(chat.Reply{Photo: file, Text: "keterangan", Buttons: buttons}),
		say(chat.Reply{Photo: file, Text: strings.Repeat("k", maxCaption+1), Buttons: buttons}),
		say(chat.Reply{Act: chat.Busy}),
		say(chat.Reply{Upload: &chat.Upload{Name: "rekap.xlsx", Data: []byte("PK")}, Text: "<b>Rekap</b>", ReplyTo: 1, Buttons: buttons}),
		say(chat.Reply{Upload: &chat.Upload{Name: "rekap.pdf", Data: []byte("%PDF-")}, Text: strings.Repeat("k", maxCaption+1), Buttons: buttons}),
		say(chat.Reply{Upload: &chat.Upload{Name: "grafik.png", Data: []byte("\x89PNG\r\n\x1a\n"), Picture: true}, Text: "grafik", ReplyTo: 1}),
		say(chat.Reply{Act: chat.Delete, Message: -1}),
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
