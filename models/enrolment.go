package models

// Enrolment is a batch of names of one year that goes to the BPJS branch, from
// the receipt of its forms until the last card is handed over. Version orders
// what its workflow hears; ArmedUntil is the instant the workflow was last told
// to wake, NextAt the one it should wake at.
type Enrolment struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID  string `gorm:"not null"`
	LineID       string `gorm:"not null"`
	PeriodID     string `gorm:"not null"`
	GroupCode    string `gorm:"not null"`
	Number       int    `gorm:"not null"` // of the batch in its year, from 1
	DeskPostID   string `gorm:"not null"` // at the Pemda: completes forms, hands cards over
	BranchPostID string `gorm:"not null"` // at the branch: registers; "": none is on record
	Terms        string `gorm:"not null"` // JSON of the enrolment.Terms it runs by; "": none were in force
	FormsOn      string `gorm:"not null"` // the branch's forms came
	FormsReceipt string `gorm:"not null"` // number of the receipt (tanda terima)
	SentOn       string `gorm:"not null"` // complete forms and names went to the branch; "": not yet
	SentReceipt  string `gorm:"not null"`
	CardsOn      string `gorm:"not null"` // the last cards came; "": none yet
	Certificate  string `gorm:"not null"` // its number
	ClosedOn     string `gorm:"not null"`
	CloseReason  string `gorm:"not null"` // done, unanswered, or why it was withdrawn
	Version      int64  `gorm:"not null"`
	NextAt       int64  `gorm:"not null"` // when waiting for answers ends; 0: nothing falls due
	ArmedUntil   int64  `gorm:"not null"`
	HeardEnd     bool   `gorm:"not null"` // its workflow knows that it is closed
	SourceID     string `gorm:"not null"`
	Actor        string `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
}

// EnrolmentRow is one person of a batch. Row and person are those that stood on
// the list when it was sent.
type EnrolmentRow struct {
	EnrolmentID string `gorm:"primaryKey"`
	Number      int64  `gorm:"primaryKey;autoIncrement:false"` // by which the branch names the row, from 1
	Scope
	AgreementID  string `gorm:"not null"`
	PeriodID     string `gorm:"not null"`
	ObligationID string `gorm:"not null"` // the list
	RowID        string `gorm:"not null"` // the place on it
	PersonID     string `gorm:"not null"`
	State        string `gorm:"not null"` // an enrolment.State
	Reason       string `gorm:"not null"` // of a rejection
	OnDay        string `gorm:"not null"` // of the answer
	Card         []byte `gorm:"not null"` // sealed: the card number (KPJ); empty: none
	Employer     string `gorm:"not null"` // employer number (NPP)
	CorrectionID string `gorm:"not null"` // the duty to mend it; "": none
}

// CardReceipt is cards that were handed over to the people of one unit.
type CardReceipt struct {
	ID string `gorm:"primaryKey"`
	Scope
	EnrolmentID string `gorm:"not null"`
	AgreementID string `gorm:"not null"`
	People      int64  `gorm:"not null"`
	OnDay       string `gorm:"not null"`
	Number      string `gorm:"not null"` // of the receipt
	Receiver    []byte `gorm:"not null"` // sealed: who signed for them
	SourceID    string `gorm:"not null"`
	Actor       string `gorm:"not null"`
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
}
