package storage

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// Role of a member in a village.
type Role string

// The roles.
const (
	Ketua    Role = "ketua"
	Pengurus Role = "pengurus"
	Relawan  Role = "relawan"
	// TKSK looks after a kecamatan, whose code is the Village of such a member, and reports for none.
	TKSK Role = "tksk"
)

// Label is the role as people read it.
func (r Role) Label() string {
	switch r {
	case Ketua:
		return "Ketua"
	case Pengurus:
		return "Pengurus"
	case TKSK:
		return "TKSK"
	}
	return "Relawan"
}

// Noun is the role within a sentence.
func (r Role) Noun() string {
	if r == TKSK {
		return r.Label()
	}
	return strings.ToLower(r.Label())
}

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
	// Successor took the office of ketua over from this person; 0 when nobody did.
	Successor int64 `json:",omitempty"`
	// Erased says that the person's data was erased: the name reads as Erased.
	Erased bool `json:",omitempty"`
}

// Reports says whether a person may report for their village.
func (m Member) Reports() bool { return m.State == Active && m.Role != TKSK }

// Oversees says whether a person looks after the kecamatan that is their Village.
func (m Member) Oversees() bool { return m.State == Active && m.Role == TKSK }

// Consent is the agreement to the notice of /privasi.
type Consent struct {
	At      time.Time
	Version string // of the text agreed to
}

var members = bucket.Bucket[Member]{
	Name: "members",
	Indexes: []bucket.Index[Member]{
		{Name: membersByVillage, Keys: func(m Member) []bucket.Key { return []bucket.Key{bucket.Key(nil).U64(uint64(m.Village))} }},
		{Name: membersByRequest, Keys: func(m Member) []bucket.Key {
			if m.Request == 0 {
				return nil
			}
			return []bucket.Key{bucket.Key(nil).U64(m.Request)}
		}},
		{Name: membersPending, Keys: func(m Member) []bucket.Key {
			if m.State != Pending {
				return nil
			}
			return []bucket.Key{bucket.Key(nil).U64(m.Request)}
		}},
	},
}

const (
	membersByVillage = "members_village"
	membersByRequest = "members_request"
	membersPending   = "members_pending"
)

// Validate says what keeps m from being recorded.
func (m Member) Validate() error {
	switch {
	case m.User <= 0:
		return errors.New("member without a user")
	case m.Village == 0:
		return errors.New("member without a village")
	case !slices.Contains([]Role{Ketua, Pengurus, Relawan, TKSK}, m.Role):
		return fmt.Errorf("member with unknown role %q", m.Role)
	case m.Name.IsZero():
		return errors.New("member without a name")
	case m.Consent.At.IsZero() || m.Consent.Version == "":
		return errors.New("member without consent")
	}
	return nil
}

// ActiveKetua returns those who lead a village's WKSBM now; as a rule one.
func (tx *Tx) ActiveKetua(village region.Code) []Member {
	var out []Member
	for _, m := range tx.Members(village) {
		if m.Role == Ketua && m.State == Active {
			out = append(out, m)
		}
	}
	return out
}

// Overseers returns those who look after a kecamatan now.
func (tx *Tx) Overseers(district region.Code) []Member {
	return slices.DeleteFunc(tx.Members(district), func(m Member) bool { return !m.Oversees() })
}

// Predecessors returns those who handed the office of ketua over to a person.
func (tx *Tx) Predecessors(m Member) []Member {
	var out []Member
	for _, old := range tx.Members(m.Village) {
		if old.Successor == m.User && old.State != Active {
			out = append(out, old)
		}
	}
	return out
}

func memberKey(user int64) bucket.Key { return bucket.Key(nil).I64(user) }

// Member returns the person with this Telegram user id, whatever their state.
func (tx *Tx) Member(user int64) (Member, bool) { return members.Get(tx.b, memberKey(user)) }

// Request returns the person whose request has this number.
func (tx *Tx) Request(n uint64) (Member, bool) {
	return first(members.Find(tx.b, membersByRequest, bucket.Key(nil).U64(n)))
}

// Members returns the people of a village, whatever their state, by user id.
func (tx *Tx) Members(village region.Code) []Member {
	return rowsOf(members.Find(tx.b, membersByVillage, bucket.Key(nil).U64(uint64(village))))
}

// PendingMembers returns those who wait for a decision, the longest waiting first.
func (tx *Tx) PendingMembers() []Member {
	var out []Member
	for n := range bucketKeys(tx, membersPending) {
		m, ok := tx.Member(bucket.I64At(n, 8))
		if ok {
			out = append(out, m)
		}
	}
	return out
}

// bucketKeys yields the keys of an index.
func bucketKeys(tx *Tx, index string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		c := tx.b.Bucket([]byte(index)).Cursor()
		for k, _ := c.First(); k != nil && yield(k); k, _ = c.Next() {
		}
	}
}

// NextRequest returns the number the next request will have.
func (tx *Tx) NextRequest() uint64 { return tx.b.Bucket([]byte(members.Name)).Sequence() + 1 }

func rowsOf[V any](rows iter.Seq2[bucket.Key, V]) []V {
	var out []V
	for _, v := range rows {
		out = append(out, v)
	}
	return out
}

func first[V any](rows iter.Seq2[bucket.Key, V]) (v V, ok bool) {
	for _, v := range rows {
		return v, true
	}
	return v, false
}

func (f MemberAsked) apply(tx *Tx, e Event) error {
	m := f.Member
	if err := m.Validate(); err != nil {
		return err
	}
	if old, ok := tx.Member(m.User); ok && (old.State == Active || old.State == Pending) {
		return fmt.Errorf("user asks while %s", old.State)
	}
	m.State, m.Asked, m.Decided, m.By, m.Erased = Pending, e.At, time.Time{}, 0, false
	if m.Request != tx.NextRequest() {
		return fmt.Errorf("request %d out of turn", m.Request)
	}
	if err := tx.b.Bucket([]byte(members.Name)).SetSequence(m.Request); err != nil {
		return err
	}
	return members.Put(tx.b, memberKey(m.User), m)
}

func (f MemberJoined) apply(tx *Tx, e Event) error {
	m := f.Member
	if err := m.Validate(); err != nil {
		return err
	}
	if old, ok := tx.Member(m.User); ok && old.State == Active {
		return errors.New("user joins while active")
	}
	if err := tx.useInvite(f.Invite, m.User, e.At); err != nil {
		return err
	}
	in, _ := tx.Invite(f.Invite)
	m.State, m.Decided, m.By, m.Erased = Active, e.At, in.By, false
	if err := members.Put(tx.b, memberKey(m.User), m); err != nil {
		return err
	}
	return tx.countMember(m, 1)
}

func (f MemberDecided) apply(tx *Tx, e Event) error {
	m, ok := tx.Member(f.User)
	if !ok || m.State != Pending {
		return errors.New("no request waits for this decision")
	}
	m.State, m.Decided, m.By = Rejected, e.At, e.By
	if f.Accepted {
		m.State = Active
		if err := tx.countMember(m, 1); err != nil {
			return err
		}
	}
	return members.Put(tx.b, memberKey(m.User), m)
}

func (f MemberRevoked) apply(tx *Tx, e Event) error {
	m, ok := tx.Member(f.User)
	if !ok || m.State != Active {
		return errors.New("only an active member can be revoked")
	}
	m.State, m.Decided, m.By = Revoked, e.At, e.By
	if err := tx.countMember(m, -1); err != nil {
		return err
	}
	return members.Put(tx.b, memberKey(m.User), m)
}

func (f HandedOver) apply(tx *Tx, e Event) error {
	old, ok := tx.Member(f.From)
	next, ok2 := tx.Member(f.To)
	if !ok || !ok2 || old.State != Active || next.State != Active || old.Role != Ketua || old.Village != next.Village || f.From == f.To {
		return errors.New("no active ketua and successor of one village")
	}
	if f.Invite != "" {
		if err := tx.useInvite(f.Invite, f.To, e.At); err != nil {
			return err
		}
	}
	old.State, old.Decided, old.By, old.Successor = Revoked, e.At, e.By, f.To
	next.Role, next.Decided = Ketua, e.At
	if err := errors.Join(members.Put(tx.b, memberKey(old.User), old), members.Put(tx.b, memberKey(next.User), next)); err != nil {
		return err
	}
	return tx.countMember(old, -1)
}

func (f MemberRole) apply(tx *Tx, _ Event) error {
	m, ok := tx.Member(f.User)
	switch {
	case !ok || !m.Reports() || !(f.Role == Ketua || f.Role == Pengurus || f.Role == Relawan):
		return errors.New("no active member of a village, or no role there")
	case f.Role == Ketua && m.Role != Ketua && len(tx.ActiveKetua(m.Village)) > 0:
		return errors.New("the village has a ketua")
	}
	m.Role = f.Role
	return members.Put(tx.b, memberKey(m.User), m)
}
