package models

// Handover is a post that passed from one holder to another while things were
// open.
type Handover struct {
	ID string `gorm:"primaryKey"`
	Scope
	PostID       string `gorm:"not null"`
	FromHolderID string `gorm:"not null"` // "": nobody held it before
	HolderID     string `gorm:"not null"`
	OnDay        string `gorm:"not null"` // first day of the new holder
	ToldAt       int64  `gorm:"not null"` // 0: the new holder has not been told yet
	Actor        string `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
}
