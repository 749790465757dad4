package flows_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"wksbm/bot/welfare"
	"wksbm/storage"
	"wksbm/storage/region"
)

// mark begins every word of the archive that no group may read.
const mark = "Zqx"

// TestGroupReadsNoWordsOfPeople fills an archive in which every name, address, note and title is marked, asks in
// the group for all there is, and looks for the mark in what the group was sent, files too, and in the log.
func TestGroupReadsNoWordsOfPeople(t *testing.T) {
	t.Parallel()
	s := play(t, "@ 2026-11-23 09:00\n! group\n! admin staf2\n! member ketua Seloto ketua\n! member relawan Taliwang tksk\nstaf> /pendaftaran\nstaf@staf> /start")
	if err := s.store.Update(context.Background(), func(tx *storage.Tx) error { return seed(tx, s) }); err != nil {
		t.Fatal(err)
	}
	asked := []string{
		"/rekap hari ini", "/rekap minggu Seloto", "/rekap bulan Taliwang bantuan", "/rekap bulan warga", "/rekap bulan rapat", "/rekap bulan kegiatan",
		"/desa Seloto", "/laporan_bulanan november Seloto", "/laporan_bulanan november Taliwang", "/laporan_bulanan november", "/ekspor", "/ekspor Seloto",
		"/papan", "/diam", "/periksa", "/periksa Seloto", "/tindak_lanjut", "/perbaikan", "/pendaftaran", "/retensi", "/hapus_data", "/anggota Seloto",
		"/cari Zqxnama", "/rincian Zqxnama", "/rincian 1", "/hapus_data Zqxnama", "/hapus_data 3", "/undangan", "/materi",
	}
	for _, words := range asked {
		s.line("staf@grup> " + words)
	}
	for _, words := range []string{"/cari 5207990101010001", "/start mirip_1_7", "/start rincian_1", "[Riwayat]"} {
		s.line("relawan> " + words) // a TKSK, who does not learn that a NIK is of a sensitive case
	}
	for _, e := range s.telegram.Events(0) {
		if e.Message != nil && e.Person == 0 && e.Chat == s.telegram.ID("relawan") && (strings.Contains(e.Message.Text, "0002") || strings.Contains(e.Message.Text, "0007")) {
			t.Errorf("a TKSK reads %q", e.Message.Text)
		}
	}
	s.line("@ 2026-12-01 09:00") // the day's, the week's and the month's recap with its files
	group, files := s.telegram.Chat("grup"), 0
	for _, e := range s.telegram.Events(0) {
		if e.Chat != group && (e.Message == nil || e.Message.Chat != group) || e.Person != 0 || e.Message == nil {
			continue
		}
		said := e.Message.Text + " " + e.Text
		for _, row := range e.Message.Buttons {
			for _, b := range row {
				said += " " + b.Label
			}
		}
		if f := e.Message.File; f != nil {
			data, _, _ := s.telegram.File(f.ID)
			said, files = said+" "+f.Name+" "+unpacked(t, f.Name, data), files+1
		}
		if at := strings.Index(strings.ToLower(said), strings.ToLower(mark)); at >= 0 {
			t.Errorf("the group reads %q", said[max(0, at-80):min(len(said), at+80)])
		}
		if longNumber.MatchString(said) && e.Message.File == nil {
			t.Errorf("the group reads a long number in %q", said)
		}
	}
	if files < 8 {
		t.Errorf("only %d files\n%s", files, s.out.String())
	}
	if strings.Contains(strings.ToLower(s.log.String()), strings.ToLower(mark)) {
		t.Error("the log has words of people")
	}
}

// unpacked is what can be read in a file. PDF is read where there is a program for it.
func unpacked(t *testing.T, name string, data []byte) string {
	t.Helper()
	switch filepath.Ext(name) {
	case ".xlsx":
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(&out, r); err != nil {
				t.Fatal(err)
			}
		}
		return out.String()
	case ".pdf":
		program, err := exec.LookPath("pdftotext")
		if err != nil {
			return ""
		}
		file := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(program, "-layout", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	return ""
}

// seed records one of each, with marked words.
func seed(tx *storage.Tx, s *stage) error {
	user := s.telegram.ID("ketua")
	m, _ := tx.Member(user)
	seal := func(p storage.PersonID, field string) storage.Sealed { return tx.Seal(p, field, mark+field) }
	record := func(f storage.Fact) error { _, err := tx.Record(s.now, user, m.Village, f); return err }
	report := func(kind string, body any, lines ...storage.Line) (uint64, error) {
		n := tx.NextReport()
		return n, record(storage.Reported{Report: storage.Report{
			Number: n, Kind: kind, Village: m.Village, By: user, Date: storage.DayOf(s.now), At: s.now, Body: storage.EncodeBody(body), Lines: lines,
		}})
	}
	line := func(item, unit string, n int) storage.Line {
		return storage.Line{Item: item, Unit: unit, Earmark: "general", Quantity: storage.Quantity(n * 1000)}
	}
	p := tx.NewPerson
	var errs []error
	note := func(err error) { errs = append(errs, err) }
	household := func(categories []int, sensitive bool) {
		n, err := report(storage.HouseholdFound, storage.Household{Categories: categories, Persons: 3, Urgent: true, Sensitive: sensitive})
		note(err)
		of := p()
		c := storage.Case{
			Number: n, Village: m.Village, By: user, Person: of, Categories: categories, Persons: 3, Urgent: true, Sensitive: sensitive, Photos: []string{"photo"},
			Name: tx.Seal(of, "name", mark+"nama"), Block: seal(of, "block"), RT: seal(of, "rt"), RW: seal(of, "rw"), NIK: tx.Seal(of, "nik", "5207990101010001"),
			NIKIndex: tx.Blind("5207990101010001"), NeedNote: seal(of, "need"), WorkNote: seal(of, "work"),
			Consent: storage.CaseConsent{By: storage.ConsentSelf, User: user, At: s.now},
		}
		note(record(storage.CaseOpened{Case: c}))
		note(record(storage.CaseEntered{Entry: storage.CaseEntry{Case: n, Kind: storage.EntryNote, Text: seal(of, "text")}}))
	}
	household([]int{8}, false)
	household([]int{16}, true)
	of := p()
	_, err := report(storage.AidReceived, storage.Aid{Person: of, Source: "individual_donor", Giver: seal(of, "giver"), Note: seal(of, "note")}, line("rice", "kg", 20), line("other:zqxbarang", "piece", 3), line(storage.ItemMoney, storage.UnitRupiah, 500000))
	note(err)
	of = p()
	_, err = report(storage.AidGiven, storage.Given{Person: of, Note: seal(of, "note"), Over: seal(of, "over"), To: []storage.Recipient{
		{Case: 1, Families: 1, Persons: 3}, {Person: of, Name: seal(of, "name"), RT: seal(of, "rt"), Families: 1, Persons: 2},
	}}, line("rice", "kg", 5), line("other:zqxbarang", "piece", 1))
	note(err)
	of = p()
	_, err = report(storage.DeathKnown, storage.Death{Person: of, Name: seal(of, "name"), Block: seal(of, "block"), Note: seal(of, "note")})
	note(err)
	a := storage.Attendee{ID: tx.NextAttendee(), Village: m.Village, Person: p(), Post: "secretary"}
	a.Name = seal(a.Person, "name")
	note(record(storage.RosterPut{Attendee: a}))
	of = p()
	_, err = report(storage.MeetingHeld, storage.Meeting{
		Person: of, Kind: "regular", Start: -1, Place: seal(of, "place"), Chair: seal(of, "chair"), Agenda: seal(of, "agenda"), Invited: 9, Here: []uint64{a.ID}, Guests: 2,
		GuestNames: seal(of, "guests"), Decisions: seal(of, "decisions"), Order: seal(of, "order"), Review: seal(of, "review"), Plan: seal(of, "plan"),
		Next: storage.DayOf(s.now) + 5, NextStart: -1, NextPlace: seal(of, "next_place"),
	})
	note(err)
	for _, state := range []storage.ActivityState{storage.Planned, storage.Running} {
		act := storage.Activity{ID: tx.NextActivity(), Village: m.Village, By: user, Person: p(), State: storage.Planned, Day: storage.DayOf(s.now)}
		act.Title, act.Who, act.Target, act.Note = seal(act.Person, "title"), seal(act.Person, "who"), seal(act.Person, "target"), seal(act.Person, "note")
		note(record(storage.ActivityPut{Activity: act}))
		act.State = state
		note(record(storage.ActivityPut{Activity: act}))
	}
	for _, kind := range welfare.PartnerKinds() {
		if kind.Code == welfare.Organisation {
			continue
		}
		partner := storage.Partner{ID: tx.NextPartner(), Village: m.Village, By: user, Person: p(), Kind: kind.Code, Consent: true}
		partner.Name, partner.Contact = seal(partner.Person, "name"), seal(partner.Person, "contact")
		partner.Phone, partner.Service = seal(partner.Person, "phone"), seal(partner.Person, "service")
		note(record(storage.PartnerPut{Partner: partner}))
	}
	note(record(storage.ReportVerified{Number: 1}))
	of = p()
	note(record(storage.CorrectionAsked{Correction: storage.Correction{
		ID: tx.NextCorrection(), By: user, Cancel: true, Reason: seal(of, "reason"), Revised: storage.ReportRevised{Number: 1},
	}}))
	m.Village = region.Must(region.Load()).Find("Sermong", 0)[0].Code // in the same kecamatan
	household([]int{16}, true)
	note(record(storage.CaseEntered{Entry: storage.CaseEntry{Case: 1, Kind: storage.EntryAlike, Other: 7, Verdict: storage.SameHousehold}}))
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
