package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/outbox"
	"wksbm/bot/simulator"
)

const secret = "520799:te_st-Token"

// ear keeps what a poller hears and counts as its archive: next moves only when a batch is kept.
type ear struct {
	t        *testing.T
	telegram *simulator.Telegram
	poller   *Poller
	ibu      int64
	next     int64
	offered  [][]int64 // the ids of every batch that was handed on
	kept     []chat.Heard
	deaf     int // so many batches more are not kept
	asked    int // how often getUpdates was called
	log      bytes.Buffer
}

var errDisk = errors.New("no space left")

// listen makes a poller on the local Telegram; through, if given, lies between the two.
func listen(t *testing.T, through func(http.RoundTripper) http.RoundTripper) *ear {
	t.Helper()
	e := &ear{t: t}
	e.telegram = simulator.New(simulator.Options{Token: secret, Decide: func(c simulator.Call) simulator.Fault {
		if c.Method == "getUpdates" {
			e.asked++
		}
		return simulator.Fault{}
	}})
	e.ibu = e.telegram.AddPerson("ibu", "Ibu")
	client := e.telegram.Client()
	if through != nil {
		client.Transport = through(client.Transport)
	}
	log := slog.New(slog.NewTextHandler(&e.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	c, err := Dial(secret, "", Options{HTTP: client, Log: log})
	must(t, err)
	e.poller = &Poller{Client: c, Next: func() int64 { return e.next }, Hear: e.hear, Log: log, Now: time.Now}
	return e
}

func (e *ear) hear(_ context.Context, batch []chat.Heard) error {
	var ids []int64
	for _, h := range batch {
		ids = append(ids, h.ID)
	}
	e.offered = append(e.offered, ids)
	if e.deaf > 0 {
		e.deaf--
		return errDisk
	}
	e.next, e.kept = ids[len(ids)-1]+1, append(e.kept, batch...)
	return nil
}

func (e *ear) say(words ...string) {
	e.t.Helper()
	for _, w := range words {
		_, err := e.telegram.Say(e.ibu, e.ibu, w)
		must(e.t, err)
	}
}

func (e *ear) once(want int) {
	e.t.Helper()
	if n, err := e.poller.Once(context.Background(), 0); n != want || err != nil {
		e.t.Fatalf("once: %d, %v, want %d", n, err, want)
	}
}

func (e *ear) texts() (out []string) {
	for _, h := range e.kept {
		out = append(out, h.Input.Text)
	}
	return out
}

// run polls for a while of the bubble's clock and returns how it ended.
func (e *ear) run(d time.Duration) error {
	ctx, stop := context.WithTimeout(context.Background(), d)
	defer stop()
	return e.poller.Run(ctx)
}

// The offset is the last id plus one, and is asked for only when the batch is kept.
func TestOffsetFollowsWhatIsKept(t *testing.T) {
	t.Parallel()
	e := listen(t, nil)
	e.say("satu", "dua")
	e.once(2)
	if e.next != e.kept[1].ID+1 || e.telegram.Pending() != 2 {
		t.Errorf("next %d after %d, %d wait", e.next, e.kept[1].ID, e.telegram.Pending())
	}
	e.say("tiga")
	e.once(1)
	e.once(0)
	if got := e.texts(); !slices.Equal(got, []string{"satu", "dua", "tiga"}) || e.telegram.Pending() != 0 {
		t.Errorf("heard %q, %d wait", got, e.telegram.Pending())
	}
}

// What could not be kept is offered again, the same and in order.
func TestWhatIsNotKeptComesAgain(t *testing.T) {
	t.Parallel()
	e := listen(t, nil)
	e.say("satu", "dua")
	e.deaf = 1
	if _, err := e.poller.Once(context.Background(), 0); !errors.Is(err, errDisk) {
		t.Fatalf("once: %v", err)
	}
	e.once(2)
	if len(e.offered) != 2 || !slices.Equal(e.offered[0], e.offered[1]) || len(e.kept) != 2 {
		t.Errorf("offered %v, kept %d", e.offered, len(e.kept))
	}
}

func TestRunGoesOnAfterTheArchiveFailed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := listen(t, nil)
		e.say("satu")
		e.deaf = 3
		if err := e.run(time.Minute); err != nil {
			t.Errorf("run: %v", err)
		}
		if !slices.Equal(e.texts(), []string{"satu"}) || len(e.offered) != 4 {
			t.Errorf("heard %q in %d batches", e.texts(), len(e.offered))
		}
	})
}

// An update that cannot be read is told apart from the others of its batch, with its sender.
func TestPoisonAmongOthers(t *testing.T) {
	t.Parallel()
	e := listen(t, func(next http.RoundTripper) http.RoundTripper {
		return rewrite{next, "hidden_user", "from_the_moon"}
	})
	e.say("satu")
	_, err := e.telegram.Write(e.ibu, e.ibu, forwarded("dari bulan"))
	must(t, err)
	e.say("tiga")
	e.once(3)
	for i, h := range e.kept {
		if bad := h.Bad != nil; bad != (i == 1) || h.Input.Chat.ID != e.ibu || h.Input.From.ID != e.ibu || !h.Input.Chat.Private {
			t.Errorf("update %d: %+v", i, h)
		}
	}
	if !bytes.Contains(e.kept[1].Raw, []byte("dari bulan")) || strings.Contains(e.kept[1].Bad.Error(), "bulan") {
		t.Errorf("raw %s, error %v", e.kept[1].Raw, e.kept[1].Bad)
	}
	e.once(0)
	if e.telegram.Pending() != 0 {
		t.Error("the poison was not confirmed")
	}
}

func forwarded(text string) simulator.Message {
	return simulator.Message{Kind: "text", Text: text, Forward: true}
}

// rewrite changes words in every answer.
type rewrite struct {
	next     http.RoundTripper
	from, to string
}

func (r rewrite) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(bytes.ReplaceAll(body, []byte(r.from), []byte(r.to))))
	resp.ContentLength = -1
	return resp, err
}

// The sender of a tap is who pressed, not who wrote the message with the button.
func TestSenderOfAPoisonedTap(t *testing.T) {
	t.Parallel()
	h := Decode([]byte(`{"update_id":9,"callback_query":{"id":"q","from":{"id":7},"data":"m","message":{"message_id":5,"date":1,` +
		`"chat":{"id":-4,"type":"group"},"from":{"id":99,"is_bot":true},"forward_origin":{"type":"from_the_moon"}}}}`))
	if h.Bad == nil || h.ID != 9 {
		t.Fatalf("%+v", h)
	}
	if in := h.Input; in.Kind != chat.Tapped || in.Query != "q" || in.From.ID != 7 || in.Chat.ID != -4 || in.Chat.Private || in.Message != 5 {
		t.Errorf("%+v", in)
	}
}

// After a week of silence the ids may begin again lower: they count all the same.
func TestLowerIDsAreTaken(t *testing.T) {
	t.Parallel()
	e := listen(t, nil)
	e.say("satu")
	e.once(1)
	e.once(0)
	e.telegram.RestartIDs(500)
	e.say("dua")
	e.once(1)
	e.say("tiga")
	e.once(1)
	e.once(0)
	if e.kept[1].ID != 500 || e.next != 502 || e.telegram.Pending() != 0 || !slices.Equal(e.texts(), []string{"satu", "dua", "tiga"}) {
		t.Errorf("ids %v, next %d, %d wait", e.offered, e.next, e.telegram.Pending())
	}
}

func TestRefusedTokenEndsPolling(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := listen(t, nil)
		e.telegram.Inject("getUpdates", 1, simulator.Fault{Status: 401, Text: "Unauthorized"})
		if err := e.run(time.Hour); !errors.Is(err, outbox.ErrToken) {
			t.Errorf("run: %v", err)
		}
	})
}

const twin = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"

// Another poller is borne for a while, since it may be the last breath of the process before this.
func TestConflict(t *testing.T) {
	t.Parallel()
	for times, want := range map[int]error{patience - 1: nil, patience: ErrConflict} {
		t.Run(fmt.Sprint(times), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				e := listen(t, nil)
				e.telegram.Inject("getUpdates", times, simulator.Fault{Status: 409, Text: twin})
				began := time.Now()
				if err := e.run(time.Minute); !errors.Is(err, want) {
					t.Errorf("run: %v", err)
				}
				if took := time.Since(began); want != nil && took != (patience-1)*5*time.Second {
					t.Errorf("gave up after %v", took)
				}
				if calls := e.telegram.Calls(); len(calls) != 0 {
					t.Errorf("called %+v", calls)
				}
			})
		})
	}
}

// Conflicts count in a row: a poll that succeeds between them forgives.
func TestConflictsNowAndThen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := listen(t, nil)
		ended := make(chan error, 1)
		go func() { ended <- e.run(5 * time.Minute) }()
		for range 3 {
			e.telegram.Inject("getUpdates", patience-1, simulator.Fault{Status: 409, Text: twin})
			e.say("halo") // ends the poll under way
			<-time.After(time.Minute)
		}
		if err := <-ended; err != nil || len(e.kept) != 3 {
			t.Errorf("run: %v, heard %q", err, e.texts())
		}
	})
}

// A webhook that somebody left is removed once, and nothing that waits is dropped with it.
func TestWebhookIsRemoved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := listen(t, nil)
		e.say("satu")
		e.telegram.Inject("getUpdates", 2, simulator.Fault{
			Status: 409, Text: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
		})
		if err := e.run(time.Minute); err != nil {
			t.Errorf("run: %v", err)
		}
		calls := e.telegram.Calls()
		if len(calls) != 1 || calls[0].Method != "deleteWebhook" || calls[0].Params["drop_pending_updates"] == "true" {
			t.Errorf("called %+v", calls)
		}
		if !slices.Equal(e.texts(), []string{"satu"}) {
			t.Errorf("heard %q", e.texts())
		}
	})
}

func TestFloodWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := listen(t, nil)
		e.say("satu")
		e.telegram.Inject("getUpdates", 1, simulator.Fault{Status: 429, Text: "Too Many Requests: retry after 35", RetryAfter: 35})
		if err := e.run(34 * time.Second); err != nil || len(e.kept) != 0 || e.asked != 0 {
			t.Errorf("%v, heard %q", err, e.texts())
		}
		e.telegram.Inject("getUpdates", 1, simulator.Fault{Status: 429, Text: "Too Many Requests: retry after 35", RetryAfter: 35})
		if err := e.run(36 * time.Second); err != nil || len(e.kept) != 1 {
			t.Errorf("%v, heard %q", err, e.texts())
		}
	})
}

// An outage is waited out with growing patience, not hammered.
func TestOutageIsWaitedOut(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]simulator.Fault{
		"cut": {CutBefore: true}, "502": {Status: 502}, "500": {Status: 500, JSON: true, Text: "Internal Server Error"},
		"429 without a time": {Status: 429, Text: "Too Many Requests"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				tries := 0
				e := listen(t, func(next http.RoundTripper) http.RoundTripper { return counted{next, &tries} })
				e.say("satu")
				e.telegram.Inject("getUpdates", 1000, fault)
				if err := e.run(time.Hour); err != nil || len(e.kept) != 0 {
					t.Errorf("%v, heard %q", err, e.texts())
				}
				if tries < 40 || tries > 200 {
					t.Errorf("tried %d times in an hour", tries)
				}
			})
		})
	}
}

type counted struct {
	next http.RoundTripper
	n    *int
}

func (c counted) RoundTrip(r *http.Request) (*http.Response, error) {
	*c.n++
	return c.next.RoundTrip(r)
}

// A server that does not wait before an empty answer is not asked in a busy loop.
func TestEmptyAnswersHaveAFloor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		e := listen(t, func(http.RoundTripper) http.RoundTripper { return counted{empty{}, &tries} })
		if err := e.run(10 * time.Second); err != nil || tries < 45 || tries > 52 {
			t.Errorf("%v, asked %d times in ten seconds", err, tries)
		}
	})
}

type empty struct{}

func (empty) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(`{"ok":true,"result":[]}`)), Request: r}, nil
}

// A stop ends a long poll at once.
func TestStopEndsALongPoll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := listen(t, nil)
		began := time.Now()
		if err := e.run(7 * time.Second); err != nil || time.Since(began) != 7*time.Second || e.asked != 1 {
			t.Errorf("%v after %v and %d polls", err, time.Since(began), e.asked)
		}
	})
}

// gossip is a network that tells the address of every call in its errors.
type gossip struct{}

func (gossip) RoundTrip(r *http.Request) (*http.Response, error) {
	return nil, fmt.Errorf("proxy refuses %s (%s) (%s)", r.URL, url.QueryEscape(r.URL.String()), url.PathEscape(r.URL.String()))
}

// The token is in no error and in no line of the log, whatever happens on the way.
func TestTokenStaysSecret(t *testing.T) {
	t.Parallel()
	for name, through := range map[string]func(http.RoundTripper) http.RoundTripper{
		"gossip": func(http.RoundTripper) http.RoundTripper { return gossip{} },
		"echo":   nil, // a page that shows the path
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				e := listen(t, through)
				e.telegram.Inject("*", 100, simulator.Fault{Status: 502})
				ctx := context.Background()
				_, polled := e.poller.Once(ctx, 0)
				_, named := e.poller.Client.Me(ctx)
				_, sent := e.poller.Client.Send(ctx, chat.Reply{Act: chat.Say, Chat: 7, Text: "x"})
				introduced := e.poller.Client.Introduce(ctx, Introduction{Name: "x"})
				e.poller.unhook(ctx, &refusal{Code: 409, Text: "webhook is active"})
				must(t, e.run(time.Minute))
				said := []string{e.log.String()}
				for _, err := range []error{polled, named, sent, introduced} {
					if err == nil {
						t.Fatal("no error")
					}
					for ; err != nil; err = errors.Unwrap(err) {
						said = append(said, fmt.Sprintf("%v %+v", err, err))
					}
				}
				if len(said[0]) == 0 {
					t.Error("nothing in the log")
				}
				for _, s := range said {
					if strings.Contains(s, "te_st-Token") {
						t.Errorf("tells the token: %s", s)
					}
				}
			})
		})
	}
}
