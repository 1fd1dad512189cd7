package models

// Matching is one comparison of who has handed in a list with what the BPJS
// branch says it has received. One that closed nothing is worth as much: it
// says that nobody is warned for what lies at the branch.
type Matching struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	PeriodID    string `gorm:"not null"`
	Named       int    `gorm:"not null"` // units the branch named
	Closed      int    `gorm:"not null"` // of them, whose duty it closed
	SourceID    string `gorm:"not null"`
	Actor       string `gorm:"not null"`
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
}
