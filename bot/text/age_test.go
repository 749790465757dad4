package text_test

import (
	"testing"
	"time"

	"wksbm/bot/text"
)

func TestAge(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "1 menit", 10 * time.Minute: "10 menit", 59 * time.Minute: "59 menit", time.Hour: "1 jam",
		47 * time.Hour: "1 hari", 72 * time.Hour: "3 hari",
	} {
		if got := text.Age(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
