package flows_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"wksbm/bot/book"
	"wksbm/bot/chat"
	"wksbm/bot/flows"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

// lookAtBooks opens the page of the books in a village that write filled, as its ketua.
func lookAtBooks(t *testing.T, write func(tx *storage.Tx, village region.Code, now time.Time) error, look func(open func(args ...string) chat.Reply)) {
	t.Helper()
	const village = region.Code(5207022011)
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA)
	s := storagetest.Open(t)
	if err := s.Update(context.Background(), func(tx *storage.Tx) error { return write(tx, village, now) }); err != nil {
		t.Fatal(err)
	}
	if err := s.View(func(tx *storage.Tx) error {
		e := flows.Env{
			Now: now, Said: now, Tx: tx, Region: region.Must(region.Load()), Who: chat.Person{ID: 7}, Registered: true,
			Member: storage.Member{User: 7, Village: village, Role: storage.Ketua, State: storage.Active, Address: "ibu"},
		}
		look(func(args ...string) chat.Reply {
			replies, ok := flows.OpenPage(e, "buku", args, false)
			if !ok || len(replies) == 0 {
				t.Fatalf("no page %q", args)
			}
			return replies[0]
		})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// received records aid of one line.
func received(tx *storage.Tx, village region.Code, now time.Time, item, unit string, q storage.Quantity) error {
	n := tx.NextReport()
	p := tx.NewPerson()
	_, err := tx.Record(now, 7, village, storage.Reported{Report: storage.Report{
		Number: n, Kind: storage.AidReceived, Village: village, By: 7, Date: storage.DayOf(now), Source: fmt.Sprint(n),
		Lines: []storage.Line{{Item: item, Unit: unit, Earmark: "general", Quantity: q * 1000}},
		Body:  storage.EncodeBody(storage.Aid{Person: p, Source: "mosque", Giver: tx.Seal(p, "giver", hostileName)}),
	}})
	return err
}

// hostileName would break a screen that is careless with it.
var hostileName = `<b>=1+1</b> "& 👩‍👧 ` + "\u202e" + strings.Repeat("Panjang ", 34)

// turn returns the arguments of the button with this label.
func turn(t *testing.T, r chat.Reply, label string) ([]string, bool) {
	t.Helper()
	for _, row := range r.Buttons {
		for _, b := range row {
			if b.Label == label {
				tap, err := chat.ParseTap(b.Data)
				if err != nil || tap.To != flows.PageRoom {
					t.Fatalf("button %q has %q", label, b.Data)
				}
				return tap.Args[1:], true
			}
		}
	}
	return nil, false
}

// TestBookPagesHoldEveryRowOnce walks from the newest page to the oldest and back.
func TestBookPagesHoldEveryRowOnce(t *testing.T) {
	t.Parallel()
	const rows = 19
	lookAtBooks(t, func(tx *storage.Tx, village region.Code, now time.Time) error {
		for i := range rows {
			if err := received(tx, village, now, storage.ItemMoney, storage.UnitRupiah, storage.Quantity(1000*(i+1))); err != nil {
				return err
			}
		}
		return nil
	}, func(open func(...string) chat.Reply) {
		number := regexp.MustCompile(`No\. (\d{4})`)
		var seen []string
		args, more, last := []string{book.Cash, "2026-11", "0"}, true, chat.Reply{}
		for more {
			last = open(args...)
			var page []string
			for _, m := range number.FindAllStringSubmatch(last.Text, -1) {
				page = append(page, m[1])
			}
			seen = append(page, seen...)
			args, more = turn(t, last, "« Lebih lama")
		}
		var want []string
		for i := range rows {
			want = append(want, fmt.Sprintf("%04d", i+1))
		}
		if !slices.Equal(seen, want) {
			t.Errorf("the pages show %v", seen)
		}
		if !strings.Contains(last.Text, "Saldo awal Rp0") || !strings.Contains(last.Text, "saldo <b>Rp190.000</b>") {
			t.Errorf("the oldest page says\n%s", last.Text)
		}
		if back, ok := turn(t, last, "Lebih baru »"); !ok || back[2] != "1" {
			t.Errorf("back leads to %v", back)
		}
	})
}

// TestBookPagesTakeAnyName shows names that break careless screens, and taps that no button of ours made.
func TestBookPagesTakeAnyName(t *testing.T) {
	t.Parallel()
	tags := regexp.MustCompile(`</?[bi]>`)
	lookAtBooks(t, func(tx *storage.Tx, village region.Code, now time.Time) error {
		p := tx.NewPerson()
		seal := func(field string) storage.Sealed { return tx.Seal(p, field, hostileName) }
		for i := range 12 {
			if err := received(tx, village, now, fmt.Sprint("other:", i, hostileName), "piece", 2); err != nil {
				return err
			}
		}
		n := tx.NextReport()
		for _, f := range []storage.Fact{
			storage.Reported{Report: storage.Report{Number: n, Kind: storage.HouseholdFound, Village: village, By: 7, Date: storage.DayOf(now), Body: storage.EncodeBody(storage.Household{Categories: []int{8}, Persons: 2})}},
			storage.CaseOpened{Case: storage.Case{
				Number: n, Village: village, By: 7, Person: p, Name: seal("name"), Block: seal("block"), RT: seal("rt"), Persons: 2, Categories: []int{8}, Consent: storage.CaseConsent{By: storage.ConsentSelf},
			}},
			storage.ActivityPut{Activity: storage.Activity{ID: tx.NextActivity(), Village: village, Person: p, Title: seal("title"), State: storage.Planned}},
			storage.PartnerPut{Partner: storage.Partner{ID: tx.NextPartner(), Village: village, Person: p, Kind: "rt_group", Name: seal("name"), RT: seal("rt")}},
		} {
			if _, err := tx.Record(now, 7, village, f); err != nil {
				return err
			}
		}
		return nil
	}, func(open func(...string) chat.Reply) {
		pages := [][]string{{}, {""}, {"kas oktober"}, {hostileName}, {"", "2026-13", "x"}, {book.Cash, "1999-01", "-5"}, {book.Goods, "2026-11", "99", "zzzz"}, {"poetry", "2026-11", "0", "", "pdf"}, {book.Cash, "2026-11", "0", "", "exe"}}
		for _, kind := range book.Kinds() {
			pages = append(pages, []string{kind, "2026-11", "0"}, []string{kind, "2031-01", "7"})
		}
		detail, ok := turn(t, open(book.Goods, "2026-11", "0"), "0<b>=1+1</b>… buah")
		if !ok {
			t.Error("no button for the goods")
		}
		for _, args := range append(pages, detail) {
			r := open(args...)
			if rest := tags.ReplaceAllString(r.Text, ""); strings.ContainsAny(rest, "<>\u202e") || r.Text == "" || len([]rune(r.Text)) > 4096 {
				t.Errorf("%q shows\n%s", args, r.Text)
			}
		}
	})
}
