package welfare

import "slices"

// Group is one of the twelve groups of people needing attention (PAS) that categories roll up to.
type Group struct {
	No    int
	Label string
}

// Groups lists the twelve groups in their order.
func Groups() []Group {
	labels := []string{
		"Anak-anak rentan", "Penyandang disabilitas", "Lanjut usia terlantar", "Berpendapatan rendah",
		"Korban bencana", "Afirmasi khusus", "Warga binaan", "Korban kekerasan", "Korban NAPZA dan HIV/AIDS",
		"Bermasalah sosial", "Perempuan rentan", "Fakir miskin",
	}
	out := make([]Group, len(labels))
	for i, l := range labels {
		out[i] = Group{No: i + 1, Label: l}
	}
	return out
}

// RollUp returns the groups that categories belong to: each once, in order. Unknown numbers are left out.
func RollUp(nos []int) []int {
	var out []int
	for _, no := range nos {
		if c, ok := ByNo(no); ok && !slices.Contains(out, c.Group) {
			out = append(out, c.Group)
		}
	}
	slices.Sort(out)
	return out
}
