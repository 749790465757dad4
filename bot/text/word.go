package text

import (
	"strings"
	"unicode"
)

// Fold makes typed words comparable: lower case, letters and digits only, single spaces.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.ToValidUTF8(s, " ")) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case r == '\'' || r == '’' || r == '`':
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Phone makes one form of an Indonesian mobile number: "0812-…" becomes "+62812…"; "" when it is none.
func Phone(s string) string {
	var digits []rune
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits = append(digits, r)
		}
	}
	d := string(digits)
	switch {
	case strings.HasPrefix(d, "62"):
	case strings.HasPrefix(d, "0"):
		d = "62" + d[1:]
	default:
		return ""
	}
	if len(d) < 10 || len(d) > 15 {
		return ""
	}
	return "+" + d
}

// Clean makes free text storable: control signs out, line breaks and single spaces kept, ends trimmed.
func Clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.TrimSpace(s)
}

// HasLetter reports whether s holds any letter: a name made of emoji is none.
func HasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }
