package bot

import (
	"encoding/json"
	"slices"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/flows"
	"wksbm/bot/remind"
	"wksbm/storage"
)

const (
	// amendFor is how long Telegram lets people edit their messages.
	amendFor = 48 * time.Hour
	// amendMost is how many of the latest reports are remembered for it.
	amendMost = 8
)

// sent remembers which messages gave the answers of a draft that became a report, or changed one, and
// puts a sign of receipt on the last of them.
func (v *visit) sent(d storage.Draft) {
	r, ok := flows.ReportOf(v.env(), d.ID)
	if d.Report != 0 {
		r, ok = v.tx.Report(d.Report)
	}
	c, known := v.bot.conversation(d.Flow)
	if !ok || !known {
		return
	}
	answers := c.Said(d.Data)
	if len(answers) == 0 {
		return
	}
	data, err := json.Marshal(answers)
	if err != nil {
		panic(err) // plain structs
	}
	last := answers[len(answers)-1].Message
	v.chat.Sent = slices.DeleteFunc(v.chat.Sent, func(s storage.Sent) bool { return v.now.Sub(s.At) > amendFor })
	v.chat.Sent = append(v.chat.Sent, storage.Sent{Report: r.Number, Revision: r.Revision, Flow: d.Flow, At: v.now, Answers: data, Message: last})
	v.say(chat.Reply{Act: chat.React, Class: chat.Fleet, Message: last, Emoji: chat.Received})
	if n := len(v.chat.Sent); n > amendMost {
		v.chat.Sent = v.chat.Sent[n-amendMost:]
	}
}

// fix opens the question that staff returned a report for.
func (v *visit) fix(number uint64) error {
	r, _ := v.tx.Report(number)
	in := v.in
	in.Command = flows.EditCommand(r)
	name := flows.FlowOf(in.Command.Name)
	c, known := v.bot.conversation(name)
	if r.State != storage.Returned || !known || !v.may(name) {
		v.park()
		v.say(flows.OpenReport(v.env(), number))
		return nil
	}
	v.park()
	d := storage.Draft{ID: v.tx.NextDraft(), Flow: name, Started: v.now, Touched: v.now, Asked: v.in.Kind != chat.Tapped}
	return v.turn(d, c.Revisit(v.env(), d.ID, in, r.Ask, flows.WhyReturned(v.env(), r)))
}

// Reopen opens in a reporter's chat the question that staff returned a report for. It does nothing while
// the person is in the middle of something else.
func (b *Bot) Reopen(tx *storage.Tx, now time.Time, user int64, number uint64) ([]chat.Reply, error) {
	place := chat.Place{ID: user, Private: true}
	v := &visit{
		bot: b, tx: tx, now: now.UTC(), chat: tx.Chat(user),
		in: chat.Input{Kind: chat.Command, Chat: place, From: chat.Person{ID: user}},
	}
	v.member, v.known = tx.Member(user)
	if a := v.chat.Answers; a != nil && v.now.Sub(a.Since) > answerFor {
		v.chat.Answers = nil
	}
	busy := v.chat.Answers != nil || v.chat.Draft != nil && v.now.Sub(v.chat.Draft.Touched) <= remind.Untouched
	if busy || !tx.Reaches(user) {
		return nil, nil
	}
	if err := v.fix(number); err != nil {
		return nil, err
	}
	for i := range v.out {
		v.out[i].Chat = user
	}
	return v.out, tx.PutChat(v.chat)
}

// elsewhere says whether words are no answer to a question that the bot asked of itself: they begin
// something else.
func (v *visit) elsewhere(d storage.Draft) bool {
	if !d.Asked || v.in.Kind != chat.Text || v.in.Edited {
		return false
	}
	meant := flows.Meant(v.env(), v.in.Text)
	return meant != "" && meant != d.Flow || flows.NewHome(v.in)
}

// answered finds the report and its answer that a message gave.
func (v *visit) answered(message int64) (storage.Sent, flow.Answer, bool) {
	for _, s := range slices.Backward(v.chat.Sent) {
		var answers []flow.Answer
		if json.Unmarshal(s.Answers, &answers) != nil {
			continue
		}
		if i := slices.IndexFunc(answers, func(a flow.Answer) bool { return a.Message == message }); i >= 0 {
			return s, answers[i], true
		}
	}
	return storage.Sent{}, flow.Answer{}, false
}

// amend takes the edit of a message that gave an answer of a report: the change is shown and waits
// for the person's word. false: the message gave none.
func (v *visit) amend() (bool, error) {
	s, a, ok := v.answered(v.in.Message)
	c, known := v.bot.conversation(s.Flow)
	if !ok || !known || !v.may(s.Flow) {
		return false, nil
	}
	r, _ := v.tx.Report(s.Report)
	a.Whole = a.Whole && r.Revision == s.Revision
	in := v.in
	in.Command = flows.EditCommand(r)
	d := storage.Draft{ID: v.tx.NextDraft(), Flow: s.Flow, Started: v.now, Touched: v.now, Report: s.Report}
	t := c.Amend(v.env(), d.ID, in, a)
	if t.End == flow.Cancelled && len(t.Replies) == 0 {
		return true, nil // Telegram tells of changes that nobody made, too
	}
	v.park()
	return true, v.turn(d, t)
}
