package office

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"wksbm/bot/text"
	"wksbm/storage"
)

// digestSetting is the setting that says when a digest is posted.
func digestSetting(job string) string { return "digest_" + job }

// jobOf is the digest that a setting is about; "" for others.
func jobOf(name string) string {
	job, _ := strings.CutPrefix(name, "digest_")
	if job == name {
		return ""
	}
	return job
}

// usualDays are the days of the digests, as a cron expression has them.
var usualDays = map[string]string{"daily": "* * *", "weekly": "* * 1", "monthly": "1 * *"}

// Cron is when a digest is posted: on the days of the configuration, at the hour that was set.
func (o *Office) Cron(tx *storage.Tx, job, configured string) string {
	at := tx.Setting(digestSetting(job))
	switch m := minutesOf(at); {
	case at == off:
		return ""
	case m < 0:
		return configured
	default:
		days := usualDays[job]
		if f := strings.Fields(configured); len(f) == 5 {
			days = strings.Join(f[2:], " ")
		}
		return fmt.Sprintf("%d %d %s", m%60, m/60, days)
	}
}

// hourOf is the hour of a cron expression as a setting has it; "" when it names several.
func hourOf(cron string) string {
	f := strings.Fields(cron)
	if len(f) != 5 {
		return off
	}
	minute, err := strconv.Atoi(f[0])
	hour, err2 := strconv.Atoi(f[1])
	if err != nil || err2 != nil {
		return ""
	}
	return text.HourMinute(hour*60 + minute)
}

// minutesOf reads "07.00" as minutes since midnight; -1 when it is none.
func minutesOf(at string) int {
	t, err := time.Parse("15.04", at)
	if err != nil {
		return -1
	}
	return t.Hour()*60 + t.Minute()
}

// Standards are the values that settings have by the configuration: the hours of its digests by name, its
// quiet hours, who answers for the data and whom people ask.
func Standards(crons map[string]string, quietFrom, quietTo int, controller, contact string) map[string]string {
	out := map[string]string{
		CardsSetting: "household", ControllerSetting: controller, ContactSetting: contact,
		QuietSetting: text.HourMinute(quietFrom) + "-" + text.HourMinute(quietTo),
	}
	for job := range usualDays {
		out[digestSetting(job)] = hourOf(crons[job])
	}
	return out
}
