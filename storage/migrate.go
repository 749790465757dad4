package storage

import (
	"context"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// schema is the version this program writes.
const schema = 4

const schemaKey = "schema"

// migration changes a file of one version into the next, in one transaction.
type migration func(*bolt.Tx) error

// steps lists the migrations: number i leads from version i+1 to i+2. Steps are only ever added.
func steps(v *vault) []migration { return []migration{v.rebuild, v.rebuild, v.rebuild} }

// rebuild makes the projections anew from the log, with the buckets that a newer schema has more.
func (v *vault) rebuild(b *bolt.Tx) error {
	for _, name := range projections() {
		if err := b.DeleteBucket([]byte(name)); err != nil && !errors.Is(err, berrors.ErrBucketNotFound) {
			return err
		}
	}
	for _, name := range allBuckets() {
		if _, err := b.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	tx := &Tx{b: b, vault: v}
	return safely(replay(context.Background(), tx), tx)
}

// migrate brings a file to the newest version. Before the first step a copy is put beside it.
func migrate(db *bolt.DB, path string, steps []migration) error {
	var have int
	if err := db.View(func(b *bolt.Tx) error {
		have = int(getU64(b, schemaKey))
		return nil
	}); err != nil {
		return fmt.Errorf("read schema: %w", err)
	}
	newest := len(steps) + 1
	if have > newest {
		return fmt.Errorf("schema %d, this program knows %d: %w", have, newest, ErrNewer)
	}
	if have < newest {
		if err := db.View(func(b *bolt.Tx) error {
			return b.CopyFile(fmt.Sprintf("%s.schema%d", path, have), 0o600)
		}); err != nil {
			return fmt.Errorf("copy before migrating: %w", err)
		}
	}
	for v := have; v < newest; v++ {
		if err := db.Update(func(b *bolt.Tx) error {
			if err := steps[v-1](b); err != nil {
				return err
			}
			return putU64(b, schemaKey, uint64(v+1))
		}); err != nil {
			return fmt.Errorf("migrate to schema %d: %w", v+1, err)
		}
	}
	return nil
}
