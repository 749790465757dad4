package flows

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
)

func meetingKind() kind {
	return kind{
		code: storage.MeetingHeld, command: "rapat", again: "Rapat lain",
		line: func(_ Env, r storage.Report) string {
			var body storage.Meeting
			r.DecodeBody(&body)
			return kindTitle(body.Kind) + " · hadir " + counted(body.Present(), body.Invited)
		},
		card:    func(e Env, r storage.Report) string { m := meetingFrom(e, r); return meetingCard(e, &m) },
		receipt: meetingReceipt,
		next:    meetingNext,
		photos: func(r storage.Report) []string {
			var body storage.Meeting
			r.DecodeBody(&body)
			return body.Photos
		},
	}
}

// meetingNext leads on from a receipt: to a roster where there is none, to the programmes that the
// meeting may have brought further.
func meetingNext(e Env, _ storage.Report) []chat.Button {
	switch {
	case keepsRoster(e) && len(roster(e)) == 0:
		return []chat.Button{tap("Buat daftar anggota", attendeeCommand)}
	case underway(e) != "":
		return []chat.Button{pageTap("Kegiatan", activitiesPageName)}
	}
	return nil
}

func meetingReceipt(e Env, r storage.Report) string {
	var body storage.Meeting
	r.DecodeBody(&body)
	out := "Dinsos melihatnya di rekap berikutnya. Terima kasih, " + e.title() + "."
	if body.Next == 0 {
		return out
	}
	next := "Rapat berikutnya " + chat.Escape(announced(e, body).String())
	if body.Next > storage.DayOf(e.Now)+1 {
		next += "; kami ingatkan sehari sebelumnya"
	}
	return next + ".\n" + out
}

// meetingFrom makes the answers anew of which a report was made.
func meetingFrom(e Env, r storage.Report) meeting {
	var body storage.Meeting
	r.DecodeBody(&body)
	m := meeting{
		Kind: body.Kind, Date: r.Date.String(), Start: startOf(body.Start), Invited: body.Invited, Photos: body.Photos,
		Place: e.Tx.Unseal(body.Place, "place"), Chair: e.Tx.Unseal(body.Chair, "chair"), Agenda: e.Tx.Unseal(body.Agenda, "agenda"),
		Decisions: e.Tx.Unseal(body.Decisions, "decisions"), Order: e.Tx.Unseal(body.Order, "order"),
		Review: e.Tx.Unseal(body.Review, "review"), Plan: e.Tx.Unseal(body.Plan, "plan"),
	}
	m.Next = announced(e, body)
	if m.Agenda+m.Order+m.Review+m.Plan != "" {
		m.Full = yes
	}
	m.recall(body, splitLines(e.Tx.Unseal(body.GuestNames, "guests")))
	return m
}

// recall makes the attendance anew. Names of guests are a line each.
func (m *meeting) recall(body storage.Meeting, names []string) {
	for _, id := range slices.Concat(body.Here, body.Away) {
		m.Listed = append(m.Listed, strconv.FormatUint(id, 10))
	}
	guests := crowd{Count: max(body.Guests-len(names), 0), Names: names}
	if len(m.Listed) == 0 {
		m.Crowd = guests
		return
	}
	m.Guests, m.Invited = guests, 0
	for _, id := range body.Here {
		m.Here = append(m.Here, strconv.FormatUint(id, 10))
	}
}

func splitLines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

func confirmMeeting(e Env, m *meeting) string {
	if m.Edit != 0 {
		r, _ := e.Tx.Report(m.Edit)
		return confirmRevision(e, m.Edit, meetingChanges(e, r, m)) + lateLine(e, m.Edit, m.Date)
	}
	words := "<b>Sudah benar, " + e.call() + "?</b>\n\n" + meetingCard(e, m) + lateLine(e, 0, m.Date)
	if n := twin(e, m); n != 0 {
		words += "\n⚠️ Rapat hari itu sudah ada: No. " + Number(n) + ". Kirim bila memang rapat lain."
	}
	return words
}

// meetingChanges compares a report with the answers given now.
func meetingChanges(e Env, r storage.Report, m *meeting) []difference {
	old := meetingFrom(e, r)
	old.Edit = m.Edit
	all := differences(e, meetingSteps(), &old, m)
	if photos := photoDifference(old.Photos, m.Photos); photos != nil && !changes(all, "photo") {
		all = append(all, *photos)
	}
	return all
}

// twin finds a meeting of the village on the same day, at the same time where both are known.
func twin(e Env, m *meeting) uint64 {
	for _, r := range pastMeetings(e) {
		var body storage.Meeting
		r.DecodeBody(&body)
		at := minutesOf(m.Start)
		if r.Date.String() == m.Date && (body.Start < 0 || at < 0 || body.Start == at) {
			return r.Number
		}
	}
	return 0
}

// meetingCard is a meeting as its own people read it.
func meetingCard(e Env, m *meeting) string {
	lines := []string{"👥 <b>" + kindTitle(m.Kind) + "</b>"}
	if d, ok := dateOf(m.Date); ok {
		lines = append(lines, text.Date(d)+text.Near(d, e.Now)+atClock(m.Start))
	}
	add := func(label, value string) {
		if value != "" {
			lines = append(lines, label+": "+chat.Escape(text.Clip(value, 350)))
		}
	}
	r := rollOf(e, m)
	add("Tempat", m.Place)
	add("Hadir", counted(r.present(), r.invited))
	add("Tidak hadir", strings.Join(namesBy(e, r.away), ", "))
	add("Tamu", guestsOf(m).String())
	if len(m.Here)+len(r.fresh) == 0 && len(m.Crowd.Names) > 0 {
		add("Yang hadir", m.Crowd.String())
	}
	add("Anggota baru", strings.Join(r.fresh, ", "))
	add("Pimpinan", chairOf(e, m))
	add("Agenda", m.Agenda)
	add("Administrasi", m.Order)
	add("Kegiatan", m.Review)
	add("Rencana", m.Plan)
	add("Keputusan", m.Decisions)
	add("Rapat berikutnya", m.Next.String())
	if n := len(m.Photos); n > 0 {
		add("Foto", strconv.Itoa(n))
	}
	return strings.Join(lines, "\n")
}

func namesBy(e Env, ids []uint64) []string {
	var out []string
	for _, id := range ids {
		if a, ok := e.Tx.Attendee(id); ok && a.Village == e.Member.Village {
			out = append(out, nameOf(e, a))
		}
	}
	return out
}

// finishMeeting records the meeting, and on the roster who is new there. A draft that was sent already
// gives its receipt again.
func finishMeeting(e Env, draft uint64, m *meeting) flow.Turn {
	if m.Edit != 0 {
		return reviseMeeting(e, m)
	}
	if r, ok := Receipt(e, draft); ok {
		return flow.Turn{End: flow.Done, Replies: []chat.Reply{r}}
	}
	d, ok := dateOf(m.Date)
	if !ok {
		panic("meeting without a date")
	}
	n, body := e.Tx.NextReport(), storage.EncodeBody(sealedMeeting(e, m))
	must(e.Tx.Record(e.Now, e.Who.ID, e.Member.Village, storage.Reported{Report: storage.Report{
		Number: n, Kind: storage.MeetingHeld, Village: e.Member.Village, By: e.Who.ID,
		Date: storage.DayOf(d), At: e.Now, Body: body, Source: draftSource(draft),
	}}))
	return flow.Turn{End: flow.Done, Replies: append([]chat.Reply{receipt(e, draft)}, e.post("report", n)...)}
}

// reviseMeeting records a change. The report may have gone meanwhile.
func reviseMeeting(e Env, m *meeting) flow.Turn {
	r, turn := reopen(e, m.Edit, storage.MeetingHeld)
	if turn != nil {
		return *turn
	}
	all := meetingChanges(e, r, m)
	v := revision{report: r, all: all}
	if len(all) > 0 {
		d, ok := dateOf(m.Date)
		if !ok {
			panic("meeting without a date")
		}
		v.revised = storage.ReportRevised{Date: storage.DayOf(d), Body: storage.EncodeBody(sealedMeeting(e, m))}
	}
	return v.save(e)
}

// sealedMeeting keeps what was said under a key of its own, so that it can be erased.
func sealedMeeting(e Env, m *meeting) storage.Meeting {
	r := rollOf(e, m)
	for _, name := range r.fresh {
		r.here = append(r.here, enroll(e, name, ""))
	}
	p := e.Tx.NewPerson()
	out := storage.Meeting{
		Person: p, Kind: m.Kind, Start: minutesOf(m.Start), NextStart: minutesOf(m.Next.Start), Photos: m.Photos,
		Invited: r.invited, Here: r.here, Away: r.away, Guests: r.guests.size(),
		Place: e.Tx.Seal(p, "place", m.Place), Chair: e.Tx.Seal(p, "chair", chairOf(e, m)), Agenda: e.Tx.Seal(p, "agenda", m.Agenda),
		GuestNames: e.Tx.Seal(p, "guests", strings.Join(r.guests.Names, "\n")), Decisions: e.Tx.Seal(p, "decisions", m.Decisions),
		Order: e.Tx.Seal(p, "order", m.Order), Review: e.Tx.Seal(p, "review", m.Review), Plan: e.Tx.Seal(p, "plan", m.Plan),
	}
	if d, ok := dateOf(m.Next.Date); ok {
		out.Next, out.NextPlace = storage.DayOf(d), e.Tx.Seal(p, "next_place", m.Next.Place)
	}
	return out
}
