package flows_test

import (
	"encoding/json"
	"strings"
	"testing"

	"wksbm/storage"
)

// TestErasedNameIsNowhere erases a resident while people have her name on their screens, in their drafts, in
// questions that wait and in messages that were not sent yet: no row of the archive holds it any more.
func TestErasedNameIsNowhere(t *testing.T) {
	t.Parallel()
	s := play(t, `! member ketua Seloto ketua
! member relawan Seloto relawan
! group
! admin staf2
ketua> Siti Xaviera RT 03 Dusun Longa, 4 jiwa, lansia, butuh sembako
ketua> [Setuju, kirim]
relawan> /warga siti xaviera
relawan> siti xaviera rt 03 dusun longa, 3 jiwa, lansia
relawan> /menu
ketua> beras 20 kg dari H. Ahmad untuk lansia hari ini
ketua> [Kirim]
ketua> salurkan beras 5 kg ke SITI XAVIERA RT 03 hari ini
staf> /hapus_data 0001 diminta anaknya, Xaviera Putri
staf@staf> /cari
staf@staf> siti xaviera
! later 20m
! flood sendMessage
relawan> /warga siti
! flood sendMessage
ketua> /warga
! flood sendMessage
staf@staf> /rincian 1
! flood getChatMember
staf2@staf2> /cari siti xaviera`)
	left := func() (rows []string) {
		s.look(t, func(tx *storage.Tx) {
			for o := range tx.Outgoings() {
				if o.Chat > 0 {
					rows = append(rows, "outbox "+string(o.Body))
				}
			}
			for _, who := range []string{"ketua", "relawan", "staf", "staf2"} {
				data, err := json.Marshal(tx.Chat(s.telegram.ID(who)))
				if err != nil {
					t.Fatal(err)
				}
				rows = append(rows, who+" "+string(data))
			}
			for _, a := range tx.Asides() {
				rows = append(rows, "aside "+string(a.Raw))
			}
		})
		out := rows[:0]
		for _, row := range rows {
			if strings.Contains(strings.ToLower(row), "xaviera") {
				out = append(out, row)
			}
		}
		return out
	}
	if n := len(left()); n < 4 {
		t.Fatalf("only %d rows name her: the test proves little\n%s\n%s", n, strings.Join(left(), "\n"), s.out.String())
	}
	err := s.store.Update(t.Context(), func(tx *storage.Tx) error {
		return s.bot.Bot.Office.EraseReport(tx, s.now, s.telegram.ID("staf2"), 1, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range left() {
		t.Errorf("her name is left in %s", row)
	}
}
