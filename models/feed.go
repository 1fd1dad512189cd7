package models

// Feed is a calendar that programs may read under a secret address. Of the
// address only a hash is kept.
type Feed struct {
	ID string `gorm:"primaryKey"`
	Scope
	Kind      string `gorm:"not null"` // post, unit, agreement
	SubjectID string `gorm:"not null"`
	PartyID   string `gorm:"not null"` // whose post, unit or agreement it is
	TokenHash []byte `gorm:"not null"`
	Language  string `gorm:"not null"` // id, en
	Label     string `gorm:"not null"` // what it is used for, in words
	Actor     string `gorm:"not null"`
	CreatedAt int64  `gorm:"not null;autoCreateTime:false"`
	RevokedAt int64  `gorm:"not null"`
	RevokedBy string `gorm:"not null"`
}
