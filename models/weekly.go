package models

// WeeklySheet is the one page of a week, kept as facts with the version of what
// drew it: drawn again it is the same. A week has one, and it is never changed.
type WeeklySheet struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	WeekOn      string `gorm:"not null"` // first day of the week
	Renderer    int    `gorm:"not null"` // a weekly.Version
	Facts       string `gorm:"not null"` // JSON of weekly.Facts; no names of people
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
}

// WeeklyRule says on which day an agreement's week begins and whether its page
// is sent. A change replaces it; what stood before stays.
type WeeklyRule struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	Weekday     int    `gorm:"not null"` // 1: Monday … 7: Sunday
	Silent      bool   `gorm:"not null"` // nobody is told
	Actor       string `gorm:"not null"`
	Recorded
}

// WeeklyLink is an address under which anybody reads an agreement's one page.
// Its secret follows from the ID and the keys of the installation; here is only
// a hash of it.
type WeeklyLink struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	TokenHash   []byte `gorm:"not null"`
	Actor       string `gorm:"not null"`
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
	RevokedAt   int64  `gorm:"not null"` // 0: it is open
	RevokedBy   string `gorm:"not null"`
}
