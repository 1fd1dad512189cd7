package models

// Person is a worker. The NIK is encrypted; NIKIndex finds it again without
// revealing it.
type Person struct {
	ID string `gorm:"primaryKey"`
	Scope
	NIKCipher []byte `gorm:"column:nik_cipher;not null"`
	NIKIndex  []byte `gorm:"column:nik_index;not null"`
	NIKLast4  string `gorm:"column:nik_last4;not null"`
	KeyID     string `gorm:"not null"`
	Name      string `gorm:"not null"`
	Born      string `gorm:"not null"`
	Sex       string `gorm:"not null"`
	CreatedAt int64  `gorm:"not null;autoCreateTime:false"`
}

// TableName is persons, not people.
func (Person) TableName() string { return "persons" }

// Roster is one version of the list of names a unit handed in. Versions are
// only added.
type Roster struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID  string `gorm:"not null"`
	LineID       string `gorm:"not null"`
	PeriodID     string `gorm:"not null"`
	ObligationID string `gorm:"not null"`
	Version      int    `gorm:"not null"`
	People       int64  `gorm:"not null"`
	Digest       []byte `gorm:"not null"`
	OnDay        string `gorm:"not null"`
	Actor        string `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
}

// RosterRow is one person on one version of a list, with name and birth as this
// unit wrote them: what another unit wrote about the same NIK is not its business.
type RosterRow struct {
	ID string `gorm:"primaryKey"`
	Scope
	RosterID string `gorm:"not null"`
	PersonID string `gorm:"not null"`
	Name     string `gorm:"not null"`
	Born     string `gorm:"not null"`
	Wage     int64  `gorm:"not null"`
	Findings string `gorm:"not null"` // codes of warnings
}
