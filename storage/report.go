package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// ReportState says whether a report counts. Returned, rejected and cancelled ones are out of every total.
type ReportState string

// The states of a report.
const (
	Recorded  ReportState = "recorded"
	Verified  ReportState = "verified" // by staff
	Cancelled ReportState = "cancelled"
	Returned  ReportState = "returned" // by staff, with a question; waits for its reporter
	Refused   ReportState = "rejected" // by staff
)

// Counts says whether a report in this state is in the totals.
func (s ReportState) Counts() bool { return s == Recorded || s == Verified }

// The kinds of reports.
const (
	AidReceived     = "aid_received" // body Aid
	AidGiven        = "aid_given"    // body Given
	HouseholdFound  = "household"    // body Household; opens the Case of the same number
	MeetingHeld     = "meeting"      // body Meeting
	NothingToReport = "nil"          // body Nothing
	DeathKnown      = "death"        // body Death
)

// FlagOver marks aid that was given beyond what the book had.
const FlagOver = "over"

// Quantity is thousandths of a unit: 2,5 kg is 2500. Money has unit UnitRupiah.
type Quantity int64

// Rupiah is whole rupiah.
type Rupiah int64

// Money is an item like any other, with this item code and unit.
const (
	ItemMoney  = "money"
	UnitRupiah = "rupiah"
)

// Line is one line of a report as it enters the village's ledger. Units are never converted or
// mixed: a line counts only with lines of the same item and unit.
type Line struct {
	Item     string   // code ("rice"), or "other:" and the words typed, lower case
	Unit     string   // code ("kg", "sack")
	Earmark  string   // purpose code ("general", "orphans")
	Quantity Quantity // positive; the reversing lines of a cancellation are negative
}

// Report is the envelope of everything that is reported.
type Report struct {
	Number   uint64 // from Tx.NextReport: no gaps, no twins
	Kind     string // AidReceived, …
	Village  region.Code
	By       int64
	Date     Day       // when it happened
	At       time.Time // when it was recorded; the book day is its day in WITA
	State    ReportState
	Revision int
	Lines    []Line
	Flags    []string        `json:",omitempty"` // what staff should look at: FlagOver
	Body     json.RawMessage // what only this kind has; personal fields Sealed
	Judge    int64           `json:",omitempty"` // who verified, returned or rejected it last; 0 while nobody did
	Judged   time.Time       `json:",omitzero"`  // when that was
	Owner    int64           `json:",omitempty"` // who of staff works on it; 0 nobody
	Ask      string          `json:",omitempty"` // of a returned one: the step of the conversation that staff ask about
	Reason   Sealed          `json:",omitzero"`  // field "reason": why it was returned or rejected
	Again    time.Time       `json:",omitzero"`  // when it was answered after it had been returned
	Source   string          // update-independent id of the draft it came from: one draft, one report
}

// Late says that a report is booked in a later month than it happened in.
func (r Report) Late() bool { return r.Date.Month() < DayOf(r.At).Month() }

// Change is one answer of a record that was changed. Old and New are as people read them.
type Change struct {
	Field string // step of the conversation: "lines", "date"
	Old   Sealed // field "old"
	New   Sealed // field "new"
}

// Aid is the Body of an AidReceived report.
type Aid struct {
	Person  PersonID // whose key seals Giver, Note; zero when both are empty
	Source  string   // source code ("individual_donor")
	Giver   Sealed   // field "giver"; zero when unnamed
	Anon    bool     // "Hamba Allah"
	Purpose string
	Photos  []string // file ids
	Note    Sealed   // field "note"
}

var reports = bucket.Bucket[Report]{
	Name:   "reports",
	Append: true,
	Indexes: []bucket.Index[Report]{
		{Name: reportsByUser, Keys: func(r Report) []bucket.Key { return []bucket.Key{bucket.Key(nil).I64(r.By)} }},
		{Name: reportsBySource, Keys: func(r Report) []bucket.Key {
			if r.Source == "" {
				return nil
			}
			return []bucket.Key{bucket.Key(nil).Text(r.Source)}
		}},
		{Name: reportsByVillage, Keys: func(r Report) []bucket.Key { return []bucket.Key{bucket.Key(nil).U64(uint64(r.Village))} }},
		{Name: reportsWaiting, Keys: func(r Report) []bucket.Key {
			switch {
			case r.State == Returned:
				return []bucket.Key{waitingKey('r')}
			case r.Waits() && r.Kind == HouseholdFound:
				return []bucket.Key{waitingKey('q'), waitingKey('w')}
			case r.Waits():
				return []bucket.Key{waitingKey('q')}
			}
			return nil
		}},
	},
}

const (
	reportsByUser   = "reports_user"
	reportsBySource = "reports_source"

	reportsByVillage = "reports_village"
	reportsWaiting   = "reports_waiting"
)

func reportKey(n uint64) bucket.Key { return bucket.Key(nil).U64(n) }

// waitingKey is 'q' for reports that wait for staff, 'w' for households among them, 'r' for those that
// wait for their reporters.
func waitingKey(list byte) bucket.Key { return bucket.Key(nil).Tag(list) }

// Validate says what keeps r from being recorded.
func (r Report) Validate() error {
	switch {
	case r.Number == 0 || r.Kind == "" || r.Village == 0 || r.By == 0:
		return errors.New("report without number, kind, village or reporter")
	case r.Date == 0 || r.Date > DayOf(r.At):
		return errors.New("report of a day that has not come")
	case (r.Kind == AidReceived || r.Kind == AidGiven) && len(r.Lines) == 0:
		return errors.New("report of aid without a line")
	}
	for _, l := range r.Lines {
		if l.Item == "" || l.Unit == "" || l.Quantity <= 0 {
			return fmt.Errorf("report line of %q without unit or positive quantity", l.Unit)
		}
	}
	return nil
}

// Report returns the report with this number.
func (tx *Tx) Report(n uint64) (Report, bool) { return reports.Get(tx.b, reportKey(n)) }

// NextReport returns the number the next report will have.
func (tx *Tx) NextReport() uint64 { return tx.b.Bucket([]byte(reports.Name)).Sequence() + 1 }

// ReportOfDraft returns the report that a draft became, so that sending twice makes no second one.
func (tx *Tx) ReportOfDraft(source string) (Report, bool) {
	return first(reports.Find(tx.b, reportsBySource, bucket.Key(nil).Text(source)))
}

// ReportsBy returns up to n reports of a person with numbers below before (0: no bound), newest first.
func (tx *Tx) ReportsBy(user int64, before uint64, n int) []Report {
	var bound bucket.Key
	if before > 0 {
		bound = reportKey(before)
	}
	var out []Report
	for _, r := range reports.FindBack(tx.b, reportsByUser, bucket.Key(nil).I64(user), bound) {
		if len(out) == n {
			break
		}
		out = append(out, r)
	}
	return out
}

// ReportsIn returns up to n reports of a village with numbers below before (0: no bound), newest first.
func (tx *Tx) ReportsIn(village region.Code, before uint64, n int) []Report {
	var bound bucket.Key
	if before > 0 {
		bound = reportKey(before)
	}
	var out []Report
	for _, r := range reports.FindBack(tx.b, reportsByVillage, bucket.Key(nil).U64(uint64(village)), bound) {
		if len(out) == n {
			break
		}
		out = append(out, r)
	}
	return out
}

// WaitingReports returns the reports of households that staff have to verify, oldest first.
func (tx *Tx) WaitingReports() []Report {
	return slices.DeleteFunc(rowsOf(reports.Find(tx.b, reportsWaiting, waitingKey('w'))), tx.Needless)
}

// Booked returns the reports of a village whose book day lies between from and to, both included,
// oldest first; also those that do not count any more.
func (tx *Tx) Booked(village region.Code, from, to Day) []Report {
	var out []Report
	for _, r := range reports.FindBack(tx.b, reportsByVillage, bucket.Key(nil).U64(uint64(village)), nil) {
		day := DayOf(r.At)
		if day < from {
			break
		}
		if day <= to {
			out = append(out, r)
		}
	}
	slices.Reverse(out)
	return out
}

func (f Reported) apply(tx *Tx, e Event) error {
	r := f.Report
	r.At, r.State, r.Judge, r.Judged = e.At, Recorded, 0, time.Time{}
	r.Owner, r.Ask, r.Reason, r.Again = 0, "", Sealed{}, time.Time{}
	if err := r.Validate(); err != nil {
		return err
	}
	if _, twin := tx.ReportOfDraft(r.Source); twin && r.Source != "" {
		return errors.New("draft became a report already")
	}
	if err := tx.take(reports.Name, r.Number); err != nil {
		return err
	}
	if err := reports.Put(tx.b, reportKey(r.Number), r); err != nil {
		return err
	}
	return tx.book(r, 1, e.Seq)
}

func (f ReportCancelled) apply(tx *Tx, e Event) error {
	r, ok := tx.Report(f.Number)
	if !ok || !r.Open() {
		return errors.New("no open report to cancel")
	}
	return tx.cancel(r, e)
}

func (tx *Tx) cancel(r Report, e Event) error {
	r.Revision++
	return tx.leave(r, Cancelled, e)
}

func (f ReportRevised) apply(tx *Tx, e Event) error {
	r, ok := tx.Report(f.Number)
	if !ok || !r.Open() {
		return errors.New("no open report to revise")
	}
	return tx.revise(r, f, e)
}

// revise reverses what a report booked and books what it says now. A returned one had been reversed; it
// waits for staff again.
func (tx *Tx) revise(r Report, f ReportRevised, e Event) error {
	if r.State.Counts() {
		if err := tx.book(r, -1, e.Seq); err != nil {
			return err
		}
	} else {
		r.answered(e)
	}
	r.Date, r.Lines, r.Flags, r.Body, r.Revision = f.Date, f.Lines, f.Flags, f.Body, r.Revision+1
	if err := r.Validate(); err != nil {
		return err
	}
	if err := reports.Put(tx.b, reportKey(r.Number), r); err != nil {
		return err
	}
	return tx.book(r, 1, e.Seq)
}

func (f ReportVerified) apply(tx *Tx, e Event) error {
	r, ok := tx.Report(f.Number)
	if !ok || r.State != Recorded {
		return errors.New("no recorded report to verify")
	}
	r.State, r.Judge, r.Judged = Verified, e.By, e.At
	return reports.Put(tx.b, reportKey(r.Number), r)
}
