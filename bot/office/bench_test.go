package office

import (
	"context"
	"fmt"
	"testing"

	"wksbm/bot/digest"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

// BenchmarkHouseholds measures what staff ask of all households of the kabupaten: a hundred open cases in each
// of its villages, all of which wait for staff.
func BenchmarkHouseholds(b *testing.B) {
	places := region.Must(region.Load())
	store := storagetest.Open(b)
	given := []string{"Aminah", "Burhan", "Darmawan", "Fatimah", "Hasanudin", "Kurnia", "Lestari", "Mulyadi", "Nurjanah", "Purnomo"}
	err := store.Update(context.Background(), func(tx *storage.Tx) error {
		record := func(village region.Code, f storage.Fact) {
			if _, err := tx.Record(scopeNow, 7, village, f); err != nil {
				panic(err)
			}
		}
		for i, v := range places.Villages(0) {
			for j := range 100 {
				n, p := tx.NextReport(), tx.NewPerson()
				record(v.Code, storage.Reported{Report: storage.Report{
					Number: n, Kind: storage.HouseholdFound, Village: v.Code, By: 7, Date: storage.DayOf(scopeNow),
					Body: storage.EncodeBody(storage.Household{Categories: []int{8}, Persons: 2}),
				}})
				record(v.Code, storage.CaseOpened{Case: storage.Case{
					Number: n, Village: v.Code, By: 7, Person: p, Name: tx.Seal(p, "name", fmt.Sprint(given[j%10], " ", given[(i+j/10)%10])), RT: tx.Seal(p, "rt", "03"),
					Block: tx.Seal(p, "block", "Dusun Longa"), Persons: 2, Categories: []int{8}, Need: "food",
					Consent: storage.CaseConsent{By: storage.ConsentSelf, User: 7, At: scopeNow},
				}})
				if j%3 == 0 {
					record(v.Code, storage.CasePlanned{Case: n, Owner: 9, Next: storage.NextVisit, Due: storage.DayOf(scopeNow) + storage.Day(j%20-5)})
				}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for name, ask := range map[string]func(tx *storage.Tx, d *desk){
		"follow": func(_ *storage.Tx, d *desk) { d.followPage(0, 0) },
		"search": func(_ *storage.Tx, d *desk) { d.find("aminah") },
		"queue":  func(_ *storage.Tx, d *desk) { d.queueCard(0, 0) },
		"place":  func(_ *storage.Tx, d *desk) { d.queueCard(taliwang, 0) },
		"digest": func(tx *storage.Tx, _ *desk) {
			day := storage.DayOf(scopeNow)
			digest.Make(tx, places, digest.Period{From: day, To: day}, 0, day)
		},
	} {
		b.Run(name, func(b *testing.B) {
			_ = store.View(func(tx *storage.Tx) error {
				d := &desk{Office: &Office{Region: places}, tx: tx, now: scopeNow, staff: true}
				for b.Loop() {
					ask(tx, d)
				}
				return nil
			})
		})
	}
}
