package digest_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"wksbm/bot/digest"
	"wksbm/storage"
	"wksbm/storage/region"
)

// noon is on a day after the month that is measured.
var noon = time.Date(2026, 12, 3, 12, 0, 0, 0, region.WITA)

// BenchmarkMonth measures the digest of a month that is over, for one kabupaten and for as many
// villages as the country has.
func BenchmarkMonth(b *testing.B) {
	for _, size := range []int{65, 84_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			r := country(size)
			s, err := storage.Open(filepath.Join(b.TempDir(), "wksbm.db"), storage.Options{})
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { _ = s.Close() })
			report(b, s, r.Villages(0))
			today := storage.DayOf(noon)
			period := digest.Month(today.Month()).Before()
			var d digest.Digest
			for b.Loop() {
				if err := s.View(func(tx *storage.Tx) error {
					d = digest.Make(tx, r, period, 0, today)
					return nil
				}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size), "ns/village")
			if d.Totals.Reports != 2*size || len(d.Reporting) != size || d.Earlier.Reports != size || len(d.Parts) != len(r.Districts()) {
				b.Errorf("%d reports of %d villages in %d kecamatan, %d before", d.Totals.Reports, len(d.Reporting), len(d.Parts), d.Earlier.Reports)
			}
		})
	}
}

// country is the kabupaten's own list for its size, else a made one of sixteen villages a kecamatan.
func country(size int) *region.Region {
	if r := region.Must(region.Load()); len(r.Villages(0)) == size {
		return r
	}
	var places []region.Place
	for i := range size {
		district := region.Code(110_101 + i/16)
		if i%16 == 0 {
			places = append(places, region.Place{Code: district, Name: fmt.Sprint("Kecamatan ", i/16), Kind: region.District, District: district})
		}
		places = append(places, region.Place{
			Code: district*10_000 + 2001 + region.Code(i%16), Name: fmt.Sprint("Desa ", i), Kind: region.Desa, District: district,
		})
	}
	return region.New(places)
}

// report gives every village two reports in November and one in October, in large transactions.
func report(b *testing.B, s *storage.Store, villages []region.Place) {
	for _, at := range []time.Time{noon.AddDate(0, -2, 0), noon.AddDate(0, -1, 0), noon.AddDate(0, -1, 7)} {
		for first := 0; first < len(villages); first += 20_000 {
			part := villages[first:min(first+20_000, len(villages))]
			if err := s.Update(context.Background(), func(tx *storage.Tx) error {
				for _, v := range part {
					if err := reportOf(tx, v.Code, at); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func reportOf(tx *storage.Tx, village region.Code, at time.Time) error {
	n := tx.NextReport()
	r := storage.Report{
		Number: n, Kind: storage.AidReceived, Village: village, By: 7, Date: storage.DayOf(at), Source: fmt.Sprint(n),
		Lines: []storage.Line{
			{Item: "rice", Unit: "kg", Earmark: "general", Quantity: 20_000},
			{Item: storage.ItemMoney, Unit: storage.UnitRupiah, Earmark: "orphans", Quantity: 500_000_000},
			{Item: "egg", Unit: "tray", Earmark: "elderly", Quantity: 2000},
		},
	}
	_, err := tx.Record(at, r.By, village, storage.Reported{Report: r})
	return err
}
