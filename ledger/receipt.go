package ledger

import (
	"payung/domain/fault"
	"payung/models"
)

// BranchReceipt is the branch's word that it has the list of one unit, which is named
// by its duty or by itself.
type BranchReceipt struct {
	ObligationID string
	UnitID       string
	People       int64
	On           string // "": today
	Note         string
}

// Received is what became of a receipt.
type Received struct {
	ObligationID string
	UnitID       string
	Result       string // closed, or already_closed: nothing was changed
}

// RecordReceipts compares a year's duties with what the branch has received,
// and closes those it names that are open. Rows that were closed before are
// said and harm nothing; with any other wrong row nothing is recorded.
func (tx *Tx) RecordReceipts(agreementID, periodID string, in []BranchReceipt, sourceID string) (models.Matching, []Received, error) {
	var m models.Matching
	a, err := tx.ownAgreement(agreementID)
	if err != nil {
		return m, nil, err
	}
	p, err := tx.period(a.ID, periodID)
	if err != nil {
		return m, nil, err
	}
	if err := tx.mustSource(sourceID); err != nil {
		return m, nil, err
	}
	if len(in) > maxUnits {
		return m, nil, fault.New(fault.Invalid, "too_many_units", "send 1 to %d units at a time", maxUnits).On("rows")
	}
	var owing []models.Obligation
	if err := tx.owingLists(p.ID).Order("obligations.id").Find(&owing).Error; err != nil {
		return m, nil, err
	}
	duties := map[string]models.Obligation{}
	for _, o := range owing {
		duties[o.ID], duties[o.UnitID] = o, o
	}
	m = models.Matching{
		ID: newID(), Scope: a.Scope, AgreementID: a.ID, PeriodID: p.ID, Named: len(in), SourceID: sourceID, Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}
	out := make([]Received, len(in))
	for i, row := range in {
		o, ok := duties[row.ObligationID]
		if row.ObligationID == "" {
			o, ok = duties[row.UnitID]
		}
		if !ok {
			err = fault.New(fault.Invalid, "no_list_owed", "this unit owes no list of names").On("unit_id")
		} else {
			out[i], err = tx.receipt(o, row, sourceID)
		}
		if f, ok := fault.Of(err); ok {
			return m, nil, f.On("rows[" + itoa(int64(i)) + "]." + f.Field)
		}
		if err != nil {
			return m, nil, err
		}
		if out[i].Result == "closed" {
			m.Closed++
		}
	}
	if err := insert(tx, []models.Matching{m}); err != nil {
		return m, nil, err
	}
	return m, out, tx.audit("receipts.matched", "agreement", a.ID, a.Scope, map[string]any{"period": p.ID, "named": m.Named, "closed": m.Closed, "source": sourceID})
}

// receipt closes one duty by the branch's word, unless it is closed.
func (tx *Tx) receipt(o models.Obligation, row BranchReceipt, sourceID string) (Received, error) {
	out := Received{ObligationID: o.ID, UnitID: o.UnitID, Result: "closed"}
	_, err := tx.Close(o.ID, Closing{How: ByReceiver, People: row.People, Note: row.Note, On: row.On, SourceID: sourceID})
	if fault.Is(err, "obligation_not_open") {
		out.Result, err = "already_closed", nil
	}
	return out, err
}

// LastMatched is the last comparison of a year's duties with what the branch
// has received; the zero value if there was none.
func (tx *Tx) LastMatched(agreementID, periodID string) (models.Matching, error) {
	var m models.Matching
	err := tx.from("matchings").Where("agreement_id = ? AND period_id = ?", agreementID, periodID).Order("id DESC").Limit(1).Find(&m).Error
	return m, err
}
