package storage_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

// hamlets are the villages in which the ledger machine plays; the first two are neighbours on disk.
var hamlets = []region.Code{5207022011, 5207022012, 5207062004}

// book is the model of the archive: what was reported, what was taken back, who belongs to it.
// Nothing in it is ever subtracted; sums are made afresh from the reports that count.
type book struct {
	reports []storage.Report     // number i+1 at i
	gone    map[uint64]bool      // cancelled reports
	proven  map[uint64]bool      // verified ones
	back    map[uint64]bool      // returned ones
	refused map[uint64]bool      // rejected ones
	changes []storage.Correction // that were asked for; number i+1 at i
	decided map[uint64]storage.CorrectionState
	wishes  []storage.Erasure // number i+1 at i
	rules   map[string]string
	people  map[int64]storage.Member
	invites int
	drafts  int
	days    map[storage.Day]bool // on which something was written
}

func newBook() *book {
	return &book{gone: map[uint64]bool{}, proven: map[uint64]bool{}, back: map[uint64]bool{}, refused: map[uint64]bool{}, people: map[int64]storage.Member{}, decided: map[uint64]storage.CorrectionState{}, rules: map[string]string{}, days: map[storage.Day]bool{}}
}

// page is what a village's part of the archive says, in maps.
type page struct {
	Reports, Members int
	LastReport       storage.Day
	Stock            map[string]storage.Quantity // item|unit|earmark
	Days             map[storage.Day]tally
	Months           map[storage.Month]tally
	Ever             tally // over all days in one look-up
}

// tally is storage.Totals in maps.
type tally struct {
	Reports  int
	Quantity map[string]storage.Quantity // flow|item|unit
	Lines    map[string]int
}

func (t tally) plus(r storage.Report) tally {
	if t.Quantity == nil {
		t.Quantity, t.Lines = map[string]storage.Quantity{}, map[string]int{}
	}
	t.Reports++
	flow := map[string]string{storage.AidReceived: "in|", storage.AidGiven: "out|"}[r.Kind]
	for _, l := range r.Lines {
		t.Quantity[flow+l.Item+"|"+l.Unit] += l.Quantity
		t.Lines[flow+l.Item+"|"+l.Unit]++
	}
	return t
}

// page adds up what the model knows of a village.
func (b *book) page(village region.Code) page {
	p := emptyPage()
	for _, m := range b.people {
		if m.Village == village && m.State == storage.Active {
			p.Members++
		}
	}
	for _, r := range b.reports {
		if r.Village != village || b.out(r.Number) {
			continue
		}
		day := storage.DayOf(r.At)
		p.Reports++
		p.LastReport = max(p.LastReport, day)
		for _, l := range r.Lines {
			key := l.Item + "|" + l.Unit + "|" + l.Earmark
			if r.Kind == storage.AidGiven {
				l.Quantity = -l.Quantity
			}
			if p.Stock[key] += l.Quantity; p.Stock[key] == 0 {
				delete(p.Stock, key)
			}
		}
		p.Days[day] = p.Days[day].plus(r)
		p.Months[day.Month()] = p.Months[day.Month()].plus(r)
		p.Ever = p.Ever.plus(r)
	}
	return p
}

// out says whether a report counts for nothing.
func (b *book) out(n uint64) bool { return b.gone[n] || b.back[n] || b.refused[n] }

// open says whether its reporter may change a report alone.
func (b *book) open(n uint64) bool {
	return n <= uint64(len(b.reports)) && !b.gone[n] && !b.proven[n] && !b.refused[n]
}

func emptyPage() page {
	return page{
		Stock: map[string]storage.Quantity{}, Days: map[storage.Day]tally{}, Months: map[storage.Month]tally{},
	}
}

// pageOf reads a village's page from the archive, on the days on which something happened.
func pageOf(tx *storage.Tx, village region.Code, days map[storage.Day]bool) (page, error) {
	p, v := emptyPage(), tx.Village(village)
	p.Reports, p.Members, p.LastReport = v.Reports, v.Members, v.LastReport
	for _, s := range v.Stock {
		key := s.Item + "|" + s.Unit + "|" + s.Earmark
		if _, twice := p.Stock[key]; twice || s.Quantity == 0 {
			return p, fmt.Errorf("stock of %d has %s twice or empty", village, key)
		}
		p.Stock[key] = s.Quantity
	}
	var err error
	keep := func(t storage.Totals) tally {
		out, wrong := tallyOf(t)
		err = errors.Join(err, wrong)
		return out
	}
	first, last := storage.Day(1<<16-1), storage.Day(0)
	for d := range days {
		first, last = min(first, d), max(last, d)
		if t := keep(tx.Totals(village, d, d)); t.Reports != 0 || t.Quantity != nil {
			p.Days[d] = t
		}
		if t := keep(tx.MonthTotals(village, d.Month())); t.Reports != 0 || t.Quantity != nil {
			p.Months[d.Month()] = t
		}
	}
	p.Ever = keep(tx.Totals(village, first, last))
	return p, errors.Join(err, booksAgree(tx, village, p))
}

// booksAgree holds the village's book to its stock, and both to what the totals received and gave.
func booksAgree(tx *storage.Tx, village region.Code, p page) error {
	lines, moved := map[string]storage.Quantity{}, map[string]storage.Quantity{}
	for _, b := range tx.Book(village, 0, 1<<16-1) {
		for _, l := range b.Lines {
			lines[l.Item+"|"+l.Unit+"|"+l.Earmark] += l.Quantity
			moved[l.Item+"|"+l.Unit] += l.Quantity
		}
	}
	maps.DeleteFunc(lines, func(_ string, q storage.Quantity) bool { return q == 0 })
	if diff := cmp.Diff(p.Stock, lines); diff != "" {
		return fmt.Errorf("book of %d (+) and stock (-) differ:\n%s", village, diff)
	}
	for key, q := range moved {
		if had := p.Ever.Quantity["in|"+key] - p.Ever.Quantity["out|"+key]; had != q {
			return fmt.Errorf("book of %d has %d of %s, the totals %d", village, q, key, had)
		}
	}
	return nil
}

// tallyOf turns totals into maps and holds them to what their type promises.
func tallyOf(t storage.Totals) (tally, error) {
	out := tally{Reports: t.Reports}
	before := ""
	for _, s := range t.Sums {
		key := s.Flow + "|" + s.Item + "|" + s.Unit
		if key <= before || s.Count <= 0 {
			return out, fmt.Errorf("sums %v are out of order or empty", t.Sums)
		}
		if before = key; out.Quantity == nil {
			out.Quantity, out.Lines = map[string]storage.Quantity{}, map[string]int{}
		}
		out.Quantity[key], out.Lines[key] = s.Quantity, s.Count
	}
	return out, nil
}

// compare says where the archive and the model differ; "" when nowhere.
func (b *book) compare(s *storage.Store) string {
	var out strings.Builder
	err := s.View(func(tx *storage.Tx) error {
		for _, village := range hamlets {
			have, err := pageOf(tx, village, b.days)
			if err != nil {
				return err
			}
			out.WriteString(cmp.Diff(b.page(village), have))
		}
		if n := tx.NextReport(); n != uint64(len(b.reports))+1 {
			fmt.Fprintf(&out, "next report is %d after %d reports\n", n, len(b.reports))
		}
		for _, r := range b.reports {
			want := storage.Recorded
			switch {
			case b.gone[r.Number]:
				want = storage.Cancelled
			case b.refused[r.Number]:
				want = storage.Refused
			case b.back[r.Number]:
				want = storage.Returned
			case b.proven[r.Number]:
				want = storage.Verified
			}
			if have, _ := tx.Report(r.Number); have.State != want || !have.At.Equal(r.At) {
				fmt.Fprintf(&out, "report %d is %+v, want it %s\n", r.Number, have, want)
			}
		}
		b.compareQueue(tx, &out)
		b.compareOffice(tx, &out)
		return b.comparePeople(tx, &out)
	})
	if err != nil {
		fmt.Fprintf(&out, "view: %v\n", err)
	}
	return out.String()
}

// compareQueue holds the lists of what waits to the model.
func (b *book) compareQueue(tx *storage.Tx, out *strings.Builder) {
	var waits, back, queue, returned []uint64
	for _, r := range b.reports {
		switch {
		case b.open(r.Number) && !b.back[r.Number]:
			waits = append(waits, r.Number)
		case b.open(r.Number):
			back = append(back, r.Number)
		}
	}
	for _, r := range tx.Queue() {
		queue = append(queue, r.Number)
	}
	for _, r := range tx.ReturnedReports() {
		returned = append(returned, r.Number)
	}
	if !slices.Equal(waits, queue) || !slices.Equal(back, returned) {
		fmt.Fprintf(out, "staff has to look at %v, not %v; reporters at %v, not %v\n", waits, queue, back, returned)
	}
}

// compareOffice holds corrections, erasures and settings to the model.
func (b *book) compareOffice(tx *storage.Tx, out *strings.Builder) {
	for _, c := range b.changes {
		want := b.decided[c.ID]
		if want == "" {
			want = storage.CorrectionWaits
		}
		if have, _ := tx.Correction(c.ID); have.State != want {
			fmt.Fprintf(out, "correction %d is %s, want it %s\n", c.ID, have.State, want)
		}
	}
	for _, e := range b.wishes {
		if have, _ := tx.Erasure(e.ID); have.State != e.State || have.Report != e.Report {
			fmt.Fprintf(out, "erasure %d is %+v, want it %s\n", e.ID, have, e.State)
		}
	}
	waiting := len(tx.WaitingCorrections()) + len(tx.WaitingErasures())
	for _, c := range b.changes {
		if b.decided[c.ID] == "" {
			waiting--
		}
	}
	for _, e := range b.wishes {
		if e.State == storage.ErasureWaits {
			waiting--
		}
	}
	if waiting != 0 {
		fmt.Fprintf(out, "staff has %+d decisions more than it should\n", waiting)
	}
	for name, want := range b.rules {
		if have := tx.Setting(name); have != want {
			fmt.Fprintf(out, "setting %s is %q, want %q\n", name, have, want)
		}
	}
}

func (b *book) comparePeople(tx *storage.Tx, out *strings.Builder) error {
	pending := map[int64]bool{}
	for user, m := range b.people {
		if have, _ := tx.Member(user); have.State != m.State || have.Village != m.Village {
			fmt.Fprintf(out, "member %d is %+v, want %s of %d\n", user, have, m.State, m.Village)
		}
		if m.State == storage.Pending {
			pending[user] = true
		}
	}
	for _, m := range tx.PendingMembers() {
		if !pending[m.User] {
			fmt.Fprintf(out, "member %d waits, or waits twice\n", m.User)
		}
		delete(pending, m.User)
	}
	for user := range pending {
		fmt.Fprintf(out, "member %d should wait for a decision\n", user)
	}
	return nil
}

// machine plays the archive and its model side by side.
type machine struct {
	path  string
	store *storage.Store
	book  *book
	now   time.Time
}

func (m *machine) open(t rapid.TB) {
	s, err := storage.Open(m.path, storage.Options{MapSize: 1 << 24, Die: func(err error) { t.Errorf("died: %v", err) }})
	if err != nil {
		t.Fatalf("open archive: %v", err)
	}
	m.store = s
}

// record says whether the archive took the fact that make returns.
func (m *machine) record(by int64, village region.Code, make func(*storage.Tx) storage.Fact) bool {
	err := m.store.Update(context.Background(), func(tx *storage.Tx) error {
		_, err := tx.Record(m.now, by, village, make(tx))
		return err
	})
	m.book.days[storage.DayOf(m.now)] = true
	return err == nil
}

// expect holds the archive to taking a fact just when it should.
func expect(t *rapid.T, what string, took, should bool) {
	if took != should {
		t.Fatalf("%s: taken %v, want %v", what, took, should)
	}
}

func drawLine(t *rapid.T) storage.Line {
	item := rapid.SampledFrom([]string{"rice", storage.ItemMoney, "other:kain|sarung", "other:\"\u2028<&>"}).Draw(t, "item")
	unit := rapid.SampledFrom([]string{"kg", "sack"}).Draw(t, "unit")
	if item == storage.ItemMoney {
		unit = storage.UnitRupiah
	}
	return storage.Line{
		Item: item, Unit: unit, Earmark: rapid.SampledFrom([]string{"general", "orphans"}).Draw(t, "earmark"),
		Quantity: storage.Quantity(rapid.Int64Range(1, 1e12).Draw(t, "quantity")),
	}
}

// Report sends a report, sometimes late, with the same goods on several lines now and then.
func (m *machine) Report(t *rapid.T) {
	r := storage.Report{
		Number: uint64(len(m.book.reports)) + 1, Kind: rapid.SampledFrom([]string{storage.AidReceived, storage.AidGiven}).Draw(t, "kind"),
		Village: rapid.SampledFrom(hamlets).Draw(t, "village"), By: rapid.Int64Range(1, 3).Draw(t, "by"),
		Date:  storage.DayOf(m.now) - storage.Day(rapid.IntRange(0, 40).Draw(t, "days late")),
		Lines: rapid.SliceOfN(rapid.Custom(drawLine), 1, 4).Draw(t, "lines"), Source: fmt.Sprintf("d%d", m.book.drafts),
	}
	m.book.drafts++
	took := m.record(r.By, r.Village, func(*storage.Tx) storage.Fact { return storage.Reported{Report: r} })
	expect(t, "report", took, true)
	r.At = m.now
	m.book.reports = append(m.book.reports, r)
}

// Revise changes the lines of a report, and sometimes its day; cancelled and verified ones stay.
func (m *machine) Revise(t *rapid.T) {
	if len(m.book.reports) == 0 {
		t.Skip("nothing to change")
	}
	i := rapid.IntRange(0, len(m.book.reports)-1).Draw(t, "which")
	r := m.book.reports[i]
	f := storage.ReportRevised{
		Number: r.Number, Date: storage.DayOf(r.At) - storage.Day(rapid.IntRange(0, 40).Draw(t, "days late")),
		Lines: rapid.SliceOfN(rapid.Custom(drawLine), 1, 4).Draw(t, "lines"),
	}
	var before []storage.Stock
	var foretold []storage.Line
	took := m.record(r.By, r.Village, func(tx *storage.Tx) storage.Fact {
		now, _ := tx.Report(r.Number)
		before, foretold = tx.Village(r.Village).Stock, tx.Drained(now, f.Lines)
		return f
	})
	expect(t, "revise", took, m.book.open(r.Number))
	if took {
		delete(m.book.back, r.Number)
		m.drained(t, r.Village, before, foretold)
		m.book.reports[i].Lines, m.book.reports[i].Date = f.Lines, f.Date
	}
}

// drained holds what was foretold of a change to what the book lacks after it.
func (m *machine) drained(t *rapid.T, village region.Code, before []storage.Stock, foretold []storage.Line) {
	had := map[storage.Line]storage.Quantity{}
	for _, s := range before {
		had[storage.Line{Item: s.Item, Unit: s.Unit, Earmark: s.Earmark}] = s.Quantity
	}
	lacks := map[storage.Line]storage.Quantity{}
	if err := m.store.View(func(tx *storage.Tx) error {
		for _, s := range tx.Village(village).Stock {
			if l := (storage.Line{Item: s.Item, Unit: s.Unit, Earmark: s.Earmark}); s.Quantity < min(0, had[l]) {
				lacks[l] = -s.Quantity
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	told := map[storage.Line]storage.Quantity{}
	for _, l := range foretold {
		told[storage.Line{Item: l.Item, Unit: l.Unit, Earmark: l.Earmark}] = l.Quantity
	}
	if diff := cmp.Diff(lacks, told); diff != "" {
		t.Fatalf("the book lacks (-then +foretold):\n%s", diff)
	}
}

// Verify has staff find a report right.
func (m *machine) Verify(t *rapid.T) {
	n := rapid.Uint64Range(1, uint64(len(m.book.reports))+1).Draw(t, "number")
	took := m.record(9, 0, func(*storage.Tx) storage.Fact { return storage.ReportVerified{Number: n} })
	expect(t, "verify", took, m.book.open(n) && !m.book.back[n])
	if took {
		m.book.proven[n] = true
	}
}

// Return has staff ask about an answer of a report, which leaves the totals until it is revised.
func (m *machine) Return(t *rapid.T) {
	n := rapid.Uint64Range(1, uint64(len(m.book.reports))+1).Draw(t, "number")
	took := m.record(9, 0, func(*storage.Tx) storage.Fact { return storage.ReportReturned{Number: n, Field: "lines"} })
	expect(t, "return", took, m.book.open(n) && !m.book.back[n])
	if took {
		m.book.back[n] = true
	}
}

// Reject has staff turn a report down, perhaps one that they had returned.
func (m *machine) Reject(t *rapid.T) {
	n := rapid.Uint64Range(1, uint64(len(m.book.reports))+1).Draw(t, "number")
	took := m.record(9, 0, func(*storage.Tx) storage.Fact { return storage.ReportRejected{Number: n} })
	expect(t, "reject", took, m.book.open(n))
	if took {
		m.book.refused[n] = true
		delete(m.book.back, n)
	}
}

// Take has somebody of staff say that they work on a report, or on its correction.
func (m *machine) Take(t *rapid.T) {
	n := rapid.Uint64Range(1, uint64(len(m.book.reports))+1).Draw(t, "number")
	took := m.record(9, 0, func(*storage.Tx) storage.Fact { return storage.ReportTaken{Number: n} })
	changes := slices.ContainsFunc(m.book.changes, func(c storage.Correction) bool {
		return c.Revised.Number == n && m.book.decided[c.ID] == ""
	})
	expect(t, "take", took, m.book.open(n) || changes)
}

// likely draws a report, mostly one of those that something can happen to.
func (m *machine) likely(t *rapid.T, can func(n uint64) bool) storage.Report {
	fit := slices.DeleteFunc(slices.Clone(m.book.reports), func(r storage.Report) bool { return !can(r.Number) })
	if len(fit) == 0 || rapid.IntRange(0, 4).Draw(t, "at random") == 0 {
		fit = m.book.reports
	}
	return rapid.SampledFrom(fit).Draw(t, "which")
}

// Correct asks for a change of a verified report, or to take it back, and has staff decide.
func (m *machine) Correct(t *rapid.T) {
	if len(m.book.reports) == 0 {
		t.Skip("nothing to correct")
	}
	r := m.likely(t, func(n uint64) bool { return m.book.proven[n] && !m.book.gone[n] })
	c := storage.Correction{By: r.By, Cancel: rapid.Bool().Draw(t, "take back"), Revised: storage.ReportRevised{
		Number: r.Number, Date: r.Date, Lines: rapid.SliceOfN(rapid.Custom(drawLine), 1, 3).Draw(t, "lines"),
	}}
	took := m.record(r.By, r.Village, func(tx *storage.Tx) storage.Fact {
		c.ID = tx.NextCorrection()
		return storage.CorrectionAsked{Correction: c}
	})
	expect(t, "ask correction", took, m.book.proven[r.Number] && !m.book.gone[r.Number])
	if !took {
		return
	}
	m.book.changes = append(m.book.changes, c)
	if rapid.Bool().Draw(t, "at once") {
		m.decideCorrection(t, c)
	}
}

// DecideCorrection has staff decide on any correction, which may be decided or dropped already, or be of a
// report that was taken back meanwhile.
func (m *machine) DecideCorrection(t *rapid.T) {
	if len(m.book.changes) == 0 {
		t.Skip("nothing to decide")
	}
	m.decideCorrection(t, rapid.SampledFrom(m.book.changes).Draw(t, "correction"))
}

func (m *machine) decideCorrection(t *rapid.T, c storage.Correction) {
	n, accepted := c.Revised.Number, rapid.Bool().Draw(t, "accepted")
	took := m.record(9, 0, func(*storage.Tx) storage.Fact { return storage.CorrectionDecided{ID: c.ID, Accepted: accepted} })
	expect(t, "decide correction", took, m.book.decided[c.ID] == "" && !(accepted && m.book.gone[n]))
	switch {
	case !took:
	case !accepted:
		m.book.decided[c.ID] = storage.CorrectionDeclined
	default:
		m.book.decided[c.ID] = storage.CorrectionAllowed
		if m.book.gone[n] = c.Cancel; !c.Cancel {
			m.book.reports[n-1].Lines = c.Revised.Lines
		}
	}
}

// AskErasure asks to have the people of a report erased; once while that waits.
func (m *machine) AskErasure(t *rapid.T) {
	n := rapid.Uint64Range(1, uint64(len(m.book.reports))+1).Draw(t, "number")
	waits := slices.ContainsFunc(m.book.wishes, func(e storage.Erasure) bool { return e.Report == n && e.State == storage.ErasureWaits })
	e := storage.Erasure{Report: n}
	took := m.record(1, 5207022011, func(tx *storage.Tx) storage.Fact {
		e.ID = tx.NextErasure()
		return storage.ErasureAsked{Erasure: e}
	})
	expect(t, "ask erasure", took, !waits)
	if took {
		e.State = storage.ErasureWaits
		m.book.wishes = append(m.book.wishes, e)
	}
}

// RefuseErasure has staff keep the data, for a reason.
func (m *machine) RefuseErasure(t *rapid.T) {
	id := rapid.Uint64Range(1, uint64(len(m.book.wishes))+1).Draw(t, "wish")
	waits := id <= uint64(len(m.book.wishes)) && m.book.wishes[id-1].State == storage.ErasureWaits
	took := m.record(9, 0, func(*storage.Tx) storage.Fact { return storage.ErasureRefused{ID: id, Answer: "needed"} })
	expect(t, "refuse erasure", took, waits)
	if took {
		m.book.wishes[id-1].State = storage.ErasureDeclined
	}
}

// Erase drops the people of a report, asked for or not: every total stays, what would be written of them
// anew is declined.
func (m *machine) Erase(t *rapid.T) {
	if len(m.book.reports) == 0 {
		t.Skip("nobody to erase")
	}
	n := m.likely(t, func(n uint64) bool {
		return slices.ContainsFunc(m.book.changes, func(c storage.Correction) bool {
			return c.Revised.Number == n && m.book.decided[c.ID] == ""
		})
	}).Number
	took := m.record(9, 0, func(tx *storage.Tx) storage.Fact {
		return storage.PersonErased{Report: n, Persons: []storage.PersonID{tx.NewPerson()}}
	})
	expect(t, "erase", took, true)
	for i, e := range m.book.wishes {
		if e.Report == n && e.State == storage.ErasureWaits {
			m.book.wishes[i].State = storage.ErasureDone
		}
	}
	for _, c := range m.book.changes {
		if c.Revised.Number == n && m.book.decided[c.ID] == "" {
			m.book.decided[c.ID] = storage.CorrectionDeclined
		}
	}
}

// Set changes a setting, or brings its default back.
func (m *machine) Set(t *rapid.T) {
	name := rapid.SampledFrom([]string{"", "digest.daily", "quiet"}).Draw(t, "name")
	value := rapid.SampledFrom([]string{"", "0 7 * * *", "ya"}).Draw(t, "value")
	took := m.record(9, 0, func(*storage.Tx) storage.Fact { return storage.SettingPut{Name: name, Value: value} })
	expect(t, "set", took, name != "")
	if took {
		m.book.rules[name] = value
	}
}

// Cancel takes a report back, which may be gone already or never have been.
func (m *machine) Cancel(t *rapid.T) {
	n := rapid.Uint64Range(1, uint64(len(m.book.reports))+1).Draw(t, "number")
	var village region.Code = 5207022011
	if n <= uint64(len(m.book.reports)) {
		village = m.book.reports[n-1].Village
	}
	took := m.record(1, village, func(*storage.Tx) storage.Fact { return storage.ReportCancelled{Number: n} })
	expect(t, "cancel", took, m.book.open(n))
	if took {
		delete(m.book.back, n)
		m.book.gone[n] = true
	}
}

// Refuse hands in what may not change anything.
func (m *machine) Refuse(t *rapid.T) {
	if len(m.book.reports) == 0 {
		t.Skip("nothing to twist")
	}
	r := rapid.SampledFrom(m.book.reports).Draw(t, "like")
	r.Number, r.Source, r.Lines = uint64(len(m.book.reports))+1, "twisted", slices.Clone(r.Lines)
	switch twist := rapid.SampledFrom([]string{"twin", "gap", "again", "zero", "negative", "tomorrow"}).Draw(t, "twist"); twist {
	case "twin":
		r.Source = m.book.reports[0].Source
	case "gap":
		r.Number++
	case "again":
		r.Number--
	case "tomorrow":
		r.Date = storage.DayOf(m.now) + 1
	default:
		r.Lines[len(r.Lines)-1].Quantity *= map[string]storage.Quantity{"zero": 0, "negative": -1}[twist]
	}
	took := m.record(r.By, r.Village, func(*storage.Tx) storage.Fact { return storage.Reported{Report: r} })
	expect(t, "twisted report", took, false)
}

// person draws one of a few people and says what the model knows of them.
func (m *machine) person(t *rapid.T) (storage.Member, bool) {
	user := rapid.Int64Range(1, 5).Draw(t, "user")
	who, known := m.book.people[user]
	who.User = user
	return who, known
}

// newcomer fills in what somebody says of themselves.
func (m *machine) newcomer(tx *storage.Tx, user int64, village region.Code) storage.Member {
	p := tx.NewPerson()
	return storage.Member{
		User: user, Person: p, Name: tx.Seal(p, "name", "Ibu Contoh"), Village: village, Role: storage.Relawan,
		Consent: storage.Consent{At: m.now, Version: "1"},
	}
}

// Ask requests to be let in.
func (m *machine) Ask(t *rapid.T) {
	who, _ := m.person(t)
	village := rapid.SampledFrom(hamlets).Draw(t, "village")
	took := m.record(who.User, village, func(tx *storage.Tx) storage.Fact {
		n := m.newcomer(tx, who.User, village)
		n.Request = tx.NextRequest()
		return storage.MemberAsked{Member: n}
	})
	expect(t, "ask", took, who.State != storage.Active && who.State != storage.Pending)
	if took {
		m.book.people[who.User] = storage.Member{User: who.User, Village: village, State: storage.Pending}
	}
}

// Join comes in by an invite, whatever was asked before.
func (m *machine) Join(t *rapid.T) {
	who, _ := m.person(t)
	village := rapid.SampledFrom(hamlets).Draw(t, "village")
	in := storage.Invite{
		ID: fmt.Sprintf("i%d", m.book.invites), Hash: storage.HashToken(fmt.Sprint(m.book.invites)), Village: village,
		Role: storage.Relawan, Made: m.now, Expires: m.now.Add(time.Hour), By: 9,
	}
	m.book.invites++
	made := m.record(9, village, func(*storage.Tx) storage.Fact { return storage.InviteMade{Invite: in} })
	expect(t, "invite", made, true)
	took := m.record(who.User, village, func(tx *storage.Tx) storage.Fact {
		return storage.MemberJoined{Member: m.newcomer(tx, who.User, village), Invite: in.ID}
	})
	expect(t, "join", took, who.State != storage.Active)
	if took {
		m.book.people[who.User] = storage.Member{User: who.User, Village: village, State: storage.Active}
	}
}

// Decide accepts or turns down somebody who may not have asked.
func (m *machine) Decide(t *rapid.T) {
	who, _ := m.person(t)
	accepted := rapid.Bool().Draw(t, "accepted")
	took := m.record(9, who.Village, func(*storage.Tx) storage.Fact {
		return storage.MemberDecided{User: who.User, Accepted: accepted}
	})
	expect(t, "decide", took, who.State == storage.Pending)
	if took {
		who.State = storage.Rejected
		if accepted {
			who.State = storage.Active
		}
		m.book.people[who.User] = who
	}
}

// Revoke takes somebody's access away.
func (m *machine) Revoke(t *rapid.T) {
	who, _ := m.person(t)
	took := m.record(9, who.Village, func(*storage.Tx) storage.Fact { return storage.MemberRevoked{User: who.User} })
	expect(t, "revoke", took, who.State == storage.Active)
	if took {
		who.State = storage.Revoked
		m.book.people[who.User] = who
	}
}

// Wait lets hours pass, often over midnight and now and then over the end of a month.
func (m *machine) Wait(t *rapid.T) {
	m.now = m.now.Add(time.Duration(rapid.IntRange(1, 200).Draw(t, "hours")) * time.Hour)
}

// Reopen closes the archive and opens it again.
func (m *machine) Reopen(t *rapid.T) {
	if err := m.store.Close(); err != nil {
		t.Fatalf("close archive: %v", err)
	}
	m.open(t)
}

// Check holds the archive to the model; rapid calls it after every action.
func (m *machine) Check(t *rapid.T) {
	if diff := m.book.compare(m.store); diff != "" {
		t.Fatalf("archive (+) and model (-) differ:\n%s", diff)
	}
}

// TestLedger plays reports, cancellations and memberships in any order against a model that knows
// no subtraction; at the end the doctor rebuilds all from the log.
func TestLedger(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		home, err := os.MkdirTemp(dir, "ledger")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(home)
		m := &machine{path: filepath.Join(home, "wksbm.db"), book: newBook(), now: noon}
		m.open(t)
		defer func() { _ = m.store.Close() }()
		t.Repeat(rapid.StateMachineActions(m))
		found, err := m.store.Doctor(context.Background())
		if err != nil || len(found) > 0 {
			t.Errorf("doctor: %v, %v", found, err)
		}
	})
}

// played is a small ledger with its model: three reports of which the second was taken back.
func played(t *testing.T, path string) (*storage.Store, *book) {
	t.Helper()
	s, b := storagetest.OpenAt(t, path), newBook()
	b.days[storage.DayOf(noon)] = true
	for i, source := range []string{"d1", "d2", "d3"} {
		var r storage.Report
		record(t, s, 7, func(tx *storage.Tx) storage.Fact {
			f := aid(tx, source, int64(i+1))
			r = f.Report
			return f
		})
		r.At = noon
		b.reports = append(b.reports, r)
	}
	record(t, s, 7, func(*storage.Tx) storage.Fact { return storage.ReportCancelled{Number: 2} })
	b.gone[2] = true
	return s, b
}

// The control of TestLedger: a model that books a cancellation with the wrong sign must be found out.
func TestLedgerSeesAWrongSign(t *testing.T) {
	t.Parallel()
	s, b := played(t, filepath.Join(t.TempDir(), "wksbm.db"))
	if diff := b.compare(s); diff != "" {
		t.Fatalf("before the harm:\n%s", diff)
	}
	for name, harm := range map[string]func(*storage.Report){
		"added where it was taken out": func(r *storage.Report) { b.reports = append(b.reports, *r) },
		"never taken out":              func(r *storage.Report) { delete(b.gone, r.Number) },
		"another day":                  func(*storage.Report) { b.reports[0].At = noon.AddDate(0, 0, 1) },
	} {
		kept := *b
		b.reports, b.gone = slices.Clone(kept.reports), maps.Clone(kept.gone)
		if harm(&b.reports[1]); b.compare(s) == "" {
			t.Errorf("%s: the comparison is blind", name)
		}
		*b = kept
	}
}

// The control of the doctor and the comparison: a sign turned in any one row must be found out by the
// doctor, and by the model where the row is a projection.
func TestTurnedSignIsFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		bucket, row string
		model       bool
	}{
		"stock":     {"village", `"Earmark":"general","Quantity":4000`, true},
		"day":       {"village", `"Flow":"in"`, true},
		"month":     {"village", `"Reports":2,"Sums"`, true},
		"report":    {"reports", `"Quantity":3000`, false},
		"log event": {"log", `"Quantity":3000`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "wksbm.db")
			s, b := played(t, path)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			turn(t, path, c.bucket, c.row, name == "month")
			s, err := storage.Open(path, storage.Options{MapSize: 1 << 20})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			found, err := s.Doctor(context.Background())
			if err != nil || len(found) == 0 {
				t.Errorf("doctor: %v, %v", found, err)
			}
			if diff := b.compare(s); (diff != "") != c.model {
				t.Errorf("the model finds %q", diff)
			}
		})
	}
}

// What is written is what counts: text that JSON cannot hold as it is must not make the records differ
// from a replay of the log. The doctor looks when the test ends.
func TestTextThatIsNoUTF8(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	for i := range 2 {
		record(t, s, 7, func(tx *storage.Tx) storage.Fact {
			f := aid(tx, fmt.Sprintf("\xff%d", i), 1)
			f.Report.Lines[0].Item = "other:k\xffin"
			return f
		})
	}
	view(t, s, func(tx *storage.Tx) {
		if v := tx.Village(seloto); len(v.Stock) != 1 || v.Stock[0].Quantity != 2000 {
			t.Errorf("stock %+v", v.Stock)
		}
	})
}

// turn puts a minus before the first quantity of the first (or last) row of a bucket that holds words.
func turn(t *testing.T, path, name, words string, last bool) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(b *bolt.Tx) error {
		var key, row []byte
		rows := b.Bucket([]byte(name))
		c := rows.Cursor()
		for k, v := c.First(); k != nil && (row == nil || last); k, v = c.Next() {
			if bytes.Contains(v, []byte(words)) {
				key, row = bytes.Clone(k), bytes.Clone(v)
			}
		}
		turned := bytes.Replace(row, []byte(`"Quantity":`), []byte(`"Quantity":-`), 1)
		if bytes.Equal(turned, row) {
			return fmt.Errorf("no row of %s holds %s", name, words)
		}
		return rows.Put(key, turned)
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}
