package office

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Retention is the private command and deep link of what is proposed to be erased for its age.
const Retention = "retensi"

// retentionNote holds the proposal as it stands.
const retentionNote = "retention"

// retentionTag remembers where the card of the latest proposal was posted.
const retentionTag = "retention"

// The states of a proposal.
const (
	proposed = "proposed"
	running  = "running"
	kept     = "kept"
	purged   = "purged"
)

// proposal is what was found to be old at a time. What it is about is found anew from Before, which never
// moves: it can become less, and never more.
type proposal struct {
	Before time.Time // nothing was heard since
	Months int
	State  string
	By     int64     `json:",omitempty"` // who decided
	At     time.Time `json:",omitzero"`
	Done   int       `json:",omitempty"`
	Found  int       `json:",omitempty"` // how many there were when it was made
}

func (o *Office) proposal(tx *storage.Tx) (p proposal, ok bool) {
	return p, json.Unmarshal([]byte(tx.Note(retentionNote)), &p) == nil
}

func putProposal(tx *storage.Tx, p proposal) error {
	data, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("encode proposal: %w", err)
	}
	return tx.SetNote(retentionNote, string(data))
}

// stale returns what a proposal is about, village by village.
func (o *Office) stale(tx *storage.Tx, p proposal) []storage.Report {
	var out []storage.Report
	for _, place := range o.Region.Villages(0) {
		out = append(out, tx.Stale(place.Code, p.Before)...)
	}
	return out
}

// months is how long data of residents is kept now, 0 for ever.
func (o *Office) months(tx *storage.Tx) int {
	if n, err := strconv.Atoi(tx.Setting("retention_months")); err == nil && n >= 0 {
		return n
	}
	return o.Retention
}

// Propose shows the group, once a month, whose data has become old. Nothing is erased by it.
func (o *Office) Propose(tx *storage.Tx, at time.Time) error {
	g, ok := tx.StaffGroup()
	if old, known := o.proposal(tx); !ok || known && old.State == running {
		return nil
	}
	r, some, err := o.proposeOld(tx, at)
	if err != nil || !some {
		return err
	}
	r.Chat, r.Topic = g.Chat, g.Topic
	return Enqueue(tx, at, r)
}

// proposeOld makes a proposal and its card; false when nothing is old.
func (o *Office) proposeOld(tx *storage.Tx, now time.Time) (chat.Reply, bool, error) {
	months := o.months(tx)
	p := proposal{Before: now.In(region.WITA).AddDate(0, -months, 0).UTC().Truncate(time.Second), Months: months, State: proposed}
	if p.Found = len(o.stale(tx, p)); months == 0 || p.Found == 0 {
		return chat.Reply{}, false, nil
	}
	if err := putProposal(tx, p); err != nil {
		return chat.Reply{}, false, err
	}
	card := o.retentionCard(tx, p)
	card.Act, card.Class = chat.Say, chat.Notice
	return card, true, nil
}

// retentionCard shows a proposal: counts by village and year.
func (o *Office) retentionCard(tx *storage.Tx, p proposal) chat.Reply {
	card := chat.Reply{Tag: retentionTag}
	by := chat.Escape(nameOf(tx, p.By)) + ", " + text.PlainDate(p.At.In(region.WITA))
	switch all := o.stale(tx, p); p.State {
	case proposed:
		card.Text = o.preview(tx, p, all)
		card.Buttons = [][]chat.Button{o.numbersLink(tx), {button("Simpan dulu", "old", "keep", p.mark()), button("Hapus data", "old", "ask", p.mark())}}
	case running:
		card.Text = "⏳ <b>Menghapus data warga lama</b>\n" + strconv.Itoa(p.Done) + " dari " + strconv.Itoa(p.Done+len(all)) + " terhapus · oleh " + by
	case kept:
		card.Text = "↩️ <b>Data warga lama disimpan dulu</b>\nDiputuskan oleh " + by + ". Bulan depan ditanyakan lagi."
	default:
		card.Text = "✅ <b>Data warga lama sudah dihapus</b>\n" + strconv.Itoa(p.Done) + " data warga · oleh " + by + "\n" + awake(p) + "Jumlah di rekap tetap."
	}
	if len(card.Buttons) > 0 && card.Buttons[0] == nil {
		card.Buttons = card.Buttons[1:]
	}
	return card
}

// awake says how many of a proposal were not erased, since something was heard of them meanwhile.
func awake(p proposal) string {
	if p.Found <= p.Done {
		return ""
	}
	return strconv.Itoa(p.Found-p.Done) + " tidak ikut: ada kabar baru.\n"
}

// mark tells one proposal from another, so that an old button does nothing.
func (p proposal) mark() string { return strconv.FormatInt(p.Before.Unix(), 36) }

func (o *Office) numbersLink(tx *storage.Tx) []chat.Button {
	url := Link(tx.Note(NameNote), Retention)
	if url == "" {
		return nil
	}
	return []chat.Button{{Label: "Lihat nomornya", URL: url}}
}

// shownVillages is how many villages a preview names.
const shownVillages = 12

func (o *Office) preview(tx *storage.Tx, p proposal, all []storage.Report) string {
	villages, years, open := map[region.Code]int{}, map[int]int{}, 0
	for _, r := range all {
		villages[r.Village]++
		years[r.At.In(region.WITA).Year()]++
		if c, ok := tx.Case(r.Number); ok && !c.State.Ended() {
			open++
		}
	}
	lines := []string{
		"⏳ <b>Data warga yang sudah lama: " + strconv.Itoa(len(all)) + "</b>",
		"Tanpa kabar sejak sebelum " + text.PlainDate(p.Before.In(region.WITA)) + " (" + spanOf(p.Months) + ").",
	}
	codes := slices.SortedFunc(maps.Keys(villages), func(a, b region.Code) int {
		return cmp.Or(villages[b]-villages[a], cmp.Compare(a, b))
	})
	var places []string
	for _, code := range codes[:min(len(codes), shownVillages)] {
		at, _ := o.Region.ByCode(code)
		places = append(places, chat.Escape(at.Name)+" "+strconv.Itoa(villages[code]))
	}
	if n := len(codes) - shownVillages; n > 0 {
		places = append(places, strconv.Itoa(n)+" desa lain")
	}
	var when []string
	for _, year := range slices.Sorted(maps.Keys(years)) {
		when = append(when, strconv.Itoa(year)+": "+strconv.Itoa(years[year]))
	}
	lines = append(lines, "Desa: "+strings.Join(places, " · "), "Dicatat: "+strings.Join(when, " · "))
	if open > 0 {
		lines = append(lines, "⚠️ Belum ditutup: "+strconv.Itoa(open))
	}
	return strings.Join(append(lines, "Belum ada yang dihapus; admin grup yang memutuskan."), "\n")
}

func spanOf(months int) string {
	if months%12 == 0 {
		return strconv.Itoa(months/12) + " tahun"
	}
	return strconv.Itoa(months) + " bulan"
}

// askRetention answers /retensi in the group.
func (d *desk) askRetention() error {
	if p, ok := d.proposal(d.tx); ok && p.State == running {
		d.sayRetention(p)
		return nil
	}
	months := d.months(d.tx)
	card, some, err := d.proposeOld(d.tx, d.now)
	switch {
	case err != nil:
		return err
	case months == 0:
		d.say("Data warga disimpan tanpa batas waktu; tidak ada yang diusulkan dihapus.")
	case !some:
		d.say("Tidak ada data warga yang lebih lama dari " + spanOf(months) + ".")
	default:
		card.ReplyTo = d.answers()
		d.out = append(d.out, card)
	}
	return nil
}

func (d *desk) sayRetention(p proposal) {
	card := d.retentionCard(d.tx, p)
	card.Act, card.Class, card.ReplyTo = chat.Say, chat.Notice, d.answers()
	d.out = append(d.out, card)
}

// decideRetention takes a press below a proposal. The first decision wins.
func (d *desk) decideRetention(act, mark string) error {
	p, ok := d.proposal(d.tx)
	switch {
	case !ok || p.mark() != mark:
		d.toast("Usulan ini sudah diganti yang baru.")
		return nil
	case p.State != proposed:
		d.toast("Sudah diputuskan oleh " + nameOf(d.tx, p.By) + ".")
		d.redrawRetention(p)
		return nil
	}
	if may, err := d.admin(); !may {
		return err
	}
	switch act {
	case "ask":
		n := strconv.Itoa(len(d.stale(d.tx, p)))
		d.edit("<b>Hapus "+n+" data warga untuk selamanya?</b>\nNama, alamat, NIK, foto dan catatannya hilang; jumlah di rekap tetap.",
			[]chat.Button{button("Tidak", "old", "back", mark), button("Ya, hapus "+n, "old", "do", mark)})
		return nil
	case "do", "keep":
		p.State, p.By, p.At = map[string]string{"do": running, "keep": kept}[act], d.in.From.ID, d.now.UTC()
		if err := putProposal(d.tx, p); err != nil {
			return err
		}
		if act == "do" {
			return d.Purge(d.tx, d.now)
		}
	}
	d.redrawRetention(p)
	return nil
}

func (d *desk) redrawRetention(p proposal) {
	card := d.retentionCard(d.tx, p)
	d.edit(card.Text, card.Buttons...)
}

// purgeBatch is how many are erased in one transaction: the bot answers meanwhile.
const purgeBatch = 50

// Purge goes on with what an administrator said is to be erased, a batch at a time, and shows how far it is.
func (o *Office) Purge(tx *storage.Tx, now time.Time) error {
	p, ok := o.proposal(tx)
	g, known := tx.StaffGroup()
	if !ok || !known || p.State != running {
		return nil
	}
	all := o.stale(tx, p)
	for _, r := range all[:min(len(all), purgeBatch)] {
		if err := o.EraseReport(tx, now, p.By, r.Number, nil); err != nil {
			return err
		}
		p.Done++
	}
	if len(all) <= purgeBatch {
		p.State = purged
	}
	if err := putProposal(tx, p); err != nil {
		return err
	}
	card := o.retentionCard(tx, p)
	card.Act, card.Class, card.Chat, card.Topic = chat.Edit, chat.Notice, g.Chat, g.Topic
	return Enqueue(tx, now, card)
}

// openRetention lists in private the numbers that a proposal is about.
func (d *desk) openRetention(string) error {
	p, ok := d.proposal(d.tx)
	if !ok || p.State != proposed {
		d.say("Tidak ada usulan penghapusan yang menunggu.")
		return nil
	}
	lines := []string{"<b>Nomor yang diusulkan dihapus</b>"}
	for _, place := range d.Region.Villages(0) {
		var numbers []string
		for _, r := range d.tx.Stale(place.Code, p.Before) {
			numbers = append(numbers, number(r.Number))
		}
		if len(numbers) > 0 {
			lines = append(lines, chat.Escape(d.Region.FullName(place.Code))+": "+strings.Join(numbers, ", "))
		}
	}
	d.say(strings.Join(lines, "\n"))
	return nil
}
