package bot

import (
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/office"
	"wksbm/bot/remind"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// nudge climbs the ladder of reminders that staff began: of each silent village the relawan are reminded,
// then the ketua, then the group learns whom the TKSK should see. A village that reported leaves the ladder.
func (b *Bot) nudge(tx *storage.Tx, now time.Time) error {
	if b.Reminders == (remind.Rules{}) || b.Reminders.Quiet(now) || remind.Early(now) {
		return nil
	}
	var left []string
	month := storage.Month(0)
	for _, place := range b.Region.Villages(0) {
		step := remind.StepOf(tx, place.Code)
		if step == (remind.Step{}) {
			continue
		}
		next, err := b.climb(tx, now, place.Code, step)
		if err != nil {
			return err
		}
		if next == step {
			continue
		}
		if next.Rung == remind.Top {
			left, month = append(left, b.Region.FullName(place.Code)), next.Month
		}
		if err := next.Put(tx, place.Code); err != nil {
			return err
		}
	}
	return tellLeft(tx, now, month, left)
}

// climb reminds who stands on the next rung of a village, if that is due and they may be reminded.
func (b *Bot) climb(tx *storage.Tx, now time.Time, village region.Code, step remind.Step) (remind.Step, error) {
	today := storage.DayOf(now)
	if remind.Came(tx, village, step.Month, today) || today > remind.Deadline(step.Month) {
		return remind.Step{}, nil
	}
	if !step.Due(today) {
		return step, nil
	}
	rung, people := step.Next(reachable(tx, village))
	next := remind.Step{Month: step.Month, Rung: rung, Day: today}
	if rung == remind.Top {
		return next, nil
	}
	reminded := false
	for _, m := range people {
		v := b.reminding(tx, now, m)
		v.remindMonth(step.Month)
		reminded = reminded || len(v.out) > 0
		if err := v.settleReminders(); err != nil {
			return step, err
		}
	}
	if !reminded { // all were reminded of something lately: their turn comes
		return step, nil
	}
	return next, nil
}

// reminding is a visit that the bot makes by itself.
func (b *Bot) reminding(tx *storage.Tx, now time.Time, m storage.Member) *visit {
	return &visit{
		bot: b, tx: tx, now: now, member: m, known: true, chat: tx.Chat(m.User),
		in: chat.Input{Chat: chat.Place{ID: m.User, Private: true}, From: chat.Person{ID: m.User}},
	}
}

// tellLeft names in the group the villages whose people were all reminded.
func tellLeft(tx *storage.Tx, now time.Time, month storage.Month, villages []string) error {
	g, ok := tx.StaffGroup()
	if !ok || len(villages) == 0 {
		return nil
	}
	return office.Enqueue(tx, now, chat.Reply{
		Act: chat.Say, Class: chat.Notice, Chat: g.Chat, Topic: g.Topic,
		Text: "⚠️ Sudah diingatkan, laporan " + text.MonthName(month.First().Time().Month()) + " belum masuk:\n" + chat.Escape(strings.Join(villages, "\n")) + "\nMohon TKSK kecamatannya menghubungi.",
	})
}
