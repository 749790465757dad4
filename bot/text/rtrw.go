package text

import (
	"fmt"
	"regexp"
	"strings"
)

// Block is where in a village a house stands: RT and RW in two digits, "" when not given, and the
// words around them ("dusun longa").
type Block struct{ RT, RW, Rest string }

// RTRW prints "RT 03/RW 02", one of them alone when the other is not known.
func RTRW(rt, rw string) string {
	switch {
	case rt == "" && rw == "":
		return ""
	case rw == "":
		return "RT " + rt
	case rt == "":
		return "RW " + rw
	}
	return "RT " + rt + "/RW " + rw
}

var (
	rtAndRW = regexp.MustCompile(`(?i)(^|[^\pL])rt\s*[/\-.]?\s*rw[\s.:]*(\d{1,3})\s*[/\-, ]\s*(\d{1,3})([^\d]|$)`)
	rtSlash = regexp.MustCompile(`(?i)(^|[^\pL])rt[\s.:]*(\d{1,3})\s*/\s*(\d{1,3})([^\d]|$)`)
	onlyRT  = regexp.MustCompile(`(?i)(^|[^\pL])rt[\s.:\-]*(\d{1,3})([^\d]|$)`)
	onlyRW  = regexp.MustCompile(`(?i)(^|[^\pL])rw[\s.:\-]*(\d{1,3})([^\d]|$)`)
	slashed = regexp.MustCompile(`(^|[\s,])(\d{1,3})\s*/\s*(\d{1,3})([\s,.]|$)`)
)

// ParseRT finds RT and RW in words: "RT 03/RW 02", "rt3 rw2", "03/02", "rt 03 dusun longa".
func ParseRT(s string) Block {
	s = " " + strings.Join(strings.Fields(clipBytes(s)), " ") + " "
	var b Block
	for _, both := range []*regexp.Regexp{rtAndRW, rtSlash, slashed} {
		if m := both.FindStringSubmatchIndex(s); m != nil {
			b.RT, b.RW = block(s[m[4]:m[5]]), block(s[m[6]:m[7]])
			b.Rest = around(s[:m[4]], s[m[7]:])
			return b
		}
		if both == rtSlash && (onlyRT.MatchString(s) || onlyRW.MatchString(s)) {
			break
		}
	}
	b.RT, s = takeBlock(onlyRT, s)
	b.RW, s = takeBlock(onlyRW, s)
	b.Rest = around(s, "")
	return b
}

func takeBlock(what *regexp.Regexp, s string) (string, string) {
	m := what.FindStringSubmatchIndex(s)
	if m == nil {
		return "", s
	}
	return block(s[m[4]:m[5]]), s[:m[3]] + " " + s[m[5]:]
}

// block prints a number in two digits; "" for none ("000").
func block(digits string) string {
	if number(digits) == 0 {
		return ""
	}
	return fmt.Sprintf("%02d", number(digits))
}

var rtrwTail = regexp.MustCompile(`(?i)(^|[^\pL])(rt|rw)[\s./:\-]*(rw)?[\s.:]*$`)

// emptied is what stays of ", RT 03/RW 01, " without its numbers.
var emptied = regexp.MustCompile(`[\s/]*,[\s/,]*`)

// around joins what stands before and behind, without the marks between.
func around(before, after string) string {
	const marks = " ,./-;:"
	if m := rtrwTail.FindStringSubmatchIndex(before); m != nil {
		before = before[:m[3]]
	}
	before, after = strings.Trim(before, marks), strings.Trim(after, marks)
	joined := strings.Join(strings.Fields(before+" "+after), " ")
	return strings.Trim(emptied.ReplaceAllString(joined, ", "), marks)
}
