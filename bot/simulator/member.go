package simulator

import "slices"

// getChatMember says where a person stands in a group, as for a bot that is in it.
func (t *Telegram) getChatMember(f form) (any, error) {
	r, err := t.open(f)
	if err != nil {
		return nil, err
	}
	user := f.int("user_id")
	switch {
	case t.person(user) == nil:
		return nil, bad("PARTICIPANT_ID_INVALID")
	case !slices.Contains(r.Members, user):
		return object{"status": "left", "user": t.user(user)}, nil
	case len(r.Admins) > 0 && r.Admins[0] == user:
		return object{"status": "creator", "user": t.user(user), "is_anonymous": false}, nil
	case slices.Contains(r.Admins, user):
		return object{"status": "administrator", "user": t.user(user), "can_be_edited": false, "is_anonymous": false}, nil
	}
	return object{"status": "member", "user": t.user(user)}, nil
}

// Promote makes a person an administrator of a group; its first administrator is the creator.
func (t *Telegram) Promote(person, group int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, err := t.place(person, group)
	if err != nil || r.Type == private {
		return errNoRoom
	}
	if !slices.Contains(r.Admins, person) {
		r.Admins = append(slices.Clone(r.Admins), person)
	}
	return nil
}

// Demote makes a person an ordinary member of a group again.
func (t *Telegram) Demote(person, group int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, err := t.place(person, group)
	if err != nil || r.Type == private {
		return errNoRoom
	}
	r.Admins = slices.DeleteFunc(slices.Clone(r.Admins), func(id int64) bool { return id == person })
	return nil
}

// MakeForum makes a forum with topics of a group.
func (t *Telegram) MakeForum(group int64, topics ...int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.room(group)
	if r == nil || r.Type == private || r.MovedTo != 0 {
		return errNoRoom
	}
	r.Type, r.Topics = superGroup, topics
	return nil
}

// PromoteBot makes the bot an administrator of a group it is in: it sees all that is written there and may
// delete it.
func (t *Telegram) PromoteBot(group int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.room(group)
	if r == nil || r.Type == private || r.Bot != member && r.Bot != admin {
		return errNoRoom
	}
	r.Bot = admin
	return nil
}

// LeaveGroup has a person leave a group; EnterGroup brings them back.
func (t *Telegram) LeaveGroup(person, group int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, err := t.place(person, group)
	if err != nil || r.Type == private {
		return errNoRoom
	}
	if _, err = t.write(person, r.ID, Message{Kind: "service", Service: &Service{Left: person}}); err != nil {
		return err
	}
	gone := func(id int64) bool { return id == person }
	r.Members, r.Admins = slices.DeleteFunc(r.Members, gone), slices.DeleteFunc(r.Admins, gone)
	return nil
}

// EnterGroup adds a person to a group.
func (t *Telegram) EnterGroup(person, group int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.room(group)
	if r == nil || r.Type == private || t.person(person) == nil || slices.Contains(r.Members, person) {
		return errNoRoom
	}
	r.Members = append(r.Members, person)
	_, err := t.write(person, r.ID, Message{Kind: "service", Service: &Service{Joined: person}})
	return err
}
