package storage

import "time"

// Seat is a person's place in the Dinsos group.
type Seat struct {
	Group int64     // the group it was asked of
	At    time.Time // when it was learned
	In    bool
	Admin bool // an administrator or the owner of the group
}

// SeatLife is how long a seat is believed: a person who left the group loses access within it.
const SeatLife = 10 * time.Minute

// Fresh says whether the seat was learned lately enough at now, of the present group. That somebody is
// outside is believed for a shorter time, so that a new member need not wait.
func (s Seat) Fresh(group int64, now time.Time) bool {
	life := SeatLife
	if !s.In {
		life = 20 * time.Second
	}
	return !s.At.IsZero() && s.Group == group && now.Sub(s.At) <= life
}
