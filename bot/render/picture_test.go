package render

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"wksbm/bot/digest"
	"wksbm/bot/paper"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

var (
	update = flag.Bool("update", false, "write the golden files of this package anew")
	show   = flag.String("show", "", "folder into which pictures and files are written, to be looked at")
)

// today is after the month that is drawn.
var today = time.Date(2026, 12, 1, 8, 0, 0, 0, region.WITA)

// november is an invented month of a kabupaten, the same at each call.
func november(t testing.TB, r *region.Region) *storage.Store {
	t.Helper()
	s := storagetest.Open(t)
	if err := s.Update(context.Background(), func(tx *storage.Tx) error {
		w := &month{tx: tx, r: rand.New(rand.NewPCG(11, 26))}
		for i, v := range r.Villages(0) {
			if err := w.village(i, v); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return s
}

// month writes what villages did in November.
type month struct {
	tx   *storage.Tx
	r    *rand.Rand
	user int64
	at   time.Time
	code region.Code
	more bool // programmes and deaths too
}

func (w *month) record(facts ...storage.Fact) error {
	for _, f := range facts {
		if _, err := w.tx.Record(w.at, w.user, w.code, f); err != nil {
			return err
		}
	}
	return nil
}

// village is reached by nobody, silent, without anything to report, or it reports every week or so.
func (w *month) village(i int, v region.Place) error {
	w.user, w.code, w.at = int64(1000+i), v.Code, time.Date(2026, 10, 20, 9, 0, 0, 0, region.WITA)
	if i%13 == 5 {
		return nil
	}
	if err := w.enroll(); err != nil {
		return err
	}
	if i%7 == 3 {
		return nil
	}
	w.at = time.Date(2026, 11, 25, 9, 0, 0, 0, region.WITA)
	if i%11 == 4 {
		return w.report(storage.NothingToReport, nil, storage.Nothing{Month: storage.DayOf(w.at).Month()})
	}
	for day := 1 + w.r.IntN(6); day <= 30; day += 3 + w.r.IntN(12) {
		w.at = time.Date(2026, 11, day, 9+w.r.IntN(8), 0, 0, 0, region.WITA)
		if err := w.day(); err != nil {
			return err
		}
	}
	return nil
}

func (w *month) enroll() error {
	p := w.tx.NewPerson()
	if err := w.record(storage.MemberAsked{Member: storage.Member{
		User: w.user, Request: w.tx.NextRequest(), Person: p, Name: w.tx.Seal(p, "name", "Ibu Contoh"), Village: w.code, Role: storage.Ketua,
		Consent: storage.Consent{At: w.at, Version: "1"},
	}}, storage.MemberDecided{User: w.user, Accepted: true}); err != nil {
		return err
	}
	return w.tx.PutChat(storage.Chat{ID: w.user})
}

func (w *month) day() error {
	kilos, money := storage.Quantity(1+w.r.IntN(40))*1000, storage.Quantity(1+w.r.IntN(40))*25_000_000
	sources := []string{"member_dues", "individual_donor", "baznas", "household_gift"}
	lines := []storage.Line{
		{Item: "rice", Unit: "kg", Earmark: "general", Quantity: kilos}, {Item: storage.ItemMoney, Unit: storage.UnitRupiah, Earmark: "general", Quantity: money},
	}
	if w.r.IntN(5) == 0 {
		lines = append(lines, storage.Line{Item: "other:kain sarung", Unit: "piece", Earmark: "general", Quantity: 3000})
	}
	if err := w.report(storage.AidReceived, lines, storage.Aid{Source: sources[w.r.IntN(4)], Purpose: "general"}); err != nil {
		return err
	}
	if w.r.IntN(2) == 0 {
		lines[0].Quantity, lines[1].Quantity = kilos/2, money/2
		families := 1 + w.r.IntN(9)
		given := storage.Given{To: []storage.Recipient{{Group: "elderly", Families: families, Persons: 3 * families}}}
		if err := w.report(storage.AidGiven, lines[:2], given); err != nil {
			return err
		}
	}
	if w.r.IntN(4) == 0 {
		if err := w.report(storage.MeetingHeld, nil, storage.Meeting{Kind: "regular", Start: -1, Invited: 20, Guests: 9 + w.r.IntN(10), NextStart: -1}); err != nil {
			return err
		}
	}
	if w.more {
		if err := w.rest(); err != nil {
			return err
		}
	}
	if w.r.IntN(3) > 0 {
		return nil
	}
	categories := []int{8, 24, 9, 2, 19}
	return w.report(storage.HouseholdFound, nil, storage.Household{Categories: categories[w.r.IntN(5):][:1], Persons: 3, Urgent: w.r.IntN(3) == 0})
}

// rest plans a programme, brings one on, changes its words and reports a death.
func (w *month) rest() error {
	p := w.tx.NewPerson()
	a := storage.Activity{ID: w.tx.NextActivity(), Village: w.code, Person: p, Title: w.tx.Seal(p, "title", "Posyandu"), State: storage.Planned}
	if err := w.record(storage.ActivityPut{Activity: a}); err != nil {
		return err
	}
	for range w.r.IntN(3) {
		a.State = []storage.ActivityState{storage.Planned, storage.Running, storage.Done, storage.Dropped}[w.r.IntN(4)]
		if err := w.record(storage.ActivityPut{Activity: a}); err != nil {
			return err
		}
	}
	return w.report(storage.DeathKnown, nil, storage.Death{Person: p, Name: w.tx.Seal(p, "name", "Siti Rahasia")})
}

func (w *month) report(kind string, lines []storage.Line, body any) error {
	return w.record(storage.Reported{Report: storage.Report{
		Number: w.tx.NextReport(), Kind: kind, Village: w.code, By: w.user, Date: storage.DayOf(w.at), Lines: lines, Body: storage.EncodeBody(body),
	}})
}

// lookAt makes a detail of a store.
func lookAt(t testing.TB, s *storage.Store, r *region.Region, key string) (d digest.Detail) {
	t.Helper()
	p, ok := digest.ParseKey(key)
	if !ok {
		t.Fatalf("no period %q", key)
	}
	if err := s.View(func(tx *storage.Tx) error { d = digest.Look(tx, r, p, 0, storage.DayOf(today)); return nil }); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestPictureOfAMonth draws a whole kabupaten, and reads what stands on the picture.
func TestPictureOfAMonth(t *testing.T) {
	t.Parallel()
	r := region.Must(region.Load())
	s := november(t, r)
	for _, key := range []string{"2026-11", "2026-W48"} {
		d := lookAt(t, s, r, key)
		data, err := Picture(d, r)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := Picture(d, r); !bytes.Equal(data, again) {
			t.Error("the same detail is drawn in two ways")
		}
		shown(t, key+".png", data)
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil || img.Bounds().Dx() != 1080 || img.Bounds().Dy() != 1080 {
			t.Fatalf("decode: %v, %v", img.Bounds(), err)
		}
		colors := map[any]int{}
		for y := 0; y < 1080; y += 3 {
			for x := 0; x < 1080; x += 3 {
				colors[img.At(x, y)]++
			}
		}
		if len(colors) < 50 {
			t.Errorf("%s: only %d colours", key, len(colors))
		}
		golden(t, "picture_"+key+".txt", strings.Join(Labels(d, r), "\n")+"\n")
		caption := Caption(d.Digest)
		golden(t, "caption_"+key+".txt", caption+"\n")
		if n := len([]rune(caption)); n > 1024 {
			t.Errorf("caption of %d letters", n)
		}
	}
}

// TestPictureOfAKecamatan gives each village a row.
func TestPictureOfAKecamatan(t *testing.T) {
	t.Parallel()
	r := region.Must(region.Load())
	s := november(t, r)
	p, _ := digest.ParseKey("2026-11")
	var d digest.Detail
	if err := s.View(func(tx *storage.Tx) error { d = digest.Look(tx, r, p, 520702, storage.DayOf(today)); return nil }); err != nil {
		t.Fatal(err)
	}
	data, err := Picture(d, r)
	if err != nil {
		t.Fatal(err)
	}
	shown(t, "taliwang.png", data)
	golden(t, "picture_taliwang.txt", strings.Join(Labels(d, r), "\n")+"\n")
}

// TestFilesOfAMonth prints the letter and the workbook.
func TestFilesOfAMonth(t *testing.T) {
	t.Parallel()
	r := region.Must(region.Load())
	s := november(t, r)
	d := lookAt(t, s, r, "2026-11")
	_ = s.View(func(tx *storage.Tx) error { d = d.Read(tx, r); return nil })
	letter, workbook := d.Letter(r, today), d.Workbook(r, today)
	pdf := printed(t, letter)
	shown(t, letter.Name("pdf"), pdf)
	words := strings.Join(read(t, pdf), "\n")
	xlsx, err := XLSX(workbook)
	if err != nil {
		t.Fatal(err)
	}
	shown(t, workbook.Name("xlsx"), xlsx)
	f, err := excelize.OpenReader(bytes.NewReader(xlsx))
	if err != nil {
		t.Fatal(err)
	}
	countedAgain(t, f, d, map[string]string{"letter": words, "caption": Caption(d.Digest), "text": Text(d.Digest, r)})
	for _, flow := range []struct{ code, sheet string }{{storage.In, "Diterima"}, {storage.Out, "Disalurkan"}} {
		rows, err := f.GetRows(flow.sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		sum := rows[len(rows)-1]
		have, _ := d.Rows(flow.code)
		for i, row := range have {
			if raw := strconv.FormatFloat(float64(row.Quantity)/1000, 'f', -1, 64); sum[2+i] != raw {
				t.Errorf("%s of %s: the workbook says %s, the digest %s", flow.sheet, row.Item, sum[2+i], raw)
			}
			amount := text.Milli(row.Quantity).String()
			for name, where := range map[string]string{"letter": words, "caption": Caption(d.Digest), "text": Text(d.Digest, r)} {
				if !strings.Contains(where, amount) {
					t.Errorf("%s of %s: the %s does not say %s", flow.sheet, row.Item, name, amount)
				}
			}
		}
	}
}

// countedAgain by hand, the rows of the lists in a workbook give what the digest says everywhere.
func countedAgain(t *testing.T, f *excelize.File, d digest.Detail, told map[string]string) {
	t.Helper()
	money := func(flow string) int64 {
		for _, s := range d.Totals.Sums {
			if s.Flow == flow && s.Item == storage.ItemMoney {
				return int64(s.Quantity) / 1000
			}
		}
		return 0
	}
	families, persons := digest.Heads(d.Totals)
	for sheet, want := range map[string]map[string]int64{
		"Daftar laporan": {
			"": int64(d.Totals.Reports), "Uang diterima": money(storage.In), "Uang disalurkan": money(storage.Out), "KK dibantu": int64(families),
			"Jiwa dibantu": int64(persons), "Warga baru": int64(d.Totals.Counts[storage.CountCases]),
		},
		"Daftar rapat": {
			"": int64(d.Totals.Counts[storage.CountMeetings]), "Diundang": int64(d.Totals.Counts[storage.CountInvited]), "Hadir": int64(d.Totals.Counts[storage.CountPresent]),
		},
	} {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		heads, rows := rows[headRow-1], rows[headRow:len(rows)-1]
		if int64(len(rows)) != want[""] {
			t.Errorf("%s has %d rows, the digest counts %d", sheet, len(rows), want[""])
		}
		for i, name := range heads {
			var sum int64
			for _, row := range rows {
				if i < len(row) && row[i] != "" {
					n, _ := strconv.ParseInt(row[i], 10, 64)
					sum += n
				}
			}
			if n, ok := want[name]; ok && sum != n {
				t.Errorf("%s: %s adds up to %d, the digest says %d", sheet, name, sum, n)
			}
		}
	}
	for name, where := range told {
		for _, n := range []string{fmt.Sprint(d.Totals.Reports), text.Rupiah(money(storage.In)), fmt.Sprint(d.Totals.Counts[storage.CountPresent])} {
			if !strings.Contains(where, n) {
				t.Errorf("the %s does not say %s", name, n)
			}
		}
	}
}

// TestDigestAgreesWithTheLedger plays months and holds the digest, its papers and its picture against what
// the books of the villages say.
func TestDigestAgreesWithTheLedger(t *testing.T) {
	t.Parallel()
	r := region.Must(region.Load())
	rapid.Check(t, func(rt *rapid.T) {
		s, err := storage.Open(filepath.Join(t.TempDir(), "wksbm.db"), storage.Options{MapSize: 1 << 24})
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		seed, villages := rapid.Uint64().Draw(rt, "seed"), rapid.IntRange(1, 4).Draw(rt, "villages")
		gone := rapid.SliceOfN(rapid.Uint64Range(1, 12), 0, 4).Draw(rt, "cancelled")
		if err := s.Update(context.Background(), func(tx *storage.Tx) error {
			w := &month{tx: tx, r: rand.New(rand.NewPCG(seed, 26)), more: true}
			for i, v := range r.Villages(0)[:villages] {
				if err := w.village(i, v); err != nil {
					return err
				}
			}
			for _, n := range gone {
				if report, ok := tx.Report(n); ok && report.State.Counts() {
					if w.code, w.user = report.Village, report.By; w.record(storage.ReportCancelled{Number: n}) != nil {
						return fmt.Errorf("cancel %d", n)
					}
				}
			}
			return nil
		}); err != nil {
			rt.Fatal(err)
		}
		p, _ := digest.ParseKey("2026-11")
		if err := s.View(func(tx *storage.Tx) error {
			d := digest.Look(tx, r, p, 0, storage.DayOf(today)).Read(tx, r)
			agrees(rt, tx, r, d)
			inLists(rt, d, d.Workbook(r, today))
			return nil
		}); err != nil {
			rt.Fatal(err)
		}
	})
}

// agrees compares a digest with the books.
func agrees(t *rapid.T, tx *storage.Tx, r *region.Region, d digest.Detail) {
	ledger := map[string]storage.Quantity{}
	for _, v := range r.Villages(0) {
		for _, b := range tx.Book(v.Code, d.Period.From, d.Period.To) {
			for _, l := range b.Lines {
				q := l.Quantity
				if storage.FlowOf(b.Kind) == storage.Out {
					q = -q
				}
				ledger[storage.FlowOf(b.Kind)+l.Item+l.Unit] += q
				ledger[l.Item+l.Unit] += l.Quantity
			}
		}
	}
	rows := func(flow string, list []digest.Row) {
		for _, row := range list {
			if ledger[flow+row.Item+row.Unit] != row.Quantity {
				t.Errorf("%q of %s: digest %d, ledger %d", flow, row.Item, row.Quantity, ledger[flow+row.Item+row.Unit])
			}
		}
	}
	in, _ := d.Rows(storage.In)
	out, _ := d.Rows(storage.Out)
	left, _ := d.Stock()
	rows(storage.In, in)
	rows(storage.Out, out)
	rows("", left)
	for _, p := range []paper.Paper{d.Letter(r, today), d.Workbook(r, today)} {
		for _, table := range p.Tables {
			summed(t, table)
		}
	}
	families, _ := digest.Heads(d.Totals)
	if b := bandsOf(d, r); b.sum() != families && families > 0 {
		t.Errorf("the bars add up to %d, families are %d", b.sum(), families)
	}
	if n := d.Expected(); n != len(d.Villages) {
		t.Errorf("%d villages in states, %d in rows", n, len(d.Villages))
	}
}

// summed checks that the last row of a table is what its rows add up to.
func summed(t *rapid.T, table paper.Table) {
	if table.Sheet == "Warga" {
		return // a household may have several categories
	}
	for i, total := range table.Total {
		var sum int64
		for row := range table.All() {
			sum += paper.At(row, i).Number
		}
		if total.Kind.Numeric() && total.Number != sum {
			t.Errorf("%s, column %d: rows add up to %d, total %d", table.Title, i, sum, total.Number)
		}
	}
}

// inLists checks that the lists of a workbook have a row for all that the digest counts.
func inLists(t *rapid.T, d digest.Detail, p paper.Paper) {
	steps := 0
	for name, n := range d.Totals.Counts {
		if strings.HasPrefix(name, storage.CountActivity) {
			steps += n
		}
	}
	for sheet, want := range map[string]int{"Daftar laporan": d.Totals.Reports, "Daftar rapat": d.Totals.Counts[storage.CountMeetings], "Daftar kegiatan": steps} {
		for _, table := range p.Tables {
			if table.SheetName() != sheet {
				continue
			}
			if want -= table.Len(); len(table.Total) == 0 != (table.Len() == 0) {
				t.Errorf("%s: %d rows and a total of %d cells", sheet, table.Len(), len(table.Total))
			}
			want -= 1 << 20 // once only
		}
		if want != -1<<20 {
			t.Errorf("%s: %d rows too few", sheet, want+1<<20)
		}
	}
}

// BenchmarkDigest measures what is drawn of a month, for a kabupaten and a larger region.
func BenchmarkDigest(b *testing.B) {
	for _, size := range []int{65, 1000} {
		r := region.Must(region.Load())
		if size != 65 {
			r = country(size)
		}
		s := november(b, r)
		d := lookAt(b, s, r, "2026-11")
		_ = s.View(func(tx *storage.Tx) error { d = d.Read(tx, r); return nil })
		for _, c := range []struct {
			name string
			do   func() error
		}{
			{"look", func() error { lookAt(b, s, r, "2026-11"); return nil }},
			{"read", func() error {
				look := lookAt(b, s, r, "2026-11")
				return s.View(func(tx *storage.Tx) error { look.Read(tx, r); return nil })
			}},
			{"picture", func() error { _, err := Picture(d, r); return err }},
			{"pdf", func() error { _, err := PDF(d.Letter(r, today)); return err }},
			{"xlsx", func() error { _, err := XLSX(d.Workbook(r, today)); return err }},
		} {
			b.Run(fmt.Sprintf("%s/%d", c.name, size), func(b *testing.B) {
				b.ReportAllocs()
				peak := heapPeak(b)
				for b.Loop() {
					if err := c.do(); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(peak())/1e6, "peak-MB")
			})
		}
	}
}

// country is a made region of so many villages, sixteen a kecamatan.
func country(size int) *region.Region {
	var places []region.Place
	for i := range size {
		district := region.Code(110_101 + i/16)
		if i%16 == 0 {
			places = append(places, region.Place{Code: district, Name: fmt.Sprint("Kecamatan ", i/16), Kind: region.District, District: district})
		}
		places = append(places, region.Place{
			Code: district*10_000 + 2001 + region.Code(i%16), Name: fmt.Sprint("Desa ", i), Kind: region.Desa, District: district,
		})
	}
	return region.New(places)
}

// golden compares with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-file +press):\n%s", name, diff)
	}
}

func shown(t *testing.T, name string, data []byte) {
	t.Helper()
	if *show == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(*show, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}
