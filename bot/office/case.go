package office

import (
	"wksbm/bot/chat"
	"wksbm/storage"
)

// wishCard tells what a village asks of Dinsos for a household.
func (o *Office) wishCard(tx *storage.Tx, n uint64) (chat.Reply, bool) {
	c, ok := tx.Case(n)
	what := map[storage.CaseState]string{storage.Proposed: "diusulkan untuk bantuan", storage.Referred: "dirujuk"}[c.Wish]
	return o.asks(c, "Desa meminta: "+what), ok && what != ""
}

// referCard tells that a village referred a household to Dinsos.
func (o *Office) referCard(tx *storage.Tx, n uint64) (chat.Reply, bool) {
	c, ok := tx.Case(n)
	return o.asks(c, "Dirujuk desa ke Dinsos; jawabannya ditunggu."), ok
}

func (o *Office) asks(c storage.Case, what string) chat.Reply {
	return chat.Reply{Text: "🏠 <b>No. " + number(c.Number) + "</b> · " + chat.Escape(o.Region.FullName(c.Village)) + "\n" + chat.Escape(needs(c)) + "\n" + what}
}
