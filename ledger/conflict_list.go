package ledger

import "payung/models"

// ConflictFilter narrows a list of conflicts.
type ConflictFilter struct {
	State, AgreementID, Rule string
}

// ConflictView is a conflict with the places it is about, as far as the actor
// may see them: a unit sees its own, and of the others only how many.
type ConflictView struct {
	models.Conflict
	Sides  []SideView `gorm:"-"`
	Others int        `gorm:"-"`
}

// SideView is one place.
type SideView struct {
	models.ConflictSide
	Name     string
	NIKLast4 string `gorm:"column:nik_last4;serializer:digits"`
	Born     string
	UnitName string
}

// Conflicts lists people who stand on more than one list, by ID.
func (tx *Tx) Conflicts(f ConflictFilter, p Page) ([]ConflictView, error) {
	q := tx.from("conflicts").Where("conflicts.id > ?", p.After)
	// Whoever has none of the places has no business with the conflict.
	q = q.Where("conflicts.id IN (?)", tx.from("conflict_sides").Select("conflict_id"))
	if f.State != "" {
		q = q.Where("conflicts.state = ?", f.State)
	}
	if f.Rule != "" {
		q = q.Where("conflicts.rule = ?", f.Rule)
	}
	if f.AgreementID != "" {
		q = q.Where("conflicts.id IN (?)", tx.db.Table("conflict_sides").Select("conflict_id").Where("agreement_id = ?", f.AgreementID))
	}
	var rows []ConflictView
	if err := q.Order("conflicts.id").Limit(p.Size).Find(&rows).Error; err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows, tx.sides(rows)
}

func (tx *Tx) sides(rows []ConflictView) error {
	at, ids := map[string]int{}, make([]string, len(rows))
	for i, r := range rows {
		at[r.ID], ids[i] = i, r.ID
	}
	var sides []SideView
	err := tx.from("conflict_sides").Select("conflict_sides.*, r.name, r.born, p.nik_last4, u.name AS unit_name").
		Joins("JOIN roster_rows r ON r.id = conflict_sides.row_id JOIN persons p ON p.id = r.person_id JOIN units u ON u.id = conflict_sides.unit_id").
		Where("conflict_sides.conflict_id IN ?", ids).Order("conflict_sides.id").Find(&sides).Error
	if err != nil {
		return err
	}
	for _, s := range sides {
		rows[at[s.ConflictID]].Sides = append(rows[at[s.ConflictID]].Sides, s)
	}
	var all []struct {
		ConflictID string
		N          int
	}
	err = tx.db.Table("conflict_sides").Select("conflict_id, COUNT(*) AS n").Where("conflict_id IN ?", ids).Group("conflict_id").Find(&all).Error
	for _, c := range all {
		rows[at[c.ConflictID]].Others = c.N - len(rows[at[c.ConflictID]].Sides)
	}
	return err
}

// Conflict reads one conflict.
func (tx *Tx) Conflict(id string) (ConflictView, error) {
	c, err := take[models.Conflict](tx, "conflicts", "conflict", id)
	if err != nil {
		return ConflictView{}, err
	}
	rows := []ConflictView{{Conflict: c}}
	if err := tx.sides(rows); err != nil {
		return ConflictView{}, err
	}
	if len(rows[0].Sides) == 0 {
		return ConflictView{}, notFound("conflict")
	}
	return rows[0], nil
}
