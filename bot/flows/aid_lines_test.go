package flows

import (
	"strings"
	"testing"
	"time"

	"wksbm/bot/goods"
	"wksbm/storage/region"
)

var monday = Env{
	Now:  time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA),
	Said: time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA),
}

// What volunteers type, and what is understood. "?" is a question back, "!" a reason why not.
func TestReadLines(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"beras 20 kg":                          "Beras 20 kg",
		"beras 20kg,gula2kg":                   "Beras 20 kg · Gula 2 kg",
		"20 kg beras, 2 rak telur":             "Beras 20 kg · Telur 2 rak",
		"beras 20 kg telur 2 rak uang 500rb":   "Beras 20 kg · Telur 2 rak · Uang Rp500.000",
		"BERAS 20 KG\nMIE 2 DUS":               "Beras 20 kg · Mi instan 2 dus",
		"sekarung beras":                       "Beras 1 karung",
		"setengah karung beras":                "Beras 0,5 karung",
		"1/2 karung beras":                     "Beras 0,5 karung",
		"telor 3 piring sama mi 2 dus":         "Telur 3 rak · Mi instan 2 dus",
		"uang 1,5 juta":                        "Uang Rp1.500.000",
		"Rp 250.000":                           "Uang Rp250.000",
		"500rb":                                "Uang Rp500.000",
		"lima puluh ribu rupiah":               "Uang Rp50.000",
		"kasur 3 buah":                         "Kasur 3 buah",
		"beras 5 ons":                          "Beras 5 ons",
		"selimut selusin":                      "Selimut 12 buah",
		"air minum 5 dus dan pakaian 1 karung": "Air minum 5 dus · Pakaian 1 karung",
		"beras":                                "?rice",
		"uang":                                 "?money",
		"beras 20":                             "?",
		"uang 50":                              "?",
		"gula 1.500 kg":                        "?",
		"500.000":                              "?",
		"20 kg":                                "!",
		"bismillah":                            "!",
		"beras 0 kg":                           "!",
	} {
		if got := readAll(words); got != want {
			t.Errorf("%q is read as %q, want %q", words, got, want)
		}
	}
}

func readAll(words string) string {
	var out []string
	for _, p := range readLines(monday, "", words) {
		switch {
		case p.Sure:
			out = append(out, goods.Print(p.Value))
		case p.Thing != "":
			out = append(out, "?"+p.Thing)
		case p.Ask != "":
			out = append(out, "?")
		default:
			out = append(out, "!")
		}
	}
	return strings.Join(out, " · ")
}

// One message may hold the goods, the giver, the purpose and the day.
func TestGleanAid(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]aid{
		"beras 20 kg dari H. Ahmad untuk lansia kemarin":  {Source: "individual_donor", Giver: "H. Ahmad", Purpose: "elderly", Date: "2026-11-22"},
		"kemarin dapat beras 20 kg dari baznas":           {Source: "baznas", Date: "2026-11-22"},
		"beras 20 kg dr hamba allah utk yatim tgl 20":     {Source: "individual_donor", Giver: "Hamba Allah", Purpose: "orphans", Date: "2026-11-20"},
		"beras 20 kg dari PT Maju Bersama, hari ini":      {Source: "company", Giver: "PT Maju Bersama", Date: "2026-11-23"},
		"untuk bencana beras 20 kg dari kas masjid 21/11": {Source: "mosque", Purpose: "disaster", Date: "2026-11-21"},
		"beras 20 kg entah dari mana":                     {},
		"beras 20 kg jumat kemarin":                       {Date: "2026-11-20"},
	} {
		var got aid
		_, rest, _ := gleanAid(monday, &got, "lines", words)
		if got.Source != want.Source || got.Giver != want.Giver || got.Purpose != want.Purpose || got.Date != want.Date {
			t.Errorf("%q gives %+v, want %+v", words, got, want)
		}
		if !strings.HasPrefix(readAll(rest), "Beras 20 kg") {
			t.Errorf("%q leaves %q, read as %q", words, rest, readAll(rest))
		}
	}
}

// FuzzReadLines looks for words that break the reading of goods, or give lines that no ledger takes.
func FuzzReadLines(f *testing.F) {
	for _, s := range []string{"beras 20 kg, telur 2 rak dan uang 500rb", "uang 50", "½ karung", "1.500 kg gula", "kasur 3", "", "\xff,", "salah, beras 10 sampai 15 kg", "bukan 20 tapi 10 kg"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, words string) {
		var a aid
		_, rest, _ := gleanAid(monday, &a, "lines", words)
		for _, p := range readLines(monday, "", rest) {
			if l := p.Value; p.Sure && (l.Item == "" || l.Unit == "" || l.Quantity <= 0) {
				t.Fatalf("%q gives the line %+v", words, l)
			}
			for _, o := range p.Offers {
				if l := o.Value; l.Item == "" || l.Unit == "" || l.Quantity <= 0 {
					t.Fatalf("%q offers the line %+v", words, l)
				}
			}
		}
	})
}

// What is not a list of goods received is asked about or refused with a reason, never half taken.
func TestReadLinesAsksBack(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"beras 20 kg disalurkan ke bu aminah": "!", "sudah dibagikan beras 20 kg": "!", "penyaluran beras 10 kg": "!",
		"50 paket sembako masing-masing isi beras 5kg, gula 1kg": "!", "beras 2 karung @ 25 kg": "!", "beras 10kg x 5": "!", "beras 2 karung (25 kg)": "!",
		"bersa 20 kg":                   "?",
		"🍚 beras 20 kg 🥚 telur 2 rak 🙏": "Beras 20 kg · Telur 2 rak",
		"beras duapuluh kilo":           "Beras 20 kg", "kambing 1 ekor": "Kambing 1 ekor", "seekor sapi": "Sapi 1 ekor",
		"nasi bungkus 100": "Nasi 100 bungkus", "beras sak 2": "Beras 2 karung", "uang 500rb utk korban banjir": "Uang Rp500.000",
		"semen 5 zak": "Semen 5 karung", "uang lima ratus ribu": "Uang Rp500.000",
	} {
		if got := readAll(words); got != want {
			t.Errorf("%q is read as %q, want %q", words, got, want)
		}
	}
}

func TestSoundsLikeAid(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]bool{
		"alhamdulillah tadi ada bantuan beras 2 karung dr pak haji": true, "1/2 karung beras": true, "uang 50": true, "sembako": true,
		"bersa 20 kg": true, "semen 5 zak": true, "kambing 1 ekor": true, "gula 2 kilo 3 ons": true, "beras 20 kg besok": true,
		"dapat uang dari bupati lima ratus ribu": true, "bantuan dari pak camat kemarin: beras 10 kg, mi instan 1 dus": true,
		"halo": false, "terima kasih banyak": false, "kapan dinsos datang?": false, "nomor saya 0812": false, "ada 3 orang sakit": false,
	} {
		if got := SoundsLikeAid(monday, words); got != want {
			t.Errorf("SoundsLikeAid(%q) = %v", words, got)
		}
	}
}

// A name ends where goods, numbers or a day begin.
func TestGleanNames(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]aid{
		"bantuan dari pak camat kemarin: beras 20 kg":                 {Giver: "pak camat", Source: "individual_donor", Date: "2026-11-22"},
		"dapat uang dari bupati lima ratus ribu":                      {Source: "regency"},
		"beras 20 kg dari Hamba Allah untuk umum tanggal 30 november": {Giver: "Hamba Allah", Source: "individual_donor", Purpose: "general"},
		"dari pak camat beras 20 kg":                                  {Giver: "pak camat", Source: "individual_donor"},
		"1/2 karung beras":                                            {},
		"beras 20 kg untuk 12 KK 40 jiwa":                             {Note: "untuk 12 KK 40 jiwa"},
	} {
		var got aid
		_, _, why := gleanAid(monday, &got, "lines", words)
		if got.Source != want.Source || got.Giver != want.Giver || got.Purpose != want.Purpose || got.Date != want.Date || got.Note != want.Note {
			t.Errorf("%q gives %+v, want %+v", words, got, want)
		}
		if wantWhy := strings.Contains(words, "30 november"); wantWhy != (why != "") {
			t.Errorf("%q: said %q", words, why)
		}
	}
}

// What must not be taken for aid received, and lists in other forms.
func TestReadLinesInOtherForms(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"beras 20 kg belum diterima": "!", "tidak jadi terima beras 20 kg": "!", "minta bantuan beras 20 kg": "!", "beras 20 kg hilang": "!",
		"tadi pagi saya beli beras 5 kg": "!", "warga kami perlu beras 50 kg": "!", "bukan 20 tapi 10 kg": "!",
		"1. beras 20 kg\n2. minyak 5 liter\n3. telur 2 rak": "Beras 20 kg · Minyak 5 liter · Telur 2 rak",
		"- beras 20 kg\n- uang Rp 500.000":                  "Beras 20 kg · Uang Rp500.000",
		"beras = 20 kg; uang = 500.000":                     "Beras 20 kg · Uang Rp500.000",
		"minyak tanah 5 liter":                              "Minyak tanah 5 liter",
		"gula pasir 5kg gula merah 2kg":                     "Gula 5 kg · Gula merah 2 kg",
		"beras 1 1/2 kg":                                    "Beras 1,5 kg",
		"minyak 1/2 liter dan gula 1/4 kg":                  "Minyak 0,5 liter · Gula 0,25 kg",
	} {
		if got := readAll(words); got != want {
			t.Errorf("%q is read as %q, want %q", words, got, want)
		}
	}
}

func TestGleanInOtherForms(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]aid{
		"Bantuan: beras 20 kg\nDari: H. Ahmad\nUntuk: lansia\nTanggal: 22 November 2026": {Giver: "H. Ahmad", Source: "individual_donor", Purpose: "elderly", Date: "2026-11-22"},
		"uang 500rb dari Bu Rabu":                                 {Giver: "Bu Rabu", Source: "individual_donor"},
		"beras 20 kg dr BAZNAS KSB tgl 20/11/2026 utk lansia":     {Source: "baznas", Purpose: "elderly", Date: "2026-11-20"},
		"assalamualaikum bu, beras 20 kg dari kabupaten":          {Source: "regency"},
		"uang 500rb dari hamba allah, beras 10 kg dari H. Ahmad":  {},
		"beras 20 kg dari baznas untuk 5 janda":                   {Source: "baznas", Purpose: "general"},
		"10 sepatu, 5 seprei dari baznas":                         {Source: "baznas"},
		"beras 20 kg dari warga RT 02/01":                         {Source: "individual_donor", Giver: "warga RT"},
		"beras 20 kg dari baznas untuk umum minggu ini":           {Source: "baznas", Purpose: "general"},
		"beras 20 kg dari baznas kemarin, minggu 22 november":     {Source: "baznas", Date: "2026-11-22"},
		"beras 20 kg untuk keluarga yang membutuhkan dari baznas": {Source: "baznas"},
		"kemarin beras 3 kg, hari ini gula 2 kg":                  {},
		"beras 1 1/2 kg":                                          {},
	} {
		var got aid
		_, rest, why := gleanAid(monday, &got, "lines", words)
		if got.Source != want.Source || got.Giver != want.Giver || got.Purpose != want.Purpose || got.Date != want.Date {
			t.Errorf("%q gives %+v (%q, %q), want %+v", words, got, rest, why, want)
		}
	}
}

// Whole sentences as they are said: goods | source giver | purpose | day | note.
func TestSentences(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"bantuan dari pak camat kemarin: beras 10 kg, mi instan 1 dus": "Beras 10 kg · Mi instan 1 dus|individual_donor pak camat||2026-11-22|",
		"uang tunai dua juta rupiah dari PT Maju Bersama, CSR":         "Uang Rp2.000.000|company PT Maju Bersama|||",
		"beras jimpitan 12 kg":                                            "Beras 12 kg|household_gift |||",
		"beras 20 kg/gula 5 kg":                                           "Beras 20 kg · Gula 5 kg||||",
		"sembako 10 paket senilai 1 juta dari BAZNAS":                     "Sembako 10 paket|baznas |||senilai 1 juta",
		"berasnya 20 kg sudah kami terima":                                "Beras 20 kg||||",
		"beras 20 kg untuk Bu Siti RT 03 dari H. Ahmad":                   "Beras 20 kg|individual_donor H. Ahmad|||",
		"assalamualaikum buk, tiang dapat beras 10 kilo dari pak haji":    "Beras 10 kg|individual_donor pak haji|||",
		"bantuan PKH cair 600rb untuk 10 org":                             "Uang Rp600.000|central |||untuk 10 org",
		"bantuan beras dari dinas sosial 100kg tgl 12":                    "Beras 100 kg|regency ||2026-11-12|",
		"ada nya kasi uang 200 ribu buat anak yatim, hamba Allah namanya": "Uang Rp200.000|individual_donor Hamba Allah|orphans||",
		"jagung 2 karung ubi 1 karung pisang 3 tandan":                    "Jagung 2 karung · Ubi 1 karung · Pisang 3 tandan||||",
		"beras 50kg dari bumdes senin kemarin":                            "Beras 50 kg|village_fund ||2026-11-16|",
		"uang sejuta setengah":                                            "!||||",
		"uang 1jt500":                                                     "?||||",
		"tikar 4 lembar utk pengajian":                                    "Tikar 4 lembar||||",
	} {
		var a aid
		_, rest, _ := gleanAid(monday, &a, "lines", words)
		got := readAll(rest) + "|" + strings.TrimPrefix(a.Source+" "+a.Giver, " ") + "|" + a.Purpose + "|" + a.Date + "|" + a.Note
		if got != want {
			t.Errorf("%q\n got %s\nwant %s", words, got, want)
		}
		if !SoundsLikeAid(monday, words) {
			t.Errorf("%q is not taken for aid at the menu", words)
		}
	}
}

func TestReceivedOrNot(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"pinjam beras 10 kg": "!", "kembalikan beras 10 kg": "!", "jual beras 10 kg": "!", "beras 10 sampai 15 kg": "!", "beras sudah habis": "!",
		"beras 20 kg disalurkan oleh dinas sosial kpd kami": "Beras 20 kg", "beras 20 kg diserahkan oleh bupati": "Beras 20 kg",
	} {
		var a aid
		_, rest, _ := gleanAid(monday, &a, "lines", words)
		if got := readAll(rest); got != want {
			t.Errorf("%q is read as %q (%+v), want %q", words, got, a, want)
		}
	}
	if SoundsLikeAid(monday, "stok beras berapa") || SoundsLikeAid(monday, "kapan beras 20 kg datang?") {
		t.Error("a question is taken for aid")
	}
}
