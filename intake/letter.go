package intake

import (
	"context"

	"payung/ledger"
	"payung/models"
	"payung/upload"
)

// FileLetter receives the scan of a letter, or the PDF that was signed
// electronically, and keeps it with the letter.
func (in *Intake) FileLetter(ctx context.Context, actor ledger.Actor, letterID, what string, f *upload.File) (models.Letter, error) {
	var l models.Letter
	var party string
	err := in.Ledger.Read(ctx, actor, func(tx *ledger.Tx) (err error) {
		if l, err = tx.Letter(letterID); err != nil {
			return err
		}
		a, err := tx.Agreement(l.AgreementID)
		party = a.PemdaPartyID
		return err
	})
	if err != nil {
		return l, err
	}
	u, _, err := in.Receive(ctx, actor, File{PemdaPartyID: party, Name: f.Name, Size: f.Size, Hash: f.Digest, Content: f})
	if err != nil {
		return l, err
	}
	err = in.Ledger.Write(ctx, actor, func(tx *ledger.Tx) (err error) {
		l, err = tx.AttachToLetter(letterID, what, u.ID)
		return err
	})
	return l, err
}
