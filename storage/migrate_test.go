package storage

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// old copies the saved file of schema 1 to where a test may change it.
func old(t *testing.T) (string, *bolt.DB) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "schema1.db"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := openBolt(path, Options{MapSize: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return path, db
}

func TestMigrateSavedFile(t *testing.T) {
	t.Parallel()
	path, db := old(t)
	add := func(name string) migration {
		return func(b *bolt.Tx) error { _, err := b.CreateBucket([]byte(name)); return err }
	}
	if err := migrate(db, path, []migration{add("two"), add("three")}); err != nil {
		t.Fatal(err)
	}
	if err := db.View(func(b *bolt.Tx) error {
		if getU64(b, schemaKey) != 3 || b.Bucket([]byte("three")) == nil {
			t.Errorf("schema %d after two steps", getU64(b, schemaKey))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + ".schema1"); err != nil {
		t.Errorf("copy before migrating: %v", err)
	}
	if err := migrate(db, path, []migration{add("two")}); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer file: %v", err)
	}
}

func TestFailedMigrationKeepsTheFile(t *testing.T) {
	t.Parallel()
	path, db := old(t)
	broken := errors.New("broken step")
	if err := migrate(db, path, []migration{func(*bolt.Tx) error { return broken }}); !errors.Is(err, broken) {
		t.Fatalf("migrate: %v", err)
	}
	if err := db.View(func(b *bolt.Tx) error {
		if getU64(b, schemaKey) != 1 {
			t.Errorf("schema %d after a failed step", getU64(b, schemaKey))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
