package models

// Window is a public correction window (uji publik) of one year of a line: from
// one instant to another anybody may read masked lists and object. Whether it is
// open is a matter of the time; nothing opens or closes it.
type Window struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	LineID      string `gorm:"not null"`
	PeriodID    string `gorm:"not null"`
	Zone        string `gorm:"not null"`
	OpensAt     int64  `gorm:"not null"`
	ClosesAt    int64  `gorm:"not null"` // the first instant at which nobody may object any more
	Names       string `gorm:"not null"` // a mask.Style
	BirthYear   bool   `gorm:"not null"` // whether the year of birth is shown
	PerHour     int    `gorm:"not null"` // objections from one address
	Actor       string `gorm:"not null"`
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
}

// WindowPage is the public page of one unit in a window, under an address that
// cannot be guessed.
type WindowPage struct {
	ID string `gorm:"primaryKey"`
	Scope
	WindowID     string `gorm:"not null"`
	ObligationID string `gorm:"not null"`
	Token        string `gorm:"not null"`
}

// Objection is what somebody said against a public list, and what became of
// it. Objecting changes no list; RosterID is the change that followed one that
// was upheld.
type Objection struct {
	ID string `gorm:"primaryKey"`
	Scope
	WindowID     string `gorm:"not null"`
	AgreementID  string `gorm:"not null"`
	ObligationID string `gorm:"not null"`
	Code         string `gorm:"not null"` // of the receipt
	Kind         string `gorm:"not null"` // should_not_be_listed, missing_person, wrong_data, deceased
	RowID        string `gorm:"not null"` // whom it is about; "": nobody on the list
	Content      []byte `gorm:"not null"` // sealed: text, name, contact
	Sender       []byte `gorm:"not null"` // keyed hash of window and address
	State        string `gorm:"not null"` // open, upheld, rejected
	Reason       string `gorm:"not null"`
	DecidedBy    string `gorm:"not null"`
	DecidedAt    int64  `gorm:"not null"`
	RosterID     string `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
}
