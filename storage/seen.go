package storage

import (
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"wksbm/storage/bucket"
)

const offsetKey = "next_offset"

// Seen reports whether an update was taken in already. Ids restart at random after a quiet week, so
// only the exact id counts (TELEGRAM.md §3).
func (tx *Tx) Seen(update int64) bool {
	return tx.b.Bucket([]byte(seenBucket)).Get(bucket.Key(nil).I64(update)) != nil
}

// MarkSeen remembers an update as taken in.
func (tx *Tx) MarkSeen(update int64, at time.Time) error {
	value := binary.BigEndian.AppendUint64(nil, uint64(at.Unix()))
	if err := tx.b.Bucket([]byte(seenBucket)).Put(bucket.Key(nil).I64(update), value); err != nil {
		return fmt.Errorf("mark update seen: %w", err)
	}
	return nil
}

// PruneSeen forgets the ids of updates taken in before a time.
func (tx *Tx) PruneSeen(before time.Time) error {
	rows := tx.b.Bucket([]byte(seenBucket))
	var old [][]byte
	c := rows.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if int64(binary.BigEndian.Uint64(v)) < before.Unix() {
			old = append(old, slices.Clone(k))
		}
	}
	for _, k := range old {
		if err := rows.Delete(k); err != nil {
			return fmt.Errorf("prune seen: %w", err)
		}
	}
	return nil
}

// NextOffset is the offset of the next getUpdates: the last received id + 1, 0 before the first.
func (tx *Tx) NextOffset() int64 { return int64(getU64(tx.b, offsetKey)) }

// SetNextOffset confirms all updates below next, once the transaction is durable.
func (tx *Tx) SetNextOffset(next int64) error {
	if err := putU64(tx.b, offsetKey, uint64(next)); err != nil {
		return fmt.Errorf("set next offset: %w", err)
	}
	return nil
}

// Aside is an update that could not be processed, kept sealed.
type Aside struct {
	Update int64
	At     time.Time
	Class  string // of the trouble; no content
	Raw    []byte
}

func (tx *Tx) poison() bucket.Bucket[Aside] {
	return bucket.Bucket[Aside]{Name: poisonBucket, Box: tx.vault}
}

// SetAside keeps an update that could not be processed.
func (tx *Tx) SetAside(a Aside) error {
	return tx.poison().Put(tx.b, bucket.Key(nil).I64(a.Update), a)
}

// Asides returns the updates set aside, by id.
func (tx *Tx) Asides() []Aside { return rowsOf(tx.poison().Scan(tx.b, nil)) }

// DropAside forgets an update that was set aside.
func (tx *Tx) DropAside(update int64) error {
	return tx.poison().Delete(tx.b, bucket.Key(nil).I64(update))
}

// PruneAsides forgets updates that were set aside before a time: they hold what people wrote.
func (tx *Tx) PruneAsides(before time.Time) error {
	for _, a := range tx.Asides() {
		if a.At.Before(before) {
			if err := tx.DropAside(a.Update); err != nil {
				return err
			}
		}
	}
	return nil
}

// Note returns a small word the bot remembers, "" when there is none.
func (tx *Tx) Note(key string) string {
	return string(tx.b.Bucket([]byte(noteBucket)).Get([]byte(key)))
}

// SetNote remembers a small word; "" forgets it.
func (tx *Tx) SetNote(key, value string) error {
	rows := tx.b.Bucket([]byte(noteBucket))
	var err error
	if value == "" {
		err = rows.Delete([]byte(key))
	} else {
		err = rows.Put([]byte(key), []byte(value))
	}
	if err != nil {
		return fmt.Errorf("set note: %w", err)
	}
	return nil
}

// LastRun returns when a job of the calendar was last due and done; the zero time when never.
func (tx *Tx) LastRun(job string) time.Time {
	t, err := time.Parse(time.RFC3339, tx.Note("job:"+job))
	if err != nil {
		return time.Time{}
	}
	return t
}

// SetLastRun remembers that the job due at t is done.
func (tx *Tx) SetLastRun(job string, t time.Time) error {
	return tx.SetNote("job:"+job, t.UTC().Format(time.RFC3339))
}
