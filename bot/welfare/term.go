package welfare

import "slices"

// Term is an entry of a list: a stored code, the label shown, what people type.
type Term struct {
	Code, Label string
	Words       []string
}

// FindTerms returns the entries of a list that words name, in the order of the list.
func FindTerms(list []Term, words string) []Term {
	var known names
	for i, t := range list {
		for _, w := range append([]string{t.Label}, t.Words...) {
			known.add(i, w)
		}
	}
	var out []Term
	for _, i := range known.find(words) {
		out = append(out, list[i])
	}
	return out
}

// TermLabel returns how a code of a list is shown; the code itself when it is unknown.
func TermLabel(list []Term, code string) string {
	if i := slices.IndexFunc(list, func(t Term) bool { return t.Code == code }); i >= 0 {
		return list[i].Label
	}
	return code
}

// Disabilities lists the kinds of disability.
func Disabilities() []Term {
	return []Term{
		{Code: "physical", Label: "Fisik", Words: []string{"daksa", "tunadaksa", "tuna daksa", "lumpuh", "stroke", "kursi roda", "amputasi", "kaki buntung", "disabilitas fisik"}},
		{Code: "intellectual", Label: "Intelektual", Words: []string{"grahita", "tunagrahita", "tuna grahita", "down syndrome", "down sindrom", "keterbelakangan mental", "disabilitas intelektual", "idiot"}},
		{Code: "mental", Label: "Mental", Words: []string{"odgj", "gangguan jiwa", "sakit jiwa", "gangguan mental", "gila", "orang gila", "autis", "autisme", "bipolar", "skizofrenia", "dipasung", "disabilitas mental"}},
		{Code: "sensory", Label: "Sensorik", Words: []string{"sensorik", "netra", "tunanetra", "tuna netra", "buta", "tuli", "tunarungu", "tuna rungu", "bisu", "tunawicara", "tuna wicara", "bisu tuli", "disabilitas sensorik"}},
	}
}

// Aids lists the programmes that a household may already receive.
func Aids() []Term {
	return []Term{
		{Code: "pkh", Label: "PKH", Words: []string{"program keluarga harapan", "keluarga harapan"}},
		{Code: "bpnt", Label: "Sembako/BPNT", Words: []string{"sembako", "bpnt", "kartu sembako", "bantuan pangan non tunai"}},
		{Code: "blt_dd", Label: "BLT DD", Words: []string{"blt", "bltdd", "blt desa", "blt dana desa", "bantuan langsung tunai"}},
		{Code: "pbi_jkn", Label: "PBI-JKN", Words: []string{"pbi", "jkn", "kis", "jkn kis", "bpjs", "bpjs gratis", "bpjs pbi", "pbi bpjs", "kartu indonesia sehat"}},
		{Code: "ksb_maju", Label: "KSB Maju", Words: []string{"kartu ksb maju", "kartu maju", "ksbmaju"}},
		{Code: "fm332", Label: "FM332", Words: []string{"fm 332", "baznas", "fm332 baznas"}},
	}
}

// Needs lists what a household may need most.
func Needs() []Term {
	return []Term{
		{Code: "groceries", Label: "Sembako", Words: []string{"beras", "makan", "makanan", "pangan", "bahan pokok"}},
		{Code: "treatment", Label: "Berobat", Words: []string{"obat", "biaya berobat", "pengobatan", "sakit", "operasi", "rumah sakit", "periksa"}},
		{Code: "capital", Label: "Modal usaha", Words: []string{"modal", "usaha", "alat usaha", "gerobak"}},
		{Code: "house_repair", Label: "Perbaikan rumah", Words: []string{"rumah", "perbaiki rumah", "bedah rumah", "rtlh", "mahyani", "rumah rusak", "atap bocor", "jamban", "rumah tidak layak huni"}},
		{Code: "school", Label: "Sekolah", Words: []string{"biaya sekolah", "alat sekolah", "perlengkapan sekolah", "seragam", "pendidikan", "kuliah", "spp"}},
		{Code: "aid_device", Label: "Alat bantu", Words: []string{"kursi roda", "alat bantu kursi roda", "tongkat", "kruk", "alat bantu dengar", "alat dengar", "kaki palsu", "kacamata"}},
		{Code: "baby", Label: "Perlengkapan bayi", Words: []string{"bayi", "susu bayi", "popok", "pampers", "alat bayi"}},
		{Code: "funeral", Label: "Uang duka", Words: []string{"duka", "kematian", "pemakaman", "meninggal", "santunan kematian"}},
		{Code: "papers", Label: "Dokumen kependudukan", Words: []string{"dokumen", "ktp", "kk", "kartu keluarga", "akta", "akte", "akta kelahiran", "akte kelahiran", "surat"}},
		{Code: "other", Label: "Lainnya", Words: []string{"lain", "lain lain", "yang lain"}},
	}
}

// Works lists what people live on.
func Works() []Term {
	return []Term{
		{Code: "farmer", Label: "Petani", Words: []string{"tani", "bertani", "berkebun", "pekebun", "sawah"}},
		{Code: "farm_labourer", Label: "Buruh tani", Words: []string{"buruh sawah", "buruh kebun", "penggarap"}},
		{Code: "fisher", Label: "Nelayan", Words: []string{"melaut", "buruh nelayan", "cari ikan"}},
		{Code: "herder", Label: "Peternak", Words: []string{"ternak", "beternak", "gembala", "penggembala"}},
		{Code: "trader", Label: "Pedagang", Words: []string{"dagang", "berdagang", "jualan", "jual", "penjual", "warung", "kios"}},
		{Code: "day_labourer", Label: "Buruh harian", Words: []string{"buruh", "buruh lepas", "buruh harian lepas", "harian lepas", "serabutan", "kerja serabutan", "kuli", "tukang", "buruh bangunan", "tukang ojek", "ojek"}},
		{Code: "housewife", Label: "Ibu rumah tangga", Words: []string{"irt", "rumah tangga", "mengurus rumah", "mengurus rumah tangga"}},
		{Code: "none", Label: "Tidak bekerja", Words: []string{"tidak kerja", "tdk bekerja", "tdk kerja", "gak kerja", "ga kerja", "nggak kerja", "belum bekerja", "belum kerja", "blm kerja", "blm bekerja", "pengangguran", "nganggur", "menganggur", "tidak ada pekerjaan"}},
		{Code: "other", Label: "Lainnya", Words: []string{"lain", "lain lain", "yang lain"}},
	}
}
