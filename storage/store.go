// Package storage is the archive: what the bot knows, in one file, changed by one writer.
package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"sync"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// Store is an open archive. Its methods may be called from many goroutines; readers see whole
// commits only.
type Store struct {
	path    string
	db      *bolt.DB
	vault   *vault
	jobs    chan job
	gone    chan struct{} // closed when the writer has stopped
	changed chan struct{}
	die     func(error)
	gate    func() error
	closing sync.Once
	mu      sync.RWMutex // guards shut against senders on jobs
	shut    bool
}

// Open opens the archive at path and makes it when there is none. The person keys lie beside it in
// path + ".keys". A file of an older schema is migrated, after a copy was put beside it.
func Open(path string, o Options) (*Store, error) {
	if o.KeyFile == "" {
		o.KeyFile = path + ".key"
	}
	_, err := os.Stat(path)
	fresh := errors.Is(err, fs.ErrNotExist)
	// The keys come first: a cut between the two leaves keys without a database, never the reverse.
	v, err := openVault(path+".keys", o.KeyFile, fresh)
	if err != nil {
		return nil, err
	}
	db, err := openArchive(path, o)
	if err != nil {
		return nil, errors.Join(err, v.db.Close())
	}
	s := &Store{
		path: path, db: db, vault: v, die: o.Die, gate: o.Gate,
		jobs: make(chan job, 64), gone: make(chan struct{}), changed: make(chan struct{}, 1),
	}
	if s.die == nil {
		s.die = exit(o.Log)
	}
	if err := migrate(db, path, steps(v)); err != nil {
		return nil, errors.Join(err, db.Close(), v.db.Close())
	}
	if err := s.shred(); err != nil {
		return nil, errors.Join(err, db.Close(), v.db.Close())
	}
	go s.write()
	if err := s.rebury(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func openArchive(path string, o Options) (*bolt.DB, error) {
	if err := create(path, fill); err != nil {
		return nil, err
	}
	return openBolt(path, o)
}

func exit(log *slog.Logger) func(error) {
	return func(err error) {
		if log != nil {
			log.Error("commit failed, stopping so that nothing is built on doubt", "error", err)
		}
		os.Exit(1)
	}
}

// Close waits for the writer and closes the files. Jobs handed in before are done.
func (s *Store) Close() error {
	var err error
	s.closing.Do(func() {
		s.mu.Lock()
		s.shut = true
		close(s.jobs)
		s.mu.Unlock()
		<-s.gone
		err = errors.Join(s.db.Close(), s.vault.db.Close())
	})
	return err
}

// Path returns where the archive lies.
func (s *Store) Path() string { return s.path }

// View runs fn on a consistent snapshot. fn should be short: a long reader keeps pages from being
// reused. What it reads may be newer than what is durable; nothing may be sent on its account.
func (s *Store) View(fn func(*Tx) error) error {
	return s.db.View(func(b *bolt.Tx) error { return safely(fn, &Tx{b: b, vault: s.vault}) })
}

// Changed has a token after a commit that put something into the outbox.
func (s *Store) Changed() <-chan struct{} { return s.changed }

// Backup writes a consistent copy of the database to w. It holds sealed fields without their keys.
func (s *Store) Backup(w io.Writer) error {
	err := s.db.View(func(b *bolt.Tx) error {
		_, err := b.WriteTo(w)
		return err
	})
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	return nil
}

// Erase drops a person's key. All that was sealed for them reads as Erased from then on, also in
// the log and in later backups.
func (s *Store) Erase(p PersonID) error { return s.vault.erase(p) }

// Step is one part of a job. Do must be a pure function of its arguments and the transaction: it may
// run twice. When it fails even alone, Aside makes what is written in its place; nil fails the job.
type Step struct {
	Do    func(*Tx) error
	Aside func(cause error) func(*Tx) error
}

type job struct {
	steps []Step
	done  chan error
}

// errClosed is returned for work after Close.
var errClosed = errors.New("store is closed")

// Apply does the steps of one job in order and returns when they are durable. They share one
// transaction, often with other jobs; when one of them fails, each is done alone and the failing one
// is set aside. After an error no later step was done.
func (s *Store) Apply(_ context.Context, steps []Step) error {
	if len(steps) == 0 {
		return nil
	}
	j := job{steps: steps, done: make(chan error, 1)}
	s.mu.RLock()
	if s.shut {
		s.mu.RUnlock()
		return errClosed
	}
	s.jobs <- j
	s.mu.RUnlock()
	return <-j.done
}

// Update does one step and returns when it is durable.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	return s.Apply(ctx, []Step{{Do: fn}})
}

const groupSize = 64

// write is the only writer: it gathers the jobs that wait and commits them together.
func (s *Store) write() {
	defer close(s.gone)
	for j := range s.jobs {
		js := s.gather(j)
		var all []func(*Tx) error
		for _, j := range js {
			for _, st := range j.steps {
				all = append(all, st.Do)
			}
		}
		err := s.commit(all...)
		for _, j := range js {
			if err == nil {
				j.done <- nil
			} else {
				j.done <- s.alone(j.steps)
			}
		}
	}
}

func (s *Store) gather(j job) []job {
	js := []job{j}
	for len(js) < groupSize {
		select {
		case next, ok := <-s.jobs:
			if !ok {
				return js
			}
			js = append(js, next)
		default:
			return js
		}
	}
	return js
}

// alone does the steps one by one, so that one that fails harms no other.
func (s *Store) alone(steps []Step) error {
	for _, st := range steps {
		err := s.commit(st.Do)
		if err != nil && st.Aside != nil && !errors.Is(err, ErrFull) {
			err = s.commit(st.Aside(err))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) commit(acts ...func(*Tx) error) error {
	var own error
	if s.gate != nil {
		if err := s.gate(); err != nil {
			return fmt.Errorf("commit: %w", err)
		}
	}
	tx := &Tx{vault: s.vault}
	err := s.db.Update(func(b *bolt.Tx) error {
		tx.b = b
		for _, act := range acts {
			if own = safely(act, tx); own != nil {
				return own
			}
		}
		return nil
	})
	switch {
	case errors.Is(err, berrors.ErrMaxSizeReached):
		return fmt.Errorf("commit: %w", ErrFull)
	case err != nil && own == nil:
		s.die(err)
		return fmt.Errorf("commit: %w", err)
	}
	if err == nil && len(tx.doomed) > 0 {
		if err := s.bury(tx.doomed); err != nil { // done when the store is opened again
			s.die(err)
		}
	}
	if err == nil && tx.queued {
		select {
		case s.changed <- struct{}{}:
		default:
		}
	}
	return err
}

// safely turns a panic into an error, so that one poisonous input cannot stop the house.
func safely(fn func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case error:
			err = fmt.Errorf("panic: %w", p)
		default:
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return fn(tx)
}
