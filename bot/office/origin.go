package office

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/digest"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Origin is the command, and the beginning of the payload of a link, that opens in private where the
// numbers of a digest come from.
const Origin = "asal"

// origin leads from a digest to where its numbers come from.
func origin(tx *storage.Tx, p digest.Period, scope region.Code) [][]chat.Button {
	name := tx.Note(NameNote)
	if name == "" {
		return nil
	}
	return [][]chat.Button{{{Label: "Lihat asal", URL: Link(name, Origin+"_"+originArg(p, scope))}}}
}

func originArg(p digest.Period, scope region.Code) string {
	if scope == 0 {
		return p.Key()
	}
	return p.Key() + "_" + scope.String()
}

// OriginOf answers in private where the numbers of a digest come from: the numbers of the reports, by
// village. args is a period and a place.
func (o *Office) OriginOf(tx *storage.Tx, args string, now time.Time) chat.Reply {
	r := chat.Reply{Act: chat.Say, Class: chat.Notice}
	key, place, _ := strings.Cut(args, "_")
	p, ok := digest.ParseKey(key)
	scope, _ := region.ParseCode(place)
	at, known := o.Region.ByCode(scope)
	switch {
	case !ok || !known && place != "":
		r.Text = "Rekap itu tidak ditemukan. Silakan buka lagi dari grup, tombol <b>Lihat asal</b>."
	case scope == 0:
		o.originByDistrict(tx, p, now, &r)
	default:
		o.originByVillage(tx, p, at, now, &r)
	}
	return r
}

// originByDistrict says how many reports each kecamatan has, with buttons that open them.
func (o *Office) originByDistrict(tx *storage.Tx, p digest.Period, now time.Time, r *chat.Reply) {
	made := digest.Make(tx, o.Region, p, 0, storage.DayOf(now))
	lines := []string{"<b>Asal angka · " + chat.Escape(p.Title()) + "</b>", strconv.Itoa(made.Totals.Reports) + " laporan. Pilih kecamatan untuk melihat nomornya."}
	var row []chat.Button
	for _, part := range made.Parts {
		if part.Totals.Reports == 0 {
			continue
		}
		b := chat.Button{Label: fmt.Sprintf("%s (%d)", part.Place.Name, part.Totals.Reports), Data: chat.NewTap("m", Origin, originArg(p, part.Place.Code)).Data()}
		if row = append(row, b); len(row) == 2 {
			r.Buttons, row = append(r.Buttons, row), nil
		}
	}
	if len(row) > 0 {
		r.Buttons = append(r.Buttons, row)
	}
	if made.Totals.Reports == 0 {
		lines[1] = "Belum ada laporan."
	}
	r.Text = strings.Join(lines, "\n")
}

// originByVillage lists the numbers of the reports that count, by kind.
func (o *Office) originByVillage(tx *storage.Tx, p digest.Period, at region.Place, now time.Time, r *chat.Reply) {
	lines := []string{"<b>Asal angka " + chat.Escape(at.Title()+" · "+p.Title()) + "</b>"}
	places := []region.Place{at}
	if at.Kind == region.District {
		places = o.Region.Villages(at.Code)
	}
	for _, v := range places {
		numbers := map[string][]string{}
		var kinds []string
		for _, report := range tx.Booked(v.Code, p.From, min(p.To, storage.DayOf(now))) {
			if !report.State.Counts() {
				continue
			}
			kind := kindLabel(report.Kind)
			if numbers[kind] == nil {
				kinds = append(kinds, kind)
			}
			numbers[kind] = append(numbers[kind], number(report.Number))
		}
		if len(kinds) == 0 {
			continue
		}
		lines = append(lines, "", "<b>"+chat.Escape(v.Name)+"</b>")
		for _, kind := range kinds {
			lines = append(lines, fmt.Sprintf("%s %d: %s", kind, len(numbers[kind]), strings.Join(numbers[kind], ", ")))
		}
	}
	if len(lines) == 1 {
		lines = append(lines, "Belum ada laporan.")
	}
	r.Text = strings.Join(lines, "\n")
	r.Buttons = [][]chat.Button{{{Label: "‹ Kabupaten", Data: chat.NewTap("m", Origin, originArg(p, 0)).Data()}}}
}
