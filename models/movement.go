package models

// Movement is why one version of a list exists: somebody joined, left, or was
// put back after leaving by mistake. It says what the version cannot: since
// when, for what reason, according to whom.
type Movement struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID  string `gorm:"not null"`
	ObligationID string `gorm:"not null"`
	RosterID     string `gorm:"not null"` // the version it made
	RowID        string `gorm:"not null"` // the place on the list that began or ended
	Kind         string `gorm:"not null"` // joiner, leaver, restored
	Reason       string `gorm:"not null"` // of a leaver: a worker.Reason
	OnDay        string `gorm:"not null"` // first day of a joiner, day the reason dates from of a leaver; "": of the period, or none
	Note         []byte `gorm:"not null"` // sealed; empty: none
	SourceID     string `gorm:"not null"`
	Actor        string `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
}
