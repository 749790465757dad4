package flows

import (
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// lateWords say that a report is booked in a later month than it happened in, "" when it is not.
func lateWords(r storage.Report) string {
	if !r.Late() {
		return ""
	}
	return "Susulan: masuk buku " + text.Month(r.At.In(region.WITA))
}

// lateLine is a line with lateWords for answers that are not sent yet. A report that is changed stays
// in its book.
func lateLine(e Env, edit uint64, date string) string {
	r := storage.Report{At: e.Now}
	if old, ok := e.Tx.Report(edit); ok && edit != 0 {
		r = old
	}
	d, ok := dateOf(date)
	if !ok {
		return ""
	}
	if r.Date = storage.DayOf(d); !r.Late() {
		return ""
	}
	return "\n" + lateWords(r)
}
