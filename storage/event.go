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
	// MemberRole: an administrator gave an active member another role in the village. An office of ketua
	// that somebody has passes by HandedOver.
	MemberRole struct {
		User int64
		Role Role
	}
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
	// ReportRevised: answers of a report changed. Its old ledger lines are reversed and the new ones
	// take their place, on the report's own book day.
	ReportRevised struct {
		Number  uint64
		Date    Day
		Lines   []Line
		Flags   []string
		Body    json.RawMessage
		Changes []Change
	}
	// ReportVerified: staff found a report right. Its reporter changes it by a correction from then on.
	ReportVerified struct{ Number uint64 }
	// ReportReturned: staff ask the reporter about one answer; the report is out of all totals until it
	// is revised.
	ReportReturned struct {
		Number uint64
		Field  string // step of the conversation
		Reason Sealed // field "reason"
	}
	// ReportRejected: staff turned a report down; it is out of all totals.
	ReportRejected struct {
		Number uint64
		Reason Sealed // field "reason"
	}
	// ReportTaken: somebody of staff works on a report, or on the correction of a verified one.
	ReportTaken struct{ Number uint64 }
	// CorrectionAsked: a change of a verified report waits for staff.
	CorrectionAsked struct{ Correction Correction }
	// CorrectionDecided: staff allowed a correction, which takes effect, or did not.
	CorrectionDecided struct {
		ID       uint64
		Accepted bool
		Reason   Sealed // field "reason"
	}
	// CaseOpened: a household in need was recorded, with the report of the same number.
	CaseOpened struct{ Case Case }
	// CaseRevised: what is known of a household changed. Of Case the answers count; its state, its
	// history and what it got stay.
	CaseRevised struct {
		Case    Case
		Changes []Change
	}
	// CaseEntered: something happened to a case: a visit, a referral, a new state.
	CaseEntered struct{ Entry CaseEntry }
	// CasesJudged: a person said whether two cases are the same household.
	CasesJudged struct {
		A, B    uint64
		Verdict Verdict
	}
	// CasePlanned: staff said who sees to a case, what is done next and by when. A zero Next leaves only
	// the owner.
	CasePlanned struct {
		Case  uint64
		Owner int64
		Next  string `json:",omitempty"` // NextVisit, …
		Note  Sealed `json:",omitzero"`  // field "next", of NextOther
		Due   Day    `json:",omitempty"`
	}
	// Looked: somebody of Dinsos saw personal data of the resident whom a report is about.
	Looked struct {
		Case uint64
		What string // LookPage, …
	}
	// RosterPut: somebody was put on a village's roster, renamed or retired.
	RosterPut struct{ Attendee Attendee }
	// ActivityPut: a programme was planned, changed or brought to another state.
	ActivityPut struct{ Activity Activity }
	// PartnerPut: a partner of the village's network was recorded or changed.
	PartnerPut struct{ Partner Partner }
	// ProfilePut: the profile of a village's WKSBM was written anew.
	ProfilePut struct{ Profile Profile }
	// HandedOver: a new ketua took over from the old one, who loses access. Invite is the ID of the
	// invite that a member followed; "" when it was used by joining, or staff decided.
	HandedOver struct {
		From, To int64
		Invite   string `json:",omitempty"`
	}
	// BroadcastMade: staff sent an announcement.
	BroadcastMade struct{ Broadcast Broadcast }
	// BroadcastHeld: staff stopped the sending of an announcement, or let it go on.
	BroadcastHeld struct {
		ID   uint64
		Held bool
	}
	// GuideAdded: staff stored a file for the villages.
	GuideAdded struct{ Guide Guide }
	// GuideRemoved: staff took a file back.
	GuideRemoved struct{ ID uint64 }
	// SettingPut: an administrator of the Dinsos group changed a setting; "" brings the default back.
	SettingPut struct{ Name, Value string }
	// ErasureAsked: the data of a person is to be erased.
	ErasureAsked struct{ Erasure Erasure }
	// ErasureRefused: staff does not erase it. Answer is a code.
	ErasureRefused struct {
		ID     uint64
		Answer string
	}
	// PersonErased: what is known of a person is erased: the resident of a report, or a member. The keys
	// of Persons are dropped after the commit; all totals stay.
	PersonErased struct {
		Report  uint64 `json:",omitempty"`
		Member  int64  `json:",omitempty"`
		Persons []PersonID
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
