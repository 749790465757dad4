package office_test

import (
	"context"
	"testing"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/office"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

// TestFilesAreForStaffWhenDrawn: who lost access between asking and sending gets words alone.
func TestFilesAreForStaffWhenDrawn(t *testing.T) {
	t.Parallel()
	s, now := storagetest.Open(t), time.Date(2026, 11, 23, 9, 0, 0, 0, region.WITA)
	o := &office.Office{Region: region.Must(region.Load())}
	if err := s.Update(context.Background(), func(tx *storage.Tx) error {
		_, err := tx.Record(now, 0, 0, storage.GroupClaimed{Chat: -5})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, d := range []chat.Drawing{
		{Kind: "export", Period: "2026-11", Format: "xlsx"},
		{Kind: "export", Period: "2026-01-01--2026-12-31", Scope: "5207022011", Format: "xlsx"},
		{Kind: "monthly", Period: "2026-11", Scope: "5207022011", Format: "pdf"},
		{Kind: "monthly", Period: "2026-10", Scope: "520702", Format: "pdf"},
		{Kind: "monthly", Period: "2026-10", Format: "pdf"},
	} {
		for _, staff := range []bool{false, true} {
			if err := s.Update(context.Background(), func(tx *storage.Tx) error {
				return tx.PutChat(storage.Chat{ID: 9, Staff: true, Seat: storage.Seat{Group: -5, At: now, In: staff}})
			}); err != nil {
				t.Fatal(err)
			}
			d.For = 9
			r, err := o.Draw(s.View, now, d)
			if err != nil || r.Text == "" || (r.Upload != nil) != staff {
				t.Errorf("%s of %q for staff %v: file %v, %q, %v", d.Kind, d.Scope, staff, r.Upload != nil, r.Text, err)
			}
		}
	}
	for _, d := range []chat.Drawing{{Kind: "export", Period: "x", For: 9}, {Kind: "monthly", Period: "2026-W47", For: 9}} {
		if r, err := o.Draw(s.View, now, d); err != nil || r.Upload != nil || r.Text == "" {
			t.Errorf("%+v: %q, %v", d, r.Text, err)
		}
	}
}
