package office

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// mostAtOnce is how many reports are verified with one press: what fits on a screen to be looked at.
const mostAtOnce = 20

// quickOnes are the oldest that may be verified together.
func quickOnes(all []matter) []matter {
	var out []matter
	for _, m := range all {
		if m.quick() && len(out) < mostAtOnce {
			out = append(out, m)
		}
	}
	return out
}

// shownList is the list that a preview showed: number and revision of each. It is kept beside the message,
// and the button carries its print, so that nothing is verified that nobody looked at.
func shownList(list []matter) (words, print string) {
	var parts []string
	for _, m := range list {
		parts = append(parts, code(m.report.Number)+"."+code(uint64(m.report.Revision)))
	}
	words = strings.Join(parts, ",")
	sum := fnv.New64a()
	sum.Write([]byte(words))
	return words, strconv.FormatUint(sum.Sum64(), 36)
}

func (d *desk) shownNote() string {
	return "bulk:" + strconv.FormatInt(d.in.Chat.ID, 10) + ":" + strconv.FormatInt(d.in.Message, 10)
}

// previewAll shows what would be verified together.
func (d *desk) previewAll(scope region.Code) error {
	list := quickOnes(d.matters(scope))
	back := []chat.Button{button("‹ Kembali", "pk", "at", scope.String(), "0")}
	if len(list) == 0 {
		d.edit("Tidak ada bantuan atau rapat yang menunggu.", back)
		return nil
	}
	lines := []string{fmt.Sprintf("<b>Verifikasi %d laporan ini?</b>", len(list))}
	if len(list) == mostAtOnce {
		lines = append(lines, "Yang tertua dulu; sisanya sesudah ini.")
	}
	for _, m := range list {
		lines = append(lines, d.quickLine(m))
	}
	words, print := shownList(list)
	d.edit(strings.Join(lines, "\n"), []chat.Button{button(fmt.Sprintf("✅ Verifikasi %d", len(list)), "pk", "ok", scope.String(), print)}, back)
	return d.tx.SetNote(d.shownNote(), words)
}

// quickLine is one line of the preview: No. 0007 · Seloto · Diterima: Beras 20 kg.
func (d *desk) quickLine(m matter) string {
	v, _ := d.Region.ByCode(m.report.Village)
	what := shortKind(d.tx, m)
	for _, f := range figures(m.report) {
		switch f.label {
		case "Bantuan":
			what += ": " + f.value
		case "Penerima":
			what += " → " + f.value
		case "Hadir":
			what += ": hadir " + f.value
		}
	}
	return "No. " + number(m.report.Number) + " · " + chat.Escape(v.Name) + " · " + chat.Escape(text.Clip(what, 120))
}

// approveAll verifies what the preview showed and nobody changed since.
func (d *desk) approveAll(scope region.Code, print string) error {
	listed := d.tx.Note(d.shownNote())
	sum := fnv.New64a()
	sum.Write([]byte(listed))
	if listed == "" || strconv.FormatUint(sum.Sum64(), 36) != print {
		d.toast("Daftarnya sudah berubah. Mohon dilihat lagi.")
		words, rows := d.queueCard(scope, 0)
		d.edit(words, rows...)
		return nil
	}
	var done []storage.Report
	left := 0
	for pair := range strings.SplitSeq(listed, ",") {
		n, rev, _ := strings.Cut(pair, ".")
		number, _ := strconv.ParseUint(n, 36, 64)
		r, ok := d.tx.Report(number)
		if !ok || !r.Waits() || rev != code(uint64(r.Revision)) || !d.sees(r.Village) {
			left++
			continue
		}
		if err := d.approve(r); err != nil {
			return err
		}
		done = append(done, r)
	}
	d.conclude(scope, done, left)
	return d.tx.SetNote(d.shownNote(), "")
}

// conclude says what was verified together: here, on the cards that were posted, and to the reporters.
func (d *desk) conclude(scope region.Code, done []storage.Report, left int) {
	words, rows := d.queueCard(scope, 0)
	head := fmt.Sprintf("✅ %d laporan diverifikasi oleh %s.", len(done), chat.Escape(d.person()))
	if left > 0 {
		head += fmt.Sprintf("\n%d dilewati: sudah berubah atau sudah diperiksa.", left)
	}
	d.edit(head+"\n\n"+words, rows...)
	var readers []int64
	of := map[int64][]storage.Report{}
	g, _ := d.tx.StaffGroup()
	for _, r := range done {
		d.out = append(d.out, d.changed(d.tx, d.now, g, r.Number)...)
		m, ok := d.reader(r)
		if !ok {
			continue
		}
		if of[m.User] == nil {
			readers = append(readers, m.User)
		}
		of[m.User] = append(of[m.User], r)
	}
	for _, user := range readers {
		d.tellAll(of[user])
	}
}

// tellAll sends one reporter the news that several reports were found right.
func (d *desk) tellAll(list []storage.Report) {
	const change = "\nMengubah datanya sekarang menunggu persetujuan Dinsos."
	if len(list) == 1 {
		d.tell(list[0], "✅ Laporan <b>No. "+number(list[0].Number)+"</b> sudah diverifikasi Dinsos, %s."+change)
		return
	}
	var numbers []string
	for _, r := range list {
		numbers = append(numbers, number(r.Number))
	}
	m, _ := d.reader(list[0])
	d.inform(m, fmt.Sprintf("✅ %d laporan sudah diverifikasi Dinsos, %%s.\nNo. %s"+change, len(list), strings.Join(numbers, ", ")), chat.Button{Label: "Laporan saya", Data: chat.NewTap("r", "list", "0").Data()})
}
