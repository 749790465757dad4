package flows

import (
	"time"

	"wksbm/bot/chat"
	"wksbm/bot/flow"
)

func saying(s string) func(Env, *applicant) string { return fixed[applicant](s) }

func fixed[T any](s string) func(Env, *T) string { return func(Env, *T) string { return s } }

func now(e Env) time.Time { return e.Said }

func same(s string) string { return s }

// options makes a fixed set of answers from code, label, code, label …
func options(pairs ...string) func(Env, *applicant) []flow.Option {
	return choices[applicant](pairs...)
}

func choices[T any](pairs ...string) func(Env, *T) []flow.Option {
	var all []flow.Option
	for i := 0; i+1 < len(pairs); i += 2 {
		all = append(all, flow.Option{Value: pairs[i], Label: pairs[i+1]})
	}
	return func(Env, *T) []flow.Option { return all }
}

// screen is a card in the place of the present one.
func screen(words string, rows ...[]chat.Button) chat.Reply {
	return chat.Reply{Act: chat.Show, Class: chat.Screen, Text: words, Buttons: rows}
}

// last is a card that stays in the chat.
func last(words string, rows ...[]chat.Button) chat.Reply {
	r := screen(words, rows...)
	r.Class, r.Last = chat.Receipt, true
	return r
}
