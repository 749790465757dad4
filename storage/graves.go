package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"
)

// graves is a file beside the archive that lists who was erased, by the random names of their keys. It is no
// part of a backup: when an older archive is put back with its older keys, the file still says who is gone.
type graves string

// read returns who was erased, as far as the file knows.
func (g graves) read() ([]ErasedPerson, error) {
	data, err := os.ReadFile(string(g))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read list of erased persons: %w", err)
	}
	var out []ErasedPerson
	for line := range strings.Lines(string(data)) {
		person, at, _ := strings.Cut(strings.TrimSpace(line), " ")
		if unix, err := strconv.ParseInt(at, 10, 64); err == nil && person != "" { // a cut line was not done yet
			out = append(out, ErasedPerson{Person: PersonID(person), At: time.Unix(unix, 0).UTC()})
		}
	}
	return out, nil
}

// add lists persons durably, each once.
func (g graves) add(persons []ErasedPerson) error {
	known, err := g.read()
	if err != nil {
		return err
	}
	have := map[PersonID]bool{}
	for _, p := range known {
		have[p.Person] = true
	}
	var lines strings.Builder
	for _, p := range persons {
		if !have[p.Person] {
			fmt.Fprintf(&lines, "\n%s %d\n", p.Person, p.At.Unix()) // an empty line parts it from one that was cut
		}
	}
	if lines.Len() == 0 {
		return nil
	}
	f, err := os.OpenFile(string(g), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("open list of erased persons: %w", err)
	}
	_, err = f.WriteString(lines.String())
	if err := errors.Join(err, f.Sync(), f.Close(), syncDir(string(g))); err != nil {
		return fmt.Errorf("write list of erased persons: %w", err)
	}
	return nil
}

// shred drops the keys of persons who were erased. It is done when the store opens, too: a stop between
// commit and dropping, or an older file of keys put back, leaves nobody readable.
func (s *Store) shred() error {
	var gone []ErasedPerson
	if err := s.db.View(func(b *bolt.Tx) error {
		gone = rowsOf(erased.Scan(b, nil))
		return nil
	}); err != nil {
		return err
	}
	return s.bury(gone)
}

// bury lists persons as erased, then drops their keys.
func (s *Store) bury(gone []ErasedPerson) error {
	if err := s.graves().add(gone); err != nil {
		return err
	}
	return s.vault.erase(personsIn(gone)...)
}

func (s *Store) graves() graves { return graves(s.path + ".erased") }

func personsIn(list []ErasedPerson) (out []PersonID) {
	for _, p := range list {
		out = append(out, p.Person)
	}
	return out
}

// rebury erases anew who is listed as erased and is there again, since an older archive was put back.
func (s *Store) rebury() error {
	listed, err := s.graves().read()
	if err != nil || len(listed) == 0 {
		return err
	}
	if err := s.vault.erase(personsIn(listed)...); err != nil {
		return err
	}
	return s.Update(context.Background(), func(tx *Tx) error {
		back := slices.DeleteFunc(listed, func(p ErasedPerson) bool { return tx.inGrave(p.Person) })
		if len(back) == 0 {
			return nil
		}
		at := map[PersonID]time.Time{}
		for _, p := range back {
			at[p.Person] = p.At
		}
		for _, c := range rowsOf(cases.Scan(tx.b, nil)) {
			if when, ok := at[c.Person]; ok {
				if _, err := tx.Record(when, 0, c.Village, PersonErased{Report: c.Number, Persons: []PersonID{c.Person}}); err != nil {
					return err
				}
			}
		}
		for _, m := range rowsOf(members.Scan(tx.b, nil)) {
			if when, ok := at[m.Person]; ok {
				if _, err := tx.Record(when, 0, m.Village, PersonErased{Member: m.User, Persons: []PersonID{m.Person}}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
