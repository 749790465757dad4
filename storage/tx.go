package storage

// Contract of this package for the other rooms. One Store, one writer; readers see whole commits.
//
//	Open(path string, o Options) (*Store, error)     creates safely when path does not exist
//	(*Store) View(fn func(*Tx) error) error
//	(*Store) Update(ctx, fn func(*Tx) error) error   one job of one step
//	(*Store) Apply(ctx, steps []Step) error          one job: one getUpdates answer
//	type Step struct { Do func(*Tx) error; Aside func(cause error) func(*Tx) error }
//	(*Store) Changed() <-chan struct{}               has a token after each commit that put outbox rows
//	(*Store) Erase(PersonID) error                   drops the key: the person's Sealed fields are gone
//	(*Store) Doctor(ctx) ([]string, error)           findings, none when sound
//	(*Store) Backup(io.Writer) error, (*Store) Close() error
//
//	Tx, reading (View and Update):
//	Member(user int64) (Member, bool)      Request(n uint64) (Member, bool)   by request number
//	Members(village) []Member              PendingMembers() []Member          oldest first
//	InviteByToken(token string) (Invite, bool)   Invite(id) (Invite, bool)    Invites() []Invite   open ones
//	Report(number) (Report, bool)          ReportsBy(user, before uint64, n int) []Report   newest first; before=0 from the newest
//	ReportOfDraft(source string) (Report, bool)
//	Village(code) Village                  Totals(code, day from, to) Totals   MonthTotals(code, Month) Totals
//	StaffGroup() (Posted-like Group{Chat,Topic}, bool)
//	Chat(id) Chat                          Posted(tag) (Posted, bool)
//	Seen(update int64) bool                NextOffset() int64
//	LastRun(job string) time.Time          Note(key string) string           small remembered words (bot username, claim hash)
//	Outbox iteration: Outgoings() iter.Seq[Outgoing]
//	Unseal(s Sealed, field string) string  "" for the zero value, "(dihapus)" when the key is gone
//
//	Tx, writing (Update only):
//	Record(at time.Time, by int64, village region.Code, f Fact) (Event, error)   append to the log and project
//	NewPerson() PersonID                   Seal(p PersonID, field, text string) Sealed
//	NextReport() uint64  NextDraft() uint64  NextRequest() uint64
//	PutChat(Chat) error                    Enqueue(Outgoing) (seq, error)    SettleSent(seq, ...) PutOutgoing, DeleteOutgoing
//	PutPosted(tag, Posted)                 MoveChat(from, to) error
//	MarkSeen(update int64, at), SetNextOffset(int64), PruneSeen(before), SetAside(update, raw, class)
//	SetLastRun(job, t)                     SetNote(key, value)
