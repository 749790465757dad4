package flows

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/kin"
	"wksbm/bot/text"
	"wksbm/storage"
)

// newHousehold is the command that records a household; it stands in no menu of Telegram.
const newHousehold = "warga_baru"

// casesOnPage is how many households one page of /warga shows.
const casesOnPage = 6

// The filters of /warga. No search begins with their sign.
const (
	openCases = "=open"
	allCases  = "=all"
)

// casesPage is /warga: the village's households in need, those that are urgent first.
func casesPage() Page {
	return Page{Name: "warga", Command: true, Show: func(e Env, args []string) []chat.Reply {
		filter, at := openCases, 0
		if len(args) > 0 && args[0] == allCases {
			filter = allCases
		}
		if len(args) > 1 {
			at, _ = strconv.Atoi(args[1])
		}
		if len(args) == 1 && !strings.HasPrefix(args[0], "=") && strings.TrimSpace(args[0]) != "" {
			return []chat.Reply{searchCases(e, args[0])}
		}
		return []chat.Reply{listCases(e, filter, at)}
	}}
}

func listCases(e Env, filter string, at int) chat.Reply {
	all := knownCases(e)
	slices.SortStableFunc(all, func(a, b storage.Case) int { return cmp.Or(caseRank(a)-caseRank(b), cmp.Compare(b.Number, a.Number)) })
	shown := all
	if filter == openCases {
		shown = slices.DeleteFunc(slices.Clone(all), func(c storage.Case) bool { return c.State.Ended() })
	}
	if len(all) == 0 {
		return screen("🏠 <b>Belum ada warga yang dicatat.</b>\nYang pertama bisa dicatat sekarang.", newCaseRow(), []chat.Button{tap("Menu", "menu")})
	}
	pages := max(1, (len(shown)+casesOnPage-1)/casesOnPage)
	at = min(max(at, 0), pages-1)
	words := "🏠 <b>Warga " + chat.Escape(e.Region.FullName(e.Member.Village)) + "</b>\n" + countCases(shown, filter)
	if pages > 1 {
		words += " · halaman " + strconv.Itoa(at+1) + " dari " + strconv.Itoa(pages)
	}
	rows := caseRows(e, shown[at*casesOnPage:min(len(shown), (at+1)*casesOnPage)])
	var turn []chat.Button
	if at > 0 {
		turn = append(turn, pageTap("‹ Sebelumnya", "warga", filter, strconv.Itoa(at-1)))
	}
	if at < pages-1 {
		turn = append(turn, pageTap("Berikutnya ›", "warga", filter, strconv.Itoa(at+1)))
	}
	if turn != nil {
		rows = append(rows, turn)
	}
	rows = append(rows, newCaseRow())
	other := pageTap("Yang masih terbuka", "warga", openCases, "0")
	if filter == openCases {
		other = pageTap("Semua ("+strconv.Itoa(len(all))+")", "warga", allCases, "0")
	}
	return screen(words+"\n<i>Mencari: tulis /warga siti, atau /warga rt 03</i>", append(rows, []chat.Button{other, tap("Menu", "menu")})...)
}

// caseRank puts what waits for help first.
func caseRank(c storage.Case) int {
	switch {
	case c.State.Ended():
		return 2
	case c.Urgent:
		return 0
	}
	return 1
}

func countCases(shown []storage.Case, filter string) string {
	urgent := 0
	for _, c := range shown {
		if caseRank(c) == 0 {
			urgent++
		}
	}
	what := strconv.Itoa(len(shown)) + " keluarga"
	if filter == openCases {
		what += " masih perlu dibantu"
	}
	if urgent > 0 {
		what += ", " + strconv.Itoa(urgent) + " mendesak"
	}
	return what
}

func newCaseRow() []chat.Button { return []chat.Button{tap("Catat warga baru", newHousehold)} }

// caseRows are buttons that open cases, a row each.
func caseRows(e Env, cases []storage.Case) [][]chat.Button {
	var rows [][]chat.Button
	for _, c := range cases {
		label := text.Clip(caseName(e, c)+" · "+placeOf(e, c).String(), 44)
		switch {
		case c.State.Ended():
			label += " (" + endedLabel(c.State) + ")"
		case c.Urgent:
			label = "Mendesak: " + label
		}
		rows = append(rows, []chat.Button{caseTap(label, c.Number)})
	}
	return rows
}

// caseName is what a household is called in lists of its own village.
func caseName(e Env, c storage.Case) string {
	name := e.Tx.Unseal(c.Name, "name")
	if c.Sensitive {
		return "Kasus sensitif " + name
	}
	return text.Clip(name, 40)
}

func endedLabel(s storage.CaseState) string {
	switch s {
	case storage.Finished:
		return "mandiri"
	case storage.MovedAway:
		return "pindah"
	case storage.Died:
		return "meninggal"
	case storage.Declined:
		return "belum diterima"
	}
	return "dibatalkan"
}

// searchCases shows the village's households that words name: by number, NIK, place or name.
func searchCases(e Env, words string) chat.Reply {
	found := findCases(e, words)
	others := [][]chat.Button{newCaseRow(), {pageTap("Daftar warga", "warga", openCases, "0"), tap("Menu", "menu")}}
	switch {
	case len(found) == 1:
		return caseCard(e, found[0], "")
	case len(found) == 0 && LongNumber(words):
		return screen("🏠 Nomor itu belum terdata di desa ini, "+e.call()+".\nPesannya kami hapus dari obrolan ini.", others...)
	case len(found) == 0:
		return screen("🏠 Kami membaca "+flow.Quote(words)+", belum ada di daftar warga.\nCoba nama lain atau RT, misalnya: /warga rt 03", others...)
	}
	head := "🏠 <b>" + strconv.Itoa(len(found)) + " keluarga cocok dengan " + flow.Quote(words) + "</b>"
	if more := len(found) - 2*casesOnPage; more > 0 {
		head += "\nIni " + strconv.Itoa(2*casesOnPage) + " yang pertama; tulis lebih lengkap untuk yang lain."
		found = found[:2*casesOnPage]
	}
	return screen(head, append(caseRows(e, found), others...)...)
}

var (
	manyDigits = regexp.MustCompile(`\d(?:[ .\-]? ?\d){11,}`)
	caseNumber = regexp.MustCompile(`(?i)^(?:no\.?|nomor)?\s*(\d{1,7})$`)
)

// LongNumber says whether words hold a number that may be a NIK or No KK, also one that was not
// written whole.
func LongNumber(words string) bool { return manyDigits.MatchString(words) }

// findCases finds cases of the person's own village, open ones first.
func findCases(e Env, words string) []storage.Case {
	if LongNumber(words) {
		got := text.ParseKK(words, e.Said) // digits alone: both kinds are looked for
		if got.Number == "" {
			got = text.ParseNIK(words, e.Said)
		}
		return slices.DeleteFunc(e.Tx.CasesWith(e.Tx.Blind(got.Number)), func(c storage.Case) bool { return c.Village != e.Member.Village })
	}
	if m := caseNumber.FindStringSubmatch(strings.TrimSpace(words)); m != nil {
		n, _ := strconv.ParseUint(m[1], 10, 64)
		if c, ok := villageCase(e, n); ok {
			return []storage.Case{c}
		}
	}
	all := knownCases(e)
	slices.SortStableFunc(all, func(a, b storage.Case) int { return caseRank(a) - caseRank(b) })
	var named, alike []storage.Case
	for _, c := range all {
		switch {
		case matchesCase(e, c, words):
			named = append(named, c)
		case !c.Initials && kin.Alike(words, e.Tx.Unseal(c.Name, "name")):
			alike = append(alike, c)
		}
	}
	if len(named) == 0 {
		return alike
	}
	return named
}

// villageCase returns a case of the person's own village.
func villageCase(e Env, n uint64) (storage.Case, bool) {
	c, ok := e.Tx.Case(n)
	return c, ok && c.Village == e.Member.Village && c.State != storage.Withdrawn && c.Erased.IsZero()
}

// knownCases returns the village's cases, oldest first, without those whose people were erased.
func knownCases(e Env) []storage.Case {
	return slices.DeleteFunc(e.Tx.Cases(e.Member.Village), func(c storage.Case) bool { return !c.Erased.IsZero() })
}

// matchesCase says whether the place that words tell is a case's, and the others begin words of its
// name or place.
func matchesCase(e Env, c storage.Case, words string) bool {
	at, place := text.ParseRT(words), placeOf(e, c)
	if at.RT != "" && at.RT != place.RT || at.RW != "" && at.RW != place.RW {
		return false
	}
	known := " " + text.Fold(e.Tx.Unseal(c.Name, "name")+" "+place.Block)
	rest := strings.Fields(text.Fold(at.Rest))
	named := slices.ContainsFunc(rest, func(w string) bool { return !text.IsTitle(w) })
	for _, w := range rest {
		if (!named || !text.IsTitle(w)) && !strings.Contains(known, " "+w) {
			return false
		}
	}
	return len(rest) > 0 || at.RT != "" || at.RW != ""
}
