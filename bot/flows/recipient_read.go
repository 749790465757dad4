package flows

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/flow"
	"wksbm/bot/text"
)

type toPart = flow.Part[recipient]

var (
	between   = regexp.MustCompile(`\s*(?:[;,\n&+]|\s(?:dan|serta|sama)\s)\s*`)
	toLead    = regexp.MustCompile(`(?i)^\s*((untuk|utk|buat|bagi|kepada|kpd|ke|pada|diberikan|penerima(nya)?|rumah|keluarga|kel\.?|nama(nya)?|warga bernama|yaitu|namanya)\s*:?\s+)+`)
	caseSaid  = regexp.MustCompile(`(?i)^(?:no\.?|nomor|nomer)\s*(\d{1,6})$|^(0\d{3})$`)
	onlyPlace = regexp.MustCompile(`(?i)^(rt|rw|dusun|lingkungan|peliuk)\b`)
	onlyHeads = regexp.MustCompile(`(?i)^\d+\s*(kk|keluarga|jiwa|orang|org)$`)
	headWord  = regexp.MustCompile(`(?i)^(kk|keluarga|kel|jiwa|jw|orang|org)[.,]?$`)
	// noName are words that stand in sentences and in no name.
	noName    = regexp.MustCompile(`(?i)\b(karena|sudah|belum|langsung|banyak|semua|orang2?|orang-orang|yang|yg|akan|dari|ada|tidak|ndak|masing|beberapa|(di|mem)?(bagi|salur)\w*|warga|mereka|tetangga|kami|saya|itu|ini|tadi|keluarga2)\b`)
	placeWord = regexp.MustCompile(`(?i)\b(dusun|lingkungan|peliuk|dsn)\b.*$`)
)

// readRecipients takes "Bu Siti RT 03, Pak Amir RT 01/RW 02" apart. Households of the village come
// before others of the name.
func readRecipients(e Env, code, words string) []toPart {
	if name, ok := strings.CutPrefix(code, "n:"); ok {
		return []toPart{readHome(e, name, words)}
	}
	group := groupOf(code)
	var out []toPart
	for _, piece := range people(words) {
		out = append(out, readRecipient(e, code, group, piece))
	}
	if len(out) == 0 {
		out = append(out, toPart{Words: words})
	}
	return out
}

// groupThing stands for a group whose size is asked for; groupOf reads it.
func groupThing(to recipient) string {
	return strings.TrimRight("g:"+to.Group+"/"+to.RT+"/"+to.RW, "/")
}

func groupOf(code string) recipient {
	words, ok := strings.CutPrefix(code, "g:")
	if !ok {
		return recipient{}
	}
	group, place, _ := strings.Cut(words, "/")
	rt, rw, _ := strings.Cut(place, "/")
	return recipient{Group: group, RT: rt, RW: rw}
}

// people cuts words into one piece for each recipient.
func people(words string) []string {
	var out []string
	for _, p := range between.Split(toLead.ReplaceAllString(text.Clean(words), ""), -1) {
		p = strings.Trim(toLead.ReplaceAllString(numbering.ReplaceAllString(p, ""), ""), " .:-")
		switch n := len(out); {
		case p == "" || n > maxRecipients:
		case n > 0 && (onlyPlace.MatchString(p) && !onlyPlace.MatchString(out[n-1]) || onlyHeads.MatchString(p)):
			out[n-1] += " " + p
		default:
			out = append(out, p)
		}
	}
	return out
}

// readHome takes the RT of a resident whose name is known.
func readHome(e Env, name, words string) toPart {
	b := text.ParseRT(words)
	if n, err := strconv.Atoi(strings.TrimSpace(words)); b.RT == "" && err == nil && n > 0 && n < 1000 {
		b = text.ParseRT("RT " + strconv.Itoa(n))
	}
	if b.RT == "" && b.RW == "" {
		return toPart{Words: words, Reading: flow.Not[recipient]("Kami membaca " + flow.Quote(words) + ", belum ada RT-nya. Misalnya: RT 03")}
	}
	return whoIs(e, toOther, words, name, b, 0)
}

// readRecipient takes one piece: the number of a case, a group with its size, or a name. asked is the
// group whose size is asked for.
func readRecipient(e Env, code string, asked recipient, words string) toPart {
	p := toPart{Words: words}
	if m := caseSaid.FindStringSubmatch(words); m != nil {
		return numberedCase(e, p, m[1]+m[2])
	}
	counts, rest := takeHeads(words)
	b := text.ParseRT(rest)
	name := strings.Trim(placeWord.ReplaceAllString(b.Rest, ""), " ,.-")
	switch r := text.ParseHeads(words); {
	case asked.Group != "" && counts == (text.Heads{}) && r.Asks():
		return sizes(p, asked, r.Ask)
	case asked.Group != "":
		return sized(p, asked, counts)
	}
	kind, isGroup := option(purposes(), name)
	if k, n, ok := leading(purposes(), name+" "); !isGroup && counts != (text.Heads{}) && ok && n > 0 && !titled.MatchString(name) {
		kind, isGroup = k, true
	}
	group := recipient{Group: kind, RT: b.RT, RW: b.RW}
	switch {
	case isGroup:
		return sized(p, group, counts)
	case counts.Families > 0 || counts.Persons > 0 && name == "":
		p.Reading = whichGroup(group, counts)
	case code == toGroup:
		p.Why = "Kami membaca " + flow.Quote(words) + ", belum ada jumlahnya. Misalnya: lansia 12 KK 40 jiwa"
	default:
		return whoIs(e, code, words, name, b, counts.Persons)
	}
	return p
}

// sized gives a group its size, or asks for it.
func sized(p toPart, group recipient, counts text.Heads) toPart {
	if p.Thing = groupThing(group); counts != (text.Heads{}) {
		group.Families, group.Persons = counts.Families, counts.Persons
		p.Thing, p.Reading = "", flow.Sure(group)
	}
	return p
}

// sizes asks whether a bare number counts people or families of a group.
func sizes(p toPart, group recipient, all []text.Heads) toPart {
	var offers []flow.Offer[recipient]
	for _, h := range all {
		group.Families, group.Persons = h.Families, h.Persons
		offers = append(offers, flow.Offer[recipient]{Label: heads(h.Families, h.Persons), Value: group})
	}
	p.Reading = flow.Ask(strings.TrimSpace(p.Words)+" KK atau jiwa?", offers...)
	return p
}

// whichGroup asks who they are that only their number is known of.
func whichGroup(at recipient, counts text.Heads) flow.Reading[recipient] {
	var offers []flow.Offer[recipient]
	for _, o := range purposes() {
		to := recipient{Group: o.Value, RT: at.RT, RW: at.RW, Families: counts.Families, Persons: counts.Persons}
		offers = append(offers, flow.Offer[recipient]{Label: o.Label, Words: o.Words, Value: to})
	}
	return flow.Ask(heads(counts.Families, counts.Persons)+" itu siapa?", offers...)
}

// maxNumeral is how many words a count has: "seratus dua puluh lima".
const maxNumeral = 5

// takeHeads takes counts of families and people out of words.
func takeHeads(words string) (text.Heads, string) {
	fields := strings.Fields(words)
	gone := make([]bool, len(fields))
	var said []string
	for i, w := range fields {
		if !headWord.MatchString(w) {
			continue
		}
		from := i
		for at := max(0, i-maxNumeral); at < i && from == i; at++ {
			if !gone[at] && text.ParseNumber(strings.Join(fields[at:i], " ")).Sure() {
				from = at
			}
		}
		if from > 0 && onlyPlace.MatchString(fields[from-1]) { // "RT 03 keluarga …"
			continue
		}
		if from < i {
			said = append(said, fields[from:i+1]...)
			for j := from; j <= i; j++ {
				gone[j] = true
			}
		}
	}
	counts := text.ParseHeads(strings.Join(said, " "))
	if len(said) == 0 || !counts.Sure() {
		return text.Heads{}, words
	}
	var rest []string
	for i, w := range fields {
		if !gone[i] {
			rest = append(rest, w)
		}
	}
	return counts.Value, strings.Join(rest, " ")
}

func numberedCase(e Env, p toPart, digits string) toPart {
	n, _ := strconv.ParseUint(digits, 10, 64)
	h, ok := householdOf(e, n)
	if !ok || h.State.Ended() {
		p.Why = "Kami membaca " + flow.Quote(p.Words) + ", belum ada keluarga dengan nomor itu di desa ini."
		return p
	}
	p.Reading = flow.Sure(h.recipient())
	return p
}

// maxFound is how many households a question back names.
const maxFound = 8

// whoIs finds whom a name means: one household for sure, one of several, or a resident who is not
// on file.
func whoIs(e Env, code, words, name string, b text.Block, persons int) toPart {
	p := toPart{Words: words}
	if name != "" {
		got := text.ParsePersonName(name)
		if !got.Sure() || len(strings.Fields(name)) > 7 || unclearWords.MatchString(name) || noName.MatchString(name) || longDigits.MatchString(name) {
			p.Why = "Kami membaca " + flow.Quote(words) + ", belum seperti nama. Misalnya: Bu Siti RT 03"
			return p
		}
		name = got.Value
	}
	found := seekHouseholds(e, name, b)
	other := recipient{Name: name, RT: b.RT, RW: b.RW, Families: 1, Persons: max(persons, 1)}
	switch {
	case name == "" && len(found) == 0 && b.RT != "":
		p.Why = "Kami membaca " + flow.Quote(words) + ", belum ada keluarga terdata di sana. Tulis juga namanya, misalnya: Bu Siti RT 03"
	case name == "" && len(found) == 0:
		p.Why = "Kami membaca " + flow.Quote(words) + ", belum seperti nama. Misalnya: Bu Siti RT 03"
	case len(found) == 1 && code != toOther && name != "" && found[0].surely(name) && (b.RT == "" || found[0].rt == b.RT):
		p.Reading = flow.Sure(found[0].recipient())
	case len(found) > 0:
		p.Reading = whichHousehold(found, other)
	case code == toFind:
		p.Reading = flow.Ask("Belum ada di daftar warga. Catat sebagai warga lain?", flow.Offer[recipient]{Label: other.String(), Words: []string{"ya"}, Value: other})
	case b.RT == "" && b.RW == "":
		p.Thing = "n:" + name
	default:
		p.Reading = flow.Sure(other)
	}
	return p
}

// whichHousehold asks which one is meant, if it is any of them.
func whichHousehold(found []household, other recipient) flow.Reading[recipient] {
	var offers []flow.Offer[recipient]
	for _, h := range found[:min(maxFound, len(found))] {
		label := h.recipient().String()
		if slices.ContainsFunc(offers, func(o flow.Offer[recipient]) bool { return o.Label == label }) {
			label += " (No. " + Number(h.Number) + ")"
		}
		offers = append(offers, flow.Offer[recipient]{Label: label, Value: h.recipient()})
	}
	ask := "Yang mana?"
	switch {
	case len(found) > maxFound:
		ask = "Ada " + strconv.Itoa(len(found)) + " keluarga. Yang mana? Boleh ditulis lebih lengkap"
	case len(found) == 1:
		ask = "Sudah terdata. Keluarga yang ini?"
	}
	if other.Name != "" {
		offers = append(offers, flow.Offer[recipient]{Label: "Bukan, warga lain", Words: []string{"bukan", "warga lain", "lain"}, Value: other})
	}
	return flow.Ask(ask, offers...)
}
