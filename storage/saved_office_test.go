package storage

import "testing"

// savedOffice are facts of the kinds that the office has more since schema 4.
func savedOffice() []func(*Tx) Fact {
	return []func(*Tx) Fact{
		func(*Tx) Fact { return SettingPut{Name: "cards", Value: "all"} },
	}
}

func checkSaved4(t *testing.T, tx *Tx) {
	t.Helper()
	checkSaved3(t, tx)
	if v := tx.Setting("cards"); v != "all" {
		t.Errorf("setting %q", v)
	}
	saved := map[Kind]bool{"": true}
	for e := range tx.Events(1) {
		saved[e.Kind] = true
	}
	for _, k := range kinds() {
		if !saved[k] {
			t.Errorf("the saved archive has no event %q", k)
		}
	}
}
