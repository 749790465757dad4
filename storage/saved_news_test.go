package storage

import (
	"encoding/json"
	"testing"

	"wksbm/storage/region"
)

// savedNews are facts about what staff sends, after savedRecords, one of every kind.
func savedNews() []func(*Tx) Fact {
	return []func(*Tx) Fact{
		func(tx *Tx) Fact {
			p := tx.NewPerson()
			b := Broadcast{
				ID: tx.NextBroadcast(), Person: p, Text: tx.Seal(p, "text", "Rapat besok"), People: 1,
				To: Audience{Places: []region.Code{savedPlace}, Roles: []Role{Ketua}},
			}
			if err := tx.Deliver(b.ID, json.RawMessage(`{"text":"Rapat besok"}`), []int64{10}, savedAt); err != nil {
				panic(err)
			}
			return BroadcastMade{b}
		},
		func(*Tx) Fact { return BroadcastHeld{ID: 1, Held: true} },
		func(tx *Tx) Fact { return GuideAdded{Guide{ID: tx.NextGuide(), Title: "Panduan rapat", File: "file1"}} },
		func(tx *Tx) Fact { return GuideAdded{Guide{ID: tx.NextGuide(), Title: "Panduan lama", File: "file2"}} },
		func(*Tx) Fact { return GuideRemoved{ID: 2} },
	}
}

func checkSaved3(t *testing.T, tx *Tx) {
	t.Helper()
	checkSaved2(t, tx)
	b, _ := tx.Broadcast(1)
	d, _ := tx.Delivery(1)
	if tx.Unseal(b.Text, "text") != "Rapat besok" || !b.Held || d.Queued != 1 || d.Left() != 1 {
		t.Errorf("broadcast %+v, delivery %+v", b, d)
	}
	if a, ok := tx.Addressee(1, 10); !ok || a.State != OnItsWay {
		t.Errorf("addressee %+v", a)
	}
	if list := tx.Guides(); len(list) != 1 || list[0].Title != "Panduan rapat" {
		t.Errorf("guides %+v", list)
	}
}
