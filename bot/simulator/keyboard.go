package simulator

import (
	"encoding/json"
	"unicode/utf8"
)

// markup reads reply_markup: inline buttons, a reply keyboard, or the end of one.
func markup(r *room, raw string) ([][]Button, *Keyboard, error) {
	if raw == "" {
		return nil, nil, nil
	}
	var m struct {
		Inline *[][]wireButton `json:"inline_keyboard"`
		Board  *[][]wireKey    `json:"keyboard"`
		Once   bool            `json:"one_time_keyboard"`
		Hint   string          `json:"input_field_placeholder"`
		Remove bool            `json:"remove_keyboard"`
		Force  bool            `json:"force_reply"`
	}
	if raw == "null" || json.Unmarshal([]byte(raw), &m) != nil {
		return nil, nil, bad("object expected as reply markup")
	}
	switch {
	case m.Inline != nil:
		rows, err := inline(*m.Inline)
		return rows, nil, err
	case m.Board != nil:
		k, err := board(r, *m.Board)
		if err != nil {
			return nil, nil, err
		}
		if utf8.RuneCountInString(m.Hint) > maxHint {
			return nil, nil, bad("INPUT_FIELD_PLACEHOLDER_TOO_LONG")
		}
		k.Once, k.Hint = m.Once, m.Hint
		return nil, k, nil
	case m.Remove:
		return nil, &Keyboard{Gone: true}, nil
	case m.Force:
		return nil, &Keyboard{Force: true, Hint: m.Hint}, nil
	}
	return nil, nil, nil
}

type wireButton struct {
	Text string  `json:"text"`
	Data *string `json:"callback_data"`
	URL  string  `json:"url"`
	Copy *struct {
		Text string `json:"text"`
	} `json:"copy_text"`
	Off json.RawMessage `json:"disabled"`
}

func inline(rows [][]wireButton) ([][]Button, error) {
	var out [][]Button
	n := 0
	for _, row := range rows {
		var line []Button
		for _, b := range row {
			if n++; n > maxButtons {
				return nil, bad("reply markup is too long")
			}
			if b.Text == "" {
				return nil, bad("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
			}
			button := Button{Label: b.Text, URL: b.URL, Off: b.Off != nil}
			kinds := 0
			if b.Data != nil {
				if kinds++; len(*b.Data) < 1 || len(*b.Data) > maxData {
					return nil, bad("BUTTON_DATA_INVALID")
				}
				button.Data = *b.Data
			}
			if b.Copy != nil {
				if kinds++; utf8.RuneCountInString(b.Copy.Text) < 1 || utf8.RuneCountInString(b.Copy.Text) > 256 {
					return nil, bad("BUTTON_COPY_TEXT_INVALID")
				}
				button.Copy = b.Copy.Text
			}
			if b.URL != "" {
				kinds++
			}
			if kinds == 0 && !button.Off {
				return nil, bad("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
			}
			line = append(line, button)
		}
		if line != nil {
			out = append(out, line)
		}
	}
	return out, nil
}

type wireKey struct {
	Text     string `json:"text"`
	Contact  bool   `json:"request_contact"`
	Location bool   `json:"request_location"`
}

func board(r *room, rows [][]wireKey) (*Keyboard, error) {
	k := &Keyboard{}
	for _, row := range rows {
		var line []Key
		for _, key := range row {
			if r.Type != private && key.Contact {
				return nil, bad("phone number can be requested in private chats only")
			}
			if r.Type != private && key.Location {
				return nil, bad("location can be requested in private chats only")
			}
			line = append(line, Key{Label: key.Text, Contact: key.Contact, Location: key.Location})
		}
		k.Rows = append(k.Rows, line)
	}
	return k, nil
}
