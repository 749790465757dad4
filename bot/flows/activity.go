package flows

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/book"
	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
)

// plan is what is told of a programme of the village.
type plan struct {
	Edit   uint64 `json:"edit,omitempty"` // the activity that is changed, 0 for a new one
	Title  string `json:"title,omitempty"`
	Who    string `json:"who,omitempty"`
	Day    string `json:"day,omitempty"`
	Target string `json:"target,omitempty"`
}

type planHead = flow.Head[Env, plan]

func activity() flow.Conversation[Env] {
	return flow.New(flow.Flow[Env, plan]{
		Name: Activity, Version: 1, Title: planTitle, Args: true, Begin: beginPlan,
		Steps: planSteps(), Glean: gleanPlan,
		Reopen:  func(p *plan) bool { return p.Edit != 0 },
		Confirm: confirmPlan, Send: "✅ Simpan", Finish: finishPlan, Contact: askDinsos,
		Exits: [][]chat.Button{{pageTap("Kegiatan", activitiesPageName), tap("Menu", "menu")}},
	})
}

const planExample = "Misalnya: posyandu lansia 5 Desember"

func planSteps() []flow.Question[Env, plan] {
	return []flow.Question[Env, plan]{
		flow.Typed[Env, plan, string]{
			Head: planHead{
				Step: "title", Label: "Kegiatan", Ask: fixed[plan]("Kegiatan apa yang direncanakan?"), Example: planExample,
				Help: "Tulis nama kegiatannya, boleh sekaligus tanggalnya.",
			},
			Get: func(p *plan) *string { return &p.Title }, Read: readPlan, Print: same,
		},
		flow.Typed[Env, plan, string]{
			Head: planHead{
				Step: "who", Label: "Pelaksana", Ask: fixed[plan]("Siapa yang mengerjakan?"), Optional: true, Pass: "Belum tahu",
				Example: "Misalnya: kader dan Karang Taruna",
			},
			Get: func(p *plan) *string { return &p.Who }, Read: wording[plan](100, "Misalnya: kader dan Karang Taruna"), Print: same,
			Offers: func(Env, *plan) []flow.Offer[string] {
				return []flow.Offer[string]{{Label: "Pengurus WKSBM", Words: []string{"pengurus", "wksbm"}, Value: "pengurus WKSBM"}, {Label: "Kader", Value: "kader"}}
			},
		},
		flow.Date[Env, plan]{
			Head: planHead{
				Step: "day", Label: "Waktu", Ask: fixed[plan]("Kapan dikerjakan?"), Optional: true, Pass: "Belum tahu",
				Example: "Misalnya: 5 Desember, Sabtu, besok",
			},
			Get: func(p *plan) *string { return &p.Day }, Now: now, Ahead: true,
		},
		flow.Typed[Env, plan, string]{
			Head: planHead{
				Step: "target", Label: "Sasaran", Ask: fixed[plan]("Untuk siapa, atau berapa sasarannya?"), Optional: true,
				Aside: "Tambah sasaran", Example: "Misalnya: 30 lansia",
			},
			Get: func(p *plan) *string { return &p.Target }, Read: wordsOrFigures, Print: same,
		},
	}
}

// noPlan are words that name no programme.
var noPlan = regexp.MustCompile(`(?i)^(?:rencana|kegiatan|baru|rencana baru|kegiatan baru|rencana kegiatan|selesai|mulai|daftar|semua|lihat)$`)

func readPlan(e Env, p *plan, words string) flow.Reading[string] {
	if noPlan.MatchString(strings.TrimSpace(words)) {
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum ada nama kegiatannya. " + planExample)
	}
	return wording[plan](100, planExample)(e, p, words)
}

// wordsOrFigures takes "30" for a target too.
func wordsOrFigures(e Env, p *plan, words string) flow.Reading[string] {
	if n, err := strconv.Atoi(strings.TrimSpace(words)); err == nil && n > 0 && n < 100_000 {
		return flow.Sure(strconv.Itoa(n) + " orang")
	}
	return wording[plan](100, "Misalnya: 30 lansia")(e, p, words)
}

func planTitle(_ Env, p *plan) string {
	if p.Title == "" {
		return "Rencana kegiatan"
	}
	return text.Clip("Kegiatan: "+p.Title, 36)
}

// beginPlan loads the activity that "/kegiatan ubah 7" is about.
func beginPlan(e Env, in chat.Input) (plan, *flow.Turn) {
	id, ok := editing(in)
	if !ok {
		return plan{}, nil
	}
	a, ok := activityOf(e, id)
	if !ok || a.State.Ended() || !e.tends(a.By) {
		return plan{}, &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{showActivity(e, id, "")}}
	}
	return planFrom(e, a), nil
}

// planFrom makes the answers anew of which an activity was made.
func planFrom(e Env, a storage.Activity) plan {
	p := plan{Edit: a.ID, Title: e.Tx.Unseal(a.Title, "title"), Who: e.Tx.Unseal(a.Who, "who"), Target: e.Tx.Unseal(a.Target, "target")}
	if a.Day != 0 {
		p.Day = a.Day.String()
	}
	return p
}

// dayInName are words that a day belongs to by name: "Peringatan 17 Agustus".
var dayInName = regexp.MustCompile(`(?i)\b(peringatan|memperingati|hut|lomba|perayaan|perlombaan)\b`)

var (
	// planLead begins what is said of a plan: "mau buat kegiatan", "rencana kegiatan".
	planLead = regexp.MustCompile(`(?i)^(?:(?:mau|ingin|akan|saya|kami|kita|tolong|ada|bu|pak|catat|lapor(?:kan)?|buat|bikin|mengadakan|adakan)\s+)*(?:rencana(?:kan|nya)?(?:\s+kegiatan)?|kegiatan)\s*:?\s+`)
	saysPlan = regexp.MustCompile(`(?i)^(?:\S+\s+){0,3}rencana`)
	byWhom   = regexp.MustCompile(`(?i)\s(?:dikerjakan\s+)?oleh\s+(.+?)(?:\s+(?:untuk|pada|tgl|tanggal|jam|sasaran)\b|[,;.]|\s*$)`)
	forWhom  = regexp.MustCompile(`(?i)\s(?:untuk|sasaran(?:nya)?:?)\s+(\d{1,5}\s+\pL+(?:\s+(?:miskin|sakit|yatim|terlantar|lansia))?)(?:[\s,;.]|$)`)
)

// soundsLikePlan says whether words said outside of a conversation tell of a programme.
func soundsLikePlan(e Env, words string) bool {
	words = greeting.ReplaceAllString(strings.TrimSpace(words), "")
	at := planLead.FindStringIndex(words)
	if at == nil || strings.Contains(words, "?") || strings.HasPrefix(text.Fold(words[at[1]:]), "apa") {
		return false
	}
	return saysPlan.MatchString(words) || !SoundsLikeAid(e, words) && !soundsLikeGift(e, words)
}

// gleanPlan takes day, people and target out of "posyandu lansia 5 Desember oleh kader untuk 30 lansia".
func gleanPlan(e Env, p *plan, step, words string) (taken []string, rest, why string) {
	if step == "title" {
		if bare := planLead.ReplaceAllString(words, ""); text.HasLetter(bare) {
			words = bare
		}
	}
	taken, rest = gleanPlanDay(e, p, step, words)
	if step != "title" {
		return taken, rest, ""
	}
	if m := byWhom.FindStringSubmatchIndex(rest); m != nil {
		if who := wording[plan](100, "")(e, p, rest[m[2]:m[3]]); who.Sure {
			p.Who, taken, rest = who.Value, append(taken, "who"), cut(rest, m[0], m[3])
		}
	}
	if m := forWhom.FindStringSubmatchIndex(rest); m != nil {
		p.Target, taken, rest = rest[m[2]:m[3]], append(taken, "target"), cut(rest, m[0], m[3])
	}
	return taken, strings.Trim(rest, " ,"), ""
}

// gleanPlanDay takes the day out of "posyandu lansia 5 Desember".
func gleanPlanDay(e Env, p *plan, step, words string) (taken []string, rest string) {
	if step == "day" || step == "target" || dayInName.MatchString(words) {
		return nil, words
	}
	m := dayWords.FindStringSubmatchIndex(words)
	if m == nil || !isDay(words, m) {
		return nil, words
	}
	got := flow.ReadDate(words[m[2]:m[3]], e.Said, false, "")
	if !got.Sure {
		return nil, words
	}
	p.Day = got.Value
	return []string{"day"}, strings.Trim(onDay.ReplaceAllString(strings.TrimSpace(words[:m[2]]), "")+" "+strings.TrimSpace(words[m[3]:]), " ,")
}

// onDay stands before a day.
var onDay = regexp.MustCompile(`(?i)[\s,]+(pada|di|tgl|tanggal|hari|,)\s*$`)

func confirmPlan(e Env, p *plan) string {
	a, ok := activityOf(e, p.Edit)
	if !ok {
		words := "<b>Sudah benar, " + e.call() + "?</b>\n\n" + planCard(e, p, storage.Planned)
		if samePlan(e, p) {
			words += "\n⚠️ Kegiatan ini sudah ada di daftar. Simpan bila memang lain."
		}
		return words
	}
	old := planFrom(e, a)
	return confirmChange("<b>Ubah kegiatan</b>", differences(e, planSteps(), &old, p))
}

// samePlan says whether a programme of this name is open for the same day, or for one not known yet.
func samePlan(e Env, p *plan) bool {
	day := storage.Day(0)
	if d, ok := dateOf(p.Day); ok {
		day = storage.DayOf(d)
	}
	return slices.ContainsFunc(e.Tx.Activities(e.Member.Village), func(a storage.Activity) bool {
		return !a.State.Ended() && (a.Day == day || a.Day == 0 || day == 0) && text.Fold(e.Tx.Unseal(a.Title, "title")) == text.Fold(p.Title)
	})
}

// confirmChange is the summary of a change that is no report's.
func confirmChange(head string, all []difference) string {
	if len(all) == 0 {
		return head + "\nBelum ada yang berubah. Tekan Ubah untuk memilih."
	}
	return head + "\n" + differ(all)
}

// planCard shows a programme and how far it is, as HTML.
func planCard(e Env, p *plan, state storage.ActivityState) string {
	lines := []string{"<b>" + chat.Escape(p.Title) + "</b> · " + stateLabel(state)}
	lines = withLine(lines, "Pelaksana", chat.Escape(p.Who))
	if d, ok := dateOf(p.Day); ok {
		lines = append(lines, "Waktu: "+text.Date(d)+text.Near(d, e.Now))
	} else {
		lines = append(lines, "Waktu: belum tahu")
	}
	return strings.Join(withLine(lines, "Sasaran", chat.Escape(p.Target)), "\n")
}

func stateLabel(s storage.ActivityState) string { return strings.ToLower(book.ActivityLabel(s)) }

// finishPlan records the activity, or what changed of it.
func finishPlan(e Env, draft uint64, p *plan) flow.Turn {
	if r, ok := Receipt(e, draft); ok {
		return flow.Turn{End: flow.Done, Replies: []chat.Reply{r}}
	}
	a := storage.Activity{ID: e.Tx.NextActivity(), Village: e.Member.Village, Person: e.Tx.NewPerson(), State: storage.Planned}
	if p.Edit != 0 {
		old, ok := activityOf(e, p.Edit)
		if !ok || old.State.Ended() || !e.tends(old.By) {
			return flow.Turn{End: flow.Done, Replies: []chat.Reply{showActivity(e, p.Edit, "")}}
		}
		a = old
	}
	a.Title, a.Who, a.Target = e.Tx.Seal(a.Person, "title", p.Title), e.Tx.Seal(a.Person, "who", p.Who), e.Tx.Seal(a.Person, "target", p.Target)
	a.Day, a.Source = 0, draftSource(draft)
	if d, ok := dateOf(p.Day); ok {
		a.Day = storage.DayOf(d)
	}
	must(e.Tx.Record(e.Now, e.Who.ID, a.Village, storage.ActivityPut{Activity: a}))
	r, _ := Receipt(e, draft)
	return flow.Turn{End: flow.Done, Replies: []chat.Reply{r}}
}

// activityReceipt answers a draft that became an activity.
func activityReceipt(e Env, a storage.Activity) chat.Reply {
	n := strconv.FormatUint(a.ID, 10)
	next := "Rencana ini muncul lagi saat rapat berikutnya dilaporkan."
	if a.State == storage.Running {
		next = "Kegiatan ini muncul lagi saat rapat berikutnya dilaporkan."
	}
	rows := [][]chat.Button{{pageTap("Lihat", activityPageName, n), pageTap("Kegiatan", activitiesPageName)}, {tap("Menu", "menu")}}
	if a.Day != 0 && a.Day < storage.DayOf(e.Now) && !a.State.Ended() {
		next = "Kalau kegiatannya sudah selesai, tekan Sudah selesai."
		rows = append([][]chat.Button{{tap("Sudah selesai", "hasil", n)}}, rows...)
	}
	words := "✅ Tersimpan: <b>" + chat.Escape(text.Clip(e.Tx.Unseal(a.Title, "title"), 60)) + "</b>\n" + next
	return last(words+" Terima kasih, "+e.title()+".", rows...)
}

// outcome is how a programme ended.
type outcome struct {
	ID   uint64 `json:"id"`
	Note string `json:"note,omitempty"`
}

func activityDone() flow.Conversation[Env] {
	return flow.New(flow.Flow[Env, outcome]{
		Name: ActivityDone, Version: 1,
		Title: func(Env, *outcome) string { return "Hasil kegiatan" },
		Begin: beginOutcome,
		Steps: []flow.Question[Env, outcome]{
			flow.Typed[Env, outcome, string]{
				Head: flow.Head[Env, outcome]{
					Step: "note", Optional: true, Ask: askOutcome, Example: "Misalnya: 25 lansia diperiksa. Boleh dilewati",
				},
				Get: func(o *outcome) *string { return &o.Note }, Read: wording[outcome](300, "Misalnya: 25 lansia diperiksa"), Print: same,
			},
		},
		Finish: finishOutcome, Contact: askDinsos,
		Dropped: "Baik, kegiatan tetap seperti tadi.",
		Exits:   [][]chat.Button{{pageTap("Kegiatan", activitiesPageName), tap("Menu", "menu")}},
	})
}

func askOutcome(e Env, o *outcome) string {
	a, _ := activityOf(e, o.ID)
	return "Selesai: " + chat.Escape(text.Clip(e.Tx.Unseal(a.Title, "title"), 60)) + "\n<b>Bagaimana hasilnya, " + e.call() + "?</b>"
}

// beginOutcome checks that the activity is the village's and may be called done.
func beginOutcome(e Env, in chat.Input) (outcome, *flow.Turn) {
	id, _ := strconv.ParseUint(in.Command.Args, 10, 64)
	a, ok := activityOf(e, id)
	if !ok || a.State == storage.Dropped || !e.tends(a.By) {
		return outcome{}, &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{showActivity(e, id, "")}}
	}
	return outcome{ID: id}, nil
}

// finishOutcome records the end of an activity; a note that was there stays when none is given.
func finishOutcome(e Env, _ uint64, o *outcome) flow.Turn {
	a, ok := activityOf(e, o.ID)
	if !ok || a.State == storage.Dropped || !e.tends(a.By) {
		return flow.Turn{End: flow.Done, Replies: []chat.Reply{showActivity(e, o.ID, "")}}
	}
	if a.State != storage.Done || o.Note != "" {
		a.State = storage.Done
		if o.Note != "" {
			a.Note = e.Tx.Seal(a.Person, "note", o.Note)
		}
		must(e.Tx.Record(e.Now, e.Who.ID, a.Village, storage.ActivityPut{Activity: a}))
	}
	return flow.Turn{End: flow.Done, Replies: []chat.Reply{last(
		"✅ <b>"+chat.Escape(text.Clip(e.Tx.Unseal(a.Title, "title"), 60))+"</b> selesai.\nDinsos melihat jumlahnya di rekap berikutnya. Terima kasih, "+e.title()+".",
		[]chat.Button{pageTap("Lihat", activityPageName, strconv.FormatUint(a.ID, 10)), pageTap("Kegiatan", activitiesPageName)}, []chat.Button{tap("Menu", "menu")},
	)}}
}

// activityOf finds an activity of the person's own village.
func activityOf(e Env, id uint64) (storage.Activity, bool) {
	a, ok := e.Tx.Activity(id)
	return a, ok && e.active() && a.Village == e.Member.Village
}

// leads says whether the person is one of the officers of their WKSBM.
func (e Env) leads() bool {
	return e.active() && (e.Member.Role == storage.Ketua || e.Member.Role == storage.Pengurus)
}

// tends says whether the person may change what somebody recorded for the village.
func (e Env) tends(by int64) bool { return e.leads() || e.active() && by == e.Who.ID }
