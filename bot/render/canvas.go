package render

import (
	"fmt"
	"strings"
	"sync"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"github.com/go-analyze/charts"

	"wksbm/bot/digest"
)

// face is a typeface of pictures.
type face string

// The faces.
const (
	regular face = "wksbm-regular"
	bold    face = "wksbm-bold"
)

// fonts gives the library the letters of pictures; it keeps fonts by name for the whole process.
var fonts = sync.OnceValue(func() error {
	if err := charts.InstallFont(string(regular), liberationsansregular.TTF); err != nil {
		return fmt.Errorf("install font: %w", err)
	}
	if err := charts.InstallFont(string(bold), liberationsansbold.TTF); err != nil {
		return fmt.Errorf("install font: %w", err)
	}
	return nil
})

// shade is a colour of pictures.
type shade struct{ r, g, b uint8 }

// The shades. States differ in lightness too, and each has a sign, so that nobody needs colours to
// tell them apart.
var (
	paperWhite = shade{255, 255, 255}
	mist       = shade{242, 245, 248}
	ink        = shade{28, 36, 46}
	faded      = shade{92, 104, 118}
	blank      = shade{226, 231, 236}
)

func colorOf(s digest.State) shade {
	switch s {
	case digest.Reported:
		return shade{0, 98, 155}
	case digest.Nothing:
		return shade{150, 200, 230}
	case digest.Silent:
		return shade{243, 156, 64}
	case digest.Unreached:
		return paperWhite
	}
	return blank
}

func (s shade) color() charts.Color { return charts.ColorRGB(s.r, s.g, s.b) }

// canvas is a square on which a picture is drawn; it remembers the words.
type canvas struct {
	p     *charts.Painter
	words []string
	err   error
}

func newCanvas() *canvas {
	return &canvas{err: fonts(), p: charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: side, Height: side})}
}

func (c *canvas) bytes() ([]byte, error) {
	if c.err != nil {
		return nil, c.err
	}
	data, err := c.p.Bytes()
	if err != nil {
		return nil, fmt.Errorf("draw picture: %w", err)
	}
	return data, nil
}

// style is a face in a size of pixels; the library counts in points.
func style(size float64, f face, s shade) charts.FontStyle {
	const dpi = 92
	return charts.FontStyle{FontSize: size * 72 / dpi, FontColor: s.color(), Font: charts.GetFont(string(f))}
}

// text writes words from x on, standing on y.
func (c *canvas) text(words string, x, y int, size float64, f face, s shade) {
	words = printable(oneLine(words))
	c.words = append(c.words, words)
	c.p.Text(words, x, y, 0, style(size, f, s))
}

func (c *canvas) width(words string, size float64, f face) int {
	return c.p.MeasureText(words, 0, style(size, f, ink)).Width()
}

// middle writes words in the middle of a width.
func (c *canvas) middle(words string, x, y, wide int, size float64, f face, s shade) {
	c.text(words, x+(wide-c.width(words, size, f))/2, y, size, f, s)
}

// fit writes words smaller when they are wider than wide, and cuts what is too wide still.
func (c *canvas) fit(words string, x, y int, size float64, wide int, f face, s shade) {
	words = printable(oneLine(words))
	for least := size * 0.7; size > least && c.width(words, size, f) > wide; {
		size--
	}
	for cut := []rune(words); c.width(words, size, f) > wide && len(cut) > 1; {
		cut = cut[:len(cut)-1]
		words = strings.TrimSpace(string(cut)) + "…"
	}
	c.text(words, x, y, size, f, s)
}

// box fills a rectangle.
func (c *canvas) box(left, top, right, bottom int, s shade) {
	if right > left && bottom > top {
		c.p.FilledRect(left, top, right, bottom, s.color(), s.color(), 0)
	}
}

// sign draws a state in a box: its colour, and a mark that is seen without colours.
func (c *canvas) sign(s digest.State, x, y, wide, high int) {
	c.box(x, y, x+wide, y+high, colorOf(s))
	mark, pen := min(wide, high)*3/10, float64(max(2, min(wide, high)/8))
	mx, my := x+wide/2, y+high/2
	line := func(s shade, points ...charts.Point) { c.p.LineStroke(points, s.color(), pen) }
	at := func(dx, dy int) charts.Point { return charts.Point{X: mx + dx, Y: my + dy} }
	switch s {
	case digest.Reported:
		line(paperWhite, at(-mark, 0), at(-mark/3, mark*2/3), at(mark, -mark*2/3))
	case digest.Nothing:
		c.p.Circle(float64(mark), mx, my, colorOf(s).color(), ink.color(), pen)
	case digest.Silent:
		line(ink, at(0, -mark-1), at(0, mark/4))
		c.p.Circle(pen*0.62, mx, my+mark, ink.color(), ink.color(), 0)
	case digest.Unreached:
		line(faded, at(-mark, -mark), at(mark, mark))
		line(faded, at(-mark, mark), at(mark, -mark))
	}
}
