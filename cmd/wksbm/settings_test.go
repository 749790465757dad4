package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const exampleFile = "../../config.example.toml"

func TestExampleIsTheDefaults(t *testing.T) {
	t.Parallel()
	want, err := example()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(exampleFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("config.example.toml differs from the defaults (go test ./cmd/wksbm -update):\n%s", diff)
	}
	s, wrong := parseSettings("config.example.toml", got)
	if len(wrong) > 0 || s != defaults() {
		t.Errorf("the example reads as %+v, %v", s, wrong)
	}
}

func TestEveryMistakeIsReported(t *testing.T) {
	t.Parallel()
	_, err := readSettings(write(t, `
[telegram]
tokn = "x"
token = "not a token SECRET"
staff_group = "minus one"

[storage]
path = ""
[digest]
daily = "at six"
[limits]
aid_gap_days = -14
[backup]
keep = -1
[bakup]
dir = "x"
[remind]
from_day = 31
per_week = 3
quiet_from = "8 malam"
quiet_to = "20:00"
`), noEnv)
	want := []string{
		`:4:9: telegram.token is not of the form 123456789:AAE…, as @BotFather gives it`,
		`:5:15: telegram.staff_group must be a whole number`,
		`:10:9: digest.daily is no cron expression like "0 7 * * *" (minute hour day month weekday)`,
		`:20:14: remind.quiet_from is no time of day like "20:00"`,
		`:3:1: unknown key telegram.tokn; did you mean telegram.token?`,
		`:15:2: unknown key bakup; did you mean backup?`,
		`: storage.path is empty; name the database file`,
		`: limits.aid_gap_days is not between 0 and 366`,
		`: backup.keep is below 0; 0 keeps all`,
		`: remind.from_day is not between 6 and 28`,
		`: remind.per_week is not 0, 1 or 2`,
		`: remind.quiet_from and quiet_to are the same time`,
	}
	if got := mistakesOf(t, err); !cmp.Equal(got, want) {
		t.Errorf("mistakes differ:\n%s", cmp.Diff(want, got))
	}
	if strings.Contains(fmt.Sprint(err), "SECRET") {
		t.Error("the token is printed")
	}
}

func TestSyntaxMistakeHasItsLine(t *testing.T) {
	t.Parallel()
	_, err := readSettings(write(t, "[telegram]\ntoken = 12:ab\n"), noEnv)
	if got := mistakesOf(t, err); len(got) != 1 || !strings.HasPrefix(got[0], ":2:") {
		t.Errorf("mistakes %q, want one on line 2", got)
	}
}

func TestTokenComesFromTheNearestSource(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("3:file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, config, env string
		want              string
		wrong             string
	}{
		{name: "none", want: ""},
		{name: "key", config: `token = "2:key"`, want: "2:key"},
		{name: "file", config: `token_file = "secret"`, want: "3:file"},
		{name: "environment", config: `token = "2:key"`, env: " 1:env\n", want: "1:env"},
		{name: "both", config: "token = \"2:key\"\ntoken_file = \"secret\"", wrong: "both set"},
		{name: "no file", config: `token_file = "gone"`, wrong: "no such file"},
		{name: "bad environment", env: "1:en v", wrong: tokenVariable + ": the token is not of the form"},
	} {
		path := filepath.Join(dir, c.name+".toml")
		if err := os.WriteFile(path, []byte("[telegram]\n"+c.config+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := readSettings(path, func(string) string { return c.env })
		if c.wrong != "" {
			if err == nil || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("%s: error %v, want %q", c.name, err, c.wrong)
			}
		} else if err != nil || s.Telegram.Token.secret != c.want {
			t.Errorf("%s: token %q, %v; want %q", c.name, s.Telegram.Token.secret, err, c.want)
		}
	}
}

func TestPathsStartAtTheConfiguration(t *testing.T) {
	t.Parallel()
	path := write(t, "[storage]\npath = \"data/a.db\"\n[backup]\ndir = \"/far/away\"\n")
	s, err := readSettings(path, noEnv)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(path)
	want := storageSettings{Path: filepath.Join(dir, "data/a.db"), KeyFile: filepath.Join(dir, "data/a.db.key")}
	if s.Storage != want || s.Backup.Dir != "/far/away" {
		t.Errorf("paths are %+v and %q", s.Storage, s.Backup.Dir)
	}
}

func TestTokenPrintsMasked(t *testing.T) {
	t.Parallel()
	s := defaults()
	s.Telegram.Token = token{"123:SECRET"}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		if got := fmt.Sprintf(format, s); strings.Contains(got, "SECRET") || !strings.Contains(got, "123:***") {
			t.Errorf("%s prints %s", format, got)
		}
	}
}

func FuzzParseSettings(f *testing.F) {
	f.Add([]byte("[telegram]\ntoken = \"1:a\"\nstaff_group = -100\n"))
	f.Add([]byte("[digest]\ndaily = 3\nweekly = \"\"\"\n* * * * *\"\"\"\n"))
	f.Add([]byte("telegram = 1\n[storage.path]\na.b.c = []\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, wrong := parseSettings("f", data)
		if len(wrong) == 0 {
			if _, err := parseToken(s.Telegram.Token.secret); err != nil {
				t.Fatalf("accepted token %q", s.Telegram.Token.secret)
			}
		}
		for _, line := range wrong {
			if strings.Contains(line, "\n") {
				t.Fatalf("a mistake of several lines: %q", line)
			}
		}
	})
}

func noEnv(string) string { return "" }

func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// mistakesOf returns the mistakes in err without the file's name.
func mistakesOf(t *testing.T, err error) []string {
	t.Helper()
	wrong, ok := err.(mistakes)
	if !ok {
		t.Fatalf("error %v is no list of mistakes", err)
	}
	var short []string
	for _, line := range wrong {
		i := strings.Index(line, ".toml")
		short = append(short, line[i+len(".toml"):])
	}
	return short
}
