package flows

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/storage"
)

// homePlace is where in the village a house stands.
type homePlace struct {
	Block string `json:"block,omitempty"` // dusun, lingkungan or peliuk, with that word
	RT    string `json:"rt,omitempty"`
	RW    string `json:"rw,omitempty"`
}

func (p homePlace) isZero() bool { return p == homePlace{} }

// String prints "RT 03/RW 02 Dusun Longa".
func (p homePlace) String() string {
	return strings.TrimSpace(text.RTRW(p.RT, p.RW) + " " + p.Block)
}

// placeOf is where the household of a case lives.
func placeOf(e Env, c storage.Case) homePlace {
	return homePlace{Block: e.Tx.Unseal(c.Block, "block"), RT: e.Tx.Unseal(c.RT, "rt"), RW: e.Tx.Unseal(c.RW, "rw")}
}

// knownPlaces offers where households of the village were found before, the most frequent first.
func knownPlaces(e Env) []flow.Offer[homePlace] {
	count := map[homePlace]int{}
	var all []homePlace
	for _, c := range knownCases(e) {
		p := placeOf(e, c)
		if p.isZero() || len([]rune(p.String())) > 40 {
			continue
		}
		if count[p]++; count[p] == 1 {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b homePlace) int {
		return cmp.Or(count[b]-count[a], cmp.Compare(a.String(), b.String()))
	})
	var out []flow.Offer[homePlace]
	for _, p := range all[:min(len(all), 4)] {
		out = append(out, flow.Offer[homePlace]{Label: p.String(), Value: p})
	}
	return out
}

var (
	blockShort = strings.NewReplacer("dsn ", "dusun ", "dsn. ", "dusun ", "dus. ", "dusun ", "lingk ", "lingkungan ", "lingk. ", "lingkungan ", "kp ", "kampung ", "kp. ", "kampung ")
	bareRT     = regexp.MustCompile(`^\d{1,3}$`)
	asksBack   = regexp.MustCompile(`(?i)^\s*(?:apa|siapa|kenapa|mengapa|bagaimana|gimana|kapan|(?:tidak|tdk|gak|ndak|kurang|belum|blm)\s+(?:tahu|tau))\b`)
	inHouse    = regexp.MustCompile(`(?i)^(?:di|alamat(?:nya)?|rumah(?:nya)?)\s*:?\s+`)
)

// readAddress reads "rt 3 dusun longa". RT or the name of a block is enough.
func readAddress(words string) flow.Reading[homePlace] {
	words = text.Clean(words)
	found := text.ParseRT(inHouse.ReplaceAllString(strings.TrimSpace(words), ""))
	if n := text.ParseRT("RT " + strings.TrimSpace(words)); bareRT.MatchString(strings.TrimSpace(words)) && n.RT != "" {
		return flow.Ask("Maksudnya RT "+n.RT+"?", flow.Offer[homePlace]{Label: "RT " + n.RT, Value: homePlace{RT: n.RT}})
	}
	if found.RT == "" && asksBack.MatchString(words) {
		return flow.Not[homePlace]("Kami membaca " + flow.Quote(words) + ", belum ada RT atau dusunnya. Misalnya: RT 03 Dusun Longa")
	}
	p := homePlace{RT: found.RT, RW: found.RW, Block: blockName(found.Rest)}
	switch {
	case p.isZero() || longDigits.MatchString(found.Rest) || len([]rune(p.Block)) > 60:
		return flow.Not[homePlace]("Kami membaca " + flow.Quote(words) + ", belum ada RT atau dusunnya. Misalnya: RT 03 Dusun Longa")
	case p.RT == "" && p.RW == "" && len([]rune(p.Block)) < 3:
		return flow.Not[homePlace]("Kami membaca " + flow.Quote(words) + ", belum jelas tempatnya. Misalnya: RT 03 Dusun Longa")
	}
	return flow.Sure(p)
}

// blockName writes "dsn longa" as "Dusun Longa".
func blockName(words string) string {
	s := strings.Trim(strings.Join(strings.Fields(text.Clean(words)), " "), " ,;.:-/")
	if !text.HasLetter(s) {
		return ""
	}
	s = strings.Trim(blockShort.Replace(strings.ToLower(s)), " ,;.:")
	return text.TitleName(s)
}
