package flows

import (
	"strconv"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// guidePageName is the page of the files that the office keeps for its people.
const guidePageName = "panduan"

// guidePage lists the guides; pressing one brings the file.
func guidePage() Page {
	return Page{Name: guidePageName, Command: true, Show: func(e Env, args []string) []chat.Reply {
		id, _ := strconv.ParseUint(argAt(args, 0), 36, 64)
		if g, ok := e.Tx.Guide(id); ok && !g.Retired {
			return []chat.Reply{guideFile(e, g)}
		}
		list := guideList(e)
		if id != 0 {
			return []chat.Reply{{Act: chat.Toast, Class: chat.Fleet, Text: "Panduan ini sudah tidak ada."}, list}
		}
		return []chat.Reply{list}
	}}
}

func guideList(e Env) chat.Reply {
	back := []chat.Button{tap("Cara pakai", "bantu"), tap("‹ Menu", "menu")}
	guides := e.Tx.Guides()
	if len(guides) == 0 {
		return screen("<b>Panduan</b>\nBelum ada panduan dari Dinsos, "+e.call()+".", back)
	}
	var rows [][]chat.Button
	for i := len(guides) - 1; i >= 0; i-- {
		rows = append(rows, []chat.Button{pageTap(guides[i].Title, guidePageName, strconv.FormatUint(guides[i].ID, 36))})
	}
	return screen("<b>Panduan dari Dinsos</b>\nMau membaca yang mana, "+e.call()+"?", append(rows, back)...)
}

func guideFile(e Env, g storage.Guide) chat.Reply {
	r := chat.Reply{
		Act: chat.Say, Class: chat.Notice, Text: "<b>" + chat.Escape(g.Title) + "</b>",
		Buttons: [][]chat.Button{{pageTap("Panduan lain", guidePageName), tap("Menu", "menu")}},
	}
	if g.Photo {
		r.Photo = g.File
		return r
	}
	r.File = g.File
	return r
}
