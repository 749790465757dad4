package render

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"

	"github.com/xuri/excelize/v2"
)

// orderedZip writes the parts of a workbook sorted by name, so that equal workbooks are equal files.
type orderedZip struct {
	to    io.Writer
	parts map[string]*bytes.Buffer
}

func newOrderedZip(to io.Writer) excelize.ZipWriter {
	return &orderedZip{to, map[string]*bytes.Buffer{}}
}

// Create implements excelize.ZipWriter.
func (z *orderedZip) Create(name string) (io.Writer, error) {
	z.parts[name] = &bytes.Buffer{}
	return z.parts[name], nil
}

// AddFS implements excelize.ZipWriter; a workbook made here has no folder to add.
func (z *orderedZip) AddFS(fs.FS) error { return fmt.Errorf("add folder: %w", fs.ErrInvalid) }

// Close writes everything.
func (z *orderedZip) Close() error {
	w := zip.NewWriter(z.to)
	for _, name := range slices.Sorted(maps.Keys(z.parts)) {
		part, err := w.Create(name)
		if err != nil {
			return fmt.Errorf("create %s: %w", name, err)
		}
		if _, err := part.Write(z.parts[name].Bytes()); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return w.Close()
}
