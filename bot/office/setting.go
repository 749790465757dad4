package office

import (
	"strings"

	"wksbm/bot/remind"
	"wksbm/storage"
)

// The names of the settings. Stored: never renamed.
const (
	CardsSetting      = "cards"          // which reports get a card in the group
	TermSetting       = "terms"          // how people in need are called in recaps
	DailySetting      = "digest_daily"   // when the digests are posted: "07.00", or off
	WeeklySetting     = "digest_weekly"  // the same
	MonthlySetting    = "digest_monthly" // the same
	QuietSetting      = "quiet"          // "20.00-07.00": nobody is reminded in between
	RetentionSetting  = "retention_months"
	ControllerSetting = "privacy_controller"
	ContactSetting    = "privacy_contact"
)

// off is the value of what is not to happen.
const off = "off"

// setting is something that administrators of the group may change. Its value has a choice of options,
// or is typed when there are none.
type setting struct {
	name, label string
	button      string // its label among the buttons
	ask         string
	options     []choice
	// grave says what a change does that cannot be taken back; "" when nothing.
	grave func(now, next string) string
}

type choice struct{ value, label string }

// settings lists them in the order in which they are shown.
func settings() []setting {
	return []setting{
		{
			name: CardsSetting, label: "Kartu di grup", button: "Kartu", ask: "Laporan mana yang mendapat kartu di grup?",
			options: []choice{{"household", "warga baru"}, {"all", "semua laporan"}, {"none", "tidak ada"}},
		},
		{
			name: TermSetting, label: "Sebutan", button: "Sebutan", ask: "Warga yang memerlukan bantuan disebut apa di rekap?",
			options: []choice{{"", "Warga"}, {"pmks", "PMKS"}, {"ppks", "PPKS"}, {"pas", "PAS"}},
		},
		{name: DailySetting, label: "Rekap harian", button: "Harian", ask: "Rekap harian dikirim pukul berapa?", options: hours()},
		{name: WeeklySetting, label: "Rekap mingguan", button: "Mingguan", ask: "Rekap mingguan dikirim pukul berapa?", options: hours()},
		{name: MonthlySetting, label: "Rekap bulanan", button: "Bulanan", ask: "Rekap bulanan dikirim pukul berapa?", options: hours()},
		{
			name: QuietSetting, label: "Jam tenang", button: "Jam tenang", ask: "Kapan pelapor tidak diingatkan apa pun?",
			options: []choice{{"20.00-07.00", "20.00–07.00"}, {"21.00-06.00", "21.00–06.00"}, {"18.00-08.00", "18.00–08.00"}},
		},
		{
			name: RetentionSetting, label: "Data warga disimpan", button: "Lama simpan", ask: "Berapa lama data warga disimpan sesudah kabar terakhirnya?",
			options: []choice{{"24", "2 tahun"}, {"36", "3 tahun"}, {"60", "5 tahun"}, {"120", "10 tahun"}, {"0", "tanpa batas"}},
			grave: func(_, next string) string {
				if next == "0" {
					return ""
				}
				return "Yang lebih lama diusulkan untuk dihapus; penghapusannya masih ditanyakan lagi."
			},
		},
		{name: ControllerSetting, label: "Pengendali data", button: "Pengendali", ask: "Siapa pengendali data di /privasi?"},
		{name: ContactSetting, label: "Kontak", button: "Kontak", ask: "Ke mana orang bertanya atau minta data dihapus?"},
	}
}

// hours are the times of day that are offered for a digest.
func hours() []choice {
	var out []choice
	for _, at := range []string{"06.00", "07.00", "08.00", "09.00", "12.00", "16.00"} {
		out = append(out, choice{at, at})
	}
	return append(out, choice{off, "mati"})
}

func settingOf(name string) (setting, bool) {
	for _, s := range settings() {
		if s.name == name {
			return s, true
		}
	}
	return setting{}, false
}

// takes says whether a value is one of the setting's options.
func (s setting) takes(value string) bool {
	for _, c := range s.options {
		if c.value == value {
			return true
		}
	}
	return false
}

// shown is a value as people read it. It is plain text.
func (s setting) shown(value string) string {
	for _, c := range s.options {
		switch {
		case c.value == value && jobOf(s.name) != "" && value != off:
			return "pukul " + c.label
		case c.value == value:
			return c.label
		}
	}
	if value == "" {
		return "belum diatur"
	}
	return strings.ReplaceAll(value, "-", "–")
}

// Value is a setting as it is now: what an administrator set, else what the configuration says.
func (o *Office) Value(tx *storage.Tx, name string) string {
	if v := tx.Setting(name); v != "" {
		return v
	}
	return o.Standard[name]
}

// contact is whom people ask.
func (o *Office) contact(tx *storage.Tx) string {
	if v := tx.Setting(ContactSetting); v != "" {
		return v
	}
	return o.Contact
}

// Rules are when people are reminded, with the quiet hours as they are now.
func (o *Office) Rules(tx *storage.Tx, r remind.Rules) remind.Rules {
	from, to, ok := strings.Cut(tx.Setting(QuietSetting), "-")
	a, b := minutesOf(from), minutesOf(to)
	if ok && a >= 0 && b >= 0 && r != (remind.Rules{}) {
		r.QuietFrom, r.QuietTo = a, b
	}
	return r
}
