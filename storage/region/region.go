// Package region knows the places of the kabupaten.
package region

import (
	"strconv"
	"time"
)

// Code is a place by its official number without dots: 52.07.02.2011 is 5207022011, the kecamatan
// 52.07.02 is 520702. Zero is no place.
type Code uint64

// String returns the digits, as ParseCode reads them.
func (c Code) String() string { return strconv.FormatUint(uint64(c), 10) }

// Kinds of places.
const (
	District = "kecamatan"
	Desa     = "desa"
	Ward     = "kelurahan"
)

// WITA is the time zone of the kabupaten: UTC+8, no daylight saving.
var WITA = time.FixedZone("WITA", 8*60*60)

// Place is a kecamatan, desa or kelurahan.
type Place struct {
	Code     Code
	Name     string // "Seloto", official spelling
	Kind     string // District, Desa, Ward
	District Code   // the kecamatan it lies in; its own code for a kecamatan
}

// Region is the list of places, fixed once loaded.
type Region struct {
	places []Place
	byCode map[Code]Place
	names  []name
}

// name is one folded spelling of a place.
type name struct {
	folded string
	place  Place
}
