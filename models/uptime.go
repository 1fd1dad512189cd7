package models

// Uptime is a stretch in which the installation answered. The last row grows
// each minute; between two rows it did not answer.
type Uptime struct {
	ID      string `gorm:"primaryKey"`
	FromAt  int64  `gorm:"not null"`
	ToAt    int64  `gorm:"not null"`
	Planned bool   `gorm:"not null"` // it was ended by somebody who stopped it
}

// Outage is a stretch in which the installation did not answer.
type Outage struct {
	ID        string `gorm:"primaryKey"`
	FromAt    int64  `gorm:"not null"`
	ToAt      int64  `gorm:"not null"`
	Planned   bool   `gorm:"not null"`
	CreatedAt int64  `gorm:"not null;autoCreateTime:false"`
}

// Grace is more time proposed for the duties of one deadline because of an
// outage. It gives nothing by itself: a person approves or refuses it.
type Grace struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID    string `gorm:"not null"`
	OutageID       string `gorm:"not null"`
	TargetOn       string `gorm:"not null"` // the duties it is for have these dates
	FatalOn        string `gorm:"not null"`
	UntilOn        string `gorm:"not null"` // the dates proposed for them
	FatalUntil     string `gorm:"not null"`
	LostMinutes    int    `gorm:"not null"` // of office time
	Duties         int    `gorm:"not null"` // open when it was proposed; once answered, those that were given time
	State          string `gorm:"not null"` // waiting, approved, refused
	ApproverPostID string `gorm:"not null"`
	Answer         string `gorm:"not null"`
	AnsweredBy     string `gorm:"not null"`
	AnsweredAt     int64  `gorm:"not null"`
	CreatedAt      int64  `gorm:"not null;autoCreateTime:false"`
}

// Fairness is how much a Pemda allows: the policy of extensions, pauses and
// outages. A later version replaces it.
type Fairness struct {
	ID string `gorm:"primaryKey"`
	Scope
	PartyID       string `gorm:"not null"`
	MaxExtensions int    `gorm:"not null"` // for each duty
	ApproverLevel int    `gorm:"not null"` // posts above the owner: 1 is the one directly above
	PauseDays     int    `gorm:"not null"` // working days after which somebody is asked about a pause
	OutageDays    int    `gorm:"not null"` // working days up to a deadline in which an outage counts
	OutageMinutes int    `gorm:"not null"` // of office time that an outage must have taken to count
	OfficeOpens   int    `gorm:"not null"` // local hours of a working day between which people hand things in
	OfficeCloses  int    `gorm:"not null"`
	Actor         string `gorm:"not null"`
	Recorded
}

// TableName is fairness: it has no plural.
func (Fairness) TableName() string { return "fairness" }
