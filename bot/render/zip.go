package render

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"slices"

	"github.com/xuri/excelize/v2"
)

// orderedZip writes the parts of a workbook sorted by name, so that equal workbooks are equal files. It
// holds them packed: a long sheet is many times as large unpacked.
type orderedZip struct {
	to    io.Writer
	parts map[string]*part
	open  *part
}

// part is one file inside, packed as it is written.
type part struct {
	packed bytes.Buffer
	pack   *flate.Writer
	sum    hash.Hash32
	size   uint64
}

func newOrderedZip(to io.Writer) excelize.ZipWriter {
	return &orderedZip{to: to, parts: map[string]*part{}}
}

// Create implements excelize.ZipWriter. The part made before is complete.
func (z *orderedZip) Create(name string) (io.Writer, error) {
	if err := z.shut(); err != nil {
		return nil, err
	}
	p := &part{sum: crc32.NewIEEE()}
	var err error
	if p.pack, err = flate.NewWriter(&p.packed, flate.DefaultCompression); err != nil {
		return nil, fmt.Errorf("pack %s: %w", name, err)
	}
	z.parts[name], z.open = p, p
	return p, nil
}

// Write implements io.Writer.
func (p *part) Write(data []byte) (int, error) {
	p.size += uint64(len(data))
	_, _ = p.sum.Write(data)
	return p.pack.Write(data)
}

// shut completes the part that is being written.
func (z *orderedZip) shut() error {
	if z.open == nil {
		return nil
	}
	err := z.open.pack.Close()
	z.open.pack, z.open = nil, nil
	return err
}

// AddFS implements excelize.ZipWriter; a workbook made here has no folder to add.
func (z *orderedZip) AddFS(fs.FS) error { return fmt.Errorf("add folder: %w", fs.ErrInvalid) }

// Close writes everything.
func (z *orderedZip) Close() error {
	if err := z.shut(); err != nil {
		return err
	}
	w := zip.NewWriter(z.to)
	for _, name := range slices.Sorted(maps.Keys(z.parts)) {
		p := z.parts[name]
		raw, err := w.CreateRaw(&zip.FileHeader{
			Name: name, Method: zip.Deflate, CRC32: p.sum.Sum32(), UncompressedSize64: p.size, CompressedSize64: uint64(p.packed.Len()),
		})
		if err != nil {
			return fmt.Errorf("create %s: %w", name, err)
		}
		if _, err := p.packed.WriteTo(raw); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return w.Close()
}
