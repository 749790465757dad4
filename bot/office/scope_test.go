package office

import (
	"context"
	"strings"
	"testing"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

const (
	taliwang = region.Code(520702)
	seloto   = region.Code(5207022011)
)

var scopeNow = time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA)

// scope is an archive with households in two kecamatan.
type scope struct {
	t      *testing.T
	tx     *storage.Tx
	office *Office
	beru   region.Code
}

// inScope runs a test in a transaction that is kept.
func inScope(t *testing.T, f func(s scope)) {
	places := region.Must(region.Load())
	s := scope{t: t, office: &Office{Region: places}, beru: places.Find("Beru", 520701)[0].Code}
	store := storagetest.Open(t)
	if err := store.Update(context.Background(), func(tx *storage.Tx) error {
		s.tx = tx
		s.record(0, storage.GroupClaimed{Chat: -100})
		f(s)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func (s scope) record(village region.Code, f storage.Fact) {
	s.t.Helper()
	if _, err := s.tx.Record(scopeNow, 7, village, f); err != nil {
		s.t.Fatal(err)
	}
}

// household records one with a NIK and returns its number.
func (s scope) household(village region.Code, name, nik string, category int, sensitive bool) uint64 {
	s.t.Helper()
	n, p := s.tx.NextReport(), s.tx.NewPerson()
	s.record(village, storage.Reported{Report: storage.Report{
		Number: n, Kind: storage.HouseholdFound, Village: village, By: 7, Date: storage.DayOf(scopeNow),
		Body: storage.EncodeBody(storage.Household{Categories: []int{category}, Persons: 2, Sensitive: sensitive}),
	}})
	s.record(village, storage.CaseOpened{Case: storage.Case{
		Number: n, Village: village, By: 7, Person: p, Name: s.tx.Seal(p, "name", name), NIK: s.tx.Seal(p, "nik", nik), NIKIndex: s.tx.Blind(nik),
		Persons: 2, Categories: []int{category}, Sensitive: sensitive, Consent: storage.CaseConsent{By: storage.ConsentSelf},
	}})
	return n
}

// tap lets a person press a button in private and returns what was answered.
func (s scope) tap(who Access, args ...string) string {
	s.t.Helper()
	return s.hear(who, chat.Input{Kind: chat.Tapped, Message: 5, Query: "q", Data: chat.NewTap(Room, args...).Data()}, "", "")
}

// command opens a room in private.
func (s scope) command(who Access, name, args string) string {
	s.t.Helper()
	return s.hear(who, chat.Input{Kind: chat.Command, Command: chat.Order{Name: name, Args: args}}, name, args)
}

func (s scope) hear(who Access, in chat.Input, name, args string) string {
	s.t.Helper()
	in.From, in.Chat = chat.Person{ID: 30, Name: "Rina"}, chat.Place{ID: 30, Private: true}
	d := &desk{Office: s.office, tx: s.tx, now: scopeNow, in: in, private: true, access: who, staff: who.Staff, chat: &storage.Chat{ID: 30}}
	if err := d.answer(name, args); err != nil {
		s.t.Fatal(err)
	}
	var out []string
	for _, r := range d.out {
		out = append(out, chat.Plain(r.Text))
		for _, row := range r.Buttons {
			for _, b := range row {
				out = append(out, "["+b.Label+"]")
			}
		}
	}
	return strings.Join(out, "\n")
}

func (s scope) want(got string, has, lacks []string) {
	s.t.Helper()
	for _, w := range has {
		if !strings.Contains(got, w) {
			s.t.Errorf("%q is missing in:\n%s", w, got)
		}
	}
	for _, w := range lacks {
		if strings.Contains(got, w) {
			s.t.Errorf("%q is in:\n%s", w, got)
		}
	}
}

const (
	firstNIK  = "5207990101700001"
	secretNIK = "5207990101700002"
)

// A TKSK sees the households of the own kecamatan, but nobody whose case is sensitive.
func TestDistrictSeesItsOwn(t *testing.T) {
	t.Parallel()
	inScope(t, func(s scope) {
		own := s.household(seloto, "Siti Aminah", firstNIK, 8, false)
		far := s.household(s.beru, "Inaq Sahnim", firstNIK, 8, false)
		hidden := s.household(seloto, "S. R.", secretNIK, 16, true)
		tksk := Access{District: taliwang}
		s.want(s.command(tksk, Details, "1"), []string{"Siti Aminah", "5207 •••• •••• ••01", "[Lihat NIK]"}, []string{firstNIK})
		s.want(s.tap(tksk, "c", code(own), "nik!"), []string{firstNIK}, nil)
		s.want(s.command(tksk, Details, "2"), []string{"kecamatan lain"}, []string{"Sahnim"})
		for _, act := range []string{"page", "nik!", "hist", "fu", "own"} {
			s.want(s.tap(tksk, "c", code(far), act), []string{"kecamatan lain"}, []string{"Sahnim", firstNIK})
		}
		s.want(s.command(tksk, Compare, "1_2"), []string{"bukan di kecamatan"}, []string{"Siti", "Sahnim"})
		s.want(s.command(tksk, Search, "sahnim"), []string{"belum ada"}, []string{"Sahnim"})
		s.want(s.command(tksk, Search, firstNIK), []string{"Siti A."}, []string{"Sahnim"})
		s.want(s.command(tksk, FollowUps, ""), []string{"2 terbuka"}, []string{"0002"})
		for _, act := range []string{"page", "nik!", "hist", "fu"} {
			s.want(s.tap(tksk, "c", code(hidden), act), nil, []string{"S. R.", secretNIK, "HIV"})
		}
		s.want(s.tap(Access{Staff: true}, "c", code(hidden), "page"), []string{"S. R.", "HIV"}, []string{secretNIK})
		s.want(s.tap(Access{}, "c", code(own), "page"), []string{"hanya untuk petugas"}, []string{"Siti"})
	})
}

// Two households that staff compared are not posted again.
func TestComparedIsNotPostedAgain(t *testing.T) {
	t.Parallel()
	inScope(t, func(s scope) {
		a, b := s.household(seloto, "Siti Aminah", firstNIK, 8, false), s.household(s.beru, "Aminah", firstNIK, 8, false)
		post := s.office.Post(s.tx, scopeNow)
		if len(post("alike", a)) != 1 || len(post("alike", b)) != 1 {
			t.Fatal("households with one NIK are not posted")
		}
		s.tap(Access{Staff: true}, "al", "diff", code(a), code(b))
		if len(post("alike", a)) != 0 || len(post("alike", b)) != 0 {
			t.Error("households that were compared are posted again")
		}
		s.household(s.beru, "Sitti Aminah", firstNIK, 8, false)
		if out := post("alike", a); len(out) != 1 || !strings.Contains(out[0].Text, "Sudah dicocokkan: berbeda") {
			t.Errorf("a third one: %+v", out)
		}
	})
}
