package region

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

// The lists are data of idn-area-data 4.0.1 under ODbL 1.0 (Kepmendagri 300.2.2-2138/2025), and
// spellings that people type.
//
//go:embed wilayah-52.07.csv
var placesCSV string

//go:embed wilayah-alias-52.07.csv
var aliasesCSV string

// Load reads the places of the kabupaten that the program carries.
func Load() (*Region, error) {
	r := &Region{byCode: map[Code]Place{}}
	rows, err := csv.NewReader(strings.NewReader(placesCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read places: %w", err)
	}
	for _, row := range rows[1:] {
		code, err := ParseCode(row[0])
		if err != nil {
			return nil, fmt.Errorf("read places: %w", err)
		}
		r.add(Place{Code: code, Name: row[1], Kind: row[2], District: districtOf(code)})
	}
	aliases, err := csv.NewReader(strings.NewReader(aliasesCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read aliases: %w", err)
	}
	for _, row := range aliases[1:] {
		code, err := ParseCode(row[0])
		if p, ok := r.byCode[code]; err == nil && ok {
			r.names = append(r.names, name{fold(row[2]), p})
		}
	}
	return r, nil
}

// Must is for tests and the program's start: the places are part of the program.
func Must(r *Region, err error) *Region {
	if err != nil {
		panic(err)
	}
	return r
}

// New makes a region of other places, for measuring.
func New(places []Place) *Region {
	r := &Region{byCode: map[Code]Place{}}
	for _, p := range places {
		r.add(p)
	}
	return r
}

func (r *Region) add(p Place) {
	r.places = append(r.places, p)
	r.byCode[p.Code] = p
	r.names = append(r.names, name{fold(p.Name), p})
}

// ParseCode reads an official number, with or without its dots.
func ParseCode(s string) (Code, error) {
	digits := strings.ReplaceAll(s, ".", "")
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || len(digits) != 6 && len(digits) != 10 {
		return 0, fmt.Errorf("%q is no number of a kecamatan, desa or kelurahan", s)
	}
	return Code(n), nil
}

// districtOf cuts the number of a village to that of its kecamatan: fixed widths, nothing computed.
func districtOf(c Code) Code {
	if c > 999_999 {
		return c / 10_000
	}
	return c
}

// ByCode returns the place with this number.
func (r *Region) ByCode(c Code) (Place, bool) {
	p, ok := r.byCode[c]
	return p, ok
}

// Districts returns the kecamatan in official order.
func (r *Region) Districts() []Place {
	return r.filter(func(p Place) bool { return p.Kind == District })
}

// Villages returns the desa and kelurahan of a kecamatan, of all when district is 0.
func (r *Region) Villages(district Code) []Place {
	return r.filter(func(p Place) bool {
		return p.Kind != District && (district == 0 || p.District == district)
	})
}

func (r *Region) filter(keep func(Place) bool) []Place {
	var out []Place
	for _, p := range r.places {
		if keep(p) {
			out = append(out, p)
		}
	}
	return out
}

// Title returns "Desa Seloto", "Kelurahan Menala", "Kecamatan Taliwang"; "Desa Beru" stays as it is.
func (p Place) Title() string {
	word := map[string]string{District: "Kecamatan", Desa: "Desa", Ward: "Kelurahan"}[p.Kind]
	if strings.HasPrefix(p.Name, word+" ") {
		return p.Name
	}
	return word + " " + p.Name
}

// FullName returns "Desa Seloto, Taliwang".
func (r *Region) FullName(c Code) string {
	p, ok := r.byCode[c]
	if !ok {
		return "Kabupaten Sumbawa Barat"
	}
	if p.Kind == District {
		return p.Title()
	}
	return p.Title() + ", " + r.byCode[p.District].Name
}
