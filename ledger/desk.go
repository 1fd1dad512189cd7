package ledger

import (
	"payung/domain/fault"
	"payung/models"
)

// OwedList is the list of names that a unit owes now.
type OwedList struct {
	UnitName     string
	ObligationID string // "": none, or several, among which somebody has to choose
	Several      bool
}

// OwedLists finds the lists that units owe: the one that is open, or else the
// latest, which a file would correct. Units the actor does not see are left out.
func (tx *Tx) OwedLists(unitIDs []string) (map[string]OwedList, error) {
	var units []models.Unit
	if err := tx.from("units").Where("id IN ?", unitIDs).Find(&units).Error; err != nil {
		return nil, err
	}
	var duties []struct {
		ID, UnitID, State string
		Year              int
	}
	err := tx.from("obligations").Select("obligations.id, obligations.unit_id, obligations.state, y.year").
		Joins("JOIN periods y ON y.id = obligations.period_id").Joins("JOIN agreements a ON a.id = obligations.agreement_id AND a.closed_on = ''").
		Where("obligations.unit_id IN ? AND obligations.kind = ? AND obligations.state <> ?", unitIDs, KindRoster, StateCancelled).
		Order("obligations.id").Find(&duties).Error
	if err != nil {
		return nil, err
	}
	rank := map[string]int{} // of the best duty of a unit: its year, far ahead if it is open
	out := map[string]OwedList{}
	for _, u := range units {
		out[u.ID] = OwedList{UnitName: u.Name}
	}
	for _, d := range duties {
		list, ok := out[d.UnitID]
		if !ok {
			continue
		}
		worth := d.Year
		if d.State != StateClosed {
			worth = 10_000
		}
		switch {
		case worth > rank[d.UnitID]:
			list.ObligationID, list.Several, rank[d.UnitID] = d.ID, false, worth
		case worth == rank[d.UnitID]:
			list.ObligationID, list.Several = "", true
		}
		out[d.UnitID] = list
	}
	return out, nil
}

// OwedList is the duty that a file of a unit answers.
func (tx *Tx) OwedList(unitID string) (string, error) {
	all, err := tx.OwedLists([]string{unitID})
	if err != nil {
		return "", err
	}
	list, ok := all[unitID]
	switch {
	case !ok:
		return "", notFound("unit")
	case list.Several:
		return "", fault.New(fault.Invalid, "several_lists_owed", "this unit owes several lists: name the one it is").On("obligation_id")
	case list.ObligationID == "":
		return "", fault.New(fault.Invalid, "no_list_owed", "this unit owes no list of names").On("unit_id")
	}
	return list.ObligationID, nil
}
