// Command wksbm is the reporting bot of the WKSBM of Kabupaten Sumbawa Barat.
package main

import "os"

type commands struct {
	Config  configCmd   `cmd:"" help:"Look at the configuration."`
	Version versionFlag `help:"Print the version."`
}

func main() {
	os.Exit(execute(os.Args[1:], os.Stdout, os.Stderr))
}
