package office

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/digest"
	"wksbm/bot/remind"
	"wksbm/bot/render"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// coverage says how far the villages are ready to report.
func coverage(c digest.Coverage) string {
	return fmt.Sprintf("Cakupan: SK tercatat %d · ketua terdaftar %d (dari %d)", c.Decree, c.Ketua, c.Villages)
}

// silence answers /diam: how the villages stand in this month, by kecamatan.
func (d *desk) silence() {
	today := storage.DayOf(d.now)
	scope := d.here()
	made := digest.Make(d.tx, d.Region, digest.Month(today.Month()), scope, today)
	head := "Keaktifan "
	if scope != 0 {
		head += made.Scope.Title() + " · "
	}
	lines := []string{
		"<b>" + chat.Escape(head) + made.Period.Title() + "</b>", "<i>sampai hari ini, " + text.PlainDate(today.Time()) + "</i>", "",
		render.States(made), coverage(digest.CoverageOf(d.tx, d.Region, scope)),
	}
	for _, s := range []digest.State{digest.Silent, digest.Unreached, digest.Nothing, digest.Reported} {
		if len(made.In(s)) > 0 {
			lines = append(lines, render.Places(made, d.Region, s)...)
		}
	}
	r := chat.Reply{Act: chat.Say, Class: chat.Notice, ReplyTo: d.quotes(), Text: strings.Join(lines, "\n")}
	waiting := d.unasked(made.Silent, today.Month())
	if n := len(waiting); n > 0 {
		r.Buttons = [][]chat.Button{{button("Ingatkan "+strconv.Itoa(n)+" desa", "nudge", made.Period.Key())}}
	}
	if n := len(made.Silent) - len(waiting); n > 0 {
		r.Text += fmt.Sprintf("\n\n⏳ Pengingat berjalan untuk %d desa", n)
	}
	d.out = append(d.out, r)
}

// unasked are those of some villages that are not on the ladder of reminders for a month.
func (d *desk) unasked(places []region.Place, month storage.Month) []region.Place {
	return slices.DeleteFunc(slices.Clone(places), func(p region.Place) bool { return remind.StepOf(d.tx, p.Code).Month == month })
}

// nudge puts the silent villages of this month on the ladder of reminders.
func (d *desk) nudge(key string) error {
	today := storage.DayOf(d.now)
	made := digest.Make(d.tx, d.Region, digest.Month(today.Month()), d.here(), today)
	if made.Period.Key() != key {
		d.toast("Bulannya sudah lewat. Buka lagi /diam.")
		return nil
	}
	waiting := d.unasked(made.Silent, today.Month())
	if len(waiting) == 0 {
		d.toast("Pengingat bulan ini sudah berjalan.")
		return nil
	}
	for _, v := range waiting {
		if err := (remind.Step{Month: today.Month()}).Put(d.tx, v.Code); err != nil {
			return err
		}
	}
	d.toast("Pengingat dimulai.")
	when := "Pesan pertama dikirim sekarang."
	if remind.Early(d.now) || d.Rules(d.tx, d.Reminders).Quiet(d.now) {
		when = "Pesan pertama dikirim mulai pukul 09.00 WITA."
	}
	if !d.staff {
		d.begun(made.Scope, len(waiting), when)
		return nil
	}
	d.out = append(d.out, chat.Reply{
		Act: chat.Say, Class: chat.Notice, ReplyTo: d.quotes(),
		Text: fmt.Sprintf("⏳ Pengingat untuk %d desa dimulai oleh %s.\nUrutannya relawan, ketua, lalu daftar untuk TKSK; paling sering dua kali seminggu, berhenti sendiri bila desa melapor.\n%s", len(waiting), chat.Escape(d.person()), when),
	})
	return nil
}

// begun tells a TKSK, and the group, of reminders that the TKSK began.
func (d *desk) begun(at region.Place, villages int, when string) {
	d.say(fmt.Sprintf("⏳ Pengingat untuk %d desa dimulai: relawan dulu, lalu ketua.\nYang tetap diam dikabari di sini.\n%s", villages, when))
	if g, ok := d.tx.StaffGroup(); ok {
		d.out = append(d.out, chat.Reply{
			Act: chat.Say, Class: chat.Notice, Chat: g.Chat, Topic: g.Topic,
			Text: fmt.Sprintf("⏳ TKSK %s memulai pengingat untuk %d desa.", chat.Escape(at.Name), villages),
		})
	}
}
