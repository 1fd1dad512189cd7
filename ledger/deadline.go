package ledger

import (
	"strings"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/models"
)

// DeadlineInput moves a date for everybody who owes something, or for one
// group.
type DeadlineInput struct {
	PeriodID  string // "": any
	GroupCode string // "": any
	Kind      string // "": any
	TargetOn  string
	FatalOn   string
	Reason    string
}

// moveDeadline gives every matching open duty new dates; a duty that had no
// date yet gets its first.
func (tx *Tx) moveDeadline(a models.Agreement, in DeadlineInput) (map[string]string, error) {
	d, err := checkDated(in.TargetOn, in.FatalOn)
	if err != nil {
		return nil, err
	}
	if d.target == "" {
		return nil, missing("target_on")
	}
	if strings.TrimSpace(in.Reason) == "" {
		return nil, missing("reason")
	}
	q := tx.locked("obligations").Where("agreement_id = ? AND state IN ? AND paused_at = 0", a.ID, []string{StateOpen, StateSubmitted})
	if in.PeriodID != "" {
		q = q.Where("period_id = ?", in.PeriodID)
	}
	if in.GroupCode != "" {
		q = q.Where("group_code = ?", in.GroupCode)
	}
	if in.Kind != "" {
		q = q.Where("kind = ?", in.Kind)
	} else {
		q = q.Where("kind NOT IN ?", []string{KindRenewal, KindForms, KindCards, KindHandover, KindCorrection})
	}
	var rows []models.Obligation
	if err := q.Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	if err := agreement.Refusal(agreement.MoveDeadline, agreement.Missing(
		agreement.Wanted{Code: agreement.NeedOpenDuty, About: in.GroupCode, Met: len(rows) > 0},
	)); err != nil {
		return nil, err
	}
	return map[string]string{"obligations": itoa(int64(len(rows)))}, tx.redateAll(a, rows, d, change{kind: "moved", reason: in.Reason, on: tx.today(a.Zone)})
}

// redateAll moves a set of obligations with a few statements, whatever its
// size.
func (tx *Tx) redateAll(a models.Agreement, rows []models.Obligation, d dated, c change) error {
	p := tx.planner(a)
	changes := make([]models.ObligationChange, 0, len(rows))
	type to struct {
		next int64
		step string
	}
	groups, order := map[to][]string{}, []to{}
	for _, o := range rows {
		d.apply(&o, calendar.Zone(a.Zone))
		o.Generation++
		o.TakenUntil, o.TakenSteps = tx.micros(), ""
		if err := p.arm(&o); err != nil {
			// A damaged ladder stays set aside; the others move.
			if err := tx.quarantine(a, o, err); err != nil {
				return err
			}
			continue
		}
		k := to{o.NextAt, o.NextStep}
		if _, ok := groups[k]; !ok {
			order = append(order, k)
		}
		groups[k] = append(groups[k], o.ID)
		changes = append(changes, models.ObligationChange{
			ID: newID(), Scope: o.Scope, ObligationID: o.ID, AgreementID: a.ID, Kind: c.kind, OnDay: string(c.on),
			State: o.State, TargetOn: o.TargetOn, FatalOn: o.FatalOn, Generation: o.Generation, Reason: c.reason, ApprovedBy: c.approvedBy,
			Actor: tx.actor.Name, RecordedAt: tx.micros(),
		})
	}
	var sample models.Obligation
	d.apply(&sample, calendar.Zone(a.Zone))
	for _, k := range order {
		err := tx.db.Exec(`UPDATE obligations SET target_on = ?, fatal_on = ?, target_at = ?, fatal_at = ?, counted_from = ?, counted_days = ?,
			generation = generation + 1, taken_steps = '', taken_until = ?, lapsed_at = 0, fault = '', next_at = ?, next_step = ? WHERE id IN ?`,
			sample.TargetOn, sample.FatalOn, sample.TargetAt, sample.FatalAt, sample.CountedFrom, sample.CountedDays, tx.micros(), k.next, k.step, groups[k]).Error
		if err != nil {
			return err
		}
	}
	if err := insert(tx, changes); err != nil {
		return err
	}
	return tx.audit("deadline.moved", "agreement", a.ID, a.Scope,
		map[string]any{"obligations": len(rows), "target_on": d.target, "fatal_on": d.fatal})
}
