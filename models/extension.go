package models

// ExtensionRequest is a unit's wish for more time, and what became of it. The
// dates are those it was asked about.
type ExtensionRequest struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID    string `gorm:"not null"`
	ObligationID   string `gorm:"not null"`
	Generation     int    `gorm:"not null"`
	TargetOn       string `gorm:"not null"`
	FatalOn        string `gorm:"not null"`
	UntilOn        string `gorm:"not null"` // the day that is asked for
	Reason         string `gorm:"not null"`
	AskedBy        string `gorm:"not null"` // who asks, in words
	AskedPostID    string `gorm:"not null"` // a post that asks for the unit; "": its own
	UploadID       string `gorm:"not null"` // of the letter; "": none
	Late           bool   `gorm:"not null"` // asked after the last day had passed
	State          string `gorm:"not null"` // waiting, approved, refused, withdrawn
	ApprovedOn     string `gorm:"not null"` // the day that was given
	ApproverPostID string `gorm:"not null"`
	Answer         string `gorm:"not null"` // why
	AnsweredBy     string `gorm:"not null"`
	AnsweredAt     int64  `gorm:"not null"`
	Actor          string `gorm:"not null"`
	CreatedAt      int64  `gorm:"not null;autoCreateTime:false"`
}
