// Package welfare holds the lists of social work: categories of need, resources, criteria, what people type for each.
package welfare

import (
	"slices"
	"strings"
	"sync"
)

// Category is one of the 26 kinds of people whom social work is for (PMKS, now PPKS or PAS). No is stored.
type Category struct {
	No         int
	Label      string   // the official name
	Short      string   // as known for short: "LUT"
	Words      []string // what people type; a word may belong to several
	Group      int      // of the twelve groups of PAS
	Sensitive  bool     // never with a name in lists, digests or files
	Child      bool
	Disability bool // needs the kind of disability
	Women      bool // women only
	MinAge     int  // usual ages, to warn by and never to refuse
	MaxAge     int  // 0: none
}

// FitsAge reports whether an age is usual for the category.
func (c Category) FitsAge(age int) bool {
	return age >= c.MinAge && (c.MaxAge == 0 || age <= c.MaxAge)
}

// Categories lists the 26 categories in their official order.
func Categories() []Category {
	return []Category{
		{No: 1, Label: "Anak Balita Terlantar", Short: "ABT", Group: 1, Child: true, MaxAge: 5, Words: []string{"balita", "balita terlantar", "bayi terlantar", "bayi dibuang", "terlantar"}},
		{No: 2, Label: "Anak Terlantar", Short: "AT", Group: 1, Child: true, MinAge: 6, MaxAge: 18, Words: []string{"anak", "terlantar", "yatim", "piatu", "yatim piatu", "anak yatim", "anak piatu", "anak yatim piatu", "putus sekolah", "anak putus sekolah"}},
		{No: 3, Label: "Anak yang Berhadapan dengan Hukum", Short: "ABH", Group: 1, Sensitive: true, Child: true, MinAge: 6, MaxAge: 18, Words: []string{"berhadapan hukum", "anak bermasalah hukum", "anak nakal"}},
		{No: 4, Label: "Anak Jalanan", Short: "AJ", Group: 1, Child: true, MinAge: 6, MaxAge: 18, Words: []string{"anjal"}},
		{No: 5, Label: "Anak dengan Kedisabilitasan (ADK)", Short: "ADK", Group: 1, Child: true, Disability: true, MinAge: 6, MaxAge: 18, Words: []string{"anak kedisabilitasan", "anak berkebutuhan khusus", "berkebutuhan khusus", "abk"}},
		{No: 6, Label: "Anak yang Menjadi Korban Tindak Kekerasan atau Diperlakukan Salah", Short: "Anak korban kekerasan", Group: 1, Sensitive: true, Child: true, MinAge: 6, MaxAge: 18, Words: []string{"anak korban tindak kekerasan", "kekerasan anak", "kekerasan terhadap anak", "kekerasan pada anak", "kekerasan", "diperlakukan salah"}},
		{No: 7, Label: "Anak yang Memerlukan Perlindungan Khusus", Short: "AMPK", Group: 1, Child: true, MinAge: 6, MaxAge: 18, Words: []string{"perlindungan khusus", "anak perlindungan khusus", "yatim", "piatu", "yatim piatu", "anak yatim", "anak piatu", "anak yatim piatu", "anak"}},
		{No: 8, Label: "Lanjut Usia Terlantar", Short: "LUT", Group: 3, MinAge: 60, Words: []string{"lansia", "lansia terlantar", "lanjut usia", "usia lanjut", "jompo", "manula", "orang tua renta", "orang tua terlantar", "terlantar"}},
		{No: 9, Label: "Penyandang Disabilitas", Short: "PD", Group: 2, Disability: true, Words: disabled()},
		{No: 10, Label: "Tuna Susila", Short: "TS", Group: 10, Sensitive: true, Words: []string{"tunasusila", "wts", "psk", "pekerja seks"}},
		{No: 11, Label: "Gelandangan", Short: "GLDG", Group: 4, Words: []string{"gepeng", "tunawisma", "tuna wisma"}},
		{No: 12, Label: "Pengemis", Short: "PGMS", Group: 4, Words: []string{"gepeng", "peminta minta"}},
		{No: 13, Label: "Pemulung", Short: "Pemulung", Group: 4},
		{No: 14, Label: "Kelompok Minoritas", Short: "Minoritas", Group: 10, Sensitive: true, Words: []string{"waria"}},
		{No: 15, Label: "Bekas Warga Binaan Lembaga Pemasyarakatan (BWBLP)", Short: "BWBLP", Group: 7, Sensitive: true, Words: []string{"bwblk", "bekas warga binaan", "warga binaan", "mantan napi", "bekas napi", "eks napi", "mantan narapidana", "bekas narapidana", "eks narapidana"}},
		{No: 16, Label: "Orang dengan HIV/AIDS (ODHA)", Short: "ODHA", Group: 9, Sensitive: true, Words: []string{"hiv", "aids", "hiv aids", "odhiv"}},
		{No: 17, Label: "Korban Penyalahgunaan NAPZA", Short: "NAPZA", Group: 9, Sensitive: true, Words: []string{"korban napza", "narkoba", "korban narkoba", "pecandu", "pecandu narkoba", "penyalahgunaan narkoba"}},
		{No: 18, Label: "Korban Trafficking", Short: "Trafficking", Group: 8, Sensitive: true, Words: []string{"traficking", "perdagangan orang", "perdagangan manusia", "tppo"}},
		{No: 19, Label: "Korban Tindak Kekerasan", Short: "KTK", Group: 8, Sensitive: true, Words: []string{"korban kekerasan", "kekerasan", "kdrt", "kekerasan dalam rumah tangga"}},
		{No: 20, Label: "Pekerja Migran Bermasalah Sosial (PMBS)", Short: "PMBS", Group: 8, Words: []string{"pekerja migran", "pmi", "pmi bermasalah", "tki", "tkw", "tki bermasalah", "tkw bermasalah"}},
		{No: 21, Label: "Korban Bencana Alam", Short: "KBA", Group: 5, Words: []string{"bencana", "korban bencana", "bencana alam", "banjir", "gempa", "gempa bumi", "longsor", "tsunami", "angin puting beliung", "puting beliung", "kekeringan", "kebakaran"}},
		{No: 22, Label: "Korban Bencana Sosial", Short: "KBS", Group: 5, Words: []string{"bencana", "korban bencana", "bencana sosial", "konflik", "konflik sosial", "kerusuhan", "kebakaran"}},
		{No: 23, Label: "Perempuan Rawan Sosial Ekonomi", Short: "PRSE", Group: 11, Women: true, Words: []string{"wrse", "wanita rawan sosial ekonomi", "perempuan rawan", "janda", "ibu tunggal", "perempuan kepala keluarga", "perempuan rentan"}},
		{No: 24, Label: "Fakir Miskin", Short: "FM", Group: 12, Words: []string{"fakir", "miskin", "kurang mampu", "tidak mampu", "tdk mampu", "gak mampu", "dhuafa", "duafa", "prasejahtera"}},
		{No: 25, Label: "Keluarga Bermasalah Sosial Psikologis", Short: "KBSP", Group: 10, Words: []string{"keluarga bermasalah", "rumah tangga bermasalah", "broken home"}},
		{No: 26, Label: "Komunitas Adat Terpencil", Short: "KAT", Group: 6, Words: []string{"komunitas adat", "adat terpencil", "masyarakat terpencil", "suku terasing"}},
	}
}

// disabled is what people say of disabilities of every kind.
func disabled() []string {
	words := []string{"disabilitas", "difabel", "cacat", "paca", "penyandang cacat"}
	for _, d := range Disabilities() {
		words = append(words, d.Words...)
	}
	return words
}

// ByNo returns the category of a number.
func ByNo(no int) (Category, bool) {
	all := Categories()
	i := slices.IndexFunc(all, func(c Category) bool { return c.No == no })
	if i < 0 {
		return Category{}, false
	}
	return all[i], true
}

// Find returns the categories that words may mean, in official order: those of every name in them,
// and several for a name that is open ("yatim"). The person has to choose or confirm.
func Find(words string) []Category {
	all := Categories()
	var out []Category
	for _, i := range categoryNames().find(words) {
		out = append(out, all[i])
	}
	return out
}

// categoryNames is made once: the list is long.
var categoryNames = sync.OnceValue(func() names {
	var out names
	for i, c := range Categories() {
		bare, _, _ := strings.Cut(c.Label, " (")
		for _, w := range append([]string{bare, c.Short}, c.Words...) {
			out.add(i, w)
			if c.No == 9 { // a child with it is of its own category
				out.add(4, "anak "+w)
				out.add(4, "balita "+w)
			}
		}
	}
	return out
})
