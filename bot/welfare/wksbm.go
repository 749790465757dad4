package welfare

import (
	"fmt"
	"strings"
)

// ActivityKinds lists what a WKSBM does: an editable default (DOMAIN.md §1).
func ActivityKinds() []Term {
	return []Term{
		{Code: "collecting", Label: "Kumpul bantuan", Words: []string{"penggalangan dana", "iuran", "jimpitan", "sumbangan"}},
		{Code: "giving", Label: "Salur bantuan", Words: []string{"penyaluran", "santunan", "sembako"}},
		{Code: "recording", Label: "Pendataan warga", Words: []string{"pendataan"}},
		{Code: "referring", Label: "Rujukan"},
		{Code: "visiting", Label: "Kunjungan rumah", Words: []string{"kunjungan", "jenguk"}},
		{Code: "elderly", Label: "Lansia", Words: []string{"posyandu lansia", "senam lansia"}},
		{Code: "orphans", Label: "Anak yatim", Words: []string{"yatim"}},
		{Code: "bereaved", Label: "Bantuan duka", Words: []string{"duka", "kematian"}},
		{Code: "teamwork", Label: "Gotong royong", Words: []string{"kerja bakti"}},
		{Code: "training", Label: "Pelatihan", Words: []string{"keterampilan", "usaha", "penyuluhan"}},
	}
}

// The kinds of partners beside the twelve of PSKS.
const (
	GroupOfRT    = "rt_group"
	Organisation = "organisation"
)

// PSKSCode is the code of a kind of PSKS as a partner: "psks_05".
func PSKSCode(no int) string { return fmt.Sprintf("psks_%02d", no) }

// PartnerKinds lists the kinds of partners of a WKSBM, those that villages have most first.
func PartnerKinds() []Term {
	all := []Term{
		{Code: GroupOfRT, Label: "Kelompok RT/RW", Words: []string{"kelompok", "rt", "rw", "dasawisma", "arisan", "kelompok rt", "kelompok rw", "banjar", "jimpitan"}},
		{Code: Organisation, Label: "Organisasi", Words: []string{"pkk", "majelis taklim", "majelis", "remaja masjid", "yayasan", "komunitas", "ormas", "kelompok tani", "bumdes", "posyandu", "puskesmas", "masjid", "baznas", "muslimat", "aisyiyah", "sekolah", "paud", "madrasah", "pesantren", "koperasi", "kantor"}},
	}
	kinds := PSKS()
	for _, no := range []int{5, 4, 2, 12, 3, 11, 1, 6, 7, 8, 9, 10} {
		r, label := kinds[no-1], kinds[no-1].Short
		if plain, ok := map[int]string{4: "LKS (panti)", 9: "Wanita Pemimpin"}[no]; ok {
			label = plain
		}
		all = append(all, Term{Code: PSKSCode(no), Label: label, Words: append([]string{r.Short, r.Label}, r.Words...)})
	}
	return all
}

// MeetingKinds lists the kinds of meetings.
func MeetingKinds() []Term {
	return []Term{
		{Code: "regular", Label: "Rutin", Words: []string{"rapat rutin", "bulanan", "mingguan", "rutinan", "pertemuan rutin"}},
		{Code: "incidental", Label: "Insidental", Words: []string{"insidentil", "mendadak", "dadakan", "darurat", "khusus"}},
		{Code: "deliberation", Label: "Musyawarah", Words: []string{"musdes", "mufakat", "rembuk", "rembug", "muswarah"}},
		{Code: "other", Label: "Lainnya", Words: []string{"lain", "lain lain"}},
	}
}

// MeetingTitle names a meeting by the code of its kind: "Rapat rutin".
func MeetingTitle(code string) string {
	switch code {
	case "deliberation":
		return "Musyawarah"
	case "other", "":
		return "Rapat"
	}
	return "Rapat " + strings.ToLower(TermLabel(MeetingKinds(), code))
}

// PlainMember is how a member without a post is chosen; it is stored as "".
const PlainMember = "member"

// Posts lists what people are in a WKSBM, in their order: an editable default (DOMAIN.md §2).
func Posts() []Term {
	return []Term{
		{Code: "chair", Label: "Ketua"},
		{Code: "vice", Label: "Wakil", Words: []string{"wakil ketua"}},
		{Code: "secretary", Label: "Sekretaris", Words: []string{"sekertaris", "sekretaris"}},
		{Code: "treasurer", Label: "Bendahara"},
		{Code: PlainMember, Label: "Anggota", Words: []string{"anggota biasa", "biasa", "tidak ada"}},
		{Code: "cadre", Label: "Kader", Words: []string{"kader posyandu", "posyandu"}},
		{Code: "other", Label: "Lainnya", Words: []string{"lain"}},
	}
}
