// Command wksbm is the reporting bot of the WKSBM of Kabupaten Sumbawa Barat.
package main

import "os"

type commands struct {
	Demo    demoCmd     `cmd:"" help:"Try everything in the browser, with a local Telegram."`
	Run     runCmd      `cmd:"" help:"Run the bot on Telegram."`
	Invite  inviteCmd   `cmd:"" help:"Make an invitation for a village."`
	Doctor  doctorCmd   `cmd:"" help:"Examine the database."`
	Backup  backupCmd   `cmd:"" help:"Copy the database to the backup folder."`
	Config  configCmd   `cmd:"" help:"Look at the configuration."`
	Version versionFlag `help:"Print the version."`
}

func main() {
	os.Exit(execute(os.Args[1:], os.Stdout, os.Stderr))
}
