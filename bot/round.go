package bot

import (
	"slices"
	"time"

	"wksbm/bot/flows"
	"wksbm/bot/office"
	"wksbm/bot/remind"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Remind puts into the outbox what people are to be reminded of at now. It may be called at any time
// and as often as one likes: nobody is reminded twice of one thing.
func (b *Bot) Remind(tx *storage.Tx, now time.Time) error {
	if b.rules(tx).Quiet(now) {
		return nil
	}
	returned := unansweredFor(tx, now)
	for _, place := range b.Region.Villages(0) {
		if err := b.remindVillage(tx, now.UTC().Truncate(time.Second), place.Code, returned); err != nil {
			return err
		}
	}
	now = now.UTC().Truncate(time.Second)
	if !remind.Early(now) {
		if err := b.Office.RemindOwners(tx, now, b.Reminders.Until(now)); err != nil {
			return err
		}
		if err := b.Office.TellLeft(tx, now); err != nil {
			return err
		}
	}
	return b.nudge(tx, now)
}

// rules are when people are reminded, as it is set now.
func (b *Bot) rules(tx *storage.Tx) remind.Rules { return b.Office.Rules(tx, b.Reminders) }

func (b *Bot) remindVillage(tx *storage.Tx, now time.Time, village region.Code, returned []storage.Report) error {
	people := reachable(tx, village)
	if len(people) == 0 {
		return nil
	}
	asked, month := b.asked(tx, now, village, people)
	for _, m := range people {
		v := b.reminding(tx, now, m)
		if now.Before(v.chat.Nags.Quiet) {
			continue
		}
		v.remindMeeting()
		if !v.remindReturned(returned) && !v.remindDrafts() && slices.ContainsFunc(asked, func(a storage.Member) bool { return a.User == m.User }) {
			v.remindMonth(month)
		}
		if err := v.settleReminders(); err != nil {
			return err
		}
	}
	return nil
}

// reachable are the active members of a village who did not block the bot.
func reachable(tx *storage.Tx, village region.Code) []storage.Member {
	return slices.DeleteFunc(tx.Members(village), func(m storage.Member) bool {
		return m.State != storage.Active || tx.Chat(m.User).Unreachable
	})
}

// asked are those who are asked for a month's report now, none when it came.
func (b *Bot) asked(tx *storage.Tx, now time.Time, village region.Code, people []storage.Member) ([]storage.Member, storage.Month) {
	today := storage.DayOf(now)
	month, ok := b.rules(tx).Month(today)
	if !ok || remind.Early(now) || remind.Came(tx, village, month, today) {
		return nil, month
	}
	return remind.Asked(tx, people, month), month
}

func (v *visit) remindMeeting() {
	next := v.tx.Village(v.member.Village).Next
	if !remind.Tomorrow(next, v.chat.Nags, v.now) {
		return
	}
	v.say(flows.RemindMeeting(v.env(), *next))
	v.chat.Nags.Meeting = next.Day
}

// unanswered is after how many days a person is reminded of what staff returned.
const unanswered = 3

// unansweredFor are the reports that were returned so long ago; none while it is early.
func unansweredFor(tx *storage.Tx, now time.Time) []storage.Report {
	if remind.Early(now) {
		return nil
	}
	return slices.DeleteFunc(tx.ReturnedReports(), func(r storage.Report) bool { return storage.DayOf(now) < askAgain(r) })
}

// askAgain is the day on which the reporter of a returned report is reminded of it.
func askAgain(r storage.Report) storage.Day { return storage.DayOf(r.Judged) + unanswered }

// remindReturned names which of returned reports are the person's own, once each time they are returned.
func (v *visit) remindReturned(returned []storage.Report) bool {
	due := slices.DeleteFunc(flows.OwnReturned(v.env(), returned), func(r storage.Report) bool { return v.chat.Nags.Back >= askAgain(r) })
	if len(due) == 0 {
		return false
	}
	v.chat.Nags.Back = storage.DayOf(v.now)
	v.say(flows.RemindReturned(v.env(), due))
	return true
}

// remindDrafts names what lies unfinished, all of it in one message.
func (v *visit) remindDrafts() bool {
	var all []*storage.Draft
	for _, i := range remind.Drafts(v.chat.Parked, v.now) {
		all = append(all, &v.chat.Parked[i])
	}
	if d := v.chat.Draft; d != nil && len(remind.Drafts([]storage.Draft{*d}, v.now)) > 0 {
		all = append(all, d)
	}
	all = slices.DeleteFunc(all, func(d *storage.Draft) bool { return !v.may(d.Flow) || v.title(*d) == "" })
	if len(all) == 0 {
		return false
	}
	for _, d := range all {
		d.Reminded = true
	}
	newest := *all[len(all)-1]
	v.say(flows.RemindDraft(v.env(), newest.ID, v.title(newest), len(all)-1))
	v.chat.Nags.Draft = v.now
	return true
}

func (v *visit) remindMonth(m storage.Month) {
	today := storage.DayOf(v.now)
	if v.bot.rules(v.tx).Free(v.chat.Nags, today) > today {
		return
	}
	v.chat.Nags = remind.Noted(v.chat.Nags, v.now)
	v.say(flows.RemindMonth(v.env(), m))
}

// settleReminders sends what was said and remembers it.
func (v *visit) settleReminders() error {
	if len(v.out) == 0 {
		return nil
	}
	for _, r := range v.out {
		r.Chat, r.Until = v.chat.ID, v.bot.rules(v.tx).Until(v.now)
		if err := office.Enqueue(v.tx, v.now, r); err != nil {
			return err
		}
	}
	return v.tx.PutChat(v.chat)
}
