package flows

import (
	"strconv"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// ownDataWord is the command that hands a person what is kept of them.
const ownDataWord = "data_saya"

// OwnDrawing is the Drawing.Kind of the file with what is kept of a member.
const OwnDrawing = "own_data"

// ownDataPage is /data_saya.
func ownDataPage() Page {
	return Page{Name: ownDataWord, Command: true, Anyone: true, Show: func(e Env, _ []string) []chat.Reply {
		if !e.Registered || e.Member.Erased {
			return []chat.Reply{screen("Tidak ada data Ibu/Bapak di sini.", []chat.Button{tap("Privasi", "privasi")})}
		}
		say := chat.Reply{Act: chat.Say, Class: chat.Screen, Text: "Salinan data " + e.address() + " sedang disiapkan."}
		file := chat.Reply{Act: chat.Say, Class: chat.Notice, Draw: &chat.Drawing{
			Kind: OwnDrawing, Period: strconv.FormatInt(int64(storage.DayOf(e.Now)), 10), Format: "pdf", For: e.Who.ID,
		}}
		return []chat.Reply{say, file}
	}}
}
