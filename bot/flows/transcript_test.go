package flows_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wksbm/bot/flows"
	"wksbm/bot/office"
	"wksbm/bot/remind"
	"wksbm/bot/schedule"
	"wksbm/bot/simulator"
	"wksbm/bot/station"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

var update = flag.Bool("update", false, "write the transcripts as the bot speaks now")

// TestTranscripts replays what people say in testdata/*.txt through the whole bot and compares all
// that appears on the screens. The archive is closed and opened again before every line.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, efforts := replay(t, string(want))
			bearable(t, efforts)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s (-file +bot):\n%s", file, diff)
			}
		})
	}
}

func TestEveryConversationHasTranscripts(t *testing.T) {
	t.Parallel()
	for _, c := range flows.All() {
		if files, _ := filepath.Glob("testdata/" + c.Name() + "*.txt"); len(files) == 0 {
			t.Errorf("no transcript testdata/%s*.txt", c.Name())
		}
	}
}

// stage is the world of one transcript.
type stage struct {
	t        *testing.T
	telegram *simulator.Telegram
	path     string
	now      time.Time
	random   *rand.ChaCha8
	store    *storage.Store
	bot      *station.Station
	shown    int // events that are in the output already
	out      bytes.Buffer
	last     string
	effort   *effort // being measured, nil when none is
	efforts  []effort
	log      notes

	reactions bool // those that the bot puts on messages are shown
}

// notes is a log that several may write to.
type notes struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (n *notes) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.out.Write(p)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.out.String()
}

const testToken = "520799:test-token"

func replay(t *testing.T, script string) (string, []effort) {
	s := play(t, script)
	s.quiet()
	return strings.TrimRight(s.out.String(), "\n") + "\n", s.efforts
}

// play plays a script to its end and leaves the archive open.
func play(t *testing.T, script string) *stage {
	s := &stage{t: t, path: filepath.Join(t.TempDir(), "wksbm.db"), random: rand.NewChaCha8([32]byte{})}
	s.now = time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA)
	s.telegram = simulator.New(simulator.Options{Token: testToken, Now: func() time.Time { return s.now }})
	s.telegram.AddPerson("ketua", "Sumiati")
	s.telegram.AddPerson("relawan", "Nur Aini")
	s.telegram.AddPerson("tetangga", "Rahma")
	staff := []int64{s.telegram.AddPerson("staf", "Budi"), s.telegram.AddPerson("staf2", "Wati")}
	s.telegram.AddGroup("grup", "Dinsos KSB", staff...)
	s.open()
	lines := strings.Split(strings.TrimRight(script, "\n"), "\n")
	for i, line := range lines {
		if line == "" && i+1 < len(lines) && ofBot(lines[i+1]) {
			continue // between two messages of the bot
		}
		s.line(line)
	}
	return s
}

func (s *stage) open() {
	s.store = storagetest.OpenAt(s.t, s.path)
	bot, err := station.New(station.Config{
		Token: testToken, Store: s.store, Region: region.Must(region.Load()),
		Privacy: flows.Privacy{Version: "2026-12", Controller: "Dinas Sosial Kabupaten Sumbawa Barat", Contact: "kantor Dinsos di Taliwang", Retention: 60},
		Limits:  flows.Limits{AidGap: 14},
		Jobs: []schedule.Job{
			{Name: "daily", Cron: "0 7 * * *"}, {Name: "weekly", Cron: "0 8 * * 1"}, {Name: "monthly", Cron: "0 8 1 * *"},
		},
		Log:       slog.New(slog.NewTextHandler(&s.log, nil)),
		Reminders: remind.Rules{FromDay: 25, PerWeek: 2, QuietFrom: 20 * 60, QuietTo: 7 * 60},
		HTTP:      s.telegram.Client(), Now: func() time.Time { return s.now }, Random: s.random,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.bot = bot
}

// line keeps what people and the stage do, drops what the bot said and writes what it says now.
func (s *stage) line(line string) {
	switch {
	case ofBot(line):
		return
	case line == "":
		s.out.WriteString("\n")
		s.last = ""
		return
	}
	if err := s.store.Close(); err != nil {
		s.t.Fatal(err)
	}
	s.open()
	s.out.WriteString(line + "\n")
	s.last = line
	var err error
	switch line[0] {
	case '#':
		s.measure(strings.TrimSpace(line[1:]))
		return
	case '@':
		s.now, err = time.ParseInLocation("2006-01-02 15:04", strings.TrimSpace(line[1:]), region.WITA)
	case '!':
		err = s.order(strings.Fields(line[1:]))
	default:
		if s.effort != nil {
			s.effort.actions++
		}
		err = s.telegram.Play(s.invited(line))
	}
	if err != nil {
		s.t.Fatalf("%s: %v\n%s", line, err, s.out.String())
	}
	s.step()
}

var inviteToken = regexp.MustCompile(`start=[\w-]+`)

// invited puts the token of the group's n-th invite in the place of TOKEN1, TOKEN2 …
func (s *stage) invited(line string) string {
	n := 0
	seen := map[string]bool{}
	for _, e := range s.telegram.Events(0) {
		if e.Message == nil {
			continue
		}
		if token := strings.TrimPrefix(inviteToken.FindString(e.Message.Text), "start="); token != "" && !seen[token] {
			seen[token] = true
			n++
			line = strings.ReplaceAll(line, fmt.Sprintf("TOKEN%d", n), token)
		}
	}
	return line
}

// ofBot says whether a line shows what the bot said: "<", or a chat's handle and "<".
func ofBot(line string) bool {
	head, _, ok := strings.Cut(line, "<")
	return ok && !strings.HasPrefix(head, "#") && !strings.ContainsAny(head, " >@![(")
}

func (s *stage) step() {
	err := s.bot.Step(context.Background())
	for _, e := range s.telegram.Events(s.shown) {
		s.shown = e.N
		if e.Person != 0 && e.Kind != simulator.Toasted || e.Kind == simulator.Remark || e.Kind == simulator.Reacted && !s.reactions {
			continue
		}
		s.count(e)
		lines := s.telegram.Lines(e)
		if len(lines) == 0 {
			continue
		}
		mark, _, _ := strings.Cut(lines[0], " ")
		if mark == s.last {
			s.out.WriteString("\n")
		}
		s.last = mark
		s.out.WriteString(inviteToken.ReplaceAllString(strings.Join(lines, "\n"), "start=TOKEN") + "\n")
	}
	if err != nil && !strings.Contains(err.Error(), "cut") {
		s.t.Fatalf("step: %v\n%s", err, s.out.String())
	}
}

// order does what stands behind "!".
func (s *stage) order(words []string) error {
	arg := func(i int) string {
		if i < len(words) {
			return words[i]
		}
		return ""
	}
	switch words[0] {
	case "restart": // every line does
		return nil
	case "member": // ! member ketua Seloto ketua, ! member tetangga Taliwang tksk
		return s.enroll(arg(1), arg(2), storage.Role(arg(3)))
	case "neighbor": // ! neighbor ketua Siti_Aminah 03 4 [urgent]
		return s.neighbor(arg(1), arg(2), arg(3), arg(4), arg(5) == "urgent")
	case "group":
		return s.claim()
	case "admin": // ! admin staf2
		return s.telegram.Promote(s.telegram.ID(arg(1)), s.telegram.Chat("grup"))
	case "demote": // ! demote staf2
		return s.telegram.Demote(s.telegram.ID(arg(1)), s.telegram.Chat("grup"))
	case "forum": // ! forum 7 9
		var topics []int64
		for _, w := range words[1:] {
			n, err := strconv.ParseInt(w, 10, 64)
			if err != nil {
				return err
			}
			topics = append(topics, n)
		}
		return s.telegram.MakeForum(s.telegram.Chat("grup"), topics...)
	case "neighbors": // ! neighbors ketua 70 2024-01-31: as many households, long ago
		n, err := strconv.Atoi(arg(2))
		old, err2 := time.ParseInLocation("2006-01-02", arg(3), region.WITA)
		now := s.now
		s.now, err = old, errors.Join(err, err2)
		defer func() { s.now = now }()
		for i := range n {
			err = errors.Join(err, s.neighbor(arg(1), "Keluarga_"+strconv.Itoa(i+1), "03", "4", false))
		}
		return err
	case "bot_admin":
		return s.telegram.PromoteBot(s.telegram.Chat("grup"))
	case "migrate":
		_, err := s.telegram.Migrate(s.telegram.Chat("grup"))
		return err
	case "code":
		return s.store.Update(context.Background(), func(tx *storage.Tx) error {
			return tx.SetNote(office.ClaimNote, office.HashClaim("ABCD-1234"))
		})
	case "telegram": // ! telegram down 2m
		d, err := time.ParseDuration(arg(2))
		s.telegram.Down(d)
		return err
	case "later": // ! later 2m
		d, err := time.ParseDuration(arg(1))
		s.now = s.now.Add(d)
		return err
	case "verify": // ! verify 0001
		return s.verify(arg(1))
	case "household": // ! household ketua 8,24 2 mendesak
		return s.household(arg(1), arg(2), arg(3), arg(4))
	case "reactions": // are shown from here on
		s.reactions = true
		return nil
	case "setting": // ! setting cards all
		return s.store.Update(context.Background(), func(tx *storage.Tx) error {
			_, err := tx.Record(s.now, s.telegram.ID("staf"), 0, storage.SettingPut{Name: arg(1), Value: arg(2)})
			return err
		})
	case "nihil": // ! nihil ketua 2026-11
		return s.nothing(arg(1), arg(2))
	case "next": // ! next ketua 2026-12-01 19:30
		return s.meet(arg(1), arg(2), arg(3))
	case "flood": // the next call of a method is refused for its pace
		s.telegram.Inject(arg(1), 1, simulator.Fault{Status: 429, Text: "Too Many Requests: retry after 60", RetryAfter: 60})
		return nil
	case "lost": // the answer of the next call of a method never arrives
		s.telegram.Inject(arg(1), 1, simulator.Fault{CutAfter: true})
		return nil
	}
	return fmt.Errorf("unknown order %q", words[0])
}

func (s *stage) enroll(handle, village string, role storage.Role) error {
	user := s.telegram.ID(handle)
	places := region.Must(region.Load())
	found := places.Find(strings.ReplaceAll(village, "_", " "), 0)
	if role == storage.TKSK {
		district, _ := places.FindDistrict(strings.ReplaceAll(village, "_", " "))
		found = []region.Place{district}
	}
	return s.store.Update(context.Background(), func(tx *storage.Tx) error {
		m := storage.Member{
			User: user, Person: tx.NewPerson(), Address: "ibu", Village: found[0].Code, Role: role,
			Consent: storage.Consent{At: s.now, Version: "2026-12"}, Request: tx.NextRequest(),
		}
		m.Name = tx.Seal(m.Person, "name", map[string]string{"ketua": "Sumiati", "relawan": "Nur Aini", "tetangga": "Rahma"}[handle])
		if _, err := tx.Record(s.now, user, m.Village, storage.MemberAsked{Member: m}); err != nil {
			return err
		}
		_, err := tx.Record(s.now, 0, m.Village, storage.MemberDecided{User: user, Accepted: true})
		return err
	})
}

// neighbor records a household in need by name in the village of a person.
func (s *stage) neighbor(handle, name, rt, persons string, urgent bool) error {
	user := s.telegram.ID(handle)
	jiwa, err := strconv.Atoi(persons)
	if err != nil {
		return err
	}
	return s.store.Update(context.Background(), func(tx *storage.Tx) error {
		m, _ := tx.Member(user)
		p, n := tx.NewPerson(), tx.NextReport()
		r := storage.Report{
			Number: n, Kind: storage.HouseholdFound, Village: m.Village, By: user, Date: storage.DayOf(s.now), At: s.now,
			Body: storage.EncodeBody(storage.Household{Categories: []int{8}, Persons: jiwa, Urgent: urgent}),
		}
		if _, err := tx.Record(s.now, user, m.Village, storage.Reported{Report: r}); err != nil {
			return err
		}
		_, err := tx.Record(s.now, user, m.Village, storage.CaseOpened{Case: storage.Case{
			Number: n, Village: m.Village, By: user, Person: p, Name: tx.Seal(p, "name", strings.ReplaceAll(name, "_", " ")),
			RT: tx.Seal(p, "rt", rt), Categories: []int{8}, Persons: jiwa, Urgent: urgent,
			Consent: storage.CaseConsent{By: storage.ConsentSelf, User: user, At: s.now},
		}})
		return err
	})
}

func (s *stage) claim() error {
	if err := s.telegram.AddBot(s.telegram.ID("staf"), s.telegram.Chat("grup")); err != nil {
		return err
	}
	return s.store.Update(context.Background(), func(tx *storage.Tx) error {
		_, err := tx.Record(s.now, 0, 0, storage.GroupClaimed{Chat: s.telegram.Chat("grup")})
		return err
	})
}

// record puts a report of a person into the archive, as a conversation would.
func (s *stage) record(handle, kind string, body any) error {
	return s.store.Update(context.Background(), func(tx *storage.Tx) error {
		m, _ := tx.Member(s.telegram.ID(handle))
		_, err := tx.Record(s.now, m.User, m.Village, storage.Reported{Report: storage.Report{
			Number: tx.NextReport(), Kind: kind, Village: m.Village, By: m.User, Date: storage.DayOf(s.now), At: s.now,
			Body: storage.EncodeBody(body),
		}})
		return err
	})
}

// nothing says that there was nothing to report in a month.
func (s *stage) nothing(handle, month string) error {
	t, err := time.ParseInLocation("2006-01", month, region.WITA)
	if err != nil {
		return err
	}
	return s.record(handle, storage.NothingToReport, storage.Nothing{Month: storage.DayOf(t).Month()})
}

// meet reports a meeting that set the next one.
func (s *stage) meet(handle, day, clock string) error {
	t, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, region.WITA)
	if err != nil {
		return err
	}
	return s.record(handle, storage.MeetingHeld, storage.Meeting{
		Kind: "regular", Start: -1, Next: storage.DayOf(t), NextStart: t.Hour()*60 + t.Minute(),
	})
}

// verify has staff find a report right.
func (s *stage) verify(number string) error {
	n, err := strconv.ParseUint(number, 10, 64)
	if err != nil {
		return err
	}
	return s.store.Update(context.Background(), func(tx *storage.Tx) error {
		r, _ := tx.Report(n)
		_, err := tx.Record(s.now, s.telegram.ID("staf"), r.Village, storage.ReportVerified{Number: n})
		return err
	})
}

// household records a household of some categories and posts its card.
func (s *stage) household(handle, categories, persons, urgent string) error {
	var body storage.Household
	for n := range strings.SplitSeq(categories, ",") {
		no, err := strconv.Atoi(n)
		if err != nil {
			return err
		}
		body.Categories = append(body.Categories, no)
	}
	body.Persons, _ = strconv.Atoi(persons)
	body.Urgent = urgent != ""
	if err := s.record(handle, storage.HouseholdFound, body); err != nil {
		return err
	}
	return s.store.Update(context.Background(), func(tx *storage.Tx) error {
		m, _ := tx.Member(s.telegram.ID(handle))
		c := storage.Case{
			Number: tx.NextReport() - 1, Village: m.Village, By: m.User, Person: tx.NewPerson(), Persons: body.Persons,
			Categories: body.Categories, Urgent: body.Urgent, Consent: storage.CaseConsent{By: storage.ConsentSelf, User: m.User, At: s.now},
		}
		c.Name = tx.Seal(c.Person, "name", "Siti Rahasia")
		if _, err := tx.Record(s.now, m.User, m.Village, storage.CaseOpened{Case: c}); err != nil {
			return err
		}
		return s.post(tx, "case", c.Number)
	})
}

// post puts a card for the group into the outbox.
func (s *stage) post(tx *storage.Tx, about string, n uint64) error {
	for _, r := range s.bot.Bot.Office.Post(tx, s.now)(about, n) {
		if err := office.Enqueue(tx, s.now, r); err != nil {
			return err
		}
	}
	return nil
}
