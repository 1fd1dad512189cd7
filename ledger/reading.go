package ledger

import "payung/models"

// Reading is how the reading of a file ended.
type Reading struct {
	State   string // ready, held or refused
	Problem string // code of why, unless it is ready
	Sheet   string
	Mapping string // JSON of roster.Mapping, as it was used
	Base    string // ID of the roster to find missing people by; "": the file is no whole list
	Left    Departures
	Waiting int64  // reserves for whom there is no place
	Result  string // JSON for people to see
}

// FinishReading ends the reading of a file.
func (tx *Tx) FinishReading(importID string, r Reading) (models.Import, error) {
	i, err := tx.ownImport(importID)
	switch {
	case err != nil:
		return i, err
	case i.State != ImportReading:
		return i, importState(i)
	}
	if err := keepDepartures(&i, r.Left, r.Waiting); err != nil {
		return i, err
	}
	i.State, i.Problem, i.Sheet, i.Mapping, i.Base, i.Result, i.UpdatedAt = r.State, r.Problem, r.Sheet, r.Mapping, r.Base, r.Result, tx.micros()
	i.Total = i.Position // there is no more to come
	if err := tx.db.Model(&i).Select("State", "Total", "Problem", "Sheet", "Mapping", "Base", "Rows", "Leavers", "Waiting", "Answers", "Result", "UpdatedAt").Updates(i).Error; err != nil {
		return i, err
	}
	if i.State == ImportRefused {
		if _, err := tx.discard(i); err != nil {
			return i, err
		}
	}
	return i, tx.audit("import.read", "obligation", i.ObligationID, i.Scope, map[string]any{
		"import": i.ID, "state": i.State, "good": i.Good, "bad": i.Bad, "leavers": i.Leavers, "waiting": i.Waiting,
	})
}
