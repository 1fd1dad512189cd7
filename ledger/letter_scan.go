package ledger

import (
	"payung/domain/fault"
	"payung/models"
)

// What a file of a letter is.
const (
	FileScan   = "scan"   // the paper, signed and stamped
	FileSigned = "signed" // the PDF with an electronic signature (BSrE)
)

// AttachToLetter keeps a received file with a letter that was issued: its scan,
// or the file that was signed electronically. Another one takes its place; the
// first stays received.
func (tx *Tx) AttachToLetter(id, what, uploadID string) (models.Letter, error) {
	l, err := tx.ownLetter(id)
	if err != nil {
		return l, err
	}
	if l.State != LetterIssued && l.State != LetterSent {
		return l, letterState(l)
	}
	u, err := tx.Upload(uploadID)
	if err != nil {
		return l, err
	}
	switch {
	case u.State == UploadReceiving:
		return l, fault.New(fault.Conflict, "upload_incomplete", "this file has not been received completely")
	case u.RegencyCode != l.RegencyCode || u.ProvinceCode != l.ProvinceCode:
		return l, notFound("upload")
	case u.Kind != "pdf" && (what == FileSigned || u.Kind != "picture"):
		return l, fault.New(fault.Unsupported, "not_a_scan", "a scan is a PDF or a picture, a signed file a PDF").On("file")
	}
	column := "scan_id"
	switch what {
	case FileScan:
		l.ScanID = u.ID
	case FileSigned:
		l.SignedID, column = u.ID, "signed_id"
	default:
		return l, fault.New(fault.Invalid, "unknown_letter_file", "a file of a letter is its scan or the signed one").On("what")
	}
	l.UpdatedAt = tx.micros()
	err = tx.db.Model(&models.Letter{ID: l.ID}).Updates(map[string]any{column: u.ID, "updated_at": l.UpdatedAt}).Error
	if err != nil {
		return l, err
	}
	// It is no list of anybody: nobody has to place it.
	err = tx.db.Model(&models.Upload{ID: u.ID}).Where("state IN ?", []string{UploadUnplaced, UploadNeedsSheet}).
		Updates(map[string]any{"state": UploadPlaced, "agreement_id": l.AgreementID, "problem": ""}).Error
	if err != nil {
		return l, err
	}
	return l, tx.audit("letter.filed", "letter", l.ID, l.Scope, map[string]any{"what": what, "upload": u.ID, "sha256": hexOf(u.Hash)})
}

// LetterFile is the scan of a letter, or the file that was signed
// electronically, as it was received.
func (tx *Tx) LetterFile(id, what string) (models.Upload, []byte, error) {
	l, err := tx.Letter(id)
	if err != nil {
		return models.Upload{}, nil, err
	}
	upload := l.ScanID
	if what == FileSigned {
		upload = l.SignedID
	}
	if upload == "" {
		return models.Upload{}, nil, notFound("file")
	}
	var u models.Upload
	if err := tx.db.Take(&u, "id = ?", upload).Error; err != nil {
		return u, nil, wrap("file of a letter", err)
	}
	raw, err := tx.partsOf(u)
	return u, raw, err
}
