package render

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

// What goes into a packed part comes out again, in the order of the names.
func TestZipPacksItsParts(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	z := newOrderedZip(&out)
	want := map[string]string{"b.xml": strings.Repeat("baris ", 5000), "a.xml": "", "c.xml": "x"}
	for _, name := range []string{"b.xml", "a.xml", "c.xml"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, want[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil || len(r.File) != 3 {
		t.Fatalf("read back: %v", err)
	}
	for i, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if name := []string{"a.xml", "b.xml", "c.xml"}[i]; err != nil || f.Name != name || string(data) != want[name] {
			t.Errorf("%s: %d bytes, %v", f.Name, len(data), err)
		}
	}
	if out.Len() > 2000 {
		t.Errorf("%d bytes are not packed", out.Len())
	}
}
