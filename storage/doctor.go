package storage

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

// Doctor examines the archive while it is in use: the file's structure, the log's chain, the
// projections against a rebuild from the log, and that waiting messages can be read. It returns what
// it found, in words without personal data; nothing when all is sound.
func (s *Store) Doctor(ctx context.Context) ([]string, error) {
	found, err := s.examineFile()
	if err != nil {
		return nil, err
	}
	err = s.db.View(func(b *bolt.Tx) error {
		if err := verifyChain(b, s.vault.chain); err != nil {
			found = append(found, err.Error())
		}
		tx := &Tx{b: b, vault: s.vault}
		if err := safely(readable, tx); err != nil {
			found = append(found, err.Error())
		}
		left, err := s.vault.left(tx)
		if err != nil {
			return err
		}
		found = append(found, left...)
		differ, err := s.rebuild(ctx, tx)
		found = append(found, differ...)
		return err
	})
	if err != nil {
		return found, fmt.Errorf("examine archive: %w", err)
	}
	return found, nil
}

// examineFile checks the file's pages. While somebody writes the list of free pages is not that of the
// reader, which looks like damage: what is found counts only when it is found with nobody writing.
func (s *Store) examineFile() (found []string, err error) {
	for _, alone := range []bool{false, true} {
		b, err := s.db.Begin(alone)
		if err != nil {
			return nil, fmt.Errorf("examine file: %w", err)
		}
		found = nil
		for err := range b.Check() {
			found = append(found, "file: "+err.Error())
		}
		if err := b.Rollback(); err != nil {
			return nil, fmt.Errorf("examine file: %w", err)
		}
		if len(found) == 0 {
			return nil, nil
		}
	}
	return found, nil
}

// readable reads every row that is no projection.
func readable(tx *Tx) error {
	for range tx.Outgoings() {
	}
	for range tx.chats().Scan(tx.b, nil) {
	}
	tx.Asides()
	for range tx.deliveries().Scan(tx.b, nil) {
	}
	for range tx.addressees().Scan(tx.b, nil) {
	}
	for range tx.previews().Scan(tx.b, nil) {
	}
	return nil
}

// rebuild replays the log into an empty archive and compares.
func (s *Store) rebuild(ctx context.Context, tx *Tx) ([]string, error) {
	dir, err := os.MkdirTemp("", "wksbm-doctor-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "rebuilt.db")
	if err := create(path, fill); err != nil {
		return nil, err
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true, NoFreelistSync: true})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	fresh, err := db.Begin(true)
	if err != nil {
		return nil, err
	}
	defer fresh.Rollback()
	if err := safely(replay(ctx, tx), &Tx{b: fresh, vault: s.vault}); err != nil {
		return []string{"log: replay: " + err.Error()}, nil
	}
	var found []string
	for _, name := range projections() {
		found = append(found, differences(name, tx.b.Bucket([]byte(name)), fresh.Bucket([]byte(name)))...)
	}
	return found, nil
}

func replay(ctx context.Context, from *Tx) func(*Tx) error {
	return func(to *Tx) error {
		for e := range from.Events(1) {
			if err := ctx.Err(); err != nil {
				return err
			}
			f, err := e.Fact()
			if err != nil {
				return err
			}
			if err := f.apply(to, e); err != nil {
				return fmt.Errorf("event %d: %w", e.Seq, err)
			}
		}
		return nil
	}
}

// differences names the keys at which two buckets differ, a few of them.
func differences(name string, have, want *bolt.Bucket) []string {
	var found []string
	note := func(what string, key []byte) {
		if len(found) < 10 {
			found = append(found, fmt.Sprintf("%s: row %x %s", name, key, what))
		}
	}
	if have.Sequence() != want.Sequence() {
		found = append(found, fmt.Sprintf("%s: counter %d, the log gives %d", name, have.Sequence(), want.Sequence()))
	}
	a, b := have.Cursor(), want.Cursor()
	ka, va := a.First()
	kb, vb := b.First()
	for ka != nil || kb != nil {
		order := bytes.Compare(ka, kb)
		switch {
		case kb == nil || ka != nil && order < 0:
			note("is not in the log", ka)
			ka, va = a.Next()
		case ka == nil || order > 0:
			note("is missing", kb)
			kb, vb = b.Next()
		default:
			if !bytes.Equal(va, vb) {
				note("differs from the log", ka)
			}
			ka, va = a.Next()
			kb, vb = b.Next()
		}
	}
	return found
}

// left finds keys of persons who were erased.
func (v *vault) left(tx *Tx) ([]string, error) {
	var gone []PersonID
	for _, p := range erased.Scan(tx.b, nil) {
		gone = append(gone, p.Person)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	found, err := v.having(gone)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return []string{fmt.Sprintf("keys: %d of erased persons are there still; a restart drops them", len(found))}, nil
}
