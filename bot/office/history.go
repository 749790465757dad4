package office

import (
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/bot/welfare"
	"wksbm/storage"
	"wksbm/storage/region"
)

// shortDay prints the WITA day of a time: "23 Nov 2026".
func shortDay(at storage.Day) string { return text.ShortDate(at.Time()) }

// stateLine says where a case stands and since when.
func (d *desk) stateLine(c storage.Case) string {
	since := storage.DayOf(c.Since)
	if c.State == storage.Helped && c.LastHelp != 0 {
		since = c.LastHelp
	}
	return "Status: " + d.stateWords(c) + ", " + shortDay(since)
}

// stateWords says where a case stands. It is HTML.
func (d *desk) stateWords(c storage.Case) string {
	r, _ := d.tx.Report(c.Number)
	switch {
	case c.State == storage.Referred:
		return "dirujuk ke " + chat.Escape(d.referredTo(c))
	case d.tx.Granted(c):
		return "usulan diterima"
	case c.State == storage.Withdrawn && r.State == storage.Refused:
		return "ditolak Dinsos"
	}
	return stateLabel(c.State)
}

// stateLabel says where a case stands, without names.
func stateLabel(s storage.CaseState) string {
	switch s {
	case storage.Identified:
		return "terdata, belum diperiksa"
	case storage.CaseProven:
		return "sudah diperiksa"
	case storage.Proposed:
		return "diusulkan"
	case storage.Referred:
		return "dirujuk"
	case storage.Helped:
		return "sudah dibantu"
	case storage.Declined:
		return "belum diterima"
	case storage.Finished:
		return "selesai, sudah mandiri"
	case storage.MovedAway:
		return "pindah dari desa"
	case storage.Died:
		return "meninggal"
	}
	return "dibatalkan pelapornya"
}

// referredTo names where a case was referred last.
func (d *desk) referredTo(c storage.Case) string {
	to := "Dinsos"
	for _, entry := range d.tx.CaseEntries(c.Number) {
		if entry.Kind == storage.EntryRefer {
			to = d.referTarget(c, entry)
		}
	}
	return to
}

// referTarget names where an entry refers a case.
func (d *desk) referTarget(c storage.Case, entry storage.CaseEntry) string {
	if p, ok := d.tx.Partner(entry.Partner); ok && entry.Partner != 0 {
		return text.Clip(d.tx.Unseal(p.Name, "name"), 40)
	}
	if entry.To != "" {
		return welfare.ReferralLabel(entry.To, d.districtOf(c.Village))
	}
	return "Dinsos"
}

// districtOf names the kecamatan of a village.
func (d *desk) districtOf(village region.Code) string {
	at, _ := d.Region.ByCode(village)
	up, _ := d.Region.ByCode(at.District)
	return up.Name
}

// longHistory is how many entries of a history one page shows.
const longHistory = 15

// history is what happened to a case, the oldest first. It is HTML, for private eyes.
func (d *desk) history(c storage.Case) string {
	lines := []string{"🏠 <b>" + chat.Escape(d.caseName(c)) + "</b> · No. " + number(c.Number), "<b>Riwayat</b>", shortDay(storage.DayOf(c.Opened)) + " · dicatat"}
	var told []string
	ended := false
	for _, entry := range d.tx.CaseEntries(c.Number) {
		words := d.entryWords(c, entry)
		if entry.Kind == storage.EntryState && ended && !entry.State.Ended() {
			words = "dibuka lagi"
		}
		if entry.State != "" && !entry.Undone {
			ended = entry.State.Ended()
		}
		if words != "" {
			told = append(told, shortDay(storage.DayOf(entry.At))+" · "+words+d.teller(entry))
		}
	}
	if n := len(told) - longHistory; n > 0 {
		told = told[n:]
		lines = append(lines, "…")
	}
	return strings.Join(append(lines, told...), "\n")
}

// teller says whether the village told it, or who of staff.
func (d *desk) teller(entry storage.CaseEntry) string {
	if _, member := d.tx.Member(entry.By); member {
		return ""
	}
	return " (" + chat.Escape(nameOf(d.tx, entry.By)) + ")"
}

// entryWords tells one entry of a history. It is HTML.
func (d *desk) entryWords(c storage.Case, entry storage.CaseEntry) string {
	said := chat.Escape(text.Clip(d.tx.EntryText(entry), 120))
	switch entry.Kind {
	case storage.EntryNote:
		return "catatan: " + said
	case storage.EntryVisit:
		return "kunjungan desa: " + said
	case storage.EntryNeed:
		return "kebutuhan: " + said
	case storage.EntryRefer:
		return "dirujuk ke " + chat.Escape(d.referTarget(c, entry))
	case storage.EntryReply:
		return "balasan rujukan: " + strings.Trim(small(welfare.TermLabel(welfare.ReferralAnswers(), entry.Answer))+", "+said, ", ")
	case storage.EntryGranted:
		return "usulan diterima"
	case storage.EntryWish:
		return "diminta desa: " + map[storage.CaseState]string{storage.Proposed: "diusulkan", storage.Referred: "dirujuk"}[entry.Wish]
	case storage.EntryUrgent:
		return "ditandai mendesak"
	case storage.EntryCalm:
		return "tidak lagi mendesak"
	case storage.EntryRevised:
		return "data diperbaiki"
	case storage.EntryDoubt:
		return "belum selesai menurut desa"
	case storage.EntryPlan:
		switch entry.Next {
		case storage.NextAnswer: // follows from the referral above it
			return ""
		case storage.NextConfirm:
			return "desa ditanya apakah sudah selesai"
		}
		return "rencana: " + planWords(entry.Next, said) + ", " + shortDay(entry.Date)
	case storage.EntryAlike:
		if other, _ := d.tx.Case(entry.Other); secret(other) && !d.staff {
			return "dicocokkan dengan laporan lain"
		}
		return foundAlike(entry.Verdict, entry.Other)
	case storage.EntryState:
		return d.cameTo(entry, said)
	}
	return ""
}

// cameTo tells that a case came to a state.
func (d *desk) cameTo(entry storage.CaseEntry, said string) string {
	words := stateLabel(entry.State)
	switch {
	case entry.State == storage.Identified:
		words = "dibuka lagi"
	case entry.Village != 0:
		words = "pindah ke " + chat.Escape(d.Region.FullName(entry.Village))
	}
	if entry.Undone {
		words += " (dibatalkan)"
	}
	if said != "" {
		words += ": " + said
	}
	return words
}

// planWords names what staff do next; note is HTML.
func planWords(next, note string) string {
	if next == storage.NextOther {
		return note
	}
	return small(welfare.TermLabel(welfare.NextSteps(), next))
}
