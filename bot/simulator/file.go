package simulator

import (
	"fmt"
	"net/http"
	"path"
	"strings"
)

type file struct {
	ID     string `json:"id"`
	Unique string `json:"unique"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	Data   []byte `json:"data"`
}

// keep stores a file and gives it its ids.
func (t *Telegram) keep(name, kind string, data []byte) *file {
	t.w.LastFile++
	if kind == "" {
		kind = contentType(name, data)
	}
	f := &file{ID: fmt.Sprintf("AgAC%06d", t.w.LastFile), Unique: fmt.Sprintf("AQAD%06d", t.w.LastFile), Name: name, Type: kind, Data: data}
	t.w.Files[f.ID] = f
	return f
}

// contentType goes by the name where the bytes do not tell: a workbook is a zip.
func contentType(name string, data []byte) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".csv":
		return "text/csv; charset=utf-8"
	}
	return http.DetectContentType(data)
}

func (f *file) picture() bool { return strings.HasPrefix(f.Type, "image/") }

func (f *file) info() *FileInfo {
	return &FileInfo{ID: f.ID, Unique: f.Unique, Name: f.Name, Type: f.Type, Size: len(f.Data), Width: 800, Height: 600}
}

// File returns a stored file's bytes and content type.
func (t *Telegram) File(id string) (data []byte, kind string, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f, ok := t.w.Files[id]
	if !ok {
		return nil, "", false
	}
	return f.Data, f.Type, true
}

func (t *Telegram) stored(id string) *file {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.w.Files[id]
}
