package telegram

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"wksbm/bot/chat"
	"wksbm/bot/simulator"
)

// A file arrives byte for byte, with its caption and buttons, or with a long text below it.
func TestFilesArriveWhole(t *testing.T) {
	t.Parallel()
	world := simulator.New(simulator.Options{Token: secret})
	ibu := world.AddPerson("ibu", "Ibu")
	_, err := world.Say(ibu, ibu, "/start")
	must(t, err)
	c, err := Dial(secret, "", Options{HTTP: world.Client(), Log: slog.New(slog.DiscardHandler)})
	must(t, err)
	data := bytes.Repeat([]byte("PK\x00\r\n--\xff"), 30_000)
	buttons := [][]chat.Button{{{Label: "PDF", Data: "x:y"}}}
	for _, r := range []chat.Reply{
		{Text: "<b>Rekap</b>", Upload: &chat.Upload{Name: "rekap-2026-11.xlsx", Data: data}, Buttons: buttons},
		{Text: strings.Repeat("k", maxCaption+1), Upload: &chat.Upload{Name: "rekap.pdf", Data: data}, Buttons: buttons},
		{Text: "Grafik", Upload: &chat.Upload{Name: "grafik.png", Data: []byte("\x89PNG\r\n\x1a\n"), Picture: true}},
	} {
		r.Act, r.Class, r.Chat = chat.Say, chat.Notice, ibu
		id, err := c.Send(context.Background(), r)
		must(t, err)
		all := world.Messages(ibu)
		m := all[len(all)-1]
		if m.ID != id {
			t.Errorf("message %d, want %d", id, m.ID)
		}
		if m.Text != chat.Plain(r.Text) || len(m.Buttons) != len(r.Buttons) {
			t.Errorf("says %q with %v", m.Text, m.Buttons)
		}
		if m.File == nil { // the text is too long to be a caption
			m = all[len(all)-2]
		}
		got, _, ok := world.File(m.File.ID)
		if !ok || m.File.Name != r.Upload.Name || !bytes.Equal(got, r.Upload.Data) {
			t.Errorf("%s arrives as %s with %d bytes", r.Upload.Name, m.File.Name, len(got))
		}
		if picture := m.Kind == "photo"; picture != r.Upload.Picture {
			t.Errorf("%s arrives as %s", r.Upload.Name, m.Kind)
		}
	}
}
