package telegram

import (
	"testing"

	"wksbm/bot/chat"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	const who = `"message_id":5,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7,"first_name":"Ibu"}`
	for raw, want := range map[string]chat.Kind{
		`{"update_id":1,"message":{` + who + `,"text":"halo"}}`:                                          chat.Text,
		`{"update_id":1,"message":{` + who + `,"text":"/rekap@bot minggu"}}`:                             chat.Command,
		`{"update_id":1,"message":{` + who + `,"sticker":{"file_id":"x","type":"regular"}}}`:             chat.Other,
		`{"update_id":1,"message":{` + who + `,"photo":[{"file_id":"a"},{"file_id":"b"}]}}`:              chat.Photo,
		`{"update_id":1,"message":{` + who + `,"contact":{"phone_number":"08","first_name":"x"}}}`:       chat.Contact,
		`{"update_id":1,"message":{` + who + `,"migrate_to_chat_id":-1005}}`:                             chat.Moved,
		`{"update_id":1,"callback_query":{"id":"q","from":{"id":7},"data":"m","message":{` + who + `}}}`: chat.Tapped,
		`{"update_id":1,"my_chat_member":{"chat":{"id":7,"type":"private"},"from":{"id":7},"date":1,"old_chat_member":{"status":"member","user":{"id":1}},"new_chat_member":{"status":"kicked","user":{"id":1}}}}`: chat.Left,
		`{"update_id":1,"poll":{"id":"x"}}`: chat.Ignored,
	} {
		if h := Decode([]byte(raw)); h.Bad != nil || h.Input.Kind != want || h.ID != 1 {
			t.Errorf("%s\n= %+v", raw, h)
		}
	}
	bad := Decode([]byte(`{"update_id":9,"message":{` + who + `,"forward_origin":{"type":"from_the_moon"}}}`))
	if bad.Bad == nil || bad.ID != 9 || bad.Input.Chat.ID != 7 || !bad.Input.Chat.Private {
		t.Errorf("unknown union kind: %+v", bad)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"update_id":1,"message":{"message_id":5,"chat":{"id":7,"type":"private"},"text":"/a"}}`))
	f.Add([]byte(`{"update_id":1,"callback_query":{"id":"q"}}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if h := Decode(raw); h.Bad == nil && h.Input.Kind == "" {
			t.Fatalf("%s has no kind", raw)
		}
	})
}
