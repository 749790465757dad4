package text

// Reading is what was understood of typed words: a sure Value, or several readings to Ask about, or
// neither, for a reason.
type Reading[T any] struct {
	Value T
	Ask   []T
	Why   Reason
}

// Reason says why words were not understood. Empty: they were.
type Reason string

// The reasons.
const (
	Unclear    Reason = "unclear"    // no such number, date … can be read
	TooSmall   Reason = "too_small"  // zero or below
	TooLarge   Reason = "too_large"  // beyond anything a village handles
	Future     Reason = "future"     // a date to come, of something that has happened
	Disagree   Reason = "disagree"   // weekday and date, hour and part of the day do not belong together
	Impossible Reason = "impossible" // 31 February
	Several    Reason = "several"    // more than one number where one was asked for
	Figures    Reason = "figures"    // a number where a name was asked for
)

// Sure reports whether Value can be taken.
func (r Reading[T]) Sure() bool { return r.Why == "" && len(r.Ask) == 0 }

// Asks reports whether the person has to choose between readings.
func (r Reading[T]) Asks() bool { return len(r.Ask) > 0 }

func sure[T any](v T) Reading[T]          { return Reading[T]{Value: v} }
func ask[T any](vs ...T) Reading[T]       { return Reading[T]{Ask: vs} }
func unread[T any](why Reason) Reading[T] { return Reading[T]{Why: why} }
func each[T, U any](r Reading[T], f func(T) U) Reading[U] {
	out := Reading[U]{Why: r.Why}
	for _, v := range r.Ask {
		out.Ask = append(out.Ask, f(v))
	}
	if r.Sure() {
		out.Value = f(r.Value)
	}
	return out
}

// maxInput is how much of typed words is looked at; no number or date is longer.
const maxInput = 400
