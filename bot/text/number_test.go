package text

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Every row on money of the table the house keeps (numbers and money as people type them).
func TestParseMoney(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]int64{
		"Rp. 400 ribu": {400000}, "400rb": {400000}, "400 K": {400000}, "400rb.": {400000},
		"15.000": {15000}, "15,000": {15000}, "1.250.000,-": {1250000}, "1.250.000": {1250000},
		"15.5rb": {15500}, "15,5rb": {15500}, "1.5jt": {1500000}, "1,5 juta": {1500000},
		"lima puluh ribu": {50000}, "setengah juta": {500000}, "satu setengah juta": {1500000},
		"2 juta 500 ribu": {2500000}, "sejuta": {1000000}, "seratus ribu rupiah": {100000},
		"1.500rb": {1500000, 1500}, "1.25": {1250, 1250000}, "50": {50, 50000}, "Rp 20": {20, 20000},
		"3M": {3000000, 3000000000}, "500": {500, 500000}, "1000": {1000}, "IDR 33.000": {33000},
		"0": nil, "": nil, "banyak": nil, "-500": nil, "9999999999999": nil, "1.2.3": nil, "ribu": nil,
		"12.34.567": nil, "dua dua": nil, "ribu juta": nil,
	} {
		r := ParseMoney(in)
		got := r.Ask
		if r.Sure() {
			got = []int64{r.Value}
		}
		if !slices.Equal(got, want) || (want == nil) != (r.Why != "") {
			t.Errorf("ParseMoney(%q) = %+v, want %v", in, r, want)
		}
	}
}

func TestMoneyPrintsAndReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Int64Range(1000, maxMoney).Draw(t, "rupiah")
		if r := ParseMoney(Rupiah(v)); !r.Sure() || r.Value != v {
			t.Fatalf("%s read as %+v", Rupiah(v), r)
		}
	})
}

// The examples may not be committed; where they lie beside the checkout they are held to.
func TestDucklingExamples(t *testing.T) {
	t.Parallel()
	f, err := os.Open("../../../shared/reference/data/duckling_id.jsonl")
	if err != nil {
		t.Skip("no examples beside this checkout")
	}
	defer f.Close()
	n := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var x struct {
			Text, Dim string
			Value     *float64
			InScope   bool `json:"in_scope"`
			Note      *string
		}
		if err := json.Unmarshal(lines.Bytes(), &x); err != nil {
			t.Fatal(err)
		}
		if !x.InScope {
			continue
		}
		n++
		r := ParseNumber(x.Text)
		if x.Dim == "money" {
			r = each(ParseMoney(x.Text), func(v int64) Milli { return Milli(v) * 1000 })
		}
		want := Milli(*x.Value * 1000)
		asks := x.Note != nil && (strings.Contains(*x.Note, "ask") || strings.HasPrefix(*x.Note, "as "))
		if asks && !slices.Contains(r.Ask, want) || !asks && (!r.Sure() || r.Value != want) {
			t.Errorf("%q (%s) = %+v, want %v, to be asked: %v", x.Text, x.Dim, r, want, asks)
		}
	}
	if n < 50 {
		t.Errorf("only %d examples were in scope", n)
	}
}

func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"", "Rp1.250.000", "1,5 juta", "1.500rb", "setengah", "½ juta", "3M", "ke-4", "..,,", "99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := ParseMoney(s)
		for _, v := range append(r.Ask, r.Value) {
			if v < 0 || len(r.Ask) == 1 {
				t.Fatalf("%q = %+v", s, r)
			}
		}
		if r.Sure() && (r.Value < 1000 || r.Value > maxMoney) {
			t.Fatalf("%q is surely %d", s, r.Value)
		}
		ParseNumber(s)
	})
}
