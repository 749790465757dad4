package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// A report that two of staff press at the same time, in one answer of getUpdates or in two, is decided
// once: the first press counts, the second is told whose that was.
func TestTwoStaffAtOnce(t *testing.T) {
	t.Parallel()
	for name, press := range map[string]struct{ budi, wati, told string }{
		"verify and verify": {"o:seen:1:0", "o:seen:1:0", "Sudah diverifikasi oleh Budi."},
		"verify and return": {"o:seen:1:0", "o:ret:1:0:lines:unclear", "Sudah diverifikasi oleh Budi."},
		"verify and reject": {"o:seen:1:0", "o:rej:1:0:mistake", "Sudah diverifikasi oleh Budi."},
		"return and verify": {"o:ret:1:0:lines:unclear", "o:seen:1:0", "Sudah dikembalikan oleh Budi."},
		"reject and verify": {"o:rej:1:0:mistake", "o:seen:1:0", "Sudah ditolak oleh Budi."},
		"take and take":     {"o:own:1", "o:own:1", "Sudah ditangani Budi."},
	} {
		for _, batches := range []int{1, 2} {
			t.Run(fmt.Sprintf("%s in %d", name, batches), func(t *testing.T) {
				t.Parallel()
				d := newDesk(t)
				d.reported()
				budi, wati := pressed(9001, "Budi", press.budi), pressed(9002, "Wati", press.wati)
				var all []chat.Reply
				if batches == 1 {
					all = d.hear(budi, wati)
				} else {
					all = append(d.hear(budi), d.hear(wati)...)
				}
				if got := toasts(all); !strings.HasSuffix(got, press.told) {
					t.Errorf("toasts %q, want the last to be %q", got, press.told)
				}
				d.judged(t, 9001)
			})
		}
	}
}

// Two answers of getUpdates that are heard side by side: whoever comes first, one decision stands and
// exactly one of the two is told of it.
func TestTwoStaffSideBySide(t *testing.T) {
	t.Parallel()
	for range 20 {
		d := newDesk(t)
		d.reported()
		var both sync.WaitGroup
		for i, who := range []string{"Budi", "Wati"} {
			in := pressed(int64(9001+i), who, "o:seen:1:0")
			in.Message, in.Query = 7, who
			both.Go(func() {
				if err := d.bot.Hear(context.Background(), []chat.Heard{{ID: d.next + 1 + int64(i), Input: in}}); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		var judge int64
		told := ""
		_ = d.store.View(func(tx *storage.Tx) error {
			r, _ := tx.Report(1)
			judge = r.Judge
			for o := range tx.Outgoings() {
				var r chat.Reply
				if json.Unmarshal(o.Body, &r) == nil && r.Act == chat.Toast {
					told += r.Text
				}
			}
			return nil
		})
		want := map[int64]string{9001: "Sudah diverifikasi oleh Budi.", 9002: "Sudah diverifikasi oleh Wati."}[judge]
		if want == "" || told != want {
			t.Errorf("judge %d, told %q", judge, told)
		}
	}
}

// reported has the ketua report aid.
func (d *desk) reported() {
	d.t.Helper()
	d.hear(said(ketua, "beras 20 kg dari BAZNAS untuk umum hari ini"))
	d.hear(said(ketua, "kirim"))
}

// pressed is a press below a card in the group.
func pressed(who int64, name, data string) chat.Input {
	return chat.Input{Kind: chat.Tapped, Chat: chat.Place{ID: group}, From: chat.Person{ID: who, Name: name}, Data: data}
}

func toasts(all []chat.Reply) string {
	var out []string
	for _, r := range all {
		if r.Act == chat.Toast && r.Text != "" {
			out = append(out, r.Text)
		}
	}
	return strings.Join(out, "|")
}

// judged holds the report to having been decided once, or taken, by the first.
func (d *desk) judged(t *testing.T, first int64) {
	t.Helper()
	err := d.store.View(func(tx *storage.Tx) error {
		r, _ := tx.Report(1)
		if r.Judge != first && r.Owner != first || r.Judge != 0 && r.Judge != first {
			t.Errorf("the report is %+v", r)
		}
		n := 0
		for e := range tx.Events(1) {
			if e.By == 9001 || e.By == 9002 {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d decisions are in the log", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
