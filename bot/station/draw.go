package station

import (
	"fmt"
	"time"

	"wksbm/bot/book"
	"wksbm/bot/chat"
	"wksbm/bot/flows"
	"wksbm/bot/office"
	"wksbm/bot/paper"
	"wksbm/bot/render"
	"wksbm/storage"
	"wksbm/storage/region"
)

// draw makes what is drawn when it is sent.
func (s *Station) draw(desk *office.Office) func(chat.Drawing) (chat.Reply, error) {
	return func(d chat.Drawing) (chat.Reply, error) {
		if d.Kind == flows.BookDrawing {
			return drawBook(s.cfg.Store, s.cfg.Region, s.cfg.Now(), d)
		}
		if d.Kind == office.SheetDrawing {
			return drawSheet(s.cfg.Store, desk, s.cfg.Now(), d)
		}
		if d.Kind == flows.OwnDrawing || d.Kind == office.Copy || d.Kind == office.Incident {
			return drawCopy(s.cfg, desk, s.cfg.Now(), d)
		}
		return desk.Draw(s.cfg.Store.View, s.cfg.Now(), d)
	}
}

// drawSheet prints invites, each with its QR code.
func drawSheet(store *storage.Store, desk *office.Office, now time.Time, d chat.Drawing) (r chat.Reply, err error) {
	var tickets []render.Ticket
	err = store.View(func(tx *storage.Tx) error {
		r, tickets = desk.Sheet(tx, now, d)
		return nil
	})
	if err != nil || len(tickets) == 0 {
		return r, err
	}
	data, err := render.Tickets("Undangan ketua WKSBM", tickets, now)
	r.Upload = &chat.Upload{Name: "undangan-ketua.pdf", Data: data}
	return r, err
}

// drawBook makes a file of a village's book for the member who asked for it, if they still may have it.
func drawBook(store *storage.Store, r *region.Region, now time.Time, d chat.Drawing) (chat.Reply, error) {
	var p paper.Paper
	reply := chat.Reply{Text: "Berkas ini tidak bisa dibuat."}
	may := false
	err := store.View(func(tx *storage.Tx) error {
		code, _ := region.ParseCode(d.Scope)
		m, known := tx.Member(d.For)
		if !known || !book.MayTake(m, code) {
			reply.Text = "Berkas buku desa hanya untuk ketua dan pengurus yang aktif.\nBila masih bertugas, silakan hubungi Dinsos."
			return nil
		}
		at, err := time.ParseInLocation("2006-01", d.Period, region.WITA)
		if err != nil {
			return nil
		}
		shelf := book.Shelf{Tx: tx, Region: r, Month: storage.DayOf(at).Month(), Now: now.In(region.WITA)}
		shelf.Village, _ = r.ByCode(code)
		if p, may = shelf.Paper(d.Name); may {
			reply.Text = shelf.Caption(d.Name)
		}
		return nil
	})
	if err != nil || !may {
		return reply, err
	}
	reply.Upload, err = upload(p, d.Format)
	return reply, err
}

// upload prints a paper in a format.
func upload(p paper.Paper, format string) (*chat.Upload, error) {
	press := map[string]func(paper.Paper) ([]byte, error){"pdf": render.PDF, "xlsx": render.XLSX}[format]
	if press == nil {
		return nil, fmt.Errorf("print paper: unknown format %q", format)
	}
	data, err := press(p)
	if err != nil {
		return nil, err
	}
	return &chat.Upload{Name: p.Name(format), Data: data}, nil
}

// drawCopy prints what is kept of a member, or of a resident, for whoever may have it when it is printed.
func drawCopy(cfg Config, desk *office.Office, now time.Time, d chat.Drawing) (chat.Reply, error) {
	var p paper.Paper
	var no string
	err := cfg.Store.View(func(tx *storage.Tx) error {
		who, at := cfg.Privacy.With(tx), now.In(region.WITA)
		if d.Kind == office.Copy {
			var c storage.Case
			if c, no = desk.Copied(tx, now, d); no == "" {
				p = book.ResidentCopy(tx, cfg.Region, c, who.Controller, who.Contact, at)
			}
			return nil
		}
		if d.Kind == office.Incident {
			p = desk.IncidentPaper(tx, who.Controller, who.Contact, now)
			return nil
		}
		m, known := tx.Member(d.For)
		if !known || m.Erased {
			no = "Tidak ada data Ibu/Bapak di sini."
			return nil
		}
		p = book.MemberCopy(tx, cfg.Region, m, who.Controller, who.Contact, at)
		return nil
	})
	if err != nil || no != "" {
		return chat.Reply{Text: no}, err
	}
	up, err := upload(p, d.Format)
	words := "Salinan data pribadi. Mohon hanya untuk orangnya sendiri."
	if d.Kind == office.Incident {
		words = "Formulir pemberitahuan. Isi, tandatangani, dan sampaikan tertulis."
	}
	return chat.Reply{Text: words, Upload: up}, err
}
