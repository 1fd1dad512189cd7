package models

// Ladder is the reminders a Pemda has chosen for one kind of obligation. A
// later choice ends the one before; without a current one the agreement's
// ladder holds.
type Ladder struct {
	ID string `gorm:"primaryKey"`
	Scope
	PartyID string `gorm:"not null"`
	Kind    string `gorm:"not null"` // of the obligation
	Ladder  string `gorm:"not null"` // JSON of obligation.Ladder
	Actor   string `gorm:"not null"`
	Recorded
}
