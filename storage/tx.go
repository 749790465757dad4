package storage

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"wksbm/storage/bucket"
)

// Tx is one transaction: a view of the archive, or a change to it that becomes durable as a whole.
// It may not be used after the function that got it returned.
//
// A row that cannot be decoded panics; the transaction then ends with an error.
type Tx struct {
	b      *bolt.Tx
	vault  *vault
	queued bool           // something went into the outbox
	doomed []ErasedPerson // their keys are dropped after the commit
}

// The buckets. Those under "projections" hold nothing that the log does not give.
const (
	metaBucket   = "meta"
	logBucket    = "log"
	seenBucket   = "seen"
	chatBucket   = "chat"
	outboxBucket = "outbox"
	poisonBucket = "poison"
	postedBucket = "posted"
	noteBucket   = "note"

	deliveryBucket  = "delivery"
	addresseeBucket = "addressee"
	previewBucket   = "preview"

	villageBucket = "village"
	groupBucket   = "group"
)

// projections lists the buckets that can be rebuilt from the log.
func projections() []string {
	names := []string{villageBucket, groupBucket}
	for _, more := range [][]string{
		members.Names(), invites.Names(), reports.Names(), corrections.Names(), cases.Names(), caseEntries.Names(),
		judgements.Names(), roster.Names(), activities.Names(), partners.Names(), profiles.Names(), broadcasts.Names(), guides.Names(),
		settings.Names(), looks.Names(), erasures.Names(), erased.Names(),
	} {
		names = append(names, more...)
	}
	return names
}

func allBuckets() []string {
	return append(
		projections(), metaBucket, logBucket, seenBucket, chatBucket, outboxBucket, poisonBucket, postedBucket, noteBucket,
		deliveryBucket, addresseeBucket, previewBucket,
	)
}

// fill makes an empty archive of the present schema.
func fill(b *bolt.Tx) error {
	for _, name := range allBuckets() {
		if _, err := b.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return putU64(b, schemaKey, uint64(schema))
}

// next returns the number that the next row of a bucket will have.
func (tx *Tx) next(name string) uint64 { return tx.b.Bucket([]byte(name)).Sequence() + 1 }

// take uses up a number, which has to be the next one.
func (tx *Tx) take(name string, n uint64) error {
	if n != tx.next(name) {
		return fmt.Errorf("%s: number %d out of turn", name, n)
	}
	return tx.b.Bucket([]byte(name)).SetSequence(n)
}

func putU64(b *bolt.Tx, key string, v uint64) error {
	return b.Bucket([]byte(metaBucket)).Put([]byte(key), bucket.Key(nil).U64(v))
}

func getU64(b *bolt.Tx, key string) uint64 {
	v := b.Bucket([]byte(metaBucket)).Get([]byte(key))
	if len(v) != 8 {
		return 0
	}
	return bucket.U64At(v, 0)
}

// NewPerson returns an identity under which fields can be sealed; its key is durable already.
func (tx *Tx) NewPerson() PersonID {
	p, err := tx.vault.person()
	if err != nil {
		panic(err)
	}
	return p
}

// Seal encrypts text for one field of a person. Empty text gives the zero Sealed.
func (tx *Tx) Seal(p PersonID, field, text string) Sealed {
	s, err := tx.vault.seal(p, field, text)
	if err != nil {
		panic(err)
	}
	return s
}

// Unseal returns the text of a field; "" for the zero Sealed, Erased when the person's key is gone.
func (tx *Tx) Unseal(s Sealed, field string) string {
	text, err := tx.vault.unseal(s, field)
	if err != nil {
		panic(err)
	}
	return text
}

// Blind returns 16 bytes that are equal for equal numbers (NIK, No KK) and say nothing else about
// them: a keyed hash (STORAGE.md §6). "" gives nil.
func (tx *Tx) Blind(number string) []byte {
	if number == "" {
		return nil
	}
	h := hmac.New(sha256.New, tx.vault.blind)
	h.Write([]byte(number))
	return h.Sum(nil)[:16]
}
