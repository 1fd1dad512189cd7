package ledger

import (
	"payung/domain/fault"
	"payung/models"
)

// weeklyRule is on which day an agreement's week begins and whether its page is
// sent: on Mondays, and it is, unless somebody has said otherwise.
func (tx *Tx) weeklyRule(a models.Agreement) (models.WeeklyRule, error) {
	r := models.WeeklyRule{AgreementID: a.ID, Weekday: 1}
	err := tx.db.Limit(1).Find(&r, "agreement_id = ? AND known_to = 0", a.ID).Error
	return r, wrap("weekly rule", err)
}

// WeeklyRule reads on which day an agreement's week begins and whether its page
// is sent.
func (tx *Tx) WeeklyRule(agreementID string) (models.WeeklyRule, error) {
	a, err := tx.whole(agreementID)
	if err != nil {
		return models.WeeklyRule{}, err
	}
	return tx.weeklyRule(a)
}

// SetWeeklyRule says on which day weeks begin from now on (1: Monday … 7:
// Sunday) and whether the Sekda is told. Weeks that are kept stay as they are.
func (tx *Tx) SetWeeklyRule(agreementID string, weekday int, silent bool) (models.WeeklyRule, error) {
	a, err := tx.ownAgreement(agreementID)
	if err != nil {
		return models.WeeklyRule{}, err
	}
	if weekday < 1 || weekday > 7 {
		return models.WeeklyRule{}, fault.New(fault.Invalid, "bad_weekday", "a weekday is a number from 1 (Monday) to 7 (Sunday)").On("weekday")
	}
	r := models.WeeklyRule{ID: newID(), Scope: a.Scope, AgreementID: a.ID, Weekday: weekday, Silent: silent, Actor: tx.actor.Name, Recorded: tx.recorded()}
	err = tx.db.Model(&models.WeeklyRule{}).Where("agreement_id = ? AND known_to = 0", a.ID).Update("known_to", tx.micros()).Error
	if err != nil {
		return r, wrap("weekly rule", err)
	}
	if err := insert(tx, []models.WeeklyRule{r}); err != nil {
		return r, err
	}
	return r, tx.audit("weekly.ruled", "agreement", a.ID, a.Scope, map[string]any{"weekday": weekday, "silent": silent})
}
