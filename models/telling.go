package models

// Telling is one text that somebody put into a group of a collecting desk. The
// same text in the same group counts once a day.
type Telling struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	PeriodID    string `gorm:"not null"`
	Desk        string `gorm:"not null"` // unit of the kecamatan; or a kind of unit that is in none
	GroupName   string `gorm:"not null"` // of the chat group, as people call it
	GroupKey    string `gorm:"not null"` // the name as it is compared
	Part        int    `gorm:"not null"` // from 1
	Parts       int    `gorm:"not null"`
	Text        string `gorm:"not null"`
	TextHash    string `gorm:"not null"`
	OnDay       string `gorm:"not null"` // on the agreement's clock
	Actor       string `gorm:"not null"`
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
}

// ToldUnit is one unit's duty that a telling named.
type ToldUnit struct {
	ID string `gorm:"primaryKey"`
	Scope
	TellingID    string `gorm:"not null"`
	ObligationID string `gorm:"not null"`
}
