package storage

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"time"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// ErasureState says what became of a wish to have somebody's data erased.
type ErasureState string

// The states of an erasure.
const (
	ErasureWaits    ErasureState = "waits"
	ErasureDone     ErasureState = "done"
	ErasureDeclined ErasureState = "declined"
)

// ErasureTime is how long Dinsos may take for it (UU 27/2022).
const ErasureTime = 72 * time.Hour

// Erasure is the wish to have a person's data erased: of a resident, named by a report, or of a member.
type Erasure struct {
	ID      uint64 // from Tx.NextErasure
	Report  uint64 `json:",omitempty"` // of the resident: the report that opened their case, as a rule
	Member  int64  `json:",omitempty"` // the member's user id
	Village region.Code
	By      int64     // who asks
	Asked   time.Time // set when it is recorded
	State   ErasureState
	Reason  Sealed    `json:",omitzero"`  // field "erasure": in the words of whoever asks, sealed for the person
	Answer  string    `json:",omitempty"` // code of why it was declined
	Judge   int64     `json:",omitempty"` // who decided
	Decided time.Time `json:",omitzero"`
}

// Due is until when it has to be decided.
func (r Erasure) Due() time.Time { return r.Asked.Add(ErasureTime) }

// ErasedPerson is a person whose key is gone, or goes with the commit that says so.
type ErasedPerson struct {
	Person PersonID
	At     time.Time
}

var erasures = bucket.Bucket[Erasure]{
	Name: "erasures",
	Indexes: []bucket.Index[Erasure]{{Name: erasuresWaiting, Keys: func(r Erasure) []bucket.Key {
		if r.State != ErasureWaits {
			return nil
		}
		return []bucket.Key{bucket.Key(nil).Tag('w')}
	}}},
}

const erasuresWaiting = "erasures_waiting"

var erased = bucket.Bucket[ErasedPerson]{Name: "erased"}

func erasureKey(id uint64) bucket.Key { return bucket.Key(nil).U64(id) }

// NextErasure returns the number the next one will have.
func (tx *Tx) NextErasure() uint64 { return tx.next(erasures.Name) }

// Erasure returns the one with this number.
func (tx *Tx) Erasure(id uint64) (Erasure, bool) { return erasures.Get(tx.b, erasureKey(id)) }

// WaitingErasures returns those that have to be decided, oldest first.
func (tx *Tx) WaitingErasures() []Erasure {
	return rowsOf(erasures.Find(tx.b, erasuresWaiting, bucket.Key(nil).Tag('w')))
}

// WaitingErasure returns the one that waits for the resident of a report, or for a member.
func (tx *Tx) WaitingErasure(report uint64, member int64) (Erasure, bool) {
	all := tx.WaitingErasures()
	i := slices.IndexFunc(all, func(r Erasure) bool { return r.Report == report && r.Member == member })
	if i < 0 {
		return Erasure{}, false
	}
	return all[i], true
}

// Erasures returns all that was ever asked for the resident of a report, or for a member, oldest first.
func (tx *Tx) Erasures(report uint64, member int64) []Erasure {
	return slices.DeleteFunc(rowsOf(erasures.Scan(tx.b, nil)), func(r Erasure) bool { return r.Report != report || r.Member != member })
}

// IsErased says whether a person was erased: nothing can be sealed for them any more.
func (tx *Tx) IsErased(p PersonID) bool {
	return p != "" && (tx.inGrave(p) || !tx.vault.opens(p))
}

// inGrave says whether the archive itself knows that a person was erased.
func (tx *Tx) inGrave(p PersonID) bool {
	_, ok := erased.Get(tx.b, bucket.Key(nil).Text(string(p)))
	return ok
}

// ReportErased says whether somebody a report tells of was erased; it can be changed no more.
func (tx *Tx) ReportErased(r Report) bool {
	return slices.ContainsFunc(tx.peopleOf(r.Number, r.Kind, r.Body), tx.IsErased)
}

// PersonsOf returns whose keys seal what a report says of people, or ever said; not those who were erased.
func (tx *Tx) PersonsOf(r Report) []PersonID {
	all := append(tx.peopleOf(r.Number, r.Kind, r.Body), r.Reason.Person)
	changes := func(list []Change) {
		for _, ch := range list {
			all = append(all, ch.Old.Person, ch.New.Person)
		}
	}
	for _, c := range tx.CorrectionsOf(r.Number) {
		changes(c.Revised.Changes)
		all = append(all, c.Reason.Person, c.Answer.Person)
		all = append(all, tx.peopleOf(r.Number, r.Kind, c.Revised.Body)...)
	}
	for f := range tx.factsOf(r.Village) {
		switch f := f.(type) {
		case *ReportRevised:
			if f.Number == r.Number {
				changes(f.Changes)
				all = append(all, tx.peopleOf(r.Number, r.Kind, f.Body)...)
			}
		case *ReportCancelled:
			if f.Number == r.Number {
				all = append(all, f.Reason.Person)
			}
		case *ReportReturned:
			if f.Number == r.Number {
				all = append(all, f.Reason.Person)
			}
		case *ReportRejected:
			if f.Number == r.Number {
				all = append(all, f.Reason.Person)
			}
		case *Reported:
			if f.Report.Number == r.Number {
				all = append(all, tx.peopleOf(r.Number, r.Kind, f.Report.Body)...)
			}
		}
	}
	if r.State == Cancelled { // a report that was returned leaves no totals again, and so is not booked
		for e := range tx.Events(1) {
			if e.Kind != (ReportCancelled{}).kind() || e.Village != r.Village {
				continue
			}
			if f, ok := factOf(e).(*ReportCancelled); ok && f.Number == r.Number {
				all = append(all, f.Reason.Person)
			}
		}
	}
	return tx.living(all)
}

// factOf decodes what is in the log.
func factOf(e Event) Fact {
	f, err := e.Fact()
	if err != nil {
		panic(bucket.Corrupt{Bucket: logBucket, Key: bucket.Key(nil).U64(e.Seq), Err: err})
	}
	return f
}

// living leaves each person once, without those who were erased.
func (tx *Tx) living(all []PersonID) []PersonID {
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(p PersonID) bool { return p == "" || tx.IsErased(p) })
}

// factsOf yields what booked something in a village.
func (tx *Tx) factsOf(village region.Code) iter.Seq[Fact] {
	return func(yield func(Fact) bool) {
		prefix := villageKey(village, entryRow)
		c := tx.b.Bucket([]byte(villageBucket)).Cursor()
		for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
			seq := bucket.U64At(k, len(prefix))
			e, err := readEvent(seq, tx.b.Bucket([]byte(logBucket)).Get(bucket.Key(nil).U64(seq)))
			if err != nil {
				panic(bucket.Corrupt{Bucket: logBucket, Key: bytes.Clone(k), Err: err})
			}
			if f, err := e.Fact(); err == nil && !yield(f) {
				return
			}
		}
	}
}

// peopleOf returns whose keys seal a report with this body; of a household that is in its case.
func (tx *Tx) peopleOf(number uint64, kind string, body json.RawMessage) []PersonID {
	r := Report{Number: number, Kind: kind, Body: body}
	if len(body) == 0 {
		return nil
	}
	switch kind {
	case HouseholdFound:
		c, _ := tx.Case(number)
		return []PersonID{c.Person}
	case DeathKnown:
		var d Death
		r.DecodeBody(&d)
		return []PersonID{d.Person}
	case AidReceived:
		var a Aid
		r.DecodeBody(&a)
		return []PersonID{a.Person}
	case AidGiven:
		var g Given
		r.DecodeBody(&g)
		all := []PersonID{g.Person}
		for _, to := range g.To {
			all = append(all, to.Person)
		}
		return all
	}
	return nil
}

// Subject returns the report by whose number the people of report n are erased: of a death that is the
// report which opened the case. false: the report tells of nobody, or they were erased already.
func (tx *Tx) Subject(n uint64) (Report, bool) {
	r, ok := tx.Report(n)
	if !ok {
		return r, false
	}
	if r.Kind == DeathKnown {
		var d Death
		if r.DecodeBody(&d); d.Case != 0 {
			return tx.Subject(d.Case)
		}
	}
	return r, len(tx.PersonsOf(r)) > 0
}

func (f ErasureAsked) apply(tx *Tx, e Event) error {
	r := f.Erasure
	if (r.Report == 0) == (r.Member == 0) {
		return errors.New("erasure of nobody, or of two")
	}
	if _, twin := tx.WaitingErasure(r.Report, r.Member); twin {
		return errors.New("erasure waits already")
	}
	if err := tx.take(erasures.Name, r.ID); err != nil {
		return err
	}
	r.By, r.Asked, r.Village, r.State = e.By, e.At, e.Village, ErasureWaits
	r.Answer, r.Judge, r.Decided = "", 0, time.Time{}
	return erasures.Put(tx.b, erasureKey(r.ID), r)
}

func (f ErasureRefused) apply(tx *Tx, e Event) error {
	r, ok := tx.Erasure(f.ID)
	if !ok || r.State != ErasureWaits || f.Answer == "" {
		return errors.New("no erasure waits for this decision, or it has no reason")
	}
	r.State, r.Answer, r.Judge, r.Decided = ErasureDeclined, f.Answer, e.By, e.At
	return erasures.Put(tx.b, erasureKey(r.ID), r)
}

func (f PersonErased) apply(tx *Tx, e Event) error {
	if (f.Report == 0) == (f.Member == 0) || len(f.Persons) == 0 {
		return errors.New("erasing nobody, or two")
	}
	for _, p := range f.Persons {
		gone := ErasedPerson{Person: p, At: e.At}
		if err := erased.Put(tx.b, bucket.Key(nil).Text(string(p)), gone); err != nil {
			return err
		}
		tx.doomed = append(tx.doomed, gone)
	}
	if r, ok := tx.WaitingErasure(f.Report, f.Member); ok {
		r.State, r.Judge, r.Decided = ErasureDone, e.By, e.At
		if err := erasures.Put(tx.b, erasureKey(r.ID), r); err != nil {
			return err
		}
	}
	if f.Member != 0 {
		return tx.eraseMember(f.Member, e)
	}
	return errors.Join(tx.eraseCase(f.Report, e), tx.dropCorrections(f.Report, e))
}

// eraseCase leaves of a case what counts.
func (tx *Tx) eraseCase(number uint64, e Event) error {
	c, ok := tx.Case(number)
	if !ok {
		return nil
	}
	c.Erased = e.At
	c.Block, c.RT, c.RW, c.NIK, c.KK, c.NeedNote, c.WorkNote, c.Pin = Sealed{}, Sealed{}, Sealed{}, Sealed{}, Sealed{}, Sealed{}, Sealed{}, Sealed{}
	c.Owner, c.Next, c.NextNote, c.Due = 0, "", Sealed{}, 0
	c.NIKIndex, c.KKIndex, c.Photos = nil, nil, nil
	return tx.putCase(c)
}

// dropCorrections declines what would write of an erased person anew.
func (tx *Tx) dropCorrections(report uint64, e Event) error {
	for _, c := range tx.CorrectionsOf(report) {
		if c.State != CorrectionWaits {
			continue
		}
		c.State, c.Judge, c.Decided = CorrectionDeclined, e.By, e.At
		if err := corrections.Put(tx.b, correctionKey(c.ID), c); err != nil {
			return err
		}
	}
	return nil
}
