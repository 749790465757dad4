package storage_test

import (
	"context"
	"testing"
	"time"

	"wksbm/storage"
	"wksbm/storage/storagetest"
)

// A TKSK belongs to a kecamatan and reports for no village: nobody is counted there. Roles of a village are
// changed among its members only.
func TestRoles(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	at := time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	const village, district = 5207022011, 520702
	join := func(tx *storage.Tx, user int64, role storage.Role) {
		t.Helper()
		m := storage.Member{
			User: user, Request: tx.NextRequest(), Person: tx.NewPerson(), Village: village, Role: role,
			Consent: storage.Consent{At: at, Version: "1"},
		}
		if role == storage.TKSK {
			m.Village = district
		}
		m.Name = tx.Seal(m.Person, "name", "Ibu Contoh")
		must := func(_ storage.Event, err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		must(tx.Record(at, user, m.Village, storage.MemberAsked{Member: m}))
		must(tx.Record(at, 1, m.Village, storage.MemberDecided{User: user, Accepted: true}))
	}
	try := func(user int64, role storage.Role) error {
		return s.Update(context.Background(), func(tx *storage.Tx) error {
			_, err := tx.Record(at, 1, village, storage.MemberRole{User: user, Role: role})
			return err
		})
	}
	if err := s.Update(context.Background(), func(tx *storage.Tx) error {
		join(tx, 7, storage.Ketua)
		join(tx, 8, storage.Relawan)
		join(tx, 9, storage.TKSK)
		if n, m := tx.Village(village).Members, tx.Village(district).Members; n != 2 || m != 0 {
			t.Errorf("%d report for the village, %d for the kecamatan", n, m)
		}
		if who := tx.Overseers(district); len(who) != 1 || who[0].User != 9 || who[0].Reports() {
			t.Errorf("who looks after the kecamatan: %+v", who)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []struct {
		user int64
		role storage.Role
	}{{8, storage.Ketua}, {8, storage.TKSK}, {9, storage.Relawan}, {10, storage.Relawan}, {8, "chief"}} {
		if try(wrong.user, wrong.role) == nil {
			t.Errorf("%d became %s", wrong.user, wrong.role)
		}
	}
	if err := try(8, storage.Pengurus); err != nil {
		t.Error(err)
	}
	if found, err := s.Doctor(context.Background()); err != nil || len(found) > 0 {
		t.Errorf("doctor: %v, %v", found, err)
	}
}
