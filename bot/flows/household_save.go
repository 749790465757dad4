package flows

import (
	"slices"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// finishHousehold records the report and opens its case. A draft that was sent already gives its
// receipt again.
func finishHousehold(e Env, draft uint64, t *family) flow.Turn {
	if t.Edit != 0 {
		return reviseHousehold(e, t)
	}
	if r, ok := Receipt(e, draft); ok {
		return flow.Turn{End: flow.Done, Replies: []chat.Reply{r}}
	}
	number, village := e.Tx.NextReport(), e.Member.Village
	c := storage.Case{Number: number, Village: village, By: e.Who.ID, Person: e.Tx.NewPerson()}
	fillCase(e, t, &c)
	record := func(f storage.Fact) { must(e.Tx.Record(e.Now, e.Who.ID, village, f)) }
	record(storage.Reported{Report: storage.Report{
		Number: number, Kind: storage.HouseholdFound, Village: village, By: e.Who.ID, Date: storage.DayOf(e.Said), At: e.Now,
		Body: storage.EncodeBody(countedOf(t)), Source: draftSource(draft),
	}})
	record(storage.CaseOpened{Case: c})
	for _, j := range t.Judged {
		record(storage.CasesJudged{A: j.Case, B: number, Verdict: j.Verdict})
	}
	if t.Note != "" {
		record(storage.CaseEntered{Entry: storage.CaseEntry{Case: number, Kind: storage.EntryNote, Text: e.Tx.Seal(c.Person, "text", t.Note)}})
	}
	replies := slices.Concat([]chat.Reply{receipt(e, draft)}, e.post("case", number), postTwins(e, c))
	return flow.Turn{End: flow.Done, Replies: replies}
}

// countedOf is what may be counted of a household.
func countedOf(t *family) storage.Household {
	return storage.Household{Categories: numbersOf(t.Categories), Persons: t.Persons, Urgent: t.Urgent == "yes", Sensitive: t.sensitive()}
}

// fillCase writes the answers into a case, sealed with the key of its person.
func fillCase(e Env, t *family, c *storage.Case) {
	seal := func(field, words string) storage.Sealed { return e.Tx.Seal(c.Person, field, words) }
	c.Name, c.Initials, c.Sensitive = seal("name", t.called()), t.bare(), t.sensitive()
	c.Block, c.RT, c.RW = seal("block", t.Place.Block), seal("rt", t.Place.RT), seal("rw", t.Place.RW)
	nik, kk := bareNumber(t.shownNIK()), t.shownKK()
	c.NIK, c.NIKIndex, c.KK, c.KKIndex = seal("nik", nik), e.Tx.Blind(nik), seal("kk", kk), e.Tx.Blind(kk)
	c.Persons, c.Categories = t.Persons, numbersOf(t.Categories)
	c.Groups, c.Disabilities = welfare.RollUp(c.Categories), t.shownDisabilities()
	c.Need, c.NeedNote = t.Need, seal("need", t.NeedNote)
	c.Work, c.WorkNote = t.Work, seal("work", t.WorkNote)
	c.Checks, c.Checked = numbersOf(t.Checks), len(t.Checks) > 0
	if c.Aids = nil; len(t.Aids) > 0 {
		c.Aids = slices.DeleteFunc(slices.Clone(t.Aids), func(code string) bool { return code == noneOfIt })
	}
	c.Photos, c.Pin, c.Urgent = nil, storage.Sealed{}, t.Urgent == "yes"
	if !t.bare() {
		c.Photos, c.Pin = t.Photos, seal("pin", t.Pin)
	}
	if by := t.consent(); c.Consent.By != by {
		c.Consent = storage.CaseConsent{By: by, User: e.Who.ID, At: e.Now}
	}
}

func (t *family) consent() string {
	if t.Consent == "" {
		return storage.ConsentNone
	}
	return t.Consent
}

// postTwins tells staff, and nobody else, of cases of other villages with the same NIK or No KK.
func postTwins(e Env, c storage.Case) []chat.Reply {
	for _, blind := range [][]byte{c.NIKIndex, c.KKIndex} {
		for _, other := range e.Tx.CasesWith(blind) {
			if other.Village != c.Village {
				return e.post("alike", c.Number)
			}
		}
	}
	return nil
}

// householdChanges compares the answers with those on record.
func householdChanges(e Env, t *family) []difference {
	r, _ := e.Tx.Report(t.Edit)
	old := householdFrom(e, r)
	old.Edit = t.Edit
	all := differences(e, householdSteps(), &old, t)
	if photos := photoDifference(old.Photos, t.Photos); photos != nil && !changes(all, "photo") && !t.bare() {
		all = append(all, *photos)
	}
	for _, n := range []struct {
		step, label, was, now string
		shown                 func(string) string
	}{{"nik", "NIK", old.NIK, t.NIK, maskedNumber}, {"kk", "No. KK", old.KK, t.KK, maskedNumber}, {"pin", "Lokasi", old.Pin, t.Pin, pinShown}} {
		if n.was != n.now && n.shown(n.was) == n.shown(n.now) && !t.bare() { // it changed where it is not shown
			all = append(all, difference{n.step, n.label, n.shown(n.was), n.shown(n.now) + " (diperbaiki)"})
		}
	}
	return all
}

func reviseHousehold(e Env, t *family) flow.Turn {
	r, turn := reopen(e, t.Edit, storage.HouseholdFound)
	if turn != nil {
		return *turn
	}
	c, ok := e.Tx.Case(t.Edit)
	if !ok {
		panic("household without its case")
	}
	before := c
	fillCase(e, t, &c)
	v := revision{
		report: r, all: householdChanges(e, t), kase: &storage.CaseRevised{Case: c},
		revised: storage.ReportRevised{Date: r.Date, Lines: r.Lines, Flags: r.Flags, Body: storage.EncodeBody(countedOf(t))},
	}
	for _, j := range t.Judged {
		must(e.Tx.Record(e.Now, e.Who.ID, c.Village, storage.CasesJudged{A: j.Case, B: c.Number, Verdict: j.Verdict}))
	}
	out := v.save(e)
	if r.State == storage.Verified {
		return out
	}
	if c.Urgent && !before.Urgent {
		out.Replies = append(out.Replies, e.post("urgent", c.Number)...)
	}
	if !equalBlind(c.NIKIndex, before.NIKIndex) || !equalBlind(c.KKIndex, before.KKIndex) {
		out.Replies = append(out.Replies, postTwins(e, c)...)
	}
	return out
}

func householdKind() kind {
	return kind{
		code: storage.HouseholdFound, command: newHousehold, again: "Catat lagi",
		line: func(e Env, r storage.Report) string {
			if e.Tx.ReportErased(r) {
				return "Warga: " + storage.Erased
			}
			t := householdFrom(e, r)
			return strings.TrimSpace("Warga: " + t.called())
		},
		card: func(e Env, r storage.Report) string {
			if e.Tx.ReportErased(r) {
				return erasedWords
			}
			t := householdFrom(e, r)
			return householdCard(&t)
		},
		receipt: func(e Env, r storage.Report) string {
			c, _ := e.Tx.Case(r.Number)
			switch {
			case c.Sensitive:
				return "Dinsos kami minta menelepon " + e.address() + "; nama lengkap tidak dicatat. Terima kasih, " + e.title() + "."
			case c.Urgent:
				return "Dinsos langsung diberi tahu bahwa ini mendesak. Kabarnya masuk di sini. Terima kasih, " + e.title() + "."
			}
			return "Dinsos memeriksa usulan ini; kabarnya masuk di sini. Terima kasih, " + e.title() + "."
		},
		next: func(_ Env, r storage.Report) []chat.Button { return []chat.Button{caseTap("Data warga", r.Number)} },
	}
}
