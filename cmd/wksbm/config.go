package main

import (
	"fmt"

	"github.com/pelletier/go-toml/v2"
)

type configCmd struct {
	Check   configCheckCmd   `cmd:"" help:"Say whether the configuration is right, and what it sets."`
	Example configExampleCmd `cmd:"" help:"Print a configuration with the defaults of every key."`
}

type configCheckCmd struct {
	configFlag
}

// Help implements kong.HelpProvider.
func (configCheckCmd) Help() string {
	return "Prints every key as the bot would take it, the token masked.\n\nExit status: 0 right, 2 wrong (each mistake on a line of its own)."
}

// Run prints what is set.
func (c configCheckCmd) Run(to console) error {
	s, err := c.read()
	if err != nil {
		return err
	}
	if err := toml.NewEncoder(to.out).Encode(s); err != nil {
		return fmt.Errorf("print configuration: %w", err)
	}
	return nil
}

type configExampleCmd struct{}

// Help implements kong.HelpProvider.
func (configExampleCmd) Help() string { return "Exit status: 0 done, 1 failed." }

// Run prints the defaults.
func (configExampleCmd) Run(to console) error {
	data, err := example()
	if err != nil {
		return err
	}
	_, err = to.out.Write(data)
	return err
}
