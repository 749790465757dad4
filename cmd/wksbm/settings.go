package main

import (
	"bytes"
	"fmt"

	"github.com/pelletier/go-toml/v2"
)

// settings is the configuration file. A key stands here only when something acts on it.
type settings struct {
	Telegram telegramSettings `toml:"telegram"`
	Storage  storageSettings  `toml:"storage"`
	Digest   digestSettings   `toml:"digest" comment:"Recaps for the Dinsos group, as cron expressions (minute hour day month weekday)\nin WITA. \"\" switches one off. The hour that an administrator sets with /setelan in the\ngroup goes before; so do the quiet hours and what /privasi says."`
	Remind   remindSettings   `toml:"remind" comment:"Reminders to the people who report. Times are in WITA."`
	Backup   backupSettings   `toml:"backup"`
	Limits   limitSettings    `toml:"limits"`
	Privacy  privacySettings  `toml:"privacy" comment:"What /privasi says. It is a default until Dinsos has confirmed it. Administrators of the\nDinsos group may change controller and contact while the bot runs; theirs goes before these."`
	Keep     retainSettings   `toml:"retention" comment:"How long the data of residents is kept. Nothing is erased before an administrator of the\nDinsos group said so; theirs goes before this."`
}

type telegramSettings struct {
	Token      token   `toml:"token" comment:"The bot's token from @BotFather, here or in token_file. The environment variable\nWKSBM_TELEGRAM_TOKEN goes before both."`
	TokenFile  string  `toml:"token_file" comment:"A file that holds nothing but the token."`
	APIURL     address `toml:"api_url" comment:"Another Bot API server than Telegram's own."`
	StaffGroup int64   `toml:"staff_group" comment:"Chat id of the Dinsos group. 0: the group is claimed with /pasang and the code that\n\"wksbm run\" prints."`
}

type storageSettings struct {
	Path    string `toml:"path" comment:"The database. Relative paths start at the folder of this file. The control socket\nlies beside it."`
	KeyFile string `toml:"key_file" comment:"The master key of names, phone numbers and notes. \"\" is path with .key behind it. The keys of\nthe persons lie beside the database in path with .keys behind it: a backup needs all three."`
}

type digestSettings struct {
	Daily   cron `toml:"daily" comment:"About the day before; posted only when something was reported."`
	Weekly  cron `toml:"weekly"`
	Monthly cron `toml:"monthly"`
}

type remindSettings struct {
	FromDay   int   `toml:"from_day" comment:"Day of the month from which a village that has reported nothing is asked for its report,\nuntil the 5th of the next month: 6 to 28."`
	PerWeek   int   `toml:"per_week" comment:"How often a week one person is asked for it: 2, 1, or 0 for never."`
	QuietFrom clock `toml:"quiet_from" comment:"Nobody is reminded of anything between these times."`
	QuietTo   clock `toml:"quiet_to"`
}

type backupSettings struct {
	Dir  string `toml:"dir" comment:"Where \"wksbm backup\" puts its files."`
	Keep int    `toml:"keep" comment:"How many of them to keep; the oldest go first. 0 keeps all."`
}

type limitSettings struct {
	AidGapDays int `toml:"aid_gap_days" comment:"Days in which a household that got aid is pointed out when it is to get some again. 0: never."`
}

type privacySettings struct {
	Version    string `toml:"version" comment:"Stored with every consent: change it with the text."`
	Controller string `toml:"controller" comment:"Who answers for the data (UU 27/2022)."`
	Contact    string `toml:"contact" comment:"Whom people ask who are stuck or want their data erased."`
}

type retainSettings struct {
	Months int `toml:"months" comment:"Months after the last that was heard of a household, after which its erasing is proposed.\n0: never."`
}

// defaults is what holds for every key that the file does not name.
func defaults() settings {
	return settings{
		Telegram: telegramSettings{APIURL: address{"https://api.telegram.org"}},
		Storage:  storageSettings{Path: "wksbm.db"},
		Digest:   digestSettings{Daily: cron{"0 7 * * *"}, Weekly: cron{"0 8 * * 1"}, Monthly: cron{"0 8 1 * *"}},
		Remind:   remindSettings{FromDay: 25, PerWeek: 2, QuietFrom: clock{20 * 60}, QuietTo: clock{7 * 60}},
		Backup:   backupSettings{Dir: "backup", Keep: 14},
		Limits:   limitSettings{AidGapDays: 14},
		Privacy: privacySettings{
			Version: "2026-12", Controller: "Dinas Sosial Kabupaten Sumbawa Barat", Contact: "kantor Dinas Sosial di Taliwang",
		},
		Keep: retainSettings{Months: 60},
	}
}

const exampleHead = `# Configuration of wksbm with the defaults of every key: copy it to config.toml and change what
# differs. "wksbm config check" says whether it is right.

`

// example renders the defaults as config.example.toml.
func example() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(exampleHead)
	enc := toml.NewEncoder(&b)
	if err := enc.Encode(defaults()); err != nil {
		return nil, fmt.Errorf("encode defaults: %w", err)
	}
	return b.Bytes(), nil
}
