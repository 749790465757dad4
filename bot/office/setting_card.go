package office

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// openSettings answers /setelan.
func (d *desk) openSettings() {
	words, rows := d.settingsCard()
	d.say(words, rows...)
}

// settingsCard shows all settings, with a button for each. Everybody may look.
func (d *desk) settingsCard() (string, [][]chat.Button) {
	lines := []string{"⚙️ <b>Setelan</b>"}
	var rows [][]chat.Button
	for i, s := range settings() {
		lines = append(lines, s.label+": <b>"+chat.Escape(s.shown(d.Value(d.tx, s.name)))+"</b>")
		if i%3 == 0 {
			rows = append(rows, nil)
		}
		rows[i/3] = append(rows[i/3], button(s.button, "set", "ask", s.name))
	}
	return strings.Join(append(lines, "<i>Diubah oleh administrator grup; setiap perubahan diumumkan di sini.</i>"), "\n"), rows
}

// setting acts on a button of the settings.
func (d *desk) setting(t chat.Tap) error {
	act := t.Arg(1)
	s, ok := settingOf(t.Arg(2))
	if act == "list" {
		words, rows := d.settingsCard()
		d.edit(words, rows...)
		return nil
	}
	if !ok {
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	}
	if may, err := d.admin(); !may {
		return err
	}
	switch act {
	case "ask":
		d.askSetting(s)
		return nil
	case "put", "sure":
		return d.choose(s, t.Arg(3), act == "sure")
	case "undo":
		return d.undoSetting(s, t.Arg(3))
	}
	d.toast("Tombol ini sudah tidak berlaku.")
	return nil
}

// askSetting offers the options of a setting, or asks for words.
func (d *desk) askSetting(s setting) {
	now := d.Value(d.tx, s.name)
	words := "⚙️ <b>" + s.ask + "</b>\nSekarang: " + chat.Escape(s.shown(now))
	if len(s.options) == 0 {
		d.out = append(d.out, chat.Reply{
			Act: chat.Say, Class: chat.Notice, Tag: settingTag(s.name), Keyboard: &chat.Keyboard{Force: true},
			Text: words + "\nMohon balas pesan ini dengan tulisannya.",
		})
		return
	}
	var rows [][]chat.Button
	for i, c := range s.options {
		if i%4 == 0 {
			rows = append(rows, nil)
		}
		label := strings.ToUpper(c.label[:1]) + c.label[1:]
		if c.value == now {
			label = "✓ " + label
		}
		rows[i/4] = append(rows[i/4], button(label, "set", "put", s.name, c.value))
	}
	d.edit(words, append(rows, []chat.Button{button("‹ Setelan", "set", "list")})...)
}

// settingTag remembers where the question for a setting was posted.
func settingTag(name string) string { return "setting:" + name }

// choose takes an option. What cannot be taken back is asked once more.
func (d *desk) choose(s setting, value string, sure bool) error {
	old := d.Value(d.tx, s.name)
	switch {
	case !s.takes(value):
		d.toast("Tombol ini sudah tidak berlaku.")
		return nil
	case value == old:
		d.toast("Sudah begitu: " + s.shown(value) + ".")
		return nil
	case !sure && s.grave != nil && s.grave(old, value) != "":
		d.edit("⚙️ <b>"+s.label+": "+chat.Escape(s.shown(old)+" → "+s.shown(value))+"?</b>\n"+s.grave(old, value),
			[]chat.Button{button("Tidak", "set", "list"), button("Ya, ubah", "set", "sure", s.name, value)})
		return nil
	}
	if err := d.put(s, value, "mengubah"); err != nil {
		return err
	}
	words, rows := d.settingsCard()
	d.edit(words, rows...)
	return nil
}

// typedSetting takes the words that answer the question for a setting; false when they answer none.
func (d *desk) typedSetting() (bool, error) {
	for _, s := range settings() {
		p, asked := d.tx.Posted(settingTag(s.name))
		if len(s.options) > 0 || !asked || d.in.ReplyTo == 0 || p.Chat != d.in.Chat.ID || p.Message != d.in.ReplyTo || d.in.Edited {
			continue
		}
		if may, err := d.admin(); !may {
			return true, err
		}
		value := strings.Join(strings.Fields(text.Clean(d.in.Text)), " ")
		switch n := len([]rune(value)); {
		case text.MeantNIK(value):
			d.say("Di dalamnya ada nomor seperti NIK atau No KK. Mohon ditulis lagi tanpa nomor itu.")
		case n < 3 || n > 120:
			d.say("Tulisan itu " + strconv.Itoa(n) + " huruf; kami menerima 3 sampai 120. Mohon balas lagi.")
		case value == d.Value(d.tx, s.name):
			d.say("Sudah begitu.")
		default:
			return true, d.put(s, value, "mengubah")
		}
		return true, nil
	}
	return false, nil
}

// put changes a setting and says so in the group.
func (d *desk) put(s setting, value, how string) error {
	old := d.Value(d.tx, s.name)
	if job := jobOf(s.name); job != "" && old == off { // what it missed while it was off is not made up for
		if err := d.tx.SetLastRun(job, d.now); err != nil {
			return err
		}
	}
	before := d.tx.Setting(s.name)
	if err := d.record(0, storage.SettingPut{Name: s.name, Value: value}); err != nil {
		return err
	}
	now := d.Value(d.tx, s.name)
	words := "⚙️ " + chat.Escape(d.person()) + " " + how + " " + strings.ToLower(s.label[:1]) + s.label[1:] + ": " +
		chat.Escape(s.shown(old)) + " → <b>" + chat.Escape(s.shown(now)) + "</b>"
	g, _ := d.tx.StaffGroup()
	d.out = append(d.out, chat.Reply{
		Act: chat.Say, Class: chat.Notice, Chat: g.Chat, Topic: g.Topic, Text: words,
		Buttons: [][]chat.Button{{button("Kembalikan", "set", "undo", s.name, changeMark(s.name, before, value))}},
	})
	return nil
}

// changeMark names a change: taking it back is possible while it is the latest.
func changeMark(name, before, value string) string {
	sum := sha256.Sum256([]byte(name + "\n" + before + "\n" + value))
	return hex.EncodeToString(sum[:4])
}

// undoSetting brings back what a setting was before its latest change.
func (d *desk) undoSetting(s setting, mark string) error {
	c := d.tx.Change(s.name)
	if changeMark(s.name, c.Before, c.Value) != mark {
		d.toast("Setelan ini sudah berubah lagi. Lihat /setelan.")
		return nil
	}
	d.out = append(d.out, chat.Reply{Act: chat.Strip, Class: chat.Fleet, Message: d.in.Message})
	return d.put(s, c.Before, "mengembalikan")
}
