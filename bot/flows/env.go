// Package flows is the repertoire of conversations.
package flows

import (
	"strconv"
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
	"wksbm/bot/remind"
	"wksbm/storage"
	"wksbm/storage/region"
)

// Env is what a conversation may look at. It lives as long as the transaction.
type Env struct {
	Now        time.Time // of recording, in WITA
	Said       time.Time // when the words were said, in WITA: "hari ini" is of that day
	Tx         *storage.Tx
	Region     *region.Region
	Who        chat.Person
	Member     storage.Member
	Registered bool // Member is set
	Privacy    Privacy
	Limits     Limits
	Group      storage.Group // zero while no Dinsos group is known
	// Token is unguessable and made of letters that a deep link allows; "" where NeedsToken is false.
	Token string
	// Link is what an invited person opens; "" while the bot's name is unknown. Nil in tests without
	// an office.
	Link func(token string) string
	// Farewell tells a ketua that somebody took her office over.
	Farewell func(old, next storage.Member) chat.Reply
	// Card shows a person who asks to come in, or came in by an invite, to the group.
	Card func(storage.Member) chat.Reply
	// Post makes the cards that tell the group of something: about "case", "urgent", "death",
	// "correction", "over" … with its number. Nil in tests without an office.
	Post func(about string, n uint64) []chat.Reply
	// Reminders says when people are reminded, Nags of what this person was. Nags may be changed; nil
	// where nobody is there to wish.
	Reminders remind.Rules
	Nags      *storage.Nags
}

// Privacy is what differs from office to office in the notice of /privasi.
type Privacy struct {
	Version    string // of the text, stored with every consent
	Controller string
	Contact    string
	Retention  int // months after which the data of residents is erased; 0: never
}

// The settings that go before what is configured.
const (
	SettingController = "privacy_controller"
	SettingContact    = "privacy_contact"
	SettingRetention  = "retention_months"
)

// With returns what holds now: what administrators set goes before what was configured.
func (p Privacy) With(tx *storage.Tx) Privacy {
	if v := tx.Setting(SettingController); v != "" {
		p.Controller = v
	}
	if v := tx.Setting(SettingContact); v != "" {
		p.Contact = v
	}
	if n, err := strconv.Atoi(tx.Setting(SettingRetention)); err == nil && n >= 0 {
		p.Retention = n
	}
	return p
}

// Limits are numbers that an office may set.
type Limits struct {
	AidGap int // days in which a household that got aid is pointed out; 0: never
}

// The names of the conversations, stored with drafts.
const (
	Registration = "registration"
	AidReceived  = "aid_received"
	AidGiven     = "aid_given"
	CancelReport = "cancel_report"
	Activity     = "activity"
	ActivityDone = "activity_done"
	Partner      = "partner"
	Profile      = "profile"
	Meeting      = "meeting"
	Attendee     = "attendee"
	Household    = "household"
	CaseNote     = "case_note"
	Death        = "death"
)

// All lists the conversations.
func All() []flow.Conversation[Env] {
	return []flow.Conversation[Env]{registration(), aidReceived(), aidGiven(), cancelReport(), activity(), activityDone(), partnerFlow(), profileFlow(), meetingFlow(), attendeeFlow(), householdFound(), caseNoted(), deathKnown()}
}

// active says whether the person may report.
func (e Env) active() bool { return e.Registered && e.Member.Reports() }

// oversees says whether the person is the TKSK of a kecamatan.
func (e Env) oversees() bool { return e.Registered && e.Member.Oversees() }

// call is how the person is addressed inside a sentence: "Bu", "Pak".
func (e Env) call() string {
	switch {
	case !e.Registered:
		return "Ibu/Bapak"
	case e.Member.Address == addressBapak:
		return "Pak"
	}
	return "Bu"
}

// address is how a sentence to the person begins: "Ibu", "Bapak".
func (e Env) address() string {
	if e.Member.Address == addressBapak {
		return "Bapak"
	}
	return "Ibu"
}

// name is the person's own name, as it is greeted.
func (e Env) name() string {
	if !e.Registered {
		return ""
	}
	return e.Tx.Unseal(e.Member.Name, "name")
}

// How people are addressed, as stored.
const (
	addressIbu   = "ibu"
	addressBapak = "bapak"
)

// askDinsos is the way out when the questions are not understood.
func askDinsos(e Env) string {
	return "Silakan hubungi Dinsos: " + chat.Escape(e.Privacy.Contact) + ". Isian tetap tersimpan."
}

func tap(label string, words ...string) chat.Button {
	return chat.Button{Label: label, Data: chat.NewTap("m", words...).Data()}
}
