package paper

import "time"

// Roman is a month as the numbers of letters write it: XI.
func Roman(m time.Month) string {
	return [...]string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}[m-1]
}
