package storage

import (
	"encoding/json"
	"time"

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
