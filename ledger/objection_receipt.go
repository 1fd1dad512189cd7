package ledger

import (
	"context"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// ObjectionReceipt is what whoever objected may know of it later.
type ObjectionReceipt struct {
	Code     string
	Kind     string
	State    string
	Reason   string // of the decision
	At       time.Time
	Decided  time.Time // zero: not yet
	Followed bool      // a list has taken it up
	Zone     calendar.Zone
	Sample   bool
}

// PublicReceipt reads what became of an objection, by its page and code.
func (l *Ledger) PublicReceipt(ctx context.Context, token, code string) (ObjectionReceipt, error) {
	var out ObjectionReceipt
	err := l.Read(ctx, public, func(tx *Tx) error {
		page, err := tx.publicPage(token)
		if err != nil {
			return err
		}
		var o models.Objection
		err = tx.db.Take(&o, "window_id = ? AND obligation_id = ? AND code = ?", page.WindowID, page.ObligationID, receiptCode(code)).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return fault.New(fault.NotFound, "unknown_receipt", "there is no objection with this code").On("code")
		}
		if err != nil {
			return err
		}
		w, err := tx.Window(page.WindowID)
		if err != nil {
			return err
		}
		settings, err := tx.Settings()
		out = ObjectionReceipt{
			Code: o.Code, Kind: o.Kind, State: o.State, Reason: o.Reason, At: time.UnixMicro(o.CreatedAt), Followed: o.RosterID != "", Zone: calendar.Zone(w.Zone), Sample: settings.Sample,
		}
		if o.DecidedAt > 0 {
			out.Decided = time.UnixMicro(o.DecidedAt)
		}
		return err
	})
	return out, err
}

// receiptCode is a code as people type it: in either case, with or without its
// dash.
func receiptCode(typed string) string {
	s := strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(typed))
	if len(s) != receiptLength {
		return ""
	}
	return s[:receiptLength/2] + "-" + s[receiptLength/2:]
}
