package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// The exit statuses.
const (
	exitDone   = 0
	exitFailed = 1
	exitMisuse = 2
)

const description = `Reporting bot of the WKSBM of Kabupaten Sumbawa Barat: village volunteers report on Telegram, the Dinsos group reads.

Exit status: 0 done, 1 failed, 2 wrong use or wrong configuration.`

// execute carries out one command line and returns the exit status. SIGTERM and SIGINT cancel the
// command's context; a second one ends the process at once.
func execute(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop)
	parser, err := newParser(stdout, stderr)
	if err != nil {
		return complain(stderr, err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return complain(stderr, misuse{err})
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return complain(stderr, parsed.Run())
}

func newParser(stdout, stderr io.Writer) (*kong.Kong, error) {
	return kong.New(new(commands),
		kong.Name("wksbm"),
		kong.Description(description),
		kong.Writers(stdout, stderr),
		kong.Vars{"version": version()},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Bind(console{out: stdout, err: stderr}),
	)
}

// console is where a command writes.
type console struct{ out, err io.Writer }

// complain prints err, if any, as lines that begin with the program's name, and returns the status.
func complain(w io.Writer, err error) int {
	if err == nil {
		return exitDone
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		fmt.Fprintln(w, "wksbm: "+line)
	}
	var coder interface{ ExitCode() int }
	if errors.As(err, &coder) {
		return coder.ExitCode()
	}
	return exitFailed
}

// misuse is a command line that cannot be carried out.
type misuse struct{ error }

func (m misuse) Error() string { return m.error.Error() + "; see wksbm --help" }

// ExitCode tells wrong use from failure.
func (m misuse) ExitCode() int { return exitMisuse }

// configFlag is the flag that every command with a configuration has.
type configFlag struct {
	Config string `default:"config.toml" placeholder:"FILE" help:"Configuration file (${default})."`
}

func (f configFlag) read() (settings, error) { return readSettings(f.Config, os.Getenv) }

// versionFlag prints the version and ends.
type versionFlag = kong.VersionFlag

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "wksbm, version unknown"
	}
	words := []string{"wksbm", info.Main.Version}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			words = append(words, s.Value)
		}
	}
	return strings.Join(append(words, info.GoVersion), " ")
}
