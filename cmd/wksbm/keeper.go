package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"wksbm/bot/office"
	"wksbm/bot/station"
	"wksbm/storage"
	"wksbm/storage/region"
)

// keeper does what commands ask of the archive: in this process, or in the running bot.
type keeper interface {
	Doctor(context.Context) (findings, error)
	Invite(context.Context, inviteWish) (invitation, error)
	Backup(context.Context, backupWish) (backupNote, error)
	Close() error
}

type (
	findings struct {
		Found   []string `json:"found"`
		Events  uint64   `json:"events"`
		Reports uint64   `json:"reports"`
	}
	inviteWish struct {
		Village string `json:"village"`
		Role    string `json:"role"`
	}
	invitation struct {
		Link    string    `json:"link"`
		Place   string    `json:"place"`
		Expires time.Time `json:"expires"`
	}
	backupWish struct {
		Dir  string `json:"dir"`
		Keep int    `json:"keep"`
	}
	backupNote struct {
		File  string `json:"file"`
		Bytes int64  `json:"bytes"`
	}
)

// openKeeper reaches the running bot, or opens the database itself when none runs. It never waits
// longer than a second.
func openKeeper(s settings) (keeper, error) {
	if r, ok := dialControl(socketOf(s.Storage.Path)); ok {
		return r, nil
	}
	if _, err := os.Stat(s.Storage.Path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no database at %s yet: \"wksbm run\" makes it", s.Storage.Path)
	}
	store, err := openStore(s)
	if err != nil {
		return nil, err
	}
	return own{store}, nil
}

// openStore opens the database, with words for what a person can put right.
func openStore(s settings) (*storage.Store, error) {
	store, err := storage.Open(s.Storage.Path, storage.Options{KeyFile: s.Storage.KeyFile})
	switch {
	case errors.Is(err, storage.ErrLocked):
		return nil, fmt.Errorf("%w\nanother wksbm holds %s; stop it first", err, s.Storage.Path)
	case errors.Is(err, storage.ErrNewer):
		return nil, fmt.Errorf("%w\nuse the newer version of wksbm", err)
	}
	return store, err
}

// own is the keeper of this process.
type own struct{ store *storage.Store }

// Close implements keeper.
func (o own) Close() error { return o.store.Close() }

// Doctor implements keeper.
func (o own) Doctor(ctx context.Context) (f findings, err error) {
	f.Found, err = o.store.Doctor(ctx)
	if err != nil {
		return f, err
	}
	err = o.store.View(func(tx *storage.Tx) error {
		for range tx.Events(0) {
			f.Events++
		}
		f.Reports = tx.NextReport() - 1
		return nil
	})
	return f, err
}

// Invite implements keeper.
func (o own) Invite(ctx context.Context, w inviteWish) (invitation, error) {
	place, err := findVillage(w.Village)
	if err != nil {
		return invitation{}, err
	}
	role := storage.Role(strings.ToLower(w.Role))
	if !slices.Contains([]storage.Role{storage.Ketua, storage.Pengurus, storage.Relawan}, role) {
		return invitation{}, fmt.Errorf("unknown role %q: ketua, pengurus or relawan", w.Role)
	}
	token := station.Token(rand.Reader)
	now := time.Now()
	made := storage.InviteMade{Invite: storage.NewInvite(token, place.Code, role, 0, now)}
	out := invitation{Place: region.Must(region.Load()).FullName(place.Code), Expires: made.Invite.Expires}
	err = o.store.Update(ctx, func(tx *storage.Tx) error {
		name := station.NameIn(tx)
		if name == "" {
			return errors.New("the bot's name is not known yet: start \"wksbm run\" once, with a connection to Telegram")
		}
		out.Link = office.Link(name, token)
		_, err := tx.Record(now, 0, place.Code, made)
		return err
	})
	return out, err
}

func findVillage(words string) (region.Place, error) {
	r, err := region.Load()
	if err != nil {
		return region.Place{}, err
	}
	found := r.Find(words, 0)
	var names []string
	for _, p := range found {
		names = append(names, r.FullName(p.Code))
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		for _, p := range r.Suggest(words, 0) {
			names = append(names, r.FullName(p.Code))
		}
		if len(names) == 0 {
			return region.Place{}, fmt.Errorf("no desa or kelurahan is called %q", words)
		}
		return region.Place{}, fmt.Errorf("no desa or kelurahan is called %q; perhaps %s", words, strings.Join(names, " or "))
	}
	return region.Place{}, fmt.Errorf("%q can be %s: name the kecamatan too", words, strings.Join(names, " or "))
}

const backupSuffix = ".wksbm.db"

// Backup implements keeper. The copy appears under its name only when it is whole.
func (o own) Backup(_ context.Context, w backupWish) (backupNote, error) {
	if err := os.MkdirAll(w.Dir, 0o700); err != nil {
		return backupNote{}, fmt.Errorf("make backup folder: %w", err)
	}
	name := filepath.Join(w.Dir, time.Now().In(region.WITA).Format("2006-01-02_150405.000")+backupSuffix)
	n, err := o.copyTo(name)
	if err != nil {
		return backupNote{}, err
	}
	return backupNote{File: name, Bytes: n}, thin(w.Dir, w.Keep)
}

func (o own) copyTo(name string) (n int64, err error) {
	f, err := os.OpenFile(name+".new", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, fmt.Errorf("write backup: %w", err)
	}
	err = o.store.Backup(f)
	if err == nil {
		err = f.Sync()
	}
	if info, statErr := f.Stat(); statErr == nil {
		n = info.Size()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(name+".new", name)
	}
	if err != nil {
		return 0, fmt.Errorf("write backup: %w", errors.Join(err, os.Remove(name+".new")))
	}
	return n, nil
}

// thin removes the oldest backups beyond keep; 0 keeps all.
func thin(dir string, keep int) error {
	files, err := filepath.Glob(filepath.Join(dir, "*"+backupSuffix))
	if err != nil || keep == 0 || len(files) <= keep {
		return err
	}
	slices.Sort(files)
	for _, f := range files[:len(files)-keep] {
		if err := os.Remove(f); err != nil {
			return fmt.Errorf("remove old backup: %w", err)
		}
	}
	return nil
}
