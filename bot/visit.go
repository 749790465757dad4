package bot

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/flows"
	"wksbm/bot/office"
	"wksbm/bot/remind"
	"wksbm/bot/text"
	"wksbm/storage"
)

// visit is one input of one person in their private chat, and what is known of them.
type visit struct {
	bot    *Bot
	tx     *storage.Tx
	now    time.Time
	in     chat.Input
	token  string // of a link this input may ask for
	chat   storage.Chat
	member storage.Member
	known  bool
	out    []chat.Reply
}

func (v *visit) answer() ([]chat.Reply, error) {
	v.member, v.known = v.tx.Member(v.in.From.ID)
	v.chat.ID = v.in.Chat.ID
	v.chat.Unreachable = v.in.Kind == chat.Left
	if err := v.hear(); err != nil {
		return nil, err
	}
	if err := v.inherit(); err != nil {
		return nil, err
	}
	if err := v.tx.PutChat(v.chat); err != nil {
		return nil, err
	}
	return v.settle(), nil
}

// inherit gives a person who became ketua just now what her predecessors left unfinished.
func (v *visit) inherit() error {
	now, _ := v.tx.Member(v.in.From.ID)
	if now.Role != storage.Ketua || now.State != storage.Active || v.active() && v.member.Role == storage.Ketua {
		return nil
	}
	drafts, err := office.Inherit(v.tx, now)
	v.chat.Parked = append(v.chat.Parked, drafts...)
	return err
}

func (v *visit) hear() error {
	if id, ok := v.answers(); ok {
		return v.relay(id)
	}
	if v.in.Kind == chat.Command || v.in.Kind == chat.Tapped {
		v.chat.Answers = nil
		if !office.Owns(v.in) { // the office forgets its own question
			v.chat.Asked = nil
		}
	}
	if v.in.Kind != chat.Tapped && (text.MeantNIK(v.in.Text) || text.MeantNIK(v.in.Command.Args)) && !v.hides() && !v.seeks() {
		return v.unwanted()
	}
	if v.seeks() && flows.LongNumber(v.in.Text+" "+v.in.Command.Args) {
		v.say(chat.Reply{Act: chat.Delete, Class: chat.Fleet, Message: v.in.Message})
	}
	if v.in.Edited && v.in.Kind == chat.Command { // corrects its words; it orders nothing again
		v.in.Kind, v.in.Text = chat.Text, v.in.Command.Args
	}
	if done, err := v.office(); done || err != nil {
		return err
	}
	if v.oversees() {
		return v.oversee()
	}
	if v.officer() {
		if done, err := v.spokenRoom(); done || err != nil {
			return err
		}
	}
	switch v.in.Kind {
	case chat.Left, chat.Joined:
		return nil // /start follows a restart; a blocked chat hears nothing
	case chat.Command:
		return v.command(v.in.Command.Name, v.in.Command.Args)
	case chat.Tapped:
		return v.tap()
	default:
		return v.words()
	}
}

// office shows to the office what is said to it; false when it is no business of the office. A draft stays
// open.
func (v *visit) office() (bool, error) {
	replies, ok, err := v.bot.Office.Private(v.tx, v.now, v.in, v.token, &v.chat)
	v.say(replies...)
	if err == nil && ok && v.in.Kind == chat.Tapped {
		err = v.bot.nudge(v.tx, v.now) // a TKSK may just have begun it
	}
	return ok, err
}

// active says whether the person may report.
func (v *visit) active() bool { return v.known && v.member.Reports() }

// oversees says whether the person is the TKSK of a kecamatan, who reports for no village.
func (v *visit) oversees() bool { return v.known && v.member.Oversees() }

func (v *visit) env() flows.Env {
	e := flows.Env{
		Now: v.now.In(zone), Said: v.said().In(zone), Tx: v.tx, Region: v.bot.Region, Who: v.in.From,
		Member: v.member, Registered: v.known, Privacy: v.bot.Privacy.With(v.tx),
		Reminders: v.bot.rules(v.tx), Nags: &v.chat.Nags,
		Limits: v.bot.Limits,
	}
	if g, ok := v.tx.StaffGroup(); ok {
		e.Group = g
	}
	e.Token, e.Farewell = v.token, v.bot.Office.Farewell(v.tx)
	e.Link = func(token string) string { return office.Link(v.tx.Note(office.NameNote), token) }
	e.Card, e.Post = v.bot.Office.Card(v.tx), v.bot.Office.Post(v.tx, v.now)
	return e
}

// said is when a message was written; it may have waited for a signal, or for us.
func (v *visit) said() time.Time {
	if at := v.in.At; !at.IsZero() && at.Before(v.now) && v.now.Sub(at) < 48*time.Hour {
		return at
	}
	return v.now
}

func (v *visit) say(rs ...chat.Reply) { v.out = append(v.out, rs...) }

func (v *visit) toast(text string) {
	v.say(chat.Reply{Act: chat.Toast, Class: chat.Fleet, Query: v.in.Query, Text: text})
}

// settle makes the cards of a tap on an old message appear where the person looks: at the bottom,
// with the buttons of the old one gone.
func (v *visit) settle() []chat.Reply {
	old := v.in.Kind == chat.Tapped && v.in.Message != v.chat.Live
	stripped := false
	for i := range v.out {
		r := &v.out[i]
		if old && r.Act == chat.Show && r.Chat == 0 {
			r.Fresh, stripped = true, true
		}
	}
	if stripped {
		v.say(chat.Reply{Act: chat.Strip, Class: chat.Fleet, Message: v.in.Message})
	}
	return v.out
}

// words takes what is typed, photographed or sent outside of commands and buttons.
func (v *visit) words() error {
	if v.in.Edited && v.chat.Draft == nil && v.in.Message == v.chat.Idle {
		v.in.Edited, v.chat.Idle = false, 0
	}
	if v.in.Edited {
		if done, err := v.amend(); done || err != nil {
			return err
		}
	}
	if v.in.Edited && v.chat.Draft == nil {
		if v.active() && (flows.SoundsLikeMeeting(v.env(), v.in.Text) || flows.SoundsLikeAid(v.env(), v.in.Text)) {
			v.say(flows.TooLate(v.env()))
		}
		return nil // Telegram tells of changes that nobody made, too
	}
	d := v.chat.Draft
	if name, ok := spoken(v.in); ok && (d == nil || text.Fold(v.in.Text) == "menu") {
		v.in.Kind, v.in.Command, v.in.Text = chat.Command, chat.Order{Name: name}, ""
		return v.command(name, "")
	}
	if d != nil && v.elsewhere(*d) {
		v.park()
		d = nil
	}
	if d != nil && v.now.Sub(d.Touched) <= remind.Untouched {
		return v.converse(*d, v.in)
	}
	if words, ok := v.bookSaid(); ok && v.page("buku", []string{words}, true) {
		return nil
	}
	return v.outside()
}

// outside takes words that belong to no open draft; one that is too old is set aside first.
func (v *visit) outside() error {
	old := v.chat.Draft != nil
	v.park()
	meant := ""
	if (v.in.Kind == chat.Text || v.in.Kind == chat.Photo) && !v.in.Edited {
		meant = flows.Meant(v.env(), v.in.Text)
	}
	n, report := reportSaid(v.in)
	mend, mends := chat.Reply{}, false
	if v.in.Kind == chat.Text && !v.in.Edited && !old {
		mend, mends = flows.Mend(v.env(), v.in.Text)
	}
	switch {
	case mends:
		v.say(mend)
	case v.active() && report && !old:
		r := flows.OpenReport(v.env(), n)
		r.Fresh = true
		v.say(r)
	case v.active() && meant != "" && !flows.NamesResident(v.in):
		return v.open(meant, v.in)
	case v.active() && !v.in.Edited && v.told():
		return v.tell()
	case old && len(v.chat.Parked) > 0:
		v.offer()
	case !v.active():
		v.welcome(meant != "")
	default:
		v.idle()
	}
	return nil
}

// told says whether words are about a resident: one to look for, one in need, or one who died.
func (v *visit) told() bool {
	about, _ := flows.AboutResident(v.in)
	return about != ""
}

// tell opens what words about a resident belong to.
func (v *visit) tell() error {
	about, words := flows.AboutResident(v.in)
	if about == flows.SearchResident {
		return v.command("warga", words)
	}
	v.in.Text = words
	return v.open(about, v.in)
}

// bookSaid finds a look at the books in plain words.
func (v *visit) bookSaid() (string, bool) {
	if v.in.Kind != chat.Text || v.in.Edited || !v.active() {
		return "", false
	}
	return flows.BookSaid(v.env(), v.in.Text)
}

// officer says whether the person sits in the Dinsos group and reports from no village.
func (v *visit) officer() bool {
	seat := v.chat.Seat
	return !v.known && (seat.In || v.chat.Staff && seat.At.IsZero())
}

// asksHelp says whether the person asks what can be done here.
func (v *visit) asksHelp() bool {
	name, _ := spoken(v.in)
	switch t, err := chat.ParseTap(v.in.Data); {
	case v.in.Kind == chat.Command:
		name = v.in.Command.Name
	case v.in.Kind == chat.Tapped && err == nil && t.To == "m":
		name = t.Arg(0)
	}
	return name == "bantu" || name == "help"
}

// welcome answers a person who may not report, and reminds them of a registration half done.
func (v *visit) welcome(aid bool) {
	if v.officer() {
		if v.asksHelp() {
			v.say(office.HelpStaff())
			return
		}
		r := office.StaffHome()
		r.Fresh = v.in.Kind != chat.Tapped
		v.say(r)
		return
	}
	r := flows.Welcome(v.env())
	unknown := !v.known
	for _, d := range v.chat.Parked {
		if unknown && d.Flow == flows.Registration {
			r.Text = "Pendaftaran Ibu/Bapak belum selesai.\nSesudah itu bisa melapor."
			r.Buttons = append([][]chat.Button{{resumeButton("Lanjutkan pendaftaran", d.ID)}}, r.Buttons[1:]...)
			v.say(r)
			return
		}
	}
	if unknown && aid {
		r.Text = "Untuk melapor, mohon daftar dulu, Ibu/Bapak.\nCukup beberapa pertanyaan."
	}
	v.say(r)
}

// aReport names a report by its number: "batalkan laporan 0021", "no 21", "0021".
var aReport = regexp.MustCompile(`(?i)^(?:(?:batalkan|hapus|ubah|perbaiki|lihat|buka|cek)\s+)?(?:laporan\s*)?(?:no\.?|nomor)?\s*(\d{1,6})$`)

// reportSaid finds the number of a report in words that are about nothing else.
func reportSaid(in chat.Input) (uint64, bool) {
	m := aReport.FindStringSubmatch(strings.TrimSpace(in.Text))
	if in.Kind != chat.Text || m == nil || !text.HasLetter(in.Text) && !strings.HasPrefix(m[1], "0") {
		return 0, false
	}
	n, err := strconv.ParseUint(m[1], 10, 64)
	return n, err == nil
}

// spoken finds a command in plain words.
func spoken(in chat.Input) (string, bool) {
	if in.Kind != chat.Text || in.Edited {
		return "", false
	}
	name, ok := map[string]string{
		"menu": "menu", "mulai": "menu", "batal": "menu", "stop": "menu", "berhenti": "menu", "lapor": "bantuan", "lapor bantuan": "bantuan", "bantuan": "bantuan",
		"mau lapor": "bantuan", "laporan": "laporan", "laporan saya": "laporan", "cara pakai": "bantu", "tolong": "bantu", "bantu": "bantu", "daftar": "daftar", "mau daftar": "daftar", "saya mau daftar": "daftar", "saya mau daftar bu": "daftar", "privasi": "privasi",
		"kegiatan": "kegiatan", "rencana": "kegiatan", "rencana baru": "kegiatan", "rencana kegiatan": "kegiatan", "kegiatan baru": "kegiatan", "daftar kegiatan": "kegiatan", "buat kegiatan": "kegiatan", "mau buat kegiatan": "kegiatan",
		"mitra": "mitra", "daftar mitra": "mitra", "mitra baru": "mitrabaru", "catat mitra": "mitrabaru", "tambah mitra": "mitrabaru", "mau catat mitra": "mitrabaru", "mau tambah mitra": "mitrabaru", "nihil": "nihil", "nihil bulan ini": "nihil", "profil": "profil", "serah terima": "serah", "panduan": "panduan",
		"rapat": "rapat", "lapor rapat": "rapat", "mau lapor rapat": "rapat", "saya mau lapor rapat": "rapat", "daftar anggota": "anggota", "anggota": "anggota",
		"salurkan": "salurkan", "menyalurkan": "salurkan", "penyaluran": "salurkan", "lapor penyaluran": "salurkan", "salurkan bantuan": "salurkan",
		"profil desa": "profil", "profil wksbm": "profil", "ubah profil": "profilubah", "serah jabatan": "serah", "serahkan jabatan": "serah", "ganti ketua": "serah",
		"diam": "diam", "pengingat": "diam", "jangan ingatkan": "diam", "jangan kirim pengingat": "diam",
	}[text.Fold(in.Text)]
	return name, ok
}

// hides says whether the present question asks for what must not stay in the chat, such as a NIK.
func (v *visit) hides() bool {
	d := v.chat.Draft
	if d == nil || v.in.Kind != chat.Text || v.in.Edited || v.now.Sub(d.Touched) > remind.Untouched {
		return false
	}
	c, ok := v.bot.conversation(d.Flow)
	return ok && v.may(d.Flow) && c.Hides(v.env(), d.Data)
}

// seeks says whether the person looks for somebody on file, perhaps by NIK or No KK.
func (v *visit) seeks() bool {
	if office.Seeks(v.in, &v.chat, v.now) {
		return true
	}
	if !v.active() || v.in.Edited {
		return false
	}
	if v.in.Kind == chat.Command {
		return v.in.Command.Name == "warga"
	}
	about, _ := flows.AboutResident(v.in)
	return about == flows.SearchResident && v.chat.Draft == nil
}

// unwanted removes a message with a NIK that nobody asked for from the chat.
func (v *visit) unwanted() error {
	v.say(chat.Reply{Act: chat.Delete, Class: chat.Fleet, Message: v.in.Message})
	return v.aside(chat.Reply{
		Act: chat.Say, Class: chat.Notice,
		Text: "NIK atau No KK tidak diperlukan di sini; pesannya kami hapus dari obrolan ini.\nMohon ditulis lagi tanpa nomor itu.",
	})
}

// idle answers what nobody asked for. The photos of one album are one thing.
func (v *visit) idle() {
	if f := v.in.File; f != nil && f.Album != "" {
		if v.chat.Album == f.Album {
			return
		}
		v.chat.Album = f.Album
	}
	v.chat.Idle = v.in.Message
	v.say(flows.Idle(v.env(), v.in))
}

// converse hands an input to the conversation a draft belongs to.
func (v *visit) converse(d storage.Draft, in chat.Input) error {
	c, ok := v.bot.conversation(d.Flow)
	if !ok || !v.may(d.Flow) { // kept: the right may come back
		v.park()
		v.say(flows.Welcome(v.env()))
		return nil
	}
	d.Asked = false
	return v.turn(d, c.Hear(v.env(), d.ID, d.Data, in))
}

// turn keeps what a conversation's turn led to.
func (v *visit) turn(d storage.Draft, t flow.Turn) error {
	v.say(t.Replies...)
	if t.End != "" {
		v.chat.Draft = nil
		if t.End == flow.Done {
			v.sent(d)
		}
		if d.Flow == flows.Registration && t.End == flow.Done { // others that were begun have no use any more
			v.chat.Parked = slices.DeleteFunc(v.chat.Parked, func(p storage.Draft) bool { return p.Flow == d.Flow })
		}
		if t.End == flow.Done {
			v.leadBack()
		}
		return nil
	}
	d.Data, d.Touched = t.Data, v.now
	v.chat.Draft = &d
	if t.Opens != "" {
		return v.first(t)
	}
	return nil
}

// first sets the draft aside for a conversation that has to come before it.
func (v *visit) first(t flow.Turn) error {
	in := v.in
	in.Kind, in.Text, in.Query, in.Data, in.Command = chat.Text, t.With, "", "", chat.Order{}
	if v.in.Kind == chat.Tapped {
		in.Message = 0 // the words are ours
	}
	said := len(v.out)
	err := v.open(t.Opens, in)
	for i := range v.out[said:] {
		r := &v.out[said+i]
		r.Fresh = r.Fresh && v.in.Kind != chat.Tapped // a tap changes the card it is on
	}
	return err
}

// leadBack puts the way to the draft that was set aside last on the receipt of what was done first.
func (v *visit) leadBack() {
	n := len(v.chat.Parked)
	if n == 0 || !v.may(v.chat.Parked[n-1].Flow) {
		return
	}
	d := v.chat.Parked[n-1]
	for i := range v.out {
		if r := &v.out[i]; r.Last && v.now.Sub(d.Touched) <= remind.Untouched {
			r.Buttons = append([][]chat.Button{{resumeButton("Lanjutkan: "+v.title(d), d.ID)}}, r.Buttons...)
		}
	}
}

// may says whether the person may hold this conversation now. It is asked at every input, so that
// a revoked member's open draft goes nowhere.
func (v *visit) may(name string) bool {
	if name == flows.Registration {
		return !v.active() && !v.oversees()
	}
	return v.active()
}

// open parks what is open and starts a conversation.
func (v *visit) open(name string, in chat.Input) error {
	c, ok := v.bot.conversation(name)
	if !ok || !v.may(name) {
		v.say(flows.Welcome(v.env()))
		return nil
	}
	v.park()
	d := storage.Draft{ID: v.tx.NextDraft(), Flow: name, Started: v.now, Touched: v.now}
	return v.turn(d, c.Open(v.env(), d.ID, in))
}

// park sets the open draft aside; it is offered again by the menu.
func (v *visit) park() {
	if v.chat.Draft == nil {
		return
	}
	d := *v.chat.Draft
	if c, ok := v.bot.conversation(d.Flow); ok {
		t := c.Leave(v.env(), d.ID, d.Data)
		v.say(t.Replies...)
		d.Data = t.Data
	}
	v.chat.Draft = nil
	if v.title(d) != "" { // nothing answered, nothing to keep
		v.chat.Parked = append(v.chat.Parked, d)
	}
}

// resume brings a parked draft back; 0 means the newest.
func (v *visit) resume(id uint64) (bool, error) {
	for i := len(v.chat.Parked) - 1; i >= 0; i-- {
		d := v.chat.Parked[i]
		if id != 0 && d.ID != id {
			continue
		}
		v.chat.Parked = append(v.chat.Parked[:i:i], v.chat.Parked[i+1:]...)
		if v.in.Kind == chat.Tapped {
			v.toast("Melanjutkan: " + v.title(d))
		}
		v.park()
		return true, v.redraw(d)
	}
	return false, nil
}

func (v *visit) redraw(d storage.Draft) error {
	c, ok := v.bot.conversation(d.Flow)
	if !ok || !v.may(d.Flow) {
		v.chat.Draft = &d
		v.park()
		v.say(flows.Welcome(v.env()))
		return nil
	}
	t := c.Redraw(v.env(), d.ID, d.Data)
	for i := range t.Replies {
		t.Replies[i].Fresh = t.Replies[i].Fresh && v.in.Kind != chat.Tapped // a tap changes the card it is on
	}
	return v.turn(d, t)
}

// offer names what is parked and asks what to do with it.
func (v *visit) offer() {
	d := v.chat.Parked[len(v.chat.Parked)-1]
	others := []chat.Button{menuButton("Menu", "menu")}
	if flows.Begins(d.Flow) {
		others = []chat.Button{menuButton("Mulai baru", "baru", d.Flow), others[0]}
	}
	v.say(chat.Reply{
		Act: chat.Show, Class: chat.Screen, Fresh: true,
		Text:    "Masih ada isian yang belum dikirim:\n<b>" + chat.Escape(v.title(d)) + "</b>",
		Buttons: [][]chat.Button{{resumeButton("Lanjutkan", d.ID)}, others},
	})
}

func (v *visit) title(d storage.Draft) string {
	if c, ok := v.bot.conversation(d.Flow); ok {
		return c.Title(v.env(), d.Data)
	}
	return "isian"
}

func (b *Bot) conversation(name string) (flow.Conversation[flows.Env], bool) {
	for _, c := range b.Flows {
		if c.Name() == name {
			return c, true
		}
	}
	return nil, false
}

func menuTap(words ...string) string { return chat.NewTap("m", words...).Data() }

func menuButton(label string, words ...string) chat.Button {
	return chat.Button{Label: label, Data: menuTap(words...)}
}

func resumeButton(label string, id uint64) chat.Button {
	return menuButton(label, "lanjut", strconv.FormatUint(id, 36))
}
