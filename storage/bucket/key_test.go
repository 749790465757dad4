package bucket

import (
	"bytes"
	"cmp"
	"math"
	"strings"
	"testing"
)

// parts are the values of one key.
type parts struct {
	Signed   int64
	Text     string
	Unsigned uint64
	Short    uint16
}

func (p parts) key() Key {
	return Key(nil).I64(p.Signed).Text(p.Text).Tag('d').U64(p.Unsigned).U16(p.Short)
}

func (p parts) compare(q parts) int {
	return cmp.Or(
		cmp.Compare(p.Signed, q.Signed), strings.Compare(p.Text, q.Text),
		cmp.Compare(p.Unsigned, q.Unsigned), cmp.Compare(p.Short, q.Short),
	)
}

// read takes a key apart again, by the escaping that Text documents.
func read(k Key) (p parts, ok bool) {
	p.Signed = I64At(k, 0)
	var text []byte
	for i := 8; i+1 < len(k); i++ {
		switch {
		case k[i] != 0:
			text = append(text, k[i])
		case k[i+1] == 0xFF:
			text = append(text, 0)
			i++
		default:
			rest := k[i+2:]
			if k[i+1] != 1 || len(rest) != 11 || rest[0] != 'd' {
				return p, false
			}
			p.Text, p.Unsigned, p.Short = string(text), U64At(rest, 1), U16At(rest, 9)
			return p, true
		}
	}
	return p, false
}

// FuzzKeyOrder holds keys to the order of their values.
func FuzzKeyOrder(f *testing.F) {
	for _, c := range []struct{ a, b parts }{
		{parts{Signed: -1}, parts{Signed: 1}},
		{parts{Signed: math.MinInt64}, parts{Signed: math.MaxInt64}},
		{parts{Text: "a"}, parts{Text: "a\x00"}},
		{parts{Text: "a\x00"}, parts{Text: "a\x01"}},
		{parts{Text: "a\x00\xff"}, parts{Text: "a\x00"}},
		{parts{Text: "a", Unsigned: math.MaxUint64}, parts{Text: "aa"}},
		{parts{Text: "", Short: 256}, parts{Text: "\x00\x01", Short: 1}},
		{parts{Unsigned: 255}, parts{Unsigned: 256}},
	} {
		f.Add(c.a.Signed, c.a.Text, c.a.Unsigned, c.a.Short, c.b.Signed, c.b.Text, c.b.Unsigned, c.b.Short)
	}
	f.Fuzz(func(t *testing.T, s1 int64, t1 string, u1 uint64, h1 uint16, s2 int64, t2 string, u2 uint64, h2 uint16) {
		a, b := parts{s1, t1, u1, h1}, parts{s2, t2, u2, h2}
		if have, want := bytes.Compare(a.key(), b.key()), a.compare(b); have != want {
			t.Errorf("keys of %+v and %+v compare %d, the values %d", a, b, have, want)
		}
		b.Signed = a.Signed // so that the text decides
		if have, want := bytes.Compare(a.key(), b.key()), a.compare(b); have != want {
			t.Errorf("keys of %+v and %+v compare %d, the values %d", a, b, have, want)
		}
	})
}

// FuzzKeyText holds the escaping to giving the text back, and no text to being the beginning of
// another: an index finds its rows by the beginning of a key.
func FuzzKeyText(f *testing.F) {
	for _, c := range [][2]string{{"", "a"}, {"a", "ab"}, {"\x00", "\x00\x00"}, {"\xff", "\x00\xff"}, {"\x01", "\x00\x01"}} {
		f.Add(c[0], c[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		want := parts{Signed: -7, Text: a, Unsigned: 1 << 40, Short: 513}
		if have, ok := read(want.key()); !ok || have != want {
			t.Errorf("%q comes back as %q", a, have.Text)
		}
		if a != b && bytes.HasPrefix(Key(nil).Text(b), Key(nil).Text(a)) {
			t.Errorf("the key of %q begins as that of %q", b, a)
		}
	})
}

// A prefix may be shared: what is added to it for one key must not show in another.
func TestKeysDoNotShareMemory(t *testing.T) {
	t.Parallel()
	prefix := append(make(Key, 0, 64), 1, 2)
	a := prefix.U64(math.MaxUint64)
	b := prefix.Text("x").U16(3)
	if !bytes.Equal(a, append(Key{1, 2}, bytes.Repeat([]byte{0xFF}, 8)...)) || !bytes.HasPrefix(b, prefix) {
		t.Errorf("keys %x and %x", a, b)
	}
}
