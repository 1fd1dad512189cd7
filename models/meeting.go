package models

// Meeting is a KSO meeting (rapat KSO): who was there and what was decided.
type Meeting struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	OnDay       string `gorm:"not null"`
	Precision   string `gorm:"not null"`
	Place       string `gorm:"not null"`
	Agenda      string `gorm:"not null"`
	ChairedBy   string `gorm:"not null"`
	SourceID    string `gorm:"not null"`
	Recorded
}

// Attendance is whether an invited unit came.
type Attendance struct {
	ID string `gorm:"primaryKey"`
	Scope
	MeetingID string `gorm:"not null"`
	Present   bool   `gorm:"not null"`
}

// MeetingDecision is one line of the minutes; duties point back to it.
type MeetingDecision struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	MeetingID   string `gorm:"not null"`
	Position    int    `gorm:"not null"`
	Text        string `gorm:"not null"`
}

// Happening is an event that closes nothing: a symbolic hand-over of cards, a
// certificate, a benefit paid.
type Happening struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID    string `gorm:"not null"`
	Kind           string `gorm:"not null"` // cards_symbolic, certificate, benefit_paid, audience, statement
	RegionCode     string `gorm:"not null"`
	GroupCode      string `gorm:"not null"`
	OnDay          string `gorm:"not null"`
	Precision      string `gorm:"not null"`
	EventDay       string `gorm:"not null"` // of the death or accident
	EventPrecision string `gorm:"not null"`
	Programme      string `gorm:"not null"`
	Amount         int64  `gorm:"not null"` // rupiah, as paid
	Text           string `gorm:"not null"`
	SourceID       string `gorm:"not null"`
	Recorded
}
