package storage

import (
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
	queued bool // something went into the outbox
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

	villageBucket = "village"
	groupBucket   = "group"
)

// projections lists the buckets that can be rebuilt from the log.
func projections() []string {
	names := []string{villageBucket, groupBucket}
	names = append(names, members.Names()...)
	names = append(names, invites.Names()...)
	return append(names, reports.Names()...)
}

func allBuckets() []string {
	return append(projections(), metaBucket, logBucket, seenBucket, chatBucket, outboxBucket, poisonBucket, postedBucket, noteBucket)
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
