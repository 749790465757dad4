// Package chat holds the words in which a conversation is heard and answered, free of any messenger.
package chat

import "time"

// Kind says what an Input brings.
type Kind string

// The kinds of input. Kinds a bot cannot use (stickers, voice, polls …) arrive as Other, so that
// nobody meets silence.
const (
	Text     Kind = "text"     // typed words, in Input.Text
	Command  Kind = "command"  // "/name args", in Input.Command
	Tapped   Kind = "tap"      // an inline button, in Input.Data
	Photo    Kind = "photo"    // a picture, in Input.File; its caption in Input.Text
	Document Kind = "document" // a file, in Input.File; its caption in Input.Text
	Contact  Kind = "contact"  // a contact card, in Input.Contact
	Location Kind = "location" // a pin, in Input.Location
	Other    Kind = "other"    // anything else a person can send; Input.Text names it ("sticker")
	Joined   Kind = "joined"   // the bot was started again or added to a group
	Left     Kind = "left"     // the bot was blocked or removed from a group
	Moved    Kind = "moved"    // a group became a supergroup: Input.MovedFrom, Input.MovedTo
	Ignored  Kind = "ignored"  // service messages and the like: nobody waits for an answer
)

// Input is one thing that happened in a chat.
type Input struct {
	Kind    Kind
	At      time.Time // when the messenger received it, UTC
	Chat    Place
	From    Person
	Message int64 // the message itself; for Tapped the message that carries the button
	ReplyTo int64 // the message it answers, 0 if none
	Quoted  *Quoted
	Edited  bool // a new version of an earlier message (same Message)
	Forward bool // forwarded from somebody else
	Again   bool // heard before; what was missing to answer it was asked for meanwhile

	Text     string
	Command  Order
	Data     string // callback data of a Tapped, untrusted
	Query    string // id under which a Tapped is answered (Toast)
	File     *File
	Contact  *Card
	Location *Pin

	MovedFrom, MovedTo int64
}

// Quoted is what a message answers.
type Quoted struct {
	Text string // words or caption
	File *File
}

// Place is a chat.
type Place struct {
	ID      int64
	Private bool   // a chat with one person, whose id is the chat's
	Title   string // of a group
	Topic   int64  // forum topic, 0 outside topics
}

// Person is who spoke. Anonymous admins and channels have no identity: they have no rights.
type Person struct {
	ID        int64
	Name      string // as the messenger shows it
	Anonymous bool
	Bot       bool
}

// Order is a command: "/rekap@wksbm_bot minggu" is Order{"rekap", "wksbm_bot", "minggu"}.
type Order struct {
	Name string // lower case, without the slash
	To   string // the bot it is addressed to, "" if none is named
	Args string // the rest, trimmed
}

// File is a photo or document by reference; its bytes stay with the messenger.
type File struct {
	ID     string // for sending it again
	Unique string // same file, same value; cannot be used for sending
	Photo  bool
	Name   string
	Size   int64
	Album  string // media group id: several files of one album are one answer
}

// Card is a contact card. Only a person's own card proves their number: UserID == Input.From.ID.
type Card struct {
	UserID int64
	Phone  string
	Name   string
}

// Pin is a place on the map, in degrees.
type Pin struct{ Latitude, Longitude float64 }

// Act says what a Reply does.
type Act string

// The acts of a reply.
const (
	Say    Act = "say"    // a new message that stays as it is
	Show   Act = "card"   // the chat's one live card: edited in place, or sent anew when Fresh
	Edit   Act = "edit"   // change message Reply.Message (or the one posted under Reply.Tag)
	Strip  Act = "strip"  // take the buttons from message Reply.Message
	Toast  Act = "toast"  // answer the tap Reply.Query; Text may be empty
	React  Act = "react"  // put Reply.Emoji on message Reply.Message, in the place of another one; a courtesy
	Delete Act = "delete" // delete message Reply.Message; then Text is said, or Otherwise when that may not be
	Busy   Act = "busy"   // show for some seconds that a file is coming; never in the outbox
	Check  Act = "check"  // learn whether the person of the private chat Reply.Chat is in group Reply.Group
	Top    Act = "top"    // keep message Reply.Message at the top of its chat, quietly; never in the outbox
	Loose  Act = "loose"  // keep message Reply.Message there no more; never in the outbox
)

// The signs put on a person's own message. A messenger takes those of its own list only.
const (
	Received = "👌" // it became a report
	Approved = "👍" // staff found the report right
)

// Class says what is done when it is unknown whether a reply went out (a crash between sending and
// settling). It never changes what is sent first.
type Class string

// The classes, from STORAGE.md §4 and TELEGRAM.md §5.
const (
	Screen  Class = "screen"  // a card of a conversation: sent again
	Receipt Class = "receipt" // carries a number: sent again, recognisable as a twin by it
	Notice  Class = "notice"  // news to one person or the group: sent again
	Digest  Class = "digest"  // sent again for some hours, marked as a repeat
	Bulk    Class = "bulk"    // an announcement to many: sent again only at somebody's word
	Fleet   Class = "fleet"   // toast, strip, delete, react: never sent again
)

// Reply is one thing to do in a chat. Text is HTML limited to b, i, s, code, pre and a; everything
// that people wrote passes Escape first.
type Reply struct {
	Act      Act        `json:"act"`
	Class    Class      `json:"class"`
	Chat     int64      `json:"chat"`
	Topic    int64      `json:"topic,omitempty"`
	Text     string     `json:"text,omitempty"`
	Buttons  [][]Button `json:"buttons,omitempty"`
	Keyboard *Keyboard  `json:"keyboard,omitempty"`
	Message  int64      `json:"message,omitempty"`
	ReplyTo  int64      `json:"reply_to,omitempty"`
	Group    int64      `json:"group,omitempty"` // of a Check
	Emoji    string     `json:"emoji,omitempty"` // of a React: Received, Approved
	Query    string     `json:"query,omitempty"`
	// Otherwise is said in answer to a message that was to be deleted and could not be.
	Otherwise string    `json:"otherwise,omitempty"`
	Fresh     bool      `json:"fresh,omitempty"` // Show: send below the last words; the old card loses its buttons
	Live      bool      `json:"live,omitempty"`  // Say: becomes the chat's live card
	Last      bool      `json:"last,omitempty"`  // Show: stays as it is, as a receipt does; the next card goes below it
	Tag       string    `json:"tag,omitempty"`   // remembers the message sent under this name, for a later Edit
	Pin       bool      `json:"pin,omitempty"`   // a message that becomes new is pinned
	Unpin     int64     `json:"unpin,omitempty"` // the message that it takes the place of
	Photo     string    `json:"photo,omitempty"` // file id of a picture; Text is its caption
	File      string    `json:"file,omitempty"`  // file id of a document; Text is its caption
	Draw      *Drawing  `json:"draw,omitempty"`  // Text, Buttons and Upload are made when it is sent
	Upload    *Upload   `json:"-"`               // only of a drawn reply; Text is its caption
	After     time.Time `json:"after,omitzero"`  // not sent before this time, when set; the chat goes on meanwhile
	Until     time.Time `json:"until,omitzero"`  // not sent after this time, when set: it would disturb
}

// Drawing names something that is drawn when it is sent, so that the outbox holds no bytes.
type Drawing struct {
	Kind   string `json:"kind"`             // "digest"
	Period string `json:"period"`           // 2026-11-23, 2026-W47, 2026-11
	Scope  string `json:"scope,omitempty"`  // "" the kabupaten, else a region code
	Format string `json:"format,omitempty"` // of a file: "xlsx", "pdf", "png"; "" for words alone
	For    int64  `json:"for,omitempty"`    // the user who asked; whoever draws looks at their rights again
	Name   string `json:"name,omitempty"`   // of the file, where the kind leaves it open
}

// Announcement is the Drawing.Kind of the card that tells how far an announcement has come; its Period
// is the number.
const Announcement = "announcement"

// Upload is a file that goes out with a reply. It is never stored.
type Upload struct {
	Name    string // with extension
	Data    []byte
	Picture bool // shown in the chat instead of offered for download
	Spoken  bool // Text says the same: it goes alone when the file is not taken
}

// Button is an inline button; exactly one of Data, URL and Copy is set.
type Button struct {
	Label string `json:"label"`
	Data  string `json:"data,omitempty"` // made by Tap.Data
	URL   string `json:"url,omitempty"`
	Copy  string `json:"copy,omitempty"`
}

// Keyboard is the reply keyboard below the typing box. Remove takes it away.
type Keyboard struct {
	Rows   [][]Key `json:"rows,omitempty"`
	Once   bool    `json:"once,omitempty"`
	Remove bool    `json:"remove,omitempty"`
	Force  bool    `json:"force,omitempty"` // ask for an answer to this very message (groups)
}

// Key is a button of a reply keyboard. Contact and Location work in private chats only.
type Key struct {
	Label    string `json:"label"`
	Contact  bool   `json:"contact,omitempty"`
	Location bool   `json:"location,omitempty"`
}

// Heard is one update of the messenger: its id, what it means, and the raw bytes for setting aside.
// Bad is set when it could not be understood; Input then holds what could be read of the sender.
type Heard struct {
	ID    int64
	Input Input
	Bad   error
	Raw   []byte
}
