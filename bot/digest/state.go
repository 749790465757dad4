package digest

import (
	"wksbm/storage"
	"wksbm/storage/region"
)

// State says how a village stands towards a stretch of days. The zero State is of days that have not
// come, and of a kelurahan that has no WKSBM.
type State byte

// The states, the best first.
const (
	Reported  State = iota + 1 // at least one report that counts
	Nothing                    // said that there was nothing to report in the month
	Silent                     // somebody could report, nobody did
	Unreached                  // nobody could: none registered yet, or all blocked the bot
)

// States lists the states in the order in which they are shown.
func States() []State { return []State{Reported, Nothing, Silent, Unreached} }

// Label is the state as people read it.
func (s State) Label() string {
	switch s {
	case Reported:
		return "melapor"
	case Nothing:
		return "nihil"
	case Silent:
		return "diam"
	case Unreached:
		return "tak terjangkau"
	}
	return ""
}

// stateOf says how a village stands towards the days from and to, of which have is the sum.
func stateOf(tx *storage.Tx, v region.Place, have storage.Totals, from, to storage.Day) State {
	switch {
	case have.Reports > 0:
		return Reported
	case have.Counts[storage.CountNothing] > 0, saidNothing(tx, v.Code, from, to):
		return Nothing
	case v.Kind != region.Desa && !expected(tx, v.Code):
		return 0
	case couldReport(tx, v.Code, to):
		return Silent
	}
	return Unreached
}

// saidNothing says whether a village had nothing to report in the month in which most of the days lie.
func saidNothing(tx *storage.Tx, code region.Code, from, to storage.Day) bool {
	return tx.MonthTotals(code, (from + (to-from)/2).Month()).Counts[storage.CountNothing] > 0
}

// expected says whether a kelurahan has somebody who could report, or did.
func expected(tx *storage.Tx, code region.Code) bool {
	v := tx.Village(code)
	return v.Members > 0 || v.Reports > 0
}

// couldReport says whether somebody of a village was registered by a day and is reached by messages.
func couldReport(tx *storage.Tx, code region.Code, by storage.Day) bool {
	for _, m := range tx.Members(code) {
		if m.State == storage.Active && storage.DayOf(m.Decided) <= by && tx.Reaches(m.User) {
			return true
		}
	}
	return false
}
