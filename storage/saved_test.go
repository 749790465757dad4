package storage

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

var save = flag.Bool("save", false, "write testdata/saved4.* anew; only for a schema that no bot has written yet")

// savedParts are the files of a saved archive by their ends in testdata and beside a database.
func savedParts() map[string]string {
	return map[string]string{".db": "", ".persons": ".keys", ".master": ".key"}
}

var savedAt = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

// TestSavedArchive opens archives that earlier programs left behind, one of each schema: everything in
// them must still be read, and the log must still give the records.
func TestSavedArchive(t *testing.T) {
	t.Parallel()
	if *save {
		if err := saveArchive(t); err != nil {
			t.Fatal(err)
		}
	}
	for name, check := range map[string]func(*testing.T, *Tx){"saved1": checkSaved, "saved2": checkSaved2, "saved3": checkSaved3, "saved4": checkSaved4} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openSaved(t, name)
			defer s.Close()
			if found, err := s.Doctor(context.Background()); err != nil || len(found) > 0 {
				t.Errorf("doctor: %v, %v", found, err)
			}
			if err := s.View(func(tx *Tx) error { check(t, tx); return nil }); err != nil {
				t.Fatal(err)
			}
			if err := s.Update(context.Background(), func(tx *Tx) error {
				_, err := tx.Record(savedAt, 7, 5207022011, ReportCancelled{Number: 3})
				return err
			}); err != nil {
				t.Errorf("write to the saved archive: %v", err)
			}
		})
	}
}

func openSaved(t *testing.T, name string) *Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "wksbm.db")
	for from, to := range savedParts() {
		data, err := os.ReadFile(filepath.Join("testdata", name+from))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path+to, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(path, Options{MapSize: 1 << 20, Die: func(err error) { t.Errorf("died: %v", err) }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func checkSaved(t *testing.T, tx *Tx) {
	t.Helper()
	m, _ := tx.Member(7)
	if m.State != Active || m.Role != Ketua || tx.Unseal(m.Name, "name") != "Ibu Contoh" {
		t.Errorf("member 7 = %+v", m)
	}
	if m, _ := tx.Member(8); m.State != Revoked || m.Decided.IsZero() {
		t.Errorf("member 8 = %+v", m)
	}
	if v := tx.Village(5207022011); v.Members != 1 || v.Reports != 2 || len(v.Stock) != 1 || v.Stock[0].Quantity != 4000 {
		t.Errorf("village = %+v", v)
	}
	if sums := tx.MonthTotals(5207022011, DayOf(savedAt).Month()).Sums; len(sums) != 1 || sums[0].Quantity != 4000 {
		t.Errorf("month = %+v", sums)
	}
	r, _ := tx.Report(3)
	var body Aid
	if err := json.Unmarshal(r.Body, &body); err != nil || tx.Unseal(body.Giver, "giver") != "H. Ahmad" {
		t.Errorf("report 3 = %+v, %v", r, err)
	}
	if g, ok := tx.StaffGroup(); !ok || g.Chat != -1005 {
		t.Errorf("group = %+v", g)
	}
	c, o := tx.Chat(7), rowsOf(tx.outbox().Scan(tx.b, nil))
	if c.Draft == nil || string(c.Draft.Data) != `{"step":"item"}` || len(o) != 1 || string(o[0].Body) != `"Halo"` {
		t.Errorf("chat %+v, outbox %+v", c, o)
	}
	p, _ := tx.Posted("card:1")
	if a := tx.Asides(); len(a) != 1 || string(a[0].Raw) != "raw" || p.Message != 5 || tx.Note("bot_username") != "wksbm_bot" {
		t.Errorf("asides %+v, posted %+v", a, p)
	}
	if !tx.Seen(1000) || tx.NextOffset() != 1001 || len(tx.Invites(savedAt)) != 0 {
		t.Errorf("offset %d, invites %+v", tx.NextOffset(), tx.Invites(savedAt))
	}
}

// saveArchive writes one of everything the schema knows.
func saveArchive(t *testing.T) error {
	path := filepath.Join(t.TempDir(), "wksbm.db")
	s, err := Open(path, Options{})
	if err != nil {
		return err
	}
	err = s.Update(context.Background(), func(tx *Tx) error {
		for _, make := range slices.Concat(savedFacts(), savedRecords(), savedNews(), savedErasures(), savedOffice()) {
			if _, err := tx.Record(savedAt, 7, 5207022011, make(tx)); err != nil {
				return err
			}
		}
		return saveRest(tx)
	})
	if err != nil {
		return errors.Join(err, s.Close())
	}
	to := func(name string) func(*bolt.Tx) error {
		return func(b *bolt.Tx) error { return b.CopyFile(filepath.Join("testdata", name), 0o600) }
	}
	key, err := os.ReadFile(path + ".key")
	return errors.Join(
		err, s.db.View(to("saved4.db")), s.vault.db.View(to("saved4.persons")), s.Close(),
		os.WriteFile(filepath.Join("testdata", "saved4.master"), key, 0o600),
	)
}

// savedFacts are facts of every kind, in an order in which they can have happened.
func savedFacts() []func(*Tx) Fact {
	member := func(tx *Tx, user int64, role Role) Member {
		p := tx.NewPerson()
		return Member{
			User: user, Person: p, Name: tx.Seal(p, "name", "Ibu Contoh"), Phone: tx.Seal(p, "phone", "+6281299990001"),
			Address: "ibu", Village: 5207022011, Role: role, Consent: Consent{At: savedAt, Version: "2026-11"},
		}
	}
	invite := func(id string) func(*Tx) Fact {
		return func(*Tx) Fact {
			return InviteMade{Invite{
				ID: id, Hash: HashToken(id), Village: 5207022011, Role: Relawan, Made: savedAt, Expires: savedAt.Add(time.Hour), By: 9,
			}}
		}
	}
	reported := func(tx *Tx) Fact {
		p := tx.NewPerson()
		body, err := json.Marshal(Aid{Person: p, Source: "individual_donor", Giver: tx.Seal(p, "giver", "H. Ahmad"), Purpose: "general"})
		if err != nil {
			panic(err)
		}
		n := tx.NextReport()
		return Reported{Report{
			Number: n, Kind: AidReceived, Village: 5207022011, By: 7, Date: DayOf(savedAt), Source: string(rune('a' + n)), Body: body,
			Lines: []Line{{Item: "rice", Unit: "kg", Earmark: "general", Quantity: Quantity(n) * 1000}},
		}}
	}
	return []func(*Tx) Fact{
		func(*Tx) Fact { return GroupClaimed{Chat: -4} }, func(*Tx) Fact { return GroupLost{Chat: -4} },
		func(*Tx) Fact { return GroupClaimed{Chat: -5} }, func(*Tx) Fact { return GroupMoved{From: -5, To: -1005} },
		func(tx *Tx) Fact {
			m := member(tx, 7, Ketua)
			m.Request = tx.NextRequest()
			return MemberAsked{m}
		},
		func(*Tx) Fact { return MemberDecided{User: 7, Accepted: true} },
		invite("a1"), invite("b2"),
		func(tx *Tx) Fact { return MemberJoined{Member: member(tx, 8, Relawan), Invite: "a1"} },
		func(*Tx) Fact { return InviteRevoked{ID: "b2"} }, func(*Tx) Fact { return MemberRevoked{User: 8} },
		reported, reported, reported, func(*Tx) Fact { return ReportCancelled{Number: 2} },
	}
}

// saveRest writes the rows that are no events.
func saveRest(tx *Tx) error {
	c := tx.Chat(7)
	c.Draft = &Draft{ID: tx.NextDraft(), Flow: AidReceived, Data: json.RawMessage(`{"step":"item"}`), Started: savedAt, Touched: savedAt}
	_, err := tx.Enqueue(Outgoing{Chat: 7, Body: json.RawMessage(`"Halo"`), At: savedAt})
	return errors.Join(
		err, tx.PutChat(c), tx.PutPosted("card:1", Posted{Chat: -1005, Message: 5}), tx.MarkSeen(1000, savedAt), tx.SetNextOffset(1001),
		tx.SetAside(Aside{Update: 999, At: savedAt, Class: "unprocessed", Raw: []byte("raw")}), tx.SetNote("bot_username", "wksbm_bot"),
	)
}
