package flows

import (
	"fmt"
	"hash/crc32"
	"regexp"
	"strconv"
	"strings"

	"wksbm/bot/book"
	"wksbm/bot/chat"
	"wksbm/bot/text"
	"wksbm/storage"
)

// bookName is the page of the village's books, and its command.
const bookName = "buku"

// BookDrawing is the chat.Drawing.Kind of a book; its Name is the book.
const BookDrawing = "book"

// bookPage shows the village's books by month. Its arguments are the book, the month, the page
// counted from the end, and an account of the goods.
func bookPage() Page {
	return Page{Name: bookName, Command: true, Show: func(e Env, args []string) []chat.Reply {
		look := bookLook{e: e, month: storage.DayOf(e.Now).Month()}
		look.shelf = book.Shelf{Tx: e.Tx, Region: e.Region, Month: look.month, Now: e.Now}
		look.shelf.Village, _ = e.Region.ByCode(e.Member.Village)
		if len(args) == 1 && !known(args[0]) {
			return look.asked(args[0])
		}
		look.read(args)
		if len(args) > 4 {
			return look.file(args[4], chat.Toast)
		}
		return []chat.Reply{look.screen()}
	}}
}

// bookLook is one look at the books.
type bookLook struct {
	e       Env
	shelf   book.Shelf
	kind    string // "" before one is chosen
	month   storage.Month
	page    int
	account string
	empty   bool // there is nothing that a file would show
}

func known(kind string) bool { return book.Title(kind) != "" }

// read takes the arguments of a button; what cannot be is as if it was not there.
func (l *bookLook) read(args []string) {
	arg := func(i int) string {
		if i < len(args) {
			return args[i]
		}
		return ""
	}
	if known(arg(0)) {
		l.kind = arg(0)
	}
	if m, ok := text.ParseMonth(arg(1), l.e.Now); ok {
		l.turn(storage.DayOf(m).Month())
	}
	l.page, _ = strconv.Atoi(arg(2))
	l.account = arg(3)
}

// turn opens another month; none that has not come, none before the archive's time.
func (l *bookLook) turn(m storage.Month) {
	l.month = max(min(m, storage.DayOf(l.e.Now).Month()), earliest)
	l.shelf.Month = l.month
}

const earliest = storage.Month(2020 * 12)

// asked answers "/buku kas oktober".
func (l *bookLook) asked(words string) []chat.Reply {
	w, sure := book.Read(words, l.e.Now)
	l.kind = w.Kind
	if w.Month != 0 {
		l.turn(w.Month)
	}
	switch {
	case !sure:
		r := l.screen()
		r.Text = "Kami membaca " + quoted(words) + ", belum tahu buku yang mana. Misalnya: /buku kas oktober\n\n" + r.Text
		return []chat.Reply{r}
	case w.Month > l.month:
		r := l.screen()
		r.Text = book.MonthName(w.Month) + " belum tiba, " + l.e.call() + ". Ini bulan sekarang.\n\n" + r.Text
		return []chat.Reply{r}
	case w.Format != "" && l.kind != "":
		return l.file(w.Format, chat.Say)
	}
	return []chat.Reply{l.screen()}
}

func quoted(words string) string { return chat.Escape(`"` + text.Clip(text.Clean(words), 40) + `"`) }

// tap is a button that looks at the books in another way.
func (l *bookLook) tap(label, kind string, month storage.Month, page int, more ...string) chat.Button {
	return pageTap(label, bookName, append([]string{kind, month.String(), strconv.Itoa(page)}, more...)...)
}

// screen shows the chosen book, or the choice.
func (l *bookLook) screen() chat.Reply {
	if l.kind == "" {
		return l.cover()
	}
	head := "📒 <b>" + book.Title(l.kind) + " · " + book.MonthName(l.month) + "</b>"
	words, rows := l.body()
	rows = append(rows, l.months(), l.files())
	if l.account != "" && l.kind == book.Goods {
		rows = append(rows, []chat.Button{l.tap("‹ Buku barang", book.Goods, l.month, 0), tap("Menu", "menu")})
	} else {
		rows = append(rows, []chat.Button{l.tap("‹ Buku desa", "", l.month, 0), tap("Menu", "menu")})
	}
	return screen(head+"\n"+words, filled(rows)...)
}

// filled leaves empty rows out.
func filled(rows [][]chat.Button) [][]chat.Button {
	var out [][]chat.Button
	for _, r := range rows {
		if len(r) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// cover offers the books, and the report of the month as a file in one tap.
func (l *bookLook) cover() chat.Reply {
	cash := l.shelf.Account(storage.ItemMoney, storage.UnitRupiah)
	words := "📒 <b>Buku " + chat.Escape(l.e.Region.FullName(l.e.Member.Village)) + " · " + book.MonthName(l.month) + "</b>\n" +
		"Saldo kas " + cash.Amount(cash.Closing) + l.left() + "\nMau melihat yang mana, " + l.e.call() + "?"
	var rows [][]chat.Button
	var row []chat.Button
	for _, kind := range book.Kinds() {
		if row = append(row, l.tap(bookButton(kind), kind, l.month, 0)); len(row) == 3 {
			rows, row = append(rows, row), nil
		}
	}
	if book.MayTake(l.e.Member, l.e.Member.Village) {
		row = append(row, l.tap("Laporan PDF", book.Monthly, l.month, 0, "", "pdf"))
	}
	rows = append(rows, row, l.months(), []chat.Button{tap("Menu", "menu")})
	return screen(words, filled(rows)...)
}

func bookButton(kind string) string {
	switch kind {
	case book.Cash:
		return "Kas"
	case book.Goods:
		return "Barang"
	case book.Cases:
		return "Warga"
	}
	return book.Title(kind)
}

// left names what goods there are at the end of the month.
func (l *bookLook) left() string {
	words, n := "", 0
	for _, a := range l.shelf.Accounts() {
		if a.Money() || a.Closing == 0 {
			continue
		}
		if n++; n <= 3 {
			words += " · " + chat.Escape(a.Label()) + " " + a.Amount(a.Closing)
		}
	}
	if n > 3 {
		words += fmt.Sprintf(" · +%d jenis", n-3)
	}
	return words
}

// months are the buttons to the months beside.
func (l *bookLook) months() []chat.Button {
	var out []chat.Button
	if l.month > earliest {
		out = append(out, l.tap("‹ "+monthWord(l.month-1), l.kind, l.month-1, 0, l.account))
	}
	if l.month < storage.DayOf(l.e.Now).Month() {
		out = append(out, l.tap(monthWord(l.month+1)+" ›", l.kind, l.month+1, 0, l.account))
	}
	return out
}

func monthWord(m storage.Month) string { return text.MonthName(m.First().Time().Month()) }

// files are the buttons that make files, for those who may take them.
func (l *bookLook) files() []chat.Button {
	if l.empty || !book.MayTake(l.e.Member, l.e.Member.Village) {
		return nil
	}
	return []chat.Button{
		l.tap("Berkas PDF", l.kind, l.month, 0, "", "pdf"), l.tap("Berkas Excel", l.kind, l.month, 0, "", "xlsx"),
	}
}

// file has a book drawn and sent, and says that it comes; the rights are looked at again when it is
// drawn.
func (l *bookLook) file(format string, soon chat.Act) []chat.Reply {
	l.account = ""
	switch {
	case l.kind == "" || format != "pdf" && format != "xlsx":
		return []chat.Reply{l.screen()}
	case !book.MayTake(l.e.Member, l.e.Member.Village):
		r := l.screen()
		r.Text += "\n\nBerkasnya hanya untuk ketua dan pengurus, " + l.e.call() + "."
		return []chat.Reply{r}
	}
	return []chat.Reply{
		{Act: soon, Class: chat.Fleet, Text: "Sebentar, berkas sedang dibuat."},
		{
			Act: chat.Say, Class: chat.Notice, Draw: &chat.Drawing{
				Kind: BookDrawing, Period: l.month.String(), Scope: l.e.Member.Village.String(), Format: format, For: l.e.Who.ID, Name: l.kind,
			},
		},
	}
}

// accountCode names an account in a button: goods in people's own words would be too long.
func accountCode(a book.Account) string {
	return strconv.FormatUint(uint64(crc32.ChecksumIEEE([]byte(a.Item+"|"+a.Unit))), 36)
}

// BookSaid finds "buku kas oktober" in words that are about nothing else.
func BookSaid(e Env, words string) (string, bool) {
	said := bookLead.ReplaceAllString(vocative.ReplaceAllString(text.Fold(words), ""), "")
	if rest, ok := strings.CutPrefix(said, "bukunya"); ok {
		said = "buku" + rest
	}
	w, sure := book.Read(said, e.Now)
	for _, head := range []string{"buku ", "laporan bulan", "daftar hadir", "notulen ", "kas ", "saldo ", "pdf ", "excel ", "berkas "} {
		if strings.HasPrefix(said+" ", head) {
			return said, sure
		}
	}
	return said, sure && w.Kind == book.Monthly && w.Month != 0 // "laporan oktober"
}

// bookLead is how people begin to ask for a book.
var bookLead = regexp.MustCompile(`^(?:(?:tolong|mau|minta|lihat|buka|cetak|kirim|kirimkan) )+`)

var (
	namesBook = regexp.MustCompile(`^(?:pdf |excel |berkas )?(?:buku|notulen)\b`)
	otherBook = regexp.MustCompile(`\bbuku (?:tulis|gambar|pelajaran|sekolah|bacaan|paket|iqro\w*|yasin)`)
)

// asksBook says whether words ask for a book, though perhaps not in words that BookSaid takes.
func asksBook(words string) bool {
	said := bookLead.ReplaceAllString(text.Fold(words), "")
	return namesBook.MatchString(said) && !otherBook.MatchString(said)
}

// anyBook shows the book that words like "buku kass" come nearest to, and says what was not understood.
func anyBook(e Env, words string) chat.Reply {
	return bookPage().Show(e, []string{namesBook.ReplaceAllString(bookLead.ReplaceAllString(text.Fold(words), ""), "")})[0]
}
