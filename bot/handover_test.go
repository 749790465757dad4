package bot_test

import (
	"strings"
	"testing"

	"wksbm/bot/chat"
	"wksbm/storage"
)

func tapped(from int64, words ...string) chat.Input {
	return private(from, chat.Input{Kind: chat.Tapped, Data: chat.NewTap(words[0], words[1:]...).Data()})
}

// handedOver is a desk at which a stranger took the ketua's office over while she had one draft open
// and one parked. first is a button of the open one.
func handedOver(t *testing.T) (d *desk, first string) {
	d = newDesk(t)
	if err := d.store.Update(t.Context(), func(tx *storage.Tx) error { return tx.SetNote("bot_username", "wksbm_bot") }); err != nil {
		t.Fatal(err)
	}
	d.hear(said(ketua, "uang 500rb"), said(ketua, "/menu"))
	link := d.hear(tapped(ketua, "p", "serah", "buat"))
	_, token, ok := strings.Cut(text(link), "start=")
	if !ok {
		t.Fatalf("no link: %s", text(link))
	}
	card := d.hear(said(ketua, "beras 20 kg dari BAZNAS untuk umum hari ini"))
	first = card[0].Buttons[0][0].Data
	for _, words := range []string{"/start " + token, "setuju", "ibu", "Nur Aini", "lewati", "lewati"} {
		d.hear(said(stranger, words))
	}
	told := d.hear(said(stranger, "kirim"))
	for _, want := range []string{"Selamat bertugas", "Serah terima selesai, Bu Sumiati", "menggantikan Sumiati"} {
		if !strings.Contains(text(told), want) {
			t.Errorf("nobody was told %q:\n%s", want, text(told))
		}
	}
	return d, first
}

// All that a ketua left unfinished goes to her successor with the office, in one transaction.
func TestHandOverMovesDrafts(t *testing.T) {
	t.Parallel()
	d, _ := handedOver(t)
	_ = d.store.View(func(tx *storage.Tx) error {
		old, next := tx.Chat(ketua), tx.Chat(stranger)
		if old.Draft != nil || len(old.Parked) != 0 {
			t.Errorf("the old one keeps %v and %v", old.Draft, old.Parked)
		}
		if next.Draft != nil || len(next.Parked) != 2 {
			t.Errorf("the new one has %v and %d parked drafts, want 2", next.Draft, len(next.Parked))
		}
		m, _ := tx.Member(ketua)
		n, _ := tx.Member(stranger)
		if m.State != storage.Revoked || m.Successor != stranger || n.State != storage.Active || n.Role != storage.Ketua {
			t.Errorf("old %s with successor %d, new %s %s", m.State, m.Successor, n.State, n.Role)
		}
		if v := tx.Village(m.Village); v.Members != 1 {
			t.Errorf("%d members are counted, want 1", v.Members)
		}
		return nil
	})
}

// The old ketua's buttons do nothing any more; the new one's do.
func TestHandOverEndsAccess(t *testing.T) {
	t.Parallel()
	d, first := handedOver(t)
	for _, in := range []chat.Input{
		private(ketua, chat.Input{Kind: chat.Tapped, Data: first}), said(ketua, "kirim"), said(ketua, "beras 5 kg dari BAZNAS untuk umum hari ini"),
		tapped(ketua, "p", "serah", "buat"), tapped(ketua, "p", "serah", "cabut"), tapped(ketua, "p", "nihil", "2026-11"), tapped(ketua, "r", "open", "1"),
		tapped(ketua, "m", "kegiatan", "baru"), tapped(ketua, "m", "profilubah"), tapped(ketua, "p", "giat", "1", "run"),
	} {
		if words := text(d.hear(in)); !strings.Contains(words, "diserahterimakan kepada Nur Aini") {
			t.Errorf("%s %q is answered:\n%s", in.Kind, in.Data+in.Text, words)
		}
	}
	_ = d.store.View(func(tx *storage.Tx) error {
		if tx.NextReport() != 1 || tx.Chat(ketua).Draft != nil || len(tx.Invites(d.now)) != 0 {
			t.Errorf("next report %d, draft %v, open invites %d", tx.NextReport(), tx.Chat(ketua).Draft, len(tx.Invites(d.now)))
		}
		return nil
	})
	d.hear(private(stranger, chat.Input{Kind: chat.Tapped, Data: first}))
	if words := text(d.hear(said(stranger, "kirim"))); !strings.Contains(words, "No. 0001") {
		t.Errorf("the new one sends:\n%s", words)
	}
}

// A token is drawn only for the press that makes a link: an old page without one makes none.
func TestHandOverIsForTheKetuaAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, in := range []chat.Input{tapped(stranger, "p", "serah", "buat"), tapped(ketua, "p", "serah"), tapped(ketua, "p", "terima", "token1"), said(ketua, "/start token1")} {
		d.hear(in)
	}
	_ = d.store.View(func(tx *storage.Tx) error {
		if n := len(tx.Invites(d.now)); n != 0 {
			t.Errorf("%d links were made", n)
		}
		return nil
	})
}
