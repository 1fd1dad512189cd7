package ledger

import (
	"strings"
	"unicode/utf8"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// tooLong refuses a text beyond a number of characters.
func tooLong(field, s string, most int) error {
	if utf8.RuneCountInString(s) <= most {
		return nil
	}
	return fault.New(fault.Invalid, "text_too_long", "%s may have %d characters at most", field, most).On(field).With("max", itoa(int64(most)))
}

// state records the signed statement (SPTJM) that a unit has nobody to list. It
// is signed by the day the duty is closed, by a post; its scan, if there is one,
// is a file of the same unit.
func (tx *Tx) state(o models.Obligation, in Closing, on calendar.Day) error {
	signed := on
	if in.SignedOn != "" {
		var err error
		if signed, err = checkDay("signed_on", in.SignedOn); err != nil {
			return err
		}
	}
	if signed > on {
		return fault.New(fault.Invalid, "signed_after_closing", "the statement was signed after the day it closes the duty").On("signed_on")
	}
	for _, t := range []struct {
		field, text string
		most        int
	}{{"number", in.Number, 100}, {"signatory", in.Signatory, 200}, {"signed_by", in.SignedBy, 200}, {"text", in.Text, 4000}} {
		if err := tooLong(t.field, t.text, t.most); err != nil {
			return err
		}
	}
	if in.UploadID != "" {
		u, err := tx.Upload(in.UploadID)
		if err != nil {
			return err
		}
		if u.UnitID != o.UnitID || u.State == UploadReceiving {
			return fault.New(fault.Invalid, "scan_of_another_unit", "the scan is not a file of the unit that signed").On("upload_id")
		}
	}
	return insert(tx, []models.Statement{{
		ID: newID(), Scope: o.Scope, AgreementID: o.AgreementID, ObligationID: o.ID, Number: strings.TrimSpace(in.Number), OnDay: string(signed),
		Signatory: strings.TrimSpace(in.Signatory), Name: strings.TrimSpace(in.SignedBy), UploadID: in.UploadID, Text: strings.TrimSpace(in.Text),
		Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}})
}

// mustBeEmpty refuses a statement of nobody where names stand on the list.
func (tx *Tx) mustBeEmpty(o models.Obligation) error {
	var standing int64
	err := tx.db.Raw(`SELECT COUNT(*) FROM `+current+` WHERE v.obligation_id = ?`, o.ID).Scan(&standing).Error
	if err == nil && standing > 0 {
		err = fault.New(fault.Refused, "names_on_list", "%d people stand on this list; take them off first", standing).On("how").With("count", itoa(standing))
	}
	return err
}

// Statement is the last signed statement about a duty; the zero value if there
// is none.
func (tx *Tx) Statement(obligationID string) (models.Statement, error) {
	var s models.Statement
	err := tx.from("statements").Where("obligation_id = ?", obligationID).Order("id DESC").Limit(1).Find(&s).Error
	return s, err
}

// statements maps an agreement's duties to their last signed statement.
func (tx *Tx) statements(agreementID string) (map[string]models.Statement, error) {
	var rows []models.Statement
	err := tx.from("statements").Where("agreement_id = ?", agreementID).Order("id").Find(&rows).Error
	out := make(map[string]models.Statement, len(rows))
	for _, s := range rows {
		out[s.ObligationID] = s
	}
	return out, wrap("statements", err)
}

// reanswered turns a duty that was closed by a statement of nobody into one
// that a list has answered, because now there are names. Its counters follow;
// the statement stays on record.
func (tx *Tx) reanswered(o models.Obligation, a models.Agreement) error {
	if o.State != StateClosed || o.ClosedHow != ByNihil {
		return nil
	}
	on := tx.today(a.Zone)
	o.ClosedHow, o.ClosedOn = ByRoster, string(on)
	if err := tx.keep(o, change{kind: "closed", on: on}); err != nil {
		return err
	}
	if err := tx.count(o.AgreementID, o.GroupCode, MeasureNihil, -1); err != nil {
		return err
	}
	if err := tx.count(o.AgreementID, o.GroupCode, MeasureAnswered, 1); err != nil {
		return err
	}
	return tx.audit("obligation.reanswered", "obligation", o.ID, o.Scope, map[string]any{"was": ByNihil, "how": ByRoster})
}
