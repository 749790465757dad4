package bot

import (
	"encoding/json"
	"slices"
	"time"

	"wksbm/bot/flow"
	"wksbm/bot/flows"
	"wksbm/storage"
)

const (
	// amendFor is how long Telegram lets people edit their messages.
	amendFor = 48 * time.Hour
	// amendMost is how many of the latest reports are remembered for it.
	amendMost = 8
)

// sent remembers which messages gave the answers of a draft that became a report, or changed one.
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
	v.chat.Sent = slices.DeleteFunc(v.chat.Sent, func(s storage.Sent) bool { return v.now.Sub(s.At) > amendFor })
	v.chat.Sent = append(v.chat.Sent, storage.Sent{Report: r.Number, Revision: r.Revision, Flow: d.Flow, At: v.now, Answers: data})
	if n := len(v.chat.Sent); n > amendMost {
		v.chat.Sent = v.chat.Sent[n-amendMost:]
	}
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
