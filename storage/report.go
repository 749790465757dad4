package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// ReportState says whether a report counts. Cancelled ones are out of every total.
type ReportState string

// The states of a report.
const (
	Recorded  ReportState = "recorded"
	Cancelled ReportState = "cancelled"
)

// AidReceived is the kind of report /bantuan makes.
const AidReceived = "aid_received"

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
	Kind     string // AidReceived
	Village  region.Code
	By       int64
	Date     Day       // when it happened
	At       time.Time // when it was recorded; the book day is its day in WITA
	State    ReportState
	Revision int
	Lines    []Line
	Body     json.RawMessage // what only this kind has; personal fields Sealed
	Source   string          // update-independent id of the draft it came from: one draft, one report
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
	},
}

const (
	reportsByUser   = "reports_user"
	reportsBySource = "reports_source"
)

func reportKey(n uint64) bucket.Key { return bucket.Key(nil).U64(n) }

// Validate says what keeps r from being recorded.
func (r Report) Validate() error {
	switch {
	case r.Number == 0 || r.Kind == "" || r.Village == 0 || r.By == 0:
		return errors.New("report without number, kind, village or reporter")
	case r.Date == 0 || r.Date > DayOf(r.At):
		return errors.New("report of a day that has not come")
	case r.Kind == AidReceived && len(r.Lines) == 0:
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

func (f Reported) apply(tx *Tx, e Event) error {
	r := f.Report
	r.At, r.State = e.At, Recorded
	if err := r.Validate(); err != nil {
		return err
	}
	if r.Number != tx.NextReport() {
		return fmt.Errorf("report %d out of turn", r.Number)
	}
	if _, twin := tx.ReportOfDraft(r.Source); twin && r.Source != "" {
		return errors.New("draft became a report already")
	}
	if err := tx.b.Bucket([]byte(reports.Name)).SetSequence(r.Number); err != nil {
		return err
	}
	if err := reports.Put(tx.b, reportKey(r.Number), r); err != nil {
		return err
	}
	return tx.book(r, 1, e.Seq)
}

func (f ReportCancelled) apply(tx *Tx, e Event) error {
	r, ok := tx.Report(f.Number)
	if !ok || r.State != Recorded {
		return errors.New("no recorded report to cancel")
	}
	if err := tx.book(r, -1, e.Seq); err != nil {
		return err
	}
	r.State, r.Revision = Cancelled, r.Revision+1
	return reports.Put(tx.b, reportKey(r.Number), r)
}
