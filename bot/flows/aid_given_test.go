package flows

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

const testVillage region.Code = 5207012001

// village is an archive with one member and a few households of hers.
func village(t testing.TB) *storage.Store {
	s := storagetest.Open(t)
	err := s.Update(context.Background(), func(tx *storage.Tx) error {
		for _, h := range []struct {
			name, rt string
			village  region.Code
		}{
			{"Siti Aminah", "03", testVillage},
			{"Siti Rahma", "05", testVillage},
			{"Amir Hamzah", "01", testVillage},
			{"Jamaludin", "", testVillage},
			{"Halimah", "02", 5207012003},
		} {
			if err := openCase(tx, h.name, h.rt, h.village); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func openCase(tx *storage.Tx, name, rt string, village region.Code) error {
	p, n := tx.NewPerson(), tx.NextReport()
	report := storage.Report{
		Number: n, Kind: storage.HouseholdFound, Village: village, By: 7, Date: storage.DayOf(monday.Now), At: monday.Now,
		Body: storage.EncodeBody(storage.Household{Categories: []int{8}, Persons: 4}),
	}
	if _, err := tx.Record(monday.Now, 7, village, storage.Reported{Report: report}); err != nil {
		return err
	}
	_, err := tx.Record(monday.Now, 7, village, storage.CaseOpened{Case: storage.Case{
		Number: n, Village: village, By: 7, Person: p, Name: tx.Seal(p, "name", name), RT: tx.Seal(p, "rt", rt), Persons: 4,
		Categories: []int{8}, Consent: storage.CaseConsent{By: storage.ConsentSelf, User: 7, At: monday.Now},
	}})
	return err
}

// in shows an environment of the village to do.
func in(t testing.TB, s *storage.Store, do func(Env)) {
	t.Helper()
	err := s.View(func(tx *storage.Tx) error {
		e := monday
		e.Tx, e.Registered = tx, true
		e.Member = storage.Member{User: 7, Village: testVillage, State: storage.Active, Role: storage.Ketua}
		do(e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Who is typed, and whom that means: "=" a household on file, "?" a question back, "!" a reason why not,
// "…" something is missing.
func TestReadRecipients(t *testing.T) {
	t.Parallel()
	in(t, village(t), func(e Env) {
		for words, want := range map[string]string{
			"Bu Siti RT 03, Pak Budi RT 01/RW 02":   "=Siti Aminah RT 03 · Pak Budi RT 01/RW 02",
			"bu siti rt3":                           "=Siti Aminah RT 03",
			"Sitti Aminah":                          "=Siti Aminah RT 03",
			"Bu Siti":                               "?",
			"RT 03":                                 "=Siti Aminah RT 03?",
			"No. 3":                                 "=Amir Hamzah RT 01",
			"0003":                                  "=Amir Hamzah RT 01",
			"0005":                                  "!", // of another village
			"Bu Halimah RT 02":                      "Bu Halimah RT 02",
			"pak amir hamzah":                       "=Amir Hamzah RT 01",
			"Pak Amir Hamzah RT 09":                 "Pak Amir Hamzah RT 09",
			"Djamaluddin RT 04":                     "?",
			"kepada Bu Wati RT 04 dan Bu Ida RT 05": "Bu Wati RT 04 · Bu Ida RT 05",
			"untuk keluarga Pak Darma RT 02/01":     "Pak Darma RT 02/RW 01",
			"1. Bu Wati RT 04\n2. Pak Darma RT 02":  "Bu Wati RT 04 · Pak Darma RT 02",
			"Bu Wati, RT 04":                        "Bu Wati RT 04",
			"Bu Wati RT 04 3 jiwa":                  "Bu Wati RT 04",
			"Bu Wati":                               "…n:Bu Wati",
			"lansia 12 KK 40 jiwa":                  "Lansia 12 KK 40 jiwa",
			"lansia 12 KK, 40 jiwa":                 "Lansia 12 KK 40 jiwa",
			"12 KK lansia":                          "Lansia 12 KK",
			"anak yatim 15 orang":                   "Yatim 15 jiwa",
			"dua belas KK lansia":                   "Lansia 12 KK",
			"korban banjir 7 kk":                    "Bencana 7 KK",
			"12 KK 40 jiwa":                         "?",
			"lansia":                                "…g:elderly",
			"KK 5207990101010001":                   "!",
			"entah":                                 "!",
			"langsung dibagikan karena mendesak":    "!",
			"🙂":                                     "!",
			strings.Repeat("a", 300):                "!",
			"Bu Siti RT 03, lansia 5 KK dan Bu Wati RT 09": "=Siti Aminah RT 03 · Lansia 5 KK · Bu Wati RT 09",
		} {
			if got := readTo(e, words); got != want {
				t.Errorf("%q is read as %q, want %q", words, got, want)
			}
		}
	})
}

func readTo(e Env, words string) string {
	var out []string
	for _, p := range readRecipients(e, "", words) {
		mark := map[bool]string{true: "="}[p.Value.Case != 0]
		switch {
		case p.Sure:
			out = append(out, mark+p.Value.String())
		case p.Thing != "":
			out = append(out, "…"+p.Thing)
		case p.Ask != "" && len(p.Offers) == 1:
			out = append(out, "="+p.Offers[0].Value.String()+"?")
		case p.Ask != "":
			out = append(out, "?")
		default:
			out = append(out, "!")
		}
	}
	return strings.Join(out, " · ")
}

// One message may hold goods, recipients and the day, in either order.
func TestGleanGift(t *testing.T) {
	t.Parallel()
	s := village(t)
	in(t, s, func(e Env) {
		for words, want := range map[string]string{
			"beras 10 kg untuk Bu Siti RT 03 hari ini":                  "Beras 10 kg | Siti Aminah RT 03 | 2026-11-23",
			"salurkan beras 10 kg ke Bu Siti RT 03":                     "Beras 10 kg | Siti Aminah RT 03 | ",
			"sudah dibagi 5 paket sembako":                              "Sembako 5 paket |  | ",
			"untuk Bu Siti RT 03 beras 10 kg dan telur 1 rak kemarin":   "Beras 10 kg, Telur 1 rak | Siti Aminah RT 03 | 2026-11-22",
			"Bu Siti RT 03 dikasih beras 10 kg":                         "Beras 10 kg | Siti Aminah RT 03 | ",
			"untuk lansia 12 KK 40 jiwa 20 kg beras":                    "Beras 20 kg | Lansia 12 KK 40 jiwa | ",
			"diserahkan uang 200rb kepada Pak Amir RT 01":               "Uang Rp200.000 | Amir Hamzah RT 01 | ",
			"beras 5 kg untuk Bu Siti RT 03, Bu Wati RT 04":             "Beras 5 kg | Siti Aminah RT 03, Bu Wati RT 04 | ",
			"beras 5 kg dari BAZNAS dibagikan ke Bu Wati RT 04":         "Beras 5 kg | Bu Wati RT 04 | ",
			"penyaluran beras 5 kg, minyak 2 liter ke yatim 3 KK 21/11": "Beras 5 kg, Minyak 2 liter | Yatim 3 KK | 2026-11-21",
		} {
			var g gift
			_, rest, _ := gleanGift(e, &g, "lines", words)
			var lines []string
			for _, p := range readGift(e, "", rest) {
				lines = append(lines, printGift(p.Value))
			}
			got := strings.Join(lines, ", ") + " | " + recipientList(g.To) + " | " + g.Date
			if got != want {
				t.Errorf("%q gives %q, want %q (%q is left, %q waits)", words, got, want, rest, g.Early)
			}
		}
	})
}

// What is said outside of a conversation opens the one that it is for.
func TestMeant(t *testing.T) {
	t.Parallel()
	in(t, village(t), func(e Env) {
		for words, want := range map[string]string{
			"salurkan beras 10 kg ke Bu Siti RT 03":       AidGiven,
			"sudah dibagi 5 paket sembako":                AidGiven,
			"beras 10 kg untuk Bu Siti RT 03":             AidGiven,
			"bagi beras 5 kg ke Pak Amir RT 01":           AidGiven,
			"beras 10 kg dari BAZNAS untuk lansia":        AidReceived,
			"beras 20 kg":                                 AidReceived,
			"penyaluran beras 20 kg dari dinsos ke kami":  AidReceived,
			"terima kasih bu":                             "",
			"rencana bagi sembako Jumat":                  Activity,
			"mau buat kegiatan posyandu besok":            Activity,
			"kegiatan apa saja yang ada":                  "",
			"kegiatan santunan beras 20 kg":               AidReceived,
			"mau catat mitra karang taruna":               Partner,
			"mitra":                                       "",
			"terima kasih beras 20 kg sudah sampai":       AidReceived,
			"besok mau dibagikan":                         "",
			"kapan beras dibagikan?":                      "",
			"sisa beras berapa, sudah dibagikan ke warga": "",
		} {
			if got := Meant(e, words); got != want {
				t.Errorf("%q is meant for %q, want %q", words, got, want)
			}
		}
	})
}

// The purse is known where only one has the goods, or where the recipients tell it.
func TestPurses(t *testing.T) {
	t.Parallel()
	s := village(t)
	receive(t, s, storage.Line{Item: "rice", Unit: "kg", Earmark: "general", Quantity: 20_000},
		storage.Line{Item: "rice", Unit: "kg", Earmark: "orphans", Quantity: 5000}, storage.Line{Item: "egg", Unit: "tray", Earmark: "elderly", Quantity: 3000})
	in(t, s, func(e Env) {
		for _, c := range []struct {
			line storage.Line
			to   recipient
			want string
		}{
			{storage.Line{Item: "egg", Unit: "tray", Quantity: 1000}, recipient{}, "elderly"},
			{storage.Line{Item: "egg", Unit: "egg", Quantity: 1000}, recipient{}, "general"},
			{storage.Line{Item: "rice", Unit: "kg", Quantity: 1000}, recipient{}, ""},
			{storage.Line{Item: "rice", Unit: "kg", Quantity: 1000}, recipient{Group: "orphans", Families: 2}, "orphans"},
			{storage.Line{Item: "rice", Unit: "kg", Quantity: 1000}, recipient{Group: "sick", Families: 2}, ""},
		} {
			g := gift{Lines: []storage.Line{c.line}, To: []recipient{c.to}}
			settleGift(e, &g)
			if got := g.Lines[0].Earmark; got != c.want {
				t.Errorf("%+v to %+v comes from %q, want %q", c.line, c.to, got, c.want)
			}
		}
	})
}

func receive(t testing.TB, s *storage.Store, lines ...storage.Line) {
	t.Helper()
	err := s.Update(context.Background(), func(tx *storage.Tx) error {
		n := tx.NextReport()
		_, err := tx.Record(monday.Now, 7, testVillage, storage.Reported{Report: storage.Report{
			Number: n, Kind: storage.AidReceived, Village: testVillage, By: 7, Date: storage.DayOf(monday.Now), At: monday.Now,
			Lines: lines, Source: fmt.Sprintf("draft:t%d", n),
		}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What is offered is never more than is left, and no row of the book is mixed with another.
func TestAmountsOffered(t *testing.T) {
	t.Parallel()
	s := village(t)
	receive(t, s, storage.Line{Item: "rice", Unit: "kg", Earmark: "general", Quantity: 7500},
		storage.Line{Item: "rice", Unit: "sack", Earmark: "general", Quantity: 3000}, storage.Line{Item: "money", Unit: "rupiah", Earmark: "sick", Quantity: 60_000_000},
		storage.Line{Item: "other:kain sarung yang panjang sekali namanya ini", Unit: "piece", Earmark: "general", Quantity: 1000})
	in(t, s, func(e Env) {
		var got []string
		for _, o := range stockThings(e) {
			row, ok := stockOf(e, o.Value)
			_, _, offers := giftAmount(e, o.Value)
			for _, a := range offers {
				if ok && (a.Value.Quantity > row.Quantity || a.Value.Item != row.Item || a.Value.Unit != row.Unit || a.Value.Earmark != row.Earmark) {
					t.Errorf("%s offers %+v of %+v", o.Label, a.Value, row)
				}
			}
			got = append(got, fmt.Sprint(o.Label, " ", len(offers)))
			if len(o.Value) > 20 {
				t.Errorf("the button of %q carries %q", o.Label, o.Value)
			}
		}
		want := []string{"Uang Rp60.000 2", "Beras 7,5 kg 2", "Beras 3 karung 2", "Kain sarung yang panjang sekali namanya ini 1 buah 1", "Lainnya 0"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("things and how many amounts they offer (-want +got):\n%s", diff)
		}
	})
}

// FuzzReadRecipients looks for words that break the reading of recipients, or give some that nobody is.
func FuzzReadRecipients(f *testing.F) {
	for _, s := range []string{"Bu Siti RT 03, Pak Amir RT 01/RW 02", "lansia 12 KK 40 jiwa", "12 KK", "No 3", "RT 03", "untuk kepada ke", "\xff,", "dua belas KK dan RT"} {
		f.Add(s)
	}
	s := village(f)
	f.Fuzz(func(t *testing.T, words string) {
		in(t, s, func(e Env) {
			var g gift
			_, rest, _ := gleanGift(e, &g, "lines", words)
			readGift(e, "", rest)
			for _, code := range []string{"", toFind, toOther, toGroup, "g:elderly", "n:Bu Wati"} {
				for _, p := range readRecipients(e, code, words) {
					all := []recipient{}
					for _, o := range p.Offers {
						all = append(all, o.Value)
					}
					if p.Sure {
						all = append(all, p.Value)
					}
					for _, to := range all {
						if to.Families+to.Persons <= 0 || to.Group == "" && to.Name == "" {
							t.Fatalf("%q (%s) gives %+v", words, code, to)
						}
					}
				}
			}
		})
	})
}
