package flow

import (
	"encoding/json"
	"strings"
	"testing"

	"wksbm/bot/chat"
)

type basket struct {
	Fruit []string `json:"fruit,omitempty"`
	Early string   `json:"early,omitempty"`
	Who   string   `json:"who,omitempty"`
	First bool     `json:"first,omitempty"`

	heavy bool
}

// market is a conversation about fruit: limit is how much of it the world allows at the moment.
func market(limit *int) Conversation[struct{}] {
	say := func(s string) func(struct{}, *basket) string { return func(struct{}, *basket) string { return s } }
	read := func(_ struct{}, _, words string) []Part[string] {
		var out []Part[string]
		for w := range strings.FieldsSeq(words) {
			out = append(out, Part[string]{Words: w, Reading: Sure(w)})
		}
		return out
	}
	return New(Flow[struct{}, basket]{
		Name: "market", Version: 1, Title: say("Pasar"),
		Settle: func(_ struct{}, b *basket) { b.heavy = len(b.Fruit) > *limit },
		Halt: func(_ struct{}, b *basket) *Turn {
			if !b.First {
				return nil
			}
			b.First = false
			return &Turn{Opens: "other", With: "words"}
		},
		Glean: func(_ struct{}, b *basket, step, words string) ([]string, string, string) {
			if rest, ok := strings.CutSuffix(words, " untuk Siti"); ok && step == "who" {
				b.Early = "nangka"
				b.Who = "Siti"
				return []string{"who"}, rest, ""
			}
			return nil, words, ""
		},
		Steps: []Question[struct{}, basket]{
			Choice[struct{}, basket]{
				Head: Head[struct{}, basket]{
					Step: "heavy", Ask: say("Terlalu berat?"),
					When: func(_ struct{}, b *basket) bool { return b.heavy }, Filled: func(b *basket) bool { return !b.heavy },
				},
				Get: func(*basket) *string { return new(string) },
				Options: func(struct{}, *basket) []Option {
					return []Option{{Value: "drop", Label: "Kurangi"}, {Value: "first", Label: "Dulu"}}
				},
				Take: func(_ struct{}, b *basket, value string) {
					if b.First = value == "first"; value == "drop" {
						b.Fruit = b.Fruit[:*limit]
					}
				},
			},
			Choice[struct{}, basket]{
				Head:    Head[struct{}, basket]{Step: "who", Label: "Untuk", Ask: say("Untuk siapa?")},
				Get:     func(b *basket) *string { return &b.Who },
				Options: func(struct{}, *basket) []Option { return []Option{{Value: "me", Label: "Saya"}} },
			},
			Lines[struct{}, basket, string]{
				Head: Head[struct{}, basket]{Step: "fruit", Label: "Buah", Ask: say("Buah apa?"), Filled: func(b *basket) bool { return len(b.Fruit) > 0 }},
				Get:  func(b *basket) *[]string { return &b.Fruit },
				Things: func(struct{}) []Option {
					return []Option{{Value: "mango", Label: "Mangga"}, {Value: "papaya", Label: "Pepaya"}}
				},
				Amount: func(_ struct{}, code string) (string, string, []Offer[string]) {
					return "", "", []Offer[string]{{Label: code, Value: code}}
				},
				Read: read, Print: func(s string) string { return s }, Join: func(l []string, s string) []string { return append(l, s) },
				Like: func(a, b string) bool { return false }, More: "Tambah buah", Early: func(b *basket) *string { return &b.Early },
			},
		},
		Confirm: say("Benar?"), Finish: func(struct{}, uint64, *basket) Turn { return Turn{End: Done} },
	})
}

// press finds a button by its label on the last card and presses it.
func press(t *testing.T, c Conversation[struct{}], turn Turn, label string) Turn {
	t.Helper()
	for _, r := range turn.Replies {
		for _, row := range r.Buttons {
			for _, b := range row {
				if b.Label == label {
					return c.Hear(struct{}{}, 1, turn.Data, chat.Input{Kind: chat.Tapped, Data: b.Data, Query: "q"})
				}
			}
		}
	}
	t.Fatalf("no button %q on %q", label, show(turn))
	return turn
}

// One line by button is enough where others can be added from the summary; what is in the list is no
// button any more.
func TestLinesGoOnAfterOne(t *testing.T) {
	t.Parallel()
	limit := 9
	c := market(&limit)
	turn := c.Open(struct{}{}, 1, chat.Input{Kind: chat.Command})
	turn = press(t, c, turn, "Saya")
	turn = press(t, c, turn, "Mangga")
	if got := show(turn); !strings.HasSuffix(got, "Benar?") {
		t.Fatalf("after one fruit: %q", got)
	}
	turn = press(t, c, turn, "Tambah buah")
	for _, r := range turn.Replies {
		for _, row := range r.Buttons {
			for _, b := range row {
				if b.Label == "Mangga" {
					t.Error("what is in the list is offered again")
				}
			}
		}
	}
	turn = press(t, c, turn, "Pepaya")
	if got := show(turn); !strings.Contains(got, "Ada lagi?") {
		t.Errorf("a list opened from the summary ends by itself: %q", got)
	}
}

// Words for a list that came before it was asked are read when its turn comes.
func TestEarlyWords(t *testing.T) {
	t.Parallel()
	limit := 9
	c := market(&limit)
	turn := c.Open(struct{}{}, 1, chat.Input{Kind: chat.Command})
	turn = c.Hear(struct{}{}, 1, turn.Data, say("ya untuk Siti"))
	var s state[basket]
	if err := json.Unmarshal(turn.Data, &s); err != nil || strings.Join(s.Answers.Fruit, " ") != "nangka" || s.Step != "" {
		t.Errorf("early words gave %+v at %q, %v", s.Answers, s.Step, err)
	}
}

// The world may change while the summary waits: the question that follows comes up, and sending waits.
func TestSettleLooksAtTheWorld(t *testing.T) {
	t.Parallel()
	limit := 9
	c := market(&limit)
	turn := c.Open(struct{}{}, 1, chat.Input{Kind: chat.Command})
	turn = press(t, c, turn, "Saya")
	turn = c.Hear(struct{}{}, 1, turn.Data, say("mangga pepaya nangka"))
	limit = 2
	turn = press(t, c, turn, "✅ Kirim")
	if got := show(turn); turn.End != "" || !strings.Contains(got, "Terlalu berat?") {
		t.Fatalf("sent although the world changed: %q", got)
	}
	first := press(t, c, turn, "Dulu")
	if first.Opens != "other" || first.With != "words" || first.Data == nil || first.End != "" {
		t.Errorf("leaving gives %+v", first)
	}
	if got := show(c.Redraw(struct{}{}, 1, first.Data)); !strings.Contains(got, "Terlalu berat?") {
		t.Errorf("coming back: %q", got)
	}
	turn = press(t, c, turn, "Kurangi")
	if got := show(turn); !strings.HasSuffix(got, "Benar?") {
		t.Errorf("after the answer: %q", got)
	}
}
