package models

// Person is a worker. The NIK is encrypted; NIKIndex finds it again without
// revealing it, and its last digits are shown in lists. Likeness is a fingerprint of name and date of birth: the same
// one beside another NIK is worth a question.
type Person struct {
	ID string `gorm:"primaryKey"`
	Scope
	NIKCipher []byte `gorm:"column:nik_cipher;not null"`
	NIKIndex  []byte `gorm:"column:nik_index;not null"`
	NIKLast4  string `gorm:"column:nik_last4;not null;serializer:digits"` // hidden
	KeyID     string `gorm:"not null"`
	Name      string `gorm:"not null"`
	Born      string `gorm:"not null"`
	Sex       string `gorm:"not null"`
	Likeness  int64  `gorm:"not null"`
	CreatedAt int64  `gorm:"not null;autoCreateTime:false"`
}

// TableName is persons, not people.
func (Person) TableName() string { return "persons" }

// Roster is one change of the list of names a unit owes: the list as it was
// handed in, a correction, somebody who joined or left. Rosters are only added;
// version 0 is one that is being prepared and counts for nothing yet.
type Roster struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID  string `gorm:"not null"`
	LineID       string `gorm:"not null"`
	PeriodID     string `gorm:"not null"`
	ObligationID string `gorm:"not null"`
	Version      int    `gorm:"not null"`
	Kind         string `gorm:"not null"` // list, joiner, leaver, restored, decision
	People       int64  `gorm:"not null"` // on the list after it
	Added        int64  `gorm:"not null"`
	Removed      int64  `gorm:"not null"`
	Digest       []byte `gorm:"not null"` // of the list after it
	OnDay        string `gorm:"not null"`
	ImportID     string `gorm:"not null"`
	OnBehalf     string `gorm:"not null"` // of whom the actor acted, in words
	Actor        string `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
	ListedAt     int64  `gorm:"not null;default:0"` // when it got its version; 0: not yet, or before that was written down
}

// RosterRow is one person's place on a unit's list, with name and birth as this
// unit wrote them: what another unit wrote about the same NIK is not its
// business. It was put there by one roster and may have been taken away by a
// later one. Nothing else about it ever changes.
type RosterRow struct {
	ID string `gorm:"primaryKey"`
	Scope
	RosterID string `gorm:"not null"`
	PersonID string `gorm:"not null"`
	Number   int64  `gorm:"not null"` // of the row in the sheet it came from
	Name     string `gorm:"not null"`
	Born     string `gorm:"not null"`
	Sex      string `gorm:"not null"`
	Wage     int64  `gorm:"not null"`
	Detail   []byte `gorm:"not null"` // sealed: mother's name, address, …; empty: nothing
	// Content is a keyed fingerprint of what the unit wrote, so that the same row
	// handed in again is known as the same; 0: not taken.
	Content   int64  `gorm:"not null"`
	FromDay   string `gorm:"not null"` // first day in the group; "": that of the period
	ToDay     string `gorm:"not null"` // last day; "": that of the period
	Leaving   string `gorm:"not null"` // why ToDay was the last: died, resigned, …
	RemovedBy string `gorm:"not null"` // the roster that took it away; "": it stands
	Findings  string `gorm:"not null"` // codes of warnings
}

// Conflict is a person who stands on more than one list of a year.
type Conflict struct {
	ID string `gorm:"primaryKey"`
	Scope
	PersonID  string `gorm:"not null"`
	Year      int    `gorm:"not null"`
	Overlap   string `gorm:"not null"` // between what: across_units, across_groups, across_payers
	Rule      string `gorm:"not null"` // of worker.Priorities, that proposes who keeps the person or has people decide
	Winner    string `gorm:"not null"` // obligation it proposes, "": people decide; later those that were decided
	State     string `gorm:"not null"` // open, decided, gone
	DecidedBy string `gorm:"not null"`
	DecidedAt int64  `gorm:"not null"`
	Reason    string `gorm:"not null"`
	CreatedAt int64  `gorm:"not null;autoCreateTime:false"`
}

// ConflictSide is one of the places that a person in conflict has.
type ConflictSide struct {
	ID string `gorm:"primaryKey"`
	Scope
	ConflictID    string `gorm:"not null"`
	RowID         string `gorm:"not null"`
	ObligationID  string `gorm:"not null"`
	AgreementID   string `gorm:"not null"`
	GroupCode     string `gorm:"not null"`
	FundingSource string `gorm:"not null"`
	Outcome       string `gorm:"not null"` // "", stays, leaves
	CreatedAt     int64  `gorm:"not null;autoCreateTime:false"`
}
