package office

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Access log: who saw what of a resident. Looks is its private command and deep link: "akses_131".
const Looks = "akses"

// looksDays is how far the list of people goes back, looksShown how many entries a list shows.
const (
	looksDays  = 30
	looksShown = 40
)

// openLooks shows administrators who looked at one resident, or how much each person looked lately.
func (d *desk) openLooks(args string) error {
	words := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(args)), "no.")
	n, err := strconv.ParseUint(words, 10, 64)
	r, ok := d.tx.Report(n)
	switch {
	case !d.access.Admin:
		d.say("Catatan akses untuk administrator grup Dinsos.")
	case words == "":
		d.say(d.lookers())
	case err != nil || !ok:
		d.say("Laporan itu tidak ditemukan.\nMisalnya: /akses 0131")
	default:
		d.say(d.looksAt(r))
	}
	return nil
}

// looksAt lists who looked at the resident of a report, the latest first.
func (d *desk) looksAt(r storage.Report) string {
	all := d.tx.Looks(r.Number)
	lines := []string{"📒 <b>Akses No. " + number(r.Number) + "</b> · " + chat.Escape(d.Region.FullName(r.Village))}
	if len(all) == 0 {
		return lines[0] + "\nBelum ada petugas yang membukanya."
	}
	slices.Reverse(all)
	for _, l := range all[:min(len(all), looksShown)] {
		at := l.At.In(region.WITA)
		lines = append(lines, text.ShortDate(at)+", "+at.Format("15.04")+" · "+chat.Escape(d.looker(l.By))+" · "+lookLabel(l.What))
	}
	if more := len(all) - looksShown; more > 0 {
		lines = append(lines, "… dan "+strconv.Itoa(more)+" lagi")
	}
	return strings.Join(lines, "\n")
}

// lookers counts what each person saw lately, most first.
func (d *desk) lookers() string {
	type tally struct {
		kinds map[string]int
		all   int
		cases map[uint64]bool
	}
	people := map[int64]*tally{}
	for _, l := range d.tx.LooksSince(d.now.AddDate(0, 0, -looksDays)) {
		t := people[l.By]
		if t == nil {
			t = &tally{kinds: map[string]int{}, cases: map[uint64]bool{}}
			people[l.By] = t
		}
		t.kinds[l.What]++
		t.cases[l.Case] = true
		t.all++
	}
	lines := []string{"📒 <b>Akses data warga, " + strconv.Itoa(looksDays) + " hari terakhir</b>"}
	if len(people) == 0 {
		return lines[0] + "\nBelum ada yang membuka data warga."
	}
	order := slices.SortedFunc(maps.Keys(people), func(a, b int64) int {
		return cmp.Or(people[b].all-people[a].all, cmp.Compare(a, b))
	})
	for _, id := range order[:min(len(order), looksShown)] {
		t := people[id]
		var kinds []string
		for _, k := range looksInOrder() {
			if n := t.kinds[k.code]; n > 0 {
				kinds = append(kinds, k.label+" "+strconv.Itoa(n))
			}
		}
		lines = append(lines, chat.Escape(d.looker(id))+": "+strconv.Itoa(len(t.cases))+" warga ("+strings.Join(kinds, ", ")+")")
	}
	return strings.Join(append(lines, "<i>Satu warga: /akses 0131</i>"), "\n")
}

// looker is how somebody who looked is called: of staff as the messenger shows them, of members by name.
func (d *desk) looker(user int64) string {
	if m, ok := d.tx.Member(user); ok {
		return d.tx.Unseal(m.Name, "name")
	}
	return nameOf(d.tx, user)
}

// look kinds, those that show most first.
type lookKind struct{ code, label string }

func looksInOrder() []lookKind {
	return []lookKind{
		{storage.LookNIK, "NIK"}, {storage.LookCopy, "salinan"}, {storage.LookPage, "rincian"}, {storage.LookAlike, "mirip"}, {storage.LookSearch, "pencarian"},
	}
}

func lookLabel(what string) string {
	for _, k := range looksInOrder() {
		if k.code == what {
			return k.label
		}
	}
	return what
}
