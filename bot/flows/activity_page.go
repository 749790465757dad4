package flows

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// The pages of the programmes.
const (
	activitiesPageName = "kegiatan"
	activityPageName   = "giat"
)

// listSize is how many entries a page of a list shows.
const listSize = 6

// activitiesPage lists the programmes, open ones first. Its argument is the page, from 0.
func activitiesPage() Page {
	return Page{Name: activitiesPageName, Command: true, Show: func(e Env, args []string) []chat.Reply {
		all := activitiesOf(e)
		part, at, of := pageOf(all, args)
		words := "<b>Kegiatan WKSBM</b>\n" + countStates(e, all)
		var rows [][]chat.Button
		for _, a := range part {
			rows = append(rows, []chat.Button{pageTap(activityLabel(e, a), activityPageName, strconv.FormatUint(a.ID, 10))})
		}
		rows = append(rows, pageTurns(activitiesPageName, at, of)...)
		return []chat.Reply{screen(words, append(rows, []chat.Button{tap("Rencana baru", "kegiatan", "baru"), tap("Menu", "menu")})...)}
	}}
}

// pageOf cuts the page that the first argument names out of a list; at counts from 0.
func pageOf[V any](all []V, args []string) (part []V, at, of int) {
	of = max(1, (len(all)+listSize-1)/listSize)
	at, _ = strconv.Atoi(argAt(args, 0))
	at = min(max(at, 0), of-1)
	return all[at*listSize : min(len(all), (at+1)*listSize)], at, of
}

// pageTurns are the buttons that turn the pages of a list.
func pageTurns(page string, at, of int, more ...string) [][]chat.Button {
	var row []chat.Button
	if at > 0 {
		row = append(row, pageTap("‹ Sebelumnya", page, append([]string{strconv.Itoa(at - 1)}, more...)...))
	}
	if at+1 < of {
		row = append(row, pageTap("Berikutnya ›", page, append([]string{strconv.Itoa(at + 1)}, more...)...))
	}
	if row == nil {
		return nil
	}
	return [][]chat.Button{row}
}

// activitiesOf returns the village's programmes: running ones, planned ones by their day, then those
// that ended, the latest first.
func activitiesOf(e Env) []storage.Activity {
	all := e.Tx.Activities(e.Member.Village)
	rank := func(a storage.Activity) int {
		return slices.Index([]storage.ActivityState{storage.Running, storage.Planned, storage.Done, storage.Dropped}, a.State)
	}
	day := func(a storage.Activity) storage.Day {
		if a.Day == 0 {
			return 1 << 30
		}
		return a.Day
	}
	slices.SortStableFunc(all, func(a, b storage.Activity) int {
		if a.State.Ended() && b.State.Ended() {
			return b.Changed.Compare(a.Changed)
		}
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(day(a), day(b)))
	})
	return all
}

func countStates(e Env, all []storage.Activity) string {
	if len(all) == 0 {
		return "Belum ada. Rencana pertama bisa dicatat sekarang, " + e.call() + "."
	}
	counts := map[storage.ActivityState]int{}
	for _, a := range all {
		counts[a.State]++
	}
	var parts []string
	for _, s := range []storage.ActivityState{storage.Running, storage.Planned, storage.Done, storage.Dropped} {
		if counts[s] > 0 {
			parts = append(parts, stateLabel(s)+" "+strconv.Itoa(counts[s]))
		}
	}
	words := strings.Join(parts, " · ")
	return strings.ToUpper(words[:1]) + words[1:]
}

func activityLabel(e Env, a storage.Activity) string {
	when := stateLabel(a.State)
	if a.State == storage.Planned && a.Day != 0 {
		when = text.ShortDate(a.Day.Time())
	}
	return text.Clip(e.Tx.Unseal(a.Title, "title"), 32) + " · " + when
}

// activityPage shows one programme; its arguments are the number and what to do with it.
func activityPage() Page {
	return Page{Name: activityPageName, Show: func(e Env, args []string) []chat.Reply {
		id, _ := strconv.ParseUint(argAt(args, 0), 10, 64)
		return []chat.Reply{showActivity(e, id, argAt(args, 1))}
	}}
}

// showActivity does with a programme what its button says, and shows it.
func showActivity(e Env, id uint64, act string) chat.Reply {
	a, ok := activityOf(e, id)
	if !ok {
		return screen("Kegiatan itu tidak ada di daftar desa ini.", []chat.Button{pageTap("Kegiatan", activitiesPageName), tap("Menu", "menu")})
	}
	n := strconv.FormatUint(id, 10)
	switch may := e.tends(a.By) && !a.State.Ended(); {
	case act == "drop" && may:
		return screen(activityCard(e, a)+"\n<b>Batalkan kegiatan ini?</b>",
			[]chat.Button{pageTap("Tidak", activityPageName, n), pageTap("Ya, batalkan", activityPageName, n, "drop!")})
	case act == "drop!" && may:
		a = bring(e, a, storage.Dropped)
	case act == "run" && may && a.State == storage.Planned:
		a = bring(e, a, storage.Running)
	}
	return screen(activityCard(e, a), activityRows(e, a)...)
}

// bring records the new state of a programme.
func bring(e Env, a storage.Activity, state storage.ActivityState) storage.Activity {
	a.State = state
	must(e.Tx.Record(e.Now, e.Who.ID, a.Village, storage.ActivityPut{Activity: a}))
	return a
}

func activityCard(e Env, a storage.Activity) string {
	p := planFrom(e, a)
	words := planCard(e, &p, a.State)
	if note := e.Tx.Unseal(a.Note, "note"); note != "" {
		words += "\nHasil: " + chat.Escape(note)
	}
	return words
}

func activityRows(e Env, a storage.Activity) [][]chat.Button {
	n := strconv.FormatUint(a.ID, 10)
	back := []chat.Button{pageTap("‹ Kegiatan", activitiesPageName), tap("Menu", "menu")}
	switch {
	case !e.tends(a.By) || a.State == storage.Dropped:
		return [][]chat.Button{back}
	case a.State == storage.Done && a.Note.IsZero():
		return [][]chat.Button{{tap("Tulis hasil", "hasil", n)}, back}
	case a.State == storage.Done:
		return [][]chat.Button{{tap("Ubah hasil", "hasil", n)}, back}
	}
	rows := [][]chat.Button{{tap("Selesai", "hasil", n), tap("Ubah", "kegiatan", editWord+" "+n)}, back, {pageTap("Batalkan kegiatan", activityPageName, n, "drop")}}
	if a.State == storage.Planned {
		rows[0] = append([]chat.Button{pageTap("Mulai", activityPageName, n, "run")}, rows[0]...)
	}
	return rows
}
