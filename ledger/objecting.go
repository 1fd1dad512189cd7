package ledger

import (
	"context"
	"encoding/base32"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"payung/domain/fault"
	"payung/models"
)

// Bounds of objections.
const (
	maxObjection  = 1000 // characters of the text
	maxOnPage     = 1000 // objections to one unit's list
	receiptLength = 8    // characters of a code, without its dash
)

// ObjectionInput is what a visitor says against a public list.
type ObjectionInput struct {
	Key     string // of the form, so that sending it twice counts once
	Kind    string
	RowID   string // the person on the list; none for somebody who is missing
	Text    string
	Name    string // of who objects; "": not said
	Contact string
	Address string // where it comes from, for counting; it is not kept
}

// Object records an objection on the page of a token and returns the code of its
// receipt. It takes them only while the window is open, a few an hour from one
// address, and not without end.
func (l *Ledger) Object(ctx context.Context, token string, in ObjectionInput) (code string, err error) {
	err = l.Write(ctx, public, func(tx *Tx) error {
		page, err := tx.publicPage(token)
		if err != nil {
			return err
		}
		// The page is locked, so that those who come at once are counted.
		if err := tx.forChange(tx.db).Take(&page, "id = ?", page.ID).Error; err != nil {
			return err
		}
		w, err := tx.Window(page.WindowID)
		if err != nil {
			return err
		}
		code = tx.codeOf(page, in.Key)
		known, err := tx.objectedAlready(page, code)
		if err != nil || known {
			return err
		}
		if err := tx.mayObject(w, page, in); err != nil {
			return err
		}
		return tx.addObjection(w, page, code, in)
	})
	return code, err
}

var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// codeOf is the code of a form's receipt: the same for the same form, and not to
// be guessed from it.
func (tx *Tx) codeOf(page models.WindowPage, key string) string {
	return receiptCode(crockford.EncodeToString(tx.l.keys.Index("receipt/" + page.ID + "/" + key))[:receiptLength])
}

func (tx *Tx) objectedAlready(page models.WindowPage, code string) (bool, error) {
	var o models.Objection
	err := tx.db.Select("id").Take(&o, "window_id = ? AND code = ?", page.WindowID, code).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return false, nil
	}
	return err == nil, err
}

// mayObject checks an objection in the order in which people can mend it.
func (tx *Tx) mayObject(w WindowView, page models.WindowPage, in ObjectionInput) error {
	switch {
	case w.State == WindowPlanned:
		return fault.New(fault.Refused, "window_not_open", "the time to object has not begun")
	case w.State == WindowClosed:
		return windowClosed()
	case !slices.Contains(ObjectionKinds(), in.Kind):
		return fault.New(fault.Invalid, "unknown_objection", "say what is wrong: somebody who should not be listed, is missing, has died, or wrong data").On("kind")
	case in.Kind != PersonMissing && in.RowID == "":
		return fault.New(fault.Invalid, "person_not_chosen", "choose the person on the list first").On("row_id")
	case strings.TrimSpace(in.Text) == "":
		return missing("text")
	case len(in.Key) < 16 || len(in.Key) > 64:
		return missing("key")
	}
	for _, t := range []struct {
		field, text string
		most        int
	}{{"text", in.Text, maxObjection}, {"name", in.Name, 200}, {"contact", in.Contact, 200}} {
		if err := tooLong(t.field, t.text, t.most); err != nil {
			return err
		}
	}
	if in.RowID != "" {
		var there int64
		err := tx.db.Raw(`SELECT COUNT(*) FROM `+current+` WHERE v.obligation_id = ? AND r.id = ?`, page.ObligationID, in.RowID).Scan(&there).Error
		if err == nil && there == 0 {
			err = fault.New(fault.Invalid, "person_not_chosen", "this person is no longer on the list").On("row_id")
		}
		if err != nil {
			return err
		}
	}
	var recent, all int64
	objections := func() *gorm.DB { return tx.db.Model(&models.Objection{}).Where("window_id = ?", w.ID) }
	hour := tx.at.Add(-time.Hour).UnixMicro()
	if err := objections().Where("sender = ? AND created_at > ?", tx.senderOf(w, in.Address), hour).Count(&recent).Error; err != nil {
		return err
	}
	if err := objections().Where("obligation_id = ?", page.ObligationID).Count(&all).Error; err != nil {
		return err
	}
	switch {
	case recent >= int64(w.PerHour):
		return fault.New(fault.Refused, "too_many_objections", "%d objections came from here within an hour; try again later", recent).With("count", itoa(recent))
	case all >= maxOnPage:
		return fault.New(fault.Refused, "objections_full", "this list has had %d objections; bring yours to the office", all).With("count", itoa(all))
	}
	return nil
}

// senderOf tells addresses apart within one window without keeping them.
func (tx *Tx) senderOf(w WindowView, address string) []byte {
	return tx.l.keys.Index("objection/" + w.ID + "/" + address)
}

func (tx *Tx) addObjection(w WindowView, page models.WindowPage, code string, in ObjectionInput) error {
	said, err := json.Marshal(objected{Text: strings.TrimSpace(in.Text), Name: strings.TrimSpace(in.Name), Contact: strings.TrimSpace(in.Contact)})
	if err != nil {
		return wrap("objection", err)
	}
	o := models.Objection{
		ID: newID(), Scope: page.Scope, WindowID: w.ID, AgreementID: w.AgreementID, ObligationID: page.ObligationID, Code: code, Kind: in.Kind,
		State: ObjectionOpen, Sender: tx.senderOf(w, in.Address), CreatedAt: tx.micros(),
	}
	if in.Kind != PersonMissing {
		o.RowID = in.RowID
	}
	o.Content = tx.l.keys.Seal(said, objectionOf(o.ID))
	if err := insert(tx, []models.Objection{o}); err != nil {
		return err
	}
	return tx.audit("objection.received", "objection", o.ID, o.Scope, map[string]any{"window": w.ID, "kind": o.Kind})
}
