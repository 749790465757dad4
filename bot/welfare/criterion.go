package welfare

// Criterion is one of the yes/no questions about poverty (Kepmensos 262/HUK/2022). A yes means that it is met.
type Criterion struct {
	No    int
	Short string // fits a button
	Full  string // as the decree says it
}

// Criteria lists the nine questions in their order. They are shown as answered and never added up.
func Criteria() []Criterion {
	return []Criterion{
		{0, "Tidak punya tempat tinggal", "Tidak memiliki tempat berteduh/tinggal sehari-hari (jika ya: langsung dikategorikan fakir miskin)"},
		{1, "Kepala keluarga tidak bekerja", "Kepala keluarga atau pengurus kepala keluarga tidak bekerja"},
		{2, "Khawatir/pernah tidak makan", "Pernah khawatir tidak makan atau pernah tidak makan dalam setahun terakhir"},
		{3, "Makan lebih dari ½ pengeluaran", "Pengeluaran kebutuhan makan lebih besar dari setengah total pengeluaran"},
		{4, "Setahun tidak beli pakaian", "Tidak ada pengeluaran untuk pakaian selama 1 (satu) tahun terakhir"},
		{5, "Lantai tanah/plesteran", "Tempat tinggal sebagian besar berlantai tanah dan/atau plesteran"},
		{6, "Dinding bambu, papan, terpal, seng", "Tempat tinggal sebagian besar berdinding bambu, kawat, papan kayu, terpal, kardus, tembok tanpa diplester, rumbia, atau seng"},
		{7, "Tidak punya jamban sendiri", "Tidak memiliki jamban sendiri atau menggunakan jamban komunitas"},
		{8, "Listrik 450 VA/bukan listrik", "Sumber penerangan berasal dari listrik dengan daya 450 VA atau bukan listrik"},
	}
}
