package flows

import (
	"regexp"
	"slices"
	"strings"

	"wksbm/bot/flow"
	"wksbm/bot/goods"
	"wksbm/bot/text"
	"wksbm/storage"
)

var (
	// toWords begin the part of a sentence that tells to whom.
	toWords = regexp.MustCompile(`(?i)(?:^|[\s,])((?:untuk|utk|buat|kepada|kpd|ke|pada)\s+|(?:bu|ibu|pak|bapak|bpk|nenek|kakek|papuk|hj?\.|haji|hajah)\s+\pL[^,;]*?\brt\s*\.?\s*\d)`)
	// getting are the words between who got aid and what it was.
	getting = regexp.MustCompile(`(?i)\s+(dapat|dapet|dpt|menerima|nerima|terima|kebagian|diberi|dikasih)\s*$`)
	// addressing is how the bot is spoken to, which names no recipient.
	addressing = regexp.MustCompile(`(?i)^\s*(bu|ibu|pak|bapak|min|admin|kak)\s*,\s*`)
)

// gleanGift takes day, recipients and goods out of words where other things are asked for. Free text
// is left alone.
func gleanGift(e Env, g *gift, step, words string) (taken []string, rest, why string) {
	switch step {
	case "over_reason", "note", "photo", "purse", "over":
		return nil, words, ""
	}
	rest = addressing.ReplaceAllString(greeting.ReplaceAllString(words, ""), "")
	if planned.MatchString(rest) {
		return nil, words, ""
	}
	if step != "date" {
		taken, rest, why = gleanDay(e, &g.Date, rest)
	}
	if step != "to" && gleanTo(e, g, step, &rest) {
		taken = append(taken, "to")
	}
	if step != "to" && gleanFrom(g, &rest) {
		taken = append(taken, "note")
	}
	rest = strings.Trim(rest, " ,;.:\n")
	if step == "lines" || rest == "" {
		return taken, rest, why
	}
	if found := givenLines(e, rest); len(found) > 0 && len(g.Lines)+len(found) <= maxLines {
		for _, l := range found {
			g.Lines = joinGift(g.Lines, l)
		}
		return append(taken, "lines"), "", why
	}
	if strings.TrimSpace(handing.ReplaceAllString(rest, " ")) == "" || step != "" && slices.Contains(taken, step) {
		rest = ""
	}
	return taken, rest, why
}

// givenLines reads words only if each of their pieces is a known item with its amount.
func givenLines(e Env, words string) []storage.Line {
	var out []storage.Line
	for _, p := range readGift(e, "", words) {
		if !p.Sure || goods.IsOther(p.Value.Item) {
			return nil
		}
		out = append(out, p.Value)
	}
	return out
}

// gleanFrom keeps who gave what is handed on now: it goes into the note.
func gleanFrom(g *gift, rest *string) bool {
	m := fromWords.FindStringSubmatchIndex(*rest)
	if m == nil || g.Note != "" && !strings.HasPrefix(g.Note, "dari ") {
		return false
	}
	end := m[2] + nameEnd((*rest)[m[2]:m[3]])
	g.Note = "dari " + strings.Join(strings.Fields(handing.ReplaceAllString((*rest)[m[2]:end], " ")), " ")
	*rest = cut(*rest, lead(*rest, m[0]), end)
	return true
}

// gleanTo takes the recipients out of a sentence about goods. Those that have to be asked about wait
// for their question.
func gleanTo(e Env, g *gift, step string, rest *string) bool {
	m := toWords.FindStringSubmatchIndex(*rest)
	if m == nil {
		return false
	}
	from := lead(*rest, m[0])
	end := from + peopleEnd((*rest)[from:])
	said := (*rest)[from:end]
	if len(people(said)) == 0 || hasGoods(said) && givenLines(e, said) != nil {
		return false
	}
	*rest = cut(*rest, from, end)
	said = strings.TrimSpace(getting.ReplaceAllString(handing.ReplaceAllString(said, " "), " "))
	parts := readRecipients(e, "", said)
	if step == "lines" && len(g.Lines) == 0 { // the sentence that told all is told anew
		g.forget(parts)
	}
	if slices.ContainsFunc(parts, func(p toPart) bool { return !p.Sure || g.otherwise(p.Value) }) {
		if g.strange(parts) {
			g.Early = strings.TrimSpace(toLead.ReplaceAllString(said, ""))
		}
		return false
	}
	for _, p := range parts {
		if !slices.Contains(g.To, p.Value) { // a group told once more
			g.To = joinRecipient(g.To, p.Value)
		}
		if step == "lines" {
			g.Told = append(g.Told, p.Value)
		}
	}
	return true
}

// otherwise says that a group was told with another number before, so that it has to be asked which
// is right.
func (g *gift) otherwise(to recipient) bool {
	return slices.ContainsFunc(g.To, func(have recipient) bool { return likeRecipient(have, to) && have != to })
}

// forget drops the recipients that a sentence told, when its new words tell others. Of a report that
// is changed nobody knows which words told whom: others take the place of all.
func (g *gift) forget(parts []toPart) {
	told := g.Told
	g.Told = nil
	if g.Edit != 0 && told == nil {
		told = g.To
	}
	if g.strange(parts) {
		g.To = slices.DeleteFunc(slices.Clone(g.To), func(to recipient) bool { return slices.Contains(told, to) })
	}
}

// strange says whether words name somebody who is no recipient yet.
func (g *gift) strange(parts []toPart) bool {
	return slices.ContainsFunc(parts, func(p toPart) bool {
		return !slices.ContainsFunc(g.To, func(to recipient) bool {
			return p.Sure && p.Value == to || slices.ContainsFunc(p.Offers, func(o flow.Offer[recipient]) bool { return o.Value == to })
		})
	})
}

// givers begin the part of a sentence that tells from whom.
var givers = regexp.MustCompile(`(?i)[\s,](dari|dr)\s`)

// peopleEnd says how many bytes of words tell of people: they end before a giver, and before goods with
// their amount.
func peopleEnd(words string) int {
	if m := givers.FindStringIndex(words); m != nil {
		words = words[:m[0]]
	}
	for at := 0; at < len(words); {
		next := at + strings.IndexAny(words[at:]+" ", " \n") + 1
		if _, thing := goods.Find(words[at:min(next-1, len(words))]); thing && at > 0 {
			return amountBefore(words, at)
		}
		at = next
	}
	return len(words)
}

// amountBefore moves the place of goods back over the number and unit in front of them.
func amountBefore(words string, at int) int {
	head := strings.TrimRight(words[:at], " \n,")
	if i := strings.LastIndexAny(head, " \n"); i >= 0 {
		if _, unit := text.FindUnit(head[i+1:]); unit {
			head = strings.TrimRight(head[:i], " \n")
		}
	}
	if i := strings.LastIndexAny(head, " \n"); i >= 0 && text.ParseNumber(head[i+1:]).Sure() && !numbered.MatchString(head[:i+1]) {
		return i
	}
	return at
}

// giftStep finds words that belong to the lists or to the day, and have to be asked back about there.
func giftStep(e Env, g *gift, step, words string) string {
	if step != "" && step != "date" && step != "lines" && step != "to" {
		return ""
	}
	if what, ok := strings.CutPrefix(text.Fold(words), "hapus "); ok {
		if slices.ContainsFunc(g.To, func(to recipient) bool { return strings.Contains(" "+text.Fold(to.String())+" ", " "+what+" ") }) {
			return "to"
		}
		return "lines"
	}
	if step != "lines" {
		var scratch gift
		_, rest, _ := gleanGift(e, &scratch, "lines", words)
		for _, l := range givenLines(e, rest) {
			if slices.ContainsFunc(g.Lines, func(have storage.Line) bool { return likeGift(have, l) }) {
				return "lines"
			}
		}
	}
	if step == "" && toLead.MatchString(words) && !hasGoods(words) || step != "to" && step != "lines" && somebody(e, words) {
		return "to"
	}
	if got := flow.ReadDate(words, e.Said, true, ""); step == "" && got.Ask != "" {
		return "date"
	}
	return ""
}

// somebody says whether words name recipients and nothing else, without doubt.
func somebody(e Env, words string) bool {
	if hasGoods(words) || flow.ReadDate(words, e.Said, true, "").Sure {
		return false
	}
	return !slices.ContainsFunc(readRecipients(e, "", words), func(p toPart) bool {
		return !p.Sure || p.Value.Group == "" && p.Value.Case == 0 && p.Value.RT == ""
	})
}

// gotIt are words by which aid came, whoever it is for.
var gotIt = regexp.MustCompile(`(?i)\b(dari|dr|oleh|dapat|dapet|(di|me)?terima|masuk|datang|sumbangan|titipan)\b`)

// gotAtHome tells that a resident got something: "Bu Siti RT 03 dapat beras".
var gotAtHome = regexp.MustCompile(`(?i)^\s*(bu|ibu|pak|bapak|bpk|nenek|kakek|papuk|inaq|amaq|hj?\.?|haji|hajah)\s+\pL[^,;]*?\brt\s*\.?\s*\d+\S*\s+(dapat|dapet|dpt|menerima|nerima|terima|kebagian|diberi|dikasih)\b`)

// soundsLikeGift says whether words tell of aid that was handed on: by a verb, or by somebody's name
// and no giver's.
func soundsLikeGift(e Env, words string) bool {
	if !e.active() || strings.Contains(words, "?") || asksStock.MatchString(words) || planned.MatchString(words) || toUs.MatchString(words) {
		return false
	}
	verb := handedOn.MatchString(words) || gave.MatchString(words)
	if !verb && gotIt.MatchString(words) && !gotAtHome.MatchString(words) {
		return false
	}
	var none gift
	_, rest, _ := gleanGift(e, &none, "lines", words)
	things := slices.ContainsFunc(readGift(e, "", rest), func(p part) bool { return p.Sure || p.Thing != "" || p.Ask != "" })
	named := slices.ContainsFunc(none.To, func(to recipient) bool { return to.Case != 0 || to.RT != "" })
	return verb && (things || len(none.To) > 0 || none.Early != "") || named && things
}
