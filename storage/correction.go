package storage

import (
	"errors"
	"time"

	"wksbm/storage/bucket"
)

// CorrectionState says what became of a correction.
type CorrectionState string

// The states of a correction.
const (
	CorrectionWaits    CorrectionState = "waits"
	CorrectionAllowed  CorrectionState = "allowed"
	CorrectionDeclined CorrectionState = "declined"
)

// Correction is a change of a verified report that staff have to allow.
type Correction struct {
	ID      uint64 // from Tx.NextCorrection
	By      int64
	Cancel  bool          // the report is to be taken back
	Revised ReportRevised // what it is to say; of a cancellation only Number
	Case    *CaseRevised  `json:",omitempty"` // and what is to be known of its case
	Reason  Sealed        // field "reason"
	State   CorrectionState
	Asked   time.Time
	Decided time.Time
	Owner   int64  `json:",omitempty"` // who of staff works on it; 0 nobody
	Judge   int64  // who decided
	Answer  Sealed // field "reason": why it was declined
}

var corrections = bucket.Bucket[Correction]{
	Name: "corrections",
	Indexes: []bucket.Index[Correction]{
		{Name: correctionsByReport, Keys: func(c Correction) []bucket.Key { return []bucket.Key{reportKey(c.Revised.Number)} }},
		{Name: correctionsWaiting, Keys: func(c Correction) []bucket.Key {
			if c.State != CorrectionWaits {
				return nil
			}
			return []bucket.Key{bucket.Key(nil).Tag('w')}
		}},
	},
}

const (
	correctionsByReport = "corrections_report"
	correctionsWaiting  = "corrections_waiting"
)

func correctionKey(id uint64) bucket.Key { return bucket.Key(nil).U64(id) }

// NextCorrection returns the number the next correction will have.
func (tx *Tx) NextCorrection() uint64 { return tx.next(corrections.Name) }

// Correction returns the correction with this number.
func (tx *Tx) Correction(id uint64) (Correction, bool) {
	return corrections.Get(tx.b, correctionKey(id))
}

// WaitingCorrections returns those that staff have to decide, oldest first.
func (tx *Tx) WaitingCorrections() []Correction {
	return rowsOf(corrections.Find(tx.b, correctionsWaiting, bucket.Key(nil).Tag('w')))
}

// CorrectionsOf returns the corrections of a report, oldest first.
func (tx *Tx) CorrectionsOf(report uint64) []Correction {
	return rowsOf(corrections.Find(tx.b, correctionsByReport, reportKey(report)))
}

func (f CorrectionAsked) apply(tx *Tx, e Event) error {
	c := f.Correction
	if r, ok := tx.Report(c.Revised.Number); !ok || r.State != Verified {
		return errors.New("no verified report to correct")
	}
	c.State, c.Asked, c.Decided, c.Judge, c.Owner = CorrectionWaits, e.At, time.Time{}, 0, 0
	if err := tx.take(corrections.Name, c.ID); err != nil {
		return err
	}
	return corrections.Put(tx.b, correctionKey(c.ID), c)
}

func (f CorrectionDecided) apply(tx *Tx, e Event) error {
	c, ok := tx.Correction(f.ID)
	if !ok || c.State != CorrectionWaits {
		return errors.New("no correction waits for this decision")
	}
	c.State, c.Decided, c.Judge, c.Answer = CorrectionDeclined, e.At, e.By, f.Reason
	if f.Accepted {
		c.State = CorrectionAllowed
		if err := tx.correct(c, e); err != nil {
			return err
		}
	}
	return corrections.Put(tx.b, correctionKey(c.ID), c)
}

// takeCorrection notes who works on what is to change in a verified report.
func (tx *Tx) takeCorrection(report uint64, e Event) error {
	err := errors.New("no open report or correction to work on")
	for _, c := range tx.CorrectionsOf(report) {
		if c.State != CorrectionWaits {
			continue
		}
		c.Owner = e.By
		if err = corrections.Put(tx.b, correctionKey(c.ID), c); err != nil {
			return err
		}
	}
	return err
}

// correct brings an allowed correction into effect. The report stays verified.
func (tx *Tx) correct(c Correction, e Event) error {
	r, ok := tx.Report(c.Revised.Number)
	if !ok || r.State != Verified {
		return errors.New("no verified report to correct")
	}
	if c.Cancel {
		return tx.cancel(r, e)
	}
	if err := tx.revise(r, c.Revised, e); err != nil {
		return err
	}
	if c.Case == nil {
		return nil
	}
	return c.Case.apply(tx, e)
}
