package storage

import (
	"time"

	"wksbm/storage/bucket"
)

// Preview is an announcement that staff looks at before it goes out. It is no event: most of what it
// holds is said again by the broadcast that it may become.
type Preview struct {
	ID     uint64
	Text   string
	File   string
	Photo  bool
	To     Audience
	People int // as the person was shown
	By     int64
	At     time.Time
	Sent   uint64 // the broadcast that it became, 0 while it is none
	SentBy int64
}

// PreviewLife is how long an announcement can be sent after it was shown.
const PreviewLife = 24 * time.Hour

func (tx *Tx) previews() bucket.Bucket[Preview] {
	return bucket.Bucket[Preview]{Name: previewBucket, Box: tx.vault}
}

// Preview returns the one with this number.
func (tx *Tx) Preview(id uint64) (Preview, bool) {
	return tx.previews().Get(tx.b, bucket.Key(nil).U64(id))
}

// AddPreview keeps an announcement for a look and returns its number. Old ones are forgotten.
func (tx *Tx) AddPreview(p Preview) (uint64, error) {
	var old []uint64
	for _, o := range tx.previews().Scan(tx.b, nil) {
		if p.At.Sub(o.At) > 2*PreviewLife {
			old = append(old, o.ID)
		}
	}
	for _, id := range old {
		if err := tx.DropPreview(id); err != nil {
			return 0, err
		}
	}
	p.ID = tx.next(previewBucket)
	if err := tx.take(previewBucket, p.ID); err != nil {
		return 0, err
	}
	return p.ID, tx.PutPreview(p)
}

// PutPreview changes a preview.
func (tx *Tx) PutPreview(p Preview) error {
	return tx.previews().Put(tx.b, bucket.Key(nil).U64(p.ID), p)
}

// DropPreview forgets a preview.
func (tx *Tx) DropPreview(id uint64) error {
	return tx.previews().Delete(tx.b, bucket.Key(nil).U64(id))
}
