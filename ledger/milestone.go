package ledger

import (
	"gorm.io/gorm/clause"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/models"
)

// mark is a milestone to record: what, about what, when, according to whom.
type mark struct {
	code     agreement.Milestone
	about    string
	when     calendar.When
	sourceID string
}

func milestoneRostersIn(p models.Period) mark {
	return mark{code: agreement.RostersIn, about: p.LineID + "/" + itoa(int64(p.Year))}
}

// reach records a milestone on a day, once for each source.
func (tx *Tx) reach(a models.Agreement, m mark, day calendar.Day) error {
	if m.when.Zero() {
		m.when = calendar.On(day)
	}
	return insert(tx, []models.Milestone{{
		ID: newID(), Scope: a.Scope, AgreementID: a.ID, Code: string(m.code), About: m.about,
		OnDay: string(m.when.On), Precision: string(m.when.Precision), SourceID: m.sourceID, Recorded: tx.recorded(),
	}}, clause.OnConflict{DoNothing: true})
}

// Milestones lists what an agreement has reached, in order of date.
func (tx *Tx) Milestones(agreementID string) ([]models.Milestone, error) {
	var rows []models.Milestone
	err := tx.from("milestones").Where("agreement_id = ? AND known_to = 0", agreementID).Order("on_day, id").Find(&rows).Error
	return rows, err
}

func (tx *Tx) milestoneCodes(agreementID string) ([]string, error) {
	var codes []string
	err := tx.db.Model(&models.Milestone{}).Distinct("code").Where("agreement_id = ? AND known_to = 0", agreementID).
		Order("code").Pluck("code", &codes).Error
	return codes, err
}

// unsettledPeriods lists the current periods of an agreement in which every
// roster duty has been answered and that is not yet recorded. It is asked of
// committed rows only: two units that answer at once each see the other's duty
// still open, so neither can know that it was the last.
func (tx *Tx) unsettledPeriods(agreementID string) ([]models.Period, error) {
	var rows []models.Period
	err := tx.db.Raw(`SELECT p.* FROM periods p WHERE p.agreement_id = ? AND p.known_to = 0
		AND EXISTS (SELECT 1 FROM obligations o WHERE o.period_id = p.id AND o.kind = 'roster' AND o.state <> 'cancelled')
		AND NOT EXISTS (SELECT 1 FROM obligations o WHERE o.period_id = p.id AND o.kind = 'roster' AND o.state IN ('open', 'submitted'))
		AND NOT EXISTS (SELECT 1 FROM milestones m WHERE m.agreement_id = p.agreement_id AND m.known_to = 0
			AND m.code = 'rosters_in' AND m.about = p.line_id || '/' || CAST(p.year AS TEXT))
		ORDER BY p.id`, agreementID).Scan(&rows).Error
	return rows, err
}
