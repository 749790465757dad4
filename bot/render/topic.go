package render

import (
	"slices"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/digest"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Topic is what a recap is limited to. Buttons carry it.
type Topic string

// The topics.
const (
	Everything Topic = ""
	Aid        Topic = "aid"
	People     Topic = "people"
	Meetings   Topic = "meetings"
	Activities Topic = "activities"
)

// FindTopic reads the topic among words, and returns the others.
func FindTopic(words string) (Topic, string) {
	fields := strings.Fields(words)
	for i, w := range fields {
		for _, c := range []struct {
			topic Topic
			words []string
		}{
			{Aid, []string{"bantuan", "barang", "uang"}},
			{People, []string{"warga", "kasus", "keluarga"}},
			{Meetings, []string{"rapat", "pertemuan"}},
			{Activities, []string{"kegiatan", "program"}},
		} {
			if slices.Contains(c.words, text.Fold(w)) {
				return c.topic, strings.Join(slices.Delete(fields, i, i+1), " ")
			}
		}
	}
	return Everything, words
}

// Label names a topic in a title; "" for everything.
func (t Topic) Label() string {
	return map[Topic]string{Aid: "bantuan", People: "warga", Meetings: "rapat", Activities: "kegiatan"}[t]
}

// TextOf prints what a digest says of a topic, as Reply.Text.
func TextOf(d digest.Digest, r *region.Region, topic Topic) string {
	if topic.Label() == "" {
		return Text(d, r)
	}
	lines := append(title(d, topic), "")
	body := told(d, topic)
	if len(body) == 0 {
		body = []string{"Belum ada catatan " + topic.Label() + "."}
	}
	lines = append(lines, body...)
	if part := topicParts(d, topic); part != nil {
		lines = append(append(lines, "", partsHead(d)), part...)
	}
	return strings.Join(lines, "\n")
}

// told is what a digest says of a topic; nothing when there is none.
func told(d digest.Digest, topic Topic) []string {
	var out []string
	switch topic {
	case Aid:
		if len(d.Totals.Sums) == 0 {
			return nil
		}
		out = moved(d)[1:]
		stock, others := d.Stock()
		return append(out, listed("📒 <b>Sisa buku desa</b> ", stock, others, func(int64, int64) string { return "" }, "")...)
	case People:
		out = people(d)
	case Meetings:
		out = []string{meetings(d.Totals)}
	case Activities:
		out = []string{programmes(d.Totals)}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// people says what is known of households, by category too.
func people(d digest.Digest) []string {
	t := d.Totals
	out := []string{households(d.People(), t), categories(t)}
	if n := t.Counts[storage.CountDeaths]; n > 0 {
		out = append(out, "Kematian dilaporkan "+text.Milli(n*1000).String())
	}
	return out
}

// categories counts new households by category; sensitive ones are one number.
func categories(t storage.Totals) string {
	var out []string
	for _, c := range digest.Categories(t) {
		out = append(out, chat.Escape(c.Label)+" "+text.Milli(c.Count*1000).String())
	}
	return strings.Join(out, "\n")
}

// topicParts is a line for each place that has something of a topic.
func topicParts(d digest.Digest, topic Topic) []string {
	var out []string
	if d.Scope.Code != 0 && d.Scope.Kind != region.District {
		return nil
	}
	for _, p := range d.Parts {
		words := ""
		switch topic {
		case Aid:
			words = strings.Join(aidOf(p), " · ")
		case People:
			words = strings.ReplaceAll(households(d.People(), p.Totals), "🏠 ", "")
		case Meetings:
			words = strings.ReplaceAll(meetings(p.Totals), "👥 ", "")
		case Activities:
			words = programmes(p.Totals)
		}
		if words = chat.Plain(words); words != "" {
			out = append(out, chat.Escape(p.Place.Name+": "+begun(words)))
		}
	}
	return out
}

// begun are words as they stand after a colon: an amount or a term of the law keeps its capitals.
func begun(words string) string {
	first, _, _ := strings.Cut(words, " ")
	if strings.HasPrefix(first, "Rp") || len(first) > 1 && first == strings.ToUpper(first) {
		return words
	}
	return strings.ToLower(words[:1]) + words[1:]
}
