package simulator

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A transcript is a chat that a village office could read. Lines of people begin with their handle
// and ">", "@handle" in between names the chat when it is not their own; lines of the bot begin with
// "<", or with a chat's handle before it when it is not the first person's. [Label] is a button,
// {Label} a key of the reply keyboard. (foto), (kontak) and the like stand for what is no text.

// wita is the zone in which transcripts tell the time.
var wita = time.FixedZone("WITA", 8*60*60)

// Transcript writes everything that happened as a transcript.
func (t *Telegram) Transcript() string {
	var out strings.Builder
	var last string
	var minute string
	for _, e := range t.Events(0) {
		lines := t.Lines(e)
		if len(lines) == 0 {
			continue
		}
		if now := e.At.In(wita).Format("2006-01-02 15:04"); now != minute && (e.Person != 0 || e.Kind == Remark) {
			minute = now
			out.WriteString("\n@ " + now + "\n")
			last = ""
		}
		if head := lines[0]; last != "" && prefix(head) == last && strings.HasSuffix(last, "<") {
			out.WriteString("\n")
		}
		for _, l := range lines {
			out.WriteString(l + "\n")
		}
		last = prefix(lines[0])
	}
	return strings.TrimLeft(out.String(), "\n")
}

func prefix(line string) string {
	head, _, _ := strings.Cut(line, " ")
	return head
}

// Lines writes one event as lines of a transcript; none when it shows nothing.
func (t *Telegram) Lines(e Event) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e.Kind == Remark {
		return []string{e.Text}
	}
	r := t.room(e.Chat)
	if r == nil || e.Kind == Menu || e.Kind == MovedOn {
		return nil
	}
	if e.Person != 0 && e.Kind != Toasted {
		return personLine(t, r, e)
	}
	return botLines(t, r, e)
}

func personLine(t *Telegram, r *room, e Event) []string {
	p := t.person(e.Person)
	who := p.Handle
	first := r.ID == p.ID && e.Kind == Sent && e.Message.ID == 1 // home was elsewhere until then
	if t.home(p) != r || first && t.groupOf(p) != nil || e.topic() != 0 {
		who += "@" + r.handle(t) + e.thread()
	}
	switch e.Kind {
	case TappedOn:
		return []string{who + "> [" + e.Label + "]"}
	case BlockedBy:
		return []string{who + "> (blokir)"}
	case FreedBy:
		return []string{who + "> (buka blokir)"}
	case Deleted:
		return []string{who + "> (hapus)"}
	case Changed:
		return []string{who + "> (ubah) " + oneLine(e.Message.Text)}
	case Sent:
		if s := e.Message.said(t.w.Bot.ID); s != "" {
			return []string{who + "> " + s}
		}
	}
	return nil
}

// home is where a person speaks when no chat is named: their own chat, or the one group they are in
// when they never wrote to the bot alone.
func (t *Telegram) home(p *Person) *room {
	if g := t.groupOf(p); g != nil && !t.room(p.ID).Started {
		return g
	}
	return t.room(p.ID)
}

// groupOf is the first group that a person is in; nil when there is none.
func (t *Telegram) groupOf(p *Person) *room {
	for _, r := range t.w.Rooms {
		if r.Type == private || r.MovedTo != 0 {
			continue
		}
		if slices.Contains(r.Members, p.ID) {
			return r
		}
	}
	return nil
}

func (r *room) handle(t *Telegram) string {
	for next := r; next.MovedTo != 0; {
		if next = t.room(next.MovedTo); next == nil {
			break
		}
		r = next
	}
	return r.Handle
}

// said is what a person's message looks like in a transcript.
func (m *Message) said(bot int64) string {
	caption := ""
	if m.Text != "" && m.Kind != "text" {
		caption = " " + oneLine(m.Text)
	}
	switch m.Kind {
	case "text":
		switch {
		case m.Forward:
			return "(teruskan) " + oneLine(m.Text)
		case m.Anonymous:
			return "(anonim) " + oneLine(m.Text)
		}
		return oneLine(m.Text)
	case "photo":
		return "(foto)" + caption
	case "document":
		return "(dokumen)" + caption
	case "contact":
		if m.Contact.User != m.From {
			return "(kontak orang lain)"
		}
		return "(kontak)"
	case "location":
		return "(lokasi)"
	case "sticker":
		return "(stiker)"
	case "voice":
		return "(suara)"
	case "poll":
		return "(polling)"
	case "service":
		return m.Service.said(bot)
	}
	return ""
}

// said is what a person did to the bot, as a gesture; "" when it was something else.
func (s *Service) said(bot int64) string {
	switch {
	case s.Joined == bot:
		return "(tambah)"
	case s.Left == bot:
		return "(keluarkan)"
	case s.Joined != 0:
		return "(masuk)"
	case s.Left != 0:
		return "(pergi)"
	}
	return ""
}

// topic is the topic of a forum in which something happened, 0 outside of topics.
func (e Event) topic() int64 {
	if e.Message == nil {
		return 0
	}
	return e.Message.Topic
}

// thread is a topic behind the handle of its chat: "#7".
func (e Event) thread() string {
	if e.topic() == 0 {
		return ""
	}
	return "#" + strconv.FormatInt(e.topic(), 10)
}

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", ` \n `) }

func botLines(t *Telegram, r *room, e Event) []string {
	mark := r.handle(t) + e.thread() + "< "
	if len(t.w.People) > 0 && t.w.People[0].ID == r.ID {
		mark = "< "
	}
	switch e.Kind {
	case Toasted:
		if e.Text == "" {
			return nil
		}
		return []string{mark + "(toast) " + e.Text}
	case Reacted:
		return []string{mark + "(reaksi " + e.Text + ") " + oneLine(e.Message.Text)}
	case Pinned:
		title, _, _ := strings.Cut(e.Message.Text, "\n")
		return []string{mark + "(disematkan) " + title}
	case Unpinned:
		title, _, _ := strings.Cut(e.Message.Text, "\n")
		return []string{mark + "(tidak disematkan lagi) " + title}
	case Deleted:
		return []string{mark + "(dihapus) " + oneLine(e.Message.Text)}
	case Changed:
		if e.Text == "buttons" {
			return nil
		}
		lines := e.Message.shown(mark)
		lines[0] = mark + "(ubah) " + strings.TrimPrefix(lines[0], mark)
		return lines
	case Sent:
		return e.Message.shown(mark)
	}
	return nil
}

// shown is a message of the bot, line by line, with its buttons.
func (m *Message) shown(mark string) []string {
	var out []string
	words := m.Text
	switch m.Kind {
	case "photo":
		words = strings.TrimSpace("(foto) " + words)
	case "document":
		words = strings.TrimSpace("(dokumen) " + m.File.Name + " " + words)
	}
	for line := range strings.SplitSeq(words, "\n") {
		out = append(out, strings.TrimRight(mark+line, " "))
	}
	for _, row := range m.Buttons {
		var labels []string
		for _, b := range row {
			labels = append(labels, "["+b.Label+"]")
		}
		out = append(out, mark+strings.Join(labels, " "))
	}
	if m.Keyboard != nil {
		for _, row := range m.Keyboard.Rows {
			var labels []string
			for _, k := range row {
				labels = append(labels, "{"+k.Label+"}")
			}
			out = append(out, mark+strings.Join(labels, " "))
		}
	}
	return out
}

// ErrNoLine is returned for a line that no person says.
var ErrNoLine = errors.New("not a line of a person")

// Play does what a person's line of a transcript says.
func (t *Telegram) Play(line string) error {
	who, what, ok := strings.Cut(line, ">")
	what = strings.TrimSpace(what)
	if !ok || what == "" || strings.ContainsAny(who, " <[(") {
		return ErrNoLine
	}
	handle, at, named := strings.Cut(who, "@")
	person := t.ID(handle)
	if person == 0 {
		return fmt.Errorf("nobody is called %q", handle)
	}
	at, thread, _ := strings.Cut(at, "#")
	topic, _ := strconv.ParseInt(thread, 10, 64)
	chat := t.Chat(at)
	if !named {
		t.mu.Lock()
		chat = t.home(t.person(person)).ID
		t.mu.Unlock()
	}
	switch {
	case strings.HasPrefix(what, "[") && strings.HasSuffix(what, "]"):
		return t.TapLabel(person, chat, what[1:len(what)-1])
	case strings.HasPrefix(what, "("):
		kind, rest, _ := strings.Cut(what[1:], ")")
		return t.gesture(person, chat, topic, kind, strings.TrimSpace(rest))
	}
	_, err := t.Write(person, chat, Message{Kind: "text", Topic: topic, Text: strings.ReplaceAll(what, ` \n `, "\n")})
	return err
}

// gesture does what stands in brackets.
func (t *Telegram) gesture(person, chat, topic int64, kind, rest string) error {
	name, arg, _ := strings.Cut(kind, " ")
	message := Message{Kind: map[string]string{"lokasi": "location", "stiker": "sticker", "suara": "voice", "polling": "poll"}[name], Text: ""}
	var err error
	switch name {
	case "foto":
		_, err = t.Attach(person, chat, "photo", "foto.jpg", rest, "", samplePicture)
	case "album":
		n, _ := strconv.Atoi(arg)
		album := t.NewAlbum()
		for range n {
			if _, err = t.Attach(person, chat, "photo", "foto.jpg", rest, album, samplePicture); err != nil {
				return err
			}
			rest = ""
		}
	case "dokumen":
		_, err = t.Attach(person, chat, "document", "surat.pdf", rest, "", []byte("%PDF-1.4\n"))
	case "balas": // to the newest message that holds the words in brackets
		to, found := t.newest(chat, func(m Message) bool { return strings.Contains(m.Text, strings.Trim(arg, `"`)) && (arg != "" || m.Bot) })
		if !found {
			return errors.New("no message to answer")
		}
		_, err = t.Write(person, chat, Message{Kind: "text", Topic: to.Topic, Text: rest, ReplyTo: to.ID})
	case "kontak":
		m := Message{Kind: "contact"}
		if arg != "" {
			m.Contact = &Contact{Phone: "+6281200099999", Name: "Tetangga", User: 999}
		}
		_, err = t.Write(person, chat, m)
	case "teruskan":
		_, err = t.Write(person, chat, Message{Kind: "text", Text: rest, Forward: true})
	case "anonim": // (anonim) words, (anonim balas "words") answer
		m := Message{Kind: "text", Topic: topic, Text: rest, Anonymous: true}
		if words, answers := strings.CutPrefix(arg, "balas "); answers {
			to, _ := t.newest(chat, func(m Message) bool { return strings.Contains(m.Text, strings.Trim(words, `"`)) })
			m.ReplyTo = to.ID
		}
		_, err = t.Write(person, chat, m)
	case "ubah", "hapus":
		return t.amend(person, chat, name, arg, rest)
	case "blokir":
		t.Block(person)
	case "buka":
		t.Unblock(person)
	case "tambah":
		err = t.AddBot(person, chat)
	case "keluarkan":
		err = t.RemoveBot(person, chat)
	case "pergi": // leaves the group
		err = t.LeaveGroup(person, chat)
	case "masuk": // is brought into it
		err = t.EnterGroup(person, chat)
	case "data":
		m, found := t.newest(chat, func(m Message) bool { return m.Bot && len(m.Buttons) > 0 })
		if !found {
			return errors.New("no message with buttons")
		}
		err = t.TapData(person, chat, m.ID, rest)
	default:
		if message.Kind == "" {
			return fmt.Errorf("unknown gesture (%s)", kind)
		}
		_, err = t.Write(person, chat, message)
	}
	return err
}

// amend edits or deletes a person's newest message, or the newest that holds the words in arg.
func (t *Telegram) amend(person, chat int64, name, arg, rest string) error {
	m, ok := t.newest(chat, func(m Message) bool { return m.From == person && strings.Contains(m.Text, strings.Trim(arg, `"`)) })
	if !ok {
		return errors.New("no message of one's own")
	}
	if name == "hapus" {
		return t.DeleteOwn(person, chat, m.ID)
	}
	return t.EditOwn(person, chat, m.ID, rest)
}

func (t *Telegram) newest(chat int64, fits func(Message) bool) (Message, bool) {
	all := t.Messages(t.moved(chat))
	for i := len(all) - 1; i >= 0; i-- {
		if fits(all[i]) {
			return all[i], true
		}
	}
	return Message{}, false
}

// samplePicture is a gray dot: what a transcript's photos show.
var samplePicture = []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x99\x99\x99\x00\x00\x00!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")
