package station

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strconv"
	"time"

	"github.com/cenkalti/backoff/v5"

	"wksbm/bot/flows"
	"wksbm/bot/office"
	"wksbm/bot/telegram"
	"wksbm/storage"
)

// introduction is how the bot presents itself on Telegram.
func introduction() telegram.Introduction {
	return telegram.Introduction{
		Name: "WKSBM Sumbawa Barat",
		About: "Laporan WKSBM untuk Dinas Sosial Kabupaten Sumbawa Barat.\n" +
			"Pengurus WKSBM mencatat bantuan, warga yang perlu dibantu dan rapat di sini; bukunya tersusun sendiri.",
		Short:   "Laporan WKSBM untuk Dinas Sosial Kabupaten Sumbawa Barat",
		Private: private(),
		Group: []telegram.Word{
			{Command: "rekap", About: "Rekap: hari ini, minggu, bulan, tempat, jenis"},
			{Command: "periksa", About: "Yang menunggu diperiksa, yang tertua dulu"},
			{Command: "papan", About: "Papan bulan ini, selalu terbaru"},
			{Command: "diam", About: "Desa yang diam, dan pengingatnya"},
			{Command: "umumkan", About: "Pengumuman ke pelapor: semua, kecamatan, desa, peran"},
			{Command: "materi", About: "Materi untuk pelapor: simpan, lihat, hapus"},
			{Command: "undang", About: "Undang pelapor atau TKSK: tempat dan peran"},
			{Command: "tindak_lanjut", About: "Warga yang masih ditangani, yang lewat waktu dulu"},
			{Command: "cari", About: "Cari warga, di obrolan pribadi"},
			{Command: "pendaftaran", About: "Pendaftaran yang menunggu"},
			{Command: "perbaikan", About: "Perubahan laporan yang menunggu"},
			{Command: "undangan", About: "Undangan yang belum dipakai"},
			{Command: "anggota", About: "Siapa yang melapor dari sebuah desa"},
			{Command: "desa", About: "Satu halaman tentang satu desa"},
			{Command: "laporan_bulanan", About: "Surat PDF satu bulan: desa, kecamatan, kabupaten"},
			{Command: "ekspor", About: "Semua data satu masa sebagai Excel"},
			{Command: "hapus_data", About: "Warga minta datanya dihapus: nomor laporan"},
			{Command: "retensi", About: "Data warga yang lewat masa simpan"},
			{Command: "bantu", About: "Cara pakai di grup ini"},
		},
		Admins: []telegram.Word{
			{Command: "setelan", About: "Jam rekap, kartu, sebutan, kontak"},
			{Command: "akses", About: "Siapa yang membuka data seorang warga"},
			{Command: "insiden", About: "Formulir bila data bocor"},
		},
	}
}

// private are the commands of the private chat.
func private() []telegram.Word {
	var out []telegram.Word
	for _, w := range flows.Words() {
		if w.About != "" {
			out = append(out, telegram.Word{Command: w.Command, About: w.About})
		}
	}
	return out
}

// introduce learns the bot's name and presents it, trying again until Telegram answers.
func (s *Station) introduce(ctx context.Context) error {
	waits := backoff.NewExponentialBackOff()
	waits.InitialInterval, waits.MaxInterval = time.Second, time.Minute
	for {
		err := s.present(ctx)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		s.cfg.Log.Warn("introduction", "error", err)
		if !pause(ctx, waits.NextBackOff()) {
			return nil
		}
	}
}

func (s *Station) present(ctx context.Context) error {
	if err := s.rename(ctx); err != nil {
		return err
	}
	in := introduction()
	said := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%+v", in)))
	known := ""
	if err := s.cfg.Store.View(func(tx *storage.Tx) error { known = tx.Note(noteIntroduced); return nil }); err != nil || known == said {
		return err
	}
	if err := s.client.Introduce(ctx, in); err != nil {
		return err
	}
	return s.cfg.Store.Update(ctx, func(tx *storage.Tx) error { return tx.SetNote(noteIntroduced, said) })
}

// noteIntroduced holds the hash of the introduction that Telegram has: it bears few changes of a name.
const noteIntroduced = "introduced"

// learnName asks for the bot's name when it is not known.
func (s *Station) learnName(ctx context.Context) error {
	if s.Name() != "" {
		return nil
	}
	return s.rename(ctx)
}

func (s *Station) rename(ctx context.Context) error {
	name, err := s.client.Me(ctx)
	if err != nil || name == s.Name() {
		return err
	}
	return s.cfg.Store.Update(ctx, func(tx *storage.Tx) error { return tx.SetNote(office.NameNote, name) })
}

// noteGroup remembers which configured group was taken over: it may have moved since.
const noteGroup = "configured_group"

// settleGroup makes the configured group the Dinsos group when it was not yet, or was lost.
func (s *Station) settleGroup(ctx context.Context) error {
	if s.cfg.StaffGroup == 0 {
		return nil
	}
	want, settled := strconv.FormatInt(s.cfg.StaffGroup, 10), false
	err := s.cfg.Store.View(func(tx *storage.Tx) error {
		_, known := tx.StaffGroup()
		settled = known && tx.Note(noteGroup) == want
		return nil
	})
	if err != nil || settled {
		return err
	}
	now := s.cfg.Now()
	return s.cfg.Store.Update(ctx, func(tx *storage.Tx) error {
		if err := s.Bot.Office.Claim(tx, now); err != nil {
			return err
		}
		return tx.SetNote(noteGroup, want)
	})
}

// NameIn is the bot's username as last learned from Telegram; "" before the first contact.
func NameIn(tx *storage.Tx) string { return tx.Note(office.NameNote) }
