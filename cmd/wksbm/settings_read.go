package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// tokenVariable is the environment variable that goes before the file's token.
const tokenVariable = "WKSBM_TELEGRAM_TOKEN"

// mistakes are all that is wrong with a configuration, one line each.
type mistakes []string

func (m mistakes) Error() string { return strings.Join(m, "\n") }

// ExitCode is 2: the person who wrote the file can put it right.
func (m mistakes) ExitCode() int { return exitMisuse }

// readSettings reads the file at path, with its paths made absolute and the token found. getenv is
// os.Getenv outside tests. The error is a mistakes with everything that is wrong.
func readSettings(path string, getenv func(string) string) (settings, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return settings{}, mistakes{path + ": no such file; copy config.example.toml there, or name another with --config"}
	}
	if err != nil {
		return settings{}, mistakes{fmt.Sprintf("read configuration: %v", err)}
	}
	s, wrong := parseSettings(path, data)
	dir, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return settings{}, mistakes{fmt.Sprintf("find configuration: %v", err)}
	}
	s.anchor(dir)
	wrong = append(wrong, s.findToken(getenv)...)
	wrong = append(wrong, s.check(path)...)
	if len(wrong) > 0 {
		return settings{}, wrong
	}
	return s, nil
}

// parseSettings decodes data over the defaults. After a value that cannot be it goes on with the
// rest of the file as if that line were empty, so that one reading finds every mistake.
func parseSettings(name string, data []byte) (settings, mistakes) {
	var syntax *toml.DecodeError
	if err := toml.Unmarshal(data, new(map[string]any)); errors.As(err, &syntax) {
		return defaults(), mistakes{at(name, syntax, strings.TrimPrefix(syntax.Error(), "toml: "))}
	}
	var wrong mistakes
	lines := bytes.SplitAfter(data, []byte("\n"))
	for range lines {
		s := defaults()
		err := decodeStrictly(bytes.Join(lines, nil), &s)
		var unknown *toml.StrictMissingError
		var value *toml.DecodeError
		switch {
		case err == nil:
			return s, wrong
		case errors.As(err, &unknown):
			return s, append(wrong, unknownKeys(name, unknown)...)
		case errors.As(err, &value):
			wrong = append(wrong, wrongValue(name, value))
			row, _ := value.Position()
			lines[row-1] = []byte("\n")
		default:
			return s, append(wrong, fmt.Sprintf("%s: %v", name, err))
		}
	}
	return defaults(), wrong
}

func decodeStrictly(data []byte, s *settings) error {
	return toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(s)
}

func at(name string, e *toml.DecodeError, what string) string {
	row, column := e.Position()
	return fmt.Sprintf("%s:%d:%d: %s", name, row, column, what)
}

// wrongValue words a value of the wrong type or form; it never quotes the value, which may be secret.
func wrongValue(name string, e *toml.DecodeError) string {
	what := strings.TrimPrefix(e.Error(), "toml: ")
	if kind := kindOf(e.Key()); kind != "" && strings.HasPrefix(what, "cannot decode") {
		what = "must be " + kind
	}
	return at(name, e, strings.Join(e.Key(), ".")+" "+what)
}

func unknownKeys(name string, e *toml.StrictMissingError) mistakes {
	var wrong mistakes
	for i := range e.Errors {
		key := strings.Join(e.Errors[i].Key(), ".")
		what := fmt.Sprintf("unknown key %s", key)
		if near := nearest(key, knownKeys(reflect.TypeFor[settings](), "")); near != "" {
			what += "; did you mean " + near + "?"
		}
		wrong = append(wrong, at(name, &e.Errors[i], what))
	}
	return wrong
}

// anchor makes relative paths start at dir, so that every command finds the same files from anywhere.
func (s *settings) anchor(dir string) {
	if s.Storage.KeyFile == "" && s.Storage.Path != "" {
		s.Storage.KeyFile = s.Storage.Path + ".key"
	}
	for _, p := range []*string{&s.Telegram.TokenFile, &s.Storage.Path, &s.Storage.KeyFile, &s.Backup.Dir} {
		if *p != "" && !filepath.IsAbs(*p) {
			*p = filepath.Join(dir, *p)
		}
	}
}

// findToken puts the token in its place: from the environment, the file's key, or token_file.
func (s *settings) findToken(getenv func(string) string) mistakes {
	if v := getenv(tokenVariable); v != "" {
		return s.takeToken(v, tokenVariable)
	}
	switch t := &s.Telegram; {
	case t.TokenFile == "":
		return nil
	case t.Token.secret != "":
		return mistakes{"telegram.token and telegram.token_file are both set; keep one of them"}
	}
	data, err := os.ReadFile(s.Telegram.TokenFile)
	if err != nil {
		return mistakes{fmt.Sprintf("telegram.token_file: %v", err)}
	}
	return s.takeToken(string(data), s.Telegram.TokenFile)
}

func (s *settings) takeToken(text, source string) mistakes {
	t, err := parseToken(text)
	if err != nil {
		return mistakes{source + ": the token " + err.Error()}
	}
	s.Telegram.Token = t
	return nil
}

// check finds what only shows when all keys are read.
func (s *settings) check(name string) mistakes {
	var wrong mistakes
	if s.Storage.Path == "" {
		wrong = append(wrong, name+": storage.path is empty; name the database file")
	}
	if s.Storage.Path != "" && s.Storage.Path == s.Storage.KeyFile {
		wrong = append(wrong, name+": storage.path and storage.key_file name the same file")
	}
	if s.Privacy.Version == "" || s.Privacy.Controller == "" || s.Privacy.Contact == "" {
		wrong = append(wrong, name+": privacy.version, controller and contact may not be empty: people agree to them")
	}
	if s.Limits.AidGapDays < 0 || s.Limits.AidGapDays > 366 {
		wrong = append(wrong, name+": limits.aid_gap_days is not between 0 and 366")
	}
	if s.Keep.Months < 0 || s.Keep.Months > 600 {
		wrong = append(wrong, name+": retention.months is not between 0 and 600")
	}
	if s.Backup.Keep < 0 {
		wrong = append(wrong, name+": backup.keep is below 0; 0 keeps all")
	}
	return append(wrong, s.Remind.check(name)...)
}

func (r remindSettings) check(name string) mistakes {
	var wrong mistakes
	if r.FromDay < 6 || r.FromDay > 28 {
		wrong = append(wrong, name+": remind.from_day is not between 6 and 28")
	}
	if r.PerWeek < 0 || r.PerWeek > 2 {
		wrong = append(wrong, name+": remind.per_week is not 0, 1 or 2")
	}
	if r.QuietFrom == r.QuietTo {
		wrong = append(wrong, name+": remind.quiet_from and quiet_to are the same time")
	}
	return wrong
}

// needToken refuses settings without a token, for the commands that talk to Telegram.
func (s *settings) needToken() error {
	if s.Telegram.Token.secret != "" {
		return nil
	}
	return mistakes{"no bot token: set " + tokenVariable + ", or telegram.token or telegram.token_file in the configuration"}
}
