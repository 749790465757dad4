package flow

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"wksbm/bot/chat"
)

func recorded() whoFlow {
	f := asking(
		Typed[struct{}, attendance, string]{
			Head: whoHead{Step: "note", Label: "Catatan", Ask: asks("Apa catatannya?")},
			Get:  func(a *attendance) *string { return &a.Note }, Print: func(s string) string { return s },
			Read: func(_ struct{}, _ *attendance, words string) Reading[string] {
				if words == "123" {
					return Not[string]("Itu bukan catatan.")
				}
				return Sure(words)
			},
		},
		came(), host(),
		Typed[struct{}, attendance, string]{
			Head: whoHead{Step: "nik", Label: "NIK", Optional: true, Ask: asks("NIK?"), Shown: func(_ struct{}, a *attendance) string {
				return strings.Repeat("•", min(len(a.NIK), 4))
			}},
			Get: func(a *attendance) *string { return &a.NIK }, Hide: true, Print: func(s string) string { return s },
			Read: func(_ struct{}, _ *attendance, words string) Reading[string] {
				switch len(words) {
				case 16:
					return Sure(words)
				case 15:
					return Not[string]("Kami membaca " + Quote(words) + ", 15 angka.")
				case 17:
					return Ask("Yang ini?", Offer[string]{Label: "5207 ••", Value: words[:16]})
				}
				return Not[string]("")
			},
		},
	)
	f.Begin = func(_ struct{}, in chat.Input) (attendance, *Turn) {
		if in.Command.Name != "ubah" {
			return attendance{}, nil
		}
		return attendance{Note: "rapat", Came: []string{"p0", "p1"}, Host: "p2"}, nil
	}
	f.Reopen = func(a *attendance) bool { return a.Note != "" }
	f.Sending = func(_ struct{}, a *attendance) string {
		if a.Note == "baru" {
			return "✅ Simpan"
		}
		return "✅ Kirim"
	}
	return f
}

var change = chat.Order{Name: "ubah", Args: "127"}

func reopened() (Conversation[struct{}], Turn) {
	c := New(recorded())
	return c, c.Open(struct{}{}, 1, chat.Input{Kind: chat.Command, Command: change})
}

// What was recorded opens at what is to change; without a change it is put away without a word.
func TestReopen(t *testing.T) {
	t.Parallel()
	c, turn := reopened()
	if !strings.Contains(show(turn), "Apa yang diubah?") || strings.Join(labels(turn), " ") != "Catatan Hadir Tuan rumah NIK Batal" {
		t.Fatalf("shows %q %v", show(turn), labels(turn))
	}
	if c.Title(struct{}{}, turn.Data) != "" {
		t.Error("an unchanged record would be kept as a draft")
	}
	for _, words := range []string{"batal", "/batal"} {
		in := say(words)
		if words[0] == '/' {
			in = chat.Input{Kind: chat.Command, Command: chat.Order{Name: "batal"}}
		}
		if left := c.Hear(struct{}{}, 1, turn.Data, in); left.End != Cancelled {
			t.Errorf("%s shows %q", words, show(left))
		}
	}
	turn = c.Hear(struct{}{}, 1, turn.Data, chat.Input{Kind: chat.Tapped, Query: "q", Data: dataOf(t, turn, "Catatan")})
	if turn = c.Hear(struct{}{}, 1, turn.Data, say("baru")); !strings.Contains(show(turn), "Benar?") || labels(turn)[0] != "✅ Simpan" {
		t.Fatalf("shows %q %v", show(turn), labels(turn))
	}
	if asked := c.Hear(struct{}{}, 1, turn.Data, say("batal")); asked.End != "" {
		t.Error("a change was dropped without asking")
	}
	if sent := c.Hear(struct{}{}, 1, turn.Data, say("simpan")); sent.End != Done {
		t.Errorf("shows %q", show(sent))
	}
}

// An edited message of something recorded is heard as the new answer, to be agreed to.
func TestAmend(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		words string
		a     Answer
		want  string
		shows string
		end   End
	}{
		{"baru", Answer{Step: "note"}, `{"came":["p0","p1"],"host":"p2","note":"baru"}`, "✓ Catatan: baru\n\nBenar?", ""},
		{"Catatan: baru", Answer{Step: "note"}, `{"came":["p0","p1"],"host":"p2","note":"baru"}`, "Benar?", ""},
		{"rapat", Answer{Step: "note"}, "", "", Cancelled},
		{"123", Answer{Step: "note"}, `{"came":["p0","p1"],"host":"p2","note":"rapat"}`, "Itu bukan catatan. Jawaban yang lama tetap.", ""},
		{"Siti Aminah, Wati", Answer{Step: "came", Whole: true}, `{"came":["p0","p7"],"host":"p2","note":"rapat"}`, "Benar?", ""},
		{"Wati", Answer{Step: "came"}, `{"came":["p0","p1"],"host":"p2","note":"rapat"}`, "Mohon diubah di sini:\n\nSiapa yang hadir?", ""},
		{"siti", Answer{Step: "host"}, `{"came":["p0","p1"],"host":"p2","note":"rapat"}`, `mencari "siti"`, ""},
		{"apa saja", Answer{Step: "gone"}, `{"came":["p0","p1"],"host":"p2","note":"rapat"}`, "Apa yang diubah?", ""},
	} {
		in := chat.Input{Kind: chat.Text, Text: test.words, Message: 9, Edited: true, Command: change}
		turn := New(recorded()).Amend(struct{}{}, 1, in, test.a)
		if turn.End != test.end || !strings.Contains(show(turn), test.shows) {
			t.Errorf("%s: end %q, shows %q", test.words, turn.End, show(turn))
		}
		if test.end != "" {
			continue
		}
		if got, _ := json.Marshal(held[attendance](t, turn)); string(got) != test.want {
			t.Errorf("%s: %s, want %s", test.words, got, test.want)
		}
	}
}

// Which message gave which answer can be kept after sending.
func TestSaid(t *testing.T) {
	t.Parallel()
	c := New(recorded())
	turn := chatting(t, c, "rapat", "Wati, Budi", "lanjut", "ahmad", "5207990101900001")
	want := `[{"m":100,"s":"note"},{"m":101,"s":"came","whole":true},{"m":103,"s":"host"}]`
	if got, _ := json.Marshal(c.Said(turn.Data)); string(got) != want {
		t.Errorf("said %s\nwant %s", got, want)
	}
	if c.Said(json.RawMessage("nonsense")) != nil {
		t.Error("read what no draft is")
	}
}

// Words that a question hides leave the chat and are kept nowhere but in the answer.
func TestHide(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"5207990101900001", "520799010190000", "52079901019000012", "5207 x", strings.Repeat("5207990101900001 ", 100)} {
		c := New(recorded())
		turn := chatting(t, c, "rapat", "Wati", "lanjut", "ahmad")
		if !c.Hides(struct{}{}, turn.Data) {
			t.Fatal("the question does not hide what it hears")
		}
		turn = c.Hear(struct{}{}, 1, turn.Data, chat.Input{Kind: chat.Text, Text: words, Message: 55})
		if r := turn.Replies[0]; r.Act != chat.Delete || r.Class != chat.Fleet || r.Message != 55 {
			t.Errorf("%.20s: the message stays: %+v", words, r)
		}
		answer := held[attendance](t, turn).NIK
		var s state[attendance]
		_ = json.Unmarshal(turn.Data, &s)
		s.Answers = attendance{}
		if s.Asked != nil {
			s.Asked.Options = nil // the answers it may be
		}
		kept, _ := json.Marshal(s)
		for name, text := range map[string]string{"state": string(kept), "screen": strings.ReplaceAll(show(turn), `"nik":"`+answer, "")} {
			if strings.Contains(text, "52079901") || strings.Contains(text, "5207 x") {
				t.Errorf("%.20s: in the %s: %s", words, name, text)
			}
		}
		if again := c.Hear(struct{}{}, 1, turn.Data, chat.Input{Kind: chat.Text, Text: "Rahma", Message: 55, Edited: true}); len(again.Replies) > 0 && answer != "" {
			t.Errorf("%.20s: the deleted message is heard again: %q", words, show(again))
		}
	}
	c := New(recorded())
	if c.Hides(struct{}{}, c.Open(struct{}{}, 1, chat.Input{Kind: chat.Command}).Data) {
		t.Error("an open question hides its words")
	}
}

// A long list of answers to change still fits a screen.
func TestManyAnswersToChange(t *testing.T) {
	t.Parallel()
	var steps []Question[struct{}, attendance]
	for i := range 14 {
		q := host()
		q.Step, q.Label = fmt.Sprintf("s%d", i), fmt.Sprintf("Bantuan yang diterima %d", i)
		steps = append(steps, q)
	}
	f := asking(steps...)
	f.Begin = func(struct{}, chat.Input) (attendance, *Turn) { return attendance{Host: "p1"}, nil }
	f.Reopen = func(*attendance) bool { return true }
	turn := New(f).Open(struct{}{}, 1, chat.Input{Kind: chat.Command, Command: change})
	if n := len(turn.Replies[0].Buttons); n != 8 || len(labels(turn)) != 15 {
		t.Errorf("%d rows, %d buttons", n, len(labels(turn)))
	}
}

// Whatever is typed and tapped, there is always a next card, and no tap is too long.
func FuzzTalk(f *testing.F) {
	f.Add("rapat\nsiti, wati\n#3\n#0\nlanjut\nahmad\n5207990101900001\nubah\n#1", true)
	f.Add("semua kecuali wati\n#9\n#2\n#1\nkembali\ntidak ada\nlewati", false)
	f.Fuzz(func(t *testing.T, talk string, record bool) {
		in := chat.Input{Kind: chat.Command}
		if record {
			in.Command = change
		}
		c := New(recorded())
		turn := c.Open(struct{}{}, 1, in)
		var buttons []string
		for i, line := range strings.Split(talk, "\n") {
			if turn.End != "" || i > 30 {
				return
			}
			for _, r := range turn.Replies {
				for _, row := range r.Buttons {
					for _, b := range row {
						buttons = append(buttons, b.Data)
					}
				}
			}
			in := chat.Input{Kind: chat.Text, Text: line, Message: int64(i%7 + 1), Edited: i%5 == 4}
			if n, err := strconv.Atoi(strings.TrimPrefix(line, "#")); err == nil && n >= 0 && len(buttons) > 0 { // of any card so far
				in = chat.Input{Kind: chat.Tapped, Query: "q", Data: buttons[len(buttons)-1-n%len(buttons)]}
			}
			turn = c.Hear(struct{}{}, 1, turn.Data, in)
			if turn.End == "" && len(turn.Data) == 0 {
				t.Fatalf("%q: the draft is gone", line)
			}
			c.Said(turn.Data)
		}
	})
}
