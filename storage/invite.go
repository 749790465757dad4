package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
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
	Replaces int64  `json:",omitempty"`
	Sheet    string `json:",omitempty"` // the printed sheet it is on; "" when it was made alone
	UsedBy   int64  // 0 while unused
	Revoked  bool
}

// InviteLife is how long an invite can be used.
const InviteLife = 7 * 24 * time.Hour

// NewInvite makes an invite for a token. by is 0 for the command line.
func NewInvite(token string, village region.Code, role Role, by int64, now time.Time) Invite {
	hash := HashToken(token)
	return Invite{
		ID: hex.EncodeToString(hash[:4]), Hash: hash, Village: village, Role: role,
		Made: now.UTC(), Expires: now.UTC().Add(InviteLife), By: by,
	}
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

// useInvite closes an invite that a person followed.
func (tx *Tx) useInvite(id string, user int64, now time.Time) error {
	in, ok := tx.Invite(id)
	if !ok || !in.Open(now) {
		return errors.New("invite is not open")
	}
	in.UsedBy = user
	return invites.Put(tx.b, inviteKey(in.ID), in)
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
