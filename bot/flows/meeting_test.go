package flows

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

// seloto is a ketua of a village without a roster, on Monday morning.
func seloto(t testing.TB, do func(e Env)) {
	t.Helper()
	store := storagetest.Open(t)
	err := store.View(func(tx *storage.Tx) error {
		e := monday
		e.Tx, e.Registered = tx, true
		e.Member = storage.Member{State: storage.Active, Role: storage.Ketua, Village: region.Must(region.Load()).Find("Seloto", 0)[0].Code}
		do(e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What people write about a meeting, and what is understood: kind, day, time, place, how many of how
// many, guests, decisions, agenda, next meeting; what is left, and why not.
func TestGleanMeeting(t *testing.T) {
	t.Parallel()
	seloto(t, func(e Env) {
		for words, want := range map[string]string{
			"rapat rutin kemarin di kantor desa hadir 12 orang": "regular 2026-11-22 Kantor desa 12",
			"rutin kemarin jam 8 malam di kantor desa":          "regular 2026-11-22 20.00 Kantor desa",
			"Jumat 19.30":                                                             "2026-11-20 19.30",
			"tadi malam jam 8 musyawarah di masjid":                                   "deliberation 2026-11-22 20.00 Masjid",
			"tadi pagi jam 8 rapat mendadak":                                          "incidental 2026-11-23 08.00",
			"rapat bulanan 20/11 bakda isya, 15 dari 20 hadir":                        "regular 2026-11-20 19.30 15/20",
			"rapat rutin tgl 20 jam 16.00-17.30 wita hadir 9":                         "regular 2026-11-20 16.00 9",
			"rapat rutin kemarin yang hadir 10, tidak hadir 4":                        "regular 2026-11-22 10/14",
			"rapat rutin kemarin hadir 12 orang termasuk 2 tamu":                      "regular 2026-11-22 10 +2",
			"rapat kemarin di rumah Bu Siti, keputusan: iuran 10rb mulai Jumat jam 4": "2026-11-22 Rumah Bu Siti k:iuran 10rb mulai Jumat jam 4",
			"rapat kemarin membahas lansia. pertemuan berikutnya 10 Desember":         "2026-11-22 a:lansia n:2026-12-10",
			"rapat rutin kemarin. Rapat lagi Jumat depan jam 4 sore":                  "regular 2026-11-22 n:2026-11-27 16.00",
			"rapat rutin kemarin dipimpin Bu Sumiati":                                 "regular 2026-11-22 p:Bu Sumiati",
			"rapat rutin kemarin jam 8":                                               "regular 2026-11-22 ?[480 1200]",
			"rapat hari ini jam 8 hadir 5":                                            "2026-11-23 08.00 5",
			"rapat rutin besok":                                                       "regular !",
			"rapat kemarin hadir 12 dari 10":                                          "2026-11-22 !",
			"rapat rutin kemarin hadir 9. Acara berjalan lancar":                      "regular 2026-11-22 9",
			"rapat":               "",
			"hadir siapa saja ya": "",
			"Jenis: rutin\nTanggal: 20 November\nTempat: Balai dusun\nHadir: 14\nAgenda: lansia\nKeputusan: kunjungan": "regular 2026-11-20 Balai dusun 14 k:kunjungan a:lansia",
		} {
			if got := gleaned(e, "kind", words); got != want {
				t.Errorf("%q is read as %q, want %q", words, got, want)
			}
		}
	})
}

// gleaned prints what was understood.
func gleaned(e Env, step, words string) string {
	var m meeting
	_, _, why := gleanMeeting(e, &m, step, words)
	out := []string{m.Kind, m.Date, m.Start, m.Place}
	if m.Crowd.Count > 0 {
		heads := fmt.Sprint(m.Crowd.Count)
		if m.Invited > 0 {
			heads += fmt.Sprintf("/%d", m.Invited)
		}
		out = append(out, heads)
	}
	if m.Guests.Count > 0 {
		out = append(out, fmt.Sprintf("+%d", m.Guests.Count))
	}
	if len(m.Clocks) > 0 {
		out = append(out, fmt.Sprintf("?%v", m.Clocks))
	}
	if m.Decisions != "" {
		out = append(out, "k:"+m.Decisions)
	}
	if m.Agenda != "" {
		out = append(out, "a:"+m.Agenda)
	}
	if m.Chair != "" {
		out = append(out, "p:"+m.Chair)
	}
	if m.Next.Date != "" {
		out = append(out, strings.TrimSpace("n:"+m.Next.Date+" "+m.Next.Start))
	}
	if why != "" && !strings.HasPrefix(why, "Belum terbaca") {
		out = append(out, "!")
	}
	return strings.Join(strings.Fields(strings.Join(out, " ")), " ")
}

func TestSoundsLikeMeeting(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]bool{
		"rapat kemarin hadir 12": true, "mau lapor rapat": true, "Tadi malam musyawarah desa": true, "assalamualaikum bu, kami sudah rapat rutin": true,
		"pertemuan hari ini": true, "rapat kemarin, keputusan bantuan beras 20 kg dibagi": true,
		"kemaren rapat rutin": true, "tadi kumpulan wksbm rutin": true, "kumpul beras 20 kg": false,
		"kapan rapat?": false, "terima beras 20 kg untuk rapat": false, "rapat dapat bantuan beras 20 kg": false, "rapatkan barisan": false, "": false,
	} {
		if got := SoundsLikeMeeting(monday, words); got != want {
			t.Errorf("SoundsLikeMeeting(%q) = %v", words, got)
		}
	}
}

func TestReadNext(t *testing.T) {
	t.Parallel()
	var m meeting
	for words, want := range map[string]string{
		"Jumat depan jam 4 sore": "2026-11-27 16.00", "20 Desember": "2026-12-20", "besok 19.30": "2026-11-24 19.30", "20/12 bakda isya": "2026-12-20 19.30",
		"hari ini jam 4 sore": "2026-11-23 16.00", "hari ini jam 07.00": "!", "kemarin": "!", "31/2": "!", "minggu depan": "?", "jumat jam 8": "?", "bulan depan": "!",
		"20/12/2028": "!", "terserah": "!",
	} {
		r := readNext(monday, &m, words)
		got := strings.TrimSpace(r.Value.Date + " " + r.Value.Start)
		switch {
		case r.Ask != "":
			got = "?"
		case !r.Sure:
			got = "!"
		}
		if got != want {
			t.Errorf("readNext(%q) = %q, want %q", words, got, want)
		}
	}
}

func FuzzMeeting(f *testing.F) {
	for _, s := range []string{
		"rapat rutin kemarin jam 8 malam di kantor desa hadir 12 dari 15, keputusan: arisan", "tadi malam", "12", "semua hadir", "3 tamu",
		"rutin hadir Siti Aminah, Rahma dan tamu Pak Camat", "hadir semua kecuali Rahma", "hadir 2, tidak hadir Aminah", "hadir. . ", "rapat lagi Jumat di masjid",
		"tidak hadir 3", "rapat berikutnya Jumat", "jam 25", "", "\xff", "di \xff", "hadir 0", "<b>", "\u202eabc", "keputusan:", "Jumat 19.30-21.00",
	} {
		f.Add(s)
	}
	store := storagetest.Open(f)
	home := region.Must(region.Load()).Find("Seloto", 0)[0].Code
	if err := store.Update(context.Background(), func(tx *storage.Tx) error {
		e := monday
		e.Tx, e.Member.Village = tx, home
		for _, name := range []string{"Siti Aminah", "Aminah", "Rahma"} {
			enroll(e, name, "")
		}
		return nil
	}); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, words string) {
		err := store.View(func(tx *storage.Tx) error {
			e := monday
			e.Tx = tx
			for _, step := range []string{"", "kind", "date", "count", "here"} {
				checkGleaned(t, e, step, words)
				withRoster := e
				withRoster.Member.Village = home
				checkGleaned(t, withRoster, step, words)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		checkRead(t, words)
	})
}

func checkGleaned(t *testing.T, e Env, step, words string) {
	var m meeting
	gleanMeeting(e, &m, step, words)
	if d, ok := dateOf(m.Date); m.Date != "" && (!ok || storage.DayOf(d) > storage.DayOf(e.Said)) {
		t.Fatalf("%q is of %q", words, m.Date)
	}
	if at := minutesOf(m.Start); m.Start != "" && (at < 0 || at >= 24*60) {
		t.Fatalf("%q begins at %q", words, m.Start)
	}
	if n := m.Crowd.size(); n < 0 || n > maxPresent || m.Invited != 0 && m.Invited < n {
		t.Fatalf("%q has %d of %d people", words, n, m.Invited)
	}
	for i, code := range m.Here {
		_, ok := attendeeOf(e, code)
		guest, named := strings.CutPrefix(code, guestCode)
		if slices.Contains(m.Here[:i], code) || !ok && (!named || !text.ParsePersonName(guest).Sure()) {
			t.Fatalf("%q ticks %q", words, m.Here)
		}
	}
	for _, s := range []string{m.Decisions, m.Agenda, m.Chair, m.Place} {
		if !utf8.ValidString(s) || utf8.RuneCountInString(s) > maxMinute {
			t.Fatalf("%q tells %q", words, s)
		}
	}
}

func checkRead(t *testing.T, words string) {
	var m meeting
	if r := readNext(monday, &m, words); r.Sure {
		if d, ok := dateOf(r.Value.Date); !ok || storage.DayOf(d) < storage.DayOf(monday.Said) {
			t.Fatalf("next is %+v of %q", r.Value, words)
		}
	}
	for _, r := range []crowd{readCrowd(monday, &m, words).Value, readGuests(monday, &m, words).Value} {
		for _, name := range r.Names {
			if !text.HasLetter(name) || !utf8.ValidString(name) || utf8.RuneCountInString(name) > 80 || strings.Contains(name, "\n") {
				t.Fatalf("%q has the name %q", words, name)
			}
		}
	}
	if r := readStart(monday, &m, words); r.Sure && minutesOf(r.Value) < 0 {
		t.Fatalf("%q begins at %q", words, r.Value)
	}
	if r := readPlace(monday, &m, words); r.Sure && !utf8.ValidString(r.Value) {
		t.Fatalf("%q is at %q", words, r.Value)
	}
}

// Programmes that are not over are named where a meeting is reported.
func TestUnderway(t *testing.T) {
	t.Parallel()
	store := storagetest.Open(t)
	home := region.Must(region.Load()).Find("Seloto", 0)[0].Code
	err := store.Update(context.Background(), func(tx *storage.Tx) error {
		e := monday
		e.Tx, e.Member.Village = tx, home
		if got := underway(e); got != "" {
			t.Errorf("nothing is underway: %q", got)
		}
		for i, title := range []string{"Jimpitan", "Posyandu <lansia>", "Dapur umum", "Arisan", "Mahyani", "Kunjungan"} {
			state := storage.Running
			if i == 2 {
				state = storage.Done
			}
			p := tx.NewPerson()
			must(tx.Record(monday.Now, 1, home, storage.ActivityPut{Activity: storage.Activity{
				ID: tx.NextActivity(), Village: home, Person: p, Title: tx.Seal(p, "title", title), State: state,
			}}))
		}
		if got, want := underway(e), "\nKegiatan yang belum selesai: Jimpitan, Posyandu &lt;lansia&gt;, Arisan, Mahyani dan 1 lagi"; got != want {
			t.Errorf("underway: %q, want %q", got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
