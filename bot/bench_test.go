package bot_test

import (
	"context"
	"fmt"
	"testing"

	"wksbm/bot/chat"
	"wksbm/storage"
	"wksbm/storage/region"
)

// crowd is how many registered people speak in BenchmarkHear; each village has some of them.
const crowd = 1000

// script is what each of them says, from the first word to the receipt.
var script = []string{"/bantuan", "beras 20 kg, uang 500rb", "cukup", "BAZNAS", "yatim", "kemarin", "kirim"}

// BenchmarkHear measures updates from Hear to durable, by how many come in one answer of getUpdates.
// A hundred people at a time report step by step; nobody sends the answers, as the courier has its
// own transactions.
func BenchmarkHear(b *testing.B) {
	for _, size := range []int{1, 100} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			d := newDesk(b)
			enroll(b, d)
			batch := make([]chat.Heard, size)
			n := 0
			for b.Loop() {
				for i := range batch {
					batch[i] = chat.Heard{ID: int64(n + 1), Input: spoken(n)}
					n++
				}
				if err := d.bot.Hear(b.Context(), batch); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/update")
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "updates/s")
			counted(b, d, n)
		})
	}
}

// spoken is the nth input: hundred by hundred, people go through all lines together.
func spoken(n int) chat.Input {
	round := n / 100 / len(script)
	return said(speaker((round*100+n%100)%crowd), script[n/100%len(script)])
}

func speaker(i int) int64 { return int64(600_000_000 + i) }

// enroll makes the crowd members, in one transaction.
func enroll(b *testing.B, d *desk) {
	villages := region.Must(region.Load()).Villages(0)
	err := d.store.Update(context.Background(), func(tx *storage.Tx) error {
		for i := range crowd {
			p := tx.NewPerson()
			m := storage.Member{
				User: speaker(i), Request: tx.NextRequest(), Person: p, Name: tx.Seal(p, "name", "Sumiati"), Address: "ibu",
				Village: villages[i%len(villages)].Code, Role: storage.Relawan,
				Consent: storage.Consent{At: d.now, Version: "1"},
			}
			for _, f := range []storage.Fact{storage.MemberAsked{Member: m}, storage.MemberDecided{User: m.User, Accepted: true}} {
				if _, err := tx.Record(d.now, m.User, m.Village, f); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// counted holds the measured work to having been work: every whole conversation became a report, and
// every update has its answer.
func counted(b *testing.B, d *desk, updates int) {
	whole := updates / 100 / len(script) * 100
	err := d.store.View(func(tx *storage.Tx) error {
		if have := int(tx.NextReport()) - 1; have < whole {
			b.Errorf("%d reports of %d conversations", have, whole)
		}
		answers := 0
		for range tx.Outgoings() {
			answers++
		}
		if asides := len(tx.Asides()); answers < updates || asides > 0 {
			b.Errorf("%d answers to %d updates, %d set aside", answers, updates, asides)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
