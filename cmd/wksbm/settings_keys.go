package main

import (
	"encoding"
	"reflect"

	"github.com/xrash/smetrics"
)

// knownKeys lists the keys of a settings type in full ("telegram.token"), tables too.
func knownKeys(t reflect.Type, prefix string) []string {
	var keys []string
	for f := range t.Fields() {
		key := prefix + f.Tag.Get("toml")
		keys = append(keys, key)
		if isTable(f.Type) {
			keys = append(keys, knownKeys(f.Type, key+".")...)
		}
	}
	return keys
}

// isTable tells the structs that are tables from those that are values.
func isTable(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && !t.Implements(reflect.TypeFor[encoding.TextMarshaler]())
}

// kindOf says in words what the value of a key must be, "" for a key that is unknown.
func kindOf(key []string) string {
	t := reflect.TypeFor[settings]()
	for _, part := range key {
		field, ok := fieldOf(t, part)
		if !ok {
			return ""
		}
		t = field.Type
	}
	switch {
	case isTable(t):
		return "a table"
	case t.Kind() == reflect.Int, t.Kind() == reflect.Int64:
		return "a whole number"
	default:
		return "text in quotes"
	}
}

func fieldOf(t reflect.Type, key string) (reflect.StructField, bool) {
	if !isTable(t) {
		return reflect.StructField{}, false
	}
	for f := range t.Fields() {
		if f.Tag.Get("toml") == key {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// nearest returns the known key that is most like key, or "" when none is near. The table a key was
// put in counts little: a right name in the wrong table is found.
func nearest(key string, known []string) string {
	best, least := "", len(key)/3+2
	for _, k := range known {
		d := min(smetrics.WagnerFischer(key, k, 1, 1, 1), smetrics.WagnerFischer(lastPart(key), lastPart(k), 1, 1, 1)+1)
		if d < least {
			best, least = k, d
		}
	}
	return best
}

func lastPart(key string) string {
	for i := len(key) - 1; i >= 0; i-- {
		if key[i] == '.' {
			return key[i+1:]
		}
	}
	return key
}
