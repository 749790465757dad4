package book_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"wksbm/bot/book"
	"wksbm/bot/chat"
	"wksbm/bot/digest"
	"wksbm/bot/flows"
	"wksbm/bot/goods"
	"wksbm/bot/render"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

// key is what may be added up: one item in one unit.
type key struct{ item, unit string }

// event is one thing that happens: a report, or something that is done to an earlier one.
type event struct {
	what             string
	hours, late, nth int
	lines            []storage.Line
	body             storage.Given
	source           string
	back, allowed    bool // of a correction
}

func drawEvent(t *rapid.T) event {
	return event{
		what:  rapid.SampledFrom([]string{"receive", "receive", "give", "revise", "cancel", "correct", "return", "reject"}).Draw(t, "what"),
		hours: rapid.IntRange(1, 150).Draw(t, "hours"), late: rapid.IntRange(0, 40).Draw(t, "late"), nth: rapid.IntRange(0, 20).Draw(t, "nth"),
		lines: rapid.SliceOfN(rapid.Custom(drawLine), 1, 4).Draw(t, "lines"),
		body: storage.Given{To: []storage.Recipient{{
			Group: "orphans", Families: rapid.IntRange(0, 9).Draw(t, "families"), Persons: rapid.IntRange(0, 40).Draw(t, "persons"),
		}}},
		source: rapid.SampledFrom([]string{"baznas", "individual_donor"}).Draw(t, "source"),
		back:   rapid.Bool().Draw(t, "back"), allowed: rapid.Bool().Draw(t, "allowed"),
	}
}

func drawLine(t *rapid.T) storage.Line {
	item := rapid.SampledFrom([]string{"rice", storage.ItemMoney, "egg", "other:kain|sarung <b>"}).Draw(t, "item")
	l := storage.Line{
		Item: item, Unit: rapid.SampledFrom([]string{"kg", "sack", "piece"}).Draw(t, "unit"),
		Earmark:  rapid.SampledFrom([]string{"general", "orphans"}).Draw(t, "earmark"),
		Quantity: storage.Quantity(rapid.Int64Range(1, 9_999_999).Draw(t, "quantity")),
	}
	if item == storage.ItemMoney {
		l.Unit, l.Quantity = storage.UnitRupiah, l.Quantity*1000
	}
	return l
}

// history is what a village did with its aid.
type history struct {
	tx      *storage.Tx
	village region.Code
	now     time.Time
	numbers []uint64
}

func (h *history) record(facts ...storage.Fact) error {
	for _, f := range facts {
		if _, err := h.tx.Record(h.now, 7, h.village, f); err != nil {
			return err
		}
	}
	return nil
}

// play records what happens; what cannot happen is left out.
func (h *history) play(e event) error {
	h.now = h.now.Add(time.Duration(e.hours) * time.Hour)
	date := storage.DayOf(h.now) - storage.Day(e.late)
	if e.what == "receive" || e.what == "give" || len(h.numbers) == 0 {
		r := storage.Report{Number: h.tx.NextReport(), Kind: storage.AidReceived, Village: h.village, By: 7, Date: date, Lines: e.lines}
		r.Body, r.Source = storage.EncodeBody(storage.Aid{Source: e.source}), fmt.Sprint(r.Number)
		if e.what == "give" {
			r.Kind, r.Body = storage.AidGiven, storage.EncodeBody(e.body)
		}
		h.numbers = append(h.numbers, r.Number)
		return h.record(storage.Reported{Report: r})
	}
	old, _ := h.tx.Report(h.numbers[e.nth%len(h.numbers)])
	revised := storage.ReportRevised{Number: old.Number, Date: min(date, storage.DayOf(old.At)), Lines: e.lines, Body: old.Body}
	switch {
	case e.what == "reject" && old.Open():
		return h.record(storage.ReportRejected{Number: old.Number})
	case old.State == storage.Returned && e.what == "revise": // its reporter answers
		return h.record(revised)
	case !old.State.Counts():
		return nil
	case e.what == "return" && old.State == storage.Recorded:
		return h.record(storage.ReportReturned{Number: old.Number, Field: "lines"})
	case e.what == "return" || e.what == "reject":
		return nil
	case e.what == "correct":
		return h.correct(e, old, revised)
	case old.State == storage.Verified:
		return nil
	case e.what == "cancel":
		return h.record(storage.ReportCancelled{Number: old.Number})
	}
	return h.record(revised)
}

// correct changes a verified report, or takes it back, by a correction that staff decide.
func (h *history) correct(e event, old storage.Report, revised storage.ReportRevised) error {
	if old.State == storage.Recorded {
		if err := h.record(storage.ReportVerified{Number: old.Number}); err != nil {
			return err
		}
	}
	id := h.tx.NextCorrection()
	return h.record(
		storage.CorrectionAsked{Correction: storage.Correction{ID: id, By: 7, Cancel: e.back, Revised: revised}},
		storage.CorrectionDecided{ID: id, Accepted: e.allowed},
	)
}

// TestFiguresAgree plays random histories: the ledger's lines, the village's stock, the balances of the
// books, the cells of the workbook and the digest of each month say the same, unit by unit. More runs by
// -rapid.checks.
func TestFiguresAgree(t *testing.T) {
	t.Parallel()
	s, places, played := storagetest.Open(t), region.Must(region.Load()), 0
	villages := places.Villages(0)
	rapid.Check(t, func(t *rapid.T) {
		village := villages[played%len(villages)]
		if played++; played > len(villages) { // each run needs a village without a past
			village.Code += region.Code(10_000 * played)
		}
		events := rapid.SliceOfN(rapid.Custom(drawEvent), 1, 14).Draw(t, "events")
		workbook := rapid.SampledFrom([]string{book.Cash, book.Goods, ""}).Draw(t, "workbook")
		var h *history
		if err := s.Update(context.Background(), func(tx *storage.Tx) error {
			h = &history{tx: tx, village: village.Code, now: time.Date(2026, 9, 3, 10, 0, 0, 0, region.WITA)}
			for _, e := range events {
				if err := h.play(e); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if err := s.View(func(tx *storage.Tx) error {
			compare(t, book.Shelf{Tx: tx, Region: places, Village: village, Now: h.now}, workbook)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}

// compare holds all that shows figures of a village to its ledger.
func compare(t *rapid.T, s book.Shelf, workbook string) {
	last := storage.DayOf(s.Now).Month()
	sums := map[key]storage.Quantity{}
	for m := storage.DayOf(time.Date(2026, 9, 1, 12, 0, 0, 0, region.WITA)).Month(); m <= last; m++ {
		s.Month = m
		before := map[key]storage.Quantity{}
		for k, q := range sums {
			before[k] = q
		}
		for _, b := range s.Tx.Book(s.Village.Code, m.First(), m.Last()) {
			for _, l := range b.Lines {
				sums[key{l.Item, l.Unit}] += l.Quantity
			}
		}
		accounts := s.Accounts()
		seen := map[key]book.Account{}
		for _, a := range accounts {
			k := key{a.Item, a.Unit}
			if _, twice := seen[k]; twice {
				t.Fatalf("%v has two accounts", k)
			}
			seen[k] = a
			same(t, "opening", k, a.Opening, before[k])
			same(t, "closing", k, a.Closing, sums[k])
			var left storage.Quantity
			for _, l := range a.Left {
				left += l.Quantity
			}
			same(t, "sum of the purposes", k, left, sums[k])
			if n := len(a.Rows); n > 0 {
				same(t, "last balance", k, a.Rows[n-1].Balance, sums[k])
			}
		}
		for k, q := range sums {
			same(t, "book", k, seen[k].Closing, q)
		}
		compareDigest(t, s, seen)
	}
	stock := map[key]storage.Quantity{}
	for _, l := range s.Tx.Village(s.Village.Code).Stock {
		stock[key{l.Item, l.Unit}] += l.Quantity
	}
	for k, q := range sums {
		same(t, "stock", k, stock[k], q)
	}
	compareCard(t, s, sums)
	if workbook != "" {
		compareCells(t, s, workbook)
	}
}

// compareCard holds the card that tells a village's stock to the ledger.
func compareCard(t *rapid.T, s book.Shelf, sums map[key]storage.Quantity) {
	card := flows.Stock(flows.Env{
		Now: s.Now, Tx: s.Tx, Region: s.Region, Registered: true,
		Member: storage.Member{Village: s.Village.Code, Role: storage.Ketua, State: storage.Active},
	})
	_, list, _ := strings.Cut(chat.Plain(card.Text), "Sisa di buku desa: ")
	told := map[string]bool{}
	for line := range strings.SplitSeq(strings.TrimSuffix(list, "."), ", ") {
		told[line] = true
	}
	for k, q := range sums {
		line := strings.ToLower(goods.ByCode(k.item).Label) + " " + goods.Amount(k.unit, q)
		if q < 0 {
			line = strings.ToLower(goods.ByCode(k.item).Label) + " kurang " + goods.Amount(k.unit, -q)
		}
		if told[line] != (q != 0) {
			t.Fatalf("the card and %q: %s", line, list)
		}
	}
}

func same(t *rapid.T, what string, k key, got, want storage.Quantity) {
	if got != want {
		t.Fatalf("%s of %v is %d, want %d", what, k, got, want)
	}
}

// compareDigest holds a month's accounts to what the digest adds up and prints.
func compareDigest(t *rapid.T, s book.Shelf, accounts map[key]book.Account) {
	d := digest.Make(s.Tx, s.Region, digest.Month(s.Month), s.Village.Code, storage.DayOf(s.Now))
	if !d.Open {
		d.Totals = s.Tx.MonthTotals(s.Village.Code, s.Month)
	}
	moved := map[string]storage.Quantity{}
	for _, sum := range s.Tx.MonthTotals(s.Village.Code, s.Month).Sums {
		moved[sum.Flow+sum.Item+"|"+sum.Unit] = sum.Quantity
	}
	for k, a := range accounts {
		same(t, "in of the digest", k, moved[storage.In+k.item+"|"+k.unit], a.In)
		same(t, "out of the digest", k, moved[storage.Out+k.item+"|"+k.unit], a.Out)
	}
	if _, listed := s.Region.ByCode(s.Village.Code); !listed {
		return // the digest is of real places
	}
	words := render.Text(d, s.Region)
	for k, a := range accounts {
		for _, q := range []storage.Quantity{a.In, a.Out} {
			if amount := a.Amount(q); q != 0 && !goods.IsOther(k.item) && !strings.Contains(words, amount) {
				t.Fatalf("the digest does not say %s of %v:\n%s", amount, k, words)
			}
		}
	}
}

// compareCells reads a workbook of the last month back: the summary of the goods, the last line of the cash.
func compareCells(t *rapid.T, s book.Shelf, kind string) {
	p, _ := s.Paper(kind)
	data, err := render.XLSX(p)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(map[string]string{book.Cash: "Kas", book.Goods: "Barang"}[kind], excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatalf("sheets %v: %v", f.GetSheetList(), err)
	}
	for _, a := range s.Accounts() {
		label, want := goods.ByCode(a.Item).Label+"|"+text.UnitLabel(a.Unit), []storage.Quantity{a.Opening, a.In, a.Out, a.Closing}
		if a.Money() {
			label, want = "|Jumlah bulan ini", want[1:]
		}
		if a.Money() == (kind == book.Cash) && !slices.ContainsFunc(rows, func(row []string) bool { return says(row, label, want) }) {
			t.Fatalf("no row says %s %v:\n%q", label, want, rows)
		}
	}
}

// says reports whether a row has a label over two cells and these amounts behind it.
func says(row []string, label string, amounts []storage.Quantity) bool {
	var numbers []string
	for _, q := range amounts {
		numbers = append(numbers, raw(q))
	}
	line := strings.Join(row, "|") + "|"
	return strings.Contains(line, "|"+label+"|"+strings.Join(numbers, "|")+"|")
}

// raw is a quantity as a cell holds it.
func raw(q storage.Quantity) string {
	return strings.NewReplacer(".", "", ",", ".").Replace(text.Milli(q).String())
}
