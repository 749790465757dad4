package text

import (
	"slices"
	"strings"
	"unicode"
)

// limit keeps every sum far from overflow: a million billion.
const limit = Milli(1e15) * 1000

// ParseNumber reads a number in digits ("1.250", "2,5", "400rb", "½") or words ("dua puluh lima",
// "satu setengah juta"). A lone separator before exactly three digits counts as thousands.
func ParseNumber(s string) Reading[Milli] {
	words := tokens(s)
	if len(words) > 1 && words[0] == "ke" {
		words = words[1:]
	}
	if len(words) == 1 {
		if rest, ok := strings.CutPrefix(words[0], "ke"); ok && rest != "" {
			words[0] = rest
		}
	}
	return numeral(words, false)
}

// tokens cuts typed words at spaces and between digits and letters, in lower case.
func tokens(s string) []string {
	s = strings.ToLower(clipBytes(s))
	s = strings.NewReplacer("½", " ½ ", "¼", " ¼ ", "¾", " ¾ ", "ke-", "ke ", "\u00a0", " ").Replace(s)
	var b strings.Builder
	var before rune
	for _, r := range s {
		if digitish(before) && unicode.IsLetter(r) || unicode.IsLetter(before) && unicode.IsDigit(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		before = r
	}
	var out []string
	for _, w := range strings.Fields(b.String()) {
		out = append(out, unglued(w)...)
	}
	return out
}

// unglued makes two words of "duapuluh" and "limaratus".
func unglued(w string) []string {
	for _, end := range []string{"puluh", "belas", "ratus", "ribu", "juta"} {
		if head, ok := strings.CutSuffix(w, end); ok && head != "" {
			if _, digit := digitWord(head); digit {
				return []string{head, end}
			}
		}
	}
	return []string{w}
}

func digitish(r rune) bool { return r >= '0' && r <= '9' }

func clipBytes(s string) string {
	if len(s) > maxInput {
		s = s[:maxInput]
	}
	return strings.ToValidUTF8(s, " ")
}

func digitWord(w string) (Milli, bool) {
	i := slices.Index([]string{"nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"}, w)
	if w == "kosong" {
		i = 0
	}
	return Milli(max(i, 0)) * 1000, i >= 0
}

// multiple returns what a word multiplies the number before it with.
func multiple(w string) Milli {
	switch strings.TrimSuffix(w, ".") {
	case "rb", "ribu", "rbu", "k":
		return 1e3
	case "jt", "juta", "jta":
		return 1e6
	case "miliar", "milyar", "mlr":
		return 1e9
	}
	return 0
}

// sum adds up the words of one numeral.
type sum struct {
	total, group Milli
	pending      Milli // a digit or literal that puluh, ratus … may still multiply
	has, open    bool  // something was read; pending is set
	last         Milli // the multiple used last: they must fall
}

func (n *sum) close() { n.group, n.pending, n.open = n.group+n.pending, 0, false }

// add takes one word; false when it does not fit.
func (n *sum) add(w string) bool {
	if d, ok := digitWord(w); ok {
		return n.digit(d)
	}
	switch w {
	case "sepuluh":
		return n.plus(10)
	case "sebelas":
		return n.plus(11)
	case "seratus":
		return n.plus(100)
	case "seribu":
		return n.digit(1000) && n.times(1e3)
	case "sejuta":
		return n.digit(1000) && n.times(1e6)
	case "belas":
		return n.scale(1, 10)
	case "puluh":
		return n.scale(10, 0)
	case "ratus":
		return n.scale(100, 0)
	case "setengah", "½", "1/2":
		return n.part(500)
	case "¼", "seperempat", "1/4":
		return n.part(250)
	case "¾", "3/4":
		return n.part(750)
	}
	if m := multiple(w); m > 0 {
		return n.times(m)
	}
	return false
}

func (n *sum) digit(v Milli) bool {
	if n.open {
		return false
	}
	n.pending, n.open, n.has = v, true, true
	return true
}

func (n *sum) plus(v Milli) bool {
	if n.open {
		return false
	}
	n.group, n.has = n.group+v*1000, true
	return true
}

func (n *sum) scale(by, more Milli) bool {
	if !n.open || n.pending%1000 != 0 || n.pending >= 10_000 {
		return false
	}
	n.pending = n.pending*by + more*1000
	n.close()
	return true
}

func (n *sum) part(v Milli) bool {
	if n.open && n.pending%1000 != 0 {
		return false
	}
	n.pending, n.open, n.has = n.pending+v, true, true
	return true
}

func (n *sum) times(m Milli) bool {
	n.close()
	if n.group == 0 || n.last != 0 && m >= n.last || n.group > limit/m {
		return false
	}
	n.total, n.group, n.last = n.total+n.group*m, 0, m
	return n.total < limit
}

func (n *sum) value() Milli { return n.total + n.group + n.pending }

// numeral reads words that are one number and nothing else. quantity says that a lone separator
// before three digits is open to two readings (1.500 kg).
func numeral(words []string, quantity bool) Reading[Milli] {
	if len(words) == 0 {
		return unread[Milli](Unclear)
	}
	if n := len(words); n == 2 && words[1] == "m" {
		return each2(numeral(words[:1], false), 1e6, 1e9)
	}
	readings := []sum{{}}
	for i, w := range words {
		if values, ok := literal(w, i+1 < len(words) && multiple(words[i+1]) > 0, quantity); ok {
			readings = fork(readings, values)
		} else {
			readings = grow(readings, w)
		}
		if len(readings) == 0 || len(readings) > 4 {
			return unread[Milli](Unclear)
		}
	}
	var values []Milli
	for _, n := range readings {
		if n.has && !slices.Contains(values, n.value()) {
			values = append(values, n.value())
		}
	}
	switch len(values) {
	case 0:
		return unread[Milli](Unclear)
	case 1:
		return sure(values[0])
	}
	return ask(values...)
}

func each2(r Reading[Milli], a, b Milli) Reading[Milli] {
	if !r.Sure() || r.Value > limit/b {
		return unread[Milli](Unclear)
	}
	return ask(r.Value*a, r.Value*b)
}

func fork(readings []sum, values []Milli) []sum {
	var out []sum
	for _, v := range values {
		for _, n := range readings {
			if n.digit(v) {
				out = append(out, n)
			}
		}
	}
	return out
}

func grow(readings []sum, w string) []sum {
	var out []sum
	for _, n := range readings {
		if n.add(w) {
			out = append(out, n)
		}
	}
	return out
}

// literal reads digits with separators. It may have two readings; ok is false for other words.
func literal(w string, suffixed, quantity bool) (values []Milli, ok bool) {
	w = strings.TrimRight(w, ".,")
	if w == "" || strings.Trim(w, "0123456789.,") != "" {
		return nil, false
	}
	seps := strings.Count(w, ".") + strings.Count(w, ",")
	i := strings.LastIndexAny(w, ".,")
	if seps == 0 {
		return one(w, "")
	}
	whole, frac := w[:i], w[i+1:]
	switch {
	case seps == 1 && suffixed && len(frac) == 3:
		return two(w, whole, frac)
	case seps == 1 && suffixed:
		return one(whole, frac)
	case seps == 1 && len(frac) == 3 && whole != "" && strings.Trim(whole, "0") != "" && len(whole) <= 3:
		if quantity {
			return two(w, whole, frac)
		}
		return one(whole+frac, "")
	case seps == 1 && w[i] == '.' && strings.Trim(whole, "0") != "" && len(frac) < 3:
		return two(w, whole, frac)
	case seps == 1:
		return one(whole, frac)
	}
	return grouped(w, i, suffixed)
}

// grouped reads "1.250.000" and "1.250.000,50".
func grouped(w string, i int, suffixed bool) ([]Milli, bool) {
	sep := w[strings.IndexAny(w, ".,")]
	whole, frac := w, ""
	if w[i] != sep {
		whole, frac = w[:i], w[i+1:]
	}
	groups := strings.Split(whole, string(sep))
	if suffixed || len(groups[0]) > 3 || groups[0] == "" {
		return nil, true
	}
	for _, g := range groups[1:] {
		if len(g) != 3 || strings.ContainsAny(g, ".,") {
			return nil, true
		}
	}
	return one(strings.Join(groups, ""), frac)
}

// two gives both readings of a lone separator: decimal, and none at all.
func two(w, whole, frac string) ([]Milli, bool) {
	a, _ := one(whole+frac, "")
	b, _ := one(whole, frac)
	return append(a, b...), true
}

func one(whole, frac string) ([]Milli, bool) {
	if len(whole) > 15 || strings.ContainsAny(whole+frac, ".,") {
		return nil, true
	}
	var v Milli
	for _, c := range whole {
		v = v*10 + Milli(c-'0')
	}
	for i := range 3 {
		v *= 10
		if i < len(frac) {
			v += Milli(frac[i] - '0')
		}
	}
	if v > limit {
		return nil, true
	}
	return []Milli{v}, true
}
