package ledger

import (
	"cmp"
	"slices"
	"time"

	"payung/domain/calendar"
	"payung/models"
)

// PostDuty is something a post owes, with what was told about it.
type PostDuty struct {
	models.Obligation
	Agreement string
	Zone      string
	UnitName  string
	Year      int
	Told      int    `gorm:"-"` // notices to this post
	LastStep  string `gorm:"-"` // of them
	LastAt    int64  `gorm:"-"`
	Groups    int    `gorm:"-"` // times it was named in a group
}

// PostDuties lists what a post owes now, the most urgent first.
func (tx *Tx) PostDuties(postID string) ([]PostDuty, error) {
	p, err := tx.Post(postID)
	if err != nil {
		return nil, err
	}
	return tx.postDuties(p, "")
}

// postDuties lists what a post owed at the end of a day; "": now.
func (tx *Tx) postDuties(p models.Post, on calendar.Day) ([]PostDuty, error) {
	open := tx.standing(on, time.Time{}).Where("obligations.owner_post_id = ? AND obligations.unit_id IN ?", p.ID, []string{"", p.UnitID})
	var rows []PostDuty
	err := tx.db.Table("(?) AS o", open).
		Select("o.*, a.title AS agreement, a.zone AS zone, COALESCE(u.name, '') AS unit_name, COALESCE(y.year, 0) AS year").
		Joins("JOIN agreements a ON a.id = o.agreement_id").Joins("LEFT JOIN units u ON u.id = o.unit_id").
		Joins("LEFT JOIN periods y ON y.id = o.period_id").
		Where("o.state IN ? AND a.closed_on = ''", []string{StateOpen, StateSubmitted}).Scan(&rows).Error
	if err != nil {
		return nil, wrap("duties of a post", err)
	}
	slices.SortFunc(rows, func(a, b PostDuty) int {
		return cmp.Or(cmp.Compare(cmp.Or(a.TargetOn, "9"), cmp.Or(b.TargetOn, "9")), cmp.Compare(a.ID, b.ID))
	})
	return rows, tx.toldAbout(p, rows, on)
}

// toldAbout adds what was told about duties by the end of a day.
func (tx *Tx) toldAbout(p models.Post, rows []PostDuty, on calendar.Day) error {
	at, ids := map[string]int{}, make([]string, len(rows))
	for i, r := range rows {
		at[r.ID], ids[i] = i, r.ID
	}
	until := tx.micros()
	if on != "" {
		until = dayEnd(on).UnixMicro()
	}
	notices, err := inParts[models.Notice](tx, "notices", "obligation_id", ids)
	if err != nil {
		return wrap("notices about duties", err)
	}
	for _, n := range notices {
		if r := &rows[at[n.ObligationID]]; n.PostID == p.ID && n.CreatedAt <= until {
			r.Told++
			if n.CreatedAt >= r.LastAt {
				r.LastStep, r.LastAt = n.Step, n.CreatedAt
			}
		}
	}
	told, err := tx.tellingsAbout(ids)
	for id, list := range told {
		for _, t := range list {
			if t.CreatedAt <= until {
				rows[at[id]].Groups++
			}
		}
	}
	return err
}
