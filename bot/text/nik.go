package text

import (
	"regexp"
	"strings"
)

// longNumber is sixteen digits, as NIK and No KK have, with spaces, dots or dashes between them or not.
var longNumber = regexp.MustCompile(`\d(?:[ .\-]?\d){15}`)

// HasNIK reports whether words hold a number as long as a NIK or No KK.
func HasNIK(s string) bool { return longNumber.MatchString(s) }

// MaskNIK hides the middle of every such number: "5207 •••• •••• ••01" (DOMAIN.md §5).
func MaskNIK(s string) string {
	return longNumber.ReplaceAllStringFunc(s, func(n string) string {
		digits := strings.NewReplacer(" ", "", ".", "", "-", "").Replace(n)
		return digits[:4] + " •••• •••• ••" + digits[14:]
	})
}
