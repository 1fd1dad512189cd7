package models

// Pause is a time in which somebody else held the matter, so that the clock of
// an obligation stood.
type Pause struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID  string `gorm:"not null"`
	ObligationID string `gorm:"not null"`
	Reason       string `gorm:"not null"` // a code of obligation.PauseReasons
	Note         string `gorm:"not null"`
	HolderPostID string `gorm:"not null"` // who holds it; "": no post of ours
	Holder       string `gorm:"not null"` // in words, where it is no post of ours
	SinceOn      string `gorm:"not null"`
	AskAt        int64  `gorm:"not null"` // when somebody is asked next; 0: never
	Asked        int    `gorm:"not null"` // how often somebody was
	EndedAt      int64  `gorm:"not null"` // 0: it goes on
	EndedNote    string `gorm:"not null"`
	EndedBy      string `gorm:"not null"`
	Actor        string `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
}
