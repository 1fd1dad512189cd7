package web

import (
	"bytes"
	"cmp"
	"net/http"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/letter"
	"payung/paper"
)

// sampleLetter shows how a letter on the letterhead looks.
func (s *site) sampleLetter(v *visit) error {
	var l letter.Letter
	var name string
	err := v.read(func(tx *ledger.Tx) error {
		h, err := tx.Letterhead(v.r.PathValue("id"))
		if err != nil {
			return err
		}
		raw, err := tx.Logo(h.ID)
		if err != nil {
			return err
		}
		today := calendar.WITA.DayOf(tx.Now())
		signers, err := tx.Signers(h.ID, today)
		if err != nil {
			return err
		}
		l, name = exampleLetter(h, raw, today, signers), h.Name
		return nil
	})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := letter.PDF(&out, l); err != nil {
		return err
	}
	v.attach("contoh-" + name + ".pdf")
	return v.send(http.StatusOK, pdfFile, out.Bytes())
}

const pdfFile = "application/pdf"

// exampleLetter is a letter that says nothing but how it looks.
func exampleLetter(h ledger.Head, logo []byte, today calendar.Day, signers []ledger.Signer) letter.Letter {
	l := letter.Letter{
		Kind: letter.Cover, Head: h.Sheet(logo), Number: exampleNumber(h, today), Day: today, Subject: "CONTOH", Agreement: "perjanjian kerja sama",
		To:        []letter.Addressee{{Title: "CONTOH"}},
		List:      &letter.List{Title: "berkas", Columns: []paper.Column{{Title: "Naskah yang dikirim"}, {Title: "Banyaknya", Width: 40}}, Groups: []letter.Group{{Rows: [][]string{{"CONTOH", "1 berkas"}}}}},
		Signatory: letter.Signatory{Title: "CONTOH"},
	}
	if len(signers) > 0 {
		s := signers[0]
		l.Signatory = letter.Signatory{OnBehalf: s.OnBehalf, Title: s.Title, Name: cmp.Or(s.Holder, "CONTOH"), Rank: s.Rank, NIP: s.NIP}
	}
	return l
}
