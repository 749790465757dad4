package storage_test

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"wksbm/storage"
	"wksbm/storage/storagetest"
)

// TestErasedResident erases a household that has a NIK, a photo, a note and a correction that waits: nothing
// of it can be read or found, and no sum changes.
func TestErasedResident(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "wksbm.db")
	s := storagetest.OpenAt(t, path)
	openKnown(t, s)
	record(t, s, 7, func(*storage.Tx) storage.Fact {
		return storage.ErasureAsked{Erasure: storage.Erasure{ID: 1, Report: 1}}
	})
	before, err := os.ReadFile(path + ".keys")
	if err != nil {
		t.Fatal(err)
	}
	var village storage.Village
	var sums storage.Totals
	var person storage.PersonID
	view(t, s, func(tx *storage.Tx) {
		village, sums = tx.Village(seloto), tx.MonthTotals(seloto, storage.DayOf(noon).Month())
		c, _ := tx.Case(1)
		person = c.Person
	})
	record(t, s, 9, func(tx *storage.Tx) storage.Fact {
		r, _ := tx.Report(1)
		return storage.PersonErased{Report: 1, Persons: tx.PersonsOf(r)}
	})
	view(t, s, func(tx *storage.Tx) {
		c, _ := tx.Case(1)
		r, _ := tx.Report(1)
		asked, _ := tx.Erasure(1)
		correction, _ := tx.Correction(1)
		switch {
		case tx.Unseal(c.Name, "name") != storage.Erased || !c.NIK.IsZero() || len(c.Photos) > 0 || c.Erased.IsZero():
			t.Errorf("the case still knows: %+v", c)
		case len(tx.CasesWith(tx.Blind("5207010101010001"))) > 0:
			t.Error("the case is found by its NIK")
		case tx.Unseal(tx.CaseEntries(1)[0].Text, "text") != storage.Erased:
			t.Error("the note can be read")
		case !reflect.DeepEqual(village, tx.Village(seloto)) || !reflect.DeepEqual(sums, tx.MonthTotals(seloto, storage.DayOf(noon).Month())):
			t.Error("the sums changed")
		case asked.State != storage.ErasureDone || asked.Judge != 9 || len(tx.WaitingErasures()) > 0:
			t.Errorf("the wish stands at %+v", asked)
		case correction.State != storage.CorrectionDeclined:
			t.Errorf("the correction stands at %s", correction.State)
		case !tx.IsErased(person) || !tx.ReportErased(r):
			t.Error("it is not known that the person was erased")
		}
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".keys", before, 0o600); err != nil { // an older copy is put back
		t.Fatal(err)
	}
	s = storagetest.OpenAt(t, path)
	view(t, s, func(tx *storage.Tx) {
		if c, _ := tx.Case(1); tx.Unseal(c.Name, "name") != storage.Erased {
			t.Error("an older file of keys brings the name back")
		}
	})
	if found, err := s.Doctor(context.Background()); err != nil || len(found) > 0 {
		t.Errorf("doctor: %v, %v", found, err)
	}
	if err := s.Update(context.Background(), func(tx *storage.Tx) error {
		c, _ := tx.Case(1)
		_, err := tx.Record(noon, 7, seloto, storage.CaseRevised{Case: c})
		return err
	}); err == nil {
		t.Error("an erased case can be written anew")
	}
}

// openKnown opens a case by name, verified, with a note and a correction that waits.
func openKnown(t *testing.T, s *storage.Store) {
	t.Helper()
	record(t, s, 7, func(tx *storage.Tx) storage.Fact {
		return storage.Reported{Report: storage.Report{
			Number: tx.NextReport(), Kind: storage.HouseholdFound, Village: seloto, By: 7, Date: storage.DayOf(noon),
			Body: storage.EncodeBody(storage.Household{Categories: []int{8}, Persons: 2}),
		}}
	})
	var c storage.Case
	record(t, s, 7, func(tx *storage.Tx) storage.Fact {
		p := tx.NewPerson()
		c = storage.Case{
			Number: 1, Village: seloto, By: 7, Person: p, Name: tx.Seal(p, "name", "Siti Aminah"), Persons: 2, Categories: []int{8},
			NIK: tx.Seal(p, "nik", "5207010101010001"), NIKIndex: tx.Blind("5207010101010001"), Photos: []string{"photo"},
			Consent: storage.CaseConsent{By: storage.ConsentSelf, User: 7, At: noon},
		}
		return storage.CaseOpened{Case: c}
	})
	record(t, s, 7, func(tx *storage.Tx) storage.Fact {
		return storage.CaseEntered{Entry: storage.CaseEntry{Case: 1, Kind: storage.EntryNote, Text: tx.Seal(c.Person, "text", "anak Bu Siti")}}
	})
	record(t, s, 9, func(*storage.Tx) storage.Fact { return storage.ReportVerified{Number: 1} })
	record(t, s, 7, func(tx *storage.Tx) storage.Fact {
		return storage.CorrectionAsked{Correction: storage.Correction{
			ID: tx.NextCorrection(), By: 7, Case: &storage.CaseRevised{Case: c}, Reason: tx.Seal(c.Person, "reason", "Siti pindah"),
			Revised: storage.ReportRevised{Number: 1, Date: storage.DayOf(noon), Body: storage.EncodeBody(storage.Household{Categories: []int{8}, Persons: 3})},
		}}
	})
}

// TestErasedMember erases somebody who reported: the access ends, the reports stay, and the person may ask
// to be let in again.
func TestErasedMember(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	record(t, s, 7, func(tx *storage.Tx) storage.Fact { return asked(tx, 7, "Ibu Contoh") })
	record(t, s, 9, func(*storage.Tx) storage.Fact { return storage.MemberDecided{User: 7, Accepted: true} })
	record(t, s, 7, func(tx *storage.Tx) storage.Fact { return aid(tx, "1", 5) })
	erase := func(tx *storage.Tx) storage.Fact {
		m, _ := tx.Member(7)
		return storage.PersonErased{Member: 7, Persons: []storage.PersonID{m.Person}}
	}
	record(t, s, 9, erase)
	view(t, s, func(tx *storage.Tx) {
		m, _ := tx.Member(7)
		if m.State != storage.Revoked || !m.Erased || tx.Unseal(m.Name, "name") != storage.Erased || tx.Village(seloto).Members != 0 {
			t.Errorf("the member stands at %+v", m)
		}
		if v := tx.Village(seloto); v.Reports != 1 || len(tx.ReportsBy(7, 0, 5)) != 1 {
			t.Errorf("the report went too: %+v", v)
		}
	})
	record(t, s, 7, func(tx *storage.Tx) storage.Fact { return asked(tx, 7, "Ibu Contoh") })
	view(t, s, func(tx *storage.Tx) {
		if m, _ := tx.Member(7); m.State != storage.Pending || m.Erased || tx.Unseal(m.Name, "name") != "Ibu Contoh" {
			t.Errorf("who asks again stands at %+v", m)
		}
	})
}

// TestErasedRecipient erases by the number of a report of aid: names that it told before it was changed go,
// too.
func TestErasedRecipient(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	give := func(tx *storage.Tx, name string) (storage.Report, storage.PersonID) {
		p := tx.NewPerson()
		return storage.Report{
			Number: 1, Kind: storage.AidGiven, Village: seloto, By: 7, Date: storage.DayOf(noon), Lines: []storage.Line{{Item: "rice", Unit: "kg", Earmark: "general", Quantity: 1000}},
			Body: storage.EncodeBody(storage.Given{To: []storage.Recipient{{Person: p, Name: tx.Seal(p, "name", name), Families: 1, Persons: 1}}}),
		}, p
	}
	record(t, s, 7, func(tx *storage.Tx) storage.Fact { return aid(tx, "1", 5) })
	var named []storage.PersonID
	record(t, s, 7, func(tx *storage.Tx) storage.Fact {
		r, p := give(tx, "Bu Siti")
		r.Number, named = 2, append(named, p)
		return storage.Reported{Report: r}
	})
	record(t, s, 7, func(tx *storage.Tx) storage.Fact {
		r, p := give(tx, "Bu Sitti")
		q := tx.NewPerson()
		named = append(named, p, q)
		return storage.ReportRevised{Number: 2, Date: r.Date, Lines: r.Lines, Body: r.Body, Changes: []storage.Change{{Field: "to", Old: tx.Seal(q, "old", "Bu Siti")}}}
	})
	view(t, s, func(tx *storage.Tx) {
		r, _ := tx.Report(2)
		got := tx.PersonsOf(r)
		for _, p := range named {
			found := false
			for _, have := range got {
				found = found || have == p
			}
			if !found {
				t.Errorf("one of %d persons is not found", len(named))
			}
		}
		if len(got) != len(named) {
			t.Errorf("%d persons, want %d", len(got), len(named))
		}
	})
}

// TestGiversGetOld: the name of a giver is kept no longer than that of a resident; aid without a name has nothing
// to erase.
func TestGiversGetOld(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	record(t, s, 7, func(tx *storage.Tx) storage.Fact { return aid(tx, "1", 5) })
	record(t, s, 7, func(tx *storage.Tx) storage.Fact {
		f := aid(tx, "2", 5)
		p := tx.NewPerson()
		f.Report.Body = storage.EncodeBody(storage.Aid{Person: p, Source: "individual_donor", Giver: tx.Seal(p, "giver", "H. Ahmad")})
		return f
	})
	view(t, s, func(tx *storage.Tx) {
		old := tx.Stale(seloto, noon.AddDate(0, 0, 1))
		if len(old) != 1 || old[0].Number != 2 {
			t.Errorf("old are %+v", old)
		}
	})
}
