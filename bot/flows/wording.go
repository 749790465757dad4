package flows

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"wksbm/bot/flow"
	"wksbm/bot/text"
)

// wording reads free words of at most so many letters: one line, with a letter in it, without a NIK.
// example follows where they cannot be taken.
func wording[T any](most int, example string) func(Env, *T, string) flow.Reading[string] {
	return func(_ Env, _ *T, words string) flow.Reading[string] {
		s := strings.Join(strings.Fields(text.Clean(words)), " ")
		switch n := len([]rune(s)); {
		case !text.HasLetter(s) || n < 2:
			return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum ada kata-katanya. " + example)
		case strings.HasSuffix(s, "?"):
			return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum yakin artinya. " + example)
		case n > most:
			return flow.Not[string]("Tulisan itu " + strconv.Itoa(n) + " huruf; paling banyak " + strconv.Itoa(most) + ". Mohon dipendekkan.")
		case text.HasNIK(s):
			return flow.Not[string]("Ada angka sepanjang NIK di situ. Mohon ditulis tanpa NIK.")
		}
		return flow.Sure(capital(s))
	}
}

// capital begins words with a capital letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// naming reads the name of one person.
func naming[T any](example string) func(Env, *T, string) flow.Reading[string] {
	return func(_ Env, _ *T, words string) flow.Reading[string] {
		got := text.ParsePersonName(words)
		switch {
		case got.Sure() && nameLetters.MatchString(got.Value):
			return flow.Sure(got.Value)
		case got.Why == text.TooLarge:
			return flow.Not[string]("Nama itu terlalu panjang; paling banyak 80 huruf. " + example)
		}
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum seperti nama. " + example)
	}
}

// withLine adds "Label: text" to lines when there is a text. It is not HTML.
func withLine(lines []string, label, words string) []string {
	if words == "" {
		return lines
	}
	return append(lines, label+": "+words)
}
