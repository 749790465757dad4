package flow

import (
	"encoding/json"
	"strings"
	"testing"

	"wksbm/bot/chat"
)

type answers struct {
	Name  string `json:"name,omitempty"`
	Color string `json:"color,omitempty"`
}

func colors(version int) Conversation[struct{}] {
	say := func(s string) func(struct{}, *answers) string { return func(struct{}, *answers) string { return s } }
	return New(Flow[struct{}, answers]{
		Name: "colors", Version: version, Title: func(_ struct{}, a *answers) string { return "Warna " + a.Name },
		Steps: []Question[struct{}, answers]{
			Typed[struct{}, answers, string]{
				Head: Head[struct{}, answers]{Step: "name", Label: "Nama", Ask: say("Nama?")},
				Get:  func(a *answers) *string { return &a.Name }, Print: func(s string) string { return s },
				Read: func(_ struct{}, _ *answers, words string) Reading[string] { return Sure(words) },
			},
			Choice[struct{}, answers]{
				Head: Head[struct{}, answers]{Step: "color", Label: "Warna", Ask: say("Warna?")},
				Get:  func(a *answers) *string { return &a.Color },
				Options: func(struct{}, *answers) []Option {
					return []Option{{Value: "red", Label: "Merah"}, {Value: "dark_red", Label: "Merah tua"}}
				},
			},
		},
		Confirm: func(_ struct{}, a *answers) string { return "Benar? " + a.Name + " " + a.Color },
		Finish:  func(struct{}, uint64, *answers) Turn { return Turn{End: Done} },
	})
}

func show(t Turn) string {
	var out []string
	for _, r := range t.Replies {
		out = append(out, chat.Plain(r.Text))
	}
	return strings.Join(out, "\n")
}

func say(words string) chat.Input { return chat.Input{Kind: chat.Text, Text: words, Message: 7} }

// A draft outlives the program that began it: an unknown step, an older version, data that cannot be
// read lead to the first question that waits, with the answers kept where there are any.
func TestDraftsOutliveUpgrades(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		`{"v":1,"step":"gone","rev":3,"done":["name"],"answers":{"name":"Siti"}}`:                                    "Warna?",
		`{"v":1,"step":"color","rev":3,"done":["name"],"asked":{"raw":"x","ask":"Lama?"},"answers":{"name":"Siti"}}`: "Warna?",
		`{"v":9,"step":"color","answers":{}}`:                                                                        "Nama?",
		`nonsense`:                                                                                                   "Nama?",
		`{"v":1,"step":"","done":[],"answers":{}}`:                                                                   "Nama?",
	} {
		if got := show(colors(2).Redraw(struct{}{}, 1, json.RawMessage(data))); !strings.HasPrefix(got, want) {
			t.Errorf("%s shows %q, want %q", data, got, want)
		}
	}
}

// Words that name two answers are asked about; the answer may then be typed.
func TestAmbiguousWords(t *testing.T) {
	t.Parallel()
	c := colors(1)
	turn := c.Hear(struct{}{}, 1, c.Open(struct{}{}, 1, say("Siti")).Data, say("merah tua atau merah"))
	if !strings.Contains(show(turn), "Yang mana?") {
		t.Fatalf("shows %q", show(turn))
	}
	if turn = c.Hear(struct{}{}, 1, turn.Data, say("merah tua")); !strings.Contains(show(turn), "Siti dark_red") {
		t.Errorf("shows %q", show(turn))
	}
}

// A tap of an earlier revision, of another step or with data that no button has changes nothing.
func TestStaleTapsChangeNothing(t *testing.T) {
	t.Parallel()
	c := colors(1)
	turn := c.Open(struct{}{}, 1, say("Siti"))
	for _, data := range []string{"d:1:name:1:=0", "d:1:color:0:=red", "d:1:color:zz:=red", "d:1:color:1:", "d:1:color:1:?3", "d:1:color:1:@name", "d:1"} {
		got := c.Hear(struct{}{}, 1, turn.Data, chat.Input{Kind: chat.Tapped, Data: data, Query: "q"})
		if string(got.Data) != string(turn.Data) || !strings.Contains(show(got), "Warna?") {
			t.Errorf("%s: %s, shows %q", data, got.Data, show(got))
		}
	}
}

// Words that were refused are not called noted when they are said again; words that gave the answer
// before, sent twice for want of signal, do not answer the next question too.
func TestWordsSaidTwice(t *testing.T) {
	t.Parallel()
	ask := func(s string) func(struct{}, *answers) string { return func(struct{}, *answers) string { return s } }
	read := func(_ struct{}, _ *answers, words string) Reading[string] {
		if words == "123" {
			return Not[string]("Belum seperti nama.")
		}
		return Sure(words)
	}
	print := func(s string) string { return s }
	c := New(Flow[struct{}, answers]{
		Name: "twice", Version: 1, Title: ask("Dua"),
		Steps: []Question[struct{}, answers]{
			Typed[struct{}, answers, string]{Head: Head[struct{}, answers]{Step: "name", Label: "Nama", Ask: ask("Nama?")}, Get: func(a *answers) *string { return &a.Name }, Read: read, Print: print},
			Typed[struct{}, answers, string]{Head: Head[struct{}, answers]{Step: "color", Label: "Warna", Ask: ask("Warna?")}, Get: func(a *answers) *string { return &a.Color }, Read: read, Print: print},
		},
		Confirm: func(_ struct{}, a *answers) string { return "Benar? " + a.Name + " " + a.Color },
		Finish:  func(struct{}, uint64, *answers) Turn { return Turn{End: Done} },
	})
	turn := c.Open(struct{}{}, 1, chat.Input{Kind: chat.Command})
	for _, step := range []struct{ words, want string }{
		{"123", "Belum seperti nama."},
		{"123", "Belum seperti nama."},
		{"merah", "Warna?"},
		{"merah", "Itu sudah kami catat."},
		{"merah", "Benar? merah merah"}, // she means it
	} {
		if turn = c.Hear(struct{}{}, 1, turn.Data, say(step.words)); !strings.Contains(show(turn), step.want) {
			t.Fatalf("%q shows %q, want %q", step.words, show(turn), step.want)
		}
	}
}
