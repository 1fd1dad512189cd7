package models

// Regulation is a legal basis. A national one has no province in its scope and
// is seen by all.
type Regulation struct {
	ID string `gorm:"primaryKey"`
	Scope
	Kind          string `gorm:"not null"` // perbup, perwali, pergub, inpres, pp, permenaker, …
	Number        string `gorm:"not null"`
	Year          int    `gorm:"not null"`
	Title         string `gorm:"not null"`
	Issuer        string `gorm:"not null"`
	InForceFrom   string `gorm:"not null"`
	InForceTo     string `gorm:"not null"`
	ReplacedByID  string `gorm:"not null"`
	JDIHURL       string `gorm:"column:jdih_url;not null"`
	VerifiedJDIH  bool   `gorm:"column:verified_jdih;not null"`
	FromPrecision string `gorm:"not null"`
	SourceID      string `gorm:"not null"`
	CreatedAt     int64  `gorm:"not null;autoCreateTime:false"`
}

// Citation is how a source cites a regulation. Two sources may disagree on the
// number; both stand until the JDIH settles it.
type Citation struct {
	ID string `gorm:"primaryKey"`
	Scope
	RegulationID string `gorm:"not null"`
	SourceID     string `gorm:"not null"`
	Number       string `gorm:"not null"`
	Year         int    `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
}

// Article is one article of a regulation: who must do what for which group.
type Article struct {
	ID string `gorm:"primaryKey"`
	Scope
	RegulationID string `gorm:"not null"`
	Label        string `gorm:"not null"`
	Text         string `gorm:"not null"`
	DutyRole     string `gorm:"not null"`
	GroupCode    string `gorm:"not null"` // "": every group
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
}
