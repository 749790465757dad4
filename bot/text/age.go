package text

import (
	"strconv"
	"time"
)

// Age prints how long something lasts: "10 menit", "3 jam", "2 hari".
func Age(d time.Duration) string {
	switch {
	case d < time.Hour:
		return strconv.Itoa(max(1, int(d.Minutes()))) + " menit"
	case d < 24*time.Hour:
		return strconv.Itoa(int(d.Hours())) + " jam"
	}
	return strconv.Itoa(int(d.Hours()/24)) + " hari"
}
