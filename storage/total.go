package storage

import "wksbm/storage/region"

// The flows of aid: into a village's book and out of it.
const (
	In  = "in"
	Out = "out"
)

// Sum is a quantity of one item in one unit, received or given.
type Sum struct {
	Flow     string // In, Out
	Item     string
	Unit     string
	Quantity Quantity
	Count    int // lines
}

// Totals is what a village's reports of a day or month add up to. Cancelled reports are out.
// Sums are sorted by Flow, Item, Unit; none has Count 0. Of Counts none is 0.
type Totals struct {
	Reports int // without those that say that there is nothing to report
	Sums    []Sum
	Counts  map[string]int `json:",omitempty"` // by the names below
}

// The names of what is counted. CountCategory is followed by a category's number, CountState by a
// CaseState that a case came to, CountActivity by an ActivityState, CountSource by the source of an Aid.
const (
	CountNothing  = "nil"         // months in which there was nothing to report
	CountFamilies = "families"    // families that got aid; one as often as it did
	CountPersons  = "persons"     // persons that got aid
	CountCases    = "cases"       // households newly recorded
	CountUrgent   = "urgent"      // of them urgent ones
	CountCategory = "category:"   // of them by category; one may have several
	CountState    = "state:"      // cases that came to a state
	CountMeetings = "meetings"    // meetings held
	CountInvited  = "invited"     // people invited to them
	CountPresent  = "present"     // people who came
	CountDeaths   = "deaths"      // deaths reported
	CountActivity = "activities:" // programmes that came to a state
	CountSource   = "source:"     // whole rupiah received, by source code
)

// Stock is what a village has in its book: Σ of its ledger lines by item, unit and earmark.
type Stock struct {
	Item, Unit, Earmark string
	Quantity            Quantity
}

// Village is a village's running state.
type Village struct {
	Code       region.Code
	Stock      []Stock      // sorted; no zero rows
	Reports    int          // counted ones, ever
	LastReport Day          // book day of the latest that counts, 0 when none does
	Members    int          // active ones
	Next       *NextMeeting `json:",omitempty"` // the meeting that was announced
}
