package welfare

import "strings"

// Resource is one of the twelve kinds of people and groups that social work can count on (PSKS). No is stored.
type Resource struct {
	No           int
	Label, Short string
	Words        []string // what people type
}

// PSKS lists the twelve kinds in their order. WKSBM has the name used in Kabupaten Sumbawa Barat.
func PSKS() []Resource {
	return []Resource{
		{1, "Pekerja Sosial Profesional", "Peksos", []string{"pekerja sosial", "pekerja sosial profesional"}},
		{2, "Pekerja Sosial Masyarakat (PSM)", "PSM", []string{"pekerja sosial masyarakat"}},
		{3, "Taruna Siaga Bencana (Tagana)", "Tagana", []string{"taruna siaga bencana"}},
		{4, "Lembaga Kesejahteraan Sosial (LKS)", "LKS", []string{"lembaga kesejahteraan sosial", "lksa", "panti", "panti asuhan", "panti jompo"}},
		{5, "Karang Taruna", "Karang Taruna", []string{"kartar", "pemuda"}},
		{6, "Lembaga Konsultasi Kesejahteraan Keluarga (LK3)", "LK3", []string{"lembaga konsultasi", "lembaga konsultasi kesejahteraan keluarga"}},
		{7, "Keluarga Pioner", "Keluarga Pioner", []string{"keluarga pionir", "pioner", "pionir"}},
		{8, "Wahana Kesejahteraan Sosial Berbasis Masyarakat (WKSBM)", "WKSBM", []string{"wahana kesejahteraan sosial", "wahana kesejahteraan sosial berbasis masyarakat", "wahana kesejahteraan sosial keluarga berbasis masyarakat"}},
		{9, "Wanita Pemimpin Kesejahteraan Sosial", "WPKS", []string{"wanita pemimpin"}},
		{10, "Penyuluh Sosial", "Penyuluh", nil},
		{11, "Tenaga Kesejahteraan Sosial Kecamatan (TKSK)", "TKSK", []string{"tenaga kesejahteraan sosial", "tenaga kesejahteraan sosial kecamatan"}},
		{12, "Dunia Usaha", "Dunia Usaha", []string{"csr", "perusahaan", "pengusaha", "toko", "pt", "cv", "umkm"}},
	}
}

// FindPSKS returns the kinds that words name, in official order.
func FindPSKS(words string) []Resource {
	all := PSKS()
	var known names
	for i, r := range all {
		bare, _, _ := strings.Cut(r.Label, " (")
		for _, w := range append([]string{bare, r.Short}, r.Words...) {
			known.add(i, w)
		}
	}
	var out []Resource
	for _, i := range known.find(words) {
		out = append(out, all[i])
	}
	return out
}
