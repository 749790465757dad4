package flows_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wksbm/storage"
)

// Every look at a resident is in the access log: the page once in a while, a NIK and a search each time.
func TestEachLookIsLogged(t *testing.T) {
	t.Parallel()
	s := play(t, `! group
! member ketua Seloto ketua
! neighbor ketua Siti_Aminah 03 4
! neighbor ketua Aminah 05 2
staf@staf> /start rincian_1
staf@staf> [Tindak lanjut]
staf@staf> [‹ Rincian]
! later 11m
staf@staf> [Riwayat]
staf@staf> /cari aminah
staf2@staf2> /rincian 1
ketua> /start rincian_2
`)
	var got []string
	if err := s.store.View(func(tx *storage.Tx) error {
		for _, l := range tx.Looks(1) {
			got = append(got, l.What)
		}
		if n := len(tx.Looks(2)); n != 1 {
			t.Errorf("%d looks at the second, want that of the search", n)
		}
		if all := tx.LooksSince(s.now); len(all) != 4 || all[0].By != s.telegram.ID("staf") || all[3].By != s.telegram.ID("staf2") {
			t.Errorf("since now: %+v", all)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{storage.LookPage, storage.LookPage, storage.LookSearch, storage.LookPage}, got); diff != "" {
		t.Errorf("looks (-want +got):\n%s", diff)
	}
	if found, err := s.store.Doctor(context.Background()); err != nil || len(found) > 0 {
		t.Errorf("doctor: %v, %v", found, err)
	}
}
