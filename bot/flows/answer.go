package flows

import "wksbm/bot/chat"

// AskAnswer asks what a person answers to an announcement.
func AskAnswer(e Env) chat.Reply {
	return chat.Reply{
		Act: chat.Say, Class: chat.Screen, Live: true,
		Text:    "<b>Apa jawabannya untuk Dinsos, " + e.call() + "?</b>\n<i>Misalnya: Kami datang berdua</i>\nTanpa nama atau NIK warga.",
		Buttons: [][]chat.Button{{tap("Batal", "menu")}},
	}
}

// Relayed tells that an answer reached the office. hidden says that a long number in it did not.
func Relayed(e Env, hidden bool) chat.Reply {
	words := "✅ Diteruskan ke Dinsos, " + e.call() + ". Bila perlu, Dinsos menghubungi."
	if hidden {
		words = "✅ Diteruskan ke Dinsos, " + e.call() + ", tanpa NIK di dalamnya.\nPesannya kami hapus dari obrolan ini."
	}
	return chat.Reply{Act: chat.Say, Class: chat.Notice, Text: words, Buttons: [][]chat.Button{{tap("Menu", "menu")}}}
}

// OnlyWords answers a picture or the like that was to be an answer.
func OnlyWords(e Env) chat.Reply {
	return chat.Reply{Act: chat.Say, Class: chat.Notice, Text: "Jawaban ke Dinsos berupa tulisan saja, " + e.call() + ".\nMohon ditulis.", Buttons: [][]chat.Button{{tap("Menu", "menu")}}}
}

// NobodyReads tells that no office is there to read an answer.
func NobodyReads(e Env) chat.Reply {
	return chat.Reply{
		Act: chat.Say, Class: chat.Notice, Text: "Jawabannya belum bisa diteruskan sekarang, " + e.call() + ".\nMohon hubungi " + chat.Escape(e.Privacy.Contact) + ".",
		Buttons: [][]chat.Button{{tap("Menu", "menu")}},
	}
}
