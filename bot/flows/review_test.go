package flows_test

import (
	"encoding/json"
	"testing"

	"wksbm/bot/flow"
	"wksbm/bot/flows"
	"wksbm/bot/office"
	"wksbm/storage"
)

// What staff may ask about is asked in the conversation of that kind of report, and fits a card.
func TestStaffAskWhatIsAsked(t *testing.T) {
	t.Parallel()
	for kind, name := range map[string]string{
		storage.HouseholdFound: flows.Household, storage.AidReceived: flows.AidReceived, storage.AidGiven: flows.AidGiven, storage.MeetingHeld: flows.Meeting,
	} {
		all := office.Questions(kind)
		if len(all) == 0 || len(all) > 8 {
			t.Errorf("%s: %d questions", kind, len(all))
		}
		for _, q := range all {
			if !asks(t, name, q.Step) {
				t.Errorf("%s has no step %q", name, q.Step)
			}
		}
	}
}

// asks says whether a conversation has a step: a message that gave its answer can be corrected.
func asks(t *testing.T, name, step string) bool {
	t.Helper()
	data, err := json.Marshal(map[string]any{"v": 1, "said": []flow.Answer{{Message: 1, Step: step}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range flows.All() {
		if c.Name() == name {
			return len(c.Said(data)) == 1
		}
	}
	return false
}
