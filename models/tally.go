package models

// Tally is a recap somebody uploaded: a sheet with counts or contacts of
// villages and offices. What its rows mean is computed from the sheet, the
// mapping, the register and what people have answered, never stored.
type Tally struct {
	ID string `gorm:"primaryKey"`
	Scope
	PartyID     string `gorm:"not null"`
	AgreementID string `gorm:"not null"` // "": its numbers are reported figures only
	PeriodID    string `gorm:"not null"`
	Kind        string `gorm:"not null"` // villages, offices, members, contacts
	GroupCode   string `gorm:"not null"`
	Year        int    `gorm:"not null"` // of months that are written without one
	SaidBy      string `gorm:"not null"` // whose recap it is
	OnDay       string `gorm:"not null"` // as of when
	FileName    string `gorm:"not null"`
	Digest      []byte `gorm:"not null"` // of the file
	Grid        []byte `gorm:"not null"` // sealed JSON of the sheet; empty once contacts have gone to their posts
	Mapping     string `gorm:"not null"` // JSON: what its columns mean
	Result      string `gorm:"not null"` // JSON of what applying it did; "": not applied
	Actor       string `gorm:"not null"`
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
	AppliedAt   int64  `gorm:"not null"`
}

// TallyAnswer is what somebody said that a text of a recap means. It holds for
// the later recaps of the same party, but for what was only put off.
type TallyAnswer struct {
	ID string `gorm:"primaryKey"`
	Scope
	PartyID string `gorm:"not null"`
	TallyID string `gorm:"not null"` // where it was asked; an answer of another recap counts unless it is "skip"
	About   string `gorm:"not null"` // name, district, npp, phrase
	Place   string `gorm:"not null"` // kecamatan of a name, year of a phrase
	Text    string `gorm:"not null"`
	Choice  string `gorm:"not null"` // a region code, a unit's ID, a state, none, new, skip
	Actor   string `gorm:"not null"`
	Recorded
}
