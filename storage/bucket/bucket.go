// Package bucket gives bbolt buckets a type, with secondary indexes that are kept in the same transaction.
package bucket

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"

	bolt "go.etcd.io/bbolt"
)

// Corrupt is the panic of a row that cannot be decoded: nothing sensible can follow. The store turns
// it into an error of the transaction.
type Corrupt struct {
	Bucket string
	Key    []byte
	Err    error
}

func (c Corrupt) Error() string {
	return fmt.Sprintf("decode row %x of %s: %v", c.Key, c.Bucket, c.Err)
}

// Box changes the bytes of a row on their way to and from the disk, for example to seal them.
type Box interface {
	Close(bucket string, key, plain []byte) []byte
	Open(bucket string, key, closed []byte) ([]byte, error)
}

// Index finds rows of a bucket by another key. Its entries are Keys(row) + the row's own key, so
// rows with equal index keys come in the order of their own keys. Keys must give the same for a row
// and for what is read back of it; a text that is no UTF-8 does not come back as it was.
type Index[V any] struct {
	Name string
	Keys func(V) []Key
}

// Bucket is a bbolt bucket of JSON rows V.
type Bucket[V any] struct {
	Name    string
	Indexes []Index[V]
	Append  bool // rows come in key order: fill pages full
	Box     Box  // nil: rows lie open
}

// Names lists the bbolt buckets it uses.
func (b Bucket[V]) Names() []string {
	names := []string{b.Name}
	for _, ix := range b.Indexes {
		names = append(names, ix.Name)
	}
	return names
}

func (b Bucket[V]) rows(tx *bolt.Tx) *bolt.Bucket {
	rows := tx.Bucket([]byte(b.Name))
	if b.Append {
		rows.FillPercent = 0.95
	}
	return rows
}

// Get returns the row under key.
func (b Bucket[V]) Get(tx *bolt.Tx, key Key) (v V, ok bool) {
	data := b.rows(tx).Get(key)
	if data == nil {
		return v, false
	}
	return b.decode(key, data), true
}

func (b Bucket[V]) decode(key, data []byte) (v V) {
	var err error
	if b.Box != nil {
		data, err = b.Box.Open(b.Name, key, data)
	}
	if err == nil {
		err = json.Unmarshal(data, &v)
	}
	if err != nil {
		panic(Corrupt{Bucket: b.Name, Key: bytes.Clone(key), Err: err})
	}
	return v
}

// Put stores v under key and moves its index entries.
func (b Bucket[V]) Put(tx *bolt.Tx, key Key, v V) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode row of %s: %w", b.Name, err)
	}
	if b.Box != nil {
		data = b.Box.Close(b.Name, key, data)
	}
	if err := b.unindex(tx, key); err != nil {
		return err
	}
	if err := b.rows(tx).Put(key, data); err != nil {
		return fmt.Errorf("put row of %s: %w", b.Name, err)
	}
	for _, ix := range b.Indexes {
		for _, k := range ix.Keys(v) {
			if err := tx.Bucket([]byte(ix.Name)).Put(append(k.with(len(key), same), key...), nil); err != nil {
				return fmt.Errorf("put entry of %s: %w", ix.Name, err)
			}
		}
	}
	return nil
}

func same(b []byte) []byte { return b }

func (b Bucket[V]) unindex(tx *bolt.Tx, key Key) error {
	if len(b.Indexes) == 0 {
		return nil
	}
	old, ok := b.Get(tx, key)
	if !ok {
		return nil
	}
	for _, ix := range b.Indexes {
		for _, k := range ix.Keys(old) {
			if err := tx.Bucket([]byte(ix.Name)).Delete(append(k.with(len(key), same), key...)); err != nil {
				return fmt.Errorf("delete entry of %s: %w", ix.Name, err)
			}
		}
	}
	return nil
}

// Delete removes the row under key and its index entries; a missing row is no error.
func (b Bucket[V]) Delete(tx *bolt.Tx, key Key) error {
	if err := b.unindex(tx, key); err != nil {
		return err
	}
	if err := b.rows(tx).Delete(key); err != nil {
		return fmt.Errorf("delete row of %s: %w", b.Name, err)
	}
	return nil
}

// Scan yields the rows whose keys start with prefix, in key order. Rows may not be changed meanwhile.
func (b Bucket[V]) Scan(tx *bolt.Tx, prefix Key) iter.Seq2[Key, V] {
	return b.From(tx, prefix, prefix)
}

// From yields as Scan does, from the row under key on.
func (b Bucket[V]) From(tx *bolt.Tx, prefix, key Key) iter.Seq2[Key, V] {
	return func(yield func(Key, V) bool) {
		c := b.rows(tx).Cursor()
		for k, data := c.Seek(key); k != nil && bytes.HasPrefix(k, prefix); k, data = c.Next() {
			if !yield(Key(bytes.Clone(k)), b.decode(k, data)) {
				return
			}
		}
	}
}

// Find yields the rows that an index holds under exactly prefix, in the order of their own keys.
func (b Bucket[V]) Find(tx *bolt.Tx, index string, prefix Key) iter.Seq2[Key, V] {
	return func(yield func(Key, V) bool) {
		c := tx.Bucket([]byte(index)).Cursor()
		for k, _ := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, _ = c.Next() {
			if !b.yieldAt(tx, bytes.Clone(k[len(prefix):]), yield) {
				return
			}
		}
	}
}

// FindBack yields as Find does, from the last entry backwards. A non-empty before is an own key at
// which, or behind which, entries are left out.
func (b Bucket[V]) FindBack(tx *bolt.Tx, index string, prefix, before Key) iter.Seq2[Key, V] {
	return func(yield func(Key, V) bool) {
		c := tx.Bucket([]byte(index)).Cursor()
		k := last(c, prefix, before)
		for ; k != nil && bytes.HasPrefix(k, prefix); k, _ = c.Prev() {
			if !b.yieldAt(tx, bytes.Clone(k[len(prefix):]), yield) {
				return
			}
		}
	}
}

// last moves the cursor to the last key that starts with prefix and lies before prefix+before.
func last(c *bolt.Cursor, prefix, before Key) []byte {
	end := append(prefix.with(len(before), same), before...)
	if len(before) == 0 {
		end = prefix.with(16, func(b []byte) []byte { return append(b, bytes.Repeat([]byte{0xFF}, 16)...) })
	}
	if k, _ := c.Seek(end); k == nil {
		k, _ = c.Last()
		return k
	}
	k, _ := c.Prev()
	return k
}

func (b Bucket[V]) yieldAt(tx *bolt.Tx, key Key, yield func(Key, V) bool) bool {
	v, ok := b.Get(tx, key)
	if !ok {
		panic(Corrupt{Bucket: b.Name, Key: key, Err: fmt.Errorf("index entry without a row")})
	}
	return yield(key, v)
}
