package ledger

import (
	"context"
	"crypto/rand"
	"strings"

	"payung/domain/calendar"
	"payung/letter"
	"payung/models"
)

// Confirmed is what anybody may know of a letter whose code they have: enough to
// tell whether the paper in their hand is real, and nobody's name.
type Confirmed struct {
	Code      string
	Kind      letter.Kind
	Number    string // "": not recorded yet
	On        calendar.Day
	Subject   string
	From      string // the first line of the letterhead and its last
	To        string // posts
	State     string // valid, replaced, withdrawn
	Version   int
	SHA256    string // of the PDF that was issued
	Signed    string // SHA-256 of the file with an electronic signature; "": none
	Sample    bool
	NewNumber string // of the letter that took its place
	NewOn     calendar.Day
}

// States of a letter as the public page says them.
const (
	ConfirmedValid     = "valid"
	ConfirmedReplaced  = "replaced"
	ConfirmedWithdrawn = "withdrawn"
)

// verifier is who reads for visitors that have the code of a letter.
var verifier = System("verification")

// Confirm finds a letter by its code, as somebody types it. Of a draft nothing
// is known.
func (l *Ledger) Confirm(ctx context.Context, code string) (Confirmed, error) {
	var out Confirmed
	err := l.Read(ctx, verifier, func(tx *Tx) error {
		var row models.Letter
		if err := tx.db.Limit(1).Find(&row, "code = ? AND state <> ?", plainCode(code), LetterDraft).Error; err != nil {
			return err
		}
		if row.ID == "" {
			return notFound("letter")
		}
		var head models.Letterhead
		if err := tx.db.Take(&head, "id = ?", row.LetterheadID).Error; err != nil {
			return wrap("letterhead", err)
		}
		content, err := tx.content(row)
		if err != nil {
			return err
		}
		settings, err := tx.Settings()
		if err != nil {
			return err
		}
		out = Confirmed{
			Code: row.Code, Kind: letter.Kind(row.Kind), Number: row.Number, On: calendar.Day(row.OnDay), Subject: row.Subject,
			From: strings.Join(content.Head.Names, ", "), To: row.Addressee, State: ConfirmedValid, Version: row.Version, SHA256: hexOf(row.Hash), Sample: settings.Sample,
		}
		if row.State == LetterWithdrawn {
			out.State = ConfirmedWithdrawn
		}
		if err := tx.confirmSigned(row, &out); err != nil || row.State != LetterReplaced {
			return err
		}
		out.State = ConfirmedReplaced
		var next models.Letter
		if err := tx.db.Limit(1).Find(&next, "replaces_id = ?", row.ID).Error; err != nil {
			return err
		}
		out.NewNumber, out.NewOn = next.Number, calendar.Day(next.OnDay)
		return nil
	})
	return out, err
}

func (tx *Tx) confirmSigned(row models.Letter, out *Confirmed) error {
	if row.SignedID == "" {
		return nil
	}
	var u models.Upload
	err := tx.db.Select("digest").Take(&u, "id = ?", row.SignedID).Error
	out.Signed = hexOf(u.Hash)
	return wrap("signed file", err)
}

// plainCode is a code as it is kept, however it was typed: small letters, no
// hyphens, spaces.
func plainCode(typed string) string {
	s := strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToUpper(typed))
	if len(s) != 12 {
		return s
	}
	return s[:4] + "-" + s[4:8] + "-" + s[8:]
}

// verifying leads whoever holds the paper to the page that confirms it. Without
// a public address there is no QR code, only the code.
func (tx *Tx) verifying(code string) *letter.Verifying {
	out := &letter.Verifying{Code: code}
	if tx.l.public != "" {
		out.URL = tx.l.public + "/v/" + code
	}
	return out
}

// verificationCode is twelve characters nobody mistakes for another: 60 bits,
// too many to try out.
func verificationCode() string {
	const letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's, without 0 and 1
	raw := make([]byte, 24)
	for {
		_, _ = rand.Read(raw) // it never fails
		var code strings.Builder
		for _, b := range raw {
			if int(b) >= 256/len(letters)*len(letters) {
				continue // each letter as often as any other
			}
			if n := code.Len(); n == 4 || n == 9 {
				code.WriteByte('-')
			}
			code.WriteByte(letters[int(b)%len(letters)])
			if code.Len() == 14 {
				return code.String()
			}
		}
	}
}
