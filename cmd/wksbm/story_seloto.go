package main

import (
	"errors"
	"time"

	"wksbm/storage"
)

// seloto is the story of the village whose ketua has a screen: every book has something in it, and
// something waits for everybody.
func (w *writer) seloto() {
	w.then(storyDays, 9, 0, w.found)
	w.then(28, 18, 0, func(at time.Time) error {
		return w.plan(at, 0, programme{"Santunan anak yatim", "pengurus", "6 anak", "Dibagikan di balai dusun, semua hadir", -28, storage.Done})
	})
	w.aid()
	w.families()
	w.meetings()
	w.lately(25, func(at time.Time) error {
		return w.ask(at, 990_000_901, "Rohani", storage.Relawan, home)
	})
}

// found sets up roster, profile, programmes and partners.
func (w *writer) found(at time.Time) error {
	for _, p := range [][2]string{
		{"Sumiati", "chair"},
		{"Masnah", "secretary"},
		{"Hadijah", "treasurer"},
		{"Ibrahim", ""},
		{"Halimah", ""},
		{"Burhanuddin", ""},
		{"Fatimah", ""},
		{"Nurhayati", "cadre"},
	} {
		if err := w.seat(at, 0, p[0], p[1]); err != nil {
			return err
		}
	}
	p := w.tx.NewPerson()
	profile := storage.Profile{
		Village: home, Person: p, SKNumber: "140/07/SK/2025", SKDate: storage.DayOf(at.AddDate(-1, 0, 0)), Signer: w.tx.Seal(p, "signer", "Kepala Desa Seloto"),
		Members: 24, Kinds: []string{"collecting", "giving", "visiting", "elderly", "orphans"},
	}
	return errors.Join(
		w.record(at, 0, storage.ProfilePut{Profile: profile}),
		w.befriend(at, 0, partner{"psks_05", "Karang Taruna Tunas Muda", "tenaga untuk membagikan bantuan", "Irwan"}),
		w.befriend(at, 0, partner{"psks_11", "TKSK Taliwang", "kunjungan dan rujukan ke Dinsos", ""}),
		w.befriend(at, 0, partner{"rt_group", "Dasawisma Melati", "jimpitan beras tiap Jumat", ""}),
		w.befriend(at, 0, partner{"psks_12", "Toko Barokah", "harga khusus sembako", ""}),
		w.plan(at, 0, programme{"Perbaikan atap rumah warga RT 03", "warga dan Karang Taruna", "satu rumah", "", 0, storage.Running}),
		w.plan(at, 0, programme{"Posyandu lansia", "kader dan bidan desa", "30 lansia", "", 5, storage.Planned}),
		w.plan(at, 0, programme{"Bersih kampung menjelang panen", "semua RT", "empat RT", "", 12, storage.Planned}),
	)
}

func (w *writer) meetings() {
	w.then(31, 17, 30, func(at time.Time) error {
		return w.gather(at, 0, gathering{
			kind: "regular", place: "Kantor desa", agenda: "Jimpitan dan santunan", decided: "Santunan anak yatim dibagikan hari Jumat.",
			order: "Buku kas dan buku barang sudah cocok.", review: "Jimpitan beras berjalan di empat RT.", plan: "Santunan anak yatim",
		}, func(a storage.Attendee) bool { return a.Post != "" || a.ID%2 == 0 })
	})
	w.then(20, 21, 0, func(at time.Time) error {
		return w.gather(at, 0, gathering{
			kind: "deliberation", place: "Balai dusun", decided: "Tiga keluarga diusulkan ke Dinsos.",
		}, func(a storage.Attendee) bool { return a.Post != "cadre" })
	})
	w.then(6, 17, 15, func(at time.Time) error {
		return w.gather(at, 0, gathering{
			kind: "regular", place: "Kantor desa", agenda: "Persiapan posyandu lansia", decided: "Lansia yang sakit dikunjungi tiap Jumat.",
			order: "Daftar warga diperbarui.", review: "Sembako sudah dibagikan ke enam lansia.", plan: "Posyandu lansia",
			next: storage.DayOf(w.now) + 1,
		}, func(a storage.Attendee) bool { return a.ID%4 != 0 })
	})
}
