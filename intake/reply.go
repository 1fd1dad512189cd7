package intake

import (
	"payung/ledger"
	"payung/models"
	"payung/sheet"
)

// Reply is the code of the sentence to tell the sender of a file. Sure says that
// it is known whose list the file is.
func Reply(u models.Upload, sure bool) string {
	switch {
	case u.Problem != "" && sheet.Kind(u.Kind).Reply() == sheet.Refused:
		return "reply_refused"
	case u.Problem != "":
		return "reply_needs_excel"
	case u.State == ledger.UploadUnplaced && !sure:
		return "reply_whose"
	}
	return "reply_thanks"
}
