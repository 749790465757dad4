package storage

import (
	"errors"
	"strings"
)

// Namesakes are where a village's own lists name a member: on the roster, and as ketua in the profile.
type Namesakes struct {
	Attendee Attendee // the only one of that name; zero when there is none, or more than one
	Profile  bool
}

// Namesakes finds where the lists of a member's village hold the member's name.
func (tx *Tx) Namesakes(m Member) (out Namesakes) {
	name, found := tx.Unseal(m.Name, "name"), 0
	for _, a := range tx.Roster(m.Village) {
		if sameName(tx.Unseal(a.Name, "name"), name) {
			out.Attendee, found = a, found+1
		}
	}
	if found != 1 {
		out.Attendee = Attendee{}
	}
	p, _ := tx.Profile(m.Village)
	out.Profile = sameName(tx.Unseal(p.Ketua, "ketua"), name)
	return out
}

// sameName says whether two names are written alike but for capitals and spaces. Nobody has the name of
// those who were erased.
func sameName(a, b string) bool {
	a, b = strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " ")
	return a != "" && a != Erased && strings.EqualFold(a, b)
}

// PersonsOfMember returns whose keys seal what was ever said of a member by name: at each registration, on the
// village's roster, and as ketua in its profile; not those who were erased.
func (tx *Tx) PersonsOfMember(m Member) []PersonID {
	name := tx.Unseal(m.Name, "name")
	all := []PersonID{m.Person, tx.Namesakes(m).Attendee.Person}
	for e := range tx.Events(1) {
		switch e.Kind {
		case MemberAsked{}.kind(), MemberJoined{}.kind():
			if e.By != m.User {
				continue
			}
		case ProfilePut{}.kind():
			if e.Village != m.Village {
				continue
			}
		default:
			continue
		}
		switch f := factOf(e).(type) {
		case *MemberAsked:
			all = append(all, f.Member.Person)
		case *MemberJoined:
			all = append(all, f.Member.Person)
		case *ProfilePut:
			if sameName(tx.Unseal(f.Profile.Ketua, "ketua"), name) {
				all = append(all, f.Profile.Person)
			}
		}
	}
	return tx.living(all)
}

// eraseMember takes the access away; the reports stay.
func (tx *Tx) eraseMember(user int64, e Event) error {
	m, ok := tx.Member(user)
	if !ok {
		return errors.New("no member to erase")
	}
	switch m.State {
	case Active:
		if err := tx.countMember(m, -1); err != nil {
			return err
		}
		m.State = Revoked
	case Pending:
		m.State = Rejected
	}
	m.Phone, m.Erased, m.Decided, m.By = Sealed{}, true, e.At, e.By
	return members.Put(tx.b, memberKey(user), m)
}
