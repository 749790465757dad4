package storage

import (
	"testing"
)

const savedPlace = 5207022011

// savedRecords are facts about what a village keeps, after savedFacts, one of every kind.
func savedRecords() []func(*Tx) Fact {
	report := func(kind string, lines []Line, body any) func(*Tx) Fact {
		return func(tx *Tx) Fact {
			return Reported{Report{
				Number: tx.NextReport(), Kind: kind, Village: savedPlace, By: 7, Date: DayOf(savedAt), Lines: lines, Body: EncodeBody(body),
				Source: kind,
			}}
		}
	}
	rice := func(n Quantity) []Line {
		return []Line{{Item: "rice", Unit: "kg", Earmark: "general", Quantity: n * 1000}}
	}
	return []func(*Tx) Fact{
		report(HouseholdFound, nil, Household{Categories: []int{24}, Persons: 3}), // 4
		savedCase,
		report(AidGiven, rice(1), Given{To: []Recipient{{Case: 4, Families: 1, Persons: 3}}}), // 5
		report(MeetingHeld, nil, Meeting{Kind: "regular", Start: 540, Invited: 5, Here: []uint64{1}, Next: DayOf(savedAt) + 7, NextStart: -1}),
		report(NothingToReport, nil, Nothing{Month: DayOf(savedAt).Month()}),
		report(DeathKnown, nil, Death{Case: 4}),
		func(*Tx) Fact {
			return ReportRevised{Number: 3, Date: DayOf(savedAt), Lines: rice(5), Body: EncodeBody(Aid{Source: "baznas"})}
		},
		func(*Tx) Fact { return ReportVerified{Number: 1} },
		func(tx *Tx) Fact {
			return CorrectionAsked{Correction{ID: tx.NextCorrection(), By: 7, Revised: ReportRevised{Number: 1, Date: DayOf(savedAt), Lines: rice(2), Body: EncodeBody(Aid{})}}}
		},
		func(*Tx) Fact { return CorrectionDecided{ID: 1, Accepted: true} },
		func(tx *Tx) Fact { c, _ := tx.Case(4); c.Persons = 4; return CaseRevised{Case: c} },
		func(*Tx) Fact { return CaseEntered{CaseEntry{Case: 4, Kind: EntryState, State: CaseProven}} },
		func(*Tx) Fact { return CasesJudged{A: 4, B: 1, Verdict: OtherHousehold} },
		func(tx *Tx) Fact {
			p := tx.NewPerson()
			return RosterPut{Attendee{ID: tx.NextAttendee(), Village: savedPlace, Person: p, Name: tx.Seal(p, "name", "Rahma"), Post: "secretary"}}
		},
		func(tx *Tx) Fact {
			p := tx.NewPerson()
			return ActivityPut{Activity{ID: tx.NextActivity(), Village: savedPlace, Person: p, Title: tx.Seal(p, "title", "Posyandu"), State: Planned}}
		},
		func(tx *Tx) Fact {
			p := tx.NewPerson()
			return PartnerPut{Partner{ID: tx.NextPartner(), Village: savedPlace, Person: p, Name: tx.Seal(p, "name", "Karang Taruna"), Kind: "psks_05"}}
		},
		func(*Tx) Fact { return ProfilePut{Profile{Village: savedPlace, SKNumber: "140/12", Members: 20}} },
		func(tx *Tx) Fact {
			p := tx.NewPerson()
			return MemberAsked{Member{
				User: 10, Request: tx.NextRequest(), Person: p, Name: tx.Seal(p, "name", "Ibu Baru"), Address: "ibu", Village: savedPlace,
				Role: Pengurus, Consent: Consent{At: savedAt, Version: "2026-12"},
			}}
		},
		func(*Tx) Fact { return MemberDecided{User: 10, Accepted: true} },
		func(*Tx) Fact { return HandedOver{From: 7, To: 10} },
	}
}

func savedCase(tx *Tx) Fact {
	p, nik := tx.NewPerson(), "5207990101010001"
	return CaseOpened{Case{
		Number: 4, Village: savedPlace, By: 7, Person: p, Name: tx.Seal(p, "name", "Siti Contoh"), Persons: 3, Categories: []int{24},
		NIK: tx.Seal(p, "nik", nik), NIKIndex: tx.Blind(nik), Consent: CaseConsent{By: ConsentSelf, User: 7, At: savedAt},
	}}
}

func checkSaved2(t *testing.T, tx *Tx) {
	t.Helper()
	c, _ := tx.Case(4)
	if c.State != CaseProven || c.Persons != 4 || tx.Unseal(c.Name, "name") != "Siti Contoh" || len(c.Helped) != 1 {
		t.Errorf("case = %+v", c)
	}
	if found := tx.CasesWith(tx.Blind("5207990101010001")); len(found) != 1 {
		t.Errorf("cases with the NIK: %d", len(found))
	}
	v := tx.Village(savedPlace)
	if len(v.Stock) != 1 || v.Stock[0].Quantity != 6000 || v.Next == nil || v.Next.Report != 6 {
		t.Errorf("village = %+v", v)
	}
	if n := tx.MonthTotals(savedPlace, DayOf(savedAt).Month()).Counts; n[CountCases] != 1 || n[CountFamilies] != 1 || n[CountMeetings] != 1 || n[CountNothing] != 1 {
		t.Errorf("counts = %v", n)
	}
	r, _ := tx.Report(1)
	correction, _ := tx.Correction(1)
	if r.State != Verified || r.Lines[0].Quantity != 2000 || correction.State != CorrectionAllowed {
		t.Errorf("report 1 = %+v, correction %+v", r, correction)
	}
	j, _ := tx.Judgement(1, 4)
	p, _ := tx.Profile(savedPlace)
	if j.Verdict != OtherHousehold || p.Members != 20 || len(tx.Roster(savedPlace)) != 1 || len(tx.Activities(savedPlace)) != 1 || len(tx.Partners(savedPlace)) != 1 {
		t.Errorf("judgement %+v, profile %+v", j, p)
	}
	old, _ := tx.Member(7)
	if next, _ := tx.Member(10); next.Role != Ketua || old.State != Revoked || old.Successor != 10 {
		t.Errorf("ketua %+v after %+v", next, old)
	}
	if lines := len(tx.Book(savedPlace, 0, DayOf(savedAt))); lines != 9 {
		t.Errorf("book has %d entries", lines)
	}
}
