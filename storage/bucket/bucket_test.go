package bucket

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"
)

// row has an index of whole numbers, one of texts that many rows share, and at times no entry.
type row struct {
	ID    uint64
	Owner int64
	Tags  []string
}

func rows() Bucket[row] {
	return Bucket[row]{Name: "rows", Indexes: []Index[row]{
		{Name: "rows_owner", Keys: func(r row) []Key { return []Key{Key(nil).I64(r.Owner)} }},
		{Name: "rows_tag", Keys: func(r row) []Key {
			var keys []Key
			for _, tag := range r.Tags {
				keys = append(keys, Key(nil).Text(tag))
			}
			return keys
		}},
	}}
}

// TestBucket plays puts and deletes against a map: every index finds the rows that the map gives, in
// order, forwards and from any row backwards.
func TestBucket(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		home, err := os.MkdirTemp(dir, "bucket")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(home)
		db, err := bolt.Open(filepath.Join(home, "bucket.db"), 0o600, &bolt.Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := db.Update(func(tx *bolt.Tx) error {
			for _, name := range rows().Names() {
				if _, err := tx.CreateBucket([]byte(name)); err != nil {
					return err
				}
			}
			return play(t, tx)
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func play(t *rapid.T, tx *bolt.Tx) error {
	model := map[uint64]row{}
	for range rapid.IntRange(1, 60).Draw(t, "steps") {
		id := rapid.SampledFrom([]uint64{0, 1, 2, 3, 255, 256, 1<<64 - 1}).Draw(t, "id")
		if rapid.IntRange(0, 3).Draw(t, "delete") == 0 {
			delete(model, id)
			if err := rows().Delete(tx, Key(nil).U64(id)); err != nil {
				return err
			}
			continue
		}
		r := row{
			ID: id, Owner: rapid.SampledFrom([]int64{-1 << 63, -1, 0, 1, 1<<63 - 1}).Draw(t, "owner"),
			Tags: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"", "a", "a\x00", "ab", "\uffff"}), 0, 3, rapid.ID).Draw(t, "tags"),
		}
		model[id] = r
		if err := rows().Put(tx, Key(nil).U64(id), r); err != nil {
			return err
		}
	}
	for _, owner := range []int64{-1 << 63, -1, 0, 1, 1<<63 - 1} {
		found(t, tx, model, "rows_owner", Key(nil).I64(owner), func(r row) bool { return r.Owner == owner })
	}
	for _, tag := range []string{"", "a", "a\x00", "ab", "\uffff"} {
		found(t, tx, model, "rows_tag", Key(nil).Text(tag), func(r row) bool { return slices.Contains(r.Tags, tag) })
	}
	return nil
}

// found compares what an index finds with what the model holds.
func found(t *rapid.T, tx *bolt.Tx, model map[uint64]row, index string, key Key, match func(row) bool) {
	var want []uint64
	for _, id := range slices.Sorted(maps.Keys(model)) {
		if match(model[id]) {
			want = append(want, id)
		}
	}
	var have []uint64
	for k, r := range rows().Find(tx, index, key) {
		if U64At(k, 0) != r.ID {
			t.Errorf("%s: row %d under key %x", index, r.ID, k)
		}
		have = append(have, r.ID)
	}
	if !slices.Equal(have, want) {
		t.Errorf("%s of %x: %v, want %v", index, key, have, want)
	}
	for _, before := range []uint64{1, 2, 100, 256, 1<<64 - 1} {
		have = have[:0]
		for _, r := range rows().FindBack(tx, index, key, Key(nil).U64(before)) {
			have = append(have, r.ID)
		}
		n, _ := slices.BinarySearchFunc(want, before, cmp.Compare[uint64])
		rest := slices.Clone(want[:n])
		slices.Reverse(rest)
		if !slices.Equal(have, rest) {
			t.Errorf("%s of %x before %d: %v, want %v", index, key, before, have, rest)
		}
	}
	have = have[:0]
	for _, r := range rows().FindBack(tx, index, key, nil) {
		have = append(have, r.ID)
	}
	slices.Reverse(have)
	if !slices.Equal(have, want) {
		t.Errorf("%s of %x backwards: %v, want %v", index, key, have, want)
	}
}
