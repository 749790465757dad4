package storage

import (
	"errors"

	"wksbm/storage/bucket"
)

// Setting is something that administrators of the Dinsos group may change while the bot runs.
type Setting struct {
	Name  string // never renamed
	Value string // "" is the default
	By    int64
	// Before is what it was before the latest change.
	Before string `json:",omitempty"`
}

var settings = bucket.Bucket[Setting]{Name: "settings"}

// Setting returns the value of a setting, "" when it has its default.
func (tx *Tx) Setting(name string) string {
	s, _ := settings.Get(tx.b, bucket.Key(nil).Text(name))
	return s.Value
}

// Change returns a setting with what it was before; all zero when nobody changed it.
func (tx *Tx) Change(name string) Setting {
	s, _ := settings.Get(tx.b, bucket.Key(nil).Text(name))
	return s
}

func (f SettingPut) apply(tx *Tx, e Event) error {
	if f.Name == "" {
		return errors.New("setting without a name")
	}
	s := Setting{Name: f.Name, Value: f.Value, By: e.By, Before: tx.Setting(f.Name)}
	return settings.Put(tx.b, bucket.Key(nil).Text(f.Name), s)
}
