package remind

import (
	"fmt"

	"wksbm/storage"
	"wksbm/storage/region"
)

// Rung says who of a village was reminded last at the wish of staff.
type Rung int

// The rungs of the ladder. A village at Top is left to the TKSK.
const (
	Waiting Rung = iota // nobody yet
	Helpers             // relawan and pengurus
	Leader              // the ketua
	Top
)

// Step is where a village stands on the ladder. The zero Step is of a village that is not on it.
type Step struct {
	Month storage.Month // whose report is asked for
	Rung  Rung
	Day   storage.Day // of the latest reminder, 0 when there was none
}

func stepNote(village region.Code) string { return "ladder:" + village.String() }

// StepOf returns where a village stands.
func StepOf(tx *storage.Tx, village region.Code) (s Step) {
	if _, err := fmt.Sscanf(tx.Note(stepNote(village)), "%d %d %d", &s.Month, &s.Rung, &s.Day); err != nil {
		return Step{}
	}
	return s
}

// Put remembers where a village stands.
func (s Step) Put(tx *storage.Tx, village region.Code) error {
	if s == (Step{}) {
		return tx.SetNote(stepNote(village), "")
	}
	return tx.SetNote(stepNote(village), fmt.Sprintf("%d %d %d", s.Month, s.Rung, s.Day))
}

// Due says whether the next rung may be climbed on a day: twice a week at most.
func (s Step) Due(today storage.Day) bool {
	return s.Month != 0 && s.Rung < Top && (s.Day == 0 || today >= s.Day+halfWeek)
}

// Next returns the next rung that somebody stands on, and who does.
func (s Step) Next(people []storage.Member) (Rung, []storage.Member) {
	for rung := s.Rung + 1; rung < Top; rung++ {
		var on []storage.Member
		for _, m := range people {
			if (m.Role == storage.Ketua) == (rung == Leader) {
				on = append(on, m)
			}
		}
		if len(on) > 0 {
			return rung, on
		}
	}
	return Top, nil
}
