package simulator

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

//go:embed page
var pageFiles embed.FS

// Column is one screen of the page: a chat as one person sees it.
type Column struct {
	Title  string `json:"title"`
	Person string `json:"person"` // handle
	Chat   string `json:"chat"`   // handle
	Hint   string `json:"hint"`   // what a newcomer may try there
}

// Page shows a Telegram in the browser. It also speaks the Bot API, so that one address serves both.
type Page struct {
	Telegram *Telegram
	Columns  []Column
	Restart  func() error // stops and starts the bot
	Reset    func() error // begins anew
}

// Handler serves the page, its events and actions, and the Bot API.
func (p *Page) Handler() http.Handler {
	files, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(files))
	mux.HandleFunc("GET /demo/state", p.state)
	mux.HandleFunc("GET /demo/events", p.events)
	mux.HandleFunc("GET /demo/file/{id}", p.file)
	mux.HandleFunc("GET /demo/transcript", p.transcript)
	mux.Handle("POST /demo/act", p.doing(p.act))
	mux.Handle("POST /demo/trouble", p.doing(p.trouble))
	mux.Handle("POST /demo/restart", p.doing(func(*http.Request) error {
		p.Telegram.Note("! restart")
		return p.Restart()
	}))
	mux.Handle("POST /demo/reset", p.doing(func(*http.Request) error { return p.Reset() }))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.URL.Path) > 4 && (r.URL.Path[:4] == "/bot" || r.URL.Path[:5] == "/file") {
			p.Telegram.ServeHTTP(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// doing makes a handler of an action. Pages of other origins may not act.
func (p *Page) doing(do func(*http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if o := r.Header.Get("Origin"); o != "" {
			if u, err := url.Parse(o); err != nil || u.Host != r.Host {
				http.Error(w, "halaman lain", http.StatusForbidden)
				return
			}
		}
		if err := do(r); err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

type screen struct {
	Column
	PersonID int64        `json:"person_id"`
	ChatID   int64        `json:"chat_id"`
	Private  bool         `json:"private"`
	Messages []Message    `json:"messages"`
	Board    *Keyboard    `json:"board"`
	Commands []BotCommand `json:"commands"`
}

func (p *Page) state(w http.ResponseWriter, _ *http.Request) {
	last := p.Telegram.LastEvent()
	out := object{"last": last, "screens": p.screens(), "about": p.Telegram.About()}
	w.Header().Set("Content-Type", jsonBody)
	_, _ = w.Write(encode(out))
}

func (p *Page) screens() []screen {
	var out []screen
	for _, c := range p.Columns {
		s := screen{Column: c, PersonID: p.Telegram.ID(c.Person), ChatID: p.Telegram.Chat(c.Chat)}
		s.Private = s.PersonID == s.ChatID
		s.Messages = append([]Message{}, p.Telegram.Messages(s.ChatID)...)
		s.Board, s.Commands = p.Telegram.Board(s.ChatID), p.Telegram.MenuOf(s.ChatID, s.PersonID)
		out = append(out, s)
	}
	return out
}

// events streams what happens, as server-sent events. A comment now and then keeps the line open.
func (p *Page) events(w http.ResponseWriter, r *http.Request) {
	after, _ := strconv.Atoi(r.URL.Query().Get("after"))
	if last := r.Header.Get("Last-Event-ID"); last != "" {
		after, _ = strconv.Atoi(last)
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	flush := http.NewResponseController(w)
	news, done := p.Telegram.Subscribe()
	defer done()
	beat := time.NewTicker(20 * time.Second)
	defer beat.Stop()
	for {
		if p.Telegram.LastEvent() < after { // begun anew
			fmt.Fprint(w, "event: reload\ndata: {}\n\n")
			_ = flush.Flush()
			return
		}
		for _, e := range p.Telegram.Events(after) {
			after = e.N
			data, err := json.Marshal(struct {
				Event
				Board *Keyboard `json:"board"`
			}{e, p.Telegram.Board(e.Chat)})
			if err != nil {
				return
			}
			fmt.Fprintf(w, "id: %d\ndata: %s\n\n", e.N, data)
		}
		if flush.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-news:
		case <-beat.C:
			fmt.Fprint(w, ": still here\n\n")
		}
	}
}

func (p *Page) file(w http.ResponseWriter, r *http.Request) {
	f := p.Telegram.stored(r.PathValue("id"))
	if f == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", f.Type)
	if !f.picture() { // pictures are shown in the chat, everything else is taken along
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "sandbox") // what people attach must not act here
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.Data))
}

func (p *Page) transcript(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="transkrip.txt"`)
	_, _ = io.WriteString(w, p.Telegram.Transcript())
}

// act does what a person does on their screen.
func (p *Page) act(r *http.Request) error {
	if err := r.ParseMultipartForm(20 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return errors.New("berkasnya terlalu besar")
	}
	number := func(key string) int64 { n, _ := strconv.ParseInt(r.FormValue(key), 10, 64); return n }
	person, chat, message, words := number("person"), number("chat"), number("message"), r.FormValue("text")
	t := p.Telegram
	switch do := r.FormValue("do"); do {
	case "say":
		_, err := t.Write(person, chat, Message{Kind: "text", Text: words, ReplyTo: number("reply")})
		return err
	case "tap":
		return t.Tap(person, chat, message, r.FormValue("label"))
	case "edit":
		return t.EditOwn(person, chat, message, words)
	case "delete":
		return t.DeleteOwn(person, chat, message)
	case "contact", "location", "sticker", "voice", "poll":
		_, err := t.Write(person, chat, Message{Kind: do})
		return err
	case "card":
		_, err := t.Write(person, chat, Message{Kind: "contact", Contact: &Contact{Phone: "+6281200099999", Name: "Tetangga", User: 999}})
		return err
	case "photo", "document":
		return p.attach(r, person, chat, do, words)
	case "block":
		t.Block(person)
	case "unblock":
		t.Unblock(person)
	default:
		return fmt.Errorf("unknown act %q", do)
	}
	return nil
}

func (p *Page) attach(r *http.Request, person, chat int64, kind, caption string) error {
	if r.MultipartForm == nil {
		return errors.New("no file")
	}
	files := r.MultipartForm.File["file"]
	album := ""
	if len(files) > 1 {
		album = p.Telegram.NewAlbum()
	}
	for _, head := range files {
		f, err := head.Open()
		if err != nil {
			return err
		}
		data, err := io.ReadAll(f)
		if err = errors.Join(err, f.Close()); err != nil {
			return err
		}
		if _, err := p.Telegram.Attach(person, chat, kind, head.Filename, caption, album, data); err != nil {
			return err
		}
		caption = ""
	}
	return nil
}

// trouble makes Telegram misbehave on demand.
func (p *Page) trouble(r *http.Request) error {
	t := p.Telegram
	switch r.FormValue("kind") {
	case "flood":
		t.Inject("", 1, Fault{Status: http.StatusTooManyRequests, Text: "Too Many Requests: retry after 5", RetryAfter: 5})
	case "broken":
		t.Inject("", 3, Fault{Status: http.StatusBadGateway})
	case "lost":
		t.Inject("", 1, Fault{CutAfter: true})
	case "slow":
		t.Inject("", 5, Fault{Delay: 3 * time.Second})
	case "down":
		t.Note("! telegram down 30s")
		t.Down(30 * time.Second)
	case "migrate":
		for _, c := range p.Columns {
			if id := t.Chat(c.Chat); id < 0 {
				_, err := t.Migrate(id)
				return err
			}
		}
	default:
		return errors.New("unknown trouble")
	}
	return nil
}
