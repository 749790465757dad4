package storage

import "testing"

// savedOffice are facts of the kinds that the office has more since schema 4.
func savedOffice() []func(*Tx) Fact {
	return []func(*Tx) Fact{
		func(*Tx) Fact { return SettingPut{Name: "cards", Value: "all"} },
		func(tx *Tx) Fact {
			return Reported{Report{
				Number: tx.NextReport(), Kind: MeetingHeld, Village: savedPlace, By: 7, Date: DayOf(savedAt), Source: "returned",
				Body: EncodeBody(Meeting{Kind: "regular", Start: -1, Invited: 5, Here: []uint64{1}, NextStart: -1}),
			}}
		},
		func(tx *Tx) Fact {
			return ReportReturned{Number: tx.NextReport() - 1, Field: "here", Reason: tx.Seal(tx.NewPerson(), "reason", "hadir belum jelas")}
		},
		func(tx *Tx) Fact { return ReportTaken{Number: tx.NextReport() - 1} },
		func(tx *Tx) Fact {
			return ReportRejected{Number: tx.NextReport() - 1, Reason: tx.Seal(tx.NewPerson(), "reason", "sudah tercatat")}
		},
		func(*Tx) Fact { return CasePlanned{Case: 4, Owner: 20, Next: NextVisit, Due: DayOf(savedAt) + 3} },
		func(*Tx) Fact { return Looked{Case: 4, What: LookPage} },
		func(*Tx) Fact { return MemberRole{User: 10, Role: Ketua} },
	}
}

func checkSaved4(t *testing.T, tx *Tx) {
	t.Helper()
	checkSaved3(t, tx)
	checkErasures(t, tx)
	if v := tx.Setting("cards"); v != "all" {
		t.Errorf("setting %q", v)
	}
	if r, _ := tx.Report(tx.NextReport() - 1); r.State != Refused || tx.Unseal(r.Reason, "reason") != "sudah tercatat" || r.Owner == 0 {
		t.Errorf("report that was turned down = %+v", r)
	}
	c, _ := tx.Case(4)
	if looks := tx.Looks(4); len(looks) != 1 || c.Owner != 20 || c.Next != NextVisit {
		t.Errorf("case %+v, looks %+v", c, looks)
	}
	saved := map[Kind]bool{"": true}
	for e := range tx.Events(1) {
		saved[e.Kind] = true
	}
	for _, k := range kinds() {
		if !saved[k] {
			t.Errorf("the saved archive has no event %q", k)
		}
	}
}
