package render

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"wksbm/bot/digest"
	"wksbm/bot/paper"
	"wksbm/bot/welfare"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

// TestExportTellsNothingOfPeople writes the data of a village that has secrets in every field, and reads all
// sheets.
func TestExportTellsNothingOfPeople(t *testing.T) {
	t.Parallel()
	r, s := region.Must(region.Load()), storagetest.Open(t)
	const village = region.Code(5207022011)
	at := time.Date(2026, 11, 10, 9, 0, 0, 0, region.WITA)
	if err := s.Update(context.Background(), func(tx *storage.Tx) error {
		w := &month{tx: tx, user: 7, code: village, at: at, more: true}
		p := tx.NewPerson()
		secret := func(field string) storage.Sealed { return tx.Seal(p, field, "Siti Rahasia") }
		return secrets(w, p, secret)
	}); err != nil {
		t.Fatal(err)
	}
	var e digest.Export
	_ = s.View(func(tx *storage.Tx) error {
		e = digest.Gather(tx, r, digest.Month(storage.DayOf(at).Month()), village, storage.DayOf(today))
		return nil
	})
	made := e.Paper(r, today)
	data, err := XLSX(made)
	if err != nil {
		t.Fatal(err)
	}
	shown(t, made.Name("xlsx"), data)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&all, "== %s\n", sheet)
		for _, row := range rows {
			all.WriteString(strings.Join(row, "|") + "\n")
		}
	}
	golden(t, "export.txt", all.String())
	for _, word := range []string{"Rahasia", "rahasia", "HIV", "AIDS"} {
		if strings.Contains(all.String(), word) {
			t.Errorf("the export holds %q", word)
		}
	}
	if !strings.Contains(all.String(), "Yayasan Terbuka") {
		t.Error("the export names no organisation")
	}
}

// secrets records one of everything with a name where words may stand.
func secrets(w *month, p storage.PersonID, secret func(field string) storage.Sealed) error {
	home := storage.Case{
		Number: 3, Village: w.code, By: w.user, Person: p, Name: secret("name"), RT: secret("rt"), Persons: 2, Categories: []int{8, 19},
		Consent: storage.CaseConsent{By: storage.ConsentSelf}, NeedNote: secret("need"),
	}
	lines := []storage.Line{
		{Item: "rice", Unit: "kg", Earmark: "general", Quantity: 20_000},
		{Item: "other:titipan siti rahasia", Unit: "piece", Earmark: "elderly", Quantity: 3000},
		{Item: storage.ItemMoney, Unit: storage.UnitRupiah, Earmark: "general", Quantity: 500_000_000},
	}
	for _, report := range []func() error{
		func() error {
			return w.report(storage.AidReceived, lines, storage.Aid{Person: p, Source: "mosque", Giver: secret("giver"), Note: secret("note")})
		},
		func() error {
			return w.report(storage.AidGiven, lines[:2], storage.Given{Person: p, To: []storage.Recipient{{Person: p, Name: secret("name"), Families: 1, Persons: 3}}})
		},
		func() error {
			return w.report(storage.HouseholdFound, nil, storage.Household{Categories: home.Categories, Persons: 2, Urgent: true})
		},
		func() error { return w.record(storage.CaseOpened{Case: home}) },
		func() error {
			return w.report(storage.MeetingHeld, nil, storage.Meeting{
				Person: p, Kind: "regular", Invited: 20, Guests: 12, Place: secret("place"), Decisions: secret("decisions"), Start: -1, NextStart: -1,
			})
		},
		func() error {
			return w.record(storage.ActivityPut{Activity: storage.Activity{ID: 1, Village: w.code, Person: p, Title: secret("title"), State: storage.Running}})
		},
		func() error { return w.report(storage.DeathKnown, nil, storage.Death{Person: p, Name: secret("name")}) },
		func() error {
			return w.record(storage.PartnerPut{Partner: storage.Partner{ID: 1, Village: w.code, Person: p, Kind: welfare.PSKSCode(1), Name: secret("name"), Consent: true, Contact: secret("contact")}})
		},
		func() error {
			name := w.tx.Seal(p, "name", "Yayasan Terbuka")
			return w.record(storage.PartnerPut{Partner: storage.Partner{ID: 2, Village: w.code, Person: p, Kind: welfare.Organisation, Name: name, Service: secret("service")}})
		},
	} {
		if err := report(); err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkExport measures the data of a whole year: looking at it, and writing the workbook.
func BenchmarkExport(b *testing.B) {
	for _, size := range []int{65, 1000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			r := region.Must(region.Load())
			if size != 65 {
				r = country(size)
			}
			s, now := year(b, r), time.Date(2027, 1, 4, 8, 0, 0, 0, region.WITA)
			var e digest.Export
			var rows, packed int
			var look time.Duration
			peak := heapPeak(b)
			for b.Loop() {
				start := time.Now()
				_ = s.View(func(tx *storage.Tx) error {
					e = digest.Gather(tx, r, digest.Year(2026), 0, storage.DayOf(now))
					return nil
				})
				look += time.Since(start)
				p := e.Paper(r, now)
				data, err := XLSX(p)
				if err != nil {
					b.Fatal(err)
				}
				if rows, packed = 0, len(data); !e.Fits() {
					b.Fatal("does not fit")
				}
				for _, t := range p.Tables {
					rows += t.Len()
				}
			}
			b.ReportMetric(float64(look.Milliseconds())/float64(b.N), "ms-in-archive")
			b.ReportMetric(float64(rows), "rows")
			b.ReportMetric(float64(packed), "file-bytes")
			b.ReportMetric(float64(peak())/1e6, "peak-MB")
		})
	}
}

// heapPeak watches how much memory the program holds; the function returned says the most, beyond what was
// held before.
func heapPeak(b *testing.B) func() uint64 {
	b.Helper()
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	most, stop, done := uint64(0), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapInuse)
			select {
			case <-tick.C:
			case <-stop:
				return
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-done
		return most - min(most, before.HeapInuse)
	}
}

// year is the invented month twelve times.
func year(b *testing.B, r *region.Region) *storage.Store {
	b.Helper()
	s := storagetest.Open(b)
	for m := time.January; m <= time.December; m++ {
		if err := s.Update(context.Background(), func(tx *storage.Tx) error {
			w := &month{tx: tx, r: rand.New(rand.NewPCG(uint64(m), 26)), more: true}
			for i, v := range r.Villages(0) {
				if i%13 == 5 {
					continue
				}
				w.user, w.code = int64(1000+i), v.Code
				for day := 1 + w.r.IntN(6); day <= 28; day += 3 + w.r.IntN(12) {
					w.at = time.Date(2026, m, day, 9, 0, 0, 0, region.WITA)
					if err := w.day(); err != nil {
						return err
					}
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	return s
}

// TestFilesOfAKecamatan prints the report of a month and the data of one kecamatan.
func TestFilesOfAKecamatan(t *testing.T) {
	t.Parallel()
	r := region.Must(region.Load())
	s := november(t, r)
	var e digest.Export
	_ = s.View(func(tx *storage.Tx) error {
		e = digest.Gather(tx, r, digest.Month(storage.DayOf(today).Month()-1), 520702, storage.DayOf(today))
		return nil
	})
	letter, data := e.District(r, today), e.Paper(r, today)
	pdf := printed(t, letter)
	shown(t, letter.Name("pdf"), pdf)
	words := strings.Join(read(t, pdf), "\n")
	for _, want := range []string{"KECAMATAN TALIWANG", "Camat Taliwang", "Labuhan Kertasari", "/WKSBM/XI/2026"} {
		if !strings.Contains(words, want) {
			t.Errorf("the letter does not say %q", want)
		}
	}
	for _, p := range []paper.Paper{letter, data} {
		for _, table := range p.Tables {
			for i, total := range table.Total {
				var sum int64
				for row := range table.All() {
					sum += paper.At(row, i).Number
				}
				if total.Kind.Numeric() && total.Number != sum && !strings.Contains(table.Title, "kategori") {
					t.Errorf("%s, column %d: rows add up to %d, total %d", table.Title, i, sum, total.Number)
				}
			}
		}
	}
	book, err := XLSX(data)
	if err != nil {
		t.Fatal(err)
	}
	shown(t, data.Name("xlsx"), book)
}
