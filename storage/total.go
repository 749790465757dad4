package storage

import "wksbm/storage/region"

// Sum is a quantity of one item in one unit, received or (later) given.
type Sum struct {
	Flow     string // "in", "out"
	Item     string
	Unit     string
	Quantity Quantity
	Count    int // lines
}

// Totals is what a village's reports of a day or month add up to. Cancelled reports are out.
// Sums are sorted by Flow, Item, Unit; none has Count 0.
type Totals struct {
	Reports int
	Sums    []Sum
}

// Stock is what a village has in its book: Σ of its ledger lines by item, unit and earmark.
type Stock struct {
	Item, Unit, Earmark string
	Quantity            Quantity
}

// Village is a village's running state.
type Village struct {
	Code       region.Code
	Stock      []Stock // sorted; no zero rows
	Reports    int     // counted ones, ever
	LastReport Day     // book day of the latest that counts, 0 when none does
	Members    int     // active ones
}
