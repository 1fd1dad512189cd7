package api

import (
	"context"
	"io"

	"payung/ledger"
	"payung/models"
)

func importFileRoutes(s *server) {
	attach(s, PolicyWrite, "/uploads/{id}/content", "get-upload-content", "A file as it came; it may hold whole NIKs, and that it was opened is noted", anyFile,
		func(ctx context.Context, in *ByID, w io.Writer) (string, error) {
			actor := callOf(ctx).actor
			var u models.Upload
			// Noted first: whatever goes wrong afterwards, it was asked for.
			err := s.Ledger.Write(ctx, actor, func(tx *ledger.Tx) (err error) {
				u, err = tx.OpenUpload(in.ID, "file")
				return err
			})
			if err != nil {
				return "", err
			}
			return u.Name, s.Ledger.Read(ctx, actor, func(tx *ledger.Tx) error {
				_, content, err := tx.UploadContent(u.ID)
				if err == nil {
					_, err = w.Write(content)
				}
				return err
			})
		})
	attach(s, PolicyWrite, "/imports/{id}/errors.xlsx", "get-import-errors", "The list as it came with what is to be mended, to be sent back; that it was opened is noted", excelFile,
		func(ctx context.Context, in *SpokenID, w io.Writer) (string, error) {
			return s.Intake.Errors(ctx, callOf(ctx).actor, in.ID, in.lang(), w)
		})
}
