// Package storagetest opens archives for tests and has the doctor look at them when the test ends.
package storagetest

import (
	"context"
	"path/filepath"
	"testing"

	"wksbm/storage"
)

// Open returns a new archive in a directory of the test's own.
func Open(t testing.TB) *storage.Store {
	t.Helper()
	return OpenAt(t, filepath.Join(t.TempDir(), "wksbm.db"))
}

// OpenAt opens the archive at path, which may have been closed before. When the test ends the archive
// is examined; a finding fails the test.
func OpenAt(t testing.TB, path string) *storage.Store {
	t.Helper()
	s, err := storage.Open(path, storage.Options{
		MapSize: 1 << 26,
		Die:     func(err error) { t.Errorf("commit failed: %v", err) },
	})
	if err != nil {
		t.Fatalf("open archive: %v", err)
	}
	t.Cleanup(func() { examine(t, s) })
	return s
}

func examine(t testing.TB, s *storage.Store) {
	found, err := s.Doctor(context.Background())
	if err == nil {
		for _, f := range found {
			t.Errorf("doctor: %s", f)
		}
	}
	if err := s.Close(); err != nil {
		t.Errorf("close archive: %v", err)
	}
}
