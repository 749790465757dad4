package bucket

import "encoding/binary"

// Key builds a row's key part by part, so that the order of bytes is the order of values. Every
// method returns a longer copy: a prefix may be shared.
type Key []byte

func (k Key) with(n int, add func([]byte) []byte) Key {
	out := make([]byte, len(k), len(k)+n)
	copy(out, k)
	return add(out)
}

// U64 appends v big-endian.
func (k Key) U64(v uint64) Key {
	return k.with(8, func(b []byte) []byte { return binary.BigEndian.AppendUint64(b, v) })
}

// I64 appends v so that negative values sort first.
func (k Key) I64(v int64) Key { return k.U64(uint64(v) ^ 1<<63) }

// U16 appends v big-endian.
func (k Key) U16(v uint16) Key {
	return k.with(2, func(b []byte) []byte { return binary.BigEndian.AppendUint16(b, v) })
}

// Tag appends one byte that tells kinds of rows apart.
func (k Key) Tag(t byte) Key {
	return k.with(1, func(b []byte) []byte { return append(b, t) })
}

// Text appends s so that a shorter text sorts before its continuations and no text is the prefix of
// another: 0x00 becomes 0x00 0xFF, the end is 0x00 0x01.
func (k Key) Text(s string) Key {
	return k.with(len(s)+2, func(b []byte) []byte {
		for i := range len(s) {
			b = append(b, s[i])
			if s[i] == 0 {
				b = append(b, 0xFF)
			}
		}
		return append(b, 0, 1)
	})
}

// U64At reads what U64 wrote at offset i of a key.
func U64At(key []byte, i int) uint64 { return binary.BigEndian.Uint64(key[i : i+8]) }

// U16At reads what U16 wrote at offset i of a key.
func U16At(key []byte, i int) uint16 { return binary.BigEndian.Uint16(key[i : i+2]) }

// I64At reads what I64 wrote at offset i of a key.
func I64At(key []byte, i int) int64 { return int64(U64At(key, i) ^ 1<<63) }
