package flows

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
)

var (
	// leadIn are words before a name that tell what the message is about.
	leadIn = regexp.MustCompile(`(?i)^\s*(?:(?:saya\s+)?(?:mau\s+)?(?:lapor(?:kan)?|catat|tambah|data(?:kan)?|usul(?:kan)?|ada)\s+)?(?:(?:warga|keluarga)\s*(?:baru|miskin|kurang mampu|yang perlu dibantu|perlu dibantu|pemerlu)?\b[\s:,]*)?(?:(?:atas\s+)?nama(?:nya)?\s*:?\s+)?`)
	namely = regexp.MustCompile(`(?i)^(?:namanya|nama|bernama|atas nama)\s*:?\s+`)
)

// readHead reads the name of the head of a household.
func readHead(_ Env, _ *family, words string) flow.Reading[string] {
	name := strings.Trim(namely.ReplaceAllString(leadIn.ReplaceAllString(words, ""), ""), " ,;.:-")
	got := text.ParsePersonName(name)
	if !got.Sure() || !nameLetters.MatchString(got.Value) || len(strings.Fields(got.Value)) > 8 {
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum seperti nama. Misalnya: Siti Aminah")
	}
	return flow.Sure(got.Value)
}

// readInitials keeps the first letters, whatever was written.
func readInitials(_ Env, _ *family, words string) flow.Reading[string] {
	short := initialsOf(words)
	if short == "" {
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum ada hurufnya. Misalnya: S. A.")
	}
	return flow.Sure(short)
}

// initialsOf reads "s.a.", "SA" and "siti aminah" as "S. A.".
func initialsOf(words string) string {
	fields := strings.Fields(text.Fold(words))
	if len(fields) == 1 && len([]rune(fields[0])) <= 3 { // "SA"
		fields = strings.Split(fields[0], "")
	}
	var out []string
	for _, f := range fields[:min(len(fields), 4)] {
		if r := []rune(f)[:1]; text.HasLetter(string(r)) {
			out = append(out, strings.ToUpper(string(r))+".")
		}
	}
	return strings.Join(out, " ")
}

var negative = regexp.MustCompile(`^\s*[-–−]\d`)

func readPersons(_ Env, _ *family, words string) flow.Reading[int] {
	got := text.ParseCount(words, 1, maxPersons)
	switch {
	case got.Sure() && !negative.MatchString(words):
		return flow.Sure(got.Value)
	case alone.MatchString(words):
		return flow.Sure(1)
	case got.Why == text.TooLarge:
		return flow.Not[int]("Kami membaca " + flow.Quote(words) + ", terlalu banyak untuk satu rumah. Misalnya: 4")
	}
	return flow.Not[int]("Kami membaca " + flow.Quote(words) + ", belum ada jumlah jiwanya. Misalnya: 4")
}

// readCategories asks which of several a word means.
func readCategories(words string) flow.Reading[[]string] {
	found := welfare.Find(words)
	switch len(found) {
	case 0:
		return flow.Reading[[]string]{}
	case 1:
		return flow.Sure([]string{strconv.Itoa(found[0].No)})
	}
	var offers []flow.Offer[[]string]
	for _, c := range found[:min(len(found), 6)] {
		offers = append(offers, flow.Offer[[]string]{Label: categoryLabel(c), Words: append([]string{c.Short}, c.Words...), Value: []string{strconv.Itoa(c.No)}})
	}
	return flow.Ask("Yang mana?", offers...)
}

func readNeed(_ Env, t *family, words string) flow.Reading[string] {
	return readTerm(welfare.Needs(), words, &t.NeedNote, "Mana yang paling dibutuhkan?")
}

// readWork takes the first work that is named; a side job stays in the note.
func readWork(_ Env, t *family, words string) flow.Reading[string] {
	fields := strings.Fields(words)
	for n := 1; n < len(fields); n++ {
		first := welfare.FindTerms(welfare.Works(), strings.Join(fields[:n], " "))
		next := welfare.FindTerms(welfare.Works(), strings.Join(fields[:n+1], " "))
		if own := readOwnWords(Env{}, nil, words); len(first) == 1 && len(next) != 1 && own.Sure {
			t.WorkNote = own.Value
			return flow.Sure(first[0].Code)
		}
	}
	return readTerm(welfare.Works(), words, &t.WorkNote, "Mana pekerjaan utamanya?")
}

// readTerm finds the entry of a list that words name, and keeps in note what they say beside it.
func readTerm(list []welfare.Term, words string, note *string, which string) flow.Reading[string] {
	found := welfare.FindTerms(list, words)
	own := readOwnWords(Env{}, nil, words)
	switch {
	case len(found) == 1 && found[0].Code != otherNeed:
		*note = ""
		if len(strings.Fields(words)) > 2 && own.Sure {
			*note = own.Value
		}
		return flow.Sure(found[0].Code)
	case len(found) == 1:
		return flow.Sure(otherNeed)
	case len(found) > 1:
		var offers []flow.Offer[string]
		for _, f := range found[:min(len(found), 6)] {
			offers = append(offers, flow.Offer[string]{Label: f.Label, Words: f.Words, Value: f.Code})
		}
		return flow.Ask(which, offers...)
	case !own.Sure:
		return flow.Reading[string]{Why: own.Why}
	}
	*note = own.Value
	return flow.Sure(otherNeed)
}

// onward are words that move on and tell nothing.
var onward = map[string]bool{"lanjut": true, "kirim": true, "simpan": true, "terus": true, "sudah": true, "iya": true, "oke": true, "benar": true, "belum": true, "tidak": true, "betul": true}

// readOwnWords takes a few words as they are.
func readOwnWords(_ Env, _ *family, words string) flow.Reading[string] {
	s := strings.Join(strings.Fields(text.Clean(words)), " ")
	switch n := len([]rune(s)); {
	case !text.HasLetter(s) || n < 3 || onward[text.Fold(s)]:
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum jelas maksudnya. Misalnya: kasur")
	case n > 120:
		return flow.Not[string]("Itu " + strconv.Itoa(n) + " huruf; paling banyak 120. Mohon dipendekkan.")
	}
	return flow.Sure(s)
}

// readNIK takes a NIK by the rules of its digits. It is never corrected; what is odd is asked about.
func readNIK(e Env, t *family, words string) flow.Reading[string] {
	got := text.ParseNIK(words, e.Said)
	if why := whyNot("NIK", got); why != "" {
		return flow.Not[string](why)
	}
	doubts := doubtsOf(e, t, got)
	if len(doubts) == 0 {
		return flow.Sure(got.Number)
	}
	return flow.Ask(strings.Join(doubts, " ")+" Sudah dicocokkan dengan KTP?", flow.Offer[string]{
		Label: "Sudah cocok", Words: []string{"ya", "iya", "sudah", "cocok", "benar", "betul"}, Value: got.Number,
	})
}

func readKK(e Env, _ *family, words string) flow.Reading[string] {
	got := text.ParseKK(words, e.Said)
	if why := whyNot("Nomor KK", got); why != "" {
		return flow.Not[string](why)
	}
	return flow.Sure(got.Number)
}

// whyNot tells what keeps digits from being a number of this kind, without showing them.
func whyNot(what string, got text.NIKReading) string {
	const look = " Mohon dilihat lagi di KTP/KK."
	switch got.Why {
	case "":
		return ""
	case text.NIKCount:
		if got.Digits == 0 {
			return "Kami belum menemukan angkanya. " + what + " ada 16 angka."
		}
		return "Kami menghitung " + strconv.Itoa(got.Digits) + " angka, " + what + " ada 16." + look
	case text.NIKLetters:
		return "Ada huruf di antara angkanya; huruf O mungkin angka 0." + look
	case text.NIKSeveral:
		return "Kami menemukan dua nomor. Mohon kirim satu saja, milik kepala keluarga."
	case text.NIKSerial:
		return "Empat angka terakhirnya 0000, padahal nomor urut mulai dari 0001." + look
	}
	return "Angka tanggal di tengah nomor itu tidak ada di kalender." + look
}

// doubtsOf are reasons to look at a NIK once more. It may be right all the same.
func doubtsOf(e Env, t *family, got text.NIKReading) []string {
	var out []string
	switch {
	case slices.Contains(got.Warn, text.NIKTemporary):
		out = append(out, "NIK itu diawali angka 0, seperti nomor sementara.")
	case slices.Contains(got.Warn, text.NIKRegion):
		out = append(out, "NIK itu pertama terdaftar di luar Sumbawa Barat.")
	}
	birth := text.NIKBirth(got.Number, e.Said)
	ages := birth.Ages(e.Said)
	if len(ages) > 0 && slices.Max(ages) > 100 && slices.Min(ages) < 15 {
		out = append(out, "Menurut NIK, umurnya "+strconv.Itoa(slices.Min(ages))+" atau "+strconv.Itoa(slices.Max(ages))+" tahun.")
	}
	if t.Persons != 1 { // otherwise it may be somebody else in the house who is meant
		return out
	}
	for _, c := range t.kinds() {
		if !slices.ContainsFunc(ages, c.FitsAge) {
			out = append(out, "Menurut NIK, umurnya "+strconv.Itoa(slices.Min(ages))+" tahun; "+categoryLabel(c)+" biasanya lain.")
			break
		}
		if c.Women && !birth.Female {
			out = append(out, "NIK itu milik laki-laki.")
			break
		}
	}
	return out
}

// maskedNumber shows of a NIK or No KK what may be shown.
func maskedNumber(n string) string {
	switch n {
	case "":
		return ""
	case noneOfIt:
		return "belum ada"
	}
	return text.MaskNIK(n)
}

// bareNumber is a number, or "" for the answer that there is none.
func bareNumber(n string) string {
	if n == noneOfIt {
		return ""
	}
	return n
}
