package welfare

import "slices"

// Sources lists who aid comes from: an editable default (DOMAIN.md §6).
func Sources() []Term {
	return []Term{
		{Code: "individual_donor", Label: "Donatur", Words: []string{"donatur perorangan", "perorangan", "orang", "pribadi", "warga", "dermawan"}},
		{Code: "member_dues", Label: "Iuran anggota", Words: []string{"iuran", "anggota"}},
		{Code: "household_gift", Label: "Jimpitan"},
		{Code: "mosque", Label: "Masjid", Words: []string{"kotak amal", "kas masjid", "musala", "mushola", "musholla"}},
		{Code: "baznas", Label: "BAZNAS", Words: []string{"fm332", "fm 332", "zakat"}},
		{Code: "migrant", Label: "Perantau", Words: []string{"rantau"}},
		{Code: "company", Label: "Perusahaan", Words: []string{"csr", "pt", "toko"}},
		{Code: "social_group", Label: "Lembaga", Words: []string{"lks", "psks", "yayasan", "karang taruna", "pkk", "komunitas", "panti"}},
		{Code: "village_fund", Label: "Dana desa", Words: []string{"apbdes", "desa", "pemdes", "bumdes", "blt", "blt dd"}},
		{Code: "regency", Label: "Kabupaten", Words: []string{"pemda", "ksb maju", "dinsos", "pemkab", "bupati", "dinas", "dinas sosial", "dinsos ksb"}},
		{Code: "province", Label: "Provinsi", Words: []string{"pemprov", "gubernur"}},
		{Code: "central", Label: "Pusat", Words: []string{"kemensos", "bpnt", "pkh", "bulog", "pemerintah pusat"}},
		{Code: "other", Label: "Lainnya", Words: []string{"lain", "lain lain", "tidak tahu", "gak tau", "belum tahu", "siapa ya"}},
	}
}

// Purposes lists whom aid is for.
func Purposes() []Term {
	return []Term{
		{Code: "general", Label: "Umum", Words: []string{"semua", "siapa saja", "warga", "kas", "warga kurang mampu", "kurang mampu", "fakir miskin", "miskin", "duafa", "dhuafa", "janda", "masyarakat", "orang kampung"}},
		{Code: "orphans", Label: "Yatim", Words: []string{"anak yatim", "yatim piatu", "piatu"}},
		{Code: "elderly", Label: "Lansia", Words: []string{"lanjut usia", "nenek", "nenek2", "kakek", "orang tua", "orang tua2", "lansia2", "jompo"}},
		{Code: "disability", Label: "Disabilitas", Words: []string{"penyandang disabilitas", "difabel", "orang cacat", "cacat", "odgj"}},
		{Code: "disaster", Label: "Bencana", Words: []string{"korban bencana", "musibah", "banjir", "gempa", "kebakaran", "longsor"}},
		{Code: "sick", Label: "Orang sakit", Words: []string{"sakit", "berobat"}},
		{Code: "bereaved", Label: "Duka", Words: []string{"uang duka", "takziah", "takziyah", "kematian", "meninggal"}},
		{Code: "school", Label: "Sekolah", Words: []string{"anak sekolah", "pelajar", "beasiswa"}},
		{Code: "other", Label: "Lainnya", Words: []string{"lain", "lain lain"}},
	}
}

// NamedSource says whether aid from a source has a giver with a name.
func NamedSource(code string) bool {
	return slices.Contains([]string{"individual_donor", "migrant", "mosque", "company", "social_group", "other"}, code)
}
