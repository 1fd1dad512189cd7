package models

// Figure is a number somebody reported, beside whatever we compute ourselves.
type Figure struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	SubjectKind string `gorm:"not null"` // region, unit, line, agreement
	SubjectID   string `gorm:"not null"`
	SubjectName string `gorm:"not null"` // as the source words it
	GroupCode   string `gorm:"not null"`
	Measure     string `gorm:"not null"`
	Value       int64  `gorm:"not null"`
	About       bool   `gorm:"not null"`
	Definition  string `gorm:"not null"`
	OnDay       string `gorm:"not null"`
	Precision   string `gorm:"not null"`
	SourceID    string `gorm:"not null"`
	Recorded
}

// Prospect is a region with nothing for a group, and what to do about it next.
type Prospect struct {
	ID string `gorm:"primaryKey"`
	Scope
	RegionCode string `gorm:"not null"`
	GroupCode  string `gorm:"not null"`
	OnDay      string `gorm:"not null"`
	NextStep   string `gorm:"not null"` // audience, briefing, letter
	NextOn     string `gorm:"not null"`
	SourceID   string `gorm:"not null"`
	Recorded
}

// Status is how many people of a unit have reached one state, according to a
// source. The states are kept apart; none implies another.
type Status struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	LineID      string `gorm:"not null"`
	PeriodID    string `gorm:"not null"`
	State       string `gorm:"not null"` // listed, submitted, registered, paid, protected
	People      int64  `gorm:"not null"`
	Until       string `gorm:"not null"` // paid or protected up to
	OnDay       string `gorm:"not null"`
	Precision   string `gorm:"not null"`
	SourceID    string `gorm:"not null"`
	EnrolmentID string `gorm:"not null"` // the batch whose answers it follows from; "": somebody said it
	Recorded
}

// TableName is statuses.
func (Status) TableName() string { return "statuses" }

// UnitCounter is the current count of each state for one unit of a period.
type UnitCounter struct {
	PeriodID string `gorm:"primaryKey"`
	UnitID   string `gorm:"primaryKey"`
	State    string `gorm:"primaryKey"`
	People   int64  `gorm:"not null"`
	Until    string `gorm:"not null"`
}

// CounterDelta is a change of a rollup that the folder has not folded yet.
type CounterDelta struct {
	ID          string `gorm:"primaryKey"`
	AgreementID string `gorm:"not null"`
	GroupCode   string `gorm:"not null"`
	Measure     string `gorm:"not null"`
	Delta       int64  `gorm:"not null"`
}

// TableName is counter_deltas: GORM takes delta for a plural.
func (CounterDelta) TableName() string { return "counter_deltas" }

// Rollup is a sum over an agreement's units that a page can read at once.
type Rollup struct {
	AgreementID string `gorm:"primaryKey"`
	GroupCode   string `gorm:"primaryKey"`
	Measure     string `gorm:"primaryKey"`
	Value       int64  `gorm:"not null"`
}

// DailyFigure is a rollup as it stood at the end of a day.
type DailyFigure struct {
	Day         string `gorm:"primaryKey"`
	AgreementID string `gorm:"primaryKey"`
	GroupCode   string `gorm:"primaryKey"`
	Measure     string `gorm:"primaryKey"`
	Value       int64  `gorm:"not null"`
}
