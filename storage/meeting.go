package storage

// Meeting is the Body of a MeetingHeld report.
type Meeting struct {
	Person     PersonID // whose key seals the texts
	Kind       string   // code: "regular"
	Start      int      // minutes since midnight WITA; −1 when not given
	Place      Sealed   // field "place"
	Chair      Sealed   // field "chair"
	Agenda     Sealed   // field "agenda"
	Invited    int      // people invited, those on the roster among them
	Here       []uint64 // those on the roster who came, by Attendee.ID
	Away       []uint64 // and who did not
	Guests     int      // people who came and are not on the roster
	GuestNames Sealed   // field "guests"; zero when only their number is known
	Decisions  Sealed   // field "decisions"
	Order      Sealed   // field "order": administration put in order
	Review     Sealed   // field "review": activities reviewed
	Plan       Sealed   // field "plan": next programmes planned
	Photos     []string // file ids of the paper list
	Next       Day      // of the next meeting; 0 when none was set
	NextStart  int      // minutes since midnight WITA; −1 when not given
	NextPlace  Sealed   `json:",omitzero"` // field "next_place"
}

// Present is how many people came.
func (m Meeting) Present() int { return len(m.Here) + m.Guests }

// NextMeeting is a meeting that was announced.
type NextMeeting struct {
	Report uint64 // that announced it
	Day    Day
	Start  int // minutes since midnight WITA; −1 when not given
}

// announce remembers the next meeting a report set; the latest report holds. One that is taken back
// takes its announcement with it.
func (tx *Tx) announce(r Report, m Meeting, sign int) error {
	v := tx.Village(r.Village)
	switch {
	case sign > 0 && m.Next != 0 && (v.Next == nil || v.Next.Report <= r.Number):
		v.Next = &NextMeeting{Report: r.Number, Day: m.Next, Start: m.NextStart}
	case sign < 0 && v.Next != nil && v.Next.Report == r.Number:
		v.Next = nil
	default:
		return nil
	}
	return tx.putVillage(v)
}
