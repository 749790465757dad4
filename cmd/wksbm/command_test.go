package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"wksbm/bot/simulator"
	"wksbm/storage"
)

// Commands refuse what cannot be, say how to put it right, and end with the status their help names.
func TestRefusals(t *testing.T) {
	t.Setenv(tokenVariable, "")
	file := func(text string) string { return write(t, text) }
	taken := filepath.Join(t.TempDir(), "taken.db")
	store, err := storage.Open(taken, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for _, c := range []struct {
		name string
		args []string
		want int
		says []string
	}{
		{"no token", []string{"run", "--config", file("")}, exitMisuse, []string{"no bot token", tokenVariable}},
		{"malformed token", []string{"run", "--config", file("[telegram]\ntoken = \"12:ab cd\"\n")}, exitMisuse, []string{":2:", "token"}},
		{"unknown key", []string{"run", "--config", file("[telegram]\ntoken = \"12:abcd\"\nfoo = 1\n")}, exitMisuse, []string{":3:", "telegram.foo"}},
		{"no file", []string{"run", "--config", filepath.Join(t.TempDir(), "none.toml")}, exitMisuse, []string{"no such file", "config.example.toml"}},
		{"locked", []string{"run", "--config", file(fmt.Sprintf("[telegram]\ntoken = \"12:abcd\"\n[storage]\npath = %q\n", taken))}, exitFailed, []string{"in use", "stop it first"}},
		{"locked doctor", []string{"doctor", "--config", file(fmt.Sprintf("[storage]\npath = %q\n", taken))}, exitFailed, []string{"in use"}},
		{"no database", []string{"doctor", "--config", file("")}, exitFailed, []string{"no database", "wksbm run"}},
		{"wrong use", []string{"invite"}, exitMisuse, []string{"--desa", "--help"}},
		{"no command", []string{"fly"}, exitMisuse, []string{"fly"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out, errs bytes.Buffer
			started := time.Now()
			if got := execute(c.args, &out, &errs); got != c.want {
				t.Errorf("status %d, want %d: %s", got, c.want, errs.String())
			}
			if took := time.Since(started); took > 4*time.Second {
				t.Errorf("took %v", took)
			}
			for _, s := range c.says {
				if !strings.Contains(errs.String(), s) {
					t.Errorf("does not say %q: %s", s, errs.String())
				}
			}
			if strings.Contains(errs.String(), "abcd") || strings.Contains(errs.String(), "ab cd") {
				t.Errorf("shows the token: %s", errs.String())
			}
		})
	}
}

// A running bot answers doctor, backup and invite by its socket, and stops on SIGTERM.
func TestCommandsReachTheRunningBot(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	telegram := simulator.New(simulator.Options{Token: killToken})
	server := httptest.NewServer(telegram)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	config := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(config, fmt.Appendf(nil, "[telegram]\napi_url = %q\n", server.URL), 0o600); err != nil {
		t.Fatal(err)
	}
	binary := buildBinary(t, dir)
	var log safeBuffer
	bot := exec.Command(binary, "run", "--config", config)
	bot.Env = append(os.Environ(), tokenVariable+"="+killToken)
	bot.Stdout, bot.Stderr = &log, &log
	if err := bot.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- bot.Wait() }()
	defer bot.Process.Kill()
	for telegram.LastEvent() == 0 { // the command menu is set once the bot knows its name
		select {
		case err := <-ended:
			t.Fatalf("ended: %v\n%s", err, log.String())
		case <-time.After(50 * time.Millisecond):
		}
	}
	if !regexp.MustCompile(`/pasang [0-9a-f]{5}-[0-9a-f]{5}`).MatchString(log.String()) {
		t.Errorf("no code for /pasang: %s", log.String())
	}
	for _, c := range []struct {
		args []string
		ok   bool
		says string
	}{
		{[]string{"doctor"}, true, "healthy"},
		{[]string{"backup"}, true, backupSuffix},
		{[]string{"invite", "--desa", "Seloto"}, true, "https://t.me/wksbm_bot?start="},
		{[]string{"invite", "--desa", "beru"}, false, "Jereweh"},
		{[]string{"run"}, false, "in use"},
	} {
		cmd := exec.Command(binary, append(c.args, "--config", config)...)
		cmd.Env = append(os.Environ(), tokenVariable+"="+killToken)
		out, err := cmd.CombinedOutput()
		if (err == nil) != c.ok || !strings.Contains(string(out), c.says) {
			t.Errorf("%v: %v\n%s", c.args, err, out)
		}
	}
	if err := bot.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("stop: %v\n%s", err, log.String())
		}
	case <-time.After(5 * time.Second):
		t.Errorf("still there after five seconds:\n%s", log.String())
	}
	if strings.Contains(log.String(), killToken) {
		t.Error("the log holds the token")
	}
}

// buildBinary builds the program into dir.
func buildBinary(t *testing.T, dir string) string {
	t.Helper()
	binary := filepath.Join(dir, "wksbm")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return binary
}
