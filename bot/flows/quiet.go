package flows

import (
	"regexp"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
)

// laterWord is what the button of a reminder says of "/diam"; wakeWord ends the quiet.
const (
	laterWord = "nanti"
	wakeWord  = "ingatkan"
)

// soon is how many days later a reminder is put off.
const soon = 3

// quietPage is /diam: how long the person wants no reminders.
func quietPage() Page {
	return Page{Name: "diam", Command: true, Show: func(e Env, args []string) []chat.Reply {
		words := text.Fold(strings.Join(args, " "))
		days, ok := spanOf(words)
		switch {
		case words == "":
			return []chat.Reply{askQuiet(e)}
		case words == laterWord:
			return []chat.Reply{putOff(e)}
		case wakes(words):
			e.Nags.Quiet = time.Time{}
			return []chat.Reply{screen("Baik, "+e.call()+". Pengingat menyala lagi.\nYang belum dikirim akan kami ingatkan.", []chat.Button{tap("Menu", "menu")})}
		case !ok:
			return []chat.Reply{screen("Kami membaca "+flow.Quote(words)+", belum jelas berapa hari, "+e.call()+" (paling lama 30).\n<i>Misalnya: /diam 3 hari</i>", quietRows(e)...)}
		}
		e.Nags.Quiet = hush(e, days).Time()
		return []chat.Reply{screen("Baik, "+e.call()+". Tidak ada pengingat sampai "+text.Date(e.Nags.Quiet)+".\nMelapor tetap bisa kapan saja.",
			[]chat.Button{tap("Ingatkan lagi", "diam", wakeWord), tap("Menu", "menu")})}
	}}
}

// askQuiet shows how it stands and what can be chosen.
func askQuiet(e Env) chat.Reply {
	words := "<b>Berapa lama tanpa pengingat, " + e.call() + "?</b>\nMelapor tetap bisa kapan saja.\n<i>Boleh ditulis: /diam 5 hari</i>"
	if e.Now.Before(e.Nags.Quiet) {
		words = "Tidak ada pengingat sampai " + text.Date(e.Nags.Quiet.In(e.Now.Location())) + ", " + e.call() + ".\n<b>Mau diubah?</b>"
	}
	return screen(words, quietRows(e)...)
}

func quietRows(e Env) [][]chat.Button {
	rows := [][]chat.Button{{tap("3 hari", "diam", "3 hari"), tap("Seminggu", "diam", "seminggu")}}
	if e.Now.Before(e.Nags.Quiet) {
		rows = append(rows, []chat.Button{tap("Ingatkan lagi", "diam", wakeWord)})
	}
	return append(rows, []chat.Button{tap("Menu", "menu")})
}

func hush(e Env, days int) storage.Day { return storage.DayOf(e.Now) + storage.Day(days) }

// putOff keeps quiet for some days and says when the next reminder can come: not earlier than the
// rules allow, and none for a month that is over.
func putOff(e Env) chat.Reply {
	quiet := hush(e, soon)
	next := e.Reminders.Free(*e.Nags, quiet)
	e.Nags.Quiet = quiet.Time()
	words := "Baik, " + e.call() + ". Kami ingatkan lagi " + text.Date(next.Time()) + ", bila laporannya belum masuk."
	if _, open := e.Reminders.Month(next); !open {
		words = "Baik, " + e.call() + ". Tidak ada pengingat sampai " + text.Date(quiet.Time()) + ".\nMelapor tetap bisa kapan saja."
	}
	return screen(words, []chat.Button{tap("Ingatkan lagi", "diam", wakeWord), tap("Menu", "menu")})
}

// wakes says whether words end the quiet.
func wakes(words string) bool {
	switch words {
	case wakeWord, "ingatkan lagi", "nyala", "nyalakan", "hidup", "hidupkan", "batal", "selesai", "0":
		return true
	}
	return false
}

var span = regexp.MustCompile(`^(?:selama |sampai )?(.+?) ?(hari|hr|minggu|mgg|bulan)?(?: lagi| saja| dulu| ya)*$`)

// spanOf reads how many days somebody wants to hear nothing: "3 hari", "seminggu", "dua minggu".
func spanOf(words string) (int, bool) {
	switch words {
	case "seminggu", "satu minggu":
		return 7, true
	case "sehari", "satu hari", "besok":
		return 1, true
	case "sebulan", "satu bulan":
		return 30, true
	}
	m := span.FindStringSubmatch(words)
	if m == nil {
		return 0, false
	}
	n := text.ParseNumber(m[1])
	days := int(n.Value / 1000)
	switch m[2] {
	case "minggu", "mgg":
		days *= 7
	case "bulan":
		days *= 30
	}
	return days, n.Sure() && n.Value%1000 == 0 && n.Value > 0 && n.Value <= 30_000 && days <= 30
}
