package models

// Preference is how a post holder wants to be told: the order of channels, the
// language, which channels were stopped, and the consent to WhatsApp with the
// day and the way it was given. It belongs to the person, not to the post.
type Preference struct {
	ID string `gorm:"primaryKey"`
	Scope
	HolderID   string `gorm:"not null"`
	Channels   string `gorm:"not null"` // comma-separated, the first one first; "": the usual order
	Stopped    string `gorm:"not null"` // comma-separated
	Language   string `gorm:"not null"` // id, en
	OptedInOn  string `gorm:"not null"` // "": no consent to WhatsApp
	OptedInHow string `gorm:"not null"`
	Actor      string `gorm:"not null"`
	UpdatedAt  int64  `gorm:"not null;autoUpdateTime:false"`
}
