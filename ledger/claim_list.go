package ledger

import (
	"gorm.io/gorm"

	"payung/domain/benefit"
	"payung/domain/calendar"
	"payung/models"
)

// ClaimView is a claim with whom it is about and its papers.
type ClaimView struct {
	models.Claim
	Name      string
	NIKLast4  string `gorm:"column:nik_last4;serializer:digits"`
	UnitName  string
	GroupCode string
	Year      int
	Zone      string
	Papers    []Paper `gorm:"-"`
}

// Paper is one paper of a claim; an empty day has not come in.
type Paper struct {
	benefit.Document
	ReceivedOn calendar.Day
}

// Missing is how many papers a claim still needs.
func (c ClaimView) Missing() int {
	n := 0
	for _, p := range c.Papers {
		if p.ReceivedOn == "" && !p.Optional {
			n++
		}
	}
	return n
}

func (tx *Tx) claims() *gorm.DB {
	return tx.from("claims").Select("claims.*, r.name, p.nik_last4, COALESCE(u.name, '') AS unit_name, o.group_code, COALESCE(y.year, 0) AS year, a.zone").
		Joins("JOIN roster_rows r ON r.id = claims.row_id JOIN persons p ON p.id = claims.person_id").
		Joins("JOIN obligations o ON o.id = claims.obligation_id JOIN agreements a ON a.id = claims.agreement_id").
		Joins("LEFT JOIN units u ON u.id = claims.unit_id LEFT JOIN periods y ON y.id = o.period_id")
}

// ClaimFilter narrows a list of claims.
type ClaimFilter struct {
	AgreementID, State, UnitID string
}

// Claims lists claims by ID, oldest first.
func (tx *Tx) Claims(f ClaimFilter, p Page) ([]ClaimView, error) {
	q := tx.claims().Where("claims.id > ?", p.After)
	for _, c := range [...][2]string{{"agreement_id", f.AgreementID}, {"state", f.State}, {"unit_id", f.UnitID}} {
		if c[1] != "" {
			q = q.Where("claims."+c[0]+" = ?", c[1])
		}
	}
	var rows []ClaimView
	if err := q.Order("claims.id").Limit(p.Size).Find(&rows).Error; err != nil {
		return nil, wrap("claims", err)
	}
	return rows, tx.papers(rows)
}

// Claim reads one claim.
func (tx *Tx) Claim(id string) (ClaimView, error) {
	var rows []ClaimView
	if err := tx.claims().Where("claims.id = ?", id).Find(&rows).Error; err != nil {
		return ClaimView{}, wrap("claim", err)
	}
	if len(rows) == 0 {
		return ClaimView{}, notFound("claim")
	}
	err := tx.papers(rows)
	return rows[0], err
}
