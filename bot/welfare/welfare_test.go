package welfare

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// rollUp is the table of the twelve groups: number, name, categories.
const rollUp = `1,Anak-anak rentan,1;2;3;4;5;6;7
2,Penyandang disabilitas,9
3,Lanjut usia terlantar,8
4,Berpendapatan rendah,11;12;13
5,Korban bencana,21;22
6,Afirmasi khusus,26
7,Warga binaan,15
8,Korban kekerasan,18;19;20
9,Korban NAPZA dan HIV/AIDS,16;17
10,Bermasalah sosial,10;14;25
11,Perempuan rentan,23
12,Fakir miskin,24
`

func TestCategoriesRollUp(t *testing.T) {
	t.Parallel()
	table, err := csv.NewReader(strings.NewReader(rollUp)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var seen []int
	for i, row := range table {
		if g := Groups()[i]; fmt.Sprint(g.No) != row[0] || g.Label != row[1] {
			t.Errorf("group %d is %+v, want %v", i, g, row)
		}
		for no := range strings.SplitSeq(row[2], ";") {
			c := byText(t, no)
			seen = append(seen, c.No)
			if got := RollUp([]int{c.No}); !slices.Equal(got, []int{i + 1}) {
				t.Errorf("category %d rolls up to %v, want %d", c.No, got, i+1)
			}
		}
	}
	slices.Sort(seen)
	for i, c := range Categories() {
		if c.No != i+1 || i >= len(seen) || seen[i] != c.No {
			t.Errorf("category %d is at place %d, the table has %v", c.No, i, seen)
		}
	}
	if len(seen) != 26 || len(Groups()) != 12 {
		t.Errorf("%d categories in %d groups", len(seen), len(Groups()))
	}
	if got := RollUp([]int{24, 8, 2, 1, 99}); !slices.Equal(got, []int{1, 3, 12}) {
		t.Errorf("RollUp = %v", got)
	}
}

func byText(t *testing.T, no string) Category {
	t.Helper()
	var n int
	if _, err := fmt.Sscan(no, &n); err != nil {
		t.Fatal(err)
	}
	c, ok := ByNo(n)
	if !ok {
		t.Fatalf("no category %s", no)
	}
	return c
}

func TestMarksOfCategories(t *testing.T) {
	t.Parallel()
	marks := map[string][]int{}
	for _, c := range Categories() {
		for mark, set := range map[string]bool{"sensitive": c.Sensitive, "child": c.Child, "disability": c.Disability, "women": c.Women, "age": c.MinAge+c.MaxAge > 0} {
			if set {
				marks[mark] = append(marks[mark], c.No)
			}
		}
	}
	want := map[string][]int{
		"sensitive": {3, 6, 10, 14, 15, 16, 17, 18, 19}, "child": {1, 2, 3, 4, 5, 6, 7},
		"disability": {5, 9}, "women": {23}, "age": {1, 2, 3, 4, 5, 6, 7, 8},
	}
	if d := cmp.Diff(want, marks); d != "" {
		t.Error(d)
	}
	old, _ := ByNo(8)
	toddler, _ := ByNo(1)
	if old.FitsAge(59) || !old.FitsAge(60) || !old.FitsAge(103) || !toddler.FitsAge(0) || toddler.FitsAge(6) {
		t.Error("ages do not fit")
	}
}

func TestAbbreviationsFindTheirCategoryOnly(t *testing.T) {
	t.Parallel()
	for no, words := range []string{
		1: "ABT", 2: "AT", 3: "ABH", 4: "AJ", 5: "ADK", 6: "anak korban kekerasan", 7: "AMPK", 8: "LUT", 9: "PD,PACA",
		10: "TS", 11: "GLDG", 12: "PGMS", 13: "pemulung", 14: "minoritas", 15: "BWBLP,BWBLK", 16: "ODHA", 17: "NAPZA",
		18: "trafficking", 19: "KTK", 20: "PMBS", 21: "KBA", 22: "KBS", 23: "PRSE,WRSE", 24: "FM", 25: "KBSP", 26: "KAT",
	} {
		for w := range strings.SplitSeq(words, ",") {
			if w == "" {
				continue
			}
			for _, typed := range []string{w, strings.ToLower(w), " " + w + "."} {
				if got := numbers(Find(typed)); !slices.Equal(got, []int{no}) {
					t.Errorf("Find(%q) = %v, want %d", typed, got, no)
				}
			}
		}
	}
	for _, c := range Categories() {
		if got := numbers(Find(c.Label)); !slices.Equal(got, []int{c.No}) {
			t.Errorf("Find(%q) = %v, want %d", c.Label, got, c.No)
		}
	}
}

func numbers(cs []Category) []int {
	var out []int
	for _, c := range cs {
		out = append(out, c.No)
	}
	return out
}

func TestFindPlainWords(t *testing.T) {
	t.Parallel()
	for words, want := range map[string][]int{
		"lansia":                               {8},
		"lansia telantar":                      {8},
		"Lanjut usia terlantar, hidup sendiri": {8},
		"terlantar":                            {1, 2, 8},
		"anak telantar":                        {2},
		"anak yatim":                           {2, 7},
		"yatim piatu 2 orang":                  {2, 7},
		"odgj":                                 {9},
		"ODGJ dipasung":                        {9},
		"anak tunanetra":                       {5},
		"anak yang cacat":                      {5},
		"balita disabilitas":                   {5},
		"lansia dan disabilitas":               {8, 9},
		"LUT/PD":                               {8, 9},
		"janda miskin":                         {23, 24},
		"korban kekerasan":                     {19},
		"kekerasan":                            {6, 19},
		"gepeng":                               {11, 12},
		"kebakaran":                            {21, 22},
		"banjir pd bulan lalu":                 {21},
		"anak":                                 {2, 7},
		"lansia tinggal dgn anak":              {8},
		"fakir miskin":                         {24},
		"orang dengan HIV":                     {16},
		"mantan napi":                          {15},
		"":                                     nil,
		"sehat":                                nil,
	} {
		if got := numbers(Find(words)); !slices.Equal(got, want) {
			t.Errorf("Find(%q) = %v, want %v", words, got, want)
		}
	}
}

func TestFindTerms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		list  []Term
		words string
		want  string
	}{
		{Aids(), "PKH dan BPNT", "pkh bpnt"},
		{Aids(), "pkh, blt dana desa, kis", "pkh blt_dd pbi_jkn"},
		{Aids(), "kartu KSB Maju, FM 332", "ksb_maju fm332"},
		{Aids(), "Sembako/BPNT", "bpnt"},
		{Aids(), "tidak ada", ""},
		{Needs(), "kursi roda sama beras", "groceries aid_device"},
		{Needs(), "susu bayi", "baby"},
		{Needs(), "bedah rumah", "house_repair"},
		{Needs(), "rumah sakit", "treatment"},
		{Works(), "buruh tani", "farm_labourer"},
		{Works(), "tani", "farmer"},
		{Works(), "tdk kerja", "none"},
		{Works(), "ibu rumah tangga, jualan", "trader housewife"},
		{Disabilities(), "odgj", "mental"},
		{Disabilities(), "tuna netra", "sensory"},
		{Disabilities(), "lumpuh", "physical"},
	} {
		var codes []string
		for _, term := range FindTerms(c.list, c.words) {
			codes = append(codes, term.Code)
		}
		if got := strings.Join(codes, " "); got != c.want {
			t.Errorf("FindTerms(%q) = %q, want %q", c.words, got, c.want)
		}
	}
	if TermLabel(Needs(), "funeral") != "Uang duka" || TermLabel(Needs(), "gone") != "gone" {
		t.Error("labels")
	}
}

func TestTermsFindThemselves(t *testing.T) {
	t.Parallel()
	for _, list := range [][]Term{Aids(), Needs(), Works(), Disabilities()} {
		for _, term := range list {
			if got := FindTerms(list, term.Label); len(got) != 1 || got[0].Code != term.Code {
				t.Errorf("FindTerms(%q) = %v", term.Label, got)
			}
		}
	}
	for _, r := range PSKS() {
		for _, words := range []string{r.Label, r.Short} {
			if got := FindPSKS(words); len(got) != 1 || got[0].No != r.No {
				t.Errorf("FindPSKS(%q) = %v", words, got)
			}
		}
	}
	if len(PSKS()) != 12 || strings.Contains(PSKS()[7].Label, "Keluarga") {
		t.Errorf("PSKS: %v", PSKS())
	}
}

func TestCriteriaFitButtons(t *testing.T) {
	t.Parallel()
	for i, c := range Criteria() {
		if c.No != i || utf8.RuneCountInString(c.Short) > 34 || c.Full == "" {
			t.Errorf("criterion %d: %+v", i, c)
		}
	}
	if len(Criteria()) != 9 {
		t.Errorf("%d criteria", len(Criteria()))
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"", "lansia dan yatim", "LUT/PD", "anak-anak", "\xff", "a,,;b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		found := Find(s)
		if nos := numbers(found); !slices.IsSorted(nos) || len(slices.Compact(nos)) != len(found) {
			t.Fatalf("Find(%q) = %v", s, nos)
		}
		FindTerms(Needs(), s)
		FindPSKS(s)
	})
}
