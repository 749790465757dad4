package digest

import (
	"wksbm/storage"
	"wksbm/storage/region"
)

// Coverage says how many villages of a place could report as they should.
type Coverage struct {
	Villages int // those that have a WKSBM
	Decree   int // whose decree (SK) is on file
	Ketua    int // whose ketua is registered
}

// CoverageOf looks at the villages of a place now.
func CoverageOf(tx *storage.Tx, r *region.Region, scope region.Code) (c Coverage) {
	place, _ := r.ByCode(scope)
	for _, v := range villages(r, place) {
		if v.Kind != region.Desa && !expected(tx, v.Code) {
			continue
		}
		c.Villages++
		profile, _ := tx.Profile(v.Code)
		decree, ketua := profile.SKNumber != "", tx.ActiveKetua(v.Code)
		for _, m := range ketua {
			decree = decree || m.SKNumber != ""
		}
		if decree {
			c.Decree++
		}
		if len(ketua) > 0 {
			c.Ketua++
		}
	}
	return c
}
