package book

import (
	"slices"
	"strings"
	"time"

	"wksbm/bot/text"
	"wksbm/storage"
)

// Wish is what somebody asks of the books: a kind, a month, a file format. What is not named is empty.
type Wish struct {
	Kind   string
	Month  storage.Month
	Format string
}

// Read reads "kas oktober", "barang bulan lalu pdf", "laporan bulanan". sure is false when there are
// words that belong to no wish.
func Read(words string, now time.Time) (w Wish, sure bool) {
	fields := strings.Fields(text.Fold(words))
	for len(fields) > 0 {
		n := w.take(fields, now)
		if n == 0 {
			return w, false
		}
		fields = fields[n:]
	}
	return w, true
}

// take reads the words that fields begin with, and says how many those are.
func (w *Wish) take(fields []string, now time.Time) int {
	two := strings.Join(fields[:min(2, len(fields))], " ")
	present := storage.DayOf(now).Month()
	switch two {
	case "bulan ini", "bln ini":
		w.Month = present
		return 2
	case "bulan lalu", "bulan kemarin", "bulan kemaren", "bln lalu", "bln kemarin":
		w.Month = present - 1
		return 2
	case "daftar hadir":
		w.Kind = Meetings
		return 2
	}
	if t, ok := text.ParseMonth(two, now); ok && len(fields) > 1 {
		w.Month = storage.DayOf(t).Month()
		return 2
	}
	if t, ok := text.ParseMonth(fields[0], now); ok {
		w.Month = storage.DayOf(t).Month()
		return 1
	}
	return w.word(fields[0])
}

// word reads one word.
func (w *Wish) word(word string) int {
	switch word {
	case "buku", "desa", "bulan", "bln", "daftar", "file", "berkas", "dan", "saldo", "isi", "berapa", "sekarang":
		return 1
	case "pdf":
		w.Format = "pdf"
		return 1
	case "xlsx", "excel", "xls":
		w.Format = "xlsx"
		return 1
	}
	for _, kind := range Kinds() {
		if slices.Contains(wordsOf(kind), word) {
			w.Kind = kind
			return 1
		}
	}
	return 0
}

func wordsOf(kind string) []string {
	switch kind {
	case Cash:
		return []string{"kas", "uang", "keuangan"}
	case Goods:
		return []string{"barang", "stok", "sembako"}
	case Cases:
		return []string{"warga", "keluarga"}
	case Meetings:
		return []string{"notulen", "rapat", "pertemuan", "absen"}
	case Activities:
		return []string{"kegiatan", "program"}
	case Partners:
		return []string{"mitra", "psks"}
	case Monthly:
		return []string{"laporan", "bulanan"}
	}
	return nil
}
