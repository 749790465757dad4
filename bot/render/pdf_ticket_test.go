package render

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestTickets(t *testing.T) {
	t.Parallel()
	var tickets []Ticket
	for i := range 13 {
		tickets = append(tickets, Ticket{
			Head: "Undangan ketua WKSBM", Name: fmt.Sprintf("Desa Contoh %d, Taliwang", i+1),
			Link: "https://t.me/wksbm_ksb_bot?start=" + strings.Repeat("aZ9_-b", 4), Lines: []string{"Arahkan kamera HP ke kotak ini 📷", "Sekali pakai, sampai 23 Desember 2026."},
		})
	}
	made := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	data, err := Tickets("Undangan", tickets, made)
	if err != nil {
		t.Fatal(err)
	}
	if n := pages(data); n != 3 {
		t.Errorf("13 tickets take %d pages", n)
	}
	text := read(t, data)
	if len(text) != 3 || !strings.Contains(text[2], "Desa Contoh 13, Taliwang") || strings.Count(text[0], "Sekali pakai") != 6 {
		t.Errorf("the pages read:\n%s", strings.Join(text, "\n---\n"))
	}
	if again, _ := Tickets("Undangan", tickets, made); string(again) != string(data) {
		t.Error("equal tickets give other bytes")
	}
}

func TestTicketTooLongForACode(t *testing.T) {
	t.Parallel()
	if _, err := Tickets("Undangan", []Ticket{{Link: strings.Repeat("x", 4000)}}, time.Time{}); err == nil {
		t.Error("a link that fits no code was printed")
	}
}
