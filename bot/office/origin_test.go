package office

import (
	"testing"

	"wksbm/bot/chat"
	"wksbm/storage/region"
)

// FuzzTrace reads what a link or a tap may hold: what is read is written the same, and short enough for a
// button.
func FuzzTrace(f *testing.F) {
	for _, s := range []string{"2026-W47", "2026-11_520702", "2026-01-01--2026-12-31_5207022011_3", "2026-11-16_5207022011_0_12", "2026-11_1", "_", "2026-11_5207022011_-1"} {
		f.Add(s)
	}
	o := &Office{Region: region.Must(region.Load())}
	f.Fuzz(func(t *testing.T, args string) {
		at, ok := o.parseTrace(args)
		if !ok {
			return
		}
		again, ok := o.parseTrace(at.arg())
		if !ok || again != at && at.at.Code != 0 {
			t.Fatalf("%q is written as %q", args, at.arg())
		}
		if len(chat.NewTap("m", Origin, at.arg()).Data()) > chat.MaxData {
			t.Fatalf("%q is too long", at.arg())
		}
	})
}
