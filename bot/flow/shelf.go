package flow

import (
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"

	"wksbm/bot/chat"
)

// shelf is where a long list of options stands: its page, and the words it is searched for.
type shelf struct {
	Page  int    `json:"page,omitempty"`
	Words string `json:"words,omitempty"`
}

func (r *run[E, T]) shelf() shelf {
	var s shelf
	r.scratch(&s)
	return s
}

// page cuts the present page out of a list and says which of how many it is, from 1.
func (s shelf) page(all []Option, size int) (part []Option, at, of int) {
	of = max(1, (len(all)+size-1)/size)
	at = min(max(s.Page, 0), of-1)
	return all[at*size : min(len(all), (at+1)*size)], at + 1, of
}

// turn opens another page when a value is that of a page button.
func (r *run[E, T]) turn(value string) {
	s := r.shelf()
	if n, err := strconv.Atoi(strings.TrimPrefix(value, "p")); err == nil && n >= 0 {
		s.Page = n
	}
	if value == "all" {
		s = shelf{}
	}
	r.keep(s)
}

// turns are the buttons that lead through the pages and out of a search.
func (r *run[E, T]) turns(s shelf, at, of int) [][]chat.Button {
	var row []chat.Button
	if at > 1 {
		row = append(row, r.own("‹ Sebelumnya", "p"+strconv.Itoa(at-2)))
	}
	if at < of {
		row = append(row, r.own("Berikutnya ›", "p"+strconv.Itoa(at)))
	}
	var rows [][]chat.Button
	if row != nil {
		rows = append(rows, row)
	}
	if s.Words != "" {
		rows = append(rows, []chat.Button{r.own("Tampilkan semua", "all")})
	}
	return rows
}

// note says where the list stands, "" when there is nothing to say.
func (s shelf) note(chosen, at, of int) string {
	var parts []string
	if chosen > 0 {
		parts = append(parts, "Dipilih "+strconv.Itoa(chosen))
	}
	if s.Words != "" {
		parts = append(parts, "mencari "+Quote(s.Words))
	}
	if of > 1 {
		parts = append(parts, "halaman "+strconv.Itoa(at)+" dari "+strconv.Itoa(of))
	}
	return strings.Join(parts, " · ")
}

// headed is a question's own words with a line below them.
func (r *run[E, T]) headed(h Head[E, T], note string) string {
	head := h.Ask(r.env, &r.state.Answers)
	if !strings.Contains(head, "<b>") {
		head = "<b>" + head + "</b>"
	}
	if note != "" {
		head += "\n" + note
	}
	return head
}

var plainCode = regexp.MustCompile(`^[0-9A-Za-z_-]{1,20}$`)

// tag names an option in a tap: by its code, or by a hash of one that is long or a name. Unlike a
// place in the list it cannot come to mean another option when the list changes.
func tag(code string) string {
	if plainCode.MatchString(code) {
		return code
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(code)) // a hash takes everything
	return "#" + strconv.FormatUint(h.Sum64(), 36)
}

func phrases(options []Option) []phrase {
	var out []phrase
	for _, o := range options {
		out = append(out, phrase{o.Label, o.Words})
	}
	return out
}

// forms of address before a name.
var addressing = regexp.MustCompile(`^((bu|buk|ibu|pak|bapak|bpk|kak|mbak|mas|yang) )+`)

// seek finds the options in whose names all the words occur; whole says that they are the name.
func seek(words string, options []Option) (found []int, whole bool) {
	all := phrases(options)
	if found = exact(words, all); len(found) > 0 {
		return found, true
	}
	for _, w := range []string{fold(words), addressing.ReplaceAllString(fold(words), "")} {
		for i, o := range options {
			if holds(fold(o.Label+" "+strings.Join(o.Words, " ")), w) {
				found = append(found, i)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	return found, false
}

// holds says whether each of the words begins a word of a name, or is a good part of one.
func holds(name, words string) bool {
	for _, w := range strings.Fields(words) {
		if !strings.Contains(" "+name, " "+w) && (len(w) < 4 || !strings.Contains(name, w)) {
			return false
		}
	}
	return words != ""
}

// negation turns the meaning of what is named beside it round.
var negation = regexp.MustCompile(`\b(tidak|tdk|gak|ga|nggak|ndak|bukan|belum|blm|kecuali|selain|tanpa|absen|izin|ijin)\b`)

// within finds the options that words name among other words; twins says that some of them have the
// same name. The longest name counts where names lie in one another; nothing is found beside a
// negation that is no part of a name.
func within(words string, options []Option) (found []int, twins bool) {
	rest := " " + fold(words) + " "
	names := map[int]string{}
	for i, o := range options {
		for _, n := range append([]string{o.Label}, o.Words...) {
			if n = fold(n); len(n) > len(names[i]) && strings.Contains(rest, " "+n+" ") {
				names[i] = n
			}
		}
	}
	for i := range options {
		n := names[i]
		inner := n == ""
		for _, other := range names {
			inner = inner || len(other) > len(n) && strings.Contains(" "+other+" ", " "+n+" ")
		}
		if !inner {
			found = append(found, i)
		}
	}
	for _, i := range found {
		twins = twins || !strings.Contains(rest, " "+names[i]+" ")
		rest = strings.ReplaceAll(rest, " "+names[i]+" ", "  ")
	}
	if negation.MatchString(rest) {
		return nil, false
	}
	return found, twins
}
