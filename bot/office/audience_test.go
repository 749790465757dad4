package office

import (
	"strings"
	"testing"

	"wksbm/storage"
	"wksbm/storage/region"
)

func TestReadAudience(t *testing.T) {
	t.Parallel()
	places := region.Must(region.Load())
	o := &Office{Region: places}
	for line, want := range map[string]string{
		"semua":                           "semua anggota|",
		"semua rapat besok":               "semua anggota|rapat besok",
		"semua untuk rapat dan arisan":    "semua anggota|untuk rapat dan arisan",
		"ketua kecamatan Taliwang":        "semua ketua, Kecamatan Taliwang|",
		"Taliwang":                        "semua anggota, Kecamatan Taliwang|",
		"para ketua dan pengurus":         "semua ketua dan pengurus|",
		"desa seloto, kec. maluk":         "semua anggota, Desa Seloto, Taliwang; Kecamatan Maluk|",
		"desa Maluk relawan rapat":        "semua relawan, Desa Maluk, Maluk|rapat",
		"ketua Taliwang banjir":           "semua ketua|Taliwang banjir",
		"ketua ketua Seloto, desa Seloto": "semua ketua, Desa Seloto, Taliwang|",
		"camat":                           "",
		"rapat semua":                     "",
		"untuk":                           "",
		"":                                "",
	} {
		got := ""
		if to, rest, ok := ReadAudience(places, line); ok {
			got = o.audienceName(to) + "|" + rest
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", line, got, want)
		}
	}
}

func FuzzReadAudience(f *testing.F) {
	places := region.Must(region.Load())
	for _, s := range []string{"", "semua rapat", "ketua kecamatan Taliwang", "desa , kec", "kel\u00a0Maluk dan", "\xff ketua"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		to, rest, ok := ReadAudience(places, line)
		if !ok {
			return
		}
		if !strings.HasSuffix(strings.Join(strings.Fields(line), " "), rest) {
			t.Fatalf("%q leaves %q", line, rest)
		}
		for _, c := range to.Places {
			if _, known := places.ByCode(c); !known {
				t.Fatalf("%q names %d, no place", line, c)
			}
		}
		for _, r := range to.Roles {
			if r != storage.Ketua && r != storage.Pengurus && r != storage.Relawan {
				t.Fatalf("%q names the role %q", line, r)
			}
		}
	})
}
