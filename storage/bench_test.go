//go:build linux

package storage_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"wksbm/storage"
	"wksbm/storage/region"
)

const gigabyte = 1 << 30

// BenchmarkOpen1GB measures opening an archive of years: the file is read in and its tree walked for
// free pages (STORAGE.md §1). The file is in the page cache, as after a restart of the bot alone.
func BenchmarkOpen1GB(b *testing.B) {
	if testing.Short() {
		b.Skip("builds a file of 1 GB")
	}
	dir := b.TempDir()
	if free := room(b, dir); free < 4*gigabyte {
		b.Skipf("%s has %d MB free, wants 4 GB for a file of 1 GB", dir, free>>20)
	}
	path := filepath.Join(dir, "wksbm.db")
	reports := build(b, path)
	b.ResetTimer()
	for b.Loop() {
		s, err := storage.Open(path, storage.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		view := s.View(func(tx *storage.Tx) error {
			if tx.NextReport() != reports+1 {
				return fmt.Errorf("next report %d after %d", tx.NextReport(), reports)
			}
			return nil
		})
		if err := s.Close(); view != nil || err != nil {
			b.Fatal(view, err)
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/open")
	b.ReportMetric(float64(reports), "reports")
}

// room is how many bytes may still be written where dir lies.
func room(b *testing.B, dir string) int64 {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		b.Fatal(err)
	}
	return int64(fs.Bavail) * fs.Bsize
}

// build fills an archive with reports of 65 villages, by large transactions, until its file has 1 GB,
// and returns how many there are.
func build(b *testing.B, path string) (reports uint64) {
	s, err := storage.Open(path, storage.Options{MapSize: 2 * gigabyte})
	if err != nil {
		b.Fatal(err)
	}
	villages := region.Must(region.Load()).Villages(0)
	at := noon.AddDate(-3, 0, 0)
	for size := int64(0); size < gigabyte; size = sizeOf(b, path) {
		if err := s.Update(context.Background(), func(tx *storage.Tx) error {
			for range 20_000 {
				reports++
				at = at.Add(2 * time.Minute)
				if err := given(tx, reports, villages[reports*31%uint64(len(villages))].Code, at); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return reports
}

func sizeOf(b *testing.B, path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return info.Size()
}

// given records report n of a village: three lines, a sealed giver and note, one photo.
func given(tx *storage.Tx, n uint64, village region.Code, at time.Time) error {
	sealed := storage.Sealed{Person: "00112233445566778899aabbccddeeff", Box: make([]byte, 48)}
	body, err := json.Marshal(storage.Aid{
		Person: sealed.Person, Source: "individual_donor", Giver: sealed, Purpose: "elderly", Note: sealed,
		Photos: []string{"AgACAgUAAxkBAAIBY2c1example-file-id-of-a-photo-as-telegram-gives-it-out"},
	})
	if err != nil {
		return err
	}
	r := storage.Report{
		Number: n, Kind: storage.AidReceived, Village: village, By: int64(600_000_000 + n%1000), Date: storage.DayOf(at),
		Source: fmt.Sprintf("draft-%d", n), Body: body,
		Lines: []storage.Line{
			{Item: "rice", Unit: "kg", Earmark: "elderly", Quantity: storage.Quantity(n%50+1) * 1000},
			{Item: storage.ItemMoney, Unit: storage.UnitRupiah, Earmark: "elderly", Quantity: storage.Quantity(n%20+1) * 50_000_000},
			{Item: "egg", Unit: "tray", Earmark: "elderly", Quantity: 2000},
		},
	}
	_, err = tx.Record(at, r.By, village, storage.Reported{Report: r})
	return err
}
