package chat

import (
	"slices"
	"testing"
)

func TestTapRoundTrip(t *testing.T) {
	t.Parallel()
	for _, tap := range []Tap{
		NewTap("menu"), NewTap("d", "1a", "lines", "3", "rice"), NewTap("o", "a:b~c", ""),
	} {
		got, err := ParseTap(tap.Data())
		if err != nil || got.To != tap.To || !slices.Equal(got.Args, tap.Args) {
			t.Errorf("ParseTap(%q) = %v, %v; want %v", tap.Data(), got, err, tap)
		}
	}
}

func TestParseOrder(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Order{
		"/rekap":                      {Name: "rekap"},
		" /Rekap@Wksbm_Bot  minggu  ": {Name: "rekap", To: "Wksbm_Bot", Args: "minggu"},
		"/start\nabc":                 {Name: "start", Args: "abc"},
	} {
		if got, ok := ParseOrder(text); !ok || got != want {
			t.Errorf("ParseOrder(%q) = %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "rekap", "/", "/é", "// x", "/a-b"} {
		if got, ok := ParseOrder(text); ok {
			t.Errorf("ParseOrder(%q) = %v, want none", text, got)
		}
	}
}

func FuzzParseTap(f *testing.F) {
	for _, s := range []string{"", "menu", "d:1:step:2:v", "~", "a~1b", "::", "o:ok:7"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) {
		tap, err := ParseTap(data)
		if err != nil {
			return
		}
		if tap.Data() != data {
			t.Fatalf("%q parsed and encoded gives %q", data, tap.Data())
		}
	})
}

func FuzzParseOrder(f *testing.F) {
	for _, s := range []string{"", "/", "/start abc", "/rekap@bot minggu", "/\u00e9", "/a@b@c d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		o, ok := ParseOrder(text)
		if ok != (o.Name != "") {
			t.Fatalf("%q: ok %v with name %q", text, ok, o.Name)
		}
	})
}
