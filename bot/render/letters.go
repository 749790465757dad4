package render

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// printable makes of anything people type what the PDF's font can show. Styled letters become plain
// ones, other scripts "?", pictures and invisible signs vanish; line ends stay. The PDF library panics
// over runes beyond the first plane, so nothing reaches it but what passed here.
func printable(s string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(strings.ToValidUTF8(s, "?")) {
		switch {
		case r == '\n' || inFont(r):
			b.WriteRune(r)
		case r == '\t' || unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			b.WriteString(plainer(r))
		}
	}
	return b.String()
}

// plainer is the nearest thing to a rune that the font has: "?" for a letter it lacks, nothing for a
// picture or control.
func plainer(r rune) string {
	var b strings.Builder
	for _, p := range norm.NFKD.String(string(r)) {
		if inFont(p) {
			b.WriteRune(p)
		}
	}
	if b.Len() == 0 && (unicode.IsLetter(r) || unicode.IsNumber(r)) {
		return "?"
	}
	return b.String()
}

// inFont reports whether Liberation Sans draws a rune: Latin letters with their signs.
func inFont(r rune) bool {
	switch {
	case r >= ' ' && r <= '~', r >= 0xA1 && r <= 0x17F && r != 0xAD && r != 0x149:
		return true
	}
	return strings.ContainsRune("–—‘’‚“”„†‡•…‰′″‹›€™−≈≠≤≥", r)
}

// cleanText takes out what no spreadsheet may hold: bad UTF-8, control signs but line ends, and the
// marks that turn the direction of writing.
func cleanText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.Is(unicode.Cc, r), r == 0xFFFE, r == 0xFFFF, turns(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
}

// turns reports whether a rune changes the direction of writing.
func turns(r rune) bool {
	return r == 0x200E || r == 0x200F || r == 0x61C || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}
