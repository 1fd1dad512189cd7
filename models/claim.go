package models

// Claim is the claim of the heirs of somebody who died while on a list. A
// person has one: JKM is paid once, on however many lists the person stood.
type Claim struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID  string `gorm:"not null"`
	ObligationID string `gorm:"not null"`
	RowID        string `gorm:"not null"` // the place on the list
	PersonID     string `gorm:"not null"`
	Event        string `gorm:"not null"` // a benefit.Event: death, accident_death
	OnDay        string `gorm:"not null"` // of the event
	State        string `gorm:"not null"` // open, complete, withdrawn
	Estimate     int64  `gorm:"not null"` // rupiah, without scholarship; 0: see Problem
	Problem      string `gorm:"not null"` // code of why there is no estimate
	RuleTable    string `gorm:"not null"`
	RuleVersion  string `gorm:"not null"`
	ReportBy     string `gorm:"not null"` // "": no such term
	ClaimBy      string `gorm:"not null"` // last day to claim; "": not known
	CompleteOn   string `gorm:"not null"`
	PayBy        string `gorm:"not null"` // "": not complete, or no such term
	Actor        string `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
	UpdatedAt    int64  `gorm:"not null;autoUpdateTime:false"`
}

// ClaimDocument is a paper of a claim that has come in.
type ClaimDocument struct {
	ClaimID    string `gorm:"primaryKey"`
	Code       string `gorm:"primaryKey"` // of a benefit.Document
	ReceivedOn string `gorm:"not null"`
	Actor      string `gorm:"not null"`
	CreatedAt  int64  `gorm:"not null;autoCreateTime:false"`
}
