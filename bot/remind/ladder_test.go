package remind_test

import (
	"context"
	"testing"

	"wksbm/bot/remind"
	"wksbm/storage"
	"wksbm/storage/storagetest"
)

func TestLadder(t *testing.T) {
	t.Parallel()
	ketua, helper, officer := storage.Member{User: 1, Role: storage.Ketua}, storage.Member{User: 2, Role: storage.Relawan}, storage.Member{User: 3, Role: storage.Pengurus}
	for _, c := range []struct {
		from   remind.Rung
		people []storage.Member
		to     remind.Rung
		who    int
	}{
		{remind.Waiting, []storage.Member{ketua, helper, officer}, remind.Helpers, 2},
		{remind.Helpers, []storage.Member{ketua, helper, officer}, remind.Leader, 1},
		{remind.Leader, []storage.Member{ketua, helper, officer}, remind.Top, 0},
		{remind.Waiting, []storage.Member{ketua}, remind.Leader, 1},
		{remind.Helpers, []storage.Member{helper}, remind.Top, 0},
		{remind.Waiting, nil, remind.Top, 0},
	} {
		if rung, who := (remind.Step{Month: 1, Rung: c.from}).Next(c.people); rung != c.to || len(who) != c.who {
			t.Errorf("from %d with %d people: %d with %d, want %d with %d", c.from, len(c.people), rung, len(who), c.to, c.who)
		}
	}
}

func TestStepIsKeptAndDueTwiceAWeek(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t)
	want := remind.Step{Month: 24322, Rung: remind.Leader, Day: 20780}
	if err := s.Update(context.Background(), func(tx *storage.Tx) error {
		if got := remind.StepOf(tx, 5207022011); got != (remind.Step{}) {
			t.Errorf("before: %+v", got)
		}
		if err := want.Put(tx, 5207022011); err != nil {
			return err
		}
		if got := remind.StepOf(tx, 5207022011); got != want {
			t.Errorf("kept: %+v", got)
		}
		return remind.Step{}.Put(tx, 5207022011)
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.View(func(tx *storage.Tx) error {
		if got := remind.StepOf(tx, 5207022011); got != (remind.Step{}) {
			t.Errorf("after: %+v", got)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	top := want
	top.Rung = remind.Top
	for _, c := range []struct {
		step remind.Step
		day  storage.Day
		due  bool
	}{
		{want, 20780, false}, {want, 20782, false}, {want, 20783, true}, {top, 20790, false}, {remind.Step{Month: 24322}, 20780, true}, {remind.Step{}, 20780, false},
	} {
		if c.step.Due(c.day) != c.due {
			t.Errorf("%+v on day %d: due %v", c.step, c.day, !c.due)
		}
	}
}
