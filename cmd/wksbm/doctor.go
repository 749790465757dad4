package main

import (
	"context"
	"errors"
	"fmt"

	"wksbm/bot/text"
	"wksbm/storage/region"
)

type doctorCmd struct {
	configFlag
}

// Help implements kong.HelpProvider.
func (doctorCmd) Help() string {
	return "Checks the pages of the database, the chain of the log, and that every record and total is what the log gives. " +
		"A running bot is asked to do it and goes on working.\n\nExit status: 0 healthy, 1 something is wrong (each finding on a line), 2 wrong configuration."
}

// Run examines and reports.
func (c doctorCmd) Run(ctx context.Context, to console) error {
	return withKeeper(c.configFlag, func(k keeper) error {
		f, err := k.Doctor(ctx)
		if err != nil {
			return err
		}
		for _, found := range f.Found {
			fmt.Fprintln(to.out, found)
		}
		if len(f.Found) > 0 {
			return fmt.Errorf("%d findings", len(f.Found))
		}
		fmt.Fprintf(to.out, "healthy: %d events, %d reports\n", f.Events, f.Reports)
		return nil
	})
}

// withKeeper reads the configuration and lends the keeper to do.
func withKeeper(f configFlag, do func(keeper) error) error {
	s, err := f.read()
	if err != nil {
		return err
	}
	k, err := openKeeper(s)
	if err != nil {
		return err
	}
	return errors.Join(do(k), k.Close())
}

type inviteCmd struct {
	configFlag
	Desa  string `required:"" placeholder:"NAME" help:"The desa or kelurahan, as one would write it."`
	Peran string `default:"ketua" placeholder:"ROLE" help:"ketua, pengurus or relawan (${default})."`
}

// Help implements kong.HelpProvider.
func (inviteCmd) Help() string {
	return "Prints a link that lets one person in, once, within seven days. The Dinsos group can revoke it with /undangan.\n\n" +
		"Exit status: 0 made, 1 no such village or role, 2 wrong use or configuration."
}

// Run prints the link.
func (c inviteCmd) Run(ctx context.Context, to console) error {
	return withKeeper(c.configFlag, func(k keeper) error {
		in, err := k.Invite(ctx, inviteWish{Village: c.Desa, Role: c.Peran})
		if err != nil {
			return err
		}
		fmt.Fprintf(to.out, "%s\n%s, %s, sekali pakai, sampai %s\n", in.Link, c.Peran, in.Place, text.Date(in.Expires.In(region.WITA)))
		return nil
	})
}

type backupCmd struct {
	configFlag
}

// Help implements kong.HelpProvider.
func (backupCmd) Help() string {
	return "Writes a consistent copy into backup.dir, also while the bot runs. The copy holds sealed names; keep the key files elsewhere.\n\n" +
		"Exit status: 0 done, 1 failed, 2 wrong configuration."
}

// Run copies and says where to.
func (c backupCmd) Run(ctx context.Context, to console) error {
	s, err := c.read()
	if err != nil {
		return err
	}
	return withKeeper(c.configFlag, func(k keeper) error {
		note, err := k.Backup(ctx, backupWish{Dir: s.Backup.Dir, Keep: s.Backup.Keep})
		if err != nil {
			return err
		}
		fmt.Fprintf(to.out, "%s (%d bytes)\n", note.File, note.Bytes)
		return nil
	})
}
