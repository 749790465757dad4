package digest

import (
	"wksbm/bot/welfare"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Records are what the totals of a digest come from, one by one. There is nothing in them that a group
// may not see: no name, no words of people, no category of a sensitive case.
type Records struct {
	Reports    []Record // those that count, by village in the order of the region, oldest first
	Programmes []storage.ActivityStep
}

// Record is one report.
type Record struct {
	Number    uint64
	Kind      string
	Village   region.Code
	Date, Day storage.Day // when it happened, when it was booked
	Verified  bool
	Lines     []storage.Line
	Source    string // of aid received: code
	Families  int    // who got aid
	Persons   int
	Meeting   string // code of the kind of a meeting
	Invited   int
	Present   int
	Next      storage.Day // of the next meeting, 0 when none was set
	Case      Household
}

// Household is what may be counted of a household in need.
type Household struct {
	Categories []int // none of a sensitive one
	Persons    int   // 0 of a sensitive one
	Sensitive  bool
	Urgent     bool
}

// Late says that a report is booked in a later month than it happened in.
func (r Record) Late() bool { return r.Date.Month() < r.Day.Month() }

// Read adds what the totals come from, one by one, as files list it.
func (d Detail) Read(tx *storage.Tx, r *region.Region) Detail {
	here := map[region.Code]bool{}
	for _, v := range villages(r, d.Scope) {
		here[v.Code] = true
		d.Records.Reports = append(d.Records.Reports, Reports(tx, v.Code, d.Period.From, d.Today)...)
	}
	for _, step := range tx.ActivitySteps(d.Period.From, d.Today) {
		if here[step.Village] {
			d.Records.Programmes = append(d.Records.Programmes, step)
		}
	}
	return d
}

// Reports are those of a village that count and are booked between two days, both included, oldest first.
func Reports(tx *storage.Tx, village region.Code, from, to storage.Day) []Record {
	var out []Record
	for _, r := range tx.Booked(village, from, to) {
		if r.State.Counts() && r.Kind != storage.NothingToReport {
			out = append(out, RecordOf(r))
		}
	}
	return out
}

// RecordOf takes of a report what a group may see.
func RecordOf(r storage.Report) Record {
	out := Record{
		Number: r.Number, Kind: r.Kind, Village: r.Village, Date: r.Date, Day: storage.DayOf(r.At), Verified: r.State == storage.Verified, Lines: r.Lines,
	}
	switch r.Kind {
	case storage.AidReceived:
		var a storage.Aid
		r.DecodeBody(&a)
		out.Source = a.Source
	case storage.AidGiven:
		var g storage.Given
		r.DecodeBody(&g)
		for _, to := range g.To {
			out.Families, out.Persons = out.Families+to.Families, out.Persons+to.Persons
		}
	case storage.MeetingHeld:
		var m storage.Meeting
		r.DecodeBody(&m)
		out.Meeting, out.Invited, out.Present, out.Next = m.Kind, m.Invited, m.Present(), m.Next
	case storage.HouseholdFound:
		var h storage.Household
		r.DecodeBody(&h)
		out.Case = household(h.Categories, h.Persons, h.Urgent, h.Sensitive)
	}
	return out
}

// household leaves out what may not be told of a sensitive case.
func household(categories []int, persons int, urgent, sensitive bool) Household {
	for _, no := range categories {
		c, ok := welfare.ByNo(no)
		sensitive = sensitive || !ok || c.Sensitive
	}
	if sensitive {
		return Household{Sensitive: true, Urgent: urgent}
	}
	return Household{Categories: categories, Persons: persons, Urgent: urgent}
}

// Kinds names the categories of a household as a group may know them.
func (h Household) Kinds() []string {
	if h.Sensitive {
		return []string{Hushed}
	}
	var out []string
	for _, no := range h.Categories {
		if c, ok := welfare.ByNo(no); ok {
			out = append(out, c.Label)
		}
	}
	return out
}

// HouseholdOf takes of a case what a group may know.
func HouseholdOf(c storage.Case) Household {
	return household(c.Categories, c.Persons, c.Urgent && !c.State.Ended(), c.Sensitive)
}
