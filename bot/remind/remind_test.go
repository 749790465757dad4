package remind_test

import (
	"slices"
	"testing"
	"time"

	"wksbm/bot/remind"
	"wksbm/storage"
	"wksbm/storage/region"
	"wksbm/storage/storagetest"
)

var rules = remind.Rules{FromDay: 25, PerWeek: 2, QuietFrom: 20 * 60, QuietTo: 7 * 60}

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, region.WITA)
	if err != nil {
		panic(err)
	}
	return t
}

func TestQuiet(t *testing.T) {
	t.Parallel()
	noon := remind.Rules{QuietFrom: 12 * 60, QuietTo: 13*60 + 30}
	for _, c := range []struct {
		rules remind.Rules
		now   string
		quiet bool
		until string
	}{
		{rules, "2026-11-30 19:59", false, "2026-11-30 20:00"},
		{rules, "2026-11-30 20:00", true, "2026-12-01 20:00"},
		{rules, "2026-11-30 23:59", true, "2026-12-01 20:00"},
		{rules, "2026-12-01 06:59", true, "2026-12-01 20:00"},
		{rules, "2026-12-01 07:00", false, "2026-12-01 20:00"},
		{noon, "2026-12-01 11:59", false, "2026-12-01 12:00"},
		{noon, "2026-12-01 12:00", true, "2026-12-02 12:00"},
		{noon, "2026-12-01 13:30", false, "2026-12-02 12:00"},
	} {
		now := at(c.now).UTC()
		if got := c.rules.Quiet(now); got != c.quiet {
			t.Errorf("%s: quiet %v", c.now, got)
		}
		if got := c.rules.Until(now); !got.Equal(at(c.until)) {
			t.Errorf("%s: until %v, want %s", c.now, got, c.until)
		}
	}
}

func TestMonthAroundItsEnd(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{
		"2026-11-24": "", "2026-11-25": "2026-11", "2026-11-30": "2026-11", "2026-12-01": "2026-11", "2026-12-05": "2026-11",
		"2026-12-06": "", "2026-12-31": "2026-12", "2027-01-01": "2026-12", "2027-01-06": "", "2027-02-28": "2027-02", "2027-03-01": "2027-02",
	} {
		m, ok := rules.Month(storage.DayOf(at(day + " 12:00")))
		if got := m.String(); ok != (want != "") || ok && got != want {
			t.Errorf("%s: %s %v, want %q", day, got, ok, want)
		}
	}
	never := rules
	never.PerWeek = 0
	if _, ok := never.Month(storage.DayOf(at("2026-11-30 12:00"))); ok {
		t.Error("asked although the rules say never")
	}
	if got := remind.Deadline(storage.DayOf(at("2026-12-31 12:00")).Month()).String(); got != "2027-01-05" {
		t.Errorf("deadline of December %s", got)
	}
}

// Whatever the hour, nobody is asked more often than the rules say in any seven days.
func TestPaceOfASimulatedMonth(t *testing.T) {
	t.Parallel()
	for perWeek := 1; perWeek <= 2; perWeek++ {
		r := rules
		r.PerWeek = perWeek
		var n storage.Nags
		var asked []storage.Day
		for now := at("2026-11-20 00:00"); now.Before(at("2026-12-31 00:00")); now = now.Add(time.Hour) {
			if today := storage.DayOf(now); !r.Quiet(now) && r.Free(n, today) <= today {
				n = remind.Noted(n, now)
				asked = append(asked, today)
			}
		}
		if len(asked) < 5*perWeek {
			t.Errorf("%d a week: asked only on %v", perWeek, asked)
		}
		for i := range asked {
			if i >= perWeek && asked[i]-asked[i-perWeek] < 7 {
				t.Errorf("%d a week: %v and %v and what lies between", perWeek, asked[i-perWeek], asked[i])
			}
			if i > 0 && asked[i]-asked[i-1] < 3 {
				t.Errorf("asked on %v and again on %v", asked[i-1], asked[i])
			}
		}
	}
}

func TestDraftsAreDueOnce(t *testing.T) {
	t.Parallel()
	now := at("2026-11-24 09:00")
	list := []storage.Draft{
		{Touched: now.Add(-24 * time.Hour)}, {Touched: now.Add(-24*time.Hour + time.Second)}, {Touched: now.AddDate(0, 0, -9), Reminded: true}, {Touched: now.AddDate(0, 0, -9)},
	}
	if got := remind.Drafts(list, now); len(got) != 2 || got[0] != 0 || got[1] != 3 {
		t.Errorf("due are %v", got)
	}
}

func TestMeetingOfTomorrow(t *testing.T) {
	t.Parallel()
	day := storage.DayOf(at("2026-12-01 00:00"))
	for _, c := range []struct {
		start int
		now   string
		told  storage.Day
		want  bool
	}{
		{19*60 + 30, "2026-11-29 12:00", 0, false},
		{19*60 + 30, "2026-11-30 07:00", 0, true},
		{19*60 + 30, "2026-11-30 19:00", 0, true},
		{19*60 + 30, "2026-11-30 19:00", day, false},
		{19*60 + 30, "2026-11-30 19:00", day - 7, true},
		{19*60 + 30, "2026-12-01 19:00", 0, true},
		{19*60 + 30, "2026-12-01 19:30", 0, false},
		{-1, "2026-12-01 11:00", 0, true},
		{-1, "2026-12-01 12:00", 0, false},
		{8 * 60, "2026-12-02 07:00", 0, false},
	} {
		next := &storage.NextMeeting{Report: 1, Day: day, Start: c.start}
		if got := remind.Tomorrow(next, storage.Nags{Meeting: c.told}, at(c.now)); got != c.want {
			t.Errorf("start %d, told of %v, at %s: %v", c.start, c.told, c.now, got)
		}
	}
	if remind.Tomorrow(nil, storage.Nags{}, at("2026-12-01 08:00")) {
		t.Error("reminded of no meeting")
	}
}

func TestAskedIsTheKetua(t *testing.T) {
	t.Parallel()
	november := storage.DayOf(at("2026-11-30 12:00")).Month()
	member := func(user int64, role storage.Role, since string) storage.Member {
		return storage.Member{User: user, Role: role, Decided: at(since + " 12:00")}
	}
	ketua, relawan, late := member(1, storage.Ketua, "2026-10-01"), member(2, storage.Relawan, "2026-11-30"), member(3, storage.Ketua, "2026-12-01")
	s := storagetest.Open(t)
	asked := func(people []storage.Member) (out []int64) {
		_ = s.View(func(tx *storage.Tx) error {
			for _, m := range remind.Asked(tx, people, november) {
				out = append(out, m.User)
			}
			return nil
		})
		return out
	}
	for name, c := range map[string]struct {
		people []storage.Member
		want   []int64
	}{
		"ketua": {[]storage.Member{ketua, relawan}, []int64{1}}, "none": {[]storage.Member{relawan}, []int64{2}},
		"new ketua": {[]storage.Member{relawan, late}, []int64{2}}, "new village": {[]storage.Member{late}, nil},
	} {
		if got := asked(c.people); !slices.Equal(got, c.want) {
			t.Errorf("%s: asked are %v, want %v", name, got, c.want)
		}
	}
}
