package models

// Clock is the one row that says how far the clock is trusted.
type Clock struct {
	ID          int    `gorm:"primaryKey;autoIncrement:false"` // always 1
	SeenAt      int64  `gorm:"not null"`                       // the newest instant at which it was trusted
	DoubtedAt   int64  `gorm:"not null"`                       // what it said when the doubt began; 0: there is none
	ExpectedAt  int64  `gorm:"not null"`                       // what it should have said then, as far as that is known
	Cause       string `gorm:"not null"`                       // of the doubt: see domain/clock; of one that was confirmed, before_build
	Process     string `gorm:"not null"`                       // which process doubts
	ConfirmedAt int64  `gorm:"not null"`                       // when a person last said that it is right
	ConfirmedBy string `gorm:"not null"`
}

// TableName is clock: there is one.
func (Clock) TableName() string { return "clock" }
