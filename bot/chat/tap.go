package chat

import (
	"errors"
	"strings"
)

// MaxData is the length of callback data in bytes that the Bot API allows.
const MaxData = 64

// ErrTap is returned for callback data that no button of ours can carry.
var ErrTap = errors.New("malformed tap")

// Tap is what a button says when it is pressed. To names the room that understands Args.
type Tap struct {
	To   string
	Args []string
}

// NewTap builds a Tap.
func NewTap(to string, args ...string) Tap { return Tap{To: to, Args: args} }

// Data encodes the tap as callback data. It panics over MaxData bytes: that is a mistake in a
// conversation's definition, found by the first transcript that shows the button.
func (t Tap) Data() string {
	parts := make([]string, 0, 1+len(t.Args))
	for _, p := range append([]string{t.To}, t.Args...) {
		parts = append(parts, escapeTap.Replace(p))
	}
	data := strings.Join(parts, ":")
	if len(data) > MaxData {
		panic("a tap of " + t.To + " is over 64 bytes") // without its content, which may be a name
	}
	return data
}

// Arg returns argument i, or "" when there is none.
func (t Tap) Arg(i int) string {
	if i < 0 || i >= len(t.Args) {
		return ""
	}
	return t.Args[i]
}

// ParseTap reads callback data. Data that did not come from Data may still parse: rights are
// checked by whoever acts on it.
func ParseTap(data string) (Tap, error) {
	if data == "" || len(data) > MaxData {
		return Tap{}, ErrTap
	}
	parts := strings.Split(data, ":")
	for i, p := range parts {
		q, ok := unescapeTap(p)
		if !ok {
			return Tap{}, ErrTap
		}
		parts[i] = q
	}
	if parts[0] == "" {
		return Tap{}, ErrTap
	}
	t := Tap{To: parts[0]}
	if len(parts) > 1 {
		t.Args = parts[1:]
	}
	return t, nil
}

var escapeTap = strings.NewReplacer("~", "~0", ":", "~1")

func unescapeTap(p string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		if p[i] != '~' {
			b.WriteByte(p[i])
			continue
		}
		i++
		switch {
		case i < len(p) && p[i] == '0':
			b.WriteByte('~')
		case i < len(p) && p[i] == '1':
			b.WriteByte(':')
		default:
			return "", false
		}
	}
	return b.String(), true
}

// ParseOrder reads "/name@bot args". ok is false when text is no command.
func ParseOrder(text string) (Order, bool) {
	text = strings.TrimSpace(text)
	rest, found := strings.CutPrefix(text, "/")
	if !found {
		return Order{}, false
	}
	head, args := rest, ""
	if i := strings.IndexAny(rest, " \n\t\r\u00a0"); i >= 0 {
		head, args = rest[:i], rest[i:]
	}
	name, to, _ := strings.Cut(head, "@")
	if !commandName(name) {
		return Order{}, false
	}
	return Order{Name: strings.ToLower(name), To: to, Args: strings.TrimSpace(args)}, true
}

func commandName(s string) bool {
	if s == "" || len(s) > 32 {
		return false
	}
	for _, c := range s {
		if c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

var escapeHTML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// Escape makes anything that people wrote harmless inside Reply.Text.
func Escape(s string) string { return escapeHTML.Replace(s) }

var unescapeHTML = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&")

// Plain returns what a reader sees of Reply.Text: tags out, signs back.
func Plain(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '<':
			depth++
		case r == '>' && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return unescapeHTML.Replace(b.String())
}
