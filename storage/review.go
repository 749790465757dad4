package storage

import (
	"errors"
	"slices"
	"time"
)

// Reviewed says whether staff look at reports of a kind before they are done with.
func Reviewed(kind string) bool {
	return kind == HouseholdFound || kind == AidReceived || kind == AidGiven || kind == MeetingHeld
}

// Queue returns the reports of all kinds that staff have to look at, oldest first.
func (tx *Tx) Queue() []Report {
	return slices.DeleteFunc(rowsOf(reports.Find(tx.b, reportsWaiting, waitingKey('q'))), tx.Needless)
}

// Emptied says that a report tells of a household whose data was erased: nobody can look at it any more.
func (tx *Tx) Emptied(r Report) bool { return r.Kind == HouseholdFound && tx.ReportErased(r) }

// Settled says that the case of a household ended before staff looked at the report. It waits again once the
// case is opened again.
func (tx *Tx) Settled(r Report) bool {
	if r.Kind != HouseholdFound || r.State != Recorded {
		return false
	}
	c, ok := tx.Case(r.Number)
	return ok && c.State.Ended()
}

// Needless says that there is nothing in a report for staff to look at.
func (tx *Tx) Needless(r Report) bool {
	if r.Kind != HouseholdFound {
		return false
	}
	c, ok := tx.Case(r.Number) // read once: thousands may wait
	return ok && (r.State == Recorded && c.State.Ended() || tx.IsErased(c.Person))
}

// ReturnedReports returns those that wait for an answer of their reporters, oldest first.
func (tx *Tx) ReturnedReports() []Report {
	return rowsOf(reports.Find(tx.b, reportsWaiting, waitingKey('r')))
}

// Waits says that staff have to look at the report.
func (r Report) Waits() bool { return r.State == Recorded && Reviewed(r.Kind) }

// Since is when the report began to wait for staff, for the last time.
func (r Report) Since() time.Time {
	if r.Again.IsZero() {
		return r.At
	}
	return r.Again
}

// Open says that the reporter may change the report alone, without the consent of staff.
func (r Report) Open() bool { return r.State == Recorded || r.State == Returned }

func (f ReportReturned) apply(tx *Tx, e Event) error {
	r, ok := tx.Report(f.Number)
	if !ok || !r.Waits() {
		return errors.New("no waiting report to return")
	}
	r.Ask, r.Reason, r.Owner, r.Judge, r.Judged = f.Field, f.Reason, e.By, e.By, e.At
	return tx.leave(r, Returned, e)
}

func (f ReportRejected) apply(tx *Tx, e Event) error {
	r, ok := tx.Report(f.Number)
	if !ok || !r.Open() || !Reviewed(r.Kind) {
		return errors.New("no open report to reject")
	}
	r.Ask, r.Reason, r.Judge, r.Judged = "", f.Reason, e.By, e.At
	return tx.leave(r, Refused, e)
}

func (f ReportTaken) apply(tx *Tx, e Event) error {
	r, ok := tx.Report(f.Number)
	if !ok || !r.Open() || !Reviewed(r.Kind) {
		return tx.takeCorrection(f.Number, e)
	}
	r.Owner = e.By
	return reports.Put(tx.b, reportKey(r.Number), r)
}

// leave takes a report out of all totals, into a state that does not count.
func (tx *Tx) leave(r Report, state ReportState, e Event) error {
	counted := r.State.Counts()
	r.State = state
	if err := reports.Put(tx.b, reportKey(r.Number), r); err != nil {
		return err
	}
	if !counted {
		return tx.follow(r, -1)
	}
	return tx.book(r, -1, e.Seq)
}

// answered brings a returned report back to those that wait for staff.
func (r *Report) answered(e Event) {
	r.State, r.Again, r.Ask, r.Reason = Recorded, e.At, "", Sealed{}
}

// hold takes what a case counted for out of the totals while its report is returned.
func (tx *Tx) hold(number uint64) error { return tx.holds(number, true) }

// release brings it back.
func (tx *Tx) release(number uint64) error { return tx.holds(number, false) }

func (tx *Tx) holds(number uint64, held bool) error {
	c, ok := tx.Case(number)
	if !ok || c.State == Withdrawn || c.Held == held {
		return nil
	}
	sign := 1
	if held {
		sign = -1
	}
	c.Held = false
	if err := tx.recount(c, sign); err != nil {
		return err
	}
	c.Held = held
	return tx.putCase(c)
}

// recount counts the states that a case came to, or takes them back.
func (tx *Tx) recount(c Case, sign int) error {
	for _, entry := range tx.CaseEntries(c.Number) {
		if entry.State == "" || entry.Undone {
			continue
		}
		if err := tx.countState(c, entry.State, DayOf(entry.At), sign); err != nil {
			return err
		}
	}
	return nil
}
