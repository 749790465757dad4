package storage

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// Errors that callers tell apart with errors.Is.
var (
	// ErrLocked: another process holds the database.
	ErrLocked = errors.New("database is in use by another process")
	// ErrFull: the database reached its size limit. Nothing of the refused transaction was kept;
	// reading and deleting go on.
	ErrFull = errors.New("database is full")
	// ErrNewer: the file was written by a newer version of the program.
	ErrNewer = errors.New("database was written by a newer version")
)

// Options of Open. The zero value is right for most.
type Options struct {
	KeyFile string // master key; "" is the database's path + ".key"
	MapSize int    // bytes of address space mapped at once; 0 is 1 GiB
	MaxSize int    // bytes the file may reach; 0 has no limit
	Log     *slog.Logger
	// Gate is asked before every commit; its error refuses the commit and nothing is written. A test
	// ends a process by it at any point. Nil lets all pass.
	Gate func() error
	// Die is called when a commit failed in a way that leaves memory and disk in doubt
	// (STORAGE.md §2.2). It must not return to normal work. Nil exits the process.
	Die func(error)
}

// openBolt opens a file that create has made.
func openBolt(path string, o Options) (*bolt.DB, error) {
	if o.MapSize == 0 {
		o.MapSize = 1 << 30
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{
		FreelistType: bolt.FreelistMapType, NoFreelistSync: true,
		Timeout: time.Second, InitialMmapSize: o.MapSize, MaxSize: o.MaxSize, MmapFlags: populate,
	})
	if errors.Is(err, berrors.ErrTimeout) {
		return nil, fmt.Errorf("open %s: %w", path, ErrLocked)
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return db, nil
}

// create makes the file at path with what fill puts into it, unless there is one. bbolt's own first
// creation does not survive a cut; this one appears whole or not at all.
func create(path string, fill func(*bolt.Tx) error) error {
	next := path + ".new"
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("create %s: %w", path, err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	db, err := bolt.Open(next, 0o600, &bolt.Options{Timeout: time.Second, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return fmt.Errorf("create %s: %w", path, err)
	}
	err = errors.Join(db.Update(fill), db.Sync(), db.Close())
	if err == nil {
		err = os.Rename(next, path)
	}
	if err == nil {
		err = syncDir(path)
	}
	if err != nil {
		return fmt.Errorf("create %s: %w", path, err)
	}
	return nil
}

// syncDir makes a new name in path's directory durable.
func syncDir(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("sync directory: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("sync directory: %w", err)
	}
	return nil
}
