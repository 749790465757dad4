package office

import (
	"slices"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// askedFor is how long the next words of a person answer a question of the office.
const askedFor = 30 * time.Minute

// await remembers that the next words of the person belong to an act.
func (d *desk) await(what ...string) {
	d.chat.Asked = &storage.Asked{What: what, Since: d.now}
}

// asks is the question that typed words answer, nil when there is none.
func (d *desk) asks() []string { return asks(d.in, d.chat, d.now) }

func asks(in chat.Input, c *storage.Chat, now time.Time) []string {
	if in.Kind != chat.Text || in.Edited || c.Asked == nil || len(c.Asked.What) == 0 || now.Sub(c.Asked.Since) > askedFor {
		return nil
	}
	return c.Asked.What
}

// Owns says whether a button of the office was pressed.
func Owns(in chat.Input) bool { return in.Kind == chat.Tapped && strings.HasPrefix(in.Data, Room+":") }

// Seeks says whether words look for a resident among those on file, perhaps by NIK or No KK.
func Seeks(in chat.Input, c *storage.Chat, now time.Time) bool {
	if in.Kind == chat.Command {
		return !in.Edited && in.Command.Name == Search
	}
	what := asks(in, c, now)
	return what != nil && what[0] == Search
}

// longAnswer is how many letters of an answer are kept.
const longAnswer = 200

// takeWords gives typed words to the act that asked for them.
func (d *desk) takeWords() error {
	what, words := d.asks(), text.Clip(strings.Join(strings.Fields(text.Clean(d.in.Text)), " "), longAnswer)
	d.chat.Asked = nil
	if what[0] == Search {
		return d.search(d.in.Text)
	}
	if slices.Contains([]string{"ret", "rej", "cwhy"}, what[0]) {
		return d.ownWhy(what, words)
	}
	return d.caseWords(what, words)
}
