package storage

import (
	"encoding/json"
	"fmt"
)

// DecodeBody decodes what only this kind of report has into v. A body that cannot be decoded panics.
func (r Report) DecodeBody(v any) {
	if err := decodeBody(r, v); err != nil {
		panic(err)
	}
}

// EncodeBody makes the Body of a report of v.
func EncodeBody(v any) json.RawMessage {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Errorf("encode body of a report: %w", err)) // bodies are plain structs
	}
	return data
}

func decodeBody(r Report, v any) error {
	if len(r.Body) == 0 {
		return nil
	}
	if err := json.Unmarshal(r.Body, v); err != nil {
		return fmt.Errorf("decode body of report %d: %w", r.Number, err)
	}
	return nil
}

// follow brings what a report changes beside the ledger up to it: the cases that got aid, the
// meeting that was announced, the case that it opened or closed.
func (tx *Tx) follow(r Report, sign int) error {
	switch r.Kind {
	case AidGiven:
		var g Given
		if err := decodeBody(r, &g); err != nil {
			return err
		}
		for _, to := range g.To {
			if err := tx.help(to.Case, r, sign); err != nil {
				return err
			}
		}
	case MeetingHeld:
		var m Meeting
		if err := decodeBody(r, &m); err != nil {
			return err
		}
		return tx.announce(r, m, sign)
	case HouseholdFound:
		switch {
		case sign > 0:
			return tx.release(r.Number)
		case r.State == Returned:
			return tx.hold(r.Number)
		case !r.State.Counts():
			return tx.withdraw(r.Number)
		}
	case DeathKnown:
		var d Death
		if err := decodeBody(r, &d); err != nil || r.State != Cancelled {
			return err
		}
		return tx.revive(d.Case)
	}
	return nil
}
