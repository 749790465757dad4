package welfare

// Why reports are taken back, as people choose it. Other reasons are in their own words, which may
// name people.
const (
	Miswritten    = "Keliru tulis"
	ReportedTwice = "Tercatat dua kali"
	FellThrough   = "Tidak jadi"
	AidFell       = "Bantuan tidak jadi"
	Elsewhere     = "Bukan warga desa ini"
	Untrue        = "Ternyata tidak benar"
)

// Takebacks lists these reasons.
func Takebacks() []string {
	return []string{Miswritten, ReportedTwice, FellThrough, AidFell, Elsewhere, Untrue}
}
