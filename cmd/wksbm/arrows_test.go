package main

import (
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows is the import map of the house: what each room may import of the others. Arrows point down
// only. A room is a folder with Go files; a new one gets its line here.
var arrows = map[string][]string{
	"bot/chat":            nil,
	"bot/text":            nil,
	"bot/paper":           {"bot/text"},
	"storage/region":      nil,
	"storage/bucket":      nil,
	"storage":             {"storage/bucket", "storage/region"},
	"storage/storagetest": {"storage"},
	"bot/flow":            {"bot/chat", "bot/text"},
	"bot/goods":           {"bot/text", "storage"},
	"bot/welfare":         {"bot/text"},
	"bot/kin":             {"bot/text"},
	"bot/digest":          {"storage", "storage/region", "bot/text", "bot/goods", "bot/paper", "bot/welfare", "bot/book"},
	"bot/remind":          {"storage", "storage/region"},
	"bot/flows":           {"bot/flow", "bot/remind", "bot/goods", "bot/kin", "bot/welfare", "bot/chat", "bot/text", "storage", "storage/region", "bot/book"},
	"bot/office":          {"bot/chat", "bot/text", "bot/goods", "bot/welfare", "bot/kin", "storage", "storage/region", "bot/digest", "bot/render", "bot/paper", "bot/remind", "bot/book"},
	"bot/book":            {"bot/goods", "bot/paper", "bot/text", "bot/welfare", "storage", "storage/region", "bot/chat"},
	"bot/outbox":          {"bot/chat", "storage"},
	"bot/telegram":        {"bot/chat", "bot/outbox"},
	"bot/schedule":        {"storage", "storage/region"},
	"bot/render":          {"bot/digest", "bot/goods", "bot/chat", "bot/paper", "bot/text", "storage", "storage/region"},
	"bot/simulator":       nil,
	"bot": {
		"bot/chat", "bot/text", "bot/flow", "bot/flows", "bot/office", "bot/digest", "bot/remind",
		"storage", "storage/region",
	},
	"bot/station": {
		"bot", "bot/chat", "bot/digest", "bot/flow", "bot/flows", "bot/office", "bot/outbox",
		"bot/remind", "bot/render", "bot/schedule", "bot/telegram", "bot/text", "storage", "storage/region", "bot/book", "bot/paper",
	},
	"cmd/wksbm": {"*"},
}

// owners are the rooms that alone may import a library.
var owners = map[string][]string{
	"github.com/go-telegram/bot":         {"bot/telegram"},
	"go.etcd.io/bbolt":                   {"storage", "storage/bucket"},
	"github.com/adhocore/gronx":          {"bot/schedule"},
	"github.com/alecthomas/kong":         {"cmd/wksbm"},
	"github.com/pelletier/go-toml/v2":    {"cmd/wksbm"},
	"github.com/coreos/go-systemd/v22":   {"cmd/wksbm"},
	"github.com/xrash/smetrics":          {"storage/region", "bot/goods", "bot/kin", "cmd/wksbm"},
	"golang.org/x/time/rate":             {"bot/outbox"},
	"github.com/cenkalti/backoff/v5":     {"bot/telegram", "bot/station"},
	"github.com/go-playground/locales":   {"bot/text"},
	"github.com/go-json-experiment/json": {"storage/bucket"},
	"github.com/xuri/excelize/v2":        {"bot/render"},
	"codeberg.org/go-pdf/fpdf":           {"bot/render"},
	"codeberg.org/go-fonts/liberation":   {"bot/render"},
	"github.com/go-analyze/charts":       {"bot/render"},
	"rsc.io/qr":                          {"bot/render"},
	"golang.org/x/text":                  {"bot/render"},
}

const (
	root   = "../.."
	module = "wksbm/"
)

func TestArrowsPointDown(t *testing.T) {
	t.Parallel()
	rooms := readRooms(t)
	for room, imports := range rooms {
		allowed, known := arrows[room]
		if !known {
			t.Errorf("room %s is not in the map", room)
		}
		for _, imported := range imports {
			other, ours := strings.CutPrefix(imported, module)
			if ours && !slices.Contains(allowed, other) && !slices.Equal(allowed, []string{"*"}) {
				t.Errorf("%s imports %s: no such arrow in the map", room, other)
			}
			if owner := ownerOf(imported); owner != "" && !slices.Contains(owners[owner], room) {
				t.Errorf("%s imports %s, which only %v may", room, imported, owners[owner])
			}
		}
	}
}

func TestMapNamesOnlyWhatExists(t *testing.T) {
	t.Parallel()
	rooms := readRooms(t)
	for room, allowed := range arrows {
		if _, ok := rooms[room]; !ok {
			t.Errorf("room %s does not exist", room)
		}
		for _, other := range allowed {
			if _, ok := arrows[other]; !ok && other != "*" {
				t.Errorf("the arrow from %s leads to %s, which is no room", room, other)
			}
			if slices.Contains(arrows[other], room) {
				t.Errorf("%s and %s point at each other", room, other)
			}
		}
	}
}

// readRooms maps every folder with Go files to what they import, tests left out.
func readRooms(t *testing.T) map[string][]string {
	t.Helper()
	rooms := make(map[string][]string)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		room, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		imports, err := importsOf(path)
		rooms[room] = slices.Compact(slices.Sorted(slices.Values(append(rooms[room], imports...))))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rooms
}

func importsOf(path string) ([]string, error) {
	file, err := parser.ParseFile(gotoken.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var imports []string
	for _, spec := range file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		imports = append(imports, name)
	}
	return imports, nil
}

// ownerOf returns the guarded library that an import belongs to, "" for others.
func ownerOf(imported string) string {
	for library := range owners {
		if imported == library || strings.HasPrefix(imported, library+"/") {
			return library
		}
	}
	return ""
}
