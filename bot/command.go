package bot

import (
	"slices"
	"strconv"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/flows"
	"wksbm/bot/office"
	"wksbm/storage"
	"wksbm/storage/region"
)

var zone = region.WITA

// command acts on /name args; a menu button "m:name:args" arrives here too.
func (v *visit) command(name, args string) error {
	switch name {
	case "start":
		return v.start(args)
	case "menu":
		v.menu()
	case "daftar":
		return v.register(v.in)
	case "privasi":
		return v.aside(flows.PrivacyText(v.env()))
	case "tentang":
		return v.aside(flows.About(v.env()))
	case "batal", "bantu", "help", "kembali", "lewati":
		return v.steer(name)
	case "lanjut":
		return v.carryOn(args)
	case "buang":
		return v.discard(args)
	case "baru":
		return v.fresh(args)
	case "laporan":
		v.reports(0)
	case office.Search:
		if v.active() {
			return v.command("warga", args)
		}
		return v.named(name, args)
	case "jawab":
		return v.askAnswer(args)
	default:
		return v.named(name, args)
	}
	return nil
}

// named opens the conversation or the page that a command names.
func (v *visit) named(name, args string) error {
	if args == "" && v.page(name, nil, true) { // a command that has both lists first
		return nil
	}
	if f := flows.FlowOf(name); f != "" {
		v.in.Command = chat.Order{Name: name, Args: args}
		return v.begin(f)
	}
	var words []string
	if args != "" {
		words = []string{args}
	}
	if v.page(name, words, true) {
		return nil
	}
	return v.aside(flows.UnknownCommand(v.env(), name))
}

// page parks the draft and shows a page; false when there is none of that name.
func (v *visit) page(name string, args []string, command bool) bool {
	replies, ok := flows.OpenPage(v.env(), name, args, command)
	if !ok {
		return false
	}
	v.park()
	for i := range replies {
		if replies[i].Act == chat.Toast {
			replies[i].Query = v.in.Query
		}
		replies[i].Fresh = replies[i].Fresh || replies[i].Act == chat.Show && v.in.Kind != chat.Tapped
	}
	v.say(replies...)
	return true
}

// start greets. A payload is an invite's token.
func (v *visit) start(payload string) error {
	switch {
	case payload != "" && !v.active():
		return v.register(v.in)
	case v.active() && payload != "" && v.invited(payload):
	case v.active():
		r, ok := flows.StillReports(v.env(), payload)
		if !ok {
			v.menu()
			return nil
		}
		v.park()
		v.say(r)
	case v.chat.Draft != nil:
		return v.redraw(*v.chat.Draft)
	default:
		v.welcome(false)
	}
	return nil
}

// invited asks a member whether they take over the office that an invite gives on; false when it
// gives none.
func (v *visit) invited(token string) bool {
	r, ok := flows.Invited(v.env(), token)
	if !ok {
		return false
	}
	v.park()
	r.Fresh = true
	v.say(r)
	return true
}

// register opens the registration unless the person is in, or waits already.
func (v *visit) register(in chat.Input) error {
	if d := v.chat.Draft; d != nil && d.Flow == flows.Registration && v.in.Command.Args == "" {
		return v.redraw(*d)
	}
	if v.active() {
		v.say(flows.Already(v.env()))
		return nil
	}
	if v.known && v.member.State == storage.Pending && v.in.Command.Name != "start" {
		v.say(flows.Welcome(v.env()))
		return nil
	}
	for i := len(v.chat.Parked) - 1; i >= 0 && v.in.Command.Args == ""; i-- {
		if d := v.chat.Parked[i]; d.Flow == flows.Registration {
			_, err := v.resume(d.ID)
			return err
		}
	}
	return v.open(flows.Registration, in)
}

// menu parks the draft and shows where one can go, parked drafts first.
func (v *visit) menu() {
	v.park()
	if !v.active() {
		v.welcome(false)
		return
	}
	r := flows.Menu(v.env())
	r.Fresh = v.in.Kind != chat.Tapped
	rows := flows.Unanswered(v.env())
	for i := len(v.chat.Parked) - 1; i >= 0 && len(rows) < 5; i-- {
		d := v.chat.Parked[i]
		if !v.may(d.Flow) {
			continue
		}
		rows = append(rows, []chat.Button{resumeButton("Lanjutkan: "+v.title(d), d.ID)})
	}
	r.Buttons = append(rows, r.Buttons...)
	v.say(r)
}

// aside answers a question beside the conversation, which then goes on.
func (v *visit) aside(r chat.Reply) error {
	v.say(r)
	if v.chat.Draft != nil {
		return v.redraw(*v.chat.Draft)
	}
	return nil
}

// steer passes the words that every conversation knows to the open one.
func (v *visit) steer(name string) error {
	if d := v.chat.Draft; d != nil {
		in := v.in
		in.Kind, in.Command = chat.Command, chat.Order{Name: name}
		return v.converse(*d, in)
	}
	if v.active() && (name == "bantu" || name == "help") {
		v.say(flows.Help(v.env()))
		return nil
	}
	v.menu()
	return nil
}

// carryOn goes on with the open draft, or with a parked one.
func (v *visit) carryOn(id string) error {
	n, _ := strconv.ParseUint(id, 36, 64)
	if d := v.chat.Draft; d != nil && (n == 0 || n == d.ID) {
		return v.redraw(*d)
	}
	found, err := v.resume(n)
	if !found && err == nil {
		v.menu()
	}
	return err
}

// discard asks whether a draft is to be dropped, as its own Batal does.
func (v *visit) discard(id string) error {
	n, _ := strconv.ParseUint(id, 36, 64)
	if d := v.chat.Draft; d != nil && d.ID == n {
		return v.steer("batal")
	}
	i := slices.IndexFunc(v.chat.Parked, func(d storage.Draft) bool { return d.ID == n })
	if i < 0 {
		return v.lost()
	}
	d := v.chat.Parked[i]
	v.chat.Parked = slices.Delete(v.chat.Parked, i, i+1)
	v.park()
	v.chat.Draft = &d
	v.toast(v.title(d))
	return v.steer("batal")
}

// begin starts a conversation, but first offers a draft of the same kind that is not finished.
func (v *visit) begin(name string) error {
	v.park()
	if n := len(v.chat.Parked); v.may(name) && v.in.Command.Args == "" && n > 0 && v.chat.Parked[n-1].Flow == name {
		v.offer()
		return nil
	}
	return v.open(name, v.in)
}

// fresh starts a conversation whatever is parked.
func (v *visit) fresh(name string) error {
	if _, ok := v.bot.conversation(name); !ok {
		v.menu()
		return nil
	}
	return v.open(name, v.in)
}

func (v *visit) reports(before uint64) {
	if !v.active() {
		v.say(flows.Welcome(v.env()))
		return
	}
	v.park()
	r := flows.Reports(v.env(), before)
	r.Fresh = v.in.Kind != chat.Tapped
	v.say(r)
}

// tap finds the room a button belongs to. Data that no button of ours made is answered with the
// present card.
func (v *visit) tap() error {
	t, err := chat.ParseTap(v.in.Data)
	if err != nil {
		return v.lost()
	}
	switch t.To {
	case "m":
		return v.command(t.Arg(0), t.Arg(1))
	case "r":
		return v.report(t)
	case flows.PageRoom:
		if len(t.Args) > 0 && v.page(t.Args[0], t.Args[1:], false) {
			return nil
		}
		return v.lost()
	case flow.Room:
		return v.draftTap(t)
	default:
		return v.lost()
	}
}

// lost redraws the present card after a tap that means nothing any more.
func (v *visit) lost() error {
	v.toast("Tombol ini sudah tidak berlaku.")
	if v.chat.Draft != nil {
		return v.redraw(*v.chat.Draft)
	}
	v.menu()
	return nil
}

// draftTap takes a button of the open draft, brings back a parked one, or shows the receipt again
// when the draft became a report.
func (v *visit) draftTap(t chat.Tap) error {
	id, err := strconv.ParseUint(t.Arg(0), 36, 64)
	if err != nil {
		return v.lost()
	}
	if d := v.chat.Draft; d != nil && d.ID == id {
		v.chat.Live = max(v.chat.Live, v.in.Message) // a finger may be quicker than the answer to our own call
		return v.converse(*d, v.in)
	}
	if found, err := v.resume(id); found || err != nil {
		return err
	}
	if r, ok := flows.Receipt(v.env(), id); ok {
		v.toast("Sudah tercatat, tidak dikirim dua kali.")
		r.Act, r.Message, r.Last = chat.Edit, v.in.Message, false
		v.say(r)
		return nil
	}
	return v.lost()
}

// report opens a page of the person's own reports, one report, or its cancellation.
func (v *visit) report(t chat.Tap) error {
	n, err := strconv.ParseUint(t.Arg(1), 10, 64)
	if err != nil || !v.active() {
		return v.lost()
	}
	switch t.Arg(0) {
	case "list":
		v.reports(n)
	case "open":
		v.park()
		v.say(flows.OpenReport(v.env(), n))
	case "photo":
		v.say(flows.ReportPhotos(v.env(), n)...)
	case "edit":
		r, _ := v.tx.Report(n)
		in := v.in
		in.Command = flows.EditCommand(r)
		return v.open(flows.FlowOf(in.Command.Name), in)
	case "fix":
		return v.fix(n)
	case "cancel":
		in := v.in
		in.Kind, in.Command = chat.Command, chat.Order{Name: "batalkan", Args: t.Arg(1)}
		return v.open(flows.CancelReport, in)
	default:
		return v.lost()
	}
	return nil
}
