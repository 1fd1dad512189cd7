package models

// News is something a post should hear of besides its deadlines: it goes into
// the next morning's list of whoever holds the post, or apart where it is
// urgent. Words for each kind are in package notice.
type News struct {
	ID string `gorm:"primaryKey"`
	Scope
	PostID      string `gorm:"not null"`
	AgreementID string `gorm:"not null"`
	Kind        string `gorm:"not null"`
	SubjectKind string `gorm:"not null"` // what it is about: agreement, obligation, unit, …
	SubjectID   string `gorm:"not null"`
	Values      string `gorm:"column:details;not null"` // JSON object of texts for its words; nobody insured is in it
	Urgent      bool   `gorm:"not null"`
	Key         string `gorm:"not null"` // told twice under one key, it is told once
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
	BundledAt   int64  `gorm:"not null"` // put into a message; 0: it waits
	ReadAt      int64  `gorm:"not null"`
}

// TableName is news: GORM would look for a plural.
func (News) TableName() string { return "news" }
