package flows

import (
	"strings"
	"testing"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
)

// What one line tells of a household: name | place | persons | categories | need | urgent | note.
func TestGleanHousehold(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"Siti Aminah RT 03 Dusun Longa, 4 jiwa, lansia, butuh sembako": "Siti Aminah|RT 03 Dusun Longa|4|8|groceries||",
		"SITI AMINAH":                               "Siti Aminah||0||||",
		"RT 03 Dusun Longa Siti Aminah 4 orang":     "Siti Aminah|RT 03 Dusun Longa|4||||",
		"bu ratna sakit keras rt 05 butuh bantuan":  "Bu Ratna|RT 05|0||||sakit keras",
		"ada lansia di rt 2 rw 1, Papuk Rahma":      "Papuk Rahma|RT 02/RW 01|0|8|||",
		"Ahmad punya 3 orang anak, yatim":           "Ahmad||0||||punya 3 orang anak",
		"Rahma, tidak mendesak, butuh kasur":        "Rahma||0||other|no|",
		"Amaq Saleh dsn longa, tinggal sendirian":   "Amaq Saleh|Dusun Longa|1||||tinggal sendirian",
		"Nurhayati janda 3 jiwa perlu modal usaha":  "Nurhayati||3|23|capital||",
		"lapor warga baru: Dewi, kdrt, darurat":     "Dewi||0|19||yes|",
		"namanya Zainal odgj butuh berobat segera":  "Zainal||0|9|treatment|yes|",
		"Siti \n RT 01 \n 5 jiwa \n fakir miskin":   "Siti|RT 01|5|24|||",
		"Siti Aminah 4":                             "Siti Aminah||4||||",
		"Siti Aminah, S.Pd, 3":                      "Siti Aminah, S.Pd||3||||",
		"Siti RT 03":                                "Siti|RT 03|0||||",
		"namax inaq saleh, tinggl sendiri":          "Inaq Saleh||0||||tinggl sendiri",
		"anak yatim zainal":                         "Zainal||0||||",
		"Siti, butuh beras dan obat":                "Siti||0||||",
		"Fatma RT 03 tinggal di dusun longa 2 jiwa": "Fatma|RT 03 Tinggal Di Dusun Longa|2||||",
	} {
		var h family
		_, rest, _ := gleanHousehold(monday, &h, "name", words)
		name := readHead(monday, &h, rest)
		got := strings.Join([]string{
			name.Value, h.Place.String(), itoa(h.Persons), strings.Join(h.Categories, ","), h.Need, h.Urgent, h.Note,
		}, "|")
		if got != want {
			t.Errorf("%q\n got %s\nwant %s", words, got, want)
		}
	}
}

func itoa(n int) string { return strings.TrimPrefix(Number(uint64(n)), "000") }

func TestReadPlace(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"rt 3 dsn longa": "RT 03 Dusun Longa", "RT 03/RW 02": "RT 03/RW 02", "di dusun longa": "Dusun Longa", "lingk. Bugis RT 1": "RT 01 Lingkungan Bugis",
		"5": "?", "": "!", "!!": "!", "5207990101700001": "!", "rt 0": "!",
	} {
		got := readAddress(words)
		said := got.Value.String()
		switch {
		case got.Ask != "":
			said = "?"
		case !got.Sure:
			said = "!"
		}
		if said != want {
			t.Errorf("%q is %s, want %s", words, said, want)
		}
	}
}

func TestInitials(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{"siti aminah": "S. A.", "S. A.": "S. A.", "sa": "S. A.", "H. A.": "H. A.", "12": "", "": "", "ć": "Ć."} {
		if got := initialsOf(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

// Doubts about a NIK are asked about; what cannot be one is refused without showing it.
func TestReadNIK(t *testing.T) {
	t.Parallel()
	alone := family{Persons: 1, Categories: []string{"8"}}
	widow := family{Persons: 1, Categories: []string{"23"}}
	for _, c := range []struct {
		who   family
		words string
		want  string
	}{
		{family{}, "5207990101700001", "sure"},
		{family{}, "5204990101700001", "ask"},
		{family{}, "0207990101700001", "ask"},
		{family{}, "52079901017000", "no"},
		{alone, "5207990101500001", "sure"},
		{alone, "5207990101900001", "ask"},
		{widow, "5207990101700001", "ask"},
		{widow, "5207994101700001", "sure"},
		{family{}, "5207990101150001", "ask"},
	} {
		got := readNIK(monday, &c.who, c.words)
		verdict := map[bool]string{true: "sure", false: "no"}[got.Sure]
		if got.Ask != "" {
			verdict = "ask"
		}
		if verdict != c.want || strings.Contains(got.Ask+got.Why, c.words) {
			t.Errorf("%s: %s (%s%s), want %s", c.words, verdict, got.Ask, got.Why, c.want)
		}
	}
}

// Where plain words lead.
func TestAboutResident(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"lapor warga": Household, "ada lansia sakit di rt 2": Household, "Siti RT 03, 4 jiwa": Household, "warga miskin pak amir": Household,
		"pak amir meninggal kemarin": Death, "lapor kematian": Death, "cari siti": SearchResident, "warga": SearchResident, "warga siti": SearchResident,
		"ada nenek2 tdk mampu rt3, butuh sembako": Household, "cari 5207990101700001": SearchResident,
		"beras 20 kg untuk bu siti RT 03 4 jiwa": "", "apakah bu siti rt 03 butuh bantuan?": "", "halo": "", "terima kasih": "", "stok beras": "",
	} {
		if got, _ := AboutResident(chat.Input{Kind: chat.Text, Text: words}); got != want {
			t.Errorf("%q leads to %q, want %q", words, got, want)
		}
	}
}

// Nothing said of a household makes the reader fall over, and no number as long as a NIK stays in
// what it read.
func FuzzGleanHousehold(f *testing.F) {
	for _, s := range []string{"", "Siti Aminah RT 03 Dusun Longa, 4 jiwa, lansia, butuh sembako", "rt rw rt 1/2/3, butuh", "butuh , ,", "anak 3 jiwa anak", "di dusun", "1 jiwa\n2 jiwa", "tidak mendesak mendesak"} {
		f.Add(s, "name")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, words, step string) {
		if text.HasNIK(words) || len(words) > 2000 { // neither gets here
			return
		}
		var h family
		_, rest, _ := gleanHousehold(monday, &h, step, words)
		if got := readHead(monday, &h, rest); got.Sure && (got.Value == "" || text.HasNIK(got.Value)) {
			t.Fatalf("%q gives the name %q", words, got.Value)
		}
		if h.Persons < 0 || h.Persons > maxPersons || text.HasNIK(h.Place.String()) {
			t.Fatalf("%q gives %d at %q", words, h.Persons, h.Place.String())
		}
		for _, c := range h.kinds() {
			if c.No < 1 || c.No > 26 {
				t.Fatalf("%q gives category %d", words, c.No)
			}
		}
	})
}

// A place that was read is read the same from how it is shown.
func FuzzReadPlace(f *testing.F) {
	for _, s := range []string{"", "rt 3 dsn longa", "RT 03/RW 02", "di dusun longa", "rt", "5", "kp. kp. baru", "RT 1 RT 2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, words string) {
		got := readAddress(words)
		if !got.Sure {
			return
		}
		if again := readAddress(got.Value.String()); got.Value.isZero() || got.Value.RT != "" && again.Sure && again.Value.RT != got.Value.RT {
			t.Fatalf("%q is %+v, shown and read again %+v", words, got.Value, again.Value)
		}
	})
}

func FuzzBareDead(f *testing.F) {
	for _, s := range []string{"pak amir rt 02 meninggal kemarin", "innalillahi wa inna ilaihi rajiun, an. Siti", "lapor kematian", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, words string) {
		d := death{Said: words}
		takeDead(monday, &d, otherResident)
		_, rest, _ := gleanDeath(monday, &d, "who", words)
		if len(rest) > 2*len(words)+8 {
			t.Fatalf("%q grew to %q", words, rest)
		}
	})
}

// Consent decides what is kept: without it the name goes, with it the name has to be told.
func TestConsent(t *testing.T) {
	t.Parallel()
	h := family{Name: "Siti Aminah", NIK: "5207990101700001", Pin: "1,2"}
	takeHouseConsent(monday, &h, storage.ConsentNone)
	h.Consent = storage.ConsentNone
	if h.Name != "" || h.NIK != "" || h.Pin != "" || h.called() != "S. A." || !h.bare() {
		t.Errorf("without consent %+v is kept", h)
	}
	takeHouseConsent(monday, &h, storage.ConsentSelf)
	h.Consent = storage.ConsentSelf
	if h.Initial != "" || h.called() != "" {
		t.Errorf("initials stand for a name: %+v", h)
	}
}

var _ flow.Conversation[Env] = householdFound()
