package storage

import (
	"errors"
	"slices"
	"time"

	"wksbm/storage/bucket"
)

// What was seen of a resident.
const (
	LookPage   = "page"   // the page of a report, with name and answers
	LookNIK    = "nik"    // the whole NIK and No KK
	LookSearch = "search" // a line among the answers to a search
	LookAlike  = "alike"  // beside another household that it looks like
	LookCopy   = "copy"   // the file with all that is kept of a resident
)

// Look is an entry of the access log: who of Dinsos saw what of a resident, and when.
type Look struct {
	Case uint64 // number of the report
	Seq  uint64 // of the event
	By   int64
	At   time.Time
	What string // LookPage, …
}

var looks = bucket.Bucket[Look]{
	Name: "looks",
	Indexes: []bucket.Index[Look]{
		{Name: looksByTime, Keys: func(l Look) []bucket.Key { return []bucket.Key{bucket.Key(nil).U64(uint64(l.At.Unix())).U64(l.Seq)} }},
	},
}

const looksByTime = "looks_time"

// Looks returns who looked at the resident of a report, oldest first.
func (tx *Tx) Looks(number uint64) []Look {
	return rowsOf(looks.Scan(tx.b, reportKey(number)))
}

// LooksSince returns the looks at and after a time, oldest first.
func (tx *Tx) LooksSince(at time.Time) []Look {
	var out []Look
	c := tx.b.Bucket([]byte(looksByTime)).Cursor()
	for k, _ := c.Seek(bucket.Key(nil).U64(uint64(at.Unix()))); k != nil; k, _ = c.Next() {
		if l, ok := looks.Get(tx.b, bucket.Key(slices.Clone(k[16:]))); ok {
			out = append(out, l)
		}
	}
	return out
}

func (f Looked) apply(tx *Tx, e Event) error {
	if f.Case == 0 || f.What == "" {
		return errors.New("look at nobody, or at nothing")
	}
	l := Look{Case: f.Case, Seq: e.Seq, By: e.By, At: e.At, What: f.What}
	return looks.Put(tx.b, reportKey(f.Case).U64(e.Seq), l)
}
