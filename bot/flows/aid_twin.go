package flows

import (
	"slices"

	"wksbm/storage"
)

// twinSearch is how many of a village's latest reports are looked through for a twin.
const twinSearch = 30

// twinLine warns of a report of the village that tells the same already, whoever sent it; "" when there
// is none. same compares what stands beside goods and day. It is HTML.
func twinLine(e Env, kind, date string, lines []storage.Line, same func(storage.Report) bool) string {
	for _, r := range e.Tx.ReportsIn(e.Member.Village, 0, twinSearch) {
		if r.Kind == kind && r.State.Counts() && r.Date.String() == date && slices.Equal(r.Lines, lines) && same(r) {
			return "\n⚠️ Laporan yang sama sudah ada: No. " + Number(r.Number) + ". Kirim bila memang bantuan lain."
		}
	}
	return ""
}

func twinAid(e Env, a *aid) string {
	return twinLine(e, storage.AidReceived, a.Date, a.booked(), func(r storage.Report) bool {
		other := aidFrom(e, r)
		return other.Source == a.Source && other.Giver == a.Giver
	})
}

func twinGift(e Env, g *gift) string {
	return twinLine(e, storage.AidGiven, g.Date, g.Lines, func(r storage.Report) bool { return slices.Equal(giftFrom(e, r).To, g.To) })
}
