package storage

import (
	"time"

	"wksbm/storage/region"
)

// Role of a member in a village.
type Role string

// The roles.
const (
	Ketua    Role = "ketua"
	Pengurus Role = "pengurus"
	Relawan  Role = "relawan"
)

// MemberState of a request and what became of it.
type MemberState string

// The states of a member. Only Active members may report.
const (
	Pending  MemberState = "pending"
	Active   MemberState = "active"
	Rejected MemberState = "rejected"
	Revoked  MemberState = "revoked"
)

// Member is a person who reports (or asks to). The key is the Telegram user id, which is the id of
// the private chat too. Asking again after a rejection replaces the record.
type Member struct {
	User     int64
	Request  uint64 // number of the request, unique, for the group's card; 0 when joined by invite
	Person   PersonID
	Name     Sealed // field "name"
	Phone    Sealed // field "phone"; zero when not given
	Address  string // "ibu" or "bapak": how the bot addresses the person
	Village  region.Code
	Role     Role
	State    MemberState
	Consent  Consent
	SKNumber string // of a ketua, optional
	SKDate   Day    // 0 when not given
	Asked    time.Time
	Decided  time.Time // zero while pending
	By       int64     // who decided; 0 for an invite
}

// Consent is the agreement to the notice of /privasi.
type Consent struct {
	At      time.Time
	Version string // of the text agreed to
}

// Invite lets one person in, once. Only the token's hash is stored.
type Invite struct {
	ID      string // short public name, shown in lists, used to revoke
	Hash    []byte // SHA-256 of the token
	Village region.Code
	Role    Role
	Made    time.Time
	Expires time.Time
	By      int64 // staff member, 0 for the command line
	UsedBy  int64 // 0 while unused
	Revoked bool
}
