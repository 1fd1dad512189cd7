package ledger

import (
	"strings"

	"payung/domain/agreement"
	"payung/models"
)

// TerminationInput ends an agreement.
type TerminationInput struct {
	On     string
	Reason string
}

// terminate ends an agreement: open duties are cancelled, its clock stops.
func (tx *Tx) terminate(a models.Agreement, in TerminationInput) (map[string]string, error) {
	on, err := checkDay("on", in.On)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(in.Reason) == "" {
		return nil, missing("reason")
	}
	signed, err := tx.signedOn(a.ID)
	if err != nil {
		return nil, err
	}
	if err := agreement.Refusal(agreement.Terminate, agreement.Missing(
		agreement.Wanted{Code: agreement.NeedLaterDate, About: signed, Met: signed == "" || string(on) >= signed},
	)); err != nil {
		return nil, err
	}
	var open []models.Obligation
	if err := tx.locked("obligations").Where("agreement_id = ? AND state IN ?", a.ID, []string{StateOpen, StateSubmitted}).Order("id").Find(&open).Error; err != nil {
		return nil, err
	}
	for _, o := range open {
		o.State, o.NextAt, o.NextStep = StateCancelled, 0, ""
		if err := tx.keep(o, change{kind: "cancelled", reason: in.Reason, on: on}); err != nil {
			return nil, err
		}
		if err := tx.count(a.ID, o.GroupCode, MeasureDuties, -1); err != nil {
			return nil, err
		}
	}
	err = tx.db.Exec("UPDATE agreements SET closed_on = ?, close_reason = ? WHERE id = ?", string(on), in.Reason, a.ID).Error
	if err != nil {
		return nil, err
	}
	if err := tx.withdrawUnsent(a, on); err != nil {
		return nil, err
	}
	if err := tx.db.Exec("UPDATE renewals SET state = 'declined', reason = ?, decided_on = ? WHERE agreement_id = ? AND state = 'open'",
		in.Reason, string(on), a.ID).Error; err != nil {
		return nil, err
	}
	if err := tx.reach(a, mark{code: agreement.Terminated}, on); err != nil {
		return nil, err
	}
	return map[string]string{"cancelled": itoa(int64(len(open)))}, tx.audit("agreement.terminated", "agreement", a.ID, a.Scope,
		map[string]any{"on": on, "cancelled": len(open)})
}
