package storage

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// ActivityState says how far a programme is.
type ActivityState string

// The states of an activity.
const (
	Planned ActivityState = "planned"
	Running ActivityState = "running"
	Done    ActivityState = "done"
	Dropped ActivityState = "dropped"
)

// Ended says that an activity in this state is over.
func (s ActivityState) Ended() bool { return s == Done || s == Dropped }

// Activity is a programme of a village's WKSBM.
type Activity struct {
	ID      uint64 // from Tx.NextActivity
	Village region.Code
	By      int64
	Person  PersonID
	Title   Sealed // field "title": what
	Who     Sealed // field "who": who does it
	Target  Sealed // field "target": for whom, or how much
	Note    Sealed // field "note": how it went
	Day     Day    // when; 0 when not fixed
	State   ActivityState
	Opened  time.Time // set when it is recorded
	Changed time.Time // set when it is recorded
	Source  string    `json:",omitempty"` // of the draft that wrote it last: one draft, one receipt
}

var activities = bucket.Bucket[Activity]{
	Name: "activities",
	Indexes: []bucket.Index[Activity]{
		{Name: activitiesByVillage, Keys: func(a Activity) []bucket.Key { return []bucket.Key{bucket.Key(nil).U64(uint64(a.Village))} }},
	},
}

const activitiesByVillage = "activities_village"

// NextActivity returns the number the next activity will have.
func (tx *Tx) NextActivity() uint64 { return tx.next(activities.Name) }

// Activity returns the one with this number.
func (tx *Tx) Activity(id uint64) (Activity, bool) {
	return activities.Get(tx.b, bucket.Key(nil).U64(id))
}

// Activities returns the activities of a village, oldest first.
func (tx *Tx) Activities(village region.Code) []Activity {
	return rowsOf(activities.Find(tx.b, activitiesByVillage, bucket.Key(nil).U64(uint64(village))))
}

// ActivityStep is a programme that came to a state, as CountActivity counts it.
type ActivityStep struct {
	ID      uint64
	Village region.Code
	State   ActivityState
	Day     Day // on which that was recorded
}

// ActivitySteps returns the steps of all programmes between from and to, both included, in their order. They
// stand in the log alone, which is read from its beginning.
func (tx *Tx) ActivitySteps(from, to Day) []ActivityStep {
	var out []ActivityStep
	stands := map[uint64]ActivityState{}
	for e := range tx.Events(1) {
		day := DayOf(e.At)
		if day > to {
			break
		}
		if e.Kind != (ActivityPut{}).kind() {
			continue
		}
		var f struct {
			Activity struct {
				ID      uint64
				Village region.Code
				State   ActivityState
			}
		}
		if err := json.Unmarshal(e.Body, &f); err != nil {
			panic(bucket.Corrupt{Bucket: logBucket, Key: bucket.Key(nil).U64(e.Seq), Err: err})
		}
		a := f.Activity
		if day >= from && stands[a.ID] != a.State {
			out = append(out, ActivityStep{ID: a.ID, Village: a.Village, State: a.State, Day: day})
		}
		stands[a.ID] = a.State
	}
	return out
}

func (f ActivityPut) apply(tx *Tx, e Event) error {
	a := f.Activity
	if a.Village == 0 || a.Title.IsZero() || !slices.Contains([]ActivityState{Planned, Running, Done, Dropped}, a.State) {
		return errors.New("activity without village, title or state")
	}
	old, known := tx.Activity(a.ID)
	if known && old.Village != a.Village {
		return errors.New("activity of another village")
	}
	a.By, a.Opened, a.Changed = old.By, old.Opened, e.At
	if !known {
		a.By, a.Opened = e.By, e.At
		if err := tx.take(activities.Name, a.ID); err != nil {
			return err
		}
	}
	if a.State != old.State {
		came := Totals{Counts: map[string]int{CountActivity + string(a.State): 1}}
		if err := tx.tally(a.Village, DayOf(e.At), came); err != nil {
			return err
		}
	}
	return activities.Put(tx.b, bucket.Key(nil).U64(a.ID), a)
}
