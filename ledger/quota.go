package ledger

import (
	"strings"

	"gorm.io/gorm"

	"payung/domain/fault"
	"payung/domain/quota"
	"payung/models"
)

// QuotaInput is what one unit should name, or each unit of a kind. A unit is
// told by its ID, its region's code or its name, whichever the source has.
type QuotaInput struct {
	UnitID     string
	RegionCode string
	Name       string
	KindOfUnit string // every unit of that kind that owes a list of the year
	quota.Quota
}

// SetQuotas records how many people units should name for a year, according to
// a source. A later row counts over an earlier one about a kind of unit, and
// what stood before is replaced. It reports how many units have changed.
func (tx *Tx) SetQuotas(agreementID, periodID string, in []QuotaInput, sourceID string) (int, error) {
	a, err := tx.ownAgreement(agreementID)
	if err != nil {
		return 0, err
	}
	p, err := tx.period(a.ID, periodID)
	if err != nil {
		return 0, err
	}
	if err := tx.mustSource(sourceID); err != nil {
		return 0, err
	}
	if len(in) == 0 || len(in) > maxUnits {
		return 0, fault.New(fault.Invalid, "too_many_units", "send 1 to %d units at a time", maxUnits).On("rows")
	}
	wanted, order, err := tx.quotasByUnit(a, p, in)
	if err != nil {
		return 0, err
	}
	var known []models.Quota
	if err := tx.db.Where("period_id = ? AND known_to = 0", p.ID).Find(&known).Error; err != nil {
		return 0, err
	}
	var replaced []string
	for _, q := range known {
		w, ok := wanted[q.UnitID]
		switch {
		case !ok:
		case w == quotaOf(q) && q.SourceID == sourceID:
			delete(wanted, q.UnitID)
		default:
			replaced = append(replaced, q.ID)
		}
	}
	var rows []models.Quota
	for _, unit := range order {
		if w, ok := wanted[unit]; ok {
			q := models.Quota{
				ID: newID(), Scope: a.Scope, AgreementID: a.ID, LineID: p.LineID, PeriodID: p.ID, Minimum: w.Minimum, Ceiling: w.Ceiling, Reserve: w.Reserve,
				SourceID: sourceID, Actor: tx.actor.Name, Recorded: tx.recorded(),
			}
			q.UnitID = unit
			rows = append(rows, q)
		}
	}
	if err := tx.db.Model(&models.Quota{}).Where("id IN ?", replaced).Update("known_to", tx.micros()).Error; err != nil {
		return 0, err
	}
	if err := insert(tx, rows); err != nil {
		return 0, err
	}
	return len(rows), tx.audit("quotas.set", "agreement", a.ID, a.Scope, map[string]any{"period": p.ID, "units": len(rows), "replaced": len(replaced), "source": sourceID})
}

func quotaOf(q models.Quota) quota.Quota {
	return quota.Quota{Minimum: q.Minimum, Ceiling: q.Ceiling, Reserve: q.Reserve}
}

// quotasByUnit finds the unit of each row, and the units of each kind.
func (tx *Tx) quotasByUnit(a models.Agreement, p models.Period, in []QuotaInput) (map[string]quota.Quota, []string, error) {
	units, err := tx.unitsNamed(a)
	if err != nil {
		return nil, nil, err
	}
	wanted, named := map[string]quota.Quota{}, map[string]bool{}
	var order []string
	set := func(unit string, q quota.Quota) {
		if _, ok := wanted[unit]; !ok {
			order = append(order, unit)
		}
		wanted[unit] = q
	}
	for i, row := range in {
		field := "rows[" + itoa(int64(i)) + "]."
		if err := row.Check(field); err != nil {
			return nil, nil, err
		}
		if row.KindOfUnit == "" {
			continue
		}
		var owing []string
		err := tx.owingLists(p.ID).Joins("JOIN units u ON u.id = obligations.unit_id AND u.kind = ?", row.KindOfUnit).Order("u.id").Pluck("u.id", &owing).Error
		if err != nil {
			return nil, nil, err
		}
		if len(owing) == 0 {
			return nil, nil, fault.New(fault.Invalid, "no_unit_of_kind", "no unit of this kind owes a list of that year").On(field + "kind_of_unit")
		}
		for _, unit := range owing {
			set(unit, row.Quota)
		}
	}
	for i, row := range in {
		if row.KindOfUnit != "" {
			continue
		}
		field := "rows[" + itoa(int64(i)) + "]."
		unit, err := units.find(row, field)
		if err != nil {
			return nil, nil, err
		}
		if named[unit] {
			return nil, nil, fault.New(fault.Invalid, "unit_repeated", "this unit stands in the rows twice").On(field + "unit_id")
		}
		named[unit] = true
		set(unit, row.Quota)
	}
	return wanted, order, nil
}

// owingLists are the duties of units to hand in a list of a year.
func (tx *Tx) owingLists(periodID string) *gorm.DB {
	return tx.from("obligations").Where("obligations.period_id = ? AND obligations.kind = ? AND obligations.state <> ?", periodID, KindRoster, StateCancelled)
}

// unitIndex finds units by what sources call them; "" stands for several.
type unitIndex struct{ ids, codes, names map[string]string }

func (tx *Tx) unitsNamed(a models.Agreement) (unitIndex, error) {
	x := unitIndex{map[string]string{}, map[string]string{}, map[string]string{}}
	var units []models.Unit
	err := tx.from("units").Where("party_id = ? AND valid_to = ''", a.PemdaPartyID).Find(&units).Error
	put := func(m map[string]string, key, id string) {
		if _, twice := m[key]; twice {
			id = ""
		}
		m[key] = id
	}
	for _, u := range units {
		x.ids[u.ID] = u.ID
		put(x.codes, u.RegionCode, u.ID)
		put(x.names, plainName(u.Name), u.ID)
	}
	delete(x.codes, "")
	return x, err
}

func plainName(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

func (x unitIndex) find(row QuotaInput, field string) (string, error) {
	key, in, name := row.UnitID, x.ids, "unit_id"
	switch {
	case key != "":
	case row.RegionCode != "":
		key, in, name = row.RegionCode, x.codes, "region_code"
	default:
		key, in, name = plainName(row.Name), x.names, "name"
	}
	id, known := in[key]
	switch {
	case !known:
		return "", fault.New(fault.Invalid, "unknown_unit", "there is no such unit of this local government").On(field + name)
	case id == "":
		return "", fault.New(fault.Invalid, "several_units", "several units are called that; name the code of the region").On(field + name)
	}
	return id, nil
}
