package office

import (
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/goods"
	"wksbm/storage"
)

// overTag remembers where the card of aid beyond the book was posted.
func overTag(n uint64) string { return "over:" + strconv.FormatUint(n, 10) }

// overCard tells of aid that was given beyond what the village's book has. Why is for the eyes of
// those who look into it.
func (o *Office) overCard(tx *storage.Tx, now time.Time, n uint64) (chat.Reply, bool) {
	r, ok := tx.Report(n)
	if !ok {
		return chat.Reply{}, false
	}
	lines := []string{"⚠️ <b>No. " + number(n) + "</b> · " + chat.Escape(o.Region.FullName(r.Village)), "Disalurkan melebihi buku desa:"}
	if len(r.Flags) == 0 {
		lines[1] = "Sudah diubah pelapornya, tidak melebihi buku desa lagi:"
	}
	beyond := o.beyond(tx, r)
	if len(beyond) == 0 { // covered, or taken back, by now
		beyond = []string{chat.Escape(goodsList(r.Lines))}
	}
	card := chat.Reply{Tag: overTag(n), Text: strings.Join(append(append(lines, beyond...), o.stands(tx, now, r)), "\n")}
	card.Buttons = reviewButtons(tx, r)
	return card, true
}

// beyond lists the lines of a report of which the village's book has less than nothing.
func (o *Office) beyond(tx *storage.Tx, r storage.Report) []string {
	var out []string
	if !r.State.Counts() {
		return nil
	}
	for _, l := range r.Lines {
		for _, s := range tx.Village(r.Village).Stock {
			if s.Item == l.Item && s.Unit == l.Unit && s.Earmark == l.Earmark && s.Quantity < 0 {
				out = append(out, chat.Escape(goodsList([]storage.Line{l}))+" (lebih "+goods.Amount(l.Unit, min(l.Quantity, -s.Quantity))+")")
			}
		}
	}
	return out
}

// shortCard tells that a village's book has less than was given, since aid received was changed or
// taken back.
func (o *Office) shortCard(tx *storage.Tx, n uint64) (chat.Reply, bool) {
	r, ok := tx.Report(n)
	if !ok {
		return chat.Reply{}, false
	}
	what := map[storage.ReportState]string{storage.Cancelled: "dibatalkan", storage.Returned: "dikembalikan", storage.Refused: "ditolak"}[r.State]
	if what == "" {
		what = "diubah"
	}
	var lacks []storage.Line
	for _, s := range tx.Village(r.Village).Stock {
		if s.Quantity < 0 {
			l := storage.Line(s)
			l.Quantity = -l.Quantity
			lacks = append(lacks, l)
		}
	}
	return chat.Reply{Text: "⚠️ <b>No. " + number(n) + "</b> · " + chat.Escape(o.Region.FullName(r.Village)) + "\n" +
		kindLabel(r.Kind) + " " + what + "; buku desa sekarang kurang:\n" + chat.Escape(goodsList(lacks))}, len(lacks) > 0
}
