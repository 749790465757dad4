package flows

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
)

// partner is what is told of somebody in the village's network.
type partner struct {
	Edit    uint64 `json:"edit,omitempty"` // the partner that is changed, 0 for a new one
	Kind    string `json:"kind,omitempty"`
	Name    string `json:"name,omitempty"`
	Service string `json:"service,omitempty"`
	RT      string `json:"rt,omitempty"`
	RW      string `json:"rw,omitempty"`
	Consent string `json:"consent,omitempty"`
	Contact string `json:"contact,omitempty"`
	Phone   string `json:"phone,omitempty"`
}

type partnerHead = flow.Head[Env, partner]

func partnerFlow() flow.Conversation[Env] {
	return flow.New(flow.Flow[Env, partner]{
		Name: Partner, Version: 1, Title: partnerTitle, Begin: beginPartner, Steps: partnerSteps(), Glean: gleanPartner,
		Reopen:  func(p *partner) bool { return p.Edit != 0 },
		Confirm: confirmPartner, Send: "✅ Simpan", Finish: finishPartner, Contact: askDinsos,
		Exits: [][]chat.Button{{pageTap("Mitra", partnersPageName), tap("Menu", "menu")}},
	})
}

const serviceExample = "Misalnya: antar orang sakit, siaga bencana"

func partnerSteps() []flow.Question[Env, partner] {
	return append([]flow.Question[Env, partner]{
		flow.Pick[Env, partner]{
			Head: partnerHead{
				Step: "kind", Label: "Jenis", Ask: fixed[partner]("Mitra jenis apa?"), Shown: func(_ Env, p *partner) string { return partnerKindLabel(p.Kind) },
				Example: "Boleh ditulis, misalnya: Karang Taruna Bina Remaja", Help: "Kalau tidak ada yang cocok, pilih Organisasi.",
			},
			Get: func(p *partner) *string { return &p.Kind }, Options: partnerOptions, Search: seekPartnerKinds, PageSize: 8,
		},
		flow.Typed[Env, partner, string]{
			Head: partnerHead{Step: "name", Label: "Nama", Ask: askPartnerName},
			Get:  func(p *partner) *string { return &p.Name }, Read: wording[partner](80, ""), Print: same,
		},
		flow.Typed[Env, partner, string]{
			Head: partnerHead{
				Step: "service", Label: "Bantuan", Ask: fixed[partner]("Apa yang bisa dibantu mitra ini?"), Example: serviceExample, Optional: true, Pass: "Belum tahu",
			},
			Get: func(p *partner) *string { return &p.Service }, Read: wording[partner](200, serviceExample), Print: same,
		},
		flow.Typed[Env, partner, string]{
			Head: partnerHead{
				Step: "place", Label: "RT/RW", Ask: fixed[partner]("Di RT/RW berapa?"), Example: "Misalnya: RT 03/RW 02", Optional: true, Aside: "Tambah RT/RW",
				Shown: func(_ Env, p *partner) string { return text.RTRW(p.RT, p.RW) },
			},
			Get: func(p *partner) *string { return &p.RT }, Read: readBlock, Print: same,
		},
	}, contactSteps()...)
}

// contactSteps ask for a person to turn to; a name is asked for only after that person agreed.
func contactSteps() []flow.Question[Env, partner] {
	agreed := func(_ Env, p *partner) bool { return p.Consent == "yes" }
	return []flow.Question[Env, partner]{
		flow.Choice[Env, partner]{
			Head: partnerHead{
				Step: "consent", Label: "Kontak", Ask: fixed[partner]("Orangnya setuju nama dan nomornya dicatat?"), Aside: "Tambah kontak", Optional: true,
				Help: "Nama dan nomor disimpan terkunci, dilihat pengurus dan relawan desa ini saja.",
				Shown: func(_ Env, p *partner) string {
					return map[string]string{"yes": "orangnya setuju", "no": "belum setuju"}[p.Consent]
				},
			},
			Get: func(p *partner) *string { return &p.Consent }, Exact: true, Take: takeConsent,
			Options: func(Env, *partner) []flow.Option {
				return []flow.Option{
					{Value: "yes", Label: "Setuju", Words: []string{"ya", "iya", "sudah", "sudah setuju", "ya setuju", "ya sudah setuju", "ya sudah", "iya setuju", "iya sudah", "sdh", "sdh setuju", "mau", "boleh"}},
					{Value: "no", Label: "Belum", Words: []string{"tidak", "tidak setuju", "belum setuju", "belum ditanya", "tdk", "ndak"}},
				}
			},
		},
		flow.Typed[Env, partner, string]{
			Head: partnerHead{Step: "contact", Label: "Nama kontak", Ask: fixed[partner]("Siapa namanya?"), Example: "Misalnya: Hj. Sumiati", When: agreed},
			Get:  func(p *partner) *string { return &p.Contact }, Read: naming[partner]("Misalnya: Hj. Sumiati"), Print: same,
		},
		flow.Typed[Env, partner, string]{
			Head: partnerHead{Step: "phone", Label: "Nomor HP", Ask: fixed[partner]("Nomor HP-nya?"), Example: "Misalnya: 0812 3456 7890", When: agreed, Optional: true},
			Get:  func(p *partner) *string { return &p.Phone }, Read: readPhone, Print: same,
		},
	}
}

// The kinds of partners beside the twelve of PSKS.
const (
	kindGroup        = welfare.GroupOfRT
	kindOrganisation = welfare.Organisation
)

func pskCode(no int) string { return welfare.PSKSCode(no) }

func partnerKinds() []flow.Option { return termOptions(welfare.PartnerKinds()) }

func partnerOptions(Env, *partner) []flow.Option { return partnerKinds() }

func partnerKindLabel(code string) string {
	if code == "" {
		return ""
	}
	return labelOf(partnerKinds(), code)
}

// seekPartnerKinds finds the kinds that words name; where there is none the general ones are left.
func seekPartnerKinds(_ Env, _ *partner, words string) []flow.Option {
	if found := findPartnerKinds(words); len(found) > 0 {
		return found
	}
	return partnerKinds()[:2]
}

func findPartnerKinds(words string) []flow.Option {
	var codes []string
	for _, r := range welfare.FindPSKS(words) {
		codes = append(codes, pskCode(r.No))
	}
	said := " " + text.Fold(words) + " "
	var out []flow.Option
	for _, o := range partnerKinds() {
		own := !strings.HasPrefix(o.Value, "psks") && slices.ContainsFunc(append([]string{o.Label}, o.Words...), func(w string) bool {
			return strings.Contains(said, " "+text.Fold(w)+" ")
		})
		if own || slices.Contains(codes, o.Value) {
			out = append(out, o)
		}
	}
	return out
}

// gleanPartner takes "Karang Taruna Bina Remaja" for kind and name at once.
func gleanPartner(e Env, p *partner, step, words string) (taken []string, rest, why string) {
	if step == "contact" {
		return gleanPhone(p, words)
	}
	if step == "kind" {
		words = partnerLead.ReplaceAllString(words, "")
	}
	kinds := findPartnerKinds(words)
	if step != "kind" || len(kinds) != 1 || len(strings.Fields(words)) < 2 || p.Name != "" {
		return nil, words, ""
	}
	if names := append([]string{kinds[0].Label}, kinds[0].Words...); slices.ContainsFunc(names, func(w string) bool { return text.Fold(w) == text.Fold(words) }) {
		return nil, words, ""
	}
	block := text.ParseRT(words)
	name := wording[partner](80, "")(e, p, block.Rest)
	if !name.Sure {
		return nil, words, ""
	}
	p.Kind, p.Name = kinds[0].Value, name.Value
	taken = []string{"kind", "name"}
	if block.RT != "" || block.RW != "" {
		p.RT, p.RW = block.RT, block.RW
		taken = append(taken, "place")
	}
	return taken, "", ""
}

// partnerLead begins what is said of a new partner: "mau catat mitra baru".
var partnerLead = regexp.MustCompile(`(?i)^(?:(?:mau|ingin|saya|kami|tolong|bu|pak)\s+)*(?:(?:catat|tambah|daftar|masuk)(?:kan)?\s+mitra(?:\s+baru)?|mitra\s+baru)\s*[:,]?\s+`)

// soundsLikePartner says whether words said outside of a conversation tell of a new partner.
func soundsLikePartner(words string) bool {
	words = greeting.ReplaceAllString(strings.TrimSpace(words), "")
	return partnerLead.MatchString(words) && !strings.Contains(words, "?")
}

var phoneWords = regexp.MustCompile(`(?:\+?62|\b0)[\d\s-]{7,16}\d`)

// gleanPhone takes the number behind a name: "Hj. Sumiati 0812 3456 7890".
func gleanPhone(p *partner, words string) (taken []string, rest, why string) {
	at := phoneWords.FindStringIndex(words)
	if at == nil {
		return nil, words, ""
	}
	n := text.Phone(words[at[0]:at[1]])
	rest = strings.Trim(phoneLabel.ReplaceAllString(words[:at[0]], "")+" "+words[at[1]:], " ,;:()-")
	if n == "" || !text.HasLetter(rest) {
		return nil, words, ""
	}
	p.Phone = n
	return []string{"phone"}, rest, ""
}

// phoneLabel stands before a number.
var phoneLabel = regexp.MustCompile(`(?i)[\s,(]*\b(?:no(?:mor)?\.?\s*)?(?:hp|wa|telp?|telepon|no|nomor)(?:nya)?\.?\s*:?\s*$`)

func askPartnerName(_ Env, p *partner) string {
	switch p.Kind {
	case kindGroup:
		return "<b>Apa nama kelompoknya?</b>\n<i>Misalnya: Dasawisma Melati</i>"
	case kindOrganisation:
		return "<b>Apa nama organisasinya?</b>\n<i>Misalnya: PKK Desa</i>"
	case pskCode(1), pskCode(2), pskCode(3), pskCode(9), pskCode(10), pskCode(11): // they are persons
		return "<b>Siapa nama " + partnerKindLabel(p.Kind) + " itu?</b>\n<i>Misalnya: Hj. Sumiati</i>"
	}
	return "<b>Apa nama " + partnerKindLabel(p.Kind) + " itu?</b>\n<i>Misalnya: Bina Remaja</i>"
}

func readBlock(_ Env, p *partner, words string) flow.Reading[string] {
	b := text.ParseRT(words)
	if n, err := strconv.Atoi(strings.TrimSpace(words)); err == nil && n > 0 && n < 100 {
		b.RT = fmt.Sprintf("%02d", n)
	}
	if b.RT == "" && b.RW == "" {
		return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum ada RT atau RW-nya. Misalnya: RT 03/RW 02")
	}
	p.RW = b.RW
	return flow.Sure(b.RT)
}

func takeConsent(_ Env, p *partner, value string) {
	if value != "yes" {
		p.Contact, p.Phone = "", ""
	}
}

func readPhone(_ Env, _ *partner, words string) flow.Reading[string] {
	if n := text.Phone(words); n != "" {
		return flow.Sure(n)
	}
	return flow.Not[string]("Kami membaca " + flow.Quote(words) + ", belum seperti nomor HP. Misalnya: 0812 3456 7890")
}

func partnerTitle(_ Env, p *partner) string {
	if p.Name == "" {
		return "Mitra baru"
	}
	return text.Clip("Mitra: "+p.Name, 36)
}

// beginPartner loads the partner that "ubah 7" is about.
func beginPartner(e Env, in chat.Input) (partner, *flow.Turn) {
	id, ok := editing(in)
	if !ok {
		return partner{}, nil
	}
	p, ok := partnerOf(e, id)
	if !ok || !e.tends(p.By) {
		return partner{}, &flow.Turn{End: flow.Cancelled, Replies: []chat.Reply{showPartner(e, id, "")}}
	}
	return partnerFrom(e, p), nil
}

// partnerFrom makes the answers anew of which a partner was made.
func partnerFrom(e Env, p storage.Partner) partner {
	out := partner{
		Edit: p.ID, Kind: p.Kind, Name: e.Tx.Unseal(p.Name, "name"), Service: e.Tx.Unseal(p.Service, "service"),
		RT: e.Tx.Unseal(p.RT, "rt"), RW: e.Tx.Unseal(p.RW, "rw"), Contact: e.Tx.Unseal(p.Contact, "contact"), Phone: e.Tx.Unseal(p.Phone, "phone"),
	}
	if p.Consent {
		out.Consent = "yes"
	}
	return out
}

func confirmPartner(e Env, p *partner) string {
	known, ok := partnerOf(e, p.Edit)
	if !ok {
		words := "<b>Sudah benar, " + e.call() + "?</b>\n\n" + partnerCard(p)
		if name := samePartner(e, p); name != "" {
			words += "\n⚠️ Sudah ada di daftar: " + chat.Escape(name) + ". Simpan bila memang lain."
		}
		return words
	}
	old := partnerFrom(e, known)
	return confirmChange("<b>Ubah mitra</b>", differences(e, partnerSteps(), &old, p))
}

// samePartner finds a partner of this name, said with its kind or without.
func samePartner(e Env, p *partner) string {
	bare := func(kind, name string) string {
		return strings.TrimSpace(strings.TrimPrefix(text.Fold(name), text.Fold(partnerKindLabel(kind))))
	}
	for _, other := range partnersOf(e, "") {
		if name := e.Tx.Unseal(other.Name, "name"); text.Fold(name) == text.Fold(p.Name) || other.Kind == p.Kind && bare(p.Kind, name) == bare(p.Kind, p.Name) {
			return text.Clip(name, 60)
		}
	}
	return ""
}

// partnerCard shows a partner, as HTML.
func partnerCard(p *partner) string {
	lines := []string{"<b>" + chat.Escape(p.Name) + "</b> · " + chat.Escape(partnerKindLabel(p.Kind))}
	if block := text.RTRW(p.RT, p.RW); block != "" {
		lines = append(lines, block)
	}
	lines = withLine(lines, "Bisa membantu", chat.Escape(p.Service))
	if p.Consent == "yes" && p.Contact != "" {
		contact := "Kontak: " + chat.Escape(p.Contact)
		if p.Phone != "" {
			contact += ", " + chat.Escape(p.Phone)
		}
		lines = append(lines, contact)
	} else if p.Consent == "no" {
		lines = append(lines, "Kontak: menunggu orangnya setuju")
	}
	return strings.Join(lines, "\n")
}

// finishPartner records the partner, or what changed of it.
func finishPartner(e Env, draft uint64, p *partner) flow.Turn {
	if r, ok := Receipt(e, draft); ok {
		return flow.Turn{End: flow.Done, Replies: []chat.Reply{r}}
	}
	out := storage.Partner{ID: e.Tx.NextPartner(), Village: e.Member.Village, Person: e.Tx.NewPerson()}
	if p.Edit != 0 {
		old, ok := partnerOf(e, p.Edit)
		if !ok || !e.tends(old.By) {
			return flow.Turn{End: flow.Done, Replies: []chat.Reply{showPartner(e, p.Edit, "")}}
		}
		out = old
	}
	seal := func(field, words string) storage.Sealed { return e.Tx.Seal(out.Person, field, words) }
	out.Kind, out.Name, out.Service = p.Kind, seal("name", p.Name), seal("service", p.Service)
	out.RT, out.RW = seal("rt", p.RT), seal("rw", p.RW)
	out.Consent, out.Contact, out.Phone = p.Consent == "yes", storage.Sealed{}, storage.Sealed{}
	if out.Consent {
		out.Contact, out.Phone = seal("contact", p.Contact), seal("phone", p.Phone)
	}
	out.Source = draftSource(draft)
	must(e.Tx.Record(e.Now, e.Who.ID, out.Village, storage.PartnerPut{Partner: out}))
	r, _ := Receipt(e, draft)
	return flow.Turn{End: flow.Done, Replies: []chat.Reply{r}}
}

// partnerReceipt answers a draft that became a partner.
func partnerReceipt(e Env, p storage.Partner) chat.Reply {
	return last("✅ Tersimpan: <b>"+chat.Escape(e.Tx.Unseal(p.Name, "name"))+"</b>\n"+
		"Mitra ini tercatat di buku desa dan bisa dituju saat merujuk warga. Terima kasih, "+e.title()+".",
		[]chat.Button{pageTap("Lihat", partnerPageName, strconv.FormatUint(p.ID, 10)), pageTap("Mitra", partnersPageName)}, []chat.Button{tap("Menu", "menu")})
}

// partnerOf finds a partner of the person's own village that is still one.
func partnerOf(e Env, id uint64) (storage.Partner, bool) {
	p, ok := e.Tx.Partner(id)
	return p, ok && e.active() && p.Village == e.Member.Village && !p.Retired
}
