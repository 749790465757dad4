package office

import (
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/goods"
	"wksbm/storage"
)

// overCard tells of aid that was given beyond what the village's book has. Why is for the eyes of
// those who look into it.
func (o *Office) overCard(tx *storage.Tx, n uint64) (chat.Reply, bool) {
	r, ok := tx.Report(n)
	if !ok {
		return chat.Reply{}, false
	}
	lines := []string{"⚠️ <b>No. " + number(n) + "</b> · " + chat.Escape(o.Region.FullName(r.Village)), "Disalurkan melebihi buku desa:"}
	stock := tx.Village(r.Village).Stock
	for _, l := range r.Lines {
		for _, s := range stock {
			if s.Item == l.Item && s.Unit == l.Unit && s.Earmark == l.Earmark && s.Quantity < 0 {
				lines = append(lines, chat.Escape(goodsList([]storage.Line{l}))+" (lebih "+goods.Amount(l.Unit, min(l.Quantity, -s.Quantity))+")")
			}
		}
	}
	return chat.Reply{Text: strings.Join(append(lines, o.stands(tx, r)), "\n")}, true
}
