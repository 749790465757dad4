package flows

import (
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/flow"
	"wksbm/bot/kin"
	"wksbm/bot/text"
	"wksbm/storage"
)

// recipient got aid: a household on file, another resident, or a group.
type recipient struct {
	Case     uint64 `json:"case,omitempty"`
	Name     string `json:"name,omitempty"` // of the household or resident
	RT       string `json:"rt,omitempty"`
	RW       string `json:"rw,omitempty"`
	Group    string `json:"group,omitempty"` // purpose code
	Families int    `json:"families,omitempty"`
	Persons  int    `json:"persons,omitempty"`
}

// String names the recipient: "Siti Aminah RT 03", "Lansia 12 KK 40 jiwa".
func (to recipient) String() string {
	switch place := text.RTRW(to.RT, to.RW); {
	case to.Group != "" && place != "":
		return groupLabel(to.Group) + " " + place + " (" + heads(to.Families, to.Persons) + ")"
	case to.Group != "":
		return groupLabel(to.Group) + " " + heads(to.Families, to.Persons)
	}
	return strings.TrimSpace(to.Name + " " + text.RTRW(to.RT, to.RW))
}

// groupLabel names a group: "Lansia"; those that are none are residents.
func groupLabel(code string) string {
	if code == general || code == "other" {
		return "Warga"
	}
	return labelOf(purposes(), code)
}

// heads prints counts: "12 KK 40 jiwa".
func heads(families, persons int) string {
	var out []string
	if families > 0 {
		out = append(out, strconv.Itoa(families)+" KK")
	}
	if persons > 0 {
		out = append(out, text.Count(persons)+" jiwa")
	}
	return strings.Join(out, " ")
}

func recipientList(all []recipient) string {
	out := make([]string, len(all))
	for i, to := range all {
		out[i] = to.String()
	}
	return strings.Join(out, ", ")
}

// likeRecipient says whether two are the same group, whose number may be told anew.
func likeRecipient(a, b recipient) bool {
	return a.Group != "" && a.Group == b.Group && a.RT == b.RT && a.RW == b.RW
}

// joinRecipient adds a recipient; who is named already stays once, groups add up.
func joinRecipient(all []recipient, to recipient) []recipient {
	out := slices.Clone(all)
	for i, have := range out {
		switch {
		case likeRecipient(have, to):
			out[i].Families, out[i].Persons = have.Families+to.Families, have.Persons+to.Persons
			return out
		case to.Group == "" && have.Group == "" && have.Case == to.Case && (to.Case != 0 || have.String() == to.String()):
			return out
		}
	}
	return append(out, to)
}

func (to recipient) sealed(e Env) storage.Recipient {
	out := storage.Recipient{Case: to.Case, Group: to.Group, Families: to.Families, Persons: to.Persons}
	if to.Case != 0 || to.Name+to.RT+to.RW == "" {
		return out
	}
	out.Person = e.Tx.NewPerson()
	out.Name = e.Tx.Seal(out.Person, "name", to.Name)
	out.RT, out.RW = e.Tx.Seal(out.Person, "rt", to.RT), e.Tx.Seal(out.Person, "rw", to.RW)
	return out
}

func recipientFrom(e Env, r storage.Recipient) recipient {
	to := recipient{Case: r.Case, Group: r.Group, Families: r.Families, Persons: r.Persons}
	if r.Case == 0 {
		to.Name, to.RT, to.RW = e.Tx.Unseal(r.Name, "name"), e.Tx.Unseal(r.RT, "rt"), e.Tx.Unseal(r.RW, "rw")
		return to
	}
	to.Name = "Warga No. " + Number(r.Case)
	if c, ok := e.Tx.Case(r.Case); ok {
		h := openHousehold(e, c)
		to.Name, to.RT, to.RW = h.name, h.rt, h.rw
	}
	return to
}

// household is a case with what it is called by.
type household struct {
	storage.Case
	name, rt, rw string
}

func openHousehold(e Env, c storage.Case) household {
	return household{Case: c, name: e.Tx.Unseal(c.Name, "name"), rt: e.Tx.Unseal(c.RT, "rt"), rw: e.Tx.Unseal(c.RW, "rw")}
}

// householdOf returns a case of the person's own village.
func householdOf(e Env, n uint64) (household, bool) {
	c, ok := e.Tx.Case(n)
	if !ok || c.Village != e.Member.Village || c.State == storage.Withdrawn {
		return household{}, false
	}
	return openHousehold(e, c), true
}

func (h household) recipient() recipient {
	return recipient{Case: h.Number, Name: h.name, RT: h.rt, RW: h.rw, Families: 1, Persons: max(h.Persons, 1)}
}

// called says whether words may be this household's name: all of them are in it, or both are alike.
func (h household) called(name string) bool {
	said, own := strings.Fields(kin.Key(name)), strings.Fields(kin.Key(h.name))
	if len(said) == 0 {
		return false
	}
	if h.Initials {
		return text.Initials(name) == h.name
	}
	within := !slices.ContainsFunc(said, func(w string) bool { return !slices.Contains(own, w) })
	return within || kin.Alike(name, h.name)
}

// surely says whether words are so much of the name that nobody needs to be asked.
func (h household) surely(name string) bool {
	said, own := strings.Fields(kin.Key(name)), strings.Fields(kin.Key(h.name))
	return !h.Initials && !slices.ContainsFunc(said, func(w string) bool { return !slices.Contains(own, w) })
}

func (h household) near(b text.Block) bool {
	return (b.RT == "" || h.rt == "" || b.RT == h.rt) && (b.RW == "" || h.rw == "" || b.RW == h.rw)
}

// seekHouseholds finds the open cases of the village by name, RT or both.
func seekHouseholds(e Env, name string, b text.Block) []household {
	var out []household
	for _, c := range knownCases(e) {
		named := household{Case: c, name: e.Tx.Unseal(c.Name, "name")}
		if c.State.Ended() || name != "" && !named.called(name) {
			continue
		}
		if h := openHousehold(e, c); h.near(b) && (name != "" || h.rt != "") {
			out = append(out, h)
		}
	}
	return out
}

// The things of the question to whom, beside households ("c12"), residents whose RT is asked for
// ("n:Bu Siti") and groups whose size is asked for (groupThing).
const (
	toFind  = "find"
	toOther = "other"
	toGroup = "group"
)

// offeredHouseholds is how many households are buttons.
const offeredHouseholds = 4

// recipientThings are the households that are urgent or were helped lately, and the ways to others.
func recipientThings(e Env) []flow.Option {
	all := knownCases(e)
	all = slices.DeleteFunc(all, func(c storage.Case) bool { return c.State.Ended() })
	slices.SortStableFunc(all, func(a, b storage.Case) int {
		if a.Urgent != b.Urgent {
			if a.Urgent {
				return -1
			}
			return 1
		}
		if a.LastHelp != b.LastHelp {
			return int(b.LastHelp - a.LastHelp)
		}
		return int(int64(b.Number) - int64(a.Number))
	})
	var out []flow.Option
	for _, c := range all[:min(offeredHouseholds, len(all))] {
		out = append(out, flow.Option{Value: "c" + strconv.FormatUint(c.Number, 10), Label: openHousehold(e, c).recipient().String()})
	}
	if len(all) > offeredHouseholds {
		out = append(out, flow.Option{Value: toFind, Label: "Cari warga", Words: []string{"cari"}})
	}
	return append(out,
		flow.Option{Value: toOther, Label: "Warga lain", Words: []string{"orang lain", "bukan di daftar"}},
		flow.Option{Value: toGroup, Label: "Kelompok", Words: []string{"rombongan", "orang banyak"}})
}

// recipientAmount asks what is missing of a recipient; a household is whole.
func recipientAmount(e Env, code string) (ask, example string, offers []flow.Offer[recipient]) {
	switch name, resident := strings.CutPrefix(code, "n:"); {
	case code == toFind:
		return "Cari siapa?", "Tulis nama, RT, atau nomornya: Siti, RT 03, No. 0012", nil
	case code == toOther:
		return "Siapa namanya, dan RT berapa?", "Misalnya: Bu Siti RT 03, Pak Amir RT 01/RW 02", nil
	case code == toGroup:
		return "Kelompok apa, dan berapa banyak?", "Misalnya: lansia 12 KK 40 jiwa", nil
	case resident:
		unknown := flow.Offer[recipient]{Label: "Belum tahu", Words: []string{"tidak tahu", "lupa", "gak tau"}, Value: recipient{Name: name, Families: 1, Persons: 1}}
		return name + " tinggal di RT berapa?", "Misalnya: RT 03, atau RT 03/RW 02", []flow.Offer[recipient]{unknown}
	}
	if group := groupOf(code); group.Group != "" {
		return strings.TrimSpace(groupLabel(group.Group)+" "+text.RTRW(group.RT, group.RW)) + ": berapa KK dan jiwa?", "Misalnya: 12 KK 40 jiwa", nil
	}
	n, _ := strconv.ParseUint(strings.TrimPrefix(code, "c"), 10, 64)
	if h, ok := householdOf(e, n); ok && !h.State.Ended() {
		return "", "", []flow.Offer[recipient]{{Label: h.recipient().String(), Value: h.recipient()}}
	}
	return "Siapa namanya, dan RT berapa?", "Misalnya: Bu Siti RT 03", nil
}
