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
	if b.Reminders == (remind.Rules{}) || b.rules(tx).Quiet(now) || remind.Early(now) {
		return nil
	}
	var left []region.Place
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
			left, month = append(left, place), next.Month
		}
		if err := next.Put(tx, place.Code); err != nil {
			return err
		}
	}
	return b.tellLeft(tx, now, month, left)
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

// tellLeft names the villages whose people were all reminded: to the TKSK of each kecamatan, and to the group.
func (b *Bot) tellLeft(tx *storage.Tx, now time.Time, month storage.Month, left []region.Place) error {
	if len(left) == 0 {
		return nil
	}
	head := "⚠️ Sudah diingatkan, laporan " + text.MonthName(month.First().Time().Month()) + " belum masuk:\n"
	var all, told []string
	alone := false
	for _, district := range b.Region.Districts() {
		var names []string
		for _, p := range left {
			if p.District == district.Code {
				names = append(names, p.Title())
				all = append(all, b.Region.FullName(p.Code))
			}
		}
		if len(names) == 0 {
			continue
		}
		reached, err := b.tellOverseers(tx, now, district, head+chat.Escape(strings.Join(names, ", ")))
		if err != nil {
			return err
		}
		if reached {
			told = append(told, district.Name)
		}
		alone = alone || !reached
	}
	g, ok := tx.StaffGroup()
	if !ok {
		return nil
	}
	words := head + chat.Escape(strings.Join(all, "\n"))
	if len(told) > 0 {
		words += "\nTKSK " + chat.Escape(strings.Join(told, ", ")) + " sudah dikabari."
	}
	if alone {
		words += "\nMohon TKSK kecamatannya menghubungi."
	}
	return office.Enqueue(tx, now, chat.Reply{Act: chat.Say, Class: chat.Notice, Chat: g.Chat, Topic: g.Topic, Text: words})
}

// tellOverseers asks the TKSK of a kecamatan to see to its villages; false when there is none to reach.
func (b *Bot) tellOverseers(tx *storage.Tx, now time.Time, district region.Place, words string) (bool, error) {
	reached := false
	for _, m := range tx.Overseers(district.Code) {
		if !tx.Reaches(m.User) {
			continue
		}
		reached = true
		err := office.Enqueue(tx, now, chat.Reply{
			Act: chat.Say, Class: chat.Notice, Chat: m.User, Text: words + "\nMohon ditanyakan ke pengurusnya saat berkunjung.",
			Buttons: [][]chat.Button{{menuButton("Desa diam", "diam"), menuButton("Menu", "menu")}},
		})
		if err != nil {
			return reached, err
		}
	}
	return reached, nil
}
