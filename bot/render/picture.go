package render

import (
	"fmt"
	"slices"
	"strconv"

	"wksbm/bot/digest"
	"wksbm/bot/text"
	"wksbm/storage"
	"wksbm/storage/region"
)

// side is the length of a picture's edges in pixels.
const side = 1080

// Measures of a picture, in pixels.
const (
	edge      = 36
	tileTop   = 132
	tileHigh  = 76
	bandsTop  = 268
	bandsEnd  = 1046
	panelWide = 208 // kecamatan and bar, at the left of a band
	abreast   = 3   // villages side by side in a band
	rowMost   = 36.0
	rowLeast  = 22.0
	bandGap   = 7
)

// Picture draws a period: how many villages stand in each state, for each kecamatan a bar and its villages
// week by week. Equal details give equal bytes.
func Picture(d digest.Detail, r *region.Region) ([]byte, error) {
	c := newCanvas()
	drawPicture(c, d, r)
	return c.bytes()
}

func drawPicture(c *canvas, d digest.Detail, r *region.Region) {
	c.box(0, 0, side, side, paperWhite)
	place := "Kabupaten Sumbawa Barat"
	if d.Scope.Code != 0 {
		place = d.Scope.Title()
	}
	c.text("Rekap WKSBM", edge, 66, 46, bold, ink)
	when := d.Period.Title()
	if d.Open && !d.Period.IsDay() {
		when = d.Period.Span(d.Today)
	}
	c.fit(place+" · "+when, edge, 110, 30, side-2*edge, regular, faded)
	c.tiles(d)
	if d.Scope.Code != 0 {
		c.rows(d)
		return
	}
	bands := bandsOf(d, r)
	c.heads(d, bands)
	c.bands(bands, len(d.Weeks))
}

// tiles are the legend, with the number of villages in each state.
func (c *canvas) tiles(d digest.Detail) {
	wide := (side - 2*edge - 3*14) / 4
	for i, s := range digest.States() {
		x := edge + i*(wide+14)
		c.box(x, tileTop, x+wide, tileTop+tileHigh, mist)
		c.sign(s, x+14, tileTop+14, 48, 48)
		c.text(strconv.Itoa(len(d.In(s))), x+76, tileTop+40, 38, bold, ink)
		c.text(s.Label(), x+76, tileTop+65, 22, regular, faded)
	}
}

// strip is one kecamatan of a picture.
type strip struct {
	place    region.Place
	value    int
	villages []digest.Village
}

// bands is what a picture shows below each other.
type bands struct {
	of     string // what the bars measure
	strips []strip
	most   int // the highest value
}

// measureOf says what bars measure: the families helped, or reports when none was.
func measureOf(d digest.Detail) (string, func(storage.Totals) int) {
	if families, _ := digest.Heads(d.Totals); families == 0 {
		return "Laporan", func(t storage.Totals) int { return t.Reports }
	}
	return "KK dibantu", func(t storage.Totals) int {
		families, _ := digest.Heads(t)
		return families
	}
}

// bandsOf sorts villages by kecamatan.
func bandsOf(d digest.Detail, r *region.Region) bands {
	of, measure := measureOf(d)
	out := bands{of: of}
	for _, district := range r.Districts() {
		s := strip{place: district}
		for _, v := range d.Villages {
			if v.Place.District != district.Code {
				continue
			}
			s.villages = append(s.villages, v)
			s.value += measure(v.Totals)
		}
		if len(s.villages) > 0 {
			out.strips, out.most = append(out.strips, s), max(out.most, s.value)
		}
	}
	return out
}

func (b bands) sum() (n int) {
	for _, s := range b.strips {
		n += s.value
	}
	return n
}

// rows is how many lines of villages a strip has; its bar needs two.
func (s strip) rows() int { return max(2, (len(s.villages)+abreast-1)/abreast) }

// cellWide is the width of one week's cell, gap included.
func cellWide(weeks int) int { return min(24, 110/max(weeks, 1)) }

// columnWide is the width of a village with its weeks.
const columnWide = (side - 2*edge - panelWide) / abreast

// heads name what stands in the columns: the weeks by their first day.
func (c *canvas) heads(d digest.Detail, b bands) {
	c.text(b.of+" "+text.Count(b.sum()), edge+14, bandsTop-12, 22, bold, faded)
	wide := cellWide(len(d.Weeks))
	for col := range abreast {
		x := edge + panelWide + (col+1)*columnWide - wide*len(d.Weeks) - 8
		if col == 0 {
			c.text("Minggu mulai tgl", edge+panelWide, bandsTop-12, 16, regular, faded)
		}
		for i, w := range d.Weeks {
			c.middle(strconv.Itoa(w.From.Time().Day()), x+i*wide, bandsTop-12, wide, 16, regular, faded)
		}
	}
}

// bands draws the kecamatan as high as the picture allows. Those that find no room are counted.
func (c *canvas) bands(b bands, weeks int) {
	rows := 0
	for _, s := range b.strips {
		rows += s.rows()
	}
	high := rowMost
	if rows > 0 {
		high = min(high, float64(bandsEnd-bandsTop-bandGap*(len(b.strips)-1))/float64(rows))
	}
	high = max(high, rowLeast)
	y := float64(bandsTop)
	for i, s := range b.strips {
		if end := y + high*float64(s.rows()); end > bandsEnd+1 {
			c.text(fmt.Sprintf("… dan %d kecamatan lain: lihat teks rekap", len(b.strips)-i), edge, side-12, 22, regular, faded)
			return
		}
		c.strip(s, int(y), high, b.most, weeks)
		y += high*float64(s.rows()) + bandGap
	}
}

func (c *canvas) strip(s strip, y int, high float64, most, weeks int) {
	end := y + int(high*float64(s.rows()))
	c.box(edge, y, side-edge, end, mist)
	mid := (y + end) / 2
	c.fit(s.place.Name, edge+14, mid-6, 24, panelWide-24, bold, ink)
	c.bar(s.value, most, edge+14, mid+4, 118)
	wide := cellWide(weeks)
	for i, v := range s.villages {
		x, top := edge+panelWide+i%abreast*columnWide, y+int(high*float64(i/abreast))
		look, shade := regular, ink
		switch v.State {
		case digest.Silent:
			look = bold
		case digest.Unreached:
			shade = faded
		}
		cells := x + columnWide - wide*weeks - 8
		c.fit(v.Place.Name, x, top+int(high/2)+7, min(21, high*0.8), cells-x-8, look, shade)
		for w, state := range v.Weeks {
			c.sign(state, cells+w*wide, top+3, wide-3, int(high)-6)
		}
	}
}

// bar draws a value as a length with its number behind it.
func (c *canvas) bar(value, most, x, y, longest int) {
	const thick = 20
	long := 0
	if most > 0 && value > 0 {
		long = max(4, longest*value/most)
	}
	c.box(x, y, x+long, y+thick, colorOf(digest.Reported))
	c.text(text.Count(value), x+long+8, y+thick-2, 22, bold, ink)
}

// Measures of the picture of one kecamatan, in which each village has a row.
const (
	nameWide  = 300
	barWide   = 200
	weeksFrom = edge + nameWide + barWide + 90
	rowTall   = 60
)

// rows draws the villages of one kecamatan below each other, each with its bar and its weeks.
func (c *canvas) rows(d digest.Detail) {
	of, measure := measureOf(d)
	most := 0
	for _, v := range d.Villages {
		most = max(most, measure(v.Totals))
	}
	c.text(of+" "+text.Count(measure(d.Totals)), edge+nameWide, bandsTop-12, 22, bold, faded)
	wide := (side - edge - weeksFrom) / max(len(d.Weeks), 1)
	for i, w := range d.Weeks {
		c.middle(text.ShortDay(w.From.Time()), weeksFrom+i*wide, bandsTop-12, wide, 20, regular, faded)
	}
	high := min(rowTall, (bandsEnd-bandsTop)/max(len(d.Villages), 1))
	for i, v := range d.Villages {
		y := bandsTop + i*high
		c.box(edge, y, side-edge, y+high-4, mist)
		look, ground := regular, ink
		switch v.State {
		case digest.Silent:
			look = bold
		case digest.Unreached:
			ground = faded
		}
		c.fit(v.Place.Name, edge+14, y+high/2+7, 27, nameWide-28, look, ground)
		c.bar(measure(v.Totals), most, edge+nameWide, y+high/2-12, barWide)
		for w, state := range v.Weeks {
			c.sign(state, weeksFrom+w*wide+2, y+3, wide-6, high-10)
		}
	}
}

// Labels lists the words of a picture in the order in which they are drawn.
func Labels(d digest.Detail, r *region.Region) []string {
	c := newCanvas()
	drawPicture(c, d, r)
	return slices.Clone(c.words)
}
