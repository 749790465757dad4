package welfare

// NextSteps lists what staff may do next for a household, by the codes of the archive.
func NextSteps() []Term {
	return []Term{
		{Code: "visit", Label: "Kunjungi rumah"},
		{Code: "call", Label: "Hubungi pelapor"},
		{Code: "refer", Label: "Rujuk"},
		{Code: "data", Label: "Lengkapi data"},
		{Code: "deliver", Label: "Antar bantuan"},
		{Code: "answer", Label: "Tunggu jawaban rujukan"},
		{Code: "confirm", Label: "Tunggu kata pelapor"},
	}
}

// Referrals lists where staff refer a household beside the partners of its village.
func Referrals() []Term {
	return []Term{
		{Code: "tksk", Label: "TKSK"},
		{Code: "slrt", Label: "FS/SLRT"},
		{Code: "pkh", Label: "PKH"},
		{Code: "baznas", Label: "BAZNAS"},
		{Code: "health", Label: "Puskesmas"},
	}
}

// ReferralLabel names where a household was referred; a TKSK is of a kecamatan.
func ReferralLabel(code, district string) string {
	label := TermLabel(Referrals(), code)
	if code == "tksk" && district != "" {
		label += " " + district
	}
	return label
}

// ReferralAnswers lists what may become of a referral.
func ReferralAnswers() []Term {
	return []Term{
		{Code: "accepted", Label: "Diterima"},
		{Code: "declined", Label: "Belum diterima"},
		{Code: "given", Label: "Bantuan diberikan"},
	}
}
