package ledger

import (
	"payung/domain/fault"
	"payung/domain/tally"
	"payung/models"
)

// knownStatuses are the current statuses with the recap's source and day, by
// unit and state.
func (a *applying) knownStatuses() (map[[2]string]models.Status, error) {
	out := map[[2]string]models.Status{}
	if a.t.PeriodID == "" {
		return out, nil
	}
	var rows []models.Status
	err := a.tx.db.Where("period_id = ? AND source_id = ? AND on_day = ? AND known_to = 0", a.t.PeriodID, a.from.ID, a.t.OnDay).Order("id").Find(&rows).Error
	for _, s := range rows {
		out[[2]string{s.UnitID, s.State}] = s
	}
	return out, wrap("statuses of a recap", err)
}

// status records how many people of a unit have reached a state.
func (a *applying) status(known map[[2]string]models.Status, u models.Unit, f tally.Fact) error {
	if f.State == tally.NotYet || f.State == tally.Unsaid {
		return fault.New(fault.Invalid, "unknown_state", "people are submitted, registered or paid").On("state")
	}
	was, ok := known[[2]string{u.ID, string(f.State)}]
	if ok && was.People == f.People && was.Until == string(f.Until) {
		a.out.Statuses.Unchanged++
		return nil
	}
	if ok {
		a.out.Statuses.Updated++
		if err := a.tx.supersede(&models.Status{}, was.ID); err != nil {
			return err
		}
	} else {
		a.out.Statuses.Created++
	}
	return a.tx.addStatus(a.agreed, a.period.LineID, a.period.ID, u.ID, StatusInput{
		State: string(f.State), People: f.People, Until: string(f.Until), On: a.on(), SourceID: a.from.ID,
	})
}
