package bot

import (
	"strconv"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/flows"
	"wksbm/bot/text"
	"wksbm/storage"
)

// answerFor is how long a person's next words answer the announcement below which they pressed Jawab.
const answerFor = 24 * time.Hour

// askAnswer asks what a person answers to an announcement.
func (v *visit) askAnswer(words string) error {
	id, err := strconv.ParseUint(words, 36, 64)
	_, got := v.tx.Addressee(id, v.in.From.ID)
	if err != nil || !v.reads() || !got {
		return v.lost()
	}
	v.park()
	v.chat.Answers = &storage.Answering{Broadcast: id, Since: v.now}
	v.say(flows.AskAnswer(v.env()))
	return nil
}

// reads says whether the person is one of those who get announcements.
func (v *visit) reads() bool { return v.active() || v.oversees() }

// answers finds the announcement that an input answers: by quoting it, or because Jawab was pressed.
func (v *visit) answers() (uint64, bool) {
	said := v.in.Kind != chat.Tapped && v.in.Kind != chat.Command && v.in.Kind != chat.Left && v.in.Kind != chat.Joined
	if !said || v.in.Edited || !v.reads() {
		return 0, false
	}
	if id, ok := v.tx.Announced(v.in.From.ID, v.in.ReplyTo); ok {
		return id, true
	}
	if a := v.chat.Answers; a != nil && v.now.Sub(a.Since) <= answerFor {
		return a.Broadcast, true
	}
	return 0, false
}

// relay takes an answer to the Dinsos group. Only words go there: a picture may show a household.
func (v *visit) relay(id uint64) error {
	if v.in.Kind != chat.Text {
		return v.aside(flows.OnlyWords(v.env()))
	}
	masked := text.MeantNIK(v.in.Text)
	switch {
	case masked && text.MeantNIK(text.MaskNIK(v.in.Text)): // written so that it cannot be hidden
		return v.unwanted()
	case masked:
		v.say(chat.Reply{Act: chat.Delete, Class: chat.Fleet, Message: v.in.Message})
	}
	news, ok := v.bot.Office.Answer(v.tx, v.member, id, v.in.Text)
	if !ok {
		return v.aside(flows.NobodyReads(v.env()))
	}
	v.chat.Answers = nil
	v.say(news)
	return v.aside(flows.Relayed(v.env(), masked))
}
