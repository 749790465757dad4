package storage_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

const seloto region.Code = 5207022011

var noon = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

func update(t *testing.T, s *storage.Store, fn func(*storage.Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func view(t *testing.T, s *storage.Store, fn func(*storage.Tx)) {
	t.Helper()
	if err := s.View(func(tx *storage.Tx) error { fn(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

func asked(tx *storage.Tx, user int64, name string) storage.MemberAsked {
	p := tx.NewPerson()
	return storage.MemberAsked{Member: storage.Member{
		User: user, Request: tx.NextRequest(), Person: p, Name: tx.Seal(p, "name", name),
		Phone: tx.Seal(p, "phone", "+6281299990001"), Village: seloto, Role: storage.Ketua,
		Consent: storage.Consent{At: noon, Version: "1"},
	}}
}

func aid(tx *storage.Tx, source string, kg int64) storage.Reported {
	return storage.Reported{Report: storage.Report{
		Number: tx.NextReport(), Kind: storage.AidReceived, Village: seloto, By: 7,
		Date: storage.DayOf(noon), Source: source,
		Lines: []storage.Line{{Item: "rice", Unit: "kg", Earmark: "general", Quantity: storage.Quantity(kg * 1000)}},
	}}
}

func record(t *testing.T, s *storage.Store, by int64, make func(*storage.Tx) storage.Fact) {
	t.Helper()
	update(t, s, func(tx *storage.Tx) error {
		_, err := tx.Record(noon, by, seloto, make(tx))
		return err
	})
}

func TestMemberLife(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	record(t, s, 7, func(tx *storage.Tx) storage.Fact { return asked(tx, 7, "Ibu Contoh") })
	view(t, s, func(tx *storage.Tx) {
		p := tx.PendingMembers()
		if len(p) != 1 || p[0].User != 7 || tx.Unseal(p[0].Name, "name") != "Ibu Contoh" {
			t.Errorf("pending = %v", p)
		}
	})
	record(t, s, 9, func(*storage.Tx) storage.Fact { return storage.MemberDecided{User: 7, Accepted: true} })
	view(t, s, func(tx *storage.Tx) {
		if m, _ := tx.Request(1); m.State != storage.Active || m.By != 9 {
			t.Errorf("request 1 = %+v", m)
		}
		if n := len(tx.PendingMembers()); n != 0 || tx.Village(seloto).Members != 1 {
			t.Errorf("%d pending, village %+v", n, tx.Village(seloto))
		}
	})
	err := s.Update(context.Background(), func(tx *storage.Tx) error {
		_, err := tx.Record(noon, 9, seloto, storage.MemberDecided{User: 7})
		return err
	})
	if err == nil {
		t.Error("a second decision was taken")
	}
	record(t, s, 9, func(*storage.Tx) storage.Fact { return storage.MemberRevoked{User: 7} })
	view(t, s, func(tx *storage.Tx) {
		if m, _ := tx.Member(7); m.State != storage.Revoked || tx.Village(seloto).Members != 0 {
			t.Errorf("after revoking: %+v", m)
		}
	})
}

func TestInviteIsUsedOnce(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	record(t, s, 9, func(*storage.Tx) storage.Fact {
		return storage.InviteMade{Invite: storage.Invite{
			ID: "a1", Hash: storage.HashToken("secret"), Village: seloto, Role: storage.Ketua,
			Made: noon, Expires: noon.Add(time.Hour), By: 9,
		}}
	})
	join := func(user int64, at time.Time) error {
		return s.Update(context.Background(), func(tx *storage.Tx) error {
			in, ok := tx.InviteByToken("secret")
			if !ok {
				t.Error("invite not found by token")
			}
			m := asked(tx, user, "Ibu Contoh").Member
			m.Request = 0
			_, err := tx.Record(at, user, seloto, storage.MemberJoined{Member: m, Invite: in.ID})
			return err
		})
	}
	if join(7, noon.Add(2*time.Hour)) == nil {
		t.Error("an expired invite let somebody in")
	}
	if err := join(7, noon); err != nil {
		t.Fatal(err)
	}
	if join(8, noon) == nil {
		t.Error("an invite was used twice")
	}
	view(t, s, func(tx *storage.Tx) {
		if m, _ := tx.Member(7); m.State != storage.Active || len(tx.Invites(noon)) != 0 {
			t.Errorf("joined: %+v", m)
		}
	})
}

func TestReportAndCancel(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	for i, source := range []string{"d1", "d2", "d3"} {
		record(t, s, 7, func(tx *storage.Tx) storage.Fact { return aid(tx, source, int64(i+1)) })
	}
	record(t, s, 7, func(*storage.Tx) storage.Fact { return storage.ReportCancelled{Number: 2} })
	day := storage.DayOf(noon)
	view(t, s, func(tx *storage.Tx) {
		for what, got := range map[string]storage.Totals{
			"day": tx.Totals(seloto, day, day), "month": tx.MonthTotals(seloto, day.Month()),
		} {
			if got.Reports != 2 || len(got.Sums) != 1 || got.Sums[0].Quantity != 4000 || got.Sums[0].Count != 2 {
				t.Errorf("%s totals = %+v", what, got)
			}
		}
		v := tx.Village(seloto)
		if v.Reports != 2 || v.Stock[0].Quantity != 4000 {
			t.Errorf("village = %+v", v)
		}
		if rs := tx.ReportsBy(7, 3, 5); len(rs) != 2 || rs[0].Number != 2 || rs[0].State != storage.Cancelled {
			t.Errorf("reports before 3 = %+v", rs)
		}
		if r, ok := tx.ReportOfDraft("d3"); !ok || r.Number != 3 {
			t.Errorf("report of d3 = %+v", r)
		}
	})
	for what, f := range map[string]func(*storage.Tx) storage.Fact{
		"the same draft twice": func(tx *storage.Tx) storage.Fact { return aid(tx, "d1", 1) },
		"a cancelled report":   func(*storage.Tx) storage.Fact { return storage.ReportCancelled{Number: 2} },
		"a negative line":      func(tx *storage.Tx) storage.Fact { return aid(tx, "d9", -1) },
	} {
		if err := s.Update(context.Background(), func(tx *storage.Tx) error {
			_, err := tx.Record(noon, 7, seloto, f(tx))
			return err
		}); err == nil {
			t.Errorf("%s was recorded", what)
		}
	}
	view(t, s, func(tx *storage.Tx) {
		if tx.NextReport() != 4 {
			t.Errorf("next report %d after rollbacks, want 4", tx.NextReport())
		}
	})
}

// One step that fails or panics is set aside; the others of its job are done, and their order kept.
func TestPoisonStepIsSetAsideAlone(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	note := func(k string) func(*storage.Tx) error {
		return func(tx *storage.Tx) error { return tx.SetNote(k, tx.Note(k)+"x") }
	}
	aside := func(error) func(*storage.Tx) error { return note("aside") }
	err := s.Apply(context.Background(), []storage.Step{
		{Do: note("a"), Aside: aside},
		{Do: func(tx *storage.Tx) error { _ = note("b")(tx); panic("poison") }, Aside: aside},
		{Do: note("c"), Aside: aside},
	})
	if err != nil {
		t.Fatal(err)
	}
	view(t, s, func(tx *storage.Tx) {
		got := tx.Note("a") + "," + tx.Note("b") + "," + tx.Note("c") + "," + tx.Note("aside")
		if got != "x,,x,x" {
			t.Errorf("notes a,b,c,aside = %s", got)
		}
	})
	failed := s.Apply(context.Background(), []storage.Step{
		{Do: note("d")}, {Do: func(*storage.Tx) error { return errors.New("no") }}, {Do: note("e")},
	})
	view(t, s, func(tx *storage.Tx) {
		if failed == nil || tx.Note("d") != "x" || tx.Note("e") != "" {
			t.Errorf("after a failing step: err %v, d %q, e %q", failed, tx.Note("d"), tx.Note("e"))
		}
	})
}

func TestSeenIsByPresence(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	update(t, s, func(tx *storage.Tx) error { return tx.MarkSeen(1000, noon) })
	view(t, s, func(tx *storage.Tx) {
		if !tx.Seen(1000) || tx.Seen(5) {
			t.Error("a lower id counts as seen")
		}
	})
	update(t, s, func(tx *storage.Tx) error { return tx.PruneSeen(noon.Add(time.Second)) })
	view(t, s, func(tx *storage.Tx) {
		if tx.Seen(1000) {
			t.Error("a pruned id is still there")
		}
	})
}

func TestNoPersonalDataInTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "wksbm.db")
	s := storagetest.OpenAt(t, path)
	record(t, s, 7, func(tx *storage.Tx) storage.Fact { return asked(tx, 7, "Penanda Nama") })
	update(t, s, func(tx *storage.Tx) error {
		body, _ := json.Marshal("Penanda Pesan")
		if _, err := tx.Enqueue(storage.Outgoing{Chat: 7, Body: body}); err != nil {
			return err
		}
		c := tx.Chat(7)
		c.Draft = &storage.Draft{ID: 1, Flow: "x", Data: json.RawMessage(`"Penanda Draf"`)}
		if err := tx.PutChat(c); err != nil {
			return err
		}
		return tx.SetAside(storage.Aside{Update: 1, Raw: []byte("Penanda Racun")})
	})
	for _, f := range []string{path, path + ".keys"} {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"Penanda", "6281299990001"} {
			if bytes.Contains(data, []byte(word)) {
				t.Errorf("%s holds %q in the clear", filepath.Base(f), word)
			}
		}
	}
}

func TestErase(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	record(t, s, 7, func(tx *storage.Tx) storage.Fact { return asked(tx, 7, "Ibu Contoh") })
	record(t, s, 8, func(tx *storage.Tx) storage.Fact { return asked(tx, 8, "Ibu Lain") })
	var m storage.Member
	view(t, s, func(tx *storage.Tx) { m, _ = tx.Member(7) })
	if err := s.Erase(m.Person); err != nil {
		t.Fatal(err)
	}
	view(t, s, func(tx *storage.Tx) {
		other, _ := tx.Member(8)
		if tx.Unseal(m.Name, "name") != storage.Erased || tx.Unseal(other.Name, "name") != "Ibu Lain" {
			t.Error("erasing one person did not erase just that person")
		}
	})
}

func TestSecondProcessIsToldAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "wksbm.db")
	storagetest.OpenAt(t, path)
	if _, err := storage.Open(path, storage.Options{}); !errors.Is(err, storage.ErrLocked) {
		t.Errorf("second Open: %v", err)
	}
}

func TestLostKeyFileIsNamed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "wksbm.db")
	s := storagetest.OpenAt(t, path)
	if err := errors.Join(s.Close(), os.Remove(path+".key")); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Open(path, storage.Options{}); err == nil || !strings.Contains(err.Error(), ".key") {
		t.Errorf("open without the key file: %v", err)
	}
}

// A cut during the first creation leaves only a file that the next Open removes.
func TestCutFirstCreation(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "wksbm.db")
	if err := os.WriteFile(path+".new", []byte("half a page"), 0o600); err != nil {
		t.Fatal(err)
	}
	storagetest.OpenAt(t, path)
}

func TestFullStoreCanStillDelete(t *testing.T) {
	t.Parallel()
	s, err := storage.Open(filepath.Join(t.TempDir(), "wksbm.db"), storage.Options{
		MapSize: 1 << 20, MaxSize: 1 << 20, Die: func(err error) { t.Errorf("died: %v", err) },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	body, _ := json.Marshal(strings.Repeat("x", 1<<14))
	var n uint64
	for err == nil && n < 1000 {
		err = s.Update(context.Background(), func(tx *storage.Tx) error {
			_, err := tx.Enqueue(storage.Outgoing{Chat: 7, Body: body})
			return err
		})
		n++
	}
	if !errors.Is(err, storage.ErrFull) {
		t.Fatalf("after %d messages: %v", n, err)
	}
	update(t, s, func(tx *storage.Tx) error { return tx.DeleteOutgoing(1) })
}

// The doctor must find what the tests rely on it to find.
func TestDoctorFinds(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]func(*bolt.Tx) error{
		"a lost index entry": func(b *bolt.Tx) error {
			k, _ := b.Bucket([]byte("reports_user")).Cursor().First()
			return b.Bucket([]byte("reports_user")).Delete(k)
		},
		"a changed event": func(b *bolt.Tx) error {
			k, v := b.Bucket([]byte("log")).Cursor().First()
			v = bytes.Clone(v)
			v[40] ^= 1
			return b.Bucket([]byte("log")).Put(k, v)
		},
		"a lost event": func(b *bolt.Tx) error {
			k, _ := b.Bucket([]byte("log")).Cursor().Last()
			return b.Bucket([]byte("log")).Delete(k)
		},
		"a wrong total": func(b *bolt.Tx) error {
			k, v := b.Bucket([]byte("village")).Cursor().First()
			return b.Bucket([]byte("village")).Put(k, bytes.Replace(v, []byte("1000"), []byte("2000"), 1))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "wksbm.db")
			s := storagetest.OpenAt(t, path)
			record(t, s, 7, func(tx *storage.Tx) storage.Fact { return aid(tx, "d1", 1) })
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			db, err := bolt.Open(path, 0o600, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(db.Update(harm), db.Close()); err != nil {
				t.Fatal(err)
			}
			s, err = storage.Open(path, storage.Options{MapSize: 1 << 20})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if found, err := s.Doctor(context.Background()); err != nil || len(found) == 0 {
				t.Errorf("doctor: %v, %v", found, err)
			}
		})
	}
}

func TestGroupMovesOnce(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	record(t, s, 9, func(*storage.Tx) storage.Fact { return storage.GroupClaimed{Chat: -5} })
	update(t, s, func(tx *storage.Tx) error {
		_, err := tx.Enqueue(storage.Outgoing{Chat: -5, Body: json.RawMessage(`1`)})
		return err
	})
	for range 2 {
		record(t, s, 0, func(*storage.Tx) storage.Fact { return storage.GroupMoved{From: -5, To: -1005} })
	}
	view(t, s, func(tx *storage.Tx) {
		o, _ := tx.Outgoing(1)
		if g, ok := tx.StaffGroup(); !ok || g.Chat != -1005 || o.Chat != -1005 {
			t.Errorf("group %+v, message to %d", g, o.Chat)
		}
	})
}
