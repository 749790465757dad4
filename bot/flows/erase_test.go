package flows_test

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wksbm/bot/book"
	"wksbm/bot/digest"
	"wksbm/storage"
	"wksbm/storage/region"
)

// What is said of a resident in corrections, notes and reasons goes with the key of their case.
func TestErasedResidentLeavesNothing(t *testing.T) {
	t.Parallel()
	s := play(t, `! member ketua Seloto ketua
! group
ketua> Siti Aminah RT 03 Dusun Longa, 4 jiwa, lansia, butuh sembako
ketua> [Setuju, kirim]
ketua> (ubah "Siti") Siti Aminah RT 03 Dusun Longa, 5 jiwa, lansia, butuh kursi roda
ketua> [Simpan]
staf> [Verifikasi]
ketua> (ubah "Siti") Siti Rahma RT 04 Dusun Longa, 5 jiwa, lansia, butuh kursi roda
ketua> [Simpan]
ketua> /kematian
ketua> siti
ketua> [Siti Aminah · RT 03 Dusun Longa]
ketua> [Hari ini]
ketua> [Tambah catatan]
ketua> meninggalkan dua anak
ketua> [Kirim]`)
	var of storage.PersonID
	s.look(t, func(tx *storage.Tx) { c, _ := tx.Case(1); of = c.Person })
	if err := s.store.Erase(of); err != nil {
		t.Fatal(err)
	}
	s.look(t, func(tx *storage.Tx) {
		boxes := 0
		for e := range tx.Events(0) {
			fact, err := e.Fact()
			if err != nil {
				t.Fatal(err)
			}
			data, err := json.Marshal(fact)
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range strings.Split(string(data), `"p":"`)[1:] {
				p, _, _ := strings.Cut(part, `"`)
				boxes++
				if _, member := fact.(*storage.MemberAsked); !member && storage.PersonID(p) != of {
					t.Errorf("%T is sealed for another than the resident", fact)
				}
			}
		}
		if boxes < 12 {
			t.Errorf("only %d sealed fields", boxes)
		}
	})
}

func (s *stage) look(t *testing.T, at func(*storage.Tx)) {
	t.Helper()
	if err := s.store.View(func(tx *storage.Tx) error { at(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

// TestErasingKeepsTotals erases a household that got aid, and the volunteer who wrote it down: the digest of
// the month, the books' sums and the stock are what they were, only the household waits no more, and the
// archive is sound.
func TestErasingKeepsTotals(t *testing.T) {
	t.Parallel()
	s := play(t, `! member ketua Seloto ketua
! member relawan Seloto relawan
! group
ketua> Siti Aminah RT 03 Dusun Longa, 4 jiwa, lansia, butuh sembako
ketua> [Setuju, kirim]
ketua> beras 20 kg dari H. Ahmad untuk lansia hari ini
ketua> [Kirim]
ketua> salurkan beras 5 kg ke Siti Aminah RT 03 hari ini
ketua> [Kirim]
relawan> uang 500rb dari H. Ahmad untuk lansia hari ini
relawan> [Kirim]`)
	type sums struct {
		digest digest.Digest
		lines  [][]string
		stock  []storage.Stock
	}
	month := storage.DayOf(s.now).Month()
	look := func() (out sums) {
		places := region.Must(region.Load())
		s.look(t, func(tx *storage.Tx) {
			m, _ := tx.Member(s.telegram.ID("ketua"))
			place, _ := places.ByCode(m.Village)
			shelf := book.Shelf{Tx: tx, Region: places, Village: place, Month: month, Now: s.now}
			out.digest = digest.Make(tx, places, digest.Month(month), 0, storage.DayOf(s.now))
			out.stock = tx.Village(m.Village).Stock
			for _, kind := range []string{book.Cash, book.Goods, book.Cases, book.Monthly} {
				out.lines = append(out.lines, shelf.Headline(kind))
			}
		})
		return out
	}
	before := look()
	err := s.store.Update(context.Background(), func(tx *storage.Tx) error {
		for _, n := range []uint64{1, 2, 3} {
			if err := s.bot.Bot.Office.EraseReport(tx, s.now, 1, n, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if before.digest.Desk.Households != 1 {
		t.Errorf("%d households wait before, want 1", before.digest.Desk.Households)
	}
	before.digest.Desk.Households, before.digest.Desk.Oldest = 0, 0 // nobody can look at an erased one
	if diff := cmp.Diff(before, look(), cmp.AllowUnexported(sums{}), cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
		t.Errorf("totals changed (-before +after):\n%s", diff)
	}
	s.look(t, func(tx *storage.Tx) {
		for n := range uint64(3) {
			if r, _ := tx.Report(n + 1); len(tx.PersonsOf(r)) > 0 {
				t.Errorf("No. %d still names somebody", n+1)
			}
		}
	})
	if found, err := s.store.Doctor(context.Background()); err != nil || len(found) > 0 {
		t.Errorf("doctor: %v, %v", found, err)
	}
}
