package ledger

import (
	"payung/domain/roster"
	"payung/models"
)

// Asked is what a duty to hand in a list of names asks for: what a template for
// it is made of.
func (tx *Tx) Asked(obligationID string) (Job, error) {
	var j Job
	err := tx.asked(&j, obligationID)
	return j, err
}

// asked fills in everything a job says about its duty.
func (tx *Tx) asked(j *Job, obligationID string) error {
	var err error
	if j.Obligation, err = tx.Obligation(obligationID); err != nil {
		return err
	}
	if j.Obligation.Kind != KindRoster {
		return notARoster()
	}
	if j.Agreement, err = tx.Agreement(j.Obligation.AgreementID); err != nil {
		return err
	}
	if j.Line, err = tx.line(j.Agreement.ID, j.Obligation.LineID); err != nil {
		return err
	}
	if j.Period, err = tx.period(j.Agreement.ID, j.Obligation.PeriodID); err != nil {
		return err
	}
	if j.Unit, err = take[models.Unit](tx, "units", "unit", j.Obligation.UnitID); err != nil {
		return err
	}
	err = tx.db.Limit(1).Find(&j.Quota, "period_id = ? AND unit_id = ? AND known_to = 0", j.Period.ID, j.Unit.ID).Error
	if err != nil {
		return err
	}
	err = tx.db.Model(&models.UnitCounter{}).Where("period_id = ? AND state = 'listed' AND unit_id <> ?", j.Period.ID, j.Unit.ID).
		Select("COALESCE(SUM(people), 0)").Scan(&j.Others).Error
	if err != nil {
		return err
	}
	j.Latest, err = tx.LatestRoster(j.Obligation.ID)
	return err
}

// Wanted is the identity that a template for the duty has.
func (j Job) Wanted() roster.Identity {
	return roster.Identity{
		Format: roster.Format, Obligation: j.Obligation.ID, Unit: j.Unit.ID, Line: j.Line.ID, Year: j.Period.Year, Generation: j.Obligation.Generation,
		Roster: j.Latest.ID,
	}
}
