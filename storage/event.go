package storage

import (
	"encoding/json"
	"time"

	"wksbm/storage/region"
)

// Kind names a domain event. Kinds are stored: never renamed.
type Kind string

// Event is one entry of the log, the truth from which every record can be rebuilt.
type Event struct {
	Seq     uint64 // consecutive from 1
	Kind    Kind
	At      time.Time // when it was recorded, UTC, whole seconds
	By      int64     // the Telegram user who caused it, 0 for the bot itself
	Village region.Code
	Body    json.RawMessage // the Fact
}

// Fact is the body of an event. Its apply method is the projection: it changes records, indexes and
// aggregates from nothing but the event and what earlier events left, so that replaying the log
// gives the same records.
type Fact interface {
	kind() Kind
	apply(tx *Tx, e Event) error
}

// The facts. Personal fields are Sealed.
type (
	// MemberAsked: somebody asks to be let in (/daftar), with consent.
	MemberAsked struct{ Member Member }
	// MemberJoined: somebody came in by an invite; active at once. Invite is the invite's ID.
	MemberJoined struct {
		Member Member
		Invite string
	}
	// MemberDecided: staff accepted or turned down a request.
	MemberDecided struct {
		User     int64
		Accepted bool
	}
	// MemberRevoked: staff took the access away.
	MemberRevoked struct{ User int64 }
	// InviteMade: an invite was issued.
	InviteMade struct{ Invite Invite }
	// InviteRevoked: an invite was withdrawn before use.
	InviteRevoked struct{ ID string }
	// Reported: a report was sent. Report.Number is the next free number (Tx.NextReport).
	Reported struct{ Report Report }
	// ReportCancelled: a report leaves all totals by reversing its ledger lines.
	ReportCancelled struct {
		Number uint64
		Reason Sealed // free text may name people
	}
	// GroupClaimed: a group became the Dinsos group.
	GroupClaimed struct {
		Chat  int64
		Topic int64
	}
	// GroupMoved: the Dinsos group became a supergroup. Idempotent.
	GroupMoved struct{ From, To int64 }
	// GroupLost: the bot was removed from the Dinsos group.
	GroupLost struct{ Chat int64 }
)
