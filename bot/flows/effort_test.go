package flows_test

import (
	"strings"
	"testing"

	"wksbm/bot/simulator"
)

// effort is what a report costs its reporter. A transcript measures it between the lines
// "# hitung NAME" and "# sampai sini": what she types and taps, and the messages that the bot adds to
// her chat. A card that changes in its place adds none.
type effort struct {
	name              string
	actions, messages int
}

// The most that the common case of a report may cost.
const (
	mostActions  = 6
	mostMessages = 3
)

// bearable fails for a report that costs more than it may.
func bearable(t *testing.T, all []effort) {
	t.Helper()
	for _, e := range all {
		t.Logf("%s: %d actions, %d messages", e.name, e.actions, e.messages)
		if e.actions > mostActions || e.messages > mostMessages {
			t.Errorf("%s costs %d actions and %d messages; at most %d and %d", e.name, e.actions, e.messages, mostActions, mostMessages)
		}
	}
}

// measure begins or ends where a remark says so.
func (s *stage) measure(remark string) {
	name, begins := strings.CutPrefix(remark, "hitung ")
	switch {
	case begins:
		s.effort = &effort{name: name}
	case remark == "sampai sini" && s.effort != nil:
		s.efforts, s.effort = append(s.efforts, *s.effort), nil
	}
}

// count notes a message that the bot adds to a private chat while an effort is measured.
func (s *stage) count(e simulator.Event) {
	if s.effort != nil && e.Kind == simulator.Sent && e.Chat > 0 {
		s.effort.messages++
	}
}
