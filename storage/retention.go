package storage

import (
	"slices"
	"time"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// Stale returns the reports of a village that tell of residents, givers among them, who were not erased yet and of whom
// nothing was heard since before a time, oldest first; also those that do not count any more.
func (tx *Tx) Stale(village region.Code, before time.Time) []Report {
	var out []Report
	for _, r := range reports.Find(tx.b, reportsByVillage, bucket.Key(nil).U64(uint64(village))) {
		if !r.At.Before(before) {
			break
		}
		if tx.tellsOf(r) && tx.heardOf(r).Before(before) {
			out = append(out, r)
		}
	}
	return out
}

// tellsOf says whether a report names people who were not erased, under a key that is not a case's of
// another report.
func (tx *Tx) tellsOf(r Report) bool {
	switch r.Kind {
	case HouseholdFound, AidGiven, AidReceived:
	case DeathKnown:
		var d Death
		if r.DecodeBody(&d); d.Case != 0 {
			return false
		}
	default:
		return false
	}
	return slices.ContainsFunc(tx.peopleOf(r.Number, r.Kind, r.Body), func(p PersonID) bool { return p != "" && !tx.IsErased(p) })
}

// heardOf is when something was last heard of the residents in a report.
func (tx *Tx) heardOf(r Report) time.Time {
	last := r.At
	c, ok := tx.Case(r.Number)
	if !ok {
		return last
	}
	later := func(at time.Time) {
		if at.After(last) {
			last = at
		}
	}
	later(c.Since)
	if c.LastHelp != 0 {
		later(c.LastHelp.Time())
	}
	if all := tx.CaseEntries(r.Number); len(all) > 0 {
		later(all[len(all)-1].At)
	}
	return last
}
