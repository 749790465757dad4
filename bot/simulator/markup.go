package simulator

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// tags are the HTML tags that the Bot API knows, with the entity each makes.
func tagEntity(name string) string {
	switch name {
	case "b", "strong":
		return "bold"
	case "i", "em":
		return "italic"
	case "u", "ins":
		return "underline"
	case "s", "strike", "del":
		return "strikethrough"
	case "code":
		return "code"
	case "pre":
		return "pre"
	case "a":
		return "text_link"
	case "blockquote":
		return "blockquote"
	case "tg-spoiler", "span":
		return "spoiler"
	}
	return ""
}

// complaint is what the Bot API says about bad HTML, in its own words.
func complaint(format string, args ...any) error { return fmt.Errorf(format, args...) }

type openTag struct {
	name, url string
	start     int // in UTF-16 units
}

// markupReader reads the Bot API's HTML.
type markupReader struct {
	in    string
	pos   int
	out   strings.Builder
	units int
	open  []openTag
	found []Entity
}

// parseHTML returns the text that a reader sees and its entities, or the Bot API's complaint.
func parseHTML(in string) (string, []Entity, error) {
	r := &markupReader{in: in}
	for r.pos < len(in) {
		if err := r.step(); err != nil {
			return "", nil, fmt.Errorf("can't parse entities: %w", err)
		}
	}
	if n := len(r.open); n > 0 {
		return "", nil, fmt.Errorf(`can't parse entities: Can't find end tag corresponding to start tag "%s"`, r.open[n-1].name)
	}
	slices.SortStableFunc(r.found, func(a, b Entity) int {
		if a.Offset != b.Offset {
			return a.Offset - b.Offset
		}
		return b.Length - a.Length
	})
	return trimText(r.out.String(), r.found)
}

func (r *markupReader) step() error {
	switch r.in[r.pos] {
	case '&':
		r.sign()
		return nil
	case '<':
		if strings.HasPrefix(r.in[r.pos:], "</") {
			return r.end()
		}
		return r.start()
	}
	c, size := utf8.DecodeRuneInString(r.in[r.pos:])
	r.write(c)
	r.pos += size
	return nil
}

func (r *markupReader) write(c rune) {
	r.out.WriteRune(c)
	r.units += utf16.RuneLen(c)
}

// sign reads &lt; and the like; what is none of them stays as it is.
func (r *markupReader) sign() {
	semi := strings.IndexByte(r.in[r.pos:], ';')
	if semi > 1 && semi < 10 {
		name := r.in[r.pos : r.pos+semi+1]
		known := slices.Contains([]string{"&lt;", "&gt;", "&amp;", "&quot;"}, name) || name[1] == '#'
		if text := html.UnescapeString(name); known && text != name {
			for _, c := range text {
				r.write(c)
			}
			r.pos += semi + 1
			return
		}
	}
	r.write('&')
	r.pos++
}

func (r *markupReader) start() error {
	at := r.pos
	size := strings.IndexByte(r.in[at:], '>')
	if size < 0 {
		return complaint("Unclosed start tag at byte offset %d", at)
	}
	name, rest, _ := strings.Cut(strings.TrimSpace(r.in[at+1:at+size]), " ")
	name = strings.ToLower(name)
	if name == "span" && !strings.Contains(rest, "tg-spoiler") {
		return complaint(`Tag "span" must have class "tg-spoiler" at byte offset %d`, at)
	}
	if tagEntity(name) == "" {
		return complaint(`Unsupported start tag "%s" at byte offset %d`, name, at)
	}
	tag := openTag{name: name, start: r.units}
	if name == "a" {
		tag.url = href(rest)
	}
	r.open = append(r.open, tag)
	r.pos = at + size + 1
	return nil
}

func href(attributes string) string {
	_, v, ok := strings.Cut(attributes, "href=")
	if !ok || v == "" {
		return ""
	}
	if q := v[0]; q == '"' || q == '\'' {
		v, _, _ = strings.Cut(v[1:], string(q))
	} else {
		v, _, _ = strings.Cut(v, " ")
	}
	return html.UnescapeString(v)
}

func (r *markupReader) end() error {
	at := r.pos
	size := strings.IndexByte(r.in[at:], '>')
	if size < 0 {
		return complaint("Unclosed end tag at byte offset %d", at)
	}
	name := strings.ToLower(strings.TrimSpace(r.in[at+2 : at+size]))
	n := len(r.open)
	if n == 0 {
		return complaint("Unexpected end tag at byte offset %d", at)
	}
	tag := r.open[n-1]
	if name != "" && name != tag.name {
		return complaint(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, at, tag.name, name)
	}
	r.open = r.open[:n-1]
	r.pos = at + size + 1
	if r.units > tag.start && (tag.name != "a" || tag.url != "") {
		r.found = append(r.found, Entity{Type: tagEntity(tag.name), Offset: tag.start, Length: r.units - tag.start, URL: tag.url})
	}
	return nil
}

// trimText drops white space around a text, as Telegram does, and keeps the entities fitting.
func trimText(text string, marks []Entity) (string, []Entity, error) {
	lead := units(text[:len(text)-len(strings.TrimLeftFunc(text, unicode.IsSpace))])
	out := strings.TrimSpace(text)
	if out == text {
		return text, marks, nil
	}
	end := units(out)
	var kept []Entity
	for _, e := range marks {
		from, to := max(e.Offset-lead, 0), min(e.Offset-lead+e.Length, end)
		if to > from {
			e.Offset, e.Length = from, to-from
			kept = append(kept, e)
		}
	}
	return out, kept, nil
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }
