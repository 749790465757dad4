package bot

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// trouble names an update in four characters that a person can read out and a log line holds too.
func trouble(update int64) string {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(update)))
	return fmt.Sprintf("%02X%02X", sum[0], sum[1])
}

// apology tells the sender of an update that was set aside, and the Dinsos group that there is one.
func (b *Bot) apology(tx *storage.Tx, in chat.Input, code string) []chat.Reply {
	var out []chat.Reply
	if in.Chat.Private {
		out = append(out, sorry(tx.Chat(in.Chat.ID), code))
	}
	if g, ok := tx.StaffGroup(); ok {
		out = append(out, chat.Reply{
			Act: chat.Say, Class: chat.Notice, Chat: g.Chat, Topic: g.Topic,
			Text: "⚠️ Satu pesan belum bisa diproses (kode " + code + ").\nMohon kabari pengelola bot; catatannya tersimpan.",
		})
	}
	return out
}

func sorry(c storage.Chat, code string) chat.Reply {
	r := chat.Reply{
		Act: chat.Say, Class: chat.Notice,
		Text:    "Maaf, pesan ini belum bisa kami proses (kode " + code + ").",
		Buttons: [][]chat.Button{{{Label: "Menu", Data: menuTap("menu")}}},
	}
	if c.Draft != nil {
		r.Text += " Isian Ibu/Bapak tetap tersimpan."
		r.Buttons = [][]chat.Button{{{Label: "Lanjutkan", Data: menuTap("lanjut")}, {Label: "Menu", Data: menuTap("menu")}}}
	}
	return r
}
