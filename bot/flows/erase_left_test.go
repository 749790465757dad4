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

// TestErasedMemberIsNowhere erases a volunteer who registered twice, stands on the roster of the village and as
// ketua in its profile: no key opens her name any more, the village's other names stay.
func TestErasedMemberIsNowhere(t *testing.T) {
	t.Parallel()
	s := play(t, `! member relawan Seloto relawan
! member ketua Seloto ketua
! group
! admin staf2
staf2> /anggota Seloto
staf2> [Cabut: Sumiati]
staf2> [Ya, cabut]
! member ketua Seloto ketua
ketua> /profil
ketua> [Ubah]
ketua> [Penanda tangan]
ketua> Hasan Basri
ketua> [Simpan]`)
	user := s.telegram.ID("ketua")
	err := s.store.Update(t.Context(), func(tx *storage.Tx) error {
		m, _ := tx.Member(user)
		for _, name := range []string{"SUMIATI", "Nur Aini"} {
			a := storage.Attendee{ID: tx.NextAttendee(), Village: m.Village, Person: tx.NewPerson()}
			a.Name = tx.Seal(a.Person, "name", name)
			if _, err := tx.Record(s.now, user, m.Village, storage.RosterPut{Attendee: a}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"staf2> /hapus_data Sumiati", "staf2> [Sumiati · Ketua]", "staf2> [Hapus sekarang]", "staf2> [Ya, hapus]"} {
		s.line(line)
	}
	s.look(t, func(tx *storage.Tx) {
		m, _ := tx.Member(user)
		if !m.Erased {
			t.Fatalf("not erased:\n%s", s.out.String())
		}
		for e := range tx.Events(1) {
			f, err := e.Fact()
			if err != nil {
				t.Fatal(err)
			}
			name := ""
			switch f := f.(type) {
			case *storage.MemberAsked:
				name = tx.Unseal(f.Member.Name, "name")
			case *storage.RosterPut:
				name = tx.Unseal(f.Attendee.Name, "name")
			case *storage.ProfilePut:
				name = tx.Unseal(f.Profile.Ketua, "ketua")
			}
			if strings.EqualFold(name, "Sumiati") {
				t.Errorf("%s still names her", e.Kind)
			}
		}
		p := tx.Portrait(m.Village)
		if p.Ketua != "" || p.Signer != "Hasan Basri" {
			t.Errorf("the profile reads %+v", p)
		}
		for _, a := range tx.Roster(m.Village) {
			if name := tx.Unseal(a.Name, "name"); a.Retired != (name == storage.Erased) {
				t.Errorf("the roster has %q, retired %v", name, a.Retired)
			}
		}
	})
	if found, err := s.store.Doctor(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("doctor: %v, %v", found, err)
	}
}
