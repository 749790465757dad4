package office

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
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
	lost, err := o.forget(tx, r)
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

// forget drops what of a resident is no record: drafts about them, answers that can be corrected, questions
// that wait, and what messages say that were not sent yet. It returns whose drafts it dropped.
func (o *Office) forget(tx *storage.Tx, r storage.Report) (lost []int64, err error) {
	at, _ := o.Region.ByCode(r.Village)
	about, here := mentionOf(tx, r), append(tx.Members(r.Village), tx.Members(at.District)...)
	var people []int64
	for _, c := range tx.Chats() {
		member := slices.ContainsFunc(here, func(m storage.Member) bool { return m.User == c.ID })
		if !member && !c.Staff && !c.Seat.In && len(c.Waiting) == 0 { // they were never shown this resident
			continue
		}
		people = append(people, c.ID)
		drafts, sent := len(c.Parked), len(c.Sent)
		c.Parked = slices.DeleteFunc(c.Parked, func(d storage.Draft) bool { return about.in(d.Data) })
		c.Sent = slices.DeleteFunc(c.Sent, func(s storage.Sent) bool { return s.Report == r.Number || about.in(s.Answers) })
		open := c.Draft != nil && about.in(c.Draft.Data)
		if open {
			c.Draft = nil
		}
		if open || drafts != len(c.Parked) {
			lost = append(lost, c.ID)
		}
		asked := about.in(c.Waiting)
		if asked {
			c.Waiting = nil
		}
		if open || asked || drafts != len(c.Parked) || sent != len(c.Sent) {
			if err := tx.PutChat(c); err != nil {
				return nil, err
			}
		}
	}
	return lost, errors.Join(forgetOutgoing(tx, about, people), forgetAsides(tx, about))
}

// withheld stands where a message told of somebody whose data was erased before it was sent.
const withheld = "Pesan ini memuat data yang sudah dihapus, jadi isinya tidak ada lagi.\nMohon buka lagi dari /menu."

// forgetOutgoing takes the words out of messages about them that wait; pictures and toasts do not go at all.
func forgetOutgoing(tx *storage.Tx, about mention, people []int64) error {
	var rows []storage.Outgoing
	for row := range tx.Outgoings() {
		if slices.Contains(people, row.Chat) && row.Broadcast == 0 {
			rows = append(rows, row)
		}
	}
	for _, row := range rows {
		var reply chat.Reply
		if json.Unmarshal(row.Body, &reply) != nil || !about.said(reply) {
			continue
		}
		if reply.Photo != "" || reply.Act == chat.Toast {
			if err := tx.DeleteOutgoing(row.Seq); err != nil {
				return err
			}
			continue
		}
		reply.Text, reply.Otherwise, reply.Buttons = withheld, "", nil
		body, err := json.Marshal(reply)
		if err != nil {
			return fmt.Errorf("encode reply: %w", err)
		}
		row.Body = body
		if err := tx.PutOutgoing(row); err != nil {
			return err
		}
	}
	return nil
}

// forgetAsides drops updates about them that could not be processed.
func forgetAsides(tx *storage.Tx, about mention) error {
	for _, a := range tx.Asides() {
		if about.in(a.Raw) {
			if err := tx.DropAside(a.Update); err != nil {
				return err
			}
		}
	}
	return nil
}

// mention finds words and data about the people of one report, however they are spelled in capitals.
type mention struct {
	data   []*regexp.Regexp // in JSON
	words  []*regexp.Regexp // in what people read
	photos []string
}

// shortName is how long a name has to be to be looked for within words: a shorter one may be a part of
// another's, so that only data with that name and no other is theirs.
const shortName = 5

func mentionOf(tx *storage.Tx, r storage.Report) mention {
	n := strconv.FormatUint(r.Number, 10)
	out := mention{data: []*regexp.Regexp{regexp.MustCompile(`"(?:edit|case)":` + n + `\b|"who":"s` + n + `"`)}}
	add := func(s storage.Sealed, field string) {
		if w := tx.Unseal(s, field); w != "" && w != storage.Erased {
			out.add(w)
		}
	}
	if c, ok := tx.Case(r.Number); ok {
		add(c.Name, "name")
		add(c.NIK, "nik")
		add(c.KK, "kk")
		out.photos = c.Photos
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

func (m *mention) add(name string) {
	m.words = append(m.words, whole(chat.Escape(name)))
	quoted, _ := json.Marshal(name)
	if len(name) < shortName {
		m.data = append(m.data, regexp.MustCompile(`(?i)`+regexp.QuoteMeta(string(quoted))))
		return
	}
	m.data = append(m.data, whole(string(quoted[1:len(quoted)-1])))
}

// whole finds words that are no part of longer ones.
func whole(words string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^\pL\pN])` + regexp.QuoteMeta(words) + `(?:$|[^\pL\pN])`)
}

// in says whether the data of a draft is about them.
func (m mention) in(data json.RawMessage) bool {
	return slices.ContainsFunc(m.data, func(r *regexp.Regexp) bool { return r.Match(data) })
}

// said says whether a message is about them.
func (m mention) said(r chat.Reply) bool {
	words := r.Text + "\n" + r.Otherwise
	for _, row := range r.Buttons {
		for _, b := range row {
			words += "\n" + chat.Escape(b.Label)
		}
	}
	return r.Photo != "" && slices.Contains(m.photos, r.Photo) ||
		slices.ContainsFunc(m.words, func(r *regexp.Regexp) bool { return r.MatchString(words) })
}
