package text

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is how many letters a person's name has at most.
const maxName = 80

// maxNames is how many names are read from one message.
const maxNames = 200

var (
	figures   = regexp.MustCompile(`\d{4,}|\d(?:[ .\-]?\d){5,}`)
	asName    = regexp.MustCompile(`(?i)^(?:nama(?:nya)?(?:\s+(?:lengkap|saya|beliau|ibu|bapak))?\s*[:=]|nama(?:nya)?\s+(?:lengkap\s+|saya\s+)?)\s*`)
	listMark  = regexp.MustCompile(`^\s*(?:\(?\d{1,3}\s*[.):]|[\-–*•·])\s*`)
	listInner = regexp.MustCompile(`\s\(?\d{1,3}[.)]\s*`)
	degree    = regexp.MustCompile(`(?i)^(?:[sm]\.\s?[a-z]{1,4}\.?|a\.\s?m\.?\s?d\.?.*|a\.?md\.?.*|sh|se|st|s\.?pd\.?(?:i|sd)?|s\.?ag|s\.?sos|s\.?kom|s\.?kep|s\.?ip|s\.?pt|s\.?hut|skm|sst|mm|mh|m\.?pd|m\.?si|ners?\.?|apt\.?|ph\.?d)$`)
	beside    = regexp.MustCompile(`\s*(?:[;\n\r\t&+/]|(?i:\s(?:dan|serta|sama)\s))\s*`)
)

// ParsePersonName reads the name of one person: 2 to 80 letters, no long number. Its letters are put
// right only when all are capitals, or none is.
func ParsePersonName(s string) Reading[string] {
	s = asName.ReplaceAllString(oneLine(s), "")
	s = strings.Trim(s, " ,;:-")
	switch n := utf8.RuneCountInString(s); {
	case figures.MatchString(s):
		return unread[string](Figures)
	case !HasLetter(s):
		return unread[string](Unclear)
	case letters(s) < 2:
		return unread[string](TooSmall)
	case n > maxName:
		return unread[string](TooLarge)
	}
	return sure(TitleName(s))
}

// oneLine is Clean for what has one line.
func oneLine(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// TitleName writes "SITI AMINAH" and "siti aminah" as "Siti Aminah"; a name in mixed letters stays.
func TitleName(s string) string {
	if s != strings.ToUpper(s) && s != strings.ToLower(s) {
		return s
	}
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		if i > 0 && (w == "bin" || w == "binti") {
			continue
		}
		words[i] = capitals(w)
	}
	return strings.Join(words, " ")
}

// capitals begins a word with a capital, and what follows a mark in it but an apostrophe: "S.Pd", "Nur'aini".
func capitals(w string) string {
	start := true
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			start = r != '\'' && r != '’' && r != '`'
			return r
		}
		if start {
			start = false
			return unicode.ToUpper(r)
		}
		return r
	}, w)
}

// SplitNames cuts "Siti, Aminah dan Pak Budi" or a numbered list into its names. A degree stays with
// the name before it.
func SplitNames(s string) []string {
	if len(s) > maxList {
		s = s[:maxList]
	}
	s = beside.ReplaceAllString(strings.ToValidUTF8(s, " "), "\n")
	s = listInner.ReplaceAllString(" "+s, "\n")
	var out []string
	for _, line := range strings.Split(s, "\n") {
		for i, piece := range strings.Split(line, ",") {
			piece = strings.Trim(oneLine(listMark.ReplaceAllString(piece, "")), " .,:-")
			switch {
			case !HasLetter(piece):
			case i > 0 && len(out) > 0 && degree.MatchString(piece):
				out[len(out)-1] += ", " + piece
			default:
				out = append(out, piece)
			}
		}
	}
	out = out[:min(len(out), maxNames)]
	for i := range out {
		out[i] = Clip(TitleName(out[i]), maxName)
	}
	return out
}

// IsTitle reports whether a word, folded, is a form of address or a title and no part of a name.
func IsTitle(word string) bool {
	return slices.Contains([]string{
		"h", "hj", "haji", "hajah", "hajjah", "pak", "bpk", "bapak", "bp", "bu", "ibu", "ny", "nyonya", "tn", "tuan", "sdr", "sdri", "saudara", "saudari",
		"kak", "kakak", "mas", "mbak", "nenek", "kakek", "papuk", "papin", "om", "tante", "amaq", "amak", "inaq", "inak", "ust", "ustad", "ustadz",
		"ustadzah", "ustazah", "tgh", "kh", "kyai", "kiai", "dr", "drs", "dra", "ir", "prof", "alm", "almh", "almarhum", "almarhumah",
	}, word)
}

// BareName leaves titles, forms of address and degrees out. A name of nothing else stays.
func BareName(s string) string {
	pieces := strings.Split(oneLine(clipBytes(s)), ",")
	name := pieces[0]
	for _, p := range pieces[1:] {
		if p = strings.TrimSpace(p); !degree.MatchString(p) {
			name += " " + p
		}
	}
	var out []string
	for _, w := range strings.Fields(strings.ReplaceAll(name, ".", ". ")) {
		if !IsTitle(Fold(w)) {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return name
	}
	return strings.Join(out, " ")
}

// Initials shortens a name to what a list may show: "Siti Aminah" is "S. A.".
func Initials(name string) string {
	var out []string
	for _, w := range strings.Fields(Fold(BareName(name))) {
		r, _ := utf8.DecodeRuneInString(w)
		if w != "bin" && w != "binti" && unicode.IsLetter(r) {
			out = append(out, string(unicode.ToUpper(r))+".")
		}
	}
	return strings.Join(out, " ")
}
