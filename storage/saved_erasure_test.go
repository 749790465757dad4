package storage

import "testing"

// savedErasures are facts about what is not to be known any more.
func savedErasures() []func(*Tx) Fact {
	var n uint64
	return []func(*Tx) Fact{
		func(tx *Tx) Fact {
			n = tx.NextReport()
			return Reported{Report: Report{
				Number: n, Kind: HouseholdFound, Village: 5207022001, By: 7, Date: DayOf(savedAt),
				Body: EncodeBody(Household{Categories: []int{8}, Persons: 3}),
			}}
		},
		func(tx *Tx) Fact {
			p := tx.NewPerson()
			return CaseOpened{Case: Case{
				Number: n, Village: 5207022001, Person: p, Name: tx.Seal(p, "name", "Papuk Contoh"), By: 7, Persons: 3, Categories: []int{8},
				NIK: tx.Seal(p, "nik", "5207010101010009"), NIKIndex: tx.Blind("5207010101010009"), Consent: CaseConsent{By: ConsentSelf, User: 7, At: savedAt},
			}}
		},
		func(tx *Tx) Fact {
			c, _ := tx.Case(n)
			return ErasureAsked{Erasure: Erasure{ID: tx.NextErasure(), Report: n, Reason: tx.Seal(c.Person, "erasure", "diminta anaknya")}}
		},
		func(tx *Tx) Fact {
			r, _ := tx.Report(n)
			return PersonErased{Report: n, Persons: tx.PersonsOf(r)}
		},
		func(tx *Tx) Fact { return ErasureAsked{Erasure: Erasure{ID: tx.NextErasure(), Member: 7}} },
		func(tx *Tx) Fact { return ErasureRefused{ID: tx.NextErasure() - 1, Answer: "helping"} },
	}
}

func checkErasures(t *testing.T, tx *Tx) {
	t.Helper()
	done, _ := tx.Erasure(1)
	refused, _ := tx.Erasure(2)
	c, _ := tx.Case(done.Report)
	if done.State != ErasureDone || refused.State != ErasureDeclined || refused.Member != 7 || tx.Unseal(c.Name, "name") != Erased || c.Erased.IsZero() {
		t.Errorf("erasures %+v, %+v, case %+v", done, refused, c)
	}
}
