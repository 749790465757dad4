package bot

import (
	"wksbm/bot/chat"
	"wksbm/bot/flows"
	"wksbm/bot/office"
	"wksbm/bot/text"
)

// oversee answers a TKSK outside of the office's rooms: what everybody may read, else the menu.
func (v *visit) oversee() error {
	if v.in.Kind == chat.Left || v.in.Kind == chat.Joined {
		return nil
	}
	if done, err := v.spokenRoom(); done || err != nil {
		return err
	}
	name, args := v.wanted()
	if flows.OpenToAll(name) {
		var words []string
		if t, err := chat.ParseTap(v.in.Data); v.in.Kind == chat.Tapped && err == nil && len(t.Args) > 1 {
			words = t.Args[1:]
		} else if args != "" {
			words = []string{args}
		}
		v.page(name, words, v.in.Kind == chat.Command)
		return nil
	}
	switch name {
	case "privasi":
		v.say(flows.PrivacyText(v.env()))
	case "tentang":
		v.say(flows.About(v.env()))
	case "bantu", "help":
		v.say(office.HelpTKSK())
	case "jawab":
		return v.askAnswer(args)
	case "panduan":
		var words []string
		if args != "" {
			words = []string{args}
		}
		v.page(name, words, true)
	case "", "start", "menu", "batal", "kembali":
		v.home("")
	default:
		v.home("Melapor dilakukan pengurus WKSBM di desanya.\n")
	}
	return nil
}

// spokenRoom shows to the office a private command given in plain words.
func (v *visit) spokenRoom() (bool, error) {
	o, ok := office.Spoken(v.in.Text)
	if !ok || v.in.Kind != chat.Text || v.in.Edited {
		return false, nil
	}
	v.in.Kind, v.in.Command = chat.Command, o
	return v.office()
}

// wanted is the command that a TKSK gives by words or by a button; "" when it is none.
func (v *visit) wanted() (name, args string) {
	switch v.in.Kind {
	case chat.Command:
		return v.in.Command.Name, v.in.Command.Args
	case chat.Tapped:
		t, err := chat.ParseTap(v.in.Data)
		switch {
		case err == nil && (t.To == "m" || t.To == flows.PageRoom):
			return t.Arg(0), t.Arg(1)
		default:
			v.toast("Tombol ini sudah tidak berlaku.")
			return "", ""
		}
	case chat.Text:
		name, ok := spoken(v.in)
		switch w := text.Fold(v.in.Text); {
		case ok && name != "menu":
			return name, ""
		case !ok && flows.Meant(v.env(), w) != "":
			return "lapor", ""
		}
	}
	return "", ""
}

// home shows the menu of a TKSK below some words.
func (v *visit) home(words string) {
	r := v.bot.Office.Home(v.tx, v.member)
	r.Text, r.Fresh = words+r.Text, v.in.Kind != chat.Tapped
	v.say(r)
}
