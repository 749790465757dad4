package flow

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"wksbm/bot/chat"
)

type attendance struct {
	Came   []string `json:"came,omitempty"`
	Host   string   `json:"host,omitempty"`
	Sought string   `json:"sought,omitempty"`
	Place  string   `json:"place,omitempty"`
	NIK    string   `json:"nik,omitempty"`
	Note   string   `json:"note,omitempty"`
}

type (
	whoHead  = Head[struct{}, attendance]
	whoFlow  = Flow[struct{}, attendance]
	whoMulti = Multi[struct{}, attendance]
	whoPick  = Pick[struct{}, attendance]
)

func asks(s string) func(struct{}, *attendance) string {
	return func(struct{}, *attendance) string { return s }
}

func people() []Option {
	var out []Option
	for i, n := range []string{"Siti Aminah", "Siti Rahma", "Nur Aini", "Hj. Sumiati", "Ahmad", "Tanpa Nama Jelas", "Zainab", "Wati", "Budi", "Lala"} {
		out = append(out, Option{Value: fmt.Sprintf("p%d", i), Label: n})
	}
	out[9].Value = "Lala Nurlaila binti Haji Muhammad Saleh: RT 03" // a code that no tap may hold
	return out
}

func came() whoMulti {
	return whoMulti{
		Head: whoHead{Step: "came", Label: "Hadir", Ask: asks("Siapa yang hadir?")},
		Get:  func(a *attendance) *[]string { return &a.Came }, Least: 1, All: "Semua hadir", PageSize: 4,
		Options: func(struct{}, *attendance) []Option { return people() },
	}
}

func host() whoPick {
	return whoPick{
		Head: whoHead{Step: "host", Label: "Tuan rumah", Ask: asks("Di rumah siapa?")},
		Get:  func(a *attendance) *string { return &a.Host }, PageSize: 3,
		Options: func(struct{}, *attendance) []Option { return people() },
		Extra:   func(struct{}, *attendance) []Option { return []Option{{Value: "new", Label: "Warga baru"}} },
		Sought:  func(a *attendance, words string) { a.Sought = words },
	}
}

func asking(q ...Question[struct{}, attendance]) whoFlow {
	return whoFlow{
		Name: "attendance", Version: 1, Title: asks("Hadir"), Steps: q,
		Confirm: func(_ struct{}, a *attendance) string {
			data, _ := json.Marshal(a)
			return "Benar? " + chat.Escape(string(data))
		},
		Finish: func(struct{}, uint64, *attendance) Turn { return Turn{End: Done} },
	}
}

// chatting plays words, and taps on the button that is named in square brackets, and returns the last turn.
func chatting(t *testing.T, c Conversation[struct{}], lines ...string) Turn {
	t.Helper()
	turn := c.Open(struct{}{}, 1, chat.Input{Kind: chat.Command})
	for i, line := range lines {
		in := chat.Input{Kind: chat.Text, Text: line, Message: int64(100 + i)}
		if label, ok := strings.CutPrefix(line, "["); ok {
			in = chat.Input{Kind: chat.Tapped, Query: "q", Data: dataOf(t, turn, strings.TrimSuffix(label, "]"))}
		}
		turn = c.Hear(struct{}{}, 1, turn.Data, in)
	}
	return turn
}

func dataOf(t *testing.T, turn Turn, label string) string {
	t.Helper()
	for _, r := range turn.Replies {
		for _, row := range r.Buttons {
			for _, b := range row {
				if b.Label == label {
					return b.Data
				}
			}
		}
	}
	t.Fatalf("no button %q below %q: %v", label, show(turn), labels(turn))
	return ""
}

func labels(turn Turn) []string {
	var out []string
	for _, r := range turn.Replies {
		for _, row := range r.Buttons {
			for _, b := range row {
				out = append(out, b.Label)
			}
		}
	}
	return out
}

func held[T any](t *testing.T, turn Turn) T {
	t.Helper()
	var s state[T]
	if err := json.Unmarshal(turn.Data, &s); err != nil {
		t.Fatal(err)
	}
	return s.Answers
}

func TestMulti(t *testing.T) {
	t.Parallel()
	lala := people()[9].Value
	for _, test := range []struct {
		lines string // separated by |
		came  string
		shows string
	}{
		{"[☐ Siti Rahma]|[☐ Siti Aminah]", "p0,p1", "Dipilih 2 · halaman 1 dari 3"},
		{"[☐ Siti Aminah]|[☑ Siti Aminah]", "", "Siapa yang hadir?\nhalaman 1 dari 3"},
		{"[Berikutnya ›]|[☐ Ahmad]", "p4", "halaman 2 dari 3"},
		{"[Berikutnya ›]|[Berikutnya ›]|[☐ Lala]|[Lanjut]", lala, "Benar?"},
		{"Nur Aini, ahmad dan bu zainab", "p2,p4,p6", "Dipilih 3"},
		{"1. Nur Aini\n2. Wati", "p2,p7", "Dipilih 2"},
		{"3 5", "p2,p4", "Dipilih 2"},
		{"siti", "", `mencari "siti"`},
		{"siti|[☐ Siti Rahma]|[Tampilkan semua]", "p1", "Dipilih 1 · halaman 1 dari 3"},
		{"wati dan siti", "p7", "Yang mana: siti?"},
		{"wati dan siti|siti rahma", "p1,p7", "Dipilih 2"},
		{"wati dan entah", "p7", `Belum terbaca: "entah"`},
		{"entah", "", `Kami membaca "entah", belum yakin artinya.`},
		{"ahmad tidak hadir", "", "belum yakin artinya"},
		{"semua kecuali Siti Rahma dan Lala", "p0,p2,p3,p4,p5,p6,p7,p8", "Dipilih 8"},
		{"semua|hapus wati, budi", "p0,p1,p2,p3,p4,p5,p6," + lala, "Dipilih 8"},
		{"[Semua hadir]|cukup", "p0,p1,p2,p3,p4,p5,p6,p7,p8," + lala, "Benar?"},
		{"tanpa nama jelas", "p5", "Dipilih 1"},
		{"tanpa nama", "p5", "Dipilih 1"},
		{"cukup", "", "paling sedikit 1"},
		{"tidak ada", "", "paling sedikit 1"},
		{"wati|tidak ada lagi", "p7", "Benar?"},
		{"wati|lanjut", "p7", "Benar?"},
		{"wati|lanjut|ubah|hadir|[Berikutnya ›]|[☑ Wati]", "", "Siapa yang hadir?"},
	} {
		turn := chatting(t, New(asking(came())), strings.Split(test.lines, "|")...)
		if got := strings.Join(held[attendance](t, turn).Came, ","); got != test.came || !strings.Contains(show(turn), test.shows) {
			t.Errorf("%q: %s, shows %q", test.lines, got, show(turn))
		}
	}
}

// Many names are counted when they are echoed, few are told.
func TestMultiEchoed(t *testing.T) {
	t.Parallel()
	for lines, want := range map[string]string{"semua|ya": "✓ Hadir: 10 dipilih", "wati, budi|ya": "✓ Hadir: Wati, Budi"} {
		if turn := chatting(t, New(asking(came(), host())), strings.Split(lines, "|")...); !strings.Contains(show(turn), want) {
			t.Errorf("%q shows %q", lines, show(turn))
		}
	}
}

// A list that may be empty, with names of its own and marks instead of boxes.
func TestMultiNone(t *testing.T) {
	t.Parallel()
	q := came()
	q.None, q.All, q.Done, q.Quick, q.Marks = "Tidak ada", "", "Selesai", true, [2]string{"Belum · ", "Ya · "}
	q.Read = func(_ struct{}, _ *attendance, words string) Reading[[]string] {
		if words == "?!" {
			return Not[[]string]("")
		}
		return Sure([]string{words})
	}
	for _, test := range []struct{ lines, came, shows string }{
		{"[Tidak ada]", "", "Benar?"},
		{"nihil", "", "Benar?"},
		{"[Belum · Nur Aini]|[Ya · Nur Aini]|[Tidak ada]", "", "Benar?"},
		{"[Belum · Nur Aini]|tidak ada", "p2", "Sudah ada yang dipilih. Yang mana?"},
		{"[Belum · Nur Aini]|tidak ada|tidak ada", "", "Benar?"},
		{"[Belum · Nur Aini]|tidak ada|[Tetap 1 pilihan]", "p2", "Benar?"},
		{"Wati", "p7", "Benar?"},
		{"[Belum · Nur Aini]|Wati", "p2,p7", "Dipilih 2"},
		{"Wati, Pak Camat", "p7,Pak Camat", "Benar?"},
		{"[Belum · Nur Aini]|pak camat|[Selesai]", "p2,pak camat", "Benar?"},
	} {
		turn := chatting(t, New(asking(q)), strings.Split(test.lines, "|")...)
		if got := strings.Join(held[attendance](t, turn).Came, ","); got != test.came || !strings.Contains(show(turn), test.shows) {
			t.Errorf("%q: %s, shows %q", test.lines, got, show(turn))
		}
	}
}

// Boxes ticked faster than the card is redrawn all count, and a tap that arrives twice counts once.
func TestMultiTapsInARow(t *testing.T) {
	t.Parallel()
	c := New(asking(came()))
	first := c.Open(struct{}{}, 1, chat.Input{Kind: chat.Command})
	turn := first
	for _, label := range []string{"☐ Siti Aminah", "☐ Nur Aini", "☐ Nur Aini"} {
		turn = c.Hear(struct{}{}, 1, turn.Data, chat.Input{Kind: chat.Tapped, Query: "q", Data: dataOf(t, first, label)})
	}
	if got := held[attendance](t, turn).Came; !slices.Equal(got, []string{"p0", "p2"}) {
		t.Errorf("chosen %v", got)
	}
}

// Editing the message that gave the whole list replaces it.
func TestMultiCorrected(t *testing.T) {
	t.Parallel()
	c := New(asking(came()))
	turn := chatting(t, c, "Wati, Budi", "lanjut")
	turn = c.Hear(struct{}{}, 1, turn.Data, chat.Input{Kind: chat.Text, Text: "Wati, Ahmad", Message: 100, Edited: true})
	if got := held[attendance](t, turn).Came; !slices.Equal(got, []string{"p4", "p7"}) || !strings.Contains(show(turn), "Benar?") {
		t.Errorf("chosen %v, shows %q", got, show(turn))
	}
}

func TestPick(t *testing.T) {
	t.Parallel()
	sure := host()
	sure.Confirm = true
	for _, test := range []struct {
		lines, host, shows string
		confirm            bool
	}{
		{"[Nur Aini]", "p2", "Benar?", false},
		{"[Berikutnya ›]|[Ahmad]", "p4", "Benar?", false},
		{"berikutnya|berikutnya", "", "halaman 3 dari 4", false},
		{"[Warga baru]", "new", "Benar?", false},
		{"warga baru", "new", "Benar?", false},
		{"zain", "p6", "Benar?", false},
		{"bu siti", "", `mencari "bu siti"`, false},
		{"siti|[Siti Rahma]", "p1", "Benar?", false},
		{"siti|[Tampilkan semua]", "", "Di rumah siapa?\nhalaman 1 dari 4", false},
		{"rohani", "", `Kami membaca "rohani", belum ada di daftar.`, false},
		{"rohani|[Warga baru]", "new", `"sought":"rohani"`, false},
		{"lala", "Lala Nurlaila binti Haji Muhammad Saleh: RT 03", "Benar?", false},
		{"zainab", "", "Yang ini?", true},
		{"zainab|ya", "p6", "Benar?", true},
		{"zainab|[Zainab]", "p6", "Benar?", true},
		{"2|ya", "p1", "Benar?", false},
	} {
		q := host()
		if test.confirm {
			q = sure
		}
		turn := chatting(t, New(asking(q)), strings.Split(test.lines, "|")...)
		if got := held[attendance](t, turn).Host; got != test.host || !strings.Contains(show(turn), test.shows) {
			t.Errorf("%q: %s, shows %q", test.lines, got, show(turn))
		}
	}
}

// A button names its option, not its place: an option that came before it meanwhile changes nothing.
func TestPickButtonsNameTheirOption(t *testing.T) {
	t.Parallel()
	all := people()[:3]
	code := "a code that is much too long for a button"
	all[0].Value = code
	q := host()
	q.Options = func(struct{}, *attendance) []Option { return all }
	c := New(asking(q))
	turn := c.Open(struct{}{}, 1, chat.Input{Kind: chat.Command})
	data := dataOf(t, turn, "Siti Aminah")
	all = slices.Concat([]Option{{Value: "another code that is too long for a button", Label: "Aisyah"}}, all)
	turn = c.Hear(struct{}{}, 1, turn.Data, chat.Input{Kind: chat.Tapped, Query: "q", Data: data})
	if got := held[attendance](t, turn).Host; got != code {
		t.Errorf("chose %q", got)
	}
}

func TestPin(t *testing.T) {
	t.Parallel()
	c := New(asking(Pin[struct{}, attendance]{
		Head: whoHead{Step: "place", Label: "Lokasi", Optional: true, Ask: asks("Di mana rumahnya?")},
		Get:  func(a *attendance) *string { return &a.Place },
	}))
	turn := c.Open(struct{}{}, 1, chat.Input{Kind: chat.Command})
	keys := turn.Replies[0].Keyboard
	if keys == nil || !keys.Rows[0][0].Location {
		t.Fatalf("no button that sends a place: %+v", turn.Replies)
	}
	if told := c.Hear(struct{}{}, 1, turn.Data, say("dekat masjid")); !strings.Contains(show(told), "Tekan Kirim lokasi") {
		t.Errorf("shows %q", show(told))
	}
	empty := c.Hear(struct{}{}, 1, turn.Data, chat.Input{Kind: chat.Location, Location: &chat.Pin{}})
	if held[attendance](t, empty).Place != "" {
		t.Errorf("took a place that is none")
	}
	skipped := c.Hear(struct{}{}, 1, turn.Data, say("lewati"))
	if !strings.Contains(show(skipped), "Benar?") {
		t.Errorf("shows %q", show(skipped))
	}
	turn = c.Hear(struct{}{}, 1, turn.Data, chat.Input{Kind: chat.Location, Location: &chat.Pin{Latitude: -8.7432149, Longitude: 116.9}})
	if got := held[attendance](t, turn).Place; got != "-8.74321,116.90000" || !strings.Contains(show(turn), "Benar?") {
		t.Errorf("stored %q, shows %q", got, show(turn))
	}
}

// Pieces never lose letters, whatever is typed.
func FuzzPieces(f *testing.F) {
	for _, s := range []string{"Siti, Aminah dan Pak Budi", "1. Wati\n2) Budi", "3 5 7", "-", "dan", "\xff,", "1.", "• a & b"} {
		f.Add(s)
	}
	options := people()
	f.Fuzz(func(t *testing.T, words string) {
		for _, p := range pieces(words) {
			if strings.TrimSpace(p) == "" {
				t.Errorf("%q has an empty piece", words)
			}
			if found, _ := came().find(p, options); slices.ContainsFunc(found, func(i int) bool { return i < 0 || i >= len(options) }) {
				t.Errorf("%q finds %v", p, found)
			}
		}
		turn := New(asking(came())).Open(struct{}{}, 1, chat.Input{Kind: chat.Text, Text: words})
		codes := held[attendance](t, turn).Came
		for _, c := range codes {
			if !slices.ContainsFunc(options, func(o Option) bool { return o.Value == c }) {
				t.Errorf("%q chose %q", words, c)
			}
		}
	})
}
