package office

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/kin"
	"wksbm/bot/text"
	"wksbm/storage"
)

// Search is the command that looks for residents in private.
const Search = "cari"

// foundShown is how many residents the answer to a search shows.
const foundShown = 8

// searchElsewhere answers /cari in the group, where nobody is named.
func (d *desk) searchElsewhere() {
	words := "Mencari warga dibuka di obrolan pribadi dengan bot.\nDi sana tulis /cari dan namanya."
	if d.name() == "" {
		d.say(words)
		return
	}
	d.say(words, []chat.Button{{Label: "Cari", URL: Link(d.name(), Search)}})
}

// askSearch asks whom to look for.
func (d *desk) askSearch() error {
	if !d.private {
		d.searchElsewhere()
		return nil
	}
	d.await(Search)
	d.add("<b>Cari siapa?</b>\n<i>Nama, nomor laporan, NIK atau No. KK; pesan berisi NIK kami hapus</i>")
	return nil
}

// search answers /cari: the residents that words name, of the places that the person sees. What is shown
// of each is noted.
func (d *desk) search(words string) error {
	words = strings.TrimSpace(words)
	if words == "" {
		return d.askSearch()
	}
	if r, ok := d.reportNamed(words); ok {
		return d.showPage(r, "")
	}
	again := []chat.Button{button("Cari lagi", "find")}
	found, long := d.find(words)
	switch {
	case len(found) == 0 && long:
		d.add("Nomor itu belum terdata.\nPesannya kami hapus dari obrolan ini.", again)
		return nil
	case len(found) == 0 && someDigits.MatchString(words): // perhaps a part of a NIK: not said again
		d.add("Nomor itu belum terdata.\nNIK dan No. KK ada 16 angka; nomor laporan paling banyak 7.", again)
		return nil
	case len(found) == 0:
		d.add("Kami membaca \""+chat.Escape(text.Clip(words, 40))+"\", belum ada yang cocok.\nCoba nama lain, misalnya: /cari siti aminah", again)
		return nil
	}
	head := "<b>" + strconv.Itoa(len(found)) + " warga cocok</b>"
	if len(found) > foundShown {
		head += "\nIni " + strconv.Itoa(foundShown) + " yang pertama; tulis lebih lengkap untuk yang lain."
		found = found[:foundShown]
	}
	return d.found(head, found, again)
}

// found shows residents, each with a button that opens the page.
func (d *desk) found(head string, found []storage.Case, again []chat.Button) error {
	lines := []string{head}
	var rows [][]chat.Button
	var row []chat.Button
	for _, c := range found {
		lines = append(lines, "", d.foundLine(c))
		if row = append(row, caseButton("Rincian "+number(c.Number), c.Number, "page")); len(row) == 2 {
			rows, row = append(rows, row), nil
		}
		if err := d.record(c.Village, storage.Looked{Case: c.Number, What: storage.LookSearch}); err != nil {
			return err
		}
	}
	if row != nil {
		rows = append(rows, row)
	}
	d.add(strings.Join(lines, "\n"), append(rows, again)...)
	return nil
}

// foundLine is a resident in a list: the name is not whole, a sensitive case has none.
func (d *desk) foundLine(c storage.Case) string {
	who := maskedName(d.tx.Unseal(c.Name, "name"))
	at := d.homeOf(c) + " · "
	if secret(c) {
		who, at = hushed, ""
	}
	return "<b>" + chat.Escape(who) + "</b> · No. " + number(c.Number) + "\n" + chat.Escape(strings.TrimPrefix(at+d.Region.FullName(c.Village), " · ")) + "\n" + stateLabel(c.State)
}

// maskedName leaves of a name its titles, its first word and the initials of the others: "Hj. Siti A.".
func maskedName(name string) string {
	words, whole := strings.Fields(name), false
	for i, w := range words {
		switch {
		case text.IsTitle(w):
		case whole:
			words[i] = strings.ToUpper(string([]rune(w)[:1])) + "."
		default:
			whole = true
		}
	}
	return text.Clip(strings.Join(words, " "), 40)
}

var (
	reportNo   = regexp.MustCompile(`(?i)^(?:(?:laporan\s*)?(?:no\.?|nomor)\s*|laporan\s*)?(\d{1,7})$`)
	someDigits = regexp.MustCompile(`\d(?:[ .\-]? ?\d){7,}`)
	manyDigits = regexp.MustCompile(`\d(?:[ .\-]? ?\d){11,}`)
)

// reportNamed finds the report whose number words are, where the person may see it.
func (d *desk) reportNamed(words string) (storage.Report, bool) {
	n, err := numberIn(words)
	r, ok := d.tx.Report(n)
	return r, ok && err == nil && d.sees(r.Village)
}

// numberIn reads the number of a report: "131", "0131", "no. 131".
func numberIn(words string) (uint64, error) {
	m := reportNo.FindStringSubmatch(strings.TrimSpace(words))
	if m == nil {
		return 0, errNoNumber
	}
	return strconv.ParseUint(m[1], 10, 64)
}

var errNoNumber = errors.New("words are no number of a report")

// find finds residents by NIK, No KK or name; whoever is no staff does not learn by a NIK that it is of a
// sensitive case. long says that the words held a number like a NIK.
func (d *desk) find(words string) (found []storage.Case, long bool) {
	if manyDigits.MatchString(words) {
		got := text.ParseKK(words, d.now) // digits alone: both kinds are looked for
		if got.Number == "" {
			got = text.ParseNIK(words, d.now)
		}
		all := d.tx.CasesWith(d.tx.Blind(got.Number))
		return slices.DeleteFunc(all, func(c storage.Case) bool { return !d.sees(c.Village) || secret(c) && !d.staff }), true
	}
	var named, alike []storage.Case
	key, parts := kin.Key(words), strings.Fields(text.Fold(words))
	for _, place := range d.Region.Villages(0) {
		if !d.sees(place.Code) {
			continue
		}
		for _, c := range d.tx.Cases(place.Code) {
			if c.Initials || secret(c) { // never found by name
				continue
			}
			switch name := d.tx.Unseal(c.Name, "name"); {
			case name == storage.Erased:
			case holds(name, parts):
				named = append(named, c)
			case kin.KeysAlike(key, kin.Key(name)):
				alike = append(alike, c)
			}
		}
	}
	return append(named, alike...), false
}

// holds says whether each of some words begins a word of a name.
func holds(name string, words []string) bool {
	known := " " + text.Fold(name)
	for _, w := range words {
		if !strings.Contains(known, " "+w) {
			return false
		}
	}
	return len(words) > 0
}
