package office

import (
	"regexp"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// whyTag remembers the message that asks for a reason in own words, and what it is a reason for.
func whyTag(n uint64) string { return "why:" + decimal(n) }

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }

// askWhy asks the person in a message to answer. What was chosen is kept beside it.
func (d *desk) askWhy(r storage.Report, act, step string) error {
	if d.private {
		d.awaitWhy(r, act, step)
		return nil
	}
	if act == "cwhy" {
		c, _ := d.correctionIn(step)
		d.redrawCorrection(c.ID)
	} else {
		d.redraw(r.Number)
	}
	who := `<a href="tg://user?id=` + strconv.FormatInt(d.in.From.ID, 10) + `">` + chat.Escape(d.person()) + "</a>"
	d.out = append(d.out, chat.Reply{
		Act: chat.Say, Class: chat.Notice, Tag: whyTag(r.Number), Keyboard: &chat.Keyboard{Force: true},
		Text: "No. " + number(r.Number) + ": mengapa " + d.whatFor(r, act, step) + "?\n" + who + ", " + answerThis + " Tanpa nama warga; pelapornya yang membaca.",
	})
	return d.tx.SetNote(whyTag(r.Number), strings.Join([]string{act, step, code(uint64(r.Revision))}, ":"))
}

// awaitWhy asks in private: the next words of the person are the reason.
func (d *desk) awaitWhy(r storage.Report, act, step string) {
	back := button("‹ Kembali", "card", code(r.Number))
	if act == "cwhy" {
		back = button("‹ Kembali", "cback", step)
	}
	d.await(act, code(r.Number), step, code(uint64(r.Revision)))
	d.edit("<b>No. "+number(r.Number)+": mengapa "+d.whatFor(r, act, step)+"?</b>\n<i>Tulis singkat, tanpa nama warga; pelapornya yang membaca</i>",
		[]chat.Button{back})
}

// whatFor names what a reason is asked for: "ditolak", "dikembalikan (Alamat)".
func (d *desk) whatFor(r storage.Report, act, step string) string {
	if act == "cwhy" {
		c, _ := d.correctionIn(step)
		return changeWord(c) + "nya ditolak"
	}
	if q, ok := questionOf(r.Kind, step); ok {
		return "dikembalikan (" + chat.Escape(q.Label) + ")"
	}
	return "ditolak"
}

func changeWord(c storage.Correction) string {
	if c.Cancel {
		return "pembatalan"
	}
	return "perbaikan"
}

// correctionIn finds the correction that waits with the ID in words.
func (d *desk) correctionIn(words string) (storage.Correction, bool) {
	id, err := strconv.ParseUint(words, 36, 64)
	c, ok := d.tx.Correction(id)
	return c, err == nil && ok && c.State == storage.CorrectionWaits
}

// ownWhy takes a reason that was written in private, for what was chosen before: "ret" or "rej", the number,
// the step and the revision.
func (d *desk) ownWhy(what []string, words string) error {
	t := chat.Tap{Args: append(what, "", "", "")}
	act, words := t.Arg(0), strings.TrimRight(words, ". ")
	if act == "cwhy" {
		return d.ownDecline(what, t.Arg(2), words)
	}
	r, ok := d.pressed(t.Arg(1), t.Arg(3), act == "rej")
	q, known := questionOf(r.Kind, t.Arg(2))
	switch {
	case !ok || act == "ret" && !known:
		return nil
	case act == "ret" && d.tx.ReportErased(r):
		return d.showPage(r, "")
	case unfitReason(words) != "":
		d.await(what...)
		d.say(strings.ReplaceAll(unfitReason(words), "balas", "tulis"))
		return nil
	}
	done, said := d.rejected, "✅ Ditolak. "
	if act == "ret" {
		said = "✅ Dikembalikan. "
		done = func(r storage.Report, why string) error { return d.returned(r, q, why) }
	}
	told := d.toldWhy(r)
	if err := done(r, words); err != nil {
		return err
	}
	r, _ = d.tx.Report(r.Number)
	return d.showPage(r, said+told+"\n\n")
}

const answerThis = "balas pesan ini dengan alasannya."

// aNumber finds the number of the report in the message that was answered.
var aNumber = regexp.MustCompile(`^No\. (\d{1,9}): mengapa `)

// words takes what staff write: the answer to a question for a reason. Everything else is theirs.
func (d *desk) words() error {
	n, ok := d.askedWhy()
	if !ok {
		if q := d.in.Quoted; q != nil && strings.Contains(q.Text, answerThis) {
			d.reply("Pertanyaan ini sudah tidak berlaku. Mohon tekan lagi tombol di kartunya.")
		}
		return nil
	}
	act, rest, _ := strings.Cut(d.tx.Note(whyTag(n)), ":")
	step, rev, _ := strings.Cut(rest, ":")
	r, _ := d.tx.Report(n)
	words := strings.TrimRight(text.Clean(d.in.Text), ". ")
	q, known := questionOf(r.Kind, step)
	if act == "cwhy" {
		return d.answeredDecline(r, step, words)
	}
	switch {
	case act == "" || act == "ret" && !known:
		d.reply("Pertanyaan ini sudah tidak berlaku. Mohon tekan lagi tombol di kartunya.")
		return nil
	case rev != code(uint64(r.Revision)) || !r.Open() || d.tx.Needless(r) || act == "ret" && r.State != storage.Recorded:
		d.say("Tidak jadi: laporan No. " + number(n) + " sudah berubah. Mohon lihat kartunya lagi.")
		d.redraw(n)
		return d.settleWhy(n)
	case unfitReason(words) != "":
		d.reply(unfitReason(words))
		return nil
	}
	if err := d.settleWhy(n); err != nil {
		return err
	}
	if act == "rej" {
		d.say("No. " + number(n) + " ditolak. " + d.toldWhy(r))
		return d.rejected(r, words)
	}
	d.say("↩️ No. " + number(n) + " dikembalikan. " + d.toldWhy(r))
	return d.returned(r, q, words)
}

// toldWhy says whether the reporter of a report reads the reason now.
func (d *desk) toldWhy(r storage.Report) string {
	if d.hears(r) {
		return "Pelapornya dikabari dengan alasan itu."
	}
	return "Pelapornya belum terjangkau; alasannya menunggu di daftar laporannya."
}

// askedWhy finds the report for which the answered message asks a reason.
func (d *desk) askedWhy() (uint64, bool) {
	if d.in.Quoted == nil || d.in.ReplyTo == 0 || d.in.Edited || d.in.From.Anonymous {
		return 0, false
	}
	m := aNumber.FindStringSubmatch(d.in.Quoted.Text)
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseUint(m[1], 10, 64)
	r, ok := d.tx.Report(n)
	p, posted := d.tx.Posted(whyTag(n))
	return n, err == nil && ok && posted && d.sees(r.Village) && p.Chat == d.in.Chat.ID && p.Message == d.in.ReplyTo
}

// settleWhy forgets the question and takes it from the chat, with what was written: it may name somebody.
func (d *desk) settleWhy(n uint64) error {
	for _, message := range []int64{d.in.ReplyTo, d.in.Message} {
		d.out = append(d.out, chat.Reply{Act: chat.Delete, Class: chat.Fleet, Message: message})
	}
	return d.tx.SetNote(whyTag(n), "")
}

// reply answers the message that was heard.
func (d *desk) reply(words string) {
	d.out = append(d.out, chat.Reply{Act: chat.Say, Class: chat.Notice, Text: words, ReplyTo: d.in.Message})
}
