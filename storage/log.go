package storage

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"wksbm/storage/bucket"
	"wksbm/storage/region"
)

// A log row is a header of fixed width, the fact as JSON, and the chain's link:
// HMAC(key, link before ‖ header ‖ body). Header: version u8, kind u8, book day u16, reserved u32,
// village u64, user u64, time u64 (unix seconds), all big-endian.
const (
	headerSize = 32
	linkSize   = sha256.Size
	logVersion = 1
)

const chainKey = "chain_head"

// kinds lists the kinds of events; a kind's place is its stored code. Only ever appended to.
func kinds() []Kind {
	return []Kind{
		"", "member_asked", "member_joined", "member_decided", "member_revoked", "invite_made",
		"invite_revoked", "reported", "report_cancelled", "group_claimed", "group_moved", "group_lost",
		"report_revised", "report_verified", "correction_asked", "correction_decided", "case_opened", "case_revised",
		"case_entered", "cases_judged", "roster_put", "activity_put", "partner_put", "profile_put", "handed_over",
		"broadcast_made", "broadcast_held", "guide_added", "guide_removed", "setting_put",
		"report_returned", "report_rejected", "report_taken",
		"erasure_asked", "erasure_refused", "person_erased",
		"case_planned", "looked",
		"member_role",
	}
}

// Record appends a fact to the log and brings the records up to it. at is cut to whole seconds. What
// is applied is the fact as the log holds it, so that a replay gives the same records: writing
// changes, for one, text that is no UTF-8.
func (tx *Tx) Record(at time.Time, by int64, village region.Code, f Fact) (Event, error) {
	body, err := json.Marshal(f)
	if err != nil {
		return Event{}, fmt.Errorf("encode event: %w", err)
	}
	rows := tx.b.Bucket([]byte(logBucket))
	rows.FillPercent = 0.95
	seq, err := rows.NextSequence()
	if err != nil {
		return Event{}, fmt.Errorf("number event: %w", err)
	}
	e := Event{Seq: seq, Kind: f.kind(), At: at.UTC().Truncate(time.Second), By: by, Village: village, Body: body}
	row := append(header(e), body...)
	row = append(row, tx.link(row)...)
	if err := rows.Put(bucket.Key(nil).U64(seq), row); err != nil {
		return Event{}, fmt.Errorf("append event: %w", err)
	}
	if err := tx.setHead(row); err != nil {
		return Event{}, err
	}
	if f, err = e.Fact(); err != nil {
		return Event{}, err
	}
	if err := f.apply(tx, e); err != nil {
		return Event{}, fmt.Errorf("apply %s: %w", e.Kind, err)
	}
	return e, nil
}

func header(e Event) []byte {
	code := slices.Index(kinds(), e.Kind)
	if code < 1 {
		panic("event kind without a code: " + string(e.Kind))
	}
	b := []byte{logVersion, byte(code)}
	b = binary.BigEndian.AppendUint16(b, uint16(DayOf(e.At)))
	b = binary.BigEndian.AppendUint32(b, 0)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Village))
	b = binary.BigEndian.AppendUint64(b, uint64(e.By))
	return binary.BigEndian.AppendUint64(b, uint64(e.At.Unix()))
}

func (tx *Tx) head() []byte { return tx.b.Bucket([]byte(metaBucket)).Get([]byte(chainKey)) }

func (tx *Tx) setHead(row []byte) error {
	err := tx.b.Bucket([]byte(metaBucket)).Put([]byte(chainKey), bytes.Clone(row[len(row)-linkSize:]))
	if err != nil {
		return fmt.Errorf("move chain head: %w", err)
	}
	return nil
}

func (tx *Tx) link(data []byte) []byte { return link(tx.vault.chain, tx.head(), data) }

func link(key, before, data []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(before)
	h.Write(data)
	return h.Sum(nil)
}

// readEvent decodes a log row.
func readEvent(seq uint64, row []byte) (Event, error) {
	if len(row) < headerSize+linkSize || row[0] != logVersion {
		return Event{}, errors.New("not a log row of a known version")
	}
	if int(row[1]) >= len(kinds()) || row[1] == 0 {
		return Event{}, errors.New("unknown kind of event")
	}
	return Event{
		Seq: seq, Kind: kinds()[row[1]],
		Village: region.Code(binary.BigEndian.Uint64(row[8:])),
		By:      int64(binary.BigEndian.Uint64(row[16:])),
		At:      time.Unix(int64(binary.BigEndian.Uint64(row[24:])), 0).UTC(),
		Body:    bytes.Clone(row[headerSize : len(row)-linkSize]),
	}, nil
}

// Fact decodes the event's body.
func (e Event) Fact() (Fact, error) {
	f, err := emptyFact(e.Kind)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(e.Body, f); err != nil {
		return nil, fmt.Errorf("decode event: %w", err)
	}
	return f, nil
}

func emptyFact(k Kind) (Fact, error) {
	switch k {
	case "member_asked":
		return new(MemberAsked), nil
	case "member_joined":
		return new(MemberJoined), nil
	case "member_decided":
		return new(MemberDecided), nil
	case "member_revoked":
		return new(MemberRevoked), nil
	case "invite_made":
		return new(InviteMade), nil
	case "invite_revoked":
		return new(InviteRevoked), nil
	case "reported":
		return new(Reported), nil
	case "report_cancelled":
		return new(ReportCancelled), nil
	case "group_claimed":
		return new(GroupClaimed), nil
	case "group_moved":
		return new(GroupMoved), nil
	case "group_lost":
		return new(GroupLost), nil
	}
	return emptyRecord(k)
}

// emptyRecord returns the facts about what a village keeps.
func emptyRecord(k Kind) (Fact, error) {
	switch k {
	case "report_revised":
		return new(ReportRevised), nil
	case "report_verified":
		return new(ReportVerified), nil
	case "correction_asked":
		return new(CorrectionAsked), nil
	case "correction_decided":
		return new(CorrectionDecided), nil
	case "case_opened":
		return new(CaseOpened), nil
	case "case_revised":
		return new(CaseRevised), nil
	case "case_entered":
		return new(CaseEntered), nil
	case "cases_judged":
		return new(CasesJudged), nil
	case "roster_put":
		return new(RosterPut), nil
	case "activity_put":
		return new(ActivityPut), nil
	case "partner_put":
		return new(PartnerPut), nil
	case "profile_put":
		return new(ProfilePut), nil
	case "handed_over":
		return new(HandedOver), nil
	}
	return emptyNews(k)
}

// emptyNews returns the facts about what staff sends to the villages.
func emptyNews(k Kind) (Fact, error) {
	switch k {
	case "broadcast_made":
		return new(BroadcastMade), nil
	case "broadcast_held":
		return new(BroadcastHeld), nil
	case "guide_added":
		return new(GuideAdded), nil
	case "guide_removed":
		return new(GuideRemoved), nil
	case "setting_put":
		return new(SettingPut), nil
	case "case_planned":
		return new(CasePlanned), nil
	case "looked":
		return new(Looked), nil
	case "member_role":
		return new(MemberRole), nil
	}
	return emptyReview(k)
}

// emptyReview returns the facts about what staff says of reports.
func emptyReview(k Kind) (Fact, error) {
	switch k {
	case "report_returned":
		return new(ReportReturned), nil
	case "report_rejected":
		return new(ReportRejected), nil
	case "report_taken":
		return new(ReportTaken), nil
	}
	return emptyErasure(k)
}

// emptyErasure returns the facts about what is not to be known any more.
func emptyErasure(k Kind) (Fact, error) {
	switch k {
	case "erasure_asked":
		return new(ErasureAsked), nil
	case "erasure_refused":
		return new(ErasureRefused), nil
	case "person_erased":
		return new(PersonErased), nil
	}
	return nil, fmt.Errorf("unknown kind of event %q", k)
}

func (MemberAsked) kind() Kind     { return "member_asked" }
func (MemberJoined) kind() Kind    { return "member_joined" }
func (MemberDecided) kind() Kind   { return "member_decided" }
func (MemberRevoked) kind() Kind   { return "member_revoked" }
func (InviteMade) kind() Kind      { return "invite_made" }
func (InviteRevoked) kind() Kind   { return "invite_revoked" }
func (Reported) kind() Kind        { return "reported" }
func (ReportCancelled) kind() Kind { return "report_cancelled" }
func (GroupClaimed) kind() Kind    { return "group_claimed" }
func (GroupMoved) kind() Kind      { return "group_moved" }
func (GroupLost) kind() Kind       { return "group_lost" }

func (ReportRevised) kind() Kind     { return "report_revised" }
func (ReportVerified) kind() Kind    { return "report_verified" }
func (CorrectionAsked) kind() Kind   { return "correction_asked" }
func (CorrectionDecided) kind() Kind { return "correction_decided" }
func (CaseOpened) kind() Kind        { return "case_opened" }
func (CaseRevised) kind() Kind       { return "case_revised" }
func (CaseEntered) kind() Kind       { return "case_entered" }
func (CasesJudged) kind() Kind       { return "cases_judged" }
func (RosterPut) kind() Kind         { return "roster_put" }
func (ActivityPut) kind() Kind       { return "activity_put" }
func (PartnerPut) kind() Kind        { return "partner_put" }
func (ProfilePut) kind() Kind        { return "profile_put" }
func (HandedOver) kind() Kind        { return "handed_over" }

func (BroadcastMade) kind() Kind { return "broadcast_made" }
func (BroadcastHeld) kind() Kind { return "broadcast_held" }
func (GuideAdded) kind() Kind    { return "guide_added" }
func (GuideRemoved) kind() Kind  { return "guide_removed" }
func (CasePlanned) kind() Kind   { return "case_planned" }
func (Looked) kind() Kind        { return "looked" }
func (SettingPut) kind() Kind    { return "setting_put" }
func (MemberRole) kind() Kind    { return "member_role" }

func (ReportReturned) kind() Kind { return "report_returned" }
func (ReportRejected) kind() Kind { return "report_rejected" }
func (ReportTaken) kind() Kind    { return "report_taken" }
func (ErasureAsked) kind() Kind   { return "erasure_asked" }
func (ErasureRefused) kind() Kind { return "erasure_refused" }
func (PersonErased) kind() Kind   { return "person_erased" }

// Last is the number of the newest event, 0 when nothing happened yet.
func (tx *Tx) Last() uint64 { return tx.b.Bucket([]byte(logBucket)).Sequence() }

// Events yields the log from seq on. A row that cannot be decoded panics.
func (tx *Tx) Events(from uint64) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		c := tx.b.Bucket([]byte(logBucket)).Cursor()
		for k, row := c.Seek(bucket.Key(nil).U64(from)); k != nil; k, row = c.Next() {
			e, err := readEvent(bucket.U64At(k, 0), row)
			if err != nil {
				panic(bucket.Corrupt{Bucket: logBucket, Key: bytes.Clone(k), Err: err})
			}
			if !yield(e) {
				return
			}
		}
	}
}

// verifyChain checks every link and that numbers follow each other.
func verifyChain(b *bolt.Tx, key []byte) error {
	var before []byte
	want := uint64(1)
	c := b.Bucket([]byte(logBucket)).Cursor()
	for k, row := c.First(); k != nil; k, row = c.Next() {
		seq := bucket.U64At(k, 0)
		if seq != want {
			return fmt.Errorf("log: event %d where %d was due", seq, want)
		}
		if len(row) < headerSize+linkSize {
			return fmt.Errorf("log: event %d is cut short", seq)
		}
		data, have := row[:len(row)-linkSize], row[len(row)-linkSize:]
		if !hmac.Equal(have, link(key, before, data)) {
			return fmt.Errorf("log: event %d does not fit the chain", seq)
		}
		before, want = have, want+1
	}
	if !bytes.Equal(before, b.Bucket([]byte(metaBucket)).Get([]byte(chainKey))) {
		return errors.New("log: the last event is not the one the chain ended with")
	}
	return nil
}
