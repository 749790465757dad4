package flows_test

import (
	"encoding/json"
	"strings"
	"testing"

	"wksbm/storage"
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
