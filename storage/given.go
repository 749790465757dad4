package storage

import "strconv"

// Given is the Body of an AidGiven report.
type Given struct {
	Person PersonID // whose key seals Note and Over; zero when both are empty
	To     []Recipient
	Photos []string // file ids
	Note   Sealed   // field "note"
	Over   Sealed   // field "over": why more was given than the book had
}

// Recipient got aid: a household on file, another resident by name, or a group by its size.
type Recipient struct {
	Case     uint64   `json:",omitempty"` // the household's case
	Person   PersonID `json:",omitempty"` // of another resident, whose key seals the following
	Name     Sealed   `json:",omitzero"`  // field "name"
	RT       Sealed   `json:",omitzero"`  // field "rt"
	RW       Sealed   `json:",omitzero"`  // field "rw"
	Group    string   `json:",omitempty"` // purpose code of a group: "orphans"
	Families int
	Persons  int
}

// Household is the Body of a HouseholdFound report: what may be counted of the case.
type Household struct {
	Categories []int // numbers of the official list
	Persons    int
	Urgent     bool
	Sensitive  bool `json:",omitempty"` // nobody but the reporter sees the categories with the number
}

// Nothing is the Body of a NothingToReport report.
type Nothing struct {
	Month Month // of which there is nothing to report
}

// Death is the Body of a DeathKnown report.
type Death struct {
	Person PersonID
	Case   uint64 // 0 for a resident who was no case
	Name   Sealed // field "name"; zero when a case is named
	RT     Sealed // field "rt"
	RW     Sealed // field "rw"
	Block  Sealed // field "block": dusun, lingkungan or peliuk
	Note   Sealed // field "note"
}

// countsOf is what a report adds to the counts of its day.
func countsOf(r Report) (map[string]int, error) {
	counts := map[string]int{}
	switch r.Kind {
	case NothingToReport:
		counts[CountNothing] = 1
	case DeathKnown:
		counts[CountDeaths] = 1
	case AidReceived:
		return moneyBySource(r)
	case AidGiven:
		var g Given
		if err := decodeBody(r, &g); err != nil {
			return nil, err
		}
		for _, to := range g.To {
			counts[CountFamilies] += to.Families
			counts[CountPersons] += to.Persons
		}
	case MeetingHeld:
		var m Meeting
		if err := decodeBody(r, &m); err != nil {
			return nil, err
		}
		counts[CountMeetings] = 1
		counts[CountInvited], counts[CountPresent] = m.Invited, m.Present()
	case HouseholdFound:
		var h Household
		if err := decodeBody(r, &h); err != nil {
			return nil, err
		}
		counts[CountCases] = 1
		if h.Urgent {
			counts[CountUrgent] = 1
		}
		for _, n := range h.Categories {
			counts[CountCategory+strconv.Itoa(n)] = 1
		}
	}
	return counts, nil
}

// moneyBySource is the money that a report brought in.
func moneyBySource(r Report) (map[string]int, error) {
	var a Aid
	if err := decodeBody(r, &a); err != nil || a.Source == "" {
		return nil, err
	}
	var sum Quantity
	for _, l := range r.Lines {
		if l.Item == ItemMoney && l.Unit == UnitRupiah {
			sum += l.Quantity
		}
	}
	if sum == 0 {
		return nil, nil
	}
	return map[string]int{CountSource + a.Source: int(sum / 1000)}, nil
}
