package models

// Hours is when a Pemda works and may be written to, in whole local hours.
type Hours struct {
	ID string `gorm:"primaryKey"`
	Scope
	PartyID   string `gorm:"not null"`
	Morning   int    `gorm:"not null"` // steps of a day are taken at this hour
	Opens     int    `gorm:"not null"` // messages go out from this hour
	Closes    int    `gorm:"not null"` // and before this one
	Week      int    `gorm:"not null"` // working days: 5 or 6
	CutiWorks bool   `gorm:"not null"` // cuti bersama is worked, whatever an agreement says
	Actor     string `gorm:"not null"`
	Recorded
}

// TableName is hours.
func (Hours) TableName() string { return "hours" }
