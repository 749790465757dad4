package storage

import (
	"encoding/json"
	"fmt"

	"wksbm/storage/bucket"
)

// Group is the Dinsos group.
type Group struct {
	Chat  int64
	Topic int64 // forum topic in which it was claimed, 0 outside topics
}

const groupKey = "staff"

// StaffGroup returns the Dinsos group, if one is known.
func (tx *Tx) StaffGroup() (g Group, ok bool) {
	data := tx.b.Bucket([]byte(groupBucket)).Get([]byte(groupKey))
	if data == nil {
		return g, false
	}
	if err := json.Unmarshal(data, &g); err != nil {
		panic(bucket.Corrupt{Bucket: groupBucket, Key: []byte(groupKey), Err: err})
	}
	return g, true
}

func (tx *Tx) putGroup(g Group) error {
	data, err := json.Marshal(g)
	if err != nil {
		return fmt.Errorf("encode group: %w", err)
	}
	if err := tx.b.Bucket([]byte(groupBucket)).Put([]byte(groupKey), data); err != nil {
		return fmt.Errorf("put group: %w", err)
	}
	return nil
}

func (f GroupClaimed) apply(tx *Tx, _ Event) error {
	return tx.putGroup(Group(f))
}

func (f GroupMoved) apply(tx *Tx, _ Event) error {
	if g, ok := tx.StaffGroup(); ok && g.Chat == f.From {
		g.Chat = f.To
		if err := tx.putGroup(g); err != nil {
			return err
		}
	}
	return tx.MoveChat(f.From, f.To)
}

func (f GroupLost) apply(tx *Tx, _ Event) error {
	if g, ok := tx.StaffGroup(); !ok || g.Chat != f.Chat {
		return nil
	}
	if err := tx.b.Bucket([]byte(groupBucket)).Delete([]byte(groupKey)); err != nil {
		return fmt.Errorf("delete group: %w", err)
	}
	return nil
}
