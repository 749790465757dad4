package storage

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"time"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// Invite lets one person in, once. Only the token's hash is stored.
type Invite struct {
	ID      string // short public name, shown in lists, used to revoke
	Hash    []byte // SHA-256 of the token
	Village region.Code
	Role    Role
	Made    time.Time
	Expires time.Time
	By      int64 // who made it; 0 for the command line
	// Replaces is the ketua who hands the office over to whoever comes; 0 in other invites.
	Replaces int64 `json:",omitempty"`
	UsedBy   int64 // 0 while unused
	Revoked  bool
}

var invites = bucket.Bucket[Invite]{
	Name: "invites",
	Indexes: []bucket.Index[Invite]{
		{Name: invitesByHash, Keys: func(in Invite) []bucket.Key { return []bucket.Key{bytes.Clone(in.Hash)} }},
	},
}

const invitesByHash = "invites_hash"

func inviteKey(id string) bucket.Key { return bucket.Key(nil).Text(id) }

// HashToken returns what is stored of an invite's token.
func HashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Open reports whether the invite can still be used at now.
func (in Invite) Open(now time.Time) bool {
	return in.UsedBy == 0 && !in.Revoked && now.Before(in.Expires)
}

// Invite returns the invite with this public id.
func (tx *Tx) Invite(id string) (Invite, bool) { return invites.Get(tx.b, inviteKey(id)) }

// InviteByToken returns the invite that a token belongs to, open or not.
func (tx *Tx) InviteByToken(token string) (Invite, bool) {
	return first(invites.Find(tx.b, invitesByHash, HashToken(token)))
}

// Invites returns the invites that can still be used at now, by id.
func (tx *Tx) Invites(now time.Time) []Invite {
	var out []Invite
	for _, in := range invites.Scan(tx.b, nil) {
		if in.Open(now) {
			out = append(out, in)
		}
	}
	return out
}

func (f InviteMade) apply(tx *Tx, _ Event) error {
	in := f.Invite
	switch _, taken := tx.Invite(in.ID); {
	case taken || in.ID == "":
		return errors.New("invite id is empty or taken")
	case len(in.Hash) != sha256.Size:
		return errors.New("invite without a token's hash")
	case in.Village == 0 || in.Role == "":
		return errors.New("invite without village or role")
	}
	return invites.Put(tx.b, inviteKey(in.ID), in)
}

func (f InviteRevoked) apply(tx *Tx, _ Event) error {
	in, ok := tx.Invite(f.ID)
	if !ok || in.UsedBy != 0 {
		return errors.New("no unused invite to revoke")
	}
	in.Revoked = true
	return invites.Put(tx.b, inviteKey(in.ID), in)
}
