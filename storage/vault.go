package storage

// PersonID names a person whose fields are sealed with a key of their own. It says nothing about them.
type PersonID string

// Sealed is text encrypted with a person's key, bound to its field. The zero value is no text.
type Sealed struct {
	Person PersonID `json:"p,omitempty"`
	Box    []byte   `json:"b,omitempty"`
}

// IsZero reports whether nothing was sealed.
func (s Sealed) IsZero() bool { return len(s.Box) == 0 }
