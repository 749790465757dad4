package station

import (
	"bytes"
	"context"
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

// TestBookIsDrawnByTheRightsOfTheMoment: who asked for a file gets it only if they still may have it.
func TestBookIsDrawnByTheRightsOfTheMoment(t *testing.T) {
	t.Parallel()
	const user, village = 7, region.Code(5207022011)
	s, places := storagetest.Open(t), region.Must(region.Load())
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA)
	record := func(facts ...func(*storage.Tx) storage.Fact) {
		if err := s.Update(context.Background(), func(tx *storage.Tx) error {
			for _, f := range facts {
				if _, err := tx.Record(now, user, village, f(tx)); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	record(func(tx *storage.Tx) storage.Fact {
		p := tx.NewPerson()
		return storage.MemberAsked{Member: storage.Member{
			User: user, Request: tx.NextRequest(), Person: p, Name: tx.Seal(p, "name", "Ibu Contoh"), Village: village, Role: storage.Pengurus,
			Consent: storage.Consent{At: now, Version: "1"},
		}}
	}, func(*storage.Tx) storage.Fact { return storage.MemberDecided{User: user, Accepted: true} })

	asked := chat.Drawing{Kind: flows.BookDrawing, Period: "2026-11", Scope: village.String(), Format: "pdf", For: user, Name: book.Cash}
	got, err := drawBook(s, places, now, asked)
	if err != nil || got.Upload == nil || !bytes.HasPrefix(got.Upload.Data, []byte("%PDF")) || got.Upload.Name != "wksbm-seloto-kas-2026-11.pdf" {
		t.Fatalf("the file is %+v, %v", got, err)
	}
	refused := func(why string, d chat.Drawing) {
		t.Helper()
		if got, err := drawBook(s, places, now, d); err != nil || got.Upload != nil || got.Text == "" {
			t.Errorf("%s: %q, file %v, %v", why, got.Text, got.Upload != nil, err)
		}
	}
	other := asked
	other.Scope = "5207022012"
	refused("another village", other)
	other = asked
	other.For = 8
	refused("a stranger", other)
	other = asked
	other.Name = "poetry"
	refused("no such book", other)
	other = asked
	other.Period = "2026-W47"
	refused("no month", other)
	other = asked
	other.Format = "doc"
	if _, err := drawBook(s, places, now, other); err == nil {
		t.Error("drawn in a format that does not exist")
	}
	record(func(*storage.Tx) storage.Fact { return storage.MemberRevoked{User: user} })
	refused("access taken away", asked)
	if got, _ := drawBook(s, places, now, asked); !strings.Contains(got.Text, "hanya untuk ketua dan pengurus") {
		t.Errorf("says %q", got.Text)
	}
}
