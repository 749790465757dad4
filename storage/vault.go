package storage

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	bolt "go.etcd.io/bbolt"
)

// PersonID names a person whose fields are sealed with a key of their own. It says nothing about them.
type PersonID string

// Sealed is text encrypted with a person's key, bound to its field. The zero value is no text.
type Sealed struct {
	Person PersonID `json:"p,omitempty"`
	Box    []byte   `json:"b,omitempty"`
}

// IsZero reports whether nothing was sealed.
func (s Sealed) IsZero() bool { return len(s.Box) == 0 }

// Erased is what Unseal returns for a person whose key was dropped.
const Erased = "(dihapus)"

// poolSize is how many person keys are made durable at once, so that a new person costs no flush.
const poolSize = 64

const sealVersion = 1

// vault keeps the master key in memory and the wrapped person keys in a file of their own, so that
// erasing a person is dropping one key (STORAGE.md §6).
type vault struct {
	path   string
	db     *bolt.DB
	master cipher.AEAD
	store  cipher.AEAD // seals drafts, outgoing messages and poison rows
	chain  []byte      // key of the log's hash chain
	blind  []byte      // key of the blind index

	mu   sync.Mutex
	pool []PersonID // durable keys that nobody was given yet
	open map[PersonID]cipher.AEAD
}

var keysBucket = []byte("keys")

// openVault reads the master key from keyFile and opens the file of person keys. fresh says that the
// database is new, so that a missing key file may be made.
func openVault(path, keyFile string, fresh bool) (*vault, error) {
	key, err := masterKey(keyFile, fresh)
	if err != nil {
		return nil, err
	}
	v := &vault{path: path, open: map[PersonID]cipher.AEAD{}}
	for _, part := range []struct {
		to   *cipher.AEAD
		info string
	}{{&v.master, "wksbm person keys"}, {&v.store, "wksbm store"}} {
		if *part.to, err = aead(derive(key, part.info)); err != nil {
			return nil, err
		}
	}
	v.chain, v.blind = derive(key, "wksbm chain"), derive(key, "wksbm blind index")
	if v.db, err = openKeys(path); err != nil {
		return nil, err
	}
	return v, nil
}

func openKeys(path string) (*bolt.DB, error) {
	if err := create(path, func(tx *bolt.Tx) error {
		_, err := tx.CreateBucket(keysBucket)
		return err
	}); err != nil {
		return nil, err
	}
	return openBolt(path, Options{MapSize: 1 << 24})
}

// masterKey reads the 32 bytes of keyFile, which are written as hex.
func masterKey(keyFile string, fresh bool) ([]byte, error) {
	text, err := os.ReadFile(keyFile)
	if errors.Is(err, fs.ErrNotExist) && fresh {
		return newMasterKey(keyFile)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read key file %s: %w; without it the database cannot be read: put the key file back from its backup", keyFile, fs.ErrNotExist)
	}
	if err != nil {
		return nil, fmt.Errorf("read key file: %w", err)
	}
	key, err := hex.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil || len(key) != 32 {
		return nil, fmt.Errorf("read key file %s: want 64 hexadecimal digits", keyFile)
	}
	return key, nil
}

func newMasterKey(keyFile string) ([]byte, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("make master key: %w", err)
	}
	next := keyFile + ".new" // the key file appears whole or not at all
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("create key file: %w", err)
	}
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o400)
	if err != nil {
		return nil, fmt.Errorf("create key file: %w", err)
	}
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fmt.Errorf("write key file: %w", err)
	}
	if err := os.Rename(next, keyFile); err != nil {
		return nil, fmt.Errorf("create key file: %w", err)
	}
	return key, syncDir(keyFile)
}

func derive(key []byte, info string) []byte {
	out, err := hkdf.Key(sha256.New, key, nil, info, 32)
	if err != nil {
		panic(err) // fails only for impossible lengths
	}
	return out
}

func aead(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// person takes a durable key that nobody has. Keys left in the pool by a stop are never given out.
func (v *vault) person() (PersonID, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.pool) == 0 {
		if err := v.fill(); err != nil {
			return "", err
		}
	}
	id := v.pool[0]
	v.pool = v.pool[1:]
	return id, nil
}

func (v *vault) fill() error {
	var made []PersonID
	err := v.db.Update(func(tx *bolt.Tx) error {
		for range poolSize {
			secret := make([]byte, 48)
			if _, err := rand.Read(secret); err != nil {
				return err
			}
			id := hex.EncodeToString(secret[:16])
			wrapped := v.master.Seal(nil, nil, secret[16:], []byte(id))
			if err := tx.Bucket(keysBucket).Put([]byte(id), wrapped); err != nil {
				return err
			}
			made = append(made, PersonID(id))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("make person keys: %w", err)
	}
	v.pool = append(v.pool, made...)
	return nil
}

// openKeysKept is how many persons' ciphers are kept open: more than the households of a kabupaten, since a
// search reads all their names.
const openKeysKept = 16384

// key returns the cipher of a person, nil when the key was dropped.
func (v *vault) key(p PersonID) (cipher.AEAD, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if a, ok := v.open[p]; ok {
		return a, nil
	}
	var wrapped []byte
	err := v.db.View(func(tx *bolt.Tx) error {
		wrapped = bytes.Clone(tx.Bucket(keysBucket).Get([]byte(p)))
		return nil
	})
	if err != nil || wrapped == nil {
		return nil, err
	}
	secret, err := v.master.Open(nil, nil, wrapped, []byte(p))
	if err != nil {
		return nil, fmt.Errorf("unwrap person key: %w", err)
	}
	a, err := aead(secret)
	if err == nil && len(v.open) < openKeysKept {
		v.open[p] = a
	}
	return a, err
}

// opens says whether there is a key of a person.
func (v *vault) opens(p PersonID) bool {
	a, err := v.key(p)
	if err != nil {
		panic(err)
	}
	return a != nil
}

func (v *vault) seal(p PersonID, field, text string) (Sealed, error) {
	if text == "" {
		return Sealed{}, nil
	}
	a, err := v.key(p)
	if err != nil {
		return Sealed{}, err
	}
	if a == nil {
		return Sealed{}, errors.New("seal field: no such person key")
	}
	return Sealed{Person: p, Box: a.Seal([]byte{sealVersion}, nil, []byte(text), sealedFor(p, field))}, nil
}

func sealedFor(p PersonID, field string) []byte { return []byte(string(p) + "|" + field) }

func (v *vault) unseal(s Sealed, field string) (string, error) {
	if s.IsZero() {
		return "", nil
	}
	a, err := v.key(s.Person)
	if err != nil {
		return "", err
	}
	if a == nil {
		return Erased, nil
	}
	if s.Box[0] != sealVersion {
		return "", errors.New("unseal field: unknown version")
	}
	plain, err := a.Open(nil, nil, s.Box[1:], sealedFor(s.Person, field))
	if err != nil {
		return "", fmt.Errorf("unseal field: %w", err)
	}
	return string(plain), nil
}

// erase drops the keys of persons and rewrites the file of keys, since a deleted row stays readable in
// it. Keys that are gone already cost nothing.
func (v *vault) erase(persons ...PersonID) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	found, err := v.having(persons)
	if err != nil || len(found) == 0 {
		return err
	}
	err = v.db.Update(func(tx *bolt.Tx) error {
		for _, p := range found {
			delete(v.open, p)
			if err := tx.Bucket(keysBucket).Delete([]byte(p)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("drop person key: %w", err)
	}
	return v.compact()
}

// having returns those persons whose key there is.
func (v *vault) having(persons []PersonID) (found []PersonID, err error) {
	err = v.db.View(func(tx *bolt.Tx) error {
		for _, p := range persons {
			if tx.Bucket(keysBucket).Get([]byte(p)) != nil {
				found = append(found, p)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for person keys: %w", err)
	}
	return found, nil
}

func (v *vault) compact() error {
	next := v.path + ".new"
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("compact keys: %w", err)
	}
	dst, err := openBolt(next, Options{MapSize: 1 << 24})
	if err != nil {
		return err
	}
	err = errors.Join(bolt.Compact(dst, v.db, 64<<20), dst.Sync(), dst.Close(), v.db.Close())
	if err == nil {
		err = os.Rename(next, v.path)
	}
	if err == nil {
		err = syncDir(v.path)
	}
	var reopened error
	v.db, reopened = openBolt(v.path, Options{MapSize: 1 << 24})
	if err := errors.Join(err, reopened); err != nil {
		return fmt.Errorf("compact keys: %w", err)
	}
	return nil
}

// Close and Open make the vault a bucket.Box for rows that are not events.
func (v *vault) Close(name string, key, plain []byte) []byte {
	return v.store.Seal([]byte{sealVersion}, nil, plain, rowName(name, key))
}

func (v *vault) Open(name string, key, closed []byte) ([]byte, error) {
	if len(closed) == 0 || closed[0] != sealVersion {
		return nil, errors.New("unknown seal")
	}
	return v.store.Open(nil, nil, closed[1:], rowName(name, key))
}

func rowName(name string, key []byte) []byte { return append([]byte(name+"|"), key...) }
