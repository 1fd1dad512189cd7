package web

import (
	archiving "archive/zip"
	"bytes"
	"encoding/hex"
	"net/http"
	"strconv"

	"payung/domain/fault"
	"payung/ledger"
	"payung/letter"
	"payung/models"
	"payung/paper"
)

// bundled is how many letters one file holds: a stack that one printer takes.
const bundled = 300

// chosen are the letters a file is asked for, oldest first.
func (v *visit) chosen() ([]models.Letter, error) {
	q := v.r.URL.Query()
	var out []models.Letter
	err := v.eachLetter(v.r.PathValue("id"), q.Get("state"), q.Get("kind"), func(l models.Letter) error {
		out = append(out, l)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	part, _ := strconv.Atoi(q.Get("part")) // what is no number is the first part
	from := min(max(0, part-1)*bundled, len(out))
	if out = out[from:min(from+bundled, len(out))]; len(out) == 0 {
		return nil, fault.New(fault.NotFound, "not_found", "there are no such letters")
	}
	return out, nil
}

func (v *visit) letterPaper(id string) (p ledger.LetterPaper, err error) {
	err = v.read(func(tx *ledger.Tx) (err error) {
		p, err = tx.LetterPaper(id)
		return err
	})
	return p, err
}

// lettersBundle is many letters as one PDF, to be printed in one go.
func (s *site) lettersBundle(v *visit) error {
	rows, err := v.chosen()
	if err != nil {
		return err
	}
	leave, err := v.room()
	if err != nil {
		return err
	}
	defer leave()
	v.patient()
	sheets := make([]*paper.Document, len(rows))
	for i, l := range rows {
		p, err := v.letterPaper(l.ID)
		if err != nil {
			return err
		}
		if sheets[i], err = letter.Draw(p.Content); err != nil {
			return err
		}
	}
	var out bytes.Buffer
	if err := paper.Bundle(&out, sheets[0], sheets[1:]...); err != nil {
		return err
	}
	v.attach("surat.pdf")
	return v.send(http.StatusOK, pdfFile, out.Bytes())
}

// lettersArchive is many letters as single files. They are drawn while the
// archive is on its way, so that it never stands in memory as a whole.
func (s *site) lettersArchive(v *visit) error {
	rows, err := v.chosen()
	if err != nil {
		return err
	}
	leave, err := v.room()
	if err != nil {
		return err
	}
	defer leave()
	v.patient()
	v.attach("surat.zip")
	v.w.Header().Set("Content-Type", "application/zip")
	v.w.Header().Set("Cache-Control", "private, no-store")
	archive := archiving.NewWriter(v.w)
	for i, l := range rows {
		if err := v.archived(archive, i+1, l.ID); err != nil {
			v.log.ErrorContext(v.r.Context(), "letters cut short", "path", v.r.URL.Path, "error", err)
			panic(http.ErrAbortHandler) // half an archive must not look like a whole one
		}
	}
	return archive.Close()
}

func (v *visit) archived(archive *archiving.Writer, number int, id string) error {
	p, err := v.letterPaper(id)
	if err != nil {
		return err
	}
	pdf, _, err := p.PDF()
	if err != nil {
		return err
	}
	w, err := archive.Create(strconv.Itoa(1000 + number)[1:] + "-" + p.FileName() + ".pdf")
	if err != nil {
		return err
	}
	_, err = w.Write(pdf)
	return err
}

func hexOf(hash []byte) string { return hex.EncodeToString(hash) }
