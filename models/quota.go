package models

// Quota is how many people a unit should name for a year of a line, according
// to a source. A change replaces it; what stood before stays.
type Quota struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	LineID      string `gorm:"not null"`
	PeriodID    string `gorm:"not null"`
	Minimum     int64  `gorm:"not null"` // people
	Ceiling     int64  `gorm:"not null"` // people; 0: none
	Reserve     int64  `gorm:"not null"` // names beyond the minimum
	SourceID    string `gorm:"not null"`
	Actor       string `gorm:"not null"`
	Recorded
}

// Statement is a signed statement (SPTJM) that a unit has nobody to list.
type Statement struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID  string `gorm:"not null"`
	ObligationID string `gorm:"not null"`
	Number       string `gorm:"not null"` // the unit's own; "": it has none
	OnDay        string `gorm:"not null"` // when it was signed
	Signatory    string `gorm:"not null"` // the post
	Name         string `gorm:"not null"` // of who signed
	UploadID     string `gorm:"not null"` // of the scan; "": none
	Text         string `gorm:"not null"`
	Actor        string `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
}

// TableName is quotas: GORM takes quota for a plural.
func (Quota) TableName() string { return "quotas" }
