package main

import (
	"errors"
	"fmt"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/office"
	"wksbm/storage"
	"wksbm/storage/region"
)

// women and men are names that nobody in the story bears for real.
func women() []string {
	return []string{
		"Siti Rahmah", "Nurhayati", "Masnah", "Zainab", "Hadijah", "Sarapiah", "Nuraini", "Halimah", "Rohana", "Mariam",
		"Fatimah", "Sapiah", "Jumrah", "Hasanah", "Suhartini", "Rukiah", "Nurlaila", "Baiq Sartika", "Hj. Maimunah", "Saniah",
	}
}

func men() []string {
	return []string{
		"Abdul Gani", "Syamsuddin", "Jamaluddin", "Ibrahim", "M. Saleh", "Usman", "Burhanuddin", "Yusuf", "Hasan", "Mustamin",
		"Sahabuddin", "Lalu Darman", "Arahman", "Makmur", "Idris",
	}
}

// home is the village of the ketua with a screen.
const home region.Code = 5207022011

// populate lets a ketua come in from about half of the villages, the one with a screen first.
func (w *writer) populate(start time.Time) error {
	if err := w.settleIn(start, w.cast.ketua, "Sumiati", home); err != nil {
		return err
	}
	at, _ := w.region.ByCode(home)
	if err := w.admit(start, w.cast.tksk, "Rahmawati", storage.TKSK, at.District); err != nil {
		return err
	}
	n := 0
	for _, district := range w.region.Districts() {
		for _, place := range w.region.Villages(district.Code) {
			if n++; n%2 == 0 || place.Code == home {
				continue
			}
			name := women()[n/2%len(women())]
			if err := w.settleIn(start, 990_000_000+int64(n), name, place.Code); err != nil {
				return err
			}
		}
	}
	return nil
}

// settleIn gives a village its ketua, a roster and, mostly, a profile with programmes and partners.
func (w *writer) settleIn(start time.Time, user int64, name string, place region.Code) error {
	if err := w.enroll(start, user, name, place); err != nil {
		return err
	}
	who := len(w.people)
	w.people, w.places = append(w.people, user), append(w.places, place)
	if place == home { // it has a story of its own
		return nil
	}
	for i, post := range []string{"chair", "secretary", "treasurer", "", "", "cadre"} {
		called := women()[(who+i*3)%len(women())]
		if i == 0 {
			called = name
		}
		if err := w.seat(start, who, called, post); err != nil {
			return err
		}
	}
	if who%3 == 2 { // not every village gets around to it
		return nil
	}
	return w.network(start, who)
}

// seat puts somebody on a village's roster.
func (w *writer) seat(at time.Time, who int, name, post string) error {
	p := w.tx.NewPerson()
	return w.record(at, who, storage.RosterPut{Attendee: storage.Attendee{
		ID: w.tx.NextAttendee(), Village: w.places[who], Person: p, Name: w.tx.Seal(p, "name", name), Post: post,
	}})
}

// ask records that somebody wants to be let in.
func (w *writer) ask(at time.Time, user int64, name string, role storage.Role, place region.Code) error {
	p := w.tx.NewPerson()
	m := storage.Member{
		User: user, Person: p, Name: w.tx.Seal(p, "name", name), Address: "ibu", Village: place, Role: role,
		Consent: storage.Consent{At: at, Version: defaults().Privacy.Version}, Request: w.tx.NextRequest(),
	}
	if _, err := w.tx.Record(at, user, place, storage.MemberAsked{Member: m}); err != nil {
		return err
	}
	return w.tx.PutChat(w.tx.Chat(user)) // who asks has written to the bot
}

// enroll lets a ketua in.
func (w *writer) enroll(at time.Time, user int64, name string, place region.Code) error {
	return w.admit(at, user, name, storage.Ketua, place)
}

// admit lets somebody in.
func (w *writer) admit(at time.Time, user int64, name string, role storage.Role, place region.Code) error {
	if err := w.ask(at, user, name, role, place); err != nil {
		return err
	}
	_, err := w.tx.Record(at, w.cast.staff, place, storage.MemberDecided{User: user, Accepted: true})
	return err
}

// network gives a village its profile, two programmes and a partner.
func (w *writer) network(at time.Time, who int) error {
	p := w.tx.NewPerson()
	profile := storage.Profile{
		Village: w.places[who], Person: p, SKNumber: fmt.Sprintf("140/%02d/SK/2025", who+1), SKDate: storage.DayOf(at.AddDate(-1, 0, 0)),
		Signer: w.tx.Seal(p, "signer", "Kepala desa"), Members: 20 + who, Kinds: []string{"collecting", "giving", "visiting"},
	}
	return errors.Join(
		w.record(at, who, storage.ProfilePut{Profile: profile}),
		w.plan(at, who, programme{"Posyandu lansia", "kader dan bidan desa", "30 lansia", "", 5, storage.Planned}),
		w.plan(at, who, programme{"Gotong royong perbaikan rumah warga", "warga RT 02", "atap dan dinding", "", 0, storage.Running}),
		w.befriend(at, who, partner{"psks_05", "Karang Taruna Tunas Muda", "tenaga untuk membagikan bantuan", ""}),
	)
}

// programme is a plan of a village. In is the days until it is due, or since; 0 leaves the day open.
type programme struct {
	title, by, target, note string
	in                      int
	state                   storage.ActivityState
}

func (w *writer) plan(at time.Time, who int, a programme) error {
	p := w.tx.NewPerson()
	day := storage.Day(0)
	if a.in != 0 {
		day = storage.DayOf(w.now) + storage.Day(a.in)
	}
	return w.record(at, who, storage.ActivityPut{Activity: storage.Activity{
		ID: w.tx.NextActivity(), Village: w.places[who], Person: p, Day: day, State: a.state,
		Title: w.tx.Seal(p, "title", a.title), Who: w.tx.Seal(p, "who", a.by), Target: w.tx.Seal(p, "target", a.target), Note: w.tx.Seal(p, "note", a.note),
	}})
}

// partner is part of a village's network. Contact is a person who agreed to be named, or "".
type partner struct{ kind, name, service, contact string }

func (w *writer) befriend(at time.Time, who int, a partner) error {
	p := w.tx.NewPerson()
	return w.record(at, who, storage.PartnerPut{Partner: storage.Partner{
		ID: w.tx.NextPartner(), Village: w.places[who], Person: p, Kind: a.kind, Name: w.tx.Seal(p, "name", a.name),
		Service: w.tx.Seal(p, "service", a.service), Contact: w.tx.Seal(p, "contact", a.contact), Consent: a.contact != "",
	}})
}

func (w *writer) record(at time.Time, who int, f storage.Fact) error {
	_, err := w.tx.Record(at, w.people[who], w.places[who], f)
	return err
}

// tell records a report.
func (w *writer) tell(at time.Time, who int, kind string, lines []storage.Line, body any) (uint64, error) {
	n := w.tx.NextReport()
	return n, w.record(at, who, storage.Reported{Report: storage.Report{
		Number: n, Kind: kind, Village: w.places[who], By: w.people[who], Date: storage.DayOf(at), At: at,
		Lines: lines, Body: storage.EncodeBody(body), Source: fmt.Sprintf("story:%d", n),
	}})
}

// prove has staff find a report right.
func (w *writer) prove(at time.Time, n uint64) error {
	r, _ := w.tx.Report(n)
	if _, err := w.tx.Record(at, w.cast.staff, r.Village, storage.ReportVerified{Number: n}); err != nil {
		return err
	}
	if c, ok := w.tx.Case(n); !ok || c.State != storage.Identified {
		return nil
	}
	_, err := w.tx.Record(at, w.cast.staff, r.Village, storage.CaseEntered{Entry: storage.CaseEntry{
		Case: n, Kind: storage.EntryState, State: storage.CaseProven,
	}})
	return err
}

func (w *writer) enqueue(all ...chat.Reply) error {
	for _, r := range all {
		if err := office.Enqueue(w.tx, w.now, r); err != nil {
			return err
		}
	}
	return nil
}
