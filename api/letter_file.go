package api

import (
	"context"
	"io"

	"payung/ledger"
	"payung/models"
	"payung/upload"
)

// FiledQuery says what a file of a letter is.
type FiledQuery struct {
	ByID
	FileQuery
	What string `query:"what" enum:"scan,signed" required:"true" doc:"scan: the paper, signed and stamped; signed: the PDF with an electronic signature (BSrE)"`
}

const (
	pdfFile  = "application/pdf"
	docxFile = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

func letterFiles(s *server) {
	attach(s, PolicyRead, "/letters/{id}/letter.pdf", "get-letter-pdf", "The letter on paper; the same letter gives the same bytes", pdfFile,
		func(ctx context.Context, in *ByID, w io.Writer) (string, error) {
			p, err := s.letterPaper(ctx, in.ID)
			if err != nil {
				return "", err
			}
			pdf, _, err := p.PDF()
			if err == nil {
				_, err = w.Write(pdf)
			}
			return p.FileName() + ".pdf", err
		})
	attach(s, PolicyRead, "/letters/{id}/letter.docx", "get-letter-docx", "The letter as a text that can still be changed", docxFile,
		func(ctx context.Context, in *ByID, w io.Writer) (string, error) {
			p, err := s.letterPaper(ctx, in.ID)
			if err != nil {
				return "", err
			}
			docx, err := p.DOCX()
			if err == nil {
				_, err = w.Write(docx)
			}
			return p.FileName() + ".docx", err
		})
	for what, summary := range map[string]string{ledger.FileScan: "The scan of a letter", ledger.FileSigned: "The PDF of a letter with an electronic signature"} {
		attach(s, PolicyRead, "/letters/{id}/"+what, "get-letter-"+what, summary, anyFile,
			func(ctx context.Context, in *ByID, w io.Writer) (string, error) {
				var u models.Upload
				err := s.Ledger.Read(ctx, callOf(ctx).actor, func(tx *ledger.Tx) error {
					row, content, err := tx.LetterFile(in.ID, what)
					if u = row; err == nil {
						_, err = w.Write(content)
					}
					return err
				})
				return u.Name, err
			})
	}
	sent := route{path: "/letters/{id}/files", id: "file-letter", summary: "Keep the scan of a letter, or the PDF that was signed electronically"}
	take(s, PolicyWrite, sent, nil, func(Letter) (int, string) { return 201, "" },
		func(ctx context.Context, f *upload.File, in *FiledQuery) (Letter, error) {
			l, err := s.Intake.FileLetter(ctx, callOf(ctx).actor, in.ID, in.What, f)
			return letterView(l), err
		})
}

func (s *server) letterPaper(ctx context.Context, id string) (p ledger.LetterPaper, err error) {
	err = s.Ledger.Read(ctx, callOf(ctx).actor, func(tx *ledger.Tx) (err error) {
		p, err = tx.LetterPaper(id)
		return err
	})
	return p, err
}
