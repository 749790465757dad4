package office

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/storage"
)

// EraseReport erases the people a report tells of, with what waits or lies unfinished about them. What the
// group is to see of it is added to out, unless that is nil.
func (o *Office) EraseReport(tx *storage.Tx, now time.Time, by int64, number uint64, out *[]chat.Reply) error {
	r, ok := tx.Subject(number)
	if !ok {
		return nil
	}
	lost, err := forget(tx, r)
	if err != nil {
		return err
	}
	waiting := tx.CorrectionsOf(r.Number)
	if _, err := tx.Record(now, by, r.Village, storage.PersonErased{Report: r.Number, Persons: tx.PersonsOf(r)}); err != nil {
		return err
	}
	if out == nil {
		return nil
	}
	for _, user := range lost {
		*out = append(*out, chat.Reply{
			Act: chat.Say, Class: chat.Notice, Chat: user,
			Text: "↩️ Isian tentang No. " + numberOf(r) + " tidak ada lagi: data orangnya sudah dihapus, sesuai permintaan.\nIsian lain tetap tersimpan.",
		})
	}
	*out = append(*out, o.Post(tx, now)("changed", r.Number)...)
	for _, c := range waiting {
		p, posted := tx.Posted(correctionTag(c.ID))
		if posted && c.State == storage.CorrectionWaits {
			*out = append(*out, chat.Reply{
				Act: chat.Edit, Class: chat.Notice, Chat: p.Chat, Message: p.Message,
				Text: "↩️ <b>Perbaikan No. " + numberOf(r) + "</b>\nTidak berlaku lagi: data warganya sudah dihapus.",
			})
		}
	}
	return nil
}

func numberOf(r storage.Report) string { return number(r.Number) }

// forget drops what of a resident is no record: drafts about them, answers that can be corrected, and
// messages that were not sent yet. It returns whose drafts it dropped.
func forget(tx *storage.Tx, r storage.Report) (lost []int64, err error) {
	about := mentionOf(tx, r)
	people := tx.Staff()
	for _, m := range tx.Members(r.Village) {
		if !slices.Contains(people, m.User) {
			people = append(people, m.User)
		}
	}
	for _, user := range people {
		c := tx.Chat(user)
		drafts, sent := len(c.Parked), len(c.Sent)
		c.Parked = slices.DeleteFunc(c.Parked, func(d storage.Draft) bool { return about.in(d.Data) })
		c.Sent = slices.DeleteFunc(c.Sent, func(s storage.Sent) bool { return s.Report == r.Number || about.in(s.Answers) })
		open := c.Draft != nil && about.in(c.Draft.Data)
		if open {
			c.Draft = nil
		}
		if open || drafts != len(c.Parked) {
			lost = append(lost, user)
		}
		if open || drafts != len(c.Parked) || sent != len(c.Sent) {
			if err := tx.PutChat(c); err != nil {
				return nil, err
			}
		}
	}
	return lost, forgetOutgoing(tx, about, people)
}

func forgetOutgoing(tx *storage.Tx, about mention, people []int64) error {
	var drop []uint64
	for row := range tx.Outgoings() {
		var reply chat.Reply
		if slices.Contains(people, row.Chat) && row.Broadcast == 0 && json.Unmarshal(row.Body, &reply) == nil && about.said(reply.Text) {
			drop = append(drop, row.Seq)
		}
	}
	for _, seq := range drop {
		if err := tx.DeleteOutgoing(seq); err != nil {
			return err
		}
	}
	return nil
}

// mention finds words and data about the people of one report.
type mention struct {
	words  []string // names and numbers as they are written
	fields *regexp.Regexp
}

// shortName is how long a name has to be to be looked for: shorter ones stand in other words.
const shortName = 5

func mentionOf(tx *storage.Tx, r storage.Report) mention {
	n := strconv.FormatUint(r.Number, 10)
	out := mention{fields: regexp.MustCompile(`"(?:edit|case)":` + n + `\b|"who":"s` + n + `"`)}
	add := func(s storage.Sealed, field string) {
		if w := tx.Unseal(s, field); len(w) >= shortName && w != storage.Erased {
			out.words = append(out.words, w)
		}
	}
	if c, ok := tx.Case(r.Number); ok {
		add(c.Name, "name")
		add(c.NIK, "nik")
		add(c.KK, "kk")
	}
	switch r.Kind {
	case storage.DeathKnown:
		var d storage.Death
		r.DecodeBody(&d)
		add(d.Name, "name")
	case storage.AidGiven:
		var g storage.Given
		r.DecodeBody(&g)
		for _, to := range g.To {
			add(to.Name, "name")
		}
	case storage.AidReceived:
		var a storage.Aid
		r.DecodeBody(&a)
		add(a.Giver, "giver")
	}
	return out
}

// in says whether the data of a draft is about them.
func (m mention) in(data json.RawMessage) bool {
	return m.fields.Match(data) || slices.ContainsFunc(m.words, func(w string) bool {
		quoted, _ := json.Marshal(w)
		return strings.Contains(string(data), string(quoted[1:len(quoted)-1]))
	})
}

// said says whether a message, in HTML, is about them.
func (m mention) said(html string) bool {
	return slices.ContainsFunc(m.words, func(w string) bool { return strings.Contains(html, chat.Escape(w)) })
}
