package office

import (
	"wksbm/bot/chat"
	"wksbm/storage"
)

// wishCard tells what a village asks of Dinsos for a household.
func (o *Office) wishCard(tx *storage.Tx, n uint64) (chat.Reply, bool) {
	c, ok := tx.Case(n)
	what := map[storage.CaseState]string{storage.Proposed: "diusulkan untuk bantuan", storage.Referred: "dirujuk"}[c.Wish]
	return o.asks(tx, c, "Desa meminta: "+what), ok && what != ""
}

// referCard tells that a village referred a household to Dinsos.
func (o *Office) referCard(tx *storage.Tx, n uint64) (chat.Reply, bool) {
	c, ok := tx.Case(n)
	return o.asks(tx, c, "Dirujuk desa ke Dinsos; jawabannya ditunggu."), ok
}

// replyCard tells that a village wrote down the answer to a referral by Dinsos; what it says stands in the
// history.
func (o *Office) replyCard(tx *storage.Tx, n uint64) (chat.Reply, bool) {
	c, ok := tx.Case(n)
	to := ""
	for _, entry := range tx.CaseEntries(n) {
		if entry.Kind == storage.EntryRefer {
			to = entry.To
		}
	}
	return o.asks(tx, c, "Desa mencatat balasan rujukan; isinya di Rincian."), ok && to != ""
}

// asks is a card that somebody of staff is to take on.
func (o *Office) asks(tx *storage.Tx, c storage.Case, what string) chat.Reply {
	row := detailsLink(tx, "Rincian", c.Number)
	if owner := seesTo(tx, c); owner == 0 {
		row = append([]chat.Button{caseButton("Saya tangani", c.Number, "own")}, row...)
	} else {
		what += "\nDitangani " + chat.Escape(nameOf(tx, owner))
	}
	return chat.Reply{Buttons: rowsOf(row), Text: "🏠 <b>No. " + number(c.Number) + "</b> · " + chat.Escape(o.Region.FullName(c.Village)) + "\n" + chat.Escape(needs(c)) + "\n" + what}
}

// rowsOf is a row of buttons as rows; none when it is empty.
func rowsOf(row []chat.Button) [][]chat.Button {
	if len(row) == 0 {
		return nil
	}
	return [][]chat.Button{row}
}
