package flow

// Printed is the answer to one question as people read it.
type Printed struct {
	Step  string
	Label string
	Text  string // "" when there is none
}

// Print returns the answers in t to those of the steps that have a label and apply, as plain text.
func Print[E, T any](e E, steps []Question[E, T], t *T) []Printed {
	var out []Printed
	for _, q := range steps {
		if h := q.about(); h.Label != "" && (h.When == nil || h.When(e, t)) {
			out = append(out, Printed{h.Step, h.Label, q.shown(e, t)})
		}
	}
	return out
}
